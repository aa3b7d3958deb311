"""The dated rules: the worked cases of the data, counting by the file's own articles, what is not known."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any

import holidays
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support import DATA, DRAFT, ROOT, parse, vocabularies

from chinhsach import clocks, deadlines, vocabulary
from chinhsach.dates import VN
from chinhsach.deadlines import Measure, Rule, Weight

CASES = yaml.safe_load((DATA / "quy-tac-thoi-han-kiem-thu.yml").read_text(encoding="utf-8"))
DAYS_OFF = yaml.safe_load((ROOT / vocabulary.FOLDER / "ngay-nghi.yml").read_text(encoding="utf-8"))
RULES = vocabularies().deadlines
CALENDAR = vocabularies().calendar
FIRST, LAST = date(2023, 1, 1), date(2026, 12, 31)

UNLIKE_THE_PACKAGE = {
    date(2026, 1, 2): "nghỉ hoán đổi Tết Dương lịch 2026, TB 9441/TB-BNV",
    date(2026, 1, 10): "làm bù cho 02/01/2026, TB 9441/TB-BNV",
}
"""Where the announced calendar and `holidays` (0.109) disagree on whether offices work: the package lacks the swap."""


def rule(**keys: Any) -> Rule:
    """A made-up rule of five calendar days with some keys changed."""
    row = {
        "id": "vi-du", "nhom": "vi-du", "mo_ta": "Ví dụ: quy tắc để kiểm thử", "dieu_khoan": "—", "van_ban": "null",
        "so_ngay": "5", "don_vi_tinh": "ngay", "chieu": "toi-da", "tinh_tu": "ngay_dang", "ap_dung_tu": "2026-09-01",
        "ap_dung_den": "null", "muc_do": "bat-buoc", "chu_the": "so", "kiem_chung": "da_kiem_chung",
    }  # fmt: skip
    (made,) = deadlines.parse([row | keys])
    return made


@pytest.mark.parametrize("case", CASES["tinh_han"], ids=lambda case: f"{case['quy_tac']}-{case['su_kien']}")
def test_a_worked_case_gives_its_day(case: dict[str, str]) -> None:
    found = RULES.find(case["quy_tac"])
    assert found is not None
    assert found.due(date.fromisoformat(case["su_kien"]), CALENDAR).day == date.fromisoformat(case["han"])


@pytest.mark.parametrize("case", CASES["chon_quy_tac"], ids=lambda case: f"{case['nhom']}-{case['ngay']}")
def test_the_rule_is_that_of_the_event_s_day(case: dict[str, str]) -> None:
    assert [found.id for found in RULES.on(case["nhom"], date.fromisoformat(case["ngay"]))] == [case["mong_doi"]]


def test_every_worked_case_of_the_data_is_run() -> None:
    assert (len(CASES["tinh_han"]), len(CASES["chon_quy_tac"])) == (12, 3)
    assert {case["quy_tac"] for case in CASES["tinh_han"]} <= {found.id for found in RULES}


CHOSEN = [
    ("cong-khai", "ngay_tao_thong_tin"),
    ("dang-tin", "ngay_den"),
    ("lay-y-kien", "ngay_dang_du_thao"),
    ("lay-y-kien", "ngay_dong_gop_y"),
    ("ban-goc", "ngay_dang"),
    ("ra-soat", "ngay_ra_soat_cuoi"),
]
"""What clocks ask for: there must be one rule at most for each on a day."""


@pytest.mark.parametrize(("group", "event"), CHOSEN)
def test_two_rules_for_one_event_never_apply_on_the_same_day(group: str, event: str) -> None:
    found = sorted((rule for rule in RULES if (rule.group, rule.event) == (group, event)), key=lambda rule: rule.since)
    assert found
    for one, following in itertools.pairwise(found):
        assert one.until is not None
        assert one.until < following.since


def test_before_the_law_there_was_no_rule() -> None:
    assert RULES.pick("cong-khai", "ngay_tao_thong_tin", date(2018, 6, 30)) is None
    first = RULES.pick("cong-khai", "ngay_tao_thong_tin", date(2018, 7, 1))
    assert first is not None
    assert first.document == "l-104-2016"


def test_working_days_are_those_of_the_package_but_for_the_known_ones() -> None:
    package = holidays.country_holidays("VN", years=range(2023, 2027))
    every = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    unlike = [day for day in every if CALENDAR.is_working_day(day) != package.is_working_day(day)]
    assert unlike == sorted(UNLIKE_THE_PACKAGE)


def test_the_known_differences_are_those_that_the_file_tells() -> None:
    told = [row["ngay"] for row in DAYS_OFF["so_sanh_goi_holidays"]["lech"] if row["loai"] == "lech-ngay-lam-viec"]
    assert [date.fromisoformat(day) for day in told] == sorted(UNLIKE_THE_PACKAGE)


@given(st.dates(FIRST, date(2026, 11, 1)), st.integers(1, 20))
def test_counting_forward_and_counting_between_agree(start: date, number: int) -> None:
    end = CALENDAR.after(start, number)
    assert end is not None
    assert CALENDAR.is_working_day(end)
    assert CALENDAR.between(start, end) == number


@given(st.dates(FIRST, date(2026, 11, 1)), st.integers(1, 40))
def test_a_last_day_is_a_working_day_and_a_first_day_does_not_move(event: date, number: int) -> None:
    last = rule(so_ngay=str(number)).due(event, CALENDAR).day
    first = rule(so_ngay=str(number), chieu="toi-thieu").due(event, CALENDAR).day
    assert first == event + timedelta(days=number)
    assert last is not None
    assert last >= first
    assert CALENDAR.is_working_day(last)
    assert CALENDAR.between(first, last) in (0, 1)


@pytest.mark.parametrize(
    ("event", "number", "day"),
    [
        ("2026-01-31", 1, "2026-03-02"),  # 28/2 is a Saturday
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-09-01", 3, "2025-12-01"),
        ("2025-12-15", 2, "2026-02-23"),  # 15/2 is a Sunday, then Tết
    ],
)
def test_months_end_on_the_same_day_or_the_month_s_last(event: str, number: int, day: str) -> None:
    found = rule(don_vi_tinh="thang", so_ngay=str(number)).due(date.fromisoformat(event), CALENDAR)
    assert found.day == date.fromisoformat(day)


def test_hours_run_from_the_moment_itself() -> None:
    day_long = RULES.find("phat-ngon-24-gio-2026")
    assert day_long is not None
    start = datetime(2026, 11, 20, 15, 30, tzinfo=VN)
    assert day_long.due_moment(start) == datetime(2026, 11, 21, 15, 30, tzinfo=VN)
    assert day_long.due(start.date(), CALENDAR).day is None
    assert rule().due_moment(start) is None


def test_a_rule_without_a_number_gives_no_day() -> None:
    without = [found for found in RULES if found.number is None]
    assert without
    for found in without:
        due = found.due(date(2026, 11, 2), CALENDAR)
        assert (due.day, found.amount, found.is_certain) == (None, "chưa rõ", False)
        assert due.reason


def test_a_year_that_nobody_announced_gives_no_day_but_its_earliest() -> None:
    due = rule(so_ngay="84").due(date(2026, 12, 4), CALENDAR)
    assert (due.day, due.earliest) == (None, date(2027, 2, 26))
    assert "2026" in due.reason
    assert rule(so_ngay="5", don_vi_tinh="ngay-lam-viec").due(date(2026, 12, 28), CALENDAR).day is None


def test_a_number_that_nobody_read_in_the_law_is_not_certain() -> None:
    unread = RULES.find("lay-y-kien-tinh-2021")
    own = RULES.find("noi-bo-dang-tin")
    assert unread is not None
    assert own is not None
    assert not unread.is_certain
    assert own.is_certain
    assert own.weight is Weight.INTERNAL


@pytest.mark.parametrize(
    "keys",
    [
        {"so_ngay": "năm"},
        {"don_vi_tinh": "tuần"},
        {"chieu": "vua-du"},
        {"muc_do": "nen"},
        {"ap_dung_tu": "1/9/2026"},
    ],
)
def test_a_row_that_cannot_be_used_is_refused(keys: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        rule(**keys)


def running(**keys: Any) -> dict[str, clocks.Clock]:
    """The clocks of a made-up entry."""
    return {found.what: found for found in clocks.clocks(parse(**keys).policy, vocabularies())}


OWN = {"co_quan_ban_hanh": "Sở Tài chính tỉnh Lạng Sơn", "ngay_ban_hanh": "2/11/2026", "ngay_dang": "9/11/2026"}
OTHERS = {"co_quan_ban_hanh": "Chính phủ", "ngay_ban_hanh": "2/3/2026", "ngay_dang": "9/11/2026"}


def test_the_law_s_days_run_for_what_the_department_created_and_for_nothing_else() -> None:
    own = running(**OWN)[clocks.PUBLICATION]
    assert (own.rule.id, own.day, own.is_internal) == ("cong-khai-2026", date(2026, 11, 9), False)
    assert clocks.PUBLICATION not in running(**OTHERS)
    drafted = running(**OTHERS, co_quan_soan_thao="Văn phòng Sở")
    assert clocks.PUBLICATION in drafted


def test_for_other_documents_the_target_is_the_department_s_own() -> None:
    other = running(**OTHERS, ngay_den="2/11/2026")
    assert clocks.PUBLICATION not in other
    target = other[clocks.INTERNAL_PUBLICATION]
    assert (target.is_internal, target.rule.measure, target.day) == (True, Measure.WORKING_DAYS, date(2026, 11, 9))
    assert clocks.INTERNAL_PUBLICATION not in running(**OWN, ngay_den="2/11/2026")


@pytest.mark.parametrize(
    ("opens", "closes", "is_known"),
    [("1/6/2020", "1/7/2020", True), ("1/6/2022", "1/7/2022", False), ("1/6/2026", "1/7/2026", False)],
)
def test_the_least_time_for_comments_is_known_only_where_somebody_read_it(
    opens: str, closes: str, is_known: bool
) -> None:
    asked = DRAFT["gop_y"] | {"tu": opens, "den": closes}
    keys = {**DRAFT, "gop_y": asked, "loai": "quyet-dinh-ubnd-tinh", "co_quan_ban_hanh": "UBND tỉnh Lạng Sơn"}
    found = running(**keys)[clocks.COMMENT_LENGTH]
    assert (found.day is not None) is is_known
    assert bool(found.doubt) is not is_known
    assert clocks.COMMENT_LENGTH not in running(**DRAFT)
