"""The form at `/quan-tri/`: a clerk fills it in, the local git behind it keeps the entry, and that entry builds."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import OpenPage
from du_an_mau import NOW, ROOT, build, environment, lay_out, pdf, run
from playwright.sync_api import Page, expect
from support import vocabularies

from chinhsach import schema, source, vendored

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.can_node]

UNIT = "van-phong-so"
START_SECONDS = 120
"""The first run on a machine installs the local back end."""


@dataclass(frozen=True)
class Trial:
    """A running `chinhsach quan-tri`: its project, the form's address, the local back end's."""

    project: Path
    home: str
    store: str


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """The documented command, run in a repository of made-up entries; its pinned files come from this checkout's cache."""
    try:
        vendored.provide(ROOT)
    except vendored.NotVendored as fault:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(str(fault))
    project = lay_out(tmp_path_factory.mktemp("quan-tri") / "kho")
    shutil.copytree(ROOT / "trien-khai" / "quan-tri", project / "trien-khai" / "quan-tri")
    shutil.copytree(ROOT / ".cache" / "quan-tri", project / ".cache" / "quan-tri", symlinks=True)
    shutil.copy(ROOT / ".gitignore", project / ".gitignore")
    git(project, "init", "-q", "-b", "main")
    for key, value in (("user.name", "Ví dụ"), ("user.email", "vi-du@example.org"), ("core.hooksPath", os.devnull)):
        git(project, "config", key, value)
    git(project, "add", ".")
    git(project, "commit", "-q", "-m", "Ví dụ: kho để thử biểu mẫu")
    page_port, store_port = free_port(), free_port()
    words = ["-m", "chinhsach.cli", "quan-tri", "--cong", str(page_port), "--cong-luu", str(store_port)]
    running = subprocess.Popen([sys.executable, *words], cwd=project, env=environment(NOW, "", PYTHONUTF8="1"))
    home = f"http://127.0.0.1:{page_port}/quan-tri/"
    try:
        wait_for(home, running)
        yield Trial(project, home, f"127.0.0.1:{store_port}")
    finally:
        running.terminate()
        running.wait(timeout=30)
        keep(project)


def keep(project: Path) -> None:
    """Keep the installed back end for the next run of these tests."""
    made, kept = project / ".cache/quan-tri/may-chu", ROOT / ".cache/quan-tri/may-chu"
    if made.is_dir() and not kept.exists():
        shutil.copytree(made, kept, symlinks=True)


def wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert running.poll() is None, "chinhsach quan-tri dừng trước khi trang mở được"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"{address} không mở được")


@pytest.fixture
def form(trial: Trial, open_page: OpenPage) -> Page:
    """The form after logging in, before anything is chosen; every host that it speaks to is remembered."""
    page = open_page()
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc or urlsplit(request.url).scheme))
    page.quan_tri_hosts = hosts  # type: ignore[attr-defined]
    page.goto(trial.home)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("link", name="＋").or_(page.get_by_text("＋ tin của")).first.wait_for()
    return page


def choose(page: Page, key: str, text: str, *, place: int = 0) -> None:
    """Choose from a list as people do: click, type, Enter."""
    page.locator(f'[id^="{key}-field-"]').nth(place).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def fill_in(page: Page, entry_id: str) -> None:
    for key, text in {
        "tieu_de": "Ví dụ: tin viết qua biểu mẫu",
        "ma": entry_id,
        "tom_tat": "Ví dụ: tin này được viết bằng biểu mẫu trong trình duyệt, chỉ có trong kiểm thử.",
        "so_ky_hieu": "07/TB-STC",
        "ngay_ban_hanh": "20/11/2026",
        "trich_yeu": 'Ví dụ: «lời nói», "kép" và: hai chấm',
        "ngay_dang": "23/11/2026",
    }.items():
        page.locator(f'[id^="{key}-field-"]').first.fill(text)
    choose(page, "loai", "Thông báo")
    choose(page, "co_quan_ban_hanh", "Sở Tài chính tỉnh Lạng Sơn")
    choose(page, "linh_vuc", "Đấu thầu")
    choose(page, "doi_tuong", "Doanh nghiệp")
    page.locator(".cms-editor-visual, .CodeMirror, [contenteditable=true]").first.click()
    page.keyboard.insert_text("## Điểm chính\n\nBài ví dụ viết qua biểu mẫu, có dấu | và *sao*.")


def attach(page: Page, file: Path) -> None:
    page.get_by_role("button", name="Thêm mục").first.click()
    page.locator('[id^="ten-field-"]').first.fill("Ví dụ: bản ký")
    page.get_by_role("button", name="Chọn một tập tin").first.click()
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Lấy những cái đã chọn").click()
    choose(page, "loai", "Bản ký số", place=1)


def branches(project: Path) -> list[str]:
    return [line.strip(" *") for line in git(project, "branch", "--list", "cms/*").splitlines()]


def wait_for_entry(page: Page, project: Path, entry_id: str) -> tuple[str, str]:
    """The branch that saving makes and the entry's text there; the back end commits after it made the branch."""
    for _ in range(100):
        for branch in branches(project):
            path = f"policies/{UNIT}/{branch.split('/')[-2]}/{entry_id}.md"
            if branch.endswith("/" + entry_id) and git(project, "ls-tree", "--name-only", branch, path):
                return branch, git(project, "show", f"{branch}:{path}")
        page.wait_for_timeout(100)
    pytest.fail(f"không thấy {entry_id} ở nhánh nào: {branches(project)}; trang ghi: {page.inner_text('body')[:500]}")


def test_an_entry_written_in_the_form_passes_the_check_and_stands_on_the_built_site(
    form: Page, trial: Trial, tmp_path: Path
) -> None:
    """Its first try has two slips: they are said in Vietnamese and nothing is saved."""
    before = git(trial.project, "rev-parse", "main")
    scan = tmp_path / "Bản Ký số.pdf"
    scan.write_bytes(pdf("Vi du ban ky"))
    form.goto(f"{trial.home}#/collections/{UNIT}/new")
    form.locator('[id^="tieu_de-field-"]').first.wait_for()
    fill_in(form, "Mã Sai")
    choose(form, "trang_thai", "Công khai")
    attach(form, scan)
    form.locator('[id^="ngay_dang-field-"]').first.fill("hôm nay")
    form.get_by_role("button", name="Lưu", exact=True).click()
    form.get_by_text("không khớp với mẫu").first.wait_for()
    said = form.inner_text("body").lower()
    assert "chữ thường không dấu, số và gạch nối, 3–80 ký tự" in said
    assert "ngày, hoặc ngày giờ, ví dụ 5/6/2023 08:00" in said
    assert not any("sai" in branch for branch in branches(trial.project))

    for key, text in (("ngay_dang", "23/11/2026"), ("ma", "vi-du-bieu-mau")):
        form.locator(f'[id^="{key}-field-"]').first.click()
        form.keyboard.press("Control+A")
        form.keyboard.type(text)
    form.get_by_role("button", name="Lưu", exact=True).click()
    branch, _ = wait_for_entry(form, trial.project, "vi-du-bieu-mau")

    assert git(trial.project, "rev-parse", "main") == before, "lưu không được đưa gì vào nhánh chính"
    checkout = tmp_path / "nhanh"
    git(trial.project, "worktree", "add", "-q", "--detach", str(checkout), branch)
    year = next((checkout / "policies" / UNIT).glob("*/vi-du-bieu-mau.md")).parent
    assert (year / "vi-du-bieu-mau" / "ban-ky-so.pdf").read_bytes() == scan.read_bytes()
    checked = run(("chinhsach.cli", "kiem-tra", str(year / "vi-du-bieu-mau.md")), checkout, environment(NOW, ""))
    assert checked.returncode == 0, checked.stdout
    assert "0 lỗi" in checked.stdout
    built = build(checkout, checkout / "site", address="https://vi-du.example/")
    assert built.returncode == 0, built.stderr
    page = (checkout / "site/chinh-sach/vi-du-bieu-mau/index.html").read_text("utf-8")
    assert "Bài ví dụ viết qua biểu mẫu, có dấu | và <em>sao</em>." in page
    assert f'data-don-vi="{UNIT}"' in page
    assert not (checkout / "site/quan-tri").exists(), "trang công khai không có biểu mẫu"

    hosts = form.quan_tri_hosts  # type: ignore[attr-defined]
    assert hosts - {"data", "blob"} == {urlsplit(trial.home).netloc, trial.store}, "biểu mẫu chỉ nói với máy này"


def test_nobody_publishes_from_the_form(form: Page, trial: Trial) -> None:
    form.goto(f"{trial.home}#/collections/{UNIT}/new")
    form.locator('[id^="tieu_de-field-"]').first.wait_for()
    fill_in(form, "vi-du-khong-dang")
    form.get_by_role("button", name="Lưu", exact=True).click()
    _, text = wait_for_entry(form, trial.project, "vi-du-khong-dang")
    assert "trang_thai: ban-nhap" in text, "không chọn gì thì là bản nháp"
    form.reload()
    form.goto(f"{trial.home}#/workflow")
    form.get_by_text("vi-du-khong-dang").first.wait_for()
    shown = form.inner_text("body")
    assert "công bố" not in shown.lower()
    for forbidden in ("Nhận vào kho", "Nhận vào kho ngay"):
        expect(form.get_by_role("button", name=forbidden)).to_have_count(0)


def test_every_shipped_entry_keeps_its_meaning_through_the_form(form: Page) -> None:
    """Opening and saving changes no value: telephone numbers keep their zeros, words stay words."""
    paths = sorted(p for p in (ROOT / "policies").glob("*/[0-9]*/*.md") if not p.parts[-3].startswith("_"))
    texts = [path.read_text("utf-8") for path in paths]
    texts.append(
        '---\nma: vi-du\nso_ky_hieu: "07"\nlien_he: {ten: Ví dụ, dien_thoai: 0200000000}\ntrinh_tu_rut_gon: co\n'
        "linh_vuc: dau-thau\nngay_dang: 2026-11-23\n---\nBài.\n"
    )
    saved = form.evaluate("texts => texts.map(text => quanTri.toFile(quanTri.fromFile(text)))", texts)
    for before, after in zip(texts, saved, strict=True):
        old, new = (source.read("policies/van-phong-so/2026/vi-du.md", text.encode()) for text in (before, after))
        assert new.faults == []
        parsed = [schema.parse(raw, "vi-du", vocabularies()) for raw in (old, new)]
        assert parsed[0].broken == parsed[1].broken
        assert json.dumps(schema.dump(parsed[0].policy)) == json.dumps(schema.dump(parsed[1].policy))
        assert old.body.strip() == new.body.strip()
    assert 'dien_thoai: "0200000000"' in saved[-1] or "dien_thoai: 0200000000" in saved[-1]


def test_lists_and_the_sitemap_do_not_know_the_form(trial: Trial) -> None:
    root = trial.home.removesuffix("quan-tri/")
    for path in ("sitemap.xml", "", "chinh-sach/", "tim-kiem/"):
        with urllib.request.urlopen(root + path, timeout=10) as answer:
            assert b"quan-tri" not in answer.read(), path
