"""Does what a message says, and only that: the words of «cách sửa» in, the files of a repository changed.

It knows nothing but the text that a clerk reads, so what it cannot do, a clerk cannot do either.
"""

from __future__ import annotations

import re
from pathlib import Path

from chinhsach.problems import Problem

_LEAD = r"(?: \(đầu dòng có (?P<indent>\d+) dấu cách\))?: (?P<text>.*)$"
_CHANGE = re.compile(rf"(?:^|; )sửa dòng (?P<line>\d+) (?:thành|theo mẫu){_LEAD}")
_ADD = re.compile(rf"(?:^|; )thêm (?:dưới dòng (?P<line>\d+)|trên dòng 1) một dòng(?: theo mẫu)?{_LEAD}")
_DELETE = re.compile(r"(?:^|; )xóa dòng (?P<line>\d+)$")
_MOVE = re.compile(r"^chuyển tệp tới (?P<path>[^\s;]+)")
_RENAME = re.compile(r"^đổi tên (?P<what>tệp|thư mục) thành (?P<name>[^\s;,]+)")
_RENAME_BESIDE = re.compile(r"^đổi tên tệp trong thư mục của tin thành (?P<name>[^\s;]+)")
_RENAME_NAMED = re.compile(r"^trong thư mục ấy đổi tên tệp «(?P<old>[^»]+)» thành (?P<name>\S+)$")
_EXAMPLE = re.compile(r"^ghi ngày in trên văn bản, ví dụ (?P<text>.+)$")
_NOTEPAD = re.compile(r"^mở tệp bằng Notepad, .* chọn UTF-8 rồi lưu đè")
_QUOTED = re.compile(r"«(.*?)»")


def follow(root: Path, problem: Problem) -> bool:
    """Do what the message says; False where it leaves the deed to the reader."""
    path, fix = root / problem.path, problem.words.fix
    return _move(root, path, problem) or _save_again(path, fix) or _edit(path, problem)


def _move(root: Path, path: Path, problem: Problem) -> bool:
    fix = problem.words.fix
    if found := _MOVE.search(fix):
        target = root / found["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
        return True
    if found := _RENAME.search(fix):
        beside = path.with_suffix("")
        path.rename(path.with_name(found["name"]))
        if beside.is_dir():
            beside.rename(beside.with_name(Path(found["name"]).stem))
        return True
    if found := _RENAME_NAMED.search(fix):
        (path.with_suffix("") / found["old"]).rename(path.with_suffix("") / found["name"])
        return True
    if found := _RENAME_BESIDE.search(fix):
        named = path.with_suffix("") / _QUOTED.findall(problem.words.what)[0]
        if named.is_file():
            named.rename(named.with_name(found["name"]))
        return _edit(path, problem)
    return False


def _save_again(path: Path, fix: str) -> bool:
    """What Notepad does on «UTF-8»: it knows UTF-16 by its mark, and takes the rest for the machine's own code page."""
    if not _NOTEPAD.search(fix):
        return False
    data = path.read_bytes()
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1258")
    path.write_text(text, encoding="utf-8")
    return True


def _edit(path: Path, problem: Problem) -> bool:
    fix = problem.words.fix
    lines = path.read_text(encoding="utf-8").split("\n")
    if found := _CHANGE.search(fix):
        lines[int(found["line"]) - 1] = " " * int(found["indent"] or 0) + found["text"]
    elif found := _ADD.search(fix):
        lines.insert(int(found["line"] or 0), " " * int(found["indent"] or 0) + found["text"])
    elif found := _DELETE.search(fix):
        del lines[int(found["line"]) - 1]
    elif found := _EXAMPLE.search(fix):
        wrong = _QUOTED.findall(problem.words.what)[0]
        lines[problem.line - 1] = lines[problem.line - 1].replace(wrong, found["text"])
    else:
        return False
    path.write_text("\n".join(lines), encoding="utf-8")
    return True
