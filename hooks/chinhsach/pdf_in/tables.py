"""A table of cells with their boxes in, Markdown out; HTML where cells are merged, which Markdown cannot say."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import NamedTuple

from ..text import as_markdown, one_line


class Cell(NamedTuple):
    """A cell's words and box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def markup(cells: Sequence[Cell]) -> str:
    """The table that the cells make."""
    columns = _edges([edge for cell in cells for edge in (cell.x0, cell.x1)])
    heights = _edges([edge for cell in cells for edge in (cell.top, cell.bottom)])
    placed: dict[int, list[tuple[int, int, int, str]]] = {}
    for cell in sorted(cells, key=lambda c: (c.top, c.x0)):
        row, column = _index(heights, cell.top), _index(columns, cell.x0)
        span = (_index(heights, cell.bottom) - row, _index(columns, cell.x1) - column)
        placed.setdefault(row, []).append((column, *span, one_line(cell.text)))
    listed = [sorted(placed.get(row, [])) for row in range(len(heights) - 1)]
    is_merged = any(tall != 1 or wide != 1 for row in listed for _, tall, wide, _ in row)
    is_whole = all(len(row) == len(columns) - 1 for row in listed)
    return _as_markdown(listed) if is_whole and not is_merged else _as_html(listed)


def _edges(places: Sequence[float]) -> list[float]:
    """The places from small to large, those less than two points apart as one."""
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > 2:
            edges.append(place)
    return edges


def _index(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - place))


_Listed = Sequence[Sequence[tuple[int, int, int, str]]]


def _as_markdown(listed: _Listed) -> str:
    written = ["| " + " | ".join(as_markdown(text) for *_, text in row) + " |" for row in listed]
    return "\n".join([written[0], "|" + " --- |" * len(listed[0]), *written[1:]])


def _as_html(listed: _Listed) -> str:
    lines = ["<table>"]
    for row in listed:
        lines.append("<tr>")
        for _, tall, wide, text in row:
            spans = (f' rowspan="{tall}"' if tall > 1 else "") + (f' colspan="{wide}"' if wide > 1 else "")
            lines.append(f"<td{spans}>{html.escape(text)}</td>")
        lines.append("</tr>")
    return "\n".join([*lines, "</table>"])
