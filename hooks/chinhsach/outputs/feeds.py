"""Items in, `rss.xml` out. feedgen writes RSS 2.0; what it lacks is added by an extension of ours.

Defects of feedgen 1.0.0 that the calls here go round: `add_entry` prepends unless told; the last `link` call wins
the channel's <link>; without `updated` it takes the wall clock; an RSS item carries no date of change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from ..catalogue import Catalogue
from ..dates import rfc3339
from ..site_config import SiteConfig
from . import words
from .items import Item, window

_ATOM = "http://www.w3.org/2005/Atom"
_TOMBSTONE = "http://purl.org/atompub/tombstones/1.0"


class _Tombstones(BaseExtension):  # type: ignore[misc]  # feedgen carries no types
    """RFC 6721 `at:deleted-entry` for each removed item, in the channel; an empty feed has no date of change."""

    def __init__(self) -> None:
        self.removed: list[Item] = []
        self.is_empty = False

    def extend_ns(self) -> dict[str, str]:
        return {"at": _TOMBSTONE}

    def extend_rss(self, feed: Any) -> Any:
        channel = feed.find("channel")
        if self.is_empty:
            channel.remove(channel.find("lastBuildDate"))  # feedgen puts the wall clock there
        for item in self.removed:
            stone = etree.SubElement(channel, f"{{{_TOMBSTONE}}}deleted-entry")
            stone.set("ref", item.guid)
            stone.set("when", rfc3339(item.updated))
        return feed


class _Updated(BaseEntryExtension):  # type: ignore[misc]  # feedgen carries no types
    """`atom:updated` in an RSS item: the only date of change that RSS readers can see."""

    def __init__(self) -> None:
        self.moment = ""

    def extend_rss(self, entry: Any) -> Any:
        element = etree.SubElement(entry, f"{{{_ATOM}}}updated")
        element.text = self.moment
        return entry


def rss(items: Sequence[Item], path: str, title: str, home: str, catalogue: Catalogue, config: SiteConfig) -> bytes:
    """An RSS 2.0 feed of the newest changes; `home` is the page that the feed is about, from the site's root."""
    shown = window(list(items))
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False)
    feed.register_extension("tombstones", _Tombstones, _Updated, atom=False, rss=True)
    feed.title(title)
    feed.description(f"Tin chính sách của {config.department}: mới đăng, đính chính, gỡ tin.")
    feed.language("vi")
    feed.link(href=config.absolute(path), rel="self", type="application/rss+xml")
    feed.link(href=config.absolute(home), rel="alternate")  # last: it becomes the channel's <link>
    if shown:
        feed.lastBuildDate(shown[0].updated)
    feed.tombstones.is_empty = not shown
    feed.tombstones.removed = [item for item in shown if item.is_removed]
    for item in shown:
        _add(feed, item, catalogue, config)
    rendered: bytes = feed.rss_str(pretty=True)
    return rendered


def _add(feed: Any, item: Item, catalogue: Catalogue, config: SiteConfig) -> None:
    policy = item.entry.policy
    entry = feed.add_entry(order="append")
    entry.guid(item.guid, permalink=False)
    entry.title(item.title)
    entry.link(href=config.absolute(item.path))
    entry.description(item.html, isSummary=False)
    entry.published(item.published)
    entry.updated(item.updated)
    entry.tombstones.moment = rfc3339(item.updated)
    entry.dc.dc_publisher(config.department)
    if item.units:
        entry.dc.dc_creator("; ".join(item.units))
    if not item.is_erased:
        if policy.number is not None:
            entry.dc.dc_identifier(policy.number.text)
        entry.dc.dc_type(words.short_type(policy, catalogue.vocabularies))
        issuers = words.join_names(words.issuer_names(policy, catalogue.vocabularies))
        if issuers:
            entry.dc.dc_source(issuers)
    for category in item.categories:
        entry.category(term=category)
    if item.enclosure is not None:
        address = config.absolute(f"{item.path}tep/{item.enclosure.name}")
        entry.enclosure(address, str(item.enclosure.size), item.enclosure.media_type)
