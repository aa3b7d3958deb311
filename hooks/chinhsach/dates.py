"""Text in, day or moment in Vietnam out; and back, as pages, feeds and documents write it.

A library such as dateparser guesses (30/5 or 5/30, a missing year); here a doubt is refused.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from typing import Literal
from zoneinfo import ZoneInfo

from .text import excerpt, nfc

VN = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR, LAST_YEAR = 1945, 2100

DateFault = Literal["ngay-sai-dang", "ngay-khong-co-that"]

# Feeds state +07:00 whatever the day: before 13/6/1975 the zone's own offset was another.
_OFFSET = timezone(timedelta(hours=7))
_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_ANY_DATE = date(2023, 5, 30)

# Read after NFC, lower case, and one space for each run of white space.
_DATE = (
    r"(?:(?P<iso>([0-9]{4})-([0-9]{2})-([0-9]{2}))"
    r"|([0-9]{1,2})([/.-])([0-9]{1,2})\6([0-9]{4})"
    r"|(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4}))"
)
_TIME = r"(?:(?(iso)[t ]| )([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(\+07:00)?)?"
_DATE_FORM = re.compile(_DATE)
_MOMENT_FORM = re.compile(_DATE + _TIME)


class InvalidDate(ValueError):
    """Why a text is no date: `code` of the problem, `reason` in Vietnamese, a good `example`."""

    def __init__(self, value: str, code: DateFault, reason: str, example: str) -> None:
        super().__init__(f"«{excerpt(value)}»: {reason}")
        self.code: DateFault = code
        self.reason = reason
        self.example = example


def parse_date(value: str) -> date:
    """The day of `2023-05-30`, `30/5/2023`, `30-5-2023`, `30.05.2023`, «ngày 30 tháng 5 năm 2023».

    The day always stands before the month. Raises InvalidDate.
    """
    form = _DATE_FORM.fullmatch(_normal(value))
    if form is None:
        if _MOMENT_FORM.fullmatch(_normal(value)):
            raise _malformed(value, "chỗ này chỉ ghi ngày, không ghi giờ")
        raise _malformed(value)
    return _day(form, value)


def parse_moment(value: str) -> datetime:
    """The moment of a date as above, with `T08:00` or ` 08:00` after it or 00:00; aware, in VN.

    Seconds and `+07:00` may follow. Raises InvalidDate.
    """
    form = _MOMENT_FORM.fullmatch(_normal(value))
    if form is None:
        raise _malformed(value)
    day = _day(form, value)
    hour, minute, second, offset = form.group(12, 13, 14, 15)
    if hour is None:
        return datetime(day.year, day.month, day.day, tzinfo=VN)
    try:
        clock = time(int(hour), int(minute), int(second or 0))
    except ValueError:
        reason = "giờ từ 00 đến 23, phút và giây từ 00 đến 59"
        raise InvalidDate(value, "ngay-khong-co-that", reason, f"{format_date(day)} 08:00") from None
    if offset:
        return datetime.combine(day, clock, _OFFSET).astimezone(VN)
    return datetime.combine(day, clock, VN)


def format_date(day: date) -> str:
    """«30/5/2023», as the site writes days."""
    return f"{day.day}/{day.month}/{day.year}"


def format_long(day: date) -> str:
    """«Thứ ba, 30/5/2023»."""
    return f"{_WEEKDAYS[day.weekday()]}, {format_date(day)}"


def format_official(day: date) -> str:
    """«ngày 05 tháng 02 năm 2023»: NĐ 30/2020 Phụ lục I Mục II.4.b.

    Days under 10 and the months 1 and 2 have a leading zero, other months none.
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def rfc822(moment: datetime) -> str:
    """«Mon, 05 Jun 2023 08:00:00 +0700», for RSS; raises ValueError without a zone."""
    return format_datetime(_fixed(moment))


def rfc3339(moment: datetime) -> str:
    """«2023-06-05T08:00:00+07:00», for Atom and data; raises ValueError without a zone."""
    return _fixed(moment).isoformat(timespec="seconds")


def _fixed(moment: datetime) -> datetime:
    # A naive moment would be read in the machine's own zone: other bytes on another machine.
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(_OFFSET)


def _normal(value: str) -> str:
    return " ".join(nfc(value).lower().split())


def _day(form: re.Match[str], value: str) -> date:
    if form["iso"]:
        year, month, day = (int(part) for part in form.group(2, 3, 4))
    else:
        parts = form.group(5, 7, 8) if form[5] else form.group(9, 10, 11)
        day, month, year = (int(part) for part in parts)
    try:
        result = date(year, month, day)
    except ValueError:
        raise _impossible(value, year, month, day) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _impossible(value, year, month, day)
    return result


def _impossible(value: str, year: int, month: int, day: int) -> InvalidDate:
    near_year = year if FIRST_YEAR <= year <= LAST_YEAR else _ANY_DATE.year
    near_month, near_day = min(max(month, 1), 12), max(day, 1)
    if year != near_year:
        reason = f"năm phải từ {FIRST_YEAR} đến {LAST_YEAR}"
    elif month != near_month:
        reason = "một năm có 12 tháng" if month else "tháng đầu năm là tháng 1"
        if 1 <= day <= 12 < month:
            reason += "; ngày viết trước, tháng viết sau"
            near_day, near_month = month, day
    elif day != near_day:
        reason = "ngày đầu tháng là ngày 1"
    else:
        last = calendar.monthrange(year, month)[1]
        reason = f"tháng {month} năm {year} có {last} ngày"
    near_day = min(near_day, calendar.monthrange(near_year, near_month)[1])
    example = format_date(date(near_year, near_month, near_day))
    return InvalidDate(value, "ngay-khong-co-that", reason, example)


# The first pattern that fits names the fault.
_FAULTS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"", "chưa ghi ngày"),
        (r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2}( .*)?", "năm phải ghi đủ bốn chữ số"),
        (r".* năm [0-9]{2}( .*)?", "năm phải ghi đủ bốn chữ số"),
        (r"[0-9]{4}", "chỉ có năm, thiếu ngày và tháng"),
        (r"(tháng )?[0-9]{1,2}([/.-]| năm )[0-9]{4}|[0-9]{4}-[0-9]{1,2}", "thiếu ngày"),
        (r"(ngày )?[0-9]{1,2}([/.-]| tháng )[0-9]{1,2}", "thiếu năm"),
        (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", "năm đứng đầu thì tháng và ngày ghi đủ hai chữ số"),
        (r"[0-9]{4}[/.].*", "năm đứng đầu thì chỉ dùng gạch nối, ví dụ 2023-05-30"),
        (r".*[0-9] ?(-|–|—|đến) ?(ngày )?[0-9]+[/.].*", "chỉ ghi một ngày, không ghi khoảng ngày"),
        (rf"{_DATE}[t ].*(z|[+-][0-9:]+)", "múi giờ chỉ ghi +07:00 hoặc để trống"),
        (rf"{_DATE}[t ].*", "phần sau ngày không đúng; giờ (nếu có) ghi dạng 08:00"),
    )
)


def _malformed(value: str, reason: str = "") -> InvalidDate:
    text = _normal(value)
    reason = reason or next(
        (reason for pattern, reason in _FAULTS if pattern.fullmatch(text)),
        "không theo dạng ngày/tháng/năm",
    )
    return InvalidDate(value, "ngay-sai-dang", reason, format_date(_likely(text) or _ANY_DATE))


_MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_MONTH_NAME = re.compile(rf"(?<=tháng )({'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?=\W|$)")


def _likely(text: str) -> date | None:
    """The day that a text holds as three numbers in the order of day, month, year or the other way round."""
    named = _MONTH_NAME.sub(lambda m: str(_MONTHS.index(m[1]) + 1), text)
    numbers = re.findall(r"[0-9]+", named)
    if len(numbers) != 3 or any(len(n) > 4 for n in numbers):
        return None
    first, month, last = (int(n) for n in numbers)
    day, year = (last, first) if first > 31 else (first, last)
    try:
        found = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
