"""Every page is valid, asks nothing of other places, and says of itself what Zalo and search engines read."""

from __future__ import annotations

import gzip
import re

import pytest
from trang_dung import BuiltSite, Page

pytestmark = pytest.mark.dung_trang

FIRST_LOAD = 120_000
PREVIEW_PICTURE = 60_000


def test_every_page_passes_a_strict_parser(trang: BuiltSite) -> None:
    assert [error for page in trang.pages.values() for error in page.errors] == []


def test_every_page_begins_as_html_does(trang: BuiltSite) -> None:
    for page in trang.pages.values():
        assert page.content.lower().startswith(b"<!doctype html>"), page.path
        assert page.root.get("lang") == "vi", page.path
        assert len(list(page.find("title"))) == 1, page.path
        assert len(list(page.find("h1"))) == 1, page.path
        assert len(list(page.find("main"))) == 1, page.path


def test_no_mark_of_the_frame_is_left(trang: BuiltSite) -> None:
    for page in trang.pages.values():
        assert b"\x01" not in page.content, page.path
        assert b"<!--khung:" not in page.content, page.path


def test_no_page_has_inline_script_or_style(trang: BuiltSite) -> None:
    for page in trang.pages.values():
        assert list(page.find("style")) == [], page.path
        for element in page.find("script"):
            assert element.get("src"), page.path
            assert not (element.text or "").strip(), page.path
        for element in page.find("*"):
            names = [name for name in element.attrib if isinstance(name, str)]
            assert [n for n in names if n.lower().startswith("on") or n.lower() == "style"] == [], page.path
            for name in ("href", "src", "action", "formaction"):
                scheme = (element.get(name) or "").strip().lower()
                assert not scheme.startswith(("javascript:", "data:", "vbscript:")), page.path


def test_no_page_asks_anything_of_another_place(trang: BuiltSite) -> None:
    for page in trang.pages.values():
        for tag, name, address in page.addresses():
            element_is_loaded = tag in (
                "script",
                "img",
                "iframe",
                "embed",
                "object",
                "source",
                "video",
                "audio",
                "input",
                "form",
                "use",
            )
            if element_is_loaded or name in ("refresh", "ping", "background", "poster", "srcset"):
                assert trang.target(page, address) is not None, f"{page.path}: <{tag} {name}={address}>"
        for element in page.find("link"):
            assert trang.target(page, element.get("href", "")) is not None, f"{page.path}: {element.attrib}"
            assert element.get("rel") not in ("preconnect", "dns-prefetch"), page.path


def test_no_style_sheet_or_script_asks_anything_of_another_place(trang: BuiltSite) -> None:
    loaded = [path for path in trang.files if path.endswith((".css", ".js"))]
    assert len(loaded) >= 2
    for path in loaded:
        text = re.sub(r"/\*.*?\*/", "", trang.read(path).decode(), flags=re.S)
        for address in re.findall(r"url\(\s*['\"]?([^)'\"]+)|@import\s+['\"]([^'\"]+)", text):
            assert not re.match(r"[a-z]+:|//", "".join(address)), f"{path}: {address}"
        assert not re.search(r"https?://(?!www\.w3\.org/)", text), path
        assert not re.search(r"\b(eval|document\.write|innerHTML|outerHTML|insertAdjacentHTML)\b", text), path


def test_a_page_names_its_address_and_its_preview(trang: BuiltSite) -> None:
    for page in trang.pages.values():
        if page.path == "404.html" or page.is_redirect:
            continue
        canonical = [e.get("href") for e in page.find("link") if e.get("rel") == "canonical"]
        assert canonical == [trang.address + page.folder], page.path
        assert page.meta("og:url") == trang.address + page.folder, page.path
        assert page.meta("og:title"), page.path
        assert page.meta("og:image") == trang.address + "assets/og.png", page.path
        assert "assets/og.png" in trang.files


def test_an_entry_describes_itself(trang: BuiltSite) -> None:
    for entry in trang.written.values():
        if not entry.is_released(trang.now):
            continue
        page = trang.page(f"chinh-sach/{entry.id}/")
        assert page.meta("og:type") == "article"
        if not entry.is_erased:
            assert entry.keys["tieu_de"] in (page.meta("og:title") or "")
            assert page.meta("og:description") == page.meta("description")
            wanted = entry.keys.get("tom_tat")
            if wanted and "chua_co_ban_goc" not in entry.keys:
                assert page.meta("og:description") == " ".join(wanted.split())
            else:
                assert "chua_co_ban_goc" in entry.keys
                assert entry.keys["chua_co_ban_goc"]["biet_qua"] in (page.meta("og:description") or "")


def test_the_preview_picture_is_small_enough_for_zalo(trang: BuiltSite) -> None:
    picture = trang.read("assets/og.png")
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture) <= PREVIEW_PICTURE


def test_every_page_announces_the_feed(trang: BuiltSite) -> None:
    for page in trang.pages.values():
        if page.is_redirect:
            continue
        feeds = {
            trang.target(page, e.get("href", ""))
            for e in page.find("link")
            if e.get("rel") == "alternate" and e.get("type") == "application/rss+xml"
        }
        own = re.match(r"(don-vi|linh-vuc)/[a-z0-9-]+/|gop-y/", page.path)
        assert feeds == {"rss.xml"} | ({own[0] + "rss.xml"} if own else set()), page.path


def test_a_page_in_trial_says_so(trang: BuiltSite) -> None:
    for page in trang.pages.values():
        if not page.is_redirect:
            assert "Bản chạy thử, không phải trang chính thức" in page.text, page.path


@pytest.mark.parametrize("folder", ["", "chinh-sach/vi-du-tep/", "chinh-sach/"])
def test_the_first_load_is_light(trang_mau: BuiltSite, folder: str) -> None:
    page = trang_mau.page(folder)
    assert weight(trang_mau, page) <= FIRST_LOAD


def test_the_first_load_is_light_on_the_real_site(trang_that: BuiltSite) -> None:
    entries = [page for path, page in trang_that.pages.items() if re.fullmatch(r"chinh-sach/[^/]+/index\.html", path)]
    assert len(entries) >= 45
    for page in (trang_that.page(""), *entries):
        assert weight(trang_that, page) <= FIRST_LOAD, page.path


def weight(site: BuiltSite, page: Page) -> int:
    """The compressed bytes of a page and of all that it loads, pictures left out."""
    loaded = {site.target(page, e.get("src", "")) for e in page.find("script")}
    loaded |= {site.target(page, e.get("href", "")) for e in page.find("link") if e.get("rel") == "stylesheet"}
    return sum(len(gzip.compress(site.read(path or ""), 6)) for path in (page.path, *loaded))
