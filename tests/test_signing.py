"""Keys and signatures: minisign reads ours, we read minisign's, and nothing that was changed passes."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from du_an_mau import VN

from chinhsach.release_keys import ReleaseKey, parse
from chinhsach.signing import PublicKey, SecretKey, Signature, SigningFault, sign, verify
from chinhsach.vocabulary import RELEASE_KEYS, VocabularyFault, load_release_keys

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=VN)
CONTENT = '{"tep": {"vi-du.html": "…"}}\n'.encode()
KEY = SecretKey(b"vidukhoa", bytes(range(32)))


def minisign(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = shutil.which("minisign") or "minisign"
    return subprocess.run([command, *arguments], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)


@pytest.mark.can_minisign
def test_minisign_verifies_what_we_sign(tmp_path: Path) -> None:
    (tmp_path / "tep.json").write_bytes(CONTENT)
    (tmp_path / "tep.json.minisig").write_text(sign(CONTENT, KEY, NOW, "tep.json").text)
    done = minisign(tmp_path, "-V", "-m", "tep.json", "-P", KEY.public.text)
    assert done.returncode == 0, done.stderr
    assert "timestamp:1795482000\tfile:tep.json\thashed" in done.stdout
    (tmp_path / "tep.json").write_bytes(CONTENT + b" ")
    assert minisign(tmp_path, "-V", "-m", "tep.json", "-P", KEY.public.text).returncode != 0


@pytest.mark.can_minisign
def test_a_key_of_minisign_signs_here_and_ours_signs_there(tmp_path: Path) -> None:
    assert minisign(tmp_path, "-G", "-W", "-p", "a.pub", "-s", "a.key").returncode == 0
    public = PublicKey.from_text((tmp_path / "a.pub").read_text())
    theirs = SecretKey.from_text((tmp_path / "a.key").read_text())
    assert theirs.public == public
    (tmp_path / "tep.json").write_bytes(CONTENT)
    (tmp_path / "b.key").write_text(KEY.text)
    assert minisign(tmp_path, "-S", "-m", "tep.json", "-s", "b.key").returncode == 0
    made = Signature.from_text((tmp_path / "tep.json.minisig").read_bytes())
    assert verify(CONTENT, made, [public, KEY.public]) == KEY.public
    assert made.moment is not None


def test_the_same_bytes_signed_twice_give_the_same_signature() -> None:
    assert sign(CONTENT, KEY, NOW, "tep.json") == sign(CONTENT, KEY, NOW, "tep.json")


def test_no_byte_of_a_signature_can_be_changed_unseen() -> None:
    whole = sign(CONTENT, KEY, NOW, "tep.json").text.encode()
    for place in range(len(whole)):
        for flipped in (whole[place] ^ 1, whole[place] ^ 0x20):
            broken = whole[:place] + bytes([flipped]) + whole[place + 1 :]
            with pytest.raises(SigningFault):
                verify(CONTENT, Signature.from_text(broken), [KEY.public])


def test_a_key_file_comes_back_as_it_was_and_a_broken_one_is_refused() -> None:
    assert SecretKey.from_text(KEY.text) == KEY
    assert PublicKey.from_text(f"untrusted comment: vi du\n{KEY.public.text}\n") == KEY.public
    comment, line = KEY.text.splitlines()
    for place in range(0, len(line), 7):
        other = "A" if line[place] != "A" else "B"
        broken = f"{comment}\n{line[:place]}{other}{line[place + 1 :]}\n"
        if 72 <= place < 83:  # the name alone: no key of that name is published
            assert SecretKey.from_text(broken).public not in (KEY.public,)
        else:
            with pytest.raises(SigningFault):
                SecretKey.from_text(broken)


def test_a_secret_key_does_not_show_itself() -> None:
    assert KEY.seed.hex() not in repr(KEY)
    assert repr(KEY.seed) not in repr(KEY)


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
        (date(2027, 12, 31), False),
        (date(2028, 1, 1), True),
    ],
)
def test_a_key_is_good_from_its_first_day_to_its_last(day: date, refused: bool) -> None:
    key = ReleaseKey("vi-du", KEY.public, date(2026, 12, 1), date(2027, 12, 31))
    assert bool(key.refusal(day)) is refused


def test_a_revoked_key_is_good_for_no_day() -> None:
    row = {"id": "a", "khoa": KEY.public.text, "tu": "2026-12-01", "den": "null", "thu_hoi": "2027-02-01"}
    (key,) = parse([row])
    assert "thu hồi" in key.refusal(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"- id: a\n  khoa: {KEY.public.text}\n", "thiếu khóa «tu»"),
        ("- id: a\n  khoa: RWsai\n  tu: 2026-12-01\n", "56 ký tự"),
        (f"- id: a\n  khoa: {KEY.public.text}\n  tu: 2026-12-01\n  den: 2026-11-01\n", "den đứng trước tu"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_by_its_line(row: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "policies" / "_danh-muc" / RELEASE_KEYS
    file.parent.mkdir(parents=True)
    file.write_text("khoa:\n" + row, encoding="utf-8")
    with pytest.raises(VocabularyFault) as caught:
        load_release_keys(tmp_path)
    assert caught.value.fault.line == 2
    assert said in str(caught.value.fault.values["ly_do"])


def test_a_department_that_does_not_sign_needs_no_file(tmp_path: Path) -> None:
    assert load_release_keys(tmp_path) == ()
