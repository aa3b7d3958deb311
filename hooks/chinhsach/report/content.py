"""Coverage, plan and catalogue in, everything a report says out: facts by name and rows of tables. Pure.

What nobody knows is None and shown as «chưa có số liệu», never 0; an empty register has no row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..catalogue import Catalogue, Entry
from ..dates import VN, format_date
from ..office import mistakes
from ..office.coverage_report import NO_FIELD, NO_UNIT, STATES, share
from ..office.model import (
    Activity,
    Coverage,
    Deadline,
    Document,
    Figure,
    Level,
    Period,
    Plan,
    State,
    Summary,
)
from ..office.readers import Readers, mistake_figures, view_figures
from ..policy import ConsultationState, Status
from ..vocabulary import Unit, Vocabularies
from . import tables
from .tables import UNKNOWN, Row

NOT_IN_PLAN = "kế hoạch không ghi"
NO_RECIPIENT = "(Văn phòng ghi nơi nhận báo cáo)"
WRITTEN_BY_OFFICE = "(Văn phòng viết)"
CHANGES: Mapping[str, str] = {"dinh-chinh": "đính chính", "go-tin": "gỡ tin", "dang-lai": "đăng lại"}
ACTIVITY_KINDS: Mapping[str, str] = {
    "hoi-nghi": "hội nghị",
    "toa-dam": "tọa đàm",
    "trao-doi": "trao đổi",
    "tap-huan": "tập huấn",
    "hop-bao": "họp báo",
    "bao-chi": "báo chí",
    "phat-thanh": "phát thanh",
}
_CONSULTATIONS = {
    ConsultationState.SOON: "sắp lấy ý kiến",
    ConsultationState.OPEN: "đang lấy ý kiến",
    ConsultationState.CLOSED: "hết hạn góp ý",
    ConsultationState.ANSWERED: "đã tiếp thu, giải trình",
}
_BLANK = "……"
BAR_CELLS = 20


class Reader(NamedTuple):
    """A figure about readers, such as visits or error reports; None where nobody counted."""

    name: str
    number: int | None


VISITS, MISTAKES = "Lượt xem trang", "Báo lỗi của bạn đọc nhận được"
NO_READERS = (Reader(VISITS, None), Reader(MISTAKES, None))
MOST_READ = 5
_MISTAKE_STATES: Mapping[mistakes.State, str] = {
    mistakes.State.IN_TIME: "trả lời đúng hạn",
    mistakes.State.LATE: "trả lời muộn",
    mistakes.State.ANSWERED: "đã trả lời, chưa rõ hạn",
    mistakes.State.OPEN: "đang xử lý",
    mistakes.State.OVERDUE: "chưa trả lời, quá hạn",
}


class Source(NamedTuple):
    """What a report is made from; `plan` is that of the period, None where there is none.

    `activities` are those of all plans: a period that begins in December holds two years' activities.
    """

    coverage: Coverage
    period: Period
    plan: Plan | None
    catalogue: Catalogue
    readers: Sequence[Reader] = NO_READERS
    activities: Sequence[Activity] = ()

    @property
    def vocabularies(self) -> Vocabularies:
        """The vocabularies of the catalogue."""
        return self.catalogue.vocabularies

    @property
    def today(self) -> date:
        """The day on which the report is made."""
        return self.catalogue.now.astimezone(VN).date()

    @property
    def name_day(self) -> date:
        """The day whose names are used: that of the figures."""
        return self.coverage.as_of

    @property
    def done(self) -> list[Activity]:
        """The activities of the period, by day."""
        return sorted((one for one in self.activities if self.holds(one.day)), key=lambda one: (one.day, one.id))

    def holds(self, day: date) -> bool:
        """Whether what happened on the day is told: in the period, and not after the figures' day."""
        return self.period.since <= day <= min(self.period.until, self.coverage.as_of)

    def unit_name(self, unit_id: str) -> str:
        """A unit's name on the day of the figures."""
        unit = self.vocabularies.units.get(unit_id)
        return unit.name_on(self.name_day) if unit else NO_UNIT

    def unit_names(self, unit_ids: Iterable[str]) -> str:
        """Names of units, by semicolons."""
        return "; ".join(self.unit_name(unit) for unit in unit_ids)

    def field_name(self, field_id: str) -> str:
        """A field's name."""
        known = self.vocabularies.fields.get(field_id)
        return known.name if known else NO_FIELD

    def channel_name(self, channel: str) -> str:
        """A channel's name."""
        return self.vocabularies.channels[channel].name

    def title_of(self, entry_id: str) -> str:
        """An entry's title with its id, or the id alone where nothing of it may be shown."""
        entry = self.catalogue.find(entry_id)
        return entry_id if entry is None or entry.policy.is_erased else f"{entry.policy.title} ({entry_id})"


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a chart: what it is of, its share in words, and how many of `BAR_CELLS` cells are full."""

    name: str
    share: str
    full: int | None


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that a report says: single facts and lists of lines by name, rows by table, charts by table.

    `empty`: what is said of each table where it has no row.
    """

    facts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[Row, ...]]
    bars: Mapping[str, tuple[Bar, ...]]
    empty: Mapping[str, str]


def build(source: Source) -> Content:
    """All that the report of a period says."""
    coverage = source.coverage
    rows = {
        tables.OVERALL.key: _overall(source),
        tables.BY_UNIT.key: _groups(coverage.by_unit, source.unit_name),
        tables.BY_FIELD.key: _groups(coverage.by_field, source.field_name),
        tables.BY_CHANNEL.key: _channels(source),
        tables.TASKS.key: _tasks(source),
        tables.INDICATORS.key: _indicators(source.plan),
        tables.ACTIVITIES.key: tuple(_activity(source, one) for one in source.done),
        tables.TRAINED.key: _trained(source),
        tables.CONSULTATIONS.key: _consultations(source),
        tables.DRAFTS.key: _drafts(source),
        tables.CORRECTIONS.key: _corrections(source),
        tables.OWED.key: _owed(source),
        tables.READERS.key: tuple({"ten": one.name, "so": one.number} for one in source.readers),
        tables.BEHIND.key: tuple(_behind(source)),
        tables.ANNEX.key: tuple(_annex(source)),
    }
    bars = {
        tables.BY_UNIT.key: _bars(coverage.by_unit, source.unit_name),
        tables.BY_FIELD.key: _bars(coverage.by_field, source.field_name),
        tables.BY_CHANNEL.key: tuple(
            _bar(source.channel_name(channel), figure) for channel, figure in _channel_figures(coverage)
        ),
    }
    empty = {table.key: table.empty for table in tables.REPORT}
    if not coverage.documents:  # that nothing is late is known only where something was to be done
        empty[tables.BEHIND.key] = tables.OVERALL.empty
    return Content(facts(source), {"noi_nhan": _recipients(source)}, rows, bars, empty)


def readers_of(told: Readers, vocabularies: Vocabularies, period: Period, as_of: date) -> tuple[Reader, ...]:
    """How often the site was read and what readers reported in the period; what nobody counted is None."""
    until = min(period.until, as_of)
    views = view_figures(told, period.since, until)
    reported = mistake_figures(told, vocabularies, period.since, until, as_of)
    most = list(views.by_entry.items())[:MOST_READ]
    lines = [Reader(VISITS, views.hits), *(Reader(f"Trong đó: tin {entry}", hits) for entry, hits in most)]
    if views.partly:
        lines.append(Reader("Dòng lượt xem lấn ra ngoài kỳ, không tính", len(views.partly)))
    lines.append(Reader(MISTAKES, len(reported.all) if reported.is_known else None))
    if reported.is_known:
        lines += [Reader(f"Trong đó: {words}", len(reported.states[s])) for s, words in _MISTAKE_STATES.items()]
    return tuple(lines)


def facts(source: Source) -> dict[str, str]:
    """The single facts: who reports, of which days, from what."""
    period, plan, coverage = source.period, source.plan, source.coverage
    unit = department(source.vocabularies, source.today)
    name, province = _split(unit.name_on(source.today)) if unit else (_BLANK, _BLANK)
    return {
        "co_quan_chu_quan": f"UBND tỉnh {province}".upper(),
        "co_quan": name.upper(),
        "ten_co_quan": unit.name_on(source.today) if unit else _BLANK,
        "duoi_so": unit.suffix if unit and unit.suffix_is_confirmed else _BLANK,
        "dia_danh": province,
        "nam": str(source.today.year),
        "ten_ky": period.name[:1].lower() + period.name[1:],
        "tu_ngay": format_date(period.since),
        "den_ngay": format_date(period.until),
        "ngay_chot": format_date(coverage.as_of),
        "ten_ke_hoach": plan.name if plan else f"(chưa có kế hoạch năm {period.until.year} trong dữ liệu)",
        "tom_tat": summary_sentence(coverage),
        "van_phong_viet": WRITTEN_BY_OFFICE,
    }


def summary_sentence(coverage: Coverage) -> str:
    """The report's figures in one sentence."""
    overall = coverage.overall
    if not overall.has_entry.whole:
        return "Sổ theo dõi chưa có văn bản nào phải truyền thông trong kỳ này, nên chưa có số liệu về độ phủ."
    return (
        f"Có {len(overall.has_entry.whole)} văn bản phải truyền thông; có tin {share(overall.has_entry)}; "
        f"đăng đúng hạn {share(overall.in_time)}; có bằng chứng trên mọi kênh của kế hoạch "
        f"{share(overall.on_all_channels)}; có hướng dẫn {share(overall.guided)}."
    ).replace(" %", "\u00a0%")


def department(vocabularies: Vocabularies, day: date) -> Unit | None:
    """The department as it is on the day: the unit of the highest level that then exists."""
    alive = [
        unit
        for unit in vocabularies.enabled_units()
        if unit.level == "so"
        and (unit.since is None or unit.since <= day)
        and (unit.until is None or day <= unit.until)
    ]
    return alive[-1] if alive else None


def _split(name: str) -> tuple[str, str]:
    """«Sở Tài chính tỉnh Lạng Sơn» → its own name and the province."""
    own, _, province = name.partition(" tỉnh ")
    return own, province or _BLANK


def due_text(due: Deadline) -> str:
    """The day of a deadline, or that it is not known and why."""
    return format_date(due.day) if due.day else f"chưa rõ: {due.reason}"


def named(document: Document) -> str:
    """«643/UBND-KGVX ngày 30/5/2023 của UBND tỉnh Lạng Sơn»."""
    row = document.row
    return f"{row.number_text} ngày {format_date(row.issued)} của {row.issuer_text}"


def full_cells(figure: Figure) -> int | None:
    """How many cells of a bar are full, rounded down; None of an empty whole."""
    return len(figure.done) * BAR_CELLS // len(figure.whole) if figure.whole else None


def _bar(name: str, figure: Figure) -> Bar:
    return Bar(name, share(figure), full_cells(figure))


def _bars(groups: Mapping[str, Summary], name: Callable[[str], str]) -> tuple[Bar, ...]:
    return tuple(_bar(name(key), summary.has_entry) for key, summary in groups.items())


def _overall(source: Source) -> tuple[Row, ...]:
    coverage = source.coverage
    if not coverage.documents:
        return ()
    overall = coverage.overall
    lines = sum(len(document.rows) for document in coverage.documents.values())
    counted: list[Row] = [
        _count("Dòng của sổ theo dõi thuộc kỳ", lines),
        _count("Văn bản (ghi nhiều dòng tính một)", len(coverage.documents)),
        *(_count(f"Trong đó: {words}", _of_state(overall, state)) for state, words in STATES.items()),
        _count("Chưa đăng và đã quá hạn", _dated(overall, overall.overdue)),
        _count("Phải truyền thông (không kể văn bản được miễn)", len(overall.has_entry.whole)),
    ]
    figures = (
        ("Có tin trên trang", overall.has_entry),
        ("Đăng đúng hạn", overall.in_time),
        ("Có bằng chứng trên mọi kênh của kế hoạch", overall.on_all_channels),
        ("Có hướng dẫn", overall.guided),
    )
    return (*counted, *(_count(name, _done(figure), share(figure)) for name, figure in figures))


def _done(figure: Figure) -> int | None:
    return len(figure.done) if figure.whole else None


def _of_state(summary: Summary, state: State) -> int | None:
    found = summary.states[state]
    return _dated(summary, found) if state in (State.IN_TIME, State.LATE) else len(found)


def _dated(summary: Summary, found: Sequence[str]) -> int | None:
    """How many documents something is true of that needs a deadline; None where no deadline is known."""
    return len(found) if summary.in_time.whole else None


def _count(name: str, number: int | None, share_text: str = "") -> Row:
    return {"ten": name, "so": number, "ty_le": share_text}


def _groups(groups: Mapping[str, Summary], name: Callable[[str], str]) -> tuple[Row, ...]:
    return tuple(
        {
            "ten": name(key),
            "phai": len(summary.has_entry.whole),
            "dung_han": _dated(summary, summary.states[State.IN_TIME]),
            "muon": _dated(summary, summary.states[State.LATE]),
            "chua_ro_han": len(summary.states[State.UNDATED]),
            "chua_dang": len(summary.states[State.MISSING]),
            "qua_han": _dated(summary, summary.overdue),
            "du_kenh": len(summary.on_all_channels.done),
            "huong_dan": len(summary.guided.done),
            "mien": len(summary.states[State.EXEMPT]),
        }
        for key, summary in groups.items()
    )


def _channel_figures(coverage: Coverage) -> list[tuple[str, Figure]]:
    figures = coverage.overall.channels
    return [(channel, figures[channel]) for channel in coverage.channels] if coverage.documents else []


def _channels(source: Source) -> tuple[Row, ...]:
    return tuple(
        {
            "ten": source.channel_name(channel),
            "da": len(figure.done),
            "phai": len(figure.whole),
            "ty_le": share(figure),
        }
        for channel, figure in _channel_figures(source.coverage)
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    """The sum of what was counted; None where nobody counted anything."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _tasks(source: Source) -> tuple[Row, ...]:
    if source.plan is None:
        return ()
    activities = [one for one in source.plan.activities if source.holds(one.day)]  # task ids are of one plan

    def row(task_id: str, text: str, lead: str, due: str) -> Row:
        mine = [one for one in activities if task_id in one.tasks]
        shown = [one for one in mine if one.evidence]
        return {
            "ma": task_id,
            "noi_dung": text,
            "chu_tri": lead,
            "han": due,
            "co_bang_chung": len(shown),
            "thieu_bang_chung": len(mine) - len(shown),
            "so_nguoi": _sum(one.reached for one in shown),
        }

    planned = [row(task.id, task.text, task.lead.text, NOT_IN_PLAN) for task in source.plan.tasks]
    added = [
        row(task.id, f"{task.text} ({task.ground})", task.lead.text, format_date(task.due) if task.due else UNKNOWN)
        for task in source.plan.added_tasks
    ]
    return (*planned, *added)


def _indicators(plan: Plan | None) -> tuple[Row, ...]:
    return tuple(
        {
            "ma": one.id,
            "ten": one.name,
            "don_vi_tinh": one.measure,
            "hien_trang": _level(one.baseline),
            "dich": _level(one.target),
        }
        for one in (plan.indicators if plan else ())
    )


def _level(level: Level | None) -> str | None:
    if level is None:
        return None
    return f"{level.value} ({format_date(level.day)})" if level.day else str(level.value)


def _activity(source: Source, one: Activity) -> Row:
    until = f" đến {format_date(one.until)}" if one.until else ""
    return {
        "ngay": format_date(one.day) + until,
        "loai": ACTIVITY_KINDS[one.kind],
        "ten": one.name,
        "don_vi": source.unit_names(one.units),
        "noi": "; ".join(part for part in (one.place, *one.partners) if part) or None,
        "so_nguoi": one.reached,
        "bang_chung": "; ".join(one.evidence) or "chưa có, không tính",
    }


def _trained(source: Source) -> tuple[Row, ...]:
    people: dict[str, int] = {}
    for activity in source.done:
        if activity.evidence:
            for one in activity.trained:
                people[one.unit] = people.get(one.unit, 0) + one.people
    return tuple({"ten": source.unit_name(unit), "so_nguoi": people[unit]} for unit in sorted(people))


def _told(source: Source) -> Iterator[Entry]:
    """The entries that may be named: public or removed, nothing of an erased one."""
    for entry in source.catalogue.entries:
        if entry.policy.status is not Status.WORKING and entry.policy.published is not None:
            yield entry


def _consultations(source: Source) -> tuple[Row, ...]:
    last = min(source.period.until, source.coverage.as_of)
    found = [
        (asked.opens, entry.id, entry, asked)
        for entry in _told(source)
        if (asked := entry.policy.consultation)
        and entry.policy.status is Status.PUBLIC
        and entry.policy.published.astimezone(VN).date() <= source.coverage.as_of
        and asked.opens <= last
        and asked.closes >= source.period.since
    ]
    return tuple(
        {
            "ten": source.title_of(entry.id),
            "tu": format_date(asked.opens),
            "den": format_date(asked.closes),
            "tinh_trang": _CONSULTATIONS[asked.state_on(source.coverage.as_of)],
            "ket_qua": f"ngày {format_date(asked.result.day)}"
            if asked.result and asked.result.day <= source.coverage.as_of
            else None,
        }
        for _, _, entry, asked in sorted(found, key=lambda one: one[:2])
    )


def _drafts(source: Source) -> tuple[Row, ...]:
    def days(since: date | None, until: date | None) -> str | None:
        parts = [f"từ {format_date(since)}" if since else "", f"đến {format_date(until)}" if until else ""]
        return " ".join(part for part in parts if part) or None

    return tuple(
        {
            "ten": one.draft,
            "can_cu": one.ground,
            "don_vi": source.unit_names(one.units),
            "thoi_gian": days(one.since, one.until),
        }
        for one in (source.plan.draft_plans if source.plan else ())
    )


def _corrections(source: Source) -> tuple[Row, ...]:
    found: list[tuple[date, str, str, str, tuple[str, ...]]] = []
    for entry in _told(source):
        lead = entry.owner.lead
        for change in entry.policy.changes:
            if change.kind in CHANGES:
                text = "" if entry.policy.is_erased else change.text
                found.append((change.moment.astimezone(VN).date(), change.kind, entry.id, text, lead))
        removal = entry.policy.removal
        if removal is not None:
            day = removal.moment.astimezone(VN).date()
            if not any(one[:3] == (day, "go-tin", entry.id) for one in found):
                found.append((day, "go-tin", entry.id, removal.reason, lead))
    return tuple(
        {
            "ngay": format_date(day),
            "loai": CHANGES[kind],
            "tin": source.title_of(entry_id),
            "noi_dung": text,
            "don_vi": source.unit_names(lead),
        }
        for day, kind, entry_id, text, lead in sorted(found)
        if source.holds(day)
    )


def _owed(source: Source) -> tuple[Row, ...]:
    return tuple(
        {
            "tin": source.title_of(one.entry),
            "viec": CHANGES[one.kind],
            "ngay": format_date(one.day),
            "kenh": source.channel_name(one.channel),
            "don_vi": source.unit_names(one.units),
            "lenh": f"chinhsach soan-kenh {one.entry}",
        }
        for one in source.coverage.owed
    )


def _behind(source: Source) -> Iterator[Row]:
    """What is late, or may be: a document whose day has not come is no late work."""
    for document in source.coverage.documents.values():
        if document.state is State.LATE or (document.state is State.MISSING and document.is_overdue is not False):
            yield {
                "van_ban": named(document),
                "trich_yeu": document.row.subject,
                "don_vi": source.unit_names(document.units),
                "han": due_text(document.deadline),
                "tinh_trang": standing(document),
            }


def standing(document: Document) -> str:
    """Where a document stands, and what the data knows of why."""
    if document.exemption:
        return f"miễn: {document.exemption.reason} ({document.exemption.decided_by} quyết định)"
    words = STATES[document.state]
    if document.is_overdue is not None:
        words += ", quá hạn" if document.is_overdue else ", chưa đến hạn"
    if document.state is State.LATE and document.published and document.deadline.day:
        words += f" {(document.published - document.deadline.day).days} ngày"
    near = "; ".join(f"gần khớp tin {one.entry}: {one.why}" for one in document.near)
    return f"{words} ({near})" if near else words


def _annex(source: Source) -> Iterator[Row]:
    number = 0
    for document in source.coverage.documents.values():
        for row in document.rows:
            number += 1
            is_first = row is document.row
            yield {
                "tt": number,
                "dong": row.id.rpartition("/")[2],
                "van_ban": f"{row.number_text} ngày {format_date(row.issued)} của {row.issuer_text}",
                "trich_yeu": row.subject,
                "don_vi": source.unit_names(row.units or ("",)),
                "han": due_text(document.deadline) if is_first and not document.exemption else "",
                "tin": _entries(document) if is_first else "",
                "kenh": _shown_channels(source, document) if is_first else "",
                "tinh_trang": _state(document) if is_first else f"cùng văn bản với {document.id.rpartition('/')[2]}",
            }


def _entries(document: Document) -> str:
    day = f", {format_date(document.published)}" if document.published else ""
    return "; ".join(document.entries) + day if document.entries else "chưa có"


def _shown_channels(source: Source, document: Document) -> str:
    found = [source.channel_name(channel) for channel in source.coverage.channels if document.channels.get(channel)]
    if not document.is_published or not found:
        return "chưa có"
    return "đủ" if len(found) == len(source.coverage.channels) else "; ".join(found)


def _state(document: Document) -> str:
    guided = "; có hướng dẫn" if document.is_published and document.guidance else ""
    return standing(document) + guided


def _recipients(source: Source) -> tuple[str, ...]:
    found = source.plan.recipients if source.plan else ()
    receiving = [one for one in found if one.receives_on(source.today)]
    return tuple(one.body for one in receiving if not one.kinds or source.period.kind in one.kinds) or (NO_RECIPIENT,)
