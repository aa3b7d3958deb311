"""An entry with a full text in, the view model of its reading page out."""

from __future__ import annotations

import re

from .. import fulltext
from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..markdown import plain_text
from ..policy import Status
from ..site_config import SiteConfig
from ..text import slug
from . import article_notes, words
from .cited import link_citations
from .entry_page import EntryPages, effect_view, host
from .head import page_head
from .view import GOC, View, count, entry_href, entry_path, link, safe_markup, shown_day

_UPPER_TYPES = ("luat", "bo-luat", "phap-lenh", "hien-phap")


def head(entry: Entry, pages: EntryPages, config: SiteConfig) -> View:
    """The page's <head>: a text that nobody compared with the original is not to be found by search engines."""
    policy = entry.policy
    name = words.label(policy, pages.vocabularies)
    compared = policy.full_text is not None and policy.full_text.comparison is not None
    return page_head(
        config,
        entry_path(policy.id) + "toan-van/" if pages.catalogue.is_released(entry) else None,
        f"Toàn văn {name}",
        words.full_citation(policy, pages.vocabularies),
        kind="article",
        is_hidden=not compared or not pages.catalogue.is_listed(entry),
    )


def view(entry: Entry, pages: EntryPages, config: SiteConfig) -> View:
    """All that toan-van.html needs; only for entries whose full text could be read."""
    policy, vocabularies = entry.policy, pages.vocabularies
    text, facts = policy.full_text, entry.full_text
    if text is None or facts is None:
        raise ValueError(f"{entry.id} has no full text")
    page = fulltext.render(facts.source)
    standing = pages.standing(entry)
    kind = words.short_type(policy, vocabularies)
    issued = format_date(policy.issued) if policy.issued else ""
    named = f"{kind} số {policy.number.text}" if policy.number else kind
    issuers = words.join_names(words.issuer_names(policy, vocabularies))
    text_html = _without_title(page.html, (kind, policy.subject, words.name_of(policy, vocabularies)))
    text_html = _linked(text_html, entry, pages)
    return {
        "goc": GOC,
        "ma": policy.id,
        "duong_dan": [
            link("Trang đầu", GOC),
            link("Chính sách", GOC + "chinh-sach/"),
            link(words.label(policy, vocabularies), entry_href(policy)),
        ],
        **standing,
        "chua_gop": _not_consolidated(entry, pages.catalogue),
        "doi_chieu": {"voi": text.comparison.against, "ngay": shown_day(text.comparison.day)}
        if text.comparison
        else None,
        "nguon": text.source,
        "day_du": text.is_complete,
        "ghi_chu": text.note,
        "ve_tin": "../",
        "ban_goc": {"href": policy.original_url, "noi": host(policy.original_url)} if policy.original_url else None,
        "dong_dau": " · ".join(part for part in (issuers, named, issued) if part),
        "loai": kind,
        "ten": words.name_of(policy, vocabularies) or policy.title,
        "ten_hoa": policy.type in _UPPER_TYPES,
        "hieu_luc": effect_view(words.effect_badge(entry, pages.catalogue))
        if policy.status is not Status.REMOVED
        else None,
        "noi_dung": safe_markup(in_pieces(_with_notes(text_html, article_notes.notes(entry, pages.catalogue), pages))),
        "dia_chi": standing["dia_chi"] + "toan-van/" if standing["dia_chi"] else "",
        "muc_luc": _contents(page),
    }


def _linked(page_html: str, entry: Entry, pages: EntryPages) -> str:
    return link_citations(page_html, entry, "full_text", pages.catalogue) if entry.cited.full_text else page_html


def _without_title(page_html: str, names: tuple[str, ...]) -> str:
    """The text without the lines that repeat the title, which the page prints above it."""
    known = {slug(name) for name in (*names, f"{names[0]} {names[2]}", f"về việc {names[2]}", f"về {names[2]}")}
    while (first := _FIRST_LINE.match(page_html)) and slug(plain_text(first[1])) in known:
        page_html = page_html[first.end() :]
    return page_html


_FIRST_LINE = re.compile(r"\s*<(?:p|h[1-6])(?: [^>]*)?>(.*?)</(?:p|h[1-6])>", re.S)


def _with_notes(page_html: str, notes: dict[str, list[View]], pages: EntryPages) -> str:
    """The text with what became of each article at its head."""
    if not notes:
        return page_html

    def noted(heading: re.Match[str]) -> str:
        found = notes.get(heading[1])
        return heading[0] + pages.templates.render("dieu-nhac.html", {"dong": found}) if found else heading[0]

    return _ARTICLE.sub(noted, page_html)


_ARTICLE = re.compile(r'<h[2-6] class="dieu" id="([^"]+)">.*?</h[2-6]>', re.S)


def in_pieces(page_html: str) -> str:
    """The text with what stands under each heading in a piece of its own, which a browser lays out when it comes near.

    `data-dai` tells the style sheet about how long a piece is: 1 from 250 characters, one more for each doubling.
    """
    pieces = _HEADING.split(page_html)
    for at in range(2, len(pieces), 2):
        length = len(_TAG.sub("", pieces[at])) // _SHORT
        if length and _is_whole(pieces[at]):
            pieces[at] = f'<div data-dai="{min(length.bit_length(), _LONGEST)}">{pieces[at]}</div>\n'
    return "".join(pieces)


def _is_whole(piece: str) -> bool:
    """Whether each element begins and ends in it: a heading may stand in a quotation, a list or a cell."""
    depth = 0
    for tag in _TAG.finditer(piece):
        if tag[2] not in _VOID and not tag[0].endswith("/>"):
            depth += -1 if tag[1] else 1
        if depth < 0:
            return False
    return not depth


_HEADING = re.compile(r"(<h[2-6][ >].*?</h[2-6]>)", re.S)
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
_VOID = ("br", "hr", "img", "wbr", "col")
_SHORT = 250
_LONGEST = 7


def _contents(page: fulltext.FullTextPage) -> View | None:
    parts = []
    for chapter in page.chapters:
        articles = [
            {"so": a.label.removeprefix("Điều "), "chu": a.title or a.label, "href": f"#{a.id}"}
            for a in chapter.articles
        ]
        extent = f"Điều {articles[0]['so']}–{articles[-1]['so']}" if len(articles) > 1 else ""
        title, _, rest = chapter.title.partition(". ")
        parts.append(
            {
                "chu": f"{title}. {_sentence_case(rest)}" if rest else title,
                "goi": title,
                "href": f"#{chapter.id}" if chapter.id else None,
                "pham_vi": extent,
                "dieu": articles,
            }
        )
    if not parts:
        return None
    chapters = sum(1 for c in page.chapters if c.title and c.articles)
    extent_words = [count(chapters, "chương")] if chapters else []
    extent_words += [count(page.article_count, "điều")] if page.article_count else []
    return {"quy_mo": ", ".join(extent_words), "phan": parts}


def _sentence_case(title: str) -> str:
    """A chapter's name that is printed in capitals, as the contents list shows it."""
    return title[:1] + title[1:].lower() if title.isupper() else title


def _not_consolidated(entry: Entry, catalogue: Catalogue) -> View | None:
    """What changed the document since this text: dates and names only, true on every day."""
    lines = []
    for act in catalogue.incoming.get(entry.id, ()):
        if act.relation.type not in (
            "sua-doi-bo-sung",
            "thay-the",
            "bai-bo",
            "dinh-chinh",
            "tam-ngung-hieu-luc",
            "dinh-chi-thi-hanh",
        ):
            continue
        actor = catalogue.find(act.actor.id)
        if actor is None or not catalogue.is_released(actor) or actor.policy.is_erased:
            continue
        lines.append(
            {
                "quan_he": words.relation_words(act.relation, catalogue.vocabularies, reverse=True),
                "van_ban": link(words.label(actor.policy, catalogue.vocabularies), entry_href(actor.policy)),
                "ngay": shown_day(act.day) if act.day else None,
                "dieu_khoan": act.relation.articles,
                "tru": act.relation.except_for,
            }
        )
    if not lines:
        return None
    issued = entry.policy.issued
    version = f"bản ban hành năm {issued.year}" if issued else "bản ban hành"
    return {
        "tieu_de": "Văn bản này đã được văn bản khác tác động",
        "dong": lines,
        "ghi_chu": f"Bản chữ dưới đây là {version}, chưa gộp phần thay đổi.",
    }
