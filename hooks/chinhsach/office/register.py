"""`so-theo-doi/<năm>.csv` in, the documents that must be communicated and what is wrong with the file out.

A row that cannot be used is an error and never dropped in silence: a document that is not counted makes every figure
better than it is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ..dates import InvalidDate, format_date, parse_date
from ..numbers import DocumentNumber, InvalidNumber
from ..numbers import clean as clean_number
from ..numbers import parse as parse_number
from ..problems import Fault
from ..text import clean, excerpt, nearest, one_line
from ..vocabulary import Vocabularies, name_key
from .model import Exemption, RegisterRow

BROKEN, DOUBTFUL = "so-theo-doi-hong", "so-theo-doi-ngo"


class Column(NamedTuple):
    """A column of the register: its key, what it holds, whether every row must have it."""

    key: str
    hint: str
    required: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("so_ky_hieu", "số và ký hiệu như in trên văn bản", required=True),
    Column("ngay_ban_hanh", "ngày ghi trên văn bản", required=True),
    Column("co_quan_ban_hanh", "cơ quan ban hành; nhiều cơ quan thì cách nhau bằng dấu chấm phẩy", required=True),
    Column("trich_yeu", "trích yếu như in trên văn bản", required=True),
    Column("linh_vuc", "mã lĩnh vực trong linh-vuc.yml; nhiều mã thì cách nhau bằng dấu chấm phẩy"),
    Column("don_vi_chu_tri", "mã đơn vị trong don-vi.yml; nhiều mã thì cách nhau bằng dấu chấm phẩy"),
    Column("ngay_den", "ngày văn bản đến Sở"),
    Column(
        "han",
        "ngày cuối phải đăng tin, nếu lãnh đạo giao; "
        "không ghi, hoặc ghi muộn hơn hạn của quy-tac-thoi-han.yml, thì tính theo quy tắc ấy",
    ),
    Column("ly_do_mien", "vì sao không phải truyền thông văn bản này"),
    Column("noi_quyet_dinh_mien", "chức vụ hoặc đơn vị quyết định miễn, không ghi tên người"),
    Column("ghi_chu", "điều Văn phòng cần nhớ"),
)
KEYS = tuple(column.key for column in COLUMNS)
HEADER = ",".join(KEYS)
_REQUIRED = tuple(column.key for column in COLUMNS if column.required)
_DAYS = ("ngay_ban_hanh", "ngay_den", "han")
_TAIL = re.compile(r"^[0-9]{1,6}(?:\.[0-9]{1,3})?(?:/[0-9]{4})?(?=/)")


class Read(NamedTuple):
    """The rows of a register, and its faults: errors (`so-theo-doi-hong`) and reminders (`so-theo-doi-ngo`)."""

    rows: tuple[RegisterRow, ...]
    faults: tuple[Fault, ...]


def read(path: str, data: bytes, vocabularies: Vocabularies) -> Read:
    """Read one year's register; `path` is how messages name it. Never raises for what a clerk can write."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fix = "mở tệp bằng Excel, chọn Lưu thành, kiểu «CSV UTF-8»"
        return Read((), (broken(data.count(b"\n", 0, error.start) + 1, "tệp không ở bảng mã UTF-8", fix),))
    reader = _Reader(path, vocabularies)
    rows = tuple(reader.read(clean(text)))
    return Read(rows, tuple(reader.faults))


Swap = Mapping[str, str]
"""What is to stand in the line instead of what, for the line to type: `cu` and `moi`; or `xoa`, the line goes."""


def swap(old: str, new: str | None) -> Swap:
    """The swap of a cell's text for another; nothing where nobody knows the other."""
    return {"cu": old, "moi": new} if new else {}


def broken(line: int, reason: str, fix: str, mend: Swap | None = None) -> Fault:
    """An error of a row or of the file."""
    return Fault(BROKEN, line, values={"ly_do": reason, "sua": fix, **(mend or {})})


def doubtful(line: int, reason: str, why: str, fix: str, mend: Swap | None = None) -> Fault:
    """A reminder: the row counts, but something in it may keep it from being found."""
    return Fault(DOUBTFUL, line, values={"ly_do": reason, "vi": why, "sua": fix, **(mend or {})})


class Numbers:
    """Reads document numbers, each symbol judged once: there are few symbols and many numbers."""

    def __init__(self) -> None:
        self._good: dict[str, DocumentNumber] = {}

    def read(self, text: str) -> DocumentNumber:
        """The number. Raises InvalidNumber."""
        start = _TAIL.match(text)
        digits = start[0] if start else ""
        number, _, year = digits.partition("/")
        if not digits or not number.strip("0.") or (year and not 1945 <= int(year) <= 2100):
            return parse_number(clean_number(text))
        shape = ("/2000" if year else "") + text[len(digits) :]
        if shape not in self._good:
            parse_number(text)
            self._good[shape] = parse_number(f"1{shape}")
        model = self._good[shape]
        if not year and number.isdigit() and 1945 <= int(number) <= 2100:
            return parse_number(text)  # may be a year that stands for a number
        return DocumentNumber(text, number, int(year) if year else None, model.type, model.organ)


class _Reader:
    """Turns lines into rows."""

    def __init__(self, path: str, vocabularies: Vocabularies) -> None:
        self.path = path
        self.known = vocabularies
        self.faults: list[Fault] = []
        self.numbers = Numbers()
        self.days: dict[str, date | InvalidDate] = {}
        self.issuers: dict[str, frozenset[str]] = {}
        self.places: tuple[int, ...] = ()
        self.line = 1

    def read(self, text: str) -> Iterator[RegisterRow]:
        lines = csv.reader(text.splitlines(keepends=True), strict=True)
        try:
            for cells in lines:
                if not self.places:
                    if not self.take_header(cells):
                        return
                elif any(cell.strip() for cell in cells) and (row := self.row(cells)):
                    yield row
                self.line = lines.line_num + 1
        except csv.Error:
            fix = "ô có dấu phẩy hay xuống dòng thì đặt trọn trong một cặp dấu nháy kép"
            self.faults.append(broken(self.line, "dấu nháy kép mở mà không đóng, hoặc đóng sai chỗ", fix))
            return
        if not self.places:
            self.faults.append(broken(1, "tệp không có dòng tiêu đề", f"ghi dòng đầu: {HEADER}"))

    def take_header(self, cells: list[str]) -> bool:
        names = [cell.strip() for cell in cells]
        if names == [""]:
            names = []
        before = len(self.faults)
        misspelt: set[str] = set()
        for name in dict.fromkeys(names):
            if name not in KEYS:
                near = nearest(name, [key for key in KEYS if key not in names]) or ""
                misspelt.add(near)
                fix = f"ghi {near} thay cho {name}" if near else f"xóa cột này; dòng tiêu đề là {HEADER}"
                self.faults.append(broken(1, f"cột lạ «{excerpt(name)}»", fix, swap(name, near)))
            elif names.count(name) > 1:
                self.faults.append(broken(1, f"cột «{name}» có hai lần", f"để lại một cột {name}"))
        missing = [key for key in KEYS if key not in names and key not in misspelt]
        if missing and names:
            self.faults.append(broken(1, f"thiếu cột «{', '.join(missing)}»", f"ghi dòng đầu: {HEADER}"))
        if names and len(self.faults) == before:
            self.places = tuple(names.index(key) for key in KEYS)
        return bool(names) and len(self.faults) == before

    def row(self, cells: list[str]) -> RegisterRow | None:
        if len(cells) != len(self.places):
            reason = f"dòng có {len(cells)} ô, cần {len(self.places)}"
            self.error(reason, "thêm hoặc bớt dấu phẩy cho đủ; ô có dấu phẩy thì đặt trong dấu nháy kép")
            return None
        given = {key: one_line(cells[place]) for key, place in zip(KEYS, self.places, strict=True)}
        before = len(self.faults)
        for key in _REQUIRED:
            if not given[key]:
                self.error(f"thiếu {key}", f"ghi vào cột {key}: {COLUMNS[KEYS.index(key)].hint}")
        days = {key: self.day(key, given[key]) for key in _DAYS}
        fields = self.ids("linh_vuc", given["linh_vuc"], self.known.fields)
        units = self.ids("don_vi_chu_tri", given["don_vi_chu_tri"], self.known.units)
        exemption = self.exemption(given)
        issued = days["ngay_ban_hanh"]
        if len(self.faults) > before or issued is None:
            return None
        return self.make(given, issued, days, fields, units, exemption)

    def make(
        self,
        given: Mapping[str, str],
        issued: date,
        days: Mapping[str, date | None],
        fields: tuple[str, ...],
        units: tuple[str, ...],
        exemption: Exemption | None,
    ) -> RegisterRow:
        if not units and exemption is None:
            why = "không giao đơn vị thì không ai được đôn đốc"
            self.remind("chưa ghi đơn vị chủ trì", why, "ghi mã đơn vị vào cột don_vi_chu_tri, ví dụ van-phong-so")
        return RegisterRow(
            self.path,
            self.line,
            given["so_ky_hieu"],
            self.number(given["so_ky_hieu"]),
            issued,
            given["co_quan_ban_hanh"],
            self.issuers_of(given["co_quan_ban_hanh"]),
            given["trich_yeu"],
            fields,
            units,
            days["ngay_den"],
            days["han"],
            exemption,
            given["ghi_chu"],
        )

    def error(self, reason: str, fix: str, mend: Swap | None = None) -> None:
        self.faults.append(broken(self.line, reason, fix, mend))

    def remind(self, reason: str, why: str, fix: str, mend: Swap | None = None) -> None:
        self.faults.append(doubtful(self.line, reason, why, fix, mend))

    def day(self, key: str, text: str) -> date | None:
        if not text:
            return None
        if text not in self.days:
            try:
                self.days[text] = parse_date(text)
            except InvalidDate as fault:
                self.days[text] = fault
        found = self.days[text]
        if isinstance(found, InvalidDate):
            self.error(f"{key} {found}", f"ghi {key} như in trên văn bản, ví dụ {found.example}")
            return None
        return found

    def number(self, text: str) -> DocumentNumber | None:
        try:
            return self.numbers.read(text)
        except InvalidNumber as fault:
            fix = f"so_ky_hieu: {fault.suggestion}" if fault.suggestion else "ghi so_ky_hieu như in trên văn bản"
            why = "số không đọc được thì không khớp được với tin nào"
            self.remind(f"so_ky_hieu {fault}", why, fix, swap(text, fault.suggestion))
            return None

    def issuers_of(self, text: str) -> frozenset[str]:
        """The bodies that the cell names: ids, or the folded names of those that nobody knows."""
        if text not in self.issuers:
            found: set[str] = set()
            for name in self.known.find_issuers(text) or [part.strip() for part in text.split(";") if part.strip()]:
                ids = self.known.find_issuers(name)
                if not ids:
                    near = nearest(name, (issuer.name for issuer in self.known.issuers.values()))
                    fix = f"ghi {near} thay cho {excerpt(name)}" if near else "thêm cơ quan này vào co-quan.yml"
                    why = "tên cơ quan lạ chỉ khớp với tin ghi đúng tên ấy"
                    self.remind(f"không có cơ quan nào tên «{excerpt(name)}»", why, fix, swap(name, near))
                found.update(ids or (name_key(name),))
            self.issuers[text] = frozenset(found)
        return self.issuers[text]

    def ids(self, key: str, text: str, known: Mapping[str, object]) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))
        for one in found:
            if one not in known:
                near = nearest(one, known)
                fix = f"ghi {near} thay cho {excerpt(one)}" if near else f"chọn trong: {', '.join(list(known)[:12])}"
                self.error(f"{key} «{excerpt(one)}» không có trong danh mục", fix, swap(one, near))
        return found

    def exemption(self, given: Mapping[str, str]) -> Exemption | None:
        reason, decided_by = given["ly_do_mien"], given["noi_quyet_dinh_mien"]
        if bool(reason) != bool(decided_by):
            missing = "noi_quyet_dinh_mien" if reason else "ly_do_mien"
            self.error(
                f"miễn truyền thông mà thiếu {missing}",
                f"ghi vào cột {missing}: {COLUMNS[KEYS.index(missing)].hint}; không miễn thì để trống cả hai cột",
            )
            return None
        return Exemption(reason, decided_by) if reason else None


def cells_of(row: Mapping[str, str]) -> list[str]:
    """A row's cells in the order of the columns."""
    return [row.get(key, "") for key in KEYS]


def shown_day(day: date | None) -> str:
    """A day as the register writes it, "" for none."""
    return format_date(day) if day else ""
