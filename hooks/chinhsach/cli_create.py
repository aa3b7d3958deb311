"""`chinhsach tao-tin`: what a clerk knows of a document, as options or answers at a terminal, in; a new entry out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from . import interview, scaffold
from .answers import judge
from .catalogue import Catalogue
from .check import check
from .cli_base import WELL, WrongCall, find_root, now_or_refuse, unknown, vocabularies_of
from .kinds import is_entry_id
from .schema import BY_KEY
from .vocabulary import DocumentType, Unit, Vocabularies


class _Known(NamedTuple):
    """What the call says; None and missing keys are what it does not say."""

    unit: Unit | None
    kind: DocumentType | None
    values: dict[str, interview.Value]


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the command; `add(name, help, run)` makes its parser."""
    creating = add("tao-tin", "tạo một tin mới; thiếu điều gì máy hỏi điều đó", create)
    creating.add_argument("don_vi", nargs="?", default="", help="mã đơn vị, ví dụ van-phong-so")
    creating.add_argument("ma", nargs="?", default="", help="mã tin, ví dụ ke-hoach-truyen-thong-2026")
    for key in interview.QUESTIONS:
        row = BY_KEY[key]
        creating.add_argument(_option(key), default="", help=f"{row.hint}, ví dụ {row.example}".replace("%", "%%"))


def create(called: argparse.Namespace) -> int:
    """Write a working copy with what is known; at a terminal ask for what the call leaves out."""
    root = find_root(Path.cwd())
    vocabularies = vocabularies_of(root)
    missing = [
        name for name, value in (("don_vi", called.don_vi), ("ma", called.ma), ("--loai", called.loai)) if not value
    ]
    asks = bool(missing) and sys.stdin.isatty() and sys.stdout.isatty()
    if missing and not asks:
        raise WrongCall(f"gọi lệnh chưa đúng: còn thiếu {', '.join(missing)}; gọi ở cửa sổ lệnh thì máy hỏi từng điều")
    unit, kind, values = _known(called, vocabularies)
    if called.ma and not is_entry_id(called.ma):
        raise WrongCall(f"mã tin «{called.ma}» chưa đúng dạng: chỉ chữ thường không dấu, số và gạch nối, 3–80 ký tự")
    now = now_or_refuse()
    catalogue = check(root, now, notes=False).catalogue
    terminal = interview.Terminal(_typed, print)
    unit = unit or vocabularies.active_units[interview.ask_unit(terminal, vocabularies)]
    folder = root / "policies" / unit.id / str(now.year)
    if asks:
        values = interview.interview(terminal, values, vocabularies)
    kind = kind or vocabularies.types[str(values["loai"])]
    entry_id = called.ma or interview.ask_id(terminal, values, lambda one: not _taken(one, folder, root, catalogue))
    if taken := _taken(entry_id, folder, root, catalogue):
        raise WrongCall(f"mã tin «{entry_id}» đã có ở {taken}; hãy chọn mã khác")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{entry_id}.md"
    path.write_text(scaffold.new_entry(kind, unit, now.date(), values), encoding="utf-8", newline="\n")
    created = path.relative_to(root).as_posix()
    print(f"Đã tạo {created}. Mở tệp, điền từng dòng, rồi chạy: chinhsach kiem-tra {created}")
    return WELL


def _known(called: argparse.Namespace, vocabularies: Vocabularies) -> _Known:
    """What the call says. Raises WrongCall for what is wrong."""
    unit = vocabularies.active_units.get(called.don_vi)
    if called.don_vi and unit is None:
        raise WrongCall(unknown("đơn vị", called.don_vi, vocabularies.active_units))
    kind = vocabularies.types.get(called.loai)
    if called.loai and kind is None:
        raise WrongCall(unknown("loại văn bản", called.loai, vocabularies.types))
    if kind is not None and kind.is_withheld:
        raise WrongCall(f"loại «{kind.name}» không đăng trên trang này (loai-van-ban.yml ghi cong_khai: khong-dang)")
    values: dict[str, interview.Value] = {}
    for key in interview.QUESTIONS:
        answer = judge(BY_KEY[key], getattr(called, key), vocabularies)
        if answer.faults:
            words = answer.faults[0]
            raise WrongCall(f"{_option(key)}: {words.what}: {words.why}. Cách sửa: {words.fix}")
        if answer.value:
            values[key] = answer.value
    return _Known(unit, kind, values)


def _taken(entry_id: str, folder: Path, root: Path, catalogue: Catalogue | None) -> str:
    """The path of what has the id already, or ""."""
    found = catalogue.find(entry_id) if catalogue else None
    if found is not None:
        return found.file.path
    path = folder / f"{entry_id}.md"
    return path.relative_to(root).as_posix() if path.exists() or path.with_suffix("").exists() else ""


def _option(key: str) -> str:
    return "--" + key.replace("_", "-")


def _typed(question: str) -> str:
    """A line typed at the terminal. Raises WrongCall where the clerk leaves."""
    try:
        return input(question)
    except (EOFError, KeyboardInterrupt):
        raise WrongCall("đã dừng giữa chừng, chưa tạo tin nào") from None
