"""What stands around the code is true: owners of folders, and links among the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chinhsach.rules.dia_chi_cu_trung import OWN_ROOTS

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("", "docs/adr", "docs/ky-thuat", ".github")
DOCUMENTS = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.md"))

_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


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
    assert pages - {"templates", "adr", "ky-thuat"} <= OWN_ROOTS
