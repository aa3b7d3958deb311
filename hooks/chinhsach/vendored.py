"""A folder in, the pinned files of the browser form in it out: fetched once from the npm registry, by their hash."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from .text import excerpt

_LARGEST_FILE = 16 * 1024 * 1024

Get = Callable[[str], bytes]


class NotVendored(Exception):
    """The files cannot be had, or are not the ones that were pinned; the message says so in Vietnamese."""


class Package(NamedTuple):
    """A release on the npm registry: its hash as the registry states it (SRI), and which of its files are wanted."""

    name: str
    version: str
    integrity: str
    wanted: str

    @property
    def spec(self) -> str:
        """How npm calls it."""
        return f"{self.name}@{self.version}"


PACKAGES = (
    Package(
        "decap-cms",
        "3.16.3",
        "sha512-hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw==",
        r"package/dist/((?:[0-9]+\.)?decap-cms\.js|decap-cms\.js\.LICENSE\.txt)",
    ),
    Package(
        "js-yaml",
        "4.3.2",
        "sha512-SFNOvSJ+Dgf/9An904Yx+CgSlIPCkIpao4qo51lpee25TIRejdH3rhR4EZMGoNx3/TP3O+wzWuiTFl4sqbltzA==",
        r"package/dist/(js-yaml\.min\.js)",
    ),
)
FOLDER = ".cache/quan-tri/" + "-".join(f"{package.name}-{package.version}" for package in PACKAGES)
"""Where the files are kept below a project, out of git; a new version has a new folder."""


def npm(folder: Path, *words: str) -> None:
    """Call npm in a folder, with the registry and the proxy that it is set up with. Raises NotVendored."""
    command = shutil.which("npm")
    if command is None:
        raise NotVendored("cần Node.js từ bản 18 trở lên: cài gói nodejs và npm của hệ điều hành")
    done = subprocess.run(  # noqa: S603 - npm, with words of ours alone
        [command, *words, "--ignore-scripts", "--loglevel=error"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise NotVendored(f"npm {words[0]} không xong: {excerpt(done.stderr.strip(), 300)}")


def _from_registry(spec: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        npm(Path(folder), "pack", spec)
        return next(Path(folder).glob("*.tgz")).read_bytes()


def is_provided(root: Path) -> bool:
    """Whether the files stand in a project already; the folder is made in one step, so it is whole or not there."""
    return (root / FOLDER).is_dir()


def provide(root: Path, get: Get = _from_registry) -> Path:
    """The folder with the files, fetched first where they are not there yet. Raises NotVendored."""
    folder = root / FOLDER
    if folder.is_dir():
        return folder
    files = {name: content for package in PACKAGES for name, content in _unpack(package, get(package.spec))}
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=".moi-", dir=folder.parent))
    try:
        for name, content in files.items():
            (new / name).write_bytes(content)
        new.chmod(0o755)
        new.rename(folder)
    except OSError as fault:
        if not folder.is_dir():  # otherwise another run was faster, and its files are the same
            raise NotVendored(f"không ghi được vào {FOLDER}: {fault.strerror}") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return folder


def _unpack(package: Package, archive: bytes) -> Iterator[tuple[str, bytes]]:
    import tarfile  # no build needs it

    found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != package.integrity:
        raise NotVendored(
            f"tệp tải cho {package.spec} không đúng bản đã ghim (mã băm {found[:20]}…):"
            " không dùng, hãy báo người giữ kho"
        )
    with tarfile.open(fileobj=BytesIO(archive), mode="r:gz") as packed:
        for member in packed:
            named = re.fullmatch(package.wanted, member.name)
            content = packed.extractfile(member) if named and member.isfile() else None
            if named and content is not None:
                yield named.group(1), content.read(_LARGEST_FILE)
