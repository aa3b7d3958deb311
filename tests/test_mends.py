"""Over all golden cases: what a message says to type is typed, and then that message is gone and no other has come."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lam_theo import follow
from test_golden import BAD_CASES, NOW, code_of, judged_office, problems_of, project_vocabularies

from chinhsach import catalogue, check, vocabulary
from chinhsach.problems import Mend, Problem
from chinhsach.rules import RULES

# Only a person knows what to write, or the deed is none of typing: look at the document, ask, save, scan, wait.
FOR_A_PERSON = {
    "cau-dai", "con-dau-tron", "dan-chieu-het-hieu-luc", "dan-chieu-lech", "dang-muon", "danh-muc-hong", "dau-mat", "dinh-chinh-ban-goc",
    "dinh-chinh-thieu", "don-vi-mau-thuan", "du-lieu-ca-nhan", "du-thao-da-co-so", "duyet-lech", "duyet-thieu", "gop-y-khong-phai-du-thao", "hoat-dong-thieu-bang-chung", "ke-hoach-hong",
    "hieu-luc-truoc-ban-hanh", "khong-co-khoa", "loai-khong-dang", "loai-tep-la", "long-qua-sau", "quan-he-truoc-dich",
    "quan-he-vong", "sai-do-dai", "so-lech-nam", "so-trung-khac-ngay", "tep-chua-soat-mat", "tep-gia", "tep-hay-url",
    "bao-loi-danh-tinh", "bao-loi-hong", "luot-xem-hong", "tep-khong-nhac", "tep-qua-co", "tep-qua-lon", "thay-the-trung", "thieu-ngay-hieu-luc", "thieu-phan", "tom-tat-lap", "tra-cuu-hong",
    "tra-cuu-khac", "trich-yeu-dai", "van-ban-trung", "viet-tat-la", "yaml-qua-sau",
}  # fmt: skip
# Cases that hold a second mistake, which shows only once the first is mended: a file that lies nowhere, a plain copy.
LEADS_ON = {
    "thieu-khoa.thong-cao",
    "tep-sai-cho",
    "duong-dan-sai.co-dau",
    "ma-trung.ban-sao",
    "sai-kieu.danh-sach",
    "ten-tep-sai",
    "ten-tep-sai.kem-thu-muc",
}


def judged(root: Path) -> list[Problem]:
    if (root / "_van-phong").is_dir():
        return judged_office(root)
    if (root / vocabulary.FOLDER).is_dir():
        return list(check.check(root, NOW).problems)
    return check.find_problems(catalogue.load(root, project_vocabularies(), NOW))


def key(problem: Problem) -> tuple[str, str, str]:
    return problem.path, problem.code, problem.words.what


def first_that_can_be_followed(problems: list[Problem], code: str) -> Problem | None:
    return next((p for p in problems if p.code == code and (p.mend is not None or _is_a_move(p))), None)


def _is_a_move(problem: Problem) -> bool:
    return bool(
        re.match(r"chuyển tệp tới |đổi tên tệp |mở tệp bằng Notepad, chọn File|ghi ngày in trên", problem.words.fix)
    )


@pytest.mark.parametrize("case", BAD_CASES, ids=lambda case: case.name)
def test_doing_what_a_message_says_removes_it_and_brings_no_other_error(case: Path, tmp_path: Path) -> None:
    before = problems_of(case, tmp_path)
    told = first_that_can_be_followed(before, code_of(case))
    if told is None:  # which codes never say what to type, the next test knows
        return
    assert follow(tmp_path, told), told.as_text()
    after = judged(tmp_path)
    assert [key(p) for p in after].count(key(told)) < [key(p) for p in before].count(key(told)), told.as_text()
    if case.name not in LEADS_ON:
        assert {key(p) for p in after if p.is_error} <= {key(p) for p in before}, [p.as_text() for p in after]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    """All that the check says of all bad cases."""
    root = tmp_path_factory.mktemp("ca")
    return [p for number, case in enumerate(BAD_CASES) for p in problems_of(case, root / str(number))]


def test_every_rule_says_what_to_type_or_is_known_to_need_a_person(told: list[Problem]) -> None:
    typed = {p.code for p in told if p.mend is not None or _is_a_move(p)}
    assert typed & FOR_A_PERSON == set()
    without = set(RULES) - typed - FOR_A_PERSON
    assert not without, "cho quy tắc `mend`, hoặc ghi mã vào FOR_A_PERSON khi chỉ người mới biết viết gì"


def test_the_line_to_type_stands_in_the_fix_as_it_is_made(told: list[Problem]) -> None:
    mended = [p for p in told if p.mend is not None and len(p.mend.text) <= 700]
    assert mended
    for problem in mended:
        assert isinstance(problem.mend, Mend)
        assert problem.words.fix.endswith(problem.mend.words())
