"""Register, entries, evidence and a day in; what was communicated, of what, in time, where, and with guidance, out.

No evidence counts as not done. Where two entries stand for one document, which the check refuses, the weaker one
counts; where two rows are one document, the stricter one does: nothing that is written twice makes a figure better.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from ..catalogue import Catalogue, Entry
from ..clocks import INTERNAL_PUBLICATION, PUBLICATION
from ..dates import VN, format_date
from ..policy import Status
from ..text import slug
from ..vocabulary import Vocabularies
from . import portal as portals
from .load import Office
from .matching import Match, match, published_day
from .model import (
    PUBLISHED,
    Activity,
    Coverage,
    Deadline,
    Document,
    Evidence,
    Exemption,
    Figure,
    Owed,
    Period,
    RegisterRow,
    State,
    Summary,
)
from .owed import is_open
from .portal import NOTHING, Portal

OWN_SITE = "trang-so"
GUIDANCE_PART = slug("Cần làm gì")


def cover(office: Office, catalogue: Catalogue, period: Period | None = None, portal: Portal = NOTHING) -> Coverage:
    """The coverage of a period as its cut-off day saw it, or of all rows as of now.

    An entry that is removed now does not count for an earlier day either. Linear in rows and entries.
    """
    today = catalogue.now.astimezone(VN).date()
    as_of = min(period.cut_off, today) if period else today
    channels = catalogue.vocabularies.planned_channels
    shown = _Shown(catalogue, office.activities, portal, as_of)
    found = [one for one in match(office.rows, catalogue, as_of) if is_counted(one, period, as_of)]
    judged = (_document(one, shown, catalogue.vocabularies, as_of) for one in found)
    documents = {document.id: document for document in judged}
    return Coverage(
        as_of=as_of,
        period=period,
        documents=documents,
        overall=summarise(documents.values(), channels),
        by_unit=_by(documents.values(), lambda document: document.units, channels),
        by_field=_by(documents.values(), lambda document: document.fields, channels),
        channels=channels,
        owed=tuple(shown.owed()),
    )


def is_counted(found: Match, period: Period | None, as_of: date) -> bool:
    """Whether a document belongs to the period: by its earliest row, so that it counts in one period only."""
    day = min(row.counted_on for row in found.rows)
    return day <= as_of and (period is None or period.since <= day <= period.until)


def summarise(documents: Iterable[Document], channels: Sequence[str]) -> Summary:
    """The figures of some documents; an exempt one is listed and in no figure.

    A document whose deadline is not known was not in time; where none is known, nothing is: the figure is empty.
    """
    listed = list(documents)
    states = {state: tuple(d.id for d in listed if d.state is state) for state in State}
    counted = [document for document in listed if document.state is not State.EXEMPT]
    whole = tuple(document.id for document in counted)
    dated = any(document.deadline.day for document in counted)

    def figure(done: Iterable[Document]) -> Figure:
        return Figure(tuple(document.id for document in done), whole)

    return Summary(
        states=states,
        has_entry=figure(d for d in counted if d.is_published),
        in_time=figure(d for d in counted if d.state is State.IN_TIME) if dated else Figure((), ()),
        on_all_channels=figure(d for d in counted if d.is_published and all(d.channels.get(c) for c in channels)),
        guided=figure(d for d in counted if d.is_published and d.guidance),
        channels={c: figure(d for d in counted if d.is_published and d.channels.get(c)) for c in channels},
        overdue=tuple(d.id for d in counted if d.is_overdue),
    )


def deadline(row: RegisterRow, vocabularies: Vocabularies) -> Deadline:
    """By when an entry about the row's document is to stand: the earlier of the register's day and the rule's.

    What units of the department issued falls under the law's rule from the day of issue, the rest under the
    department's own target from the day it came; a day is told only where rule and calendar are certain.
    """
    ruled = _ruled(row, vocabularies)
    if row.deadline is not None and (ruled.day is None or row.deadline <= ruled.day):
        return Deadline(row.deadline)
    return ruled


def _ruled(row: RegisterRow, vocabularies: Vocabularies) -> Deadline:
    if not row.issuers.isdisjoint(vocabularies.own_issuers):
        group, started, event = PUBLICATION, "ngay_tao_thong_tin", row.issued
    elif row.received is not None:
        group, started, event = INTERNAL_PUBLICATION, "ngay_den", row.received
    else:
        return Deadline(None, "chưa ghi ngay_den")
    rule = vocabularies.deadlines.pick(group, started, event)
    if rule is None:
        return Deadline(None, f"không có quy tắc thời hạn nào cho ngày {format_date(event)}")
    due = rule.due(event, vocabularies.calendar)
    if due.day is None or not rule.is_certain:
        return Deadline(None, due.reason or "số ngày của quy tắc chưa đối chiếu với nguyên văn", rule)
    return Deadline(due.day, "", rule)


def _document(found: Match, shown: _Shown, vocabularies: Vocabularies, as_of: date) -> Document:
    rows, entries = found.rows, found.entries
    deadlines = [deadline(row, vocabularies) for row in rows]
    due = _strictest(deadlines)
    published = max(map(published_day, entries), default=None)
    exemption = _exemption(rows)
    state = State.EXEMPT if exemption else _state(published, deadlines)
    fields = _joined(row.fields for row in rows) or _joined(entry.policy.fields for entry in entries)
    return Document(
        rows=rows,
        units=_joined(row.units for row in rows) or ("",),
        fields=fields or ("",),
        state=state,
        deadline=due,
        entries=tuple(entry.id for entry in entries),
        published=published,
        channels={c: _weakest([shown.on(e, c) for e in entries]) for c in vocabularies.planned_channels},
        guidance=_weakest([shown.guidance(entry) for entry in entries]),
        near=found.near,
        notes=tuple(_notes(rows, due, entries, shown)),
        exemption=exemption,
        is_overdue=due.day < as_of if state is State.MISSING and due.day else None,
    )


def _state(published: date | None, deadlines: Sequence[Deadline]) -> State:
    """Late by any row's deadline is late; in time is what every row says."""
    if published is None:
        return State.MISSING
    if any(due.day is not None and due.day < published for due in deadlines):
        return State.LATE
    return State.IN_TIME if all(due.day for due in deadlines) else State.UNDATED


def _strictest(found: Sequence[Deadline]) -> Deadline:
    known = [one for one in found if one.day is not None]
    return min(known, key=lambda one: one.day or date.max) if known else found[0]


def _weakest(found: Sequence[tuple[Evidence, ...]]) -> tuple[Evidence, ...]:
    """What shows it for every entry; nothing, where one entry has nothing."""
    return tuple(one for each in found for one in each) if all(found) else ()


def _exemption(rows: Sequence[RegisterRow]) -> Exemption | None:
    """The exemption on which all rows of the document agree that there is one."""
    return rows[0].exemption if all(row.exemption for row in rows) else None


def _joined(groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for group in groups for one in group))


def _notes(rows: Sequence[RegisterRow], due: Deadline, entries: Sequence[Entry], shown: _Shown) -> Iterator[str]:
    if len(rows) > 1:
        yield "ghi nhiều dòng trong sổ, đếm một lần: " + ", ".join(row.id for row in rows)
    for row in rows:
        if row.deadline and due.rule and due.day and row.deadline > due.day:
            yield (
                f"sổ ghi hạn {format_date(row.deadline)}, muộn hơn hạn của quy tắc; "
                f"tính theo hạn của quy tắc, {format_date(due.day)}"
            )
    if any(row.exemption for row in rows) and not all(row.exemption for row in rows):
        yield "có dòng ghi miễn, có dòng không: không tính là miễn"
    if len(entries) > 1:
        yield "nhiều tin về một văn bản, tính theo tin yếu nhất: " + ", ".join(entry.id for entry in entries)
    units = set(_joined(row.units for row in rows))
    for entry in entries:
        if units and units.isdisjoint(entry.owner.lead):
            yield f"tin {entry.id} do {', '.join(entry.owner.lead) or 'đơn vị chưa rõ'} phụ trách, sổ giao đơn vị khác"
        yield from shown.doubts(entry)


def _by(
    documents: Iterable[Document], keys: Callable[[Document], Sequence[str]], channels: Sequence[str]
) -> dict[str, Summary]:
    """The figures of each group, by id; what has no group stands under "" at the end."""
    groups: dict[str, list[Document]] = {}
    for document in documents:
        for key in keys(document):
            groups.setdefault(key, []).append(document)
    return {key: summarise(groups[key], channels) for key in sorted(groups, key=lambda key: (key == "", key))}


class _Shown:
    """The evidence of every entry up to a day, by channel."""

    def __init__(self, catalogue: Catalogue, activities: Iterable[Activity], portal: Portal, as_of: date) -> None:
        self.catalogue = catalogue
        self.as_of = as_of
        self.portal = portal
        self.activities: dict[str, list[Activity]] = {}
        for activity in activities:
            if activity.evidence and activity.day <= as_of:
                for entry in dict.fromkeys(activity.entries):
                    self.activities.setdefault(entry, []).append(activity)

    def on(self, entry: Entry, channel: str) -> tuple[Evidence, ...]:
        """What shows that the entry went out on the channel, oldest first."""
        if channel == OWN_SITE:
            return (Evidence(published_day(entry), f"/chinh-sach/{entry.id}/", entry.file.path),)
        return tuple(sorted(one for one in self._found(entry, channel) if one.day <= self.as_of))

    def _found(self, entry: Entry, channel: str) -> Iterator[Evidence]:
        lacking = self._lacking_since(entry) if channel == portals.CHANNEL else None
        for place, row in enumerate(entry.policy.distributions):
            if row.channel == channel and (lacking is None or row.day > lacking):
                line = entry.policy.line_of(f"truyen_thong.{place}")
                yield Evidence(row.day, row.evidence, f"{entry.file.path}:{line}")
        seen = self.portal.seen.get(entry.id)
        if channel == portals.CHANNEL and seen is not None and seen.is_shown:
            yield Evidence(seen.day, seen.text, self.portal.name)
        for activity in self.activities.get(entry.id, ()):
            if activity.channel == channel:
                yield Evidence(activity.day, "; ".join(activity.evidence), f"hoat_dong {activity.id}")

    def _lacking_since(self, entry: Entry) -> date | None:
        """The day on which the portal was seen to lack the entry: what was written of it before is not believed."""
        seen, made = self.portal.seen.get(entry.id), self.portal.day
        return made if seen is not None and seen.is_lacking and made is not None and made <= self.as_of else None

    def guidance(self, entry: Entry) -> tuple[Evidence, ...]:
        """What shows that people were guided: the part «Cần làm gì», or an activity at which they can ask."""
        found = []
        if _has_guidance(entry):
            found.append(Evidence(published_day(entry), "phần «Cần làm gì»", entry.file.path))
        for activity in self.activities.get(entry.id, ()):
            if activity.guides:
                found.append(Evidence(activity.day, "; ".join(activity.evidence), f"hoat_dong {activity.id}"))
        return tuple(sorted(found))

    def doubts(self, entry: Entry) -> Iterator[str]:
        """What contradicts an entry's evidence."""
        lacking = self._lacking_since(entry)
        if lacking is not None and any(row.channel == portals.CHANNEL for row in entry.policy.distributions):
            yield f"tin {entry.id} ghi đã lên cổng tỉnh, đối chiếu ngày {format_date(lacking)} không thấy"

    def owed(self) -> Iterator[Owed]:
        """The channels that carried an entry before its last correction or removal, and have not carried that."""
        for entry in self.catalogue.entries:
            if entry.policy.status is Status.WORKING or entry.policy.published is None:
                continue
            if (change := self._last_change(entry)) is None:
                continue
            kind, day = change
            for channel in self.catalogue.vocabularies.channels:
                if channel == OWN_SITE:
                    continue
                carried = self.on(entry, channel)
                if is_open(day, [one.day for one in carried]) and not self._shows_now(entry, channel, day):
                    yield Owed(entry.id, channel, kind, day, carried[0], entry.owner.lead)

    def _shows_now(self, entry: Entry, channel: str, day: date) -> bool:
        """Whether a comparison since the day found nothing wrong with what the portal shows."""
        seen, made = self.portal.seen.get(entry.id), self.portal.day
        is_right = channel == portals.CHANNEL and seen is not None and seen.is_shown
        return is_right and made is not None and day <= made <= self.as_of

    def _last_change(self, entry: Entry) -> tuple[str, date] | None:
        days = [
            (change.moment.astimezone(VN).date(), change.kind)
            for change in entry.policy.changes
            if change.kind in ("dinh-chinh", "go-tin")
        ]
        if entry.policy.removal is not None and entry.policy.status is Status.REMOVED:
            days.append((entry.policy.removal.moment.astimezone(VN).date(), "go-tin"))
        days = [one for one in days if one[0] <= self.as_of]
        if not days:
            return None
        day, kind = max(days)
        return kind, day


_PART = re.compile(rf'<h2 id="{GUIDANCE_PART}">.*?</h2>(.*?)(?=<h2\b|$)', re.S)
_TAG = re.compile(r"<[^>]*>")


def _has_guidance(entry: Entry) -> bool:
    """Whether the part stands in the body with words in it."""
    if not any(heading.id == GUIDANCE_PART for heading in entry.body.headings):
        return False
    part = _PART.search(entry.body.html)
    return part is not None and bool(_TAG.sub("", part[1]).strip())


def row_ids(figure: Figure, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The places of all register rows behind the done part of a figure."""
    return tuple(row.id for one in figure.done for row in documents[one].rows)


__all__ = ["PUBLISHED", "cover", "deadline", "is_counted", "row_ids", "summarise"]
