"""An entry and what is to happen to it in, its file changed in place out: correcting, removing, putting back, moving.

Nothing is written unless the check finds no new error in what would be there.
"""

from __future__ import annotations

import difflib
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from . import catalogue as catalogues
from . import edit
from .catalogue import Catalogue, Entry
from .check import check, find_problems
from .dates import format_date
from .kinds import FromVocabulary, is_entry_id
from .outputs import events
from .policy import Status
from .problems import Problem
from .schema import BY_KEY
from .text import excerpt, nearest, one_line

_LONGEST_BEFORE = 500  # of `truoc` and `sau` in the table of keys
_OWN_COMMAND = {
    "ma": "mã không bao giờ đổi",
    "trang_thai": "dùng go-tin hoặc dang-lai",
    "go_tin": "dùng go-tin hoặc dang-lai",
    "thay_doi": "nhật ký chỉ ghi thêm, không sửa",
    "duyet": "ghi thẳng trong tệp sau khi duyệt",
    "dia_chi_cu": "dùng doi-dia-chi",
}
_AWAITS_APPROVAL = frozenset(("duyet-lech", "duyet-thieu"))
"""What a change of content must bring about: the new content is to be approved, then its hash written."""


class Refusal(Exception):
    """The command does not do what was asked; the message says why, and what to do instead."""


class WouldBreak(Refusal):
    """The result would be wrong; `problems` are the errors that it would have, and nothing was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("không ghi gì vào tệp, vì ghi xong thì tin có lỗi")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Done:
    """What was changed: the file, its lines before and after, what is new to look at or to approve."""

    path: str
    changes: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


class Workplace:
    """A project's folder at one moment, as it was before the command."""

    def __init__(self, root: Path, now: datetime) -> None:
        self.root, self.now = root, now
        report = check(root, now)
        if report.catalogue is None:
            raise Refusal(report.problems[0].as_text())
        self.catalogue: Catalogue = report.catalogue
        self.known = {_mark(p) for p in report.problems}

    @property
    def today(self) -> str:
        """The day as entries write it."""
        return format_date(self.now)

    def entry(self, entry_id: str) -> Entry:
        """The entry with this id. Raises Refusal with the nearest one, or where two entries have it."""
        found = self.catalogue.by_id.get(entry_id, [])
        if len(found) > 1:
            raise Refusal(f"mã «{entry_id}» có ở {len(found)} tin: {', '.join(e.file.path for e in found)}")
        if not found:
            near = nearest(entry_id, self.catalogue.by_id)
            raise Refusal(f"không có tin nào mang mã «{entry_id}»" + (f"; có phải «{near}»?" if near else ""))
        return found[0]

    def read(self, entry: Entry) -> bytes:
        """The entry's file as it lies on the disk."""
        return (self.root / entry.file.path).read_bytes()

    def change(self, entry: Entry, steps: Callable[[str], str]) -> Done:
        """Change an entry's text and write it, all or nothing. Raises Refusal, WouldBreak."""
        before = self.read(entry)
        mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
        try:
            text = before[len(mark) :].decode("utf-8")
        except UnicodeDecodeError:
            raise Refusal(f"{entry.file.path} không phải UTF-8; chạy chinhsach kiem-tra và sửa trước") from None
        try:
            after = mark + steps(text).encode("utf-8")
        except edit.CannotEdit as fault:
            raise Refusal(f"{entry.file.path}: {fault}") from None
        remaining = self._judge(entry, after)
        write_whole(self.root / entry.file.path, after)
        return Done(entry.file.path, tuple(_difference(before, after)), remaining)

    def _judge(self, entry: Entry, after: bytes) -> tuple[Problem, ...]:
        changed = catalogues.read_entry(self.root, entry.file, self.catalogue.vocabularies, after)
        others = [e for e in self.catalogue.entries if e.file.path != entry.file.path]
        whole = catalogues.assemble(
            [*others, changed], self.catalogue.vocabularies, self.now, self.root, misplaced=self.catalogue.misplaced
        )
        return self.weigh(find_problems(whole, unwritten={entry.file.path: after}))

    def weigh(self, found: Sequence[Problem]) -> tuple[Problem, ...]:
        """The new notes, and the new errors that only wait for an approval. Raises WouldBreak for any other error."""
        new = [p for p in found if _mark(p) not in self.known]
        broken = [p for p in new if p.is_error]
        if any(p.code not in _AWAITS_APPROVAL for p in broken):
            raise WouldBreak(broken)
        return tuple(new)


def _mark(problem: Problem) -> tuple[str, str, str]:
    """What makes two problems the same one, though its line moved."""
    return problem.path, problem.code, problem.words.what


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file's content in one step: a reader sees the old one or the new one, never a half."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            os.chmod(name, path.stat().st_mode & 0o7777)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _difference(before: bytes, after: bytes) -> list[str]:
    old, new = (data.decode("utf-8-sig").splitlines() for data in (before, after))
    shown = difflib.unified_diff(old, new, lineterm="", n=0)
    return [line for line in shown if not line.startswith(("---", "+++", "@@"))]


def correct(place: Workplace, entry: Entry, key: str, before: str, after: str, text: str) -> Done:
    """Mend what the entry says: `key` gets the value `after`; without a key only the log is written (a mended body).

    `before` is what the entry said where no key tells it; `text` may be empty where a key names the matter.
    """
    _must_be_public(place, entry)
    root_key = key.partition(".")[0]
    row = BY_KEY.get(root_key)
    if key:
        if row is None:
            near = nearest(root_key, BY_KEY)
            raise Refusal(f"không có khóa «{root_key}»" + (f"; có phải «{near}»?" if near else ""))
        if root_key in _OWN_COMMAND:
            raise Refusal(f"khóa {root_key} không đính chính bằng lệnh này: {_OWN_COMMAND[root_key]}")
        if not row.public:
            raise Refusal(f"khóa {root_key} là khóa nội bộ, không lên trang: sửa thẳng trong tệp, không cần đính chính")
        text = text or f"Sửa mục «{row.label}»"

    def steps(written: str) -> str:
        said = before
        if key:
            said = edit.value_of(written, key) or before or "không ghi"
            if one_line(said) == one_line(after):
                raise Refusal(f"{key} đang ghi đúng «{excerpt(after)}» rồi, không có gì để đính chính")
            is_list = row is not None and "." not in key and isinstance(row.kind, FromVocabulary) and row.kind.several
            written = edit.set_value(written, key, re.split(r"\s*,\s*", after.strip("[] ")) if is_list else after)
        line = {"ngay": place.today, "loai": "dinh-chinh", "noi_dung": text}
        line |= {"truoc": excerpt(said, _LONGEST_BEFORE), "sau": excerpt(after, _LONGEST_BEFORE)}
        return edit.append(written, "thay_doi", line)

    return place.change(entry, steps)


def _must_be_public(place: Workplace, entry: Entry) -> None:
    if entry.policy.status is Status.REMOVED:
        raise Refusal(f"tin «{entry.id}» đã gỡ; dùng dang-lai nếu muốn đăng lại")
    if not place.catalogue.is_released(entry):
        raise Refusal(f"tin «{entry.id}» chưa đăng: sửa thẳng trong tệp {entry.file.path}, không cần nhật ký")


def take_down(place: Workplace, entry: Entry, reason: str, successor: str, *, erase: bool) -> Done:
    """Remove an entry: its page stays with the reason, or with nothing of its words where `erase`."""
    removal = entry.policy.removal
    if entry.policy.status is Status.REMOVED and removal is not None:
        if not erase or removal.erases_content:
            raise Refusal(f"tin «{entry.id}» đã gỡ ngày {format_date(removal.moment)}")
        return place.change(entry, lambda written: _erase(written, place.today))
    _must_be_public(place, entry)
    values = {"ngay": place.today, "ly_do": reason}
    if successor:
        values["thay_bang"] = successor
    if erase:
        values["che_do"] = "xoa-noi-dung"

    def steps(written: str) -> str:
        return edit.add_group(edit.set_value(written, "trang_thai", "da-go"), "go_tin", values)

    return place.change(entry, steps)


def _erase(written: str, today: str) -> str:
    """A removed entry loses its words as well; the line of the log makes the feeds tell it again."""
    written = edit.set_value(written, "go_tin.che_do", "xoa-noi-dung")
    line = {"ngay": today, "loai": "cap-nhat", "noi_dung": "Xóa nội dung của tin đã gỡ"}
    return edit.append(written, "thay_doi", line)


def put_back(place: Workplace, entry: Entry, text: str) -> Done:
    """Publish a removed entry again; its removal stays in the log."""
    removal = entry.policy.removal
    if entry.policy.status is not Status.REMOVED or removal is None:
        raise Refusal(f"tin «{entry.id}» không phải tin đã gỡ")
    if removal.erases_content:
        raise Refusal(
            f"tin «{entry.id}» đã xóa nội dung vì lộ điều không được công bố; không đăng lại bằng lệnh. "
            "Hãy lập tin mới, mã mới, với nội dung đã làm sạch"
        )
    is_named = len(events.log(entry.policy)) == len(entry.policy.changes)

    def steps(written: str) -> str:
        day = edit.value_of(written, "go_tin.ngay") or format_date(removal.moment)
        written = edit.remove(edit.set_value(written, "trang_thai", "cong-khai"), "go_tin")
        if not is_named:
            written = edit.append(written, "thay_doi", {"ngay": day, "loai": "go-tin", "noi_dung": removal.reason})
        return edit.append(written, "thay_doi", {"ngay": place.today, "loai": "dang-lai", "noi_dung": text})

    return place.change(entry, steps)


def add_former_path(place: Workplace, entry: Entry, path: str) -> Done:
    """Let an earlier address of the site lead to the entry."""
    path = re.sub(r"^https?://[^/]+/", "", path).strip("/")
    if path in entry.policy.former_paths:
        raise Refusal(f"địa chỉ «{path}» đã dẫn về tin «{entry.id}»")
    return place.change(entry, lambda written: edit.append(written, "dia_chi_cu", path))


def move(place: Workplace, entry: Entry, target: str) -> Done:
    """Move an entry's file with its folder: `<don-vi>/<năm>`, or, before it is public, a new id.

    The page's address is made of the id alone, so a moved file keeps its address.
    """
    if "/" in target.strip("/"):
        parts = PurePosixPath(target.strip("/").removeprefix("policies/")).parts
        if len(parts) != 2 or not re.fullmatch(r"[a-z0-9_-]+", parts[0]) or not re.fullmatch(r"[0-9]{4}", parts[1]):
            raise Refusal(f"«{target}» không phải chỗ để tin; ghi <đơn vị>/<năm>, ví dụ van-phong-so/2026")
        return _relocate(place, entry, "/".join(("policies", *parts)), entry.file.stem)
    if place.catalogue.is_released(entry):
        raise Refusal(
            f"tin «{entry.id}» đã công khai nên mã không đổi nữa: nơi lấy tin nhận ra tin bằng mã, đổi mã thì tin cũ "
            f"còn mãi ở đó. Chuyển tệp sang đơn vị hay năm khác: doi-dia-chi {entry.id} <đơn vị>/<năm>. "
            f"Cho một địa chỉ trước đây dẫn về tin: doi-dia-chi {entry.id} --dia-chi-cu <đường dẫn>"
        )
    if not is_entry_id(target):
        raise Refusal(f"mã tin «{target}» chưa đúng dạng: chỉ chữ thường không dấu, số và gạch nối, 3–80 ký tự")
    if place.catalogue.find(target) is not None:
        raise Refusal(f"mã tin «{target}» đã có ở tin khác")
    if "ma" in entry.policy.lines:
        raise Refusal(f"tin ghi mã ở khóa ma; hãy sửa thẳng dòng {entry.policy.line_of('ma')} của {entry.file.path}")
    folder = PurePosixPath(entry.file.path).parent
    return _relocate(place, entry, str(folder.parent if entry.file.path.endswith("/index.md") else folder), target)


def _relocate(place: Workplace, entry: Entry, folder: str, stem: str) -> Done:
    """Rename the entry's file and its folder; back again where the check then finds a new error."""
    is_index = entry.file.path.endswith("/index.md")
    pairs = [(entry.file.files, f"{folder}/{stem}")] if (place.root / entry.file.files).is_dir() else []
    if not is_index:
        pairs.append((entry.file.path, f"{folder}/{stem}.md"))
    pairs = [(old, new) for old, new in pairs if old != new]
    if not pairs:
        raise Refusal(f"tin «{entry.id}» đã ở {entry.file.path}")
    taken = [new for _, new in pairs if (place.root / new).exists()]
    if taken:
        raise Refusal(f"đã có {taken[0]}; hãy chọn chỗ khác")
    (place.root / folder).mkdir(parents=True, exist_ok=True)
    moved: list[tuple[str, str]] = []
    try:
        for old, new in pairs:
            (place.root / old).rename(place.root / new)
            moved.append((old, new))
        new_path = f"{folder}/{stem}/index.md" if is_index else f"{folder}/{stem}.md"
        report = check(place.root, place.now)
        waiting = place.weigh([replace(p, path=entry.file.path) if p.path == new_path else p for p in report.problems])
    except BaseException:
        for old, new in reversed(moved):
            (place.root / new).rename(place.root / old)
        for empty in (place.root / folder, (place.root / folder).parent):
            with suppress(OSError):
                empty.rmdir()  # only where the command made it: a folder that holds something stays
        raise
    changes = [f"{old} → {new}" for old, new in moved]
    now = report.catalogue.by_path.get(new_path) if report.catalogue else None
    if now is not None and now.owner.lead != entry.owner.lead:
        changes.append(f"đơn vị phụ trách tin: {', '.join(entry.owner.lead)} → {', '.join(now.owner.lead)}")
    return Done(new_path, tuple(changes), waiting)
