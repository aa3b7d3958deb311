"""The really built site, signed, in its folder and behind a real nginx: whole, and every change is seen."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from chay import find_program
from du_an_mau import NOW
from may_chu import running
from trang_dung import BuiltSite

from chinhsach import release, verify
from chinhsach.fetch import anywhere
from chinhsach.release_keys import ReleaseKey
from chinhsach.signing import SecretKey, sign

pytestmark = [pytest.mark.dung_trang]

KEY = SecretKey(b"vidukhoa", bytes(range(32)))
KEYS = (ReleaseKey("vi-du", KEY.public, date(2026, 11, 1)),)


@pytest.fixture(scope="module")
def signed(trang_mau: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the made-up site with its signature."""
    folder = tmp_path_factory.mktemp("ky") / "site"
    shutil.copytree(trang_mau.folder, folder)
    text = sign((folder / release.MANIFEST).read_bytes(), KEY, NOW, "tep.json").text
    (folder / release.SIGNATURE).write_text(text)
    return folder


def test_a_build_that_was_signed_is_whole(signed: Path) -> None:
    found = verify.check_folder(signed, KEYS)
    assert found.findings == ()
    assert found.is_whole
    assert found.files > 100


@pytest.mark.can_minisign
def test_minisign_verifies_the_release(signed: Path) -> None:
    command = [
        find_program("minisign") or "minisign",
        "-V",
        "-m",
        str(signed / release.MANIFEST),
        "-P",
        KEY.public.text,
    ]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr


@pytest.mark.can_nginx
@pytest.mark.parametrize("base", ["/", "/tin/"])
def test_every_file_is_the_same_behind_nginx_and_a_change_is_seen(base: str, signed: Path, tmp_path: Path) -> None:
    with running(tmp_path, signed, base) as host:
        address = f"http://127.0.0.1:{host.port}{base}"
        found = verify.check_address(address, KEYS, permits=anywhere)
        assert found.findings == ()
        assert found.is_whole
        host.releases.publish(signed, {"index.html": b"khac", "404.html": b"khac"})
        found = verify.check_address(address, KEYS, permits=anywhere)
        assert {str(f) for f in found.findings} == {"bị đổi: 404.html", "bị đổi: index.html"}
