"""The rows of `khoa-cong-khai.yml` in, the keys that may sign a release out, each with the days on which it may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .signing import PublicKey, SigningFault


@dataclass(frozen=True, slots=True)
class ReleaseKey:
    """A published key, its first and last day of use; a revoked one is trusted for no day at all."""

    id: str
    public: PublicKey
    since: date | None = None
    until: date | None = None
    revoked: date | None = None

    def refusal(self, day: date) -> str:
        """Why a signature that was made on the day is not to be trusted; "" where it is."""
        if self.revoked is not None:
            return f"khóa «{self.id}» đã bị thu hồi"
        if (self.since is not None and day < self.since) or (self.until is not None and self.until < day):
            return f"khóa «{self.id}» không được dùng vào ngày ký"
        return ""


def parse(rows: Iterable[Mapping[str, Any]]) -> tuple[ReleaseKey, ...]:
    """The keys of a file that was read. Raises KeyError, TypeError or ValueError for what cannot be used."""
    return tuple(_key(row) for row in rows)


def _key(row: Mapping[str, Any]) -> ReleaseKey:
    try:
        public = PublicKey.from_text(row["khoa"])
    except SigningFault as fault:
        raise ValueError(str(fault)) from None
    key = ReleaseKey(row["id"], public, date.fromisoformat(row["tu"]), _day(row.get("den")), _day(row.get("thu_hoi")))
    if key.since is not None and key.until is not None and key.until < key.since:
        raise ValueError("den đứng trước tu")
    return key


def _day(value: object) -> date | None:
    return None if value in (None, "", "null", "~") else date.fromisoformat(str(value))
