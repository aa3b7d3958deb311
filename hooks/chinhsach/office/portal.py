"""The result of `chinhsach doi-chieu-cong --dinh-dang json` in, what the portal shows of each entry out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

CHANNEL = "cong-tinh"
_HARMLESS = frozenset({"lap", "ngoai-cua-so", "trang-rieng"})
_LACKING = "thieu"


class PortalError(ValueError):
    """The file is no result of a comparison; the message says so in Vietnamese."""


class Seen(NamedTuple):
    """What the portal showed of an entry: the day and the address of its row, or that it lacks the entry."""

    day: date
    text: str
    is_shown: bool
    is_lacking: bool


@dataclass(frozen=True, slots=True)
class Portal:
    """A comparison: the day on which it was made, and what it saw of each entry by id."""

    day: date | None = None
    seen: Mapping[str, Seen] = field(default_factory=dict)
    name: str = ""


NOTHING = Portal()


def parse(text: str, name: str = "") -> Portal:
    """Read a result; an entry counts as shown only where the comparison found nothing wrong with it.

    Raises PortalError.
    """
    try:
        document = json.loads(text)
        day = datetime.fromisoformat(document["luc"]).date()
        rows = [_row(row, day, document["cong"]) for row in document["dong"] if row["ma"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PortalError(
            f"«{name}» không phải kết quả của chinhsach doi-chieu-cong --dinh-dang json; hãy chạy lệnh ấy với --ra"
        ) from None
    seen: dict[str, Seen] = {}
    for entry, found in rows:
        if entry not in seen or (found.is_shown and not seen[entry].is_shown):
            seen[entry] = found
    return Portal(day, seen, name)


def _row(row: Mapping[str, Any], made: date, portal: str) -> tuple[str, Seen]:
    codes = set(row["ket_qua"])
    stands = row["dong_cong"] is not None and codes <= _HARMLESS
    day = datetime.fromisoformat(row["ngay_cong"]).date() if row["ngay_cong"] else made
    return row["ma"], Seen(day, row["lien_ket_cong"] or portal, stands, _LACKING in codes)
