"""The commands for an entry's life: what they write, what they refuse, and that a refusal changes no byte."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from du_an_mau import ADDRESS, environment, lay_out
from du_an_mau import NOW as BUILT
from support import Run, load, problems, write_entry

from chinhsach import cli
from chinhsach.approval import content_hash

PLACE = "policies/van-phong-so/2023"
TODAY = "23/11/2026"


@pytest.fixture
def project(bare_project: Path) -> Path:
    """A project with a public entry and a removed one, entered as the working folder."""
    write_entry(bare_project, "tin-a", so_ky_hieu="11/SKHĐT-VP")
    write_entry(
        bare_project,
        "tin-go",
        so_ky_hieu="12/SKHĐT-VP",
        trang_thai="da-go",
        go_tin={"ngay": "7/6/2023", "ly_do": "Ví dụ: nhầm"},
    )
    return bare_project


def tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def read(root: Path, entry_id: str) -> str:
    return (root / PLACE / f"{entry_id}.md").read_text(encoding="utf-8")


def test_a_correction_mends_the_key_and_says_what_it_said_before(project: Path, run: Run) -> None:
    before = read(project, "tin-a")
    code, out, err = run("dinh-chinh", "tin-a", "--khoa", "trich_yeu", "--sau", "Lịch trực: hai phòng")
    assert (code, err) == (cli.WELL, "")
    after = read(project, "tin-a")
    assert 'trich_yeu: "Lịch trực: hai phòng"\n' in after
    assert before.replace('trich_yeu: "Lịch trực của một phòng"', 'trich_yeu: "Lịch trực: hai phòng"') == after.replace(
        after[after.index("thay_doi:") : after.index("\n---", 5) + 1], ""
    )
    assert '-trich_yeu: "Lịch trực của một phòng"' in out
    (change,) = load(project).by_id["tin-a"][0].policy.changes
    assert (change.kind, change.text, change.before, change.after) == (
        "dinh-chinh", "Sửa mục «Trích yếu»", "Lịch trực của một phòng", "Lịch trực: hai phòng",
    )  # fmt: skip
    assert f"ngay: {TODAY}" in after
    assert problems(project) == []


def test_a_correction_away_from_what_the_document_prints_is_written_and_noted(project: Path, run: Run) -> None:
    text = "### Điều 1. Ví dụ\n\n1. Có hiệu lực từ ngày 01 tháng 7 năm 2023.\n"
    full = {"tep": "toan-van.md", "day_du": "co", "nguon": "Ví dụ"}
    write_entry(
        project, "tin-a", so_ky_hieu="11/SKHĐT-VP", ngay_hieu_luc="1/7/2023", toan_van=full, files={"toan-van.md": text}
    )
    code, out, _ = run("dinh-chinh", "tin-a", "--khoa", "ngay_hieu_luc", "--sau", "2/7/2023")
    assert code == cli.WELL
    assert "lưu ý[dinh-chinh-ban-goc]" in out
    assert "30/2020/NĐ-CP" in out


def test_a_correction_of_a_missing_key_and_of_a_list_and_of_the_body(project: Path, run: Run) -> None:
    assert run("dinh-chinh", "tin-a", "--khoa", "ngay_hieu_luc", "--sau", "1/7/2023")[0] == cli.WELL
    assert run("dinh-chinh", "tin-a", "--khoa", "doi_tuong", "--sau", "cong-chuc, nguoi-dan")[0] == cli.WELL
    assert (
        run("dinh-chinh", "tin-a", "--truoc", "tầng hai", "--sau", "tầng ba", "--noi-dung", "Ví dụ: nơi họp")[0]
        == cli.WELL
    )
    entry = load(project).by_id["tin-a"][0]
    assert [(c.before, c.after) for c in entry.policy.changes] == [
        ("không ghi", "1/7/2023"), ("cong-chuc", "cong-chuc, nguoi-dan"), ("tầng hai", "tầng ba"),
    ]  # fmt: skip
    assert entry.policy.audiences == ("cong-chuc", "nguoi-dan")


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        (["dinh-chinh", "tin-a", "--khoa", "ngay_hieu_luc", "--sau", "30/2/2023"], cli.PROBLEMS, "ngay-khong-co-that"),
        (["dinh-chinh", "tin-a", "--khoa", "loai", "--sau", "khong-co"], cli.PROBLEMS, "ngoai-danh-muc"),
        (["dinh-chinh", "tin-a", "--khoa", "ngay_hieu_lc", "--sau", "1/7/2023"], cli.WRONG_CALL, "có phải «ngay_hieu_luc»?"),
        (["dinh-chinh", "tin-a", "--khoa", "ma", "--sau", "tin-b"], cli.WRONG_CALL, "mã không bao giờ đổi"),
        (["dinh-chinh", "tin-a", "--khoa", "ngay_den", "--sau", "1/7/2023"], cli.WRONG_CALL, "khóa nội bộ"),
        (["dinh-chinh", "tin-a", "--khoa", "ngay_ban_hanh", "--sau", "30/5/2023"], cli.WRONG_CALL, "không có gì để đính chính"),
        (["dinh-chinh", "tin-a", "--khoa", "trich_yeu"], cli.WRONG_CALL, "còn thiếu --sau"),
        (["dinh-chinh", "tin-a", "--sau", "x"], cli.WRONG_CALL, "còn thiếu --truoc"),
        (["dinh-chinh", "tin-b", "--sau", "x"], cli.WRONG_CALL, "có phải «tin-a»?"),
        (["dinh-chinh", "tin-go", "--khoa", "trich_yeu", "--sau", "abc"], cli.WRONG_CALL, "đã gỡ"),
        (["go-tin", "tin-a"], cli.WRONG_CALL, "còn thiếu --ly-do"),
        (["go-tin", "tin-a", "--ly-do", "Ví dụ", "--thay-bang", "tin-khong-co"], cli.PROBLEMS, "thay-bang-la"),
        (["go-tin", "tin-go", "--ly-do", "Ví dụ"], cli.WRONG_CALL, "đã gỡ ngày 7/6/2023"),
        (["dang-lai", "tin-a", "--noi-dung", "Ví dụ"], cli.WRONG_CALL, "không phải tin đã gỡ"),
        (["dang-lai", "tin-go"], cli.WRONG_CALL, "còn thiếu --noi-dung"),
        (["doi-dia-chi", "tin-a", "tin-moi"], cli.WRONG_CALL, "mã không đổi nữa"),
        (["doi-dia-chi", "tin-a", "phong-khong-co/2023"], cli.PROBLEMS, "thu-muc-la"),
        (["doi-dia-chi", "tin-a", "a/b/c"], cli.WRONG_CALL, "không phải chỗ để tin"),
        (["doi-dia-chi", "tin-a", "../2023"], cli.WRONG_CALL, "không phải chỗ để tin"),
        (["doi-dia-chi", "tin-a", "van-phong-so/2023"], cli.WRONG_CALL, "đã ở"),
        (["doi-dia-chi", "tin-a", "--dia-chi-cu", "don-vi/van-phong-so"], cli.PROBLEMS, "dia-chi-cu-trung"),
        (["doi-dia-chi", "tin-a", "--dia-chi-cu", "RSS.xml"], cli.PROBLEMS, "dia-chi-cu-trung"),
        (["doi-dia-chi", "tin-a", "--dia-chi-cu", "chinh-sach/tin-go"], cli.PROBLEMS, "dia-chi-cu-trung"),
        (["doi-dia-chi", "tin-a"], cli.WRONG_CALL, "còn thiếu <moi>"),
        (["go-khan", "tin-a"], cli.WRONG_CALL, "còn thiếu --ly-do"),
        (["go-khan", "tin-a", "--ly-do", "Ví dụ", "--ban-luu", "khong-co"], cli.WRONG_CALL, "không có thư mục bản lưu"),
    ],
)  # fmt: skip
def test_what_would_be_wrong_is_refused_and_no_byte_changes(
    call: list[str], code: int, said: str, project: Path, run: Run
) -> None:
    before = tree(project)
    found, out, err = run(*call)
    assert found == code
    assert said in (err if code == cli.WRONG_CALL else out)
    assert tree(project) == before


def test_a_removal_and_a_return_leave_both_in_the_log(project: Path, run: Run) -> None:
    first = read(project, "tin-a")
    assert run("go-tin", "tin-a", "--ly-do", "Ví dụ: bản nháp", "--thay-bang", "tin-go")[0] == cli.WELL
    removed = load(project).by_id["tin-a"][0].policy
    assert removed.removal is not None
    assert (removed.status.value, removed.removal.reason, removed.removal.replaced_by) == (
        "da-go",
        "Ví dụ: bản nháp",
        "tin-go",
    )
    assert run("dang-lai", "tin-a", "--noi-dung", "Ví dụ: đã đủ")[0] == cli.WELL
    back = load(project).by_id["tin-a"][0].policy
    assert (back.status.value, back.removal) == ("cong-khai", None)
    assert [(c.kind, c.text) for c in back.changes] == [("go-tin", "Ví dụ: bản nháp"), ("dang-lai", "Ví dụ: đã đủ")]
    assert set(first.splitlines()) <= set(read(project, "tin-a").splitlines())
    assert problems(project) == []


def test_a_removed_entry_can_lose_its_words_and_is_not_put_back_then(project: Path, run: Run) -> None:
    code, out, _ = run("go-tin", "tin-go", "--xoa-noi-dung")
    assert code == cli.WELL
    assert "chinhsach go-khan tin-go" in out
    assert load(project).by_id["tin-go"][0].policy.is_erased
    code, _, err = run("dang-lai", "tin-go", "--noi-dung", "Ví dụ")
    assert code == cli.WRONG_CALL
    assert "đã xóa nội dung" in err


def test_an_entry_moves_with_its_files_and_keeps_its_address(project: Path, run: Run) -> None:
    (project / PLACE / "tin-a").mkdir()
    (project / PLACE / "tin-a" / "a.txt").write_text("Ví dụ")
    write_entry(project, "tin-a", so_ky_hieu="11/SKHĐT-VP", tep=[{"ten": "Ví dụ", "tep": "a.txt", "loai": "khac"}])
    assert run("doi-dia-chi", "tin-a", "van-phong-so/2024")[0] == cli.WELL
    moved = load(project).by_id["tin-a"][0]
    assert (moved.file.path, set(moved.files)) == ("policies/van-phong-so/2024/tin-a.md", {"a.txt"})
    assert not (project / PLACE / "tin-a").exists()
    assert problems(project) == []


def test_a_move_that_changes_the_owner_says_so(project: Path, run: Run) -> None:
    write_entry(project, "tin-b", so_ky_hieu="14/SKHĐT-VP")
    code, out, _ = run("doi-dia-chi", "tin-b", "phong-dkkd/2023")
    assert code == cli.WELL
    assert "đơn vị phụ trách tin: van-phong-so → phong-dkkd" in out


def test_an_earlier_address_leads_here_and_an_unpublished_entry_may_change_its_id(project: Path, run: Run) -> None:
    assert run("doi-dia-chi", "tin-a", "--dia-chi-cu", "https://example.org/tin/a/")[0] == cli.WELL
    assert run("doi-dia-chi", "tin-a", "--dia-chi-cu", "tin/b")[0] == cli.WELL
    assert load(project).by_id["tin-a"][0].policy.former_paths == ("tin/a", "tin/b")
    write_entry(project, "tin-nhap", so_ky_hieu="13/SKHĐT-VP", trang_thai="ban-nhap")
    assert run("doi-dia-chi", "tin-nhap", "tin-khac")[0] == cli.WELL
    assert (project / PLACE / "tin-khac.md").is_file()
    assert not (project / PLACE / "tin-nhap.md").exists()


def test_changed_content_waits_for_its_approval(project: Path, run: Run) -> None:
    approval = {
        "buoc": "phe-duyet",
        "chuc_vu": "Ví dụ",
        "don_vi": "van-phong-so",
        "ngay": "1/6/2023",
        "hinh_thuc": "Ví dụ",
    }
    write_entry(project, "tin-a", so_ky_hieu="11/SKHĐT-VP", duyet=[approval])
    digest = content_hash(load(project).by_id["tin-a"][0])
    write_entry(project, "tin-a", so_ky_hieu="11/SKHĐT-VP", duyet=[approval | {"ma_bam": digest}])
    assert problems(project) == []
    code, out, _ = run("dinh-chinh", "tin-a", "--khoa", "trich_yeu", "--sau", "Lịch trực mới")
    assert code == cli.PROBLEMS
    assert "duyet-lech" in out
    assert "phải duyệt lại" in out
    assert "Lịch trực mới" in read(project, "tin-a")


def test_another_file_under_the_same_name_asks_for_approval_again(project: Path) -> None:
    approval = {
        "buoc": "phe-duyet",
        "chuc_vu": "Ví dụ",
        "don_vi": "van-phong-so",
        "ngay": "1/6/2023",
        "hinh_thuc": "Ví dụ",
    }
    keys = {"so_ky_hieu": "11/SKHĐT-VP", "tep": [{"ten": "Ví dụ", "tep": "a.txt", "loai": "khac"}]}
    write_entry(project, "tin-a", files={"a.txt": "Ví dụ một"}, **keys, duyet=[approval])
    digest = content_hash(load(project).by_id["tin-a"][0])
    write_entry(project, "tin-a", **keys, duyet=[approval | {"ma_bam": digest}])
    assert problems(project) == []
    write_entry(project, "tin-a", files={"a.txt": "Ví dụ hai"}, **keys, duyet=[approval | {"ma_bam": digest}])
    assert [p.code for p in problems(project)] == ["duyet-lech"]


def test_a_file_keeps_its_mark_its_line_ends_and_its_rights(project: Path, run: Run) -> None:
    path = project / PLACE / "tin-a.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    path.chmod(0o640)
    before = path.read_bytes()
    assert run("go-tin", "tin-a", "--ly-do", "Ví dụ")[0] == cli.WELL
    after = path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf---\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")
    assert set(before.split(b"\r\n")) <= set(after.split(b"\r\n"))
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in path.parent.iterdir() if p.name.startswith(".")] == []


@pytest.mark.dung_trang
def test_an_emergency_removal_leaves_no_word_in_site_or_kept_copies(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "du-an")
    site, kept = root / "site", tmp_path / "ban-luu"
    settings = environment(BUILT, ADDRESS)

    def call(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *command], cwd=root, env=settings, capture_output=True, text=True, encoding="utf-8"
        )

    assert call("mkdocs", "build").returncode == 0
    shutil.copytree(site, kept)
    (kept / "index.html.gz").write_bytes(b"v\xc3\xad d\xe1\xbb\xa5")
    target = "vi-du-toan-van"
    title = json.loads((site / f"du-lieu/chinh-sach/{target}.json").read_bytes())["tieu_de"]
    holding = [name for name, content in tree(kept).items() if title.encode() in content]
    assert len(holding) > 5
    untouched = "lien-he/index.html"
    same = (kept / untouched).read_bytes()
    done = call("chinhsach.cli", "go-khan", target, "--ly-do", "Ví dụ: lộ dữ liệu", "--ban-luu", str(kept))
    assert done.returncode == cli.WELL, done.stdout + done.stderr
    for folder in (site, kept):
        found = tree(folder)
        assert [name for name, content in found.items() if title.encode() in content] == []
        assert not [name for name in found if name.startswith(f"chinh-sach/{target}/toan-van")]
        assert "Tin đã gỡ" in found[f"chinh-sach/{target}/index.html"].decode()
        assert set(json.loads(found["du-lieu/tep.json"])["tep"]) == set(found) - {"du-lieu/tep.json"}
    assert (kept / untouched).read_bytes() == same
    assert not (kept / "index.html.gz").exists()
    assert f"--path-glob 'policies/*/{target}.md' --path-glob 'policies/*/{target}/*'" in done.stdout
    for todo in ("Lịch sử của kho", "Bộ đệm", "Máy tìm kiếm", "doi-chieu-cong", "truyen_thong"):
        assert todo in done.stdout


@pytest.mark.dung_trang
def test_an_emergency_removal_says_so_when_the_site_could_not_be_built(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "du-an")
    (root / "site").mkdir()
    (root / "site" / "a.html").write_text("Ví dụ")
    write_entry(root, "sai", ngay_ban_hanh="30/2/2023")
    done = subprocess.run(
        [sys.executable, "-m", "chinhsach.cli", "go-khan", "vi-du-thuong", "--ly-do", "Ví dụ"],
        cwd=root, env=environment(BUILT, ADDRESS), capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == cli.PROBLEMS
    assert "TRANG CHƯA ĐỔI" in done.stdout
    assert "ngay-khong-co-that" in done.stdout
    assert (root / "site" / "a.html").is_file()
