"""A mirror's feed or page in, the rows that it shows out; and those rows against our ledger: what is untrue or lacking.

Feeds go through feedparser, which reads broken XML too; pages through lxml.html.
"""

from __future__ import annotations

import calendar
import hashlib
import html
import io
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import lxml.etree
import lxml.html

from . import numbers
from .dates import VN, InvalidDate, parse_moment
from .ledger import Ledger, LedgerError, Line, Site
from .outputs import words
from .outputs.items import window
from .text import clean, fold, one_line
from .workdays import Calendar

MISSING, STALE, DOUBLED, STILL_SHOWN = "thieu", "cu", "lap", "con-hien-tin-da-go"
WRONG_TITLE, WRONG_LINK, FOREIGN = "sai-tieu-de", "sai-lien-ket", "tin-la"
OUTSIDE, OWN_PAGE = "ngoai-cua-so", "trang-rieng"
FAULTS = (STILL_SHOWN, STALE, WRONG_TITLE, WRONG_LINK, FOREIGN, DOUBLED, MISSING)
"""What makes a mirror differ, the most harmful first; OUTSIDE and OWN_PAGE are told, but are no difference."""

MOST_ROWS = 5_000
_LONGEST = 10_000
_CUT_AT = 250
"""Drupal's aggregator keeps 255 characters of a title and says nothing of the rest."""
_SHORTEST_CUT = 15
_ENDS_CUT = re.compile(r"\s*(…|\.\.\.)\s*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DIGEST = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-f])")
_MARKED = re.compile(r"\[tin da go\]|tin da go(?= \(|$)")
_MARKS = re.compile(r"\[(tin da go|du thao)\]\s*")
_ENTRY = re.compile(r"(?:^|/)(chinh-sach/(?!trang-\d+$)[a-z0-9-]+)$")
_LOOKS_LIKE_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_NUMBER = re.compile(r"\d{1,6}[a-z]?(?:/\d{4})?[/-][^\W\d_][\w&/-]*")
_END_OF_FEED = re.compile(rb"</(?:\w+:)?(?:rss|feed|RDF)\s*>", re.IGNORECASE)
_DATED = re.compile(r"date|time|ngay|pub", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}")
_YEARS = range(1990, 2101)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the mirror as a reader sees it, in clean text; what the mirror does not tell is "" or None.

    `slack` is by how much `updated` may be wrong. `list` tells apart the lists of a page that may show the same entry.
    """

    place: int
    title: str
    link: str
    guid: str = ""
    number: str = ""
    text: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    slack: timedelta = timedelta(minutes=1)
    list: str = ""
    was_cut: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a mirror: its rows, where it was read and what it calls its home; both may be "".

    `is_whole` is false where there were more rows than are read; `is_cut` is true of a feed whose end did not come.
    """

    is_feed: bool
    rows: tuple[Shown, ...]
    address: str = ""
    home: str = ""
    is_whole: bool = True
    is_cut: bool = False

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that are the mirror's own."""
        return frozenset(host for host, _ in map(split_link, (self.address, self.home)) if host)


def parse(content: bytes, address: str = "", content_type: str = "") -> Reading:
    """The rows of a feed or a page; at most 5,000, and none where nothing can be read. Never raises.

    `address` is where the bytes came from, `content_type` how the server called them; both may be empty.
    """
    headers = {"content-type": content_type} if content_type else {}
    if _LOOKS_LIKE_FEED.search(content[:20_000]):
        rows, home = _feed_rows(content, address, headers)
        if rows or not re.search(rb"<a\s", content):
            is_cut = bool(rows) and _END_OF_FEED.search(content) is None
            return Reading(True, tuple(rows[:MOST_ROWS]), address, home, len(rows) <= MOST_ROWS, is_cut)
    rows, home = _page_rows(content, address, content_type)
    return Reading(False, tuple(_without_weak(rows[:MOST_ROWS])), address, home, len(rows) <= MOST_ROWS)


def split_link(link: str) -> tuple[str, str]:
    """A link as host and path without what makes no difference.

    Gone are: http or https, «www.», default ports, doubled and last slashes, index.html, query and fragment.
    """
    try:
        parts = urlsplit(link.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return "", ""
    path = "/".join(part for part in unquote(parts.path).lower().split("/") if part)
    path = path.removesuffix("index.html").rstrip("/")
    return host + (f":{port}" if port not in (None, 80, 443) else ""), path


def plain(text: str) -> str:
    """Markup and entities gone, entities of entities too; one clean line, with ‹ › for angle brackets as feeds have."""
    text = html.unescape(text[:_LONGEST])
    text = html.unescape(_TAG.sub("", text))
    text = text.encode("utf-8", "replace").decode()  # an entity can name half of a surrogate pair
    return one_line(clean(_TAG.sub("", text))).replace("<", "‹").replace(">", "›")


def _join(base: str, link: str) -> str:
    try:
        return one_line(clean(urljoin(base, link.strip())))
    except ValueError:
        return one_line(clean(link))


# --- feeds


def _feed_rows(content: bytes, address: str, headers: Mapping[str, str]) -> tuple[list[Shown], str]:
    try:
        # A file object: feedparser would take short bytes for a file's name and open it.
        found = feedparser.parse(
            io.BytesIO(content), response_headers=dict(headers), resolve_relative_uris=False, sanitize_html=False
        )
        entries, home = found.entries[: MOST_ROWS + 1], _text(found.feed, "link")
    except Exception:  # whatever a mirror's bytes do to the library, a page is tried next
        return [], ""
    base = address or home
    return [_feed_row(place, entry, base) for place, entry in enumerate(entries, 1)], _join(address, home)


def _feed_row(place: int, entry: Mapping[str, Any], base: str) -> Shown:
    raw = _text(entry, "title")
    content = entry.get("content")
    body = content[0].get("value") if isinstance(content, list) and content else None
    updated = _moment(entry, "updated")
    stated = _text(entry, "updated")
    return Shown(
        place=place,
        title=plain(raw),
        link=_join(base, _text(entry, "link")) if _text(entry, "link") else "",
        guid=one_line(clean(_text(entry, "id"))),
        number=plain(_text(entry, "dc_identifier")),
        text=plain(body if isinstance(body, str) else _text(entry, "summary")),
        published=_moment(entry, "published"),
        updated=updated,
        slack=_slack(updated, stated),
        was_cut=len(raw) >= _CUT_AT,
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key) if key in entry else None
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _moment(entry: Mapping[str, Any], key: str) -> datetime | None:
    parsed = entry.get(f"{key}_parsed") if f"{key}_parsed" in entry else None
    try:
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC).astimezone(VN) if parsed else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    return moment if moment and moment.year in _YEARS else None


def _slack(moment: datetime | None, stated: str) -> timedelta:
    """NukeViet writes the month where the minutes belong; some write a day alone."""
    if ":" not in stated:
        return timedelta(days=1)
    return timedelta(hours=1) if moment is not None and moment.minute == moment.month else timedelta(minutes=1)


# --- pages


def _page_rows(content: bytes, address: str, content_type: str) -> tuple[list[Shown], str]:
    try:
        reader = lxml.html.HTMLParser(encoding=_charset(content, content_type))
        tree = lxml.html.document_fromstring(content, parser=reader)
        base_href = next((str(b.get("href") or "") for b in tree.iter("base")), "")
        base = _join(address, base_href) if base_href else address
        rows = list(islice(_anchors(tree, base), MOST_ROWS + 1))
        home = next((str(e.get("href") or "") for e in tree.iter("link") if e.get("rel") == "canonical"), "")
    except (lxml.etree.LxmlError, ValueError, LookupError, AssertionError):
        return [], ""
    return rows, _join(base, home) if home else base


def _charset(content: bytes, content_type: str) -> str | None:
    """UTF-8 where the bytes are that, else what the server says; None lets the page's own `meta` decide."""
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        stated = re.search(r"charset=[\"']?([\w-]+)", content_type)
        return stated[1] if stated else None


def _anchors(tree: Any, base: str) -> Iterator[Shown]:
    place = 0
    for anchor in tree.iter("a"):
        href = anchor.get("href")
        if not href or href.lstrip().startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        text = anchor.text_content() or anchor.get("title") or next((i.get("alt") for i in anchor.iter("img")), "")
        link = _join(base, href)
        place += 1
        yield Shown(place, plain(html.escape(text or "")), link, published=_page_date(anchor), list=_list_of(anchor))


def _list_of(anchor: Any) -> str:
    """Tags and classes above a link: the rows of one list have them in common, those of a side column do not."""
    return "/".join(f"{e.tag}.{e.get('class') or ''}" for e in islice(anchor.iterancestors(), 8))


def _page_date(anchor: Any) -> datetime | None:
    """The date beside a link: of a `time`, or of what is called date, in the nearest box about this link alone."""
    for box in islice(anchor.iterancestors(), 3):
        inside = list(islice(box.iter(lxml.etree.Element), 60))
        if any(e.tag == "a" and e.get("href") not in (None, anchor.get("href")) for e in inside) or len(inside) == 60:
            return None
        for element in inside:
            if element.tag == "time" or _DATED.search(element.get("class") or ""):
                day = _DAY.search(str(element.get("datetime") or element.text_content()))
                if day:
                    return _day(day[0])
    return None


def _day(text: str) -> datetime | None:
    try:
        return parse_moment(text)
    except InvalidDate:
        return None


def _without_weak(rows: list[Shown]) -> list[Shown]:
    """The rows without pictures, «Xem thêm» and the like: links that another link of the same target says better."""
    longest: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        longest[split_link(row.link)] = max(longest[split_link(row.link)], len(row.title))
    return [row for row in rows if row.title and len(row.title) * 2 >= min(longest[split_link(row.link)], 60)]


# --- comparing


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the result: an entry of ours, a row of the mirror, or both, with what is to be said of them.

    `codes` is empty where all is well. `delay`: working days from our publication to the mirror's own date;
    `since`: working days that an untruth or a gap has stood since our last change; None where not known.
    """

    codes: tuple[str, ...]
    line: Line | None
    shown: Shown | None
    matched_by: str = ""
    in_window: bool = True
    delay: int | None = None
    since: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_fault(self) -> bool:
        """Whether the row is a difference."""
        return any(code in FAULTS for code in self.codes)


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of our side: the ledger's lines, the site's address or "", and what entries' data and feed say.

    `number` gives an entry's document number or ""; `texts` are the texts of our feed by guid.
    """

    lines: tuple[Line, ...]
    address: str = ""
    number: Callable[[Line], str] = lambda line: ""
    texts: Mapping[str, str] = field(default_factory=dict)


def own_side(ours: Ledger, site: Site | None, address: str = "") -> Own:
    """Our side of the comparison; what the ledger does not hold comes from the site that it stands in, if it does."""
    feed = parse(_own_feed(site)) if site else Reading(True, ())

    def number(line: Line) -> str:
        try:
            return site.entry(line).number if site else ""
        except LedgerError:
            return ""  # not the file of this ledger: then nothing is known of the number

    texts = {shown.guid: shown.text for shown in feed.rows}
    return Own(ours.lines, address or feed.home, number, texts)


def _own_feed(site: Site) -> bytes:
    try:
        return (site.folder / "rss.xml").read_bytes()
    except OSError:
        return b""


@dataclass(frozen=True, slots=True)
class Wish:
    """How to compare: `everything` asks for entries outside the window too, `newest` narrows it to so many entries.

    `mixed` says that the mirror rightly shows other bodies' news.
    """

    everything: bool = False
    newest: int | None = None
    mixed: bool = False


def compare(reading: Reading, own: Own, calendar_: Calendar, now: datetime, wish: Wish | None = None) -> list[Row]:
    """Every row of the mirror that is or pretends to be ours, in its order; then what it lacks, newest change first."""
    wished = wish or Wish()
    newest_first = sorted(own.lines, key=lambda line: (-line.updated.timestamp(), line.id))
    inside = newest_first if wished.everything else window(newest_first)[: wished.newest]
    wanted = {line.id for line in inside}
    finder, judge = _Finder(own), _Judge(own, reading, now, calendar_)
    rows: list[Row] = []
    seen: dict[str, set[str]] = defaultdict(set)
    for shown in reading.rows:
        line, by = finder.find(shown)
        if line is None:
            if _is_foreign(shown, reading, own, wished):
                rows.append(Row((FOREIGN,), None, shown))
            continue
        row = judge.row(line, shown, by, line.id in wanted)
        if shown.list in seen[line.id]:
            row = replace(row, codes=(*row.codes, DOUBLED))
        seen[line.id].add(shown.list)
        rows.append(row)
    lacking = [line for line in newest_first if line.id not in seen and not line.is_withdrawn]
    return rows + [judge.lacking(line, line.id in wanted) for line in lacking]


def _is_foreign(shown: Shown, reading: Reading, own: Own, wish: Wish) -> bool:
    """Whether a row that nobody of ours answers to is worth telling: all of a feed, of a page what leads to us."""
    host, path = split_link(shown.link)
    at_home, _ = split_link(own.address)
    leads_to_us = bool(host and host == at_home and _ENTRY.search(path))
    return leads_to_us or (reading.is_feed and not wish.mixed)


class _Finder:
    """Finds the entry that a row shows: by guid, then our link, then number, then title."""

    def __init__(self, own: Own) -> None:
        self._own = own
        self._by_guid = {key: line for line in own.lines for key in _guid_keys(line.guid)}
        self._by_link = {line.url.strip("/").lower(): line for line in own.lines}
        self._by_title: dict[str, list[Line]] = defaultdict(list)
        for line in own.lines:
            self._by_title[title_key(line.title)].append(line)
        self._titles = sorted(self._by_title)

    @cached_property
    def _by_number(self) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self._own.lines:
            if number := self._own.number(line):
                found[_number_key(number)].append(line)
        return found

    def find(self, shown: Shown) -> tuple[Line | None, str]:
        for by, find in (
            ("guid", self._guid),
            ("lien-ket", self._link),
            ("so-ky-hieu", self._number),
            ("tieu-de", self._title),
        ):
            line = find(shown)
            if line is not None:
                return line, by
        return None, ""

    def _guid(self, shown: Shown) -> Line | None:
        guid = shown.guid.lower()
        keys = [guid, *(f"urn:uuid:{found}" for found in _UUID.findall(guid)), *_DIGEST.findall(guid)]
        return next((self._by_guid[key] for key in keys if key in self._by_guid), None)

    def _link(self, shown: Shown) -> Line | None:
        for link in (shown.link, shown.guid):
            entry = _ENTRY.search(split_link(link)[1])
            if entry and entry[1] in self._by_link:
                return self._by_link[entry[1]]
        return None

    def _number(self, shown: Shown) -> Line | None:
        if shown.number:
            stated = self._by_number.get(_number_key(shown.number), [])
            return stated[0] if len(stated) == 1 else None
        told = list(dict.fromkeys(_number_key(found) for found in _NUMBER.findall(shown.title.lower())))
        if not told:
            return None
        lines = [line for key in told for line in self._by_number.get(key, [])]
        # Another body's news names the same document: the words must be alike too.
        return lines[0] if len(lines) == 1 and _are_alike(shown.title, lines[0].title) else None

    def _title(self, shown: Shown) -> Line | None:
        key = title_key(shown.title)
        if not key:
            return None
        lines = self._by_title.get(key, []) or self._cut_title(shown)
        return lines[0] if len(lines) == 1 else None

    def _cut_title(self, shown: Shown) -> list[Line]:
        key = title_key(_ENDS_CUT.sub("", shown.title))
        if not _is_cut(shown) or len(key) < _SHORTEST_CUT:
            return []
        start = bisect_left(self._titles, key)
        begun = [title for title in self._titles[start : start + 2] if title.startswith(key)]
        return self._by_title[begun[0]] if len(begun) == 1 else []


def _guid_keys(guid: str) -> Iterator[str]:
    """A guid as a mirror may keep it: itself, or hashed (FeedWordPress)."""
    yield guid.lower()
    for kind in ("md5", "sha1", "sha256"):
        yield hashlib.new(kind, guid.encode(), usedforsecurity=False).hexdigest()


def _number_key(number: str) -> str:
    return fold(numbers.clean(number))


def title_key(title: str) -> str:
    """A title as mirrors may write it: no marks, no diacritics, letters and digits only."""
    return " ".join(re.findall(r"\w+", _MARKS.sub("", fold(plain(title)))))


def _are_alike(one: str, other: str) -> bool:
    first, second = set(title_key(one).split()), set(title_key(other).split())
    return bool(first and second) and len(first & second) * 2 >= min(len(first), len(second))


def _is_cut(shown: Shown) -> bool:
    return shown.was_cut or bool(_ENDS_CUT.search(shown.title))


def _is_marked(title: str) -> bool:
    return bool(_MARKED.match(fold(plain(title))))


def _says_title(shown: Shown, title: str) -> bool:
    """Whether a row bears our title, be it cut, in other capitals or with other spaces."""
    said, ours = plain(shown.title).casefold(), plain(title).casefold()
    if said == ours:
        return True
    begun = _ENDS_CUT.sub("", said)
    return _is_cut(shown) and len(begun) >= _SHORTEST_CUT and ours.startswith(begun)


class _Judge:
    """Says what is untrue of a row that shows an entry of ours."""

    def __init__(self, own: Own, reading: Reading, now: datetime, days: Calendar) -> None:
        self._own, self._reading, self._now, self._days = own, reading, now, days

    def row(self, line: Line, shown: Shown, by: str, in_window: bool) -> Row:
        codes, notes = self._content(line, shown)
        codes += self._link(line, shown)
        delay, told = self._delay(line, shown)
        since = self._since(line) if {STALE, STILL_SHOWN} & set(codes) else None
        return Row(tuple(codes), line, shown, by, in_window, delay, since, (*notes, *told))

    def lacking(self, line: Line, in_window: bool) -> Row:
        return Row((MISSING if in_window else OUTSIDE,), line, None, "", in_window, None, self._since(line))

    def _content(self, line: Line, shown: Shown) -> tuple[list[str], list[str]]:
        if line.is_withdrawn and not _is_marked(shown.title):
            return [STILL_SHOWN], []
        if not line.is_withdrawn and _is_marked(shown.title):
            return [STALE], ["cổng còn ghi đã gỡ, tin đã đăng lại"]
        was_changed = line.updated > line.published
        is_older = shown.updated is not None and shown.updated < line.updated - shown.slack
        if not _says_title(shown, line.title):
            has_old = is_older or (shown.updated is None and was_changed)
            return ([STALE], ["tiêu đề cũ"]) if has_old else ([WRONG_TITLE], [])
        if is_older:
            return [STALE], ["ngày sửa của cổng cũ hơn của Sở"]
        if was_changed and self._has_old_text(line, shown):
            return [STALE], ["phần chữ còn là chữ cũ"]
        return [], []

    def _has_old_text(self, line: Line, shown: Shown) -> bool:
        """Whether the row's text is neither the beginning of ours nor holds it; a mirror may show a part or nothing."""
        said, ours = title_key(_ENDS_CUT.sub("", shown.text)), title_key(self._own.texts.get(line.guid, ""))
        if len(said) < 40 or not ours:
            return False
        return said[:60] not in ours and ours[:60] not in said

    def _link(self, line: Line, shown: Shown) -> list[str]:
        host, path = split_link(shown.link)
        at_home, base = split_link(self._own.address)
        if not shown.link or not host or not at_home:
            return []
        if (host, path) == (at_home, "/".join(part for part in (base, line.url.strip("/")) if part)):
            return []
        return [OWN_PAGE] if host in self._reading.hosts - {at_home} else [WRONG_LINK]

    def _delay(self, line: Line, shown: Shown) -> tuple[int | None, list[str]]:
        if shown.published is None:
            return None, []
        if shown.published > self._now + timedelta(days=1):
            return None, ["ngày của cổng ở tương lai"]
        if shown.published < line.published - timedelta(days=1):
            return None, ["ngày của cổng sớm hơn ngày Sở đăng"]
        return self._count(line.published, shown.published)

    def _since(self, line: Line) -> int | None:
        return self._count(line.updated, self._now)[0]

    def _count(self, start: datetime, end: datetime) -> tuple[int | None, list[str]]:
        days = self._days.between(words.day_of(start), words.day_of(end))
        return days, [] if days is not None else ["danh mục ngày nghỉ chưa có năm này"]


def count(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows bear each code, in the order of harm; what is not there is not named."""
    listed: Sequence[Row] = list(rows)
    totals = {code: sum(code in row.codes for row in listed) for code in (*FAULTS, OWN_PAGE, OUTSIDE)}
    return {code: total for code, total in totals.items() if total}
