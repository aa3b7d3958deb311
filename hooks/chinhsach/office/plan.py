"""`ke-hoach/<năm>.yml` in, a Plan and what is wrong with the file out; `FIELDS` is the one table of its keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from .. import source
from ..kinds import (
    Choice,
    Context,
    Count,
    Day,
    Field,
    Flag,
    FromVocabulary,
    Id,
    Many,
    Record,
    Text,
    dump_fields,
    object_schema,
    parse_fields,
    texts_of,
)
from ..problems import Fault
from ..source import Node
from ..text import excerpt, nearest
from ..vocabulary import Vocabularies
from . import model
from .model import ACTIVITY_CHANNELS, Plan

_LONG = Text(most=6000)


class Texts:
    """One line of words, or a list of such lines."""

    def parse(self, node: Node, key: str, context: Context) -> Any:
        """The lines as a tuple."""
        found = texts_of(node, key, context, "một dòng chữ hoặc danh sách dòng chữ")
        return tuple(text for _, text in found) if isinstance(found, list) else found

    def dump(self, value: Any) -> Any:
        """The lines as a list."""
        return list(value)

    def describe(self, vocabularies: Vocabularies) -> str:
        """In the guide's words."""
        return "một dòng chữ hoặc danh sách dòng chữ"

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        """A list of strings."""
        return {"type": "array", "items": {"type": "string", "minLength": 1}}


_UNITS = FromVocabulary("units", several=True)
_WHO = Record(
    (
        Field("nguyen_van", "text", _LONG, required=True, example="Văn phòng Sở"),
        Field("don_vi", "units", FromVocabulary("units", several=True, every=True)),
    ),
    model.Assigned,
)
_STATEMENT = Record(
    (
        Field("ma", "id", Text(most=20), required=True, example="I.2.b"),
        Field("noi_dung", "text", _LONG, required=True, example="nguyên văn của kế hoạch"),
    ),
    model.Statement,
)
_TASK = Record(
    (
        Field("ma", "id", Text(most=20), required=True, example="II.1"),
        Field("noi_dung", "text", _LONG, required=True, example="nguyên văn của kế hoạch"),
        Field("chu_tri", "lead", _WHO, required=True, example="{nguyen_van: Văn phòng Sở, don_vi: [van-phong-so]}"),
        Field("phoi_hop", "supporting", _WHO),
    ),
    model.Task,
    at_line="line",
)
_ADDED = Record(
    (
        Field("ma", "id", Text(most=20), required=True, example="PS.1"),
        Field("noi_dung", "text", _LONG, required=True, example="việc được giao thêm"),
        Field("can_cu", "ground", Text(most=500), required=True, example="văn bản giao việc: số, ngày, cơ quan"),
        Field("chu_tri", "lead", _WHO, required=True, example="{nguyen_van: Văn phòng Sở, don_vi: [van-phong-so]}"),
        Field("han", "due", Day()),
        Field("phoi_hop", "supporting", _WHO),
    ),
    model.AddedTask,
    at_line="line",
)
_DRAFT = Record(
    (
        Field("ma", "id", Text(most=40), required=True, example="DT.1"),
        Field("du_thao", "draft", Text(most=500), required=True, example="tên dự thảo văn bản"),
        Field("can_cu", "ground", Text(most=500), required=True, example="Quyết định số 407/QĐ-TTg ngày 30/3/2022"),
        Field("don_vi", "units", _UNITS, required=True, example="[van-phong-so]"),
        Field("noi_dung", "text", _LONG),
        Field("tin", "entry", Id()),
        Field("tu", "since", Day()),
        Field("den", "until", Day()),
    ),
    model.DraftPlan,
    at_line="line",
)
_LEVEL = Record(
    (
        Field("gia_tri", "value", Count(), required=True, example="100"),
        Field("ngay", "day", Day()),
        Field("nguon", "source", Text(most=300)),
    ),
    model.Level,
)
_INDICATOR = Record(
    (
        Field("ma", "id", Text(most=40), required=True, example="CT.1"),
        Field("ten", "name", Text(most=500), required=True, example="tên chỉ tiêu"),
        Field("don_vi_tinh", "measure", Text(most=40), required=True, example="%"),
        Field("can_cu", "ground", Text(most=500)),
        Field("hien_trang", "baseline", _LEVEL),
        Field("dich", "target", _LEVEL),
    ),
    model.Indicator,
    at_line="line",
)
PERIOD_KINDS = ("thang", "quy", "6-thang", "nam", "dot-xuat")
_RECIPIENT = Record(
    (
        Field("co_quan", "body", Text(most=200), required=True, example="tên cơ quan nhận báo cáo"),
        Field("tu", "since", Day()),
        Field("den", "until", Day()),
        Field("loai_ky", "kinds", Many(Choice(PERIOD_KINDS), lone=True)),
        Field("can_cu", "ground", Text(most=500)),
    ),
    model.Recipient,
)
_TRAINED = Record(
    (
        Field("don_vi", "unit", FromVocabulary("units"), required=True, example="phong-dkkd"),
        Field("so_nguoi", "people", Count(), required=True, example="3"),
    ),
    model.Trained,
)
_ACTIVITY = Record(
    (
        Field("ma", "id", Text(most=40), required=True, example="HD.1"),
        Field("loai", "kind", Choice(tuple(ACTIVITY_CHANNELS)), required=True, example="hoi-nghi"),
        Field("ten", "name", Text(most=500), required=True, example="tên hội nghị"),
        Field("ngay", "day", Day(), required=True, example="20/11/2026"),
        Field("don_vi", "units", _UNITS, required=True, example="[van-phong-so]"),
        Field("den_ngay", "until", Day()),
        Field("dia_diem", "place", Text(most=300)),
        Field("nhiem_vu", "tasks", Texts()),
        Field("tin", "entries", Texts()),
        Field("phoi_hop_ngoai", "partners", Texts()),
        Field("so_nguoi", "reached", Count()),
        Field("tap_huan", "trained", Many(_TRAINED)),
        Field("bang_chung", "evidence", Texts()),
        Field("cong_khai", "is_public", Flag()),
    ),
    model.Activity,
    at_line="line",
)
_PERIOD = Record(
    (
        Field("ma", "id", Text(most=40), required=True, example="nam-2026"),
        Field("ten", "name", Text(most=200), required=True, example="Năm 2026"),
        Field("loai", "kind", Choice(PERIOD_KINDS), required=True, example="nam"),
        Field("tu", "since", Day(), required=True, example="1/1/2026"),
        Field("den", "until", Day(), required=True, example="31/12/2026"),
        Field("chot", "cut_off", Day(), required=True, example="31/12/2026"),
        Field("han_nop", "due", Day()),
        Field("can_cu", "ground", Text(most=500)),
    ),
    model.Period,
)

FIELDS: tuple[Field, ...] = (
    Field("ten", "name", Text(most=500)),
    Field("tin", "entry", Id()),
    Field("can_cu", "ground", _LONG),
    Field("muc_dich", "purposes", Many(_STATEMENT)),
    Field("yeu_cau", "requirements", Many(_STATEMENT)),
    Field("nhiem_vu", "tasks", Many(_TASK)),
    Field("nhiem_vu_phat_sinh", "added_tasks", Many(_ADDED)),
    Field("du_thao_tac_dong_lon", "draft_plans", Many(_DRAFT)),
    Field("chi_tieu", "indicators", Many(_INDICATOR)),
    Field("noi_nhan_bao_cao", "recipients", Many(_RECIPIENT)),
    Field("ky_bao_cao", "periods", Many(_PERIOD)),
    Field("hoat_dong", "activities", Many(_ACTIVITY)),
)
_BY_KEY = {field.key: field for field in FIELDS}
_TOP = "ke_hoach."


def json_schema(vocabularies: Vocabularies) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a plan as `dump` gives it."""
    return object_schema(FIELDS, vocabularies)


def dump(plan: Plan) -> dict[str, Any]:
    """A plan as JSON carries it, in the table's order, what is not known left out."""
    return dump_fields(plan, FIELDS)


class Read(NamedTuple):
    """A plan as far as it could be read, and its faults."""

    plan: Plan | None
    faults: tuple[Fault, ...]


def read(path: str, year: int, data: bytes, vocabularies: Vocabularies) -> Read:
    """Read one year's plan; `path` is how messages name it. Never raises for what a clerk can write."""
    raw = source.read_keys(path, data)
    if raw.faults and not raw.fields.entries:
        return Read(None, tuple(raw.faults))
    faults = list(raw.faults)
    values, _ = parse_fields(raw.fields, _BY_KEY, FIELDS, Context(vocabularies, faults), _TOP)
    plan = Plan(year=year, path=path, **{"name": "", **values})
    return Read(plan, (*faults, *_inconsistent(plan)))


def check_entries(plan: Plan, known: Mapping[str, object]) -> Iterator[Fault]:
    """The entry ids that the plan names and nobody has; `known`: every entry by id."""
    if plan.entry and plan.entry not in known:
        yield _unknown_entry(1, plan.entry, known)
    named = [(draft.line, draft.entry) for draft in plan.draft_plans if draft.entry]
    named += [(activity.line, entry) for activity in plan.activities for entry in activity.entries]
    for line, entry in named:
        if entry not in known:
            yield _unknown_entry(line, entry, known)


def without_evidence(plan: Plan) -> Iterator[Fault]:
    """The activities that count for nothing, because nothing shows them."""
    for activity in plan.activities:
        if not activity.evidence:
            yield Fault("hoat-dong-thieu-bang-chung", activity.line, values={"ma": activity.id})


def _unknown_entry(line: int, entry: str, known: Mapping[str, object]) -> Fault:
    near = nearest(entry, known)
    fix = f"ghi {near} thay cho {entry}" if near else "ghi mã của một tin trong policies/, hoặc bỏ mã này"
    return _fault(line, f"không có tin nào mang mã «{excerpt(entry)}»", fix)


def _fault(line: int, reason: str, fix: str) -> Fault:
    return Fault("ke-hoach-hong", line, values={"ly_do": reason, "sua": fix})


def _inconsistent(plan: Plan) -> Iterator[Fault]:
    """Ids written twice, tasks that nobody set, days the wrong way round."""
    if not plan.name:
        yield _fault(1, "chưa có tên kế hoạch", "ghi dòng đầu: ten: <tên kế hoạch>")
    tasks = {*(task.id for task in plan.tasks), *(task.id for task in plan.added_tasks)}
    yield from _doubled([*((t.id, t.line) for t in plan.tasks), *((t.id, t.line) for t in plan.added_tasks)])
    yield from _doubled((activity.id, activity.line) for activity in plan.activities)
    yield from _doubled((draft.id, draft.line) for draft in plan.draft_plans)
    yield from _doubled((indicator.id, indicator.line) for indicator in plan.indicators)
    for activity in plan.activities:
        for task in activity.tasks:
            if task not in tasks:
                near = nearest(task, tasks)
                fix = f"ghi {near} thay cho {task}" if near else f"chọn trong: {', '.join(sorted(tasks)) or 'chưa có'}"
                yield _fault(activity.line, f"kế hoạch không có nhiệm vụ «{excerpt(task)}»", fix)
        yield from _backwards(activity.line, activity.day, activity.until, "ngay", "den_ngay")
    for draft in plan.draft_plans:
        yield from _backwards(draft.line, draft.since, draft.until, "tu", "den")
    for period in plan.periods:
        yield from _backwards(1, period.since, period.until, "tu", "den")
        yield from _backwards(1, period.since, period.cut_off, "tu", "chot")


def _doubled(places: Iterable[tuple[str, int]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for row_id, line in places:
        if row_id in seen:
            yield _fault(line, f"mã «{excerpt(row_id)}» ghi hai lần", "đặt mã khác cho mục này")
        seen.add(row_id)


def _backwards(line: int, first: date | None, last: date | None, one: str, other: str) -> Iterator[Fault]:
    if first and last and last < first:
        day = f"{first.day}/{first.month}/{first.year}"
        yield _fault(line, f"«{other}» đứng trước «{one}»", f"{other}: <từ ngày {day} trở đi>")
