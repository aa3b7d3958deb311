"""Publishing to a folder: what is served is always one whole release, and nothing that was public is lost.

Every build here is made up and says so («Ví dụ»).
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from ban_dung import make, whole
from local_site import serve
from support import NOW, ROOT, write_entry

from chinhsach import cli, publishing, release, vocabulary

Run = Callable[..., tuple[int, str, str]]
HERE = Path(__file__).resolve().parent
RANDOM_KILLS = 50


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project around the calls."""
    root = tmp_path / "du-an"
    shutil.copytree(ROOT / vocabulary.FOLDER, root / vocabulary.FOLDER)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    return root


@pytest.fixture
def run(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls a command; the result is exit code, stdout and stderr."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = cli.main([str(one) for one in arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A build."""
    return make(tmp_path / "trang")


@pytest.fixture
def target(tmp_path: Path, run: Run, site: Path) -> Path:
    """A folder to which that build was published."""
    folder = tmp_path / "dich"
    code, out, err = run("xuat-ban", "--lan-dau", site, folder)
    assert (code, err) == (cli.WELL, ""), out
    return folder


def served(target: Path) -> str:
    """What readers see; the release must be whole."""
    assert whole(target / "hien-tai")
    return (target / "hien-tai" / "index.html").read_text(encoding="utf-8")


def releases(target: Path) -> list[str]:
    return sorted(path.name for path in (target / "ban").iterdir())


# What is published


def test_the_first_release_is_asked_for_by_name(run: Run, site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dich"
    code, _, err = run("xuat-ban", site, folder)
    assert (code, folder.exists()) == (cli.WRONG_CALL, False)
    assert "--lan-dau" in err
    assert run("xuat-ban", "--lan-dau", site, folder)[0] == cli.WELL
    assert whole(folder / "hien-tai") == whole(site)
    code, _, err = run("xuat-ban", "--lan-dau", site, folder)
    assert (code, "bỏ --lan-dau" in err) == (cli.WRONG_CALL, True)


def test_a_new_release_stands_beside_the_old_and_the_link_leads_to_it(run: Run, site: Path, target: Path) -> None:
    code, out, _ = run("xuat-ban", make(site, "hai"), target)
    assert code == cli.WELL
    assert "trang hai" in served(target)
    assert len(releases(target)) == 2
    assert all(whole(target / "ban" / name) for name in releases(target))
    assert os.readlink(target / "hien-tai") == f"ban/{releases(target)[-1]}"
    assert releases(target)[-1] in out


def test_the_web_server_may_read_every_file_whatever_the_umask(run: Run, site: Path, tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        run("xuat-ban", "--lan-dau", site, tmp_path / "dich")
    finally:
        os.umask(before)
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in (tmp_path / "dich" / "hien-tai").rglob("*")}
    assert modes == {True: 0o755, False: 0o644}


def test_an_unchanged_file_keeps_its_time_and_a_changed_one_gets_a_later_second(
    run: Run, site: Path, target: Path
) -> None:
    """nginx makes an ETag of the second and the length; these two releases have one clock and equal lengths."""
    old = target / "hien-tai"
    before = {name: (old / name).stat().st_mtime for name in ("index.html", "assets/trang.css", release.MANIFEST)}
    run("xuat-ban", make(site, "hai"), target)
    after = {name: (target / "hien-tai" / name).stat().st_mtime for name in before}
    assert after["assets/trang.css"] == before["assets/trang.css"]
    assert int(after["index.html"]) > int(before["index.html"])
    assert int(after[release.MANIFEST]) > int(before[release.MANIFEST])


def test_the_same_build_again_makes_no_release_but_tells_when_it_was_published(
    run: Run, site: Path, target: Path
) -> None:
    before = (target / "hien-tai" / release.MANIFEST).stat().st_mtime
    code, out, _ = run("xuat-ban", site, target)
    assert (code, len(releases(target))) == (cli.WELL, 1)
    assert "Không có gì đổi" in out
    assert (target / "hien-tai" / release.MANIFEST).stat().st_mtime > before


def test_a_served_release_that_was_damaged_is_replaced_by_the_same_build(run: Run, site: Path, target: Path) -> None:
    (target / "hien-tai" / "index.html").write_text("hỏng")
    assert run("xuat-ban", site, target)[0] == cli.WELL
    assert "trang một" in served(target)


def test_the_last_releases_are_kept_and_older_ones_go(run: Run, site: Path, target: Path) -> None:
    for words in ("hai", "ba", "bốn", "năm"):
        assert run("xuat-ban", make(site, words), target, "--giu", "3")[0] == cli.WELL
    pages = [(target / "ban" / name / "index.html").read_text() for name in releases(target)]
    assert [page.split()[-1] for page in pages] == ["ba</p>", "bốn</p>", "năm</p>"]
    assert run("xuat-ban", site, target, "--giu", "1")[0] == cli.WRONG_CALL


# What is not published


def spoil_bytes(site: Path) -> None:
    (site / "index.html").write_text("<p>Ví dụ: trang khác</p>")


def spoil_missing(site: Path) -> None:
    (site / "assets" / "trang.css").unlink()


def spoil_extra(site: Path) -> None:
    (site / "thua.html").write_text("thừa")


def spoil_link(site: Path) -> None:
    (site / "thua.html").symlink_to("/etc/passwd")


def spoil_list(site: Path) -> None:
    (site / release.MANIFEST).write_text('{"tep": ["')


def spoil_list_outside(site: Path) -> None:
    (site / release.MANIFEST).write_text(json.dumps({"tep": {"../du-an/mkdocs.yml": "0" * 64}}))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (spoil_bytes, "nội dung khác danh sách: index.html"),
        (spoil_missing, "có trong danh sách mà không có tệp: assets/trang.css"),
        (spoil_extra, "không có trong danh sách: thua.html"),
        (spoil_link, "là liên kết hay tệp đặc biệt"),
        (spoil_list, "hỏng; hãy dựng lại trang"),
        (spoil_list_outside, "hỏng; hãy dựng lại trang"),
    ],
)
def test_a_build_that_is_not_its_own_list_is_refused(
    spoil: Callable[[Path], None], told: str, run: Run, site: Path, target: Path
) -> None:
    spoil(make(site, "hai"))
    code, out, _ = run("xuat-ban", site, target)
    assert (code, told in out) == (cli.PROBLEMS, True), out
    assert "còn nguyên" in out
    assert "trang một" in served(target)
    assert len(releases(target)) == 1


def test_a_signature_of_the_list_goes_with_it(run: Run, site: Path, target: Path) -> None:
    make(site, "hai")
    (site / publishing.SIGNATURE).write_text("Ví dụ: chữ ký")
    assert run("xuat-ban", site, target)[0] == cli.WELL
    assert (target / "hien-tai" / publishing.SIGNATURE).read_text() == "Ví dụ: chữ ký"


def test_a_release_that_loses_what_was_public_is_refused(run: Run, site: Path, target: Path) -> None:
    code, out, _ = run("xuat-ban", make(site, "hai", ids=["vi-du-a"]), target)
    assert (code, "lỗi[ma-mat]" in out) == (cli.PROBLEMS, True)
    assert "CHƯA ĐĂNG" in out
    assert "trang một" in served(target)
    assert len(releases(target)) == 1


def test_a_preview_is_refused(run: Run, site: Path, target: Path) -> None:
    page = '<section class="thong-bao xanh" aria-labelledby="tb-xem-truoc">'
    assert page in (ROOT / "docs" / "templates" / "phan.html").read_text(encoding="utf-8")
    code, out, _ = run("xuat-ban", make(site, "hai", files={"chinh-sach/vi-du-nhap/index.html": page}), target)
    assert (code, "bản xem trước" in out) == (cli.PROBLEMS, True)
    assert "trang một" in served(target)


def test_a_folder_that_is_no_build_is_a_wrong_call(run: Run, target: Path, tmp_path: Path) -> None:
    code, _, err = run("xuat-ban", tmp_path / "khong-co", target)
    assert (code, "không phải trang đã dựng" in err) == (cli.WRONG_CALL, True)


@pytest.mark.parametrize("arguments", [["mot"], ["mot", "hai", "ba"], ["trang", "https://example.org/"]])
def test_a_call_that_cannot_be_carried_out_says_how_to_call(arguments: list[str], run: Run) -> None:
    code, out, err = run("xuat-ban", *arguments)
    assert (code, out) == (cli.WRONG_CALL, "")
    assert "thư mục" in err


# Going back


def test_one_command_goes_back(run: Run, site: Path, target: Path) -> None:
    run("xuat-ban", make(site, "hai"), target)
    code, out, _ = run("xuat-ban", "--lui", target)
    assert (code, "trang một" in served(target)) == (cli.WELL, True), out
    code, out, _ = run("xuat-ban", "--lui", target)
    assert (code, "không còn bản nào trước" in out) == (cli.PROBLEMS, True)
    assert run("xuat-ban", make(site, "ba"), target)[0] == cli.WELL
    assert "trang ba" in served(target)


def test_going_back_tells_which_entries_the_public_sees_no_more(run: Run, site: Path, target: Path) -> None:
    run("xuat-ban", make(site, "hai", ids=["vi-du-a", "vi-du-b", "vi-du-moi"]), target)
    code, out, _ = run("xuat-ban", "--lui", target)
    assert (code, "vi-du-moi" in out) == (cli.WELL, True)


WITHDRAWN = {
    "vi-du-a": {
        "status": "withdrawn",
        "title": "[Tin đã gỡ] Ví dụ: tin vi-du-a",
        "updated": "2026-11-22T08:00:00+07:00",
    }
}
ERASED = {"vi-du-a": {"status": "withdrawn", "title": "Tin đã gỡ", "updated": "2026-11-22T08:00:00+07:00"}}


def test_going_back_to_what_was_withdrawn_must_be_asked_for(run: Run, site: Path, target: Path) -> None:
    assert run("xuat-ban", make(site, "hai", lines=WITHDRAWN), target)[0] == cli.WELL
    code, out, _ = run("xuat-ban", "--lui", target)
    assert (code, "vi-du-a" in out, "trang hai" in served(target)) == (cli.PROBLEMS, True, True)
    assert run("xuat-ban", "--lui", "--ke-ca-tin-da-go", target)[0] == cli.WELL
    assert "trang một" in served(target)


def test_releases_that_hold_what_was_erased_go_with_the_switch(run: Run, site: Path, target: Path) -> None:
    run("xuat-ban", make(site, "hai"), target)
    code, out, _ = run("xuat-ban", make(site, "ba", lines=ERASED), target)
    assert (code, len(releases(target))) == (cli.WELL, 1)
    assert "Đã xóa 2 bản" in out
    assert run("xuat-ban", make(site, "bốn", lines=ERASED), target)[0] == cli.WELL
    assert len(releases(target)) == 2


def test_a_damaged_release_is_not_gone_back_to(run: Run, site: Path, target: Path) -> None:
    run("xuat-ban", make(site, "hai"), target)
    (target / "ban" / releases(target)[0] / "rss.xml").write_text("hỏng")
    code, out, _ = run("xuat-ban", "--lui", target)
    assert (code, "không khớp" in out or "đã hỏng" in out) == (cli.PROBLEMS, True)
    assert "trang hai" in served(target)


def test_a_lost_link_is_put_back_to_the_newest_release(run: Run, site: Path, target: Path) -> None:
    run("xuat-ban", make(site, "hai"), target)
    (target / "hien-tai").unlink()
    code, _, err = run("xuat-ban", "--lan-dau", site, target)
    assert (code, "--lui" in err) == (cli.WRONG_CALL, True)
    assert run("xuat-ban", "--lui", target)[0] == cli.WELL
    assert "trang hai" in served(target)


# What goes wrong outside


def test_what_is_served_is_whole_wherever_a_publication_is_killed() -> None:
    """SIGKILL at 50 random points and at each step around the switch; each next publication starts from what is left."""
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # nothing else of this machine to wait for
    with tempfile.TemporaryDirectory(dir=base) as folder:
        done = subprocess.run(
            [sys.executable, HERE / "giet_giua_chung.py", folder, str(RANDOM_KILLS), "0"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    *tried, end = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one for one in tried if not one["served"]] == []
    assert end["at_random"] == RANDOM_KILLS
    assert (end["end"], end["left"]) == (True, [])
    around_the_switch = [one for one in tried if "after" in one]
    assert {one["before"] == one["served"] for one in around_the_switch} == {True, False}


def test_two_publications_to_one_target_do_not_meet(run: Run, site: Path, target: Path) -> None:
    handle = os.open(target / ".khoa", os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        for arguments in ((make(site, "hai"), target), ("--lui", target)):
            code, out, _ = run("xuat-ban", *arguments)
            assert (code, "đang có lần đăng khác" in out) == (cli.PROBLEMS, True)
    finally:
        os.close(handle)
    assert "trang một" in served(target)
    assert run("xuat-ban", site, target)[0] == cli.WELL


def test_publications_started_together_leave_one_whole_release(project: Path, target: Path, tmp_path: Path) -> None:
    builds = [make(tmp_path / f"trang-{n}", f"số {n}", pieces=60) for n in range(4)]
    command = [sys.executable, "-m", "chinhsach.cli", "xuat-ban"]
    started = [
        subprocess.Popen([*command, build, target], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for build in builds
    ]
    said = [process.communicate()[0].decode() for process in started]
    codes = [process.returncode for process in started]
    assert set(codes) <= {cli.WELL, cli.PROBLEMS}, said
    assert cli.WELL in codes
    assert all("đang có lần đăng khác" in said[n] for n, code in enumerate(codes) if code == cli.PROBLEMS), said
    assert whole(target / "hien-tai") in {whole(build) for build in builds}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with 200 KB, where this machine lets us make one."""
    folder = tmp_path / "dia-nho"
    folder.mkdir()
    command = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or command is None or subprocess.run([command, *options], capture_output=True).returncode:
        pytest.skip("máy này không cho tạo đĩa nhỏ (mount tmpfs) để thử khi đĩa đầy")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_old_release_whole(run: Run, site: Path, small_disk: Path) -> None:
    target = small_disk / "dich"
    assert run("xuat-ban", "--lan-dau", site, target)[0] == cli.WELL
    code, out, _ = run("xuat-ban", make(site, "hai", files={"to.txt": "x" * 300_000}), target)
    assert (code, "đĩa đầy" in out) == (cli.PROBLEMS, True), out
    assert "trang một" in served(target)
    assert len(releases(target)) == 1
    assert run("xuat-ban", make(site, "ba"), target)[0] == cli.WELL
    assert "trang ba" in served(target)


def test_a_file_that_the_disk_refuses_leaves_the_old_release_whole(run: Run, site: Path, target: Path) -> None:
    make(site, "hai", files={"to.txt": "x" * 300_000})
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        code, out, _ = run("xuat-ban", site, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert (code, os.strerror(errno.EFBIG) in out) == (cli.PROBLEMS, True), out
    assert "trang một" in served(target)
    assert len(releases(target)) == 1


def test_a_target_without_permission_is_told(run: Run, site: Path) -> None:
    code, out, _ = run("xuat-ban", "--lan-dau", site, "/proc/sys/kernel")
    assert (code, "không có quyền" in out or "không có thư mục" in out) == (cli.PROBLEMS, True), out


def test_a_folder_whose_link_is_not_ours_is_left_alone(run: Run, site: Path, tmp_path: Path) -> None:
    target = tmp_path / "dich"
    (target / "hien-tai").mkdir(parents=True)
    code, _, err = run("xuat-ban", "--lan-dau", site, target)
    assert (code, "không phải liên kết mềm" in err) == (cli.WRONG_CALL, True)
    (target / "hien-tai").rmdir()
    (target / "hien-tai").symlink_to(tmp_path)
    code, _, err = run("xuat-ban", "--lan-dau", site, target)
    assert (code, "không trỏ tới một bản" in err) == (cli.WRONG_CALL, True)


def test_the_target_may_lie_on_another_file_system(run: Run, site: Path, tmp_path: Path) -> None:
    """Also where the releases lie on another one than the link, as with a disk of their own."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        assert run("xuat-ban", "--lan-dau", site, Path(other) / "dich")[0] == cli.WELL
        assert "trang một" in served(Path(other) / "dich")
        target = tmp_path / "dich"
        target.mkdir()
        (Path(other) / "ban").mkdir()
        (target / "ban").symlink_to(Path(other) / "ban")
        assert run("xuat-ban", "--lan-dau", site, target)[0] == cli.WELL
        assert run("xuat-ban", make(site, "hai"), target)[0] == cli.WELL
        assert "trang hai" in served(target)


# What is watched


def test_a_site_that_was_just_published_is_well(run: Run, target: Path, site: Path) -> None:
    os.utime(site / release.MANIFEST, (NOW.timestamp(), NOW.timestamp()))
    for place in (target, site):
        code, out, _ = run("tinh-trang", place)
        assert (code, out.count("\n")) == (cli.WELL, 1), out
        assert out.startswith("TỐT: bản mới nhất đăng 08:00 23/11/2026")


def test_a_release_that_is_too_old_is_an_alarm(
    run: Run, site: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def after(**length: int) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((NOW + timedelta(**length)).timestamp())))

    after(hours=25)
    assert run("tinh-trang", target)[0] == cli.WELL
    after(hours=27)
    code, out, _ = run("tinh-trang", target)
    assert (code, out) == (cli.PROBLEMS, "HỎNG: bản mới nhất đăng 08:00 23/11/2026, đã 27 giờ\n")
    assert run("tinh-trang", target, "--toi-da", "48")[0] == cli.WELL
    assert run("xuat-ban", site, target)[0] == cli.WELL  # the same build again: it was looked after
    assert run("tinh-trang", target)[0] == cli.WELL


def test_an_entry_whose_time_has_come_and_is_not_public_is_an_alarm(run: Run, project: Path, target: Path) -> None:
    write_entry(project, "vi-du-hen", ngay_dang="23/11/2026 07:30")
    write_entry(project, "vi-du-sau", ngay_dang="23/11/2026 08:30", so_ky_hieu="13/SKHĐT-VP")
    code, out, _ = run("tinh-trang", target)
    assert (code, "vi-du-hen (07:30 23/11/2026)" in out, "vi-du-sau" in out) == (cli.PROBLEMS, True, False)
    assert out.count("\n") == 1
    assert run("tinh-trang", target, "--cho-tre", "45")[0] == cli.WELL


def test_a_failed_publication_is_an_alarm_until_one_succeeds(run: Run, site: Path, target: Path) -> None:
    make(site, "hai", ids=["vi-du-a"])
    assert run("xuat-ban", site, target)[0] == cli.PROBLEMS
    code, out, _ = run("tinh-trang", target)
    assert (code, "không xong: truoc-khi-dang có lỗi" in out) == (cli.PROBLEMS, True), out
    assert run("xuat-ban", make(site, "ba"), target)[0] == cli.WELL
    assert run("tinh-trang", target)[0] == cli.WELL


def test_a_wrong_call_is_no_failed_publication(run: Run, site: Path, target: Path, tmp_path: Path) -> None:
    assert run("xuat-ban", site, tmp_path / "nham")[0] == cli.WRONG_CALL
    assert run("tinh-trang", target)[0] == cli.WELL


def test_a_site_that_cannot_be_read_is_an_alarm_and_a_place_that_is_none_a_wrong_call(
    run: Run, target: Path, tmp_path: Path
) -> None:
    code, out, _ = run("tinh-trang", tmp_path)
    assert (code, out.startswith("HỎNG: "), out.count("\n")) == (cli.PROBLEMS, True, 1)
    assert run("tinh-trang", tmp_path / "khong-co")[0] == cli.WRONG_CALL
    assert run("tinh-trang", target, "--toi-da", "0")[0] == cli.WRONG_CALL
    code, out, _ = run("tinh-trang", "http://127.0.0.1:1/", "--cho-phep-mang-rieng")
    assert (code, out.startswith("HỎNG: không nối được")) == (cli.PROBLEMS, True)
    code, out, _ = run("tinh-trang", "http://127.0.0.1:1/")
    assert (code, "mạng riêng" in out) == (cli.PROBLEMS, True)


def test_a_site_is_asked_by_its_address(run: Run, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(target / "hien-tai", "/tin/") as address:
        code, out, _ = run("tinh-trang", address, "--cho-phep-mang-rieng")
        assert (code, "đăng 08:00 23/11/2026" in out, "2 tin" in out) == (cli.WELL, True, True), out
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((NOW + timedelta(hours=30)).timestamp())))
        code, out, _ = run("tinh-trang", address, "--cho-phep-mang-rieng")
        assert (code, "đã 30 giờ" in out) == (cli.PROBLEMS, True), out


def test_a_build_that_fails_is_told_and_remembered(run: Run, project: Path, site: Path, target: Path) -> None:
    """The project has no docs/ and no hooks/: MkDocs cannot build it."""
    code, out, _ = run("xuat-ban", "--dung", site, target)
    assert (code, "trang không dựng được" in out) == (cli.PROBLEMS, True)
    assert "trang một" in served(target)
    assert "không dựng được" in run("tinh-trang", target)[1]
