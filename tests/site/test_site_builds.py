"""Builds again: the same bytes elsewhere, nothing lost by a failed build, drafts only when asked for."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from du_an_mau import ADDRESS, NOW, PREVIEWED, WITHHELD_WORDS, build, environment, lay_out, run, tree
from trang_dung import BuiltSite

pytestmark = pytest.mark.dung_trang

BROKEN = "policies/van-phong-so/2026/vi-du-hong.md"


@pytest.fixture(scope="module")
def noi_khac(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up project in another folder, its files made in the opposite order, and its site built under another sky."""
    project = lay_out(tmp_path_factory.mktemp("noi-khac") / "Thư mục có dấu" / "sâu hơn", backwards=True)
    strange = {
        "PYTHONHASHSEED": "4321",
        "TZ": "America/Los_Angeles",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",  # with the next line: files are ASCII unless the code says otherwise
        "PYTHONCOERCECLOCALE": "0",
    }
    done = build(project, project / "site", more=strange)
    assert done.returncode == 0, done.stderr
    return project


def test_two_builds_are_equal_byte_for_byte(trang_mau: BuiltSite, noi_khac: Path) -> None:
    here, there = tree(trang_mau.folder), tree(noi_khac / "site")
    assert sorted(here) == sorted(there)
    assert [path for path in here if here[path] != there[path]] == []


def test_no_file_names_the_folder_that_it_was_built_in(trang_mau: BuiltSite, du_an_mau: Path) -> None:
    for place in (str(du_an_mau), str(trang_mau.folder), str(Path.home())):
        assert [p for p in trang_mau.files if len(place) > 5 and place.encode() in trang_mau.read(p)] == []


def test_a_failed_build_says_why_and_leaves_the_last_good_site(noi_khac: Path) -> None:
    site = noi_khac / "site"
    good = tree(site)
    broken = noi_khac / BROKEN
    whole = (noi_khac / "policies/van-phong-so/2026/vi-du-thay-the.md").read_text("utf-8")
    broken.write_text(
        whole.replace("911/2026", "999/2026").replace("ngay_ban_hanh: 2026-11-01", "ngay_ban_hanh: 30/2/2026"), "utf-8"
    )
    try:
        done = build(noi_khac, site)
        checked = run(("chinhsach.cli", "kiem-tra", BROKEN), noi_khac, environment(NOW, ADDRESS))
    finally:
        broken.unlink()
    assert done.returncode != 0
    assert checked.returncode == 1
    errors = [block for block in checked.stdout.split("\n\n") if ": lỗi[" in block]
    assert len(errors) == 1
    assert f"{BROKEN}:7: lỗi[ngay-khong-co-that]: " in errors[0]
    assert errors[0] in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert tree(site) == good
    assert [p.name for p in noi_khac.iterdir() if p.name.startswith(".site")] == []


def test_a_day_without_an_event_changes_nothing(trang_mau: BuiltSite, du_an_mau: Path, tmp_path: Path) -> None:
    done = build(du_an_mau, tmp_path / "site", now=NOW + timedelta(days=1, hours=3))
    assert done.returncode == 0, done.stderr
    before, after = tree(trang_mau.folder), tree(tmp_path / "site")
    assert sorted(before) == sorted(after)
    assert [path for path in before if before[path] != after[path]] == []


def test_a_preview_shows_what_is_not_published_and_tells_nobody_else(
    trang_mau: BuiltSite, du_an_mau: Path, tmp_path: Path
) -> None:
    done = build(du_an_mau, tmp_path / "site", more={"CHINHSACH_XEM_TRUOC": "1"})
    assert done.returncode == 0, done.stderr
    preview = BuiltSite(tmp_path / "site", du_an_mau, ADDRESS, NOW)
    banners = {"vi-du-nhap-zqx": "Bản nháp, chưa đăng.", "vi-du-hen-zqx": "Sẽ đăng Thứ ba, 1/12/2026."}
    for entry_id in PREVIEWED:
        page = preview.page(f"chinh-sach/{entry_id}/")
        assert "Bản xem trước, chưa công khai" in page.text
        assert banners[entry_id] in page.text
        assert not page.may_be_found
        assert page.errors == []
    full_text = preview.page("chinh-sach/vi-du-hen-zqx/toan-van/")
    assert "toanvanhenzqx" in full_text.text
    assert not full_text.may_be_found
    own = re.compile(rf"chinh-sach/({'|'.join(PREVIEWED)})/")
    elsewhere = sorted(path for path in preview.files if not own.match(path))
    assert set(elsewhere) == trang_mau.files
    told = [
        p for p in elsewhere if p != "du-lieu/tep.json" and any(w.encode() in preview.read(p) for w in WITHHELD_WORDS)
    ]
    assert told == []
    changed = [p for p in elsewhere if p != "du-lieu/tep.json" and preview.read(p) != trang_mau.read(p)]
    assert changed == []
