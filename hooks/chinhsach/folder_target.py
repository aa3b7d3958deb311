"""A build in, the release that a web server serves from a folder out: beside the old one, then one switched link.

<target>/ban/<time>-<hash>/   the releases
<target>/hien-tai             a symbolic link to the one that is served
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from . import ledger
from .dates import VN
from .publishing import (
    LEDGER,
    MANIFEST,
    Build,
    Busy,
    Judge,
    NotPublished,
    Outcome,
    WrongTarget,
    erased,
    is_same,
    moment_of,
    read_build,
    reason,
    stage,
)

LINK = "hien-tai"
RELEASES = "ban"
LEAST_KEPT = 2
_LOCK = ".khoa"
_NEW_LINK = ".hien-tai-moi"
_STAGING = ".dang-chep"
_DOOMED = ".xoa-"
_NAME = re.compile(r"(\d{8}-\d{6})-[0-9a-f]{8}")
_TIME = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Return:
    """A release put back: its name, the one that was served, and the entries that the public sees no more."""

    name: str
    left: str
    lost: tuple[str, ...]


def publish(build: Build, target: Path, now: datetime, judge: Judge, *, is_first: bool, keep: int) -> Outcome:
    """Put a build beside the release that is served, and switch to it in one step.

    Until the switch nothing that is served is touched; a process that is killed leaves a rest that the next one sweeps.
    Raises NotPublished.
    """
    try:
        if is_first:
            target.mkdir(exist_ok=True)
        with _locked(target):
            return _publish(build, target, now, judge, is_first=is_first, keep=keep)
    except (OSError, ledger.LedgerError) as fault:
        raise NotPublished(reason(fault) if isinstance(fault, OSError) else str(fault)) from None


def _publish(build: Build, target: Path, now: datetime, judge: Judge, *, is_first: bool, keep: int) -> Outcome:
    _sweep(target)
    current = current_release(target)
    _check_first(target, current, is_first)
    moment = _next_moment(target, current, now)
    if current is not None and is_same(build, current):
        os.utime(current / MANIFEST, (moment.timestamp(), moment.timestamp()))
        return Outcome(None, current.name, is_same=True)
    old = ledger.read(current / LEDGER) if current else ledger.Ledger("", ())
    staging = target / RELEASES / _STAGING
    try:
        changed = stage(build, staging, current, int(moment.timestamp()))
        compared = judge(old, staging)
        if compared.has_errors:
            return Outcome(compared, "")
        name = f"{moment:{_TIME}}-{build.digest[:8]}"
        _to_disk(staging)
        staging.rename(target / RELEASES / name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _switch(target, name)
    deleted: list[str] = []
    try:
        for old_name in _outdated(target, name, compared.new, keep):
            _delete(target, old_name)
            deleted.append(old_name)
    except OSError as fault:
        return Outcome(compared, name, changed=changed, deleted=tuple(deleted), left=reason(fault))
    return Outcome(compared, name, changed=changed, deleted=tuple(deleted))


def go_back(target: Path, *, with_withdrawn: bool) -> Return:
    """Switch to the release before the one that is served; where no link stands, to the newest.

    A release that still shows what was withdrawn since is refused unless `with_withdrawn`, one that shows what was
    erased always is. Raises NotPublished.
    """
    try:
        with _locked(target):
            current = current_release(target)
            earlier = [name for name in _releases(target) if current is None or name < current.name]
            if not earlier:
                raise NotPublished(f"«{target}» không còn bản nào trước bản đang phục vụ")
            name = earlier[-1]
            folder = target / RELEASES / name
            if not is_same(read_build(folder), folder):
                raise NotPublished(f"bản {name} đã hỏng (không khớp {MANIFEST}); hãy dựng lại trang rồi đăng")
            lost = _check_return(folder, current, with_withdrawn=with_withdrawn) if current else ()
            _switch(target, name)
            return Return(name, current.name if current else "", lost)
    except (OSError, ledger.LedgerError) as fault:
        raise NotPublished(reason(fault) if isinstance(fault, OSError) else str(fault)) from None


def _check_return(folder: Path, current: Path, *, with_withdrawn: bool) -> tuple[str, ...]:
    """The entries that going back takes from the public."""
    now, then = ledger.read(current / LEDGER), ledger.read(folder / LEDGER)
    shown = {line.id for line in then.lines if not line.is_withdrawn}
    gone = {line.id for line in then.lines} & erased(now) - erased(then)
    if gone:
        raise NotPublished(
            f"bản {folder.name} còn nội dung đã xóa của tin {', '.join(sorted(gone))}; không lùi về được"
        )
    back = sorted(line.id for line in now.lines if line.is_withdrawn and line.id in shown)
    if back and not with_withdrawn:
        raise NotPublished(
            f"bản {folder.name} còn hiện tin đã gỡ: {', '.join(back)}; "
            "vẫn muốn lùi thì thêm --ke-ca-tin-da-go, rồi dựng và đăng lại sớm"
        )
    return tuple(sorted({line.id for line in now.lines} - {line.id for line in then.lines}))


def current_release(target: Path) -> Path | None:
    """The folder of the release that is served, None where there is none. Raises WrongTarget for what is not ours."""
    link = target / LINK
    if not link.is_symlink():
        if link.exists():
            raise WrongTarget(f"«{link}» không phải liên kết mềm; hãy chọn thư mục khác làm đích")
        return None
    kept, _, name = os.readlink(link).rpartition("/")
    if kept != RELEASES or not _NAME.fullmatch(name) or not link.is_dir():
        raise WrongTarget(f"«{link}» không trỏ tới một bản trong {RELEASES}/; xem lại rồi trỏ nó về một bản còn nguyên")
    return target / RELEASES / name


def _check_first(target: Path, current: Path | None, is_first: bool) -> None:
    if current is None and _releases(target):
        raise WrongTarget(f"«{target}» có các bản nhưng mất liên kết {LINK}; chạy chinhsach xuat-ban --lui {target}")
    if current is None and not is_first:
        raise WrongTarget(f"«{target}» chưa có bản nào; lần đăng đầu thì thêm --lan-dau")
    if current is not None and is_first:
        raise WrongTarget(f"«{target}» đã có bản {current.name}; bỏ --lan-dau")


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Only one at a time; the lock ends with the process, however that ends."""
    if not target.is_dir():
        raise WrongTarget(f"không có thư mục «{target}»; lần đăng đầu thì thêm --lan-dau")
    (target / RELEASES).mkdir(exist_ok=True)
    handle = os.open(target / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(f"đang có lần đăng khác vào «{target}»; chờ xong rồi gọi lại") from None
        yield
    finally:
        os.close(handle)


def _releases(target: Path) -> list[str]:
    """The names of all releases, the oldest first."""
    return sorted(name for name in os.listdir(target / RELEASES) if _NAME.fullmatch(name))


def _next_moment(target: Path, current: Path | None, now: datetime) -> datetime:
    """Now, or one second after everything that was published: an ETag is a second and a length."""
    known = [datetime.strptime(name[:15], _TIME).replace(tzinfo=VN) for name in _releases(target)]
    if current is not None and (current / MANIFEST).exists():
        known.append(datetime.fromtimestamp(int(moment_of(current)), VN))
    return max([now.replace(microsecond=0), *(moment + timedelta(seconds=1) for moment in known)])


def _to_disk(folder: Path) -> None:
    """After a power cut the link must not lead to files that never reached the disk; only this disk is waited for."""
    command = shutil.which("sync")
    if command is None or subprocess.run([command, "-f", folder], capture_output=True, check=False).returncode:  # noqa: S603 - sync
        os.sync()


def _switch(target: Path, name: str) -> None:
    new = target / _NEW_LINK
    new.unlink(missing_ok=True)
    new.symlink_to(f"{RELEASES}/{name}")
    os.replace(new, target / LINK)
    handle = os.open(target, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _outdated(target: Path, current: str, now: ledger.Ledger, keep: int) -> list[str]:
    """The releases beyond the last `keep`, and those that still hold what the new one erased."""
    names = _releases(target)
    gone = erased(now)
    others = [name for name in names if name != current]
    kept = others[-(keep - 1) :]
    return [name for name in others if name not in kept or _holds_erased(target / RELEASES / name, gone)]


def _holds_erased(folder: Path, gone: frozenset[str]) -> bool:
    """Whether a release tells of an erased entry; one that cannot be read may."""
    if not gone:
        return False
    try:
        then = ledger.read(folder / LEDGER)
    except ledger.LedgerError:
        return True
    return bool({line.id for line in then.lines} & gone - erased(then))


def _delete(target: Path, name: str) -> None:
    """A release leaves the list before its files go: no half of one can be gone back to."""
    doomed = target / RELEASES / f"{_DOOMED}{name}"
    (target / RELEASES / name).rename(doomed)
    shutil.rmtree(doomed)


def _sweep(target: Path) -> None:
    """Remove what a stopped publication left behind."""
    for name in os.listdir(target / RELEASES):
        if name == _STAGING or name.startswith(_DOOMED):
            shutil.rmtree(target / RELEASES / name)
    (target / _NEW_LINK).unlink(missing_ok=True)
