"""A text in, what hinders its reader or should not stand there out: long sentences, abbreviations, personal data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .text import fold, one_line

MOST_WORDS = 40
SYLLABLES_A_WORD = 1.5
"""What a space parts is a syllable in Vietnamese; a word has about one and a half of them (docs/adr/023)."""

# None of the patterns looks past what could begin it anew: a body may be a megabyte of «[» or of blanks.
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\n]*\)")
_QUOTATION = re.compile(r"“[^“”]*”")
_NOT_PROSE = re.compile(r"\s*(?:#|\||```|<|\[\^)")
_BEGINS_ANEW = re.compile(r"\s*(?:[-*+]|\d+[.)]|>)\s")
_END = re.compile(r"(?<=[.!?…;])\s+(?=\S)")
_TOKEN = re.compile(r"\w+(?:[/.-]\w+)*")


class Sentence(NamedTuple):
    """A sentence on one line without its links, and the line on which its paragraph begins, counted from 1."""

    text: str
    line: int

    @property
    def syllables(self) -> int:
        """How many syllables it has, the words of the document that it quotes left out."""
        return len(_TOKEN.findall(_QUOTATION.sub(" ", self.text)))

    @property
    def is_long(self) -> bool:
        """Whether it has more than forty words."""
        return self.syllables > MOST_WORDS * SYLLABLES_A_WORD


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of Markdown prose; headings, tables, code and raw HTML are none, a semicolon ends one."""
    for paragraph, line in _paragraphs(text):
        for piece in _END.split(one_line(_LINK.sub(r"\1", paragraph))):
            yield Sentence(piece, line)


def _paragraphs(text: str) -> Iterator[tuple[str, int]]:
    held: list[str] = []
    begins = 1
    for number, line in enumerate(text.split("\n"), 1):
        if held and (not line.strip() or _BEGINS_ANEW.match(line) or _NOT_PROSE.match(line)):
            yield " ".join(held), begins
            held = []
        if line.strip() and not _NOT_PROSE.match(line):
            begins = begins if held else number
            mark = _BEGINS_ANEW.match(line)
            held.append(line[mark.end() :] if mark else line)
    if held:
        yield " ".join(held), begins


_ABBREVIATION = re.compile(r"(?<![\w/.&-])([A-ZĐƯ][A-ZĐƯa-z]*[A-ZĐƯ])(?![\w/&-]|\.\w)")


def abbreviations(text: str) -> list[tuple[str, int]]:
    """The abbreviations of a text with the line of each one's first use; parts of numbers and addresses are none."""
    found: dict[str, int] = {}
    for number, line in enumerate(_LINK.sub(r"\1", text).split("\n"), 1):
        bare = _QUOTATION.sub(" ", line)
        if bare == bare.upper():
            continue
        for match in _ABBREVIATION.finditer(bare):
            found.setdefault(match[1], number)
    return list(found.items())


def is_explained(short: str, meanings: tuple[str, ...], text: str) -> bool:
    """Whether a text says what an abbreviation stands for: in full somewhere, or with the short form in brackets."""
    if re.search(
        rf"\(\s*(?:sau đây )?(?:gọi tắt là|viết tắt là|gọi là)?\s*{re.escape(short)}\s*\)|\b{re.escape(short)} \(", text
    ):
        return True
    folded = fold(text)
    return any(fold(meaning) in folded for meaning in meanings)


class Personal(NamedTuple):
    """A number that belongs to a person: of which kind, as written, on which line."""

    kind: str
    written: str
    line: int

    @property
    def digits(self) -> str:
        """The digits alone, a Vietnamese phone number with its zero."""
        return digits_of(self.written)

    @property
    def masked(self) -> str:
        """The number as a message may repeat it."""
        return f"{self.digits[:3]}…{self.digits[-2:]}"


def digits_of(text: str) -> str:
    """The digits of a text, «+84» before a phone number as its zero."""
    return re.sub(r"\D", "", re.sub(r"\+84[ .-]?", "0", text))


ID_CARD, PHONE, ACCOUNT = "số căn cước", "số điện thoại", "số tài khoản"
_MANY_DIGITS = re.compile(r"[0-9](?:[ .()-]{0,2}[0-9]){5}")
_CARD = re.compile(r"(?<![\w.,/+-])0[0-9]{2}[ .]?[0-9]{3}[ .]?[0-9]{3}[ .]?[0-9]{3}(?![\w/-]|[.,][0-9])")
_OLD_CARD = re.compile(r"(?i:\bCMND|chứng minh nhân dân|chứng minh thư)[^0-9\n]{0,20}([0-9]{9})(?![0-9])")
_MOBILE = re.compile(r"(?<![\w.,/+-])(?:\+84[ .-]?|0)[35789](?:[ .-]?[0-9]){8}(?![\w/-]|[.,][0-9])")
_LANDLINE = re.compile(r"(?<![\w.,/+-])(?:\+84[ .-]?|\(?0)2[0-9]{1,2}\)?(?:[ .-]?[0-9]){7,8}(?![\w/-]|[.,][0-9])")
_BANK = re.compile(r"(?i:số tài khoản|tài khoản số|\bSTK)[^0-9\n]{0,20}([0-9](?:[ .-]?[0-9]){5,18})(?![0-9])")
_TAX = re.compile(r"(?i)(?:thuế|mst|mã số|mã hồ sơ|số hồ sơ)\W*(?:\w+\W+){0,3}$")
_LAST_PROVINCE = 96


def _lines_with_many_digits(text: str) -> Iterator[tuple[int, str]]:
    """The few lines of a long law that are worth a closer look, each with its number, 1 for the first."""
    number, counted, position = 1, 0, 0
    while found := _MANY_DIGITS.search(text, position):
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        number += text.count("\n", counted, start)
        yield number, text[start : end if end >= 0 else None]
        if end < 0:
            return
        counted, position = start, end


def personal(text: str) -> Iterator[Personal]:
    """Identity cards (12 digits, or 9 that are called so), phone numbers and bank accounts in a text."""
    for number, line in _lines_with_many_digits(text):
        line = re.sub(r"https?://[^\s)]+", " ", line)
        for found in _CARD.finditer(line):
            if 1 <= int(digits_of(found[0])[:3]) <= _LAST_PROVINCE:
                yield Personal(ID_CARD, found[0], number)
        for found in _OLD_CARD.finditer(line):
            yield Personal(ID_CARD, found[1], number)
        for pattern, length in ((_MOBILE, 10), (_LANDLINE, 11)):
            for found in pattern.finditer(line):
                if len(digits_of(found[0])) == length and not _TAX.search(
                    line[max(0, found.start() - 60) : found.start()]
                ):
                    yield Personal(PHONE, found[0], number)
        for found in _BANK.finditer(line):
            yield Personal(ACCOUNT, found[1], number)
