"""Tests that need a program of the system never pass over its absence in silence: tests/chay.py, tests/conftest.py."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import chay
import pytest
from chay import PROGRAMS, find_program

TESTS = Path(__file__).resolve().parent
PROJECT = TESTS.parent

TRIAL = """
import pytest

@pytest.mark.can_vi_du
def test_that_needs_it():
    pass
"""
TABLE = """
import chay
chay.PROGRAMS = (chay.Program("goi-vi-du", "lenh-vi-du-khong-co", "can_vi_du"),)
"""


def run_trial(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one marked test, under the project's own conftest, with a table whose only program nobody has."""
    (folder / "bang_vi_du.py").write_text(TABLE, encoding="utf-8")
    shutil.copy(TESTS / "conftest.py", folder / "conftest.py")
    (folder / "test_vi_du.py").write_text(TRIAL, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = can_vi_du\n", encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if key != "CI" and not key.startswith("PYTEST_")}
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-ra",
            "--strict-markers",
            "-p",
            "bang_vi_du",
            "-p",
            "no:cacheprovider",
            str(folder),
        ],
        cwd=folder,
        env={**kept, "PYTHONPATH": f"{TESTS}{os.pathsep}{folder}", "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_missing_program_is_named_with_its_package(tmp_path: Path) -> None:
    done = run_trial(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout
    assert "lenh-vi-du-khong-co: cài gói goi-vi-du" in done.stdout


def test_a_missing_program_is_a_failure_where_the_whole_check_runs(tmp_path: Path) -> None:
    done = run_trial(tmp_path, CI="true")
    assert done.returncode == 1, done.stdout
    assert "lenh-vi-du-khong-co: cài gói goi-vi-du" in done.stdout


def test_each_program_of_the_table_has_its_mark_in_pyproject() -> None:
    marks = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]["markers"]
    known = dict(mark.split(": ", 1) for mark in marks)
    assert {p.mark: f"cần lệnh {p.command}" for p in PROGRAMS} == {
        m: w for m, w in known.items() if m.startswith("can_")
    }


def test_a_program_that_only_root_finds_by_name_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = next(p.name for p in sorted(Path("/usr/sbin").iterdir()) if p.is_file() and os.access(p, os.X_OK))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program(name) is not None
    assert find_program("lenh-vi-du-khong-co") is None


def test_nothing_that_is_installed_for_the_tests_starts_as_a_service(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    switch = tmp_path / "policy-rc.d"
    monkeypatch.setattr(chay, "NO_SERVICES", switch)
    with chay.no_services():
        assert subprocess.run([switch], check=False).returncode == 101  # «forbidden», as Debian's policy-rc.d has it
    assert not switch.exists()


def test_a_hosts_own_rule_for_services_stays_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    switch = tmp_path / "policy-rc.d"
    switch.write_text("#!/bin/sh\nexit 104\n", encoding="ascii")
    monkeypatch.setattr(chay, "NO_SERVICES", switch)
    with chay.no_services():
        pass
    assert switch.read_text("ascii") == "#!/bin/sh\nexit 104\n"
