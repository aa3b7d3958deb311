"""A link of a body as the clerk wrote it in, where it leads out: the one place that the check and the pages ask."""

from __future__ import annotations

import posixpath
import re
from typing import Literal, NamedTuple
from urllib.parse import unquote

from .catalogue import Catalogue, Entry
from .schema import ATTACHMENT_SUFFIXES
from .text import nearest, nfc, slug

Kind = Literal["web", "anchor", "full-text", "entry", "file", "broken"]

_WEB = ("http:", "https:", "mailto:", "tel:")
FILE_NAME = re.compile(r"[a-z0-9_][a-z0-9._-]*")
_HOST = re.compile(r"(www\.)?[a-z0-9-]+(\.[a-z0-9-]+)*\.(vn|com|net|org|info)(/.*)?", re.I)


class Resolved(NamedTuple):
    """Where a link leads; `reason` says why it leads nowhere, `suggestion` is what to write instead, if one is sure.

    `file` is a name in the entry's own folder, which may be missing there: that is the business of `thieu-tep`.
    """

    kind: Kind
    entry: Entry | None = None
    fragment: str = ""
    file: str = ""
    reason: str = ""
    suggestion: str = ""


def resolve(target: str, entry: Entry, catalogue: Catalogue) -> Resolved:
    """Find what a link of `entry` leads to.

    Relative forms: `#de-muc`, `toan-van/#dieu-5`, `<id>#de-muc`, a path to another entry's `.md` file,
    the name of a file in the entry's folder (`hinh.png`, or `<id>/hinh.png` as a forge shows it).
    """
    if target.lower().startswith(_WEB):
        return Resolved("web")
    path, _, fragment = nfc(unquote(target.strip())).partition("#")
    if not path:
        return _own_anchor(fragment, entry)
    if path.startswith("/"):
        return _absolute(path, catalogue)
    path = path.removeprefix("./")
    if path.rstrip("/") == "toan-van":
        return _full_text(fragment, entry)
    return (
        _by_path(path, fragment, entry, catalogue)
        or _by_id(path, fragment, entry, catalogue)
        or _file(path, fragment, entry)
        or _nowhere(path, catalogue)
    )


def _own_anchor(fragment: str, entry: Entry) -> Resolved:
    if not fragment:
        return Resolved("broken", reason="chưa ghi địa chỉ")
    return _at_heading(Resolved("anchor", entry, fragment), entry)


def _at_heading(found: Resolved, target: Entry, prefix: str = "#") -> Resolved:
    anchors = {heading.id for heading in target.body.headings}
    if not found.fragment or found.fragment in anchors or not target.is_readable:
        return found
    near = nearest(slug(found.fragment), anchors)
    place = "bài này" if prefix == "#" else f"tin {target.id}"
    return Resolved(
        "broken", reason=f"{place} không có đề mục #{found.fragment}", suggestion=prefix + near if near else ""
    )


def _full_text(fragment: str, entry: Entry) -> Resolved:
    if entry.policy.full_text is None:
        if "toan_van" in entry.broken:
            return Resolved("full-text", entry, fragment)  # one mistake, one message: the key is already reported
        return Resolved("broken", reason="tin này không có toàn văn (khóa toan_van)")
    if fragment and entry.full_text is not None and fragment not in entry.full_text.anchors:
        near = nearest(slug(fragment), entry.full_text.anchors)
        reason = f"toàn văn không có chỗ nào mang địa chỉ #{fragment}"
        return Resolved("broken", reason=reason, suggestion=f"toan-van/#{near}" if near else "")
    return Resolved("full-text", entry, fragment)


def _absolute(path: str, catalogue: Catalogue) -> Resolved:
    last = path.strip("/").rpartition("/")[2].removesuffix(".md")
    known = last if catalogue.find(last) else ""
    return Resolved(
        "broken", reason="đường dẫn bắt đầu bằng dấu / chỉ đúng khi trang nằm ở gốc tên miền", suggestion=known
    )


def _by_path(path: str, fragment: str, entry: Entry, catalogue: Catalogue) -> Resolved | None:
    if ".." in path.split("/"):
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(entry.file.path), path))
        if not whole.startswith("policies/"):
            return Resolved("broken", reason="đường dẫn đi ra ngoài thư mục policies/")
    if not path.endswith(".md"):
        return None
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(entry.file.path), path))
    own_text = entry.policy.full_text
    if own_text is not None and (path == own_text.file or whole == f"{entry.file.files}/{own_text.file}"):
        return _full_text(fragment, entry)
    target = catalogue.by_path.get(whole)
    if target is not None:
        return _to_entry(target, fragment, path, entry, catalogue)
    known = posixpath.basename(path).removesuffix(".md")
    suggestion = known if catalogue.find(known) else nearest(known, catalogue.by_id) or ""
    return Resolved("broken", reason=f"không có tệp {whole}", suggestion=suggestion)


def _by_id(path: str, fragment: str, entry: Entry, catalogue: Catalogue) -> Resolved | None:
    target = catalogue.find(path.removesuffix("/"))
    return _to_entry(target, fragment, path, entry, catalogue) if target is not None else None


def _to_entry(target: Entry, fragment: str, written: str, entry: Entry, catalogue: Catalogue) -> Resolved:
    if catalogue.is_released(entry) and is_withheld(target, catalogue):
        return Resolved("broken", reason=f"tin {target.id} chưa đăng nên chưa có trang")
    return _at_heading(Resolved("entry", target, fragment), target, prefix=f"{written}#")


def is_withheld(entry: Entry, catalogue: Catalogue) -> bool:
    """Whether an entry has no public page by its own will, and not because a mistake in it hides its status or day."""
    known = entry.is_readable and not {"trang_thai", "ngay_dang"} & entry.broken
    return known and not catalogue.is_released(entry)


def _file(path: str, fragment: str, entry: Entry) -> Resolved | None:
    folder = posixpath.basename(entry.file.files)
    name = path.removeprefix(f"{folder}/") if not entry.file.path.endswith("/index.md") else path
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if "/" in name or not suffix:
        return None
    if suffix in ATTACHMENT_SUFFIXES:
        if FILE_NAME.fullmatch(name):
            return Resolved("file", entry, fragment, name)
        better = f"{slug(name.rpartition('.')[0])}.{suffix}"
        return Resolved("broken", reason="tên tệp chỉ gồm chữ thường không dấu, số và . _ -", suggestion=better)
    if name in entry.files:
        return Resolved("broken", reason=f"tệp loại .{suffix} không được đăng trên trang")
    return None


def _nowhere(path: str, catalogue: Catalogue) -> Resolved:
    if _HOST.fullmatch(path):
        return Resolved("broken", reason="thiếu https:// ở đầu", suggestion=f"https://{path}")
    last = path.strip("/").rpartition("/")[2].removesuffix(".md")
    near = last if catalogue.find(last) else nearest(last, catalogue.by_id) or ""
    return Resolved("broken", reason="không có tin nào mang mã này, cũng không phải tên tệp", suggestion=near)


def mentioned_files(entry: Entry, catalogue: Catalogue) -> dict[str, int]:
    """The files that an entry names in its keys or shows in its body, each with the line of its first mention."""
    policy = entry.policy
    found: dict[str, int] = {}

    def add(name: str, line: int) -> None:
        if name:
            found.setdefault(name, line)

    for place, attachment in enumerate(policy.attachments):
        add(attachment.file, policy.line_of(f"tep.{place}.tep"))
    if policy.full_text is not None:
        add(policy.full_text.file, policy.line_of("toan_van.tep"))
    if policy.consultation is not None and policy.consultation.result is not None:
        add(policy.consultation.result.file, policy.line_of("gop_y.ket_qua.tep"))
    for place, version in enumerate(policy.language_versions):
        add(version.file, policy.line_of(f"ban_tieng.{place}.tep"))
    for link in entry.body.links:
        add(resolve(link.target, entry, catalogue).file, link.line)
    return found
