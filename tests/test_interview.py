"""`tao-tin`: asks at a terminal what the call leaves out, or takes it as options; what only a clerk can know is marked."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import NOW, vocabularies

from chinhsach import cli, interview, scaffold
from chinhsach.check import check
from chinhsach.schema import BY_KEY


class Clerk:
    """Answers questions from a list, Enter when it has run out, and keeps what was shown."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.seen: list[str] = []

    def terminal(self) -> interview.Terminal:
        return interview.Terminal(self.ask, self.seen.append)

    def ask(self, question: str) -> str:
        self.seen.append(question)
        return self.answers.pop(0) if self.answers else ""


def test_each_question_is_the_tables_in_plain_words() -> None:
    clerk = Clerk("", "", "Kế hoạch")
    interview.interview(clerk.terminal(), {}, vocabularies())
    shown = "\n".join(clerk.seen)
    for key in interview.QUESTIONS:
        assert f"{BY_KEY[key].label}" in shown
        assert BY_KEY[key].hint in shown
    assert "_" not in re.sub(r"https?://\S+", "", shown)


def test_a_wrong_answer_is_explained_and_asked_again() -> None:
    clerk = Clerk("30/2/2023", "28/2/2023")
    known = {key: "x" for key in interview.QUESTIONS if key != "ngay_ban_hanh"}
    values = interview.interview(clerk.terminal(), known, vocabularies())
    assert values["ngay_ban_hanh"] == "28/2/2023"
    assert any("tháng 2 năm 2023 có 28 ngày" in line and "Cách sửa: " in line for line in clerk.seen)


def test_names_of_a_list_are_taken_for_their_ids_and_a_near_one_is_offered() -> None:
    clerk = Clerk("Thống kê; đấu thầu lua chon nha thau", "")
    known = {key: "x" for key in interview.QUESTIONS if key not in ("linh_vuc",)}
    assert interview.interview(clerk.terminal(), known, vocabularies())["linh_vuc"] == ("thong-ke", "dau-thau")
    clerk = Clerk("Thống kết")
    interview.interview(clerk.terminal(), known, vocabularies())
    assert any("ghi «Thống kê»" in line for line in clerk.seen)


def test_the_unit_is_chosen_by_number_name_or_id() -> None:
    units = list(vocabularies().active_units.values())
    for said in ("3", units[2].name, units[2].id):
        assert interview.ask_unit(Clerk("khong co", said).terminal(), vocabularies()) == units[2].id


def test_part_of_a_units_name_is_enough_where_it_fits_one() -> None:
    assert interview.ask_unit(Clerk("phòng", "Sở", "đăng ký kinh doanh").terminal(), vocabularies()) == "phong-dkkd"


def test_an_id_is_offered_from_the_number_and_a_taken_one_is_not_accepted() -> None:
    clerk = Clerk("", "Tin Mới", "tin-moi")
    values = {"so_ky_hieu": "12/KH-SKHĐT"}
    assert interview.ask_id(clerk.terminal(), values, lambda one: one == "tin-moi") == "tin-moi"
    assert "  Mã «12-kh-skhdt» đã có tin khác dùng." in clerk.seen
    assert any("ví dụ tin-moi" in line for line in clerk.seen)
    assert interview.ask_id(Clerk("").terminal(), values, lambda _: True) == "12-kh-skhdt"


def test_options_fill_the_keys_and_the_rest_is_marked(bare_project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["tao-tin", "phong-dkkd", "tin-moi", "--loai", "ke-hoach", "--tieu-de", "Ví dụ: kế hoạch của phòng",
            "--linh-vuc", "thong-ke, dau-thau", "--so-ky-hieu", "Số: 12/KH-SKHĐT", "--ngay-ban-hanh", "30/5/2023"]  # fmt: skip
    assert cli.main(call) == cli.WELL
    text = (bare_project / "policies/phong-dkkd/2026/tin-moi.md").read_text("utf-8")
    assert 'tieu_de: "Ví dụ: kế hoạch của phòng"\n' in text
    assert "linh_vuc: [thong-ke, dau-thau]\n" in text
    assert "so_ky_hieu: 12/KH-SKHĐT\n" in text
    marked = re.findall(rf"# {scaffold.TO_FILL_IN}: .*\n([a-z_]+):", text)
    assert marked == ["tom_tat", "co_quan_ban_hanh", "trich_yeu", "doi_tuong", "nguon", "tep"]
    problems = check(bare_project, NOW).problems
    assert not [problem for problem in problems if problem.is_error]
    missing = {p.source_line.partition(":")[0] for p in problems if p.code == "thieu-gia-tri"}
    assert missing == {"tom_tat", "co_quan_ban_hanh", "trich_yeu", "doi_tuong"}


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--ngay-ban-hanh", "30/2/2023", "--ngay-ban-hanh: Ngày ban hành «30/2/2023» không có trên lịch"),
        ("--linh-vuc", "khong-co", "--linh-vuc: Lĩnh vực «khong-co» không có trong danh sách"),
        ("--tom-tat", "ngắn", "--tom-tat: Tóm tắt «ngắn» dài 4 ký tự"),
    ],
)
def test_a_wrong_option_is_refused_and_nothing_is_written(
    option: str, value: str, said: str, bare_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["tao-tin", "phong-dkkd", "tin-moi", "--loai", "ke-hoach", option, value]) == cli.WRONG_CALL
    assert said in capsys.readouterr().err
    assert not (bare_project / "policies/phong-dkkd").exists()


def at_terminal(*typed: str) -> tuple[int, str]:
    """Call `tao-tin` at a real terminal, where somebody types these lines."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "chinhsach.cli", "tao-tin"], stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, "".join(f"{line}\n" for line in typed).encode())
    shown = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return child.wait(), shown.decode()


def test_at_a_terminal_everything_is_asked_and_the_entry_is_written(bare_project: Path) -> None:
    answers = {"tieu_de": "Ví dụ: kế hoạch của phòng", "loai": "Kế hoạch", "so_ky_hieu": "12/KH-SKHĐT"}
    code, shown = at_terminal("Phòng Đăng ký kinh doanh", *(answers.get(key, "") for key in interview.QUESTIONS), "")
    assert code == cli.WELL, shown
    assert "Đã tạo policies/phong-dkkd/2026/12-kh-skhdt.md" in shown
    assert not [problem for problem in check(bare_project, NOW).problems if problem.is_error]


def test_leaving_in_the_middle_writes_nothing(bare_project: Path) -> None:
    code, shown = at_terminal("1", "Ví dụ", "\x04")
    assert code == cli.WRONG_CALL
    assert "chưa tạo tin nào" in shown
    assert [path.name for path in (bare_project / "policies").iterdir()] == ["_danh-muc"]
