"""What `/huong-dan/cong-tinh/` tells the administrator of a portal is there on the site that tells it."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from trang_dung import BuiltSite, Page

from chinhsach import cli

pytestmark = pytest.mark.dung_trang

GUIDE = "huong-dan/cong-tinh/"


@pytest.fixture
def guide(trang: BuiltSite) -> Page:
    return trang.page(GUIDE)


def test_every_feed_that_the_guide_names_is_published(trang: BuiltSite, guide: Page) -> None:
    named = {code.text or "" for code in guide.find("code")}
    feeds = {name.removeprefix("/") for name in named if re.fullmatch(r"/[a-z-]+\.(xml|json)", name)}
    assert feeds == {"rss.xml", "atom.xml", "rss-hien-thi.xml", "rss-thu.xml"}
    assert feeds - trang.files == set()


def test_every_trial_item_leads_to_its_own_part_of_the_guide(trang: BuiltSite, guide: Page) -> None:
    items = etree.fromstring(trang.read("rss-thu.xml")).findall("channel/item")
    parts = set()
    for item in items:
        address, _, part = (item.findtext("link") or "").partition("#")
        assert address == trang.address + GUIDE
        assert part in guide.ids
        parts.add(part)
    told = {e.get("id", "") for e in guide.find("h3") if e.get("id", "").startswith("tin-thu-")}
    assert parts == told != set()


def test_the_frame_that_the_guide_gives_shows_a_page_of_the_site(trang: BuiltSite, guide: Page) -> None:
    given = re.findall(r'<iframe src="https://example\.org/([^"]+)"', guide.text)
    assert given == ["nhung/moi-nhat.html"]
    assert set(given) | {"nhung/van-phong-so.html"} <= trang.files
    assert [path for path in given if list(trang.pages[path].find("script"))] == []


def test_the_script_that_the_guide_gives_is_published_and_knows_the_mark(trang: BuiltSite, guide: Page) -> None:
    given = re.findall(r'<script src="https://example\.org/([^"]+)" defer>', guide.text)
    assert given == ["nhung/nhung.js"]
    assert set(given) <= trang.files
    mark = re.findall(r"<div (data-[a-z-]+)=", guide.text)
    assert len(mark) == 1
    assert f"[{mark[0]}]" in trang.read(given[0]).decode()


@pytest.mark.parametrize("place", ["huong-dan/", "rss/"])
def test_the_guide_is_found_from_where_an_administrator_looks(trang: BuiltSite, place: str) -> None:
    page = trang.page(place)
    assert GUIDE + "index.html" in {trang.target(page, a.get("href", "")) for a in page.find("a")}


def test_each_setting_of_the_guide_has_its_reason(guide: Page) -> None:
    cells = ["".join(cell.itertext()).strip() for cell in guide.find("td")]
    assert len(cells) >= 40
    assert "" not in cells


def test_the_commands_of_the_guide_are_known(guide: Page) -> None:
    given = [line.split() for block in guide.find("pre") for line in "".join(block.itertext()).splitlines()]
    calls = [words[1:] for words in given if words[:1] == ["chinhsach"]]
    assert {call[0] for call in calls} == {"doi-chieu-cong"}
    assert all(callable(cli._parser().parse_args(call).run) for call in calls)
