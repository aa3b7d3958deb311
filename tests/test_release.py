"""Writing a release, and putting it in the place of the last good one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from chinhsach import release
from chinhsach.outputs.site import Output


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_outputs_are_written_as_they_come_with_their_hashes(tmp_path: Path) -> None:
    source = tmp_path / "nguon.pdf"
    source.write_bytes(b"%PDF-1.4")
    site = tmp_path / "trang"
    site.mkdir()

    def outputs() -> Iterator[Output]:
        yield Output("index.html", b"mot")
        assert (site / "index.html").read_bytes() == b"mot"
        yield Output("a/b/index.html", b"hai")
        yield Output("a/tep/x.pdf", source)

    hashes = release.write(outputs(), site)
    assert tree(site) == {"index.html": b"mot", "a/b/index.html": b"hai", "a/tep/x.pdf": b"%PDF-1.4"}
    assert hashes == {path: hashlib.sha256(content).hexdigest() for path, content in tree(site).items()}


def test_the_list_of_files_has_every_file_but_itself(tmp_path: Path) -> None:
    hashes = release.write([Output("b.html", b"mot"), Output("a/c.html", b"hai")], tmp_path)
    (tmp_path / "cua-may.css").write_bytes(b"ba")
    for _ in range(2):
        release.write_manifest(tmp_path, hashes)
    listed = json.loads((tmp_path / release.MANIFEST).read_text(encoding="utf-8"))["tep"]
    assert list(listed) == sorted(listed)
    assert listed == {
        path: hashlib.sha256(content).hexdigest()
        for path, content in tree(tmp_path).items()
        if path != release.MANIFEST
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one good page, alone in its folder."""
    folder = tmp_path / "noi" / "trang"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("tốt")
    return folder


def test_a_finished_release_takes_the_place_of_the_last_whole(site: Path) -> None:
    new = release.workspace(site)
    assert new.parent == site.parent
    (new / "moi.html").write_text("mới")
    assert tree(site) == {"index.html": "tốt".encode()}
    release.replace(new, site)
    assert tree(site) == {"moi.html": "mới".encode()}
    assert list(site.parent.iterdir()) == [site]


def test_the_first_release_needs_no_site_before_it(tmp_path: Path) -> None:
    site = tmp_path / "chua" / "co"
    release.replace(release.workspace(site), site)
    assert list(site.parent.iterdir()) == [site]


def test_when_the_switch_fails_the_last_good_site_stands(site: Path) -> None:
    missing = release.workspace(site)
    missing.rmdir()
    with pytest.raises(OSError, match="No such file"):
        release.replace(missing, site)
    assert tree(site) == {"index.html": "tốt".encode()}
    assert list(site.parent.iterdir()) == [site]


def test_two_builds_at_once_do_not_meet(site: Path) -> None:
    first, second = release.workspace(site), release.workspace(site)
    assert first != second
    (first / "mot.html").write_text("một")
    (second / "hai.html").write_text("hai")
    release.replace(second, site)
    release.replace(first, site)
    assert tree(site) == {"mot.html": "một".encode()}
    assert list(site.parent.iterdir()) == [site]


def test_a_web_server_under_another_name_can_read_the_release(site: Path) -> None:
    assert release.workspace(site).stat().st_mode & 0o777 == 0o755
