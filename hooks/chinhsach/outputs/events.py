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


def updated(entry: Entry, catalogue: Catalogue) -> datetime:
    """The moment of the newest event that lies behind us, in the order of their days.

    An event without a time, on the day of the event before it, counts one minute after that one.
    What the calendar or another entry brought on or before the day of publication is no change: it was so at first.
    """
    current = entry.policy.published
    first_day = current.astimezone(VN).date()
    events = [change.moment for change in log(entry.policy)]
    events += [moment for moment in _calendar(entry, catalogue) if moment.astimezone(VN).date() > first_day]
    for moment in sorted(events):
        if moment > catalogue.now:
            break
        if moment > current:
            current = moment
        elif _has_no_time(moment) and moment.astimezone(VN).date() == current.astimezone(VN).date():
            current += _MINUTE
    return current


def _has_no_time(moment: datetime) -> bool:
    return moment.astimezone(VN).time() == time.min


def _calendar(entry: Entry, catalogue: Catalogue) -> Iterator[datetime]:
    """What happens to an entry without anybody touching it."""
    policy = entry.policy
    consultation = policy.consultation
    if consultation is not None:
        yield midnight(consultation.opens)
        yield midnight(consultation.closes + timedelta(days=1))
        if consultation.result is not None:
            yield midnight(consultation.result.day)
    if not policy.is_draft:
        for step in catalogue.timeline(entry):
            if step.since is not None:
                yield midnight(step.since)
    for act in catalogue.incoming.get(entry.id, ()):
        if act.relation.type in _EFFECT_CHANGING and act.actor.published:
            yield act.actor.published


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
