"""What stands around the code is true: owners of folders, and links among the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chinhsach import vocabulary
from chinhsach.rules.dia_chi_cu_trung import OWN_ROOTS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs" / "adr").glob("*.md"), *(ROOT / ".github").glob("*.md")])

_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def owners() -> list[tuple[str, list[str]]]:
    """The lines of CODEOWNERS: a pattern and its teams; the last line that fits decides."""
    text = (ROOT / "CODEOWNERS").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(pattern, teams) for pattern, *teams in lines]


def test_everything_belongs_to_the_keepers_unless_a_later_line_says_otherwise() -> None:
    pattern, teams = owners()[0]
    assert pattern == "*"
    assert len(teams) == 1


def test_each_unit_owns_its_own_folder_and_no_other_file() -> None:
    given = dict(owners()[1:])
    units = vocabulary.load(ROOT).active_units
    assert set(given) == {f"/policies/{unit}/" for unit in units}
    keepers = owners()[0][1]
    assert all(len(teams) == 1 and teams != keepers for teams in given.values())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_link_between_documents_leads_to_a_file(document: Path) -> None:
    targets = [t for t in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in t]
    assert [t for t in targets if not (document.parent / t).exists()] == []


def test_decisions_are_numbered_without_gap_or_double() -> None:
    numbers = [path.name[:3] for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == [f"{n:03}" for n in range(len(numbers))]


@pytest.mark.parametrize("decision", sorted((ROOT / "docs" / "adr").glob("*.md"))[1:], ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_what_else(decision: Path) -> None:
    headings = re.findall(r"^## (.+)$", decision.read_text(encoding="utf-8"), re.M)
    assert headings == ["Context", "Decision", "Consequences", "Alternatives"]


def test_no_earlier_address_can_stand_where_a_hand_written_page_stands() -> None:
    pages = {path.relative_to(ROOT / "docs").parts[0].removesuffix(".md") for path in (ROOT / "docs").rglob("*.md")}
    assert pages - {"templates", "adr"} <= OWN_ROOTS
