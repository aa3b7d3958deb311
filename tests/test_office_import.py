"""The import of a document system's register: every row's fate is told, nothing is guessed, no hostile file is read."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_support import lay_register, office_of
from support import ROOT, vocabularies

from chinhsach import vocabulary
from chinhsach.office import importing, place, register, tables
from chinhsach.office.importing import Imported
from chinhsach.office.tables import CannotRead
from chinhsach.text import without_tone

NAMES = ("STT", "Ngày đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung", "Đơn vị xử lý")
ROW = ("1", "1/6/2023", "UBND tỉnh Lạng Sơn", "643/UBND-KGVX", "30/5/2023", "Ví dụ: văn bản giao việc", "Văn phòng Sở")
OTHER = ("2", "2/6/2023", "Bộ Tài chính", "71/2023/TT-BTC", "31/5/2023", "Ví dụ: thông tư", "Phòng Đăng ký kinh doanh")
Cells = Sequence[object]


def aliases() -> importing.Aliases:
    return importing.aliases_of(vocabulary.load_rows(ROOT, "cot-so-theo-doi.yml", "cot"))


def as_csv(*rows: Cells, delimiter: str = ",", names: Cells = NAMES) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([names, *rows])
    return buffer.getvalue()


def as_workbook(*sheets: Sequence[Cells], title: Cells = ("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN",)) -> bytes:
    """A workbook of the sheets' rows, each under a title and the names of its columns."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for place_, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sổ {place_}")
        for row in [title, NAMES, *rows]:
            sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def taken(data: bytes, root: Path, year: int | None = None) -> Imported:
    return importing.sort_rows(tables.read(data), aliases(), vocabularies(), office_of(root).rows, year)


def keys_of(imported: Imported) -> list[dict[str, str]]:
    return [dict(zip(register.KEYS, cells, strict=True)) for rows in imported.added.values() for cells in rows]


def fates(imported: Imported) -> int:
    lists = (imported.present, imported.doubled, imported.other_year, imported.unread)
    return imported.added_count + sum(len(rows) for rows in lists)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_of_any_delimiter_and_unicode_form_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    got = taken(as_csv(ROW, OTHER, delimiter=delimiter).encode(encoding), tmp_path)
    assert [(row["so_ky_hieu"], row["don_vi_chu_tri"]) for row in keys_of(got)] == [
        ("643/UBND-KGVX", "van-phong-so"),
        ("71/2023/TT-BTC", "phong-dkkd"),
    ]


def cp1258(text: str) -> bytes:
    """The text as Windows wrote Vietnamese before Unicode: a letter that has no code is its base and a tone mark."""
    coded = b""
    for letter in text:
        try:
            coded += letter.encode("cp1258")
        except UnicodeEncodeError:
            tone = [mark for mark in unicodedata.normalize("NFD", letter) if mark in "\u0300\u0301\u0303\u0309\u0323"]
            coded += (without_tone(letter) + "".join(tone)).encode("cp1258")
    return coded


def test_cp1258_is_recognised_by_its_vietnamese_letters(tmp_path: Path) -> None:
    (row,) = keys_of(taken(cp1258(as_csv(ROW)), tmp_path))
    assert (row["co_quan_ban_hanh"], row["trich_yeu"]) == ("UBND tỉnh Lạng Sơn", "Ví dụ: văn bản giao việc")


@pytest.mark.parametrize("encoding", ["cp1252", "koi8-r"])
def test_another_encoding_is_refused_and_never_misread(tmp_path: Path, encoding: str) -> None:
    text = as_csv(("1", "1/6/2023", "µ¸¶·¹", "643/UBND-KGVX", "30/5/2023", "®¹i", "x") if encoding == "cp1252" else ROW)
    with pytest.raises(CannotRead, match=r"bảng mã|chữ"):
        taken(text.encode(encoding, "replace") + b"\xb5\xae\xd6\xdc\n", tmp_path)


def test_days_are_read_from_dates_serial_numbers_and_text(tmp_path: Path) -> None:
    rows = [
        ("1", datetime(2023, 6, 1, 8, 30), *ROW[2:4], date(2023, 5, 30), *ROW[5:]),
        ("2", 45079, "Bộ Tài chính", "1/TB-BTC", 45077.0, *ROW[5:]),
        ("3", "45080", "Bộ Tài chính", "2/TB-BTC", "ngày 30 tháng 5 năm 2023", *ROW[5:]),
    ]
    got = keys_of(taken(as_workbook(rows), tmp_path))
    assert [(row["ngay_den"], row["ngay_ban_hanh"]) for row in got] == [
        ("1/6/2023", "30/5/2023"),
        ("2/6/2023", "31/5/2023"),
        ("3/6/2023", "30/5/2023"),
    ]


def test_number_and_day_in_one_cell_are_parted(tmp_path: Path) -> None:
    names = ("Cơ quan gửi", "Số, ký hiệu; ngày, tháng văn bản", "Trích yếu")
    row = ("UBND tỉnh Lạng Sơn", "Số 643/UBND-KGVX, ngày 30/5/2023", "Ví dụ: văn bản giao việc")
    (got,) = keys_of(taken(as_csv(row, names=names).encode(), tmp_path))
    assert (got["so_ky_hieu"], got["ngay_ban_hanh"]) == ("643/UBND-KGVX", "30/5/2023")


def test_every_sheet_with_names_is_read_and_one_without_is_told(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook([ROW], [OTHER])))
    book.create_sheet("Ghi chú").append(["Ví dụ: dòng chữ rời"])
    target = io.BytesIO()
    book.save(target)
    got = taken(target.getvalue(), tmp_path)
    assert got.added_count == 2
    assert [kept.place for kept in got.unread] == ["Ghi chú dòng 1"]
    assert fates(got) == got.total == 3


def test_a_workbook_that_states_a_wrong_size_is_read_whole(tmp_path: Path) -> None:
    source = zipfile.ZipFile(io.BytesIO(as_workbook([ROW, OTHER])))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b'<dimension ref="A1:G4"', b'<dimension ref="A1"')
                assert b'ref="A1"' in content
            changed.writestr(name, content)
    assert taken(target.getvalue(), tmp_path).added_count == 2


@pytest.mark.parametrize(
    ("place_", "value", "why"),
    [
        (4, "30/2/2023", "tháng 2 năm 2023 có 28 ngày"),
        (4, "5/30/2023", "một năm có 12 tháng"),
        (4, "30/5/23", "bốn chữ số"),
        (4, "", "thiếu ngay_ban_hanh"),
        (3, "", "thiếu so_ky_hieu"),
        (2, "", "thiếu co_quan_ban_hanh"),
        (5, "", "thiếu trich_yeu"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_never_dropped(tmp_path: Path, place_: int, value: str, why: str) -> None:
    wrong = (*ROW[:place_], value, *ROW[place_ + 1 :])
    got = taken(as_csv(wrong, OTHER).encode(), tmp_path)
    assert got.added_count == 1
    (kept,) = got.unread
    assert kept.place == "dòng 2"
    assert why in kept.why
    assert all(cell in kept.text for cell in wrong if cell)


def test_a_number_that_the_spreadsheet_took_for_a_day_is_told(tmp_path: Path) -> None:
    got = taken(as_workbook([(*ROW[:3], date(2023, 12, 1), *ROW[4:])]), tmp_path)
    assert [kept.why for kept in got.unread] == ["thiếu so_ky_hieu"]


def test_a_unit_that_nobody_has_is_left_open_and_told(tmp_path: Path) -> None:
    got = taken(as_csv((*ROW[:6], "Ví dụ: phòng lạ")).encode(), tmp_path)
    assert keys_of(got)[0]["don_vi_chu_tri"] == ""
    assert any(where == "dòng 2" and "Ví dụ: phòng lạ" in said for where, said in got.hints)


def test_importing_twice_adds_nothing_twice(tmp_path: Path) -> None:
    where = place.Place(tmp_path / place.DEFAULT, place.DEFAULT)
    data = as_workbook([ROW, OTHER, ROW])
    first = taken(data, tmp_path)
    assert (first.added_count, len(first.doubled)) == (2, 1)
    assert importing.write(where, first) == [("_van-phong/so-theo-doi/2023.csv", 2)]
    kept = where.register(2023).read_bytes()
    again = taken(data, tmp_path)
    assert (again.added_count, len(again.present)) == (0, 3)
    importing.write(where, again)
    assert where.register(2023).read_bytes() == kept
    assert office_of(tmp_path).findings == ()


def test_rows_go_to_the_year_in_which_they_came_in_the_files_own_order_of_columns(tmp_path: Path) -> None:
    where = place.Place(tmp_path / place.DEFAULT, place.DEFAULT)
    lay_register(tmp_path, year=2023)
    where.register(2023).write_text(",".join(reversed(register.KEYS)), encoding="utf-8")
    new_year = ("3", "2/1/2024", "Bộ Tài chính", "9/TB-BTC", "29/12/2023", "Ví dụ: cuối năm", "")
    importing.write(where, taken(as_csv(ROW, new_year).encode(), tmp_path))
    assert [(row.path[-8:], row.number_text) for row in office_of(tmp_path).rows] == [
        ("2023.csv", "643/UBND-KGVX"),
        ("2024.csv", "9/TB-BTC"),
    ]


def test_with_a_year_the_rows_of_others_are_told(tmp_path: Path) -> None:
    got = taken(as_csv(ROW, OTHER).encode(), tmp_path, 2024)
    assert (got.added_count, [kept.why for kept in got.other_year]) == (0, ["thuộc năm 2023"] * 2)


def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path) -> None:
    got = keys_of(taken(as_csv((*ROW[:5], "=HYPERLINK(1)", ROW[6])).encode(), tmp_path))
    assert got[0]["trich_yeu"] == "'=HYPERLINK(1)"


def test_without_the_needed_columns_nothing_is_read(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="cot-so-theo-doi"):
        taken(as_csv(("1", "2"), names=("STT", "Số ký hiệu")).encode(), tmp_path)


def test_a_processing_deadline_is_no_deadline_of_communication() -> None:
    assert aliases()["han-xu-ly"] == importing.IGNORED


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 120_000_000)
    return target.getvalue()


def with_entities() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        bomb(),
        with_entities(),
        b"PK\x03\x04 khong phai tep nen",
        as_workbook([ROW])[:-200],
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        b"<html><table><tr><td>STT</td></tr></table></html>",
        b"\0" * 100,
        b"x" * (tables.MOST_BYTES + 1),
        b"",
        b'"' + b"a," * 200_000,
    ],
    ids=["bomb", "entities", "no-zip", "cut", "xls", "html", "binary", "big", "empty", "quote"],
)
def test_a_hostile_or_broken_file_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(CannotRead) as refused:
        taken(data, tmp_path)
    assert str(refused.value)


_cells = st.one_of(
    st.sampled_from([*ROW, *OTHER, "", "=1+1", "30/2/2023", "45077", '"', "a;b", "\n"]), st.text(max_size=12)
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(*[_cells] * len(NAMES)), max_size=8))
def test_every_row_that_is_not_blank_has_one_fate(tmp_path_factory: pytest.TempPathFactory, rows: list[Cells]) -> None:
    empty = tmp_path_factory.getbasetemp()
    got = importing.sort_rows(
        (tables.Line(f"dòng {n}", "", tuple(row)) for n, row in enumerate([NAMES, *rows])),  # type: ignore[arg-type]
        aliases(),
        vocabularies(),
        office_of(empty).rows,
    )
    assert fates(got) == got.total
    filled = [row for row in rows if any(str(cell).strip() for cell in row)]
    assert got.total <= len(filled)
    assert got.total >= sum(row[3] == ROW[3] and row[5] != "" for row in filled)
