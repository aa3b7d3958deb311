"""Documents in, the full-text index out: small files of which a reader's browser fetches the few that a query needs.

Texts lie in chunks, year by year. For each folded word and each pair of neighbouring words the index says in which
passages it stands; terms lie in files by their CRC-32. One year's part is a pure function of its documents and is kept
between builds; joining the years only shifts numbers. Why not Pagefind, and the form of each file: docs/adr/013.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ..catalogue import Catalogue
from ..text import fold, nfc
from .passages import Document, document
from .site import Output

FOLDER = "tim-kiem/toan-van/"
FORM = "1"
"""Changes when a year's part is made otherwise: it is in the key under which parts are kept."""

CHUNK_LENGTH = 14_000
FINE_SHARDS = 4096
SHARD_LENGTH = 30_000
"""Characters of a file of terms that are aimed at: about 6 KB as sent, and a query needs ten to twenty of them."""
COMMON = 0.2
"""Words (not pairs) that stand in more than this part of all passages tell nothing: where they stand is left out."""
RARE = 3
"""Words that stand in fewer passages than this are not offered as the spelling that was meant."""

_WORD = re.compile(r"[^\W_]+")
# 90 printable characters that JSON writes as they are; the upper 45 say that another digit follows.
_DIGITS = [chr(c) for c in range(35, 127) if c != 92][:90]
_BASE = 45


class Cache(Protocol):
    """Keeps what is dear to make between builds; the site is the same with and without it."""

    def load(self, key: str) -> bytes | None:
        """What was stored under the key, or None."""

    def store(self, key: str, content: bytes) -> None:
        """Keep the content under the key."""


class Year(NamedTuple):
    """One year's part: passages of each document and chunk, the chunks, the terms of each fine shard, words by use.

    A term is a line: the term, its first and its last passage, and the steps between. Lines, not objects: there are
    millions of them.
    """

    key: str
    documents: list[int]
    sizes: list[int]
    chunks: list[str]
    shards: list[str]
    words: dict[str, int]

    @property
    def passages(self) -> int:
        """How many passages the year has."""
        return sum(self.documents)


def files(catalogue: Catalogue, cache: Cache) -> Iterator[Output]:
    """Every file of the index by path from the root: of listed entries only, a removed one is not found by its text."""
    by_year: dict[int, list[Document]] = {}
    for entry in catalogue.listed():
        day = entry.policy.issued or entry.policy.published
        if day is not None:
            by_year.setdefault(day.year, []).append(document(entry, catalogue))
    return index(by_year, cache)


def index(by_year: Mapping[int, Iterable[Document]], cache: Cache) -> Iterator[Output]:
    """The files of the index of documents by year."""
    years = {}
    for number in sorted(by_year, reverse=True):
        years[number] = part = _year(sorted(by_year[number], key=lambda d: d.id), cache)
        for place, content in enumerate(part.chunks):
            yield Output(f"{FOLDER}{number}/{part.key[:10]}/{place}.json", content.encode())
        part.chunks.clear()
    yield from _join(years)


# One year


def _year(documents: list[Document], cache: Cache) -> Year:
    described = json.dumps([FORM, CHUNK_LENGTH, documents], ensure_ascii=False).encode()
    key = hashlib.sha256(described).hexdigest()
    kept = cache.load(key)
    if kept is not None and (part := _read(key, kept)) is not None:
        return part
    made = _make(key, documents)
    cache.store(key, zlib.compress(json.dumps(made[1:], ensure_ascii=False).encode(), 1))
    return made


def _read(key: str, kept: bytes) -> Year | None:
    """The part that was kept; None when the file was damaged, so that it is made again."""
    try:
        return Year(key, *json.loads(zlib.decompress(kept)))
    except (zlib.error, ValueError, TypeError):
        return None


def _make(key: str, documents: list[Document]) -> Year:
    places: dict[str, list[int]] = {}
    counts: list[int] = []
    words: Counter[str] = Counter()
    chunks = _Chunks()
    read = _Reader()
    number = 0
    for doc in documents:
        first = number
        last_heading, heading_terms = None, frozenset[str]()
        chunks.open_document(doc)
        for heading, text, row in _rows(doc):
            if heading != last_heading:
                last_heading, heading_terms = heading, read.terms(heading)
            terms = read.terms(text)
            for term in terms | heading_terms:
                if (known := places.get(term)) is None:
                    places[term] = [number]
                else:
                    known.append(number)
            chunks.add(row, len(text) + len(heading))
            number += 1
        counts.append(number - first)
    shards: list[list[str]] = [[] for _ in range(FINE_SHARDS)]
    for term in sorted(places):
        where = places.pop(term)
        if " " not in term:
            words[term] = len(where)
        shards[shard_of(term)].append(f"{term}\t{where[0]}\t{where[-1]}\t{_steps(where)}\n")
    done = chunks.close()
    return Year(key, counts, [n for n, _ in done], [c for _, c in done], ["".join(s) for s in shards], dict(words))


def _rows(doc: Document) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """Heading and text of each passage, and what its chunk keeps; the first one is what the entry is about."""
    yield doc.title, doc.about, (-1, "", "", doc.about)
    for passage in doc.passages:
        yield passage.heading, passage.text, tuple(passage)


class _Reader:
    """Folds each spelling once: Vietnamese texts have few of them."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def terms(self, text: str) -> frozenset[str]:
        """The folded words of a text and the pairs of neighbours."""
        known = self.known
        folded = []
        for word in _WORD.findall(nfc(text).lower()):
            form = known.get(word)
            if form is None:
                form = known[word] = fold(word)[:30]
            folded.append(form)
        return frozenset(folded).union(map(" ".join, pairwise(folded)))


class _Chunks:
    """Gathers passages into files of about CHUNK_LENGTH characters; a document may go over several."""

    def __init__(self) -> None:
        self.done: list[tuple[int, str]] = []
        self.documents: list[tuple[str, str, str]] = []
        self.rows: list[tuple[Any, ...]] = []
        self.size = 0
        self.current = ("", "", "")

    def open_document(self, doc: Document) -> None:
        self.current = (doc.id, doc.title, doc.number)
        if self.rows:
            self.documents.append(self.current)

    def add(self, row: tuple[Any, ...], size: int) -> None:
        if not self.rows:
            self.documents = [self.current]
        self.rows.append((len(self.documents) - 1, *row))
        self.size += size
        if self.size >= CHUNK_LENGTH:
            self._flush()

    def _flush(self) -> None:
        content = {"tin": self.documents, "doan": self.rows}
        self.done.append((len(self.rows), _json(content)))
        self.rows, self.size, self.documents = [], 0, []

    def close(self) -> list[tuple[int, str]]:
        if self.rows:
            self._flush()
        return self.done


def shard_of(term: str) -> int:
    """The fine shard of a term; files hold runs of them."""
    return zlib.crc32(term.encode()) & (FINE_SHARDS - 1)


def _step(gap: int) -> str:
    """A number from 0 in the digits of the index, lowest first."""
    out = ""
    while gap >= _BASE:
        out += _DIGITS[_BASE + gap % _BASE]
        gap //= _BASE
    return out + _DIGITS[gap]


_SMALL_STEPS = [_step(gap) for gap in range(4000)]


def _steps(where: list[int]) -> str:
    """The steps between rising numbers, each less one."""
    small = _SMALL_STEPS
    gaps = [b - a - 1 for a, b in pairwise(where)]
    return "".join([small[gap] if gap < 4000 else _step(gap) for gap in gaps])


# All years


def _join(years: dict[int, Year]) -> Iterator[Output]:
    """The files of terms of all years, and the contents file that a reader loads first."""
    total = sum(part.passages for part in years.values())
    size = sum(map(len, (shard for part in years.values() for shard in part.shards)))
    files_wanted = 16
    while files_wanted < FINE_SHARDS and size / files_wanted > SHARD_LENGTH:
        files_wanted *= 2
    words: Counter[str] = Counter()
    for part in years.values():
        words.update(part.words)
    common = {word for word, count in words.items() if count > max(50, total * COMMON)}
    version = hashlib.sha256("".join(part.key for part in years.values()).encode()).hexdigest()[:10]
    bases = _bases(years.values())
    width = FINE_SHARDS // files_wanted
    for place in range(files_wanted):
        merged: dict[str, list[tuple[int, int, str]]] = {}
        for base, part in zip(bases, years.values(), strict=True):
            for line in "".join(part.shards[place * width : (place + 1) * width]).splitlines():
                term, first, last, steps = line.split("\t")
                if term not in common:
                    merged.setdefault(term, []).append((base + int(first), base + int(last), steps))
        content = {term: _chain(merged[term]) for term in sorted(merged)}
        yield Output(f"{FOLDER}{version}/{place}.json", _json(content).encode())
    yield Output(FOLDER + "muc-luc.json", _contents(years, words, common, files_wanted, version))


def _bases(years: Iterable[Year]) -> list[int]:
    bases, base = [], 0
    for part in years:
        bases.append(base)
        base += part.passages
    return bases


def _chain(parts: list[tuple[int, int, str]]) -> str:
    """The years' steps one behind the other: the step over to a year's first passage, then its own."""
    out = []
    last = -1
    for first, end, steps in parts:
        out.append(_step(first - last - 1) + steps)
        last = end
    return "".join(out)


def _contents(years: dict[int, Year], words: Counter[str], common: set[str], files_wanted: int, version: str) -> bytes:
    offered = sorted(((word, n) for word, n in words.items() if n >= RARE and word.isalpha()), key=itemgetter(0))
    content = {
        "phien_ban": version,
        "so_doan": sum(part.passages for part in years.values()),
        "so_tep": files_wanted,
        "nam": [
            {
                "nam": number,
                "ma": part.key[:10],
                "tin": "".join(map(_step, part.documents)),
                "tep": "".join(map(_step, part.sizes)),
            }
            for number, part in years.items()
        ],
        "chung": " ".join(sorted(common)),
        "tu": " ".join(f"{word}{n.bit_length()}" for word, n in offered),
    }
    return _json(content).encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class FolderCache:
    """A cache in a folder; what this build did not ask for is thrown away at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def load(self, key: str) -> bytes | None:
        """What was stored under the key, or None."""
        self.used.add(key)
        path = self.folder / key
        return path.read_bytes() if path.is_file() else None

    def store(self, key: str, content: bytes) -> None:
        """Keep the content under the key where the folder can be written; a half-written file never bears the name."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = self.folder / f".{key}"
            draft.write_bytes(content)
            draft.replace(self.folder / key)

    def prune(self) -> None:
        """Throw away what was not used since this object was made."""
        for path in self.folder.glob("*") if self.folder.is_dir() else ():
            if path.name not in self.used:
                with suppress(OSError):
                    path.unlink()
