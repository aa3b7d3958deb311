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

    An event without a time, on the day of the event before it, counts one minute after that one. What people did on a
    day without saying when counts after what they did at a time: so each thing done makes the moment later.
    What the calendar brought on or before the day of publication, or another entry before it, is no change: it was so
    at first.
    """
    current = entry.policy.published
    done = [*(change.moment for change in log(entry.policy)), *_acts(entry, catalogue)]
    brought = [moment for moment in _calendar(entry, catalogue) if _day(moment) > _day(current)]
    placed = [((_day(moment), 0, moment), moment) for moment in brought] + [(_place(moment), moment) for moment in done]
    for _, moment in sorted(placed):
        if moment > catalogue.now:
            continue
        if moment > current:
            current = moment
        elif _has_no_time(moment) and _day(moment) == _day(current):
            current += _MINUTE
    return current


def _acts(entry: Entry, catalogue: Catalogue) -> Iterator[datetime]:
    """When the entries became public that change this one's effect, unless they already were when it was published."""
    published = entry.policy.published
    for act in catalogue.incoming.get(entry.id, ()):
        told = act.actor.published
        is_later = told > published or (_has_no_time(told) and _day(told) == _day(published))
        if act.relation.type in _EFFECT_CHANGING and is_later:
            yield told


def _place(moment: datetime) -> tuple[date, int, datetime]:
    """Where something done stands among the events: by its day, there after the calendar's, without a time last."""
    return (_day(moment), 2 if _has_no_time(moment) else 1, moment)


def _day(moment: datetime) -> date:
    return moment.astimezone(VN).date()


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


def log(policy: Policy) -> list[Change]:
    """The public log, oldest first; a removal that the log does not name is added to it."""
    changes = sorted(policy.changes, key=lambda change: _place(change.moment))
    removal = policy.removal
    if policy.status is Status.REMOVED and removal is not None:
        returned = max((place for place, c in enumerate(changes, 1) if c.kind == "dang-lai"), default=0)
        day = _day(removal.moment)
        if not any(c.kind == "go-tin" and _day(c.moment) == day for c in changes[returned:]):
            changes.append(Change(removal.moment, "go-tin", removal.reason))
    return sorted(changes, key=lambda change: _place(change.moment))


class Logged(NamedTuple):
    """A line of the change log with its entry, and its number in the entry's own log, the oldest being 1."""

    entry: Entry
    change: Change
    number: int

    @property
    def anchor(self) -> str:
        """The line's id in the site's change log; it stays when later lines are added."""
        return f"dong-{self.entry.id}-{self.number}"

    @property
    def own_anchor(self) -> str:
        """The line's id on the entry's page."""
        return f"lich-su-tin-{self.number}"


def site_log(catalogue: Catalogue) -> list[Logged]:
    """Every change of every released entry that lies behind us, newest first."""
    logged = [
        Logged(entry, change, number)
        for entry in catalogue.entries
        if catalogue.is_released(entry)
        for number, change in enumerate(log(entry.policy), 1)
        if change.moment <= catalogue.now
    ]
    return sorted(logged, key=lambda line: (-line.change.moment.timestamp(), line.entry.id))
