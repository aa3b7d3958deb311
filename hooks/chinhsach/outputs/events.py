"""When an entry was published and last changed, as feeds, ledger, sitemap and change log tell it (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ..catalogue import Catalogue, Entry
from ..dates import VN
from ..policy import Change, Policy, Status

_MINUTE = timedelta(minutes=1)
_EFFECT_CHANGING = frozenset(
    ("thay-the", "bai-bo", "sua-doi-bo-sung", "thu-hoi", "dinh-chi-thi-hanh", "tam-ngung-hieu-luc", "ban-hanh-kem-theo")
)


def midnight(day: date) -> datetime:
    """The first moment of a day in Vietnam."""
    return datetime.combine(day, time.min, VN)


def published(policy: Policy) -> datetime:
    """The moment of first publication."""
    return policy.published


def updated(entry: Entry, catalogue: Catalogue) -> datetime:
    """The moment of the newest event that lies behind us.

    What people did (a line of `thay_doi`, a removal, a consultation's result) always counts; without a time of its
    own it counts at least one minute after the event before it. What the calendar does (effect, consultation,
    another entry) counts where it comes after publication: what was already so on that day is no change.
    """
    policy = entry.policy
    current = policy.published
    for moment, by_people in sorted(_events(entry, catalogue), key=lambda e: e[0]):
        if moment > catalogue.now:
            break
        if by_people and moment <= current and _has_no_time(moment):
            current += _MINUTE
        elif moment > current:
            current = moment
    return current


def _has_no_time(moment: datetime) -> bool:
    return moment.astimezone(VN).time() == time.min


def _events(entry: Entry, catalogue: Catalogue) -> Iterator[tuple[datetime, bool]]:
    policy = entry.policy
    for change in log(policy):
        yield change.moment, True
    consultation = policy.consultation
    if consultation is not None:
        yield midnight(consultation.opens), False
        yield midnight(consultation.closes + timedelta(days=1)), False
        if consultation.result is not None:
            told = consultation.result.day
            yield midnight(told), told >= policy.published.astimezone(VN).date()
    if not policy.is_draft:
        for step in catalogue.timeline(entry):
            if step.since is not None:
                yield midnight(step.since), False
    for act in catalogue.incoming.get(entry.id, ()):
        if act.relation.type in _EFFECT_CHANGING and act.actor.published:
            yield act.actor.published, False


def log(policy: Policy) -> list[Change]:
    """The public log, oldest first; a removal that the log does not name is added to it."""
    changes = list(policy.changes)
    removal = policy.removal
    if policy.status is Status.REMOVED and removal is not None:
        day = removal.moment.date()
        if not any(c.kind == "go-tin" and c.moment.date() == day for c in changes):
            changes.append(Change(removal.moment, "go-tin", removal.reason))
    return sorted(changes, key=lambda change: change.moment)


class Logged(NamedTuple):
    """A line of the change log with its entry."""

    entry: Entry
    change: Change


def site_log(catalogue: Catalogue) -> list[Logged]:
    """Every change of every released entry that lies behind us, newest first."""
    logged = [
        Logged(entry, change)
        for entry in catalogue.entries
        if catalogue.is_released(entry)
        for change in log(entry.policy)
        if change.moment <= catalogue.now
    ]
    return sorted(logged, key=lambda line: (-line.change.moment.timestamp(), line.entry.id))
