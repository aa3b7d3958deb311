"""Dates and moments: every accepted spelling, every refused one, and back to text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chinhsach.dates import (
    VN,
    InvalidDate,
    format_date,
    format_long,
    format_official,
    parse_date,
    parse_moment,
    rfc822,
    rfc3339,
)

steady = settings(deadline=None, derandomize=True)
days = st.dates(date(1945, 1, 1), date(2100, 12, 31))

SPELLINGS: tuple[Callable[[date], str], ...] = (
    date.isoformat,
    format_date,
    format_official,
    lambda day: f"{day.day:02}/{day.month:02}/{day.year}",
    lambda day: f"{day.day}-{day.month}-{day.year}",
    lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    lambda day: f"{day.day} tháng {day.month} năm {day.year}",
    lambda day: f"  NGÀY {day.day}\u00a0 Tháng {day.month}  NĂM {day.year}\n",
    lambda day: unicodedata.normalize("NFD", format_official(day)),
)


def refusal(text: str, parse: Callable[[str], date] = parse_date) -> InvalidDate:
    with pytest.raises(InvalidDate) as caught:
        parse(text)
    return caught.value


@steady
@given(days, st.sampled_from(SPELLINGS))
def test_every_accepted_spelling_of_a_day_is_that_day(day: date, spell: Callable[[date], str]) -> None:
    assert parse_date(spell(day)) == day
    assert parse_moment(spell(day)) == datetime(day.year, day.month, day.day, tzinfo=VN)


def test_the_day_stands_before_the_month() -> None:
    assert parse_date("5/6/2023") == date(2023, 6, 5)
    assert refusal("5/30/2023").reason == "một năm có 12 tháng; ngày viết trước, tháng viết sau"
    assert refusal("5/30/2023").example == "30/5/2023"


@pytest.mark.parametrize(
    ("text", "reason", "better"),
    [
        ("30/2/2023", "tháng 2 năm 2023 có 28 ngày", "28/2/2023"),
        ("2024-02-30", "tháng 2 năm 2024 có 29 ngày", "29/2/2024"),
        ("31.4.2023", "tháng 4 năm 2023 có 30 ngày", "30/4/2023"),
        ("ngày 30 tháng 13 năm 2023", "một năm có 12 tháng", "30/12/2023"),
        ("0/5/2023", "ngày đầu tháng là ngày 1", "1/5/2023"),
        ("30/0/2023", "tháng đầu năm là tháng 1", "30/1/2023"),
        ("29/2/1900", "năm phải từ 1945 đến 2100", "28/2/2023"),
        ("31/12/1944", "năm phải từ 1945 đến 2100", "31/12/2023"),
        ("1/1/2101", "năm phải từ 1945 đến 2100", "1/1/2023"),
        ("0000-01-01", "năm phải từ 1945 đến 2100", "1/1/2023"),
    ],
)
def test_a_day_that_is_not_in_the_calendar_is_refused_with_its_reason(text: str, reason: str, better: str) -> None:
    for parse in (parse_date, parse_moment):
        error = refusal(text, parse)
        assert (error.code, error.reason, error.example) == ("ngay-khong-co-that", reason, better)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "chưa ghi ngày"),
        ("30/5/23", "năm phải ghi đủ bốn chữ số"),
        ("ngày 30 tháng 5 năm 23", "năm phải ghi đủ bốn chữ số"),
        ("2023/05/30", "chỉ dùng gạch nối"),
        ("2023.05.30", "chỉ dùng gạch nối"),
        ("2023-5-30", "hai chữ số"),
        ("5/2023", "thiếu ngày"),
        ("tháng 5 năm 2023", "thiếu ngày"),
        ("2023-05", "thiếu ngày"),
        ("30/5", "thiếu năm"),
        ("2023", "thiếu ngày và tháng"),
        ("1/5/2023-5/5/2023", "khoảng ngày"),
        ("1-5/5/2023", "khoảng ngày"),
        ("từ 1/5/2023 đến 5/5/2023", "khoảng ngày"),
        ("30 May 2023", "không theo dạng"),
        ("30/5-2023", "không theo dạng"),
        ("30052023", "không theo dạng"),
        ("٣٠/5/2023", "không theo dạng"),
        ("hôm nay", "không theo dạng"),
    ],
)
def test_a_text_that_is_not_a_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    for parse in (parse_date, parse_moment):
        error = refusal(text, parse)
        assert error.code == "ngay-sai-dang"
        assert reason in error.reason
        assert parse_date(error.example)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2023-06-05T08:00", "2023-06-05T08:00:00+07:00"),
        ("2023-06-05 08:00", "2023-06-05T08:00:00+07:00"),
        ("5/6/2023 08:00", "2023-06-05T08:00:00+07:00"),
        ("5/6/2023   08:00:09", "2023-06-05T08:00:09+07:00"),
        ("2023-06-05T08:00+07:00", "2023-06-05T08:00:00+07:00"),
        ("2023-06-05T08:00:09+07:00", "2023-06-05T08:00:09+07:00"),
        ("5/6/2023", "2023-06-05T00:00:00+07:00"),
        # Saigon kept +08:00 in 1960; the offset that is written prevails.
        ("1960-06-05T08:00+07:00", "1960-06-05T08:00:00+07:00"),
    ],
)
def test_every_accepted_spelling_of_a_moment_is_that_moment(text: str, written: str) -> None:
    moment = parse_moment(text)
    assert moment.tzinfo is VN
    assert rfc3339(moment) == written


@pytest.mark.parametrize("text", ["5/6/2023 24:00", "2023-06-05T08:60", "5/6/2023 08:00:60"])
def test_a_time_that_no_clock_shows_is_refused(text: str) -> None:
    error = refusal(text, parse_moment)
    assert error.code == "ngay-khong-co-that"
    assert error.example == "5/6/2023 08:00"
    assert parse_moment(error.example)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2023-06-05T08:00Z", "múi giờ"),
        ("2023-06-05T08:00+00:00", "múi giờ"),
        ("5/6/2023 8:00", "08:00"),
        ("5/6/2023T08:00", "08:00"),
        ("5/6/2023 8 giờ", "08:00"),
        ("5/6/23 08:00", "bốn chữ số"),
    ],
)
def test_a_time_in_another_form_is_refused(text: str, reason: str) -> None:
    error = refusal(text, parse_moment)
    assert error.code == "ngay-sai-dang"
    assert reason in error.reason


def test_a_time_is_refused_where_a_day_is_asked_for() -> None:
    assert refusal("2023-06-05T08:00").reason == "chỗ này chỉ ghi ngày, không ghi giờ"


@steady
@given(st.text() | st.text(alphabet="0123459/-.:+ tTngàyháăm", max_size=24))
@example("2023-05-30T")
@example("9" * 5000)
def test_any_text_is_a_date_or_is_refused_with_an_example_that_is_one(text: str) -> None:
    for parse in (parse_date, parse_moment):
        refused: InvalidDate | None = None
        try:
            parse(text)
        except InvalidDate as error:
            refused = error
        if refused is not None:
            assert refused.code in ("ngay-sai-dang", "ngay-khong-co-that")
            assert refused.reason
            assert parse_moment(refused.example)


@steady
@given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 9999))
def test_a_day_is_accepted_exactly_when_the_calendar_has_it(day: int, month: int, year: int) -> None:
    try:
        expected = date(year, month, day)
    except ValueError:
        expected = None
    if expected is not None and not 1945 <= year <= 2100:
        expected = None
    for text in (f"{day}/{month}/{year:04}", f"{year:04}-{month:02}-{day:02}"):
        if expected is None:
            assert refusal(text).code == "ngay-khong-co-that"
        else:
            assert parse_date(text) == expected


@steady
@given(st.datetimes(datetime(1976, 1, 1), datetime(2100, 12, 31, 23, 59, 59)))
def test_a_moment_that_is_written_reads_back_as_itself(naive: datetime) -> None:
    moment = naive.replace(microsecond=0, tzinfo=VN)
    assert parse_moment(rfc3339(moment)) == moment


def test_days_are_written_as_pages_need_them() -> None:
    assert format_date(date(2023, 5, 30)) == "30/5/2023"
    assert format_long(date(2023, 5, 30)) == "Thứ ba, 30/5/2023"
    assert format_long(date(2023, 6, 4)) == "Chủ nhật, 4/6/2023"
    assert format_long(date(2023, 6, 5)) == "Thứ hai, 5/6/2023"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2023, 5, 30), "ngày 30 tháng 5 năm 2023"),
        (date(2023, 3, 5), "ngày 05 tháng 3 năm 2023"),
        (date(2023, 2, 9), "ngày 09 tháng 02 năm 2023"),
        (date(2023, 1, 10), "ngày 10 tháng 01 năm 2023"),
    ],
)
def test_official_days_have_the_leading_zeros_of_the_decree(day: date, written: str) -> None:
    assert format_official(day) == written


def test_feeds_state_the_offset_of_vietnam_from_any_zone() -> None:
    moment = datetime(2023, 6, 5, 1, 0, tzinfo=UTC)
    assert rfc822(moment) == "Mon, 05 Jun 2023 08:00:00 +0700"
    assert rfc3339(moment) == "2023-06-05T08:00:00+07:00"
    assert rfc822(datetime(1960, 6, 5, tzinfo=timezone(timedelta(hours=7)))).endswith("+0700")


@pytest.mark.parametrize("write", [rfc822, rfc3339])
def test_a_moment_without_a_zone_is_never_written(write: Callable[[datetime], str]) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        write(datetime(2023, 6, 5))
