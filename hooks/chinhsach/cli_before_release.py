"""`chinhsach truoc-khi-dang`, `nhan-xet`: what the next release changes, told before it and on a request."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from . import before_release, ledger
from .check import check
from .cli_base import PROBLEMS, WELL, WrongCall, due_entries, find_root, now_or_refuse, relations_here


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the commands; `add(name, help, run)` makes a parser."""
    comparing = add("truoc-khi-dang", "lần đăng này thêm, đổi, gỡ, làm mất gì so với lần trước", _before_release)
    comparing.add_argument("so", nargs="+", help="sổ cũ rồi sổ mới (so-cong-khai.json); lần đầu thì chỉ sổ mới")
    comparing.add_argument("--lan-dau", action="store_true", help="chưa từng đăng lần nào, không có sổ cũ")
    comparing.add_argument("--trang", help="thư mục trang mới đã dựng; không ghi thì là thư mục chứa sổ mới")
    forms = sorted(before_release.FORMATS)
    comparing.add_argument("--dinh-dang", choices=forms, default="van-ban", help="dạng kết quả")

    commenting = add("nhan-xet", "lời nhận xét cho một đề nghị sửa (pull request)", _comment)
    commenting.add_argument("so", nargs="*", help="sổ cũ rồi sổ mới (so-cong-khai.json); chưa dựng được thì bỏ trống")
    commenting.add_argument("--lan-dau", action="store_true", help="không có sổ cũ, chỉ ghi sổ mới")
    commenting.add_argument("--trang", help="thư mục trang mới đã dựng; không ghi thì là thư mục chứa sổ mới")
    commenting.add_argument("--tep-doi", help="tệp ghi các đường dẫn đã đổi, mỗi dòng một đường dẫn")


def _before_release(called: argparse.Namespace) -> int:
    found = _compared(called)
    text = before_release.FORMATS[called.dinh_dang](found)
    if text:
        print(text)
    return PROBLEMS if found.has_errors else WELL


def _compared(called: argparse.Namespace) -> before_release.Comparison:
    """The comparison of the ledgers that a command names. Raises WrongCall."""
    if len(called.so) != (1 if called.lan_dau else 2):
        raise WrongCall("gọi lệnh chưa đúng: cần <sổ cũ> <sổ mới>; chưa đăng lần nào thì --lan-dau <sổ mới>")
    try:
        if called.lan_dau:
            old = ledger.Ledger("", ())
        else:
            old = _ledger(called.so[0], "chưa đăng lần nào thì gọi chinhsach truoc-khi-dang --lan-dau <sổ mới>")
        new = _ledger(called.so[-1], "hãy dựng trang: mkdocs build ghi sổ vào site/du-lieu/so-cong-khai.json")
        return before_release.compare(old, new, now_or_refuse(), _new_site(called), relations_here(), _due(called))
    except ledger.LedgerError as fault:
        raise WrongCall(str(fault)) from None


def _ledger(given: str, fix: str) -> ledger.Ledger:
    if not Path(given).exists():
        raise WrongCall(f"không có tệp «{given}»; {fix}")
    return ledger.read(Path(given))


def _comment(called: argparse.Namespace) -> int:
    from . import request_comment

    root = find_root(Path.cwd())
    report = check(root, now_or_refuse(), preview=True)
    compared = _compared(called) if called.so else None
    changed = None
    if called.tep_doi:
        try:
            lines = Path(called.tep_doi).read_text("utf-8", "replace").splitlines()
        except OSError:
            raise WrongCall(f"không đọc được «{called.tep_doi}»") from None
        changed = frozenset(line.strip() for line in lines if line.strip())
    print(request_comment.comment(report, compared, request_comment.Request(changed)), end="")
    return PROBLEMS if report.has_errors or (compared is not None and compared.has_errors) else WELL


def _new_site(called: argparse.Namespace) -> ledger.Site | None:
    if called.trang is None:
        return ledger.beside(Path(called.so[-1]))
    if not (Path(called.trang) / "du-lieu" / "chinh-sach").is_dir():
        raise WrongCall(f"«{called.trang}» không phải trang đã dựng: không có du-lieu/chinh-sach/ trong đó")
    return ledger.Site(Path(called.trang))


def _due(called: argparse.Namespace) -> list[before_release.Due]:
    """The entries whose time has come, where the new ledger is the project's own; what is wrong is for the check."""
    try:
        root = find_root(Path.cwd())
    except WrongCall:
        return []
    if not Path(called.so[-1]).absolute().is_relative_to(root):
        return []
    return due_entries(root, now_or_refuse())
