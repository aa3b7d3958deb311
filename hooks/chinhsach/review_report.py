"""The office's list in, what people and programs read of it out: text, JSON, CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from .dates import format_date
from .outputs.data import safe_cell
from .review import Row, Urgency
from .text import clean, one_line
from .vocabulary import Vocabularies

_WORDS = {Urgency.OVERDUE: "quá hạn", Urgency.DUE: "đến hạn", Urgency.NOTED: "ghi nhận"}
_COLUMNS = ("muc", "ma_viec", "don_vi", "tep", "dong", "ma", "han", "viec", "vi", "can_lam")


class Result(NamedTuple):
    """A finished list: the day on which it was made, the day that it looks ahead to, the rows in their order."""

    today: date
    until: date
    rows: Sequence[Row]
    vocabularies: Vocabularies

    @property
    def is_due(self) -> bool:
        """Whether anything is overdue or due."""
        return any(row.is_due for row in self.rows)


def as_text(result: Result) -> str:
    """For people: by unit, the most pressing first; then how many of each."""
    ahead = f", tính đến {format_date(result.until)}" if result.until != result.today else ""
    lines = [f"Việc cần xem lại, ngày {format_date(result.today)}{ahead}.", ""]
    for units, rows in groupby(result.rows, key=lambda row: row.units):
        names = [result.vocabularies.units[unit].name_on(result.today) for unit in units]
        lines += ["; ".join(names) if names else "Chung", ""]
        for row in rows:
            lines += [*_told(row), ""]
    return "\n".join([*lines, summary(result)]) + "\n"


def _told(row: Row) -> list[str]:
    return [
        f"  {row.path}:{row.line}: {_WORDS[row.urgency]}[{row.code}]: {_safe(row.subject)}: {_safe(row.what)}",
        f"      vì: {_safe(row.why)}",
        f"      cần làm: {_safe(row.todo)}",
    ]


def summary(result: Result) -> str:
    """The closing line: how many of each urgency."""
    counts = [sum(row.urgency is urgency for row in result.rows) for urgency in Urgency]
    return "Tổng: " + ", ".join(f"{n} {_WORDS[u]}" for n, u in zip(counts, Urgency, strict=True)) + "."


def _cells(row: Row) -> dict[str, str | int]:
    due = row.due.isoformat() if row.due else ""
    units = " ".join(row.units)
    values = (row.urgency.value, row.code, units, row.path, row.line, row.subject, due, row.what, row.why, row.todo)
    return dict(zip(_COLUMNS, values, strict=True))


def as_json(result: Result) -> str:
    """One object a line, in the order of the list; `don_vi` holds ids by spaces, `han` an ISO day or ""."""
    return "".join(json.dumps(_cells(row), ensure_ascii=False) + "\n" for row in result.rows)


def as_csv(result: Result) -> str:
    """The same as a table, UTF-8 with BOM for spreadsheets."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in result.rows:
        writer.writerow([safe_cell(value) for value in _cells(row).values()])
    return "\ufeff" + buffer.getvalue()


def _safe(text: str) -> str:
    return one_line(clean(text))


FORMATS: Mapping[str, Callable[[Result], str]] = {"csv": as_csv, "json": as_json, "van-ban": as_text}
