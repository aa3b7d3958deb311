"""What readers told and how often they read, of all years: rows, problems, and the figures that a report takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ..catalogue import Catalogue
from ..problems import Fault, Problem, in_order
from ..rules import problem
from ..text import clean
from ..vocabulary import Vocabularies
from . import mistakes, visits
from .mistakes import Mistake, State, Verdict
from .place import Place
from .visits import Views


class Readers(NamedTuple):
    """The reports and the counts, in the order of files and lines, and what is wrong as (path, fault)."""

    mistakes: tuple[Mistake, ...] = ()
    views: tuple[Views, ...] = ()
    findings: tuple[tuple[str, Fault], ...] = ()


def load(place: Place) -> Readers:
    """Read every year; a folder that is not there holds nothing."""
    reported: list[Mistake] = []
    counted: list[Views] = []
    findings: list[tuple[str, Fault]] = []
    for file in place.years(mistakes.FOLDER, ".csv"):
        shown = place.path_of(file)
        found = mistakes.read(shown, int(file.stem), file.read_bytes())
        reported += found.rows
        findings += [(shown, fault) for fault in found.faults]
    for file in place.years(visits.FOLDER, ".csv"):
        shown = place.path_of(file)
        seen = visits.read(shown, int(file.stem), file.read_bytes())
        counted += seen.rows
        findings += [(shown, fault) for fault in seen.faults]
    return Readers(tuple(reported), tuple(counted), tuple(findings))


def find_problems(readers: Readers, place: Place, catalogue: Catalogue) -> list[Problem]:
    """Every problem of the two tables, by file and line; entry ids are looked up in the catalogue."""
    told = [*readers.findings, *mistakes.unknown_entries(readers.mistakes, catalogue)]
    personal = {(path, fault.line) for path, fault in told if fault.code == mistakes.PERSONAL}
    found = []
    lines: dict[str, list[str]] = {}
    for path, fault in told:
        if path not in lines:
            file = place.folder / path.removeprefix(f"{place.shown}/")
            lines[path] = clean(file.read_bytes().decode("utf-8", "replace")).split("\n")
        # Nobody's address or number is repeated in a message that may be sent on.
        found.append(problem(path, fault, lines=() if (path, fault.line) in personal else lines[path]))
    return in_order(found)


class MistakeFigures(NamedTuple):
    """The reports that came in between two days: ids of rows by state and by verdict, and all of them.

    `is_known` is False where no table was ever begun: nothing is known then, not even that there were none.
    """

    all: tuple[str, ...]
    states: Mapping[State, tuple[str, ...]]
    verdicts: Mapping[Verdict | None, tuple[str, ...]]
    is_known: bool


def mistake_figures(readers: Readers, known: Vocabularies, since: date, until: date, as_of: date) -> MistakeFigures:
    """Count the reports that came in from `since` to `until`, as they stood at the end of `as_of`."""
    rows = [row for row in readers.mistakes if since <= row.received <= until]
    states: dict[State, list[str]] = {state: [] for state in State}
    verdicts: dict[Verdict | None, list[str]] = {verdict: [] for verdict in (*Verdict, None)}
    for row in rows:
        states[mistakes.state(row, known, as_of)].append(row.id)
        verdicts[row.verdict].append(row.id)
    return MistakeFigures(
        tuple(row.id for row in rows),
        {state: tuple(ids) for state, ids in states.items()},
        {verdict: tuple(ids) for verdict, ids in verdicts.items()},
        bool(readers.mistakes),
    )


class ViewFigures(NamedTuple):
    """How often pages were read between two days. `hits` is None where no count lies in that time: unknown, not 0.

    `by_entry` counts an entry's page and its full text. `rows` are the ids of what was counted, `partly` of rows whose
    period reaches out of the time and which therefore are not counted. `covered` are the periods counted.
    """

    hits: int | None
    by_entry: Mapping[str, int]
    rows: tuple[str, ...]
    partly: tuple[str, ...]
    covered: tuple[tuple[date, date], ...]


def view_figures(readers: Readers, since: date, until: date) -> ViewFigures:
    """Add up the counts whose period lies wholly between the two days, both in it."""
    touching = [row for row in readers.views if row.since <= until and since <= row.until]
    inside = [row for row in touching if since <= row.since and row.until <= until]
    across = [row for row in touching if row.since < since or until < row.until]
    by_entry: dict[str, int] = {}
    for row in inside:
        if row.entry:
            by_entry[row.entry] = by_entry.get(row.entry, 0) + row.hits
    return ViewFigures(
        sum(row.hits for row in inside) if inside else None,
        dict(sorted(by_entry.items(), key=lambda item: (-item[1], item[0]))),
        tuple(row.id for row in inside),
        tuple(row.id for row in across),
        tuple(sorted({(row.since, row.until) for row in inside})),
    )
