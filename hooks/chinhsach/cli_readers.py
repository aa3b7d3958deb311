"""`chinhsach nhap-luot-xem`, and what `ra-soat` tells of readers' reports and of the points of Điều 17."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from .catalogue import Catalogue
from .cli_base import WELL, WrongCall, find_root, now_or_refuse, why_unread
from .dates import InvalidDate, format_date, parse_date
from .office import mistakes, place, points, readers, visits
from .outputs import duty
from .review import Row


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the commands; `add(name, help, run)` makes a parser."""
    importing = add("nhap-luot-xem", "nhập số lượt xem từ máy đếm vào sổ", import_visits)
    importing.add_argument("tep", help="tệp JSON của GoAccess, hoặc bảng CSV có cột trang và luot")
    importing.add_argument("--tu", help="ngày đầu của kỳ; báo cáo GoAccess thì máy tự đọc")
    importing.add_argument("--den", help="ngày cuối của kỳ")
    importing.add_argument("--goc", default="/", help="đường dẫn của trang trên máy chủ, ví dụ /tin/; mặc định là /")
    importing.add_argument("--thay", action="store_true", help="thay số liệu đã nhập của đúng kỳ này")


def points_of_law(catalogue: Catalogue, form: str) -> str:
    """Which points of Luật 01/2026 Điều 17 khoản 1 have entries and which have none."""
    return points.FORMATS[form](duty.served(catalogue))


def review_rows(root: Path, catalogue: Catalogue, until: date) -> list[Row]:
    """The lines that readers' reports add to the office's list; says where the table has rows that cannot be used."""
    told = readers.load(place.find(root))
    if told.findings:
        print("sổ của Văn phòng có dòng hỏng không được xét; hãy chạy chinhsach kiem-tra", file=sys.stderr)
    return list(mistakes.review_rows(told.mistakes, catalogue, until))


def import_visits(called: argparse.Namespace) -> int:
    """Put a counter's export into the table of its year; refuse what would count a day twice."""
    root, today = find_root(Path.cwd()), now_or_refuse().date()
    try:
        export = visits.parse_export(_file_bytes(called.tep), called.goc)
        if not export.pages:
            raise WrongCall(
                f"«{called.tep}»: không có trang nào của trang này; trang ở dưới một đường dẫn thì ghi --goc"
            )
        since, until = _period(called, export)
        if until > today:
            raise WrongCall(f"kỳ đến {format_date(until)} chưa hết; hãy xuất tới ngày đã qua")
        where = place.find(root)
        target = where.folder / visits.FOLDER / f"{since.year}.csv"
        rows = _kept(target, where.path_of(target), since.year)
        if any((row.since, row.until) == (since, until) for row in rows) and not called.thay:
            raise WrongCall("kỳ này đã nhập; muốn thay số liệu cũ thì thêm --thay")
        text = visits.as_csv(visits.merged(rows, export, since, until))
    except visits.CannotImport as fault:
        raise WrongCall(f"«{called.tep}»: {fault}") from None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as fault:
        raise WrongCall(f"không ghi được {where.path_of(target)}: {fault.strerror}") from None
    hits = sum(count for count, _ in export.pages.values())
    print(f"Đã nhập {len(export.pages)} trang, {hits} lượt, kỳ {format_date(since)}–{format_date(until)}")
    print(f"vào {where.path_of(target)}.")
    for left in export.left_out:
        print(f"Không nhập: {left}.")
    return WELL


def _kept(target: Path, shown: str, year: int) -> tuple[visits.Views, ...]:
    """What the year's table already holds; it is not written over while something in it cannot be read."""
    if not target.exists():
        return ()
    found = visits.read(shown, year, target.read_bytes())
    if found.faults:
        raise WrongCall(f"{shown} có dòng hỏng; hãy chạy chinhsach kiem-tra và sửa trước")
    return found.rows


def _period(called: argparse.Namespace, export: visits.Export) -> tuple[date, date]:
    """The period that is imported: as called, otherwise as the export says it; within one year."""
    days = []
    for option, given, known in (("--tu", called.tu, export.since), ("--den", called.den, export.until)):
        try:
            day = parse_date(given) if given else known
        except InvalidDate as fault:
            raise WrongCall(f"{option} {fault}; ví dụ: {option} {fault.example}") from None
        if day is None:
            raise WrongCall(f"tệp không ghi kỳ đếm; hãy thêm {option} <ngày>")
        days.append(day)
    since, until = days
    if until < since or since.year != until.year:
        raise WrongCall(f"kỳ {format_date(since)}–{format_date(until)} phải nằm trong một năm, ngày đầu đứng trước")
    return since, until


def _file_bytes(given: str) -> bytes:
    try:
        return Path(given).read_bytes()
    except (OSError, ValueError) as fault:
        raise WrongCall(f"không đọc được «{given}»: {why_unread(fault)}") from None
