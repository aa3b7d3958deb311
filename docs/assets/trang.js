// Pages read well without it and hold dates only: words that depend on the day are worked out here.
(() => {
  'use strict';
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const one = (css, root = document) => root.querySelector(css);
  const make = (tag, className, text = '') => Object.assign(document.createElement(tag), { className, textContent: text });

  // What the reader chose under «Cách đọc» comes back; the panel itself is loaded when it is asked for.
  const { src } = document.currentScript;
  const ask = (file) => import(new URL(file, src).href);
  const page = document.documentElement;
  let look = {};
  try { look = JSON.parse(localStorage.cachDoc || '{}') || {}; } catch { /* no storage, nothing kept */ }
  if (look.nen === 'sang' || look.nen === 'toi') page.dataset.nen = look.nen;
  if (look.chu > 100 && look.chu <= 200) page.style.fontSize = look.chu + '%';
  if (look.chu >= 150) page.dataset.chu = 'lon';
  for (const button of all('[data-cach-doc]')) {
    button.dataset.cachDoc = 'co';
    button.onclick = async () => (await ask('cach-doc.js')).toggle(button);
  }
  for (const item of navigator.serviceWorker ? all('[data-giu]') : []) {
    const [button, said] = [one('button', item), one('[role]', item)];
    let on = Boolean(navigator.serviceWorker.controller);
    const show = () => { one('span', button).textContent = on ? 'Thôi giữ tin, xóa bản đã giữ' : 'Giữ tin tôi mở để đọc khi mất mạng'; };
    show();
    item.hidden = false;
    button.onclick = async () => {
      try {
        on = await (await ask('giu-trang.js')).toggle(on);
        said.textContent = on ? 'Đã giữ tin này và các tin mở sau, trong 30 ngày, chỉ trên máy này.' : 'Đã xóa.';
      } catch { said.textContent = 'Trình duyệt không cho giữ.'; }
      show();
    };
  }

  // Viet Nam has +07:00 all year, so plain arithmetic is enough.
  const today = new Date(new Date().getTime() + 7 * 36e5).toISOString().slice(0, 10);
  const words = (iso) => iso.slice(0, 10).split('-').map(Number).reverse().join('/');
  const parse = (text) => {
    const [, y, m, d] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) || /^()()()$/.exec('');
    const parts = y ? [y, m, d] : (/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) || []).slice(1).reverse();
    const iso = parts.map((part) => part.padStart(2, '0')).join('-');
    const time = Date.parse(iso);
    return parts.length && time === time && new Date(time).toISOString().startsWith(iso) ? iso : '';
  };

  // «?ngay=» on a document's pages: its effect on another day, and said so.
  const asked = (new URLSearchParams(location.search).get('ngay') || '').trim();
  const place = one('.tin-bao') || one('.tv-chinh');
  const chosen = place && asked ? parse(asked) : '';
  const day = chosen || today;
  if (place && asked) {
    const note = make('section', chosen ? 'thong-bao xanh' : 'thong-bao vang');
    note.dataset.ngayXem = chosen;
    note.ariaLabel = 'Ngày đang xem';
    const back = Object.assign(make('a', '', 'Về tình trạng hôm nay'), { href: location.pathname });
    const last = make('p');
    last.append(back);
    const said = chosen
      ? [`Hiệu lực vào ngày ${words(chosen)}`, `Trang đang cho xem hiệu lực của văn bản vào ngày ${words(chosen)}, không phải hôm nay, ${words(today)}.`]
      : [`Không có ngày “${asked.slice(0, 40)}”`, 'Ngày phải có thật và ghi dạng 2026-09-01 hoặc 1/9/2026. Trang đang cho xem tình trạng hôm nay.'];
    note.append(make('h2', '', said[0]), make('p', '', said[1]), last);
    place.prepend(note);
  }
  for (const form of all('[data-xem-ngay]')) {
    form.hidden = false;
    one('input', form).value = day;
  }

  const wide = matchMedia('(min-width: 60em)');

  // The same table as in templates/bieu-tuong.html.
  const bars = 'M6.3 5.4v5.2M9.7 5.4v5.2';
  const shapes = {
    'chua-co-hieu-luc': 'M8 4.4V8l2.4 1.6',
    'con-hieu-luc': 'M4.9 8.2l2.2 2.2 4-4.3',
    'het-hieu-luc-mot-phan': 'M8 1.5a6.5 6.5 0 0 0 0 13z',
    'ngung-hieu-luc-mot-phan': bars,
    'ngung-hieu-luc': bars,
    'het-hieu-luc-toan-bo': 'M3.6 12.4l8.8-8.8',
    'khong-con-phu-hop': 'M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
    'chua-xac-dinh': 'M8 4.7v4.1M8 11.1v.2',
  };

  for (const badge of all('[data-moc]')) {
    const step = JSON.parse(badge.dataset.moc).filter((s) => !s.tu || s.tu <= day).pop();
    if (!step) continue;
    // Paper outlives the day: it gets the server's dates.
    badge.dataset.inChu = one('span', badge).textContent;
    badge.dataset.hieuLuc = step.trang_thai;
    badge.dataset.lyDo = step.ly_do || '';
    one('b', badge).textContent = step.nhan;
    const detail = chosen ? step.chi_tiet.replace('tình trạng hiện nay', 'tình trạng vào ngày này') : step.chi_tiet;
    one('.ct', badge).textContent = detail ? ' · ' + detail : '';
    one('path', badge).setAttribute('d', step.ly_do === 'chua-ra-soat' ? '' : shapes[step.trang_thai] || '');
  }

  // Consultations. `den` is the last day on which comments are taken.
  for (const node of all('[data-dot]')) {
    const { tu, den, ketQua, dot } = node.dataset;
    const left = Math.round((Date.parse(den) - Date.parse(today)) / 864e5);
    const state = ketQua && ketQua <= today ? 'tiep-thu' : today < tu ? 'sap' : left < 0 ? 'het' : 'dang';
    const label = one('.dot-chu', node);
    node.dataset.tinhTrang = state;
    if (dot === 'buoc') {
      const done = { sap: 1, dang: 1, het: 2, 'tiep-thu': 3 }[state];
      [...node.children].forEach((item, i) => {
        const mark = i < done ? 'xong' : state === 'dang' && i === 1 ? 'dang' : '';
        item.dataset.buoc = mark;
        if (mark) one('b', item).after(make('span', 'an', mark === 'xong' ? ' (đã xong)' : ' (đang mở)'));
      });
    } else if (dot === 'nut') {
      node.hidden = left < 0 || state === 'tiep-thu';
    } else if (dot === 'trang-chu') {
      node.hidden = state !== 'dang';
      label.hidden = false;
      label.textContent = left ? `Còn ${left} ngày` : 'Hôm nay là ngày cuối';
      one('h2', node.closest('section')).textContent = 'Đang lấy ý kiến';
    } else {
      const [text, detail, join] = {
        'tiep-thu': ['Đã tiếp thu, giải trình', words(ketQua || den), ' ngày '],
        sap: ['Sắp lấy ý kiến', `từ ${words(tu)}`, ': '],
        dang: left ? ['Đang lấy ý kiến', `còn ${left} ngày`, ': '] : ['Hôm nay là ngày cuối nhận góp ý', '', ''],
        het: ['Hết hạn góp ý', words(den), ' ngày '],
      }[state];
      if (dot === 'dong') {
        node.dataset.inChu = one('span', node).textContent;
        one('.ct', node).textContent = detail && ` · ${detail}${state === 'dang' ? `, đến hết ${words(den)}` : ''}`;
        label.textContent = text;
      } else label.textContent = text + join + detail;
    }
  }

  const board = one('[data-gop-y]');
  if (board) {
    const rows = all('.muc', board);
    board.replaceChildren();
    for (const [state, text] of [['sap', 'Sắp lấy ý kiến'], ['dang', 'Đang lấy ý kiến'], ['het', 'Hết hạn góp ý'], ['tiep-thu', 'Đã tiếp thu, giải trình']]) {
      const mine = rows.filter((row) => one(`[data-tinh-trang="${state}"]`, row));
      if (!mine.length) continue;
      const head = make('h2', 'ds-nam', text);
      head.append(make('span', '', ` · ${mine.length} dự thảo`));
      const list = make('ol', 'ds-muc');
      list.append(...mine);
      board.append(head, list);
    }
  }

  for (const node of all('[data-an-tu], [data-hien-tu]')) if (node.dataset.anTu <= today || node.dataset.hienTu > today) node.hidden = true;
  for (const list of all('[data-theo-ngay]')) {
    one('h1').textContent = list.dataset.theoNgay;
    one('[data-khong-con]').hidden = all('section:not([hidden])', list).length > 0;
  }
  for (const section of all('[data-het]')) {
    section.hidden = all('li', section).every((item) => item.hidden);
    const head = one('[data-chu]', section);
    if (head) head.textContent = head.dataset.chu;
  }

  // The row of today in an entry's timeline.
  const line = one('.tin-sau .qua-trinh');
  const effect = one('.tin-dau .hieu-luc:not([hidden])');
  if (line && effect) {
    const row = make('li', 'hom-nay');
    const state = make('p', 'hieu-luc');
    state.dataset.hieuLuc = effect.dataset.hieuLuc;
    const [name, detail] = ['b', '.ct'].map((s) => one(s, effect).textContent);
    const text = effect.dataset.lyDo === 'chua-ra-soat' ? detail.slice(3) : name[0].toLowerCase() + name.slice(1);
    state.append(one('.hinh', effect).cloneNode(true), make('b', '', `${chosen ? `Ngày ${words(day)}` : 'Hôm nay'}: ${text}`));
    row.append(make('p', 'qt-ngay', words(day)), state);
    line.insertBefore(row, [...line.children].find((r) => !r.dataset.ngay || r.dataset.ngay > day) || null);
  }
  const current = all('.theo-ngay tr[data-tu]').filter((r) => r.dataset.tu <= day).pop();
  if (current) {
    current.ariaCurrent = 'date';
    one('b', current).after(make('span', 'ct khong-in', chosen ? ' · ngày đang xem' : ' · hôm nay'));
  }
  for (const axis of all('.truc')) {
    const [first, end, at] = [axis.dataset.tu, axis.dataset.den, day].map(Date.parse);
    const x = Math.min(100, Math.max(0, 6 + 88 * (at - first) / (end - first))) + '%';
    const mark = document.createElementNS(axis.namespaceURI, 'line');
    for (const [name, value] of Object.entries({ class: 'truc-nay', x1: x, x2: x, y1: `${axis.dataset.cao - 1}em`, y2: `${+axis.dataset.cao + 1}em` })) mark.setAttribute(name, value);
    axis.append(mark);
  }

  // «/» goes to the search box that is shown.
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, [contenteditable]')) return;
    const box = all('.o-tim input').find((input) => input.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // CSS cannot show a closed <details> everywhere.
  if (wide.matches) for (const d of all('[data-mo-rong]')) d.open = true;
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = all('main details:not([open])');
    for (const d of opened) d.open = true;
  });
  addEventListener('afterprint', () => { for (const d of opened) d.open = false; });

  for (const button of all('[data-in]')) {
    button.hidden = false;
    button.onclick = () => print();
  }
  for (const button of all('[data-sao-chep]')) {
    button.hidden = false;
    button.onclick = async () => {
      const source = document.getElementById(button.dataset.saoChep);
      let done = true;
      // The clipboard needs https; selecting works without.
      try { await navigator.clipboard.writeText(source.textContent); } catch {
        getSelection().selectAllChildren(source);
        done = document.execCommand('copy');
      }
      button.nextElementSibling.textContent = done ? 'Đã sao chép' : 'Đã chọn chữ, bấm Ctrl + C';
    };
  }
  // The system's own list of apps, where there is one.
  for (const button of navigator.share ? all('[data-chia-se]') : []) {
    button.hidden = false;
    button.onclick = () => navigator.share({ title: document.title, url: one('link[rel=canonical]').href }).catch(() => {});
  }

  // Full text: contents that follow the reader, a bar on phones.
  const contents = one('.tv-muc-luc');
  const heads = all('.luat .dieu');
  if (!contents || !heads.length) return;
  const links = new Map(all('li a', contents).map((a) => [a.hash.slice(1), a]));
  const bar = make('nav', 'thanh-duoi');
  bar.ariaLabel = 'Chuyển điều';
  const toContents = make('button', '', 'Mục lục');
  toContents.onclick = () => {
    contents.open = true;
    contents.scrollIntoView();
    one('summary', contents).focus();
  };
  const ends = [make('a'), make('a')];
  bar.append(toContents, ...ends);
  contents.after(bar);
  document.body.classList.add('co-thanh');
  let now = -2;
  let ours;
  const follow = () => {
    let at = -1;
    for (let high = heads.length; high - at > 1;) {
      const mid = (at + high) >> 1;
      if (heads[mid].getBoundingClientRect().top < 120) at = mid; else high = mid;
    }
    if (at === now) return;
    links.get(heads[now]?.id)?.removeAttribute('aria-current');
    now = at;
    ends.forEach((a, i) => {
      const head = heads[at + (i ? 1 : -1)];
      a.hidden = !head;
      if (head) { a.href = '#' + head.id; a.textContent = head.textContent.trim().split('.')[0].slice(0, 24); }
    });
    const link = links.get(heads[at]?.id);
    if (!link) return;
    link.ariaCurrent = 'true';
    if (!wide.matches) return;
    const chapter = link.closest('[data-chuong]');
    if (ours && ours !== chapter) ours.open = false;
    if (chapter && !chapter.open) (ours = chapter).open = true;
    const box = contents.getBoundingClientRect();
    const spot = link.getBoundingClientRect();
    if (spot.top < box.top + 60 || spot.bottom > box.bottom - 40) contents.scrollTop += spot.top - box.top - box.height / 3;
  };
  addEventListener('scroll', () => requestAnimationFrame(follow), { passive: true });
  follow();
})();
