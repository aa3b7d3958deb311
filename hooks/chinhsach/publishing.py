"""A built site's folder in, a private copy of it out of which every file is the one that its own list names."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .before_release import Comparison
from .ledger import PLACE as LEDGER
from .ledger import Ledger
from .outputs.words import ERASED_TITLE
from .release import MANIFEST

SIGNATURE = f"{MANIFEST}.minisig"
"""The only file beside the list that the list cannot name."""
_PREVIEW_MARK = b'aria-labelledby="tb-xem-truoc"'
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHOWN = 5
_SAID: Mapping[int, str] = {
    errno.ENOSPC: "đĩa đầy; hãy dọn chỗ (hoặc giảm --giu) rồi gọi lại",
    errno.EDQUOT: "hết hạn mức đĩa; hãy dọn chỗ (hoặc giảm --giu) rồi gọi lại",
    errno.EACCES: "không có quyền; hãy chạy bằng người dùng được ghi vào đích",
    errno.EPERM: "không có quyền; hãy chạy bằng người dùng được ghi vào đích",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.ENOTDIR: "trên đường tới đó có chỗ không phải thư mục",
    errno.ENOENT: "không có thư mục này",
    errno.EIO: "đĩa báo lỗi",
}

Judge = Callable[[Ledger, Path], Comparison]
"""The ledger now at the target and the folder of the new release in, what the release does out."""


class NotPublished(Exception):
    """Nothing was published, and what stood at the target stands; the message says why and what to do."""


class WrongTarget(NotPublished):
    """The command was called for a place that cannot be published to in this way."""


class Busy(NotPublished):
    """Another publication to the same target is under way."""


@dataclass(frozen=True, slots=True)
class Build:
    """A built site: SHA-256 by path, its list of files included."""

    folder: Path
    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """What names the whole release: the hash of its list."""
        return self.files[MANIFEST]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a publication. `name` is empty where the comparison forbade it; `left`: old ones not yet deleted."""

    comparison: Comparison | None
    name: str
    is_same: bool = False
    changed: int = 0
    deleted: tuple[str, ...] = ()
    left: str = ""


def reason(fault: OSError) -> str:
    """Why the disk refused, in a sentence for the one at the keyboard."""
    said = _SAID.get(fault.errno or 0) or f"máy báo «{fault.strerror or type(fault).__name__}»"
    return f"{said} («{fault.filename}»)" if fault.filename else said


def read_build(folder: Path) -> Build:
    """The files of a built site as its list names them. Raises NotPublished where files lack, are too many, or links.

    Only names are compared here; the bytes are when `stage` copies them.
    """
    try:
        content = (folder / MANIFEST).read_bytes()
        found = _names(folder)
    except OSError:
        raise WrongTarget(f"«{folder}» không phải trang đã dựng: không có {MANIFEST}; hãy chạy mkdocs build") from None
    listed = _listed(content, folder)
    known = {MANIFEST, SIGNATURE, *listed}
    _refuse("có trong danh sách mà không có tệp", sorted(listed.keys() - found), folder)
    _refuse("không có trong danh sách", sorted(found - known), folder)
    files = {**listed, MANIFEST: hashlib.sha256(content).hexdigest()}
    if SIGNATURE in found:
        files[SIGNATURE] = hashlib.sha256((folder / SIGNATURE).read_bytes()).hexdigest()
    return Build(folder, files)


def _listed(content: bytes, folder: Path) -> dict[str, str]:
    try:
        found = json.loads(content.decode("utf-8"))["tep"]
        listed = {str(path): str(digest) for path, digest in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotPublished(f"{folder}/{MANIFEST} hỏng; hãy dựng lại trang: mkdocs build") from None
    for path, digest in listed.items():
        if path.startswith("/") or ".." in path.split("/") or "\0" in path or not _SHA256.fullmatch(digest):
            raise NotPublished(f"{folder}/{MANIFEST} hỏng; hãy dựng lại trang: mkdocs build")
    return listed


def _names(folder: Path) -> set[str]:
    """Every file below a folder. Raises NotPublished for what is no plain file: a link may lead anywhere."""
    root, names = os.path.join(folder, ""), set()
    pending = [root]
    while pending:
        with os.scandir(pending.pop()) as found:
            for one in found:
                if one.is_dir(follow_symlinks=False):
                    pending.append(one.path)
                elif one.is_file(follow_symlinks=False):
                    names.add(one.path[len(root) :].replace(os.sep, "/"))
                else:
                    raise NotPublished(f"«{one.path}» là liên kết hay tệp đặc biệt, không phải tệp của trang")
    return names


def _refuse(what: str, names: list[str], folder: Path) -> None:
    if names:
        more = f" và {len(names) - _SHOWN} tệp khác" if len(names) > _SHOWN else ""
        raise NotPublished(
            f"trang «{folder}» không khớp {MANIFEST}: {what}: {', '.join(names[:_SHOWN])}{more}; "
            "hãy dựng lại trang (mkdocs build) và không sửa tay sau khi dựng"
        )


def stage(build: Build, target: Path, like: Path | None, moment: int) -> int:
    """Copy a build into the new folder `target`; how many files are not those of `like`.

    A file that equals the one in `like` is the very same file, or keeps its time where the disk has no hard links, so
    that its ETag stays; the others get the time `moment`. The list is always new: its time tells when it was published.
    Raises NotPublished where bytes are not those of the list, OSError where the disk refuses.
    """
    changed = 0
    made: set[str] = set()
    target.mkdir()
    os.chmod(target, 0o755)  # noqa: S103  (public files; a web server reads them under another name)
    for path, wanted in build.files.items():
        content = _bytes(build.folder / path)
        if hashlib.sha256(content).hexdigest() != wanted:
            _refuse("nội dung khác danh sách", [path], build.folder)
        _make_parents(target, path, made)
        place = os.path.join(target, path)
        old = None if like is None or path == MANIFEST else os.path.join(like, path)
        if old is not None and _holds(old, content):
            _same_again(old, place, content)
            continue
        changed += path != MANIFEST
        _write(place, content, (moment * 10**9, moment * 10**9))
    return changed


def _make_parents(target: Path, path: str, made: set[str]) -> None:
    """The folders above a file, readable by the web server whatever the umask."""
    parts = path.split("/")[:-1]
    for count in range(1, len(parts) + 1):
        name = "/".join(parts[:count])
        if name not in made:
            os.mkdir(os.path.join(target, name))
            os.chmod(os.path.join(target, name), 0o755)  # noqa: S103
            made.add(name)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotPublished(f"«{path}» mất trong lúc đang chép: có lần dựng khác đang chạy; hãy gọi lại") from None


def _holds(path: str, content: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() == content
    except OSError:
        return False


def _same_again(old: str, place: str, content: bytes) -> None:
    try:
        os.link(old, place)
    except OSError:
        told = os.stat(old)
        _write(place, content, (told.st_atime_ns, told.st_mtime_ns))


def _write(place: str, content: bytes, times: tuple[int, int]) -> None:
    with open(place, "xb") as file:
        file.write(content)
    os.chmod(place, 0o644)
    os.utime(place, ns=times)


def is_same(build: Build, folder: Path) -> bool:
    """Whether a published release is this build, byte for byte, and whole."""
    try:
        if _names(folder) != set(build.files):
            return False
        return all(
            hashlib.sha256((folder / path).read_bytes()).hexdigest() == wanted
            and _holds(str(build.folder / path), (folder / path).read_bytes())
            for path, wanted in build.files.items()
        )
    except (OSError, NotPublished):
        return False


def refuse_preview(build: Build, public: Ledger) -> None:
    """Raise NotPublished for a build with working copies or scheduled entries, which no ledger names."""
    ids = {line.id for line in public.lines}
    for path in build.files:
        parts = path.split("/")
        is_entry = parts[0] == "chinh-sach" and len(parts) == 3 and parts[2] == "index.html"
        if is_entry and parts[1] not in ids and _PREVIEW_MARK in (build.folder / path).read_bytes():
            raise NotPublished(
                f"«{build.folder}» là bản xem trước, có bản nháp hoặc tin hẹn giờ («{parts[1]}»); "
                "hãy dựng lại không kèm CHINHSACH_XEM_TRUOC"
            )


def erased(public: Ledger) -> frozenset[str]:
    """The entries of which a release keeps no word."""
    return frozenset(line.id for line in public.lines if line.is_withdrawn and line.title.startswith(ERASED_TITLE))


def moment_of(folder: Path) -> float:
    """When a release was published: the time of its list, which is written with each publication."""
    return (folder / MANIFEST).stat().st_mtime


__all__ = [
    "LEDGER",
    "MANIFEST",
    "Build",
    "Busy",
    "Judge",
    "NotPublished",
    "Outcome",
    "WrongTarget",
    "erased",
    "is_same",
    "moment_of",
    "read_build",
    "reason",
    "refuse_preview",
    "stage",
]
