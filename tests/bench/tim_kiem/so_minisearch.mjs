// Layer 1 against MiniSearch with the planner of the first measurement: same records, same queries, full text apart.
// For whoever doubts docs/adr/012; needs Node 20 and the library, users need neither:
//   npm pack minisearch@7.2.0 && tar xzf minisearch-7.2.0.tgz
//   node tests/bench/tim_kiem/so_minisearch.mjs <site>/tim-kiem package/dist/es/index.js
// The site is one that was built from tao_kho.py. Prints success@1/recall@10 by kind and CPU.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, library] = process.argv.slice(2);
const here = import.meta.dirname;
const copy = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'tim-kiem-')), 'may.mjs'); // Node wants .mjs
fs.copyFileSync(path.join(here, '../../../docs/assets/tim-kiem-may.js'), copy);
const { Engine, fold } = await import(pathToFileURL(copy));
const MiniSearch = (await import(pathToFileURL(path.resolve(library)))).default;
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
const measured = (act) => {
  const before = process.cpuUsage();
  const result = act();
  return [result, process.cpuUsage(before).user / 1000];
};

const first = read('ban-ghi.json');
const [engine, ownBuild] = measured(() => {
  const made = new Engine('2026-11-23');
  made.setDictionary(read('tu-dien.json'));
  made.setTables(first.bang);
  made.add(first.cot);
  return made;
});
for (const part of first.phan) engine.add(read(part));
if (first.tom_tat) engine.addSummaries(read(first.tom_tat));
const records = engine.records;

const split = (text) => text.normalize('NFC').toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
const index = new MiniSearch({
  fields: ['td', 'so', 'lien', 'ty', 'tt'], idField: 'i', tokenize: split,
  processTerm: (t) => (fold(t) === t ? t : [t, fold(t)]),
});
const [, theirBuild] = measured(() => index.addAll(records.map((r, i) => ({
  i, td: r.td, so: r.so, lien: r.so.replace(/[^\p{L}\p{N}]/gu, ''), ty: r.ty === r.td ? '' : r.ty, tt: r.tt,
}))));
const stop = new Set(engine.dictionary.tu_dung.filter((w) => !w.includes(' ')));
const short = new Map(engine.dictionary.viet_tat.map(([form, , meaning]) => [form.toLowerCase(), meaning]));
const planned = (query) => {
  const expanded = split(query).flatMap((w) => (short.has(w) ? split(short.get(w)) : [w]));
  const kept = expanded.filter((w) => !stop.has(w));
  const terms = kept.length ? kept : expanded;
  const fuzzy = (t) => (/\d/.test(t) || t.length < 3 ? 0 : 1);
  const found = new Set();
  for (const [words, options] of [
    [terms, { combineWith: 'AND', prefix: (t, i, all) => i === all.length - 1 }],
    [terms.map(fold), { combineWith: 'AND' }],
    [terms.map(fold), { combineWith: 'AND', fuzzy }],
    [terms.map(fold), { combineWith: 'OR', fuzzy }],
  ]) {
    const hits = index.search(words.join(' '), { boost: { td: 3, so: 4, lien: 4 }, processTerm: (t) => t, tokenize: (t) => t.split(' '), ...options });
    for (const hit of hits) found.add(hit.id);
    if (found.size >= 3) break;
  }
  return [...found].map((i) => records[i].ma);
};

const ids = new Map();
for (const r of records) ids.set(r.so, [...(ids.get(r.so) || []), r.ma]);
const idsOf = (numbers) => new Set(numbers.split(';').flatMap((n) => ids.get(n) || []));
const rows = fs.readFileSync(path.join(here, '../../du-lieu/truy-van.csv'), 'utf8').trim().split('\n').slice(1).map((l) => l.split('\t'));
const grade = (name, search, build) => {
  const kinds = {};
  const [, cpu] = measured(() => {
    for (const [query, kind, right, must] of rows) {
      const top = search(query).slice(0, 10);
      const wanted = idsOf(must);
      const row = (kinds[kind] ??= { n: 0, first: 0, recall: 0 });
      row.n += 1;
      row.first += idsOf(right).has(top[0]) || wanted.has(top[0]) ? 1 : 0;
      row.recall += top.filter((ma) => wanted.has(ma)).length / Math.max(1, Math.min(10, wanted.size));
    }
  });
  console.log(`${name}: dựng ${build.toFixed(0)} ms CPU, một câu ${(cpu / rows.length).toFixed(1)} ms CPU`);
  for (const [kind, { n, first: one, recall }] of Object.entries(kinds)) console.log(`  ${kind.padEnd(14)} ${n}  ${(one / n).toFixed(2)}/${(recall / n).toFixed(2)}`);
};
console.log(`${records.length} tin`);
grade('MiniSearch', planned, theirBuild);
grade('tim-kiem-may.js', (q) => engine.search({ q, moiTrang: 10 }).muc.map((m) => m.ma), ownBuild);
