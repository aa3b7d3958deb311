"""Coverage in, what the office and programs read of it out: text and JSON, every figure with its rows."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..dates import format_date
from ..text import excerpt
from ..vocabulary import Vocabularies
from .model import Coverage, Document, Evidence, Figure, State, Summary

UNKNOWN = "chưa có số liệu"
STATES: Mapping[State, str] = {
    State.IN_TIME: "đăng đúng hạn",
    State.LATE: "đăng muộn",
    State.UNDATED: "đã đăng, chưa rõ hạn",
    State.MISSING: "chưa đăng",
    State.EXEMPT: "miễn",
}
NO_UNIT, NO_FIELD = "Chưa giao đơn vị", "Chưa rõ lĩnh vực"
_KINDS = {"dinh-chinh": "đính chính", "go-tin": "lời báo gỡ tin"}


@dataclass(frozen=True, slots=True)
class Result:
    """A coverage with the names that its ids have, and the unit that was asked for, "" for all."""

    coverage: Coverage
    vocabularies: Vocabularies
    unit: str = ""

    @property
    def documents(self) -> list[Document]:
        """The documents asked for."""
        return [one for one in self.coverage.documents.values() if not self.unit or self.unit in one.units]

    def unit_name(self, unit: str) -> str:
        """A unit's name on the day of the figures."""
        known = self.vocabularies.units.get(unit)
        return known.name_on(self.coverage.as_of) if known else NO_UNIT

    def field_name(self, field: str) -> str:
        """A field's name."""
        known = self.vocabularies.fields.get(field)
        return known.name if known else NO_FIELD

    def channel_name(self, channel: str) -> str:
        """A channel's name."""
        return self.vocabularies.channels[channel].name


def share(figure: Figure) -> str:
    """«10/11 (90,9 %)», rounded down so that only all of it is 100 %; «chưa có số liệu» of an empty whole."""
    if not figure.whole:
        return UNKNOWN
    tenths = math.floor(len(figure.done) * 1000 / len(figure.whole))
    percent = f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)
    return f"{len(figure.done)}/{len(figure.whole)} ({percent} %)"


def as_text(result: Result) -> str:
    """For people: the figures of all, by unit and by field, then each document that lacks something."""
    coverage = result.coverage
    period = f"{coverage.period.name}, " if coverage.period else ""
    lines = [f"Độ phủ truyền thông chính sách, {period}tính đến {format_date(coverage.as_of)}.", ""]
    if not result.documents:
        return "\n".join([*lines, _empty(result), ""])
    if result.unit:
        lines += _summary(result, result.unit_name(result.unit), coverage.by_unit[result.unit])
    else:
        lines += _summary(result, "Toàn Sở", coverage.overall)
        for unit, summary in coverage.by_unit.items():
            lines += _summary(result, result.unit_name(unit), summary)
        lines += ["Theo lĩnh vực (có tin):"]
        lines += [f"  {result.field_name(f)}: {share(s.has_entry)}" for f, s in coverage.by_field.items()]
        lines += [""]
    for state in (State.MISSING, State.LATE, State.UNDATED, State.IN_TIME, State.EXEMPT):
        told = [line for one in result.documents if one.state is state for line in _document(result, one)]
        lines += [f"{STATES[state].capitalize()}:", *told, ""] if told else []
    return "\n".join([*lines, *_owed(result)]).rstrip("\n") + "\n"


def _empty(result: Result) -> str:
    of = f" của {result.unit_name(result.unit)}" if result.unit else ""
    return f"Sổ theo dõi chưa có văn bản nào{of} trong kỳ này, nên {UNKNOWN}."


def _summary(result: Result, name: str, summary: Summary) -> list[str]:
    counts = ", ".join(f"{STATES[state]} {len(ids)}" for state, ids in summary.states.items() if ids)
    overdue = f"; quá hạn {len(summary.overdue)}" if summary.overdue else ""
    return [
        f"{name}: {counts}{overdue}",
        f"  có tin: {share(summary.has_entry)}",
        f"  đăng đúng hạn: {share(summary.in_time)}",
        f"  đủ mọi kênh của kế hoạch: {share(summary.on_all_channels)}",
        f"  có hướng dẫn: {share(summary.guided)}",
        *(f"  {result.channel_name(c)}: {share(figure)}" for c, figure in summary.channels.items()),
        "",
    ]


def _document(result: Result, document: Document) -> Iterator[str]:
    row = document.row
    units = ", ".join(result.unit_name(unit) for unit in document.units)
    yield f"  {row.id}: {row.number_text} ngày {format_date(row.issued)}, {excerpt(row.subject, 100)} ({units})"
    yield f"      {_standing(document)}"
    lacking = [result.channel_name(c) for c in result.coverage.channels if not document.channels.get(c)]
    if document.is_published and lacking:
        yield f"      chưa có bằng chứng trên: {'; '.join(lacking)}"
    if document.is_published and not document.guidance:
        yield "      chưa có hướng dẫn: bài không có phần «Cần làm gì», chưa ghi hội nghị, tập huấn nào"
    for near in document.near:
        yield f"      gần khớp tin {near.entry}: {near.why}"
    for note in document.notes:
        yield f"      lưu ý: {note}"


def _standing(document: Document) -> str:
    if document.exemption:
        return f"miễn: {document.exemption.reason}; {document.exemption.decided_by} quyết định"
    due = document.deadline
    until = f"hạn {format_date(due.day)}" if due.day else f"chưa rõ hạn: {due.reason}"
    if document.published:
        return f"tin {', '.join(document.entries)} đăng {format_date(document.published)}, {until}"
    return f"chưa có tin, {'QUÁ ' if document.is_overdue else ''}{until}"


def _owed(result: Result) -> list[str]:
    owed = [one for one in result.coverage.owed if not result.unit or result.unit in one.units]
    if not owed:
        return []
    return ["Còn phải đưa lại đúng kênh đã đưa tin:"] + [
        f"  tin {one.entry}: {_KINDS[one.kind]} ngày {format_date(one.day)} chưa có bằng chứng trên "
        f"{result.channel_name(one.channel)} (tin đã lên kênh này {format_date(one.carried.day)}: {one.carried.text})"
        for one in owed
    ]


def as_json(result: Result) -> str:
    """For programs: every figure with the ids of its documents, every document with its rows and evidence."""
    coverage = result.coverage
    record: dict[str, Any] = {
        "tinh_den": coverage.as_of.isoformat(),
        "ky": _period(coverage),
        "toan_so": summary_record(coverage.overall),
        "don_vi": {unit: summary_record(s) for unit, s in coverage.by_unit.items()},
        "linh_vuc": {field: summary_record(s) for field, s in coverage.by_field.items()},
        "van_ban": [_record(one) for one in result.documents],
        "con_phai_dua_lai": [
            {"tin": o.entry, "kenh": o.channel, "viec": o.kind, "ngay": o.day.isoformat(), "don_vi": list(o.units)}
            for o in coverage.owed
        ],
    }
    if result.unit:
        kept = coverage.by_unit.get(result.unit)
        record["don_vi"] = {result.unit: summary_record(kept)} if kept else {}
        record["con_phai_dua_lai"] = [o for o in record["con_phai_dua_lai"] if result.unit in o["don_vi"]]
        del record["toan_so"], record["linh_vuc"]
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _period(coverage: Coverage) -> dict[str, str] | None:
    period = coverage.period
    if period is None:
        return None
    days = {"tu": period.since, "den": period.until, "chot": period.cut_off}
    return {"ma": period.id, "ten": period.name, **{key: day.isoformat() for key, day in days.items()}}


def summary_record(summary: Summary) -> dict[str, Any]:
    """The figures of a summary as JSON carries them; `ty_le` is null of an empty whole."""
    return {
        "trang_thai": {state.value: list(ids) for state, ids in summary.states.items()},
        "qua_han": list(summary.overdue),
        "co_tin": _figure(summary.has_entry),
        "dung_han": _figure(summary.in_time),
        "du_kenh": _figure(summary.on_all_channels),
        "co_huong_dan": _figure(summary.guided),
        "kenh": {channel: _figure(figure) for channel, figure in summary.channels.items()},
    }


def _figure(figure: Figure) -> dict[str, Any]:
    percent = figure.percent
    return {
        "dat": list(figure.done),
        "tong": list(figure.whole),
        "ty_le": None if percent is None else math.floor(percent * 100) / 100,
    }


def _record(document: Document) -> dict[str, Any]:
    row = document.row
    return {
        "dong": [one.id for one in document.rows],
        "so_ky_hieu": row.number_text,
        "ngay_ban_hanh": row.issued.isoformat(),
        "co_quan_ban_hanh": row.issuer_text,
        "trich_yeu": row.subject,
        "don_vi": [unit for unit in document.units if unit],
        "linh_vuc": [field for field in document.fields if field],
        "trang_thai": document.state.value,
        "han": _day(document.deadline.day),
        "chua_ro_han": document.deadline.reason,
        "qua_han": document.is_overdue,
        "tin": list(document.entries),
        "ngay_dang": _day(document.published),
        "kenh": {channel: _evidence(found) for channel, found in document.channels.items()},
        "huong_dan": _evidence(document.guidance),
        "gan_khop": [{"tin": near.entry, "vi": near.why} for near in document.near],
        "luu_y": list(document.notes),
        "mien": _exemption(document),
    }


def _exemption(document: Document) -> dict[str, str] | None:
    if document.exemption is None:
        return None
    return {"ly_do": document.exemption.reason, "noi_quyet_dinh": document.exemption.decided_by}


def _evidence(found: Sequence[Evidence]) -> list[dict[str, str]]:
    return [{"ngay": one.day.isoformat(), "bang_chung": one.text, "o": one.place} for one in found]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


FORMATS: Mapping[str, Callable[[Result], str]] = {"van-ban": as_text, "json": as_json}
