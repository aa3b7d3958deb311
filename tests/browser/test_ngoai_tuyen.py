"""What the reader kept for when there is no network: only after asking, never as today's, gone once it is removed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from conftest import Served
from local_site import CarefulHost
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang]

ENTRY = "chinh-sach/vi-du-thuong/"
OTHER = "chinh-sach/vi-du-tep/"
THIRD = "chinh-sach/vi-du-dinh-chinh/"
KEEP = re.compile("Giữ tin tôi mở")
STOP = re.compile("Thôi giữ tin")
DATED = re.compile(r"^Bản lưu ngày \d+/\d+/\d{4}, \d\d:\d\d$")
HELD = "async () => (await (await caches.open('chinhsach-trang-1')).keys()).map((k) => new URL(k.url).pathname)"


class Line:
    """A server of a copy of the made-up site that can be cut off and put back at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        self.port = 0
        self.connect()

    def connect(self) -> None:
        asked = self.asked

        class Noting(CarefulHost):
            protocol_version = "HTTP/1.0"  # a connection that stays would outlive the cut

            def do_GET(self) -> None:
                asked.append(self.path)
                super().do_GET()

            def end_headers(self) -> None:
                self.send_header("Cache-Control", "no-cache")  # else the browser's own cache answers for the network
                super().end_headers()

        self.server = ThreadingHTTPServer(
            ("127.0.0.1", self.port), partial(Noting, directory=str(self.folder), base="/tin/")
        )
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.thread = Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def cut(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/tin/{path}"


@pytest.fixture
def line(states: Served, tmp_path: Path) -> Iterator[Line]:
    folder = shutil.copytree(states.folder, tmp_path / "site")
    opened = Line(folder)
    with ExitStack() as stack:
        stack.callback(lambda: opened.cut())
        yield opened


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce")
    yield context
    context.close()


def keeping(reader: BrowserContext, line: Line) -> Page:
    """A page of a reader who asked for keeping on the ordinary entry."""
    page = reader.new_page()
    page.goto(line.address(ENTRY))
    page.get_by_role("button", name=KEEP).click()
    expect(page.get_by_role("button", name=STOP)).to_be_visible()
    return page


def wait_held(page: Page, *paths: str) -> None:
    page.wait_for_function(
        f"async (wanted) => {{ const held = await ({HELD})(); return wanted.every((w) => held.some((h) => h.endsWith(w))); }}",
        arg=list(paths),
    )


def test_nothing_is_kept_for_a_reader_who_did_not_ask(reader: BrowserContext, line: Line) -> None:
    page = reader.new_page()
    for path in (ENTRY, OTHER, "./"):
        page.goto(line.address(path))
    assert page.evaluate("async () => (await caches.keys()).length") == 0
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert not [path for path in line.asked if path.endswith(("ngoai-tuyen.js", "giu-trang.js", "cach-doc.js"))]


def test_an_entry_that_was_read_is_there_without_a_network_and_says_from_when(
    reader: BrowserContext, line: Line
) -> None:
    page = keeping(reader, line)
    page.goto(line.address(OTHER))
    wait_held(page, ENTRY, OTHER)
    line.cut()
    try:
        for path in (ENTRY, OTHER):
            page.goto(line.address(path))
            expect(page.get_by_role("heading", name=re.compile("^Bản lưu ngày "))).to_have_text(DATED)
            expect(page.locator("article.tin h1")).to_be_visible()
            assert page.locator("script").count() == 0
            assert "hôm nay" not in page.locator("article.tin").inner_text().lower()
            assert page.evaluate("getComputedStyle(document.querySelector('.thong-bao')).borderTopWidth") == "2px"
    finally:
        line.connect()


def test_nothing_else_is_fetched_beforehand(reader: BrowserContext, line: Line) -> None:
    page = keeping(reader, line)
    wait_held(page, ENTRY)
    entries = {path for path in line.asked if "/chinh-sach/" in path and not path.endswith((".png", ".pdf"))}
    assert entries == {f"/tin/{ENTRY}"}


def test_a_page_that_was_not_kept_leads_to_those_that_were(reader: BrowserContext, line: Line) -> None:
    page = keeping(reader, line)
    line.cut()
    try:
        page.goto(line.address("chinh-sach/vi-du-bi-thay/"))
        expect(page.get_by_role("heading", name="Không tới được trang")).to_be_visible()
        page.locator(f"a[href$='{ENTRY}']").click()
        expect(page.locator("article.tin")).to_have_attribute("data-ma", "vi-du-thuong")
    finally:
        line.connect()


def test_with_a_network_the_page_of_today_comes_and_not_the_kept_one(reader: BrowserContext, line: Line) -> None:
    page = keeping(reader, line)
    wait_held(page, ENTRY)
    file = line.folder / ENTRY / "index.html"
    file.write_text(file.read_text("utf-8").replace("Ví dụ: quyết định thường", "Lời mới của hôm nay"), "utf-8")
    page.goto(line.address(ENTRY))
    assert "Lời mới của hôm nay" in page.locator("article.tin").inner_text()
    assert page.locator("[data-ban-luu]").count() == 0


AGE = """async (minutes) => {
  const pages = await caches.open('chinhsach-trang-1');
  for (const key of await pages.keys()) {
    const copy = await pages.match(key);
    const headers = new Headers(copy.headers);
    headers.set('x-giu', String(Date.now() - minutes * 60000));
    await pages.put(key, new Response(await copy.text(), { headers }));
  }
}"""


def test_what_was_erased_leaves_the_machine_with_the_next_page_that_is_opened(
    reader: BrowserContext, line: Line
) -> None:
    page = keeping(reader, line)
    page.goto(line.address(OTHER))
    wait_held(page, ENTRY, OTHER)
    (line.folder / ENTRY / "index.html").write_text(
        "<!doctype html><title>Tin đã gỡ</title><main>Tin đã gỡ</main>", "utf-8"
    )
    shutil.rmtree(line.folder / OTHER)
    page.evaluate(AGE, 11)
    page.goto(line.address("./"))
    page.wait_for_function(f"async () => (await ({HELD})()).length === 1")
    line.cut()
    try:
        page.goto(line.address(ENTRY))
        assert "Tin đã gỡ" in page.content()
        assert "quyết định thường" not in page.content()
        page.goto(line.address(OTHER))
        expect(page.get_by_role("heading", name="Không tới được trang")).to_be_visible()
    finally:
        line.connect()


def test_a_copy_of_more_than_thirty_days_is_not_shown(reader: BrowserContext, line: Line) -> None:
    page = keeping(reader, line)
    wait_held(page, ENTRY)
    page.evaluate(AGE, 31 * 24 * 60)
    line.cut()
    try:
        page.goto(line.address(ENTRY))
        expect(page.get_by_text("Chưa giữ tin nào trên máy này.")).to_be_visible()
        assert page.locator("article.tin").count() == 0
    finally:
        line.connect()


def test_no_more_than_forty_pages_are_kept_and_the_newest_read_stay(reader: BrowserContext, line: Line) -> None:
    page = keeping(reader, line)
    wait_held(page, ENTRY)
    page.evaluate("""async () => {
      const pages = await caches.open('chinhsach-trang-1');
      for (let n = 0; n < 60; n += 1) await pages.put(new URL(`../vi-du-${n}/`, location.href).href, new Response('x', {
        headers: { 'content-type': 'text/html', 'x-doc': String(n + 1), 'x-giu': String(Date.now()) } }));
    }""")
    page.goto(line.address(OTHER))
    wait_held(page, OTHER)
    page.wait_for_function(f"async () => (await ({HELD})()).length === 40")
    held = page.evaluate(HELD)
    assert [path for path in held if path.endswith(("/vi-du-0/", "/vi-du-21/"))] == []
    assert len([path for path in held if path.endswith((f"/{ENTRY}", f"/{OTHER}", "/vi-du-59/"))]) == 3


def test_stopping_throws_everything_away(reader: BrowserContext, line: Line) -> None:
    page = keeping(reader, line)
    page.goto(line.address(THIRD))
    wait_held(page, ENTRY, THIRD)
    page.get_by_role("button", name=STOP).click()
    expect(page.get_by_role("button", name=KEEP)).to_be_visible()
    assert page.evaluate("async () => (await caches.keys()).length") == 0
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_a_removed_entry_offers_no_keeping(reader: BrowserContext, line: Line) -> None:
    page = reader.new_page()
    page.goto(line.address("chinh-sach/vi-du-da-go/"))
    assert page.locator("[data-giu]").count() == 0
