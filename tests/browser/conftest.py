"""What the browser tests share: a browser, the project's real site, a site of made-up entries, and pages of them."""

from __future__ import annotations

import os
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
    folder = tmp_path_factory.mktemp("that") / "site"
    done = build(ROOT, folder, now=LATER, address="https://example.org/")
    assert done.returncode == 0, done.stderr
    with serve(folder) as home:
        yield Served(folder, home)


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site of made-up entries, one in each state, below a path of its host: those of tests/site and one of ours."""
    project = lay_out(tmp_path_factory.mktemp("mau"))
    shutil.copytree(Path(__file__).parent / "mau", project / "policies", dirs_exist_ok=True)
    folder = project / "site"
    done = build(project, folder)
    assert done.returncode == 0, done.stderr
    with serve(folder, BASE) as home:
        yield Served(folder, home)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens an address as a new reader; `now` is the reader's clock, `address` may be left for later."""
    contexts = []

    def open_it(
        address: str | None = None,
        *,
        width: int = 1280,
        now: str = NOW,
        script: bool = True,
        timezone: str = "Asia/Ho_Chi_Minh",
        **more: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            timezone_id=timezone,
            locale="vi-VN",
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        if script:
            page.clock.set_fixed_time(now)
        if address is not None:
            page.goto(address)
        return page

    yield open_it
    for context in contexts:
        context.close()
