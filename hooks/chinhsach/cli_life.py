"""`chinhsach dinh-chinh`, `go-tin`, `dang-lai`, `doi-dia-chi`, `go-khan`: an entry after it was published."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from . import lifecycle
from .catalogue import Entry
from .cli_base import PROBLEMS, WELL, WrongCall, find_root, now_or_refuse, print_problems
from .policy import Status


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the commands; `add(name, help, run)` makes a parser."""

    def of_entry(name: str, said: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        command = add(name, said, run)
        command.add_argument("ma", help="mã tin")
        return command

    correcting = of_entry("dinh-chinh", "sửa điều tin đã ghi sai, có ghi nhật ký", _correct)
    correcting.add_argument("--khoa", default="", help="khóa ghi sai, ví dụ ngay_hieu_luc; sai trong phần bài thì bỏ")
    correcting.add_argument("--sau", default="", help="nay sửa thành gì; danh sách thì cách nhau bằng dấu phẩy")
    correcting.add_argument("--truoc", default="", help="trước ghi gì; có --khoa thì máy tự đọc")
    correcting.add_argument("--noi-dung", default="", help="sửa điều gì, một câu cho người đọc")

    removing = of_entry("go-tin", "gỡ tin: trang còn lại với lời báo", _remove)
    removing.add_argument("--ly-do", default="", help="vì sao gỡ, một câu cho người đọc")
    removing.add_argument("--thay-bang", default="", help="mã của tin đăng thay")
    removing.add_argument("--xoa-noi-dung", action="store_true", help="xóa mọi chữ của tin khỏi trang")

    returning = of_entry("dang-lai", "đăng lại tin đã gỡ", _restore)
    returning.add_argument("--noi-dung", default="", help="vì sao đăng lại, một câu cho người đọc")

    moving = of_entry("doi-dia-chi", "chuyển tệp của tin, hoặc cho địa chỉ cũ dẫn về tin", _move)
    moving.add_argument("moi", nargs="?", default="", help="<đơn vị>/<năm>; tin chưa đăng thì cũng có thể là mã mới")
    moving.add_argument("--dia-chi-cu", default="", help="đường dẫn trước đây trên trang, nay dẫn về tin này")

    erasing = of_entry("go-khan", "xóa ngay nội dung tin khỏi trang và các bản lưu", _erase_now)
    erasing.add_argument("--ly-do", default="", help="vì sao gỡ, không nhắc lại điều bị lộ")
    erasing.add_argument("--ban-luu", action="append", default=[], help="thư mục một bản trang đã lưu; nhiều lần được")
    erasing.add_argument("--trang", help="thư mục trang; không ghi thì site/")


def _ask(given: str, option: str, question: str) -> str:
    """A value that the command needs: as given, or typed at a terminal. Raises WrongCall elsewhere."""
    if given.strip():
        return given
    answer = ""
    if sys.stdin.isatty() and sys.stdout.isatty():
        with suppress(EOFError, KeyboardInterrupt):
            answer = input(f"{question}: ").strip()
    if not answer:
        raise WrongCall(f"còn thiếu {option}: {question}")
    return answer


def _workplace() -> lifecycle.Workplace:
    root = find_root(Path.cwd())
    try:
        return lifecycle.Workplace(root, now_or_refuse())
    except lifecycle.Refusal as refused:
        raise WrongCall(str(refused)) from None


def _carry_out(step: Callable[[], lifecycle.Done]) -> int:
    """Do it, show what was changed, and say what remains; a refusal leaves every file as it was."""
    try:
        done = step()
    except lifecycle.WouldBreak as refused:
        print_problems(refused.problems, "van-ban")
        print(f"Không đổi gì: {refused}.")
        return PROBLEMS
    except lifecycle.Refusal as refused:
        raise WrongCall(str(refused)) from None
    except OSError as fault:
        raise WrongCall(f"không ghi được: {fault.strerror}") from None
    print(f"Đã sửa {done.path}:")
    for line in done.changes:
        print(f"  {line}")
    if done.problems:
        print()
        print_problems(done.problems, "van-ban")
    if any(p.is_error for p in done.problems):
        print("Tệp đã ghi; còn phải duyệt lại nội dung mới rồi ghi ma_bam trước khi dựng trang.")
        return PROBLEMS
    return WELL


def _entry_of(place: lifecycle.Workplace, entry_id: str) -> Entry:
    try:
        return place.entry(entry_id)
    except lifecycle.Refusal as refused:
        raise WrongCall(str(refused)) from None


def _correct(called: argparse.Namespace) -> int:
    place = _workplace()
    entry = _entry_of(place, called.ma)
    after = _ask(called.sau, "--sau", "nay sửa thành gì")
    before, text = called.truoc, called.noi_dung
    if not called.khoa:
        before = _ask(before, "--truoc", "trước ghi gì (hoặc --khoa: khóa nào ghi sai)")
        text = _ask(text, "--noi-dung", "sửa điều gì")
    return _carry_out(lambda: lifecycle.correct(place, entry, called.khoa, before, after, text))


def _remove(called: argparse.Namespace) -> int:
    place = _workplace()
    entry = _entry_of(place, called.ma)
    reason = "" if entry.policy.status is Status.REMOVED else _ask(called.ly_do, "--ly-do", "vì sao gỡ tin")
    code = _carry_out(lambda: lifecycle.take_down(place, entry, reason, called.thay_bang, erase=called.xoa_noi_dung))
    if code == WELL and called.xoa_noi_dung:
        print(f"Trang đang đăng còn nguyên tới lần dựng sau; xóa ngay: chinhsach go-khan {entry.id}")
    return code


def _restore(called: argparse.Namespace) -> int:
    place = _workplace()
    entry = _entry_of(place, called.ma)
    text = _ask(called.noi_dung, "--noi-dung", "vì sao đăng lại")
    return _carry_out(lambda: lifecycle.put_back(place, entry, text))


def _move(called: argparse.Namespace) -> int:
    place = _workplace()
    entry = _entry_of(place, called.ma)
    if called.dia_chi_cu:
        if called.moi:
            raise WrongCall("mỗi lần một việc: chỗ mới của tệp, hoặc --dia-chi-cu")
        return _carry_out(lambda: lifecycle.add_former_path(place, entry, called.dia_chi_cu))
    target = _ask(called.moi, "<moi>", "chỗ mới của tệp, ví dụ van-phong-so/2026")
    return _carry_out(lambda: lifecycle.move(place, entry, target))


def _erase_now(called: argparse.Namespace) -> int:
    from . import emergency  # reads whole sites: no other command needs it

    place = _workplace()
    entry = _entry_of(place, called.ma)
    site = Path(called.trang) if called.trang else place.root / "site"
    kept = [Path(folder) for folder in called.ban_luu]
    missing = next((folder for folder in kept if not folder.is_dir()), None)
    if missing is not None:
        raise WrongCall(f"không có thư mục bản lưu «{missing}»")
    words = emergency.words_of(entry)
    if not entry.policy.is_erased:
        reason = "" if entry.policy.status is Status.REMOVED else _ask(called.ly_do, "--ly-do", "vì sao gỡ tin")
        code = _carry_out(lambda: lifecycle.take_down(place, entry, reason, "", erase=True))
        if code != WELL:
            return code
    try:
        report = emergency.publish(place.root, entry, words, site, kept)
    except emergency.NotPublished as fault:
        print(f"Tin đã đánh dấu xóa nội dung nhưng TRANG CHƯA ĐỔI, nội dung vẫn còn trên trang.\n{fault}")
        return PROBLEMS
    print(emergency.as_text(report, entry, place.catalogue))
    return PROBLEMS if report.leftovers else WELL
