"""The main part of a Word file in, its two-column tables' rows out: a filled form, still unjudged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .text import clean, fold, one_line

TITLE = "PHIẾU GỬI TIN"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_SHOWN = frozenset((f"{_W}del", f"{_W}moveFrom"))
_MOST_ROWS = 500


def is_form(document: Any) -> bool:
    """Whether a paragraph outside of tables is the form's title."""
    body = document.find(f"{_W}body")
    paragraphs = () if body is None else (child for child in _inside(body) if child.tag == f"{_W}p")
    return any(fold(one_line(clean("".join(_words(paragraph))))) == fold(TITLE) for paragraph in paragraphs)


def rows(document: Any) -> tuple[tuple[str, str], ...]:
    """The first line of each left cell with the right cell's lines; deletions and placeholders left out.

    `document`: the root element of `word/document.xml`.
    """
    found: list[tuple[str, str]] = []
    for row in document.iter(f"{_W}tr"):
        cells = [child for child in _inside(row) if child.tag == f"{_W}tc"]
        if len(cells) == 2 and len(found) < _MOST_ROWS:
            left, right = (list(_lines(cell)) for cell in cells)
            if left:
                found.append((left[0], "\n".join(right)))
    return tuple(found)


def _inside(element: Any) -> Iterator[Any]:
    """The children, those in content controls too."""
    for child in element:
        if child.tag == f"{_W}sdt":
            content = child.find(f"{_W}sdtContent")
            yield from _inside(content) if content is not None else ()
        elif isinstance(child.tag, str):
            yield child


def _lines(cell: Any) -> Iterator[str]:
    for paragraph in cell.iter(f"{_W}p"):
        for line in "".join(_words(paragraph)).split("\n"):
            if one_line(line):
                yield one_line(clean(line))


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _NOT_SHOWN or (child.tag == f"{_W}sdt" and _is_placeholder(child)):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}br":
            yield "\n"
        elif child.tag == f"{_W}tab":
            yield " "
        elif child.tag != f"{_W}p" and isinstance(child.tag, str):
            yield from _words(child)


def _is_placeholder(control: Any) -> bool:
    return control.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None
