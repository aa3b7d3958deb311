"""The tools that judge the code, each as one test, and what README and `.ci/run` promise of their commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from du_an_mau import ROOT

BESIDE = Path(sys.executable).parent
"""Where the tools' own commands are: the environment that runs these tests."""
README_PICTURE = "docs/adr/hinh/trang-dau.png"


def said_by(*command: str | Path, **environment: str) -> str:
    """What a tool says; the test fails with it unless the tool is content."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def first_commands() -> list[str]:
    """The contents of README's fenced blocks, in order."""
    return re.findall(r"^```sh\n(.*?)\n```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)


def test_ruff_finds_nothing() -> None:
    assert "All checks passed" in said_by(sys.executable, "-m", "ruff", "check", ".")


def test_every_type_is_right() -> None:
    assert "no issues found" in said_by(sys.executable, "-m", "mypy")


def test_every_module_keeps_to_its_layer() -> None:
    assert "0 broken" in said_by(BESIDE / "lint-imports")


@pytest.mark.dung_trang
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    said = said_by(sys.executable, "-m", "mkdocs", "build", "--strict", "-d", tmp_path / "site")
    assert "Documentation built" in said
    assert (tmp_path / "site" / "index.html").is_file()


def test_the_adapter_stays_thin() -> None:
    assert len((ROOT / "hooks" / "mkdocs_hooks.py").read_text(encoding="utf-8").splitlines()) <= 80


def test_the_readme_begins_with_its_two_commands_each_alone_in_its_block() -> None:
    build, test = first_commands()[:2]
    assert build.startswith("python3 -m venv .venv && ")
    assert build.endswith(".venv/bin/mkdocs build")
    assert test == "python3 tests/chay.py"


def test_ci_calls_the_second_command_as_the_readme_has_it() -> None:
    script = ROOT / ".ci" / "run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert os.access(script, os.X_OK)
    assert lines[-1] == first_commands()[1]
    assert 'SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)"' in lines
    assert not [line for line in lines if re.search(r"\bmkdocs\b.*\s(-q|--quiet)\b", line)]


def test_the_readme_has_its_picture_and_the_site_does_not() -> None:
    picture = (ROOT / README_PICTURE).read_bytes()
    assert f"]({README_PICTURE})" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (1280, 900)
    assert len(picture) <= 150_000
    assert not list((ROOT / "docs" / "assets").glob("trang-dau*"))
