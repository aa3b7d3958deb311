"""Takes the pictures of the README and of the clerks' guide from the real site, and notes what each was taken from.

    .venv/bin/python tests/chup_man_hinh.py

The README's folder is one that MkDocs leaves out, so that its picture is no part of the site.
`test_pictures.py` fails when a file that a picture of the guide shows has changed since.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parent / "site"))

from chay import MISSING, find_browser
from du_an_mau import ROOT, VN, build
from local_site import BROWSER_ARGUMENTS, serve
from playwright.sync_api import Browser, sync_playwright

README_PICTURE = ROOT / "docs" / "adr" / "hinh" / "trang-dau.png"
GUIDE_PICTURES = ROOT / "docs" / "huong-dan" / "hinh"
TAKEN_FROM = ROOT / "docs" / "adr" / "hinh" / "nguon.json"
MOST_BYTES = 150_000
_LOOK = ("docs/assets/trang.css", "docs/templates/main.html", "docs/templates/phan.html")
_ENTRY = (*_LOOK, "docs/templates/tin.html", "policies/van-phong-so/2025/152-2025-tt-btc.md")


class Shot(NamedTuple):
    """A picture: where it goes, of which page at which size, of which element alone, and the files that it shows."""

    place: Path
    page: str
    width: int
    height: int
    element: str = ""
    shows: tuple[str, ...] = ()


SHOTS = (
    Shot(README_PICTURE, "", 1280, 900),
    Shot(GUIDE_PICTURES / "tin-may-tinh.png", "chinh-sach/152-2025-tt-btc/", 1280, 800, shows=_ENTRY),
    Shot(GUIDE_PICTURES / "tin-dien-thoai.png", "chinh-sach/152-2025-tt-btc/", 360, 740, shows=_ENTRY),
    Shot(
        GUIDE_PICTURES / "loi.png",
        "huong-dan/loi/",
        900,
        900,
        'section[aria-labelledby="ngoai-danh-muc"]',
        (*_LOOK, "docs/templates/huong-dan-loi.html", "hooks/chinhsach/rules/ngoai_danh_muc.py"),
    ),
)


def noted() -> dict[str, str]:
    """Each picture of the guide with the hash of the files that it shows, as they are now."""
    return {shot.place.name: _hash_of(shot.shows) for shot in SHOTS if shot.shows}


def _hash_of(paths: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        whole.update((ROOT / path).read_bytes())
    return whole.hexdigest()


def main() -> int:
    """Take the pictures; 1 where there is no browser, the site does not build, or a picture is too big."""
    browser_path = find_browser()
    if browser_path is None:
        print(MISSING, file=sys.stderr)
        return 1
    GUIDE_PICTURES.mkdir(parents=True, exist_ok=True)
    for shot in SHOTS:
        if not shot.place.is_file():
            shot.place.write_bytes(b"")  # the guide's page would not build without it
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        done = build(ROOT, site, now=datetime.now(VN), address="https://example.org/")
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return 1
        with serve(site) as home, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=[*BROWSER_ARGUMENTS])
            sizes = {shot.place: _take(browser, home, shot) for shot in SHOTS}
            browser.close()
    TAKEN_FROM.write_text(json.dumps(noted(), indent=1) + "\n", encoding="utf-8")
    for place, size in sizes.items():
        print(f"{place.relative_to(ROOT)}: {size} byte")
    return int(any(size > MOST_BYTES for size in sizes.values()))


def _take(browser: Browser, home: str, shot: Shot) -> int:
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height}, color_scheme="light", timezone_id="Asia/Ho_Chi_Minh"
    )
    page.goto(home + shot.page)
    if shot.element:
        picture = page.locator(shot.element).screenshot()
    else:
        picture = page.screenshot(clip={"x": 0, "y": 0, "width": shot.width, "height": shot.height})
    page.close()
    shot.place.write_bytes(picture)
    return len(picture)


if __name__ == "__main__":
    sys.exit(main())
