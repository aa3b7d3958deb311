"""`chinhsach bao-phu`, `chinhsach nhap-so-theo-doi`: what the office follows, from its own folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from .catalogue import Catalogue
from .check import check
from .cli_base import PROBLEMS, WELL, WrongCall, find_root, now_or_refuse, unknown, vocabularies_of
from .problems import Problem, summary


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the commands; `add(name, help, run)` makes a parser."""
    covering = add("bao-phu", "văn bản phải truyền thông: đã có tin, đúng hạn, đủ kênh, có hướng dẫn chưa", cover)
    covering.add_argument("--ky", default="", help="kỳ báo cáo, ví dụ 2026, 2026-q3, 2026-06; không ghi thì tất cả")
    covering.add_argument("--don-vi", default="", help="chỉ một đơn vị, ví dụ phong-dkkd")
    covering.add_argument("--doi-chieu", default="", help="kết quả doi-chieu-cong --dinh-dang json, để tính cổng tỉnh")
    covering.add_argument("--dinh-dang", choices=["json", "van-ban"], default="van-ban", help="dạng kết quả")
    importing = add("nhap-so-theo-doi", "nhập sổ theo dõi từ tệp Excel, CSV của phần mềm văn bản", import_register)
    importing.add_argument("tep", help="tệp .xlsx hoặc .csv")
    importing.add_argument(
        "--nam", default="", help="chỉ nhập văn bản của năm này; không ghi thì năm nào vào sổ năm ấy"
    )


def problems_of(root: Path, catalogue: Catalogue | None) -> list[Problem]:
    """What is wrong with the office's files; nothing where there are none."""
    from .office import load, place

    where = place.find(root)
    if catalogue is None or not where.folder.is_dir():
        return []
    return load.find_problems(load.load(where, catalogue.vocabularies), catalogue)


def cover(called: argparse.Namespace) -> int:
    """Print the coverage; refuse to count while a register or plan has errors, for a figure could be too good."""
    from .office import coverage, coverage_report, load, periods, place

    root = find_root(Path.cwd())
    report = check(root, now_or_refuse(), notes=False)
    if report.catalogue is None:
        raise WrongCall(report.problems[0].as_text())
    catalogue = report.only_valid() if report.has_errors else report.catalogue
    if report.has_errors:
        wrong = {problem.path for problem in report.problems if problem.is_error}
        print(f"{len(wrong)} tệp có lỗi nên không được tính; hãy chạy chinhsach kiem-tra", file=sys.stderr)
    office = load.load(place.find(root), catalogue.vocabularies)
    errors = [one for one in load.find_problems(office, report.catalogue) if one.is_error]
    if errors:
        print("\n\n".join(one.as_text() for one in errors))
        print(f"\nChưa tính độ phủ: {len(errors)} lỗi trong {office.place.shown}/ phải sửa trước.")
        return PROBLEMS
    if called.don_vi and called.don_vi not in catalogue.vocabularies.units:
        raise WrongCall(unknown("đơn vị", called.don_vi, catalogue.vocabularies.units))
    try:
        period = periods.find(called.ky, office.periods) if called.ky else None
    except periods.UnknownPeriod as fault:
        raise WrongCall(f"--ky: {fault}") from None
    found = coverage.cover(office, catalogue, period, _portal(called.doi_chieu))
    result = coverage_report.Result(found, catalogue.vocabularies, called.don_vi)
    print(coverage_report.FORMATS[called.dinh_dang](result), end="")
    return WELL


def _portal(given: str):  # type: ignore[no-untyped-def]
    raise NotImplementedError


def import_register(called: argparse.Namespace) -> int:
    """Import."""
    raise NotImplementedError


__all__ = ["PROBLEMS", "WELL", "add_commands", "summary", "vocabularies_of"]
