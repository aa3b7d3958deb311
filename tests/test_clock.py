"""The wall clock is read in one module, and yields to SOURCE_DATE_EPOCH."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support import ROOT

from chinhsach import clock
from chinhsach.dates import VN

SOURCES = [ROOT / "hooks/mkdocs_hooks.py", *sorted((ROOT / "hooks/chinhsach").rglob("*.py"))]
READERS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "monotonic"}


def readings(path: Path) -> Iterator[str]:
    """Where a module takes the moment from outside: `datetime.now`, `time.time`, a name imported from `time`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in READERS:
            if node.value.id in ("datetime", "date", "time", "clock"):
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Attribute) and node.attr in ("st_mtime", "st_ctime", "getmtime"):
            yield node.attr
        elif isinstance(node, ast.Import) and any(name.name == "time" for name in node.names):
            yield "import time"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield "from time import"


def test_the_clock_is_read_in_one_module_and_asked_by_the_edge_alone() -> None:
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        for reading in readings(path):
            found.setdefault(reading, set()).add(path.name)
    waiting = {  # how long, not what day
        "import time": {"fetch.py", "form_trial.py", "reading.py"},
        "time.monotonic": {"fetch.py", "reading.py"},
        "st_mtime": {"publishing.py"},  # when a release that stands was published: never a word of a page
    }
    assert found == {"datetime.now": {"clock.py"}, "clock.now": {"app.py", "cli_base.py"}, **waiting}


def test_the_build_s_moment_is_source_date_epoch_in_vietnam(monkeypatch: pytest.MonkeyPatch) -> None:
    for zone in ("UTC", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        monkeypatch.setenv("SOURCE_DATE_EPOCH", " 1763856000 ")
        assert clock.now() == datetime(2025, 11, 23, 7, tzinfo=VN)
        assert clock.now().tzinfo is VN
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("value", ["", " "])
def test_without_it_the_clock_says_the_moment(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    before = datetime.now(UTC)
    assert before <= clock.now() <= before + timedelta(minutes=10)
    assert clock.now().tzinfo is VN


@pytest.mark.parametrize("value", ["mai", "1.5", "2026-11-23", "1" + "0" * 20, "-" + "9" * 15, "0x10"])
def test_what_is_no_moment_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(ValueError, match=r".+"):
        clock.now()
