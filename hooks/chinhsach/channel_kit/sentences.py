"""Text in, its sentences and clauses out; nothing is rephrased, so no meaning can change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..spoken import syllables

_STOP = re.compile(r"(?<=[.!?…])[”\"»]?\s+(?=[“\"«(]?[A-ZÀ-ỸĐ0-9])")
_SHORT_FORM = re.compile(r"(?:^|[\s(])(?:[A-ZĐ]{1,4}|TTr|[A-Z]?[a-z]|đ/c|[0-9]{1,2})\.$")
_CLAUSE = re.compile(r"(?<=[;:])\s+")
_PAUSE = re.compile(r"(?<=[;:,])\s+")

_REFERENCE = (
    r"(?:[\s,;.]|và|đến|hoặc|của|các|điểm|khoản|điều|mục|chương|phần mở đầu|phần|tiết|phụ lục|tên"
    r"|(?<![^\W_])(?:[a-zđ]|[IVXLC]+(?:\.[0-9]+)*|[A-C]|[0-9]+(?:\.[0-9]+)*[a-zđ]?)(?![^\W_]))+"
)
_IN_BRACKETS = re.compile(rf"\s*\((?=[^()]*(?:điều|khoản|mục|chương|phụ lục|phần))(?:{_REFERENCE})\)", re.I)


def without_references(text: str) -> str:
    """The text without brackets that hold nothing but articles: «(khoản 1 và khoản 2 Điều 26)»."""
    return _IN_BRACKETS.sub("", text)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a stop after a short form («TM.»), a number or a letter does not end one."""
    found: list[str] = []
    start = 0
    for stop in _STOP.finditer(text):
        so_far = text[start : stop.start()]
        if _SHORT_FORM.search(so_far):
            continue
        found.append(text[start : stop.end()].strip())
        start = stop.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found


def lines(sentence: str, most: int) -> list[str]:
    """A sentence cut into lines of at most `most` syllables where its own semicolons and colons allow.

    The marks stay, so that it is seen that the lines are one sentence: its condition holds for all of them.
    """
    return _packed(_CLAUSE.split(sentence), most) if syllables(sentence) > most else [sentence]


def breaths(sentence: str, most: int) -> list[str]:
    """A sentence cut at its commas, too, for somebody who reads it aloud."""
    return [piece for line in lines(sentence, most) for piece in _breath(line, most)]


def _breath(line: str, most: int) -> list[str]:
    return _packed(_PAUSE.split(line), most) if syllables(line) > most else [line]


def _packed(pieces: Iterable[str], most: int) -> list[str]:
    """Pieces joined again as long as they fit."""
    packed: list[str] = []
    for piece in pieces:
        if packed and syllables(packed[-1]) + syllables(piece) <= most:
            packed[-1] += f" {piece}"
        else:
            packed.append(piece)
    return packed


class TooLong(Exception):
    """A sentence does not fit into one message, and a sentence is never cut; it is the message of the exception."""


def messages(blocks: Iterable[str], room: int) -> list[str]:
    """Blocks of text, one a paragraph, as few messages as they need, each at most `room` characters.

    A message ends only where a sentence ends. Raises TooLong.
    """
    made: list[str] = []
    for gap, sentence in _flow(blocks):
        if len(sentence) > room:
            raise TooLong(sentence)
        if made and len(made[-1]) + len(gap) + len(sentence) <= room:
            made[-1] += gap + sentence
        else:
            made.append(sentence)
    return made


def _flow(blocks: Iterable[str]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        for place, sentence in enumerate(sentences(block)):
            yield " " if place else "\n", sentence
