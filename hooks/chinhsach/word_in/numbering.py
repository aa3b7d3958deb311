"""`numbering.xml` in, the labels that Word prints out: «I.», «Điều 2.», «1.1.», «a)», «-» (ECMA-376-1 §17.9)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .styles import NumberingOf, Styles
from .xml import W, value

_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "□", "\uf02d": "-", "\uf0e0": "→"}
_PLACE = re.compile("%([1-9])")


class Level(NamedTuple):
    """One level of a list: where it starts, how it counts, the text around the numbers, when it begins again."""

    start: int
    form: str
    text: str
    is_legal: bool
    restart: int | None
    style: str


def spell(number: int, form: str) -> str:
    """A number as a list's level writes it; a way of counting that is not known here counts in figures."""
    if form == "none":
        return ""
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman") and 0 < number < 5000:
        roman = _roman(number)
        return roman.upper() if form == "upperRoman" else roman
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    parts = []
    for worth, sign in _ROMAN:
        parts.append(sign * (number // worth))
        number %= worth
    return "".join(parts)


class Numbering:
    """The lists of a document and how far each has counted; ask for labels in the order of the text."""

    def __init__(self, tree: Any, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if tree is None:
            return
        abstract = {node.get(W + "abstractNumId", ""): node for node in tree.iterchildren(W + "abstractNum")}
        by_style = {value(node, "styleLink") or "": key for key, node in abstract.items()}
        for node in tree.iterchildren(W + "num"):
            self._add(node, abstract, by_style)

    def _add(self, node: Any, abstract: dict[str, Any], by_style: dict[str, str]) -> None:
        key = value(node, "abstractNumId") or ""
        linked = value(abstract.get(key), "numStyleLink")
        key = by_style.get(linked, key) if linked else key
        if key not in abstract:
            return
        levels = {int(lvl.get(W + "ilvl", "0")): _level(lvl) for lvl in abstract[key].iterchildren(W + "lvl")}
        restarts: dict[int, int] = {}
        for override in node.iterchildren(W + "lvlOverride"):
            place = int(override.get(W + "ilvl", "0"))
            if (own := override.find(W + "lvl")) is not None:
                levels[place] = _level(own)
            if (start := value(override, "startOverride")) is not None:
                restarts[place] = int(start)
        list_id = node.get(W + "numId", "")
        self._lists[list_id] = key, levels
        self._restarts[list_id] = restarts

    def label(self, paragraph: Any) -> str:
        """The label that Word prints before a paragraph, "" where there is none; counts it."""
        asked, by_style = self._styles.numbering(paragraph)
        if asked is None or asked.list_id not in self._lists:
            return ""
        key, levels = self._lists[asked.list_id]
        place = asked.level
        if by_style:
            place = next((i for i, level in levels.items() if level.style == by_style), place)
        if place not in levels or place >= _LEVELS:
            return ""
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        self._begin_again(asked, counts)
        self._count(place, counts, levels)
        return self._text(place, counts, levels)

    def _begin_again(self, asked: NumberingOf, counts: list[int | None]) -> None:
        """A list that says where it starts goes there when it is first met."""
        for place, start in self._restarts.pop(asked.list_id, {}).items():
            if place < _LEVELS:
                counts[place] = start - 1
                counts[place + 1 :] = [None] * (_LEVELS - place - 1)

    @staticmethod
    def _count(place: int, counts: list[int | None], levels: dict[int, Level]) -> None:
        for above in range(place):
            if counts[above] is None and above in levels:
                counts[above] = levels[above].start
        reached = counts[place]
        counts[place] = levels[place].start if reached is None else reached + 1
        for below in range(place + 1, _LEVELS):
            after = levels[below].restart if below in levels else None
            if after is None or 0 < place + 1 <= after:
                counts[below] = None

    @staticmethod
    def _text(place: int, counts: list[int | None], levels: dict[int, Level]) -> str:
        level = levels[place]
        if level.form == "bullet":
            return "".join(_SYMBOLS.get(char, "•" if "\ue000" <= char <= "\uf8ff" else char) for char in level.text)

        def number(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            reached = counts[other]
            if other not in levels or reached is None:
                return ""
            form = levels[other].form
            return spell(reached, "decimal" if level.is_legal and form != "none" else form)

        return _PLACE.sub(number, level.text).strip()


def _level(node: Any) -> Level:
    start, restart, legal = value(node, "start"), value(node, "lvlRestart"), node.find(W + "isLgl")
    return Level(
        int(start) if start and start.lstrip("-").isdecimal() else 0,
        value(node, "numFmt") or "decimal",
        value(node, "lvlText") or "",
        legal is not None and legal.get(W + "val", "1") not in ("0", "false", "off"),
        int(restart) if restart and restart.isdecimal() else None,
        value(node, "pStyle") or "",
    )
