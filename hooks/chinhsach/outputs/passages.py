"""An entry in, what the full-text search reads of it out: passages of its page and of its full text, with addresses."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from .. import fulltext
from ..catalogue import Catalogue, Entry
from ..text import one_line

PASSAGE_LENGTH = 900
"""Characters after which a passage ends at the next block: long enough for a clause, short enough to be telling."""

ENTRY_PAGE, FULL_TEXT_PAGE = 0, 1

_PARTS = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")
_ID = re.compile(r'\bid="([^"]+)"')
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {"p", "li", "tr", "dt", "dd", "blockquote", "pre", "figcaption", "caption", "div", "section"}
_CELLS = {"td", "th", "br"}
_SENTENCE_END = re.compile(r"(?<=[.;:!?])\s+")


class Passage(NamedTuple):
    """A piece of a page: which page, the anchor of its start, the heading it stands under, its text."""

    page: int
    anchor: str
    heading: str
    text: str


class Document(NamedTuple):
    """An entry as the full-text search knows it; `about` is what the first layer already finds it by."""

    id: str
    title: str
    number: str
    about: str
    passages: tuple[Passage, ...]


def document(entry: Entry, catalogue: Catalogue) -> Document:
    """All that is public of an entry, cut into passages."""
    policy = entry.policy
    number = policy.number.text if policy.number else ""
    about = " · ".join(part for part in (number, policy.subject, policy.summary) if part)
    passages: list[Passage] = []
    if not policy.is_erased:
        passages.extend(cut(entry.body.html, ENTRY_PAGE))
        if entry.full_text is not None and policy.full_text is not None:
            passages.extend(cut(fulltext.render(entry.full_text.source).html, FULL_TEXT_PAGE))
    return Document(policy.id, policy.title, number, one_line(about), tuple(passages))


def cut(page_html: str, page: int) -> Iterator[Passage]:
    """The text in passages, each under one heading; the later ones of a long section start at their own anchor."""
    heading = heading_anchor = anchor = ""
    gathered: list[str] = []
    size = 0
    for tag, block_id, text in _blocks(page_html):
        if tag in _HEADINGS:
            if gathered:
                yield Passage(page, anchor, heading, " ".join(gathered))
            gathered, size = [], 0
            heading, heading_anchor = text, block_id
            anchor = heading_anchor
            continue
        for piece in _pieces(text):
            if gathered and size + len(piece) > PASSAGE_LENGTH:
                yield Passage(page, anchor, heading, " ".join(gathered))
                gathered, size = [], 0
                anchor = block_id or heading_anchor
            gathered.append(piece)
            size += len(piece) + 1
    if gathered:
        yield Passage(page, anchor, heading, " ".join(gathered))


def _blocks(page_html: str) -> Iterator[tuple[str, str, str]]:
    """Tag, id and text of each block, in order; what stands outside any block belongs to the one before."""
    tag, block_id = "p", ""
    parts: list[str] = []
    place = 0
    for match in _PARTS.finditer(page_html):
        parts.append(page_html[place : match.start()])
        place = match.end()
        name = match[2]
        if name in _BLOCKS:
            text = one_line(html.unescape("".join(parts)))
            if text:
                yield tag, block_id, text
            parts = []
            if not match[1]:
                found = _ID.search(match[3])
                tag, block_id = name, found[1] if found else ""
            elif name in _HEADINGS:
                tag, block_id = "p", ""
        elif name in _CELLS:
            parts.append(" ")
    text = one_line(html.unescape("".join([*parts, page_html[place:]])))
    if text:
        yield tag, block_id, text


def _pieces(text: str) -> Iterator[str]:
    """A block, or its sentences where it is much longer than a passage."""
    if len(text) <= PASSAGE_LENGTH * 3 // 2:
        yield text
    else:
        yield from _SENTENCE_END.split(text)
