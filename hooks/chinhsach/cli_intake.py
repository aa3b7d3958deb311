"""`chinhsach tiep-nhan`: drafts of the files that were dropped into `policies/_cho-phan-loai/`, and the reply."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from . import intake
from .cli_base import PROBLEMS, WELL, WrongCall, find_root, now_or_refuse, vocabularies_of


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the command; `add(name, help, run)` makes its parser."""
    receiving = add("tiep-nhan", "lập tin nháp cho các tệp thả vào policies/_cho-phan-loai/", receive)
    receiving.add_argument("--dinh-dang", choices=sorted(intake.FORMATS), default="van-ban", help="dạng lời đáp")


def receive(called: argparse.Namespace) -> int:
    """Receive every dropped file; exit 1 where one could not be read."""
    root = find_root(Path.cwd())
    try:
        receipts = intake.receive(root, vocabularies_of(root), now_or_refuse())
    except OSError as fault:
        raise WrongCall(f"không ghi được: {fault.strerror}") from None
    print(intake.FORMATS[called.dinh_dang](receipts))
    return PROBLEMS if any(receipt.is_refused for receipt in receipts) else WELL
