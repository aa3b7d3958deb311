// Full text: fetches the few index files that a query needs, weighs passages, reads the best ones again.
// The files are made by hooks/chinhsach/outputs/full_text_index.py; their form is told in docs/adr/013.
//
//   tim(query, {base, skip, hieu, toiDa, nam, giu}) -> [{ma, url, tieuDe, so, doan: [{chu, danhDau}], muc: [{tieuDe, href, doan, toanVan}]}]
//
// base: the folder of the index; skip: ids that stand in the list already; hieu: what the first layer understood, the
// query spelt out and without the words that only ask, best reading first; toiDa: how many entries at most;
// nam: only these years; giu: ids in, out the set of those that pass the reader's filters (or a promise of it).

const BASE = 45;
const DIGITS = new Int8Array(128).fill(-1);
for (let code = 35, value = 0; code < 127 && value < 90; code++) if (code !== 92) DIGITS[code] = value++;

const PAIR = 1, SINGLE = 0.45;   // weight of two neighbours and of one word
const HALF = 0.6;                // of two neighbours of which one only asks
const READ = 2.4;                // passages that are read for each entry that is given back
const TURNS = 5;                 // how often more is read where filters keep little of it
const SECTIONS = 3;              // places named under an entry
const READINGS = 2;              // of the first layer's readings
const ENOUGH = 0.35;             // part of the query's weight that an entry must hold
const WORDS_KEPT = 0.5;          // part of the query's words that an entry must hold
const TOGETHER = 1;              // of the query's weight and of its words' nearness, that a passage must have in sum; a
                                 // long query is seldom said again at one place
const NEVER = 0.3;               // of the weight of two neighbours that never stand side by side
const OFTEN = 0.03;              // of the query's weight, for every doubling of the passages that hold nearly as much
const TONES_KEPT = 0.34;         // part of the tones typed that a passage must have as typed
const SHORT = 5;                 // words of a query in which one that nobody wrote says that it is about something else
const EXCERPT = 220;             // characters of an excerpt

const fold = (text) => text.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đð]/g, 'd');
const split = (text) => text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) || [];
const MARKS = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** A word with its tone at the end, so that «hoá» is «hóa». */
const toned = (word) => {
  const parts = word.toLowerCase().normalize('NFD');
  return parts.replace(MARKS, '') + (parts.match(MARKS) || []).join('');
};

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const ENCODER = new TextEncoder();
function shardOf(term) {
  let crc = 0xffffffff;
  for (const byte of ENCODER.encode(term)) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) & 4095;
}

/** Rising numbers from their steps; `each` is called with every number. */
function walk(steps, each) {
  let at = -1, value = 0, scale = 1;
  for (let i = 0; i < steps.length; i++) {
    const digit = DIGITS[steps.charCodeAt(i)];
    if (digit >= BASE) {
      value += (digit - BASE) * scale;
      scale *= BASE;
    } else {
      at += value + digit * scale + 1;
      each(at);
      value = 0;
      scale = 1;
    }
  }
}

function counts(steps) {
  const out = [];
  let last = -1;
  walk(steps, (at) => { out.push(at - last - 1); last = at; });
  return out;
}

/** Where each part begins, and the end of the last. */
function starts(sizes, from = 0) {
  const out = [from];
  for (const size of sizes) out.push(out[out.length - 1] + size);
  return out;
}

/** The place of the part that holds `number`. */
function partOf(bounds, number) {
  let low = 0, high = bounds.length - 1;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle] <= number) low = middle; else high = middle;
  }
  return low;
}

const loaded = new Map();

async function fetchJson(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** A file whose name changes with its content: kept as long as the page lives. */
function once(url) {
  if (!loaded.has(url)) {
    const promise = fetchJson(url);
    loaded.set(url, promise);
    promise.catch(() => loaded.delete(url));
  }
  return loaded.get(url);
}

async function contents(home) {
  const key = home + 'muc-luc.json';
  if (!loaded.has(key)) {
    const promise = fetchJson(key, { cache: 'no-cache' }).then(unpack);
    loaded.set(key, promise);
    promise.catch(() => loaded.delete(key));
  }
  return loaded.get(key);
}

function unpack(raw) {
  const words = new Map();
  for (const item of raw.tu.split(' ')) {
    const [, word, bits] = item.match(/^(.*?)(\d+)$/) || [];
    if (word) words.set(word, 2 ** (bits - 1));
  }
  let from = 0;
  const years = raw.nam.map((year) => {
    const documents = counts(year.tin), chunks = counts(year.tep);
    const first = from;
    from += documents.reduce((a, b) => a + b, 0);
    return { name: year.nam, version: year.ma, first, documents, chunks: starts(chunks, first) };
  });
  const documents = starts(years.flatMap((year) => year.documents));
  return { ...raw, words, common: new Set(raw.chung.split(' ')), years, bounds: years.map((year) => year.first).concat(from), documents };
}

// What was meant

const TELEX = [[/aa/g, 'a'], [/ee/g, 'e'], [/oo/g, 'o'], [/dd/g, 'd'], [/(?<=[aou])w/g, '']];

/** Folded spellings of a word nobody wrote: Telex and VNI slips, then one letter more, less, other or swapped. */
function respell(word, words) {
  if (words.has(word) || word.length < 3) return word;
  if (/^[a-z]+[1-9][a-z]*[1-9]?$/.test(word)) {
    const vni = word.replace(/[1-9]/g, '');
    if (words.has(vni)) return vni;
  }
  if (/\d/.test(word)) return word;
  const bare = TELEX.reduce((text, [from, to]) => text.replace(from, to), word);
  for (const form of [bare, bare.replace(/[sfrxjw]$/, ''), bare.replace(/[sfrxjw](?=[a-z]{0,3}$)/, ''), bare.replace(/w/g, '')]) {
    if (words.has(form)) return form;
  }
  if (word.length < 4) return word;
  let best = word, most = 0;
  for (const [known, uses] of words) {
    if (uses > most && Math.abs(known.length - word.length) < 2 && isNear(word, known)) {
      best = known;
      most = uses;
    }
  }
  return best;
}

/** Whether one insertion, deletion, other letter or swap of neighbours makes `a` into `b`. */
function isNear(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const restA = a.slice(i), restB = b.slice(i);
  return restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1)
    || (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2));
}

/** The words of a text with their folded form. */
function tokensOf(text, words) {
  return split(text.slice(0, 300)).map((word) => {
    const form = fold(word).slice(0, 30);
    return { word: toned(word), form: respell(form, words), kept: true };
  });
}

/** A reading in its place: where it only leaves words out of the query, its neighbours stay those of the query. */
function inPlace(reading, query) {
  const out = query.map((token) => ({ ...token, kept: false }));
  let at = 0;
  for (const { form, word } of reading) {
    while (at < out.length && out[at].form !== form) at++;
    if (at === out.length) return reading;
    out[at].word = word;
    out[at++].kept = true;
  }
  return out;
}

/** The terms to look up, none twice: words that tell something, and pairs of neighbours of which one is wanted. */
function termsOf(tokens, common) {
  const terms = new Map();
  const add = (term, words, pair, part) => { if (!terms.has(term)) terms.set(term, { term, words, pair, part }); };
  tokens.forEach(({ form, word, kept }, i) => {
    if (kept && !common.has(form)) add(form, word, false, SINGLE);
    const next = tokens[i + 1];
    if (next && (kept || next.kept)) add(`${form} ${next.form}`, `${word} ${next.word}`, true, kept && next.kept ? PAIR : HALF);
  });
  return [...terms.values()].slice(0, 32);
}

// Weighing

async function lookUp(terms, index, home) {
  const width = 4096 / index.so_tep;
  await Promise.all(terms.map(async (term) => {
    const shard = await once(`${home}${index.phien_ban}/${Math.floor(shardOf(term.term) / width)}.json`);
    term.steps = Object.hasOwn(shard, term.term) ? shard[term.term] : '';
  }));
}

/** How much each passage holds, and which terms. */
function weigh(terms, index) {
  const total = index.so_doan;
  const scores = new Float32Array(total), masks = new Int32Array(total);
  terms.forEach((term, bit) => {
    let count = 0;
    walk(term.steps, () => { count++; });
    term.weight = Math.log(1 + total / (count + 0.5)) * term.part;
    if (!count && term.pair) term.weight *= NEVER;                  // the words never stand side by side
    term.count = count;
    walk(term.steps, (at) => {
      scores[at] += term.weight;
      masks[at] |= 1 << bit;
    });
  });
  return { scores, masks };
}

function weightOf(mask, terms) {
  let sum = 0;
  for (let bit = 0; bit < terms.length; bit++) if (mask & (1 << bit)) sum += terms[bit].weight;
  return sum;
}

/** The best passages: what a passage lacks, its entry's title, number or summary may make good in part. */
function best({ scores, masks }, terms, index, least) {
  const found = [];
  for (let doc = 0; doc + 1 < index.documents.length; doc++) {
    const first = index.documents[doc], end = index.documents[doc + 1];
    const own = masks[first], title = scores[first] * 0.6;
    const passages = [];
    let most = 0;
    for (let at = first; at < end; at++) {
      if (!scores[at] || scores[at] + title < least) continue;
      const extra = at === first || !own ? 0 : weightOf(own & ~masks[at], terms) * 0.6;
      const score = scores[at] + extra;
      if (score < least) continue;
      passages.push({ at, doc, score, mask: masks[at] | own });
      if (score > most) most = score;
    }
    // An entry that comes back to it is about it: a law's chapter before a sentence elsewhere.
    const often = OFTEN * Math.log2(passages.filter((passage) => passage.score > 0.85 * most).length || 1);
    for (const passage of passages) found.push({ ...passage, often });
  }
  const whole = terms.reduce((sum, term) => sum + term.weight, 0);
  found.sort((a, b) => b.score + b.often * whole - a.score - a.often * whole || a.at - b.at);
  return found;
}

/** The part of the wanted words that stand in the entry: alone, or where alone they tell nothing, beside a neighbour. */
function covered(mask, terms, tokens) {
  const held = new Set();
  terms.forEach((term, bit) => { if (mask & (1 << bit)) for (const form of term.term.split(' ')) held.add(form); });
  const wanted = [...new Set(tokens.filter((token) => token.kept).map((token) => token.form))];
  return wanted.filter((form) => held.has(form)).length / wanted.length;
}

/** Reads the passages, so that tones and order can be judged. */
async function read(passages, index, home) {
  await Promise.all(passages.map(async (passage) => {
    const year = index.years[partOf(index.bounds, passage.at)];
    const place = partOf(year.chunks, passage.at);
    const chunk = await once(`${home}${year.name}/${year.version}/${place}.json`);
    const [entry, page, anchor, heading, text] = chunk.doan[passage.at - year.chunks[place]];
    const [ma, title, number] = chunk.tin[entry];
    Object.assign(passage, { ma, title, number, page, anchor, heading, text });
  }));
  return passages;
}

/** Whether a passage answers a short query with a word that nobody wrote: the others stand in it side by side as typed. */
function isWhole(passage, terms, tokens) {
  const wanted = new Set(tokens.filter((token) => token.kept).map((token) => token.form));
  const strange = new Set(terms.filter((term) => !term.pair && !term.count).map((term) => term.term));
  if (!strange.size || wanted.size > SHORT) return true;
  return terms.every((term, bit) => passage.mask & (1 << bit) || term.term.split(' ').some((form) => strange.has(form)));
}

/** The value of a passage, more for words in the nearness in which they were asked for; 0 where the tones are others. */
function judge(passage, terms, tokens, whole) {
  const text = ` ${split(`${passage.heading} ${passage.text}`).map(toned).join(' ')} `;
  let same = 0, possible = 0;
  for (const term of terms) {
    if (!/[^\x00-\x7f]/.test(term.words)) continue;
    possible += term.weight;
    if (text.includes(` ${term.words} `)) same += term.weight;
  }
  const tones = possible ? same / (possible * passage.score / whole) : 1;
  const near = nearness(passage, tokens);
  if (!isWhole(passage, terms, tokens)) return 0;
  const long = Math.max(0, new Set(tokens.filter((token) => token.kept).map((token) => token.form)).size - 6);
  // Some of the words, scattered over a passage: it speaks of something else.
  if (tones < TONES_KEPT || passage.score / whole + near < Math.max(0.8, TOGETHER - 0.05 * long)) return 0;
  return passage.score / whole + 0.25 * Math.min(1, tones) + 0.25 * near + passage.often;
}

/** 1 where the wanted words stand together, less where they are scattered. */
function nearness(passage, tokens) {
  const wanted = new Set(tokens.filter((token) => token.kept).map((token) => token.form));
  if (wanted.size < 2) return 1;
  const places = [];
  split(fold(passage.text)).forEach((form, place) => { if (wanted.has(form)) places.push([place, form]); });
  let top = 0;
  const reach = wanted.size * 2 + 4;
  for (let i = 0; i < places.length; i++) {
    const seen = new Set();
    for (let j = i; j < places.length && places[j][0] - places[i][0] < reach; j++) seen.add(places[j][1]);
    top = Math.max(top, seen.size);
  }
  return top / wanted.size;
}

// Showing

/** Where wanted words stand: with the tones as typed, or with any where the text has none so. */
function hitsIn(text, tokens) {
  const wanted = new Map();
  for (const { form, word } of tokens) wanted.set(form, (wanted.get(form) || new Set()).add(word));
  const found = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const form = fold(match[0]);
    if (wanted.has(form)) found.push({ at: [match.index, match.index + match[0].length, form], word: toned(match[0]), form });
  }
  const exact = found.filter(({ form, word }) => !isToned(wanted.get(form)) || wanted.get(form).has(word));
  return (exact.length ? exact : found).map((hit) => hit.at);
}
const isToned = (words) => [...words].every((word) => /[^\x00-\x7f]/.test(word));

/** The stretch of the text that holds most of the wanted words, as plain and marked parts in the text's own spelling. */
function excerpt(text, tokens) {
  const hits = hitsIn(text, tokens);
  let from = 0, most = 0;
  for (let i = 0; i < hits.length; i++) {
    const seen = new Set();
    for (let j = i; j < hits.length && hits[j][1] - hits[i][0] < EXCERPT - 40; j++) seen.add(hits[j][2]);
    if (seen.size > most) { most = seen.size; from = hits[i][0]; }
  }
  from = from < 60 ? 0 : text.lastIndexOf(' ', from - 30) + 1;
  let to = Math.min(text.length, from + EXCERPT);
  if (to < text.length) to = Math.max(text.lastIndexOf(' ', to), from + 1);
  const parts = [];
  const put = (chu, danhDau) => { if (chu) parts.push({ chu, danhDau }); };
  let at = from;
  put(from > 0 ? '… ' : '', false);
  for (const [start, end] of hits) {
    if (start < at || end > to) continue;
    const between = text.slice(at, start);
    if (between === ' ' && parts.length && parts[parts.length - 1].danhDau) parts[parts.length - 1].chu += between + text.slice(start, end);
    else { put(between, false); put(text.slice(start, end), true); }
    at = end;
  }
  put(text.slice(at, to), false);
  put(to < text.length ? ' …' : '', false);
  return parts;
}

function section(passage, home) {
  const path = `${passage.ma}/${passage.page === 1 ? 'toan-van/' : ''}${passage.anchor ? `#${passage.anchor}` : ''}`;
  return {
    tieuDe: passage.heading || (passage.page === 1 ? 'Toàn văn' : 'Nội dung'),
    href: new URL(`../../chinh-sach/${path}`, home).href,
    doan: excerpt(passage.text, passage.tokens),
    toanVan: passage.page === 1,
  };
}

/** The passages that one reading of the query finds, each with its value between 0 and about 1.5. */
async function findPassages(reading, query, index, home, { shown, years, keep }) {
  const tokens = inPlace(tokensOf(reading, index.words), tokensOf(query, index.words));
  const terms = termsOf(tokens, index.common);
  if (!terms.length || !index.so_doan) return [];
  await lookUp(terms, index, home);
  const weighed = weigh(terms, index);
  const whole = terms.reduce((sum, term) => sum + term.weight, 0);
  const candidates = [];
  const perEntry = new Map();
  for (const passage of best(weighed, terms, index, whole * ENOUGH)) {
    if (candidates.length >= shown * READ * (keep ? TURNS : 1)) break;
    if (years && !years.has(String(index.years[partOf(index.bounds, passage.at)].name))) continue;
    if (covered(passage.mask, terms, tokens) < WORDS_KEPT) continue;
    const taken = perEntry.get(passage.doc) || 0;
    if (taken >= SECTIONS) continue;
    perEntry.set(passage.doc, taken + 1);
    candidates.push({ ...passage, tokens });
  }
  const found = [];
  const entries = new Set();
  for (let from = 0; from < candidates.length && entries.size < shown; from += shown * READ) {
    const some = await read(candidates.slice(from, from + shown * READ), index, home);
    const kept = keep && await keep([...new Set(some.map((passage) => passage.ma))]);
    for (const passage of some) {
      passage.value = kept && !kept.has(passage.ma) ? 0 : judge(passage, terms, tokens, whole);
      if (passage.value > 0) { found.push(passage); entries.add(passage.ma); }
    }
  }
  return found;
}

/** Entries whose full text answers the query, best first, with addresses that hold from any page. */
export async function tim(query, { base, skip = [], hieu = [], toiDa = 10, nam = null, giu = null }) {
  const home = new URL(base, globalThis.location?.href).href;
  const index = await contents(home);
  const readings = hieu.length ? hieu.slice(0, READINGS) : [query];
  const wanted = { shown: toiDa, years: nam && new Set(nam), keep: giu };
  const candidates = (await Promise.all(readings.map((reading) => findPassages(reading, query, index, home, wanted)))).flat();
  candidates.sort((a, b) => b.value - a.value || a.at - b.at);
  const skipped = new Set(skip);
  const entries = new Map();
  const seen = new Set();
  for (const passage of candidates) {
    if (skipped.has(passage.ma) || seen.has(passage.at)) continue;
    seen.add(passage.at);
    if (!entries.has(passage.ma)) {
      if (entries.size >= toiDa) continue;
      entries.set(passage.ma, {
        ma: passage.ma, url: new URL(`../../chinh-sach/${passage.ma}/`, home).href,
        tieuDe: passage.title, so: passage.number, doan: excerpt(passage.text, passage.tokens), muc: [],
      });
    }
    const entry = entries.get(passage.ma);
    if (passage.page >= 0 && entry.muc.length < SECTIONS) entry.muc.push(section(passage, home));
  }
  return [...entries.values()];
}
