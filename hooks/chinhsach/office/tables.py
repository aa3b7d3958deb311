"""An XLSX or CSV file of a document system in, its rows of cells with their places out.

openpyxl reads row by row and is asked for only here; what the file says of its own size is not believed.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from ..text import clean, fold, nfc

Cell = str | int | float | date | None
MOST_BYTES = 25_000_000
MOST_UNPACKED = 300_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 100
_SAVE_AS = "mở tệp bằng Excel, chọn Lưu thành, kiểu «Excel Workbook (*.xlsx)»"


class CannotRead(ValueError):
    """Why a file is not read, in Vietnamese, with what to do."""


class Line(NamedTuple):
    """One row: where it stands («Sheet1 dòng 5»), its sheet, and its cells."""

    place: str
    sheet: str
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell is not None and str(cell).strip() for cell in self.cells)


def read(data: bytes) -> Iterator[Line]:
    """The rows of a file, whatever its name says it is. Raises CannotRead, sometimes only after some rows."""
    if len(data) > MOST_BYTES:
        raise CannotRead(f"tệp lớn quá {MOST_BYTES // 1_000_000} MB; hãy xuất từng năm một")
    if data.startswith(b"PK"):
        return _limited(_workbook(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotRead(f"tệp .xls kiểu cũ hoặc có mật khẩu; {_SAVE_AS}, bỏ mật khẩu")
    if data.lstrip()[:15].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise CannotRead(f"tệp thật ra là trang HTML hoặc XML mang đuôi Excel; {_SAVE_AS}")
    return _limited(_csv(decode(data)))


def _limited(lines: Iterable[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        if number >= MOST_ROWS:
            raise CannotRead(f"tệp có quá {MOST_ROWS} dòng; hãy xuất từng năm một")
        yield line


# --- CSV


def decode(data: bytes) -> str:
    """The text of UTF-8, UTF-16 with its mark, or cp1258; anything else is refused, for it would be misread."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, name)
    if b"\0" in data:
        raise CannotRead("tệp không phải chữ; hãy xuất ra .xlsx hoặc CSV UTF-8")
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        text = nfc(_decoded(data, "cp1258"))
    if not _is_vietnamese(text):
        raise CannotRead(
            "không nhận ra bảng mã của tệp (có thể là TCVN3 hoặc VNI); mở bằng Excel, chọn Lưu thành, kiểu «CSV UTF-8»"
        )
    return clean(text)


def _decoded(data: bytes, name: str) -> str:
    try:
        return clean(data.decode(name))
    except UnicodeDecodeError:
        raise CannotRead("tệp có chỗ không đọc được chữ; hãy xuất lại ra .xlsx hoặc CSV UTF-8") from None


_MARKS = frozenset(" \u00a0–—‘’“”…•«»°§·€´")


def _is_vietnamese(text: str) -> bool:
    """Whether every letter beyond ASCII is one of the Vietnamese alphabet: of a misread encoding some never are."""
    others = {letter for letter in text if not letter.isascii()} - _MARKS
    return bool(others) and all(_is_vietnamese_letter(letter) for letter in others)


_BASES = frozenset("aeiouyd")


def _is_vietnamese_letter(letter: str) -> bool:
    return letter.isalpha() and fold(letter) in _BASES and letter.lower() in _LETTERS


_LETTERS = frozenset("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")


def _csv(text: str) -> Iterator[Line]:
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=_delimiter(lines))
    try:
        start = 1
        for cells in reader:
            yield Line(f"dòng {start}", "", tuple(cells))
            start = reader.line_num + 1
    except csv.Error:
        raise CannotRead(f"dòng {reader.line_num} có ô quá dài hoặc dấu nháy kép không đóng") from None


def _delimiter(lines: list[str]) -> str:
    """The mark that parts the most cells in the first lines."""
    head = "".join(lines[:20])
    return max(";\t,", key=head.count)


# --- XLSX


def _workbook(data: bytes) -> Iterator[Line]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise CannotRead("chưa cài phần đọc Excel; chạy: pip install -e '.[van-phong]'") from None
    _refuse_bombs(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield from _sheet(sheet, book.epoch)
    except CannotRead:
        raise
    except Exception:  # openpyxl raises KeyError, ValueError, its own and the parser's errors for a broken file
        raise CannotRead(f"tệp Excel hỏng; {_SAVE_AS}") from None


def _sheet(sheet: Any, epoch: datetime) -> Iterator[Line]:
    sheet.reset_dimensions()  # exporters write a wrong size, and openpyxl would stop there
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        cells = tuple(_cell(cell) for cell in row)
        yield Line(f"{sheet.title} dòng {number}", sheet.title, cells)


def _cell(cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, (int, float, date)):
        return value
    return clean(str(value))


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > 2_000 or unpacked > MOST_UNPACKED or unpacked > 200 * max(len(data), 100_000):
                raise CannotRead("tệp nén quá nhiều dữ liệu, không giống một sổ văn bản; không đọc")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _declares_entities(archive, part):
                    raise CannotRead("tệp Excel có khai báo lạ, không giống tệp do Excel ghi; không đọc")
    except zipfile.BadZipFile:
        raise CannotRead(f"tệp Excel hỏng; {_SAVE_AS}") from None


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as content:
        return b"<!" in content.read(2_000).split(b"<worksheet", 1)[0].replace(b"<!--", b"")
