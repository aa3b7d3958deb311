"""The guide's pictures show the site as it is: what they were taken from has not changed since."""

from __future__ import annotations

import json
import re

from chup_man_hinh import GUIDE_PICTURES, MOST_BYTES, SHOTS, TAKEN_FROM, noted
from du_an_mau import ROOT


def test_no_picture_of_the_guide_is_stale() -> None:
    assert json.loads(TAKEN_FROM.read_text(encoding="utf-8")) == noted(), "run tests/chup_man_hinh.py"


def test_every_picture_of_the_guide_is_taken_shown_and_small() -> None:
    shown = set()
    for page in (ROOT / "docs" / "huong-dan").rglob("*.md"):
        shown |= set(re.findall(r"\]\(\.\./hinh/([a-z-]+\.png)\)", page.read_text(encoding="utf-8")))
    assert (
        shown == {path.name for path in GUIDE_PICTURES.iterdir()} == {shot.place.name for shot in SHOTS if shot.shows}
    )
    assert all(0 < path.stat().st_size <= MOST_BYTES for path in GUIDE_PICTURES.iterdir())
