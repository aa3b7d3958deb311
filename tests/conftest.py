"""Options of the test run, and what happens to a test whose program is not installed."""

import os
import shutil
from pathlib import Path

import pytest
from chay import PROGRAMS, find_program
from support import NOW, ROOT, Run

from chinhsach import cli, vocabulary
from chinhsach.office import place


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--ghi-lai` rewrites every expected.txt of tests/golden/bad; review the diff."""
    parser.addoption("--ghi-lai", action="store_true", help="ghi lại các tệp expected.txt của tests/golden/bad")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A marked test says which program is missing; with CI=true that is a failure."""
    for program in PROGRAMS:
        if item.get_closest_marker(program.mark) is not None and find_program(program.command) is None:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(program.missing)


@pytest.fixture
def bare_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without entries or office data, entered as the working folder."""
    root = tmp_path / "du-an"
    shutil.copytree(ROOT / vocabulary.FOLDER, root / vocabulary.FOLDER)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.delenv(place.VARIABLE, raising=False)
    return root


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls a command; the result is exit code, stdout and stderr."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call
