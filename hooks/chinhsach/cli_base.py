"""What every command needs: exit codes, the refusal of a wrong call, the project's folder, vocabularies, the time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from . import clock, vocabulary
from .rules import problem
from .text import nearest

WELL, PROBLEMS, WRONG_CALL = 0, 1, 2


class WrongCall(Exception):
    """The command cannot be carried out as it was called; the message says how to call it."""


def find_root(start: Path) -> Path:
    """The project's folder: the nearest one upward that holds `policies/`. Raises WrongCall."""
    for folder in (start, *start.parents):
        if (folder / "policies").is_dir() and (folder / "mkdocs.yml").is_file():
            return folder
    raise WrongCall("không thấy thư mục policies/; hãy chạy lệnh trong thư mục của dự án")


def now_or_refuse() -> datetime:
    """The time of this call. Raises WrongCall for a SOURCE_DATE_EPOCH that is no number."""
    try:
        return clock.now()
    except ValueError:
        raise WrongCall("SOURCE_DATE_EPOCH phải là số giây, ví dụ 1763856000") from None


def vocabularies_of(root: Path) -> vocabulary.Vocabularies:
    """The project's vocabularies. Raises WrongCall with the problem of the file that cannot be used."""
    try:
        return vocabulary.load(root)
    except vocabulary.VocabularyFault as broken:
        raise WrongCall(problem(broken.path, broken.fault).as_text()) from None


def unknown(what: str, given: str, known: Iterable[str]) -> str:
    """The sentence for a value that is not in a list, with the nearest one and the whole list."""
    known = list(known)
    near = nearest(given, known)
    hint = f"; có phải «{near}»?" if near else "."
    return f"không có {what} «{given}»{hint} Chọn trong: {', '.join(known)}"
