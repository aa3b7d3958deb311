"""Words of a PDF page with their places in, lines, blocks and paragraphs out: how NĐ 30/2020 lays a document out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..text import as_markdown, fold, one_line

_NATIONAL_TITLE, _ITS_BEGINNING = "conghoaxahoichunghiavietnam", "CONGHOAXAHOI"
_MOTTO = "doclaptudohanhphuc"
_PAGE_NUMBER = re.compile(r"(?:trang )?[-–— ]*[0-9]{1,4}(?: ?/ ?[0-9]{1,4})?[-–— ]*", re.I)
_RECIPIENTS = re.compile(r"noi nhan\s*:?\s*(?:$|[-–+*])")
_LABEL = re.compile(
    r"(?:[IVXLC]+[.)]|[0-9]{1,3}(?:\.[0-9]{1,3})*[.)]|[a-zđ][.)]|[-–—+•*]|Điều [0-9]+[a-zđ]?[.:]?"
    r"|(?:Chương|Mục|Phần) [IVXLC0-9]+\b"
    r"|(?:CHƯƠNG|MỤC|PHẦN) [IVXLC0-9]+\b|PHỤ LỤC\b)(?: |$)"
)
_HEADING = re.compile(r"(?:[IVXLC]+\.|(?:chương|mục|phần) [IVXLC0-9]+\b|phụ lục\b)", re.I)
_ARTICLE = re.compile(r"Điều [0-9]+[a-zđ]?\b")
_NOT_LETTERS = re.compile(r"[^a-z]")
_ADDRESSED = re.compile(r"kinh gui\b")
_HALF_A_DAY = re.compile(r"\bngày\b(?!.*\bnăm\s+[0-9]{4}).*[0-9]\s*(?:tháng(?:\s+[0-9]{1,2}(?:\s+năm)?)?)?$")
_NOTE = re.compile(r"[0-9]{1,2}|[ivx]{1,5}|[*†‡]+")
_MOST_HEAD_LINES, _MOST_SIGNING = 16, 8


class Word(NamedTuple):
    """A word and its box in points from the page's upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    is_bold: bool = False


class Line(NamedTuple):
    """Words that stand beside each other with no wide gap between them."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The line's words."""
        return one_line(" ".join(word.text for word in self.words))

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.words[-1].x1

    @property
    def center(self) -> float:
        """The middle between both ends."""
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        """The size of its letters."""
        return max(word.size for word in self.words)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is in bold."""
        return all(word.is_bold for word in self.words)


class Row(NamedTuple):
    """What stands at one height: one line, or several with wide gaps between them. `page` counts from 0."""

    lines: tuple[Line, ...]
    top: float
    bottom: float
    page: int = 0

    @property
    def whole(self) -> Line:
        """The row as one line."""
        return Line(tuple(word for line in self.lines for word in line.words))


class Table(NamedTuple):
    """A table in Markdown or HTML with its place."""

    markup: str
    top: float
    page: int


def rows(words: Iterable[Word], page: int) -> list[Row]:
    """The rows of a page from top to bottom; a gap wider than a letter and a quarter parts two lines."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.bottom, w.x0)):
        if found and word.bottom - found[-1][0].bottom <= 0.35 * word.size:
            found[-1].append(word)
        else:
            found.append([word])
    return [_row(sorted(row, key=lambda w: w.x0), page) for row in found]


def _row(words: Sequence[Word], page: int) -> Row:
    lines: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.x0 - before.x1 > 1.25 * max(before.size, word.size):
            lines.append([word])
        else:
            lines[-1].append(word)
    return Row(
        tuple(Line(tuple(line)) for line in lines), min(w.top for w in words), max(w.bottom for w in words), page
    )


def without_page_numbers(page: Sequence[Row], height: float) -> list[Row]:
    """The rows but those that are a bare number in the upper or lower margin."""

    def is_number(row: Row) -> bool:
        in_margin = row.bottom < 0.1 * height or row.top > 0.9 * height
        return in_margin and bool(_PAGE_NUMBER.fullmatch(row.whole.text))

    return [row for row in page if not is_number(row)]


class Margins(NamedTuple):
    """Where the text begins and ends from left to right."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """The width of the text."""
        return self.right - self.left

    @property
    def center(self) -> float:
        """The middle of the text."""
        return (self.left + self.right) / 2


def margins(document: Sequence[Row]) -> Margins:
    """The text's margins: nearly all rows lie between them."""
    starts = sorted(row.lines[0].x0 for row in document)
    ends = sorted(row.lines[-1].x1 for row in document)
    return Margins(starts[len(starts) // 50], ends[-1 - len(ends) // 50])


class Head(NamedTuple):
    """The two blocks at the head, the centred lines under them, and how many rows they take."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    title: tuple[str, ...]
    size: int


NO_HEAD = Head((), (), (), 0)


def head(document: Sequence[Row], area: Margins) -> Head:
    """The head of a document, found by its national title; without one nothing is taken for a head."""
    place = next((number for number, row in enumerate(document[:_MOST_HEAD_LINES]) if _national_title(row)), None)
    if place is None:
        return NO_HEAD
    right_center = _national_title(document[place]) or 0.0
    beside = [word for word in document[place].whole.words if word.x1 < right_center - 0.2 * area.width]
    left_center = Line(tuple(beside)).center if beside else area.left + 0.22 * area.width
    border = (left_center + right_center) / 2
    left: list[str] = []
    right: list[str] = []
    number = 0
    for number, row in enumerate(document):
        if number > place and (_is_across(row, left_center, right_center, area) or number >= place + _MOST_HEAD_LINES):
            break
        if number > place and _ADDRESSED.match(fold(row.whole.text)):
            break  # set at the margin it would pass for the subject's next line
        for block, text in _split(row, border, is_title_row=number == place):
            (left if block == 0 else right).append(text)
    else:
        number = len(document)
    if _MOTTO not in _NOT_LETTERS.sub("", fold("".join(right))):
        return NO_HEAD  # cut short by columns of another kind: half a head would tell the wrong issuer
    title: list[str] = []
    while number < len(document) and (_is_centred(document[number], area) or _is_rule(document[number].whole.text)):
        title.append(document[number].whole.text)
        number += 1
    return Head(_without_rules(left), _without_rules(_day_joined(right)), _without_rules(title), number)


def _without_rules(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if not _is_rule(line))


def _day_joined(lines: Sequence[str]) -> Iterator[str]:
    """The lines, one that a narrow column broke within its day put together again."""
    waiting = ""
    for line in lines:
        waiting = f"{waiting} {line}".strip()
        if not _HALF_A_DAY.search(waiting):
            yield waiting
            waiting = ""
    if waiting:
        yield waiting


def _is_rule(line: str) -> bool:
    """Whether a line is drawn with characters: «-------»."""
    return not any(letter.isalnum() for letter in line)


def _national_title(row: Row) -> float | None:
    """The middle of the national title in a row; a narrow column holds only its beginning."""
    words = row.whole.words
    start = _start_of_national_title(words)
    if start is None:
        return None
    end, said = start, ""
    while end < len(words) and _NATIONAL_TITLE.startswith(said + fold(words[end].text)):
        said += fold(words[end].text)
        end += 1
    return Line(words[start:end]).center


def _start_of_national_title(words: Sequence[Word]) -> int | None:
    def begins(start: int) -> bool:
        said = "".join(word.text for word in words[start : start + 9])
        return said[:12].isupper() and fold(said).startswith(_ITS_BEGINNING.lower())

    return next((start for start in range(len(words)) if begins(start)), None)


def _split(row: Row, border: float, *, is_title_row: bool) -> Iterator[tuple[int, str]]:
    """The texts of a row by block: 0 left, 1 right."""
    if is_title_row:  # long names leave no wide gap before it
        words = row.whole.words
        start = _start_of_national_title(words) or 0
        parts = [(0, words[:start]), (1, words[start:])]
    else:
        sides = [(int(line.center > border), line.words) for line in row.lines]
        parts = [(side, tuple(w for at, words in sides if at == side for w in words)) for side in (0, 1)]
    for side, part in parts:
        if part:
            yield side, Line(tuple(part)).text


def _is_across(row: Row, left_center: float, right_center: float, area: Margins) -> bool:
    if len(row.lines) > 1:
        return False
    line = row.lines[0]
    return (line.x0 < left_center and line.x1 > right_center) or abs(line.center - area.center) < 0.07 * area.width


def _is_centred(row: Row, area: Margins) -> bool:
    line = row.whole
    is_in = min(line.x0 - area.left, area.right - line.x1) > 0.04 * area.width or line.x1 - line.x0 > 0.8 * area.width
    slack = 0.02 + 0.05 * (1 - (line.x1 - line.x0) / area.width)  # short lines alone do not show the right margin
    is_text = _LABEL.match(line.text) or _ADDRESSED.match(fold(line.text))
    return is_in and abs(line.center - area.center) < slack * area.width and not is_text


class Closing(NamedTuple):
    """The two blocks at the end, and the first and the last row (exclusive) that they take."""

    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    start: int
    end: int
    others: tuple[Row, ...] = ()
    """Footnotes that stand between them."""


def closing(document: Sequence[Row], area: Margins) -> Closing:
    """The recipients and the signature: from «Nơi nhận» to where text stands across again, else lines on the right."""
    places = [
        number for number, row in enumerate(document) if any(_RECIPIENTS.match(fold(line.text)) for line in row.lines)
    ]
    if not places:
        return _signature_only(document, area)
    start = places[-1] - _signing_above(document[: places[-1]], document[places[-1]].page, area)
    end = next((n for n in range(places[-1] + 1, len(document)) if _ends_closing(document[n], area)), len(document))
    notes = tuple(row for row in document[start:end] if _is_note(row))
    zone = [row for row in document[start:end] if row not in notes]
    border = document[places[-1]].lines[0].x0 + 0.12 * area.width
    recipients: list[str] = []
    signature: list[str] = []
    for row in zone:
        left = [line for line in row.lines if line.x0 < border]
        recipients += [Line(tuple(word for line in left for word in line.words)).text] if left else []
        right = [line for line in row.lines if line.x0 >= border]
        signature += [Line(tuple(word for line in right for word in line.words)).text] if right else []
    return Closing(tuple(recipients), tuple(signature), start, end, notes)


def _is_note(row: Row) -> bool:
    return len(row.lines) == 1 and len(row.whole.words) > 1 and bool(_NOTE.fullmatch(row.whole.words[0].text))


def _ends_closing(row: Row, area: Margins) -> bool:
    """Whether a row is no more of the two blocks: it stands across them, or in the middle."""
    if len(row.lines) > 1 or _is_note(row):
        return False
    line = row.lines[0]
    is_wide = line.x0 < area.left + 0.1 * area.width and line.x1 > area.left + 0.65 * area.width
    is_middle = abs(line.center - area.center) < 0.03 * area.width and line.x0 > area.left + 0.2 * area.width
    return is_wide or is_middle


def _signing_above(document: Sequence[Row], page: int, area: Margins) -> int:
    """How many of the last rows hold a signature: short ones on the right, one at least in capitals."""
    count = 0
    while count < min(len(document), _MOST_SIGNING) and _is_on_the_right(document[-1 - count], page, area):
        count += 1
    return count if any(row.whole.text.isupper() for row in document[len(document) - count :]) else 0


def _is_on_the_right(row: Row, page: int, area: Margins) -> bool:
    return row.page == page and len(row.lines) == 1 and row.whole.x0 > area.center - 0.08 * area.width


def _signature_only(document: Sequence[Row], area: Margins) -> Closing:
    count = _signing_above(document, document[-1].page, area) if document else 0
    start = len(document) - count
    return Closing((), tuple(row.whole.text for row in document[start:]), start, len(document))


def paragraphs(document: Sequence[Row], tables: Sequence[Table], area: Margins) -> str:
    """The rows as Markdown, joined to paragraphs where a line would have held the next word; tables in their places."""
    pieces: list[str] = []
    open_rows: list[Row] = []
    waiting = sorted(tables, key=lambda table: (table.page, table.top))
    for row in document:
        while waiting and (waiting[0].page, waiting[0].top) < (row.page, row.top):
            pieces += _close(open_rows)
            pieces.append(waiting.pop(0).markup)
        if open_rows and _begins(row, open_rows, area):
            pieces += _close(open_rows)
        open_rows.append(row)
    pieces += _close(open_rows)
    pieces += [table.markup for table in waiting]
    return "\n\n".join(pieces)


def _begins(row: Row, before: Sequence[Row], area: Margins) -> bool:
    """Whether a row begins a paragraph of its own after the rows before it."""
    last, line = before[-1], row.whole
    if _LABEL.match(line.text) or line.is_bold != last.whole.is_bold:
        return True
    if row.page == last.page and row.top - last.bottom > 0.9 * line.size:
        return True
    if line.x0 > area.left + line.size and abs(last.whole.x0 - area.left) < 0.5 * line.size:
        return True
    return last.whole.x1 + 0.3 * line.size + line.words[0].x1 - line.words[0].x0 < area.right - 0.5 * line.size


def _close(open_rows: list[Row]) -> list[str]:
    """The paragraph that the rows make, which are then forgotten."""
    if not open_rows:
        return []
    text = one_line(" ".join(row.whole.text for row in open_rows))
    is_bold = all(row.whole.is_bold for row in open_rows)
    open_rows.clear()
    if is_bold and len(text) <= 200:
        if _HEADING.match(text):
            return [f"## {as_markdown(text)}"]
        if _ARTICLE.match(text):
            return [f"### {as_markdown(text)}"]
    return [as_markdown(text)]
