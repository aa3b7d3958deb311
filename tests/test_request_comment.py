"""The comment on a pull request, compared whole: what will appear, under which unit, and what to mend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import NOW, ROOT, load, write_entry

from chinhsach import before_release, cli, ledger, request_comment
from chinhsach.check import Report, find_problems
from chinhsach.request_comment import MARK, Request

GOLDEN = Path(__file__).parent / "golden" / "nhan-xet"


def line(entry_id: str, **keys: Any) -> dict[str, Any]:
    return {
        "guid": f"urn:uuid:{entry_id}",
        "ma": entry_id,
        "url": f"chinh-sach/{entry_id}/",
        "title": f"Ví dụ: tin {entry_id}",
        "published": "2026-11-20T00:00:00+07:00",
        "updated": "2026-11-20T00:00:00+07:00",
        "status": "published",
        "giai_doan": "pho-bien",
        "units": ["van-phong-so"],
        "sha256": entry_id,
        "facts": entry_id,
        **keys,
    }


def book(*lines: dict[str, Any], name: str) -> ledger.Ledger:
    return ledger.parse(json.dumps({"entries": lines}).encode(), name)


def report(root: Path) -> Report:
    catalogue = load(root, preview=True)
    return Report(catalogue, tuple(find_problems(catalogue)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Made-up entries in each state that a comment tells apart; one of them is not part of the request."""
    (tmp_path / "policies").mkdir()
    write_entry(tmp_path, "vi-du-moi", year="2026", ngay_dang="20/11/2026", tieu_de="Ví dụ: tin *mới* của @ai-do <b>")
    write_entry(tmp_path, "vi-du-nhap", year="2026", trang_thai="ban-nhap", so_ky_hieu="16/SKHĐT-VP")
    write_entry(tmp_path, "vi-du-hen", unit="phong-dkkd", year="2026", ngay_dang="1/12/2026", so_ky_hieu="13/SKHĐT-VP")
    write_entry(tmp_path, "vi-du-ngoai", year="2026", so_ky_hieu="14/SKHĐT-VP")
    return tmp_path


CHANGED = (
    "policies/van-phong-so/2026/vi-du-moi.md",
    "policies/van-phong-so/2026/vi-du-nhap/tep.pdf",
    "policies/phong-dkkd/2026/vi-du-hen.md",
)


def compare_with(name: str, text: str, rewrite: bool) -> None:
    path = GOLDEN / f"{name}.md"
    if rewrite:
        path.write_text(text, encoding="utf-8")
    assert path.read_text("utf-8") == text


def test_what_is_right_is_told_by_entry_unit_and_day(folder: Path, request: pytest.FixtureRequest) -> None:
    compared = before_release.compare(
        book(line("vi-du-cu"), name="cu"), book(line("vi-du-cu"), line("vi-du-moi"), name="moi"), NOW
    )
    text = request_comment.comment(report(folder), compared, Request(frozenset(CHANGED)))
    compare_with("dat", text, request.config.getoption("--ghi-lai"))


def test_what_is_wrong_is_told_with_line_and_cure(folder: Path, request: pytest.FixtureRequest) -> None:
    write_entry(folder, "vi-du-sai", year="2026", ngay_ban_hanh="30/2/2026", so_ky_hieu="15/SKHĐT-VP")
    changed = (*CHANGED, "policies/van-phong-so/2026/vi-du-sai.md", "hooks/chinhsach/cli.py")
    text = request_comment.comment(report(folder), None, Request(frozenset(changed)))
    compare_with("con-loi", text, request.config.getoption("--ghi-lai"))


def test_a_release_that_would_lose_an_entry_is_refused(folder: Path, request: pytest.FixtureRequest) -> None:
    compared = before_release.compare(
        book(line("vi-du-cu"), line("vi-du-mat"), name="cu"), book(line("vi-du-cu"), name="moi"), NOW
    )
    text = request_comment.comment(report(folder), compared, Request(frozenset(CHANGED)))
    compare_with("mat-tin", text, request.config.getoption("--ghi-lai"))


def test_the_words_of_an_entry_stay_words(folder: Path) -> None:
    text = request_comment.comment(report(folder), None, Request(frozenset(CHANGED)))
    assert "@ai-do" not in text
    assert "<b>" not in text.replace("\\<b\\>", "")
    assert r"\*mới\*" in text


def test_a_comment_fits_and_begins_with_its_mark(folder: Path) -> None:
    for number in range(40):
        write_entry(
            folder, f"vi-du-{number}", year="2026", so_ky_hieu=f"{100 + number}/SKHĐT-VP", loai="không có " * 30
        )
    text = request_comment.comment(report(folder), None, Request(None))
    assert text.startswith(MARK)
    assert len(text) <= request_comment.MOST_CHARACTERS + 100
    assert "chỗ nữa" in text


def test_the_command_prints_the_comment_of_this_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "tep-doi.txt"
    path = next((ROOT / "policies").glob("van-phong-so/*/*.md")).relative_to(ROOT).as_posix()
    changed.write_text(f"{path}\n", encoding="utf-8")
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795400000")
    assert cli.main(["nhan-xet", "--tep-doi", str(changed)]) == 0
    printed = capsys.readouterr().out
    assert path in printed
    assert "Văn phòng Sở" in printed
    assert cli.main(["nhan-xet", "--tep-doi", str(tmp_path / "khong-co")]) == 2


def test_a_changed_vocabulary_is_told_as_the_keepers_file(folder: Path) -> None:
    changed = (
        *CHANGED,
        "policies/_danh-muc/khoa-cong-khai.yml",
        "policies/.gitattributes",
        "policies/_cho-phan-loai/a.md",
    )
    said = request_comment.comment(report(folder), None, Request(changed))
    kept = said.partition("### Ngoài phần tin")[2]
    assert "khoa-cong-khai.yml" in kept
    assert ".gitattributes" in kept
    assert "2 tệp" in kept
