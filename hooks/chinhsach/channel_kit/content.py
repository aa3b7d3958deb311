"""An entry in, what every channel says of it out: title, notices, summary, parts, facts, source, day and address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..outputs import items, words
from ..outputs.view import entry_path
from ..site_config import SiteConfig
from ..text import one_line
from .sentences import without_references

TRIAL = "Bản chạy thử, không phải thông tin chính thức."
MAIN_POINTS = "Điểm chính"


class Part(NamedTuple):
    """A part of the entry's body: its heading ("" before the first one) and its paragraphs and list items."""

    heading: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What the channels say of an entry that stands on the site. `items` of parts keep their references in brackets."""

    entry: Entry
    title: str
    kicker: str
    notices: tuple[str, ...]
    lead: str
    parts: tuple[Part, ...]
    facts: str
    effect: str
    source: str
    day: str
    address: str
    is_official: bool
    has_tables: bool

    @property
    def signature(self) -> str:
        """Source and day, as each text ends."""
        return f"Nguồn: {self.source}, đăng ngày {self.day}"

    @property
    def opening(self) -> tuple[str, ...]:
        """What stands before everything else: the trial mark, what kind of text it is, the summary."""
        trial = () if self.is_official else (TRIAL,)
        return (*trial, *self.notices, *((self.lead,) if self.lead else ()))

    @property
    def said(self) -> str:
        """All that may stand on a picture or a printed page."""
        body = (text for part in self.parts for text in (part.heading, *part.items))
        return "\n".join((self.title, self.kicker, *self.opening, *body, self.facts, self.signature, self.address))

    def bare_parts(self) -> tuple[Part, ...]:
        """The parts without brackets that only name articles."""
        return tuple(Part(part.heading, tuple(map(without_references, part.items))) for part in self.parts)

    def points(self) -> tuple[str, ...]:
        """What is said first where there is little room: the main points, else the body from its beginning."""
        parts = self.bare_parts()
        return next((part.items for part in parts if part.heading == MAIN_POINTS), parts[0].items if parts else ())


def content_of(entry: Entry, catalogue: Catalogue, config: SiteConfig) -> Content:
    """What an entry that stands in lists says; of a removed one nothing is said but its removal (`owed`)."""
    policy = entry.policy
    body = _Blocks()
    body.feed(entry.body.html)
    body.close()
    facts = items.feed_text(items.facts_line(entry, catalogue, config))
    return Content(
        entry=entry,
        title=items.feed_text(words.page_title(policy)),
        kicker=words.citation(policy, catalogue.vocabularies),
        notices=(items.draft_line(entry, catalogue),) if policy.is_draft else (),
        lead=items.feed_text(policy.summary),
        parts=tuple(body.parts()),
        facts=facts.removesuffix(f" Nguồn: {config.department}."),
        effect=words.effect_dates(entry, catalogue),
        source=config.department,
        day=format_date(words.day_of(policy.published)),
        address=config.absolute(entry_path(policy.id)),
        is_official=config.is_official,
        has_tables=body.has_tables,
    )


class _Blocks(HTMLParser):
    """The paragraphs, list items and headings of a sanitised body; tables and footnotes stay on the page.

    A list in an item, or after a paragraph that ends with a colon, is one with it: apart they would say something else.
    """

    _HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
    _OWN = _HEADINGS | {"p", "li", "blockquote"}
    _LEFT_OUT = frozenset(("table", "section", "pre", "sup"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.has_tables = False
        self._blocks: list[tuple[bool, str]] = []
        self._text: list[str] = []
        self._skipped = 0
        self._depth = 0
        self._is_in_item = self._leads = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._LEFT_OUT:
            self.has_tables |= tag == "table"
            self._skipped += 1
        elif tag in self._OWN:
            self._end(is_heading=False)
            if tag == "li":
                self._is_in_item = self._depth > 0 and self._is_in_item
                self._depth += 1
        elif tag == "br":
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._LEFT_OUT:
            self._skipped -= 1
        elif tag in self._OWN:
            self._end(is_heading=tag in self._HEADINGS)
            self._depth -= tag == "li"

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._end(is_heading=False)

    def _end(self, *, is_heading: bool) -> None:
        text = items.feed_text(one_line("".join(self._text)))
        self._text.clear()
        if not text:
            return
        if self._depth and (self._is_in_item or self._leads):
            _, before = self._blocks.pop()
            self._blocks.append((False, before + (" " if before.endswith((":", ";", ".")) else "; ") + text))
        else:
            self._blocks.append((is_heading, text))
            self._leads = not self._depth and not is_heading and text.endswith(":")
        self._is_in_item = self._depth > 0

    def parts(self) -> Iterator[Part]:
        heading, said = "", list[str]()
        for is_heading, text in self._blocks:
            if not is_heading:
                said.append(text)
                continue
            if said:
                yield Part(heading, tuple(said))
            heading, said = text, []
        if said:
            yield Part(heading, tuple(said))
