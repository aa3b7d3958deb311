"""A published site in, what is wrong with its age, its schedules and the last attempt out: a line for a monitor."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from . import fetch, ledger
from .before_release import Due
from .dates import VN, format_date
from .folder_target import LINK
from .publishing import LEDGER, MANIFEST, moment_of
from .text import one_line

ATTEMPTS = ".cache/xuat-ban"
LONGEST_HOURS = 2
"""A publication that began earlier and never ended was killed."""
_UNDER_WAY, _DONE, _FAILED = "dang-lam", "xong", "khong-xong"
_SHOWN = 3
_TYPES = ("application/json", "text/")


class Unreadable(Exception):
    """The site cannot be asked; the message is one Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A site as it stands: its ledger, and when it was published."""

    public: ledger.Ledger
    moment: datetime


@dataclass(frozen=True, slots=True)
class Limits:
    """How old a release may be, and how long an entry may wait after its time."""

    age: timedelta
    wait: timedelta


class Attempt:
    """What is remembered of the last publication to a target."""

    def __init__(self, root: Path, target: str) -> None:
        key = hashlib.sha256(target.encode("utf-8", "surrogateescape")).hexdigest()[:10]
        self.target, self.folder = target, root / ATTEMPTS
        self.path = self.folder / f"{key}.json"
        self.lock = self.folder / f"{key}.khoa"
        self._before = b""
        self.is_open = False

    def begins(self, now: datetime) -> None:
        """A publication begins."""
        self.is_open = True
        with suppress(OSError):
            self._before = self.path.read_bytes()
        self._write(_UNDER_WAY, now, "")

    def ends(self, now: datetime, fault: str) -> None:
        """It ended: well where `fault` is empty."""
        self.is_open = False
        self._write(_FAILED if fault else _DONE, now, one_line(fault)[:300])

    def never_was(self) -> None:
        """It was no publication: a call that was wrong, or another that is still under way."""
        self.is_open = False
        with suppress(OSError):
            if self._before:
                self.path.write_bytes(self._before)
            else:
                self.path.unlink()

    def _write(self, result: str, now: datetime, fault: str) -> None:
        told = {"dich": self.target, "luc": now.isoformat(), "ket_qua": result, "noi": fault}
        with suppress(OSError):  # a full disk must not keep the message from its reader
            self.folder.mkdir(parents=True, exist_ok=True)
            new = self.path.with_suffix(".moi")
            new.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8", errors="replace")
            os.replace(new, self.path)


def of_folder(folder: Path) -> Seen:
    """A built site, or a folder target with its `hien-tai`. Raises Unreadable."""
    site = folder / LINK if (folder / LINK).is_dir() else folder
    try:
        return Seen(ledger.read(site / LEDGER), datetime.fromtimestamp(moment_of(site), VN))
    except ledger.LedgerError as fault:
        raise Unreadable(str(fault)) from None
    except OSError:
        raise Unreadable(f"«{site}» không có {MANIFEST}") from None


def of_address(url: str, permits: Callable[[fetch.Address], bool]) -> Seen:
    """A site on the web: its list says by `Last-Modified` when it was published. Raises Unreadable."""
    base = url.rstrip("/") + "/"
    limits = fetch.Limits(total=60, size=ledger.MOST_BYTES)
    try:
        listed = fetch.fetch(base + MANIFEST, permits=permits, limits=limits, types=_TYPES)
        told = fetch.fetch(base + LEDGER, permits=permits, limits=limits, types=_TYPES)
        public = ledger.parse(told.body, base + LEDGER)
    except (fetch.FetchError, ledger.LedgerError) as fault:
        raise Unreadable(str(fault)) from None
    try:
        moment = parsedate_to_datetime(listed.modified).astimezone(VN)
    except ValueError:
        raise Unreadable(f"máy chủ không nói {MANIFEST} có từ lúc nào (Last-Modified)") from None
    return Seen(public, moment)


def faults(seen: Seen, due: Iterable[Due], now: datetime, limits: Limits) -> Iterator[str]:
    """What is wrong with a site."""
    if now - seen.moment > limits.age:
        yield f"bản mới nhất đăng {_moment(seen.moment)}, đã {_hours(now - seen.moment)}"
    public = {line.id for line in seen.public.lines}
    late = sorted(entry for entry in due if entry.id not in public and entry.published + limits.wait < now)
    if late:
        named = ", ".join(f"{entry.id} ({_moment(entry.published)})" for entry in late[:_SHOWN])
        more = f" và {len(late) - _SHOWN} tin khác" if len(late) > _SHOWN else ""
        yield f"{len(late)} tin đã đến giờ mà chưa lên trang: {named}{more}"


def failed_attempts(root: Path, now: datetime) -> Iterator[str]:
    """Publications whose last attempt failed or never ended."""
    for path in sorted((root / ATTEMPTS).glob("*.json")):
        try:
            told = json.loads(path.read_text("utf-8"))
            target, result, moment = str(told["dich"]), told["ket_qua"], datetime.fromisoformat(told["luc"])
            is_stuck = result == _UNDER_WAY and now - moment > timedelta(hours=LONGEST_HOURS)
        except (OSError, ValueError, KeyError, TypeError):
            yield f"không đọc được {ATTEMPTS}/{path.name}"
            continue
        if result == _FAILED:
            yield f"lần đăng cuối vào {target} lúc {_moment(moment)} không xong: {told.get('noi', '')}"
        elif is_stuck:
            yield f"lần đăng vào {target} bắt đầu {_moment(moment)} bị ngắt giữa chừng"


def line(seen: Seen | None, found: list[str], limits: str, now: datetime) -> str:
    """One line: well with the figures, or what is wrong."""
    if found or seen is None:
        return one_line(f"HỎNG: {'; '.join([*found, *([limits] if limits else [])])}")
    known = f"TỐT: bản mới nhất đăng {_moment(seen.moment)}, cách đây {_hours(now - seen.moment)}"
    return f"{known}; {len(seen.public.lines)} tin{f'; {limits}' if limits else ''}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(VN):%H:%M} {format_date(moment.astimezone(VN))}"


def _hours(length: timedelta) -> str:
    minutes = max(0, int(length.total_seconds() // 60))
    return f"{minutes} phút" if minutes < 120 else f"{minutes // 60} giờ"
