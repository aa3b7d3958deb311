"""What `/kiem-tra-tin/` reads: clues however they are spelled, files that do not grow, no word of what was erased."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support import config, load, templates, vocabularies, write_entry

from chinhsach.outputs import lookup
from chinhsach.release_keys import ReleaseKey
from chinhsach.signing import SecretKey


def test_a_number_has_one_key_however_it_is_spelled() -> None:
    spellings = ("07/CT-TTg", "7/CT-TTg", "07/ct-ttg", "07 CT TTG", "Số: 07/CT - TTg".removeprefix("Số: "), "07-CT/TTg")
    assert {lookup.number_key(s) for s in spellings} == {"7ctttg"}
    assert lookup.number_key("643/UBND-KGVX") != lookup.number_key("643/UBND")
    assert lookup.number_key("1/2017/QH14") != lookup.number_key("12017/QH14") != lookup.number_key("12/017/QH14")
    assert lookup.number_key("407/QĐ-TTg") == lookup.number_key("407/qđ-ttg") == lookup.number_key("407QDTTG")


def test_an_address_has_one_key_with_and_without_what_messengers_add() -> None:
    plain = lookup.address_key("https://vanban.vi-du.example/van-ban?docid=12&x=1")
    assert plain == lookup.address_key(
        "http://www.vanban.vi-du.example/van-ban/?x=1&utm_source=zalo&docid=12&fbclid=Ab#a"
    )
    assert plain != lookup.address_key("https://vanban.vi-du.example/van-ban?docid=13&x=1")


def test_a_short_line_is_nobody_s_headline() -> None:
    assert lookup.headline_key("Thông báo") == ""
    assert lookup.headline_key("Ví dụ: thông báo về hội nghị") == "vi du thong bao ve hoi nghi"


@pytest.mark.parametrize(("entries", "count"), [(0, 1), (64, 1), (65, 2), (1000, 16), (100_000, 2048)])
def test_files_are_as_many_as_the_entries_need(entries: int, count: int) -> None:
    assert lookup.file_count(entries) == count


def read(root: Path) -> tuple[dict[str, list[str]], dict[str, dict[str, object]], list[int]]:
    """All clues, all records, and the sizes of the files."""
    clues: dict[str, list[str]] = {}
    told: dict[str, dict[str, object]] = {}
    sizes = []
    for path, content in lookup.files(load(root)):
        sizes.append(len(content))
        (clues if "/khoa-" in path else told).update(json.loads(content))
    return clues, told, sizes


def test_an_entry_is_found_by_number_headline_subject_source_and_former_address(tmp_path: Path) -> None:
    write_entry(tmp_path, dia_chi_cu=["cu/12.html"])
    clues, told, _ = read(tmp_path)
    assert set(clues) == {
        "s12skhdtvp", "tvi du lich truc cua mot phong", "tlich truc cua mot phong", "uexample.org/van-ban/12",
        "dcu/12.html",
    }  # fmt: skip
    assert set(map(tuple, clues.values())) == {("vi-du",)}
    assert told["vi-du"]["dang"] == "2023-06-05"
    assert str(told["vi-du"]["vb"]).startswith("Công văn số 12/SKHĐT-VP ngày 30/5/2023")


def test_two_documents_of_one_number_are_both_found_newest_first(tmp_path: Path) -> None:
    write_entry(tmp_path, "cu", ngay_dang="5/6/2022", ngay_ban_hanh="30/5/2022")
    write_entry(tmp_path, "moi")
    assert read(tmp_path)[0]["s12skhdtvp"] == ["moi", "cu"]


def test_a_removed_entry_says_so_and_an_erased_one_leaves_no_word(tmp_path: Path) -> None:
    removed = {"trang_thai": "da-go", "dia_chi_cu": ["cu/12"]}
    write_entry(tmp_path, "go", **removed, go_tin={"ngay": "1/7/2023", "ly_do": "Ví dụ: đăng nhầm."})
    clues, told, _ = read(tmp_path)
    assert clues["s12skhdtvp"] == ["go"]
    assert (told["go"]["go"], told["go"]["ly"], "hl" in told["go"]) == ("2023-07-01", "ví dụ: đăng nhầm", False)
    erased = {"ngay": "1/7/2023", "ly_do": "Ví dụ", "che_do": "xoa-noi-dung"}
    write_entry(tmp_path, "go", **removed, go_tin=erased)
    clues, told, _ = read(tmp_path)
    assert clues == {"dcu/12": ["go"]}
    assert told == {"go": {"td": "Tin đã gỡ", "go": "2023-07-01"}}


def test_what_is_not_public_is_not_found(tmp_path: Path) -> None:
    write_entry(tmp_path, "nhap", trang_thai="ban-nhap")
    write_entry(tmp_path, "hen", ngay_dang="1/1/2030", so_ky_hieu="13/SKHĐT-VP")
    assert read(tmp_path)[:2] == ({}, {})


def test_a_file_does_not_grow_with_the_site(tmp_path: Path) -> None:
    for number in range(1, 400):
        title = f"Ví dụ: lịch trực thứ {number} của một phòng"
        write_entry(tmp_path, f"vi-du-{number}", so_ky_hieu=f"{number}/SKHĐT-VP", tieu_de=title, trich_yeu=title)
    clues, told, sizes = read(tmp_path)
    assert len(told) == 399
    assert {f"s{number}skhdtvp" for number in range(1, 400)} <= set(clues)
    assert len(sizes) == 16
    assert max(sizes) < 40_000


def test_the_page_calls_an_address_official_only_where_the_site_is(tmp_path: Path) -> None:
    write_entry(tmp_path)
    for is_official in (False, True):
        view = lookup.page_view(load(tmp_path), replace(config(), is_official=is_official))
        assert ("data-chinh-thuc" in templates().render("kiem-tra-tin.html", view)) is is_official


def test_the_page_shows_each_key_with_its_days(tmp_path: Path) -> None:
    write_entry(tmp_path)
    public = SecretKey(b"vidukhoa", bytes(range(32))).public
    keys = (
        ReleaseKey("moi", public, date(2026, 12, 1)),
        ReleaseKey("cu", public, date(2026, 1, 1), date(2026, 11, 30), date(2026, 11, 20)),
    )
    whole = load(tmp_path, known=replace(vocabularies(), release_keys=keys))
    html = templates().render("kiem-tra-tin.html", lookup.page_view(whole, config()))
    assert html.count(public.text) == 2
    assert "đã thu hồi ngày" in html
    assert "chưa công bố khóa" not in html
    assert "chưa công bố khóa" in templates().render("kiem-tra-tin.html", lookup.page_view(load(tmp_path), config()))
