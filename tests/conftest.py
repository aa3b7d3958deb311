"""Options of the test run."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--ghi-lai` rewrites every expected.txt of tests/golden/bad; review the diff."""
    parser.addoption("--ghi-lai", action="store_true", help="ghi lại các tệp expected.txt của tests/golden/bad")
