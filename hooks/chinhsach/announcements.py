"""`policies/_su-kien/` and `policies/_bao-chi/` in, public events and approved press notes out, with what is wrong.

Both are public from their first day and are read with the kinds and messages of an entry's keys. The office's own plan
of activities is never read here: an event is public because somebody wrote it where the public site looks (ADR 027).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from . import source
from .dates import VN, format_date
from .kinds import Choice, Context, Day, Field, FromVocabulary, Id, Many, Moment, Record, Text, Url, parse_fields
from .problems import Fault
from .text import nearest
from .vocabulary import Vocabularies

EVENTS, NOTES = "policies/_su-kien", "policies/_bao-chi"
EVENT_KINDS = {
    "hoi-nghi": "Hội nghị",
    "toa-dam": "Tọa đàm",
    "tap-huan": "Tập huấn",
    "doi-thoai": "Đối thoại",
    "hop-bao": "Họp báo",
    "phat-thanh": "Phát thanh, truyền hình",
    "khac": "Sự kiện",
}
_BROKEN = "cong-bo-hong"


@dataclass(frozen=True, slots=True)
class Noted:
    """What happened to an event or a note since it was made public, and on which day."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Approval:
    """The office that let a press note go out (NĐ 09/2017, NĐ 244/2026: the spokesperson), never a person's name."""

    office: str
    day: date
    form: str


@dataclass(frozen=True, slots=True)
class Event:
    """A public event. `since` and `until` without a time are whole days; `published` is when it was made known."""

    id: str
    kind: str
    title: str
    since: datetime
    place: str
    units: tuple[str, ...]
    published: date
    until: datetime | None = None
    text: str = ""
    audiences: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    registration: str = ""
    url: str = ""
    changes: tuple[Noted, ...] = ()
    cancelled: Noted | None = None
    line: int = 1

    @property
    def has_time(self) -> bool:
        """Whether the hour at which it begins is known."""
        return (self.since.hour, self.since.minute) != (0, 0)

    @property
    def last_day(self) -> date:
        """The last day on which it goes on."""
        return (self.until or self.since).astimezone(VN).date()


@dataclass(frozen=True, slots=True)
class PressNote:
    """A press note that the spokesperson approved; `paragraphs` is the whole text as it went out."""

    id: str
    title: str
    day: date
    approval: Approval
    paragraphs: tuple[str, ...]
    entries: tuple[str, ...] = ()
    changes: tuple[Noted, ...] = ()
    withdrawn: Noted | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Announcements:
    """What is announced, in the order of files and rows; `places` and `faults` are by path of the file."""

    events: tuple[Event, ...] = ()
    notes: tuple[PressNote, ...] = ()
    places: dict[str, str] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)

    def events_on(self, day: date) -> list[Event]:
        """The events that are known to the public on the day, the latest first."""
        shown = (event for event in self.events if event.published <= day)
        return sorted(shown, key=lambda event: (event.since, event.id), reverse=True)

    def notes_on(self, day: date) -> list[PressNote]:
        """The press notes that are out on the day, newest first."""
        return sorted((note for note in self.notes if note.day <= day), key=lambda n: (n.day, n.id), reverse=True)


EMPTY = Announcements()
WhyNot = Callable[[Any], tuple[str, str] | None]

_CHANGE = Record((Field("ngay", "day", Day(), True), Field("noi_dung", "text", Text(5, 500), True)), Noted)
_END = Record((Field("ngay", "day", Day(), True), Field("ly_do", "text", Text(5, 500), True)), Noted)
_APPROVAL = Record(
    (
        Field("chuc_vu", "office", Text(2, 120), True, example="Người phát ngôn của Sở"),
        Field("ngay", "day", Day(), True),
        Field("hinh_thuc", "form", Text(2, 200), True, example="Phiếu trình, bản ký số"),
    ),
    Approval,
)
_EVENT = Record(
    (
        Field("ma", "id", Id(), True, example="hoi-nghi-luat-dau-thau-2026"),
        Field("loai", "kind", Choice(tuple(EVENT_KINDS)), True, example="hoi-nghi"),
        Field("ten", "title", Text(5, 200), True),
        Field("tu", "since", Moment(), True, example="4/12/2026 08:00"),
        Field("den", "until", Moment()),
        Field("noi", "place", Text(2, 300), True),
        Field("don_vi", "units", FromVocabulary("active_units", several=True), True, example="van-phong-so"),
        Field("ngay_dang", "published", Day(), True, example="20/11/2026"),
        Field("mo_ta", "text", Text(5, 1000)),
        Field("doi_tuong", "audiences", FromVocabulary("audiences", several=True)),
        Field("tin", "entries", Many(Id(), lone=True)),
        Field("dang_ky", "registration", Text(2, 300)),
        Field("url", "url", Url()),
        Field("thay_doi", "changes", Many(_CHANGE)),
        Field("huy", "cancelled", _END),
    ),
    Event,
    at_line="line",
)
_NOTE = Record(
    (
        Field("ma", "id", Id(), True, example="thong-cao-01-2026"),
        Field("tieu_de", "title", Text(5, 200), True),
        Field("ngay", "day", Day(), True, example="4/12/2026"),
        Field("duyet", "approval", _APPROVAL, True, example="{chuc_vu: …, ngay: …, hinh_thuc: …}"),
        Field("noi_dung", "paragraphs", Many(Text(1, 3000), lone=True), True, example="[đoạn một, đoạn hai]"),
        Field("tin", "entries", Many(Id(), lone=True)),
        Field("thay_doi", "changes", Many(_CHANGE)),
        Field("go", "withdrawn", _END),
    ),
    PressNote,
    at_line="line",
)


def load(root: Path, vocabularies: Vocabularies) -> Announcements:
    """Read both folders under `root`, a file for each year. What cannot be used is a fault at its line and left out."""
    read = _Reader(root, vocabularies)
    events = tuple(read.rows(EVENTS, "su_kien", _EVENT, read.why_no_event))
    notes = tuple(read.rows(NOTES, "thong_cao", _NOTE, read.why_no_note))
    return Announcements(events, notes, read.places, read.faults)


class _Reader:
    """Reads files of rows; ids are unique over all files of a folder, for they are addresses."""

    def __init__(self, root: Path, vocabularies: Vocabularies) -> None:
        self.root = root
        self.vocabularies = vocabularies
        self.places: dict[str, str] = {}
        self.faults: dict[str, list[Fault]] = {}

    def rows(self, folder: str, key: str, kind: Record, why_not: WhyNot) -> Iterator[Any]:
        table = (Field(key, "rows", Many(kind)),)
        for path in sorted((self.root / folder).glob("*.yml")):
            name = f"{folder}/{path.name}"
            if path.is_symlink() or path.parent.is_symlink():
                self.faults[name] = [_fault(1, "đây là lối tắt, không phải tệp thật", "thay bằng tệp thật")]
                continue
            faults: list[Fault] = []
            if not re.fullmatch(r"[0-9]{4}", path.stem):
                faults.append(
                    _fault(1, "tên tệp không phải một năm", "đổi tên tệp thành năm của các mục, ví dụ 2026.yml")
                )
            raw = source.read_keys(name, path.read_bytes())
            faults += raw.faults
            if raw.is_readable:
                values, _ = parse_fields(raw.fields, {key: table[0]}, table, Context(self.vocabularies, faults))
                yield from self._kept(values.get("rows", ()), f"{folder}/", name, why_not, faults)
            if faults:
                self.faults[name] = faults

    def _kept(
        self, rows: tuple[Any, ...], space: str, name: str, why_not: WhyNot, faults: list[Fault]
    ) -> Iterator[Any]:
        for row in rows:
            taken = self.places.get(space + row.id)
            wrong = (f"mã «{row.id}» đã có ở {taken}", "đổi ma: thành một mã chưa dùng") if taken else why_not(row)
            if wrong:
                faults.append(_fault(row.line, *wrong))
            else:
                self.places[space + row.id] = name
                yield row

    def why_no_event(self, event: Event) -> tuple[str, str] | None:
        """What of an event cannot be so, and how to mend it."""
        if event.until is None or event.until >= event.since:
            return None
        return f"«{event.id}»: den đứng trước tu", f"ghi den: <từ {format_date(event.since)} trở đi>"

    def why_no_note(self, note: PressNote) -> tuple[str, str] | None:
        """What of a press note cannot be so: nothing goes out before it was approved."""
        if note.day >= note.approval.day:
            return None
        return f"«{note.id}»: ngay đứng trước ngày duyệt", f"ghi ngay: <từ {format_date(note.approval.day)} trở đi>"


def _fault(line: int, reason: str, fix: str) -> Fault:
    return Fault(_BROKEN, line, values={"ly_do": reason, "sua": fix})


def unknown_entries(known: Announcements, entry_ids: Collection[str]) -> Iterator[tuple[str, Fault]]:
    """Each entry that an event or a note names and that is not there: the file's path, and the fault."""
    for folder, rows in ((EVENTS, known.events), (NOTES, known.notes)):
        for row in rows:
            for missing in (entry for entry in row.entries if entry not in entry_ids):
                near = nearest(missing, entry_ids)
                fix = f"ghi tin: {near}" if near else "ghi tin: <mã của một tin đã có>, hoặc bỏ dòng tin"
                reason = f"«{row.id}» dẫn tới tin «{missing}» không có"
                yield known.places[f"{folder}/{row.id}"], _fault(row.line, reason, fix)
