"""An entry's log and evidence in, the channels out on which a correction or a removal still has to be told.

Luật 01/2026/QH16 Đ22.5: what was wrong on a channel is put right on that channel. Light, so that coverage can ask too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from ..outputs import events
from ..outputs.words import day_of
from ..policy import Change, Distribution, Policy, Status

BUILT = ("trang-so", "cong-du-lieu")
"""Channels that every build of the site puts right by itself."""
_CORRECTION, _REMOVAL = "dinh-chinh", "go-tin"


class Owed(NamedTuple):
    """A channel on which the item went out (`sent`, the first evidence) before these changes, oldest first."""

    channel: str
    sent: Distribution
    changes: tuple[Change, ...]


def owed(policy: Policy, now: datetime) -> list[Owed]:
    """The channels that still are to be told, in the order of the evidence.

    A later evidence on the same channel settles what was changed up to its day. What went out first on the very day of
    a change may have gone out before it, so it is owed. A removal makes corrections before it needless.
    """
    changes = _telling(policy, now)
    first: dict[str, list[Distribution]] = {}
    for sent in policy.distributions:
        if sent.channel not in BUILT and sent.day <= now.date():
            first.setdefault(sent.channel, []).append(sent)
    found = []
    for channel, evidence in first.items():
        evidence.sort(key=lambda sent: sent.day)
        days = [sent.day for sent in evidence]
        open_changes = tuple(change for change in changes if is_open(day_of(change.moment), days))
        if open_changes:
            found.append(Owed(channel, evidence[0], open_changes))
    return found


def _telling(policy: Policy, now: datetime) -> list[Change]:
    passed = [change for change in events.log(policy) if change.moment <= now]
    if policy.status is Status.REMOVED:
        return [change for change in passed if change.kind == _REMOVAL][-1:]
    return [change for change in passed if change.kind == _CORRECTION]


def is_open(day: date, sent: Sequence[date]) -> bool:
    """Whether a change of this day is still to be told on a channel that carried the entry on these days, in order."""
    if not sent or sent[0] > day:
        return False
    return not any(later > day or (later == day and sent[0] < day) for later in sent[1:])
