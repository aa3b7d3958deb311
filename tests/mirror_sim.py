"""Releases of a site in, what portals that mirror it show out: eight policies, each a real consumer's, polled in turn.

A mirror is truthful when each entry that it shows has the title, the address, the words and the date of change that
the site gives it now. What the site says now stands in its archives, which together hold every entry.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import feedparser
from feed_check import ATOM, BLOCK, ERASED, MAIN, REMOVED, TOMBSTONES, Files, moment, plain, read_truth
from lxml import etree

LEDGER = "du-lieu/so-cong-khai.json"
BLOCK_SHOWS = 10
POLICIES = {
    "update": "guid, corrections overwrite, nothing leaves (Drupal Feeds 'update existing', FreshRSS, miniflux)",
    "insert": "guid, never overwritten (Drupal Feeds by default)",
    "sync": "as update, what has left the feed is dropped (Drupal Feeds 'delete non-existent')",
    "link": "as update, by link (portals that ignore the guid)",
    "title": "by title, never overwritten (portals that refuse a title that they hold)",
    "block": "holds nothing, shows the first ten of rss-hien-thi.xml (NukeViet, WordPress)",
    "reader": "the package `reader` itself",
    "walk": "update, tombstones, and the archives behind prev-archive (a mirror that wants all)",
}
OVERWRITE_BY_GUID = ("update", "block", "walk", "reader")


class Shown(NamedTuple):
    """An entry as a mirror shows it; `changed` is None where the feed does not tell it."""

    guid: str
    title: str
    link: str
    words: str
    changed: datetime | None


@dataclass(frozen=True)
class State:
    """A release as it is polled: its files, its address, and the former ones, which lead to it (301)."""

    files: Files
    base: str
    former: tuple[str, ...] = ()

    @cached_property
    def window(self) -> frozenset[str]:
        """The guids that the main feed holds now."""
        return frozenset(item.guid for item in read_items(self.files[MAIN["rss"]]))

    def seen_through(self, entry: Shown) -> Shown:
        """The entry with the link as a visitor's browser ends up: one that left the window may name a former domain."""
        old = next((base for base in self.former if entry.link.startswith(base)), None)
        if old is None or old == self.base or entry.guid in self.window:
            return entry
        return entry._replace(link=self.base + entry.link.removeprefix(old))

    @cached_property
    def ledger(self) -> dict[str, dict[str, Any]]:
        """The ledger's entries by guid."""
        return read_truth(self.files[LEDGER])

    @cached_property
    def truth(self) -> dict[str, Shown]:
        """What the site says now of every entry, by guid: ledger and archives, which must name the same entries."""
        said: dict[str, Shown] = {}
        for path in self.files:
            if path.startswith("luu-tru/") and path.endswith(".xml") and not path.endswith(".atom.xml"):
                said |= {item.guid: item for item in read_items(self.files[path])}
        assert set(said) == set(self.ledger), "sổ công khai và nguồn lưu trữ nêu các tin khác nhau"
        return {
            guid: Shown(guid, told["title"], self.base + told["url"], said[guid].words, moment(told["updated"]))
            for guid, told in self.ledger.items()
        }


@lru_cache(maxsize=64)  # the mirrors of one release read the same files
def read_items(content: bytes) -> tuple[Shown, ...]:
    """The items of a feed as feedparser reads them."""
    read = feedparser.parse(content, response_headers={"content-type": "application/xml; charset=utf-8"})
    return tuple(
        Shown(
            e.get("id", ""), e.get("title", ""), e.get("link", ""), plain(_html(e)), _utc(dict.get(e, "updated_parsed"))
        )
        for e in read.entries
    )


def _html(entry: Any) -> str:
    return str(entry.get("summary") or next((c.value for c in entry.get("content", ())), ""))


def _utc(read: Any) -> datetime | None:
    return datetime(*read[:6], tzinfo=UTC) if read else None


class Mirror:
    """A portal with one policy; `poll` lets it read a release, `shown` is what its visitors see."""

    def __init__(self, policy: str) -> None:
        self.policy = policy
        self.held: dict[str, Shown] = {}
        self.retired: set[str] = set()
        self._folder = tempfile.TemporaryDirectory() if policy == "reader" else None
        self._reader: Any = None

    def poll(self, state: State) -> None:
        """Read the release as the policy does."""
        if self.policy == "reader":
            self._poll_reader(state)
            return
        if self.policy == "block":
            self.held = {item.guid: item for item in read_items(state.files[BLOCK])[:BLOCK_SHOWS]}
            return
        feeds = [state.files[MAIN["rss"]], *(self._archives(state) if self.policy == "walk" else ())]
        fresh: dict[str, Shown] = {}
        for content in feeds:
            for item in read_items(content):
                fresh.setdefault(self._key(item), item)
        if self.policy in ("insert", "title"):
            fresh |= {key: item for key, item in self.held.items() if key in fresh}
        self.held = fresh if self.policy == "sync" else self.held | fresh
        self.retired = {ref for content in feeds for ref in _tombstones(content)} if self.policy == "walk" else set()

    def shown(self) -> list[Shown]:
        """What visitors see."""
        return list(self.held.values())

    def close(self) -> None:
        """Let go of the reader's store."""
        if self._reader is not None:
            self._reader.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _key(self, item: Shown) -> str:
        return {"link": item.link, "title": item.title}.get(self.policy, item.guid)

    @staticmethod
    def _archives(state: State) -> Iterator[bytes]:
        path = MAIN["rss"]
        while True:
            channel = etree.fromstring(state.files[path]).find("channel")
            earlier = [e.get("href") for e in channel.findall(f"{ATOM}link") if e.get("rel") == "prev-archive"]
            if not earlier:
                return
            path = earlier[0].removeprefix(state.base)
            yield state.files[path]

    def _poll_reader(self, state: State) -> None:
        from reader import make_reader

        assert self._folder is not None
        file = Path(self._folder.name, "rss.xml")
        file.write_bytes(state.files[MAIN["rss"]])
        os.utime(file)
        if self._reader is None:
            self._reader = make_reader(":memory:", feed_root=self._folder.name)
            self._reader.add_feed("rss.xml")
        for result in self._reader.update_feeds_iter(scheduled=False):
            if isinstance(result.value, Exception):
                raise result.value
        self.held = {shown.guid: shown for shown in held_by(self._reader)}


def held_by(reader: Any) -> list[Shown]:
    """What a `reader` holds."""
    entries = []
    for e in reader.get_entries():
        content = e.get_content(prefer_summary=True)
        entries.append(Shown(e.id, e.title or "", e.link or "", plain(content.value if content else ""), e.updated))
    return entries


def _tombstones(content: bytes) -> Iterator[str]:
    for stone in etree.fromstring(content).iter(f"{TOMBSTONES}deleted-entry"):
        yield stone.get("ref", "")


def is_marked(title: str) -> bool:
    """Whether a title tells that the entry was removed."""
    return title.startswith(REMOVED) or ERASED.fullmatch(title) is not None


def differences(mirror: Mirror, state: State) -> list[str]:
    """What a mirror shows that is not the truth, or does not show that it should: one line each, nothing when truthful."""
    now, told = state.truth, state.ledger
    shown = [state.seen_through(entry) for entry in mirror.shown()]
    found = []
    if mirror.policy == "block":
        now = {guid: entry._replace(changed=None) for guid, entry in now.items()}
        shown = [entry._replace(changed=None) for entry in shown]
        found += [
            f"tin đã gỡ mà còn hiện: {e.title}" for e in shown if told.get(e.guid, {}).get("status") != "published"
        ]
    for entry in shown:
        if entry.guid not in now:
            found.append(f"tin không có trong sổ: {entry.title}")
        elif entry != now[entry.guid]:
            found += [f"{name}: giữ {a!r}, nay là {b!r}" for name, a, b in _unequal(entry, now[entry.guid])]
    seen = [entry.guid for entry in shown]
    if len(set(seen)) != len(seen):
        found.append(f"{len(seen) - len(set(seen))} tin hiện hai lần")
    if mirror.policy == "walk":
        marked = {entry.guid for entry in shown if is_marked(entry.title)}
        if mirror.retired != marked:
            found.append(f"bia gỡ tin không khớp dấu gỡ: {mirror.retired ^ marked}")
    standing = sum(1 for t in told.values() if t["status"] == "published")
    wanted = min(standing, BLOCK_SHOWS) if mirror.policy == "block" else len(now)
    if len(set(seen) & set(now)) < wanted:
        found.append(f"hiện {len(set(seen))} trong {wanted} tin")
    return found


def _unequal(held: Shown, now: Shown) -> Iterator[tuple[str, object, object]]:
    for name, a, b in zip(Shown._fields, held, now, strict=True):
        if a != b:
            yield name, a, b
