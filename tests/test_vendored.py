"""The pinned files of the browser form: taken only when the archive is the very one that was pinned."""

from __future__ import annotations

import base64
import hashlib
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from chinhsach import vendored
from chinhsach.vendored import NotVendored, Package


def archive(**files: str) -> bytes:
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(name.replace("__", "/").replace("_dot_", "."))
            member.size = len(text.encode())
            tar.addfile(member, BytesIO(text.encode()))
        link = tarfile.TarInfo("package/dist/lien-ket.js")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    return packed.getvalue()


def package(content: bytes) -> Package:
    mark = "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()
    return Package("vi-du", "1.0.0", mark, r"package/dist/([a-z-]+\.js)")


def test_only_the_wanted_files_are_kept_and_nothing_is_fetched_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = archive(package__dist__chay_dot_js="chạy", package__README_dot_md="đọc")
    monkeypatch.setattr(vendored, "PACKAGES", (package(content),))
    asked: list[str] = []

    def get(spec: str) -> bytes:
        asked.append(spec)
        return content

    for _ in range(2):
        folder = vendored.provide(tmp_path, get)
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == {"chay.js": "chạy"}
    assert asked == ["vi-du@1.0.0"]
    assert [path.name for path in folder.parent.iterdir()] == [folder.name], "không để lại thư mục tạm"


def test_an_archive_that_was_changed_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendored, "PACKAGES", (package(archive(package__dist__chay_dot_js="chạy")),))
    with pytest.raises(NotVendored, match="không đúng bản đã ghim"):
        vendored.provide(tmp_path, lambda _: archive(package__dist__chay_dot_js="chạy khác"))
    assert not vendored.is_provided(tmp_path)


def test_each_package_is_pinned_by_version_and_hash() -> None:
    for one in vendored.PACKAGES:
        assert one.version in one.spec
        assert len(base64.b64decode(one.integrity.removeprefix("sha512-"))) == 64
        assert one.version in vendored.FOLDER
