"""The office's reports: every number is recounted here from the raw files, by other means; all data is made up."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import docx
import html5lib
import openpyxl
import pdfplumber
import pytest
import yaml
from support import NOW, ROOT, Run
from support import load as load_catalogue
from van_phong_mau import COLUMNS, PLAN, ROWS, SECRET, UBND, write_office, write_project

from chinhsach import cli, vocabulary
from chinhsach.office import coverage, load, place
from chinhsach.office.periods import find
from chinhsach.office.register import KEYS
from chinhsach.report import content, tables, templates, urging, word, writing
from chinhsach.report.tables import UNKNOWN
from chinhsach.report.zips import repacked

CUT_OFF = date(2026, 10, 31)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.delenv("CHINHSACH_VAN_PHONG", raising=False)
    root = tmp_path / "du-an"
    root.mkdir()
    monkeypatch.chdir(root)
    return write_project(root)


class Standard(NamedTuple):
    """The made-up office's project and the report of its year, made once for all tests that only read them."""

    root: Path
    files: Path


@pytest.fixture(scope="module")
def standard(tmp_path_factory: pytest.TempPathFactory) -> Standard:
    folder = tmp_path_factory.mktemp("bao-cao")
    root = folder / "du-an"
    root.mkdir()
    write_office(write_project(root))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
        patch.delenv("CHINHSACH_VAN_PHONG", raising=False)
        patch.chdir(root)
        assert cli.main(["bao-cao", "--ky", "ca-nam-2026", "--ra", str(folder / "ra")]) == cli.WELL
    return Standard(root, folder / "ra")


def made(run: Run, folder: Path, *arguments: str) -> Path:
    """The folder of a report that was made."""
    code, out, err = run("bao-cao", "--ra", str(folder), *arguments)
    assert (code, err) == (cli.WELL, ""), out + err
    return folder


# --- reading back what was made


def word_tables(path: Path) -> dict[str, list[list[str]]]:
    """The rows of every table that stands in a Word file, by the table's key; charts are left out."""
    heads = {tuple(column.head for column in table.columns): table.key for table in tables.REPORT}
    by_unit = tuple(column.head for column in tables.BY_UNIT.columns)
    found: dict[str, list[list[str]]] = {}
    for table in docx.Document(str(path)).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        key = heads.get(tuple(rows[0]))
        if key is not None:
            assert tuple(rows[0]) != by_unit or key == tables.BY_UNIT.key
            found[key] = rows[1:]
    return found


def sheet_rows(path: Path) -> dict[str, list[list[Any]]]:
    """The rows of every sheet of a workbook by its title."""
    book = openpyxl.load_workbook(path)
    found = {}
    for sheet in book.worksheets:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        found[str(rows[0][0])] = [] if rows[2][1:] == [None] * len(rows[2][1:]) else rows[2:]
    return found


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


# --- an independent recount


def day(text: str) -> date:
    parts = [int(part) for part in re.split("[/-]", text)]
    return date(*parts) if parts[0] > 31 else date(*reversed(parts))


class Recount:
    """Everything counted once more from the raw files, knowing only the contract and the rules of the plan."""

    def __init__(self, root: Path) -> None:
        register = (root / "_van-phong" / "so-theo-doi" / "2026.csv").read_text(encoding="utf-8")
        self.rows = list(csv.DictReader(io.StringIO(register)))
        self.plan = yaml.load((root / "_van-phong" / "ke-hoach" / "2026.yml").read_text("utf-8"), yaml.BaseLoader)
        self.entries = {
            path.stem: yaml.load(path.read_text("utf-8").split("---\n")[1], yaml.BaseLoader)
            | {"than": path.read_text("utf-8").split("---\n", 2)[2]}
            for path in root.glob("policies/*/*/*.md")
        }
        self.channels = [
            row["id"]
            for row in yaml.load((root / "policies/_danh-muc/kenh.yml").read_text("utf-8"), yaml.BaseLoader)["kenh"]
            if row["trong_ke_hoach"] == "true"
        ]
        self.documents: dict[tuple[str, date], list[dict[str, str]]] = {}
        for row in self.rows:
            self.documents.setdefault((row["so_ky_hieu"], day(row["ngay_ban_hanh"])), []).append(row)

    def activities(self) -> list[dict[str, Any]]:
        return [one for one in self.plan["hoat_dong"] if date(2026, 1, 1) <= day(one["ngay"]) <= CUT_OFF]

    def entry(self, key: tuple[str, date]) -> dict[str, Any] | None:
        for entry in self.entries.values():
            if (entry["so_ky_hieu"].strip('"'), day(entry["ngay_ban_hanh"])) == key and day(
                entry["ngay_dang"]
            ) <= CUT_OFF:
                return entry
        return None

    def id_of(self, entry: Mapping[str, Any]) -> str:
        return next(name for name, one in self.entries.items() if one is entry)

    def state(self, key: tuple[str, date]) -> str:
        rows = self.documents[key]
        if all(row["ly_do_mien"] for row in rows):
            return "miễn"
        entry = self.entry(key)
        if entry is None:
            return "chưa đăng"
        due = min(day(row["han"]) for row in rows)
        return "đăng đúng hạn" if day(entry["ngay_dang"]) <= due else "đăng muộn"

    def is_overdue(self, key: tuple[str, date]) -> bool:
        due = [day(row["han"]) for row in self.documents[key] if row["han"]]
        return self.state(key) == "chưa đăng" and bool(due) and min(due) < CUT_OFF

    def is_waiting(self, key: tuple[str, date]) -> bool:
        due = [day(row["han"]) for row in self.documents[key] if row["han"]]
        return self.state(key) == "chưa đăng" and bool(due) and min(due) >= CUT_OFF

    def shown_on(self, key: tuple[str, date], channel: str) -> bool:
        entry = self.entry(key)
        if entry is None:
            return False
        kinds = {"hoi-nghi": "hoi-nghi", "phat-thanh": "thong-tin-co-so", "tap-huan": "hoi-nghi"}
        return (
            channel == "trang-so"
            or any(one["kenh"] == channel and day(one["ngay"]) <= CUT_OFF for one in entry.get("truyen_thong", []))
            or any(
                kinds[one["loai"]] == channel and self.id_of(entry) in str(one.get("tin", "")) and one.get("bang_chung")
                for one in self.activities()
            )
        )

    def is_guided(self, key: tuple[str, date]) -> bool:
        entry = self.entry(key)
        if entry is None:
            return False
        met = [
            one for one in self.activities() if self.id_of(entry) in str(one.get("tin", "")) and one.get("bang_chung")
        ]
        return "## Cần làm gì" in entry["than"] or bool(met)

    def counted(self, keys: Iterable[tuple[str, date]]) -> list[tuple[str, date]]:
        return [key for key in keys if self.state(key) != "miễn"]

    def line(self, name: str, keys: list[tuple[str, date]]) -> list[str]:
        counted = self.counted(keys)
        states = [self.state(key) for key in keys]
        is_dated = any(row["han"] for key in counted for row in self.documents[key])
        numbers = [
            len(counted),
            states.count("đăng đúng hạn") if is_dated else UNKNOWN,
            states.count("đăng muộn") if is_dated else UNKNOWN,
            0,
            states.count("chưa đăng"),
            sum(map(self.is_overdue, keys)) if is_dated else UNKNOWN,
            sum(all(self.shown_on(key, channel) for channel in self.channels) for key in counted),
            sum(map(self.is_guided, counted)),
            states.count("miễn"),
        ]
        return [name, *map(str, numbers)]

    def by(self, column: str, names: Mapping[str, str]) -> list[list[str]]:
        groups: dict[str, list[tuple[str, date]]] = {}
        for key, rows in self.documents.items():
            ids = list(dict.fromkeys(one for row in rows for one in row[column].split(";") if one))
            for one in ids or [""]:
                groups.setdefault(one, []).append(key)
        return [self.line(names[key], groups[key]) for key in sorted(groups, key=lambda key: (key == "", key))]


def percent(part: int, whole: int) -> str:
    """«1/4 (25 %)», cut off after the first decimal."""
    tenths = part * 1000 // whole
    return f"{part}/{whole} ({tenths // 10}{f',{tenths % 10}' if tenths % 10 else ''} %)"


UNITS = {
    "phong-dkkd": "Phòng Đăng ký kinh doanh",
    "van-phong-so": "Văn phòng Sở",
    "": "Chưa giao đơn vị",
}
FIELDS = {"truyen-thong-chinh-sach": "Truyền thông chính sách", "": "Chưa rõ lĩnh vực"}


def test_every_number_of_the_report_is_what_a_recount_from_the_raw_files_gives(standard: Standard) -> None:
    folder, again = standard.files, Recount(standard.root)
    every = list(again.documents)
    counted = again.counted(every)
    states = [again.state(key) for key in every]
    on = {channel: sum(again.shown_on(key, channel) for key in counted) for channel in again.channels}
    all_channels = sum(all(again.shown_on(key, channel) for channel in again.channels) for key in counted)
    guided, published = sum(map(again.is_guided, counted)), sum(again.entry(key) is not None for key in counted)
    in_time = states.count("đăng đúng hạn")
    expected: dict[str, list[list[str]]] = {
        "chung": [
            ["Dòng của sổ theo dõi thuộc kỳ", str(len(again.rows)), ""],
            ["Văn bản (ghi nhiều dòng tính một)", str(len(every)), ""],
            *(
                [f"Trong đó: {state}", str(states.count(state)), ""]
                for state in ("đăng đúng hạn", "đăng muộn", "đã đăng, chưa rõ hạn", "chưa đăng", "miễn")
            ),
            ["Chưa đăng và đã quá hạn", str(sum(map(again.is_overdue, every))), ""],
            ["Phải truyền thông (không kể văn bản được miễn)", str(len(counted)), ""],
            ["Có tin trên trang", str(published), percent(published, len(counted))],
            ["Đăng đúng hạn", str(in_time), percent(in_time, len(counted))],
            ["Có bằng chứng trên mọi kênh của kế hoạch", str(all_channels), percent(all_channels, len(counted))],
            ["Có hướng dẫn", str(guided), percent(guided, len(counted))],
        ],
        "don_vi": again.by("don_vi_chu_tri", UNITS),
        "linh_vuc": again.by("linh_vuc", FIELDS),
        "nhiem_vu": [
            [
                task["ma"],
                *([task["noi_dung"]] if "can_cu" not in task else [f"{task['noi_dung']} ({task['can_cu']})"]),
                task["chu_tri"]["nguyen_van"],
                task.get("han", "kế hoạch không ghi"),
                str(sum(1 for one in mine if one.get("bang_chung"))),
                str(sum(1 for one in mine if not one.get("bang_chung"))),
                str(sum(people)) if (people := [int(o["so_nguoi"]) for o in mine if o.get("bang_chung")]) else UNKNOWN,
            ]
            for task in [*again.plan["nhiem_vu"], *again.plan["nhiem_vu_phat_sinh"]]
            for mine in [[one for one in again.activities() if one["nhiem_vu"] == task["ma"]]]
        ],
        "tap_huan": [["Phòng Đăng ký kinh doanh", "3"], ["Văn phòng Sở", "2"]],
        "nguoi_doc": [["Lượt xem trang", UNKNOWN], ["Báo lỗi của bạn đọc nhận được", UNKNOWN]],
    }
    printed = word_tables(folder / "bao-cao.docx")
    names = {row[0]: row[1:] for row in printed["kenh"]}
    assert [[row[1], row[2], row[3]] for row in printed["kenh"]] == [
        [str(number), str(len(counted)), percent(number, len(counted))] for number in on.values()
    ]
    assert len(names) == len(again.channels)
    assert {key: printed[key] for key in expected} == expected
    assert len(printed["phu_luc"]) == len(again.rows)
    waiting = sum(again.is_waiting(key) for key in every)
    assert len(printed["cham"]) == states.count("chưa đăng") - waiting + states.count("đăng muộn")
    assert len(printed["hoat_dong"]) == len(again.activities())
    assert len(printed["dinh_chinh"]) == sum(len(entry.get("thay_doi", [])) for entry in again.entries.values())
    said = " ".join(paragraphs(folder / "bao-cao.docx")).replace("\u00a0", " ")
    assert f"Có {len(counted)} văn bản phải truyền thông; có tin {percent(published, len(counted))};" in said
    assert f"có hướng dẫn {percent(guided, len(counted))}." in said
    sheets = sheet_rows(folder / "bao-cao.xlsx")
    for table in tables.REPORT:
        shown = [[str(cell or "") if cell != 0 else "0" for cell in row] for row in sheets[table.title]]
        assert shown == printed.get(table.key, []), table.title
    page = (folder / "bang-dieu-hanh.html").read_text("utf-8")
    for rows in expected.values():
        for row in rows:
            for cell in row:
                assert f">{cell}</td>" in page


def test_removing_evidence_lowers_what_the_report_says(
    project: Path, run: Run, tmp_path: Path, standard: Standard
) -> None:
    write_office(project)
    before = word_tables(standard.files / "bao-cao.docx")["kenh"]
    path = next(project.glob("policies/*/*/lich-hop.md"))
    path.write_text(re.sub(r"^truyen_thong: .*\n", "", path.read_text("utf-8"), flags=re.M), "utf-8")
    after = word_tables(made(run, tmp_path / "sau", "--ky", "ca-nam-2026") / "bao-cao.docx")["kenh"]
    assert sum(int(row[1]) for row in after) < sum(int(row[1]) for row in before)


# --- what is not known


def test_an_empty_register_gives_a_report_that_says_so_and_no_percentage(
    project: Path, run: Run, tmp_path: Path
) -> None:
    next(project.glob("policies/*/*/lich-hop.md")).unlink()
    folder = made(run, tmp_path / "ra", "--ky", "2026")
    said = " ".join(paragraphs(folder / "bao-cao.docx"))
    assert "Sổ theo dõi chưa có văn bản nào phải truyền thông trong kỳ này" in said
    assert "chưa có kế hoạch năm 2026" in said
    assert "%" not in said
    assert said.count("nên chưa có số liệu") >= 7
    assert "Không có văn bản nào đăng muộn" not in said, "where nothing is registered nothing is known to be in time"
    page = (folder / "bang-dieu-hanh.html").read_text("utf-8")
    assert "chưa có số liệu" in page
    assert "%" not in re.sub(r"<style.*?</style>", "", page)
    assert set(word_tables(folder / "bao-cao.docx")) == {"nguoi_doc"}
    assert not (folder / "don-doc").exists()


def test_the_real_plan_and_register_make_the_year_s_report(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    monkeypatch.delenv("CHINHSACH_VAN_PHONG", raising=False)
    folder = made(run, tmp_path / "ra", "--ky", "nam-2023")
    plan = yaml.load((ROOT / "_van-phong" / "ke-hoach" / "2023.yml").read_text("utf-8"), yaml.BaseLoader)
    register = ROOT / "_van-phong" / "so-theo-doi" / "2023.csv"
    lines = list(csv.DictReader(io.StringIO(register.read_text("utf-8-sig")))) if register.exists() else []
    printed = word_tables(folder / "bao-cao.docx")
    assert [row[:3] for row in printed["nhiem_vu"]] == [
        [task["ma"], task["noi_dung"], task["chu_tri"]["nguyen_van"]] for task in plan["nhiem_vu"]
    ]
    assert [row[3:] for row in printed["chi_tieu"]] == [[UNKNOWN, one["dich"]["gia_tri"]] for one in plan["chi_tieu"]]
    assert len(printed.get("phu_luc", [])) == len(lines)
    done = plan["hoat_dong"] or []
    assert sum(int(row[4]) + int(row[5]) for row in printed["nhiem_vu"]) >= len(
        [one for one in done if "nhiem_vu" in one]
    )
    assert any(
        "Thực hiện Kế hoạch thực hiện công tác truyền thông chính sách năm 2023" in text
        for text in paragraphs(folder / "bao-cao.docx")
    )


def test_a_year_that_begins_in_december_has_the_plan_that_names_it_and_two_years_activities(
    project: Path, run: Run, tmp_path: Path
) -> None:
    folder = write_office(
        project, plan=PLAN.replace("tu: 1/1/2026, den: 31/12/2026", "tu: 15/12/2025, den: 14/12/2026")
    )
    (folder / "ke-hoach" / "2025.yml").write_text(
        'ten: "Ví dụ: Kế hoạch 2025"\nnhiem_vu:\n  - {ma: II.1, noi_dung: "Ví dụ: việc", '
        'chu_tri: {nguyen_van: "Văn phòng Sở", don_vi: [van-phong-so]}}\nhoat_dong:\n  - {ma: HD.1, loai: hoi-nghi, ten: "Ví dụ: hội nghị cuối năm", '
        'ngay: 20/12/2025, don_vi: [van-phong-so], nhiem_vu: II.1, bang_chung: "Ví dụ: biên bản 25"}\n',
        encoding="utf-8",
    )
    for wanted in ("ca-nam-2026", "15/12/2025..14/12/2026"):
        path = made(run, tmp_path / wanted[:6], "--ky", wanted) / "bao-cao.docx"
        printed = word_tables(path)
        assert [row[2] for row in printed["hoat_dong"]][:2] == ["Ví dụ: hội nghị cuối năm", "Ví dụ: hội nghị"]
        assert {row[0]: row[4] for row in printed["nhiem_vu"]}["II.1"] == "1"  # of its own plan's activities only
        assert any("Thực hiện Ví dụ: Kế hoạch truyền thông năm 2026" in text for text in paragraphs(path))


def test_nobody_counted_is_not_nobody_came(project: Path, run: Run, tmp_path: Path) -> None:
    write_office(
        project,
        plan=re.sub("    so_nguoi: .*\n", "", (Path(write_office(project)) / "ke-hoach/2026.yml").read_text("utf-8")),
    )
    printed = word_tables(made(run, tmp_path / "ra", "--ky", "ca-nam-2026") / "bao-cao.docx")
    assert {row[6] for row in printed["nhiem_vu"]} == {UNKNOWN}
    assert {row[5] for row in printed["hoat_dong"]} == {UNKNOWN}


def test_what_happened_after_the_cut_off_day_is_not_in_the_report(
    project: Path, run: Run, tmp_path: Path, standard: Standard
) -> None:
    write_office(project)
    printed = word_tables(standard.files / "bao-cao.docx")
    assert not any("buổi sau ngày chốt" in cell for row in printed["hoat_dong"] for cell in row)
    later = word_tables(made(run, tmp_path / "sau", "--ky", "2026") / "bao-cao.docx")
    assert any("buổi sau ngày chốt" in cell for row in later["hoat_dong"] for cell in row)


def test_readers_figures_of_the_period_stand_in_the_report(project: Path, run: Run, tmp_path: Path) -> None:
    office = write_office(project)
    for name, text in (
        (
            "luot-xem",
            "tu,den,trang,luot,khach\n1/9/2026,30/9/2026,chinh-sach/lich-hop/,7,3\n1/12/2025,31/12/2025,,900,\n",
        ),
        ("bao-loi", "ngay_nhan,ma_tin,noi_dung,ket_luan,ngay_tra_loi,ghi_chu\n1/9/2026,lich-hop,Ví dụ: sai giờ,,,\n"),
    ):
        (office / name).mkdir()
        (office / name / "2026.csv").write_text(text.replace("1/12/2025,31/12/2025,,900,\n", ""), "utf-8")
    printed = dict(word_tables(made(run, tmp_path / "ra", "--ky", "ca-nam-2026") / "bao-cao.docx")["nguoi_doc"])
    assert printed["Lượt xem trang"] == "7"
    assert printed["Trong đó: tin lich-hop"] == "7"
    assert printed["Báo lỗi của bạn đọc nhận được"] == "1"


def test_a_register_with_an_error_is_not_counted(project: Path, run: Run, tmp_path: Path) -> None:
    write_office(project, rows=[*ROWS, ("", *ROWS[0][1:])])
    code, out, _ = run("bao-cao", "--ky", "2026", "--ra", str(tmp_path / "ra"))
    assert code == cli.PROBLEMS
    assert "so-theo-doi/2026.csv:8: lỗi[so-theo-doi-hong]" in out
    assert "Chưa lập báo cáo" in out
    assert not (tmp_path / "ra").exists()


# --- urging


def test_each_unit_is_told_what_is_missing_and_by_when_and_no_person_is_named(standard: Standard) -> None:
    folder = standard.files / "don-doc"
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{name}{suffix}" for name in ("chua-giao", "phong-dkkd", "van-phong-so") for suffix in (".docx", ".txt")
    ]
    text = (folder / "phong-dkkd.txt").read_text("utf-8")
    assert text == (ROOT / "tests" / "golden" / "bao-cao" / "phong-dkkd.txt").read_text("utf-8")
    letter = docx.Document(str(folder / "phong-dkkd.docx"))
    assert "Kính gửi: Phòng Đăng ký kinh doanh." in [paragraph.text for paragraph in letter.paragraphs]
    header = letter.tables[0].rows[0].cells
    assert "V/v đôn đốc truyền thông chính sách năm 2026" in header[0].text
    rows = [[cell.text for cell in row.cells] for row in letter.tables[1].rows][1:]
    assert len(rows) == text.count("\n   Hạn: ")
    assert rows[0][3] == "QUÁ HẠN 15/5/2026"
    assert "Kính gửi: Văn phòng Sở" in (folder / "chua-giao.txt").read_text("utf-8")


def test_a_unit_that_has_nothing_left_to_do_keeps_no_old_letter(project: Path, run: Run, tmp_path: Path) -> None:
    write_office(project)
    folder = made(run, tmp_path / "ra", "--ky", "ca-nam-2026") / "don-doc"
    (folder / "cua-van-phong.docx").write_bytes(b"")
    write_office(project, rows=[ROWS[0]], plan="")
    made(run, tmp_path / "ra", "--ky", "2026")
    assert not (folder / "phong-dkkd.docx").exists()
    assert not (folder / "chua-giao.txt").exists()
    assert (folder / "cua-van-phong.docx").exists(), "a file that the office put there itself"


# --- the same bytes, hostile words, templates


def test_the_same_input_gives_the_same_bytes_in_another_process(standard: Standard, tmp_path: Path) -> None:
    first = standard.files
    other = tmp_path / "hai"
    command = [sys.executable, "-m", "chinhsach.cli", "bao-cao", "--ky", "ca-nam-2026", "--ra", str(other)]
    epoch = str(int(NOW.timestamp()))
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": "7", "TZ": "America/Lima"}
    subprocess.run(command, cwd=standard.root, env=environment, check=True, capture_output=True)
    files = {path.relative_to(first).as_posix(): path.read_bytes() for path in first.rglob("*") if path.is_file()}
    assert len(files) == 10
    assert files == {
        path.relative_to(other).as_posix(): path.read_bytes() for path in other.rglob("*") if path.is_file()
    }


HOSTILE = ('=1+1 & "A" < B', "{{ 7*7 }} {% for x in y %} {_{ 1 }_}", "<script>alert(1)</script> ]]>", "@SUM(A1)")


def test_words_of_the_register_stay_words(project: Path, run: Run, tmp_path: Path) -> None:
    rows = [(f"2{n}/UBND-KT", *ROWS[2][1:3], f"Ví dụ {text}", *ROWS[2][4:]) for n, text in enumerate(HOSTILE)]
    rows.append(("29/UBND-KT", *ROWS[2][1:3], "=1+1", *ROWS[2][4:]))
    write_office(project, rows=rows)
    folder = made(run, tmp_path / "ra", "--ky", "ca-nam-2026")
    expected = [row[3] for row in rows]
    assert [
        row[3].replace("{{ 1 }}", "{_{ 1 }_}") for row in word_tables(folder / "bao-cao.docx")["phu_luc"]
    ] == expected
    sheet = openpyxl.load_workbook(folder / "bao-cao.xlsx")["Từng dòng sổ"]
    cells = [row[3] for row in sheet.iter_rows(min_row=3)]
    assert [cell.value for cell in cells] == expected
    assert {cell.data_type for cell in cells} == {"s"}
    page = (folder / "bang-dieu-hanh.html").read_bytes()
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert not list(document.iter("script"))


def test_the_head_s_page_needs_no_server_no_script_and_nothing_from_outside(standard: Standard) -> None:
    folder = standard.files
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document = parser.parse((folder / "bang-dieu-hanh.html").read_bytes())
    assert not [e for e in document.iter() if e.tag in ("script", "style") or "style" in e.attrib]
    links = [e.get("href") or e.get("src") for e in document.iter() if e.get("href") or e.get("src")]
    assert len(links) >= 9
    assert [link for link in links if not (folder / str(link)).is_file()] == []


def contents_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", templates.MAKERS)
def test_the_template_that_ships_is_the_one_that_the_script_makes(name: str) -> None:
    kept = contents_of((ROOT / "_van-phong" / "mau" / name).read_bytes())
    assert kept == contents_of(templates.MAKERS[name]()), "chạy: chinhsach bao-cao --tao-mau (sau khi xóa mẫu cũ)"


def test_a_template_asks_for_exactly_what_the_report_has(standard: Standard) -> None:
    source = source_of(standard.root)
    said = content.build(source)
    assert word.asked_by(templates.report()) == set(word.report_values(said))
    (one, *_) = urging.urge(source)
    assert word.asked_by(templates.letter()) <= set(word.letter_values(said.facts, one.name, "", one.rows))


def source_of(root: Path) -> content.Source:
    known = vocabulary.load(root)
    office = load.load(place.find(root), known)
    catalogue = load_catalogue(root, known=known)
    period = find("ca-nam-2026", office.periods, CUT_OFF)
    found = coverage.cover(office, catalogue, period)
    return content.Source(found, period, office.plan_of(period), catalogue, activities=office.activities)


def changed(template: bytes, old: str, new: str) -> bytes:
    """A template with some words of its document replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in contents_of(template).items():
            archive.writestr(name, data.replace(old.encode(), new.encode()) if name == "word/document.xml" else data)
    return repacked(buffer.getvalue())


def test_the_office_s_own_template_is_used(project: Path, run: Run, tmp_path: Path) -> None:
    office = write_office(project)
    assert run("bao-cao", "--tao-mau")[0] == cli.WELL
    path = office / writing.TEMPLATES / templates.REPORT
    path.write_bytes(changed(path.read_bytes(), "GIÁM ĐỐC", "KT. GIÁM ĐỐC"))
    kept = path.read_bytes()
    folder = made(run, tmp_path / "ra", "--ky", "ca-nam-2026")
    assert "KT. GIÁM ĐỐC" in docx.Document(str(folder / "bao-cao.docx")).tables[-2].rows[0].cells[1].text
    assert "đã có, giữ nguyên" in run("bao-cao", "--tao-mau")[1]
    assert path.read_bytes() == kept


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{{ tom_tat }}", "{{ tom_tatt }}", "chỗ trống lạ «tom_tatt»"),
        ("{{ tom_tat }}", "{{ tom_tat", "viết hỏng"),
        ("{{ tom_tat }}", "{{ tom_tat.__class__.__mro__ }}", "viết hỏng"),
        ("{%p endif %}", "", "viết hỏng"),
    ],
)
def test_a_template_that_cannot_be_filled_is_told(old: str, new: str, expected: str, standard: Standard) -> None:
    values = word.report_values(content.build(source_of(standard.root)))
    with pytest.raises(word.TemplateFault, match=expected):
        word.render(changed(templates.report(), old, new), values, "bao-cao.docx")


def test_a_template_that_is_no_word_file_stops_the_report_with_its_name(project: Path, run: Run) -> None:
    folder = write_office(project) / "mau"
    folder.mkdir()
    (folder / "bao-cao.docx").write_bytes(b"not a zip")
    code, _, err = run("bao-cao", "--ky", "2026")
    assert code == cli.WRONG_CALL
    assert "_van-phong/mau: mẫu bao-cao.docx không phải tệp .docx mở được" in err
    assert not (project / "_van-phong" / "bao-cao").exists()


# --- nothing becomes public by itself


def test_nothing_of_the_office_is_written_where_it_becomes_public(project: Path, run: Run) -> None:
    write_office(project)
    for folder in ("site", "site/bao-cao", "docs", "policies/van-phong-so"):
        code, _, err = run("bao-cao", "--ra", folder)
        assert code == cli.WRONG_CALL
        assert "--cong-khai" in err
        assert not list((project / folder).glob("*.html"))


def test_the_public_page_has_figures_and_no_row(project: Path, run: Run) -> None:
    write_office(project)
    assert run("bao-cao", "--ky", "ca-nam-2026", "--ra", "site", "--cong-khai")[0] == cli.WELL
    assert sorted(path.name for path in (project / "site").iterdir()) == ["bang-dieu-hanh.css", "bang-dieu-hanh.html"]
    page = (project / "site" / "bang-dieu-hanh.html").read_text("utf-8")
    assert "2/4 (50 %)" in page.replace("\u00a0", " ")
    for row in ROWS:
        assert row[0] not in page
        assert row[3] not in page
    assert SECRET not in page
    assert "đôn đốc" not in page


def test_without_a_folder_given_the_report_lies_with_the_office(project: Path, run: Run) -> None:
    write_office(project)
    code, out, _ = run("bao-cao", "--ky", "ca-nam-2026")
    assert code == cli.WELL
    assert "Đã ghi 10 tệp vào _van-phong/bao-cao/ca-nam-2026/" in out
    assert (project / "_van-phong" / "bao-cao" / "ca-nam-2026" / "bao-cao.docx").is_file()
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "/_van-phong/bao-cao/" in ignored


@pytest.mark.parametrize(
    ("wanted", "days"),
    [("nam", "1/1/2026 đến 31/12/2026"), ("quy", "1/10/2026 đến 31/12/2026"), ("thang", "1/11/2026 đến 30/11/2026")],
)
def test_the_period_that_goes_on_needs_no_number(wanted: str, days: str, project: Path, run: Run) -> None:
    assert run("bao-cao", "--ky", wanted, "--cong-khai", "--ra", "site")[0] == cli.WELL
    assert f"Từ {days}, số liệu tính đến 23/11/2026" in (project / "site" / "bang-dieu-hanh.html").read_text("utf-8")


def test_an_unknown_period_is_told(project: Path, run: Run) -> None:
    code, _, err = run("bao-cao", "--ky", "hom-qua")
    assert code == cli.WRONG_CALL
    assert "không có kỳ «hom-qua»" in err


# --- the layout of NĐ 30/2020, Phụ lục I

MM = 72 / 25.4


def as_pdf(path: Path, folder: Path) -> Path:
    """The file as LibreOffice prints it."""
    program = shutil.which("soffice")
    assert program is not None
    profile = f"-env:UserInstallation={(folder / 'ho-so').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"{path.stem}.pdf"


@pytest.mark.can_libreoffice
def test_printed_pages_have_the_layout_of_the_decree_and_every_row(project: Path, run: Run, tmp_path: Path) -> None:
    more = [(f"{n}/UBND-VX", *ROWS[2][1:3], f"Ví dụ: văn bản thứ {n}", *ROWS[2][4:]) for n in range(100, 160)]
    write_office(project, rows=[*ROWS, *more])
    folder = made(run, tmp_path / "ra", "--ky", "ca-nam-2026")
    with pdfplumber.open(as_pdf(folder / "bao-cao.docx", tmp_path)) as pdf:
        pages = pdf.pages
        fonts = {char["fontname"].partition("+")[2].partition("-")[0] for page in pages for char in page.chars}
        assert fonts in ({"LiberationSerif"}, {"TimesNewRomanPSMT"}, {"TimesNewRomanPSMT", "TimesNewRomanPS"})
        for number, page in enumerate(pages, 1):
            words = [word for word in page.extract_words() if word["bottom"] > 20 * MM]
            assert min(word["x0"] for word in words) >= 30 * MM - 1, number
            assert max(word["x1"] for word in words) <= page.width - 15 * MM + 1, number
            assert max(word["bottom"] for word in words) <= page.height - 20 * MM + 1, number
            numbers = [word["text"] for word in page.extract_words() if word["bottom"] <= 20 * MM]
            assert numbers == ([] if number == 1 else [str(number)])
        assert (round(pages[0].width / MM), round(pages[0].height / MM)) == (210, 297)
        first = pages[0].extract_words()
        body = next(word for word in first if word["text"] == "BÁO")
        head = [word for word in first if word["bottom"] < body["top"]]
        middle = 30 * MM + 62 * MM
        left = " ".join(word["text"] for word in head if word["x1"] < middle)
        right = " ".join(word["text"] for word in head if word["x0"] > middle)
        assert left.startswith("UBND TỈNH LẠNG SƠN SỞ TÀI CHÍNH Số:")
        assert right.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Lạng Sơn, ngày")
        nation = [word for word in head if word["text"] in ("CỘNG", "NAM")]
        assert len({round(word["top"]) for word in nation}) == 1, "the nation's name stands on one line"
        portrait = [page for page in pages if page.height > page.width]
        signing = portrait[-1].extract_words()
        recipients = next(word for word in signing if word["text"] == "Nơi")
        signer = [word for word in signing if word["text"] == "GIÁM" and word["x0"] > portrait[-1].width / 2]
        assert signer
        assert abs(signer[-1]["top"] - recipients["top"]) < 12
        across = [page.extract_text() for page in pages if page.width > page.height]
        assert len(across) > 2
        assert all("Dòng sổ" in text and "Trích yếu" in text for text in across), "the heading is on every page"
        whole = "".join("".join((page.extract_text() or "").split()) for page in pages)
    for rows in word_tables(folder / "bao-cao.docx").values():
        assert rows
        assert rows[-1][0].split()[0] in whole
    assert whole.count("đínhchính1/6/2026") == 5, "LibreOffice 7.4 drops rows where only a table's head fits on a page"
    for row in more:
        assert f"vănbảnthứ{row[0].partition('/')[0]}" in whole


def test_the_word_file_states_what_the_printed_page_shows() -> None:
    for make in templates.MAKERS.values():
        document = docx.Document(io.BytesIO(make()))
        for section in document.sections:
            assert (section.top_margin.mm, section.bottom_margin.mm) == pytest.approx((20, 20), abs=0.1)
            assert (section.left_margin.mm, section.right_margin.mm) == pytest.approx((30, 15), abs=0.1)
        assert document.styles["Normal"].font.name == "Times New Roman"
        assert "Calibri" not in document.element.xml
        assert isinstance(document.core_properties.created, datetime)


ORDER = {
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "pPr": "pStyle keepNext keepLines pBdr shd tabs spacing ind jc rPr sectPr",
}


def test_properties_stand_in_the_order_of_the_schema_without_which_word_asks_to_repair(standard: Standard) -> None:
    for path in standard.files.rglob("*.docx"):
        body = docx.Document(str(path)).element.body
        for kind, names in ORDER.items():
            place = names.split().index
            for properties in body.iter(f"{{{body.nsmap['w']}}}{kind}"):
                found = [place(child.tag.rpartition("}")[2]) for child in properties]
                assert found == sorted(found), (path.name, kind)


def test_the_register_s_columns_are_those_of_the_office() -> None:
    assert COLUMNS == KEYS
    assert all(len(row) == len(COLUMNS) for row in ROWS)
    assert ROWS[0][2] == UBND
