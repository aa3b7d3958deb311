"""The examples that publish and watch without anybody at the keyboard: right in form, and every command is one of ours."""

from __future__ import annotations

import configparser
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT
from test_cli import commands_in

from chinhsach import cli, folder_target

FOLDER = ROOT / "trien-khai" / "hang-dem"
UNITS = sorted(path for path in FOLDER.iterdir() if path.suffix in (".service", ".timer"))
GUIDES = [FOLDER / "README.md", ROOT / "trien-khai" / "nginx" / "README.md"]


def unit(path: Path) -> configparser.RawConfigParser:
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(path, encoding="utf-8")
    return read


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_leads_to_units_that_exist(path: Path) -> None:
    told = unit(path)
    named = told.get("Unit", "OnFailure", fallback="").replace("%n", "")
    assert not named or (FOLDER / named).is_file()
    if path.suffix == ".timer":
        assert path.with_suffix(".service").is_file()
        assert told.get("Install", "WantedBy") == "timers.target"
    elif path.name != "chinhsach-bao@.service":
        assert named


@pytest.mark.parametrize(
    "path", [p for p in UNITS if "@" not in p.name and p.suffix == ".service"], ids=lambda p: p.name
)
def test_a_unit_calls_a_command_of_ours(path: Path) -> None:
    program, *arguments = shlex.split(unit(path).get("Service", "ExecStart"))
    assert program.endswith("/.venv/bin/chinhsach")
    assert callable(cli._parser().parse_args(arguments).run)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.parent.name)
def test_every_command_of_the_technicians_pages_is_known(path: Path) -> None:
    calls = commands_in(path)
    assert calls
    for call in calls:
        assert callable(cli._parser().parse_args(call).run)


def test_the_workflow_is_right_in_form_and_pinned() -> None:
    path = FOLDER / "dang.yml"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    text = path.read_text(encoding="utf-8")
    for used in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[0-9.]+", used)
    for line in re.findall(r"\.venv/bin/chinhsach (.*)", text):
        assert callable(cli._parser().parse_args(shlex.split(line)).run)


def test_nginx_serves_the_link_that_publishing_switches() -> None:
    text = (ROOT / "trien-khai" / "nginx" / "chinhsach.conf").read_text(encoding="utf-8")
    assert f"root /srv/chinhsach/{folder_target.LINK};" in text
