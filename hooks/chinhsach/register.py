"""The office's register of documents (`van-ban-tra-cuu.csv`) in, rows to look up by number and by name of law out.

A row is evidence with a source, not truth: whoever disagrees with it is told both readings.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .numbers import InvalidNumber
from .numbers import parse as parse_number
from .problems import Fault
from .text import clean, fold, nearest
from .vocabulary import FOLDER

FILE = "van-ban-tra-cuu.csv"
PATH = f"{FOLDER}/{FILE}"
COLUMNS = (
    "so_ky_hieu",
    "loai",
    "co_quan_ban_hanh",
    "ngay_ban_hanh",
    "ngay_hieu_luc",
    "trich_yeu",
    "nguon",
    "kiem_chung",
)
_NEEDED = COLUMNS[:4]
_NUMBER = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?[a-eA-E]?)(?=[/-])")
_LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


class Row(NamedTuple):
    """One document of the register; `effective` is None and the texts are empty where the register does not know."""

    number: str
    type: str
    issuer: str
    issued: date
    effective: date | None
    subject: str
    source: str
    line: int

    @property
    def url(self) -> str:
        """Where the row's source can be read, if it is an address at all."""
        return self.source if self.source.startswith(("https://", "http://")) else ""


class Register:
    """The rows by number, and the laws by name; `faults` are what is wrong with the file."""

    def __init__(self, rows: tuple[Row, ...] = (), faults: tuple[Fault, ...] = ()) -> None:
        self.rows = rows
        self.faults = faults
        self.by_number: dict[str, list[Row]] = {}
        for row in rows:
            self.by_number.setdefault(row.number, []).append(row)
        self._by_name: dict[str, list[Row]] | None = None
        self._by_day: dict[date, list[Row]] | None = None

    def laws_named(self, name: str) -> list[Row]:
        """The laws, codes and ordinances that bear this name, whatever their year."""
        if self._by_name is None:
            self._by_name = {}
            for row in self.rows:
                if row.type in _LAWS:
                    self._by_name.setdefault(law_key(row.subject), []).append(row)
        return self._by_name.get(law_key(name), [])

    def issued_on(self, day: date) -> list[Row]:
        """The documents of one day."""
        if self._by_day is None:
            self._by_day = {}
            for row in self.rows:
                self._by_day.setdefault(row.issued, []).append(row)
        return self._by_day.get(day, [])


EMPTY = Register()

_AMENDING = re.compile(
    r"sua doi(?:, bo sung)? mot so dieu cua (?:bo luat|luat|phap lenh) (?!.*(?:,| va) (?:bo )?luat )(.+)"
)
_YEAR = re.compile(r" nam(?: [0-9]{4})?$")


def law_key(name: str) -> str:
    """A law's name without accents, the word «Luật» and the year; the two ways of naming an amendment are one.

    «Luật sửa đổi, bổ sung một số điều của Luật Cư trú» and the register's «Luật Cư trú sửa đổi năm 2013» are equal.
    """
    key = _YEAR.sub("", " ".join(fold(name).replace("–", "-").split()).strip(" .;,"))
    key = key.removeprefix("bo ").removeprefix("luat ").removeprefix("phap lenh ")
    if amending := _AMENDING.fullmatch(key):
        return f"{amending[1]} sua doi"
    return key


def load(root: Path) -> Register:
    """Read `<root>/policies/_danh-muc/van-ban-tra-cuu.csv`; without the file the register is empty.

    UTF-8 with or without a byte order mark. What cannot be used is a fault (`tra-cuu-hong`) at its line and left out.
    """
    if (root / PATH).is_symlink():  # it could lead out, and a message quotes what it reads
        return Register((), (_fault(1, "đây là lối tắt, không phải tệp thật"),))
    try:
        data = (root / PATH).read_bytes()
    except FileNotFoundError:
        return EMPTY
    return _parsed(data)


@lru_cache(maxsize=2)
def _parsed(data: bytes) -> Register:
    """A preview that builds again and again, and a check before it, find the same file: 3,000 rows take a while."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Register((), (_fault(line, "tệp không ở bảng mã UTF-8"),))
    reader = _Reader(clean(text))
    rows = tuple(reader.read())
    return Register(rows, tuple(reader.faults))


def _fault(line: int, reason: str) -> Fault:
    return Fault("tra-cuu-hong", line, values={"ly_do": reason})


class _Reader:
    """Turns lines into rows; the csv module's reader knows the line that it stands on."""

    def __init__(self, text: str) -> None:
        self.lines = csv.reader(text.splitlines(keepends=True), strict=True)
        self.faults: list[Fault] = []
        self.places: tuple[int, ...] = ()
        self.keys: dict[tuple[str, str, str], int] = {}
        self.days: dict[str, date | None] = {"": None}
        self.symbols: dict[str, str] = {}

    def read(self) -> Iterator[Row]:
        started = 1
        try:
            for cells in self.lines:
                if not self.places:
                    if not self.take_header(cells):
                        return
                elif cells and (row := self.row(cells, started)):
                    yield row
                started = self.lines.line_num + 1
        except csv.Error:
            self.faults.append(_fault(started, "dấu nháy kép mở mà không đóng, hoặc đóng sai chỗ"))

    def take_header(self, cells: list[str]) -> bool:
        names = [cell.strip() for cell in cells]
        misspelt: set[str] = set()
        for name in dict.fromkeys(names):
            if name not in COLUMNS:
                near = nearest(name, [column for column in COLUMNS if column not in names]) or ""
                misspelt.add(near)
                self.faults.append(_fault(1, f"cột lạ «{name}»" + (f", gần nhất là «{near}»" if near else "")))
            elif names.count(name) > 1:
                self.faults.append(_fault(1, f"cột «{name}» có hai lần"))
        missing = [column for column in COLUMNS if column not in names and column not in misspelt]
        self.faults.extend(_fault(1, f"thiếu cột «{column}»") for column in missing)
        self.places = tuple(names.index(name) for name in COLUMNS if name in names)
        return not self.faults

    def row(self, cells: list[str], line: int) -> Row | None:
        if len(cells) != len(self.places):
            reason = f"dòng có {len(cells)} ô, cần {len(self.places)}; ô có dấu phẩy phải nằm trong dấu nháy kép"
            self.faults.append(_fault(line, reason))
            return None
        number, kind, issuer, issued, effective, subject, source, _ = (cells[place].strip() for place in self.places)
        reason = self.why_not(dict(zip(_NEEDED, (number, kind, issuer, issued), strict=True)), effective)
        key = (number, issued, issuer)
        if not reason and self.keys.setdefault(key, line) != line:
            reason = f"số, ngày, cơ quan đã có ở dòng {self.keys[key]}"
        day = self.days.get(issued)
        if reason or day is None:
            self.faults.append(_fault(line, reason))
            return None
        return Row(number, kind, issuer, day, self.days[effective], subject, source, line)

    def why_not(self, needed: dict[str, str], effective: str) -> str:
        for name, value in needed.items():
            if not value:
                return f"thiếu {name}"
        for name, value in (("ngay_ban_hanh", needed["ngay_ban_hanh"]), ("ngay_hieu_luc", effective)):
            if value not in self.days:
                try:
                    self.days[value] = date.fromisoformat(value)
                except ValueError:
                    return f"{name} «{value}» không phải ngày có thật dạng năm-tháng-ngày"
        return self.why_no_number(needed["so_ky_hieu"])

    def why_no_number(self, number: str) -> str:
        # The symbol after number and year is what goes wrong, and there are few: each is judged once.
        start = _NUMBER.match(number)
        if start is None or not start[1].strip("0."):
            return f"so_ky_hieu «{number}» không phải số ký hiệu"
        rest = number[start.end() :]
        shape = re.sub(r"^/[0-9]{4}/", "/2000/", rest)
        if shape not in self.symbols:
            try:
                parse_number(f"1{shape}")
                self.symbols[shape] = ""
            except InvalidNumber as error:
                self.symbols[shape] = error.reason
        reason = self.symbols[shape]
        return f"so_ky_hieu «{number}»: {reason}" if reason else ""
