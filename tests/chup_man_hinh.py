"""Takes the README's picture: builds the site, opens its home page at 1280 × 900, writes docs/adr/hinh/trang-dau.png.

    .venv/bin/python tests/chup_man_hinh.py

The folder is one that MkDocs leaves out, so that the picture is no part of the site.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent / "site"))

from chay import MISSING, find_browser
from du_an_mau import ROOT, VN, build
from local_site import BROWSER_ARGUMENTS, serve
from playwright.sync_api import sync_playwright

PICTURE = ROOT / "docs" / "adr" / "hinh" / "trang-dau.png"
WIDTH, HEIGHT = 1280, 900
MOST_BYTES = 150_000


def main() -> int:
    """Take the picture; 1 where there is no browser, the site does not build, or the picture is too big."""
    browser_path = find_browser()
    if browser_path is None:
        print(MISSING, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        done = build(ROOT, site, now=datetime.now(VN), address="https://example.org/")
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return 1
        with serve(site) as home, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path, args=[*BROWSER_ARGUMENTS])
            page = browser.new_page(
                viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light", timezone_id="Asia/Ho_Chi_Minh"
            )
            page.goto(home)
            picture = page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT})
            browser.close()
    if len(picture) > MOST_BYTES:
        print(f"hình nặng {len(picture)} byte, nhiều hơn {MOST_BYTES}", file=sys.stderr)
        return 1
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(picture)
    print(f"{PICTURE.relative_to(ROOT)}: {len(picture)} byte")
    return 0


if __name__ == "__main__":
    sys.exit(main())
