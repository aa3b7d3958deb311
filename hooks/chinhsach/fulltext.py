"""A document's text in Markdown in, its page's HTML out: articles, clauses, points with addresses, a contents list.

Labels are printed as written and never renumbered: what CommonMark would take for a list is escaped first.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from .markdown import is_too_deep, sanitise, to_html, unique, wrap_tables
from .text import fold, slug

_LIST_MARK = re.compile(r"^(\s{0,3})(?:(\d{1,9})([.)])|([-+*]))(?=\s)", re.M)
_BLOCK = re.compile(r"<(h[1-6]|p)>(.*?)</\1>", re.S)
_TAG = re.compile(r"<[^>]+>")
_ARTICLE_HEADING = re.compile(r'<h[2-6]( class="dieu".*?)</h[2-6]>', re.S)
_ARTICLE = re.compile(r"Điều\s+(\d+)\s?([a-zđ]?)(?![\w/])[.:]?\s*", re.I)
_CHAPTER = re.compile(r"(Phần(?:\s+thứ)?|Chương)\s+([IVXLCDM]+|\d+|[\wÀ-ỹ]+)(?![\w])[.:]?\s*(.*)", re.I | re.S)
_SECTION = re.compile(r"(Mục|Tiểu mục)\s+([IVXLCDM]+|\d+)(?!\w)[.:]?\s*(.*)", re.I | re.S)
_CLAUSE = re.compile(r"(\d{1,3})([a-zđ]?)\.\s+")
_POINT = re.compile(r"([a-zđ]{1,2}\d?)\)\s+")
_APPENDIX = re.compile(r"(phu luc|bieu mau|mau so)\b")
_ATTACHED = re.compile(r"(quy che|quy dinh|dieu le|quy trinh|noi quy)\b")


class Article(NamedTuple):
    """An article in the contents list: its label as printed, its title, its address on the page."""

    label: str
    title: str
    id: str


class Chapter(NamedTuple):
    """A chapter or part with its articles; what stands before the first chapter has an empty title."""

    title: str
    id: str
    articles: tuple[Article, ...]


class FullTextPage(NamedTuple):
    """A document's text ready for its page; `anchors` are all ids, attachments' articles are not in the count."""

    html: str
    chapters: tuple[Chapter, ...]
    anchors: frozenset[str]
    article_count: int
    is_too_deep: bool = False


def letter_slug(letter: str) -> str:
    """An article's or point's letter in an address: đ is `dd`, because d is a letter of its own."""
    return letter.lower().replace("đ", "dd")


def render(source: str) -> FullTextPage:
    """Render a full text. Anchors: `dieu-5`, `dieu-5a`, `dieu-5-khoan-2-diem-d`, `phu-luc-1-dieu-3` (DESIGN §2)."""
    escaped = _LIST_MARK.sub(_escape_mark, source)
    page = _Page()
    # The page's title is its only h1, and the safe list has none: an h1 left as it is would lose its tag.
    rendered = to_html(escaped).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    if is_too_deep(rendered):
        return FullTextPage("", (), frozenset(), 0, True)
    safe = _BLOCK.sub(page.block, sanitise(rendered))
    page.close_chapter()
    if not page.has_outer_headings:  # without chapters the articles are the first level under the page's title
        safe = _ARTICLE_HEADING.sub(r"<h2\1</h2>", safe)
    return FullTextPage(wrap_tables(safe), tuple(page.chapters), frozenset(page.used), page.article_count)


def _escape_mark(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}\\{match[3]}" if match[2] else f"{match[1]}\\{match[4]}"


class _Page:
    """Walks over the blocks in order, knowing in which attachment, article and clause it stands."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}
        self.chapters: list[Chapter] = []
        self.chapter: tuple[str, str] = ("", "")
        self.articles: list[Article] = []
        self.article_count = 0
        self.attachment = 0
        self.seen_articles: set[str] = set()
        self.article = ""
        self.clause = ""
        self.in_point = False
        self.has_outer_headings = False

    @property
    def prefix(self) -> str:
        return f"phu-luc-{self.attachment}-" if self.attachment else ""

    def block(self, match: re.Match[str]) -> str:
        tag, inner = match[1], match[2]
        text = html.unescape(_TAG.sub("", inner)).strip()
        return self.paragraph(inner, text) if tag == "p" else self.heading(int(tag[1]), inner, text)

    def heading(self, level: int, inner: str, text: str) -> str:
        level = max(level, 2)
        if article := _ARTICLE.match(text):
            return self.start_article(article, level, inner, text)
        self.article = self.clause = ""
        self.has_outer_headings = True
        if chapter := _CHAPTER.fullmatch(text):
            label = f"{chapter[1]} {chapter[2]}"
            anchor = unique(self.prefix + slug(label), self.used)
            self.close_chapter()
            self.chapter = (f"{label}. {chapter[3].strip()}".rstrip(". "), anchor)
            title = f" <span>{html.escape(chapter[3].strip())}</span>" if chapter[3].strip() else ""
            return f'<h{level} class="chuong" id="{anchor}">{html.escape(label)}{title}</h{level}>'
        folded = fold(text)
        if _APPENDIX.match(folded) or (_ATTACHED.match(folded) and self.seen_articles):
            self.start_attachment()
            self.close_chapter()
            self.chapter = (text, f"phu-luc-{self.attachment}")
            anchor = unique(f"phu-luc-{self.attachment}", self.used)
            return f'<h{level} class="phu-luc" id="{anchor}">{inner}</h{level}>'
        section = _SECTION.match(text)
        anchor = unique(self.prefix + (slug(text)[:60].strip("-") or "muc"), self.used)
        if section and section[3].strip():
            label, title = html.escape(f"{section[1]} {section[2]}"), html.escape(section[3].strip())
            return f'<h{level} class="muc-luat" id="{anchor}">{label} <span>{title}</span></h{level}>'
        return f'<h{level} id="{anchor}">{inner}</h{level}>'

    def start_attachment(self) -> None:
        self.attachment += 1
        self.seen_articles = set()
        self.article = self.clause = ""

    def start_article(self, match: re.Match[str], level: int, inner: str, text: str) -> str:
        number = match[1] + letter_slug(match[2])
        if number == "1" and "1" in self.seen_articles:
            self.start_attachment()
        self.seen_articles.add(number)
        if not self.attachment:
            self.article_count += 1
        self.article = unique(f"{self.prefix}dieu-{number}", self.used)
        self.clause = ""
        self.in_point = False
        label = f"Điều {match[1]}{match[2]}"
        self.articles.append(Article(label, text[match.end() :].strip(), self.article))
        return f'<h{level} class="dieu" id="{self.article}"><a href="#{self.article}">{inner}</a></h{level}>'

    def paragraph(self, inner: str, text: str) -> str:
        if not self.article:
            return f"<p>{inner}</p>"
        if clause := _CLAUSE.match(text):
            self.clause = unique(f"{self.article}-khoan-{clause[1]}{letter_slug(clause[2])}", self.used)
            self.in_point = False
            return self.labelled("khoan", self.clause, clause[0], inner)
        if point := _POINT.match(text):
            anchor = unique(f"{self.clause or self.article}-diem-{letter_slug(point[1])}", self.used)
            self.in_point = True
            return self.labelled("diem", anchor, point[0], inner)
        if not self.clause and not self.in_point:
            return f"<p>{inner}</p>"
        return f'<p class="{"tiep-diem" if self.in_point else "tiep-khoan"}">{inner}</p>'

    @staticmethod
    def labelled(css: str, anchor: str, label: str, inner: str) -> str:
        printed = label.strip()
        if not inner.startswith(printed):  # the label stands inside markup: keep it there
            return f'<p id="{anchor}" class="{css}">{inner}</p>'
        rest = inner[len(printed) :].lstrip()
        return f'<p id="{anchor}" class="{css}"><span class="so">{printed}</span> {rest}</p>'

    def close_chapter(self) -> None:
        if self.articles or self.chapter[0]:
            self.chapters.append(Chapter(self.chapter[0], self.chapter[1], tuple(self.articles)))
        self.articles = []
        self.chapter = ("", "")
