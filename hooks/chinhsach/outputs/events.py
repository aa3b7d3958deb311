"""When an entry was published and last changed, as feeds, ledger, sitemap and change log tell it (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from ..catalogue import Catalogue, Entry
from ..dates import VN
from ..policy import ISSUED_FROM, Change, Policy, Status

_MINUTE = timedelta(minutes=1)
_TELLING = frozenset(
    (
        "thay-the", "bai-bo", "sua-doi-bo-sung", "thu-hoi", "dinh-chi-thi-hanh", "tam-ngung-hieu-luc",
        "ban-hanh-kem-theo", ISSUED_FROM,
    )
)  # fmt: skip
"""Relations that change what is said of their target: its effect, or that a draft was issued."""


def midnight(day: date) -> datetime:
    """The first moment of a day in Vietnam."""
    return datetime.combine(day, time.min, VN)


def updated(entry: Entry, catalogue: Catalogue) -> datetime:
    """The moment of the newest event that lies behind us, in the order of their days.

    An event without a time, on the day of the event before it, counts one minute after that one. On one day the
    calendar comes first, then the log; another entry's publication without a time comes last.
    What the calendar brought on or before the day of publication, or another entry before it, is no change: it was so
    at first.
    """
    current = entry.policy.published
    first_day = _day(current)
    placed = [(_day(moment), 0, moment) for moment in sorted(_calendar(entry, catalogue)) if _day(moment) > first_day]
    placed += [(_day(moment), 3 if _has_no_time(moment) else 1, moment) for moment in sorted(_acts(entry, catalogue))]
    placed += [(_day(change.moment), 2, change.moment) for change in log(entry.policy)]
    for day, _, moment in sorted(placed, key=lambda event: event[:2]):
        if moment > catalogue.now:
            continue
        if moment > current:
            current = moment
        elif _has_no_time(moment) and day == _day(current):
            current += _MINUTE
    return current


def _acts(entry: Entry, catalogue: Catalogue) -> Iterator[datetime]:
    """When entries that change this one's effect became public (unless they already were when it was published).

    An erased one changes it no more, and one that was put back does so again: both are changes of what is said here.
    """
    published = entry.policy.published
    for act in (*catalogue.incoming.get(entry.id, ()), *catalogue.erased_incoming.get(entry.id, ())):
        if act.relation.type not in _TELLING:
            continue
        moments = [act.actor.published, *(change.moment for change in log(act.actor) if change.kind == "dang-lai")]
        if act.actor.is_erased and act.actor.removal is not None:
            moments.append(act.actor.removal.moment)
        for moment in moments:
            if moment > published or (_has_no_time(moment) and _day(moment) == _day(published)):
                yield moment


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
    changes = _in_order(policy.changes)
    removal = policy.removal
    if policy.status is Status.REMOVED and removal is not None:
        returned = max((place for place, c in enumerate(changes, 1) if c.kind == "dang-lai"), default=0)
        day = _day(removal.moment)
        if not any(c.kind == "go-tin" and _day(c.moment) == day for c in changes[returned:]):
            changes = _in_order([*changes, Change(removal.moment, "go-tin", removal.reason)])
    return changes


def _in_order(changes: Iterable[Change]) -> list[Change]:
    """By moment; a line without a time stands after what the file has before it on the same day."""
    placed: list[tuple[datetime, int, Change]] = []
    newest: datetime | None = None
    for number, change in enumerate(changes):
        moment = change.moment
        if newest is not None and _day(newest) == _day(moment):
            newest = max(newest, moment)
            moment = newest if _has_no_time(moment) else moment
        else:
            newest = moment
        placed.append((moment, number, change))
    return [change for _, _, change in sorted(placed, key=lambda line: line[:2])]


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
