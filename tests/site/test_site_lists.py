"""Each entry stands on exactly the lists that it belongs to, worked out here from the files alone."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from trang_dung import BuiltSite, Page, alphabetical, moment, text_of

pytestmark = pytest.mark.dung_trang

PER_PAGE = 20
KINDS = ("don-vi", "linh-vuc", "loai", "doi-tuong", "co-quan", "nam")


def pages_of(site: BuiltSite, path: str) -> list[Page]:
    """A list's pages in their order."""
    found = [site.page(path)]
    while f"{path}trang-{len(found) + 1}/index.html" in site.files:
        found.append(site.page(f"{path}trang-{len(found) + 1}/"))
    return found


def listed(page: Page) -> list[str]:
    """The ids on a list page, in order."""
    return page.marked("data-muc")


def test_each_entry_stands_on_exactly_the_lists_it_belongs_to(trang: BuiltSite) -> None:
    expected = trang.lists
    shown = {path: [i for page in pages_of(trang, path) for i in listed(page)] for path in expected}
    assert shown == expected
    assert len(shown["chinh-sach/"]) >= 45


def test_there_is_no_list_for_which_nothing_stands(trang: BuiltSite) -> None:
    folders = {m[0] for path in trang.files if (m := re.match(rf"({'|'.join(KINDS)})/(?!trang-)[a-z0-9-]+/", path))}
    assert folders == {path for path in trang.lists if path != "chinh-sach/"}


def test_a_list_has_twenty_a_page(trang: BuiltSite) -> None:
    for path, ids in trang.lists.items():
        pages = pages_of(trang, path)
        sizes = [len(listed(page)) for page in pages]
        assert sizes[:-1] == [PER_PAGE] * (len(sizes) - 1), path
        assert sum(sizes) == len(ids)
        assert not ids or 0 < sizes[-1] <= PER_PAGE, path
        beyond = [f for f in trang.files if f.startswith(f"{path}trang-")]
        assert len(beyond) == len(pages) - 1, path


def test_pages_of_a_list_lead_to_each_other(trang_mau: BuiltSite) -> None:
    pages = pages_of(trang_mau, "chinh-sach/")
    assert len(pages) == 3
    for number, page in enumerate(pages):
        ways = {
            e.get("rel"): trang_mau.target(page, e.get("href", ""))
            for e in page.find("a")
            if e.get("rel") in ("prev", "next")
        }
        assert ways.get("prev") == (pages[number - 1].path if number else None)
        assert ways.get("next") == (pages[number + 1].path if number + 1 < len(pages) else None)
        here = [e for e in page.find("a") if e.get("aria-current") == "page"]
        assert [text_of(e).strip() for e in here] == [str(number + 1)]
    assert len({next(text_of(e) for e in page.find("title")) for page in pages}) == 3


def test_a_list_says_how_many_it_holds(trang: BuiltSite) -> None:
    for path, ids in trang.lists.items():
        assert f"{len(ids)} mục" in trang.page(path).text, path


def test_a_list_of_lists_counts_each(trang: BuiltSite) -> None:
    expected = trang.lists
    for kind in KINDS:
        page = trang.page(f"{kind}/")
        main = next(page.find("main"))
        counted = {}
        for item in main.iter("li"):
            spans, links = list(item.iter("span")), list(item.iter("a"))
            if spans and links:
                target = trang.target(page, links[0].get("href", "")) or ""
                counted[target.removesuffix("index.html")] = int(text_of(spans[-1]).replace(".", ""))
        assert counted == {path: len(ids) for path, ids in expected.items() if path.startswith(f"{kind}/")}, kind


@pytest.mark.parametrize("kind", ["linh-vuc", "loai", "doi-tuong", "co-quan"])
def test_a_list_of_lists_is_sorted_by_the_vietnamese_alphabet(trang: BuiltSite, kind: str) -> None:
    names = [
        text_of(link).strip()
        for item in next(trang.page(f"{kind}/").find("main")).iter("li")
        if list(item.iter("span"))
        for link in item.iter("a")
    ]
    assert len(names) >= 2
    assert names == sorted(names, key=alphabetical)


def test_years_are_sorted_newest_first(trang: BuiltSite) -> None:
    main = next(trang.page("nam/").find("main"))
    years = [
        int(re.sub(r"\D", "", text_of(link)))
        for item in main.iter("li")
        if list(item.iter("span"))
        for link in item.iter("a")
    ]
    assert len(years) >= 2
    assert years == sorted(years, reverse=True)


def test_every_document_stands_by_number_and_by_letter(trang: BuiltSite) -> None:
    everything = Counter(trang.lists["chinh-sach/"])
    assert Counter(listed(trang.page("van-ban/"))) == everything + everything


def test_drafts_stand_on_the_page_of_consultations(trang: BuiltSite) -> None:
    drafts = {e.id for e in trang.written.values() if e.is_draft and e.is_listed(trang.now)}
    assert set(listed(trang.page("gop-y/"))) == drafts


def test_the_newest_entries_stand_on_the_home_page(trang: BuiltSite) -> None:
    section = next(e for e in trang.page("").find("section") if e.get("aria-labelledby") == "moi-dang")
    shown = [e.get("data-muc") for e in section.iter("a") if e.get("data-muc")]
    assert shown == trang.lists["chinh-sach/"][: len(shown)]
    assert len(shown) >= 5


def test_every_change_stands_in_the_change_log_newest_first(trang: BuiltSite) -> None:
    changes = []
    for entry in trang.written.values():
        if not entry.is_released(trang.now):
            continue
        days = [(change["ngay"], change["loai"]) for change in entry.keys.get("thay_doi") or []]
        if entry.status == "da-go":
            days.append((entry.keys["go_tin"]["ngay"], "go-tin"))
        changes += [(moment(day), entry.id) for day, _ in days if moment(day) <= trang.now]
    changes.sort(key=lambda change: (-change[0].timestamp(), change[1]))
    logged = [
        text_link.rstrip("/").rpartition("/")[2]
        for page in pages_of(trang, "thay-doi/")
        for item in page.find("ol", class_="ds-thay-doi")
        for line in item.findall("li")
        for text_link in [next(a.get("href", "") for a in line.iter("a"))]
    ]
    assert logged == [entry_id for _, entry_id in changes]


@pytest.mark.parametrize("entry_id", ["vi-du-da-go", "vi-du-xoa"])
def test_a_removed_entry_stands_on_no_list(trang_mau: BuiltSite, entry_id: str) -> None:
    for path, page in trang_mau.pages.items():
        if path.startswith(("thay-doi/", f"chinh-sach/{entry_id}/")):
            continue
        listed_as_news = [
            e for e in page.find("li", class_="muc") for a in e.iter("a") if a.get("data-muc") == entry_id
        ]
        assert listed_as_news == [], path
        if path != "index.html":  # the home page's change log names it, as the log does
            assert entry_id not in listed(page), path


def test_the_former_department_is_followed_by_its_successor(trang_mau: BuiltSite) -> None:
    for unit in ("so-khdt", "so-tai-chinh"):
        assert listed(trang_mau.page(f"don-vi/{unit}/")) == ["vi-du-so-cu"]
    text = trang_mau.page("chinh-sach/vi-du-so-cu/").text
    assert "Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn" in text
    assert "nay là Sở Tài chính tỉnh Lạng Sơn" in text


def test_a_change_and_its_entry_lead_to_each_others_line(trang_mau: BuiltSite) -> None:
    pages = [page for page in trang_mau.pages.values() if page.folder.startswith("thay-doi/")]
    listed = {f"{page.folder}#{line.get('id')}": line for page in pages for line in page.find("li") if line.get("id")}
    assert len(listed) >= 5
    for address, line in listed.items():
        _, there = [a.get("href", "") for a in line.iter("a")]
        target, _, anchor = there.partition("#")
        own = trang_mau.page(target.replace("../", ""))
        (row,) = own.find("li", id=anchor)
        (back,) = [a.get("href", "") for a in row.iter("a")]
        assert back.replace("../", "") == address
