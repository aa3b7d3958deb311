"""`policies/_danh-muc/ngay-nghi.yml` in, the calendar of working days out; a year that nobody announced is unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

from .problems import Fault
from .text import clean
from .vocabulary import FOLDER, VocabularyFault

NAME = "ngay-nghi.yml"
_OFF = ("nghi-le", "nghi-bu", "hoan-doi-nghi")
_WORKED = "lam-bu"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and Saturdays worked, of the years that the file knows; offices rest on Saturday and Sunday."""

    years: frozenset[int]
    off: frozenset[date]
    worked: frozenset[date]

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


def load(root: Path) -> Calendar:
    """The calendar of a project. Raises VocabularyFault where the file is missing or cannot be used."""
    path = root / FOLDER / NAME
    try:
        document = yaml.load(clean(path.read_bytes().decode("utf-8-sig")), Loader=yaml.BaseLoader)  # noqa: S506 - text only
        kinds = {date.fromisoformat(row["ngay"]): row["loai"] for row in document["ngay"]}
        years = frozenset(int(year) for year in document["nam_co_du_lieu"])
    except OSError:
        raise _fault("không có tệp này") from None
    except yaml.YAMLError:
        raise _fault("không đọc được") from None
    except (KeyError, ValueError, TypeError) as error:
        raise _fault(f"giá trị không dùng được ({error})") from None
    strange = sorted({str(kind) for kind in kinds.values()} - {*_OFF, _WORKED})
    if strange:
        raise _fault(f"loại ngày «{strange[0]}» không có")
    return Calendar(
        years,
        frozenset(day for day, kind in kinds.items() if kind in _OFF),
        frozenset(day for day, kind in kinds.items() if kind == _WORKED),
    )


def _fault(reason: str) -> VocabularyFault:
    return VocabularyFault(f"{FOLDER}/{NAME}", Fault("danh-muc-hong", 1, 1, {"ly_do": reason}))
