"""Text in, text out: Unicode normal form, folding, slugs, the Vietnamese alphabet, nearest spelling."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

# Invisible characters that Word and web pages leave behind, or that turn text around:
# C0/C1 controls but tab and newline, soft hyphen, zero-width, bidi marks, embeddings, overrides and isolates, BOM,
# letters and tags that have no shape (Hangul fillers, U+E0000).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
# What Vietnamese texts are written with: none of it is invisible and, marks left out, all of it is NFC already.
_UNUSUAL = re.compile("[^\t\n -~\xa0-\xac\xae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205f]")
_MARKS = re.compile("[\u0300-\u036f]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def nfc(text: str) -> str:
    """The text in Unicode normal form C, the only form that pages, feeds and data carry."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """NFC, LF line ends, and none of the characters that cannot be seen (controls, zero-width, bidi)."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return nfc(_INVISIBLE.sub("", text)) if _UNUSUAL.search(text) else text


def one_line(text: str) -> str:
    """The text with every run of white space, no-break spaces included, as one space."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """Lower case without tone marks or diacritics; đ becomes d (Unicode gives it no decomposition)."""
    text = text.lower()
    if text.isascii():
        return text
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d").replace("ð", "d")


@lru_cache(maxsize=16_384)  # headings repeat: «Điểm chính» stands in nearly every entry
def slug(text: str) -> str:
    """An address part made of `[a-z0-9-]`: «Điểm chính» → `diem-chinh`; empty when nothing is left."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


_ALPHABET = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền, hỏi, ngã, sắc, nặng


def without_tone(letter: str) -> str:
    """The letter as the alphabet has it, without its tone mark: ộ → ô."""
    parts = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES))


def alphabet_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Sort key of the Vietnamese alphabet: letters first (a ă â b c d đ …), tones only between equal letters."""
    ranked = [rank for rank in map(_rank, unicodedata.normalize("NFC", text.lower())) if rank is not None]
    return tuple(letter for letter, _ in ranked), tuple(tone for _, tone in ranked)


@cache
def _rank(char: str) -> tuple[int, int] | None:
    """The place of a letter in the alphabet and of its tone; None for a tone mark that no letter can carry (x̣)."""
    tone, base = 0, char
    if char not in _ALPHABET:
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[p] for p in parts if p in _TONES), 0)
        base = without_tone(char)
        if not base:
            return None
    rank = _ALPHABET.get(base)
    place = ord(base[0])
    return (1000 + rank if rank is not None else place if place < 1000 else 2000 + place), tone


def nearest(wrong: str, known: Iterable[str]) -> str | None:
    """The known spelling that the wrong one most likely meant, or None: equal when folded, else close."""
    candidates = sorted(known)
    by_fold = {slug(name): name for name in reversed(candidates)}
    target = slug(wrong)
    if target in by_fold:
        return by_fold[target]
    close = difflib.get_close_matches(target, by_fold, n=1, cutoff=0.72)
    return by_fold[close[0]] if close else None


def excerpt(text: str, limit: int = 80) -> str:
    """The value as a message quotes it: one line, cut with … after `limit` characters."""
    line = one_line(text)
    return line if len(line) <= limit else line[: limit - 1] + "…"


@lru_cache(maxsize=4096)
def is_plain_host(host: str) -> bool:
    """Whether a host's name is in Latin letters alone, also when written `xn--…`: «gov» with a Cyrillic «о» is not."""
    try:
        shown = host.encode("ascii").decode("idna")
    except UnicodeError:
        shown = host
    return all(char.isascii() or unicodedata.name(char, "").startswith("LATIN ") for char in nfc(shown))


_MARKDOWN = re.compile(r"[\\`*_\[\]<>&|~]")
_MARKDOWN_START = re.compile(r"[#+\-=]+|[0-9]+(?=[.)])")


def as_markdown(line: str) -> str:
    """The line so that CommonMark prints it letter for letter: no list that renumbers, no link, no tag."""
    line = _MARKDOWN.sub(lambda found: "\\" + found[0], line)
    start = _MARKDOWN_START.match(line)
    if start is None:
        return line
    mark = start[0] + "\\" if start[0].isdecimal() else "\\" + start[0]
    return mark + line[start.end() :]
