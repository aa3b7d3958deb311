"""What stands around the code is true: owners of folders, and links among the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chinhsach.rules.dia_chi_cu_trung import OWN_ROOTS

ROOT = Path(__file__).resolve().parents[1]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), ROOT / "docs" / "kien-truc.md", *DECISIONS, *(ROOT / ".github").glob("*.md")])

_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_link_between_documents_leads_to_a_file(document: Path) -> None:
    targets = [t for t in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in t]
    assert [t for t in targets if not (document.parent / t).exists()] == []


def test_decisions_are_numbered_without_gap_or_double() -> None:
    assert [path.name[:3] for path in DECISIONS] == [f"{n:03}" for n in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_what_else(decision: Path) -> None:
    headings = re.findall(r"^## (.+)$", decision.read_text(encoding="utf-8"), re.M)
    assert headings == ["Context", "Decision", "Consequences", "Alternatives"]


def test_no_earlier_address_can_stand_where_a_hand_written_page_stands() -> None:
    pages = {path.relative_to(ROOT / "docs").parts[0].removesuffix(".md") for path in (ROOT / "docs").rglob("*.md")}
    assert pages - {"templates", "adr", "kien-truc"} <= OWN_ROOTS


def palettes(sheet: Path) -> list[dict[str, str]]:
    """The colours by name of each `:root` of a style sheet: light, dark, and dark as chosen."""
    blocks = re.findall(r":root[^{]*\{([^}]*)\}", sheet.read_text(encoding="utf-8"))
    found = [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in blocks]
    return [colours for colours in found if colours]


@pytest.mark.parametrize("name", ["docs/assets/nhung.css", "hooks/chinhsach/report/bang-dieu-hanh.css"])
def test_a_colour_is_the_same_wherever_it_has_the_same_name(name: str) -> None:
    light, dark, chosen, *_ = palettes(ROOT / "docs" / "assets" / "trang.css")
    assert dark == chosen, "docs/assets/trang.css: bảng màu tối ghi hai lần, phải như nhau"
    for mine, site in zip(palettes(ROOT / name), (light, dark), strict=True):
        shared = mine.keys() & site.keys()
        assert shared
        assert {key: mine[key] for key in shared} == {key: site[key] for key in shared}, f"sửa {name} theo trang.css"
