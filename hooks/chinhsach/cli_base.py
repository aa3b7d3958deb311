"""What every command needs: exit codes, the refusal of a wrong call, the project's folder, vocabularies, the time."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from . import before_release, clock, vocabulary
from . import catalogue as catalogues
from .check import Report
from .problems import FORMATS, Problem, as_gitlab
from .rules import problem
from .text import nearest

WELL, PROBLEMS, WRONG_CALL = 0, 1, 2

GITLAB = "gitlab"
"""The form of the check that is one document, not one piece a problem."""


class WrongCall(Exception):
    """The command cannot be carried out as it was called; the message says how to call it."""


def find_root(start: Path) -> Path:
    """The project's folder: the nearest one upward that holds `policies/`. Raises WrongCall."""
    for folder in (start, *start.parents):
        if (folder / "policies").is_dir() and (folder / "mkdocs.yml").is_file():
            return folder
    raise WrongCall("không thấy thư mục policies/; hãy chạy lệnh trong thư mục của dự án")


def why_unread(fault: OSError | ValueError) -> str:
    """Why a file that someone named cannot be read."""
    if isinstance(fault, FileNotFoundError):
        return "không có tệp này; xem lại tên tệp và thư mục đang đứng"
    if isinstance(fault, IsADirectoryError):
        return "đây là thư mục"
    return (fault.strerror if isinstance(fault, OSError) else None) or "tên tệp không dùng được"


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


def relations_here() -> dict[str, vocabulary.RelationType] | None:
    """The vocabulary of relations, or None outside a project: two ledgers can be compared anywhere."""
    try:
        root = find_root(Path.cwd())
    except WrongCall:
        return None
    return vocabularies_of(root).relations


def due_entries(root: Path, now: datetime) -> list[before_release.Due]:
    """The entries of a project whose time has come; what is wrong with them is for the check."""
    catalogue = catalogues.load(root, vocabularies_of(root), now)
    return [before_release.Due(entry.id, entry.policy.published) for entry in catalogue.released()]


def unknown(what: str, given: str, known: Iterable[str]) -> str:
    """The sentence for a value that is not in a list, with the nearest one and the whole list."""
    known = list(known)
    near = nearest(given, known)
    hint = f"; có phải «{near}»?" if near else "."
    return f"không có {what} «{given}»{hint} Chọn trong: {', '.join(known)}"


def read_or_refuse(report: Report) -> catalogues.Catalogue:
    """What a check has read. Raises WrongCall where the vocabularies themselves could not be read."""
    if report.catalogue is None:
        raise WrongCall(report.problems[0].as_text())
    return report.catalogue


def tell_left_out(report: Report, done: str) -> None:
    """Say on standard error how many files are not `done` (counted, looked at), for they have errors."""
    if wrong := report.wrong_files:
        print(f"{len(wrong)} tệp có lỗi nên không được {done}; hãy chạy chinhsach kiem-tra", file=sys.stderr)


def print_problems(problems: Sequence[Problem], form: str) -> None:
    """Print problems in a form of `--dinh-dang`."""
    if form == GITLAB:
        print(as_gitlab(problems))
        return
    write = FORMATS[form]
    for shown in problems:
        print(write(shown))
        if form == "van-ban":
            print()
