"""What the browser tests share: a browser, the project's real site, a site of made-up entries, and pages of them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from chay import MISSING, find_browser
from du_an_mau import ADDRESS, ROOT, VN, build, lay_out
from lam_mot_lan import made_once
from local_site import BROWSER_ARGUMENTS, serve
from playwright.sync_api import Browser, Page, sync_playwright

LATER = datetime(2030, 1, 1, tzinfo=VN)
"""When every entry that people have written by then is public."""
NOW = "2026-11-24T12:00:00+07:00"
"""The reader's clock unless a test says otherwise: the day on which the made-up entries stand in all their states."""
BASE = urlsplit(ADDRESS).path


@dataclass(frozen=True)
class Served:
    """A built site: its folder, and the address of its home page."""

    folder: Path
    home: str

    def address(self, path: str) -> str:
        """The address of a page of this site."""
        return urljoin(self.home, path)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Without one the tests say what is missing; with CI=true that is a failure."""
    path = find_browser()
    if path is None and os.environ.get("CI") == "true":
        pytest.fail(MISSING)
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=[*BROWSER_ARGUMENTS])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The project's own site, at the root of a host."""

    def make(folder: Path) -> None:
        done = build(ROOT, folder, now=LATER, address="https://example.org/")
        assert done.returncode == 0, done.stderr

    folder = made_once(tmp_path_factory, "trang-that-sau-nay", make)
    with serve(folder) as home:
        yield Served(folder, home)


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site of made-up entries, one in each state, below a path of its host: those of tests/site and one of ours."""

    def make(project: Path) -> None:
        lay_out(project)
        shutil.copytree(Path(__file__).parent / "mau", project / "policies", dirs_exist_ok=True)
        done = build(project, project / "site")
        assert done.returncode == 0, done.stderr

    folder = made_once(tmp_path_factory, "cac-tinh-trang", make) / "site"
    with serve(folder, BASE) as home:
        yield Served(folder, home)


class Readers:
    """Pages that stand ready, each in a context of its own: a context and its process cost four times what a page does.

    Whoever takes one is a new reader: what the one before left in the browser is gone.
    """

    MOST_USES = 40
    """Each clock that is set stays with its context as a script more."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[Page]] = {}
        self._options: dict[Page, dict[str, Any]] = {}
        self._uses: dict[Page, int] = {}
        self._homes: dict[Page, set[str]] = {}

    def take(self, *, width: int = 1280, own: bool = False, **options: Any) -> Page:
        """A page that shows nothing; `own`: no other test may have it, for scripts and routes stay with it."""
        options.setdefault("reduced_motion", "reduce")
        free = self._free.setdefault(repr(sorted(options.items())), [])
        if free and not own:
            page = free.pop()
            page.set_viewport_size({"width": width, "height": 900})
            return page
        context = self._browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN", **options)
        page = context.new_page()
        if not own:
            self._options[page] = options
            self._homes[page] = homes = set[str]()
            page.on("framenavigated", lambda frame: homes.update(re.findall(r"^https?://[^/]+", frame.url)))
        return page

    def give_back(self, page: Page) -> None:
        """Clean a page for the next reader, or close what cannot be cleaned."""
        options = self._options.get(page)
        self._uses[page] = self._uses.get(page, 0) + 1
        if options is None or page.is_closed() or len(page.context.pages) > 1 or self._uses[page] > self.MOST_USES:
            page.context.close()
            return
        if page.url.startswith("http"):
            page.evaluate("sessionStorage.clear()")
        page.unroute_all()
        page.goto("about:blank")
        page.emulate_media(
            media="null",
            color_scheme=options.get("color_scheme", "light"),
            forced_colors=options.get("forced_colors", "none"),
            reduced_motion=options["reduced_motion"],
        )
        page.context.set_offline(False)
        page.context.clear_cookies()
        cleaner = page.context.new_cdp_session(page)
        for home in self._homes[page]:
            cleaner.send("Storage.clearDataForOrigin", {"origin": home, "storageTypes": "all"})
        self._homes[page].clear()
        cleaner.detach()
        self._free[repr(sorted(options.items()))].append(page)


@pytest.fixture(scope="session")
def readers(browser: Browser) -> Readers:
    """The pages that stand ready."""
    return Readers(browser)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(readers: Readers) -> Iterator[OpenPage]:
    """Opens an address as a new reader; `now` is the reader's clock, `address` may be left for later."""
    taken = []

    def open_it(
        address: str | None = None,
        *,
        now: str = NOW,
        script: bool = True,
        timezone: str = "Asia/Ho_Chi_Minh",
        **more: Any,
    ) -> Page:
        page = readers.take(java_script_enabled=script, timezone_id=timezone, **more)
        taken.append(page)
        if script:
            page.clock.set_fixed_time(now)
        if address is not None:
            page.goto(address)
        return page

    yield open_it
    for page in taken:
        readers.give_back(page)
