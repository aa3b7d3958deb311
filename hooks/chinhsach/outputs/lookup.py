"""A catalogue in, `/kiem-tra-tin/` and the small files in which a reader's browser looks up what was pasted out.

Two kinds of file, cut so that none grows with the site: by the CRC-32 of a clue (number, headline, address) the ids of
its entries, by the CRC-32 of an id what is said of the entry. `docs/assets/kiem-tra-tin.js` makes the same keys.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from ..catalogue import Catalogue, Entry, newest_first
from ..policy import Policy, Status
from ..site_config import SiteConfig
from ..text import fold
from . import events, words
from .head import page_head
from .view import GOC, View, link, shown_day

FOLDER = "kiem-tra-tin/"
DATA = FOLDER + "du-lieu/"
PER_FILE = 64
"""Entries in a file that are aimed at: some 10 KB as sent."""
HEADLINE = 80
"""Characters of a folded headline that are a clue; a shorter line must be equal."""
_SHORTEST = 15
_NUMBER_PARTS = re.compile(r"[0-9]+|[a-z]+")
_WORDS = re.compile(r"[a-z0-9]+")
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|zarsrc|mibextid|igshid|igsh|mc_cid|mc_eid")


def number_key(text: str) -> str:
    """A document number however it is spelled: «07/CT-TTg», «7/ct ttg», «07-CT-TTG» are `7ctttg`."""
    key, last = "", ""
    for part in _NUMBER_PARTS.findall(fold(text)):
        part = part.lstrip("0") or "0" if part.isdigit() else part
        key += ("." if last.isdigit() and part.isdigit() else "") + part
        last = part
    return key


def headline_key(text: str) -> str:
    """The beginning of a line as folded words; "" where it is too short to be anybody's own."""
    folded = " ".join(_WORDS.findall(fold(text)))
    return folded[:HEADLINE] if len(folded) >= _SHORTEST else ""


def address_key(url: str) -> str:
    """A web address without scheme, `www.`, tracking parameters, fragment and closing slash."""
    parts = urlsplit(url)
    asked = sorted(p for p in parts.query.split("&") if p and not _TRACKING.fullmatch(p.partition("=")[0].lower()))
    path = unquote(parts.path).rstrip("/") + ("?" + unquote("&".join(asked)) if asked else "")
    return ((parts.hostname or "").removeprefix("www.") + path).lower()


def files(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """The files that the page reads, by path from the root; every number up to `file_count` has one of each kind.

    The count is in the path: a page from before it changed must find no file rather than look in the wrong one.
    """
    entries = catalogue.released()
    count = file_count(len(entries))
    clues: list[dict[str, list[str]]] = [{} for _ in range(count)]
    told: list[dict[str, Any]] = [{} for _ in range(count)]
    for entry in entries:
        told[_place(entry.id, count)][entry.id] = _record(entry, catalogue)
        for clue in dict.fromkeys(_clues(entry.policy)):
            clues[_place(clue, count)].setdefault(clue, []).append(entry.id)
    for place in range(count):
        yield f"{DATA}{count}/khoa-{place}.json", _json(clues[place])
        yield f"{DATA}{count}/tin-{place}.json", _json(told[place])


def file_count(entries: int) -> int:
    """How many files of each kind: a power of two, so that the cut seldom changes."""
    count = 1
    while count * PER_FILE < entries:
        count *= 2
    return count


def _place(key: str, count: int) -> int:
    return zlib.crc32(key.encode()) % count


def _clues(policy: Policy) -> Iterator[str]:
    yield from ("d" + path.strip("/") for path in policy.former_paths)
    if policy.is_erased:
        return
    if policy.number is not None:
        yield "s" + number_key(policy.number.text)
    for text in (policy.title, policy.subject):
        if key := headline_key(text):
            yield "t" + key
    if policy.original_url:
        yield "u" + address_key(policy.original_url)


def _record(entry: Entry, catalogue: Catalogue) -> View:
    policy = entry.policy
    record: View = {"td": words.headline(policy)}
    removal = policy.removal if policy.status is Status.REMOVED else None
    if removal is not None:
        record["go"] = words.day_of(removal.moment).isoformat()
    if policy.is_erased:
        return record
    record |= {"vb": words.citation(policy, catalogue.vocabularies), "dang": words.day_of(policy.published).isoformat()}
    if removal is not None:
        record["ly"] = words.lower_first(removal.reason).rstrip(".")
        record["thay"] = removal.replaced_by
        record["so"] = policy.number.text if policy.number else ""
        return record
    corrected = [c for c in events.log(policy) if c.kind == "dinh-chinh" and c.moment <= catalogue.now]
    if corrected:
        record["sua"] = words.day_of(corrected[-1].moment).isoformat()
    if policy.consultation is not None:
        asked = policy.consultation
        record["gy"] = [asked.opens.isoformat(), asked.closes.isoformat()]
        record["gy"] += [asked.result.day.isoformat()] if asked.result else []
    elif not policy.is_draft:
        record["hl"] = [
            [step.since.isoformat() if step.since else "", step.state.id, step.state.reason, name, detail]
            for step in catalogue.timeline(entry)
            for name, detail in (words.state_words(step.state, policy, catalogue),)
        ]
    return record


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


# The page


def head(config: SiteConfig) -> View:
    """The <head> of the page."""
    described = "Dán số văn bản, địa chỉ hoặc tin nhắn được chuyển tiếp: Sở đã đăng tin ấy chưa, hôm nay ra sao."
    return page_head(config, FOLDER, "Kiểm tra một tin", described)


def page_view(catalogue: Catalogue, config: SiteConfig) -> View:
    """What kiem-tra-tin.html needs; `dia_chi`: the site's official address, `khoa`: the keys that sign its releases."""
    return {
        "goc": GOC,
        "duong_dan": [link("Trang đầu", GOC)],
        "so_phan": file_count(len(catalogue.released())),
        "dia_chi": config.site_url,
        "chinh_thuc": config.is_official,
        "vi_du": _example(catalogue.listed()),
        "khoa": [
            {
                "khoa": key.public.text,
                "tu": shown_day(key.since) if key.since else None,
                "den": shown_day(key.until) if key.until else None,
                "thu_hoi": shown_day(key.revoked) if key.revoked else None,
            }
            for key in catalogue.vocabularies.release_keys
        ],
    }


def _example(entries: Iterable[Entry]) -> str:
    """A number that is found: the newest entry's that has one."""
    return next((e.policy.number.text for e in newest_first(entries) if e.policy.number), "")
