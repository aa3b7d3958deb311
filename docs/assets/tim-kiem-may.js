// Search, first layer: records in, ranked results with counts out. Runs in a module worker, so typing never waits.
// There is no index: records are short, so every query reads all of them as numbers (docs/adr/012).

const MARKS = /[\u0300-\u036f]/g;
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

export const fold = (text) => text.toLowerCase().normalize('NFD').replace(MARKS, '').replace(/[đð]/g, 'd');
const slug = (text) => fold(text).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
// «hoá» and «hóa» are one word: letters first, tones last.
const key = (word) => {
  const split = word.toLowerCase().normalize('NFD');
  const tones = split.match(TONES);
  return tones ? split.replace(TONES, '') + tones.join('') : split;
};
const words = (text) => text.normalize('NFC').match(WORD) || [];

// Telex and VNI as they are typed when the keyboard was off: «ddaauf» → «đầu», «d9a62u» → «đầu».
const TELEX_TONE = { s: '\u0301', f: '\u0300', r: '\u0309', x: '\u0303', j: '\u0323' };
const VNI_TONE = { 1: '\u0301', 2: '\u0300', 3: '\u0309', 4: '\u0303', 5: '\u0323' };
// A beginning that Vietnamese has: «bhyt» and «gcn» are no syllables.
const SYLLABLE = /^((?:ngh?|nh?|ch?|gh?|kh?|ph?|th|tr|[bdđhlmqrstvx])?)([aăâeêioôơuưy]+)(ch|ng|nh|[cmnpt])?$/;
const withTone = (plain, tone) => {
  const parts = plain.match(SYLLABLE);
  if (!parts) return null;
  if (!tone) return plain;
  let [, head, core, tail = ''] = parts;
  let lead = head;
  if (/^(qu|gi)$/.test(head + core[0]) && core.length > 1) { lead += core[0]; core = core.slice(1); }
  let at = [...core].findLastIndex((c) => 'ăâêôơư'.includes(c));
  if (at < 0) at = tail ? core.length - 1 : Math.max(0, core.length - 2);
  return (lead + core.slice(0, at + 1) + tone + core.slice(at + 1) + tail).normalize('NFC');
};
export const typed = (word) => {
  const found = [];
  let tone = '';
  let text = word;
  if (/^[a-z]+$/.test(word)) {
    // The tone's key may stand right after its vowel or at the end.
    text = word.replace(/(?<=[aeiouyw][a-z]*)[sfrxj]/g, (c, at) => {
      if (tone || (at < word.length - 1 && /[aeiouy]/.test(word.slice(0, at)) === false)) return c;
      tone = TELEX_TONE[c];
      return '';
    });
    text = text.replace(/dd/g, 'đ').replace(/aa/g, 'â').replace(/ee/g, 'ê').replace(/oo/g, 'ô')
      .replace(/u(?:wow|ow|wo)/g, 'ươ').replace(/aw/g, 'ă').replace(/ow/g, 'ơ').replace(/uw|(?<![aeiouy])w/g, 'ư')
      // marks after the syllable: «tuongw», «dauda»
      .replace(/uo(.*)w$/, 'ươ$1').replace(/u(.*)w$/, 'ư$1').replace(/o(.*)w$/, 'ơ$1').replace(/a(.*)w$/, 'ă$1')
      .replace(/^d(.*)d$/, 'đ$1').replace(/([aeo])(.+)\1$/, (all, v, rest) => ({ a: 'â', e: 'ê', o: 'ô' })[v] + rest);
  } else if (/^[a-z]+[a-z1-9]*$/.test(word)) {
    text = word.replace(/(?<=[a-z6-9])[1-5](?!\d*[1-5])/, (c) => { tone = VNI_TONE[c]; return ''; });
    if (/d.*9/.test(text)) text = text.replace('9', '').replace('d', 'đ');
    text = text.replace(/uo7|u7o7/g, 'ươ').replace(/uo(.*)7$/, 'ươ$1').replace(/([aeo])([a-z]*?)6/, (all, v, rest) => ({ a: 'â', e: 'ê', o: 'ô' })[v] + rest)
      .replace(/([ou])([a-z]*?)7/, (all, v, rest) => ({ o: 'ơ', u: 'ư' })[v] + rest).replace(/a([a-z]*?)8/, 'ă$1');
  } else return found;
  const made = withTone(text, tone);
  if (made && made !== word) found.push(made);
  return found;
};

// Edits between two words, a swap of neighbours being one; stops above `most`.
const edits = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let older = [];
  let old = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, older[j - 2] + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    older = old;
    old = row;
  }
  return old[b.length];
};

const FIELD = { td: 1, ty: 0.94, tt: 0.75, dm: 0.5, ten: 0.4 };
// What a record must hold to be an answer: of the words, and of their neighbours; for what a question asks; and what
// it must hold of both to be shown at all, apart, as perhaps near.
const STRONG = [0.85, 0.5];
const STRONG_BRIEF = [0.99, 0.3]; // up to five words name a document, longer queries quote one
const STRONG_QUESTION = [0.95, 0.65];
const NEAR = 0.9;
const WHOLE = 0.9;               // of the words of a short query that are known, where another is not: a weak hit needs so much
const FACETS = ['don-vi', 'co-quan', 'linh-vuc', 'loai', 'nam', 'doi-tuong', 'hieu-luc', 'gop-y'];
// A law is looked for more often than what carries it out.
const RANK = { 'hien-phap': 0.05, luat: 0.05, 'bo-luat': 0.05, 'phap-lenh': 0.03, 'nghi-dinh': 0.025, 'nghi-quyet-qh': 0.02 };
const DAY = 864e5;
const iso = (days) => new Date(days * DAY).toISOString().slice(0, 10);
const list = (value) => (Array.isArray(value) ? value : [value]);
const numberParts = (text) => fold(text).match(/\d+|[a-z]+/g) || [];

export class Engine {
  constructor(today) {
    this.today = today;
    this.records = [];
    this.ids = new Map(); // key of a word → its number
    this.seen = new Map(); // spelling → the same number
    this.keys = [];
    this.folds = [];
    this.byFold = new Map(); // folded word → numbers
    this.count = new Map(); // folded word → records that hold it
    this.times = []; // word → how often the records hold it
    this.tokens = []; // per record: Int32Array of word numbers, -1 between fields
    this.fields = [];
    this.numbers = [];
    this.effects = new Map();
    this.memo = new Map();
  }

  word(text) {
    const seen = this.seen.get(text);
    if (seen !== undefined) return seen;
    const k = key(text);
    let id = this.ids.get(k);
    if (id === undefined) {
      id = this.keys.length;
      const folded = fold(text);
      this.ids.set(k, id);
      this.keys.push(k);
      this.folds.push(folded);
      const same = this.byFold.get(folded);
      if (same) same.push(id); else this.byFold.set(folded, [id]);
    }
    this.seen.set(text, id);
    return id;
  }

  setDictionary(dictionary) {
    this.dictionary = dictionary;
    this.stop = new Set();
    this.stopPhrases = [];
    for (const phrase of dictionary.tu_dung) {
      const parts = words(phrase);
      if (parts.length === 1) this.stop.add(key(parts[0])); else this.stopPhrases.push(parts);
    }
    // What a run of words may stand for; by its folded words, longest first.
    this.short = new Map();
    for (const [short, isWord, ...meanings] of dictionary.viet_tat) {
      const parts = words(short);
      const id = parts.map(fold).join(' ');
      this.short.set(id, [...(this.short.get(id) || []), { parts, isWord, meanings: meanings.map(words) }]);
    }
    this.synonyms = new Map();
    for (const [field, name, ...synonyms] of dictionary.linh_vuc) {
      for (const text of [name, ...synonyms]) {
        const id = words(text).map(fold).join(' ');
        this.synonyms.set(id, [...(this.synonyms.get(id) || []), field]);
      }
    }
    this.types = dictionary.loai;
    this.states = new Map(dictionary.trang_thai);
  }

  setTables(tables) {
    this.tables = tables;
    this.nameTokens = {};
    for (const [table, place] of [['loai', 2], ['cq', 1], ['dv', 1], ['lv', 1]]) {
      this.nameTokens[table] = tables[table].map((row) => words(row[place]).map((w) => this.word(w)));
    }
  }

  // Columns as outputs/search.py writes them.
  add(columns, summaries = null) {
    let day = 0;
    const first = this.records.length;
    for (let i = 0; i < columns.so.length; i++) {
      day += columns.dang[i];
      const so = columns.so[i];
      const ty = columns.ty[i];
      const td = columns.td[i];
      const bh = columns.bh[i] === null ? null : day - columns.bh[i];
      const record = {
        so, ty,
        ma: columns.ma[i] || slug(so),
        td: td === 0 ? ty : typeof td === 'number' ? ty.slice(0, td) + '…' : td,
        tt: columns.tt[i], dm: columns.dm[i], loai: columns.loai[i],
        cq: list(columns.cq[i]), dv: list(columns.dv[i]), lv: list(columns.lv[i]), dt: list(columns.dt[i]),
        dang: day, bh, hieu: columns.hieu[i] === null ? null : columns.hieu[i] + (bh || 0),
        hl: columns.hl[i], gy: columns.gy[i] || null, go: columns.go[i] ?? null,
      };
      this.records.push(record);
      this.read(this.records.length - 1);
    }
    if (summaries) this.addSummaries(summaries, first);
    this.memo.clear();
  }

  addSummaries({ tt, dm }, first = 0) {
    for (let i = 0; i < tt.length; i++) {
      if (!tt[i] && !dm[i]) continue;
      this.records[first + i].tt = tt[i];
      this.records[first + i].dm = dm[i];
      this.read(first + i, true);
    }
    this.memo.clear();
  }

  read(place, again = false) {
    const r = this.records[place];
    const tokens = [];
    const weights = [];
    const put = (ids, weight) => {
      for (const id of ids) { tokens.push(id); weights.push(weight); this.times[id] = (this.times[id] || 0) + 1; }
      tokens.push(-1);
      weights.push(0);
    };
    const of = (text) => words(text).map((w) => this.word(w));
    const title = of(r.td);
    put(title, FIELD.td);
    if (r.ty && r.ty !== r.td) put(of(r.ty), FIELD.ty);
    if (r.tt) put(of(r.tt), FIELD.tt);
    if (r.dm) put(of(r.dm), FIELD.dm);
    const t = this.nameTokens;
    put(t.loai[r.loai], FIELD.ten);
    for (const i of r.cq) put(t.cq[i], FIELD.ten);
    for (const i of r.dv) put(t.dv[i], 0.3);
    for (const i of r.lv) put(t.lv[i], FIELD.ten);
    if (again) for (const id of new Set(this.tokens[place])) if (id >= 0) this.count.set(this.folds[id], this.count.get(this.folds[id]) - 1);
    this.tokens[place] = Int32Array.from(tokens);
    this.fields[place] = Float32Array.from(weights);
    for (const id of new Set(tokens)) if (id >= 0) this.count.set(this.folds[id], (this.count.get(this.folds[id]) || 0) + 1);
    if (!again) this.numbers.push(numberParts(r.so));
    r.titleLength = title.length;
  }

  // ---- Numbers -------------------------------------------------------------------------------------------------

  // A query that is a number in any spelling: «643/UBND-KGVX», «643 ubnd», «Nghị định 80/2021», «643ubndkgvx».
  readNumber(query) {
    let text = fold(query).replace(/\s+/g, ' ').trim();
    let type = '';
    for (const [name, short] of Object.entries(this.types)) {
      if ((text.startsWith(name + ' ') || text.startsWith(short + ' ')) && name.length > (type ? type.length : 0)) type = name;
    }
    if (type) {
      const short = this.types[type];
      text = text.startsWith(type + ' ') ? text.slice(type.length) : text.slice(short.length);
      type = short || ' ';
    }
    text = text.replace(/\b(so|nam)\b\s*:?/g, ' ').trim();
    if (!/^\d/.test(text)) return null;
    const parts = numberParts(text);
    return parts.length ? { parts, type } : null;
  }

  numberScore(place, { parts, type }) {
    const own = this.numbers[place];
    if (!own.length) return 0;
    const same = (a, b) => a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && +a === +b);
    if (!same(own[0], parts[0])) return 0;
    const ownRest = own.slice(1).join('');
    const rest = parts.slice(1).join('');
    let score;
    if (rest === ownRest) score = 4;
    else if (ownRest.startsWith(rest)) score = rest ? 3 : 2;
    else {
      // all in order, with parts left out: «643 kgvx»
      let at = 1;
      for (const part of parts.slice(1)) {
        at = own.findIndex((p, i) => i >= at && same(p, part)) + 1;
        if (!at) return 0;
      }
      score = 2;
    }
    if (type) {
      const kind = fold(this.tables.loai[this.records[place].loai][2]);
      if (own.includes(type) || this.types[kind] === type || (type === ' ' && /^luat/.test(kind))) score += 0.5;
      else score -= 1.2;
    }
    return score;
  }

  // ---- Queries -------------------------------------------------------------------------------------------------

  idf(folded) {
    return Math.log(1 + this.records.length / (1 + (this.count.get(folded) || 0)));
  }

  // Words of the query as the reader most likely meant them.
  spell(word) {
    const lower = word.toLowerCase();
    const folded = fold(word);
    if (this.byFold.has(folded) || /^\d+$/.test(folded)) return [{ text: lower, folded }];
    for (const made of typed(lower)) if (this.byFold.has(fold(made))) return [{ text: made, folded: fold(made), was: lower }];
    const parts = folded.length >= 5 && this.segment(folded);
    if (parts) return parts.map((f) => ({ text: f, folded: f, was: lower }));
    const half = typed(folded).find((made) => this.byFold.has(fold(made)));
    if (half) return [{ text: half, folded: fold(half), was: lower }];
    return [{ text: lower, folded, unknown: true }];
  }

  // «doanhnghiep» → «doanh nghiep», into words that the records hold often enough.
  segment(folded) {
    const best = [[]];
    for (let end = 1; end <= folded.length; end++) {
      for (let start = Math.max(0, end - 7); start < end; start++) {
        const part = folded.slice(start, end);
        if (best[start] && part.length > 1 && SYLLABLE.test(part) && (this.count.get(part) || 0) > 2 && (!best[end] || best[end].length > best[start].length + 1)) best[end] = [...best[start], part];
      }
    }
    const found = best[folded.length];
    return found && found.length > 1 && found.length <= 6 && folded.length / found.length >= 3 ? found : null;
  }

  // The readings of a query: as typed, and with short forms and everyday words written out.
  readings(raw) {
    let readings = [{ words: [], worth: 1 }];
    for (let i = 0; i < raw.length;) {
      let taken = 1;
      let choices = null;
      for (let n = Math.min(5, raw.length - i); n > 0 && !choices; n--) {
        const run = raw.slice(i, i + n);
        const rows = (this.short.get(run.map(fold).join(' ')) || []).filter((row) => this.isShort(row, run));
        if (rows.length) {
          taken = n;
          choices = rows.flatMap((row) => row.meanings).slice(0, 3);
        }
      }
      const own = raw.slice(i, i + taken).flatMap((w) => this.spell(w));
      const spread = [];
      for (const reading of readings) {
        const isKnown = !choices || own.every((w) => !w.unknown);
        if (isKnown) spread.push({ words: [...reading.words, ...own], worth: reading.worth * (choices ? 0.97 : 1) });
        (choices || []).forEach((meaning, rank) => spread.push({
          words: [...reading.words, ...meaning.map((w) => ({ text: w.toLowerCase(), folded: fold(w), full: true, unknown: !this.byFold.has(fold(w)) }))],
          worth: reading.worth * (1 - 0.06 * rank),
          full: true,
        }));
      }
      readings = spread.length ? spread : readings.map((r) => ({ ...r, words: [...r.words, ...own] }));
      readings = readings.sort((a, b) => b.worth - a.worth).slice(0, 8);
      i += taken;
    }
    return readings;
  }

  isShort(row, run) {
    if (row.isWord) return run.every((w, i) => fold(w) === w.toLowerCase() || key(w) === key(row.parts[i]));
    const text = run.join('');
    const own = row.parts.join('');
    const letters = text.normalize('NFC');
    if (/[^\x00-\x7f]/.test(letters) && key(letters) !== key(own)) return false;
    // Capitals, or letters that make no syllable: «dnnvv» but not «da», «bot».
    return letters === letters.toUpperCase() || letters === own || !SYLLABLE.test(fold(letters));
  }

  // Without tones each word may be several: the spelling whose neighbours the records know best counts full.
  restore(query) {
    const choices = query.map((w) => (w.unknown || w.full ? [] : this.byFold.get(w.folded) || []));
    if (query.length > 30) return;
    const places = new Int32Array(this.keys.length);
    choices.forEach((ids, i) => { for (const id of ids) places[id] |= 1 << i; });
    const pairs = new Map();
    for (const tokens of this.tokens) {
      let before = 0;
      for (let p = 0; p < tokens.length; p++) {
        const here = tokens[p] < 0 ? 0 : places[tokens[p]];
        if ((before << 1) & here) {
          const id = tokens[p - 1] * 65536 + tokens[p];
          pairs.set(id, (pairs.get(id) || 0) + 1);
        }
        before = here;
      }
    }
    let best = new Map([[-1, { worth: 0, path: [] }]]);
    for (const ids of choices) {
      const next = new Map();
      for (const id of ids.length ? ids : [-1]) {
        for (const [from, { worth, path }] of best) {
          const now = worth + 0.4 * Math.log(1 + (this.times[id] || 0)) + (from < 0 || id < 0 ? 0 : 2 * Math.log(1 + (pairs.get(from * 65536 + id) || 0)));
          if (!next.has(id) || now > next.get(id).worth) next.set(id, { worth: now, path: [...path, id] });
        }
      }
      best = next;
    }
    const [{ path }] = [...best.values()].sort((a, b) => b.worth - a.worth);
    query.forEach((w, i) => { if (path[i] >= 0) w.restored = path[i]; });
  }

  // Which numbers of words fit a word of the query, and how well.
  fitting(word, plain, isLast, loose) {
    const found = new Map();
    const put = (id, worth) => { if (worth > (found.get(id) || 0)) found.set(id, worth); };
    const { text, folded } = word;
    const own = key(text);
    const letters = own.replace(TONES, '');
    const toned = own !== folded;
    const hasTone = letters !== own;
    for (const id of this.byFold.get(folded) || []) {
      const other = this.keys[id];
      if (word.restored !== undefined) put(id, id === word.restored || other === own ? 1 : 0.82);
      else if (other === own || plain) put(id, 1);
      else if (!toned) put(id, word.full ? 0.5 : 0.8);
      else if (other.replace(TONES, '') === letters) put(id, hasTone ? 0.4 : 0.8);
      else put(id, 0.35);
    }
    if (/^\d+$/.test(folded)) {
      for (const [f, ids] of this.byFold) if (f !== folded && /^\d+$/.test(f) && +f === +folded) ids.forEach((id) => put(id, 1));
      return found;
    }
    if (isLast && folded.length > 1) {
      for (const [f, ids] of this.byFold) {
        if (f.length > folded.length && f.startsWith(folded)) {
          for (const id of ids) if (!toned || this.keys[id].startsWith(letters)) put(id, found.size ? 0.25 : 0.55 + 0.4 * folded.length / f.length);
        }
      }
    }
    if (word.unknown || (loose && folded.length > 2)) {
      const most = folded.length > 5 && word.unknown ? 2 : folded.length > 2 ? 1 : 0;
      if (most && !/\d/.test(folded)) {
        for (const [f, ids] of this.byFold) {
          if (f === folded || /\d/.test(f)) continue;
          const far = edits(folded, f, most);
          if (far > most) continue;
          for (const id of ids) {
            // the typed marks still speak: «tốhng» is rather «thống» than «thông»
            const near = toned && edits(own, this.keys[id], far + 1) <= far ? 0.06 : 0;
            put(id, (word.unknown ? (far === 1 ? 0.8 : 0.5) : 0.42) + near);
          }
        }
      }
    }
    return found;
  }

  // Words that ask, not words that are asked for: weight next to nothing, unless nothing else is there.
  asks({ text, folded, restored }, plain) {
    if (restored !== undefined) return this.stop.has(this.keys[restored]);
    if (!plain) return this.stop.has(key(text));
    // Without tones «tu» is rather «tư» than «từ»: it asks only where the records hold the asking word more often.
    const ids = this.byFold.get(folded) || [];
    const asking = ids.filter((id) => this.stop.has(this.keys[id]));
    return asking.length > 0 && 2 * this.heard(asking) > this.heard(ids);
  }

  heard(ids) {
    return ids.reduce((sum, id) => sum + (this.times[id] || 0), 0);
  }

  weights(query, plain) {
    const skip = query.map((w) => !w.full && this.asks(w, plain));
    for (const phrase of this.stopPhrases) {
      for (let i = 0; i + phrase.length <= query.length; i++) {
        if (phrase.every((p, k) => !query[i + k].full && (plain ? query[i + k].folded === fold(p) : key(query[i + k].text) === key(p)))) skip.fill(true, i, i + phrase.length);
      }
    }
    const all = skip.every(Boolean);
    const known = query.map((w) => (w.unknown ? 0 : this.idf(w.folded)));
    const mean = known.reduce((a, b) => a + b, 0) / Math.max(1, known.filter(Boolean).length) || 3;
    return query.map((w, i) => (skip[i] && !all ? 0.05 : 1) * (w.unknown ? mean : Math.max(0.6, known[i])));
  }

  // Every record against one reading.
  scan(reading, { plain, isOpen, loose, question, brief }, scores) {
    const query = reading.words.slice(0, 32);
    const n = query.length;
    const weight = this.weights(query, plain);
    const total = weight.reduce((a, b) => a + b, 0);
    // What a question asks for stands in bodies: a headline must hold nearly all of it to come before them.
    const asks = question || (n >= 6 && weight.filter((w) => w < 0.2).length >= 2);
    const least = asks ? [STRONG_QUESTION] : brief ? [STRONG, STRONG_BRIEF] : [STRONG];
    // In a short query a word that nobody wrote, nor anything near it, tells of something that is not here.
    const strange = brief && query.some((word) => word.unknown);
    let pairs = 0;
    for (let i = 1; i < n; i++) pairs += Math.min(weight[i - 1], weight[i]) + 0.1;
    const table = new Int32Array(this.keys.length);
    const lists = [null];
    query.forEach((word, i) => {
      for (const [id, worth] of this.fitting(word, plain, isOpen && i === n - 1, loose)) {
        if (!table[id]) { table[id] = lists.length; lists.push([]); }
        lists[table[id]].push(i, worth);
      }
    });
    // A field of policy named in the query counts a little for its entries.
    const named = new Map();
    for (let i = 0; i < n; i++) {
      for (let m = 1; m <= Math.min(6, n - i); m++) {
        const fields = this.synonyms.get(query.slice(i, i + m).map((w) => w.folded).join(' '));
        const share = weight.slice(i, i + m).reduce((a, b) => a + b, 0) / total;
        if (fields) for (const f of fields) named.set(f, Math.max(named.get(f) || 0, share));
      }
    }
    const byRow = this.tables.lv.map((row) => named.get(row[0]) || 0);
    const hasNamed = byRow.some(Boolean);
    const best = new Float32Array(n);
    const place = new Float32Array(n);
    const pair = new Float32Array(n);
    const titleIdf = new Float32Array(this.keys.length);
    for (let r = 0; r < this.records.length; r++) {
      const tokens = this.tokens[r];
      const fields = this.fields[r];
      let any = false;
      let before = 0;
      let titleHit = 0;
      let titleAll = 0;
      for (let p = 0; p < tokens.length; p++) {
        const id = tokens[p];
        const slot = id < 0 ? 0 : table[id];
        if (id >= 0 && p < this.records[r].titleLength) {
          let w = titleIdf[id];
          if (!w) w = titleIdf[id] = (this.stop.has(this.keys[id]) ? 0.2 : 1) * Math.max(0.6, this.idf(this.folds[id]));
          titleAll += w;
          if (slot) titleHit += w * lists[slot][1];
        }
        if (slot) {
          if (!any) { any = true; best.fill(0); place.fill(0); pair.fill(0); }
          const hits = lists[slot];
          const field = fields[p];
          for (let h = 0; h < hits.length; h += 2) {
            const i = hits[h];
            const worth = hits[h + 1];
            if (worth > best[i]) best[i] = worth;
            if (worth * field > place[i]) place[i] = worth * field;
            if (before && i) {
              const left = lists[before];
              for (let k = 0; k < left.length; k += 2) {
                if (left[k] === i - 1) {
                  const both = field * Math.min(worth, left[k + 1]);
                  if (both > pair[i]) pair[i] = both;
                }
              }
            }
          }
        }
        before = slot;
      }
      if (!any) continue;
      let cover = 0;
      let where = 0;
      let order = 0;
      for (let i = 0; i < n; i++) {
        cover += weight[i] * best[i];
        where += weight[i] * place[i];
        if (i) order += (Math.min(weight[i - 1], weight[i]) + 0.1) * pair[i];
      }
      cover /= total;
      const rest = strange ? this.rest(query, weight, best, pair) : 1;
      let share = 0;
      if (hasNamed) for (const row of this.records[r].lv) if (byRow[row] > share) share = byRow[row];
      if (Math.max(cover, 0.55 * share) < 0.35) continue;
      where /= total;
      order = n > 1 ? order / pairs : where;
      const fill = titleAll ? titleHit / titleAll : 0;
      const record = this.records[r];
      const rank = RANK[this.tables.loai[record.loai][0]] || 0;
      const strong = least.some(([words, neighbours]) => cover >= words && (n === 1 || order >= neighbours));
      const score = (1 + 0.15 * share) * (reading.worth * cover * cover * (0.35 * where + 0.5 * order + 0.15 * fill) + (strong ? rank : 0.3 * rank) * cover * cover);
      const had = scores.get(r);
      if (!had || score > had.score) scores.set(r, { score, cover: cover * reading.worth, order, strong, rest });
    }
  }

  // How whole a record holds the words that somebody wrote before, one beside the other as they were typed.
  rest(query, weight, best, pair) {
    let held = 0;
    let all = 0;
    let together = 0;
    let pairs = 0;
    query.forEach((word, i) => {
      if (word.unknown) return;
      held += weight[i] * best[i];
      all += weight[i];
      if (!i || query[i - 1].unknown) return;
      const both = Math.min(weight[i - 1], weight[i]) + 0.1;
      together += both * (pair[i] > 0 ? 1 : 0);
      pairs += both;
    });
    return all ? Math.min(held / all, pairs ? together / pairs : 1) : 0;
  }

  // Every record that answers the query, best first: {r, score, kind}; kind 2 exact number, 1 strong, 0 weak.
  rank(query, isOpen) {
    const id = `${isOpen ? 1 : 0}${query}`;
    const known = this.memo.get(id);
    if (known) return known;
    const answer = this.compute(query.normalize('NFC').slice(0, 300), isOpen);
    if (this.memo.size > 20) this.memo.clear();
    this.memo.set(id, answer);
    return answer;
  }

  compute(query, isOpen) {
    const raw = words(query);
    const answer = { hits: [], marks: [], readings: [], unknown: [] };
    if (!raw.length) return answer;
    const byRecord = new Map();
    const number = this.readNumber(query);
    if (number) {
      for (let r = 0; r < this.records.length; r++) {
        const score = this.numberScore(r, number);
        if (score > 0) byRecord.set(r, { r, score: 10 + score, kind: score >= 3 ? 2 : 1 });
      }
    } else {
      // A number inside a longer query.
      for (const found of fold(query).matchAll(/\d+(?:\.\d+)?\/(?:\d{4}\/)?[a-z0-9&/-]*[a-z][a-z0-9]*/g)) {
        const inner = { parts: numberParts(found[0]), type: '' };
        for (let r = 0; r < this.records.length; r++) {
          const score = this.numberScore(r, inner);
          if (score >= 3) byRecord.set(r, { r, score: 10 + score, kind: 2 });
        }
      }
    }
    const isNumber = number && byRecord.size > 0;
    const plain = fold(query) === query.toLowerCase();
    if (!(isNumber && number.parts.length > 1)) {
      const readings = this.readings(raw);
      answer.readings = readings;
      if (plain) for (const reading of readings) this.restore(reading.words);
      const scores = new Map();
      const question = /\?\s*$/.test(query);
      const brief = raw.length < 6;
      for (const reading of readings) this.scan(reading, { plain: plain && !reading.full, isOpen, question, brief }, scores);
      if (![...scores.values()].some((s) => s.strong)) {
        for (const reading of readings.slice(0, 3)) this.scan(reading, { plain: plain && !reading.full, isOpen, loose: true, question, brief }, scores);
      }
      const top = Math.max(0, ...[...scores.values()].map((s) => s.score));
      for (const [r, s] of scores) {
        if (byRecord.has(r)) continue;
        if (isNumber && !(s.strong && s.cover > 0.95)) continue;
        if (s.strong ? s.score >= 0.2 * top : s.cover >= 0.55 && s.order > 0.15 && s.cover + s.order / 2 >= NEAR && s.rest >= WHOLE && s.score >= 0.3 * top) byRecord.set(r, { r, score: s.score, kind: s.strong ? 1 : 0 });
      }
      for (const reading of readings) for (const w of reading.words) if (w.unknown) answer.unknown.push(w.folded);
    }
    const records = this.records;
    answer.hits = [...byRecord.values()].sort((a, b) => b.kind - a.kind || b.score - a.score || (records[b.r].bh || records[b.r].dang) - (records[a.r].bh || records[a.r].dang) || a.r - b.r);
    return answer;
  }

  // ---- Filters -------------------------------------------------------------------------------------------------

  step(record) {
    if (record.hl < 0) return null;
    const day = record.hieu === null ? '' : iso(record.hieu);
    const memo = `${record.hl} ${day}`;
    let step = this.effects.get(memo);
    if (step === undefined) {
      const shown = day.split('-').map(Number).reverse().join('/');
      const put = (text) => text.replaceAll('{d}', day).replaceAll('{D}', shown);
      const steps = this.tables.hl[record.hl].map((s) => s.map(put));
      step = steps.filter((s) => !s[0] || s[0] <= this.today).pop() || null;
      this.effects.set(memo, step);
    }
    return step;
  }

  consultation(record) {
    if (!record.gy) return '';
    const [from, to, result] = record.gy.map((d) => (d ? iso(d) : ''));
    if (result && result <= this.today) return 'tiep-thu';
    return this.today < from ? 'sap' : this.today > to ? 'het' : 'dang';
  }

  values(record) {
    if (record.facets) return record.facets;
    const t = this.tables;
    const step = this.step(record);
    const state = this.consultation(record);
    return (record.facets = {
      'don-vi': record.dv.map((i) => t.dv[i][0]),
      'co-quan': record.cq.map((i) => t.cq[i][0]).filter(Boolean),
      'linh-vuc': record.lv.map((i) => t.lv[i][0]),
      loai: [t.loai[record.loai][0]],
      nam: [iso(record.bh ?? record.dang).slice(0, 4)],
      'doi-tuong': record.dt.map((i) => t.dt[i][0]),
      'hieu-luc': step && step[1] !== 'khong-ap-dung' ? [step[1]] : [],
      'gop-y': state ? [state] : [],
    });
  }

  label(facet, value) {
    const t = this.tables;
    const row = { 'don-vi': t.dv, 'co-quan': t.cq, 'linh-vuc': t.lv, loai: t.loai, 'doi-tuong': t.dt }[facet]?.find((x) => x[0] === value);
    if (row) return facet === 'don-vi' || facet === 'co-quan' ? row[2] : row[1];
    if (facet === 'hieu-luc') return value === 'chua-xac-dinh' ? 'Chưa xác định, chưa rà soát' : this.states.get(value) || value;
    if (facet === 'gop-y') return { sap: 'Sắp lấy ý kiến', dang: 'Đang lấy ý kiến', het: 'Hết hạn góp ý', 'tiep-thu': 'Đã tiếp thu, giải trình' }[value] || value;
    return value;
  }

  search({ q = '', loc = {}, sapXep = '', trang = 1, mo = false, moiTrang = 20 }) {
    const answer = q.trim() ? this.rank(q.trim(), mo) : null;
    let hits = answer ? answer.hits : this.records.map((_, r) => ({ r, score: 0, kind: 1 }));
    const withRemoved = (loc['da-go'] || []).includes('co');
    const removed = hits.filter((h) => this.records[h.r].go !== null).length;
    if (!withRemoved) hits = hits.filter((h) => this.records[h.r].go === null);
    const chosen = FACETS.filter((f) => loc[f]?.length).map((f) => [f, new Set(loc[f])]);
    const counts = Object.fromEntries(FACETS.map((f) => [f, new Map()]));
    for (const [f, values] of chosen) for (const v of values) counts[f].set(v, 0);
    const kept = [];
    for (const hit of hits) {
      const values = this.values(this.records[hit.r]);
      const missed = chosen.filter(([f, wanted]) => !values[f].some((v) => wanted.has(v)));
      if (missed.length > 1) continue;
      // A value is counted as if its own group were not chosen: it says what choosing it would add.
      for (const f of FACETS) if (!missed.length || missed[0][0] === f) for (const v of new Set(values[f])) counts[f].set(v, (counts[f].get(v) || 0) + 1);
      if (!missed.length) kept.push(hit);
    }
    if (sapXep === 'moi') kept.sort((a, b) => this.records[b.r].dang - this.records[a.r].dang || a.r - b.r);
    const pages = Math.max(1, Math.ceil(kept.length / moiTrang));
    const page = Math.min(Math.max(1, trang), pages);
    const shown = kept.slice((page - 1) * moiTrang, page * moiTrang);
    const facets = FACETS.map((f) => [f, [...counts[f]].map(([v, n]) => ({ id: v, ten: this.label(f, v), so: n }))]);
    return {
      tong: kept.length,
      chac: kept.filter((h) => h.kind > 0).length,
      daGo: removed,
      trang: page,
      soTrang: pages,
      muc: shown.map((h) => this.shown(h)),
      loc: Object.fromEntries(facets),
      chuDau: answer && kept.length ? this.toned(q, answer, kept[0].r) : '',
      dau: answer ? this.marks(answer) : [],
      goiY: answer && !kept.length ? this.suggest(q) : '',
      hieu: answer ? this.meant(answer) : [],
    };
  }

  shown(hit) {
    const r = this.records[hit.r];
    const t = this.tables;
    return {
      ma: r.ma, td: r.td, so: r.so, tt: r.tt || (r.ty !== r.td ? r.ty : ''), kind: hit.kind,
      loai: t.loai[r.loai][2], cq: r.cq.map((i) => t.cq[i][1]), dv: r.dv.map((i) => t.dv[i][1]),
      dang: iso(r.dang), bh: r.bh === null ? '' : iso(r.bh), go: r.go === null ? '' : iso(r.go),
      hieuLuc: this.step(r), gopY: r.gy ? { tinhTrang: this.consultation(r), tu: iso(r.gy[0]), den: iso(r.gy[1]), ketQua: r.gy[2] ? iso(r.gy[2]) : '' } : null,
    };
  }

  // What the full text is asked for: the first readings, spelt as meant, without the words that ask.
  meant(answer) {
    return [...new Set(answer.readings.slice(0, 3).map((reading) => {
      const weight = this.weights(reading.words, reading.words.every((w) => w.text === w.folded));
      const kept = reading.words.filter((w, i) => weight[i] > 0.3);
      return (kept.length ? kept : reading.words).map((w) => (w.restored === undefined ? w.text : this.spelling(w.restored))).join(' ');
    }))];
  }

  // The records with these ids that pass the filters, in the order that was asked for.
  lookUp(ids, loc = {}) {
    if (!this.byId || this.byId.size !== this.records.length) this.byId = new Map(this.records.map((r, i) => [r.ma, i]));
    const withRemoved = (loc['da-go'] || []).includes('co');
    return ids.map((ma) => this.byId.get(ma)).filter((r) => {
      if (r === undefined || (this.records[r].go !== null && !withRemoved)) return false;
      const values = this.values(this.records[r]);
      return FACETS.every((f) => !loc[f]?.length || values[f].some((v) => loc[f].includes(v)));
    }).map((r) => this.shown({ r, kind: 1 }));
  }

  // The words to mark in results, by their spelling with tones.
  marks(answer) {
    const marks = new Set();
    for (const reading of answer.readings.slice(0, 4)) {
      const weight = this.weights(reading.words, reading.words.every((w) => w.text === w.folded));
      reading.words.forEach((word, i) => {
        for (const [id, worth] of this.fitting(word, !reading.full && word.text === word.folded, i === reading.words.length - 1, false)) {
          if (worth >= 0.75 || (word.unknown && worth >= 0.5)) marks.add((weight[i] < 0.2 ? ' ' : '') + this.keys[id]);
        }
      });
    }
    return [...marks];
  }

  // «ho tro doanh nghiep» → «hỗ trợ doanh nghiệp», as the first result spells it.
  toned(query, answer, r) {
    const plainWords = words(query).map((w) => w.toLowerCase());
    if (plainWords.length < 2 || plainWords.some((w) => fold(w) !== w || /\d/.test(w))) return '';
    const record = this.records[r];
    for (const text of [record.td, record.ty, record.tt]) {
      const own = words(text || '');
      const folded = own.map(fold);
      for (let i = 0; i + plainWords.length <= own.length; i++) {
        if (plainWords.every((w, k) => folded[i + k] === w)) {
          const found = own.slice(i, i + plainWords.length).join(' ').toLowerCase();
          return found === plainWords.join(' ') ? '' : found;
        }
      }
    }
    return '';
  }

  // The nearest spelling when nothing was found: each unknown word becomes the commonest near one.
  suggest(query) {
    let changed = false;
    const out = words(query).map((word) => {
      const folded = fold(word);
      // A short syllable is one letter away from any other («môn bài» is no «vốn bài»).
      if (this.byFold.has(folded) || /\d/.test(folded) || folded.length < 4) return word;
      let best = null;
      for (const [f, ids] of this.byFold) {
        const far = edits(folded, f, 2);
        if (far > 2 || /\d/.test(f) || f.length < 2) continue;
        const worth = Math.log(1 + (this.count.get(f) || 0)) - 3 * far;
        if (!best || worth > best.worth) best = { worth, id: ids[0] };
      }
      if (!best) return word;
      changed = true;
      return this.spelling(best.id);
    });
    return changed ? out.join(' ') : '';
  }

  spelling(id) {
    const k = this.keys[id];
    const tone = k.match(TONES);
    const plain = k.replace(TONES, '').normalize('NFC');
    return (tone && withTone(plain, tone[0])) || (tone ? this.folds[id] : plain);
  }
}

// ---- The worker --------------------------------------------------------------------------------------------------

export function serve(port) {
  let engine;
  let loading;
  let complete = false;
  let last = null;
  let rest = null; // loads what the first result can do without
  const get = async (base, name) => {
    const answer = await fetch(base + name);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  };
  const open = async ({ goc, homNay }) => {
    const [first, dictionary] = await Promise.all([get(goc, 'ban-ghi.json'), get(goc, 'tu-dien.json')]);
    engine = new Engine(homNay);
    engine.setDictionary(dictionary);
    engine.setTables(first.bang);
    engine.add(first.cot);
    complete = !first.phan.length && !first.tom_tat;
    // Behind the first result: summaries, then older years, newest first.
    if (!complete) rest = () => more(goc, first).catch(() => { complete = true; if (last) answer(last); });
  };
  const more = async (goc, first) => {
    const older = first.phan.map((name) => get(goc, name));
    const summaries = first.tom_tat ? await get(goc, first.tom_tat) : null;
    if (summaries) engine.addSummaries(summaries);
    for (const part of older) engine.add(await part);
    complete = true;
    if (last) answer(last);
  };
  const answer = (message) => {
    last = message;
    const result = engine.search(message);
    // Enough good hits stand without the older years; otherwise the answer waits for them.
    const du = complete || ((result.chac >= 3 || result.muc[0]?.kind === 2) && !message.sapXep && message.q);
    port.postMessage({ viec: 'ket-qua', lan: message.lan, du: Boolean(du), het: complete, ...result });
    if (rest) setTimeout(rest, du ? 800 : 0);
    rest = null;
  };
  const fullText = async ({ lan, q, goc, skip, hieu, loc }) => {
    let found = [];
    let hong = false;
    try {
      const { tim } = await import('./tim-kiem-toan-van.js');
      const filtered = FACETS.some((f) => loc[f]?.length);
      const giu = filtered ? (ids) => new Set(engine.lookUp(ids, loc).map((item) => item.ma)) : null;
      found = await tim(q, { base: goc, skip, hieu, nam: loc.nam, giu });
    } catch { hong = true; }
    const muc = engine.lookUp(found.map((f) => f.ma), loc);
    const known = new Set(muc.map((item) => item.ma));
    port.postMessage({ viec: 'toan-van', lan, hong, muc, found: found.filter((f) => known.has(f.ma)) });
  };
  port.onmessage = async ({ data }) => {
    try {
      if (data.viec === 'mo') await (loading = open(data));
      else {
        await loading;
        if (data.viec === 'toan-van') await fullText(data);
        else answer(data);
      }
    } catch (error) {
      port.postMessage({ viec: 'loi', lan: data.lan, chu: String(error) });
    }
  };
}

if (typeof DedicatedWorkerGlobalScope !== 'undefined' && self instanceof DedicatedWorkerGlobalScope) serve(self);
