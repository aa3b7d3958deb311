"""A site's files and what is true in, every fault of its feeds out: RSS 2.0, Atom, JSON Feed, archives, tombstones.

Reads with lxml, json, feedparser and `reader`, never with what wrote the feeds. The truth is the ledger
(`du-lieu/so-cong-khai.json`, DESIGN §5). `rss-thu.xml` holds trial items, is in no truth, and is left out by its name.
C13 stands for the W3C validator, which no package index offers: its rules on structure, by the names that its source
gives them (github.com/w3c/feedvalidator, src/feedvalidator/{channel,item,link,logging}.py).
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
from lxml import etree
from lxml import html as lxml_html

Files = Mapping[str, bytes]
Found = Iterator[tuple[str, str]]

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BLOCK, ASKED, TRIAL = "rss-hien-thi.xml", "gop-y/rss.xml", "rss-thu.xml"
BLOCK_WINDOW = 100
REMOVED, DRAFT = "[Tin đã gỡ] ", "[Dự thảo] "
ERASED = re.compile(r"Tin đã gỡ( \([a-z0-9-]+\))*")
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
MAIN = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
MOST_BYTES, ENTRY_BYTES, LEAST = 1_200_000, 2_500, 100


class Failure(NamedTuple):
    """A fault: the check's code, the file (and entry), what is wrong."""

    check: str
    where: str
    text: str


class Folder(Mapping[str, bytes]):
    """The files of a folder by their paths, read when they are asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.names = sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
        self.known = frozenset(self.names)

    def __getitem__(self, path: str) -> bytes:
        if path not in self.known:
            raise KeyError(path)
        return (self.root / path).read_bytes()

    def __contains__(self, path: object) -> bool:
        return path in self.known

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(slots=True)
class Entry:
    """What one feed says of one entry."""

    guid: str
    title: str
    link: str
    html: str
    published: datetime | None
    updated: datetime | None
    dates: tuple[str, ...]
    categories: tuple[str, ...]
    enclosures: tuple[tuple[str, str, str], ...]
    summary: str = ""

    @property
    def changed(self) -> datetime | None:
        return self.updated or self.published

    @property
    def is_removed(self) -> bool:
        return self.title.startswith(REMOVED) or ERASED.fullmatch(self.title) is not None

    @property
    def version(self) -> tuple[object, ...]:
        return (self.title, self.link, self.html, self.published, self.changed)


@dataclass(slots=True)
class Feed:
    """A feed as it was read."""

    path: str
    kind: str
    content: bytes
    title: str = ""
    description: str = ""
    language: str = ""
    home: str = ""
    date: str = ""
    links: dict[str, list[str]] = field(default_factory=dict)
    stones: list[tuple[str, str]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    is_archive: bool = False
    root: Any = None

    @property
    def guids(self) -> list[str]:
        return [entry.guid for entry in self.entries]

    def link(self, rel: str) -> str | None:
        found = self.links.get(rel)
        return found[0] if found else None


class Release:
    """A site with its feeds read, and the truth by guid (None where it is not given)."""

    def __init__(
        self, files: Files, base: str, truth: Mapping[str, Mapping[str, Any]] | None, now: datetime | None
    ) -> None:
        self.files = files
        self.base = base.rstrip("/") + "/"
        self.truth = truth
        self.now = now
        self.broken: list[tuple[str, str]] = []
        self.feeds: dict[str, Feed] = {}
        for path in sorted(files):
            if path != TRIAL and (path.endswith(".xml") or path == MAIN["json"]):
                feed = read_feed(path, files[path], self.broken)
                if feed is not None:
                    self.feeds[path] = feed

    def file_at(self, address: str) -> str | None:
        """The file that an address of the site (absolute, or from its root) leads to."""
        whole = urljoin(self.base, address)
        if not whole.startswith(self.base):
            return None
        path = unquote(urlsplit(whole[len(self.base) :]).path)
        path = path + "index.html" if path.endswith("/") or not path else path
        return path if path in self.files else None

    @cached_property
    def main(self) -> dict[str, Feed]:
        return {kind: self.feeds[path] for kind, path in MAIN.items() if path in self.feeds}

    @cached_property
    def lists(self) -> dict[str, Feed]:
        """The feeds that hold the newest changes: all but archives and the block's."""
        return {path: feed for path, feed in self.feeds.items() if not feed.is_archive and path != BLOCK}

    def each(self) -> Iterator[tuple[Feed, Entry, str]]:
        """Every entry of every feed, with the words that say where."""
        for feed in self.feeds.values():
            for entry in feed.entries:
                yield feed, entry, f"{feed.path}#{entry.title[:40] or entry.guid}"


def read_feed(path: str, content: bytes, broken: list[tuple[str, str]]) -> Feed | None:
    """A feed, or None for another kind of file; what keeps it from being read goes to `broken`."""
    if path.endswith(".json"):
        return _read_json(path, content)
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        broken.append((path, str(error)))
        return None
    if root.tag == "rss":
        return _read_rss(path, content, root)
    return _read_atom(path, content, root) if root.tag == f"{ATOM}feed" else None


def _read_rss(path: str, content: bytes, root: Any) -> Feed:
    channel = root.find("channel")
    feed = Feed(path, "rss", content, _text(channel, "title"), _text(channel, "description"), root=root)
    feed.language, feed.home, feed.date = (_text(channel, name) for name in ("language", "link", "lastBuildDate"))
    _read_history(feed, channel)
    for item in channel.findall("item"):
        published, updated = _text(item, "pubDate"), _text(item, f"{ATOM}updated")
        feed.entries.append(
            Entry(
                _text(item, "guid"),
                _text(item, "title"),
                _text(item, "link"),
                _text(item, "description"),
                moment(published),
                moment(updated),
                tuple(d for d in (published, updated) if d),
                tuple(c.text or "" for c in item.findall("category")),
                tuple((e.get("url", ""), e.get("length", ""), e.get("type", "")) for e in item.findall("enclosure")),
            )
        )
    return feed


def _read_atom(path: str, content: bytes, root: Any) -> Feed:
    feed = Feed(path, "atom", content, _text(root, f"{ATOM}title"), _text(root, f"{ATOM}subtitle"), root=root)
    feed.language, feed.date = root.get(LANG) or "", _text(root, f"{ATOM}updated")
    _read_history(feed, root)
    feed.home = feed.link("alternate") or ""
    for item in root.findall(f"{ATOM}entry"):
        published, updated = _text(item, f"{ATOM}published"), _text(item, f"{ATOM}updated")
        links = item.findall(f"{ATOM}link")
        feed.entries.append(
            Entry(
                _text(item, f"{ATOM}id"),
                _text(item, f"{ATOM}title"),
                next((link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"), ""),
                _text(item, f"{ATOM}content"),
                moment(published),
                moment(updated),
                tuple(d for d in (published, updated) if d),
                tuple(c.get("label") or c.get("term") or "" for c in item.findall(f"{ATOM}category")),
                tuple(
                    (e.get("href", ""), e.get("length", ""), e.get("type", ""))
                    for e in links
                    if e.get("rel") == "enclosure"
                ),
            )
        )
    return feed


def _read_history(feed: Feed, holder: Any) -> None:
    for link in holder.findall(f"{ATOM}link"):
        feed.links.setdefault(link.get("rel", "alternate"), []).append(link.get("href", ""))
    feed.is_archive = holder.find(f"{HISTORY}archive") is not None
    feed.stones = [(s.get("ref", ""), s.get("when", "")) for s in holder.iter(f"{TOMBSTONES}deleted-entry")]


def _read_json(path: str, content: bytes) -> Feed:
    root = json.loads(content)
    feed = Feed(path, "json", content, root.get("title", ""), root.get("description", ""), root=root)
    feed.language, feed.home = root.get("language", ""), root.get("home_page_url", "")
    feed.links = {"self": [root.get("feed_url", "")]}
    for item in root["items"]:
        dates = (item.get("date_published", ""), item.get("date_modified", ""))
        feed.entries.append(
            Entry(
                item.get("id", ""),
                item.get("title", ""),
                item.get("url", ""),
                item.get("content_html", ""),
                moment(dates[0]),
                moment(dates[1]),
                tuple(d for d in dates if d),
                tuple(item.get("tags", ())),
                tuple(
                    (a.get("url", ""), str(a.get("size_in_bytes", "")), a.get("mime_type", ""))
                    for a in item.get("attachments", ())
                ),
                item.get("summary", ""),
            )
        )
    return feed


def _text(element: Any, name: str) -> str:
    return (element.findtext(name) or "").strip() if element is not None else ""


_RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0700")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00")


def moment(text: str) -> datetime | None:
    """A date of a feed, where it is one and has an offset."""
    try:
        read = parsedate_to_datetime(text) if "," in text else datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo else None


# The checks

CHECKS: dict[str, tuple[str, Callable[[Release], Found]]] = {}


def _rule(code: str, what: str) -> Callable[[Callable[[Release], Found]], Callable[[Release], Found]]:
    def keep(function: Callable[[Release], Found]) -> Callable[[Release], Found]:
        CHECKS[code] = (what, function)
        return function

    return keep


@_rule("C01", "every page announces RSS, Atom and JSON, with titles; every announced feed exists")
def _announced(release: Release) -> Found:
    for path, content in _pages(release):
        head = lxml_html.document_fromstring(content)
        kinds = set()
        for link in head.iter("link"):
            if link.get("rel") != "alternate" or link.get("type") not in TYPES.values():
                continue
            kinds.add(link.get("type"))
            if not (link.get("title") or "").strip():
                yield path, f"liên kết nguồn tin không có title: {link.get('href')}"
            address = urljoin(release.base + path.removesuffix("index.html"), link.get("href", ""))
            if release.file_at(address) is None:
                yield path, f"nguồn tin được giới thiệu mà không có: {link.get('href')}"
        if kinds != set(TYPES.values()):
            yield path, f"không giới thiệu đủ nguồn tin: {sorted(kinds)}"


def _pages(release: Release) -> Iterator[tuple[str, bytes]]:
    """Pages for people that stand for themselves: the home page, an entry's, a list's, whatever there is of each."""
    kinds = {"": "index.html"}
    for path in release.files:
        parts = path.split("/")
        if path.endswith("/index.html") and b"http-equiv" not in release.files[path][:1500]:
            kinds.setdefault(f"{parts[0]}:{len(parts)}", path)
    for path in kinds.values():
        if path not in release.files:
            yield path, b"<p>"
        else:
            yield path, release.files[path]


@_rule("C02", "well-formed XML in UTF-8 without mark, document type or stylesheet")
def _well_formed(release: Release) -> Found:
    yield from release.broken
    for path, feed in release.feeds.items():
        if feed.kind == "json":
            continue
        start = feed.content[:2000]
        if not re.match(rb"<\?xml version=['\"]1.0['\"] encoding=['\"]UTF-8['\"]\?>", start):
            yield path, "không mở đầu bằng khai báo XML với UTF-8"
        if b"<!DOCTYPE" in start or b"<?xml-stylesheet" in start:
            yield path, "có DTD hoặc XSLT"


_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd\ufffe\uffff]"
)


@_rule("C03", "text is NFC, without control, zero-width or bidi characters, escaped once")
def _clean_text(release: Release) -> Found:
    for feed in release.feeds.values():
        for text in (feed.title, feed.description):
            if not unicodedata.is_normalized("NFC", text) or _INVISIBLE.search(text):
                yield feed.path, f"tên nguồn tin không sạch: {text!r}"
    for _, entry, where in release.each():
        for text in (entry.title, entry.html, entry.summary, *entry.categories):
            if not unicodedata.is_normalized("NFC", text):
                yield where, f"không phải NFC: {text[:50]!r}"
            if _INVISIBLE.search(text):
                yield where, f"có ký tự không thấy được: {text[:50]!r}"
            if re.search(r"&amp;(amp|lt|gt|quot|nbsp|#\d+);", text):
                yield where, f"mã hóa hai lần: {text[:50]!r}"


@_rule("C04", "a feed has title, description, language vi, a home that exists, and its own address")
def _feed_level(release: Release) -> Found:
    for path, feed in release.feeds.items():
        if not (feed.title and feed.description):
            yield path, "thiếu tên hoặc mô tả"
        if feed.language != "vi":
            yield path, f"ngôn ngữ là {feed.language!r}"
        if feed.link("self") != release.base + path:
            yield path, f"self là {feed.link('self')}"
        if not feed.home.startswith("http") or release.file_at(feed.home) is None or feed.home == release.base + path:
            yield path, f"trang của nguồn tin không có: {feed.home}"


@_rule("C05", "guid: urn:uuid, no host in it, once in a feed, isPermaLink=false")
def _guids(release: Release) -> Found:
    host = urlsplit(release.base).hostname or ""
    for path, feed in release.feeds.items():
        for guid, times in Counter(feed.guids).items():
            if times > 1:
                yield path, f"guid lặp: {guid}"
            if not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", guid) or host in guid:
                yield path, f"guid sai dạng: {guid!r}"
        if feed.kind == "rss":
            for guid in feed.root.iter("guid"):
                if guid.get("isPermaLink") != "false":
                    yield path, f"isPermaLink là {guid.get('isPermaLink')}"


@_rule("C06", "titles: not empty, once in a feed, at most 255 characters, no markup")
def _titles(release: Release) -> Found:
    for path, feed in release.feeds.items():
        for title, times in Counter(entry.title for entry in feed.entries).items():
            if times > 1:
                yield path, f"tiêu đề lặp: {title!r}"
            if not title or len(title) > 255 or re.search(r"[<>]|&(amp|lt|gt|quot|#\d+);", title):
                yield path, f"tiêu đề không dùng được: {title!r}"


@_rule("C07", "links: absolute, under the base, to a page that is no redirect")
def _links(release: Release) -> Found:
    for _, entry, where in release.each():
        file = release.file_at(entry.link) if entry.link.startswith(release.base) else None
        if file is None:
            yield where, f"liên kết hỏng: {entry.link!r}"
        elif re.search(rb'http-equiv="?refresh', release.files[file][:4000], re.I):
            yield where, f"liên kết tới trang chuyển hướng: {entry.link}"


class _Html(HTMLParser):
    """Collects what is wrong with an item's HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed", "style", "form"):
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            is_address = name in ("href", "src")
            if name.startswith("on") or (is_address and not re.match("(https?|mailto|tel):", value or "")):
                self.wrong.append(f"{name}={value!r}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.words += data


def plain(html: str) -> str:
    """The words of an item's text: paragraphs by spaces, as a client shows them."""
    read = _Html()
    read.feed(re.sub(r"</p>|<br ?/?>", "\\g<0> ", html))
    read.close()
    return " ".join(read.words.split())


@_rule("C08", "text: words in balanced, harmless HTML with absolute addresses")
def _texts(release: Release) -> Found:
    for _, entry, where in release.each():
        read = _Html()
        read.feed(entry.html)
        read.close()
        if read.wrong or read.open or re.search(r"<(?![A-Za-z/])", entry.html):
            yield where, f"HTML không cân: {read.wrong} {read.open}"
        if not read.words.strip():
            yield where, "không có chữ nào"


@_rule(
    "C09", "dates: RFC 822 or RFC 3339 at +07:00, true weekday, not in the future, changed no earlier than published"
)
def _dates(release: Release) -> Found:
    for feed, entry, where in release.each():
        forms = [_RFC822, _RFC3339] if feed.kind == "rss" else [_RFC3339, _RFC3339]
        for text, form in zip(entry.dates, forms, strict=False):
            read = moment(text)
            if not form.fullmatch(text) or read is None or ("," in text and f"{read:%a}" != text[:3]):
                yield where, f"ngày sai dạng: {text!r}"
            elif release.now is not None and read > release.now:
                yield where, f"ngày ở tương lai: {text}"
        if entry.published is None or (entry.updated is None) != (feed.path == BLOCK):
            yield where, f"thiếu hoặc thừa ngày: {entry.dates}"
        elif entry.updated is not None and entry.updated < entry.published:
            yield where, "đổi trước khi đăng"


@_rule("C10", "newest change first; in the block's feed, newest publication first")
def _order(release: Release) -> Found:
    for path, feed in release.feeds.items():
        told = [e.published if path == BLOCK else e.changed for e in feed.entries]
        moments = [m.timestamp() for m in told if m is not None]
        if moments != sorted(moments, reverse=True):
            yield path, "không xếp từ mới tới cũ"


@_rule("C11", "a category on every entry, none empty")
def _categories(release: Release) -> Found:
    for _, entry, where in release.each():
        if not entry.categories or not all(c.strip() for c in entry.categories):
            yield where, f"phân loại: {entry.categories}"


@_rule("C12", "a feed's date is its newest change, never the clock")
def _feed_dates(release: Release) -> Found:
    for path, feed in release.feeds.items():
        told = [e.published if path == BLOCK else e.changed for e in feed.entries]
        newest = max((m for m in told if m is not None), default=None)
        if feed.kind != "json" and newest is not None and moment(feed.date) != newest:
            yield path, f"ngày của nguồn tin {feed.date}, thay đổi mới nhất {newest}"


_RSS_NEEDED = {
    "rss": ("channel",),
    "channel": ("title", "link", "description"),
    "item": ("title", "link", "guid", "pubDate"),
}
_RSS_MAY = {
    "rss": {"channel"},
    "channel": {"title", "link", "description", "language", "lastBuildDate", "item"},
    "item": {"title", "link", "description", "guid", "pubDate", "category", "enclosure"},
}
_ATOM_NEEDED = {
    "feed": ("id", "title", "updated", "author"),
    "entry": ("id", "title", "updated", "content"),
    "author": ("name",),
}
_ATOM_MAY = {
    "feed": {"id", "title", "subtitle", "updated", "author", "link", "entry"},
    "entry": {"id", "title", "published", "updated", "author", "link", "category", "content"},
    "author": {"name"},
}
_MANY = {"item", "category", "entry", "link"}
_RELS = {"self", "alternate", "related", "enclosure", "prev-archive", "next-archive", "current"}
_SPACES = {ATOM, DC, HISTORY, TOMBSTONES}
_MIME = re.compile(r"[a-z]+/[a-z0-9.+-]+")


@_rule(
    "C13", "structure: MissingElement, DuplicateElement, UndefinedElement, MissingAttribute, UnregisteredAtomLinkRel …"
)
def _structure(release: Release) -> Found:
    for path, feed in release.feeds.items():
        if feed.kind == "json":
            continue
        needed, allowed = (_RSS_NEEDED, _RSS_MAY) if feed.kind == "rss" else (_ATOM_NEEDED, _ATOM_MAY)
        own = "" if feed.kind == "rss" else ATOM
        for element in feed.root.iter():
            name = element.tag.removeprefix(own)
            if "}" not in name:
                yield from _children(path, element, name, own, needed.get(name, ()), allowed.get(name))
            elif name.partition("}")[0] + "}" not in _SPACES:
                yield path, f"UnknownNamespace: {element.tag}"
            if element.tag == f"{ATOM}link":
                if element.get("rel", "alternate") not in _RELS or not element.get("href", "").startswith("http"):
                    yield path, f"UnregisteredAtomLinkRel, InvalidFullLink: {dict(element.attrib)}"
                if not _MIME.fullmatch(element.get("type", "")):
                    yield path, f"InvalidMIMEType: {dict(element.attrib)}"
    identifiers = Counter(f.root.findtext(f"{ATOM}id") for f in release.feeds.values() if f.kind == "atom")
    for identifier, times in identifiers.items():
        if times > 1 or not str(identifier).startswith("urn:uuid:"):
            yield "atom.xml", f"InvalidFullLink, DuplicateIds: id {identifier} của {times} nguồn tin"


def _children(path: str, element: Any, name: str, own: str, needed: Sequence[str], allowed: set[str] | None) -> Found:
    times = Counter(child.tag.removeprefix(own) for child in element if isinstance(child.tag, str))
    for child in needed:
        if not times[child]:
            yield path, f"MissingElement: {name} không có {child}"
    for child, count in times.items():
        if "}" in child:
            continue
        if allowed is not None and child not in allowed:
            yield path, f"UndefinedElement: {name}/{child}"
        if count > 1 and child not in _MANY:
            yield path, f"DuplicateElement: {name}/{child}"


@_rule("C16", "RSS, Atom and JSON beside each other say the same")
def _agree(release: Release) -> Found:
    for path, feed in release.feeds.items():
        if feed.kind == "rss" and path not in (BLOCK, ASKED):
            others = (
                [path.removesuffix(".xml") + ".atom.xml"]
                if feed.is_archive
                else [path.removesuffix("rss.xml") + "atom.xml"]
            )
            for other in others + ([MAIN["json"]] if path == MAIN["rss"] else []):
                beside = release.feeds.get(other)
                if beside is None:
                    yield path, f"không có {other} bên cạnh"
                elif [(e.guid, *e.version) for e in feed.entries] != [(e.guid, *e.version) for e in beside.entries]:
                    yield path, f"nói khác {other}"


@_rule("C17", "archives: a chain with links both ways, every entry in exactly one, everywhere the same version")
def _archives(release: Release) -> Found:
    for kind in ("rss", "atom"):
        if kind not in release.main:
            yield kind, "không có nguồn tin chính"
            continue
        chain = list(_chain(release, release.main[kind]))
        yield from _chain_links(release, kind, chain)
        times = Counter(guid for feed in chain for guid in feed.guids)
        wanted = set(release.truth) if release.truth is not None else set(release.main[kind].guids)
        for guid in wanted ^ set(times):
            yield kind, f"thừa hoặc thiếu trong nguồn lưu trữ: {guid}"
        for guid, count in times.items():
            if count > 1:
                yield kind, f"đứng trong {count} nguồn lưu trữ: {guid}"
        for feed in chain:
            for entry in feed.entries:
                month = f"{entry.published:%Y-%m}" if entry.published else ""
                if feed.path.rpartition("/")[2].partition(".")[0] != month:
                    yield feed.path, f"tin đăng {month}: {entry.title}"
    versions: dict[tuple[str, str], tuple[object, ...]] = {}
    for feed, entry, where in release.each():
        if feed.path != BLOCK and versions.setdefault((feed.kind, entry.guid), entry.version) != entry.version:
            yield where, "mỗi nguồn tin nói một khác"


def _chain(release: Release, feed: Feed) -> Iterator[Feed]:
    seen: set[str] = set()
    address = feed.link("prev-archive")
    while address is not None:
        path = release.file_at(address)
        if path is None or path in seen or path not in release.feeds:
            return
        seen.add(path)
        yield release.feeds[path]
        address = release.feeds[path].link("prev-archive")


def _chain_links(release: Release, kind: str, chain: Sequence[Feed]) -> Found:
    later = None
    for feed in chain:
        if not feed.is_archive or feed.kind != kind or not feed.entries:
            yield feed.path, "không phải nguồn lưu trữ cùng dạng có tin"
        if feed.link("current") != release.base + MAIN[kind]:
            yield feed.path, f"current là {feed.link('current')}"
        if feed.link("next-archive") != (release.base + later.path if later else None):
            yield feed.path, f"next-archive là {feed.link('next-archive')}"
        later = feed
    last = chain[-1] if chain else release.main[kind]
    if last.link("prev-archive") is not None:
        yield last.path, f"prev-archive không dẫn tới đâu: {last.link('prev-archive')}"
    outside = {f.path for f in release.feeds.values() if f.is_archive and f.kind == kind} - {f.path for f in chain}
    for path in sorted(outside):
        yield path, "chuỗi lưu trữ không tới được"


@_rule("C18", "a removed entry has its mark and a tombstone of its last change, a standing one neither")
def _removed(release: Release) -> Found:
    for path, feed in release.feeds.items():
        stones = dict(feed.stones)
        if len(stones) != len(feed.stones) or (path == BLOCK and stones):
            yield path, f"bia gỡ tin lặp hoặc thừa: {feed.stones}"
        if feed.kind == "json":
            stones = {i["id"]: i["_da_go"]["ngay"] for i in feed.root["items"] if "_da_go" in i}
        removed = {entry.guid: entry.updated for entry in feed.entries if entry.is_removed}
        if {guid: moment(when) for guid, when in stones.items()} != removed:
            yield path, f"bia gỡ tin {stones}, tin mang dấu gỡ {removed}"
        for entry in feed.entries:
            told = release.truth.get(entry.guid) if release.truth is not None else None
            if told is not None and entry.is_removed != (told["status"] == "withdrawn"):
                yield path, f"dấu gỡ tin không đúng: {entry.title!r}"


@_rule("C19", "feeds of units and fields: exactly what is theirs, up to the window")
def _by_list(release: Release) -> Found:
    if release.truth is None:
        return
    units: dict[str, set[str]] = {}
    for guid, told in release.truth.items():
        for unit in told["units"]:
            units.setdefault(unit, set()).add(guid)
    for unit in units:
        if f"don-vi/{unit}/rss.xml" not in release.feeds:
            yield f"don-vi/{unit}", "đơn vị có tin mà không có nguồn tin"
    fields: set[str] = set()
    for path, feed in release.lists.items():
        if path.startswith("don-vi/"):
            yield from _holds(feed, units.get(path.split("/")[1], set()))
        if path.startswith("linh-vuc/"):
            fields |= set(feed.guids)
    if len(release.truth) <= LEAST and fields != set(release.truth):
        yield "linh-vuc/", f"{len(set(release.truth) ^ fields)} tin không ở lĩnh vực nào, hoặc lạ"


def _holds(feed: Feed, wanted: set[str]) -> Found:
    held = set(feed.guids)
    if held - wanted:
        yield feed.path, f"tin của nơi khác: {sorted(held - wanted)[:2]}"
    if len(held) < min(LEAST, len(wanted)):
        yield feed.path, f"có {len(held)} trong {len(wanted)} tin"


@_rule("C20", "entries equal the truth: title, link, publication, change; the block's and the consultations' feeds too")
def _true(release: Release) -> Found:
    if release.truth is None:
        return
    for feed, entry, where in release.each():
        told = release.truth.get(entry.guid)
        if told is None:
            yield where, "không có trong sổ công khai"
            continue
        said = (entry.title, entry.link, entry.published)
        if said != (told["title"], release.base + told["url"], moment(told["published"])):
            yield where, f"nói {said}, sổ ghi {told}"
        if feed.path != BLOCK and entry.updated != moment(told["updated"]):
            yield where, f"đổi lúc {entry.updated}, sổ ghi {told['updated']}"
    standing = [(g, t) for g, t in release.truth.items() if t["status"] == "published"]
    standing.sort(key=lambda pair: pair[1]["ma"])
    standing.sort(key=lambda pair: moment(pair[1]["published"]) or datetime.min, reverse=True)
    if release.feeds[BLOCK].guids != [guid for guid, _ in standing][:BLOCK_WINDOW]:
        yield BLOCK, "không đúng các tin đang đăng, xếp theo ngày đăng"
    asked = {guid for guid, told in release.truth.items() if told["giai_doan"] == "xay-dung"}
    if set(release.feeds[ASKED].guids) ^ asked and len(asked) <= LEAST:
        yield ASKED, "không đúng các dự thảo lấy ý kiến"


_JSON_TOP = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"}
_JSON_ITEM = {
    "id", "url", "title", "content_html", "summary", "date_published", "date_modified", "authors", "tags", "attachments",
}  # fmt: skip


@_rule("C21", "JSON Feed 1.1: its keys, strings as ids, text, attachments with type; own keys begin with _")
def _json_feed(release: Release) -> Found:
    feed = release.main.get("json")
    if feed is None:
        yield MAIN["json"], "không có"
        return
    if feed.root["version"] != "https://jsonfeed.org/version/1.1":
        yield feed.path, f"version {feed.root['version']}"
    for key in {*feed.root} - _JSON_TOP | {k for i in feed.root["items"] for k in i} - _JSON_ITEM:
        if not key.startswith("_"):
            yield feed.path, f"khóa lạ: {key}"
    for item in feed.root["items"]:
        texts = [item.get(key) for key in ("id", "url", "title", "content_html")]
        if not all(isinstance(text, str) and text for text in texts) or not all(a.get("name") for a in item["authors"]):
            yield feed.path, f"thiếu id, url, title, nội dung hoặc tác giả: {item.get('id')}"
        if item.get("summary") == "" or not all(
            a.get("url") and a.get("mime_type") for a in item.get("attachments", ())
        ):
            yield feed.path, f"tóm tắt rỗng hoặc tệp không rõ loại: {item.get('id')}"


@_rule("C22", "window: the larger of 100 and the changes of 30 days, at most 500; size within bounds")
def _window(release: Release) -> Found:
    if release.truth is None:
        return
    told = sorted(release.truth.values(), key=lambda t: (-_changed(t), t["ma"]))
    since = _changed(told[0]) - 30 * 86400 if told else 0.0
    recent = sum(1 for t in told if _changed(t) >= since)
    wanted = [t["guid"] for t in told[: min(500, max(LEAST, recent))]]
    for feed in release.main.values():
        if feed.guids != wanted:
            yield feed.path, f"cửa sổ có {len(feed.guids)} tin, phải là {len(wanted)}, mới đổi trước, rồi theo mã"
        if len(feed.content) > MOST_BYTES or len(feed.content) > 4_000 + ENTRY_BYTES * len(feed.entries):
            yield feed.path, f"{len(feed.content)} byte cho {len(feed.entries)} tin"


def _changed(told: Mapping[str, Any]) -> float:
    read = moment(told["updated"])
    return read.timestamp() if read else 0.0


@_rule("C23", "Atom entries: one alternate link, html content; enclosures with type and length")
def _atom_entries(release: Release) -> Found:
    for path, feed in release.feeds.items():
        if feed.kind == "atom":
            for item in feed.root.findall(f"{ATOM}entry"):
                rels = Counter(link.get("rel") for link in item.findall(f"{ATOM}link"))
                kind = item.find(f"{ATOM}content").get("type")
                if rels["alternate"] != 1 or rels["enclosure"] > 1 or kind != "html":
                    yield path, f"liên kết {dict(rels)}, nội dung kiểu {kind}"
    for _, entry, where in release.each():
        for address, length, kind in entry.enclosures:
            if not length.isdigit() or not _MIME.fullmatch(kind):
                yield where, f"tệp kèm không rõ loại hoặc độ dài: {address}"


@_rule("C24", "enclosures exist and are as long as they say")
def _enclosures(release: Release) -> Found:
    for _, entry, where in release.each():
        for address, length, _ in entry.enclosures:
            file = release.file_at(address)
            if file is None or len(release.files[file]) != int(length):
                yield where, f"tệp kèm không có hoặc sai độ dài: {address}"


@_rule("C25", "a draft's title begins [Dự thảo], and nobody else's does")
def _drafts(release: Release) -> Found:
    for _, entry, where in release.each():
        told = release.truth.get(entry.guid) if release.truth is not None else None
        if told is not None and not ERASED.fullmatch(entry.title):
            is_marked = entry.title.removeprefix(REMOVED).startswith(DRAFT)
            if is_marked != (told["giai_doan"] == "xay-dung"):
                yield where, f"giai_doan là {told['giai_doan']}"


# Real clients

CLIENTS: dict[str, tuple[str, Callable[[Release], Found]]] = {}


def _feedparser(release: Release) -> Found:
    for path, feed in release.feeds.items():
        if feed.kind == "json":
            continue
        read = feedparser.parse(feed.content, response_headers={"content-type": "application/xml; charset=utf-8"})
        if read.bozo:
            yield path, f"bozo: {read.get('bozo_exception')!r}"
        held = [(e.get("id"), e.get("title"), e.get("link"), bool(e.get("published_parsed"))) for e in read.entries]
        if held != [(e.guid, e.title, e.link, True) for e in feed.entries]:
            yield path, "feedparser đọc khác"


def _reader(release: Release) -> Found:
    from reader import make_reader

    feeds = [feed for feed in release.feeds.values() if feed.kind != "json"]
    with tempfile.TemporaryDirectory() as name:
        for feed in feeds:
            target = Path(name, feed.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(feed.content)
        with make_reader(":memory:", feed_root=name) as held:
            for feed in feeds:
                held.add_feed(feed.path)
            for result in held.update_feeds_iter(scheduled=False):
                if isinstance(result.value, Exception):
                    yield result.url, repr(result.value)
            for feed in feeds:
                if {e.id for e in held.get_entries(feed=feed.path)} != set(feed.guids):
                    yield feed.path, "reader giữ các guid khác"


CLIENTS["C14"] = ("feedparser reads the same ids, titles, links and dates, without a complaint", _feedparser)
CLIENTS["C15"] = ("reader stores exactly the same ids", _reader)


def read_truth(content: bytes) -> dict[str, dict[str, Any]]:
    """The entries of a ledger by guid."""
    return {entry["guid"]: entry for entry in json.loads(content)["entries"]}


def check(
    site: Path | Files,
    base: str,
    truth: Path | Mapping[str, Mapping[str, Any]] | None,
    now: datetime | None,
    *,
    with_clients: bool = True,
) -> list[Failure]:
    """Every fault of a site's feeds; `base`: the site's address, `truth`: its ledger, `now`: the moment of the build."""
    known = read_truth(truth.read_bytes()) if isinstance(truth, Path) else truth
    release = Release(Folder(site) if isinstance(site, Path) else site, base, known, now)
    missing = [path for path in (*MAIN.values(), BLOCK, ASKED) if path not in release.feeds]
    if missing:
        return [Failure("C01", path, "không có hoặc không đọc được") for path in missing] + [
            Failure("C02", where, text) for where, text in release.broken
        ]
    checks = CHECKS | CLIENTS if with_clients else CHECKS
    return [Failure(code, *found) for code, (_, judge) in sorted(checks.items()) for found in judge(release)]
