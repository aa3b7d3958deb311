"""The dated rules of `policies/_danh-muc/quy-tac-thoi-han.yml` and a day in, the last or first day allowed out.

Counting follows `cach_tinh` of that file (BLDS 2015 Điều 147, 148). What the rule or the calendar does not say is
unknown, with its reason; nothing is worked out from a number that nobody has.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, NamedTuple

from .workdays import Calendar

_VERIFIED = "da_kiem_chung"
_BLANK = ("null", "~", "—")


class Measure(Enum):
    """What a rule counts in (`don_vi_tinh`)."""

    WORKING_DAYS = "ngay-lam-viec"
    DAYS = "ngay"
    HOURS = "gio"
    MONTHS = "thang"


class Weight(Enum):
    """Whether a rule is law, advice, or a target that the department set itself (`muc_do`)."""

    LAW = "bat-buoc"
    ADVICE = "khuyen-nghi"
    INTERNAL = "noi-bo"


_COUNTED = {
    Measure.WORKING_DAYS: "ngày làm việc",
    Measure.DAYS: "ngày",
    Measure.HOURS: "giờ",
    Measure.MONTHS: "tháng",
}


class Due(NamedTuple):
    """The day that a rule gives, or None and why it is not known; `earliest`: the day cannot lie before it."""

    day: date | None
    reason: str = ""
    earliest: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with the days on which an event must lie to fall under it; `until` is the last of them or None.

    `is_latest`: the day is the last one allowed, otherwise the first. `number` is None where the law names none or
    nobody has found it. `event` names what starts it, in the file's own words (`ngay_tao_thong_tin`).
    """

    id: str
    group: str
    text: str
    article: str
    document: str
    number: int | None
    measure: Measure
    is_latest: bool
    event: str
    since: date
    until: date | None
    weight: Weight
    subject: str
    is_verified: bool

    def applies_on(self, day: date) -> bool:
        """Whether an event of this day falls under the rule."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def is_certain(self) -> bool:
        """Whether its number may be told as it stands: read in the source, or the department's own to set."""
        return self.number is not None and (self.is_verified or self.weight is Weight.INTERNAL)

    @property
    def amount(self) -> str:
        """«5 ngày làm việc»; «chưa rõ» without a number."""
        return "chưa rõ" if self.number is None else f"{self.number} {_COUNTED[self.measure]}"

    def due(self, event: date, calendar: Calendar) -> Due:
        """The day that follows from an event of a day; the day of the event does not count (BLDS Điều 147.2).

        A last day of a law, in calendar days or months, that is no working day moves to the next one (Điều 148).
        A first day does not move, nor does a target that the department set itself.
        """
        if self.number is None:
            return Due(None, "quy tắc không nêu số ngày, hoặc chưa ai tìm được số")
        if self.measure is Measure.HOURS:
            return Due(None, "hạn tính bằng giờ, cần biết giờ bắt đầu", event)
        if self.measure is Measure.WORKING_DAYS:
            return _known(calendar.after(event, self.number), event + timedelta(days=self.number), calendar)
        end = _months_after(event, self.number) if self.measure is Measure.MONTHS else _days_after(event, self.number)
        if not self.is_latest or self.number == 0 or self.weight is Weight.INTERNAL:
            return Due(end, "", end)
        return _known(calendar.at_or_after(end), end, calendar)

    def due_moment(self, event: datetime) -> datetime | None:
        """The moment at which a rule in hours ends (BLDS Điều 147.1: from the moment itself); None for other rules."""
        return event + timedelta(hours=self.number) if self.measure is Measure.HOURS and self.number else None


def _known(day: date | None, earliest: date, calendar: Calendar) -> Due:
    if day is not None:
        return Due(day, "", day)
    last = max(calendar.years, default=None)
    return Due(None, f"chưa có lịch nghỉ sau năm {last}" if last else "chưa có lịch nghỉ", earliest)


def _days_after(day: date, number: int) -> date:
    return day + timedelta(days=number)


def _months_after(day: date, number: int) -> date:
    """The same day of a later month, or that month's last day (BLDS Điều 148)."""
    count = day.year * 12 + day.month - 1 + number
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


class Rules(tuple[Rule, ...]):
    """The rules in the order of their file."""

    __slots__ = ()

    def find(self, rule_id: str) -> Rule | None:
        """The rule with this id."""
        return next((rule for rule in self if rule.id == rule_id), None)

    def on(self, group: str, day: date) -> tuple[Rule, ...]:
        """The rules of a group under which an event of the day falls."""
        return tuple(rule for rule in self if rule.group == group and rule.applies_on(day))

    def pick(self, group: str, event: str, day: date) -> Rule | None:
        """The rule of a group for one kind of event on the day, the newest of several; None where none applies."""
        found = [rule for rule in self.on(group, day) if rule.event == event]
        return max(found, key=lambda rule: rule.since, default=None)


def parse(rows: Iterable[Mapping[str, Any]]) -> Rules:
    """The rules of rows that were read. Raises KeyError, TypeError or ValueError for a row that cannot be used."""
    return Rules(_rule(row) for row in rows)


def _rule(row: Mapping[str, Any]) -> Rule:
    given = {key: _text(row, key) for key in _KEYS}
    if given["chieu"] not in ("toi-da", "toi-thieu"):
        raise ValueError(f"chieu «{given['chieu']}» không có")
    return Rule(
        id=row["id"],
        group=given["nhom"],
        text=given["mo_ta"],
        article=given["dieu_khoan"],
        document=given["van_ban"],
        number=int(given["so_ngay"]) if given["so_ngay"] else None,
        measure=Measure(given["don_vi_tinh"]),
        is_latest=given["chieu"] == "toi-da",
        event=given["tinh_tu"],
        since=date.fromisoformat(given["ap_dung_tu"]),
        until=date.fromisoformat(given["ap_dung_den"]) if given["ap_dung_den"] else None,
        weight=Weight(given["muc_do"]),
        subject=given["chu_the"],
        is_verified=given["kiem_chung"] == _VERIFIED,
    )


_KEYS = (
    "nhom", "mo_ta", "dieu_khoan", "van_ban", "so_ngay", "don_vi_tinh", "chieu", "tinh_tu", "ap_dung_tu", "ap_dung_den",
    "muc_do", "chu_the", "kiem_chung",
)  # fmt: skip


def _text(row: Mapping[str, Any], key: str) -> str:
    """A value as text, "" for one left open. Raises KeyError where it is missing, ValueError where it is no text."""
    value = row[key]
    if not isinstance(value, str):
        raise ValueError(f"«{key}» phải là chữ")
    return "" if value in _BLANK else value
