"""The rows of `ngay-nghi.yml` in, the calendar of working days out; a year that nobody announced is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_OFF = ("nghi-le", "nghi-bu", "hoan-doi-nghi")
_WORKED = "lam-bu"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and Saturdays worked, of the years that the file knows; offices rest on Saturday and Sunday."""

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on the day; true only of a year that is known."""
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def between(self, start: date, end: date) -> int | None:
        """How many working days come after `start` up to and with `end`.

        0 where `end` is not later, None where a year of the days counted is not known.
        """
        if end <= start:
            return 0
        if not self.years.issuperset(range((start + timedelta(days=1)).year, end.year + 1)):
            return None
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))

    def after(self, start: date, number: int) -> date | None:
        """The `number`th working day after `start` (which does not count); None where a year is not known."""
        day = start
        while number > 0:
            day += timedelta(days=1)
            if day.year not in self.years:
                return None
            number -= self.is_working_day(day)
        return day

    def at_or_after(self, day: date) -> date | None:
        """The day itself if offices work then, otherwise the next day on which they do; None: a year is not known."""
        while day.year in self.years and not self.is_working_day(day):
            day += timedelta(days=1)
        return day if day.year in self.years else None


def parse(document: Mapping[str, Any]) -> Calendar:
    """The calendar of a file that was read. Raises KeyError, TypeError or ValueError for what cannot be used."""
    kinds = {date.fromisoformat(row["ngay"]): row["loai"] for row in document["ngay"]}
    years = frozenset(int(year) for year in document["nam_co_du_lieu"])
    strange = sorted({str(kind) for kind in kinds.values()} - {*_OFF, _WORKED})
    if strange:
        raise ValueError(f"loại ngày «{strange[0]}» không có")
    return Calendar(
        years,
        frozenset(day for day, kind in kinds.items() if kind in _OFF),
        frozenset(day for day, kind in kinds.items() if kind == _WORKED),
    )
