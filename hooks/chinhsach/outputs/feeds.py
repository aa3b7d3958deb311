"""Items in, feeds out: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1; archives (RFC 5005 §4), tombstones (RFC 6721).

lxml writes the XML; why no longer feedgen: docs/adr/014. No word here depends on the day of the build (DESIGN §5).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from lxml import etree

from ..catalogue import Catalogue
from ..dates import VN, rfc822, rfc3339
from ..site_config import SiteConfig
from . import words
from .items import Item, feed_guid, window
from .view import View, entry_path

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_SPACES: dict[str | None, str] = {"dc": _DC, "fh": _HISTORY, "at": _TOMBSTONES}
_IN_RSS = {**_SPACES, "atom": _ATOM}
_IN_ATOM = {**_SPACES, None: _ATOM}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_CHANGE_YET = datetime.fromtimestamp(0, VN)
"""Atom demands a date of change of a feed that never held anything."""

SCHEME = "urn:chinhsach:"
"""Before the name of each kind of Atom category: don-vi, linh-vuc, loai, han-gop-y."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed is about: its path without the ending, its title, the page it belongs to, the items in order.

    `archive` holds the neighbours' paths (without the ending) where the feed is a month's archive; `newest_archive`
    is where a feed's older items are found.
    """

    path: str
    title: str
    home: str
    items: Sequence[Item]
    newest_archive: str = ""
    archive: Neighbours | None = None
    is_block: bool = False
    """For blocks that show the first n and remember nothing: no tombstones, no date of change."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The archives beside one; "" at either end."""

    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class _Form:
    """How a format names a feed's file, and the media type that it is announced with."""

    main: str
    archive: str
    media_type: str


_RSS = _Form("rss.xml", ".xml", "application/rss+xml")
_ATOM_FORM = _Form("atom.xml", ".atom.xml", "application/atom+xml")


def month_archives(items: Sequence[Item]) -> Iterator[tuple[str, Sequence[Item], Neighbours]]:
    """Every item once, by month of first publication: path without the ending, the items, the neighbours' paths."""
    by_month = sorted(items, key=lambda item: f"{item.published.astimezone(VN):%Y-%m}")
    months = [(month, list(some)) for month, some in groupby(by_month, lambda i: f"{i.published.astimezone(VN):%Y-%m}")]
    paths = ["", *(f"luu-tru/{month}" for month, _ in months), ""]
    for place, (_, some) in enumerate(months, 1):
        yield paths[place], some, Neighbours(paths[place - 1], paths[place + 1])


class FeedWriter:
    """Writes feeds of one site; an item that stands in several is made once."""

    def __init__(self, catalogue: Catalogue, config: SiteConfig) -> None:
        self.catalogue = catalogue
        self.config = config
        self._made: dict[tuple[str, str], etree._Element] = {}

    def rss(self, feed: Feed) -> bytes:
        """The feed as RSS 2.0 with `atom:updated`, Dublin Core and tombstones."""
        root = etree.Element("rss", version="2.0", nsmap=_IN_RSS)
        channel = etree.SubElement(root, "channel")
        _add(channel, "title", feed.title)
        _add(channel, "link", self.config.absolute(feed.home))
        _add(channel, "description", self._description())
        _add(channel, "language", "vi")
        if feed.items:
            newest = max(item.published if feed.is_block else item.updated for item in feed.items)
            _add(channel, "lastBuildDate", rfc822(newest))
        self._add_links(channel, feed, _RSS)
        self._add_tombstones(channel, feed)
        for item in feed.items:
            element = self._copy("rss", item, self._rss_item)
            if feed.is_block:
                _remove(element, f"{{{_ATOM}}}updated")
            channel.append(element)
        return _written(root)

    def atom(self, feed: Feed) -> bytes:
        """The feed as Atom (RFC 4287)."""
        root = etree.Element(f"{{{_ATOM}}}feed", {_LANG: "vi"}, nsmap=_IN_ATOM)
        _add(root, f"{{{_ATOM}}}id", feed_guid(self._address(feed, _ATOM_FORM), self.config))
        _add(root, f"{{{_ATOM}}}title", feed.title)
        _add(root, f"{{{_ATOM}}}subtitle", self._description())
        newest = max((item.updated for item in feed.items), default=_NO_CHANGE_YET)
        _add(root, f"{{{_ATOM}}}updated", rfc3339(newest))
        author = etree.SubElement(root, f"{{{_ATOM}}}author")
        _add(author, f"{{{_ATOM}}}name", self.config.department)
        home = self.config.absolute(feed.home)
        etree.SubElement(root, f"{{{_ATOM}}}link", rel="alternate", type="text/html", href=home)
        self._add_links(root, feed, _ATOM_FORM)
        self._add_tombstones(root, feed)
        for item in feed.items:
            root.append(self._copy("atom", item, self._atom_entry))
        return _written(root)

    def json(self, feed: Feed) -> bytes:
        """The feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
        content = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": self.config.absolute(feed.home),
            "feed_url": self.config.absolute(f"{feed.path}feed.json"),
            "description": self._description(),
            "language": "vi",
            "authors": [{"name": self.config.department}],
            "items": [self._json_item(item) for item in feed.items],
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()

    # Feeds

    def _description(self) -> str:
        return f"Tin chính sách của {self.config.department}: mới đăng, đính chính, gỡ tin."

    @staticmethod
    def _address(feed: Feed, form: _Form) -> str:
        if feed.archive is not None:
            return feed.path + form.archive
        return feed.path if feed.path.endswith(".xml") else feed.path + form.main

    def _add_links(self, parent: etree._Element, feed: Feed, form: _Form) -> None:
        def add(rel: str, path: str) -> None:
            href = self.config.absolute(path)
            etree.SubElement(parent, f"{{{_ATOM}}}link", rel=rel, type=form.media_type, href=href)

        add("self", self._address(feed, form))
        if feed.newest_archive:
            add("prev-archive", feed.newest_archive + form.archive)
        if feed.archive is not None:
            etree.SubElement(parent, f"{{{_HISTORY}}}archive")
            add("current", form.main)
            if feed.archive.earlier:
                add("prev-archive", feed.archive.earlier + form.archive)
            if feed.archive.later:
                add("next-archive", feed.archive.later + form.archive)

    @staticmethod
    def _add_tombstones(parent: etree._Element, feed: Feed) -> None:
        for item in feed.items:
            if item.is_removed:
                stone = etree.SubElement(parent, f"{{{_TOMBSTONES}}}deleted-entry")
                stone.set("ref", item.guid)
                stone.set("when", rfc3339(item.updated))

    # Items

    def _copy(self, form: str, item: Item, make: Callable[[Item], etree._Element]) -> etree._Element:
        key = (form, item.guid)
        element = self._made.get(key)
        if element is None:
            element = self._made[key] = make(item)
        return deepcopy(element)

    def forget(self) -> None:
        """Let go of the items made so far, so that memory does not grow with the archives."""
        self._made.clear()

    def _rss_item(self, item: Item) -> etree._Element:
        element = etree.Element("item", nsmap=_IN_RSS)
        _add(element, "title", item.title)
        _add(element, "link", self.config.absolute(item.path))
        _add(element, "description", item.html)
        etree.SubElement(element, "guid", isPermaLink="false").text = item.guid
        _add(element, "pubDate", rfc822(item.published))
        for category in item.categories:
            _add(element, "category", category)
        if item.enclosure is not None:
            size, kind = str(item.enclosure.size), item.enclosure.media_type
            etree.SubElement(element, "enclosure", url=self._file_address(item), length=size, type=kind)
        self._add_dublin_core(element, item)
        _add(element, f"{{{_ATOM}}}updated", rfc3339(item.updated))
        return element

    def _atom_entry(self, item: Item) -> etree._Element:
        element = etree.Element(f"{{{_ATOM}}}entry", nsmap=_IN_ATOM)
        _add(element, f"{{{_ATOM}}}id", item.guid)
        _add(element, f"{{{_ATOM}}}title", item.title)
        _add(element, f"{{{_ATOM}}}published", rfc3339(item.published))
        _add(element, f"{{{_ATOM}}}updated", rfc3339(item.updated))
        author = etree.SubElement(element, f"{{{_ATOM}}}author")
        _add(author, f"{{{_ATOM}}}name", "; ".join(item.units) or self.config.department)
        link = f"{{{_ATOM}}}link"
        etree.SubElement(element, link, rel="alternate", type="text/html", href=self.config.absolute(item.path))
        for other in self._related(item):
            etree.SubElement(element, link, rel="related", type="text/html", href=self.config.absolute(other))
        if item.enclosure is not None:
            size, kind = str(item.enclosure.size), item.enclosure.media_type
            etree.SubElement(element, link, rel="enclosure", type=kind, length=size, href=self._file_address(item))
        for scheme, term, label in self._atom_categories(item):
            etree.SubElement(element, f"{{{_ATOM}}}category", term=term, scheme=SCHEME + scheme, label=label)
        self._add_dublin_core(element, item)
        content = etree.SubElement(element, f"{{{_ATOM}}}content", type="html")
        content.text = item.html
        return element

    def _add_dublin_core(self, element: etree._Element, item: Item) -> None:
        policy, vocabularies = item.entry.policy, self.catalogue.vocabularies
        if not item.is_erased:
            if policy.number is not None:
                _add(element, f"{{{_DC}}}identifier", policy.number.text)
            _add(element, f"{{{_DC}}}type", words.short_type(policy, vocabularies))
            issuers = words.join_names(words.issuer_names(policy, vocabularies))
            if issuers:
                _add(element, f"{{{_DC}}}source", issuers)
        _add(element, f"{{{_DC}}}publisher", self.config.department)
        if item.units:
            _add(element, f"{{{_DC}}}creator", "; ".join(item.units))

    def _atom_categories(self, item: Item) -> Iterator[tuple[str, str, str]]:
        policy, vocabularies = item.entry.policy, self.catalogue.vocabularies
        for unit in item.entry.owner.lead:
            yield "don-vi", unit, words.unit_name(unit, item.entry, self.catalogue)
        if item.is_erased:
            return
        for field in policy.fields:
            yield "linh-vuc", field, vocabularies.fields[field].name
        yield "loai", policy.type, words.short_type(policy, vocabularies)
        if policy.consultation is not None:
            closes = policy.consultation.closes
            yield "han-gop-y", closes.isoformat(), f"Hạn góp ý {words.official_date(closes)}"

    def _related(self, item: Item) -> list[str]:
        """Pages of the entries that this one acts on or that act on it, as far as they can be read."""
        if item.is_erased:
            return []
        policy = item.entry.policy
        found = [self.catalogue.target(relation, policy).entry for relation in policy.relations]
        found += [self.catalogue.find(act.actor.id) for act in self.catalogue.incoming.get(policy.id, ())]
        shown = [e.id for e in found if e is not None and self.catalogue.is_listed(e)]
        return [entry_path(entry_id) for entry_id in dict.fromkeys(shown)]

    def _file_address(self, item: Item) -> str:
        name = item.enclosure.name if item.enclosure is not None else ""
        return self.config.absolute(f"{item.path}tep/{name}")

    def _json_item(self, item: Item) -> View:
        policy = item.entry.policy
        shown: View = {
            "id": item.guid,
            "url": self.config.absolute(item.path),
            "title": item.title,
            "content_html": item.html,
            "date_published": rfc3339(item.published),
            "date_modified": rfc3339(item.updated),
            "authors": [{"name": unit} for unit in item.units] or [{"name": self.config.department}],
            "tags": list(item.categories),
        }
        if item.enclosure is not None:
            file = item.enclosure
            shown["attachments"] = [
                {"url": self._file_address(item), "mime_type": file.media_type, "size_in_bytes": file.size}
            ]
        if item.is_removed:
            shown["_da_go"] = {"ngay": rfc3339(item.updated)}
        if item.is_erased:
            return shown
        if policy.summary:
            shown["summary"] = item.summary
        shown["_van_ban"] = self._document(item)
        if policy.consultation is not None:
            shown["_gop_y"] = {
                "tu": policy.consultation.opens.isoformat(),
                "den": policy.consultation.closes.isoformat(),
            }
        if policy.relations:
            shown["_quan_he"] = [{"loai": relation.type, "den": relation.target} for relation in policy.relations]
        return shown

    def _document(self, item: Item) -> View:
        policy, vocabularies = item.entry.policy, self.catalogue.vocabularies
        days = {
            "ngay_ban_hanh": policy.issued,
            "ngay_hieu_luc": policy.effective,
            "ngay_het_hieu_luc": policy.expires,
        }
        return {
            "giai_doan": policy.stage.value,
            "loai": policy.type,
            **({"so_ky_hieu": policy.number.text} if policy.number else {}),
            "co_quan": words.issuer_names(policy, vocabularies),
            **{key: day.isoformat() for key, day in days.items() if day is not None},
            "don_vi": list(item.entry.owner.lead),
        }


def standing(items: Sequence[Item]) -> list[Item]:
    """What stands now, newest first by day of publication: for those who remember nothing."""
    live = [item for item in items if not item.is_removed]
    return sorted(live, key=lambda item: (-item.published.timestamp(), item.entry.id))


def consultations(items: Sequence[Item]) -> list[Item]:
    """Every draft that people were asked about, open or closed: what is open depends on the reader's day."""
    return window([item for item in items if item.entry.policy.consultation is not None])


def _add(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = text


def _remove(parent: etree._Element, tag: str) -> None:
    found = parent.find(tag)
    if found is not None:
        parent.remove(found)


def _written(root: etree._Element) -> bytes:
    """The document; unused prefixes are dropped so that a feed says what it uses."""
    etree.cleanup_namespaces(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written
