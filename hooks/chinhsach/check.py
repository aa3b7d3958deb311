"""The whole check: a folder in, the catalogue and every problem of every file out, in one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from . import announcements, register, vocabulary
from . import catalogue as catalogues
from .catalogue import Catalogue
from .policy import Status
from .problems import Fault, Problem, Severity, in_order
from .rules import judge, problem, severity
from .text import clean, excerpt


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. Without a catalogue the vocabularies themselves could not be read."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether the build must stop."""
        return any(p.is_error for p in self.problems)

    @property
    def wrong_files(self) -> frozenset[str]:
        """The files that have errors."""
        return frozenset(p.path for p in self.problems if p.is_error)

    def only_valid(self) -> Catalogue:
        """The catalogue without the entries that have errors: what a preview can still show."""
        if self.catalogue is None:
            raise ValueError("the vocabularies could not be read")
        wrong, whole = self.wrong_files, self.catalogue
        if not wrong:
            return whole
        return catalogues.assemble(
            (e for e in whole.entries if e.file.path not in wrong),
            whole.vocabularies,
            whole.now,
            whole.root,
            preview=whole.preview,
            register=whole.register,
            announced=whole.announced,
        )


def check(root: Path, now: datetime, *, preview: bool = False, notes: bool = True, cited: bool = True) -> Report:
    """Read vocabularies and entries under `root` and judge them; `notes`: tell what does not stop a build too.

    `cited` as in `catalogue.load`; the rules that look at citations only remind.
    """
    try:
        vocabularies = vocabulary.load(root)
    except vocabulary.VocabularyFault as broken:
        return Report(None, (problem(broken.path, broken.fault),))
    catalogue = catalogues.load(root, vocabularies, now, preview=preview, cited=cited)
    return Report(catalogue, tuple(find_problems(catalogue, notes=notes)))


def find_problems(
    catalogue: Catalogue, *, notes: bool = True, unwritten: Mapping[str, bytes] | None = None
) -> list[Problem]:
    """Every problem of a catalogue, by file and line; `unwritten`: what is to stand in a file instead of what does."""
    problems: list[Problem] = []
    for path in catalogue.misplaced:
        units = ", ".join(catalogue.vocabularies.active_units)
        values = {"tep": excerpt(path, 200), "nam": str(catalogue.now.year), "don_vi": units}
        problems.append(problem(path, Fault("tep-sai-cho", values=values)))
    if catalogue.register.faults:
        lines = _lines(catalogue.root / register.PATH)
        problems.extend(_placed(register.PATH, fault, lines) for fault in catalogue.register.faults)
    problems.extend(_announced(catalogue))
    for entry in catalogue.entries:
        is_working_copy = entry.policy.status is Status.WORKING
        faults = [
            fault
            for fault in judge(entry, catalogue, notes=notes)
            if notes or severity(fault, is_working_copy=is_working_copy) is Severity.ERROR
        ]
        if faults:
            content = (unwritten or {}).get(entry.file.path)
            lines = _lines(catalogue.root / entry.file.path, content)
            path = entry.file.path
            problems.extend(_placed(path, fault, lines, is_working_copy=is_working_copy) for fault in faults)
    return in_order(problems)


def _announced(catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong with events and press notes, the entries that they name included."""
    found = {path: list(faults) for path, faults in catalogue.announced.faults.items()}
    for path, fault in announcements.unknown_entries(catalogue.announced, catalogue.by_id.keys()):
        found.setdefault(path, []).append(fault)
    for path, faults in found.items():
        lines = _lines(catalogue.root / path)
        yield from (_placed(path, fault, lines) for fault in faults)


def _lines(path: Path, content: bytes | None = None) -> list[str]:
    if content is None and path.is_symlink():
        return []  # what a link leads to is not for a message to quote
    data = path.read_bytes() if content is None else content
    return clean(data.decode("utf-8", "replace")).split("\n")


def _placed(path: str, fault: Fault, lines: list[str], *, is_working_copy: bool = False) -> Problem:
    return problem(path, fault, is_working_copy=is_working_copy, lines=lines)
