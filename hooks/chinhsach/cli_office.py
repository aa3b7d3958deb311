"""`chinhsach bao-phu`, `chinhsach nhap-so-theo-doi`: what the office follows, from its own folder."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from . import vocabulary
from .app import no_search_for_cycles
from .catalogue import Catalogue
from .check import check
from .cli_base import (
    PROBLEMS,
    WELL,
    WrongCall,
    find_root,
    now_or_refuse,
    read_or_refuse,
    tell_left_out,
    unknown,
    vocabularies_of,
)
from .dates import VN
from .office import coverage, coverage_report, importing, load, periods, place, portal, readers, register, tables
from .office.model import Period
from .problems import Problem, in_order
from .rules import problem


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the commands; `add(name, help, run)` makes a parser."""
    covering = add("bao-phu", "văn bản phải truyền thông: đã có tin, đúng hạn, đủ kênh, có hướng dẫn chưa", cover)
    covering.add_argument("--ky", default="", help=f"{periods.FORMS}; không ghi thì tất cả")
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
    where = place.find(root)
    if catalogue is None or not where.folder.is_dir():
        return []
    followed = load.find_problems(load.load(where, catalogue.vocabularies), catalogue)
    return in_order([*followed, *readers.find_problems(readers.load(where), where, catalogue)])


def cover(called: argparse.Namespace) -> int:
    """Print the coverage; refuse to count while a register or plan has errors, for a figure could be too good."""
    root, now = find_root(Path.cwd()), now_or_refuse()
    seen = portal_of(called.doi_chieu)
    with no_search_for_cycles():
        report = check(root, now, notes=False, cited=False)
        whole, catalogue = read_or_refuse(report), report.only_valid()
        office = load.load(place.find(root), catalogue.vocabularies)
        errors = [one for one in load.find_problems(office, whole) if one.is_error]
        if called.don_vi and called.don_vi not in catalogue.vocabularies.units:
            raise WrongCall(unknown("đơn vị", called.don_vi, catalogue.vocabularies.units))
        period = _period(called.ky, office, now.astimezone(VN).date())
        if errors:
            print("\n\n".join(one.as_text() for one in errors))
            print(f"\nChưa tính độ phủ: {len(errors)} lỗi trong {office.place.shown}/ phải sửa trước.")
            return PROBLEMS
        tell_left_out(report, "tính")
        result = coverage_report.Result(
            coverage.cover(office, catalogue, period, seen), catalogue.vocabularies, called.don_vi
        )
    print(coverage_report.FORMATS[called.dinh_dang](result), end="")
    return WELL


def _period(wanted: str, office: load.Office, today: date) -> Period | None:
    try:
        return periods.find(wanted, office.periods, today) if wanted else None
    except periods.UnknownPeriod as fault:
        raise WrongCall(f"--ky: {fault}") from None


def portal_of(given: str) -> portal.Portal:
    """What the portal shows, from the file of `--doi-chieu`; nothing without it. Raises WrongCall."""
    if not given:
        return portal.NOTHING
    try:
        return portal.parse(Path(given).read_text(encoding="utf-8"), given)
    except portal.PortalError as fault:
        raise WrongCall(str(fault)) from None
    except (OSError, ValueError):
        raise WrongCall(f"không đọc được «{given}»") from None


def import_register(called: argparse.Namespace) -> int:
    """Add what is new to the registers and tell what became of every row; exit 1 where one could not be read."""
    root = find_root(Path.cwd())
    known = vocabularies_of(root)
    if called.nam and not place.is_year(called.nam):
        raise WrongCall(f"--nam «{called.nam}» phải là một năm, ví dụ 2026")
    office = load.load(place.find(root), known)
    if any(fault.code == register.BROKEN for _, fault in office.findings):
        raise WrongCall(f"sổ đang có lỗi, chưa nhập thêm; chạy chinhsach kiem-tra {office.place.shown} rồi sửa trước")
    try:
        lines = tables.read(_bytes(called.tep))
        year = int(called.nam) if called.nam else None
        imported = importing.sort_rows(lines, _aliases(root), known, office.rows, year)
        written = importing.write(office.place, imported)
    except tables.CannotRead as fault:
        raise WrongCall(f"«{called.tep}»: {fault}") from None
    except OSError as fault:
        raise WrongCall(f"không ghi được: {fault.strerror}") from None
    print(importing.as_text(imported, Path(called.tep).name, written), end="")
    return PROBLEMS if imported.unread else WELL


def _aliases(root: Path) -> importing.Aliases:
    try:
        return importing.aliases_of(vocabulary.load_rows(root, "cot-so-theo-doi.yml", "cot"))
    except vocabulary.VocabularyFault as broken:
        raise WrongCall(problem(broken.path, broken.fault).as_text()) from None
    except (KeyError, TypeError, ValueError) as fault:
        raise WrongCall(f"policies/_danh-muc/cot-so-theo-doi.yml hỏng: {fault}") from None


def _bytes(given: str) -> bytes:
    try:
        with open(given, "rb") as file:
            return file.read(tables.MOST_BYTES + 1)
    except (OSError, ValueError):
        raise WrongCall(f"không đọc được tệp «{given}»") from None
