"""A catalogue in, the search page and what its first layer reads out: records newest first, and the dictionary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from ..catalogue import Catalogue, Entry
from ..policy import Status
from ..site_config import SiteConfig
from ..text import fold, slug
from . import words
from .head import page_head
from .view import GOC, View, link

FOLDER = "tim-kiem/"
_EPOCH = date(1970, 1, 1)

# Raw bytes of the records that a reader loads before the first result; the rest follows behind it. Vietnamese
# records shrink to a quarter: 75 KB and 205 KB as sent (docs/adr/012).
_FIRST_BYTES_SMALL, _FIRST_BYTES = 400_000, 1_120_000
_SMALL = 1500

_STANDARD_HEADINGS = {
    "diem-chinh", "ai-can-biet", "tu-khi-nao", "can-lam-gi", "lam-o-dau-han-nao", "hoi-ai",
}  # fmt: skip


class Record(NamedTuple):
    """One entry as the search knows it: table rows by position, days since 1970."""

    ma: str
    td: str
    so: str
    ty: str
    tt: str
    dm: str
    loai: int
    cq: tuple[int, ...]
    dv: tuple[int, ...]
    lv: tuple[int, ...]
    dt: tuple[int, ...]
    dang: int
    bh: int | None
    hieu: int | None
    hl: int
    gy: tuple[int, int, int] | None
    go: int | None


class Tables:
    """Rows that many records share, in the order in which they were met.

    Oldest entries come first, so that a new one adds rows at the end and the files of other years stay as they are.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.vocabularies = catalogue.vocabularies
        self.rows: dict[str, dict[str, int]] = {name: {} for name in ("loai", "cq", "dv", "lv", "dt", "hl")}
        self.names: dict[str, list[list[Any]]] = {name: [] for name in self.rows}

    def place(self, table: str, key: str, row: list[Any]) -> int:
        """The position of a row, which is added when it is new."""
        known = self.rows[table]
        if key not in known:
            known[key] = len(known)
            self.names[table].append(row)
        return known[key]


def files(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """Everything that the first layer reads, by path from the root; the page itself is `page_view`."""
    tables = Tables(catalogue)
    entries = [e for e in catalogue.released() if not e.policy.is_erased]
    records = [_record(entry, catalogue, tables) for entry in reversed(entries)][::-1]
    yield from ((FOLDER + name, content) for name, content in _shards(records, tables))
    yield FOLDER + "tu-dien.json", _json(dictionary(catalogue))


def head(config: SiteConfig) -> View:
    """The <head> of the search page."""
    described = "Tìm chính sách, văn bản theo số ký hiệu hoặc từ khóa, gõ có dấu hoặc không dấu."
    return page_head(config, FOLDER, "Tìm chính sách", described)


def page_view(catalogue: Catalogue) -> View:
    """What tim-kiem.html needs: the feeds that a search can offer stand in the page, so that none is guessed."""
    vocabularies = catalogue.vocabularies
    return {
        "goc": GOC,
        "duong_dan": [link("Trang đầu", GOC)],
        "nguon_don_vi": " ".join(unit.id for unit in vocabularies.enabled_units()),
        "nguon_linh_vuc": " ".join(vocabularies.fields),
    }


def dictionary(catalogue: Catalogue) -> View:
    """Abbreviations, words of every day, synonyms of fields, stop words, names of types and of states."""
    vocabularies = catalogue.vocabularies
    types: dict[str, str] = {}
    for kind in vocabularies.types.values():
        if kind.abbreviation and kind.short_name:
            types.setdefault(fold(kind.short_name), fold(kind.abbreviation))
    return {
        "viet_tat": [[w.form, int(w.is_word), *w.meanings] for w in vocabularies.search_words.values() if w.meanings],
        "linh_vuc": [[f.id, f.name, *f.synonyms] for f in vocabularies.fields.values()],
        "tu_dung": [w.form for w in vocabularies.search_words.values() if not w.meanings],
        "loai": types,
        "trang_thai": [[s.id, s.name] for s in vocabularies.states.values()],
    }


# Records


def _record(entry: Entry, catalogue: Catalogue, tables: Tables) -> Record:
    policy, vocabularies = entry.policy, catalogue.vocabularies
    number = policy.number.text if policy.number else ""
    title = words.headline(policy)
    kind = vocabularies.types[policy.type]
    issuers = [
        tables.place("cq", f"{i} {name}", [i, name, vocabularies.issuers[i].name])
        for i in policy.issuers
        for name in (vocabularies.issuers[i].name_on(policy.issued),)
    ]
    issuers += [tables.place("cq", f" {name}", ["", name, name]) for name in policy.unknown_issuers]
    units = [
        tables.place("dv", f"{u} {name}", [u, name, vocabularies.units[u].name])
        for u in catalogue.list_units(entry)
        for name in (words.unit_name(u, entry, catalogue),)
    ]
    consultation = policy.consultation
    result = consultation.result.day if consultation and consultation.result else None
    headings = " · ".join(h.text for h in entry.body.headings if slug(h.text) not in _STANDARD_HEADINGS)
    removed = policy.removal.moment if policy.status is Status.REMOVED and policy.removal else None
    return Record(
        ma="" if number and policy.id == slug(number) else policy.id,
        td=title,
        so=number,
        ty=policy.subject,
        tt=policy.summary,
        dm=headings,
        loai=tables.place("loai", kind.id, [kind.id, kind.name, kind.short_name]),
        cq=tuple(issuers),
        dv=tuple(units),
        lv=tuple(tables.place("lv", f, [f, vocabularies.fields[f].name]) for f in policy.fields),
        dt=tuple(tables.place("dt", a, [a, vocabularies.audiences[a].name]) for a in catalogue.audience_ids(policy)),
        dang=_days(words.day_of(policy.published)),
        bh=_days(policy.issued) if policy.issued else None,
        hieu=_days(policy.effective) if policy.effective else None,
        hl=_effect(entry, catalogue, tables),
        gy=(_days(consultation.opens), _days(consultation.closes), _days(result) if result else 0)
        if consultation
        else None,
        go=_days(words.day_of(removed)) if removed else None,
    )


def _days(day: date) -> int:
    return (day - _EPOCH).days


def _effect(entry: Entry, catalogue: Catalogue, tables: Tables) -> int:
    """The timeline with the words of each step; `{d}` and `{D}` stand for the effect date, so that many share a row."""
    policy = entry.policy
    if policy.is_draft:
        return -1
    steps = []
    for step in catalogue.timeline(entry):
        name, detail = words.state_words(step.state, policy, catalogue)
        since = step.since.isoformat() if step.since else ""
        steps.append([since, step.state.id, step.state.reason, name, detail])
    text = json.dumps(steps, ensure_ascii=False, separators=(",", ":"))
    if policy.effective is not None:
        text = text.replace(f'"{policy.effective.isoformat()}"', '"{d}"')
        text = _word(text, f"{policy.effective.day}/{policy.effective.month}/{policy.effective.year}")
    return tables.place("hl", text, json.loads(text))


def _word(text: str, day: str) -> str:
    """`day` as `{D}` where it is not the end of another day: 1/1/2018 in «11/1/2018»."""
    parts = text.split(day)
    out = parts[0]
    for part in parts[1:]:
        out += (day if out[-1:].isdigit() else "{D}") + part
    return out


# Files


def _shards(records: list[Record], tables: Tables) -> Iterator[tuple[str, bytes]]:
    """One file while the records are few; else the newest in it, the others by year, and the summaries apart."""
    budget = _FIRST_BYTES_SMALL if len(records) <= _SMALL else _FIRST_BYTES
    first: View = {"phien_ban": 1, "so_tin": len(records), "bang": tables.names}
    whole = _json(_columns(records))
    if len(whole) <= budget:
        yield "ban-ghi.json", _json({**first, "phan": [], "tom_tat": "", "cot": _columns(records)})
        return
    shown = _fitting(records, budget)
    rest: dict[int, list[Record]] = {}
    for record in records[shown:]:
        rest.setdefault(_year(record), []).append(record)
    parts = [f"ban-ghi-{year}.json" for year in sorted(rest, reverse=True)]
    cores = [r._replace(tt="", dm="") for r in records[:shown]]
    summaries = {"tt": [r.tt for r in records[:shown]], "dm": [r.dm for r in records[:shown]]}
    has_summaries = any(summaries["tt"]) or any(summaries["dm"])
    name = "ban-ghi-tom-tat.json" if has_summaries else ""
    yield "ban-ghi.json", _json({**first, "phan": parts, "tom_tat": name, "cot": _columns(cores)})
    for year, some in rest.items():
        yield f"ban-ghi-{year}.json", _json(_columns(some))
    if has_summaries:
        yield name, _json(summaries)


def _fitting(records: list[Record], budget: int) -> int:
    """How many of the newest records fit without their summaries, by the bytes of their longest columns."""
    used = 0
    for place, record in enumerate(records):
        same = 0 if record.ty == record.td else len(record.ty.encode())
        used += len(record.td.encode()) + same + len(record.so) + len(record.ma) + 48
        if used > budget:
            return place
    return len(records)


def _year(record: Record) -> int:
    return (_EPOCH + timedelta(days=record.dang)).year


def _columns(records: list[Record]) -> View:
    """Records by column, as compression likes them; days as steps from the neighbour before."""
    last = 0
    days: list[int] = []
    for record in records:
        days.append(record.dang - last)
        last = record.dang
    return {
        "ma": [r.ma for r in records],
        "td": [_prefix(r) for r in records],
        "so": [r.so for r in records],
        "ty": [r.ty for r in records],
        "tt": [r.tt for r in records],
        "dm": [r.dm for r in records],
        "loai": [r.loai for r in records],
        "cq": [_single(r.cq) for r in records],
        "dv": [_single(r.dv) for r in records],
        "lv": [_single(r.lv) for r in records],
        "dt": [_single(r.dt) for r in records],
        "dang": days,
        "bh": [None if r.bh is None else r.dang - r.bh for r in records],
        "hieu": [None if r.hieu is None else r.hieu - (r.bh or 0) for r in records],
        "hl": [r.hl for r in records],
        "gy": {str(place): r.gy for place, r in enumerate(records) if r.gy},
        "go": {str(place): r.go for place, r in enumerate(records) if r.go is not None},
    }


def _prefix(record: Record) -> str | int:
    """The headline; 0 where it is the subject itself, n where it is its first n characters and «…»."""
    if record.td == record.ty:
        return 0
    if record.td.endswith("…") and record.ty.startswith(record.td[:-1]):
        return len(record.td.encode("utf-16-le")) // 2 - 1
    return record.td


def _single(places: tuple[int, ...]) -> int | tuple[int, ...]:
    return places[0] if len(places) == 1 else places


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
