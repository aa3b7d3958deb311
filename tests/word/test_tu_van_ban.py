"""`chinhsach tu-van-ban`: what a clerk gives, what she gets, what she is told; and from there to the site."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
import yaml
from du_an_mau import build
from hostile_word import HOSTILE
from support import ROOT, Run, problems
from word_files import CASES, SKHDT, Case, Maker, place_and_day

from chinhsach import cli, vocabulary

GOLDEN = Path(__file__).parent / "golden"
BY_NAME = {case.name: case for case in CASES}


@pytest.fixture
def project(bare_project: Path) -> Path:
    """A project without entries, entered as the working folder."""
    return bare_project


def made(name: str, folder: Path, called: str) -> Path:
    path = BY_NAME[name].make(folder)
    return path.rename(folder / called)


def front_matter(text: str) -> dict[str, object]:
    return dict(yaml.load(text.split("---\n")[1], yaml.BaseLoader))


@pytest.mark.parametrize(
    ("golden", "name", "options"),
    [
        ("ke-hoach", "ke-hoach-danh-so", ["--don-vi", "van-phong-so"]),
        ("thong-bao", "thong-bao-nfd-dau-sua", ["--ma", "thong-bao-vi-du"]),
        ("du-thao", "du-thao-chua-co-so", []),
        ("thong-tu", "thong-tu-dai", ["--don-vi", "phong-dkkd"]),
    ],
)
def test_the_draft_and_what_is_said_of_it(
    project: Path, tmp_path: Path, run: Run, request: pytest.FixtureRequest, golden: str, name: str, options: list[str]
) -> None:
    path = made(name, tmp_path, f"Văn bản {golden} (bản cuối).docx")
    code, out, err = run("tu-van-ban", path, *options)
    assert (code, err) == (cli.WELL, "")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    entries = sorted((project / "policies").glob("[!_]*/*/*.md")) + sorted((project / "policies").glob("_cho*/*.md"))
    text = f"{out}\n=====\n{entries[0].read_text(encoding='utf-8')}".replace(sha256, "<SHA-256>")
    expected = GOLDEN / f"{golden}.txt"
    if request.config.getoption("--ghi-lai"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    assert [problem for problem in problems(project) if problem.is_error] == []
    (attachment,) = entries[0].with_suffix("").glob("*.docx")
    assert attachment.read_bytes() == path.read_bytes()


def test_filling_in_what_is_marked_makes_a_public_entry(project: Path, tmp_path: Path, run: Run) -> None:
    run("tu-van-ban", made("ke-hoach-danh-so", tmp_path, "x-y-z.docx"), "--don-vi", "van-phong-so")
    path = project / "policies/van-phong-so/2026/x-y-z.md"
    text = path.read_text(encoding="utf-8")
    for key, value in {
        "tieu_de": '"Ví dụ: kế hoạch truyền thông"',
        "tom_tat": "Tin ví dụ để kiểm thử, kể lại một kế hoạch làm ra để thử, không phải tin thật.",
        "linh_vuc": "[truyen-thong-chinh-sach]",
        "doi_tuong": "[cong-chuc]",
        "trang_thai": "cong-khai",
    }.items():
        text = re.sub(rf"^{key}:.*$", f"{key}: {value}", text, flags=re.M)
    path.write_text(text, encoding="utf-8")
    code, out, _ = run("kiem-tra")
    assert code == cli.WELL, out


def test_each_marked_key_is_empty_and_no_other_is(project: Path, tmp_path: Path, run: Run) -> None:
    run("tu-van-ban", made("so-sai-chinh-ta", tmp_path, "so-sai.docx"))
    text = (project / "policies/_cho-phan-loai/so-sai.md").read_text(encoding="utf-8")
    marked = re.findall(r"^# CẦN BỔ SUNG:.*\n(?:# chọn.*\n)?(\w+):", text, re.M)
    assert marked == [key for key, value in front_matter(text).items() if value == ""]
    assert "so_ky_hieu" in marked


def test_a_file_that_lies_in_a_units_folder_stays_with_the_unit(project: Path, run: Run) -> None:
    folder = project / "policies" / "phong-dkkd" / "2026"
    folder.mkdir(parents=True)
    code, out, _ = run("tu-van-ban", made("cong-van", folder, "cong-van.docx"))
    assert code == cli.WELL
    assert "Đơn vị phụ trách tin: Phòng Đăng ký kinh doanh: tệp nằm trong policies/phong-dkkd/" in out
    assert (project / "policies/phong-dkkd/2023/cong-van.md").is_file()


def test_a_confirmed_suffix_in_the_symbol_decides_the_unit(project: Path, tmp_path: Path, run: Run) -> None:
    units = project / vocabulary.FOLDER / "don-vi.yml"
    text = units.read_text(encoding="utf-8")
    start = text.index("- id: phong-dkkd")
    end = text.index("- id:", start + 5)
    units.write_text(
        text[:start] + text[start:end].replace("ky_hieu_duoi_kiem_chung: chua_kiem_chung", "ky_hieu_duoi_kiem_chung: da_kiem_chung") + text[end:],
        encoding="utf-8",
    )  # fmt: skip
    _, out, _ = run("tu-van-ban", made("cong-van", tmp_path, "cong-van.docx"))
    assert "Phòng Đăng ký kinh doanh: số ký hiệu 643/SKHĐT-ĐKKD có đuôi đơn vị soạn thảo ĐKKD" in out
    assert (project / "policies/phong-dkkd/2023/cong-van.md").is_file()


def test_a_long_text_gets_a_page_of_its_own(project: Path, tmp_path: Path, run: Run) -> None:
    run("tu-van-ban", made("thong-tu-dai", tmp_path, "thong-tu.docx"), "--don-vi", "phong-dkkd")
    folder = project / "policies/phong-dkkd/2025/thong-tu"
    entry = folder.with_suffix(".md").read_text(encoding="utf-8")
    assert front_matter(entry)["toan_van"] == {"tep": "toan-van.md", "day_du": "co", "nguon": "bản Word của đơn vị"}
    assert "### Điều 8. Điều ví dụ số 8" in (folder / "toan-van.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["bang-long-10000-lan", "macro", "thuc-the-nhan-len", "nang-500-mb"])
def test_a_refused_file_leaves_nothing_behind(project: Path, tmp_path: Path, run: Run, name: str) -> None:
    path = tmp_path / "van-ban.docx"
    HOSTILE[name][0](path)
    before = sorted(project.rglob("*"))
    code, out, err = run("tu-van-ban", path)
    assert (code, err) == (cli.PROBLEMS, "")
    assert out.startswith("Chưa lập được tin từ «van-ban.docx»: ")
    assert HOSTILE[name][1] in out
    assert sorted(project.rglob("*")) == before


@pytest.mark.dung_trang
def test_three_commands_lead_from_a_word_file_to_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    guide = (ROOT / "docs" / "huong-dan" / "index.md").read_text(encoding="utf-8")
    said = re.search(r"Từ tệp Word tới trang trên máy là ba lệnh: (.*)", guide)
    assert said is not None
    commands = ["chinhsach tu-van-ban ke-hoach-2026.docx", "chinhsach kiem-tra", "mkdocs serve"]
    assert re.findall(r"`([^`]+)`", said[1]) == commands
    root = tmp_path / "du-an"
    for folder in ("docs", "hooks", vocabulary.FOLDER):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    monkeypatch.chdir(root)
    made("ke-hoach-danh-so", root, "ke-hoach-2026.docx")
    for command in commands[:2]:
        assert run(*command.split()[1:])[0] == cli.WELL
    # what `mkdocs serve` shows is what a preview builds
    done = build(root, tmp_path / "site", more={"CHINHSACH_XEM_TRUOC": "1"})
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / "chinh-sach" / "ke-hoach-2026" / "index.html").read_text(encoding="utf-8")
    assert "I. MỤC ĐÍCH, YÊU CẦU" in page
    assert "12/KH-SKHĐT" in page


def stamped(m: Maker) -> None:
    m.head(
        ("UBND TỈNH LẠNG SƠN", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "MẬT", "Số: 1/KH-SKHĐT"),
        place_and_day("ngày 05 tháng 02 năm 2026"),
    )
    m.title("KẾ HOẠCH", "Ví dụ: có dấu mật")


def test_a_document_with_a_stamp_of_secrecy_is_not_taken(project: Path, tmp_path: Path, run: Run) -> None:
    code, out, _ = run("tu-van-ban", Case("van-ban-mat", stamped, {}).make(tmp_path))
    assert code == cli.PROBLEMS
    assert "có dấu «MẬT», không được đưa lên trang" in out
    assert not (project / "policies" / "_cho-phan-loai").exists()


def test_a_type_that_is_not_published_is_not_taken(project: Path, tmp_path: Path, run: Run) -> None:
    code, out, _ = run("tu-van-ban", made("to-trinh-ky-tab", tmp_path, "to-trinh.docx"))
    assert code == cli.PROBLEMS
    assert "loại văn bản «Tờ trình» không đăng trên trang này" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["khong-co.docx"], "không có tệp «khong-co.docx»"),
        (["x.docx", "--don-vi", "van-phong"], "có phải «van-phong-so»?"),
        (["x.docx", "--ma", "Mã Sai"], "mã tin «Mã Sai» chưa đúng dạng"),
        (["..docx"], "tên tệp không làm mã tin được"),
    ],
)
def test_a_wrong_call_says_how_to_call(project: Path, run: Run, arguments: list[str], words: str) -> None:
    for name in ("x.docx", "..docx"):
        (project / name).write_bytes(b"PK")
    code, out, err = run("tu-van-ban", *arguments)
    assert (code, out) == (cli.WRONG_CALL, "")
    assert words in err


def test_the_same_file_twice_is_refused_and_the_first_draft_stays(project: Path, tmp_path: Path, run: Run) -> None:
    path = made("cong-van", tmp_path, "cong-van.docx")
    run("tu-van-ban", path)
    entry = project / "policies/_cho-phan-loai/cong-van.md"
    entry.write_text(entry.read_text(encoding="utf-8") + "\nĐã sửa tay.\n", encoding="utf-8")
    before = entry.read_bytes()
    code, _, err = run("tu-van-ban", path)
    assert code == cli.WRONG_CALL
    assert "mã tin «cong-van» đã có ở policies/_cho-phan-loai/cong-van.md" in err
    assert entry.read_bytes() == before


def test_the_issuer_is_named_as_the_vocabulary_does(project: Path, tmp_path: Path, run: Run) -> None:
    run("tu-van-ban", made("cong-van", tmp_path, "cong-van.docx"))
    text = (project / "policies/_cho-phan-loai/cong-van.md").read_text(encoding="utf-8")
    assert front_matter(text)["co_quan_ban_hanh"] == SKHDT
