"""`bao-loi/<năm>.csv` in, the mistakes that readers reported with their clocks out; no row names a person.

The clock is the law's (Luật 104/2016 Điều 22.4 until 31/8/2026, Luật 01/2026 Điều 22.4 after), chosen by the day on
which the report came in; what the rules or the calendar do not say stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

from ..catalogue import Catalogue, Entry
from ..dates import InvalidDate, format_date, parse_date
from ..deadlines import Due, Rule
from ..kinds import is_entry_id
from ..outputs.words import day_of
from ..problems import Fault
from ..review import Row, Urgency
from ..text import excerpt, nearest
from ..vocabulary import Vocabularies
from .table import Line, Table

FOLDER = "bao-loi"
BROKEN, PERSONAL = "bao-loi-hong", "bao-loi-danh-tinh"
COLUMNS = ("ngay_nhan", "ma_tin", "noi_dung", "ket_luan", "ngay_tra_loi", "ghi_chu")
HEADER = ",".join(COLUMNS)
GROUP, EVENT = "tra-loi-kien-nghi-sai", "ngay_nhan_kien_nghi"
_MENDED = ("dinh-chinh", "cap-nhat", "go-tin")


class Verdict(Enum):
    """What the check of a report found (`ket_luan`)."""

    WRONG = "sai"
    RIGHT = "khong-sai"
    UNCLEAR = "khong-ro"


class State(Enum):
    """Where a report stands on a day; without a known last day nothing is called in time or late."""

    IN_TIME = "tra-loi-dung-han"
    LATE = "tra-loi-muon"
    ANSWERED = "da-tra-loi-chua-ro-han"
    OPEN = "dang-xu-ly"
    OVERDUE = "qua-han"


class Mistake(NamedTuple):
    """One report: when it came in, the entry it is about ("" for another page), what is said to be wrong."""

    path: str
    line: int
    received: date
    entry: str
    text: str
    verdict: Verdict | None
    answered: date | None
    note: str

    @property
    def id(self) -> str:
        """Where the row stands: «_van-phong/bao-loi/2026.csv:3»."""
        return f"{self.path}:{self.line}"


class Clock(NamedTuple):
    """The last day for an answer, or why it is not known, and the rule that it follows from (None: none applied)."""

    rule: Rule | None
    due: Due


def clock(mistake: Mistake, known: Vocabularies) -> Clock:
    """The clock of a report, by the rule of the day on which it came in."""
    rule = known.deadlines.pick(GROUP, EVENT, mistake.received)
    if rule is None or not rule.is_certain:
        return Clock(rule, Due(None, "không có quy tắc áp dụng vào ngày ấy"))
    return Clock(rule, rule.due(mistake.received, known.calendar))


def state(mistake: Mistake, known: Vocabularies, day: date) -> State:
    """Where a report stands at the end of the day; an answer given later does not count yet."""
    last = clock(mistake, known).due.day
    if mistake.answered is not None and mistake.answered <= day:
        if last is None:
            return State.ANSWERED
        return State.IN_TIME if mistake.answered <= last else State.LATE
    return State.OVERDUE if last is not None and last < day else State.OPEN


class Read(NamedTuple):
    """The reports of one year's file, and what is wrong with it."""

    rows: tuple[Mistake, ...]
    faults: tuple[Fault, ...]


def read(path: str, year: int, data: bytes) -> Read:
    """Read one year's reports; `path` is how messages name the file. Never raises for what a clerk can write."""
    table = Table(BROKEN, COLUMNS)
    rows: list[Mistake] = []
    seen: dict[tuple[date, str, str], int] = {}
    for line in table.read(data):
        table.faults.extend(_personal(line))
        row = _row(path, year, line, table)
        if row is None:
            continue
        first = seen.setdefault((row.received, row.entry, row.text), row.line)
        if first == row.line:
            rows.append(row)
        else:
            table.fault(row.line, f"dòng này lặp lại dòng {first}", "xóa một trong hai dòng")
    return Read(tuple(rows), tuple(table.faults))


def _row(path: str, year: int, line: Line, table: Table) -> Mistake | None:
    before = len(table.faults)
    cells = line.cells
    received = _day("ngay_nhan", line, table)
    if received is None and not cells["ngay_nhan"]:
        table.fault(line.number, "thiếu ngay_nhan", "ghi ngày nhận được báo lỗi, ví dụ 23/11/2026")
    if received is not None and received.year != year:
        fix = f"chuyển dòng này sang tệp {received.year}.csv"
        table.fault(line.number, f"ngay_nhan {format_date(received)} không thuộc năm {year}", fix)
    if not cells["noi_dung"]:
        table.fault(line.number, "thiếu noi_dung", "ghi điều được báo là sai, không ghi ai báo")
    if cells["ma_tin"] and not is_entry_id(cells["ma_tin"]):
        fix = "ghi mã tin như ở địa chỉ trang của tin; lỗi ở trang khác thì để trống"
        table.fault(line.number, f"ma_tin «{excerpt(cells['ma_tin'])}» không phải mã tin", fix)
    answered = _day("ngay_tra_loi", line, table)
    verdict = _verdict(line, table)
    if answered is not None and received is not None and answered < received:
        table.fault(line.number, "ngay_tra_loi đứng trước ngay_nhan", f"ghi từ {format_date(received)} trở đi")
    if answered is not None and verdict is None and not cells["ket_luan"]:
        words = ", ".join(v.value for v in Verdict)
        table.fault(line.number, "đã trả lời mà chưa có ket_luan", f"ghi ket_luan: một trong {words}")
    if len(table.faults) > before or received is None:
        return None
    return Mistake(path, line.number, received, cells["ma_tin"], cells["noi_dung"], verdict, answered, cells["ghi_chu"])


def _day(key: str, line: Line, table: Table) -> date | None:
    text = line.cells[key]
    if not text:
        return None
    try:
        return parse_date(text)
    except InvalidDate as fault:
        table.fault(line.number, f"{key} {fault}", f"ghi {key}, ví dụ {fault.example}")
        return None


def _verdict(line: Line, table: Table) -> Verdict | None:
    text = line.cells["ket_luan"]
    if not text:
        return None
    words = [verdict.value for verdict in Verdict]
    if text not in words:
        near = nearest(text, words)
        fix = f"ghi {near} thay cho {excerpt(text)}" if near else f"ghi một trong {', '.join(words)}, hoặc để trống"
        table.fault(line.number, f"ket_luan «{excerpt(text)}» không có trong danh mục", fix)
        return None
    return Verdict(text)


_PERSONAL = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "địa chỉ thư"),
    (re.compile(r"(?<![\d./-])(?:\+84|0)(?:[ .-]?\d){9}(?!\d)"), "số điện thoại"),
    (re.compile(r"(?<![\d./-])\d{12}(?!\d)"), "số căn cước"),
    (re.compile(r"\b(?:ông|bà|anh|chị)((?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]+){2,4})"), "tên người"),
)


def _personal(line: Line) -> Iterator[Fault]:
    """What of a row tells who a person is; the message does not repeat it."""
    for key in ("noi_dung", "ghi_chu"):
        for pattern, what in _PERSONAL:
            if pattern.search(line.cells[key]):
                yield Fault(PERSONAL, line.number, values={"cot": key, "gi": what})


def unknown_entries(rows: Iterable[Mistake], catalogue: Catalogue) -> Iterator[tuple[str, Fault]]:
    """The rows about an entry that is not there, as (path, fault)."""
    for row in rows:
        if row.entry and row.entry not in catalogue.by_id:
            near = nearest(row.entry, catalogue.by_id)
            fix = f"ghi {near} thay cho {row.entry}" if near else "ghi mã của một tin đã có, hoặc để trống"
            values = {"ly_do": f"không có tin «{row.entry}»", "sua": fix}
            yield row.path, Fault(BROKEN, row.line, values=values)


def review_rows(rows: Iterable[Mistake], catalogue: Catalogue, until: date) -> Iterator[Row]:
    """The office's list: reports without an answer, and what was found wrong and still stands."""
    today = day_of(catalogue.now)
    for mistake in rows:
        entry = catalogue.find(mistake.entry) if mistake.entry else None
        if mistake.answered is None:
            yield _unanswered(mistake, entry, catalogue.vocabularies, today, until)
        if mistake.verdict is Verdict.WRONG and entry is not None and not _is_mended(entry, mistake, today):
            texts = (
                f"báo lỗi ngày {format_date(mistake.received)} đúng là sai, tin chưa đính chính: {mistake.text}",
                "Luật 01/2026 Đ22: sai thì đính chính kịp thời và công khai điều đã đính chính",
                f"chạy: chinhsach dinh-chinh {entry.id}",
            )
            yield _listed(mistake, entry, "bao-loi-chua-dinh-chinh", Urgency.DUE, texts)


def _unanswered(mistake: Mistake, entry: Entry | None, known: Vocabularies, today: date, until: date) -> Row:
    rule, due = clock(mistake, known)
    urgency = Urgency.NOTED
    if due.day is not None and due.day <= until:
        urgency = Urgency.OVERDUE if due.day < today else Urgency.DUE
    last = f"hạn trả lời là {format_date(due.day)}" if due.day else f"hạn trả lời: chưa rõ ({due.reason})"
    texts = (
        f"báo lỗi nhận ngày {format_date(mistake.received)}, {last}: {mistake.text}",
        f"{rule.text}: {rule.amount}, {rule.article}" if rule else "người báo lỗi chờ câu trả lời",
        "kiểm tra, trả lời, rồi ghi ket_luan và ngay_tra_loi vào dòng này",
    )
    return _listed(mistake, entry, "bao-loi", urgency, texts, due.day)


def _listed(
    mistake: Mistake,
    entry: Entry | None,
    code: str,
    urgency: Urgency,
    texts: tuple[str, str, str],
    due: date | None = None,
) -> Row:
    units = entry.owner.lead if entry else ()
    return Row(urgency, code, units, mistake.path, mistake.line, mistake.entry or "trang khác", *texts, due)


def _is_mended(entry: Entry, mistake: Mistake, today: date) -> bool:
    """Whether the entry's log has a correction or removal since the report came in."""
    days = [day_of(change.moment) for change in entry.policy.changes if change.kind in _MENDED]
    if entry.policy.removal is not None:
        days.append(day_of(entry.policy.removal.moment))
    return any(mistake.received <= day <= today for day in days)
