// Service worker, switched on by the reader alone: keeps the entries they open for when there is no network.
// The network always comes first. A kept page carries the day on which it was kept and runs no script, so it shows
// dates and no state of «today». While there is a network every kept page is asked for again: what was removed goes.
'use strict';
const PAGES = 'chinhsach-trang-1';
const PARTS = 'chinhsach-phan-1';
const LOOKS = ['assets/trang.css', 'assets/bieu-tuong.svg'];
const MOST_PAGES = 40;
const MOST_LETTERS = 1_000_000;
const MOST_DAYS = 30;
const ASK_AGAIN = 10 * 60 * 1000;
const DAY = 864e5;
const home = new URL(self.registration.scope);

const below = (url) => (url.origin === home.origin && url.pathname.startsWith(home.pathname) ? url.pathname.slice(home.pathname.length) : null);
const isEntry = (url) => /^chinh-sach\/(?!trang-\d+\/)[a-z0-9-]+\/(toan-van\/)?$/.test(below(url) ?? '');
const keyOf = (url) => url.origin + url.pathname;
const stamp = (response, name) => Number(response.headers.get(name));
const inVietNam = (time) => new Date(time + 7 * 36e5).toISOString();
const clock = (time) => `${inVietNam(time).slice(0, 10).split('-').map(Number).reverse().join('/')}, ${inVietNam(time).slice(11, 16)}`;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', (event) => {
  const { viec, trang } = event.data;
  const work = viec === 'thoi' ? forget() : begin(new URL(trang));
  event.waitUntil(work.catch(() => {}).then(() => event.ports[0]?.postMessage('xong')));
});

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || below(url) === null) return;
  if (event.request.mode === 'navigate') event.respondWith(page(event, url));
  else if (LOOKS.includes(below(url))) event.respondWith(part(event.request));
});

async function page(event, url) {
  let got;
  try {
    got = await fetch(event.request);
  } catch {
    return kept(url);
  }
  const copy = isEntry(url) ? got.clone() : null;
  event.waitUntil((async () => {
    if (copy) await keep(url, copy, Date.now());
    await askAgain();
  })());
  return got;
}

async function part(request) {
  try {
    const got = await fetch(request);
    if (got.ok) await (await caches.open(PARTS)).put(keyOf(new URL(request.url)), got.clone());
    return got;
  } catch {
    return (await (await caches.open(PARTS)).match(keyOf(new URL(request.url)))) || Response.error();
  }
}

async function begin(url) {
  const parts = await caches.open(PARTS);
  await parts.addAll(LOOKS.map((name) => new URL(name, home).href));
  if (isEntry(url)) await keep(url, await fetch(keyOf(url), { cache: 'no-cache' }), Date.now());
}

async function forget() {
  await Promise.all([caches.delete(PAGES), caches.delete(PARTS)]);
}

// `read`: when the reader last opened it, for what goes first when there are too many.
async function keep(url, got, read) {
  const pages = await caches.open(PAGES);
  if (got.status === 404 || got.status === 410) return pages.delete(keyOf(url));
  if (!got.ok || got.redirected || !/^text\/html/.test(got.headers.get('content-type') || '')) return undefined;
  const text = await got.text();
  if (text.length > MOST_LETTERS) return pages.delete(keyOf(url));
  const headers = { 'content-type': 'text/html; charset=utf-8', 'x-doc': String(read), 'x-giu': String(Date.now()) };
  await pages.put(keyOf(url), new Response(text, { headers }));
  return trim(pages);
}

async function held(pages) {
  const keys = await pages.keys();
  const found = await Promise.all(keys.map((key) => pages.match(key)));
  return keys.map((key, place) => ({ url: new URL(key.url), copy: found[place] }));
}

async function trim(pages) {
  const all = (await held(pages)).sort((a, b) => stamp(b.copy, 'x-doc') - stamp(a.copy, 'x-doc'));
  await Promise.all(all.slice(MOST_PAGES).map(({ url }) => pages.delete(keyOf(url))));
}

async function askAgain() {
  const pages = await caches.open(PAGES);
  for (const { url, copy } of await held(pages)) {
    if (Date.now() - stamp(copy, 'x-giu') < ASK_AGAIN) continue;
    try {
      await keep(url, await fetch(keyOf(url), { cache: 'no-cache' }), stamp(copy, 'x-doc'));
    } catch {
      return;
    }
  }
}

const isOld = (copy) => Date.now() - stamp(copy, 'x-giu') > MOST_DAYS * DAY;

async function kept(url) {
  const pages = await caches.open(PAGES);
  for (const { url: old, copy } of await held(pages)) if (isOld(copy)) await pages.delete(keyOf(old));
  const copy = await pages.match(keyOf(url));
  return new Response(copy ? dated(await copy.text(), stamp(copy, 'x-giu')) : await index(pages), {
    status: copy ? 200 : 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'self'; script-src 'none'" },
  });
}

function dated(html, time) {
  const notice = `<div class="khuon"><section class="thong-bao vang" data-ban-luu="${inVietNam(time).slice(0, 10)}" aria-labelledby="tb-ban-luu"><h2 id="tb-ban-luu">Bản lưu ngày ${clock(time)}</h2>
<p>Không tới được trang. Đây là bản giữ trên máy này; từ ngày ấy tin có thể đã được sửa hoặc gỡ. Ngày tháng dưới đây theo bản lưu, trang không tính tình trạng của hôm nay.</p></section></div>`;
  return html.replace(/<script\b[^>]*><\/script>/g, '').replace(/<main\b[^>]*>/, (main) => main + notice);
}

async function index(pages) {
  const all = (await held(pages)).sort((a, b) => stamp(b.copy, 'x-doc') - stamp(a.copy, 'x-doc'));
  const rows = await Promise.all(all.map(async ({ url, copy }) => {
    const title = /<title>([^<]*)<\/title>/.exec(await copy.text());
    return `<li><a href="${url.pathname}">${title ? title[1] : url.pathname}</a>, bản lưu ngày ${clock(stamp(copy, 'x-giu'))}</li>`;
  }));
  const list = rows.length ? `<p>Những tin đã giữ trên máy này:</p><ul>${rows.join('')}</ul>` : '<p>Chưa giữ tin nào trên máy này.</p>';
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Không tới được trang</title><link rel="stylesheet" href="${home.pathname}assets/trang.css"></head><body><main class="khuon"><article class="bai bai-viet"><h1>Không tới được trang</h1>${list}</article></main></body></html>`;
}
