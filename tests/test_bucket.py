"""Publishing to an S3-compatible storage: rclone against the server of moto, asked afterwards over plain HTTP.

Every build here is made up and says so («Ví dụ»).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ban_dung import make
from moto.server import ThreadedMotoServer
from support import NOW, ROOT

from chinhsach import bucket_target, cli, release, vocabulary
from chinhsach.publishing import LEDGER, MANIFEST

pytestmark = pytest.mark.can_rclone

Run = Callable[..., tuple[int, str, str]]
TARGET = "vidu:trang/tin"
ADDED = {
    "tim-kiem/toan-van/2026/0123456789/1.json": "{}",
    "tim-kiem/muc-luc.json": "{}",
    "chinh-sach/vi-du-a/tep/bieu-mau.docx": "Ví dụ",
    "chinh-sach/vi-du-a/tep/ban-ky.pdf": "Ví dụ",
    "atom.xml": "<feed/>",
    "feed.json": "{}",
    "gop-y/lich.ics": "Ví dụ",
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An S3-compatible storage on this machine."""
    running = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        running.stop()


@pytest.fixture
def storage(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    """An empty bucket, named to rclone by its environment only."""
    for name in ("AWS_CA_BUNDLE", "http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "TYPE": "s3",
        "PROVIDER": "Other",
        "ENDPOINT": server,
        "ACCESS_KEY_ID": "vi-du",
        "SECRET_ACCESS_KEY": "vi-du",
        "REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(f"RCLONE_CONFIG_VIDU_{name}", value)
    monkeypatch.setenv("RCLONE_CONFIG", str(tmp_path / "rclone.conf"))
    kept = Storage()
    kept.rclone("mkdir", "vidu:trang")
    yield kept
    kept.rclone("purge", "vidu:trang")


class Storage:
    """What stands in the bucket, as rclone's own commands tell it."""

    def rclone(self, *arguments: str) -> str:
        done = subprocess.run(["rclone", *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def files(self) -> set[str]:
        return set(self.rclone("lsf", "-R", "--files-only", TARGET).splitlines())

    def text(self, path: str) -> str:
        return self.rclone("cat", f"{TARGET}/{path}")

    def headers(self, path: str) -> dict[str, str]:
        """The lines sent with an object, asked for as a browser asks: by a signed address."""
        signed = self.rclone("link", "--expire", "1h", f"{TARGET}/{path}").strip()
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(signed, timeout=30) as answer:
            return {name.lower(): value for name, value in answer.headers.items()}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls a command in a small project; the result is exit code, stdout and stderr."""
    root = tmp_path / "du-an"
    shutil.copytree(ROOT / vocabulary.FOLDER, root / vocabulary.FOLDER)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = cli.main([str(one) for one in arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A build with a file of every way of caching."""
    return make(tmp_path / "trang", files=ADDED)


def names(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_a_build_goes_up_whole_with_types_and_cache(run: Run, storage: Storage, site: Path) -> None:
    code, _, err = run("xuat-ban", site, TARGET)
    assert (code, "--lan-dau" in err) == (cli.WRONG_CALL, True)
    code, out, err = run("xuat-ban", "--lan-dau", site, TARGET)
    assert (code, err) == (cli.WELL, ""), out
    assert storage.files() == names(site)
    assert storage.text("index.html") == (site / "index.html").read_text(encoding="utf-8")
    for path in ("index.html", "rss.xml", *ADDED):
        sent, wanted = storage.headers(path), bucket_target.headers(path)
        assert (path, sent["content-type"], sent["cache-control"]) == (path, wanted.content_type, wanted.cache)
        assert sent.get("content-disposition", "") == wanted.disposition, path


def test_only_what_changed_is_sent_and_what_is_gone_goes_last(run: Run, storage: Storage, site: Path) -> None:
    run("xuat-ban", "--lan-dau", site, TARGET)
    make(site, files={**{p: t for p, t in ADDED.items() if p != "atom.xml"}, "assets/moi.txt": "Ví dụ mới"})
    code, out, _ = run("xuat-ban", site, TARGET)
    assert code == cli.WELL, out
    assert "1 tệp mới hoặc đổi" in out
    assert storage.files() == names(site)
    assert "atom.xml" not in storage.files()
    code, out, _ = run("xuat-ban", site, TARGET)
    assert (code, "Không có gì đổi" in out) == (cli.WELL, True)


def test_what_broke_off_is_finished_by_the_next_call(run: Run, storage: Storage, site: Path) -> None:
    """What is there is asked for: an object that another publication left is not taken for the one of the last list."""
    run("xuat-ban", "--lan-dau", site, TARGET)
    other = make(site.with_name("khac"), "hai", files={**ADDED, "assets/le-loi.txt": "Ví dụ"})
    for path in ("index.html", "assets/le-loi.txt"):
        storage.rclone("copyto", str(other / path), f"{TARGET}/{path}")
    code, out, _ = run("xuat-ban", site, TARGET)
    assert code == cli.WELL, out
    assert storage.files() == names(site)
    assert storage.text("index.html") == (site / "index.html").read_text(encoding="utf-8")


def test_a_release_that_loses_what_was_public_sends_nothing(run: Run, storage: Storage, site: Path) -> None:
    run("xuat-ban", "--lan-dau", site, TARGET)
    before = storage.text(MANIFEST)
    code, out, _ = run("xuat-ban", make(site, "hai", ids=["vi-du-a"]), TARGET)
    assert (code, "lỗi[ma-mat]" in out) == (cli.PROBLEMS, True)
    assert storage.text(MANIFEST) == before
    assert "trang một" in storage.text("index.html")


def test_a_place_that_holds_something_else_is_left_alone(
    run: Run, storage: Storage, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "cua-nguoi-khac.txt").write_text("Ví dụ")
    storage.rclone("copyto", str(tmp_path / "cua-nguoi-khac.txt"), f"{TARGET}/cua-nguoi-khac.txt")
    code, _, err = run("xuat-ban", "--lan-dau", site, TARGET)
    assert (code, "cua-nguoi-khac.txt" in err) == (cli.WRONG_CALL, True)
    assert storage.files() == {"cua-nguoi-khac.txt"}


def test_a_storage_that_cannot_be_reached_is_told(
    run: Run, storage: Storage, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = run("xuat-ban", "--lan-dau", site, "khongco:trang")
    assert (code, "CHƯA ĐĂNG XONG" in out, "rclone" in out) == (cli.PROBLEMS, True, True)
    code, _, err = run("xuat-ban", "--lui", TARGET)
    assert (code, "không giữ bản cũ" in err) == (cli.WRONG_CALL, True)
    code, _, err = run("xuat-ban", "--lan-dau", site, "vidu:")
    assert (code, "thiếu tên kho chứa" in err) == (cli.WRONG_CALL, True)


def test_without_rclone_the_package_is_named(
    run: Run, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, err = run("xuat-ban", "--lan-dau", site, TARGET)
    assert (code, "apt-get install rclone" in err) == (cli.WRONG_CALL, True)


def test_pages_come_after_what_they_need_and_the_list_comes_last() -> None:
    order = (
        "assets/trang.css",
        "chinh-sach/vi-du/index.html",
        "rss.xml",
        LEDGER,
        MANIFEST,
    )
    turns = [bucket_target.turn(path) for path in order]
    assert turns == sorted(set(turns))
    assert bucket_target.turn("chinh-sach/vi-du/tep/a.pdf") == bucket_target.turn("assets/trang.css")
    assert bucket_target.turn("tim-kiem/muc-luc.json") > bucket_target.turn("tim-kiem/toan-van/0123456789/1.json")


def test_what_is_sent_with_a_file_is_what_nginx_sends() -> None:
    text = (ROOT / "trien-khai" / "nginx" / "chinhsach.conf").read_text(encoding="utf-8")
    types = re.search(r"^    types \{\n(.*?)^    \}", text, re.M | re.S)
    assert types is not None
    for kind, ending in re.findall(r"(\S+) (\S+);", types[1]):
        assert bucket_target.headers(f"x.{ending}").content_type.partition(";")[0] == kind
        assert ("charset" in bucket_target.headers(f"x.{ending}").content_type) == (
            kind in re.findall(r"charset_types ([^;]*);", text)[0].split() or kind == "text/html"
        )
    kept = re.search(r"map \$chinhsach_duong \$chinhsach_giu \{\n(.*?)^\}", text, re.M | re.S)
    assert kept is not None
    for cache in ("public, max-age=60, must-revalidate", "no-cache", bucket_target.headers(next(iter(ADDED))).cache):
        assert f'"{cache}"' in kept[1] or f" {cache};" in kept[1]
    assert release.MANIFEST == MANIFEST
