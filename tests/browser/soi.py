"""What axe finds on a page, wide and narrow, in both colour schemes."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MARK_UNSEEN = """() => document.querySelectorAll('body *').forEach(
  (e) => e.toggleAttribute('data-an', !e.checkVisibility()))"""


def findings(page: Page, rules: list[str] | None = WCAG) -> dict[str, list[str]]:
    """What breaks the rules with these tags (None: all of axe's), by width and scheme; nothing where all is well.

    The page is left wide and dark.
    """
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(AXE_SCRIPT)
    found = {"wide light": _all_findings(page, rules)}
    page.evaluate(MARK_UNSEEN)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 900})
    found["narrow dark"] = _all_findings(page, rules)
    # Nothing but colours depends on the scheme, and no colour on the width: the rest is what only one width shows.
    page.emulate_media(color_scheme="light")
    found["narrow light"] = colour_findings_of_marked(page)
    page.evaluate(MARK_UNSEEN)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1280, "height": 900})
    found["wide dark"] = colour_findings_of_marked(page)
    return {where: said for where, said in found.items() if said}


def _all_findings(page: Page, rules: list[str] | None) -> list[str]:
    result = page.evaluate("(only) => axe.run({...only && {runOnly: only}, resultTypes: ['violations']})", rules)
    assert result["passes"], "axe looked at nothing"
    return _lines(result)


def colour_findings_of_marked(page: Page) -> list[str]:
    """What axe finds of the colours of elements that `MARK_UNSEEN` marked and that are seen now."""
    result = page.evaluate(
        """(only) => {
          const marked = [...document.querySelectorAll('[data-an]')].filter((e) => e.checkVisibility());
          return marked.length ? axe.run({include: marked}, {runOnly: only, resultTypes: ['violations']}) : null;
        }""",
        COLOURS,
    )
    return _lines(result) if result else []


def _lines(result: dict[str, Any]) -> list[str]:
    return [
        f"{found['id']} ×{len(found['nodes'])}: {found['nodes'][0]['html'][:160]} — {found['nodes'][0]['failureSummary']}"
        for found in result["violations"]
    ]
