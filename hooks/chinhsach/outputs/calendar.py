"""Items in, `/gop-y/lich.ics` out: the last day of each consultation as an all-day event (RFC 5545, by icalendar).

A removed entry's event stays, cancelled: a calendar that held it would otherwise show it for ever.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, timedelta

from icalendar import Calendar, Event

from ..site_config import SiteConfig
from . import events, words
from .items import Item

_PRODUCT = "-//chinhsach//Lich lay y kien//VI"


def calendar(items: Sequence[Item], config: SiteConfig) -> bytes:
    """The calendar of every consultation, in the order of the ids, so that only real changes change the file."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Hạn góp ý dự thảo: {config.site_name}")
    for item in sorted(items, key=lambda item: item.entry.id):
        day = _day(item)
        if day is not None:
            made.add_component(_event(item, day, config))
    return bytes(made.to_ical())


def _day(item: Item) -> date | None:
    """The last day for comments; of an erased entry the day of its removal, for nothing of its words may stay."""
    policy = item.entry.policy
    if policy.consultation is None:
        return None
    if item.is_erased:
        return words.day_of(policy.removal.moment) if policy.removal else None
    return policy.consultation.closes


def _event(item: Item, day: date, config: SiteConfig) -> Event:
    event = Event()
    event.add("uid", f"{uuid.uuid5(config.namespace, 'gop-y:' + item.entry.id)}")
    event.add("dtstamp", item.updated.astimezone(UTC))
    event.add("last-modified", item.updated.astimezone(UTC))
    event.add("sequence", len(events.log(item.entry.policy)))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # RFC 5545 §3.6.1: the day after the last
    event.add("summary", item.title if item.is_removed else f"Hạn góp ý: {item.title}")
    event.add("description", "\n".join(item.paragraphs))
    event.add("url", config.absolute(item.path))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if item.is_removed else "CONFIRMED")
    return event
