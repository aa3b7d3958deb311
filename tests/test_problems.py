"""The three forms of a problem (DESIGN §7), compared whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

from support import problems, write_entry

from chinhsach.problems import FORMATS, Problem, Severity, Words, as_gitlab, in_order, summary

WORDS = Words("50 %, sai: «a,b»", "lý do: một", "ghi: x,\r\ny")


def made(path: str = "policies/a,b/2023/vi-du.md", line: int = 7, **changed: object) -> Problem:
    given = {"column": 16, "code": "vi-du", "severity": Severity.ERROR, "words": WORDS, "source_line": ""} | changed
    return Problem(path, line, **given)  # type: ignore[arg-type]


def test_an_impossible_date_is_told_as_the_contract_shows(tmp_path: Path) -> None:
    write_entry(tmp_path, "kh-truyen-thong", ngay_ban_hanh="30/2/2023")
    (found,) = problems(tmp_path)
    assert found.as_text() == (
        "policies/van-phong-so/2023/kh-truyen-thong.md:7: lỗi[ngay-khong-co-that]: ngay_ban_hanh «30/2/2023» không có trên lịch\n"
        '    7 | ngay_ban_hanh: "30/2/2023"\n'
        "    vì: tháng 2 năm 2023 có 28 ngày\n"
        "    cách sửa: ghi ngày in trên văn bản, ví dụ 28/2/2023"
    )
    assert json.loads(found.as_json()) == {
        "tep": "policies/van-phong-so/2023/kh-truyen-thong.md",
        "dong": 7,
        "cot": 16,
        "ma_loi": "ngay-khong-co-that",
        "muc_do": "loi",
        "thong_diep": "ngay_ban_hanh «30/2/2023» không có trên lịch",
        "vi": "tháng 2 năm 2023 có 28 ngày",
        "cach_sua": "ghi ngày in trên văn bản, ví dụ 28/2/2023",
    }
    assert found.as_github() == (
        "::error file=policies/van-phong-so/2023/kh-truyen-thong.md,line=7,col=16,title=ngay-khong-co-that::"
        "ngay_ban_hanh «30/2/2023» không có trên lịch%0Avì: tháng 2 năm 2023 có 28 ngày%0A"
        "cách sửa: ghi ngày in trên văn bản, ví dụ 28/2/2023"
    )


def test_a_note_says_so_in_every_form() -> None:
    note = made(severity=Severity.NOTE)
    assert not note.is_error
    assert ": lưu ý[vi-du]: " in note.as_text()
    assert json.loads(note.as_json())["muc_do"] == "luu-y"
    assert note.as_github().startswith("::notice ")


def test_json_and_github_are_one_line_whatever_the_words_are() -> None:
    found = made()
    for form in ("json", "github"):
        assert len(FORMATS[form](found).splitlines()) == 1
    assert found.as_github() == (
        "::error file=policies/a%2Cb/2023/vi-du.md,line=7,col=16,title=vi-du::"
        "50 %25, sai: «a,b»%0Avì: lý do: một%0Acách sửa: ghi: x,%0D%0Ay"
    )


def test_a_blank_source_line_is_not_shown_and_a_long_one_is_cut() -> None:
    assert " | " not in made(source_line="  \t").as_text()
    shown = made(line=123456, source_line="x" * 500).as_text().splitlines()[1]
    assert shown == "123456 | " + "x" * 200


def test_problems_stand_by_file_line_and_code_each_once() -> None:
    wanted = [
        made("a.md", 2),
        made("a.md", 10),
        made("a.md", 10, column=20),
        made("a.md", 10, column=20, code="vi-du-hai"),
        made("b.md", 1),
    ]
    assert in_order([*reversed(wanted), *wanted]) == wanted


def test_the_summary_counts_entries_errors_and_notes() -> None:
    note = made(severity=Severity.NOTE)
    assert summary([made(), note, note], 12) == "Đã đọc 12 tin: 1 lỗi, 2 lưu ý."
    assert summary([], 0) == "Đã đọc 0 tin: 0 lỗi, 0 lưu ý."


def test_gitlab_gets_one_report_in_which_a_problem_keeps_its_mark_when_it_moves() -> None:
    def at(line: int) -> Problem:
        words = Words("sai «x»", "vì thế", "ghi y")
        return Problem("policies/a/2026/b.md", line, 1, "ma-loi", Severity.ERROR, words, "khoa: x")

    first, moved = json.loads(as_gitlab([at(3)])), json.loads(as_gitlab([at(9)]))
    assert first[0]["location"] == {"path": "policies/a/2026/b.md", "lines": {"begin": 3}}
    assert (first[0]["check_name"], first[0]["severity"]) == ("ma-loi", "major")
    assert "cách sửa: ghi y" in first[0]["description"]
    assert first[0]["fingerprint"] == moved[0]["fingerprint"]
    assert json.loads(as_gitlab([])) == []


def test_a_files_name_commands_no_terminal() -> None:
    told = made(
        "policies/a\x1b[2J\nĐã đọc 1 tin: 0 lỗi\u202e.md", words=Words("tệp «a\x1b]0;b\x07»", "vì", "sửa")
    ).as_text()
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", told)
    assert "Đã đọc" in told.split("\n")[0]
