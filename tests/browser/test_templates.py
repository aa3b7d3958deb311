"""Every kind of page: readable by all, within its width, quiet, alone, and whole without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.html
import pytest
import soi
from conftest import BASE, NOW, OpenPage, Readers, Served
from du_an_mau import ROOT
from local_site import serve
from pages import FORM, MADE_UP, PACKAGE, PARTS, REAL, REDIRECT, SCRIPTLESS, TEMPLATES
from playwright.sync_api import Page

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang]

FIND_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const wide = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > edge + 1);
  return ['scrollWidth ' + document.documentElement.scrollWidth].concat(
    wide.slice(0, 5).map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 50)}`));
}"""

PAGES = [*(("states", path) for path in MADE_UP), *(("real_site", path) for path in REAL)]


@dataclass
class Visit:
    """A page as a reader has it before them, and what it said and asked for on the way."""

    path: str
    address: str
    home: str
    page: Page
    heard: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def resize(self, width: int, height: int = 900) -> Page:
        """The page in a window of this size, in the light scheme."""
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": width, "height": height})
        return self.page


@pytest.fixture(scope="module", params=PAGES, ids="-".join)
def visit(request: pytest.FixtureRequest, readers: Readers) -> Iterator[Visit]:
    """Each page once, opened by a new reader."""
    name, path = request.param
    site: Served = request.getfixturevalue(name)
    page = readers.take(timezone_id="Asia/Ho_Chi_Minh")
    page.clock.set_fixed_time(NOW)
    opened = Visit(path, site.address(path), site.home, page)
    page.on("console", lambda said: opened.heard.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: opened.heard.append(str(error)))
    page.on("request", lambda request: opened.asked.append(request.url))
    page.goto(opened.address)
    page.wait_for_timeout(50)  # what the script would ask for after the page has loaded
    yield opened
    readers.give_back(page)


def test_every_template_has_a_page_in_these_tests() -> None:
    templates = {path.name for path in (ROOT / "docs" / "templates").glob("*.html")}
    assert templates == {*TEMPLATES, *PARTS, REDIRECT, FORM, PACKAGE}


def test_a_page_is_quiet_and_asks_nobody_else(visit: Visit) -> None:
    expected = [e for e in visit.heard if "404" in e] if visit.path.startswith("khong-co") else []
    assert [said for said in visit.heard if said not in expected] == []
    assert len(visit.asked) >= (2 if visit.path in SCRIPTLESS else 3), "the page, its style and its script"
    assert [url for url in visit.asked if not url.startswith(visit.home)] == []


def test_a_page_has_no_word_of_a_program_with_or_without_script(visit: Visit) -> None:
    with_script = visit.resize(1280).locator("body").inner_text()
    assert visit.page.locator("h1").count() == 1
    served = visit.page.request.get(visit.address)
    body = lxml.html.document_fromstring(served.text()).body
    assert len(body.xpath(".//h1")) == 1
    for text in (with_script, body.text_content()):
        assert len(text) > 300
        if not visit.path.startswith("huong-dan/"):  # the guide shows keys and placeholders
            assert re.findall(r"undefined|NaN|\bNone\b|\bnull\b|\{\{|\{%|\[object", text) == []


def test_nothing_is_wider_than_a_phone_or_a_page_at_twice_its_size(visit: Visit) -> None:
    assert visit.resize(360).evaluate(FIND_WIDE) == []
    assert visit.resize(320, 450).evaluate(FIND_WIDE) == []  # a window of 640 × 900 at 200 %


def test_axe_finds_nothing_in_light_or_dark(visit: Visit) -> None:
    assert soi.findings(visit.page) == {}


def test_a_colour_that_only_one_width_shows_would_be_found(open_page: OpenPage, states: Served) -> None:
    page = open_page(states.home)
    page.evaluate(soi.AXE_SCRIPT)
    page.evaluate(
        """() => {
          const paper = new CSSStyleSheet();
          paper.replaceSync('p.thu { color: #777; background: #888 } @media (width > 600px) { p.thu { display: none } }');
          document.adoptedStyleSheets = [paper];
          document.querySelector('main').insertAdjacentHTML('afterbegin', '<p class=thu>Ví dụ: chữ mờ</p>');
        }"""
    )
    page.evaluate(soi.MARK_UNSEEN)
    page.set_viewport_size({"width": 360, "height": 900})
    assert [said.split(" ")[0] for said in soi.colour_findings_of_marked(page)] == ["color-contrast"]


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
