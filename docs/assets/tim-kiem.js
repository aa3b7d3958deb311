// The search page: the address holds the whole state; the worker answers; everything is put in as text.
const one = (css, root = document) => root.querySelector(css);
const all = (css, root = document) => [...root.querySelectorAll(css)];
const make = (tag, className = '', ...inside) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...inside);
  return node;
};

const page = one('[data-tim-kiem]');
const box = one('#tk-q', page);
const count = one('[data-so-ket-qua]', page);
const results = one('[data-tk-ds]', page);
const filters = one('[data-tk-nhom]', page);
const panel = one('[data-tk-loc]', page);
const status = one('[data-tk-bao]', page);
const home = new URL('./', location.href.split(/[?#]/)[0]);
const root = new URL('../', home);
const today = new Date(Date.now() + 7 * 36e5).toISOString().slice(0, 10);
const title = document.title;
const wide = matchMedia('(min-width: 60em)');

const GROUPS = [
  ['don-vi', 'Đơn vị', 'đơn vị'], ['linh-vuc', 'Lĩnh vực', 'lĩnh vực'], ['loai', 'Loại văn bản', 'loại'],
  ['hieu-luc', 'Hiệu lực', 'tình trạng'], ['nam', 'Năm ban hành', 'năm'], ['co-quan', 'Cơ quan ban hành', 'cơ quan'],
  ['doi-tuong', 'Đối tượng', 'đối tượng'], ['gop-y', 'Lấy ý kiến dự thảo', 'tình trạng'],
];
const SHOWN = 5;
const number = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '.');
const day = (iso) => {
  const time = make('time', '', iso.split('-').map(Number).reverse().join('/'));
  time.dateTime = iso;
  return time;
};
const shape = (name) => one(`[data-hinh="${name}"]`, page)?.firstElementChild.cloneNode(true) || '';

// ---- State and address -----------------------------------------------------------------------------------------------

const read = () => {
  const params = new URLSearchParams(location.search);
  const loc = {};
  for (const name of [...GROUPS.map((g) => g[0]), 'da-go']) {
    const values = [...new Set(params.getAll(name).filter((v) => /^[a-z0-9-]{1,80}$/.test(v)))].slice(0, 40);
    if (values.length) loc[name] = values;
  }
  return {
    q: (params.get('q') || '').slice(0, 300), loc,
    sapXep: params.get('sap-xep') === 'moi' ? 'moi' : '',
    trang: Math.min(9999, Math.max(1, parseInt(params.get('trang'), 10) || 1)),
    toanVan: params.get('toan-van') === '1',
  };
};
const address = (state) => {
  const params = new URLSearchParams();
  if (state.q) params.set('q', state.q);
  for (const [name, values] of Object.entries(state.loc)) for (const value of values) params.append(name, value);
  if (state.sapXep) params.set('sap-xep', state.sapXep);
  if (state.trang > 1) params.set('trang', state.trang);
  if (state.toanVan) params.set('toan-van', '1');
  const text = params.toString();
  return home.pathname + (text ? `?${text}` : '');
};
let state = read();
let answer = null;
let turn = 0;

const go = (change, { replace = false, typing = false } = {}) => {
  state = { ...state, trang: 1, ...change };
  history[replace ? 'replaceState' : 'pushState'](null, '', address(state));
  ask(typing);
};
const without = (name, value) => {
  const loc = { ...state.loc, [name]: (state.loc[name] || []).filter((v) => v !== value) };
  if (!loc[name].length) delete loc[name];
  return loc;
};
const chosen = () => Object.entries(state.loc).flatMap(([name, values]) => values.map((value) => [name, value]));

// ---- The worker ------------------------------------------------------------------------------------------------------

let post;
const waiting = new Map();
const receive = ({ data }) => {
  if (data.viec === 'loi') fail(data.chu);
  else if (data.viec === 'toan-van') { waiting.get(data.lan)?.(data); waiting.delete(data.lan); }
  else if (data.lan === turn) show(data);
};
const start = async () => {
  const open = { viec: 'mo', goc: home.href, homNay: today };
  try {
    const worker = new Worker(new URL('tim-kiem-may.js', import.meta.url), { type: 'module' });
    worker.onmessage = receive;
    worker.onerror = () => fail('worker');
    post = (message) => worker.postMessage(message);
  } catch {
    // No module workers: the same engine on this thread.
    const { serve } = await import('./tim-kiem-may.js');
    const port = { postMessage: (data) => receive({ data }) };
    serve(port);
    post = (data) => port.onmessage({ data });
  }
  post(open);
};
const ask = (typing = false) => {
  turn += 1;
  answer = null;
  if (!typing && box.value !== state.q) box.value = state.q;
  one('.tim-goi-y', page).hidden = Boolean(state.q); // the first result then stands on a phone's first screen
  results.removeAttribute('data-xong');
  results.removeAttribute('data-cho-toan-van');
  if (!results.firstChild) count.textContent = 'Đang tìm…';
  post({ viec: 'tim', lan: turn, q: state.q, loc: state.loc, sapXep: state.sapXep, trang: state.trang, mo: typing });
  typed = typing;
};
let typed = false;
let resting = 0;
const fail = () => {
  count.textContent = 'Không mở được tìm kiếm';
  const list = make('a', '', 'Xem danh sách theo số ký hiệu');
  list.href = new URL('van-ban/', root);
  results.replaceChildren(make('p', 'tk-trong', 'Chưa tải được dữ liệu tìm kiếm. Tải lại trang, hoặc ', list, '.'));
  results.dataset.xong = '1';
};

// ---- Marks -----------------------------------------------------------------------------------------------------------

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const key = (word) => {
  const split = word.toLowerCase().normalize('NFD');
  return split.replace(TONES, '') + (split.match(TONES) || []).join('');
};
// The words that matched, in their own spelling; words that only ask are marked between two others.
const marked = (text, words) => {
  const out = document.createDocumentFragment();
  if (!words.size) { out.append(text); return out; }
  const parts = text.split(/([\p{L}\p{M}\p{N}]+)/u);
  const state = parts.map((part, i) => {
    if (i % 2 === 0) return 0;
    const k = key(part);
    return words.has(k) ? 2 : words.has(` ${k}`) ? 1 : 0;
  });
  for (let i = 1; i < parts.length; i += 2) {
    if (state[i] !== 1) continue;
    let end = i;
    while (state[end + 2] === 1) end += 2;
    const joins = state[i - 2] === 2 && state[end + 2] === 2;
    for (let k = i; k <= end; k += 2) state[k] = joins ? 2 : 0;
  }
  for (let i = 0; i < parts.length;) {
    if (state[i] !== 2) { out.append(parts[i]); i += 1; continue; }
    let end = i;
    while (state[end + 2] === 2 && /^[\s,]+$/.test(parts[end + 1])) end += 2;
    out.append(make('mark', '', parts.slice(i, end + 1).join('')));
    i = end + 1;
  }
  return out;
};

// ---- Results ---------------------------------------------------------------------------------------------------------

const badge = (item) => {
  if (item.go) {
    const row = make('p', 'td-loai go-tin', shape('canh-bao'), make('span', '', make('b', '', 'Tin đã gỡ'), make('span', 'ct', ' · ', day(item.go))));
    return row;
  }
  if (item.gopY) {
    const { tinhTrang, tu, den, ketQua } = item.gopY;
    const left = Math.round((Date.parse(den) - Date.parse(today)) / 864e5);
    const text = {
      'tiep-thu': ['Đã tiếp thu, giải trình', ketQua, ''], sap: ['Sắp lấy ý kiến', tu, 'từ '], het: ['Hết hạn góp ý', den, ''],
      dang: left ? ['Đang lấy ý kiến', den, `còn ${left} ngày, đến hết `] : ['Hôm nay là ngày cuối nhận góp ý', '', ''],
    }[tinhTrang];
    const row = make('p', 'dot', shape('dong-ho'), make('span', '', make('b', '', text[0]), text[1] ? make('span', 'ct', ` · ${text[2]}`, day(text[1])) : ''));
    row.dataset.tinhTrang = tinhTrang;
    return row;
  }
  if (!item.hieuLuc || item.hieuLuc[1] === 'khong-ap-dung') return '';
  const [, id, reason, words, detail] = item.hieuLuc;
  const row = make('p', 'hieu-luc', shape(reason === 'chua-ra-soat' ? reason : id), make('span', '', make('b', '', words), make('span', 'ct', detail ? ` · ${detail}` : '')));
  row.dataset.hieuLuc = id;
  if (reason) row.dataset.lyDo = reason;
  return row;
};
const entryHref = (ma) => new URL(`chinh-sach/${encodeURIComponent(ma)}/`, root).href;
const line = (item, words, link) => {
  const kind = make('b', '', item.gopY ? `Dự thảo ${item.loai}` : item.loai);
  if (item.so) kind.append(' ', make('span', 'so', marked(item.so, words)));
  if (link) { link.append(kind); return make('p', 'muc-so', link); }
  return make('p', 'muc-so', kind);
};
const facts = (row, item) => {
  if (item.bh) row.append(' ', make('span', 'muc-bh', 'ngày ', day(item.bh)));
  if (item.cq.length) row.append(' ', make('span', 'muc-cq', item.cq.join(', ').replace(/, ([^,]*)$/, ' và $1')));
  return row;
};
const tail = (row, item) => {
  row.append(badge(item) || '');
  if (item.dv.length) row.append(make('p', 'tk-dv', `Đơn vị: ${item.dv.join('; ')}`));
  row.append(make('p', 'muc-ngay', make('span', '', 'Đăng '), day(item.dang)));
  return row;
};
const result = (item, words) => {
  const link = make('a', '', marked(item.td, words));
  link.href = entryHref(item.ma);
  Object.assign(link.dataset, { ketQua: '', ma: item.ma });
  const row = make('li', 'muc', facts(line(item, words), item), make('h3', '', link));
  if (item.tt) row.append(make('p', 'muc-tom', marked(item.tt, words)));
  return tail(row, item);
};
const rows = (items, words) => make('ol', 'ds-muc', ...items.map((item) => result(item, words)));
const group = (title, level = 'h2') => make(level, 'tk-nhom', title);

const show = (data) => {
  answer = data;
  const words = new Set(data.dau);
  const total = data.tong;
  count.textContent = total ? `${number(total)} kết quả` : state.q ? 'Không có kết quả' : 'Chưa có mục nào';
  if (!state.q && total) count.textContent = chosen().length ? `${number(total)} mục` : `Tất cả ${number(total)} mục`;
  document.title = state.q ? `${state.q} – ${title}` : title;
  const list = document.createDocumentFragment();
  const exact = data.muc.filter((m) => m.kind === 2);
  const rest = data.muc.filter((m) => m.kind === 1);
  const weak = data.muc.filter((m) => m.kind === 0);
  if (exact.length) list.append(group('Đúng số ký hiệu'), rows(exact, words));
  if (exact.length && rest.length) list.append(group('Kết quả khác'));
  if (rest.length) list.append(rows(rest, words));
  if (weak.length) {
    const near = make('div', '', group(exact.length + rest.length ? 'Có thể liên quan' : 'Gần với điều đang tìm'), rows(weak, words));
    near.dataset.tkGan = '';
    list.append(near);
  }
  if (!total) list.append(nothing(data));
  const held = results.contains(document.activeElement) ? document.activeElement.dataset.ma : '';
  results.replaceChildren(list);
  if (held) one(`[data-ma="${CSS.escape(held)}"]`, results)?.focus({ preventScroll: true });
  const around = () => {
    if (answer !== data) return;
    showFilters(data);
    showChips(data);
    showFeeds(data);
    showSort(data);
    showPages(data);
  };
  if (typed) setTimeout(around); else around(); // a task of its own while somebody types
  const shown = one('[data-tk-chu]', page);
  shown.hidden = !data.chuDau;
  shown.textContent = data.chuDau ? `Đã tìm cả chữ có dấu: “${data.chuDau}”.` : '';
  clearTimeout(resting);
  if (data.du || data.het) {
    results.dataset.xong = '1';
    announce(data);
    const wanted = state.q && data.trang === 1 && (state.toanVan || (data.chac < 3 && !exact.length));
    if (wanted && !typed) fullText(data, turn);
    else if (wanted) resting = setTimeout((lan) => { if (lan === turn) fullText(data, lan); }, 900, turn);
    offerFullText(data, wanted);
  }
};
let said = '';
const announce = (data) => {
  const text = `${count.textContent}${state.q ? ` cho “${state.q}”` : ''}${data.soTrang > 1 ? `, trang ${data.trang} trên ${data.soTrang}` : ''}`;
  if (text !== said) status.textContent = said = text;
};

const jump = (text, change, className = '') => {
  const link = make('a', className, text);
  link.href = address({ ...state, trang: 1, ...change });
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(change);
  };
  return link;
};

const nothing = (data) => {
  const part = make('div', 'tk-trong');
  if (state.q) part.append(make('p', '', `Không tìm thấy “${state.q}”.`));
  else part.append(make('p', '', 'Không có mục nào ứng với bộ lọc.'));
  if (data.goiY) part.append(make('p', '', 'Có phải muốn tìm: ', jump(data.goiY, { q: data.goiY }), '?'));
  if (state.q) part.append(make('p', '', 'Thử bớt từ, bỏ bộ lọc, hoặc chỉ gõ phần số.'));
  const ways = make('ul');
  if (chosen().length) ways.append(make('li', '', jump('Bỏ hết bộ lọc', { loc: {} })));
  for (const [path, text] of [['doi-tuong/', 'Xem theo đối tượng'], ['linh-vuc/', 'Xem theo lĩnh vực'], ['van-ban/', 'Xem theo số ký hiệu'], ['chinh-sach/', 'Xem tất cả, mới nhất trước']]) {
    const link = make('a', '', text);
    link.href = new URL(path, root);
    ways.append(make('li', '', link));
  }
  part.append(ways);
  return part;
};

// ---- Full text -------------------------------------------------------------------------------------------------------

const offerFullText = (data, asked) => {
  const place = one('[data-tk-them]', page);
  place.hidden = !state.q || asked || data.trang > 1;
  if (place.hidden) return;
  const button = make('button', 'nut', 'Tìm trong toàn văn');
  button.type = 'button';
  button.onclick = () => go({ toanVan: true });
  place.replaceChildren(button);
};
// In the worker, so that a reader who types on is not held up.
const findInText = (data) => new Promise((done) => {
  const lan = `toan-van-${turn}-${Math.random()}`;
  waiting.set(lan, done);
  const skip = data.muc.filter((m) => m.kind > 0).map((m) => m.ma);
  post({ viec: 'toan-van', lan, q: state.q, goc: new URL('toan-van/', home).href, skip, hieu: data.hieu, loc: state.loc });
});
const fullText = async (data, lan) => {
  results.dataset.choToanVan = '';
  const wait = make('p', 'tk-trong mo', 'Đang tìm trong toàn văn…');
  results.append(wait);
  const { found, muc, hong } = await findInText(data);
  if (lan !== turn) return;
  const known = new Map(muc.map((item) => [item.ma, item]));
  wait.remove();
  const near = one('[data-tk-gan]', results);
  if (found.length) {
    one('.tk-trong', results)?.remove();
    const list = make('ol', 'ds-muc', ...found.map((f) => passage(f, known.get(f.ma))));
    const section = make('div', '', group(found.every((f) => f.muc[0]?.toanVan) ? 'Thấy trong toàn văn' : 'Thấy trong tin, toàn văn'), list);
    if (near) {
      const again = new Set(found.map((f) => f.ma));
      for (const a of all('[data-ma]', near)) if (again.has(a.dataset.ma)) a.closest('li').remove();
      if (one('li', near)) { one('.tk-nhom', near).textContent = 'Có thể liên quan'; near.before(section); } else near.replaceWith(section);
    } else results.append(section);
    const shown = new Set(all('[data-ket-qua]', results).map((a) => a.dataset.ma));
    const extra = found.filter((f) => !data.muc.some((m) => m.ma === f.ma)).length;
    count.textContent = `${number(Math.max(data.tong + extra, shown.size))} kết quả`;
  } else if (hong) results.append(make('p', 'tk-trong mo', 'Chưa tải được phần tìm trong toàn văn.'));
  delete results.dataset.choToanVan;
  results.dataset.xong = '2';
  announce(data);
};
const quoted = (pieces) => pieces.flatMap((piece) => (piece.danhDau ? [make('mark', '', piece.chu)] : [piece.chu]));
const passage = (found, item) => {
  const link = make('a');
  link.href = entryHref(item.ma);
  Object.assign(link.dataset, { ketQua: '', ma: item.ma });
  const [first, ...others] = found.muc || [];
  const title = make('a', '', first?.toanVan ? first.tieuDe : item.td); // our own words are not the document's
  title.href = first ? first.href : found.url || link.href;
  const row = make('li', 'muc', facts(line(item, new Set(), link), item), make('h3', '', title));
  if (first) row.append(make('p', 'mo tk-con', first.toanVan ? item.td : `Trong tin: ${first.tieuDe}`));
  row.append(make('p', 'tk-trich', ...quoted(first?.doan?.length ? first.doan : found.doan || [])));
  if (others.length) {
    row.append(make('ul', 'tk-con', ...others.slice(0, 3).map((part) => {
      const more = make('a', '', part.tieuDe);
      more.href = part.href;
      return make('li', '', more);
    })));
  }
  return tail(row, item);
};

// ---- Filters, chips, feeds, sorting, pages ---------------------------------------------------------------------------

const opened = new Set();
const showFilters = (data) => {
  const at = document.activeElement;
  const focus = filters.contains(at) ? [at.name, at.value, at.dataset.them] : null;
  const sets = [];
  for (const [name, title, noun] of GROUPS) {
    const mine = new Set(state.loc[name] || []);
    const values = data.loc[name];
    if (name === 'nam') values.sort((a, b) => (a.id < b.id ? 1 : -1));
    else values.sort((a, b) => b.so - a.so || a.ten.localeCompare(b.ten, 'vi'));
    if (!values.length || (name === 'gop-y' && values.every((v) => !v.so) && !mine.size)) continue;
    const rowOf = (v) => {
      const input = make('input');
      Object.assign(input, { type: 'checkbox', name, value: v.id, checked: mine.has(v.id) });
      return make('label', '', input, make('span', '', v.ten), make('span', '', number(v.so)));
    };
    const isShown = (v, i) => i < SHOWN || mine.has(v.id) || opened.has(name);
    const set = make('fieldset', '', make('legend', '', title), ...values.filter(isShown).map(rowOf));
    const others = values.filter((v, i) => !isShown(v, i));
    if (others.length) {
      const more = make('button', 'nhu-lien', `Thêm ${others.length} ${noun}`);
      more.type = 'button';
      more.dataset.them = name;
      more.onclick = () => {
        opened.add(name);
        const rows = others.map(rowOf);
        more.replaceWith(...rows);
        one('input', rows[0]).focus();
      };
      set.append(more);
    }
    sets.push(set);
  }
  if (data.daGo || state.loc['da-go']) {
    const input = make('input');
    Object.assign(input, { type: 'checkbox', name: 'da-go', value: 'co', checked: Boolean(state.loc['da-go']) });
    sets.push(make('fieldset', '', make('legend', '', 'Tin đã gỡ'), make('label', '', input, make('span', '', 'Cả tin đã gỡ'), make('span', '', number(data.daGo)))));
  }
  const apply = make('button', 'nut', 'Áp dụng');
  apply.type = 'submit';
  filters.replaceChildren(...sets, apply);
  panel.hidden = !sets.length;
  if (focus) {
    const again = focus[2] ? one(`[data-them="${focus[2]}"]`, filters) : all('input', filters).find((i) => i.name === focus[0] && i.value === focus[1]);
    (again || apply).focus({ preventScroll: true });
  }
  one('[data-tk-dang-dung]', page).textContent = chosen().length ? `đang dùng ${chosen().length}` : '';
};
const labelOf = (data, name, value) => (name === 'da-go' ? 'Cả tin đã gỡ' : data.loc[name].find((v) => v.id === value)?.ten || value);
const showChips = (data) => {
  const place = one('[data-tk-chip]', page);
  place.hidden = !chosen().length;
  if (place.hidden) { place.replaceChildren(); return; }
  const list = make('ul', '', ...chosen().map(([name, value]) => {
    const label = labelOf(data, name, value);
    const chip = make('button', 'chip', label, make('span', '', '×'));
    chip.type = 'button';
    chip.lastChild.setAttribute('aria-hidden', 'true');
    chip.setAttribute('aria-label', `Bỏ lọc ${label}`);
    chip.onclick = () => { go({ loc: without(name, value) }); count.focus(); };
    return make('li', '', chip);
  }));
  place.replaceChildren(make('p', '', 'Đang lọc:'), list, jump('Xóa hết', { loc: {} }));
};
const showFeeds = (data) => {
  const place = one('[data-tk-theo-doi]', page);
  const links = [];
  for (const [name, attribute] of [['don-vi', 'nguonDonVi'], ['linh-vuc', 'nguonLinhVuc']]) {
    const known = page.dataset[attribute].split(' ');
    for (const id of state.loc[name] || []) {
      if (!known.includes(id)) continue;
      const link = make('a', 'co-bt', shape('rss'), make('span', '', `Theo dõi ${labelOf(data, name, id)} (RSS)`));
      link.href = new URL(`${name}/${id}/rss.xml`, root);
      links.push(link);
    }
  }
  place.hidden = !links.length;
  place.replaceChildren(...links);
};
const showSort = (data) => {
  const place = one('[data-tk-xep]', page);
  place.hidden = data.tong < 2 || !state.q;
  const choice = (text, value) => (state.sapXep === value ? make('b', '', text) : jump(text, { sapXep: value }));
  one('span', place).replaceChildren(choice('Liên quan nhất', ''), ' · ', choice('Mới nhất', 'moi'));
};
const showPages = ({ trang, soTrang }) => {
  const place = one('[data-tk-trang]', page);
  if (soTrang < 2) { place.replaceChildren(); return; }
  const to = (n, ...inside) => {
    const link = jump('', { trang: n });
    link.replaceChildren(...inside);
    const follow = link.onclick;
    link.onclick = (event) => { follow(event); if (event.defaultPrevented) { count.focus({ preventScroll: true }); page.scrollIntoView(); } };
    return link;
  };
  const numbers = [...Array(soTrang).keys()].map((i) => i + 1).filter((n) => soTrang <= 7 || n === 1 || n === soTrang || Math.abs(n - trang) <= 2);
  const list = make('ol');
  numbers.forEach((n, i) => {
    if (i && n - numbers[i - 1] > 1) list.append(make('li', '', make('span', '', '…')));
    const link = to(n, String(n));
    link.setAttribute('aria-label', `Trang ${n}`);
    if (n === trang) link.setAttribute('aria-current', 'page');
    list.append(make('li', '', link));
  });
  const back = make('p', 'pt-truoc');
  const next = make('p', 'pt-sau');
  if (trang > 1) back.append(to(trang - 1, shape('trai'), make('span', '', 'Trang trước')));
  if (trang < soTrang) next.append(to(trang + 1, make('span', '', 'Trang sau'), shape('phai')));
  const nav = make('nav', 'phan-trang', back, list, make('p', 'pt-nay', `Trang ${trang} / ${soTrang}`), next);
  nav.setAttribute('aria-label', 'Phân trang');
  place.replaceChildren(nav);
};

// ---- What the reader does --------------------------------------------------------------------------------------------

filters.addEventListener('change', ({ target }) => {
  const loc = target.checked ? { ...state.loc, [target.name]: [...(state.loc[target.name] || []), target.value] } : without(target.name, target.value);
  go({ loc });
});
filters.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!wide.matches) panel.open = false;
  count.focus();
});
one('[data-tk-o]', page).addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(pause);
  const q = box.value.trim();
  if (q === state.q && answer && !typed) return;
  go({ q }, { replace: fresh });
  fresh = false;
});
let pause = 0;
let fresh = false; // whether the address of this typing already has its own step in the history
box.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    const q = box.value.trim();
    if (q === state.q) return;
    go({ q, toanVan: false }, { replace: fresh, typing: true });
    fresh = true;
  }, 180);
});
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
  const links = all('[data-ket-qua]', results);
  const at = links.indexOf(document.activeElement);
  if (at < 0 && document.activeElement !== box) return;
  if (at < 0 && event.key === 'ArrowUp') return;
  const next = event.key === 'ArrowDown' ? links[at + 1] : at === 0 ? box : links[at - 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
addEventListener('popstate', () => {
  clearTimeout(pause);
  fresh = false;
  state = read();
  ask();
});

one('[data-can-js]', page).hidden = true;
one('[data-tk-than]', page).hidden = false;
const fit = () => { panel.open = wide.matches; };
wide.addEventListener('change', fit);
fit();
start().then(() => ask(), fail);
