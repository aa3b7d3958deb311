"""What is wrong with an entry: a fault as the reader finds it, a problem as the clerk reads it, and the report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from .text import clean, one_line


class Severity(Enum):
    """How much a problem weighs: an error stops the build, a note does not."""

    ERROR = "lỗi"
    NOTE = "lưu ý"


class Fault(NamedTuple):
    """A finding without words: which rule was broken, where, and the values that its message names.

    `line` and `column` are 1-based, in the file as it lies on disk.
    """

    code: str
    line: int = 1
    column: int = 1
    values: Mapping[str, str] = {}


class Words(NamedTuple):
    """The three sentences of a message: what is wrong, why it matters, what to type instead."""

    what: str
    why: str
    fix: str

    def with_mend(self, mend: Mend | None) -> Words:
        """The sentences with the line to type at the end of the fix; a fix that ends with that line gives way to it."""
        if mend is None or len(mend.text) > _MOST_TOLD:
            return self
        bare = mend.text.strip()
        said = bare and (self.fix.removeprefix("ghi ") in bare or self.fix.endswith(bare))
        return self._replace(fix=mend.words() if said else f"{self.fix}; {mend.words()}")


class Deed(Enum):
    """What is done with the line."""

    REPLACE = "sửa"
    BELOW = "thêm"
    DELETE = "xóa"


class Mend(NamedTuple):
    """One line to type: its number (0: above the first one), what is done there, and the new text.

    `is_sample`: the text is a pattern that the check takes; what stands in it is the clerk's to know.
    """

    line: int
    text: str = ""
    deed: Deed = Deed.REPLACE
    is_sample: bool = False

    def words(self) -> str:
        """What to type, as the message says it: «sửa dòng 7 thành: loai: cong-van»."""
        if self.deed is Deed.DELETE:
            return f"xóa dòng {self.line}"
        bare = self.text.lstrip(" ")
        indent = len(self.text) - len(bare)
        lead = f" (đầu dòng có {indent} dấu cách)" if indent else ""
        pattern = " theo mẫu" if self.is_sample else ""
        if self.deed is Deed.REPLACE:
            return f"sửa dòng {self.line}{pattern or ' thành'}{lead}: {bare}"
        where = f"dưới dòng {self.line}" if self.line else "trên dòng 1"
        return f"thêm {where} một dòng{pattern}{lead}: {bare}"

    def apply(self, lines: Sequence[str]) -> list[str]:
        """The lines with the mend made."""
        made = list(lines)
        if self.deed is Deed.BELOW:
            made.insert(self.line, self.text)
        elif self.deed is Deed.DELETE:
            del made[self.line - 1]
        else:
            made[self.line - 1] = self.text
        return made


_MOST_TOLD = 700
"""A line longer than this is not told whole: nobody types it from a message."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in one place, as it is shown to the person who can mend it; `mend`: what its fix ends with."""

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    words: Words
    source_line: str = ""
    mend: Mend | None = None

    @property
    def is_error(self) -> bool:
        """Whether the problem stops the build."""
        return self.severity is Severity.ERROR

    def as_text(self) -> str:
        """The problem in the form of DESIGN §7: place, severity, code, what; the line; why; fix."""
        lines = [f"{one_line(self.path)}:{self.line}: {self.severity.value}[{self.code}]: {self.words.what}"]
        if self.source_line.strip():
            lines.append(f"{self.line:>5} | {self.source_line.rstrip()[:200]}")
        lines.append(f"    vì: {self.words.why}")
        lines.append(f"    cách sửa: {self.words.fix}")
        return _printable(clean("\n".join(lines)))  # a file's name can hold what a terminal obeys

    def as_json(self) -> str:
        """The problem as one JSON object on one line (DESIGN §7)."""
        text = json.dumps(
            {
                "tep": self.path,
                "dong": self.line,
                "cot": self.column,
                "ma_loi": self.code,
                "muc_do": "loi" if self.is_error else "luu-y",
                "thong_diep": self.words.what,
                "vi": self.words.why,
                "cach_sua": self.words.fix,
            },
            ensure_ascii=False,
        )
        return _printable(text)

    def as_github(self) -> str:
        """The problem as a workflow annotation; data and properties are escaped as the runner asks."""
        kind = "error" if self.is_error else "notice"
        body = f"{self.words.what}\nvì: {self.words.why}\ncách sửa: {self.words.fix}"
        return _printable(
            f"::{kind} file={_property(self.path)},line={self.line},col={self.column},"
            f"title={_property(self.code)}::{_data(body)}"
        )

    def as_gitlab(self) -> dict[str, object]:
        """The problem as GitLab's Code Quality report lists it; its mark stays while others come and go above it."""
        same = "\x00".join((self.path, self.code, self.words.what, self.source_line.strip()))
        return {
            "description": _printable(f"{self.words.what} · vì: {self.words.why} · cách sửa: {self.words.fix}"),
            "check_name": self.code,
            "fingerprint": hashlib.sha256(same.encode("utf-8", "replace")).hexdigest(),
            "severity": "major" if self.is_error else "info",
            "location": {"path": _printable(self.path), "lines": {"begin": self.line}},
        }


def _printable(text: str) -> str:
    """The text with «?» for what no encoding can write: a file name that is not UTF-8 holds lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by file, line, column and code, each once."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.path, p.line, p.column, p.code, p.words.what))


FORMATS: Mapping[str, Callable[[Problem], str]] = {
    "van-ban": Problem.as_text,
    "json": Problem.as_json,
    "github": Problem.as_github,
}


def as_gitlab(problems: Iterable[Problem]) -> str:
    """A whole report as GitLab's Code Quality file: one JSON array."""
    return json.dumps([problem.as_gitlab() for problem in problems], ensure_ascii=False, indent=0)


def summary(problems: Iterable[Problem], entries: int) -> str:
    """The closing line of a report: how many entries were read, how many errors and notes there are."""
    listed = list(problems)
    errors = sum(p.is_error for p in listed)
    return f"Đã đọc {entries} tin: {errors} lỗi, {len(listed) - errors} lưu ý."
