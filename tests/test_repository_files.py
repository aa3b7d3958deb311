"""Owners and templates are those of the units and keys of today, and no unit approves itself."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from support import ROOT, vocabularies

from chinhsach import cli, repository_files
from chinhsach.repository_files import GITHUB_OWNERS, GITLAB_OWNERS, office


def wanted(teams: str = "to-chuc") -> dict[str, str]:
    return repository_files.files(
        vocabularies(), teams, repository_files.request_template(ROOT), repository_files.server_configuration(ROOT)
    )


def owners(text: str) -> list[tuple[str, list[str]]]:
    lines = [line.split() for line in text.splitlines() if line.startswith(("*", "/"))]
    return [(pattern, teams) for pattern, *teams in lines]


def owner_of(path: str, lines: list[tuple[str, list[str]]]) -> list[str]:
    """Who owns a file: the last line that fits, as both forges have it."""
    return [teams for pattern, teams in lines if pattern == "*" or ("/" + path).startswith(pattern)][-1]


def test_the_files_in_the_repository_are_current() -> None:
    current = wanted(repository_files.organisation(ROOT))
    assert repository_files.stale(ROOT, current) == [], "chạy: chinhsach tep-kho"


def test_on_github_each_line_has_one_owner_because_any_of_several_would_do() -> None:
    assert all(len(teams) == 1 for _, teams in owners(wanted()[GITHUB_OWNERS]))


OFFICE = office(vocabularies())


@pytest.mark.parametrize("unit", list(vocabularies().active_units))
def test_a_unit_s_folder_needs_the_office_on_github(unit: str) -> None:
    lines = owners(wanted()[GITHUB_OWNERS])
    assert owner_of(f"policies/{unit}/2026/vi-du.md", lines) == [f"@to-chuc/{OFFICE}"]


@pytest.mark.parametrize("unit", [unit for unit in vocabularies().active_units if unit != OFFICE])
def test_a_unit_s_folder_needs_the_unit_and_the_office_on_gitlab(unit: str) -> None:
    sections = [part for part in wanted()[GITLAB_OWNERS].split("\n[") if owners(part)]
    needed = set()
    for section in sections:
        fitting = [t for p, t in owners(section) if p == "*" or f"/policies/{unit}/x.md".startswith(p)]
        needed |= {tuple(fitting[-1])} if fitting else set()
    assert needed == {(f"@to-chuc/{OFFICE}",), (f"@to-chuc/{unit}",)}


@pytest.mark.parametrize(
    "path",
    [
        "hooks/chinhsach/cli.py",
        "mkdocs.yml",
        "docs/templates/tin.html",
        ".github/workflows/kiem-tra.yml",
        ".gitlab-ci.yml",
        ".github/CODEOWNERS",
        "policies/_danh-muc/don-vi.yml",
        "policies/_mau/tin-moi.md",
        "policies/khong-co/2026/vi-du.md",
    ],
)
def test_what_runs_and_what_all_share_belongs_to_the_keepers(path: str) -> None:
    for forge in (GITHUB_OWNERS, GITLAB_OWNERS):
        assert owner_of(path, owners(wanted()[forge].split("\n\n[Sở")[0])) == ["@to-chuc/nguoi-giu-kho"]


def test_no_owners_file_hides_the_derived_ones() -> None:
    """GitHub reads .github/ first, GitLab the root and docs/ before .gitlab/."""
    assert not (ROOT / "CODEOWNERS").exists()
    assert not (ROOT / "docs" / "CODEOWNERS").exists()


def test_the_organisation_is_written_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yml").write_text("", encoding="utf-8")
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "_danh-muc").symlink_to(ROOT / "policies" / "_danh-muc")
    monkeypatch.chdir(tmp_path)
    assert cli.main(["tep-kho", "--to-chuc", "nhom/so-tai-chinh"]) == 0
    assert cli.main(["tep-kho"]) == 0
    text = (tmp_path / GITHUB_OWNERS).read_text("utf-8")
    assert "@nhom/so-tai-chinh/van-phong-so" in text
    assert "PHẢI SỬA" not in text
    assert cli.main(["tep-kho", "--kiem-tra"]) == 0
    (tmp_path / GITHUB_OWNERS).write_text(text + "* @ai-do\n", encoding="utf-8")
    assert cli.main(["tep-kho", "--kiem-tra"]) == 1
    assert cli.main(["tep-kho", "--to-chuc", "tên có dấu cách"]) == 2


def test_the_submission_template_is_not_read_as_an_entry(capsys: pytest.CaptureFixture[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chinhsach.cli", "kiem-tra", "policies/_mau"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "Đã đọc 0 tin" in done.stdout


def test_the_issue_form_asks_for_every_key_that_must_always_stand() -> None:
    form = yaml.safe_load(wanted()[".github/ISSUE_TEMPLATE/gui-tin.yml"])
    asked = {one["id"]: one for one in form["body"] if "id" in one}
    for key in ("tieu_de", "loai", "co_quan_ban_hanh", "linh_vuc", "doi_tuong", "ngay_dang"):
        assert asked[key]["validations"]["required"] is True
    assert not any(row.public is False and row.key in asked for row in repository_files.FIELDS)


def test_the_folders_of_a_department_without_an_office_are_watched_by_the_keepers() -> None:
    known = replace(
        vocabularies(), active_units={i: u for i, u in vocabularies().active_units.items() if not u.is_office}
    )
    lines = owners(repository_files.files(known, "to-chuc", "")[GITHUB_OWNERS])
    assert {tuple(teams) for _, teams in lines if teams} == {("@to-chuc/nguoi-giu-kho",)}
