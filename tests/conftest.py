"""Options of the test run, and what happens to a test whose program is not installed."""

import os

import pytest
from chay import PROGRAMS, find_program


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--ghi-lai` rewrites every expected.txt of tests/golden/bad; review the diff."""
    parser.addoption("--ghi-lai", action="store_true", help="ghi lại các tệp expected.txt của tests/golden/bad")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A marked test says which program is missing; with CI=true that is a failure."""
    for program in PROGRAMS:
        if item.get_closest_marker(program.mark) is not None and find_program(program.command) is None:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(program.missing)
