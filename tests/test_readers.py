"""Readers' reports with the law's clock, and counts of views: told from rows, each once; every row is made up."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import NOW, ROOT, Run, load, vocabularies, write_entry

from chinhsach import cli, vocabulary
from chinhsach.office import mistakes, place, readers, visits
from chinhsach.office.mistakes import State, Verdict
from chinhsach.review import review

TODAY = NOW.date()
PLACE = "_van-phong/bao-loi/2026.csv"


def table(*rows: str) -> bytes:
    return "\n".join([mistakes.HEADER, *rows, ""]).encode()


def reported(*rows: str, year: int = 2026) -> mistakes.Read:
    return mistakes.read(PLACE, year, table(*rows))


def one(row: str, year: int = 2026) -> mistakes.Mistake:
    found = reported(row, year=year)
    assert found.faults == ()
    return found.rows[0]


def reasons(found: mistakes.Read | visits.Read) -> list[tuple[int, str]]:
    return [(fault.line, fault.values.get("ly_do", fault.code)) for fault in found.faults]


# --- the clock


@pytest.mark.parametrize(
    ("received", "rule", "last"),
    [
        ("2026-08-14", "kien-nghi-sai-2018", date(2026, 9, 3)),
        ("2026-08-31", "kien-nghi-sai-2018", date(2026, 9, 15)),
        ("2026-09-01", "kien-nghi-sai-2026", date(2026, 9, 11)),
        ("2026-09-03", "kien-nghi-sai-2026", date(2026, 9, 14)),
    ],
)
def test_the_clock_is_that_of_the_law_on_the_day_the_report_came_in(received: str, rule: str, last: date) -> None:
    found = mistakes.clock(one(f"{received},,Ví dụ: sai ngày,,,"), vocabularies())
    assert found.rule is not None
    assert (found.rule.id, found.due.day) == (rule, last)


def test_where_the_calendar_is_unknown_nothing_is_called_late() -> None:
    mistake = one("28/12/2026,,Ví dụ: sai ngày,,,")
    assert mistakes.clock(mistake, vocabularies()).due.day is None
    assert mistakes.state(mistake, vocabularies(), date(2027, 6, 1)) is State.OPEN
    answered = mistake._replace(answered=date(2027, 5, 1))
    assert mistakes.state(answered, vocabularies(), date(2027, 6, 1)) is State.ANSWERED


@pytest.mark.parametrize(
    ("answered", "day", "expected"),
    [
        ("", date(2026, 11, 26), State.OPEN),
        ("", date(2026, 11, 27), State.OVERDUE),
        ("26/11/2026", date(2026, 11, 27), State.IN_TIME),
        ("27/11/2026", date(2026, 11, 27), State.LATE),
        ("27/11/2026", date(2026, 11, 26), State.OPEN),
    ],
)
def test_an_answer_counts_from_its_day(answered: str, day: date, expected: State) -> None:
    verdict = "khong-sai" if answered else ""
    mistake = one(f"16/11/2026,,Ví dụ: sai ngày,{verdict},{answered},")
    assert mistakes.state(mistake, vocabularies(), day) is expected


# --- the table


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",,Ví dụ: sai,,,", "thiếu ngay_nhan"),
        ("30/2/2026,,Ví dụ: sai,,,", "ngay_nhan «30/2/2026»"),
        ("1/2/2025,,Ví dụ: sai,,,", "không thuộc năm 2026"),
        ("1/2/2026,,,,,", "thiếu noi_dung"),
        ("1/2/2026,Có Dấu,Ví dụ: sai,,,", "ma_tin"),
        ("2/2/2026,,Ví dụ: sai,sai,1/2/2026,", "ngay_tra_loi đứng trước ngay_nhan"),
        ("1/2/2026,,Ví dụ: sai,,2/2/2026,", "chưa có ket_luan"),
        ("1/2/2026,,Ví dụ: sai,dung,,", "ket_luan «dung»"),
        ("1/2/2026,,Ví dụ: sai,,", "dòng có 5 ô, cần 6"),
        ('1/2/2026,,"Ví dụ: sai,,,', "dấu nháy kép"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_at_its_line_and_not_counted(row: str, said: str) -> None:
    found = reported(row)
    assert found.rows == ()
    ((line, reason),) = reasons(found)
    assert line == 2
    assert said in reason


def test_a_report_written_twice_is_one(tmp_path: Path) -> None:
    found = reported("1/2/2026,,Ví dụ: sai,,,", "2026-02-01,,Ví dụ:  sai,,,")
    assert len(found.rows) == 1
    assert reasons(found) == [(3, "dòng này lặp lại dòng 2")]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("gọi lại 0900 000 000", "số điện thoại"),
        ("gọi lại +84900000000", "số điện thoại"),
        ("trả lời vi-du@example.org", "địa chỉ thư"),
        ("căn cước 001000000000", "số căn cước"),
        ("do ông Ví Dụ Tên báo", "tên người"),
    ],
)
def test_what_tells_who_somebody_is_is_refused_and_not_repeated(text: str, what: str, tmp_path: Path) -> None:
    (fault,) = reported(f"1/2/2026,,{text},,,").faults
    assert (fault.code, fault.values["gi"]) == ("bao-loi-danh-tinh", what)
    target = tmp_path / "_van-phong" / "bao-loi" / "2026.csv"
    target.parent.mkdir(parents=True)
    target.write_bytes(table(f"1/2/2026,vi-du-khong-co,{text},dung,,"))
    where = place.Place(tmp_path / "_van-phong", "_van-phong")
    told = [problem.as_text() for problem in readers.find_problems(readers.load(where), where, load(tmp_path))]
    assert [one.partition("]")[0] for one in told] == [
        f"{PLACE}:2: lỗi[bao-loi-{kind}" for kind in ("danh-tinh", "hong")
    ]
    assert text not in "".join(told)


@pytest.mark.parametrize(
    "text",
    [
        "số 643/UBND-KGVX ngày 30/5/2023",
        "Luật 104/2016/QH13",
        "1.500.000.000 đồng",
        "huyện Bắc Sơn",
        "bà con dân tộc Tày",
    ],
)
def test_what_documents_hold_is_nobody_s_identity(text: str) -> None:
    assert reported(f"1/2/2026,,Ví dụ: {text},,,").faults == ()


def test_a_heading_that_is_wrong_is_told_once_with_the_nearest_name() -> None:
    found = mistakes.read(PLACE, 2026, b"ngay_nhan,ma_tn,noi_dung,ket_luan,ngay_tra_loi,ghi_chu\n1/2/2026,,a,,,\n")
    assert (found.rows, reasons(found)) == ((), [(1, "cột lạ «ma_tn»")])
    assert found.faults[0].values["sua"] == "ghi ma_tin thay cho ma_tn"


# --- the office's list


def listed(root: Path, *rows: str, until: date = TODAY) -> list[tuple[str, str, tuple[str, ...]]]:
    if not (root / vocabulary.FOLDER).exists():
        shutil.copytree(ROOT / vocabulary.FOLDER, root / vocabulary.FOLDER)
    catalogue = load(root)
    found = mistakes.review_rows(reported(*rows).rows, catalogue, until)
    kept = review(catalogue, until, more=found)
    return [(row.code, row.urgency.value, row.units) for row in kept if row.path == PLACE]


def test_an_open_report_is_on_the_list_of_the_unit_that_owns_the_entry(tmp_path: Path) -> None:
    write_entry(tmp_path, "vi-du-tin")
    unit = ("van-phong-so",)
    assert listed(tmp_path, "10/11/2026,vi-du-tin,Ví dụ: sai,,,") == [("bao-loi", "qua-han", unit)]
    assert listed(tmp_path, "13/11/2026,vi-du-tin,Ví dụ: sai,,,") == [("bao-loi", "den-han", unit)]
    assert listed(tmp_path, "16/11/2026,vi-du-tin,Ví dụ: sai,,,") == [("bao-loi", "ghi-nhan", unit)]
    assert listed(tmp_path, "10/11/2026,,Ví dụ: sai,,,") == [("bao-loi", "qua-han", ())]
    assert listed(tmp_path, "10/11/2026,vi-du-tin,Ví dụ: sai,khong-sai,12/11/2026,") == []


def test_what_was_wrong_stays_on_the_list_until_the_entry_says_so(tmp_path: Path) -> None:
    row = "10/11/2026,vi-du-tin,Ví dụ: sai,sai,12/11/2026,"
    write_entry(tmp_path, "vi-du-tin")
    assert listed(tmp_path, row) == [("bao-loi-chua-dinh-chinh", "den-han", ("van-phong-so",))]
    change = {"loai": "dinh-chinh", "noi_dung": "Ví dụ: sửa ngày", "truoc": "1", "sau": "2"}
    write_entry(tmp_path, "vi-du-tin", thay_doi=[change | {"ngay": "9/11/2026"}])
    assert listed(tmp_path, row) != []
    write_entry(tmp_path, "vi-du-tin", thay_doi=[change | {"ngay": "12/11/2026"}])
    assert listed(tmp_path, row) == []


# --- figures


def test_figures_can_be_followed_to_their_rows() -> None:
    rows = reported(
        "2/9/2026,,Ví dụ: a,khong-sai,5/9/2026,",
        "3/9/2026,,Ví dụ: b,sai,30/9/2026,",
        "4/9/2026,,Ví dụ: c,,,",
        "16/11/2026,,Ví dụ: d,,,",
    ).rows
    found = readers.mistake_figures(readers.Readers(rows), vocabularies(), date(2026, 9, 1), date(2026, 12, 31), TODAY)
    ids = [f"{PLACE}:{line}" for line in (2, 3, 4, 5)]
    assert found.all == tuple(ids)
    assert found.states[State.IN_TIME] == (ids[0],)
    assert found.states[State.LATE] == (ids[1],)
    assert found.states[State.OVERDUE] == (ids[2],)
    assert found.states[State.OPEN] == (ids[3],)
    assert found.verdicts[Verdict.WRONG] == (ids[1],)
    assert sum(len(v) for v in found.states.values()) == sum(len(v) for v in found.verdicts.values()) == 4


def test_without_a_row_nothing_is_known_and_nothing_is_zero() -> None:
    empty = readers.Readers()
    assert not readers.mistake_figures(empty, vocabularies(), date(2026, 1, 1), TODAY, TODAY).is_known
    assert readers.view_figures(empty, date(2026, 1, 1), TODAY).hits is None


def seen(*rows: str) -> visits.Read:
    return visits.read("_van-phong/luot-xem/2026.csv", 2026, "\n".join([visits.HEADER, *rows, ""]).encode())


def test_only_counts_of_periods_wholly_within_the_time_are_added() -> None:
    rows = seen(
        "1/10/2026,31/10/2026,chinh-sach/vi-du/,10,",
        "1/10/2026,31/10/2026,chinh-sach/vi-du/toan-van/,5,",
        "1/10/2026,31/10/2026,chinh-sach/trang-2/,4,",
        "1/11/2026,30/11/2026,chinh-sach/vi-du/,100,",
    ).rows
    found = readers.view_figures(readers.Readers(views=rows), date(2026, 10, 1), date(2026, 11, 15))
    assert (found.hits, found.by_entry) == (19, {"vi-du": 15})
    assert found.partly == ("_van-phong/luot-xem/2026.csv:5",)
    assert found.covered == ((date(2026, 10, 1), date(2026, 10, 31)),)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1/10/2026,31/10/2026,chinh-sach/vi-du/,10,", "đã có ở dòng 2"),
        ("15/10/2026,15/11/2026,chinh-sach/khac/,10,", "chồng lên kỳ"),
        ("2/11/2026,1/11/2026,chinh-sach/khac/,10,", "không nằm trọn"),
        ("1/12/2025,1/1/2026,chinh-sach/khac/,10,", "không nằm trọn"),
        ("1/11/2026,2/11/2026,/chinh-sach/khac,10,", "không phải đường dẫn"),
        ("1/11/2026,2/11/2026,chinh-sach/khac/,nhiều,", "không phải số"),
    ],
)
def test_a_count_that_would_be_wrong_or_counted_twice_is_refused(row: str, said: str) -> None:
    found = seen("1/10/2026,31/10/2026,chinh-sach/vi-du/,10,", row)
    assert len(found.rows) == 1
    ((line, reason),) = reasons(found)
    assert line == 3
    assert said in reason


# --- the import


def goaccess(*rows: dict[str, Any], whole: int | None = None, **general: str) -> bytes:
    panel: dict[str, Any] = {"data": list(rows)}
    if whole is not None:
        panel["metadata"] = {"hits": {"total": {"value": whole}}}
    return json.dumps({"general": general, "requests": panel}).encode()


def request(address: str, hits: int, visitors: int = 1, method: str = "GET") -> dict[str, Any]:
    return {"data": address, "hits": {"count": hits}, "visitors": {"count": visitors}, "method": method}


def test_pages_are_kept_without_what_somebody_asked_for() -> None:
    export = visits.parse_export(
        goaccess(
            request("/chinh-sach/vi-du/", 7, 5),
            request("/chinh-sach/vi-du/?q=bi+mat", 3, 2),
            request("/tim-kiem/?q=bi+mat", 2, 2),
            request("/", 9, 8),
            request("/assets/trang.css", 100),
            request("/wp-admin/", 40),
            request("/chinh-sach/vi-du/", 50, method="POST"),
            start_date="01/Nov/2026",
            end_date="20/Nov/2026",
        )
    )
    assert export.pages == {"chinh-sach/vi-du/": (10, None), "tim-kiem/": (2, 2), "": (9, 8)}
    assert (export.since, export.until) == (date(2026, 11, 1), date(2026, 11, 20))
    assert "bi" not in visits.as_csv(visits.merged((), export, date(2026, 11, 1), date(2026, 11, 20)))
    assert export.left_out == ("2 địa chỉ không phải trang đọc (tệp, nguồn tin, địa chỉ lạ)",)


def test_hits_that_the_report_left_out_are_told() -> None:
    export = visits.parse_export(goaccess(request("/chinh-sach/vi-du/", 7), whole=10))
    assert any(note.startswith("3 lượt không nằm trong danh sách") for note in export.left_out)


def test_an_older_report_with_plain_numbers_and_days_is_read() -> None:
    report = {
        "general": {"date_time": "2019-01-01 00:00:00"},
        "visitors": {"data": [{"data": "20261103"}, {"data": "20261101"}]},
        "requests": {"data": [{"data": "/chinh-sach/vi-du/", "hits": 7, "visitors": 3}]},
    }
    export = visits.parse_export(json.dumps(report).encode())
    assert (export.since, export.until) == (date(2026, 11, 1), date(2026, 11, 3))
    assert export.pages == {"chinh-sach/vi-du/": (7, 3)}


@pytest.mark.parametrize(
    "text",
    [
        "trang,luot,khach\nhttps://example.org/tin/chinh-sach/vi-du/,12,5\n",
        "Page path;Pageviews\n/tin/chinh-sach/vi-du/index.html;12\n",
        "\ufeffURL\tLượt xem\n/tin/chinh-sach/vi-du/?a=1\t12\n",
    ],
)
def test_a_sheet_of_another_counter_is_read_by_its_headings(text: str) -> None:
    assert visits.parse_export(text.encode(), "/tin/").pages["chinh-sach/vi-du/"][0] == 12


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"{}", b'{"requests": 3}', b"a,b\n1,2\n", b'trang,luot\n"a', "trang,luot".encode("utf-16"), b"[" * 10],
)
def test_what_is_no_export_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(visits.CannotImport, match=r"tệp|cột|bảng"):
        visits.parse_export(data)


@given(st.binary(max_size=200))
def test_no_file_ends_in_a_traceback(data: bytes) -> None:
    mistakes.read(PLACE, 2026, data)
    visits.read(PLACE, 2026, data)
    with suppress(visits.CannotImport):
        visits.parse_export(data)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20), st.integers(1, 9)), max_size=8))
def test_no_day_is_counted_twice_whatever_is_imported(periods: list[tuple[int, int, int]]) -> None:
    first = date(2026, 1, 1)
    kept: tuple[visits.Views, ...] = ()
    for start, length, hits in periods:
        since = first + timedelta(days=start)
        until = since + timedelta(days=length)
        export = visits.Export(None, None, {"chinh-sach/vi-du/": (hits, None)}, ())
        try:
            text = visits.as_csv(visits.merged(kept, export, since, until))
        except visits.CannotImport:
            continue
        read = visits.read(PLACE, 2026, text.encode())
        assert read.faults == ()
        kept = read.rows
    days = [row.since + timedelta(days=n) for row in kept for n in range((row.until - row.since).days + 1)]
    assert len(days) == len(set(days))


# --- the commands


@pytest.fixture
def project(bare_project: Path) -> Path:
    write_entry(bare_project, "vi-du-tin")
    return bare_project


def test_importing_writes_the_year_s_table_once(project: Path, run: Run) -> None:
    source = project / "dem.json"
    source.write_bytes(
        goaccess(request("/chinh-sach/vi-du-tin/", 7, 5), start_date="01/Nov/2026", end_date="20/Nov/2026")
    )
    code, out, err = run("nhap-luot-xem", "dem.json")
    assert (code, err) == (cli.WELL, "")
    assert "Đã nhập 1 trang, 7 lượt, kỳ 1/11/2026–20/11/2026" in out
    target = project / "_van-phong" / "luot-xem" / "2026.csv"
    text = target.read_text(encoding="utf-8")
    assert text == "tu,den,trang,luot,khach\n2026-11-01,2026-11-20,chinh-sach/vi-du-tin/,7,5\n"
    code, _, err = run("nhap-luot-xem", "dem.json")
    assert code == cli.WRONG_CALL
    assert "--thay" in err
    assert run("nhap-luot-xem", "dem.json", "--thay")[0] == cli.WELL
    assert target.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "--tu"),
        (("--tu", "1/12/2025", "--den", "1/1/2026"), "phải nằm trong một năm"),
        (("--tu", "1/11/2026", "--den", "30/11/2026"), "chưa hết"),
        (("--tu", "30/2/2026", "--den", "1/3/2026"), "--tu «30/2/2026»"),
        (("--tu", "1/11/2026", "--den", "20/11/2026", "--goc", "/khac/"), "--goc"),
    ],
)
def test_an_import_that_would_not_be_true_is_refused(more: tuple[str, ...], said: str, project: Path, run: Run) -> None:
    (project / "dem.csv").write_text("trang,luot\n/chinh-sach/vi-du-tin/,7\n", encoding="utf-8")
    code, _, err = run("nhap-luot-xem", "dem.csv", *more)
    assert code == cli.WRONG_CALL
    assert said in err
    assert not (project / "_van-phong").exists()


def test_the_check_and_the_list_read_the_office_s_tables(project: Path, run: Run) -> None:
    target = project / "_van-phong" / "bao-loi" / "2026.csv"
    target.parent.mkdir(parents=True)
    target.write_bytes(table("10/11/2026,vi-du-tin,Ví dụ: sai,,,", "10/11/2026,vi-du-ti,Ví dụ: sai,,,"))
    code, out, _ = run("kiem-tra")
    assert code == cli.PROBLEMS
    assert f"{PLACE}:3: lỗi[bao-loi-hong]: sổ báo lỗi hỏng: không có tin «vi-du-ti»" in out
    assert "cách sửa: ghi vi-du-tin thay cho vi-du-ti" in out
    code, out, _ = run("ra-soat")
    assert code == cli.PROBLEMS
    assert f"{PLACE}:2: quá hạn[bao-loi]: vi-du-tin: báo lỗi nhận ngày 10/11/2026, hạn trả lời là 20/11/2026" in out


def test_the_points_without_an_entry_are_told_on_request(project: Path, run: Run) -> None:
    code, out, _ = run("ra-soat", "--muc-17")
    assert code == cli.WELL
    assert "21 điểm chưa có tin" in out


def test_the_tables_that_ship_are_empty_and_well_formed() -> None:
    found = readers.load(place.Place(ROOT / "_van-phong", "_van-phong"))
    assert found == readers.Readers()
    for folder, header in ((mistakes.FOLDER, mistakes.HEADER), (visits.FOLDER, visits.HEADER)):
        files = list((ROOT / "_van-phong" / folder).glob("*.csv"))
        assert [file.read_text(encoding="utf-8") for file in files] == [header + "\n"]
