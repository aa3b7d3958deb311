"""`styles.xml` in, what a paragraph or run inherits out: font, bold, heading level, alignment, numbering."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from .xml import W, switch, value

_MOST_STEPS = 20


class NumberingOf(NamedTuple):
    """The numbering that a paragraph takes: list id and level (from 0)."""

    list_id: str
    level: int


class Styles:
    """The styles of a document by id."""

    def __init__(self, tree: Any) -> None:
        self._by_id: dict[str, Any] = {}
        self._default: dict[str, str] = {}
        self._document: Any = None
        if tree is None:
            return
        self._document = tree.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        for style in tree.iterchildren(W + "style"):
            style_id, kind = style.get(W + "styleId", ""), style.get(W + "type", "")
            self._by_id[style_id] = style
            if style.get(W + "default") in ("1", "true", "on"):
                self._default[kind] = style_id

    def chain(self, style_id: str | None, kind: str = "paragraph") -> Iterator[Any]:
        """The style and those it is based on, nearest first."""
        current = style_id if style_id in self._by_id else self._default.get(kind)
        for _ in range(_MOST_STEPS):
            style = self._by_id.get(current or "")
            if style is None:
                return
            yield style
            current = value(style, "basedOn")

    def paragraph_properties(self, paragraph: Any) -> list[Any]:
        """The property sets that hold for a paragraph, nearest first."""
        own = paragraph.find(W + "pPr")
        sets = [own, *(style.find(W + "pPr") for style in self.chain(value(own, "pStyle")))]
        return [found for found in sets if found is not None]

    def run_properties(self, run: Any, paragraph: Any) -> list[Any]:
        """The property sets that hold for a run, nearest first: own, its style's, the paragraph's, the document's."""
        own = run.find(W + "rPr")
        named = value(own, "rStyle")
        by_run = [style.find(W + "rPr") for style in self.chain(named, "character")] if named else []
        by_paragraph = [style.find(W + "rPr") for style in self.chain(value(paragraph.find(W + "pPr"), "pStyle"))]
        return [found for found in (own, *by_run, *by_paragraph, self._document) if found is not None]

    def heading_level(self, properties: list[Any]) -> int:
        """1–9 for a heading of the document's outline, 0 for text."""
        for found in properties:
            said = value(found, "outlineLvl")
            if said is not None and said.isdecimal():
                return int(said) + 1 if int(said) < 9 else 0
        return 0

    def numbering(self, paragraph: Any) -> tuple[NumberingOf | None, str]:
        """The list and level of a paragraph, and the id of the style that says so, "" where the paragraph does."""
        own = paragraph.find(W + "pPr")
        list_id, level = value(own, "numPr", "numId"), value(own, "numPr", "ilvl")
        if list_id is not None:
            return NumberingOf(list_id, _whole(level)), ""
        for style in self.chain(value(own, "pStyle")):
            properties = style.find(W + "pPr")
            list_id = value(properties, "numPr", "numId")
            if list_id is not None:
                said = value(properties, "numPr", "ilvl") if level is None else level
                return NumberingOf(list_id, _whole(said)), style.get(W + "styleId", "")
        return None, ""


def _whole(said: str | None) -> int:
    return int(said) if said and said.isdecimal() else 0


def font_of(properties: list[Any]) -> str:
    """The font that Latin letters stand in, "" where only the theme says; the theme's fonts are Unicode's."""
    for found in properties:
        fonts = found.find(W + "rFonts")
        if fonts is None:
            continue
        named: str | None = fonts.get(W + "hAnsi") or fonts.get(W + "ascii")
        if named:
            return named
        if fonts.get(W + "asciiTheme") or fonts.get(W + "hAnsiTheme"):
            return ""
    return ""


def is_on(properties: list[Any], name: str) -> bool:
    """Whether a property is on for a run: the nearest set that speaks of it decides."""
    return next((said for found in properties if (said := switch(found, name)) is not None), False)


def first(properties: list[Any], name: str) -> str:
    """The nearest value of a property, "" where nobody says."""
    return next((said for found in properties if (said := value(found, name)) is not None), "")
