"""Words like «điểm a khoản 2 Điều 25» in, the places of a full text that they mean out. Nothing is guessed.

What cannot be told for certain (an article of an attached regulation, a clause without its article) is left out;
the words themselves are always shown as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from .fulltext import letter_slug

_LEVELS = {"điều": 1, "khoản": 2, "điểm": 3}
_NUMBER = r"\d{1,3}[a-zđ]?(?!\w|/|\.\w)"
_POINT = r"[a-zđ]\d?(?!\w|/)"
_JOIN = r"(?:\s*,\s*và\s+|\s*,\s*|\s+và\s+|\s+hoặc\s+)"
_TO = r"(?:\s*[-–]\s*|\s+đến\s+)"
_MENTION = re.compile(
    rf"(?<!\w)(?:các\s+)?(?:(điều|khoản)\s+(?:từ\s+)?({_NUMBER}(?:(?:{_TO}|{_JOIN}){_NUMBER})*)"
    rf"|(điểm)\s+({_POINT}(?:{_JOIN}{_POINT})*))",
    re.I,
)
_LABEL = re.compile(rf"({_TO})?({_NUMBER}|{_POINT})")
_BETWEEN = re.compile(rf"{_JOIN}|\s*;\s*")
_OWNED = re.compile(r"\s+(?:của\s+|thuộc\s+|tại\s+)?")
_RANGE = re.compile(r"\s+đến\s+(?:hết\s+)?")
_ELSEWHERE = re.compile(
    r"[\s,]+(?:của\s+|thuộc\s+|tại\s+|trong\s+)?(?:bản\s+)?"
    r"(?:phụ lục|quy chế|quy định|quy trình|điều lệ|nội quy|danh mục|mẫu|biểu|bảng"
    r"|luật|bộ luật|pháp lệnh|nghị|thông tư)(?!\w)",
    re.I,
)
_REST = re.compile(r"[\s,;.]*(?:và[\s,;.]*|từ[\s,;.]*|đến[\s,;.]*|các[\s,;.]*)*")
_MOST = 200


class Provision(NamedTuple):
    """A place that words mean: where they stand in the text, and the article, clause and point («5a», "", "")."""

    start: int
    end: int
    article: str
    clause: str = ""
    point: str = ""

    @property
    def anchor(self) -> str:
        """The address in a full text: `dieu-25-khoan-2-diem-a` (DESIGN §2)."""
        parts = (("dieu", self.article), ("-khoan", self.clause), ("-diem", self.point))
        return "".join(f"{name}-{letter_slug(label)}" for name, label in parts if label)

    @property
    def within(self) -> str:
        """What it is called at its article: «điểm a khoản 2», «Điều này»."""
        parts = (("điểm", self.point), ("khoản", self.clause))
        return " ".join(f"{name} {label}" for name, label in parts if label) or "Điều này"


class _Mention(NamedTuple):
    level: int
    start: int
    end: int
    labels: tuple[tuple[int, int, str], ...]


def parse(text: str) -> tuple[Provision, ...]:
    """The places that `text` means, in the order of its words; at most 200."""
    mentions = _ranges(text, [_read(match) for match in _MENTION.finditer(text)])
    owners = {place: _owner(text, mentions, place) for place in range(len(mentions))}
    owning = set(owners.values())
    found: list[Provision] = []
    for place, mention in enumerate(mentions):
        chain = [place]
        while (above := owners[chain[-1]]) is not None:
            chain.append(above)
        if place in owning or mentions[chain[-1]].level != 1:
            continue
        end = max(mentions[p].end for p in chain)
        if _ELSEWHERE.match(text, end):
            continue
        found.extend(_places(mentions, chain, end if max(chain) == place + len(chain) - 1 else mention.end))
        if len(found) >= _MOST:
            break
    return tuple(found[:_MOST])


def is_all(text: str, provisions: tuple[Provision, ...]) -> bool:
    """Whether the words are nothing but these places, without «bổ sung», «vào sau», «cụm từ»."""
    rest, last = [], 0
    for provision in sorted(provisions):
        rest.append(text[last : max(last, provision.start)])
        last = max(last, provision.end)
    return bool(provisions) and all(_REST.fullmatch(part) for part in (*rest, text[last:]))


def clause_of(text: str, provision: Provision) -> str:
    """The words between two semicolons in which a place is named."""
    start = text.rfind(";", 0, provision.start) + 1
    end = text.find(";", provision.end)
    return text[start : end if end >= 0 else len(text)].strip()


def _read(match: re.Match[str]) -> _Mention:
    word, group = (match[1], 2) if match[1] else (match[3], 4)
    labels: list[tuple[int, int, str]] = []
    offset = match.start(group)
    for label in _LABEL.finditer(match[group]):
        start, end = offset + label.start(2), offset + label.end(2)
        if label[1] and labels:
            labels.extend((start, end, middle) for middle in _numbers_between(labels[-1][2], label[2]))
        labels.append((start, end, label[2].lower()))
    return _Mention(_LEVELS[word.lower()], match.start(), match.end(), tuple(labels))


def _numbers_between(first: str, last: str) -> Iterator[str]:
    if first.isdigit() and last.isdigit() and int(last) - int(first) < _MOST:
        yield from map(str, range(int(first) + 1, int(last)))


def _ranges(text: str, mentions: list[_Mention]) -> list[_Mention]:
    """«Điều 5 đến Điều 9» names what lies between, too."""
    joined = list(mentions)
    for place, (one, other) in enumerate(pairwise(mentions)):
        if one.level == other.level and _RANGE.fullmatch(text, one.end, other.start):
            start, end, last = other.labels[0]
            more = tuple((start, end, n) for n in _numbers_between(one.labels[-1][2], last))
            joined[place + 1] = other._replace(labels=more + other.labels)
    return joined


def _owner(text: str, mentions: list[_Mention], place: int) -> int | None:
    """The article of a clause, the clause or article of a point: what follows it, else what stands right before it."""
    own = mentions[place]
    if own.level == 1:
        return None
    for other in range(place + 1, len(mentions)):
        gap = (mentions[other - 1].end, mentions[other].start)
        if mentions[other].level < own.level:
            if _OWNED.fullmatch(text, *gap):
                return other
            break
        deeper_first = mentions[other].level > own.level or mentions[other - 1].level > mentions[other].level
        joined = _BETWEEN if ";" not in text[gap[0] : gap[1]] else None
        if not ((joined and joined.fullmatch(text, *gap)) or _RANGE.fullmatch(text, *gap)) and not (
            deeper_first and _OWNED.fullmatch(text, *gap)
        ):
            break
    before = mentions[place - 1] if place else None
    if before and before.level < own.level and re.fullmatch(r"\s+", text[before.end : own.start]):
        return place - 1
    return None


def _places(mentions: list[_Mention], chain: list[int], end: int) -> Iterator[Provision]:
    """Every combination of a mention's labels with those of its owners; only the last one spans its owners' words."""
    own = mentions[chain[0]]
    labels = {mentions[p].level: [label for _, _, label in mentions[p].labels] for p in chain[1:]}
    for place, (start, stop, label) in enumerate(own.labels):
        first = own.start if place == 0 else start
        last = end if place == len(own.labels) - 1 else stop
        for article in labels.get(1, [""]):
            for clause in labels.get(2, [""]):
                parts = {1: article, 2: clause, own.level: label}
                yield Provision(first, last, parts[1], parts.get(2, ""), parts.get(3, ""))
