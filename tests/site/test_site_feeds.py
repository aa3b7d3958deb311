"""The feeds of the sites that are really built, by all checks of `feed_check` and its real clients."""

from __future__ import annotations

import pytest
from feed_check import check, read_truth
from trang_dung import BuiltSite

pytestmark = pytest.mark.dung_trang

LEDGER = "du-lieu/so-cong-khai.json"


def test_the_feeds_of_a_built_site_have_no_fault(trang: BuiltSite) -> None:
    assert read_truth(trang.read(LEDGER))
    assert check(trang.folder, trang.address, trang.folder / LEDGER, trang.now) == []


def test_the_trial_feed_tells_of_nothing_that_the_ledger_holds(trang: BuiltSite) -> None:
    trial = trang.read("rss-thu.xml").decode()
    assert trial.count("<item>") == 4
    assert not [guid for guid in read_truth(trang.read(LEDGER)) if guid in trial]
