"""Register rows and entries in, documents out: which rows are one document, which entries are about it, which nearly.

A row and an entry are about one document where number, date and one issuing body are the same. Everything less is a
near miss, shown and never counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ..catalogue import Catalogue, Entry
from ..dates import VN, format_date
from ..policy import Status
from ..text import fold
from ..vocabulary import name_key
from .model import Near, RegisterRow

MOST_NEAR = 3


class Match(NamedTuple):
    """One document: its rows in register order, the entries that stand for it on the day, and near misses."""

    rows: tuple[RegisterRow, ...]
    entries: tuple[Entry, ...]
    near: tuple[Near, ...]


def match(rows: Iterable[RegisterRow], catalogue: Catalogue, as_of: date) -> list[Match]:
    """The documents of the rows, in register order; each row is in exactly one, each entry in at most one."""
    index = _Index(catalogue)
    groups = _Groups()
    for row in rows:
        groups.add(row, list(index.same(row)))
    return [_judged(group, found, index, as_of) for group, found in groups.documents()]


def _judged(rows: tuple[RegisterRow, ...], found: tuple[Entry, ...], index: _Index, as_of: date) -> Match:
    standing = tuple(entry for entry in found if not index.hindrance(entry, as_of))
    if standing:
        return Match(rows, standing, ())
    near = [Near(entry.id, index.hindrance(entry, as_of)) for entry in found]
    for row in rows:
        near += [one for one in index.near(row) if one.entry not in {other.entry for other in near}]
    return Match(rows, (), tuple(near[:MOST_NEAR]))


def issuers_of(entry: Entry) -> frozenset[str]:
    """The issuing bodies of an entry as a register row has them: ids, and folded names that nobody knows."""
    return frozenset((*entry.policy.issuers, *map(name_key, entry.policy.unknown_issuers)))


def published_day(entry: Entry) -> date:
    """The first day on which the entry stood on the site."""
    return entry.policy.published.astimezone(VN).date()


class _Index:
    """The entries by what a row can know of them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.by_number: dict[str, list[Entry]] = {}
        self.by_digits: dict[tuple[date, str], list[Entry]] = {}
        self.by_subject: dict[tuple[date, str], list[Entry]] = {}
        for entry in catalogue.entries:
            policy = entry.policy
            if policy.number is None or policy.is_erased:
                continue
            self.by_number.setdefault(policy.number.text, []).append(entry)
            if policy.issued is not None:
                self.by_digits.setdefault((policy.issued, _digits(policy.number.text)), []).append(entry)
                if policy.subject:
                    self.by_subject.setdefault((policy.issued, fold(policy.subject)), []).append(entry)

    def same(self, row: RegisterRow) -> Iterator[Entry]:
        """The entries about the row's document, whatever their state."""
        for entry in self.by_number.get(row.number.text, ()) if row.number else ():
            if entry.policy.issued == row.issued and not row.issuers.isdisjoint(issuers_of(entry)):
                yield entry

    def hindrance(self, entry: Entry, as_of: date) -> str:
        """Why an entry about the document does not stand on the site on the day, "" where it does."""
        policy = entry.policy
        if policy.status is Status.WORKING:
            return "tin còn là bản nháp"
        if policy.status is Status.REMOVED:
            return "tin đã gỡ"
        if policy.published is None or not self.catalogue.is_listed(entry):
            return "tin chưa đến ngày đăng"
        day = published_day(entry)
        return f"tin đăng {format_date(day)}, sau ngày chốt số liệu" if day > as_of else ""

    def near(self, row: RegisterRow) -> Iterator[Near]:
        """Entries that differ from the row in one thing."""
        seen: set[str] = set()
        for entry in self._alike(row):
            if entry.id not in seen and (why := _difference(row, entry)):
                seen.add(entry.id)
                yield Near(entry.id, why)

    def _alike(self, row: RegisterRow) -> Iterator[Entry]:
        yield from (self.by_number.get(row.number.text, ()) if row.number else ())[: MOST_NEAR + 1]
        yield from self.by_digits.get((row.issued, _digits(row.number_text)), ())[: MOST_NEAR + 1]
        yield from self.by_subject.get((row.issued, fold(row.subject)), ())[: MOST_NEAR + 1]


def _digits(number: str) -> str:
    """The number without its leading zeros: «07/CT-TTg» and «7/CT-TTg» are near each other."""
    digits = number.partition("/")[0].partition("-")[0].strip().lower().removeprefix("số").strip(" :")
    return digits.lstrip("0")


def _difference(row: RegisterRow, entry: Entry) -> str:
    policy = entry.policy
    different = []
    if policy.number is not None and policy.number.text != row.number_text:
        different.append(f"số trong tin là {policy.number.text}")
    if policy.issued != row.issued:
        different.append(f"ngày trong tin là {format_date(policy.issued) if policy.issued else 'chưa ghi'}")
    if row.issuers.isdisjoint(issuers_of(entry)):
        different.append("cơ quan ban hành khác")
    return ", ".join(different)


class _Groups:
    """Joins rows that are one document: same number and date with a body in common, or an entry in common.

    A document that several bodies issued may stand in the register under each of them; one entry about it must not
    count twice.
    """

    def __init__(self) -> None:
        self.rows: list[RegisterRow] = []
        self.found: list[list[Entry]] = []
        self.parents: list[int] = []
        self.first: dict[tuple[object, ...], int] = {}

    def add(self, row: RegisterRow, entries: list[Entry]) -> None:
        """Add a row with the entries about its document."""
        place = len(self.rows)
        self.rows.append(row)
        self.found.append(entries)
        self.parents.append(place)
        number = row.number.text if row.number else row.number_text
        keys: list[tuple[object, ...]] = [(number, row.issued, issuer) for issuer in row.issuers]
        keys += [(entry.file.path,) for entry in entries]
        for key in keys:
            self._join(self.first.setdefault(key, place), place)

    def _root(self, place: int) -> int:
        while self.parents[place] != place:
            self.parents[place] = self.parents[self.parents[place]]
            place = self.parents[place]
        return place

    def _join(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self.parents[second] = first

    def documents(self) -> list[tuple[tuple[RegisterRow, ...], tuple[Entry, ...]]]:
        """The rows of each document with all entries about it, by their first row."""
        members: dict[int, list[int]] = {}
        for place in range(len(self.rows)):
            members.setdefault(self._root(place), []).append(place)
        return [
            (
                tuple(self.rows[place] for place in places),
                tuple({e.file.path: e for place in places for e in self.found[place]}.values()),
            )
            for places in members.values()
        ]
