"""A release that was signed: every file that is not as it was is found, in a folder and at an address."""

from __future__ import annotations

import gzip
import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from du_an_mau import ROOT, VN
from local_site import serve

from chinhsach import cli, release, verify
from chinhsach.fetch import anywhere
from chinhsach.outputs.site import Output
from chinhsach.release_keys import ReleaseKey
from chinhsach.signing import SecretKey, sign

KEY = SecretKey(b"vidukhoa", bytes(range(32)))
KEYS = (ReleaseKey("vi-du", KEY.public, date(2026, 11, 1)),)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=VN)
FLIPS = 1000


@dataclass(frozen=True)
class Ground:
    """A project that has published its key, a signed release of many files, and the key's file outside of it."""

    root: Path
    site: Path
    key: Path


def outputs(count: int) -> Iterator[Output]:
    """Made-up files of all sizes, an empty one and names at the edge among them."""
    chance = random.Random(7)
    yield Output("index.html", "Ví dụ: trang đầu".encode())
    yield Output("404.html", "Ví dụ: không có trang này".encode())
    yield Output("rong.txt", b"")
    for number in range(count):
        yield Output(f"vi-du/{number % 17}/{number}/index.html", chance.randbytes(1 + number % 900))


def sign_release(site: Path, moment: datetime = NOW) -> None:
    content = (site / release.MANIFEST).read_bytes()
    (site / release.SIGNATURE).write_text(sign(content, KEY, moment, "tep.json").text)


def lay_out(folder: Path, count: int) -> Ground:
    root, site = folder / "du-an", folder / "trang"
    (root / "policies" / "_danh-muc").mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", root)
    rows = f"khoa:\n- id: vi-du\n  khoa: {KEY.public.text}\n  tu: '2026-11-01'\n"
    (root / "policies" / "_danh-muc" / "khoa-cong-khai.yml").write_text(rows)
    site.mkdir()
    release.write_manifest(site, release.write(outputs(count), site))
    (folder / "ky.key").write_text(KEY.text)
    return Ground(root, site, folder / "ky.key")


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    made = lay_out(tmp_path, 40)
    monkeypatch.chdir(made.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.setenv("CHINHSACH_KHOA_KY", str(made.key))
    return made


def test_a_byte_flipped_in_any_of_a_thousand_files_is_found(tmp_path: Path) -> None:
    """Issue 8: flip one byte in any of 1,000 random files of a release: found 1,000 times."""
    site = lay_out(tmp_path, 1200).site
    sign_release(site)
    assert verify.check_folder(site, KEYS).is_whole
    chance = random.Random(2026)
    every = sorted(p.relative_to(site).as_posix() for p in site.rglob("index.html"))
    chosen = chance.sample(every, FLIPS)

    def flip(name: str) -> None:
        content = bytearray((site / name).read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (site / name).write_bytes(content)

    for name in chosen:
        flip(name)
    found = verify.check_folder(site, KEYS)
    assert [f.path for f in found.findings if f.what == verify.CHANGED] == sorted(chosen)
    assert len(found.findings) == FLIPS


@pytest.mark.parametrize("name", ["index.html", "vi-du/3/3/index.html", release.MANIFEST, release.SIGNATURE])
def test_one_byte_alone_is_found_wherever_it_is(name: str, ground: Ground) -> None:
    sign_release(ground.site)
    whole = (ground.site / name).read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 20)):
        (ground.site / name).write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        assert not verify.check_folder(ground.site, KEYS).is_whole, place
    (ground.site / name).write_bytes(whole)
    assert verify.check_folder(ground.site, KEYS).is_whole


def test_changed_missing_and_extra_files_are_each_named(ground: Ground) -> None:
    sign_release(ground.site)
    (ground.site / "vi-du/1/1/index.html").write_bytes(b"khac")
    (ground.site / "rong.txt").unlink()
    (ground.site / "la.html").write_bytes(b"<p>la</p>")
    (ground.site / "duong-la").symlink_to(ground.root)
    found = verify.check_folder(ground.site, KEYS)
    assert [str(f) for f in found.findings] == [
        "lạ: duong-la", "lạ: la.html", "bị mất: rong.txt", "bị đổi: vi-du/1/1/index.html",
    ]  # fmt: skip
    assert "1 tệp bị đổi; 1 tệp bị mất; 2 tệp lạ" in verify.as_text(found)


def test_a_file_that_became_a_folder_or_a_dead_link_is_not_the_file(ground: Ground) -> None:
    sign_release(ground.site)
    for name in ("404.html", "rong.txt"):
        (ground.site / name).unlink()
    (ground.site / "404.html").mkdir()
    (ground.site / "rong.txt").symlink_to("khong-co")
    found = verify.check_folder(ground.site, KEYS)
    assert {str(f) for f in found.findings} == {"bị mất: 404.html", "bị đổi: rong.txt (không phải tệp)"}


def test_a_packed_twin_must_hold_the_same_bytes(ground: Ground) -> None:
    sign_release(ground.site)
    (ground.site / "index.html.gz").write_bytes(gzip.compress((ground.site / "index.html").read_bytes()))
    assert verify.check_folder(ground.site, KEYS).is_whole
    (ground.site / "index.html.gz").write_bytes(gzip.compress(b"khac"))
    (ground.site / "la.html.gz").write_bytes(gzip.compress(b"la"))
    (ground.site / "404.html.br").write_bytes(b"khong doc duoc")
    named = {f.path: f.what for f in verify.check_folder(ground.site, KEYS).findings}
    assert named == {"index.html.gz": "bị đổi", "la.html.gz": "lạ", "404.html.br": "lạ"}


def test_a_new_manifest_over_changed_files_has_no_signature_that_holds(ground: Ground) -> None:
    sign_release(ground.site)
    old = (ground.site / release.SIGNATURE).read_bytes()
    (ground.site / "index.html").write_bytes(b"khac")
    release.write_manifest(ground.site, {})
    assert "không có chữ ký" in verify.check_folder(ground.site, KEYS).fault
    (ground.site / release.SIGNATURE).write_bytes(old)
    assert "không khớp" in verify.check_folder(ground.site, KEYS).fault


def test_a_key_after_its_last_day_vouches_only_for_what_it_signed_before(ground: Ground) -> None:
    ended = (ReleaseKey("vi-du", KEY.public, date(2026, 11, 1), date(2026, 11, 24)),)
    sign_release(ground.site)
    assert verify.check_folder(ground.site, ended).is_whole
    sign_release(ground.site, datetime(2026, 11, 25, 0, 0, tzinfo=VN))
    assert "không được dùng vào ngày ký" in verify.check_folder(ground.site, ended).fault


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b'{"tep": []}', b'{"tep": {"../x": "%s"}}' % (b"0" * 64), b'{"tep": {"a": "0"}}',
        b'{"tep": {"a": "%s", "a": "%s"}}' % (b"0" * 64, b"1" * 64), b"[" * 100_000,
        b'{"tep": {"du-lieu/tep.json": "%s"}}' % (b"0" * 64),
    ],
)  # fmt: skip
def test_a_manifest_that_no_build_writes_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="không đúng dạng"):
        verify.read_manifest(content)


def test_the_commands_sign_and_verify(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["ky", str(ground.site)]) == 0
    assert (ground.site / release.SIGNATURE).stat().st_mode & 0o777 == 0o644
    assert cli.main(["xac-minh", str(ground.site)]) == 0
    assert "ký lúc 08:00 ngày 24/11/2026" in capsys.readouterr().out
    (ground.site / "404.html").write_bytes(b"khac")
    assert cli.main(["xac-minh", str(ground.site)]) == 1
    assert "bị đổi: 404.html" in capsys.readouterr().out
    assert cli.main(["ky", str(ground.site)]) == 1
    assert "Không ký" in capsys.readouterr().out


def test_a_key_is_made_once_for_its_owner_alone_and_outside_any_repository(
    ground: Ground, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (ground.root / ".git").mkdir()
    assert cli.main(["tao-khoa", str(ground.root / "ky.key")]) == 2
    assert not (ground.root / "ky.key").exists()
    made = tmp_path / "moi.key"
    assert cli.main(["tao-khoa", str(made)]) == 0
    assert made.stat().st_mode & 0o777 == 0o600
    said = capsys.readouterr().out
    row = said[said.index("- id:") :]
    assert made.read_text().splitlines()[1] not in said
    before = made.read_bytes()
    assert cli.main(["tao-khoa", str(made)]) == 2
    assert made.read_bytes() == before
    keys = ground.root / "policies" / "_danh-muc" / "khoa-cong-khai.yml"
    keys.write_text(keys.read_text() + row)
    assert cli.main(["ky", str(ground.site), "--khoa-ky", str(made)]) == 0
    assert cli.main(["xac-minh", str(ground.site)]) == 0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["xac-minh", "khong-co"], "không phải trang đã dựng"),
        (["xac-minh", "khong-co", "--mau", "5"], "--mau"),
        (["xac-minh", "khong-co", "--khoa", "sai"], "56 ký tự"),
        (["ky", "khong-co"], "không phải trang đã dựng"),
        (["ky", "--khoa-ky", "khong-co"], "không đọc hoặc ghi được «khong-co»"),
        (["tao-khoa", "khong/co/thu/muc"], "không ghi được"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why(
    call: list[str], said: str, ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(call) == 2
    assert said in capsys.readouterr().err


def test_without_a_published_key_nothing_is_called_verified(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    (ground.root / "policies" / "_danh-muc" / "khoa-cong-khai.yml").write_text("khoa: []\n")
    assert cli.main(["xac-minh", str(ground.site)]) == 2
    assert cli.main(["ky", str(ground.site)]) == 2
    assert "chưa có trong" in capsys.readouterr().err
    assert cli.main(["xac-minh", str(ground.site), "--khong-xet-chu-ky"]) == 0
    assert "Chữ ký: không xét." in capsys.readouterr().out


def test_an_address_is_compared_like_a_folder(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    sign_release(ground.site)
    with serve(ground.site, "/tin/") as home:
        assert verify.check_address(home, KEYS, permits=anywhere).is_whole
        assert cli.main(["xac-minh", home]) == 2
        assert "--cho-phep-mang-rieng" in capsys.readouterr().err
        sampled = verify.check_address(home, KEYS, permits=anywhere, sample=5)
        assert (sampled.looked_at, sampled.files, sampled.is_whole) == (5, 43, True)
        (ground.site / "vi-du/1/1/index.html").write_bytes(b"khac")
        (ground.site / "rong.txt").unlink()
        found = verify.check_address(home, KEYS, permits=anywhere)
        assert {str(f) for f in found.findings} == {"bị mất: rong.txt", "bị đổi: vi-du/1/1/index.html"}
        os.unlink(ground.site / release.SIGNATURE)
        assert cli.main(["xac-minh", home, "--cho-phep-mang-rieng"]) == 1
        assert "không có chữ ký" in capsys.readouterr().out
        assert cli.main(["xac-minh", home + "khong-co/", "--cho-phep-mang-rieng"]) == 2
