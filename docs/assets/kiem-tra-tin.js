// What a reader pasted in, what the department has published of it out. Everything stands in files of this site; the
// text never leaves the browser: only the numbers of the files that its clues lie in are asked for.
const MARKS = /[\u0300-\u036f]/g;
const fold = (text) => text.toLowerCase().normalize('NFD').replace(MARKS, '').replace(/[đð]/g, 'd');

// ---- Clues: the same keys as in outputs/lookup.py ---------------------------------------------------------------------

const HEADLINE = 80;
const SHORTEST = 15;
const TRACKING = /^(?:utm_.*|fbclid|gclid|zarsrc|mibextid|igshid|igsh|mc_cid|mc_eid)$/;
const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

export const numberKey = (text) => {
  let key = '';
  let last = '';
  for (const part of fold(text).match(/[0-9]+|[a-z]+/g) || []) {
    const plain = /\d/.test(part) ? part.replace(/^0+(?=\d)/, '') : part;
    key += (/\d/.test(last) && /\d/.test(plain) ? '.' : '') + plain;
    last = plain;
  }
  return key;
};
export const headlineKey = (text) => {
  const folded = (fold(text).match(/[a-z0-9]+/g) || []).join(' ');
  return folded.length >= SHORTEST ? folded.slice(0, HEADLINE) : '';
};
export const addressKey = (url) => {
  const asked = url.search.slice(1).split('&').filter((p) => p && !TRACKING.test(p.split('=')[0].toLowerCase())).sort();
  const path = decode(url.pathname).replace(/\/+$/, '') + (asked.length ? '?' + decode(asked.join('&')) : '');
  return (url.hostname.replace(/^www\./, '') + path).toLowerCase();
};
export const place = (key, count) => {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(key)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  return ((crc ^ 0xffffffff) >>> 0) % count;
};

const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"'«»“”]+|(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?\/[^\s<>"'«»“”]*/gi;
const PATH = /(?:^|\s)\/?((?:[\w-]+\/)*chinh-sach\/[\w-]+(?:\/\S*)?)/g;
// «30a/2008/NQ-CP», «66-NQ/TW», with spaces at the joints: what follows a joint with spaces may be the next words.
const NUMBER = /\d{1,6}(?:\.\d{1,3})?[a-eA-E]?(?:\s*[/\\⁄∕-]\s*[\p{L}\d&]+)+/gu;
const MOST = 16;

const WELL_FORMED = /^\d[\d.]*[a-e]?(?:\/(?:\d{4}\/)?|-\p{L}+\/)\p{L}/iu;

const choicesOf = (found) => {
  const joints = found.match(/\s*[/\\⁄∕-]\s*[\p{L}\d&]+/gu);
  const parts = [found.slice(0, found.length - joints.join('').length), ...joints];
  const out = [];
  for (let n = parts.length; n > 1; n--) {
    if (/\p{L}/u.test(parts.slice(1, n).join(''))) out.push(parts.slice(0, n).join(''));
    if (!/\s/.test(parts[n - 1])) break;
  }
  return out;
};
const asUrl = (text) => {
  const tidy = text.replace(/[.,;:!?)\]}…]+$/, '');
  try { return new URL(/^https?:/i.test(tidy) ? tidy : `https:${'//'}${tidy}`); } catch { return null; }
};
/** Clues of a text, each once: what it is called, the keys under which it may lie, whether it is told when not found. */
export const read = (given) => {
  let text = given.normalize('NFC').replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '').replace(/[‐-―−]/g, '-').replace(/\u00a0/g, ' ');
  const clues = new Map();
  const put = (kind, name, more) => { if (clues.size < MOST && !clues.has(kind + fold(name))) clues.set(kind + fold(name), { kind, name, ...more }); };
  text = text.replace(ADDRESS, (found) => {
    const url = asUrl(found);
    if (url) put('dia-chi', found.replace(/[.,;:!?)\]}…]+$/, ''), { url, told: true });
    return url ? ' \n' : found;
  });
  text = text.replace(PATH, (found, path) => {
    put('dia-chi', path, { url: new URL(`/${path}`, location.origin), isPath: true, told: true });
    return ' \n';
  });
  for (const [found] of text.matchAll(NUMBER)) {
    const choices = choicesOf(found);
    if (!choices.length) continue;
    const name = (choices.find((choice) => !/\s/.test(choice)) || choices[0]).replace(/\s+/g, '');
    const looks = WELL_FORMED.test(name) && (/\p{Lu}/u.test(name) || name.match(/[/-]/g).length > 1);
    put('so', name, { keys: choices.map((choice) => 's' + numberKey(choice)), told: looks });
  }
  const whole = text.trim();
  if (whole.length <= 80 && !whole.includes('\n')) {
    const from = whole.search(/\d/);
    if (from >= 0 && ![...clues.values()].some((clue) => clue.kind === 'so')) {
      const name = whole.slice(from);
      put('so', name, { keys: ['s' + numberKey(name)], told: /\p{L}/u.test(name) && name.length < 30 });
    }
    if (/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(whole)) put('ma', whole, { ids: [whole] });
  }
  for (const line of whole.split('\n')) {
    const bare = line.replace(/^\s*\[[^\]]*\]\s*/, '').replace(/^\s*v\/v\s+/i, '');
    const key = headlineKey(bare);
    if (key) put('tieu-de', bare.trim(), { keys: ['t' + key] });
  }
  return [...clues.values()];
};

// ---- The page ---------------------------------------------------------------------------------------------------------

const one = (css, root = document) => root.querySelector(css);
const make = (tag, className = '', ...inside) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...inside);
  return node;
};
const page = one('[data-kiem-tra]');
const home = new URL('./', location.href.split(/[?#]/)[0]);
const root = new URL('../', home);
const official = page && new URL(page.dataset.diaChi);
const isOfficial = page && 'chinhThuc' in page.dataset;
const files = new Map();
const load = (kind, key) => {
  const count = +page.dataset.soPhan;
  const name = `du-lieu/${count}/${kind}-${place(key, count)}.json`;
  if (!files.has(name)) {
    files.set(name, fetch(new URL(name, home)).then((got) => { if (!got.ok) throw new Error(name); return got.json(); }));
    files.get(name).catch(() => files.delete(name));
  }
  return files.get(name);
};
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);
const idsOf = async (key) => own(await load('khoa', key), key) || [];
const recordOf = async (id) => own(await load('tin', id), id);

// A clue's entries, and for an address whether it is the site's own.
const find = async (clue) => {
  if (clue.ids) return { ids: (await recordOf(clue.ids[0])) ? clue.ids : [] };
  if (!clue.url) {
    for (const key of clue.keys) {
      const ids = await idsOf(key);
      if (ids.length) return { ids };
    }
    return { ids: [] };
  }
  const isOurs = clue.isPath || [official.hostname, location.hostname].includes(clue.url.hostname);
  const path = decode(clue.url.pathname).toLowerCase();
  const id = /(?:^|\/)chinh-sach\/([a-z0-9-]+)/.exec(path)?.[1];
  if (id && await recordOf(id)) return { ids: [id], isForeign: !isOurs };
  const parts = path.split('/').filter(Boolean);
  for (let from = 0; isOurs && from < parts.length; from++) {
    const ids = await idsOf('d' + parts.slice(from).join('/'));
    if (ids.length) return { ids };
  }
  const ids = isOurs ? [] : await idsOf('u' + addressKey(clue.url));
  return { ids, isOriginal: ids.length > 0, isForeign: !isOurs && !ids.length };
};

const today = () => new Date(new Date().getTime() + 7 * 36e5).toISOString().slice(0, 10);
const day = (iso) => {
  const time = make('time', '', iso.split('-').map(Number).reverse().join('/'));
  time.dateTime = iso;
  return time;
};
const shape = (name) => one(`[data-hinh="${name}"]`, page)?.firstElementChild.cloneNode(true) || '';
const anchor = (path, ...inside) => Object.assign(make('a', '', ...inside), { href: new URL(path, root).href });

const consultation = ([from, to, result], now) => {
  const left = Math.round((Date.parse(to) - Date.parse(now)) / 864e5);
  const [name, ...detail] = result && result <= now ? ['Đã tiếp thu, giải trình', ' · ', day(result)]
    : now < from ? ['Sắp lấy ý kiến', ' · từ ', day(from)]
      : left < 0 ? ['Hết hạn góp ý', ' · ', day(to)]
        : left ? ['Đang lấy ý kiến', ` · còn ${left} ngày, đến hết `, day(to)] : ['Hôm nay là ngày cuối nhận góp ý'];
  return make('p', 'dot', shape('dong-ho'), make('span', '', make('b', '', name), make('span', 'ct', ...detail)));
};
const effect = (steps, now) => {
  const step = steps.filter((s) => !s[0] || s[0] <= now).pop();
  if (!step || step[1] === 'khong-ap-dung') return '';
  const [, id, reason, name, detail] = step;
  const row = make('p', 'hieu-luc', shape(reason === 'chua-ra-soat' ? reason : id), make('span', '', make('b', '', name), make('span', 'ct', detail ? ` · ${detail}` : '')));
  row.dataset.hieuLuc = id;
  if (reason) row.dataset.lyDo = reason;
  return row;
};
const removal = ({ go, ly, thay, so }) => {
  const box = make('div', 'thong-bao do', make('p', '', make('b', '', 'Sở đã gỡ tin này ngày ', day(go), '.'), ly ? ` Lý do: ${ly}.` : ''));
  if (so) box.append(make('p', '', `Văn bản ${so} không bị ảnh hưởng.`));
  if (thay) box.append(make('p', '', anchor(`chinh-sach/${thay}/`, 'Xem tin thay thế')));
  return box;
};
const row = (id, record, names) => {
  const now = today();
  const path = `chinh-sach/${id}/`;
  const link = anchor(path, record.td);
  link.dataset.ketQua = '';
  link.dataset.ma = id;
  const item = make('li', 'muc');
  if (record.vb) item.append(make('p', 'muc-so', make('b', '', record.vb)));
  item.append(make('h3', '', link));
  if (record.dang) item.append(make('p', '', 'Sở đăng ngày ', day(record.dang), '.'));
  if (record.go) item.append(removal(record));
  if (record.gy) item.append(consultation(record.gy, now));
  if (record.hl) item.append(effect(record.hl, now));
  if (record.sua) item.append(make('p', 'td-loai dinh-chinh', shape('but-chi'), make('span', '', make('b', '', 'Tin đã đính chính'), make('span', 'ct', ' · ', day(record.sua), '; tin nhắn cũ có thể còn điều sai'))));
  item.append(make('p', 'kt-dia', `${isOfficial ? 'Địa chỉ chính thức' : 'Địa chỉ trên trang này'}: `, anchor(path, official.href + path)));
  if (names.length) item.append(make('p', 'mo', `Khớp với: ${names.join('; ')}`));
  return item;
};

const KINDS = { so: 'số ', 'dia-chi': 'địa chỉ ', 'tieu-de': 'dòng ', ma: 'mã ' };
const called = ({ kind, name }) => KINDS[kind] + (name.length > 70 ? `${name.slice(0, 69)}…` : name);
const MEANING = 'Không tìm thấy không có nghĩa là tin sai: Sở có thể chưa đăng, văn bản có thể của nơi khác, hoặc số, địa chỉ bị chép nhầm.';

const answer = async (text) => {
  const clues = read(text);
  const found = new Map();
  const lost = [];
  const strange = [];
  for (const [at, got] of (await Promise.all(clues.map(find))).entries()) {
    const clue = clues[at];
    if (got.isForeign) strange.push(clue);
    else if (!got.ids.length && clue.told) lost.push(clue);
    const name = called(clue) + (got.isOriginal ? ' (nơi Sở dẫn bản gốc)' : '');
    for (const id of got.ids) found.set(id, [...(found.get(id) || []), ...(got.isForeign ? [] : [name])]);
  }
  const rows = await Promise.all([...found].slice(0, MOST).map(async ([id, names]) => row(id, await recordOf(id), names)));
  return { rows, lost, strange, matched: [...found.values()].some((names) => names.length) };
};

const list = (clues) => make('ul', '', ...clues.map((clue) => make('li', '', called(clue))));
const show = ({ rows, lost, strange, matched }, text) => {
  const out = [];
  const title = matched ? `Trang này có ${rows.length} tin khớp` : rows.length ? 'Địa chỉ khác, nhưng trang này có tin cùng mã' : 'Không tìm thấy trên trang này';
  const heading = make('h2', 'kt-tong', title);
  heading.tabIndex = -1;
  out.push(heading);
  if (strange.length) {
    const note = make('section', 'thong-bao vang', make('h2', '', shape('canh-bao'), make('span', '', 'Địa chỉ không thuộc trang này')), list(strange));
    note.append(make('p', '', `Trang này ở ${official.host}${official.pathname}. Hãy xem tên miền trước khi mở, trước khi điền gì.`));
    note.ariaLabel = 'Địa chỉ không thuộc trang này';
    out.push(note);
  }
  if (rows.length) {
    out.push(make('ol', 'ds-muc', ...rows));
    out.push(make('p', 'kt-nhac', 'Khớp nghĩa là Sở đã đăng tin ấy, không phải mọi chữ trong tin nhắn đều đúng. Hãy đọc tin ở địa chỉ ghi trên.'));
  }
  if (lost.length || !rows.length) {
    const box = make('div', 'kt-khong');
    if (rows.length) box.append(make('h3', '', 'Không tìm thấy trên trang này'));
    if (lost.length) box.append(list(lost));
    box.append(make('p', '', MEANING));
    const words = (lost.find((clue) => clue.kind === 'so')?.name || text.trim().split('\n')[0]).slice(0, 200);
    box.append(make('p', '', anchor(`tim-kiem/?q=${encodeURIComponent(words)}`, 'Tìm theo từ khóa'), ' · ', anchor('van-ban/', 'Danh sách theo số ký hiệu'), ' · ', anchor('lien-he/', 'Hỏi Sở')));
    out.push(box);
  }
  put(out, heading);
};
const put = (nodes, heading) => {
  one('[data-kt-kq]', page).replaceChildren(...nodes);
  one('[data-kt-kq]', page).dataset.xong = '1';
  heading.focus();
};
const say = (title, ...more) => {
  const heading = make('h2', 'kt-tong', title);
  heading.tabIndex = -1;
  put([heading, make('p', 'kt-nhac', ...more)], heading);
};

let turn = 0;
const check = async (text) => {
  const mine = ++turn;
  delete one('[data-kt-kq]', page).dataset.xong;
  if (!text.trim()) { say('Chưa có gì để kiểm tra', 'Hãy dán số ký hiệu, địa chỉ hoặc tin nhắn vào ô trên.'); return; }
  try {
    const got = await answer(text);
    if (mine === turn) show(got, text);
  } catch {
    if (mine === turn) say('Chưa kiểm tra được', 'Chưa tải được dữ liệu để so, nên chưa biết tin này có hay không. Tải lại trang, hoặc ', anchor('van-ban/', 'xem danh sách theo số ký hiệu'), '.');
  }
};

const start = async () => {
  const form = one('[data-kt-o]', page);
  const box = one('#kt-chu', page);
  one('[data-can-js]', page).hidden = true;
  form.hidden = false;
  form.onsubmit = (event) => { event.preventDefault(); check(box.value); };
  let reads = false;
  try { reads = (await globalThis.BarcodeDetector?.getSupportedFormats())?.includes('qr_code') || false; } catch { /* said below */ }
  one('[data-kt-qr]', form).hidden = !reads;
  one('[data-kt-khong-qr]', form).hidden = reads;
  if (!reads) return;
  one('#kt-anh', form).onchange = async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    let codes = [];
    try { codes = await new BarcodeDetector({ formats: ['qr_code'] }).detect(await createImageBitmap(file)); } catch { /* no picture: no code */ }
    if (!codes.length) { say('Không thấy mã QR trong ảnh', 'Hãy chụp gần hơn, đủ sáng, cả mã nằm trong ảnh; hoặc dán địa chỉ, số ký hiệu vào ô trên.'); return; }
    box.value = codes.map((code) => code.rawValue).join('\n').slice(0, 6000);
    check(box.value);
  };
};
if (page) start();
