"""A check and a comparison of releases in, the comment on a pull request out: what will appear, where, what to mend."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from .before_release import Comparison, Group
from .catalogue import Catalogue, Entry
from .check import Report
from .dates import format_date
from .outputs import words
from .outputs.view import entry_path
from .policy import Status
from .problems import Problem
from .text import excerpt

MARK = "<!-- chinhsach nhan-xet -->"
"""Stands first, so that the next comment takes the place of the last one."""
MOST_CHARACTERS = 60_000
_MOST_PROBLEMS = 30
_KEPT_BY_UNITS = re.compile(r"policies/(?:_cho-phan-loai|[^_./][^/]*)/")
"""What the owners' file gives to units and office; vocabularies are the keepers', like code."""


class Request(NamedTuple):
    """What is asked to be merged: the paths that it changes, or None where all entries are meant."""

    changed: Collection[str] | None = None

    def touches(self, path: str) -> bool:
        """Whether an entry's file, or one of the files beside it, is changed."""
        if self.changed is None:
            return True
        own = path.removesuffix(".md").removesuffix("/index") + "/"
        return path in self.changed or any(changed.startswith(own) for changed in self.changed)


def comment(report: Report, comparison: Comparison | None, request: Request) -> str:
    """The Markdown that `chinhsach nhan-xet` prints; without a comparison it says that there was none."""
    errors = [problem for problem in report.problems if problem.is_error]
    parts = [MARK, _verdict(errors, comparison)]
    if report.catalogue is not None:
        parts.append(_appearing(report.catalogue, request, {problem.path for problem in errors}))
    parts.append(_to_mend(report.problems, request))
    parts.append(_release(comparison))
    outside = sorted(path for path in request.changed or () if not _KEPT_BY_UNITS.match(path))
    if outside:
        listed = ", ".join(_code(path) for path in outside[:10]) + (", …" if len(outside) > 10 else "")
        parts.append(f"### Ngoài phần tin\n\nĐề nghị này còn sửa {len(outside)} tệp của người giữ kho: {listed}.")
    text = "\n\n".join(part for part in parts if part) + "\n"
    if len(text) <= MOST_CHARACTERS:
        return text
    return text[:MOST_CHARACTERS].rsplit("\n", 1)[0] + "\n\n… còn nữa: xem kết quả của lần chạy.\n"


def _verdict(errors: Collection[Problem], comparison: Comparison | None) -> str:
    if errors:
        return (
            f"## Chưa nhận được: còn {len(errors)} lỗi\n\nSửa theo mục «Cần sửa» rồi lưu lại, máy sẽ kiểm tra lần nữa."
        )
    if comparison is not None and comparison.has_errors:
        return "## Chưa nhận được: lần đăng này làm hỏng điều đã công khai\n\nXem mục «So với lần đăng trước»."
    return "## Máy kiểm tra: đạt\n\nMáy không đọc thay người: số, ngày, câu chữ phải đối chiếu với văn bản gốc."


def _appearing(catalogue: Catalogue, request: Request, wrong: Collection[str]) -> str:
    entries = [entry for entry in catalogue.entries if request.touches(entry.file.path)]
    if not entries:
        return "### Sẽ hiện trên trang\n\nKhông có tin nào được thêm hay sửa."
    shown = entries if request.changed is not None else [e for e in entries if not catalogue.is_released(e)]
    if not shown:
        return f"### Sẽ hiện trên trang\n\n{len(entries)} tin, tất cả đã công khai."
    rows = [row for entry in shown for row in _entry(entry, catalogue, is_wrong=entry.file.path in wrong)]
    return "\n".join(["### Sẽ hiện trên trang", "", *rows])


def _entry(entry: Entry, catalogue: Catalogue, *, is_wrong: bool) -> Iterator[str]:
    policy = entry.policy
    yield f"- **{_plain(words.page_title(policy))}** ({_code(entry.file.path)})"
    yield f"  - {_when(entry, catalogue)}{'; chưa đăng được vì còn lỗi' if is_wrong else ''}"
    yield f"  - {_unit(entry, catalogue)}"
    if policy.status is not Status.WORKING:
        yield f"  - Địa chỉ: {_code('/' + entry_path(policy.id))}"
    if policy.attachments and not policy.is_erased:
        yield f"  - Tệp: {', '.join(_plain(attachment.name) for attachment in policy.attachments)}"


def _when(entry: Entry, catalogue: Catalogue) -> str:
    policy = entry.policy
    if policy.status is Status.WORKING:
        return "Bản nháp: chưa hiện với người đọc (`trang_thai: ban-nhap`)"
    if policy.status is Status.REMOVED:
        return "Tin gỡ: trang còn lại với lời báo"
    if policy.published is None:
        return "Chưa rõ ngày đăng"
    day = format_date(policy.published)
    return f"Công khai, đăng ngày {day}" if catalogue.is_released(entry) else f"Hẹn đăng ngày {day}, trước đó chưa hiện"


def _unit(entry: Entry, catalogue: Catalogue) -> str:
    names = [_plain(words.unit_name(unit, entry, catalogue)) for unit in entry.owner.lead]
    if not names:
        return "Đơn vị phụ trách: **chưa xác định được**"
    also = [_plain(words.unit_name(unit, entry, catalogue)) for unit in entry.owner.supporting]
    return f"Đơn vị phụ trách: **{'; '.join(names)}**" + (f"; phối hợp: {'; '.join(also)}" if also else "")


def _to_mend(problems: Iterable[Problem], request: Request) -> str:
    """Errors anywhere, because each stops the build; reminders only for what this request changes."""
    listed = [p for p in problems if p.is_error or (request.changed is not None and request.touches(p.path))]
    if not listed:
        return "### Cần sửa\n\nKhông có gì."
    listed.sort(key=lambda p: (not p.is_error, not request.touches(p.path)))
    lines = ["### Cần sửa" if listed[0].is_error else "### Nên xem lại", ""]
    for problem in listed[:_MOST_PROBLEMS]:
        place = f"{_code(problem.path)} dòng {problem.line}"
        lines.append(f"- **{problem.severity.value}** · {place}: {_plain(problem.words.what, 400)}")
        lines.append(f"  - cách sửa: {_plain(problem.words.fix, 400)}")
        lines.append(f"  - vì: {_plain(problem.words.why, 400)}")
    if len(listed) > _MOST_PROBLEMS:
        lines.append(f"- … và {len(listed) - _MOST_PROBLEMS} chỗ nữa; xem đủ bằng lệnh `chinhsach kiem-tra`")
    return "\n".join(lines)


def _release(comparison: Comparison | None) -> str:
    head = "### So với lần đăng trước\n\n"
    if comparison is None:
        return head + "Trang chưa dựng được nên chưa so."
    if comparison.is_first:
        return (
            head + "Không có sổ của lần đăng trước: **không kiểm được** tin bị mất, mã đổi, địa chỉ hỏng, dữ kiện đổi."
        )
    lines = [
        f"- **lỗi**: {_plain(p.words.what, 400)}; cách sửa: {_plain(p.words.fix, 400)}" for p in comparison.problems
    ]
    for row in comparison.rows:
        mark = "**cần đơn vị ấy đồng ý**: " if row.group is Group.TOUCHED else ""
        lines.append(
            f"- {row.group.value}: {mark}{_plain(row.line.title)} ({_code(row.line.id)}): {_plain(row.detail, 400)}"
        )
    return head + ("\n".join(lines) if lines else "Không khác gì.")


def _plain(text: str, most: int = 200) -> str:
    """A clerk's words as words: nothing in them is a mark of Markdown, a tag, a picture, or calls somebody."""
    return re.sub(r"([\\`*_\[\]<>|!~])", r"\\\1", excerpt(text, most)).replace("@", "@\u2060")


def _code(text: str) -> str:
    return "`" + excerpt(text.replace("`", "'"), 200) + "`"
