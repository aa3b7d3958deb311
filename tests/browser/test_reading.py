"""What a reader does: reads without script, goes by keyboard, copies, prints, looks up an article."""

from __future__ import annotations

import gzip
import io
import re

import pypdf
import pytest
from conftest import OpenPage, Served
from du_an_mau import ADDRESS
from playwright.sync_api import Page, Response, expect

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang]

ENTRY = "chinh-sach/vi-du-trang-day/"
ORDINARY = "chinh-sach/vi-du-thuong/"
FULL_TEXT = "chinh-sach/vi-du-toan-van/toan-van/"
FIRST_LOAD = 120_000
"""Bytes, compressed, of all that a first visit loads besides images."""

OUTLINE = """() => {
  const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  return {
    name: e.textContent.trim().slice(0, 60) || e.tagName,
    tag: e.tagName,
    width: s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth),
    inView: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
  };
}"""


# Without script


def test_an_entry_is_whole_without_script(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(ENTRY), script=False)
    assert page.locator(".tin-so").inner_text() == "Quyết định số 951/2026/QĐ-UBND của Ủy ban nhân dân tỉnh Lạng Sơn"
    badge = page.locator(".tin-dau .hieu-luc").inner_text()
    assert badge.startswith("Có hiệu lực từ 1/3/2026")
    assert "hết hiệu lực từ 1/7/2026" in badge
    facts = page.locator(".thong-tin").first.inner_text()
    for label in ("Số ký hiệu", "Ngày ban hành", "Hiệu lực từ", "Hết hiệu lực từ", "Lĩnh vực", "Đơn vị phụ trách tin"):
        assert label in facts
    assert page.locator(".thong-tin time[datetime='2026-03-01']").inner_text() == "1/3/2026"
    for heading in ("Điểm chính", "Quá trình và văn bản liên quan", "Tệp và bản gốc", "Lịch sử tin", "Trích dẫn"):
        assert page.get_by_role("heading", name=heading, exact=True).is_visible(), heading
    waiting = page.locator("[hidden] button, button[hidden], .nut-doc").count()
    folded = page.locator("details:not([open]) button").count()
    everything = page.locator("button").count()
    assert everything == page.locator("button:visible").count() + waiting + folded, "buttons that need script"
    assert waiting >= 5


def test_a_consultation_gives_its_dates_without_script(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address("chinh-sach/vi-du-du-thao/"), script=False)
    assert (
        page.locator("#tb-gop-y").inner_text()
        == "Lấy ý kiến dự thảo từ Thứ sáu, 13/11/2026 đến hết Thứ hai, 14/12/2026"
    )
    assert page.locator("h1").inner_text() == "[Dự thảo] Ví dụ: dự thảo cùng tên"
    page = open_page(states.address("gop-y/"), script=False)
    assert "từ 13/11/2026 đến hết 14/12/2026" in page.locator("[data-gop-y]").inner_text()
    page = open_page(states.home, script=False)
    assert "đến hết" in page.locator(".o-gop-y").inner_text()


def test_lists_and_contents_are_links_without_script(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address("chinh-sach/"), script=False)
    page.locator("a[data-muc=vi-du-toan-van]").click()
    page.locator(".nut.chinh").click()
    page.wait_for_url(states.address(FULL_TEXT))
    page.locator(".tv-muc-luc > summary").click()
    page.locator(".tv-chuong > summary").nth(1).click()
    page.locator(".tv-chuong a[href='#dieu-2']").click()
    page.wait_for_url("**#dieu-2")


@pytest.mark.parametrize("entry", ["vi-du-da-go", "vi-du-xoa"])
def test_a_removed_entry_says_so_first(entry: str, states: Served, open_page: OpenPage) -> None:
    for script in (True, False):
        page = open_page(states.address(f"chinh-sach/{entry}/"), script=script)
        first = page.locator("article.tin section").first
        assert first.inner_text().startswith("Sở đã gỡ tin này ngày 1")
        assert page.locator(".hieu-luc:visible").count() == 0
        assert page.locator(".nut.chinh:visible").count() == 0


# By keyboard


def test_the_first_stop_of_the_keyboard_skips_to_the_content(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(ENTRY))
    page.keyboard.press("Tab")
    stop = page.evaluate(OUTLINE)
    assert stop == {"name": "Đến nội dung chính", "tag": "A", "width": 3, "inView": True}
    page.keyboard.press("Enter")
    expect(page.locator("#noi-dung-chinh")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", ["./", ENTRY, FULL_TEXT, "gop-y/"])
def test_every_stop_of_the_keyboard_can_be_seen(path: str, width: int, states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(path), width=width)
    stops = []
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(OUTLINE)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    assert len(stops) > 15
    assert stops[-1]["name"] == "Trợ năng", "the walk ended before the footer"
    assert [stop for stop in stops if stop["width"] < 2 or not stop["inView"]] == []


# Copy


def test_the_citation_can_be_copied(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(ENTRY), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Sao chép trích dẫn").click()
    page.get_by_text("Đã sao chép").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        "Quyết định số 951/2026/QĐ-UBND ngày 05 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Lạng Sơn "
        "ban hành quy định ví dụ có nhiều phần"
    )


# Paper


def printed(page: Page) -> str:
    """What a page says on paper."""
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in paper.pages))


@pytest.mark.parametrize("moment", ["2026-02-28T12:00:00+07:00", "2026-11-23T12:00:00+07:00"])
def test_paper_gives_the_effect_as_dates_on_any_day(moment: str, states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(ENTRY), now=moment)
    # every row of the table by dates bears its own dates
    page.evaluate("document.querySelector('.theo-ngay').closest('section').remove()")
    text = printed(page)
    assert "Có hiệu lực từ 1/3/2026" in text
    assert "hết hiệu lực từ 1/7/2026" in text
    for word in ("Chưa có hiệu lực", "Hết hiệu lực toàn bộ", "Hôm nay"):
        assert word not in text
    assert f"Địa chỉ trang: {ADDRESS}{ENTRY}" in text


def test_paper_leaves_out_what_only_a_screen_needs(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(ENTRY))
    for css in (".dau-muc", ".duong-dan", ".nut-hang", ".chan-muc", ".chan-phu", ".trong-tin", ".cuoi-tin"):
        assert page.locator(css).first.is_visible(), css
    page.emulate_media(media="print")
    for css in (".dau-muc", ".duong-dan", ".nut-hang", ".chan-muc", ".chan-phu", ".trong-tin", ".cuoi-tin"):
        assert page.locator(f"{css}:visible").count() == 0, css
    assert not page.get_by_role("heading", name="Nội dung này có hữu ích không?").is_visible()
    for css in ("h1", ".dan", ".thong-tin", ".qua-trinh", ".ds-tep", ".lich-su", ".chi-in"):
        assert page.locator(css).first.is_visible(), css


def test_an_ordinary_entry_takes_two_sheets(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(ORDINARY))
    assert len(pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) <= 2


def test_paper_opens_what_is_folded_on_screen(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(ENTRY))
    folded = page.locator("details.them")
    assert not folded.get_by_text("813/2016/QĐ-UBND").is_visible()
    assert "813/2016/QĐ-UBND" in printed(page)
    assert not folded.get_by_text("813/2016/QĐ-UBND").is_visible(), "and folds it again afterwards"


# The full text


def test_the_contents_lead_to_the_article_and_follow_the_reader(real_site: Served, open_page: OpenPage) -> None:
    page = open_page(real_site.address("chinh-sach/04-2017-qh14/toan-van/"))
    contents = page.locator(".tv-muc-luc")
    assert contents.evaluate("details => details.open")
    chapter = contents.locator(".tv-chuong", has=page.locator("a[href='#dieu-11']"))
    chapter.locator("summary").click()
    chapter.locator("a[href='#dieu-11']").click()
    page.wait_for_url("**#dieu-11")
    top = page.locator("#dieu-11").evaluate("heading => heading.getBoundingClientRect().top")
    assert 0 <= top < 120
    page.locator(".tv-muc-luc a[href='#dieu-11'][aria-current=true]").wait_for()


def test_every_line_of_the_contents_has_its_place_in_the_text(real_site: Served, open_page: OpenPage) -> None:
    page = open_page(real_site.address("chinh-sach/04-2017-qh14/toan-van/"), script=False)
    targets = page.locator(".tv-muc-luc li a").evaluate_all(
        "links => links.map((a) => a.getAttribute('href').slice(1))"
    )
    ids = set(page.locator(".luat [id]").evaluate_all("found => found.map((e) => e.id)"))
    assert len([target for target in targets if re.fullmatch(r"dieu-\d+[a-z]*", target)]) == 35
    assert [target for target in targets if target not in ids] == []


WHERE = """id => Math.round(document.getElementById(id).getBoundingClientRect().top)"""


@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_law_jumps_to_its_clause_and_opens_again_where_it_was(
    width: int, real_site: Served, open_page: OpenPage
) -> None:
    page = open_page(real_site.address("chinh-sach/59-2020-qh14/toan-van/#dieu-112-khoan-2"), width=width)
    assert page.locator("[data-dai]").count() > 100
    page.wait_for_timeout(300)  # what is near is laid out now
    assert 0 <= page.evaluate(WHERE, "dieu-112-khoan-2") < 60
    page.evaluate("scrollBy(0, 3333)")
    page.wait_for_timeout(800)  # the place is kept once the scrolling stands still
    clause, top = page.evaluate("history.state")
    page.reload()
    page.wait_for_timeout(300)
    assert abs(page.evaluate(WHERE, clause) - top) < 3
    assert page.evaluate("window.find('khóa XIV, kỳ họp thứ 9 thông qua ngày 17')")


def test_a_phone_goes_from_article_to_article_by_the_bar_below(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(FULL_TEXT), width=360)
    assert not page.locator(".tv-muc-luc").evaluate("details => details.open")
    bar = page.get_by_role("navigation", name="Chuyển điều")
    assert bar.is_visible()
    bar.get_by_role("button", name="Mục lục").click()
    assert page.locator(".tv-muc-luc").evaluate("details => details.open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


# First load


@pytest.mark.parametrize("path", ["./", "chinh-sach/04-2017-qh14/", "chinh-sach/126-2025-qh15/"])
def test_the_first_load_is_small(path: str, real_site: Served, open_page: OpenPage) -> None:
    page = open_page(own=True)  # nothing of it is kept from another page
    answers: list[Response | None] = []
    page.on("requestfinished", lambda request: answers.append(request.response()))
    page.goto(real_site.address(path), wait_until="networkidle")
    sizes = {
        answer.url: len(gzip.compress(answer.body(), 6, mtime=0))
        for answer in answers
        if answer is not None and not answer.headers["content-type"].startswith("image/")
    }
    assert {url.rsplit(".", 1)[-1] for url in sizes} >= {"css", "js"}
    assert sum(sizes.values()) <= FIRST_LOAD, sizes
