"""A package of a year as its reader has it: opened from a disk, without a server and without a network."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from conftest import OpenPage, Served
from du_an_mau import ROOT
from playwright.sync_api import Page, expect

from chinhsach import packing
from chinhsach.outputs.view import Templates

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang]


@pytest.fixture
def opened(states: Served, open_page: OpenPage, tmp_path: Path) -> Page:
    """The first page of the package, and every address that was asked for in `page.asked`."""
    target = tmp_path / "goi.zip"
    packing.pack(states.folder, 2026, target, Templates(ROOT / "docs" / "templates"), records=True)
    with zipfile.ZipFile(target) as archive:
        archive.extractall(tmp_path)
    return open_page((tmp_path / "luu-tru-2026" / "index.html").as_uri())


def test_an_entry_its_text_and_its_files_are_reached_from_the_disk_alone(opened: Page) -> None:
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.get_by_role("link", name="Ví dụ: quyết định thường, đủ các phần").click()
    expect(opened.locator("article.tin")).to_have_attribute("data-ma", "vi-du-thuong")
    expect(opened.get_by_role("heading", name="Bản đóng gói, nội dung tới ngày")).to_be_visible()
    assert opened.evaluate("getComputedStyle(document.querySelector('.thong-bao')).borderTopWidth") == "2px"
    opened.get_by_role("navigation", name="Đường dẫn").get_by_role("link", name="Trang đầu").click()
    expect(opened.get_by_role("heading", level=1)).to_have_text("Lưu trữ tin chính sách năm 2026")
    opened.get_by_role("link", name=re.compile("^Toàn văn: ")).first.click()
    expect(opened.locator(".luat")).to_be_visible()
    assert asked
    assert [url for url in asked if not url.startswith("file://")] == []


def test_a_page_of_a_package_has_dates_and_no_state_of_today(opened: Page) -> None:
    opened.get_by_role("link", name="Ví dụ: quyết định thường, đủ các phần").click()
    assert opened.locator("article.tin .hieu-luc").first.inner_text().startswith("Có hiệu lực từ 15/10/2026")
    assert "Hôm nay" not in opened.locator("article.tin").inner_text()


def test_axe_finds_nothing_in_a_package_and_it_fits_a_phone(opened: Page) -> None:
    for follow in (True, False):
        opened.evaluate(AXE_SCRIPT)
        found = opened.evaluate("() => axe.run()")
        assert found["passes"]
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found["violations"]] == []
        opened.set_viewport_size({"width": 360, "height": 700})
        assert opened.evaluate("document.documentElement.scrollWidth") <= 360
        opened.set_viewport_size({"width": 1280, "height": 900})
        if follow:
            opened.get_by_role("link", name="Ví dụ: quyết định thường, đủ các phần").first.click()
