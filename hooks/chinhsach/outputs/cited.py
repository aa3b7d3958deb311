"""A text's HTML in, the same HTML with its citations as links out; and who cites an entry."""

from __future__ import annotations

import html
import re
from datetime import date

from .. import citations, references
from ..catalogue import Catalogue, Entry, Part, Reference
from ..citations import Citation, Place
from ..dates import format_date
from . import words
from .view import GOC, View, entry_href, entry_path, link

# Where nothing is linked: inside links, code and headings (whose ids and own links stay), and inside a tag itself.
_CLOSED = re.compile(r"<(a|code|pre|h[1-6])\b.*?</\1>|<[^>]*>", re.S)
_BLOCK_END = re.compile(r"</(?:p|li|td|th|dd|blockquote|h[1-6])>")
_SHOWN_CITING = 10


def link_citations(safe: str, entry: Entry, part: Part, catalogue: Catalogue) -> str:
    """Sanitised HTML with a link at each citation of a document that stands here, once in a paragraph.

    A document of the register has no page: it is told in words on pointing, with a link only to an address.
    """
    found = citations.find(safe)
    if not found:
        return safe
    closed = [match.span() for match in _CLOSED.finditer(safe)]
    pieces: list[str] = []
    done, place, block = 0, 0, 0
    told: set[str] = set()
    for reference in _resolve(found, entry, part, catalogue):
        for start, end, opening, closing in _marks(reference, entry, catalogue):
            while place < len(closed) and closed[place][1] <= start:
                place += 1
            if start < done or (place < len(closed) and closed[place][0] < end):
                continue
            if _BLOCK_END.search(safe, block, start):
                told.clear()
                block = start
            if opening not in told:
                told.add(opening)
                pieces += (safe[done:start], opening, safe[start:end], closing)
                done = end
    return "".join((*pieces, safe[done:]))


def _resolve(found: list[Citation], entry: Entry, part: Part, catalogue: Catalogue) -> list[Reference]:
    """What they mean: known already where the page has the very citations of its source, in the same order."""
    known = references.of_part(entry, part, catalogue)
    if len(known) == len(found) and all(k.citation[2:8] == c[2:8] for k, c in zip(known, found, strict=True)):
        return [k._replace(citation=c) for k, c in zip(known, found, strict=True)]
    return references.resolve_all(tuple(found), entry, catalogue)


def _marks(reference: Reference, entry: Entry, catalogue: Catalogue) -> list[tuple[int, int, str, str]]:
    """What to put around which stretch, in order: each article to its own place, the document to its page."""
    citation = reference.citation
    if not reference.is_known or not reference.is_sure:
        return []
    target = reference.entry
    if target is None:
        return [(citation.start, citation.end, *_register_mark(reference))]
    marks = [
        (place.start, place.end, *_anchor_mark(target, anchor))
        for place in citation.places
        if (anchor := _anchor(place, target))
    ]
    if target is not entry:
        marks.append((citation.start, citation.end, f'<a href="{entry_href(target.policy)}">', "</a>"))
    return marks


def _anchor(place: Place, target: Entry) -> str:
    """The nearest address around the article that stands in the target's full text: the clause for a missing point."""
    if target.full_text is None or len(place.anchors) != 1:
        return ""
    anchor = place.anchors[0]
    while anchor and anchor not in target.full_text.anchors:
        anchor = anchor.rpartition("-")[0].rpartition("-")[0]
    return anchor


def _anchor_mark(target: Entry, anchor: str) -> tuple[str, str]:
    return f'<a href="{GOC}{entry_path(target.id)}toan-van/#{anchor}">', "</a>"


def _register_mark(reference: Reference) -> tuple[str, str]:
    row = reference.row
    if row is None:
        return "", ""
    subject = f"{row.subject}. " if row.subject else ""
    told = f"{subject}{row.type} số {row.number}, ngày {format_date(row.issued)}, {row.issuer} (theo danh mục tra cứu)"
    title = html.escape(told, quote=True)
    if row.url:
        return f'<a href="{html.escape(row.url, quote=True)}" title="{title}">', "</a>"
    return f'<span class="dan-chieu" title="{title}">', "</span>"


def citing_view(citing: list[Entry], catalogue: Catalogue) -> View | None:
    """The entries that cite a document, newest document first: all that is shown at once, and the rest."""
    if not citing:
        return None
    ordered = sorted(citing, key=lambda e: (-(e.policy.issued or date.min).toordinal(), e.id))
    rows = [
        {"van_ban": link(_label(e, catalogue), entry_href(e.policy)), "chu_de": e.policy.subject or e.policy.title}
        for e in ordered
    ]
    rest = rows[_SHOWN_CITING:]
    return {"dong": rows[:_SHOWN_CITING], "them": rest, "them_chu": f"Xem thêm {len(rest)} văn bản" if rest else ""}


def _label(entry: Entry, catalogue: Catalogue) -> str:
    return words.label(entry.policy, catalogue.vocabularies) or entry.policy.title
