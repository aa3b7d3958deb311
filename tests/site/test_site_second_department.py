"""One codebase, another department: its own mkdocs.yml and policies/, not a word of the first one in its site."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from du_an_mau import NOW, ROOT, build, environment, run, tree

pytestmark = pytest.mark.dung_trang

OTHER = Path(__file__).resolve().parent / "so-khac"
ADDRESS = "https://so-vi-du.example/"
FIRST = re.compile(
    r"Lạng Sơn|lang-son|Sở Tài chính|Sở Kế hoạch|SKHĐT|van-phong-so|phong-dkkd|phong-qldt|so-khdt|so-tai-chinh"
)
GUIDE = "huong-dan/"
"""Examples for clerks are cases of the first department."""
ABBREVIATIONS = "tim-kiem/tu-dien.json"
"""Abbreviations of the whole country, from the shared viet-tat.yml: every province had a «SKHĐT»."""
GUIDE_OF_THE_OFFICE = "huong-dan/van-phong-so/"
"""An address of the guide that every department has."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shared code and vocabularies of the law, with what is the other department's own laid over them."""
    folder = tmp_path_factory.mktemp("so-khac") / "du-an"
    leave = shutil.ignore_patterns("__pycache__", ".mypy_cache")
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=leave)
    shutil.copytree(ROOT / "policies" / "_danh-muc", folder / "policies" / "_danh-muc")
    shutil.copytree(OTHER, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    folder = project / "site"
    done = build(project, folder, address=ADDRESS)
    assert done.returncode == 0, done.stderr
    return folder


def test_no_file_of_the_other_department_names_the_first(site: Path) -> None:
    texts = {
        path: content.decode("utf-8").replace(GUIDE_OF_THE_OFFICE, "")
        for path, content in tree(site).items()
        if path.endswith((".html", ".xml", ".json", ".csv", ".txt", ".ics", ".js", ".css"))
        and not path.startswith((GUIDE, ABBREVIATIONS))
    }
    assert len(texts) > 50
    assert {path: sorted(set(FIRST.findall(text))) for path, text in texts.items() if FIRST.search(text)} == {}


def test_the_other_department_speaks_in_its_own_name_everywhere(site: Path) -> None:
    home = (site / "index.html").read_text("utf-8")
    assert "Sở Ví dụ tỉnh Ví Dụ" in home
    assert "Trang thông tin chính thức của" in home
    assert "Bản chạy thử" not in home
    assert "Nguồn: Sở Ví dụ tỉnh Ví Dụ" in (site / "rss.xml").read_text("utf-8")
    for unit in ("so-vi-du", "van-phong", "phong-mot"):
        assert (site / "don-vi" / unit / "rss.xml").is_file()


def test_owners_come_from_the_other_department_s_own_vocabularies(site: Path) -> None:
    ledger = json.loads((site / "du-lieu" / "so-cong-khai.json").read_text("utf-8"))["entries"]
    assert {row["ma"]: row["units"] for row in ledger} == {"thong-bao-1": ["van-phong"], "thong-bao-2": ["phong-mot"]}


def test_what_a_department_announced_stands_on_its_page_of_channels(site: Path) -> None:
    page = (site / "kenh-chinh-thuc" / "index.html").read_text("utf-8")
    for said in (ADDRESS, "https://cong.example/", "Thông báo ví dụ số 1/TB-SVD", "Biểu trưng ví dụ", "Số 1 phố Ví Dụ"):
        assert said in page
    assert "chưa công bố" not in page


def test_the_commands_know_the_other_department(project: Path, site: Path) -> None:
    done = run(("chinhsach.cli", "kiem-tra"), project, environment(NOW, ADDRESS))
    assert done.returncode == 0, done.stdout + done.stderr
    done = run(("chinhsach.cli", "tep-kho"), project, environment(NOW, ADDRESS))
    assert done.returncode == 0, done.stdout + done.stderr
    owners = (project / ".github" / "CODEOWNERS").read_text("utf-8")
    assert "/policies/phong-mot/ @to-chuc/van-phong\n" in owners
    assert not FIRST.search(owners)
