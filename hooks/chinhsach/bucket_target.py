"""A build in, the objects of an S3-compatible storage out: rclone copies, what readers are led by comes last.

Such a storage has no switch: each object changes by itself. New files come first, then pages, then feeds and data, the
ledger and the list; what is no longer there is deleted at the end (docs/adr/028).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from . import ledger
from .attachments import MEDIA_TYPES
from .publishing import LEDGER, MANIFEST, SIGNATURE, Build, Judge, NotPublished, Outcome, WrongTarget, reason, stage

_REMOTE = re.compile(r":?[\w.+@ -]+(,[^:/]*)?:(?!//)", re.ASCII)
_NO_SUCH_FOLDER = 3
_TYPES: Mapping[str, str] = {
    **MEDIA_TYPES,
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "ics": "text/calendar",
    "xml": "application/xml",
    "json": "application/json",
    "svg": "image/svg+xml",
}
_FEEDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(^|[/.])atom\.xml$"), "application/atom+xml"),
    (re.compile(r"(^|/)(rss(-[a-z-]+)?|luu-tru/[0-9-]+)\.xml$"), "application/rss+xml"),
    (re.compile(r"^(?!du-lieu/chinh-sach/)(.+/)?feed\.json$"), "application/feed+json"),
)
_TEXT = re.compile(r"text/|application/(xml|json|rss\+xml|atom\+xml|feed\+json)$|image/svg\+xml$")
_CACHES: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"^tim-kiem/toan-van/([0-9]{4}/)?[0-9a-f]{10}/[0-9]+\.json$"),
        "public, max-age=31536000, s-maxage=3600, immutable",
    ),
    (re.compile(r"^tim-kiem/.+\.json$"), "no-cache"),
)
_CACHE = "public, max-age=60, must-revalidate"
_ATTACHMENT = re.compile(r"^chinh-sach/[^/]+/tep/")
_OPENED = re.compile(r"\.(pdf|txt|jpg|png|webp|mp3)$")


class Headers(NamedTuple):
    """What is sent with an object; the same as `trien-khai/nginx/chinhsach.conf` sends (a test compares them)."""

    content_type: str
    cache: str
    disposition: str


def headers(path: str) -> Headers:
    """The headers of a file of the site by its path."""
    kind = next((kind for pattern, kind in _FEEDS if pattern.search(path)), "")
    kind = kind or _TYPES.get(path.rpartition(".")[2], "application/octet-stream")
    if _TEXT.match(kind):
        kind += "; charset=utf-8"
    cache = next((cache for pattern, cache in _CACHES if pattern.search(path)), _CACHE)
    is_download = _ATTACHMENT.match(path) and not _OPENED.search(path)
    return Headers(kind, cache, "attachment" if is_download else "")


def turn(path: str) -> int:
    """When a file is copied: what pages need, the pages, what points to pages, the ledger, the list of files."""
    if path in (MANIFEST, SIGNATURE):
        return 4
    if path == LEDGER:
        return 3
    if path.endswith(".html"):
        return 1
    if headers(path).cache.endswith("immutable") or path.startswith(("assets/", "chinh-sach/")):
        return 0
    return 2 if path.endswith((".xml", ".json", ".ics", ".csv", ".txt")) else 0


def is_remote(target: str) -> bool:
    """Whether a target is written as rclone writes one: `<remote>:<bucket>/<path>`."""
    return _REMOTE.match(target) is not None


def publish(build: Build, remote: str, moment: int, judge: Judge, *, is_first: bool, everything: bool) -> Outcome:
    """Bring the objects at `remote` to the state of a build; `everything` sends also what is there already.

    A publication that breaks off is finished by the next one: what is there is asked for, never remembered.
    Raises NotPublished.
    """
    if not remote.partition(":")[2].strip("/") and not remote.startswith(":"):
        raise WrongTarget(f"«{remote}» thiếu tên kho chứa; ví dụ: {remote}ten-kho-chua")
    storage = _Storage(remote)
    try:
        with tempfile.TemporaryDirectory(prefix="chinhsach-") as work:
            staged = Path(work) / "trang"
            stage(build, staged, build.folder, moment)  # a build that runs meanwhile changes nothing here
            there = storage.listed()
            old = _old_ledger(storage, there, is_first)
            compared = judge(old, staged)
            if compared.has_errors:
                return Outcome(compared, "")
            changed = [path for path in build.files if everything or there.get(path) != _md5(staged / path)]
            is_same = changed == [] and there.keys() <= build.files.keys()
            changed += [path for path in (MANIFEST,) if path not in changed]  # its time tells that we were here
            for group, paths in _in_turns(changed):
                storage.send(staged, paths, group, Path(work) / "danh-sach")
            now_there = storage.listed()
            missing = [path for path in build.files if path not in now_there]
            if missing:
                raise NotPublished(f"kho chứa vẫn thiếu {len(missing)} tệp (ví dụ {missing[0]}); hãy gọi lại")
            gone = sorted(now_there.keys() - build.files.keys())
            storage.delete(gone, Path(work) / "danh-sach")
            return Outcome(compared, build.digest[:8], is_same, len(changed) - 1, tuple(gone))
    except (OSError, ledger.LedgerError) as fault:
        raise NotPublished(reason(fault) if isinstance(fault, OSError) else str(fault)) from None


def _old_ledger(storage: _Storage, there: Mapping[str, str], is_first: bool) -> ledger.Ledger:
    if LEDGER not in there:
        if there:
            raise WrongTarget(
                f"«{storage.remote}» có {len(there)} tệp (ví dụ {next(iter(there))}) mà không có {LEDGER}: không phải "
                "trang này, hoặc lần đăng đầu đứt giữa chừng; hãy chọn chỗ khác, hoặc xóa sạch chỗ ấy rồi --lan-dau"
            )
        if not is_first:
            raise WrongTarget(f"«{storage.remote}» chưa có bản nào; lần đăng đầu thì thêm --lan-dau")
        return ledger.Ledger("", ())
    if is_first:
        raise WrongTarget(f"«{storage.remote}» đã có trang; bỏ --lan-dau")
    return ledger.parse(storage.read(LEDGER), f"{storage.remote.rstrip('/')}/{LEDGER}")


def _in_turns(paths: Iterable[str]) -> list[tuple[Headers, list[str]]]:
    groups: dict[tuple[int, Headers], list[str]] = {}
    for path in paths:
        groups.setdefault((turn(path), headers(path)), []).append(path)
    return [(key[1], groups[key]) for key in sorted(groups)]


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


class _Storage:
    """A place that rclone reaches, with rclone's own configuration and environment."""

    def __init__(self, remote: str) -> None:
        self.remote = remote
        self.rclone = shutil.which("rclone")
        if self.rclone is None:
            raise WrongTarget(f"đăng lên «{remote}» cần rclone; trên Debian, Ubuntu: apt-get install rclone")
        self.environment = dict(os.environ)
        # rclone 1.60 (Debian 12) refuses every S3 storage where this is set, but takes the same file as an option.
        self.authority = self.environment.pop("AWS_CA_BUNDLE", "")

    def listed(self) -> dict[str, str]:
        """The MD5 of every object by its path, "" where the storage gives none."""
        done = self._call("lsjson", self.remote, "-R", "--files-only", "--hash", "--no-modtime", "--no-mimetype")
        if done.returncode == _NO_SUCH_FOLDER:
            return {}
        self._check(done)
        return {one["Path"]: one.get("Hashes", {}).get("md5", "") for one in json.loads(done.stdout)}

    def read(self, path: str) -> bytes:
        """The bytes of an object."""
        done = self._call("cat", f"{self.remote.rstrip('/')}/{path}")
        self._check(done)
        return done.stdout

    def send(self, folder: Path, paths: Iterable[str], sent_with: Headers, note: Path) -> None:
        """Copy files of `folder`, with their headers, whatever is there."""
        note.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
        options = ["--header-upload", f"Content-Type: {sent_with.content_type}"]
        options += ["--header-upload", f"Cache-Control: {sent_with.cache}"]
        if sent_with.disposition:
            options += ["--header-upload", f"Content-Disposition: {sent_with.disposition}"]
        named = ("--files-from-raw", str(note), "--no-check-dest", "--no-traverse", "--s3-no-check-bucket")
        self._check(self._call("copy", str(folder), self.remote, *named, "--transfers", "16", *options))

    def delete(self, paths: list[str], note: Path) -> None:
        """Delete objects."""
        if paths:
            note.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
            self._check(self._call("delete", self.remote, "--files-from-raw", str(note)))

    def _call(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [str(self.rclone), *arguments, "--contimeout", "20s", "--timeout", "2m"]
        if self.authority:
            command += ["--ca-cert", self.authority]
        return subprocess.run(  # noqa: S603  (rclone, with paths of the site in files)
            command, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )

    def _check(self, done: subprocess.CompletedProcess[bytes]) -> None:
        if done.returncode:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
            said = "\n".join(f"  {line}" for line in lines[-3:])
            raise NotPublished(f"rclone không làm được với «{self.remote}»; gọi lại thì làm tiếp:\n{said}")
