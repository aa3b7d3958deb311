"""`chinhsach ra-soat`: the entries, units and documents that have to be looked at again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from . import cli_readers
from .check import check
from .cli_base import PROBLEMS, WELL, WrongCall, find_root, now_or_refuse, read_or_refuse, tell_left_out
from .dates import InvalidDate, parse_date


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the command; `add(name, help, run)` makes a parser."""
    reviewing = add("ra-soat", "tin, đơn vị, văn bản nào cần xem lại", _review)
    reviewing.add_argument("--dinh-dang", choices=["csv", "json", "van-ban"], default="van-ban", help="dạng kết quả")
    reviewing.add_argument("--den", help="kể cả việc đến hạn cho tới ngày này, ví dụ 31/12/2026; không ghi thì hôm nay")
    reviewing.add_argument("--thu-nguon", action="store_true", help="mở thử từng địa chỉ bản gốc (cần mạng)")
    reviewing.add_argument("--muc-17", action="store_true", help="chỉ xem điểm nào phải công khai chưa có tin")


def _review(called: argparse.Namespace) -> int:
    from . import review, review_report

    now = now_or_refuse()
    until = _until(called.den, now.date())
    root = find_root(Path.cwd())
    report = check(root, now, preview=True, notes=False)
    read_or_refuse(report)
    catalogue = report.only_valid()
    tell_left_out(report, "xét")
    if called.muc_17:
        print(cli_readers.points_of_law(catalogue, called.dinh_dang), end="")
        return WELL
    told = cli_readers.review_rows(root, catalogue, until)
    rows = review.review(catalogue, until, _ask_address if called.thu_nguon else None, told)
    result = review_report.Result(now.date(), until, rows, catalogue.vocabularies)
    print(review_report.FORMATS[called.dinh_dang](result), end="")
    return PROBLEMS if result.is_due else WELL


def _until(given: str | None, today: date) -> date:
    """The day that a list looks ahead to: `--den`, otherwise today."""
    if given is None:
        return today
    try:
        until = parse_date(given)
    except InvalidDate as fault:
        raise WrongCall(f"--den {fault}; ví dụ: --den {fault.example}") from None
    if until < today:
        raise WrongCall(f"--den «{given}» đã qua; hãy ghi từ hôm nay trở đi")
    return until


def _ask_address(url: str) -> str:
    """Why an address cannot be opened, "" where it can; on a terminal each one is named while it is asked."""
    from . import fetch

    if sys.stderr.isatty():
        print(f"mở thử {url}", file=sys.stderr)
    try:
        fetch.probe(url)
    except fetch.FetchError as fault:
        return str(fault)
    return ""
