"""`chinhsach soan-kenh`: an entry's id in, a folder with its texts, prints and pictures for each channel out."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from . import lifecycle, site_config, vocabulary
from .cli_base import PROBLEMS, WELL, WrongCall, find_root, now_or_refuse
from .rules import problem

_FOLDER = "_soan-kenh"


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the command; `add(name, help, run)` makes its parser."""
    making = add("soan-kenh", "soạn bản cho các kênh từ một tin", make)
    making.add_argument("ma", help="mã tin")
    making.add_argument("--ra", help=f"thư mục ghi các bản; không ghi thì {_FOLDER}/<mã>/ trong dự án")


def make(called: argparse.Namespace) -> int:
    """Write the kit; what lacks only the spokesperson's leave is no problem of the entry."""
    from .channel_kit import kit as kits  # no other command needs it

    root, now = find_root(Path.cwd()), now_or_refuse()
    try:
        place = lifecycle.Workplace(root, now)
        entry = place.entry(called.ma)
        kit = kits.Maker(place.catalogue, site_config.read(root)).make(entry)
    except vocabulary.VocabularyFault as broken:
        raise WrongCall(problem(broken.path, broken.fault).as_text()) from None
    except (lifecycle.Refusal, kits.Refused, site_config.ConfigError) as refused:
        raise WrongCall(str(refused)) from None
    folder = Path(called.ra) if called.ra else root / _FOLDER / entry.id
    try:
        kits.write(kit, folder)
    except OSError as fault:
        raise WrongCall(f"không ghi được vào «{folder}»: {fault.strerror}") from None
    print(kit.made[0].content.decode(), end="")
    print(f"\nĐã ghi {len(kit.made)} tệp vào {folder}")
    return PROBLEMS if any(not missing.is_withheld for missing in kit.missing) else WELL
