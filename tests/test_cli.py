"""The commands for people: what they print, what they leave, and their exit codes (DESIGN §6)."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from support import NOW, ROOT, Run, codes, problems, vocabularies, write_entry

from chinhsach import cli, scaffold, vocabulary
from chinhsach.check import check

GOOD, WRONG = "tin-tot", "tin-sai"
PLACE = "policies/van-phong-so/2023"


@pytest.fixture
def project(bare_project: Path) -> Path:
    """A project with one good entry and one that has an error, entered as the working folder."""
    write_entry(bare_project, GOOD, so_ky_hieu="11/SKHĐT-VP")
    write_entry(bare_project, WRONG, ngay_ban_hanh="30/2/2023")
    return bare_project


def test_checking_everything_tells_every_problem_and_fails(project: Path, run: Run) -> None:
    code, out, err = run("kiem-tra")
    assert (code, err) == (cli.PROBLEMS, "")
    (problem,) = problems(project)
    assert out == f"{problem.as_text()}\n\nĐã đọc 2 tin: 1 lỗi, 0 lưu ý.\n"


@pytest.mark.parametrize(
    ("paths", "code", "summary"),
    [
        ([f"{PLACE}/{GOOD}.md"], cli.WELL, "Đã đọc 1 tin: 0 lỗi, 0 lưu ý."),
        ([f"{PLACE}/{WRONG}.md"], cli.PROBLEMS, "Đã đọc 1 tin: 1 lỗi, 0 lưu ý."),
        ([f"./{PLACE}/../2023/{WRONG}.md"], cli.PROBLEMS, "Đã đọc 1 tin: 1 lỗi, 0 lưu ý."),
        ([f"{PLACE}/{GOOD}.md", f"{PLACE}/{WRONG}.md"], cli.PROBLEMS, "Đã đọc 2 tin: 1 lỗi, 0 lưu ý."),
        ([PLACE], cli.PROBLEMS, "Đã đọc 2 tin: 1 lỗi, 0 lưu ý."),
        (["policies/_danh-muc"], cli.WELL, "Đã đọc 0 tin: 0 lỗi, 0 lưu ý."),
        (["."], cli.PROBLEMS, "Đã đọc 2 tin: 1 lỗi, 0 lưu ý."),
        ([f"{PLACE}/{WRONG}/toan-van.md"], cli.PROBLEMS, "Đã đọc 1 tin: 1 lỗi, 1 lưu ý."),
    ],
)
def test_a_path_narrows_the_check_to_what_lies_there(
    paths: list[str], code: int, summary: str, project: Path, run: Run
) -> None:
    if "toan-van.md" in paths[0]:
        (project / PLACE / WRONG).mkdir()
        (project / PLACE / WRONG / "toan-van.md").write_text("Ví dụ")
    found, out, _ = run("kiem-tra", *paths)
    assert (found, out.splitlines()[-1]) == (code, summary)


def test_a_folder_is_named_from_wherever_the_command_is_called(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / PLACE)
    assert run("kiem-tra", f"{GOOD}.md")[0] == cli.WELL
    assert run("kiem-tra", f"{WRONG}.md")[0] == cli.PROBLEMS


def test_each_form_of_output_has_a_line_for_each_problem_and_no_other(project: Path, run: Run) -> None:
    write_entry(project, "tin-nhac", so_ky_hieu="13/SKHĐT-VP", trich_yeu="V/v lịch trực của một phòng")
    (error, note) = sorted(problems(project), key=lambda p: not p.is_error)
    assert (error.is_error, note.is_error) == (True, False)
    code, out, _ = run("kiem-tra", "--dinh-dang", "json")
    assert code == cli.PROBLEMS
    assert [json.loads(line)["ma_loi"] for line in out.splitlines()] == [note.code, error.code]
    code, out, _ = run("kiem-tra", "--dinh-dang", "github")
    assert code == cli.PROBLEMS
    assert [line.split(" ")[0] for line in out.splitlines()] == ["::notice", "::error"]
    code, out, _ = run("kiem-tra", "--dinh-dang=van-ban", f"{PLACE}/tin-nhac.md")
    assert code == cli.WELL
    assert out == f"{note.as_text()}\n\nĐã đọc 1 tin: 0 lỗi, 1 lưu ý.\n"


def test_a_damaged_vocabulary_is_one_problem(project: Path, run: Run) -> None:
    (project / vocabulary.FOLDER / "kenh.yml").write_text("kenh:\n- id: a\n- id: a\n")
    code, out, _ = run("kiem-tra")
    assert code == cli.PROBLEMS
    assert out.startswith("policies/_danh-muc/kenh.yml:3: lỗi[danh-muc-hong]: ")
    for command in (["vi-sao", GOOD], ["tao-tin", "van-phong-so", "tin-moi", "--loai", "ke-hoach"]):
        code, out, err = run(*command)
        assert (code, out) == (cli.WRONG_CALL, "")
        assert "policies/_danh-muc/kenh.yml:3: lỗi[danh-muc-hong]: " in err


def test_a_new_entry_is_a_working_copy_whose_check_gives_notes_only(project: Path, run: Run) -> None:
    code, out, err = run("tao-tin", "phong-dkkd", "tin-moi", "--loai", "ke-hoach")
    path = "policies/phong-dkkd/2026/tin-moi.md"
    assert (code, err) == (cli.WELL, "")
    assert out == f"Đã tạo {path}. Mở tệp, điền từng dòng, rồi chạy: chinhsach kiem-tra {path}\n"
    text = (project / path).read_text(encoding="utf-8")
    assert "loai: ke-hoach\n" in text
    assert "trang_thai: ban-nhap\n" in text
    assert "ngay_dang: 23/11/2026\n" in text
    code, out, _ = run("kiem-tra", path)
    assert code == cli.WELL
    assert re.fullmatch(r"Đã đọc 1 tin: 0 lỗi, [1-9]\d* lưu ý\.", out.splitlines()[-1])


def test_a_new_entry_of_any_type_of_any_unit_has_no_error(tmp_path: Path) -> None:
    known = vocabularies()
    for number, kind in enumerate(kind for kind in known.types.values() if not kind.is_withheld):
        unit = list(known.active_units.values())[number % len(known.active_units)]
        path = tmp_path / "policies" / unit.id / "2026" / f"tin-{kind.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(scaffold.new_entry(kind, unit, date(2026, 11, 23)), encoding="utf-8")
    assert set(codes(tmp_path)) <= {"thieu-gia-tri", "thieu-khoa", "thieu-nguon", "thieu-ngay-hieu-luc", "thieu-phan"}
    assert not [p.as_text() for p in problems(tmp_path) if p.is_error]


def test_an_entry_of_a_type_that_is_not_published_is_not_begun(project: Path, run: Run) -> None:
    code, _, err = run("tao-tin", "van-phong-so", "tin-moi", "--loai", "to-trinh")
    assert code == cli.WRONG_CALL
    assert "không đăng trên trang này" in err
    assert not (project / "policies/van-phong-so/2026/tin-moi.md").exists()


def test_why_tells_owner_effect_and_relations_with_their_evidence(project: Path, run: Run) -> None:
    write_entry(
        project,
        "tin-a",
        loai="ke-hoach",
        so_ky_hieu="1/KH-SKHĐT",
        ngay_hieu_luc="1/7/2023",
        don_vi_phoi_hop="phong-dkkd",
    )
    write_entry(
        project, "tin-b", loai="ke-hoach", so_ky_hieu="2/KH-SKHĐT", ngay_hieu_luc="1/1/2024",
        quan_he=[{"loai": "thay-the", "den": "tin-a"}, {"loai": "can-cu", "den": "59/2020/QH14"}],
    )  # fmt: skip
    code, out, _ = run("vi-sao", "tin-a")
    assert code == cli.WELL
    for said in (
        "tin-a: Ví dụ: lịch trực của một phòng",
        f"tệp: {PLACE}/tin-a.md",
        "Đơn vị phụ trách tin: Văn phòng Sở",
        "thư mục (quyết định)",
        "Phối hợp: Phòng Đăng ký kinh doanh",
        "từ đầu: chua-co-hieu-luc",
        "từ 1/7/2023: chua-xac-dinh",
        "vì chua-ra-soat",
        "từ 1/1/2024: het-hieu-luc-toan-bo",
        "vì thay-the · theo tin-b",
        "tin-b, từ 1/1/2024",
    ):
        assert said in out
    code, out, _ = run("vi-sao", "tin-b")
    assert code == cli.WELL
    assert re.search(r"Thay thế: tin-a \(policies/van-phong-so/2023/tin-a\.md; dòng \d+\)", out)
    assert re.search(r"59/2020/QH14 \(ngoài trang; dòng \d+\)", out)
    code, out, _ = run("vi-sao", WRONG)
    assert code == cli.PROBLEMS
    assert "lỗi[ngay-khong-co-that] dòng 7: " in out


WRONG_CALLS: list[tuple[list[str], str]] = [
    ([], "còn thiếu lenh"),
    (["kiem-tr"], "giá trị không có: 'kiem-tr' (chọn trong"),
    (["kiem-tra", "--dinh-dang", "xml"], "giá trị không có: 'xml' (chọn trong"),
    (["kiem-tra", "--dinh-dang"], "cần một giá trị đi kèm"),
    (["kiem-tra", "--la"], "không hiểu --la"),
    (["kiem-tra", "khong-co.md"], "không có tệp hoặc thư mục «khong-co.md»"),
    (["kiem-tra", "/"], "«/» nằm ngoài dự án"),
    (["kiem-tra", "../"], "«../» nằm ngoài dự án"),
    (["tao-tin"], "còn thiếu don_vi, ma, --loai"),
    (["tao-tin", "van-phong-so", "tin-moi"], "còn thiếu --loai"),
    (["tao-tin", "van-phong", "tin-moi", "--loai", "ke-hoach"], "không có đơn vị «van-phong»; có phải «van-phong-so»?"),
    (["tao-tin", "so-tai-chinh-cu", "tin-moi", "--loai", "ke-hoach"], "không có đơn vị «so-tai-chinh-cu»"),
    (
        ["tao-tin", "van-phong-so", "tin-moi", "--loai", "kehoach"],
        "không có loại văn bản «kehoach»; có phải «ke-hoach»?",
    ),
    (["tao-tin", "van-phong-so", "Tin Mới", "--loai", "ke-hoach"], "mã tin «Tin Mới» chưa đúng dạng"),
    (["tao-tin", "van-phong-so", "../../tin", "--loai", "ke-hoach"], "mã tin «../../tin» chưa đúng dạng"),
    (["tao-tin", "phong-dkkd", GOOD, "--loai", "ke-hoach"], f"mã tin «{GOOD}» đã có ở {PLACE}/{GOOD}.md"),
    (["vi-sao"], "còn thiếu ma"),
    (["vi-sao", "tin-to"], "không có tin nào mang mã «tin-to»; có phải «tin-tot»?"),
    (["vi-sao", "xyz", "abc"], "không hiểu abc"),
]


@pytest.mark.parametrize(
    ("arguments", "said"), WRONG_CALLS, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_a_wrong_call_is_told_in_vietnamese(arguments: list[str], said: str, project: Path, run: Run) -> None:
    before = sorted(project.rglob("*"))
    code, out, err = run(*arguments)
    assert (code, out) == (cli.WRONG_CALL, "")
    assert err.startswith("chinhsach: ")
    assert said in err
    assert not re.search(r"usage|required|argument|invalid|expected|error|unrecognized|choose", err)
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize(
    "command", [["kiem-tra"], ["vi-sao", GOOD], ["tao-tin", "van-phong-so", "tin-moi", "--loai", "ke-hoach"]]
)
def test_a_moment_that_is_none_and_a_folder_that_is_no_project_are_wrong_calls(
    command: list[str], project: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "mai")
    code, _, err = run(*command)
    assert (code, err) == (cli.WRONG_CALL, "chinhsach: SOURCE_DATE_EPOCH phải là số giây, ví dụ 1763856000\n")
    monkeypatch.chdir(tmp_path)
    code, _, err = run(*command)
    assert code == cli.WRONG_CALL
    assert err == "chinhsach: không thấy thư mục policies/; hãy chạy lệnh trong thư mục của dự án\n"


def test_an_id_is_not_taken_twice_even_by_a_folder(project: Path, run: Run) -> None:
    (project / "policies/van-phong-so/2026/tin-moi").mkdir(parents=True)
    code, _, err = run("tao-tin", "van-phong-so", "tin-moi", "--loai", "ke-hoach")
    assert code == cli.WRONG_CALL
    assert "mã tin «tin-moi» đã có" in err


@pytest.mark.parametrize(
    "arguments", [["--tro-giup"], ["-h"], ["kiem-tra", "-h"], ["tao-tin", "-h"], ["vi-sao", "--tro-giup"]]
)
def test_help_is_in_vietnamese_and_well(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == cli.WELL
    out = capsys.readouterr().out
    assert "hiện lời hướng dẫn này" in out
    assert not re.search(r"usage:|positional|options:|arguments", out)


def test_the_program_itself_speaks_utf_8_and_exits_with_its_code(project: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "chinhsach.cli", "kiem-tra"], env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (cli.PROBLEMS, b"")
    assert done.stdout.decode("utf-8").endswith("Đã đọc 2 tin: 1 lỗi, 0 lưu ý.\n")


def test_a_reader_that_stops_early_is_no_trouble(project: Path) -> None:
    for number in range(40):
        write_entry(project, f"sai-{number}", **{f"khoa_la_{i}": "x" for i in range(40)})
    with subprocess.Popen(
        [sys.executable, "-m", "chinhsach.cli", "kiem-tra"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"policies/")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() in (cli.WELL, cli.PROBLEMS)


def commands_in(path: Path) -> list[list[str]]:
    """The calls of `chinhsach` in a document: whole lines of its code blocks, and code in its prose."""
    text = path.read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S) for line in block.splitlines()]
    prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    calls = []
    for code in [*lines, *re.findall(r"`([^`\n]+)`", prose)]:
        words = shlex.split(code, comments=True) if code.count('"') % 2 == 0 and "'" not in code else code.split()
        if words and words[0].rpartition("/")[2] == "chinhsach" and len(words) > 1:
            calls.append(words[1 : words.index(">")] if ">" in words else words[1:])
    return calls


CALLS = [(name, call) for name in ("README.md", "docs/huong-dan/index.md") for call in commands_in(ROOT / name)]


@pytest.mark.parametrize(
    ("name", "call"), CALLS, ids=lambda value: value if isinstance(value, str) else " ".join(value)
)
def test_every_command_of_the_documents_is_known(name: str, call: list[str]) -> None:
    called = cli._parser().parse_args(call)
    assert callable(called.run)


def test_the_readme_tells_of_every_command() -> None:
    told = {call[0] for name, call in CALLS if name == "README.md"}
    usage = cli._parser().format_usage()
    listed = re.search(r"\{([a-z,-]+)\}", usage)
    assert listed is not None
    assert told == set(listed[1].split(","))


def test_the_ids_that_the_readme_names_exist() -> None:
    report = check(ROOT, NOW)
    assert report.catalogue is not None
    for name, call in CALLS:
        if call[0] == "vi-sao" and "<" not in call[1]:
            assert report.catalogue.find(call[1]), (name, call)
        if call[0] == "tao-tin" and len(call) > 1:
            assert call[1] in report.catalogue.vocabularies.active_units
            assert not report.catalogue.find(call[2])
            assert call[4] in report.catalogue.vocabularies.types
