"""Every kind of page: readable by all, within its width, quiet, alone, and whole without script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from conftest import BASE, OpenPage, Served
from du_an_mau import ROOT
from local_site import serve
from pages import MADE_UP, PARTS, REAL, REDIRECT, SCRIPTLESS, TEMPLATES
from playwright.sync_api import Page

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang]

COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FIND_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > edge + 1);
  return ['scrollWidth ' + document.documentElement.scrollWidth].concat(
    wide.slice(0, 5).map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 50)}`));
}"""

each_page = pytest.mark.parametrize(
    ("site", "path"), [*(("states", path) for path in MADE_UP), *(("real_site", path) for path in REAL)]
)
Address = Callable[[str, str], str]


@pytest.fixture
def address(request: pytest.FixtureRequest) -> Address:
    """The address of a path on one of the two sites."""
    return lambda site, path: request.getfixturevalue(site).address(path)


def test_every_template_has_a_page_in_these_tests() -> None:
    templates = {path.name for path in (ROOT / "docs" / "templates").glob("*.html")}
    assert templates == {*TEMPLATES, *PARTS, REDIRECT}


def findings(page: Page, only: object = WCAG) -> list[str]:
    """What axe finds on a page, in a line each."""
    result = page.evaluate("(only) => axe.run({runOnly: only})", only)
    assert result["passes"], "axe looked at nothing"
    return [
        f"{found['id']} ×{len(found['nodes'])}: {found['nodes'][0]['html'][:160]} — {found['nodes'][0]['failureSummary']}"
        for found in result["violations"]
    ]


@each_page
def test_axe_finds_nothing_in_light_or_dark(site: str, path: str, address: Address, open_page: OpenPage) -> None:
    page = open_page(address(site, path))
    page.evaluate(AXE_SCRIPT)
    found = {"wide light": findings(page)}
    page.emulate_media(color_scheme="dark")
    found["wide dark"] = findings(page, COLOURS)  # the scheme changes nothing else
    page.set_viewport_size({"width": 360, "height": 900})
    found["narrow dark"] = findings(page)
    page.emulate_media(color_scheme="light")
    found["narrow light"] = findings(page, COLOURS)
    assert {where: said for where, said in found.items() if said} == {}


@each_page
def test_nothing_is_wider_than_a_phone_or_a_page_at_twice_its_size(
    site: str, path: str, address: Address, open_page: OpenPage
) -> None:
    page = open_page(address(site, path), width=360)
    assert page.evaluate(FIND_WIDE) == []
    page.set_viewport_size({"width": 320, "height": 450})  # a window of 640 × 900 at 200 %
    assert page.evaluate(FIND_WIDE) == []


@each_page
def test_a_page_is_quiet_and_asks_nobody_else(site: str, path: str, address: Address, open_page: OpenPage) -> None:
    page = open_page()
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address(site, path))
    page.wait_for_timeout(50)  # what the script would ask for after the page has loaded
    home = address(site, "./")
    expected = [e for e in heard if "404" in e] if path.startswith("khong-co") else []
    assert [said for said in heard if said not in expected] == []
    assert len(asked) >= (2 if path in SCRIPTLESS else 3), "the page, its style and its script"
    assert [url for url in asked if not url.startswith(home)] == []


@each_page
def test_a_page_has_no_word_of_a_program_with_or_without_script(
    site: str, path: str, address: Address, open_page: OpenPage
) -> None:
    for script in (True, False):
        page = open_page(address(site, path), script=script)
        text = page.locator("body").inner_text()
        assert len(text) > 300
        if not path.startswith("huong-dan/"):  # the guide shows keys and placeholders
            assert re.findall(r"undefined|NaN|\bNone\b|\bnull\b|\{\{|\{%|\[object", text) == []
        assert page.locator("h1").count() == 1


def test_what_forbids_foreign_content_is_really_sent(states: Served, open_page: OpenPage) -> None:
    page = open_page()
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text))
    answer = page.goto(states.home)
    assert answer is not None
    assert answer.headers["content-security-policy"] == "default-src 'self'"
    page.evaluate("document.head.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}))")
    assert any("Content Security Policy" in said for said in heard), "the tests would not hear a violation"


def test_the_real_site_also_works_below_a_path(real_site: Served, open_page: OpenPage) -> None:
    with serve(real_site.folder, "/so/tin/") as home:
        page = open_page()
        failed: list[str] = []
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        page.goto(home)
        page.locator(".tc-moi a[data-muc]").first.click()
        page.locator("article.tin h1").wait_for()
        page.locator(".dau-trang a").click()
        page.locator(".bang-tra").wait_for()
        assert page.url == home
        assert failed == []


def test_the_page_for_a_missing_address_has_its_style_and_leads_home(states: Served, open_page: OpenPage) -> None:
    page = open_page()
    answer = page.goto(states.address("don-vi/khong-co/trang-9/"))
    assert answer is not None
    assert answer.status == 404
    assert page.locator("body").evaluate("body => getComputedStyle(body).fontFamily").startswith("-apple-system")
    page.get_by_role("link", name="Trang đầu").first.click()
    page.wait_for_url(states.home)
    assert BASE in page.url


def test_a_former_address_leads_to_the_entry(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address("tin/vi-du-cu/"), script=False)
    page.wait_for_url(states.address("chinh-sach/vi-du-dia-chi-moi/"))
    assert page.locator("article").get_attribute("data-ma") == "vi-du-dia-chi-moi"
