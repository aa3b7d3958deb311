"""Full text in a real browser: facts of the body are found, under their article, and what they lead to is there."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from conftest import OpenPage, Served
from playwright.sync_api import Page

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang]

DONE = '[data-xong="2"], [data-xong="1"]:not([data-cho-toan-van])'
TIM = """async ([query, hieu]) => {
  const { tim } = await import(new URL('../assets/tim-kiem-toan-van.js', location.href).href);
  return tim(query, { base: new URL('toan-van/', location.href).href, skip: [], hieu });
}"""


def ask(page: Page, site: Served, query: str, *meant: str) -> list[dict]:  # type: ignore[type-arg]
    """What the full text answers, asked for on the search page, under the same rules as there."""
    page.goto(site.address("tim-kiem/"))
    found: list[dict] = page.evaluate(TIM, [query, list(meant)])  # type: ignore[type-arg]
    return found


def test_a_fact_of_the_body_is_found_and_leads_to_its_article(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(
        real_site.address(f"tim-kiem/?q={quote('cấp phó được giao phụ trách ký như cấp phó ký thay cấp trưởng')}")
    )
    page.locator(DONE).wait_for(state="attached")
    assert page.locator("[data-ket-qua]").first.get_attribute("data-ma") == "30-2020-nd-cp"
    found = ask(page, real_site, "cấp phó được giao phụ trách ký như cấp phó ký thay cấp trưởng")
    place = found[0]["muc"][0]
    assert "Điều 13" in place["tieuDe"]
    page.goto(place["href"])
    anchor = urlsplit(place["href"]).fragment
    assert anchor.startswith("dieu-13")
    assert page.locator(f"[id='{anchor}']").count() == 1


@pytest.mark.parametrize(
    "query",
    [
        "nguon ngoai te cua quy tich luy tra no",
        "nguồn ngoại tệ của quỹ tích lũy trả nợ",
        "nguồn ngoại tệ của quỹ tích luỹ trả nợ",
        "nguoonf ngoaij tee quyx tichs luyx trar nowj",
        "nguồn ngoại tệ quỹ tích lũyy trả nợ",
    ],
)
def test_spelling_does_not_matter(query: str, real_site: Served, open_page: OpenPage) -> None:
    assert [item["ma"] for item in ask(open_page(), real_site, query)][:1] == ["20-2017-qh14"]


def test_marks_stand_on_the_words_as_the_text_spells_them(real_site: Served, open_page: OpenPage) -> None:
    parts = ask(open_page(), real_site, "nguon ngoai te cua quy tich luy tra no")[0]["doan"]
    marked = " ".join(part["chu"] for part in parts if part["danhDau"])
    assert "nguồn ngoại tệ" in marked
    assert len("".join(part["chu"] for part in parts)) < 300


def test_other_tones_are_another_word(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    assert ask(page, real_site, "ngườn ngoái tế quý tịch lụy")[:1] == []
    assert ask(page, real_site, "kết quả xổ số miền bắc", "kết quả xổ miền bắc") == []


def test_what_stands_in_the_list_already_is_not_given_again(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(real_site.address("tim-kiem/"))
    again = page.evaluate(TIM.replace("skip: []", "skip: ['20-2017-qh14']"), ["nguồn ngoại tệ của quỹ tích lũy", []])
    assert "20-2017-qh14" not in [item["ma"] for item in again]


def test_a_filter_finds_what_stands_behind_the_ten_best(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(real_site.address("tim-kiem/"))
    many = page.evaluate(TIM.replace("hieu })", "hieu, toiDa: 40 })"), ["quyết định của cơ quan", []])
    wanted = many[12]["ma"]
    alone = TIM.replace("hieu })", f"hieu, giu: (ids) => new Set(ids.filter((ma) => ma === '{wanted}')) }})")
    assert wanted not in [item["ma"] for item in ask(page, real_site, "quyết định của cơ quan")]
    assert [item["ma"] for item in page.evaluate(alone, ["quyết định của cơ quan", []])] == [wanted]


def test_filters_hold_for_the_full_text_too(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(real_site.address(f"tim-kiem/?q={quote('hồ sơ tài liệu lưu trữ cơ quan')}&toan-van=1&loai=luat&nam=2015"))
    page.locator(DONE).wait_for(state="attached")
    found = page.locator("[data-ket-qua]").evaluate_all("all => all.map((a) => a.dataset.ma)")
    assert found
    assert all(ma.endswith("qh13") and "-2015-" in ma for ma in found)


def test_text_of_the_page_stays_text(real_site: Served, open_page: OpenPage) -> None:
    page = open_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(real_site.address(f"tim-kiem/?q={quote('<img src=x onerror=alert(1)> nguồn ngoại tệ')}&toan-van=1"))
    page.locator(DONE).wait_for(state="attached")
    assert page.locator("main img").count() == 0
    assert errors == []


def test_our_own_words_stand_under_the_entry_s_title_not_as_the_document_s(
    real_site: Served, open_page: OpenPage
) -> None:
    query = "ho kinh doanh thue khoan"
    ours = [one["ma"] for one in ask(open_page(), real_site, query) if not one["muc"][0]["toanVan"]]
    assert ours, "một kết quả phải là lời của tin"
    page = open_page(real_site.address(f"tim-kiem/?q={quote(query)}"), width=360)
    page.locator(DONE).wait_for(state="attached")
    assert page.locator("[data-ket-qua]").first.evaluate("link => link.getBoundingClientRect().top") < 740
    for row in page.locator("li.muc", has=page.locator(".tk-con", has_text="Trong tin: ")).all():
        assert row.locator("h3").inner_text() != row.locator(".tk-con").first.inner_text().removeprefix("Trong tin: ")
        assert row.locator("[data-ket-qua]").get_attribute("data-ma") in ours
