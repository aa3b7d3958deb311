"""Public events and press notes in, `/su-kien/` with its calendar and `/bao-chi/` out.

Everything is dates: whether an event lies ahead is for the reader's own day. Both leave out what is dated after the
build, as the lists of entries do.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from ..announcements import EVENT_KINDS, Event, PressNote
from ..catalogue import Catalogue
from ..dates import VN, format_date, format_long
from ..site_config import SiteConfig
from . import words
from .entry_page import host
from .head import page_head
from .view import GOC, Page, View, count, entry_href, link, row, shown_day, shown_weekday, value

EVENTS, NOTES = "su-kien/", "bao-chi/"
CALENDAR = EVENTS + "lich.ics"
_PRODUCT = "-//chinhsach//Lich su kien//VI"


def menu(catalogue: Catalogue) -> list[tuple[str, str]]:
    """What the menu gains where there is something behind it: the folder's name and its words."""
    today = words.day_of(catalogue.now)
    shown = [("su-kien", "Sự kiện")] if catalogue.announced.events_on(today) else []
    return [*shown, ("bao-chi", "Báo chí")] if catalogue.announced.notes_on(today) else shown


def pages(catalogue: Catalogue, config: SiteConfig) -> Iterator[Page]:
    """`/su-kien/`, which says so when it is empty, and `/bao-chi/` only once something stands in it."""
    today = words.day_of(catalogue.now)
    events = catalogue.announced.events_on(today)
    yield Page(
        EVENTS,
        "su-kien",
        page_head(config, EVENTS, "Sự kiện", "Hội nghị, tọa đàm, tập huấn và sự kiện khác mà Sở đã công bố."),
        "su-kien.html",
        {
            "goc": GOC,
            "duong_dan": [link("Trang đầu", GOC)],
            "so_muc": count(len(events), "sự kiện"),
            "lich": GOC + CALENDAR,
            "nhom": [
                {"chu": str(year), "muc": [_event_view(event, catalogue) for event in group]}
                for year, group in groupby(events, key=lambda event: event.since.astimezone(VN).year)
            ],
        },
    )
    notes = catalogue.announced.notes_on(today)
    if notes:
        yield Page(
            NOTES,
            "bao-chi",
            page_head(config, NOTES, "Thông tin cho báo chí", "Thông cáo đã được người có thẩm quyền phát ngôn duyệt."),
            "bao-chi.html",
            {
                "goc": GOC,
                "duong_dan": [link("Trang đầu", GOC)],
                "so_muc": count(len(notes), "thông cáo"),
                "muc": [_note_view(note, catalogue) for note in notes],
            },
        )


def _event_view(event: Event, catalogue: Catalogue) -> View:
    known = catalogue.vocabularies
    units = [value(known.units[unit].name_on(event.published), f"{GOC}don-vi/{unit}/") for unit in event.units]
    facts = [row("Thời gian", [value(time_words(event))]), row("Địa điểm", [value(event.place)])]
    facts.append(row("Đơn vị tổ chức", units, separator=";"))
    if event.audiences:
        named = [value(known.audiences[a].name, f"{GOC}doi-tuong/{a}/") for a in event.audiences]
        facts.append(row("Dành cho", named))
    if event.registration or event.url:
        ways = [value(event.registration)] if event.registration else []
        ways += [value(host(event.url), event.url)] if event.url else []
        facts.append(row("Tham dự", ways, separator=";"))
    facts += _about(event.entries, catalogue)
    return {
        "ma": event.id,
        "loai": EVENT_KINDS[event.kind],
        "ten": event.title,
        "mo_ta": event.text,
        "thong_tin": facts,
        "thay_doi": [{"ngay": shown_day(noted.day), "noi_dung": noted.text} for noted in event.changes],
        "huy": {"ngay": shown_day(event.cancelled.day), "ly_do": event.cancelled.text} if event.cancelled else None,
    }


def _note_view(note: PressNote, catalogue: Catalogue) -> View:
    approved = f"{note.approval.office}, ngày {format_date(note.approval.day)} ({note.approval.form})"
    return {
        "ma": note.id,
        "tieu_de": note.title,
        "ngay": shown_weekday(note.day),
        "doan": [] if note.withdrawn else list(note.paragraphs),
        "thong_tin": [row("Người duyệt", [value(approved)]), *_about(note.entries, catalogue)],
        "thay_doi": [{"ngay": shown_day(noted.day), "noi_dung": noted.text} for noted in note.changes],
        "go": {"ngay": shown_day(note.withdrawn.day), "ly_do": note.withdrawn.text} if note.withdrawn else None,
    }


def _about(entry_ids: Sequence[str], catalogue: Catalogue) -> list[View]:
    """The row of entries that stand in lists now; what is scheduled, removed or erased is not led to."""
    found = [entry for i in entry_ids if (entry := catalogue.find(i)) is not None and catalogue.is_listed(entry)]
    values = [value(words.headline(entry.policy), entry_href(entry.policy)) for entry in found]
    return [row("Tin liên quan", values, separator=";")] if values else []


def time_words(event: Event) -> str:
    """«Thứ sáu, 4/12/2026, từ 08:00 đến 11:30»; days without hours are whole days."""
    since, until = event.since.astimezone(VN), event.until.astimezone(VN) if event.until else None
    if not event.has_time:
        last = event.last_day
        ends = f" đến hết {format_long(last)}" if last != since.date() else ""
        return format_long(since) + ends
    if until is None:
        return f"{format_long(since)}, {since:%H:%M}"
    if until.date() == since.date():
        return f"{format_long(since)}, từ {since:%H:%M} đến {until:%H:%M}"
    return f"{since:%H:%M} {format_long(since)} đến {until:%H:%M} {format_long(until)}"


def calendar(catalogue: Catalogue, config: SiteConfig) -> bytes:
    """`/su-kien/lich.ics` (RFC 5545): every event that was ever announced; a cancelled one stays, cancelled."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Sự kiện: {config.site_name}")
    for event in sorted(catalogue.announced.events_on(words.day_of(catalogue.now)), key=lambda event: event.id):
        made.add_component(_calendar_event(event, config))
    return bytes(made.to_ical())


def _calendar_event(event: Event, config: SiteConfig) -> CalendarEvent:
    """Times go in UTC, so that no table of time zones is needed; whole days end on the day after the last (§3.6.1)."""
    noted = [*event.changes, *([event.cancelled] if event.cancelled else [])]
    changed = _midnight(max([event.published, *(item.day for item in noted)]))
    made = CalendarEvent()
    made.add("uid", str(uuid.uuid5(config.namespace, "su-kien:" + event.id)))
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("sequence", len(noted))
    if event.has_time:
        made.add("dtstart", event.since.astimezone(UTC))
        if event.until:
            made.add("dtend", event.until.astimezone(UTC))
    else:
        made.add("dtstart", event.since.astimezone(VN).date())
        made.add("dtend", event.last_day + timedelta(days=1))
    made.add("summary", event.title)
    made.add("location", event.place)
    said = [event.text, *(f"{format_date(n.day)}: {n.text}" for n in event.changes)]
    if event.cancelled:
        said.append(f"Đã hủy ngày {format_date(event.cancelled.day)}: {event.cancelled.text}")
    if any(said):
        made.add("description", "\n".join(text for text in said if text))
    made.add("url", config.absolute(f"{EVENTS}#{event.id}"))
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    return made


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VN).astimezone(UTC)
