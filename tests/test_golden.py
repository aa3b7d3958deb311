"""Golden cases: what lies under tests/golden is read as a repository, and its problems compared whole.

A case is named by its code, and may add a variant after a dot: `yaml-hong.ngoac-vuong`.
It is one entry (`input.md`, or `good/<case>.md`) or a tree `policies/…`; adding a case is adding files.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from chinhsach import catalogue, check, vocabulary
from chinhsach.dates import VN
from chinhsach.office import load as office
from chinhsach.office import place, readers
from chinhsach.problems import Problem
from chinhsach.rules import RULES
from chinhsach.vocabulary import Vocabularies

ROOT = Path(__file__).resolve().parents[1]
GOOD = ROOT / "tests" / "golden" / "good"
BAD = ROOT / "tests" / "golden" / "bad"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=VN)
PLACE = "policies/van-phong-so/2023/vi-du.md"

GOOD_CASES = sorted(GOOD.glob("[!.]*"))
BAD_CASES = sorted(BAD.glob("[!.]*"))


@cache
def project_vocabularies() -> Vocabularies:
    """The vocabularies of this repository, read once."""
    return vocabulary.load(ROOT)


def code_of(case: Path) -> str:
    """The code that a case is about: its name up to the first dot."""
    return case.name.partition(".")[0]


def _grow(root: Path) -> None:
    """`a.pdf.kich-thuoc` holds the number of bytes that `a.pdf` is to have: no case carries 25 MB."""
    for wanted in root.rglob("*.kich-thuoc"):
        with wanted.with_suffix("").open("r+b") as file:
            file.truncate(int(wanted.read_text(encoding="utf-8")))
        wanted.unlink()


def problems_of(case: Path, root: Path, *, notes: bool = True) -> list[Problem]:
    """Lay the case out as a repository under `root` and check that."""
    entry = case if case.is_file() else case / "input.md"
    if entry.is_file():
        (root / PLACE).parent.mkdir(parents=True)
        shutil.copyfile(entry, root / PLACE)
    elif (case / "policies").is_dir():
        shutil.copytree(case / "policies", root / "policies")
        _grow(root)
    if (case / place.DEFAULT).is_dir():
        return problems_of_office(case / place.DEFAULT, root, notes=notes)
    own = case / vocabulary.FOLDER
    if own.is_dir():
        shutil.copytree(ROOT / vocabulary.FOLDER, root / vocabulary.FOLDER, dirs_exist_ok=True)
        shutil.copytree(own, root / vocabulary.FOLDER, dirs_exist_ok=True)
        return list(check.check(root, NOW, notes=notes).problems)
    return check.find_problems(catalogue.load(root, project_vocabularies(), NOW), notes=notes)


def problems_of_office(folder: Path, root: Path, *, notes: bool) -> list[Problem]:
    """What is wrong with a case of the office's own data."""
    shutil.copytree(folder, root / place.DEFAULT)
    return judged_office(root, notes=notes)


def judged_office(root: Path, *, notes: bool = True) -> list[Problem]:
    """What is wrong with the office's own data under `root`."""
    known = project_vocabularies()
    where = place.Place(root / place.DEFAULT, place.DEFAULT)
    entries = catalogue.load(root, known, NOW)
    found = office.find_problems(office.load(where, known), entries)
    found += readers.find_problems(readers.load(where), where, entries)
    return [problem for problem in found if notes or problem.is_error]


@pytest.mark.parametrize("case", GOOD_CASES, ids=lambda case: case.name)
def test_a_good_case_gives_no_problem(case: Path, tmp_path: Path) -> None:
    assert [problem.as_text() for problem in problems_of(case, tmp_path)] == []


@pytest.mark.parametrize("case", BAD_CASES, ids=lambda case: case.name)
def test_a_bad_case_gives_the_expected_report(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    report = "\n\n".join(problem.as_text() for problem in problems_of(case, tmp_path)) + "\n"
    expected = case / "expected.txt"
    if request.config.getoption("--ghi-lai"):
        expected.write_text(report, encoding="utf-8", newline="\n")
    assert report == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", BAD_CASES, ids=lambda case: case.name)
def test_a_build_stops_on_the_same_errors_without_asking_what_only_reminds(case: Path, tmp_path: Path) -> None:
    whole = problems_of(case, tmp_path / "a")
    short = problems_of(case, tmp_path / "b", notes=False)
    assert [p for p in whole if p.is_error] == [p for p in short if p.is_error]


@pytest.mark.parametrize("case", [*GOOD_CASES, *BAD_CASES], ids=lambda case: f"{case.parent.name}-{case.name}")
def test_a_case_is_about_a_rule(case: Path) -> None:
    assert code_of(case) in RULES


@pytest.mark.parametrize("case", BAD_CASES, ids=lambda case: case.name)
def test_a_bad_case_names_its_code(case: Path) -> None:
    assert f"[{code_of(case)}]" in (case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_its_file_and_its_cases(code: str) -> None:
    assert (ROOT / "hooks" / "chinhsach" / "rules" / f"{code.replace('-', '_')}.py").is_file()
    assert code in {code_of(case) for case in GOOD_CASES}, "no good case"
    assert code in {code_of(case) for case in BAD_CASES}, "no bad case"


@pytest.mark.parametrize("code", RULES)
def test_every_rule_says_what_why_and_how(code: str) -> None:
    rule = RULES[code]
    assert all(text.strip() for text in (rule.title, rule.bad, rule.good))
    assert rule.bad != rule.good
    assert rule.sample is not None
    words = rule.explain(rule.sample)
    for sentence in words:
        assert sentence == sentence.strip() != ""
        assert "\n" not in sentence
