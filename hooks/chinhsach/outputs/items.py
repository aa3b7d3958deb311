"""Entries in, what every feed and the ledger say of them out: guid, title, dates, text. No word depends on today."""

from __future__ import annotations

import hashlib
import html
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from ..attachments import FileFacts
from ..catalogue import Catalogue, Entry
from ..policy import Policy, Status
from ..site_config import SiteConfig
from ..text import clean, one_line
from . import events, words
from .view import entry_path

_LEAST, _MOST, _WINDOW = 100, 500, timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as feeds tell it (DESIGN §5). `paragraphs` are text; `is_removed` asks for a tombstone."""

    entry: Entry
    guid: str
    path: str
    title: str
    published: datetime
    updated: datetime
    paragraphs: tuple[str, ...]
    is_removed: bool
    is_erased: bool
    units: tuple[str, ...]
    categories: tuple[str, ...]
    enclosure: FileFacts | None

    @property
    def summary(self) -> str:
        """The entry's own summary as one clean line; "" where nobody wrote one or it was erased."""
        return "" if self.is_erased else feed_text(self.entry.policy.summary)

    @property
    def html(self) -> str:
        """The item's text as HTML."""
        return "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in self.paragraphs)


def guid_of(policy: Policy, config: SiteConfig) -> str:
    """`urn:uuid:` of UUIDv5(namespace, id): never from the domain, the path, the title or the number."""
    return f"urn:uuid:{uuid.uuid5(config.namespace, policy.id)}"


def feed_guid(path: str, config: SiteConfig) -> str:
    """The id of a feed: UUIDv5(namespace, `feed:` + path)."""
    return f"urn:uuid:{uuid.uuid5(config.namespace, 'feed:' + path)}"


_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


def feed_text(text: str) -> str:
    """One line without invisible characters or entities; angle brackets become ‹ ›, because clients unescape titles."""
    shown = one_line(clean(text))
    while (plain := one_line(clean(_ENTITY.sub(lambda found: html.unescape(found[0]), shown)))) != shown:
        shown = plain  # each round is shorter: «&amp;lt;» is «&lt;», then «<»
    return shown.replace("<", "‹").replace(">", "›")


def unique_titles(entries: Iterable[Entry]) -> dict[str, str]:
    """A title for each entry that no other has: the earliest keeps its own, later ones gain number, day or id.

    A removed entry keeps its place among them, so that its removal does not change the title of another.
    """
    titles: dict[str, str] = {}
    taken: set[str] = set()
    stood: set[str] = set()
    for entry in sorted(entries, key=lambda e: (e.policy.published, e.id)):
        policy = entry.policy
        title = feed_text(words.page_title(policy))
        standing = feed_text(words.standing_title(policy))
        if title in taken or (standing in stood and not policy.is_erased):
            number = policy.number.text if policy.number and not policy.is_erased else ""
            day = words.day_of(policy.published).strftime("%d/%m/%Y") if not policy.is_erased else ""
            choices = [f"{title} ({part})" for part in (number, day, policy.id) if part]
            title = next((choice for choice in choices if choice not in taken), choices[-1])
        while title in taken:  # somebody's own headline reads like one that was made unique
            title = f"{title} ({policy.id})"
        taken.add(title)
        stood.add(standing)
        titles[entry.id] = title
    return titles


def make_items(catalogue: Catalogue, config: SiteConfig) -> list[Item]:
    """An item for each released entry, newest change first, ties by id."""
    released = catalogue.released()
    titles = unique_titles(released)
    items = [_item(entry, titles[entry.id], catalogue, config) for entry in released]
    return sorted(items, key=lambda item: (-item.updated.timestamp(), item.entry.id))


class Changed(Protocol):
    """Whatever knows when it last changed: an item, or a line of a ledger."""

    @property
    def updated(self) -> datetime: ...  # noqa: D102 - the protocol's one word


ChangedT = TypeVar("ChangedT", bound=Changed)


def window(items: list[ChangedT]) -> list[ChangedT]:
    """The larger of 100 entries and all changes of the 30 days before the newest change, at most 500.

    `items` come newest change first.
    """
    if not items:
        return []
    since = items[0].updated - _WINDOW
    recent = sum(1 for item in items if item.updated >= since)
    return items[: min(_MOST, max(_LEAST, recent))]


def _item(entry: Entry, title: str, catalogue: Catalogue, config: SiteConfig) -> Item:
    policy = entry.policy
    erased = policy.is_erased
    removed = policy.status is Status.REMOVED
    vocabularies = catalogue.vocabularies
    units = tuple(words.unit_name(u, entry, catalogue) for u in entry.owner.lead)
    categories = units
    if not erased:
        fields = (vocabularies.fields[f].name for f in policy.fields)
        categories = tuple(dict.fromkeys((*units, *fields, words.short_type(policy, vocabularies))))
    first = policy.attachments[0] if policy.attachments else None
    enclosure = entry.files.get(first.file) if first and first.file and not removed else None
    return Item(
        entry=entry,
        guid=guid_of(policy, config),
        path=entry_path(policy.id),
        title=title,
        published=policy.published,
        updated=events.updated(entry, catalogue),
        paragraphs=tuple(_paragraphs(entry, catalogue, config)),
        is_removed=removed,
        is_erased=erased,
        units=units,
        categories=categories,
        enclosure=enclosure,
    )


def _paragraphs(entry: Entry, catalogue: Catalogue, config: SiteConfig) -> list[str]:
    policy = entry.policy
    said = [text for text in (removal_line(policy), _latest_change(policy, catalogue)) if text]
    if policy.is_erased:
        return said[:1]
    if policy.is_draft:
        said.append(draft_line(entry, catalogue))
    said.append(policy.summary)
    said.append(facts_line(entry, catalogue, config))
    return [feed_text(text) for text in said if text]


def removal_line(policy: Policy) -> str:
    """That the department took its item down, when and why, and that the document stays as it is; "" for others."""
    removal = policy.removal
    if policy.status is not Status.REMOVED or removal is None:
        return ""
    day = words.official_date(words.day_of(removal.moment))
    if removal.erases_content:
        return f"Sở đã gỡ tin này ngày {day}."
    untouched = f" Văn bản {policy.number.text} không bị ảnh hưởng." if policy.number else ""
    return f"Sở đã gỡ tin này ngày {day}, lý do {words.lower_first(removal.reason).rstrip('.')}.{untouched}"


def _latest_change(policy: Policy, catalogue: Catalogue) -> str:
    """The newest line of the log, where it tells the reader of a mirror what is different now."""
    if policy.status is Status.REMOVED:
        return ""
    behind = [change for change in events.log(policy) if change.moment <= catalogue.now and change.kind != "go-tin"]
    if not behind:
        return ""
    change = behind[-1]
    day = words.official_date(words.day_of(change.moment))
    if change.kind == "dinh-chinh":
        told = f"trước ghi {change.before}, nay sửa {change.after}" if change.before and change.after else change.text
        return f"Đính chính tin ngày {day}: {told.rstrip('.')}."
    if change.kind == "dang-lai":
        return f"Đăng lại ngày {day}: {change.text.rstrip('.')}."
    return f"Cập nhật ngày {day}: {change.text.rstrip('.')}."


def draft_line(entry: Entry, catalogue: Catalogue) -> str:
    """That a draft is one, and until when comments are taken; or what was issued from it."""
    policy = entry.policy
    issued = words.issued_from(policy, catalogue)
    if issued is not None:
        return f"Dự thảo này đã được ban hành: {words.citation(issued, catalogue.vocabularies)}."
    consultation = policy.consultation
    until = f"; góp ý đến {words.official_date(consultation.closes)}" if consultation else ""
    return f"Dự thảo, chưa ban hành, chưa có hiệu lực{until}."


def facts_line(entry: Entry, catalogue: Catalogue, config: SiteConfig) -> str:
    """The line that carries everything to mirrors that read nothing else; it begins as one cites."""
    policy, vocabularies = entry.policy, catalogue.vocabularies
    parts = [words.citation(policy, vocabularies)]
    if policy.subject:
        parts[0] += f": {policy.subject.rstrip('.')}"
    if policy.no_original is not None:
        parts[0] += f" (theo {policy.no_original.known_through.rstrip('.')})"
    parts.append(words.effect_dates(entry, catalogue))
    if policy.consultation is not None:
        parts.append(f"Hạn góp ý: hết ngày {words.official_date(policy.consultation.closes)}")
    if entry.owner.lead:
        parts.append(
            "Đơn vị phụ trách tin: " + "; ".join(words.unit_name(u, entry, catalogue) for u in entry.owner.lead)
        )
    parts.append(f"Nguồn: {config.department}")
    return ". ".join(part for part in parts if part) + "."


def facts_hash(entry: Entry, public: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of number, dates, issuer, type, subject, relations and attachments' hashes.

    `public`: the entry's public keys as in its JSON; an erased entry has none of them.
    """
    facts = {key: public.get(key) for key in _FACT_KEYS}
    named = [a.file for a in entry.policy.attachments if a.file]
    facts["tep"] = [] if entry.policy.is_erased else [entry.files[name].sha256 for name in named if name in entry.files]
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


_FACT_KEYS = (
    "so_ky_hieu", "ngay_ban_hanh", "ngay_hieu_luc", "ngay_het_hieu_luc", "co_quan_ban_hanh", "loai", "trich_yeu",
    "quan_he", "gop_y",
)  # fmt: skip


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces, so that equal content is equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
