"""The rules: one file each, named like its code. Faults in, problems in plain Vietnamese out."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import into_blank
from ..problems import Fault, Problem, Severity
from .base import Rule, at, usable


def _collect() -> dict[str, Rule]:
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        if module.name != "base":
            rule: Rule = importlib.import_module(f"{__name__}.{module.name}").RULE
            found[rule.code] = rule
    return found


RULES: dict[str, Rule] = _collect()
"""Every rule by its code, in the order of the codes."""

_CHECKS = tuple(rule.check for rule in RULES.values() if rule.check is not None)
_ERROR_CHECKS = tuple(
    rule.check for rule in RULES.values() if rule.check is not None and rule.severity is Severity.ERROR
)


def judge(entry: Entry, catalogue: Catalogue, *, notes: bool = True) -> Iterator[Fault]:
    """All faults of one entry: what reading it found, then what each rule finds; without `notes` no reminding rule is asked."""
    yield from entry.faults
    for check in _CHECKS if notes else _ERROR_CHECKS:
        yield from check(entry, catalogue)


def severity(fault: Fault, *, is_working_copy: bool) -> Severity:
    """How much a fault weighs; in a working copy what is merely missing weighs less (DESIGN §2)."""
    rule = RULES[fault.code]
    return Severity.NOTE if is_working_copy and rule.waits else rule.severity


def problem(path: str, fault: Fault, *, is_working_copy: bool = False, lines: Sequence[str] = ()) -> Problem:
    """A fault as the clerk reads it; `lines`: those of its file, for the line to type."""
    rule = RULES[fault.code]
    mend = rule.mend(fault, lines) if rule.mend is not None and lines else None
    mend = into_blank(mend, lines) if mend is not None else None
    weight = severity(fault, is_working_copy=is_working_copy)
    source_line = lines[fault.line - 1] if 0 < fault.line <= len(lines) else ""
    words = rule.words(fault).with_mend(mend)
    return Problem(path, fault.line, fault.column, fault.code, weight, words, source_line, mend)


__all__ = ["RULES", "Rule", "at", "judge", "problem", "severity", "usable"]
