"""The period that a command asks for in, its days out: one that the plans name, a calendar period, or two days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from ..dates import InvalidDate, format_date, parse_date
from ..text import nearest
from .model import Period

_YEAR = re.compile(r"(?:nam-)?([0-9]{4})")
_MONTH = re.compile(r"(?:thang-)?([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})-q([1-4])|quy-([1-4])-([0-9]{4})")
SPELT_OUT = "mã trong ky_bao_cao, 2026, 2026-q3, 2026-06, 15/11/2026..14/12/2026"
FORMS = f"thang, quy, nam, {SPELT_OUT}"


class UnknownPeriod(ValueError):
    """No period is meant by the words; the message says so in Vietnamese."""


_CURRENT: Mapping[str, Callable[[date], str]] = {
    "nam": lambda day: f"{day.year}",
    "quy": lambda day: f"{day.year}-q{(day.month + 2) // 3}",
    "thang": lambda day: f"{day.year}-{day.month:02}",
}


def find(wanted: str, periods: Iterable[Period], today: date) -> Period:
    """The period of the plans with this id, else the calendar year, quarter, month or span that the words mean.

    «thang», «quy», «nam» mean the one that goes on today: the plans' own, for many close on the 14th, else the
    calendar's. A period that no plan names ends its figures on its last day. Raises UnknownPeriod.
    """
    named = {period.id: period for period in periods}
    if wanted in named:
        return named[wanted]
    if wanted in _CURRENT:
        for period in named.values():
            if period.kind == wanted and period.since <= today <= period.until:
                return period
        wanted = _CURRENT[wanted](today)
    for read in (_year, _quarter, _month, _span):
        if found := read(wanted):
            return found
    near = nearest(wanted, named)
    raise UnknownPeriod(f"không có kỳ «{wanted}»" + (f"; có phải «{near}»?" if near else f"; ghi {FORMS}"))


def _made(wanted: str, name: str, kind: str, since: date, until: date) -> Period:
    return Period(wanted, name, kind, since, until, until)


def _year(wanted: str) -> Period | None:
    form = _YEAR.fullmatch(wanted)
    if form is None or not _is_year(form[1]):
        return None
    year = int(form[1])
    return _made(wanted, f"năm {year}", "nam", date(year, 1, 1), date(year, 12, 31))


def _quarter(wanted: str) -> Period | None:
    form = _QUARTER.fullmatch(wanted)
    if form is None or not _is_year(form[1] or form[4]):
        return None
    year, quarter = int(form[1] or form[4]), int(form[2] or form[3])
    return _months(wanted, f"quý {quarter} năm {year}", "quy", year, quarter * 3 - 2, quarter * 3)


def _month(wanted: str) -> Period | None:
    form = _MONTH.fullmatch(wanted)
    if form is None or not _is_year(form[1]) or not 1 <= int(form[2]) <= 12:
        return None
    year, month = int(form[1]), int(form[2])
    return _months(wanted, f"tháng {month} năm {year}", "thang", year, month, month)


def _months(wanted: str, name: str, kind: str, year: int, first: int, last: int) -> Period:
    until = date(year, last, calendar.monthrange(year, last)[1])
    return _made(wanted, name, kind, date(year, first, 1), until)


def _span(wanted: str) -> Period | None:
    first, dots, last = wanted.partition("..")
    if not dots:
        return None
    try:
        since, until = parse_date(first), parse_date(last)
    except InvalidDate as fault:
        raise UnknownPeriod(f"kỳ {fault}; ví dụ {fault.example}") from None
    if until < since:
        raise UnknownPeriod(f"kỳ «{wanted}» có ngày cuối đứng trước ngày đầu")
    return _made(wanted, f"từ {format_date(since)} đến {format_date(until)}", "dot-xuat", since, until)


def _is_year(text: str) -> bool:
    return 1945 <= int(text) <= 2100
