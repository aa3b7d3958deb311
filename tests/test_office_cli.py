"""`bao-phu`, `nhap-so-theo-doi` and the check of `_van-phong/` as people call them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from office_support import activity, lay_entry, lay_plan, lay_register
from support import ROOT, Run

from chinhsach import cli


@pytest.fixture
def project(bare_project: Path) -> Path:
    lay_entry(bare_project)
    lay_register(bare_project, {}, {"so_ky_hieu": "13/UBND-KGVX", "don_vi_chu_tri": "phong-dkkd"})
    return bare_project


@pytest.fixture
def expected(request: pytest.FixtureRequest) -> Callable[[str, str], str]:
    """What a golden file says; with `--ghi-lai` it is written from what was printed."""

    def read(name: str, printed: str) -> str:
        path = ROOT / "tests" / "golden" / "do-phu" / name
        if request.config.getoption("--ghi-lai"):
            path.write_text(printed, encoding="utf-8", newline="\n")
        return path.read_text(encoding="utf-8")

    return read


def test_coverage_is_told_with_its_rows(project: Path, run: Run, expected: Callable[[str, str], str]) -> None:
    code, out, err = run("bao-phu")
    assert (code, err) == (cli.WELL, "")
    assert out == expected("bao-phu.txt", out)


def test_coverage_as_json_has_the_rows_of_each_figure(project: Path, run: Run) -> None:
    code, out, _ = run("bao-phu", "--ky", "2026", "--dinh-dang", "json")
    told = json.loads(out)
    assert code == cli.WELL
    assert told["toan_so"]["co_tin"] == {
        "dat": ["_van-phong/so-theo-doi/2026.csv:2"],
        "tong": ["_van-phong/so-theo-doi/2026.csv:2", "_van-phong/so-theo-doi/2026.csv:3"],
        "ty_le": 50.0,
    }
    assert [document["dong"] for document in told["van_ban"]] == [[row] for row in told["toan_so"]["co_tin"]["tong"]]
    assert told["ky"]["chot"] == "2026-12-31"
    _, one, _ = run("bao-phu", "--don-vi", "phong-dkkd", "--dinh-dang", "json")
    assert list(json.loads(one)["don_vi"]) == ["phong-dkkd"]


def test_while_a_register_has_errors_nothing_is_counted(project: Path, run: Run) -> None:
    lay_register(project, {"ngay_ban_hanh": "30/2/2026"})
    code, out, _ = run("bao-phu")
    assert code == cli.PROBLEMS
    assert "_van-phong/so-theo-doi/2026.csv:2: lỗi[so-theo-doi-hong]" in out
    assert "Chưa tính độ phủ" in out
    assert "%" not in out


def test_the_check_tells_of_the_offices_files(project: Path, run: Run) -> None:
    assert run("kiem-tra")[0] == cli.WELL
    lay_plan(project, activity("vi-du-la"))
    code, out, _ = run("kiem-tra", "_van-phong")
    assert code == cli.PROBLEMS
    assert out.startswith("_van-phong/ke-hoach/2026.yml:3: lỗi[ke-hoach-hong]")
    assert run("kiem-tra", "policies")[0] == cli.WELL


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--ky", "2026-13"), "--ky: không có kỳ «2026-13»"),
        (("--don-vi", "phong-dkk"), "có phải «phong-dkkd»"),
        (("--doi-chieu", "khong-co.json"), "không đọc được «khong-co.json»"),
        (("--doi-chieu", "mkdocs.yml"), "doi-chieu-cong"),
    ],
)
def test_a_wrong_call_is_told(project: Path, run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run("bao-phu", *arguments)
    assert (code, out) == (cli.WRONG_CALL, "")
    assert said in err


SOURCE = """Số ký hiệu;Ngày ban hành;Cơ quan ban hành;Trích yếu;Ngày đến
14/UBND-KGVX;6/10/2026;UBND tỉnh Lạng Sơn;Ví dụ: văn bản mới;7/10/2026
12/UBND-KGVX;1/10/2026;UBND tỉnh Lạng Sơn;Ví dụ: văn bản giao việc;5/10/2026
15/UBND-KGVX;31/9/2026;UBND tỉnh Lạng Sơn;Ví dụ: ngày sai;7/10/2026
"""


def test_the_import_tells_what_became_of_every_row(
    project: Path, run: Run, expected: Callable[[str, str], str]
) -> None:
    Path("so.csv").write_text(SOURCE, encoding="utf-8")
    code, out, err = run("nhap-so-theo-doi", "so.csv")
    assert (code, err) == (cli.PROBLEMS, "")
    assert out == expected("nhap.txt", out)
    assert "14/UBND-KGVX" in run("bao-phu")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("khong-co.xlsx",), "không đọc được tệp"),
        (("mkdocs.yml",), "không thấy dòng tên cột"),
        (("so.csv", "--nam", "26"), "--nam «26»"),
    ],
)
def test_a_file_that_cannot_be_imported_is_told(project: Path, run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run("nhap-so-theo-doi", *arguments)
    assert (code, out) == (cli.WRONG_CALL, "")
    assert said in err


def test_into_a_register_with_errors_nothing_is_imported(project: Path, run: Run) -> None:
    Path("so.csv").write_text(SOURCE, encoding="utf-8")
    lay_register(project, {"ngay_ban_hanh": ""})
    before = (project / "_van-phong/so-theo-doi/2026.csv").read_bytes()
    code, _, err = run("nhap-so-theo-doi", "so.csv")
    assert code == cli.WRONG_CALL
    assert "sửa trước" in err
    assert (project / "_van-phong/so-theo-doi/2026.csv").read_bytes() == before
