"""What a release does to what was public: the ledger's reader, each kind of finding, the report, the script of CI.

Every ledger and entry here is made up and says so («Ví dụ: …»).
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from du_an_mau import environment, lay_out
from hypothesis import given
from hypothesis import strategies as st
from support import NOW, ROOT, config, load, templates, vocabularies
from support import write_entry as write_any_entry

from chinhsach import before_release, cli, ledger, release, vocabulary
from chinhsach.before_release import MOST_DAYS_BACK, RULES, Comparison, Due, Group, compare
from chinhsach.dates import VN, rfc3339
from chinhsach.outputs.site import CONTENT_MARK, HEAD_MARK, Site

GOLDEN = ROOT / "tests" / "golden" / "truoc-khi-dang"
LAST_RELEASE = NOW - timedelta(days=10)
Run = Callable[..., tuple[int, str, str]]


def entry(entry_id: str = "vi-du-a", **keys: Any) -> dict[str, Any]:
    """A line of a ledger as DESIGN §5 has it, with some keys changed."""
    return {
        "guid": f"urn:uuid:vi-du-{entry_id}",
        "ma": entry_id,
        "url": f"chinh-sach/{entry_id}/",
        "title": f"Ví dụ: tin {entry_id}",
        "published": "2026-11-10T08:00:00+07:00",
        "updated": "2026-11-10T08:00:00+07:00",
        "status": "published",
        "giai_doan": "pho-bien",
        "units": ["van-phong-so"],
        "sha256": f"noi-dung-{entry_id}",
        "facts": f"du-kien-{entry_id}",
    } | keys


def book(*entries: dict[str, Any], name: str = "so.json") -> ledger.Ledger:
    """A ledger of these lines, through the reader."""
    return ledger.parse(json.dumps({"entries": entries}).encode(), name)


LATER = {"updated": "2026-11-20T08:00:00+07:00"}


def changed(**keys: Any) -> Comparison:
    """What is found when one entry of two changes so."""
    return compare(book(entry(), entry("vi-du-b")), book(entry(**keys), entry("vi-du-b")), NOW)


def codes(found: Comparison) -> list[str]:
    return [problem.code for problem in found.problems]


def rows(found: Comparison) -> list[tuple[str, str]]:
    return [(row.group.value, row.line.id) for row in found.rows]


# The reader


def test_a_ledger_is_read_into_typed_lines_in_its_order() -> None:
    read = book(entry("vi-du-b", status="withdrawn"), entry("vi-du-a", published="2026-11-10T01:00:00Z"))
    assert [line.id for line in read.lines] == ["vi-du-b", "vi-du-a"]
    assert [line.is_withdrawn for line in read.lines] == [True, False]
    assert read.lines[1].published == datetime(2026, 11, 10, 8, tzinfo=VN)
    assert read.lines[1].units == ("van-phong-so",)


def test_a_byte_order_mark_and_keys_of_later_versions_are_accepted() -> None:
    text = json.dumps({"entries": [entry(khoa_moi=[1])], "phien_ban": 2})
    assert ledger.parse(b"\xef\xbb\xbf" + text.encode(), "so.json").lines == book(entry()).lines


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tệp rỗng"),
        (b" \n", "tệp rỗng"),
        (b"\xff\xfe{\x00", "không phải UTF-8"),
        (b'{"entries": [', "JSON hỏng ở dòng 1, cột 14"),
        (b"<html>404</html>", "JSON hỏng ở dòng 1, cột 1"),
        (b"[" * 200_000, "số quá dài hoặc lồng quá sâu"),
        (b'{"entries": ' + b"9" * 5000 + b"}", "số quá dài hoặc lồng quá sâu"),
        (b"[]", "không phải sổ công khai"),
        (b"null", "không phải sổ công khai"),
        (b'{"entries": {}}', "không phải sổ công khai"),
        (b'{"entries": [3]}', "tin thứ 1: phải là một nhóm"),
    ],
)
def test_what_is_no_ledger_is_refused_in_one_sentence(content: bytes, said: str) -> None:
    with pytest.raises(ledger.LedgerError, match=f"^so.json: .*{said}"):
        ledger.parse(content, "so.json")


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("ma", "../../etc", "không phải mã tin"),
        ("ma", 7, "«ma» phải là chữ"),
        ("title", None, "«title» phải là chữ"),
        ("title", "\u200b", "«title» phải là chữ, không được trống"),
        ("url", "../../../etc/", "không phải địa chỉ"),
        ("url", "/chinh-sach/vi-du-a/", "không phải địa chỉ"),
        ("url", "https://example.org/a/", "không phải địa chỉ"),
        ("url", "a/" * 150, "không phải địa chỉ"),
        ("status", "gone", "không phải published hay withdrawn"),
        ("published", "2026-11-10", "không phải thời điểm"),
        ("updated", "2026-02-30T00:00:00+07:00", "không phải thời điểm"),
        ("updated", "9999-12-31T23:59:59-12:00", "không phải thời điểm"),
        ("units", "van-phong-so", "danh sách mã đơn vị"),
        ("units", [1], "danh sách mã đơn vị"),
        ("facts", ["x"], "«facts» phải là chữ"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused_with_its_entry_and_key(key: str, value: object, said: str) -> None:
    with pytest.raises(ledger.LedgerError, match=r"^so.json: tin thứ 2 .*" + said if key != "ma" else said):
        book(entry("vi-du-b"), entry(**{key: value}))


@pytest.mark.parametrize("key", sorted(entry()))
def test_a_missing_key_is_named(key: str) -> None:
    broken = entry()
    del broken[key]
    with pytest.raises(ledger.LedgerError, match=f"«{key}»"):
        book(broken)


@pytest.mark.parametrize("key", ["ma", "guid"])
def test_an_id_or_guid_of_two_entries_is_refused(key: str) -> None:
    with pytest.raises(ledger.LedgerError, match=f"{key} «.*» có ở 2 tin"):
        book(entry(), entry("vi-du-b", **{key: entry()[key]}))


def test_a_file_larger_than_any_ledger_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "so.json").open("wb") as file:
        file.truncate(ledger.MOST_BYTES + 1)
    with pytest.raises(ledger.LedgerError, match="lớn hơn 100 MB"):
        ledger.read(tmp_path / "so.json")


def test_a_value_cannot_write_lines_or_controls_into_a_report() -> None:
    (line,) = book(entry(title="Ví dụ\n::error::\x1b[31m\u202e", units=["a\nb"], guid="x\ud800")).lines
    assert (line.title, line.units, line.guid) == ("Ví dụ ::error::[31m", ("a b",), "x?")


def refusal(content: bytes) -> str | None:
    """What the reader says of bytes that are no ledger; None when they are one."""
    try:
        ledger.parse(content, "so.json")
    except ledger.LedgerError as fault:
        return str(fault)
    return None


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_end_in_anything_but_a_sentence(content: bytes) -> None:
    said = refusal(content)
    assert said is None or said.startswith("so.json: ")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(entry())), _JSON)
def test_any_value_in_any_place_is_read_or_refused_in_a_sentence(key: str, value: object) -> None:
    content = json.dumps({"entries": [entry(**{key: value})]}).encode()
    said = refusal(content)
    assert said is None or said.startswith("so.json: tin thứ 1")
    if said is None:
        read = ledger.parse(content, "so.json")
        assert compare(read, read, NOW).rows == ()


# What a release does


@st.composite
def ledgers(draw: st.DrawFn) -> ledger.Ledger:
    """A ledger of up to six entries in any state."""
    moments = st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)).map(lambda m: rfc3339(m.replace(tzinfo=VN)))
    ids = draw(st.lists(st.sampled_from([f"vi-du-{n}" for n in range(9)]), unique=True, max_size=6))
    return book(
        *(
            entry(
                entry_id,
                published=draw(moments),
                updated=draw(moments),
                status=draw(st.sampled_from(["published", "withdrawn"])),
                facts=draw(st.sampled_from(["du-kien-1", "du-kien-2"])),
                units=draw(st.lists(st.sampled_from(["van-phong-so", "phong-dkkd"]), min_size=1, unique=True)),
            )
            for entry_id in ids
        )
    )


@given(ledgers().filter(lambda read: read.lines))
def test_a_release_that_is_the_last_one_again_does_nothing(read: ledger.Ledger) -> None:
    found = compare(read, read, NOW)
    assert (found.rows, found.problems) == ((), ())
    assert before_release.as_text(found).endswith("Kết quả: hai sổ không khác gì nhau.")


@given(ledgers(), ledgers())
def test_every_difference_is_told_once_and_only_a_lost_one_is_lost(old: ledger.Ledger, new: ledger.Ledger) -> None:
    found = compare(old, new, NOW)
    before, after = ({line.id: line for line in book.lines} for book in (old, new))
    told = [row.line.id for row in found.rows if row.group is not Group.TOUCHED]
    assert sorted(told) == sorted(i for i in before.keys() | after.keys() if before.get(i) != after.get(i))
    assert {row.line.id for row in found.rows if row.group is Group.LOST} == before.keys() - after.keys()
    assert codes(found).count("ma-mat") == len(before.keys() - after.keys())
    for write in before_release.FORMATS.values():
        assert write(found) == write(compare(old, new, NOW))


def test_an_entry_that_is_new_is_listed() -> None:
    found = compare(book(entry()), book(entry(), entry("vi-du-b", published="2026-11-20T00:00:00+07:00")), NOW)
    assert rows(found) == [("Thêm", "vi-du-b")]
    assert not found.has_errors


@pytest.mark.parametrize(
    ("keys", "group", "told"),
    [
        ({"title": "Ví dụ: tiêu đề khác"}, "Sửa", "tiêu đề «Ví dụ: tin vi-du-a» → «Ví dụ: tiêu đề khác»"),
        ({"sha256": "khac"}, "Sửa", "nội dung"),
        ({"facts": "khac"}, "Sửa", "dữ kiện (số, ngày, cơ quan, loại, trích yếu, quan hệ, tệp)"),
        ({"giai_doan": "thuc-thi"}, "Sửa", "giai đoạn «pho-bien» → «thuc-thi»"),
        ({}, "Sửa", "thời điểm cập nhật"),
        ({"status": "withdrawn", "sha256": "khac"}, "Gỡ", "van-phong-so; cập nhật 08:00 20/11/2026"),
    ],
)
def test_what_changed_in_an_entry_is_told(keys: dict[str, Any], group: str, told: str) -> None:
    found = changed(**keys, **LATER)
    assert [(row.group.value, row.detail) for row in found.rows] == [(group, told)]
    assert not found.problems


def test_an_entry_that_was_removed_and_stands_again_is_put_back() -> None:
    found = compare(book(entry(status="withdrawn")), book(entry(**LATER)), NOW)
    assert rows(found) == [("Đăng lại", "vi-du-a")]
    assert not found.problems


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_an_id_that_was_public_and_is_gone_is_an_error_also_after_its_removal(status: str) -> None:
    found = compare(book(entry(status=status), entry("vi-du-b")), book(entry("vi-du-b")), NOW)
    assert rows(found) == [("Mất", "vi-du-a")]
    assert codes(found) == ["ma-mat"]
    assert found.has_errors


def test_a_renamed_entry_is_told_its_old_id() -> None:
    found = compare(book(entry()), book(entry("vi-du-moi", facts=entry()["facts"], **LATER)), NOW)
    assert "trả lại mã cũ: ma: vi-du-a" in found.problems[0].words.fix


def test_a_guid_that_changed_is_an_error() -> None:
    found = changed(guid="urn:uuid:khac")
    assert codes(found) == ["guid-doi"]
    assert found.has_errors


def test_a_changed_namespace_is_one_mistake_and_one_message() -> None:
    old = book(entry(), entry("vi-du-b"), entry("vi-du-c"))
    new = book(*(entry(i, guid=f"urn:uuid:khac-{i}") for i in ("vi-du-a", "vi-du-b", "vi-du-c")))
    (problem,) = compare(old, new, NOW).problems
    assert (problem.code, "cả 3 tin" in problem.words.what) == ("guid-doi", True)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, []), (MOST_DAYS_BACK, []), (MOST_DAYS_BACK + 1, ["ngay-dang-lui"]), (400, ["ngay-dang-lui"])],
)
def test_a_new_entry_may_be_dated_at_most_seven_days_back(days: int, expected: list[str]) -> None:
    day = (NOW - timedelta(days=days)).replace(hour=0)
    new = entry("vi-du-b", published=rfc3339(day), updated=rfc3339(day))
    found = compare(book(entry()), book(entry(), new), NOW)
    assert codes(found) == expected
    assert found.has_errors == bool(expected)


def test_the_day_of_a_new_entry_is_that_of_vietnam() -> None:
    # 17:00 UTC on the 15th is already the 16th, seven days before the 23rd.
    new = entry("vi-du-b", published="2026-11-15T17:00:00+00:00")
    assert codes(compare(book(entry()), book(entry(), new), NOW)) == []


def test_the_first_release_may_hold_old_entries_and_says_that_it_is_the_first() -> None:
    new = book(entry(published="2020-01-01T00:00:00+07:00"))
    found = compare(book(), new, NOW)
    assert (rows(found), codes(found)) == ([("Thêm", "vi-du-a")], [])
    assert before_release.as_text(found).startswith("Lần đăng đầu: ")


def test_an_address_that_changed_is_an_error_where_no_site_shows_a_redirect() -> None:
    found = changed(url="tin/vi-du-a/", **LATER)
    assert codes(found) == ["dia-chi-mat"]
    assert "--trang" in found.problems[0].words.fix


def test_facts_that_changed_while_the_entry_did_not_say_so_are_an_error() -> None:
    assert codes(changed(facts="khac")) == ["du-kien-doi-khong-ghi"]
    assert codes(changed(facts="khac", updated="2026-11-09T08:00:00+07:00")) == ["du-kien-doi-khong-ghi"]
    assert codes(changed(facts="khac", **LATER)) == []
    assert codes(changed(facts="khac", status="withdrawn")) == ["du-kien-doi-khong-ghi"]


@pytest.mark.parametrize("keys", [{"status": "withdrawn"}, {"title": "Ví dụ: khác"}])
def test_a_change_that_no_feed_announces_is_a_note(keys: dict[str, Any]) -> None:
    found = changed(**keys)
    assert (codes(found), found.has_errors) == (["doi-khong-bao"], False)
    assert codes(changed(**keys, **LATER)) == []


def test_units_gained_and_lost_and_shared_entries_are_told() -> None:
    found = changed(units=["phong-dkkd"], **LATER)
    touched = [row.detail for row in found.rows if row.group is Group.TOUCHED]
    assert touched == ["thêm đơn vị phụ trách: phong-dkkd", "bớt đơn vị phụ trách: van-phong-so"]
    both = entry("vi-du-b", units=["van-phong-so", "phong-dkkd"], published=LATER["updated"])
    found = compare(book(entry()), book(entry(), both), NOW)
    assert rows(found) == [("Thêm", "vi-du-b"), ("Chạm đơn vị khác", "vi-du-b")]
    assert not found.has_errors


# With the site beside the ledger


def write_entry(root: Path, entry_id: str, **keys: Any) -> None:
    """A plain entry with a title of its own: equal ones are told apart by their order (DESIGN §5)."""
    write_any_entry(root, entry_id, **{"tieu_de": f"Ví dụ: tin {entry_id}"} | keys)


def build(root: Path, site: Path, now: datetime = NOW) -> Path:
    """Write the package's part of a site; the result is its ledger."""
    made = Site(load(root, now), config(), templates(), lambda _: HEAD_MARK + CONTENT_MARK)
    release.write(made.files(), site)
    return site / ledger.PLACE


def compare_sites(old: Path, new: Path, now: datetime = NOW) -> Comparison:
    found = ledger.beside(new)
    assert found is not None
    return compare(ledger.read(old), ledger.read(new), now, found, vocabularies().relations)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The ledger of a last release: three made-up entries of two units."""
    root = tmp_path / "du-an"
    write_entry(root, "vi-du-a", so_ky_hieu="11/SKHĐT-VP")
    write_entry(root, "vi-du-b", so_ky_hieu="12/SKHĐT-VP")
    write_entry(root, "vi-du-c", unit="phong-dkkd", so_ky_hieu="13/SKHĐT-ĐKKD", don_vi_chu_tri="phong-dkkd")
    return build(root, tmp_path / "cu", LAST_RELEASE)


@pytest.fixture
def root(first: Path, tmp_path: Path) -> Path:
    """The project whose last release `first` is."""
    return tmp_path / "du-an"


def line_of_log(day: str, kind: str = "dinh-chinh") -> list[dict[str, str]]:
    return [{"ngay": day, "loai": kind, "noi_dung": "Ví dụ: sửa ngày"}]


def test_two_builds_of_the_same_entries_are_the_same_release(first: Path, root: Path, tmp_path: Path) -> None:
    assert compare_sites(first, build(root, tmp_path / "moi")).rows == ()


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        (None, ["du-kien-doi-khong-ghi"]),
        (line_of_log("20/11/2026"), []),
        (line_of_log("5/6/2023"), []),  # on the day of publication: a minute later (DESIGN §5)
        (line_of_log("30/11/2026"), ["du-kien-doi-khong-ghi"]),  # still to come
    ],
)
def test_changed_facts_need_a_line_of_the_public_log(
    log: list[dict[str, str]] | None, expected: list[str], first: Path, root: Path, tmp_path: Path
) -> None:
    write_entry(root, "vi-du-a", so_ky_hieu="11/SKHĐT-VP", ngay_ban_hanh="29/5/2023", thay_doi=log)
    assert codes(compare_sites(first, build(root, tmp_path / "moi"))) == expected


def test_a_moved_update_without_a_line_does_not_pass_for_one(first: Path, root: Path, tmp_path: Path) -> None:
    keys = {"so_ky_hieu": "11/SKHĐT-VP", "loai": "ke-hoach", "ngay_hieu_luc": "20/11/2026"}
    write_entry(root, "vi-du-a", **keys)
    new = build(root, tmp_path / "moi")
    old, moved = (next(line for line in ledger.read(p).lines if line.id == "vi-du-a") for p in (first, new))
    assert moved.updated > old.updated
    assert codes(compare_sites(first, new)) == ["du-kien-doi-khong-ghi"]
    (problem,) = compare_sites(first, new).problems
    assert "không có dòng thay_doi nào từ ngày 5/6/2023" in problem.words.what


def test_a_removal_needs_no_other_line_and_keeps_its_page(first: Path, root: Path, tmp_path: Path) -> None:
    for mode in ("giu-trang", "xoa-noi-dung"):
        removal = {"ngay": "20/11/2026", "ly_do": "Ví dụ: đăng nhầm", "che_do": mode}
        write_entry(root, "vi-du-a", so_ky_hieu="11/SKHĐT-VP", trang_thai="da-go", go_tin=removal)
        found = compare_sites(first, build(root, tmp_path / mode))
        assert (rows(found), codes(found)) == ([("Gỡ", "vi-du-a")], [])


def test_an_entry_that_went_back_to_a_working_copy_is_lost(first: Path, root: Path, tmp_path: Path) -> None:
    write_entry(root, "vi-du-a", so_ky_hieu="11/SKHĐT-VP", trang_thai="ban-nhap")
    assert codes(compare_sites(first, build(root, tmp_path / "moi"))) == ["ma-mat"]


def moved_away(first: Path) -> None:
    """Let the last release have had `vi-du-a` at another address."""
    told = json.loads(first.read_text(encoding="utf-8"))
    told["entries"][0]["url"] = "tin/vi-du-a/"
    first.write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.parametrize(
    ("former", "expected"), [(None, ["dia-chi-mat"]), (["tin/vi-du-a"], []), (["tin/khac"], ["dia-chi-mat"])]
)
def test_an_address_that_moved_needs_a_redirect_page(
    former: list[str] | None, expected: list[str], first: Path, root: Path, tmp_path: Path
) -> None:
    moved_away(first)
    write_entry(root, "vi-du-a", so_ky_hieu="11/SKHĐT-VP", dia_chi_cu=former)
    assert codes(compare_sites(first, build(root, tmp_path / "moi"))) == expected


def test_an_address_that_leads_to_another_entry_is_dead_and_touches_its_unit(
    first: Path, root: Path, tmp_path: Path
) -> None:
    moved_away(first)
    write_entry(
        root,
        "vi-du-d",
        unit="phong-dkkd",
        so_ky_hieu="14/SKHĐT-ĐKKD",
        ngay_dang="20/11/2026",
        dia_chi_cu=["tin/vi-du-a"],
    )
    found = compare_sites(first, build(root, tmp_path / "moi"))
    assert codes(found) == ["dia-chi-mat"]
    assert ("Chạm đơn vị khác", "vi-du-a") in rows(found)


def test_a_page_that_is_missing_is_a_dead_address(first: Path, root: Path, tmp_path: Path) -> None:
    new = build(root, tmp_path / "moi")
    (tmp_path / "moi" / "chinh-sach" / "vi-du-b" / "index.html").unlink()
    assert codes(compare_sites(first, new)) == ["dia-chi-mat"]


@pytest.mark.parametrize("target", ["vi-du-c", "13/SKHĐT-ĐKKD"])
@pytest.mark.parametrize(("kind", "touches"), [("bai-bo", True), ("can-cu", False)])
def test_an_entry_whose_effect_another_unit_changes_is_told(
    kind: str, touches: bool, target: str, first: Path, root: Path, tmp_path: Path
) -> None:
    relation = {"loai": kind, "den": target, "pham_vi": "toan-bo"}
    write_entry(root, "vi-du-d", so_ky_hieu="14/SKHĐT-VP", ngay_dang="20/11/2026", quan_he=[relation])
    found = compare_sites(first, build(root, tmp_path / "moi"))
    touched = [(row.line.id, row.detail) for row in found.rows if row.group is Group.TOUCHED]
    told = ("vi-du-c", "hiệu lực tính theo tin vi-du-d (van-phong-so): bị bãi bỏ bởi")
    assert touched == ([told] if touches else [])


def test_what_an_entry_does_to_its_own_unit_touches_nobody(first: Path, root: Path, tmp_path: Path) -> None:
    relation = {"loai": "bai-bo", "den": "vi-du-a", "pham_vi": "toan-bo"}
    write_entry(root, "vi-du-d", so_ky_hieu="14/SKHĐT-VP", ngay_dang="20/11/2026", quan_he=[relation])
    found = compare_sites(first, build(root, tmp_path / "moi"))
    assert [row for row in found.rows if row.group is Group.TOUCHED] == []


@pytest.mark.parametrize("content", [b"{}", None])
def test_a_site_that_is_not_the_one_of_its_ledger_is_refused(
    content: bytes | None, first: Path, root: Path, tmp_path: Path
) -> None:
    write_entry(root, "vi-du-d", so_ky_hieu="14/SKHĐT-VP", ngay_dang="20/11/2026")
    new = build(root, tmp_path / "moi")
    data = tmp_path / "moi" / "du-lieu" / "chinh-sach" / "vi-du-d.json"
    data.unlink()
    if content is not None:
        data.write_bytes(content)
    with pytest.raises(ledger.LedgerError, match=r"vi-du-d\.json"):
        compare_sites(first, new)


@given(_JSON)
def test_data_of_an_unknown_shape_is_read_without_a_fault(value: object) -> None:
    told = dict.fromkeys(("so_ky_hieu", "don_vi", "thay_doi", "quan_he", "dia_chi_cu"), value)
    told |= {"quan_he": [value, {"loai": value}], "thay_doi": [{"ngay": value}]}
    assert ledger.entry_data(json.loads(json.dumps(told))).changes == ()


def test_an_entry_whose_title_another_one_gave_back_is_noted(first: Path, root: Path, tmp_path: Path) -> None:
    write_entry(root, "vi-du-b", so_ky_hieu="12/SKHĐT-VP", tieu_de="Ví dụ: tin vi-du-a")
    found = compare_sites(first, build(root, tmp_path / "moi"))
    assert (codes(found), found.has_errors) == (["doi-khong-bao"], False)
    assert "tiêu đề của tin «vi-du-b»" in found.problems[0].words.what


# The report


def many() -> Comparison:
    """A release that does everything at once."""
    old = book(
        entry(),
        entry("vi-du-b"),
        entry("vi-du-c", status="withdrawn"),
        entry("vi-du-d"),
        entry("vi-du-e"),
        entry("vi-du-g"),
        name="cu/so-cong-khai.json",
    )
    new = book(
        entry(title="Ví dụ: tiêu đề mới", facts="khac"),
        entry("vi-du-b", status="withdrawn", **LATER),
        entry("vi-du-c", **LATER),
        entry("vi-du-e", guid="urn:uuid:khac", url="tin/vi-du-e/", **LATER),
        entry("vi-du-g", status="withdrawn"),
        entry("vi-du-h", published="2026-11-01T00:00:00+07:00", units=["phong-dkkd", "van-phong-so"]),
        name="moi/so-cong-khai.json",
    )
    return compare(
        old, new, NOW, due=[Due("vi-du-h", NOW), Due("vi-du-k", NOW), Due("vi-du-m", NOW + timedelta(hours=1))]
    )


@pytest.mark.parametrize("form", sorted(before_release.FORMATS))
def test_the_report_is_the_expected_one(form: str, request: pytest.FixtureRequest) -> None:
    report = before_release.FORMATS[form](many()) + "\n"
    expected = GOLDEN / f"{form}.txt"
    if request.config.getoption("--ghi-lai"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        expected.write_text(report, encoding="utf-8", newline="\n")
    assert report == expected.read_text(encoding="utf-8")


def test_the_report_has_every_group_and_every_code() -> None:
    found = many()
    assert {row.group for row in found.rows} == set(Group)
    assert set(codes(found)) == set(RULES)


@pytest.mark.parametrize("code", RULES)
def test_every_code_says_what_why_and_how(code: str) -> None:
    rule = RULES[code]
    assert rule.sample is not None
    for sentence in (*rule.explain(rule.sample), rule.title, rule.bad, rule.good):
        assert sentence == sentence.strip() != ""
        assert "\n" not in sentence


def test_a_line_of_json_is_an_object_and_a_line_for_github_an_annotation() -> None:
    told = [json.loads(line) for line in before_release.as_json(many()).splitlines()]
    assert all(set(one) >= ({"ma_loi", "muc_do"} if "ma_loi" in one else {"nhom", "ma"}) for one in told)
    lines = before_release.as_github(many()).splitlines()
    assert all(line.startswith(("::error ", "::notice ")) for line in lines)


# The command


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Calls the command in a folder outside any project; the result is exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))

    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(("truoc-khi-dang", *arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def save(path: Path, *entries: dict[str, Any]) -> str:
    path.write_text(json.dumps({"entries": entries}, ensure_ascii=False), encoding="utf-8")
    return path.name


def test_the_exit_code_tells_whether_the_release_may_go_out(run: Run, tmp_path: Path) -> None:
    old = save(tmp_path / "cu.json", entry(), entry("vi-du-b"))
    assert run(old, old)[0] == cli.WELL
    code, out, err = run(old, save(tmp_path / "mat.json", entry()))
    assert (code, err) == (cli.PROBLEMS, "")
    assert "lỗi[ma-mat]" in out
    code, out, _ = run(old, save(tmp_path / "luu-y.json", entry(title="Ví dụ: khác"), entry("vi-du-b")))
    assert code == cli.WELL
    assert "lưu ý[doi-khong-bao]" in out


def test_a_report_of_nothing_is_empty_where_programs_read_it(run: Run, tmp_path: Path) -> None:
    old = save(tmp_path / "cu.json", entry())
    assert run(old, old, "--dinh-dang", "json") == (cli.WELL, "", "")
    assert run(old, old, "--dinh-dang", "github") == (cli.WELL, "", "")


def test_a_call_that_cannot_be_carried_out_says_how_to_call(run: Run, tmp_path: Path) -> None:
    good = save(tmp_path / "so.json", entry())
    (tmp_path / "hong.json").write_bytes(b"{")
    for arguments, said in (
        (("khong-co.json", good), "không có tệp «khong-co.json»; chưa đăng lần nào thì gọi"),
        ((good, "khong-co.json"), "mkdocs build"),
        ((good,), "--lan-dau <sổ mới>"),
        (("--lan-dau", good, good), "cần <sổ cũ> <sổ mới>"),
        (("hong.json", good), "JSON hỏng ở dòng 1"),
        ((good, "."), "đây là thư mục"),
        ((good, good, "--trang", "."), "không phải trang đã dựng"),
    ):
        code, out, err = run(*arguments)
        assert (code, out) == (cli.WRONG_CALL, "")
        assert said in err


def test_the_first_release_is_asked_for_by_name(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("--lan-dau", save(tmp_path / "so.json", entry(published="2020-01-01T00:00:00+07:00")))
    assert code == cli.WELL
    assert out.startswith("Lần đăng đầu: ")


def test_the_site_is_the_ledgers_own_place_or_the_named_folder(
    run: Run, first: Path, root: Path, tmp_path: Path
) -> None:
    moved_away(first)
    write_entry(root, "vi-du-a", so_ky_hieu="11/SKHĐT-VP", dia_chi_cu=["tin/vi-du-a"])
    new = build(root, tmp_path / "moi")
    assert run(str(first), str(new))[0] == cli.WELL
    shutil.copyfile(new, tmp_path / "so-le.json")
    assert run(str(first), "so-le.json")[0] == cli.PROBLEMS
    assert run(str(first), "so-le.json", "--trang", "moi")[0] == cli.WELL


def test_an_entry_whose_time_has_come_is_missed_in_the_projects_own_site_only(
    run: Run, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_entry(root, "vi-du-hen", so_ky_hieu="77/SKHĐT-VP", ngay_dang=f"{NOW:%d/%m/%Y %H:%M}")
    write_entry(root, "vi-du-mai", so_ky_hieu="78/SKHĐT-VP", ngay_dang=f"{NOW + timedelta(minutes=1):%d/%m/%Y %H:%M}")
    shutil.copytree(ROOT / vocabulary.FOLDER, root / vocabulary.FOLDER, dirs_exist_ok=True)
    (root / "mkdocs.yml").touch()
    listed = [entry(e.id) for e in load(root, NOW - timedelta(minutes=1)).released()]
    outside = save(tmp_path / "so.json", *listed)
    (root / "site").mkdir()
    own = root / "site" / save(root / "site" / "so.json", *listed)
    outside_path = str(tmp_path / outside)
    monkeypatch.chdir(root)
    code, out, _ = run(str(own), str(own), "--dinh-dang", "json")
    assert code == cli.WELL
    assert [(json.loads(line)["ma_loi"], "vi-du-hen" in line) for line in out.splitlines()] == [
        ("hen-gio-qua-han", True)
    ]
    assert run(outside_path, outside_path, "--dinh-dang", "json")[1] == ""


# CI


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up project with the script of CI."""
    folder = lay_out(tmp_path_factory.mktemp("truoc-khi-dang"))
    (folder / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "truoc-khi-dang", folder / ".ci" / "truoc-khi-dang")
    return folder


def call_script(checkout: Path, **more: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {
        key: value for key, value in environment(NOW, "https://vi-du.example/").items() if not key.startswith("GITHUB_")
    }
    done = subprocess.run(
        [checkout / ".ci" / "truoc-khi-dang"],
        cwd=checkout,
        env={**kept, "PATH": path, **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert list(checkout.glob(".site-*")) == []
    return done


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder and the address at which it is served."""
    folder = tmp_path_factory.mktemp("may-chu")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.dung_trang
def test_the_script_says_plainly_that_there_is_no_last_release(checkout: Path) -> None:
    done = call_script(checkout)
    assert done.returncode == cli.WELL, done.stderr
    assert "biến CHINHSACH_SO_CU trống" in done.stdout
    assert "Lần đăng đầu: " in done.stdout


@pytest.mark.dung_trang
def test_the_script_compares_with_a_ledger_at_a_path_or_an_address(
    checkout: Path, served: tuple[Path, str], tmp_path: Path
) -> None:
    folder, address = served
    save(folder / "so.json", entry("vi-du-da-mat"))
    summary = tmp_path / "tom-tat.md"
    done = call_script(checkout, CHINHSACH_SO_CU=str(folder / "so.json"))
    assert done.returncode == cli.PROBLEMS
    assert "lỗi[ma-mat]" in done.stdout
    done = call_script(
        checkout, CHINHSACH_SO_CU=f"{address}/so.json", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary)
    )
    assert done.returncode == cli.PROBLEMS
    assert "title=ma-mat::" in done.stdout
    assert "lỗi[ma-mat]" in summary.read_text(encoding="utf-8")


def test_a_ledger_that_cannot_be_fetched_is_no_first_release(checkout: Path, served: tuple[Path, str]) -> None:
    done = call_script(checkout, CHINHSACH_SO_CU=f"{served[1]}/khong-co.json")
    assert done.returncode == cli.WRONG_CALL
    assert "không tải được sổ của lần đăng trước" in done.stderr
    assert "Lần đăng đầu" not in done.stdout


@pytest.mark.dung_trang
def test_the_script_leaves_the_comment_of_a_request_whether_the_site_builds_or_not(
    checkout: Path, tmp_path: Path
) -> None:
    comment, changed = tmp_path / "nhan-xet.md", tmp_path / "tep-doi.txt"
    wrong = checkout / "policies" / "van-phong-so" / "2026" / "vi-du-hong-zqx.md"
    changed.write_text("policies/van-phong-so/2026/vi-du-hong-zqx.md\n", encoding="utf-8")
    asked = {"CHINHSACH_NHAN_XET": str(comment), "CHINHSACH_TEP_DOI": str(changed)}
    assert call_script(checkout, **asked).returncode == cli.WELL
    assert "Không có tin nào được thêm hay sửa." in comment.read_text("utf-8")
    wrong.write_text("---\ntieu_de: Ví dụ\n---\n", encoding="utf-8")
    try:
        assert call_script(checkout, **asked).returncode == cli.PROBLEMS
    finally:
        wrong.unlink()
    text = comment.read_text("utf-8")
    assert "Chưa nhận được" in text
    assert "`policies/van-phong-so/2026/vi-du-hong-zqx.md` dòng" in text
    assert "Trang chưa dựng được" in text
