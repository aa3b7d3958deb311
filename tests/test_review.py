"""The office's list: what is due, what is only noted, and that nothing is guessed; every entry is made up («Ví dụ: …»)."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from support import DRAFT, NOW, ROOT, Run, load, write_entry

from chinhsach import cli, vocabulary
from chinhsach.dates import VN
from chinhsach.review import Row, Urgency, review

GOLDEN = ROOT / "tests" / "golden" / "ra-soat" / "van-ban.txt"
TODAY = NOW.date()
ASKED = DRAFT["gop_y"]
OWN = {"co_quan_ban_hanh": "Sở Tài chính tỉnh Lạng Sơn", "so_ky_hieu": "12/STC-VP"}
LAW = {
    "loai": "nghi-dinh",
    "co_quan_ban_hanh": "Chính phủ",
    "ngay_ban_hanh": "5/1/2023",
    "ngay_hieu_luc": "1/3/2023",
    "doi_tuong": ["cong-chuc"],
}


def found(
    root: Path, *, until: date = TODAY, now: datetime = NOW, ask: Callable[[str], str] | None = None
) -> list[Row]:
    """The list of a folder that has the project's vocabularies, without the lines about units."""
    if not (root / vocabulary.FOLDER).exists():
        shutil.copytree(ROOT / vocabulary.FOLDER, root / vocabulary.FOLDER)
    return [row for row in review(load(root, now), until, ask) if row.code != "don-vi-ket-thuc"]


def told(root: Path, **more: Any) -> list[tuple[str, str]]:
    return [(row.code, row.urgency.value) for row in found(root, **more)]


@pytest.mark.parametrize(
    ("day", "until", "expected"),
    [
        ("22/11/2026", TODAY, [("ngay-ra-soat", "qua-han")]),
        ("23/11/2026", TODAY, [("ngay-ra-soat", "den-han")]),
        ("24/11/2026", TODAY, []),
        ("24/11/2026", date(2026, 11, 24), [("ngay-ra-soat", "den-han")]),
    ],
)
def test_an_entry_comes_up_on_the_day_that_its_unit_wrote(
    day: str, until: date, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    write_entry(tmp_path, ngay_ra_soat=day)
    assert told(tmp_path, until=until) == expected


def test_what_nobody_reviewed_is_noted_until_the_department_s_own_target_passes(tmp_path: Path) -> None:
    write_entry(tmp_path, **LAW, so_ky_hieu="1/2023/NĐ-CP", ngay_dang="1/9/2026")
    assert told(tmp_path) == [("chua-ra-soat", "ghi-nhan")]
    assert ("chua-ra-soat", "qua-han") in told(tmp_path, now=datetime(2027, 3, 1, tzinfo=VN), until=date(2027, 3, 1))


def test_a_document_that_somebody_reviewed_comes_up_again_after_the_target(tmp_path: Path) -> None:
    looked = {"ra_soat_hieu_luc": {"ngay": "1/9/2026", "nguon": "Ví dụ: nơi tra"}}
    write_entry(tmp_path, **LAW, so_ky_hieu="1/2023/NĐ-CP", ngay_dang="1/9/2026", **looked)
    assert told(tmp_path) == []
    later = date(2027, 2, 28)
    assert ("ra-soat-lai", "den-han") in told(tmp_path, until=later)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"ngay_dang": "10/11/2026"}, [("dang-muon", "ghi-nhan")]),
        ({"ngay_dang": "9/11/2026"}, []),
        ({"ngay_dang": "9/11/2026", "trang_thai": "ban-nhap"}, [("dang-muon", "qua-han")]),
    ],
)
def test_the_department_s_own_document_is_late_by_the_law(
    keys: dict[str, str], expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    write_entry(tmp_path, **OWN, ngay_ban_hanh="2/11/2026", **keys)
    assert told(tmp_path) == expected
    assert all("Luật 01/2026 Đ18.4" in row.why for row in found(tmp_path))


def test_another_s_document_has_a_target_that_is_called_the_department_s_own(tmp_path: Path) -> None:
    write_entry(
        tmp_path, loai="cong-van", so_ky_hieu="9/UBND-KT", co_quan_ban_hanh="UBND tỉnh Lạng Sơn",
        ngay_ban_hanh="30/10/2026", ngay_den="2/11/2026", ngay_dang="10/11/2026",
    )  # fmt: skip
    (row,) = found(tmp_path)
    assert (row.code, row.urgency) == ("dich-noi-bo", Urgency.NOTED)
    assert "đích nội bộ" in row.what
    assert "không phải hạn của luật" in row.why
    assert "Luật 01/2026" not in row.why


@pytest.mark.parametrize(
    ("closes", "now", "expected"),
    [
        ("10/9/2026", date(2026, 11, 23), []),
        ("10/9/2026", date(2026, 12, 3), ["den-han"]),
        ("10/9/2026", date(2026, 12, 4), ["qua-han"]),
        ("30/6/2023", date(2026, 11, 23), ["ghi-nhan"]),
    ],
)
def test_a_closed_consultation_without_a_result_comes_up_after_the_rule_s_time(
    closes: str, now: date, expected: list[str], tmp_path: Path
) -> None:
    write_entry(tmp_path, **DRAFT | {"gop_y": ASKED | {"den": closes}})
    moment = datetime(now.year, now.month, now.day, 8, tzinfo=VN)
    rows = [row for row in found(tmp_path, now=moment, until=now) if row.code == "ket-qua-gop-y"]
    assert [row.urgency.value for row in rows] == expected
    if expected == ["ghi-nhan"]:
        assert "chưa rõ" in rows[0].what


def test_a_consultation_with_a_result_is_not_asked_for_one(tmp_path: Path) -> None:
    result = {"ngay": "1/8/2023", "url": "https://example.org/ket-qua", "tom_tat": "Ví dụ: đã tiếp thu"}
    write_entry(tmp_path, **DRAFT | {"gop_y": ASKED | {"ket_qua": result}})
    assert told(tmp_path) == []


def test_a_document_without_an_original_is_noted_and_then_overdue(tmp_path: Path) -> None:
    unread = {"ly_do": "Ví dụ: chưa tới Sở", "biet_qua": "Ví dụ: danh mục của tỉnh"}
    write_entry(tmp_path, ngay_dang="1/11/2026", ngay_ban_hanh="30/10/2026", chua_co_ban_goc=unread, nguon=None)
    assert ("chua-co-ban-goc", "ghi-nhan") in told(tmp_path)
    assert ("chua-co-ban-goc", "qua-han") in told(
        tmp_path, now=datetime(2026, 12, 2, tzinfo=VN), until=date(2026, 12, 2)
    )


def write_replaced(root: Path, day: str) -> None:
    """An entry that rests on a decree which another replaces from a day on."""
    write_entry(root, "goc", **LAW, so_ky_hieu="1/2023/NĐ-CP", ngay_dang="6/1/2023")
    write_entry(root, "moi", **LAW | {"ngay_hieu_luc": day}, so_ky_hieu="2/2023/NĐ-CP", ngay_dang="6/1/2023",
                quan_he=[{"loai": "thay-the", "den": "goc", "pham_vi": "toan-bo"}])  # fmt: skip
    write_entry(root, "dua-vao", quan_he=[{"loai": "can-cu", "den": "goc"}])


def test_an_entry_whose_basis_ended_comes_up_once_and_its_reason_names_the_cause(tmp_path: Path) -> None:
    write_replaced(tmp_path, "20/11/2026")
    (row,) = [row for row in found(tmp_path) if row.subject == "dua-vao"]
    assert (row.code, row.urgency) == ("can-cu-het-hieu-luc", Urgency.DUE)
    assert "20/11/2026" in row.what
    assert "2/2023/NĐ-CP" in row.what
    lines = (tmp_path / row.path).read_text(encoding="utf-8").splitlines()
    assert lines[row.line - 1].startswith("quan_he:")
    (changed,) = [row for row in found(tmp_path) if row.code == "van-ban-bi-tac-dong"]
    assert changed.subject == "goc"


def test_a_basis_that_still_stands_or_that_was_looked_at_since_does_not_come_up(tmp_path: Path) -> None:
    write_replaced(tmp_path, "24/11/2026")
    assert not [row for row in found(tmp_path) if row.subject == "dua-vao"]
    write_replaced(tmp_path, "20/11/2026")
    seen = [{"ngay": "21/11/2026", "loai": "cap-nhat", "noi_dung": "Ví dụ: đã xem lại"}]
    write_entry(tmp_path, "dua-vao", quan_he=[{"loai": "can-cu", "den": "goc"}], thay_doi=seen)
    assert not [row for row in found(tmp_path) if row.subject == "dua-vao"]


def test_a_basis_outside_the_site_is_known_from_the_project_s_own_table(tmp_path: Path) -> None:
    write_entry(tmp_path, quan_he=[{"loai": "can-cu", "den": "104/2016/QH13"}])
    (row,) = found(tmp_path)
    assert (row.code, row.urgency) == ("can-cu-het-hieu-luc", Urgency.DUE)
    assert "1/9/2026" in row.what


def test_a_unit_is_one_line_however_many_entries_it_owns(tmp_path: Path) -> None:
    for number in range(3):
        write_entry(tmp_path, f"tin-{number}", so_ky_hieu=f"{number + 1}/SKHĐT-VP")
    shutil.copytree(ROOT / vocabulary.FOLDER, tmp_path / vocabulary.FOLDER)
    (row,) = review(load(tmp_path), TODAY)
    assert (row.code, row.subject, row.path) == ("don-vi-ket-thuc", "van-phong-so", f"{vocabulary.FOLDER}/don-vi.yml")
    assert "3 tin" in row.why
    text = (tmp_path / row.path).read_text(encoding="utf-8").splitlines()
    assert "van-phong-so" in text[row.line - 1]


def test_addresses_are_asked_only_on_request_and_each_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def ask(url: str) -> str:
        asked.append(url)
        return "trả lời mã 404" if url.endswith("12") else ""

    for number in (1, 2):
        write_entry(tmp_path, f"tin-{number}", so_ky_hieu=f"{number}/SKHĐT-VP")
    write_entry(tmp_path, "con", so_ky_hieu="3/SKHĐT-VP", nguon="https://example.org/con")
    assert told(tmp_path) == []
    rows = found(tmp_path, ask=ask)
    assert sorted(asked) == ["https://example.org/con", "https://example.org/van-ban/12"]
    assert [(row.code, row.subject) for row in rows] == [
        ("nguon-khong-mo-duoc", "tin-1"),
        ("nguon-khong-mo-duoc", "tin-2"),
    ]


def test_every_kind_of_address_of_a_document_is_asked_about(tmp_path: Path) -> None:
    asked: list[str] = []
    result = {"ngay": "1/8/2023", "url": "https://example.org/kq", "tom_tat": "Ví dụ: đã tiếp thu"}
    write_entry(tmp_path, "du-thao", **DRAFT | {"gop_y": ASKED | {"ket_qua": result}})
    write_entry(
        tmp_path,
        files={"toan-van.md": "### Điều 1. Ví dụ\n\nVí dụ.\n"},
        toan_van={"tep": "toan-van.md", "day_du": "co", "nguon": "https://example.org/toan-van"},
        tep=[{"ten": "Ví dụ: bản ký", "url": "https://example.org/ban-ky", "loai": "ban-ky-so"}],
    )
    found(tmp_path, ask=lambda url: asked.append(url) or "")
    assert {url.rpartition("/")[2] for url in asked} == {"kq", "toan-van", "ban-ky", "12"}


def test_a_removed_entry_is_not_asked_about(tmp_path: Path) -> None:
    write_entry(
        tmp_path, ngay_ra_soat="1/1/2024", trang_thai="da-go", go_tin={"ngay": "1/2/2024", "ly_do": "Ví dụ: gỡ"}
    )
    assert told(tmp_path) == []


def test_a_year_without_announced_days_off_is_one_line(tmp_path: Path) -> None:
    write_entry(tmp_path)
    assert told(tmp_path, until=date(2027, 1, 1)) == [("thieu-lich-nghi", "den-han")]


@pytest.fixture
def project(bare_project: Path) -> Path:
    """A project with a line of each urgency, entered as the working folder."""
    write_replaced(bare_project, "20/11/2026")
    write_entry(bare_project, "can-xem", so_ky_hieu="13/SKHĐT-VP", ngay_ra_soat="1/11/2026")
    write_entry(bare_project, "du-thao", unit="phong-dkkd", **DRAFT | {"gop_y": ASKED | {"den": "1/9/2026"}})
    write_entry(
        bare_project, "cua-so", **OWN | {"so_ky_hieu": "14/STC-VP"}, ngay_ban_hanh="2/11/2026", ngay_dang="10/11/2026"
    )
    return bare_project


def test_the_list_for_people_is_as_reviewed(project: Path, run: Run, request: pytest.FixtureRequest) -> None:
    code, out, err = run("ra-soat", "--den", "24/11/2026")
    if request.config.getoption("--ghi-lai"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(out, encoding="utf-8", newline="\n")
    assert (code, err) == (cli.PROBLEMS, "")
    assert out == GOLDEN.read_text(encoding="utf-8")


def test_the_forms_say_the_same_in_the_same_order(project: Path, run: Run) -> None:
    _, as_json, _ = run("ra-soat", "--dinh-dang", "json")
    _, as_csv, _ = run("ra-soat", "--dinh-dang", "csv")
    _, text, _ = run("ra-soat")
    rows = [json.loads(line) for line in as_json.splitlines()]
    table = list(csv.DictReader(io.StringIO(as_csv.removeprefix("\ufeff"))))
    assert [{key: str(value) for key, value in row.items()} for row in rows] == table
    places = [text.index(f"{row['tep']}:{row['dong']}: ") for row in rows]
    assert len(places) == len(rows) > 5
    assert all(row["vi"] and row["can_lam"] for row in rows)
    for row in rows:
        assert 1 <= row["dong"] <= len((project / row["tep"]).read_text(encoding="utf-8").splitlines())


def test_with_nothing_due_the_command_is_well(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / vocabulary.FOLDER, tmp_path / vocabulary.FOLDER)
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    write_entry(tmp_path, unit="so-tai-chinh", so_ky_hieu="13/STC-VP", don_vi_chu_tri="so-tai-chinh")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    code, out, err = run("ra-soat")
    assert (code, err) == (cli.WELL, "")
    assert out.endswith("Tổng: 0 quá hạn, 0 đến hạn, 0 ghi nhận.\n")


@pytest.mark.parametrize("given", ["22/11/2026", "hôm nay", "30/2/2027"])
def test_a_day_that_cannot_be_looked_ahead_to_is_refused(given: str, project: Path, run: Run) -> None:
    code, out, err = run("ra-soat", "--den", given)
    assert (code, out) == (cli.WRONG_CALL, "")
    assert "--den" in err


def test_entries_with_errors_are_left_out_and_that_is_said(project: Path, run: Run) -> None:
    write_entry(project, "hong", ngay_ban_hanh="30/2/2023")
    _, _, err = run("ra-soat")
    assert err == "1 tệp có lỗi nên không được xét; hãy chạy chinhsach kiem-tra\n"


def test_why_tells_the_clocks_and_what_is_not_known_of_them(project: Path, run: Run) -> None:
    asked = ASKED | {"tu": "1/11/2026", "den": "30/11/2026"}
    keys = DRAFT | {"gop_y": asked, "ngay_dang": "1/11/2026", "loai": "quyet-dinh-ubnd-tinh"}
    write_entry(project, "tinh", **keys, co_quan_ban_hanh="UBND tỉnh Lạng Sơn")
    _, out, _ = run("vi-sao", "tinh")
    assert "nhận góp ý ít nhất đến: chưa rõ" in out
    _, own, _ = run("vi-sao", "cua-so")
    assert "đăng tin: 9/11/2026 · 5 ngày làm việc từ 2/11/2026 · cong-khai-2026 (Luật 01/2026 Đ18.4)" in own
