"""`chinhsach xuat-ban` and `chinhsach tinh-trang`: a build goes to where readers are, and somebody watches over it."""

from __future__ import annotations

import argparse
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from . import before_release, ledger
from .cli_base import PROBLEMS, WELL, WrongCall, due_entries, find_root, now_or_refuse, relations_here

if TYPE_CHECKING:
    from . import monitor, publishing

DEFAULT_KEPT = 5
DEFAULT_HOURS = 26


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the commands; `add(name, help, run)` makes a parser."""
    publishing = add("xuat-ban", "đưa trang đã dựng lên nơi phục vụ: thư mục của nginx, hoặc kho chứa kiểu S3", publish)
    publishing.add_argument(
        "noi", nargs="+", help="thư mục trang đã dựng rồi đích: thư mục, hoặc <tên rclone>:<kho chứa>; lùi thì chỉ đích"
    )
    publishing.add_argument("--lan-dau", action="store_true", help="đích chưa từng có bản nào")
    publishing.add_argument("--dung", action="store_true", help="dựng trang (mkdocs build) trước rồi mới đăng")
    publishing.add_argument(
        "--giu",
        type=int,
        default=DEFAULT_KEPT,
        help=f"giữ bao nhiêu bản ở đích, kể cả bản mới; mặc định {DEFAULT_KEPT}",
    )
    publishing.add_argument("--lui", action="store_true", help="quay về bản ngay trước bản đang phục vụ")
    publishing.add_argument(
        "--ke-ca-tin-da-go", action="store_true", help="với --lui: lùi cả khi bản trước còn hiện tin nay đã gỡ"
    )
    publishing.add_argument("--chep-lai", action="store_true", help="kho chứa kiểu S3: chép lại cả tệp không đổi")

    watching = add("tinh-trang", "trang có bản mới không, tin hẹn giờ đã lên chưa, lần đăng cuối có xong không", watch)
    watching.add_argument(
        "noi", nargs="?", help="thư mục trang, đích đã đăng, hoặc địa chỉ http(s); không ghi thì site/"
    )
    watching.add_argument(
        "--toi-da",
        type=float,
        default=DEFAULT_HOURS,
        help=f"bản mới nhất cũ tối đa bao nhiêu giờ; mặc định {DEFAULT_HOURS}",
    )
    watching.add_argument("--cho-tre", type=float, default=0, help="tin hẹn giờ được lên chậm bao nhiêu phút")
    watching.add_argument("--cho-phep-mang-rieng", action="store_true", help="hỏi cả địa chỉ trong mạng nội bộ")


def publish(called: argparse.Namespace) -> int:
    """Publish a build, or go back to the release before; exit 1 where it was refused or failed."""
    from . import bucket_target, monitor, publishing

    target = called.noi[-1]
    if len(called.noi) > 2 or (len(called.noi) == 1 and not called.lui):
        raise WrongCall("gọi lệnh chưa đúng: cần <thư mục trang> <đích>; lùi về bản trước: --lui <đích>")
    if "://" in target:
        raise WrongCall(f"«{target}» là địa chỉ trang; đích là thư mục, hoặc <tên rclone>:<kho chứa>")
    is_remote = bucket_target.is_remote(target)
    root = find_root(Path.cwd())
    attempt = monitor.Attempt(root, target if is_remote else str(Path(target).resolve()))
    try:
        if called.lui:
            return _go_back(target, is_remote, with_withdrawn=called.ke_ca_tin_da_go)
        if called.giu < 2:
            raise WrongCall("--giu phải từ 2 trở lên: bản mới và bản để lùi về")
        with _alone(attempt.lock, target):
            fault = _remembered(attempt, lambda: _publish(called, root, target, is_remote))
    except publishing.WrongTarget as refused:
        raise WrongCall(str(refused)) from None
    except publishing.NotPublished as refused:
        state = "CHƯA ĐĂNG XONG" if is_remote else "CHƯA ĐĂNG, bản đang phục vụ còn nguyên"
        print(f"{state}: {refused}")
        return PROBLEMS
    return PROBLEMS if fault else WELL


def _remembered(attempt: monitor.Attempt, step: Callable[[], str]) -> str:
    """Publish, and leave a note of how it ended for `tinh-trang`."""
    from . import publishing

    now, fault = now_or_refuse(), "bị ngắt giữa chừng"
    attempt.begins(now)
    try:
        fault = step()
    except (publishing.WrongTarget, publishing.Busy, WrongCall):
        attempt.never_was()
        raise
    except ledger.LedgerError as broken:
        fault = str(broken)
        raise publishing.NotPublished(fault) from None
    except publishing.NotPublished as refused:
        fault = str(refused)
        raise
    finally:
        if attempt.is_open:
            attempt.ends(now, fault)
    return fault


def _publish(called: argparse.Namespace, root: Path, target: str, is_remote: bool) -> str:
    """Publish and tell; the result is why nothing was, or what remains to be done."""
    from . import bucket_target, folder_target, publishing

    site = Path(called.noi[0])
    if called.dung:
        _build(root, site)
    now = now_or_refuse()
    build = publishing.read_build(site)
    publishing.refuse_preview(build, ledger.read(site / ledger.PLACE))
    due = due_entries(root, now) if site.absolute().is_relative_to(root) else []

    def judge(old: ledger.Ledger, staged: Path) -> before_release.Comparison:
        new = ledger.parse((staged / ledger.PLACE).read_bytes(), str(site / ledger.PLACE))
        return before_release.compare(old, new, now, ledger.Site(staged), relations_here(), due)

    if is_remote:
        outcome = bucket_target.publish(
            build, target, int(now.timestamp()), judge, is_first=called.lan_dau, everything=called.chep_lai
        )
    else:
        outcome = folder_target.publish(build, Path(target), now, judge, is_first=called.lan_dau, keep=called.giu)
    return _told(outcome, target)


def _build(root: Path, site: Path) -> None:
    from . import emergency, publishing

    try:
        emergency.build(root, site)
    except emergency.NotPublished as fault:
        raise publishing.NotPublished(f"trang không dựng được:\n{fault}") from None


def _told(outcome: publishing.Outcome, target: str) -> str:
    if outcome.comparison is not None:
        print(before_release.as_text(outcome.comparison))
        print()
    if not outcome.name:
        print("CHƯA ĐĂNG, bản đang phục vụ còn nguyên: hãy chữa các lỗi trên rồi dựng và đăng lại.")
        return "truoc-khi-dang có lỗi"
    if outcome.is_same:
        print(f"Không có gì đổi so với bản đang phục vụ ({outcome.name}); đã ghi giờ mới vào danh sách tệp.")
        return ""
    print(f"Đã đăng bản {outcome.name} vào {target}: {outcome.changed} tệp mới hoặc đổi.")
    if outcome.deleted:
        print(f"Đã xóa {len(outcome.deleted)} bản hoặc tệp cũ: {', '.join(outcome.deleted[:5])}")
    if outcome.left:
        print(f"CÒN SÓT: chưa xóa được bản cũ: {outcome.left}")
        return f"đã đăng nhưng chưa xóa được bản cũ: {outcome.left}"
    return ""


def _go_back(target: str, is_remote: bool, *, with_withdrawn: bool) -> int:
    from . import folder_target, publishing

    if is_remote:
        raise publishing.WrongTarget(
            "kho chứa kiểu S3 không giữ bản cũ; đăng lại một bản đã dựng (thư mục của bản trong đích loại thư mục), "
            "hoặc dựng lại từ lần lưu trước của kho tin"
        )
    done = folder_target.go_back(Path(target), with_withdrawn=with_withdrawn)
    print(f"Đã lùi về bản {done.name}" + (f", trước đó là {done.left}." if done.left else "."))
    if done.lost:
        print(f"Tin của bản kia nay không còn trên trang: {', '.join(done.lost)}. Hãy chữa và đăng lại sớm.")
    return WELL


@contextmanager
def _alone(lock: Path, target: str) -> Iterator[None]:
    """Only one publication of this project to a target at a time, also where the target cannot hold a lock."""
    from . import publishing

    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as fault:
        raise publishing.NotPublished(publishing.reason(fault)) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise publishing.Busy(f"đang có lần đăng khác vào «{target}»; chờ xong rồi gọi lại") from None
        yield
    finally:
        os.close(handle)


def watch(called: argparse.Namespace) -> int:
    """Say in one line how a site stands; exit 1 where something is wrong."""
    from . import fetch, monitor

    now = now_or_refuse()
    if called.toi_da <= 0 or called.cho_tre < 0:
        raise WrongCall("--toi-da là số giờ lớn hơn 0, --cho-tre là số phút từ 0 trở lên")
    try:
        root: Path | None = find_root(Path.cwd())
    except WrongCall:
        root = None
    if called.noi is None and root is None:
        raise WrongCall("không ở trong thư mục dự án thì phải ghi thư mục trang hoặc địa chỉ")
    place = called.noi or str((root or Path()) / "site")
    if "://" not in place and not Path(place).is_dir():
        raise WrongCall(f"không có thư mục «{place}»")
    permits = fetch.anywhere if called.cho_phep_mang_rieng else fetch.is_public
    seen, found = None, list[str]()
    limits = monitor.Limits(timedelta(hours=called.toi_da), timedelta(minutes=called.cho_tre))
    try:
        seen = monitor.of_address(place, permits) if "://" in place else monitor.of_folder(Path(place))
        found += monitor.faults(seen, due_entries(root, now) if root else [], now, limits)
    except monitor.Unreadable as fault:
        found.append(str(fault))
    if root is not None:
        found += monitor.failed_attempts(root, now)
    note = "" if root else "ngoài thư mục dự án nên không xét tin hẹn giờ, lần đăng cuối"
    print(monitor.line(seen, found, note, now))
    return PROBLEMS if found else WELL
