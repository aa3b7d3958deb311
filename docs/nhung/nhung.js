// For a portal that cannot import feeds: <div data-tin-chinh-sach="5"></div> and this file by <script defer>.
// Writes text only, reads anew each time, and says so when it cannot: it never shows an old copy.
(() => {
  'use strict';
  const folder = new URL('.', document.currentScript.src);
  const make = (tag, text = '') => Object.assign(document.createElement(tag), { textContent: text });
  const day = (iso) => iso.slice(0, 10).split('-').map(Number).reverse().join('/');
  const show = (box, news) => {
    const list = make('ul');
    for (const item of news.tin.slice(0, Number(box.dataset.tinChinhSach) || 5)) {
      const link = Object.assign(make('a', item.tieu_de), { href: new URL(item.dia_chi, folder).href });
      const row = make('li');
      row.append(link, make('div', [item.van_ban, item.don_vi, 'đăng ' + day(item.ngay_dang)].filter(Boolean).join(' · ')));
      list.append(row);
    }
    box.replaceChildren(list, make('p', news.cap_nhat ? `Cập nhật lúc ${news.cap_nhat.slice(11, 16)} ngày ${day(news.cap_nhat)}` : 'Chưa có tin nào.'));
  };
  const fail = (box) => {
    const home = Object.assign(make('a', 'Mở trang tin chính sách'), { href: new URL('../', folder).href });
    box.replaceChildren(make('p', 'Không lấy được tin lúc này. '), home);
  };
  const boxes = document.querySelectorAll('[data-tin-chinh-sach]');
  fetch(new URL('moi-nhat.json', folder), { cache: 'no-cache', credentials: 'omit' })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((news) => boxes.forEach((box) => show(box, news)))
    .catch(() => boxes.forEach(fail));
})();
