"""`luot-xem/<năm>.csv` in, how often pages were read in which period out; and a counter's export into such rows.

Only pages of the site are kept, without what stands behind «?»: what somebody searched for is nobody's business.
Periods do not overlap, so that no view is counted twice.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from ..dates import InvalidDate, format_date, parse_date
from ..problems import Fault
from ..rules.dia_chi_cu_trung import OWN_ROOTS
from ..text import clean, excerpt, fold
from .table import Line, Table

FOLDER = "luot-xem"
BROKEN = "luot-xem-hong"
COLUMNS = ("tu", "den", "trang", "luot", "khach")
HEADER = ",".join(COLUMNS)
_NAMES = {
    "trang": ("trang", "duong dan", "dia chi", "url", "path", "page", "page path", "label", "data"),
    "luot": ("luot", "luot xem", "so luot", "hits", "views", "pageviews", "nb hits", "page views"),
    "khach": ("khach", "nguoi xem", "visitors", "unique visitors", "nb visits", "users"),
}
_PAGE = re.compile(r"(?:[a-z0-9][a-z0-9._-]*/)*")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Views(NamedTuple):
    """How often one page was read in a period, both days in it. `visitors` is None where that is not known."""

    path: str
    line: int
    since: date
    until: date
    page: str
    hits: int
    visitors: int | None

    @property
    def id(self) -> str:
        """Where the row stands: «_van-phong/luot-xem/2026.csv:3»."""
        return f"{self.path}:{self.line}"

    @property
    def entry(self) -> str:
        """The id of the entry whose page or full text it is, or ""."""
        parts = self.page.split("/")
        return parts[1] if parts[0] == "chinh-sach" and len(parts) > 2 and not parts[1].startswith("trang-") else ""


class Read(NamedTuple):
    """The rows of one year's file, and what is wrong with it."""

    rows: tuple[Views, ...]
    faults: tuple[Fault, ...]


def read(path: str, year: int, data: bytes) -> Read:
    """Read one year's counts; `path` is how messages name the file. Never raises for what a clerk can write."""
    table = Table(BROKEN, COLUMNS)
    rows: list[Views] = []
    seen: dict[tuple[date, date, str], int] = {}
    periods: dict[tuple[date, date], int] = {}
    for line in table.read(data):
        row = _row(path, year, line, table)
        if row is None:
            continue
        first = seen.setdefault((row.since, row.until, row.page), row.line)
        if first != row.line:
            table.fault(row.line, f"trang và kỳ này đã có ở dòng {first}", "xóa một trong hai dòng")
        elif other := _overlapping((row.since, row.until), periods):
            said = f"kỳ này chồng lên kỳ {_shown(other)} ở dòng {periods[other]}"
            table.fault(row.line, said, "giữ lại một trong hai kỳ: chồng nhau thì lượt xem bị đếm hai lần")
        else:
            periods.setdefault((row.since, row.until), row.line)
            rows.append(row)
    return Read(tuple(rows), tuple(table.faults))


def _overlapping(period: tuple[date, date], others: Iterable[tuple[date, date]]) -> tuple[date, date] | None:
    return next((o for o in others if o != period and o[0] <= period[1] and period[0] <= o[1]), None)


def _shown(period: tuple[date, date]) -> str:
    return f"{format_date(period[0])}–{format_date(period[1])}"


def _row(path: str, year: int, line: Line, table: Table) -> Views | None:
    before = len(table.faults)
    days: dict[str, date] = {}
    for key in ("tu", "den"):
        try:
            days[key] = parse_date(line.cells[key])
        except InvalidDate as fault:
            table.fault(line.number, f"{key} {fault}", f"ghi {key}, ví dụ {fault.example}")
    if len(days) == 2 and (days["den"] < days["tu"] or {days["tu"].year, days["den"].year} != {year}):
        table.fault(
            line.number, f"kỳ {_shown((days['tu'], days['den']))} không nằm trọn trong năm {year}", "sửa tu, den"
        )
    page = line.cells["trang"]
    if not _PAGE.fullmatch(page):
        fix = "ghi đường dẫn từ gốc trang, không có / ở đầu và có / ở cuối, ví dụ chinh-sach/04-2017-qh14/"
        table.fault(line.number, f"trang «{excerpt(page)}» không phải đường dẫn một trang", fix)
    counts = {key: _count(line.cells[key]) for key in ("luot", "khach")}
    if counts["luot"] is None:
        table.fault(line.number, f"luot «{excerpt(line.cells['luot'])}» không phải số", "ghi số lượt, ví dụ 120")
    if line.cells["khach"] and counts["khach"] is None:
        table.fault(line.number, f"khach «{excerpt(line.cells['khach'])}» không phải số", "ghi số, hoặc để trống")
    if len(table.faults) > before or counts["luot"] is None:
        return None
    return Views(path, line.number, days["tu"], days["den"], page, counts["luot"], counts["khach"])


def _count(text: str) -> int | None:
    digits = text.replace(".", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


# --- what a counter exports


class CannotImport(ValueError):
    """An export cannot be used; the message says why and what to do."""


class Export(NamedTuple):
    """A counter's export: its period as far as it says it, counts by page, and what was left out, in Vietnamese."""

    since: date | None
    until: date | None
    pages: Mapping[str, tuple[int, int | None]]
    left_out: tuple[str, ...]


def parse_export(data: bytes, base: str = "/") -> Export:
    """Read GoAccess's JSON report, or a CSV with a column of addresses and one of counts.

    `base`: the site's path on its host. Raises CannotImport.
    """
    try:
        text = clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CannotImport("tệp không ở bảng mã UTF-8; hãy xuất lại, hoặc lưu bằng Excel kiểu «CSV UTF-8»") from None
    if text.lstrip().startswith("{"):
        return _goaccess(text, base)
    return _sheet(text, base)


def _goaccess(text: str, base: str) -> Export:
    try:
        report = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" ở dòng {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise CannotImport(f"tệp JSON hỏng{where}; hãy chạy lại goaccess -o báo-cáo.json") from None
    panel = report.get("requests")
    rows = panel.get("data") if isinstance(panel, dict) else None
    if not isinstance(rows, list):
        raise CannotImport("tệp JSON không có bảng «requests» của GoAccess; hãy chạy goaccess -o báo-cáo.json")
    counted = _Counted(base)
    for row in rows:
        if isinstance(row, dict) and str(row.get("method") or "GET") == "GET":
            counted.add(str(row.get("data", "")), _number(row.get("hits")), _number(row.get("visitors")))
    whole = _number(_inner(panel, "metadata", "hits"))
    listed = sum(_number(row.get("hits")) or 0 for row in rows if isinstance(row, dict))
    if whole is not None and whole > listed:
        counted.notes.append(
            f"{whole - listed} lượt không nằm trong danh sách của GoAccess; chạy lại với --max-items lớn hơn"
        )
    general = report.get("general") if isinstance(report.get("general"), dict) else {}
    days = sorted(d for d in (_counter_day(r.get("data")) for r in _items(report.get("visitors"))) if d)
    since = _counter_day(general.get("start_date")) or (days[0] if days else None)
    until = _counter_day(general.get("end_date")) or (days[-1] if days else None)
    return counted.export(since, until)


def _items(panel: Any) -> list[dict[str, Any]]:
    rows = panel.get("data") if isinstance(panel, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _inner(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _number(value: Any) -> int | None:
    """A count of GoAccess: 12, {"count": 12}, {"value": 12} or {"total": {"value": 12}}, by version."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("count", "value", "total") if key in value), None)
        return _number(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _counter_day(value: Any) -> date | None:
    """A day as GoAccess writes it: 01/Nov/2026, 20261101 or 2026-11-01."""
    text = str(value or "").strip()
    if found := re.fullmatch(r"(\d{1,2})/([A-Za-z]{3})/(\d{4})", text):
        month = found[2].lower()
        text = f"{found[3]}{_MONTHS.index(month) + 1:02}{int(found[1]):02}" if month in _MONTHS else ""
    try:
        return datetime.strptime(text.replace("-", ""), "%Y%m%d").date()
    except ValueError:
        return None


def _sheet(text: str, base: str) -> Export:
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error:
        raise CannotImport("bảng CSV có dấu nháy kép mở mà không đóng") from None
    heads = [" ".join(re.findall(r"[a-z0-9]+", fold(cell))) for cell in rows[0]] if rows else []
    places = {key: next((heads.index(n) for n in names if n in heads), None) for key, names in _NAMES.items()}
    page, hits, visitors = places["trang"], places["luot"], places["khach"]
    if page is None or hits is None:
        raise CannotImport(
            "không thấy cột địa chỉ và cột số lượt; dòng đầu cần có trang và luot"
            f" (đã thấy: {', '.join(excerpt(cell) for cell in rows[0]) if rows else 'không có gì'})"
        )
    counted = _Counted(base)
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        count = _count(cells[hits].strip().replace(",", "")) if len(cells) > max(page, hits) else None
        if count is None:
            counted.notes.append(f"dòng {number}: không đọc được số lượt")
            continue
        known = (
            _count(cells[visitors].strip().replace(",", "")) if visitors is not None and visitors < len(cells) else None
        )
        counted.add(cells[page], count, known)
    return counted.export(None, None)


class _Counted:
    """Adds up counts by page of the site."""

    def __init__(self, base: str) -> None:
        self.base = "/" + base.strip("/") + "/" if base.strip("/") else "/"
        self.pages: dict[str, tuple[int, int | None]] = {}
        self.notes: list[str] = []
        self.others = 0

    def add(self, address: str, hits: int | None, visitors: int | None) -> None:
        page = page_of(address, self.base)
        if hits is None or page is None:
            self.others += 1
        elif page in self.pages:  # the same people may stand behind both addresses
            self.pages[page] = (self.pages[page][0] + hits, None)
        else:
            self.pages[page] = (hits, visitors)

    def export(self, since: date | None, until: date | None) -> Export:
        left = [f"{self.others} địa chỉ không phải trang đọc (tệp, nguồn tin, địa chỉ lạ)"] if self.others else []
        return Export(since, until, self.pages, (*left, *self.notes))


def page_of(address: str, base: str = "/") -> str | None:
    """The page of the site that an address leads to, from its root («chinh-sach/a/»); None for anything else."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return None
    path = path.removesuffix("index.html")
    if not path.startswith(base) or not path.endswith("/"):
        return None
    page = path.removeprefix(base)
    return page if _PAGE.fullmatch(page) and (not page or page.split("/")[0] in OWN_ROOTS) else None


def merged(kept: Iterable[Views], export: Export, since: date, until: date) -> list[list[str]]:
    """The cells of a year's file with the export's period put in its place, by period and page.

    Raises CannotImport where the period overlaps another one that is kept.
    """
    rows = [row for row in kept if (row.since, row.until) != (since, until)]
    other = _overlapping((since, until), {(row.since, row.until): row.line for row in rows})
    if other is not None:
        raise CannotImport(
            f"kỳ {_shown((since, until))} chồng lên kỳ đã nhập {_shown(other)}: lượt xem sẽ bị đếm hai lần;"
            " hãy xuất lại đúng kỳ chưa nhập"
        )
    found = [(row.since, row.until, row.page, row.hits, row.visitors) for row in rows]
    found += [(since, until, page, hits, visitors) for page, (hits, visitors) in export.pages.items()]
    return [
        [a.isoformat(), b.isoformat(), page, str(hits), "" if visitors is None else str(visitors)]
        for a, b, page, hits, visitors in sorted(found, key=lambda item: item[:3])
    ]


def as_csv(rows: Iterable[list[str]]) -> str:
    """A year's file with its heading."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return buffer.getvalue()
