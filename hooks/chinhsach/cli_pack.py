"""`chinhsach dong-goi`: a year and a built site in, one zip for a USB stick or the archive out."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from .cli_base import PROBLEMS, WELL, WrongCall, find_root


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the command; `add(name, help, run)` makes its parser."""
    packing = add("dong-goi", "gói tin của một năm vào một tệp, mở được không cần máy chủ", _pack)
    packing.add_argument("nam", help="năm ban hành, ví dụ 2023; dự thảo theo năm đăng")
    packing.add_argument("--luu-tru", action="store_true", help="kèm danh sách, sổ công khai, dữ liệu để nộp lưu trữ")
    packing.add_argument("--trang", help="thư mục trang đã dựng; không ghi thì site/")
    packing.add_argument("--ra", help="tệp ghi kết quả; không ghi thì chinh-sach-<năm>.zip hoặc luu-tru-<năm>.zip")


def _pack(called: argparse.Namespace) -> int:
    from . import packing  # reads pages and PDF files: no other command needs it
    from .app import TEMPLATES
    from .dates import format_date
    from .outputs.view import Templates, size_words

    if not (called.nam.isascii() and called.nam.isdigit() and len(called.nam) == 4):
        raise WrongCall(f"năm «{called.nam}» phải là bốn chữ số, ví dụ 2023")
    root = find_root(Path.cwd())
    site = Path(called.trang) if called.trang else root / "site"
    if not site.is_dir():
        raise WrongCall(f"không có thư mục trang «{site}»; hãy dựng trang: mkdocs build")
    name = f"{'luu-tru' if called.luu_tru else 'chinh-sach'}-{called.nam}.zip"
    target = Path(called.ra or name)
    try:
        done = packing.pack(site, int(called.nam), target, Templates(root / TEMPLATES), records=called.luu_tru)
    except packing.CannotPack as fault:
        print(f"Chưa gói được: {fault}.")
        return PROBLEMS
    print(f"Đã ghi {done.path}: {done.entries} tin, {done.files} tệp, {size_words(done.size)}.")
    print(f"Nội dung trang tới ngày {format_date(done.until.date())}. SHA-256: {done.sha256}")
    print("Mở: giải nén, rồi mở index.html. Tin gỡ sau ngày ấy vẫn còn trong gói đã phát: báo nơi đã nhận gói.")
    return WELL
