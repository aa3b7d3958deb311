"""A document's blocks in, the sheet out: head, title, closing and text apart, by where things stand on the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..imported import Sheet
from ..text import fold, one_line
from .body import HEADING_LABEL, to_markdown
from .document import Block, Document, Paragraph, Table, words_of

_HEAD_BLOCKS = 15
_HEAD_LETTERS = 2_000
_HEAD_LINES = 14
_NATIONAL = ("conghoaxahoichunghiavietnam", "dangcongsanvietnam")
_MOTTO = "doclap"
_GAP = re.compile(r"\t+| {4,}")
_DAY = re.compile(r"ngày.*tháng.*năm", re.I)
_NUMBER = re.compile(r"(luật |lệnh |pháp lệnh )?số\s*[:.…/\d]", re.I)
_PUSHED = re.compile(r" {5,}|\t+ *(?=\S)")
"""How a line is put in the middle by those who do not know the button."""
_RULE = re.compile(r"[\s_\-–—*=.…]+")
_ADDRESSED = re.compile(r"kính gửi", re.I)
_RECIPIENTS = re.compile(r"nơi nhận\s*:?", re.I)
_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q)\.")
_OFFICE = re.compile(
    r"(PHÓ |QUYỀN )?(TỔNG |ĐỒNG )?(GIÁM ĐỐC|CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CHÁNH|TRƯỞNG|CỤC TRƯỞNG|CHỦ NHIỆM"
    r"|BÍ THƯ)"
)
_LONGEST_TITLE_LINE = 400
_LONGEST_CLOSING = 40
_MOST_LINES = 60
_MOST_TITLE_LINES = 12
_ATTACHED = ("phu luc", "mau so", "danh muc")


class Split(NamedTuple):
    """Lines of two columns side by side on paper, and the places of the blocks that they were."""

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    first: int = 0
    after: int = 0


def to_sheet(document: Document) -> Sheet:
    """Take the sheet apart. What cannot be recognised stays in the text; nothing is taken for what it may not be."""
    blocks = document.blocks
    head = _with_draft_mark(find_head(blocks), blocks)
    title, text_from = _title(blocks, head.after) if head.after else ((), 0)
    closing = find_closing(blocks, text_from)
    body = [*blocks[: head.first], *blocks[text_from : closing.first], *blocks[closing.after :]]
    if not closing.after:
        body = [*blocks[: head.first], *blocks[text_from:]]
    return Sheet(
        _clean_lines(head.left),
        _clean_lines(head.right),
        title,
        _clean_lines(closing.left),
        _clean_lines(closing.right),
        to_markdown(body, document.notes),
    )


def find_head(blocks: Sequence[Block]) -> Split:
    """The head of NĐ 30/2020: a table or tabbed lines, known only by the national title in it."""
    for place, block in enumerate(blocks[:_HEAD_BLOCKS]):
        if _is_national(words_of((block,))[:_HEAD_LETTERS]):
            return _table_head(block, place) if isinstance(block, Table) else _lines_head(blocks, place)
    return Split()


def _with_draft_mark(head: Split, blocks: Sequence[Block]) -> Split:
    """The head with «DỰ THẢO» that stands above it in a line or frame of its own."""
    above = _lines(blocks[: head.first])
    if above and all(fold(line).strip("( ").startswith("du thao") and len(line) < 40 for line in above):
        return Split((*head.left, *above), head.right, 0, head.after)
    return head


def _is_national(text: str) -> bool:
    letters = re.sub(r"[^a-z]", "", fold(text))
    return any(name in letters for name in _NATIONAL)


def _table_head(table: Table, place: int) -> Split:
    cells = [cell for row in table.rows for cell in row]
    column = next((c.column for c in cells if _is_national(words_of(c.blocks))), 0)
    left: list[str] = []
    right: list[str] = []
    for cell in cells:
        for line in _lines(cell.blocks):
            (right if cell.column >= column and (column or _is_right(line)) else left).append(line)
    return Split(tuple(left), tuple(right), place, place + 1)


def _lines(blocks: Sequence[Block]) -> list[str]:
    """All printed lines of some blocks, inner tables cell by cell."""
    said: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            said.extend(one_line(line) for line in block.lines)
        else:
            for row in block.rows:
                for cell in row:
                    said.extend(_lines(cell.blocks))
    return said


def _is_right(line: str) -> bool:
    if len(line) > _LONGEST_TITLE_LINE:
        return False
    return _is_national(line) or fold(line).replace(" ", "").startswith(_MOTTO) or bool(_DAY.search(line))


def _lines_head(blocks: Sequence[Block], national: int) -> Split:
    """A head of paragraphs: the line with the national title, those around it up to the number and the day."""
    first = national
    while first and isinstance(above := blocks[first - 1], Paragraph) and _stands_in_head(above):
        first -= 1
    after = national + 1
    for place in range(national, min(len(blocks), first + _HEAD_LINES)):
        block = blocks[place]
        if isinstance(block, Table):
            break
        words = words_of((block,))
        is_head = place == national or _stands_in_head(block)
        if words and not is_head:
            break
        if words:
            after = place + 1
    left: list[str] = []
    right: list[str] = []
    for block in blocks[first:after]:
        for line in block.lines if isinstance(block, Paragraph) else ():
            _sort_line(line, left, right)
    return Split(tuple(left), tuple(right), first, after)


def _stands_in_head(paragraph: Paragraph) -> bool:
    lines = paragraph.lines
    return all(
        len(line) < 160
        and (
            bool(_GAP.search(line.strip("\t")))
            or _is_right(line)
            or bool(_NUMBER.match(line.strip()))
            or bool(_RULE.fullmatch(line))
            or line.strip().lower().startswith("v/v")
        )
        for line in lines
    )


def _sort_line(line: str, left: list[str], right: list[str]) -> None:
    parts = [one_line(part) for part in _GAP.split(line)]
    if len(parts) > 1:
        if parts[0]:
            left.append(parts[0])
        right.extend(part for part in parts[1:] if part)
    elif _is_right(line):
        right.append(one_line(line))
    else:
        left.append(one_line(line))


def _title(blocks: Sequence[Block], start: int) -> tuple[tuple[str, ...], int]:
    """The centred lines after the head: type, subject, whom a decision names as its giver; and where text begins."""
    said: list[str] = []
    place = start
    while place < len(blocks):
        block = blocks[place]
        if isinstance(block, Table):
            break
        lines = [one_line(line) for line in block.lines]
        if not lines or all(_RULE.fullmatch(line) for line in lines):
            place += 1
            continue
        if len(said) >= _MOST_TITLE_LINES or not _continues_title(block, said, blocks[place - 1]):
            break
        said.extend(line for line in lines if not _RULE.fullmatch(line))
        place += 1
    if not said:
        return (), start
    return tuple(said), place


def _continues_title(paragraph: Paragraph, said: Sequence[str], before: Block) -> bool:
    words = paragraph.text.strip()
    if _ADDRESSED.match(words) or len(words) > _LONGEST_TITLE_LINE or paragraph.label or HEADING_LABEL.match(words):
        return False
    if not said:  # the title's first line is the type, in capitals
        return words.isupper() and len(words) <= 80 and not paragraph.text.startswith("\t\t\t\t\t")
    if paragraph.align in ("center", "centre") or _PUSHED.match(paragraph.text):
        return True
    was_blank = isinstance(before, Paragraph) and not before.text.strip()
    return paragraph.is_bold and not was_blank and paragraph.align not in ("both", "left", "start")


def find_closing(blocks: Sequence[Block], start: int) -> Split:
    """The closing: «Nơi nhận» at the left, the signature at the right; the first one, for forms follow it."""
    for place in range(start, len(blocks)):
        block = blocks[place]
        if isinstance(block, Table):
            if split := _closing_table(block, place):
                return split
        elif _begins_closing(block):
            return _closing_lines(blocks, place, start)
    return _signature_alone(blocks, start)


def _begins_closing(paragraph: Paragraph) -> bool:
    """Whether a line is the words «Nơi nhận» alone, or with the first of a list: a sentence may begin so as well."""
    first = _GAP.split(paragraph.text.strip())[0]
    found = _RECIPIENTS.match(first)
    return found is not None and first[found.end() :].strip()[:1] in ("", "-", "–", "+", "•")


def _closing_table(table: Table, place: int) -> Split | None:
    cells = [cell for row in table.rows for cell in row]
    if sum(_signs(_lines(cell.blocks)) for cell in cells) > 1:
        return None  # several signers: who signs for the issuer is not ours to say, so all stay in the text
    receiving = next((c for c in cells if _RECIPIENTS.match(words_of(c.blocks))), None)
    if receiving is None:
        is_signature = len(table.rows) <= 3 and any(_signs(_lines(cell.blocks)) for cell in cells)
        if not is_signature:
            return None
        lines = tuple(line for cell in cells for line in _lines(cell.blocks))
        return Split((), lines, place, place + 1)
    left = [line for c in cells if c.column == receiving.column for line in _lines(c.blocks)]
    right = [line for c in cells if c.column != receiving.column for line in _lines(c.blocks)]
    return Split(tuple(left), tuple(right), place, place + 1)


def _signs(lines: Sequence[str]) -> bool:
    return bool(lines) and bool(_AUTHORITY.match(lines[0]) or (_OFFICE.match(lines[0]) and lines[0].isupper()))


def _closing_lines(blocks: Sequence[Block], place: int, start: int) -> Split:
    """«Nơi nhận» as a line of text: two columns by tabs, or the signature above or below it."""
    left: list[str] = []
    right: list[str] = []
    after = place
    for number in range(place, min(len(blocks), place + _LONGEST_CLOSING)):
        block = blocks[number]
        if isinstance(block, Table) or block.new_page or (number > place and not _stands_in_closing(block)):
            break
        for line in block.lines:
            parts = [one_line(part) for part in _GAP.split(line)]
            if len(parts) > 1 or block.align in ("right", "end", "center"):
                left.extend(part for part in parts[:1] if part and len(parts) > 1)
                right.extend(part for part in (parts[1:] if len(parts) > 1 else parts) if part)
            elif number == place or line.lstrip().startswith(("-", "+", "–", "•")) or block.label:
                left.append(one_line(line))
            else:
                right.append(one_line(line))
        after = number + 1
    first = place
    if not right:
        above = _signature_above(blocks, place, start)
        first, right = above.first, list(above.right)
    return Split(tuple(left), tuple(right), first, after)


def _stands_in_closing(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return (
        not text
        or text.startswith(("-", "+", "–", "•"))
        or bool(paragraph.label)
        or bool(_GAP.search(paragraph.text))
        or paragraph.align in ("right", "end")
        or (paragraph.align == "center" and len(text) < 60 and not fold(text).startswith(_ATTACHED))
    )


def _signature_above(blocks: Sequence[Block], place: int, start: int) -> Split:
    """The run of short lines at the right or middle that ends just above, where it begins as a signature does."""
    first = place
    while first > start:
        block = blocks[first - 1]
        if isinstance(block, Table) or len(block.text) > 80:
            break
        is_aside = block.align in ("right", "end", "center") or block.text.startswith("\t\t")
        if block.text.strip() and not is_aside:
            break
        first -= 1
    lines = [one_line(line) for b in blocks[first:place] if isinstance(b, Paragraph) for line in b.lines]
    while lines and not _signs(lines):
        lines.pop(0)
    if not lines:
        return Split((), (), place, place)
    while not _signs(_lines(blocks[first : first + 1])):
        first += 1
    return Split((), tuple(lines), first, place)


def _signature_alone(blocks: Sequence[Block], start: int) -> Split:
    end = len(blocks)
    while end > start and not words_of(blocks[end - 1 : end]):
        end -= 1
    found = _signature_above(blocks, end, start)
    return found if found.right else Split()


def _clean_lines(lines: Sequence[str]) -> tuple[str, ...]:
    tidy = (one_line(line) for line in lines[:_MOST_LINES] if len(line) <= _LONGEST_TITLE_LINE)
    return tuple(line for line in tidy if line and not _RULE.fullmatch(line))
