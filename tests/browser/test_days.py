"""Words that depend on the day of reading: right on the first and last minute of a day in Vietnam, wherever the reader is."""

from __future__ import annotations

import json
from datetime import date, datetime
from urllib.parse import unquote

import pytest
from conftest import OpenPage, Served
from vao_luc import at

from chinhsach.effect import State, Step, state_on
from chinhsach.policy import Consultation, ConsultationResult

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang]

ZONES = ("Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Auckland")
FIRST, LAST = "T00:00:00+07:00", "T23:59:00+07:00"

NOT_YET = ("chua-co-hieu-luc", "Chưa có hiệu lực · từ 10/9/2026")
REVIEWED = ("con-hieu-luc", "Còn hiệu lực · rà soát 6/11/2026")
UNREVIEWED = (
    "chua-xac-dinh",
    "Có hiệu lực từ 10/9/2026 · đến hết 30/6/2027; chưa rà soát tình trạng hiện nay",
)
SUSPENDED = ("ngung-hieu-luc", "Ngưng hiệu lực · tạm ngưng bởi 915/2026/QĐ-UBND")
STEPS = {
    "vi-du-bi-sua": [
        ("2026-09-09", NOT_YET),
        ("2026-09-10", REVIEWED),
        ("2026-12-31", REVIEWED),
        ("2027-01-01", ("het-hieu-luc-mot-phan", "Hết hiệu lực một phần · sửa đổi bởi 913/2026/QĐ-UBND")),
    ],
    "vi-du-bi-ngung": [
        ("2026-10-31", UNREVIEWED),
        ("2026-11-01", SUSPENDED),
        ("2026-11-30", SUSPENDED),
        ("2026-12-01", UNREVIEWED),
        ("2027-06-30", UNREVIEWED),
        ("2027-07-01", ("het-hieu-luc-toan-bo", "Hết hiệu lực toàn bộ · từ 1/7/2027")),
    ],
    "vi-du-bi-thay": [
        ("2026-11-14", ("chua-xac-dinh", "Có hiệu lực từ 10/9/2026 · chưa rà soát tình trạng hiện nay")),
        ("2026-11-15", ("het-hieu-luc-toan-bo", "Hết hiệu lực toàn bộ · thay bằng 911/2026/QĐ-UBND")),
    ],
}
CONSULTATION = [
    ("2026-11-12" + LAST, "sap", "Sắp lấy ý kiến: từ 13/11/2026"),
    ("2026-11-13" + FIRST, "dang", "Đang lấy ý kiến: còn 31 ngày"),
    ("2026-11-23" + LAST, "dang", "Đang lấy ý kiến: còn 21 ngày"),
    ("2026-12-13" + LAST, "dang", "Đang lấy ý kiến: còn 1 ngày"),
    ("2026-12-14" + FIRST, "dang", "Hôm nay là ngày cuối nhận góp ý"),
    ("2026-12-14" + LAST, "dang", "Hôm nay là ngày cuối nhận góp ý"),
    ("2026-12-15" + FIRST, "het", "Hết hạn góp ý ngày 14/12/2026"),
]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("entry", STEPS)
def test_the_badge_shows_the_step_of_the_day_in_vietnam(
    entry: str, zone: str, states: Served, open_page: OpenPage
) -> None:
    page = open_page(timezone=zone)
    for day, expected in STEPS[entry]:
        for time in (FIRST, LAST):
            at(page, day + time, states.address(f"chinh-sach/{entry}/"))
            badge = page.locator(".tin-dau .hieu-luc")
            assert (badge.get_attribute("data-hieu-luc"), badge.inner_text()) == expected, day + time


@pytest.mark.parametrize("zone", ZONES)
def test_a_consultation_counts_its_days_in_vietnam(zone: str, states: Served, open_page: OpenPage) -> None:
    page = open_page(timezone=zone)
    for moment, state, words in CONSULTATION:
        at(page, moment, states.address("chinh-sach/vi-du-du-thao/"))
        assert page.locator("#tb-gop-y").inner_text() == words, moment
        assert page.locator("[data-dot=thong-bao]").get_attribute("data-tinh-trang") == state, moment


CHOSEN_DAYS = (
    "2026-11-12", "2026-11-13", "2026-11-14", "2026-11-17", "2026-11-18", "2026-11-19",
    "2026-11-23", "2026-12-13", "2026-12-14", "2026-12-15", "2027-01-01", "2028-02-29",
)  # fmt: skip
ASKED = {
    "vi-du-du-thao": Consultation(date(2026, 11, 13), date(2026, 12, 14), "", ()),
    "vi-du-du-thao-xong": Consultation(
        date(2026, 11, 14), date(2026, 11, 17), "", (), result=ConsultationResult(date(2026, 11, 19), "")
    ),
}
"""The dates of the two made-up drafts (tests/site/mau)."""


@pytest.mark.parametrize("entry", ASKED)
def test_page_and_package_agree_on_a_consultation_s_state(entry: str, states: Served, open_page: OpenPage) -> None:
    page = open_page()
    for day in CHOSEN_DAYS:
        for time in (FIRST, LAST):
            at(page, day + time, states.address(f"chinh-sach/{entry}/"))
            shown = page.locator("[data-dot=thong-bao]").get_attribute("data-tinh-trang")
            assert shown == ASKED[entry].state_on(date.fromisoformat(day)).value, day + time


@pytest.mark.parametrize(
    ("moment", "button", "words"),
    [
        ("2026-11-12" + LAST, True, "Sắp lấy ý kiến: từ 13/11/2026"),
        ("2026-12-14" + LAST, True, "Hôm nay là ngày cuối nhận góp ý"),
        ("2026-12-15" + FIRST, False, "Hết hạn góp ý ngày 14/12/2026"),
    ],
)
def test_how_to_comment_stays_on_the_page_and_says_when_it_is_over(
    moment: str, button: bool, words: str, states: Served, open_page: OpenPage
) -> None:
    page = open_page(states.address("chinh-sach/vi-du-du-thao/"), now=moment)
    assert page.locator(".nut-hang .nut.chinh").is_visible() is button
    section = page.locator("section[data-dot=gui]")
    assert section.locator(".dot-chu").inner_text() == words
    mail = section.get_by_role("link", name="gop-y@example.org")
    address = mail.get_attribute("href") or ""
    assert unquote(address) == "mailto:gop-y@example.org?subject=Góp ý dự thảo: Ví dụ: dự thảo cùng tên"
    assert section.get_by_role("link", name="Mở biểu mẫu góp ý").is_visible()


@pytest.mark.parametrize(
    ("moment", "steps"),
    [
        ("2026-11-12" + LAST, ["xong", "", ""]),
        ("2026-11-13" + FIRST, ["xong", "dang", ""]),
        ("2026-12-14" + LAST, ["xong", "dang", ""]),
        ("2026-12-15" + FIRST, ["xong", "xong", ""]),
    ],
)
def test_the_steps_of_a_consultation_follow_the_day(
    moment: str, steps: list[str], states: Served, open_page: OpenPage
) -> None:
    page = open_page(states.address("chinh-sach/vi-du-du-thao/"), now=moment)
    found = [item.get_attribute("data-buoc") for item in page.locator(".cac-buoc > li").all()]
    assert found == steps


@pytest.mark.parametrize(
    ("moment", "shown", "words"),
    [
        ("2026-11-12" + LAST, False, ""),
        ("2026-11-13" + FIRST, True, "Còn 31 ngày"),
        ("2026-12-14" + LAST, True, "Hôm nay là ngày cuối"),
        ("2026-12-15" + FIRST, False, ""),
    ],
)
def test_the_home_page_shows_a_consultation_only_while_it_is_open(
    moment: str, shown: bool, words: str, states: Served, open_page: OpenPage
) -> None:
    page = open_page(states.home, now=moment)
    box = page.locator(".o-gop-y")
    assert box.count() == 1
    assert box.is_visible() is shown
    assert page.locator(".o-gop-y .dot-chu:visible").all_inner_texts() == ([words] if shown else [])


@pytest.mark.parametrize(
    ("moment", "heads"),
    [
        ("2026-11-12" + LAST, ["Sắp lấy ý kiến · 2 dự thảo"]),
        ("2026-11-18" + FIRST, ["Đang lấy ý kiến · 1 dự thảo", "Hết hạn góp ý · 1 dự thảo"]),
        ("2026-12-14" + LAST, ["Đang lấy ý kiến · 1 dự thảo", "Đã tiếp thu, giải trình · 1 dự thảo"]),
        ("2026-12-15" + FIRST, ["Hết hạn góp ý · 1 dự thảo", "Đã tiếp thu, giải trình · 1 dự thảo"]),
    ],
)
def test_consultations_stand_under_the_state_of_the_day(
    moment: str, heads: list[str], states: Served, open_page: OpenPage
) -> None:
    page = open_page(states.address("gop-y/"), now=moment)
    assert page.locator("[data-gop-y] h2").all_inner_texts() == heads
    assert page.locator("[data-gop-y] a[data-muc]").count() == 2


def test_an_entry_leaves_soon_in_force_on_its_first_day(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.home, now="2026-12-31" + LAST)
    section = page.locator("section", has=page.locator("#ngay-hieu-luc"))
    assert page.locator("#ngay-hieu-luc").inner_text() == "Sắp có hiệu lực"
    assert section.locator("a[data-muc]:visible").count() == 3
    at(page, "2027-01-01" + FIRST, states.home)
    assert section.locator("a[data-muc]:visible").count() == 2
    at(page, "2027-03-01" + FIRST, states.home)
    assert section.locator("a[data-muc]:visible").count() == 1
    at(page, "2027-05-31" + LAST, states.home)
    assert section.is_visible()
    at(page, "2027-06-01" + FIRST, states.home)
    assert not section.is_visible()


def test_a_correction_stands_on_top_for_thirty_days_and_in_the_history_for_ever(
    states: Served, open_page: OpenPage
) -> None:
    page = open_page(states.address("chinh-sach/vi-du-dinh-chinh/"), now="2026-12-17" + LAST)
    notice = page.locator(".tin-bao .thong-bao", has_text="Đính chính tin ngày 18/11/2026")
    assert notice.is_visible()
    at(page, "2026-12-18" + FIRST, page.url)
    assert notice.count() == 1
    assert not notice.is_visible()
    assert page.locator(".lich-su", has_text="sửa ngày có hiệu lực").is_visible()


CHOSEN = (
    *("2017-12-31", "2018-01-01", "2018-01-02", "2020-12-31", "2021-01-01", "2021-01-02"),
    *("2026-08-31", "2026-09-01", "2026-09-02", "2026-11-23", "2027-01-01", "2040-01-01"),
)
"""Twelve days around those on which real documents came into force or ended."""


@pytest.mark.parametrize("day", CHOSEN)
def test_the_browser_picks_the_same_step_as_the_open_data(day: str, real_site: Served, open_page: OpenPage) -> None:
    page = open_page(real_site.address("chinh-sach/"), now=day + LAST, timezone="America/New_York")
    checked = 0
    for row in page.locator(".muc").all():
        badge = row.locator("[data-hieu-luc]")
        if not badge.count():
            continue
        entry = row.locator("a[data-muc]").get_attribute("data-muc")
        data = json.loads((real_site.folder / "du-lieu" / "chinh-sach" / f"{entry}.json").read_text(encoding="utf-8"))
        steps = [
            Step(date.fromisoformat(s["tu"]) if s["tu"] else None, State(s["trang_thai"])) for s in data["hieu_luc"]
        ]
        expected = state_on(steps, datetime.fromisoformat(day).date()).id
        assert badge.get_attribute("data-hieu-luc") == expected, entry
        checked += 1
    assert checked > 5
