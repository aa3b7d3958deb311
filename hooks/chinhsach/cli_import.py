"""`chinhsach tu-van-ban`: a Word or PDF file in, a draft entry with the file beside it out."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from . import catalogue as catalogues
from . import draft
from .cli_base import PROBLEMS, WELL, WrongCall, find_root, now_or_refuse, unknown, vocabularies_of
from .imported import CannotRead, Imported
from .importing import read_file
from .kinds import is_entry_id
from .text import excerpt
from .vocabulary import Vocabularies


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the command; `add(name, help, run)` makes its parser."""
    importing = add("tu-van-ban", "lập tin nháp từ tệp Word, PDF của văn bản, hoặc từ phiếu gửi tin", import_file)
    importing.add_argument("tep", help="tệp .docx, .doc, .pdf của văn bản, hoặc phiếu gửi tin đã điền")
    importing.add_argument("--don-vi", default="", help="mã đơn vị phụ trách tin, ví dụ van-phong-so")
    importing.add_argument("--ma", default="", help="mã tin; không ghi thì lấy theo tên tệp")


def import_file(called: argparse.Namespace) -> int:
    """Make the draft and say what was found, what is missing, whose it is and how to check it."""
    root = find_root(Path.cwd())
    vocabularies = vocabularies_of(root)
    path = Path(called.tep)
    if not path.is_file():
        raise WrongCall(f"không có tệp «{called.tep}»")
    if called.don_vi and called.don_vi not in vocabularies.active_units:
        raise WrongCall(unknown("đơn vị", called.don_vi, vocabularies.active_units))
    entry_id = _entry_id(called)
    _refuse_taken(root, vocabularies, entry_id)
    try:
        imported, original = read_file(path, vocabularies)
    except CannotRead as refused:
        print(f"Chưa lập được tin từ «{path.name}»: {refused}.")
        return PROBLEMS
    place = draft.place_for(imported, called.don_vi, _folder_of(root, path), vocabularies)
    made = draft.write(imported, place, entry_id, original, now_or_refuse().date(), vocabularies)
    save(root, made, original, path)
    _report(made, imported, place, original)
    return WELL


def _entry_id(called: argparse.Namespace) -> str:
    entry_id = called.ma or draft.id_from(Path(called.tep).name)
    if is_entry_id(entry_id):
        return str(entry_id)
    if called.ma:
        raise WrongCall(f"mã tin «{called.ma}» chưa đúng dạng: chỉ chữ thường không dấu, số và gạch nối, 3–80 ký tự")
    raise WrongCall("tên tệp không làm mã tin được; hãy ghi --ma, ví dụ --ma ke-hoach-truyen-thong-2026")


def _refuse_taken(root: Path, vocabularies: Vocabularies, entry_id: str) -> None:
    taken = catalogues.load(root, vocabularies, now_or_refuse()).find(entry_id)
    if taken is not None:
        raise WrongCall(f"mã tin «{entry_id}» đã có ở {taken.file.path}; hãy chọn mã khác bằng --ma")


def _folder_of(root: Path, path: Path) -> str:
    """The folder of `policies/` that a file lies in, "" for one that lies elsewhere."""
    try:
        return path.resolve().relative_to((root / "policies").resolve()).parts[0]
    except (ValueError, IndexError):
        return ""


def save(root: Path, made: draft.Draft, original: draft.Original | None, path: Path) -> None:
    """Write the draft with the file beside it. Raises WrongCall where something stands there already."""
    entry = root / made.path
    beside = entry.with_suffix("")
    if entry.exists() or beside.exists():
        raise WrongCall(f"{made.path} hoặc thư mục cùng tên đã có; hãy chọn mã khác bằng --ma")
    try:
        (beside if original or made.full_text else entry.parent).mkdir(parents=True, exist_ok=True)
        if original is not None:
            (beside / original.name).write_bytes(path.read_bytes())
        if made.full_text:
            (beside / draft.FULL_TEXT).write_text(made.full_text, encoding="utf-8", newline="\n")
        entry.write_text(made.text, encoding="utf-8", newline="\n")
    except OSError as fault:
        raise WrongCall(f"không ghi được: {fault.strerror}") from None


def _report(made: draft.Draft, imported: Imported, place: draft.Place, original: draft.Original | None) -> None:
    print(f"Đã lập tin nháp {made.path} (chưa đăng).")
    if original is not None:
        print(f"Tệp gốc: {Path(made.path).with_suffix('').as_posix()}/{original.name}, SHA-256 {original.sha256}")
    if made.full_text:
        print(f"Bản chữ dài nên để riêng: {Path(made.path).with_suffix('').as_posix()}/{draft.FULL_TEXT}")
    print(f"Đơn vị phụ trách tin: {place.reason}")
    print("\nĐọc được:")
    for found in imported.fields:
        value = found.value if isinstance(found.value, str) else "; ".join(found.value)
        print(f"  {found.key}: {excerpt(value)} ({found.certainty.value}: {found.place})")
    print("\nCòn phải điền:")
    for label in draft.labels(made.missing):
        print(f"  {label}")
    if imported.notes:
        print("\nCần xem lại:")
        for note in imported.notes:
            print(f"  - {note}")
    print(f"\nMở tệp, điền các dòng CẦN BỔ SUNG, rồi chạy: chinhsach kiem-tra {made.path}")
