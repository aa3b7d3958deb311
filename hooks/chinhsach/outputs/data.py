"""Entries in, open data out: one JSON each, all of them as JSON and CSV, the ledger, the schema, the sitemap."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

from ..catalogue import Catalogue, Entry
from ..dates import rfc3339
from ..policy import Status
from ..schema import FIELDS, dump, json_schema
from ..site_config import SiteConfig
from ..vocabulary import Vocabularies
from . import words
from .items import Item, guid_of
from .view import entry_path


def entry_data(entry: Entry, catalogue: Catalogue, config: SiteConfig) -> dict[str, Any]:
    """An entry's public keys as read, then `url`, `guid`, `don_vi` and `hieu_luc` (a timeline, not today's state)."""
    policy = entry.policy
    if policy.is_erased:
        return {
            "ma": policy.id,
            "tieu_de": words.ERASED_TITLE,
            "trang_thai": policy.status.value,
            "url": entry_path(policy.id),
            "guid": guid_of(policy, config),
        }
    behind = tuple(change for change in policy.changes if change.moment <= catalogue.now)
    data = dump(policy if len(behind) == len(policy.changes) else replace(policy, changes=behind))
    data["tieu_de"] = words.headline(policy)
    data["trang_thai"] = policy.status.value
    if policy.full_text is not None:
        data["luu_y_toan_van"] = words.full_text_notice(policy.full_text)
    data["url"] = entry_path(policy.id)
    data["guid"] = guid_of(policy, config)
    data["don_vi"] = [
        {"id": unit, "ten": words.unit_name(unit, entry, catalogue), "vai": role}
        for role, units in (("phu-trach", entry.owner.lead), ("phoi-hop", entry.owner.supporting))
        for unit in units
    ]
    data["hieu_luc"] = (
        []
        if policy.is_draft
        else [
            {
                "tu": step.since.isoformat() if step.since else None,
                "trang_thai": step.state.id,
                "ly_do": step.state.reason,
            }
            for step in catalogue.timeline(entry)
        ]
    )
    return data


def to_json(value: object) -> str:
    """JSON for people's programs: UTF-8 as it is, keys in order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


CSV_KEYS = tuple(
    row.key
    for row in FIELDS
    if row.public and row.kind.json_schema(Vocabularies()).get("type") not in ("array", "object")
)
"""What one cell can hold."""


def to_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """The scalar keys in the table's order, UTF-8 with byte order mark.

    A cell that a spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection).
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([*CSV_KEYS, "url", "guid"])
    for data in rows:
        writer.writerow([safe_cell(data.get(key, "")) for key in (*CSV_KEYS, "url", "guid")])
    return "\ufeff" + buffer.getvalue()


def safe_cell(value: object) -> str:
    """A value as a cell that no spreadsheet runs as a formula."""
    text = str(value)
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def ledger(items: Sequence[Item], hashes: Mapping[str, tuple[str, str]], catalogue: Catalogue) -> dict[str, Any]:
    """The ledger of all that ever was public (DESIGN §5); `hashes`: of each entry's JSON as served, of its facts."""
    return {
        "entries": [
            {
                "guid": item.guid,
                "ma": item.entry.id,
                "url": item.path,
                "title": item.title,
                "published": rfc3339(item.published),
                "updated": rfc3339(item.updated),
                "status": "withdrawn" if item.entry.policy.status is Status.REMOVED else "published",
                "giai_doan": item.entry.policy.stage.value,
                "units": list(catalogue.list_units(item.entry)),
                "sha256": hashes[item.entry.id][0],
                "facts": hashes[item.entry.id][1],
            }
            for item in sorted(items, key=lambda i: i.entry.id)
        ]
    }


def schema(catalogue: Catalogue) -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of `du-lieu/chinh-sach/<ma>.json`."""
    described = json_schema(catalogue.vocabularies)
    states = list(catalogue.vocabularies.states)
    text = {"type": "string"}
    described["properties"] |= {
        "luu_y_toan_van": text,
        "url": text,
        "guid": {"type": "string", "pattern": "^urn:uuid:[0-9a-f-]{36}$"},
        "don_vi": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"id": text, "ten": text, "vai": {"enum": ["phu-trach", "phoi-hop"]}},
                "required": ["id", "ten", "vai"],
                "additionalProperties": False,
            },
        },
        "hieu_luc": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "tu": {"type": ["string", "null"], "format": "date"},
                    "trang_thai": {"enum": states},
                    "ly_do": text,
                },
                "required": ["tu", "trang_thai", "ly_do"],
                "additionalProperties": False,
            },
        },
    }
    described["properties"]["tieu_de"]["maxLength"] += len(words.DRAFT_MARK)
    described["required"] = ["ma", "tieu_de", "url", "guid"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Một tin chính sách",
        **described,
    }


def sitemap(pages: Iterable[tuple[str, str]], config: SiteConfig) -> str:
    """sitemap.xml of (path, day of last change or ""): only pages that search engines may list."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for path, day in pages:
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        lines.append(f"<url><loc>{escape(config.absolute(path))}</loc>{changed}</url>")
    lines.append("</urlset>")
    return "\n".join(lines) + "\n"


def robots(config: SiteConfig) -> str:
    """robots.txt: everything may be read; where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {config.absolute('sitemap.xml')}\n"


def sha256(content: bytes) -> str:
    """SHA-256 as hexadecimal."""
    return hashlib.sha256(content).hexdigest()
