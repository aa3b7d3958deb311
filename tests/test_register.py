"""The register: read fast, keyed by number, day and issuer, wrong lines told and left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support import NOW, ROOT, load, write_entry

from chinhsach import register
from chinhsach.check import check
from chinhsach.register import COLUMNS, law_key

HEADER = ",".join(COLUMNS)
LAW = "103/2016/QH13,Luật,Quốc hội,2016-04-05,2017-01-01,Luật Báo chí,ví dụ,nguon"


def lay(root: Path, *lines: str, encoding: str = "utf-8") -> None:
    path = root / register.PATH
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("\n".join((HEADER, *lines, "")).encode(encoding))


def reasons(root: Path) -> list[tuple[int, str]]:
    return [(fault.line, fault.values["ly_do"]) for fault in register.load(root).faults]


def test_the_projects_register_has_every_row_and_no_fault() -> None:
    known = register.load(ROOT)
    assert known.faults == ()
    assert len(known.rows) == 4240
    assert len({(row.number, row.issued, row.issuer) for row in known.rows}) == 4240
    assert {row.source == "" for row in known.rows} == {True, False}
    assert sum(row.source == "" for row in known.rows) == 7  # known only by general knowledge, and said so


def test_a_row_is_found_by_number_name_and_day(tmp_path: Path) -> None:
    lay(tmp_path, LAW)
    known = register.load(tmp_path)
    (row,) = known.by_number["103/2016/QH13"]
    assert (row.issued, row.effective, row.line, row.url) == (date(2016, 4, 5), date(2017, 1, 1), 2, "")
    assert known.laws_named("Luật báo chí") == known.issued_on(date(2016, 4, 5)) == [row]


def test_without_the_file_the_register_is_empty(tmp_path: Path) -> None:
    known = register.load(tmp_path)
    assert (known.rows, known.faults) == ((), ())


def test_byte_order_mark_crlf_and_decomposed_letters_are_taken(tmp_path: Path) -> None:
    lay(tmp_path, LAW.replace("Luật Báo chí", "Luật Báo chí"))
    path = tmp_path / register.PATH
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    known = register.load(tmp_path)
    assert known.faults == ()
    assert [row.subject for row in known.rows] == ["Luật Báo chí"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("71/2015,Thông tư,Bộ Tài chính,2015-05-11,,,,", "so_ky_hieu «71/2015»: thiếu ký hiệu sau năm"),
        ("0/CP,Nghị định,Chính phủ,1993-10-25,,,,", "so_ky_hieu «0/CP» không phải số ký hiệu"),
        ("74/CP,Nghị định,Chính phủ,25/10/1993,,,,", "ngay_ban_hanh «25/10/1993» không phải ngày"),
        ("74/CP,Nghị định,Chính phủ,1993-10-25,1993-02-30,,,", "ngay_hieu_luc «1993-02-30» không phải ngày"),
        ("74/CP,Nghị định,,1993-10-25,,,,", "thiếu co_quan_ban_hanh"),
        ("74/CP,Nghị định,Chính phủ,1993-10-25", "dòng có 4 ô, cần 8"),
        (LAW, "số, ngày, cơ quan đã có ở dòng 2"),
        ('74/CP,Nghị định,"Chính phủ,1993-10-25,,,,', "dấu nháy kép mở mà không đóng"),
    ],
)
def test_a_wrong_line_is_told_and_the_others_stay(line: str, reason: str, tmp_path: Path) -> None:
    lay(tmp_path, LAW, line)
    ((number, told),) = reasons(tmp_path)
    assert number == 3
    assert reason in told
    assert len(register.load(tmp_path).rows) == 1


def test_a_row_below_a_cell_of_several_lines_is_told_by_its_own_line(tmp_path: Path) -> None:
    lay(tmp_path, LAW.replace("Luật Báo chí", '"Luật\nBáo chí"'), "74/CP,Nghị định,Chính phủ,x,,,,")
    assert [line for line, _ in reasons(tmp_path)] == [4]


def test_another_encoding_is_told_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / register.PATH
    path.parent.mkdir(parents=True)
    path.write_bytes(HEADER.encode() + b"\n" + "x,Lu\xe2t".encode("cp1258", "replace") + b"\xff\n")
    assert reasons(tmp_path) == [(2, "tệp không ở bảng mã UTF-8")]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (HEADER.replace("trich_yeu", "trich_yeo"), ["cột lạ «trich_yeo», gần nhất là «trich_yeu»"]),
        (HEADER + ",zzzz", ["cột lạ «zzzz»"]),
        (HEADER + ",loai", ["cột «loai» có hai lần"]),
        (HEADER.removesuffix(",kiem_chung"), ["thiếu cột «kiem_chung»"]),
    ],
)
def test_a_wrong_column_is_told_once(header: str, told: list[str], tmp_path: Path) -> None:
    lay(tmp_path)
    (tmp_path / register.PATH).write_text(header + "\n", encoding="utf-8")
    assert [reason for _, reason in reasons(tmp_path)] == told


def test_the_check_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    for path in (ROOT / "policies" / "_danh-muc").glob("*.yml"):
        (tmp_path / "policies" / "_danh-muc").mkdir(exist_ok=True)
        (tmp_path / "policies" / "_danh-muc" / path.name).write_bytes(path.read_bytes())
    lay(tmp_path, "71/2015,Thông tư,Bộ Tài chính,2015-05-11,,,,")
    report = check(tmp_path, NOW)
    assert [(p.path, p.line, p.code, p.is_error) for p in report.problems] == [
        ("policies/_danh-muc/van-ban-tra-cuu.csv", 2, "tra-cuu-hong", True)
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Luật Báo chí", "luật báo chí"),
        ("Luật sửa đổi, bổ sung một số điều của Luật Cư trú", "Luật cư trú sửa đổi năm 2013"),
        ("Luật người cao tuổi năm", "Luật Người cao tuổi"),
        ("Bộ luật Dân sự", "Bộ luật dân sự năm 2015"),
    ],
)
def test_two_ways_of_naming_a_law_are_one(one: str, other: str) -> None:
    assert law_key(one) == law_key(other)


def test_a_law_and_its_amendment_are_two() -> None:
    assert law_key("Luật Cư trú") != law_key("Luật sửa đổi, bổ sung một số điều của Luật Cư trú")
    many = "Luật sửa đổi, bổ sung một số điều của Luật Cư trú, Luật Hộ tịch"
    assert law_key(many) != law_key("Luật Hộ tịch sửa đổi")


def test_facts_that_the_register_knows_otherwise_are_told_with_both_readings(tmp_path: Path) -> None:
    lay(tmp_path, "12/SKHĐT-VP,Công văn,Chính phủ,2023-05-29,,Một việc khác hẳn về đất đai và nhà ở,ví dụ,nguon")
    write_entry(tmp_path)
    # A number without a year, another issuer, another day: another document.
    assert [f for p in [load(tmp_path)] for f in p.register.faults] == []
    assert _differences(tmp_path) == []
    lay(
        tmp_path,
        "12/SKHĐT-VP,Công văn,Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn,2023-05-29,,Một việc khác hẳn về đất đai,ví dụ,nguon",
    )
    assert _differences(tmp_path) == [
        ("ngay_ban_hanh", "30/5/2023", "29/5/2023"),
        ("trich_yeu", "Lịch trực của một phòng", "Một việc khác hẳn về đất đai"),
    ]


def test_another_number_of_the_same_words_and_day_is_told(tmp_path: Path) -> None:
    lay(
        tmp_path,
        "21/SKHĐT-VP,Công văn,Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn,2023-05-30,,Lịch trực của một phòng,ví dụ,nguon",
    )
    write_entry(tmp_path)
    assert _differences(tmp_path) == [("so_ky_hieu", "12/SKHĐT-VP", "21/SKHĐT-VP")]


def test_the_issuer_of_a_number_that_is_used_once_is_compared(tmp_path: Path) -> None:
    lay(tmp_path, "07/2020/TT-BKHĐT,Thông tư,Bộ Tài chính,2020-10-01,2020-11-15,Lịch trực,ví dụ,nguon")
    write_entry(
        tmp_path,
        loai="thong-tu",
        so_ky_hieu="07/2020/TT-BKHĐT",
        co_quan_ban_hanh="Bộ Kế hoạch và Đầu tư",
        ngay_ban_hanh="1/10/2020",
        ngay_hieu_luc="15/11/2020",
        trich_yeu="Lịch trực",
    )
    assert _differences(tmp_path) == [("co_quan_ban_hanh", "Bộ Kế hoạch và Đầu tư", "Bộ Tài chính")]


def _differences(root: Path) -> list[tuple[str, str, str]]:
    from chinhsach.rules.tra_cuu_khac import check as compare

    catalogue = load(root)
    faults = [fault for entry in catalogue.entries for fault in compare(entry, catalogue)]
    return [(f.values["khoa"], f.values["gia_tri"], f.values["danh_muc"]) for f in faults]
