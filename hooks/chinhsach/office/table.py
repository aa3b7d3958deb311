"""A small table of the office's (CSV with a heading) in, its rows by column with their lines and what is wrong out."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..problems import Fault
from ..text import clean, excerpt, nearest, one_line


class Line(NamedTuple):
    """One row: the line on which it begins, and the text of every column, "" for an empty cell."""

    number: int
    cells: Mapping[str, str]


class Table:
    """Reads one file. `code` is the fault of everything here; its values are `ly_do` and `sua`."""

    def __init__(self, code: str, columns: Sequence[str]) -> None:
        self.code = code
        self.columns = tuple(columns)
        self.faults: list[Fault] = []

    def fault(self, line: int, reason: str, fix: str) -> None:
        """Report what is wrong with a row, or with the whole file at line 1."""
        self.faults.append(Fault(self.code, line, values={"ly_do": reason, "sua": fix}))

    def read(self, data: bytes) -> Iterator[Line]:
        """The rows that can be used; blank ones do not count. Never raises for what a clerk can write."""
        try:
            text = clean(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.fault(line, "tệp không ở bảng mã UTF-8", "mở tệp bằng Excel, chọn Lưu thành, kiểu «CSV UTF-8»")
            return
        reader = csv.reader(text.splitlines(keepends=True), strict=True)
        places: tuple[int, ...] = ()
        begun = 1
        try:
            for cells in reader:
                if not places:
                    if not self._take_header([cell.strip() for cell in cells]):
                        return
                    places = tuple([cell.strip() for cell in cells].index(name) for name in self.columns)
                elif any(cell.strip() for cell in cells):
                    if len(cells) == len(places):
                        yield Line(begun, {n: one_line(cells[p]) for n, p in zip(self.columns, places, strict=True)})
                    else:
                        fix = "thêm hoặc bớt dấu phẩy cho đủ; ô có dấu phẩy thì đặt trong dấu nháy kép"
                        self.fault(begun, f"dòng có {len(cells)} ô, cần {len(places)}", fix)
                begun = reader.line_num + 1
        except csv.Error:
            fix = "ô có dấu phẩy hay xuống dòng thì đặt trọn trong một cặp dấu nháy kép"
            self.fault(begun, "dấu nháy kép mở mà không đóng, hoặc đóng sai chỗ", fix)
            return
        if not places:
            self.fault(1, "tệp không có dòng tiêu đề", f"ghi dòng đầu: {','.join(self.columns)}")

    def _take_header(self, names: list[str]) -> bool:
        before = len(self.faults)
        heading = f"ghi dòng đầu: {','.join(self.columns)}"
        misspelt: set[str] = set()
        for name in dict.fromkeys(names):
            if name not in self.columns:
                near = nearest(name, [column for column in self.columns if column not in names]) or ""
                misspelt.add(near)
                self.fault(1, f"cột lạ «{excerpt(name)}»", f"ghi {near} thay cho {name}" if near else heading)
            elif names.count(name) > 1:
                self.fault(1, f"cột «{name}» có hai lần", f"để lại một cột {name}")
        missing = [column for column in self.columns if column not in names and column not in misspelt]
        if missing:
            self.fault(1, f"thiếu cột «{', '.join(missing)}»", heading)
        return len(self.faults) == before
