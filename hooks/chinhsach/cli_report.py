"""`chinhsach bao-cao`: what the office sends and keeps of a period, written into a folder of its own."""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from .app import no_search_for_cycles
from .catalogue import Catalogue
from .check import check
from .cli_base import PROBLEMS, WELL, WrongCall, find_root, now_or_refuse, read_or_refuse, tell_left_out
from .cli_office import portal_of
from .dates import VN, format_date
from .office import coverage, load, periods, place, readers
from .office.model import Period
from .office.place import Place
from .problems import in_order
from .text import slug

_NEEDED = ("docx", "docxtpl", "xlsxwriter")
_PUBLIC_FOLDERS = ("site", "docs", "policies")


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the command; `add(name, help, run)` makes a parser."""
    making = add("bao-cao", "đôn đốc, báo cáo định kỳ, số liệu và bảng điều hành của một kỳ", report)
    making.add_argument("--ky", default="nam", help=f"thang, quy, nam: kỳ đang diễn ra; hoặc {periods.SPELT_OUT}")
    making.add_argument("--ra", default="", help="thư mục ghi kết quả; không ghi thì bao-cao/<kỳ>/ của Văn phòng")
    making.add_argument("--doi-chieu", default="", help="kết quả doi-chieu-cong --dinh-dang json, để tính cổng tỉnh")
    making.add_argument("--tao-mau", action="store_true", help="chỉ ghi mẫu Word chưa có vào mau/ của Văn phòng để sửa")
    making.add_argument(
        "--cong-khai", action="store_true", help="chỉ ghi bảng điều hành không kèm dòng sổ nào, được phép đặt vào site/"
    )


def report(called: argparse.Namespace) -> int:
    """Write the files of a period; refuse to count while a table of the office has errors."""
    if any(importlib.util.find_spec(name) is None for name in _NEEDED):
        raise WrongCall("máy chưa có thư viện làm báo cáo; hãy chạy: pip install -e '.[bao-cao]'")
    root = find_root(Path.cwd())
    where = place.find(root)
    if called.tao_mau:
        return _make_templates(where)
    with no_search_for_cycles():
        sound = _sound(root, where)
        return PROBLEMS if sound is None else _make(root, where, called, sound)


def _make(root: Path, where: Place, called: argparse.Namespace, sound: _Sound) -> int:
    """Count, fill in and write."""
    from .report import content, dashboard, word, writing

    period = _period(called.ky, sound)
    found = coverage.cover(sound.office, sound.catalogue, period, portal_of(called.doi_chieu))
    read = content.readers_of(sound.readers, sound.catalogue.vocabularies, period, found.as_of)
    plan, activities = sound.office.plan_of(period), sound.office.activities
    source = content.Source(found, period, plan, sound.catalogue, read, activities)
    target = _target(root, where, called, period.id)
    try:
        if called.cong_khai:
            files = dashboard.files(source, content.build(source), (), public=True)
        else:
            files = writing.files(source, writing.own_templates(where.folder))
    except word.TemplateFault as fault:
        raise WrongCall(f"{where.shown}/{writing.TEMPLATES}: {fault}") from None
    _write(target, files)
    if not called.cong_khai:
        _remove_settled(target, files, source.vocabularies.units)
    print(f"Kỳ {period.name}, số liệu tính đến {format_date(found.as_of)}.")
    print(content.summary_sentence(found))
    print(f"Đã ghi {len(files)} tệp vào {_named(root, target)}/; mở {dashboard.PAGE} để xem.")
    return WELL


class _Sound(NamedTuple):
    """The entries that are valid, and the office's data without an error."""

    catalogue: Catalogue
    office: load.Office
    readers: readers.Readers


def _sound(root: Path, where: Place) -> _Sound | None:
    """All that is counted; None, with every error printed, where a table of the office has one."""
    checked = check(root, now_or_refuse(), notes=False, cited=False)
    whole, catalogue = read_or_refuse(checked), checked.only_valid()
    tell_left_out(checked, "tính")
    office, told = load.load(where, catalogue.vocabularies), readers.load(where)
    listed = [*load.find_problems(office, whole), *readers.find_problems(told, where, whole)]
    errors = [one for one in in_order(listed) if one.is_error]
    if not errors:
        return _Sound(catalogue, office, told)
    print("\n\n".join(one.as_text() for one in errors))
    print(f"\nChưa lập báo cáo: {len(errors)} lỗi trong {where.shown}/ phải sửa trước.")
    return None


def _period(wanted: str, sound: _Sound) -> Period:
    """The period of `--ky`. Raises WrongCall."""
    try:
        return periods.find(wanted, sound.office.periods, sound.catalogue.now.astimezone(VN).date())
    except periods.UnknownPeriod as fault:
        raise WrongCall(f"--ky: {fault}") from None


def _make_templates(where: Place) -> int:
    """Write the Word templates that the office does not have yet; one that it edited stays."""
    from .report import templates, writing

    folder = where.folder / writing.TEMPLATES
    missing = {name: make() for name, make in templates.MAKERS.items() if not (folder / name).exists()}
    _write(folder, missing)
    for name in templates.MAKERS:
        state = "đã ghi" if name in missing else "đã có, giữ nguyên"
        print(f"{where.shown}/{writing.TEMPLATES}/{name}: {state}")
    return WELL


def _target(root: Path, where: Place, called: argparse.Namespace, period: str) -> Path:
    """The folder of the results. Raises WrongCall for one that becomes public, unless figures alone were asked for."""
    if not called.ra:
        name = "bao-cao-cong-khai" if called.cong_khai else "bao-cao"
        return where.folder / name / (slug(period) or "ky")
    target = Path(called.ra)
    inside = [name for name in _PUBLIC_FOLDERS if target.resolve().is_relative_to((root / name).resolve())]
    if inside and not called.cong_khai:
        raise WrongCall(
            f"«{called.ra}» nằm trong {inside[0]}/, sẽ lên trang công khai; dữ liệu của Văn phòng không công khai, "
            "hãy chọn thư mục khác, hoặc thêm --cong-khai để chỉ ghi bảng số liệu"
        )
    return target


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    try:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as fault:
        raise WrongCall(f"không ghi được vào «{folder}»: {fault.strerror}") from None


def _remove_settled(folder: Path, files: Mapping[str, bytes], units: Iterable[str]) -> None:
    """Remove the letters of an earlier run to units that have nothing left to do."""
    from .report import urging, writing

    for unit in (*units, urging.UNASSIGNED):
        for suffix in (".docx", ".txt"):
            name = f"{writing.LETTERS}/{unit}{suffix}"
            if name not in files:
                (folder / name).unlink(missing_ok=True)


def _named(root: Path, folder: Path) -> str:
    """A folder as people read it: from the project's root where it lies in it."""
    resolved = folder.resolve()
    return resolved.relative_to(root.resolve()).as_posix() if resolved.is_relative_to(root.resolve()) else str(folder)
