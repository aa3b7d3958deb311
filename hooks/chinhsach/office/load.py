"""The office's folder in, its registers and plans out, with every problem of every file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..catalogue import Catalogue
from ..problems import Fault, Problem, in_order
from ..rules import problem
from ..text import clean
from ..vocabulary import Vocabularies
from . import plan, register
from .model import Activity, Period, Plan, RegisterRow
from .place import Place

Finding = tuple[str, Fault]


@dataclass(frozen=True, slots=True)
class Office:
    """What the office's folder holds: register rows by file and line, plans by year, and what is wrong."""

    place: Place
    rows: tuple[RegisterRow, ...] = ()
    plans: dict[int, Plan] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The activities of all plans."""
        return tuple(activity for one in self.plans.values() for activity in one.activities)

    @property
    def periods(self) -> tuple[Period, ...]:
        """The reporting periods of all plans."""
        return tuple(period for one in self.plans.values() for period in one.periods)

    def plan_of(self, period: Period) -> Plan | None:
        """The plan that names the period, else that of the year in which it ends; reporting years begin in December."""
        naming = (one for one in self.plans.values() if period in one.periods)
        return next(naming, self.plans.get(period.until.year))


def load(place: Place, vocabularies: Vocabularies) -> Office:
    """Read every register and plan; a folder that is not there holds nothing."""
    rows: list[RegisterRow] = []
    findings: list[Finding] = []
    for file in place.registers():
        shown = place.path_of(file)
        got = register.read(shown, file.read_bytes(), vocabularies)
        rows += got.rows
        findings += [(shown, fault) for fault in got.faults]
    plans: dict[int, Plan] = {}
    for file in place.plans():
        shown = place.path_of(file)
        found = plan.read(shown, int(file.stem), file.read_bytes(), vocabularies)
        findings += [(shown, fault) for fault in found.faults]
        if found.plan is not None:
            plans[found.plan.year] = found.plan
    return Office(place, tuple(rows), plans, (*findings, *_doubled(rows)))


def find_problems(office: Office, catalogue: Catalogue) -> list[Problem]:
    """Every problem of the office's files, by file and line; entry ids are looked up in the catalogue."""
    findings = list(office.findings)
    for one in office.plans.values():
        findings += [(one.path, fault) for fault in plan.check_entries(one, catalogue.by_id)]
        findings += [(one.path, fault) for fault in plan.without_evidence(one)]
    lines: dict[str, list[str]] = {}
    return in_order(_placed(office.place, path, fault, lines) for path, fault in findings)


def _placed(place: Place, path: str, fault: Fault, kept: dict[str, list[str]]) -> Problem:
    if path not in kept:
        kept[path] = _lines(place.folder / path.removeprefix(f"{place.shown}/"))
    return problem(path, fault, lines=kept[path])


def _lines(path: Path) -> list[str]:
    return clean(path.read_bytes().decode("utf-8", "replace")).split("\n")


def _doubled(rows: list[RegisterRow]) -> Iterator[Finding]:
    """A document that stands in the register twice; it is counted once."""
    first: dict[tuple[object, ...], RegisterRow] = {}
    for row in rows:
        key = (row.number_text, row.issued, row.issuers)
        other = first.setdefault(key, row)
        if other is row:
            continue
        where = f"dòng {other.line}" if other.path == row.path else other.id
        if bool(other.exemption) != bool(row.exemption):
            fix = f"ghi miễn ở cả hai dòng hoặc xóa một dòng; dòng kia là {where}"
            yield row.path, register.broken(row.line, f"dòng này và {where} nói khác nhau về việc miễn", fix)
        else:
            yield (
                row.path,
                register.doubtful(
                    row.line,
                    f"văn bản này đã có ở {where}",
                    "một văn bản ghi hai dòng chỉ được đếm một lần",
                    f"điều gì chỉ dòng này có thì ghi sang {where}, rồi xóa dòng này",
                    {"xoa": "co"},
                ),
            )
