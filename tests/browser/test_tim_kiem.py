"""Search in a real browser: finds what people mean, holds its state in the address, is text everywhere."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import soi
from conftest import OpenPage, Served
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang]

RESULT = "[data-ket-qua]"
FOUND = "[data-xong]"

QUERIES = (
    ("643/UBND-KGVX", "643-ubnd-kgvx"),
    ("643 ubnd", "643-ubnd-kgvx"),
    ("643", "643-ubnd-kgvx"),
    ("30 / 2020 / nd-cp", "30-2020-nd-cp"),
    ("nghị định số 30/2020", "30-2020-nd-cp"),
    ("luật đấu thầu", "22-2023-qh15"),
    ("luat dau thau", "22-2023-qh15"),
    ("luaatj ddaaus thaauf", "22-2023-qh15"),
    ("lua65t d9a61u tha62u", "22-2023-qh15"),
    ("lậut đấu thầuu", "22-2023-qh15"),
    ("DNNVV", "04-2017-qh14"),
    ("ho tro dn nho va vua", "04-2017-qh14"),
    ("doanhnghiep nho va vua", "04-2017-qh14"),
    (unicodedata.normalize("NFD", "công tác văn thư"), "30-2020-nd-cp"),
    ("Công dân có quyền yêu cầu cơ quan nhà nước cung cấp thông tin không?", "104-2016-qh13"),
)


def search(page: Page, site: Served, query: str, more: str = "") -> list[str]:
    """Open a search by its address; the ids of its results in their order."""
    page.goto(site.address(f"tim-kiem/?q={quote(query)}{more}"))
    return ids(page)


def ids(page: Page) -> list[str]:
    """The ids of the results once the list stands."""
    page.locator(FOUND).wait_for(state="attached")
    return [ma for ma in page.locator(RESULT).evaluate_all("all => all.map((a) => a.dataset.ma)") if ma]


def shown_count(page: Page) -> int:
    """The number that the count says."""
    return int(re.sub(r"\D", "", page.locator("[data-so-ket-qua]").inner_text()) or 0)


@pytest.mark.parametrize(("query", "wanted"), QUERIES)
def test_the_right_document_is_first(query: str, wanted: str, real_site: Served, open_page: OpenPage) -> None:
    assert search(open_page(), real_site, query)[:1] == [wanted]


def test_tones_count_when_they_are_typed(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    plain = search(page, real_site, "thue")
    toned = search(page, real_site, "thuế")
    assert plain
    assert toned
    page.goto(real_site.address(f"tim-kiem/?q={quote('thuế')}"))
    ids(page)
    assert "thuế" in page.locator("mark").first.inner_text().lower()


def test_nonsense_finds_nothing_and_ways_on_are_offered(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    assert search(page, real_site, "qzxw vbkjh ppfgt") == []
    expect(page.locator("[data-tk-ds]")).to_contain_text("Không tìm thấy “qzxw vbkjh ppfgt”.")
    assert page.get_by_role("link", name="Xem theo lĩnh vực").is_visible()


def test_a_hostile_query_is_text_everywhere(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    heard: list[str] = []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    query = "<img src=x onerror=alert(1)> \"'><b>doanh nghiệp</b>"
    search(page, real_site, query, "&don-vi=%22%3E%3Cimg%20src=x%3E&nam=2020%22onload=1&loai=__proto__&trang=-3")
    page.wait_for_timeout(300)
    assert page.locator("main img, main b:has-text('doanh')").count() == 0
    assert page.locator("#tk-q").input_value() == query
    assert heard == []


def test_a_filter_shows_as_many_as_it_counted(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    search(page, real_site, "đầu tư")
    everything = shown_count(page)
    rows = page.locator("[data-tk-nhom] fieldset", has_text="Loại văn bản").locator("label")
    told = [int(rows.nth(i).locator("span").last.inner_text()) for i in range(2)]
    rows.nth(0).locator("input").check()
    expect(page.locator("[data-so-ket-qua]")).to_have_text(f"{told[0]} kết quả")
    rows.nth(1).locator("input").check()
    expect(page.locator("[data-so-ket-qua]")).to_have_text(f"{sum(told)} kết quả")  # or, within a group
    assert len(parse_qs(urlsplit(page.url).query)["loai"]) == 2
    units = page.locator("[data-tk-nhom] fieldset", has_text="Đơn vị").locator("label")
    part = int(units.first.locator("span").last.inner_text())
    units.first.locator("input").check()
    expect(page.locator("[data-so-ket-qua]")).to_have_text(f"{part} kết quả")  # and, between groups
    assert part < sum(told)
    page.get_by_role("button", name=re.compile("^Bỏ lọc")).first.click()
    page.get_by_role("link", name="Xóa hết").click()
    expect(page.locator("[data-so-ket-qua]")).to_have_text(f"{everything} kết quả")


def test_a_filter_without_a_query_lists_newest_first(real_site: Served, open_page: OpenPage) -> None:
    page = open_page(real_site.address("tim-kiem/?don-vi=phong-dkkd"))
    found = ids(page)
    listed = open_page(real_site.address("don-vi/phong-dkkd/"))
    assert found == listed.locator("main [data-muc]").evaluate_all("all => all.map((a) => a.dataset.muc)")
    feed = page.locator("[data-tk-theo-doi] a").get_attribute("href")
    assert feed == real_site.address("don-vi/phong-dkkd/rss.xml")


def test_back_and_forward_bring_query_filter_and_page(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    first = search(page, real_site, "doanh nghiệp")
    page.locator("#tk-q").fill("ngân sách")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=ng%C3%A2n"))
    second = ids(page)
    assert first != second
    page.go_back()
    expect(page.locator("#tk-q")).to_have_value("doanh nghiệp")
    assert ids(page) == first
    page.go_forward()
    expect(page.locator("#tk-q")).to_have_value("ngân sách")
    assert ids(page) == second
    page.goto(real_site.address("tim-kiem/?trang=2"))
    ids(page)
    page.get_by_role("link", name="Trang 1", exact=True).first.click()
    expect(page.locator("#tk-q")).to_have_value("")
    page.go_back()
    expect(page.locator(".phan-trang [aria-current]")).to_have_text("2")


def test_the_keyboard_alone_finds_and_opens(real_site: Served, open_page: OpenPage) -> None:
    page = open_page(real_site.address("tim-kiem/"))
    ids(page)
    page.keyboard.press("/")
    expect(page.locator("#tk-q")).to_be_focused()
    page.keyboard.type("viên chức")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("kết quả cho “viên chức”")
    found = ids(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.ma") == found[0]
    page.keyboard.press("Enter")
    page.wait_for_url(real_site.address(f"chinh-sach/{found[0]}/"))


def test_the_boxes_of_other_pages_lead_here(real_site: Served, open_page: OpenPage) -> None:
    for path in ("./", "linh-vuc/"):
        page = open_page(real_site.address(path))
        box = page.get_by_role("searchbox").locator("visible=true").first
        box.fill("báo chí")
        box.press("Enter")
        page.wait_for_url(re.compile(r"/tim-kiem/\?q=b%C3%A1o"))
        assert ids(page)


def test_without_script_the_page_says_so_and_leads_on(real_site: Served, open_page: OpenPage) -> None:
    page = open_page(real_site.address("tim-kiem/?q=abc"), script=False)
    expect(page.get_by_text("Tìm kiếm cần JavaScript.")).to_be_visible()
    page.get_by_role("link", name="Xem danh sách theo số ký hiệu").click()
    page.wait_for_url(real_site.address("van-ban/"))


def test_the_effect_filter_goes_by_the_readers_day(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address("tim-kiem/?hieu-luc=chua-co-hieu-luc"))
    today = ids(page)
    later = open_page(states.address("tim-kiem/?hieu-luc=chua-co-hieu-luc"), now="2060-01-01T12:00:00+07:00")
    assert today
    assert ids(later) == []


def test_a_badge_says_what_the_entrys_own_page_says(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address("tim-kiem/?hieu-luc=het-hieu-luc-toan-bo"))
    found = ids(page)
    assert found
    told = page.locator("li.muc [data-hieu-luc]").first.inner_text()
    entry = open_page(states.address(f"chinh-sach/{found[0]}/"))
    badge = entry.locator("article [data-hieu-luc]").first
    assert badge.get_attribute("data-hieu-luc") == "het-hieu-luc-toan-bo"
    assert badge.inner_text() == told


def test_a_removed_entry_comes_only_when_asked_for_and_an_erased_one_never(states: Served, open_page: OpenPage) -> None:
    page = open_page()
    assert "vi-du-da-go" not in search(page, states, "904/2026/QĐ-UBND")
    assert "vi-du-da-go" in search(page, states, "904/2026/QĐ-UBND", "&da-go=co")
    expect(page.locator("li.muc", has_text="904/2026").first).to_contain_text("Tin đã gỡ")
    assert "vi-du-xoa" not in search(page, states, "daxoazqx", "&da-go=co")


def test_search_asks_nobody_else_and_is_quiet(states: Served, open_page: OpenPage) -> None:
    page = open_page()
    asked: list[str] = []
    heard: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    assert search(page, states, "quyết định")
    assert any("ban-ghi.json" in url for url in asked)
    assert [url for url in asked if not url.startswith(states.home)] == []
    assert heard == []


def test_what_is_loaded_still_answers_offline(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    search(page, real_site, "báo chí")
    page.context.set_offline(True)
    page.locator("#tk-q").fill("đấu thầu")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("th%E1%BA%A7u"))
    assert ids(page)[0] == "22-2023-qh15"


@pytest.mark.parametrize("more", ["", "&don-vi=phong-dkkd&loai=luat"])
def test_axe_finds_nothing_and_nothing_is_too_wide(more: str, real_site: Served, open_page: OpenPage) -> None:
    page = open_page(width=360)
    search(page, real_site, "doanh nghiệp", more)
    page.locator(".tk-loc > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert soi.findings(page, None) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
