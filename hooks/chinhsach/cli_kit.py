"""`chinhsach soan-kenh`: an entry's id in, a folder with its texts, prints and pictures for each channel out."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from . import site_config, vocabulary
from .catalogue import Catalogue, Entry
from .check import check
from .cli_base import PROBLEMS, WELL, WrongCall, find_root, now_or_refuse, read_or_refuse
from .rules import problem
from .text import nearest

_FOLDER = "_soan-kenh"


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the command; `add(name, help, run)` makes its parser."""
    making = add("soan-kenh", "soạn bản cho các kênh từ một tin", make)
    making.add_argument("ma", help="mã tin")
    making.add_argument("--ra", help=f"thư mục ghi các bản; không ghi thì {_FOLDER}/<mã>/ trong dự án")


def make(called: argparse.Namespace) -> int:
    """Write the kit; what lacks only the spokesperson's leave is no problem of the entry."""
    from .channel_kit import kit as kits  # no other command needs it

    root = find_root(Path.cwd())
    catalogue, entry = _sound_entry(root, called.ma)
    try:
        kit = kits.Maker(catalogue, site_config.read(root)).make(entry)
    except vocabulary.VocabularyFault as broken:
        raise WrongCall(problem(broken.path, broken.fault).as_text()) from None
    except (kits.Refused, site_config.ConfigError) as refused:
        raise WrongCall(str(refused)) from None
    folder = Path(called.ra) if called.ra else root / _FOLDER / entry.id
    try:
        kits.write(kit, folder)
    except OSError as fault:
        raise WrongCall(f"không ghi được vào «{folder}»: {fault.strerror}") from None
    print(kit.made[0].content.decode(), end="")
    print(f"\nĐã ghi {len(kit.made)} tệp vào {folder}")
    return PROBLEMS if any(not missing.is_withheld for missing in kit.missing) else WELL


def _sound_entry(root: Path, entry_id: str) -> tuple[Catalogue, Entry]:
    """The entry with this id; one that the site would not be built with goes out on no channel. Raises WrongCall."""
    report = check(root, now_or_refuse(), notes=False)
    catalogue = read_or_refuse(report)
    entry = catalogue.find(entry_id)
    if entry is None:
        near = nearest(entry_id, catalogue.by_id)
        raise WrongCall(f"không có tin nào mang mã «{entry_id}»" + (f"; có phải «{near}»?" if near else ""))
    if any(one.is_error and one.path == entry.file.path for one in report.problems):
        raise WrongCall(f"tin «{entry_id}» còn lỗi; chạy chinhsach kiem-tra {entry.file.path}, sửa xong rồi soạn bản")
    return catalogue, entry
