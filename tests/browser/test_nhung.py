"""What a portal embeds: the script of `/nhung/` in a page of another site, and the pages for its frames."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from conftest import OpenPage, Served
from local_site import serve_page
from playwright.sync_api import Page, Route

pytestmark = pytest.mark.trinh_duyet

Portal = Callable[..., Page]


@pytest.fixture
def portal(open_page: OpenPage) -> Iterator[Portal]:
    """Opens a made-up portal's page with this inside, and the answer of `moi-nhat.json` where it is not the site's."""
    with ExitStack() as running:

        def open_it(inside: str, answer: Callable[[Route], None] | None = None) -> Page:
            whole = f"<!doctype html><html lang=vi><title>Cổng ví dụ</title><body>{inside}"
            page = open_page()
            if answer:
                page.route("**/nhung/moi-nhat.json", answer)
            page.goto(running.enter_context(serve_page(whole)))
            return page

        yield open_it


def script(site: Served) -> str:
    """What the guide tells a portal to paste."""
    return f'<div data-tin-chinh-sach="3"></div><script src="{site.address("nhung/nhung.js")}" defer></script>'


def test_the_script_shows_the_newest_entries_with_their_addresses(portal: Portal, states: Served) -> None:
    wanted = json.loads((states.folder / "nhung/moi-nhat.json").read_text("utf-8"))["tin"][:3]
    page = portal(script(states))
    page.wait_for_selector("li a")
    links = page.locator("li a").all()
    assert [link.text_content() for link in links] == [row["tieu_de"] for row in wanted]
    assert [link.get_attribute("href") for link in links] == [
        states.address(f"chinh-sach/{row['ma']}/") for row in wanted
    ]
    assert "Cập nhật lúc" in page.inner_text("body")


@pytest.mark.parametrize("status", [404, 500, 200])
def test_when_the_news_cannot_be_read_it_says_so_and_shows_nothing_old(
    portal: Portal, states: Served, status: int
) -> None:
    page = portal(
        f"{script(states)}",
        lambda route: route.fulfill(
            status=status, body="<p>không phải JSON</p>", headers={"Access-Control-Allow-Origin": "*"}
        ),
    )
    page.wait_for_selector("p")
    assert "Không lấy được tin lúc này" in page.inner_text("body")
    assert page.locator("li").count() == 0
    assert page.locator("a").get_attribute("href") == states.home


def test_markup_in_the_news_is_text(portal: Portal, states: Served) -> None:
    evil = "<img src=x onerror=document.title='hong'>"
    row = {"tieu_de": evil, "dia_chi": "../a/", "van_ban": evil, "don_vi": "", "ngay_dang": "2026-11-01T00:00:00+07:00"}
    news = json.dumps({"cap_nhat": "2026-11-01T00:00:00+07:00", "tin": [row]})
    page = portal(script(states), lambda route: route.fulfill(body=news, headers={"Access-Control-Allow-Origin": "*"}))
    page.wait_for_selector("li a")
    assert page.inner_text("li a") == evil
    assert page.locator("img").count() == 0
    assert page.title() == "Cổng ví dụ"


def test_a_frame_works_without_script_and_its_links_leave_it(portal: Portal, states: Served) -> None:
    page = portal(f'<iframe title="Tin" src="{states.address("nhung/van-phong-so.html")}"></iframe>')
    frame = page.frame_locator("iframe")
    first = frame.locator("li a").first
    entry_id = first.get_attribute("data-muc")
    assert frame.locator("script").count() == 0
    first.click()
    page.wait_for_url(states.address(f"chinh-sach/{entry_id}/"))


def test_a_removed_entry_is_in_nothing_that_is_embedded(states: Served) -> None:
    for path in (states.folder / "nhung").iterdir():
        text = path.read_text("utf-8")
        assert "vi-du-da-go" not in text, path.name
        assert "vi-du-xoa" not in text, path.name
