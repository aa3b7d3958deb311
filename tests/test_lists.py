"""List pages: which entries stand in which list, in what order, and how a long list is paged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from support import DRAFT, PLAIN, config, load, templates, vocabularies, write_entry

from chinhsach.outputs.items import make_items
from chinhsach.outputs.lists import Lists, Page, initial, page_path, paging
from chinhsach.outputs.view import GOC


def lists(root: Path) -> Lists:
    catalogue = load(root)
    items = make_items(catalogue, config())
    return Lists(catalogue, config(), templates(), items[0].updated if items else catalogue.now)


def by_path(root: Path) -> dict[str, Page]:
    pages = list(lists(root).pages())
    found = {page.path: page for page in pages}
    assert len(found) == len(pages)
    return found


def listed(rows: Iterable[Any]) -> list[str]:
    """The ids of rendered rows."""
    return re.findall(r'data-muc="([^"]+)"', "".join(map(str, rows)))


def shape(number: int, total: int) -> str:
    """The numbers of a paging line: the current one in brackets, a gap as …"""
    view = paging("loai/luat/", number, total)
    assert view is not None
    return " ".join(f"[{n['chu']}]" if n["hien_tai"] else n["chu"] for n in view["so"])


@pytest.mark.parametrize(
    ("number", "total", "expected"),
    [
        (1, 2, "[1] 2"),
        (7, 7, "1 2 3 4 5 6 [7]"),
        (1, 8, "[1] 2 3 … 8"),
        (2, 8, "1 [2] 3 4 … 8"),
        (4, 8, "1 2 3 [4] 5 6 … 8"),
        (5, 8, "1 … 3 4 [5] 6 7 8"),
        (8, 8, "1 … 6 7 [8]"),
        (50, 100, "1 … 48 49 [50] 51 52 … 100"),
    ],
)
def test_paging_shows_first_last_and_two_around(number: int, total: int, expected: str) -> None:
    assert shape(number, total) == expected


def test_paging_leads_to_its_neighbours() -> None:
    assert paging("chinh-sach/", 1, 1) is None
    first, middle, last = (paging("chinh-sach/", n, 3) for n in (1, 2, 3))
    assert first is not None
    assert middle is not None
    assert last is not None
    assert (first["truoc"], first["sau"]) == (None, GOC + "chinh-sach/trang-2/")
    assert (middle["truoc"], middle["sau"]) == (GOC + "chinh-sach/", GOC + "chinh-sach/trang-3/")
    assert (last["truoc"], last["sau"]) == (GOC + "chinh-sach/trang-2/", None)
    assert [n["href"] for n in middle["so"]] == [GOC + page_path("chinh-sach/", n) for n in (1, 2, 3)]
    assert middle["nay"] == "Trang 2 / 3"


@pytest.mark.parametrize("total", range(2, 30))
def test_every_page_of_any_list_can_be_reached(total: int) -> None:
    reached = {1}
    while True:
        views = [paging("x/", n, total) for n in reached]
        hrefs = {n["href"] for view in views if view for n in view["so"]}
        more = reached | {n for n in range(1, total + 1) if GOC + page_path("x/", n) in hrefs}
        if more == reached:
            break
        reached = more
    assert reached == set(range(1, total + 1))


@pytest.mark.parametrize(("count", "pages"), [(0, [0]), (1, [1]), (20, [20]), (21, [20, 1]), (41, [20, 20, 1])])
def test_a_list_has_20_entries_a_page_each_once_in_order(count: int, pages: list[int], tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    for number in range(count):
        write_entry(
            tmp_path, f"tin-{number:02}", ngay_dang=f"{1 + number % 20}/6/2023", tieu_de=f"Ví dụ: tin số {number}"
        )
    found = by_path(tmp_path)
    for base in ("chinh-sach/", "don-vi/van-phong-so/", "linh-vuc/truyen-thong-chinh-sach/", "doi-tuong/cong-chuc/"):
        shown = [listed(g["dong"] for g in found[page_path(base, n)].view["nhom"]) for n in range(1, len(pages) + 1)]
        assert [len(ids) for ids in shown] == pages
        assert [i for ids in shown for i in ids] == [e.id for e in load(tmp_path).listed()]
        assert page_path(base, len(pages) + 1) not in found
        assert found[base].view["so_muc"] == f"{count} mục"


def test_entries_stand_in_every_list_they_belong_to(tmp_path: Path) -> None:
    write_entry(tmp_path, "tin-a", unit="so-khdt", linh_vuc=["dau-thau", "dau-tu-cong"], doi_tuong="tat-ca")
    write_entry(
        tmp_path,
        "tin-b",
        co_quan_ban_hanh=["Bộ Tài chính", "Bộ Ví Dụ"],
        ngay_ban_hanh="1/2/2020",
        don_vi_phoi_hop="tat-ca",
    )
    write_entry(tmp_path, "tin-c", **DRAFT)
    write_entry(tmp_path, "tin-go", trang_thai="da-go", go_tin={"ngay": "6/6/2023", "ly_do": "Ví dụ"})
    write_entry(tmp_path, "tin-nhap", trang_thai="ban-nhap")
    write_entry(tmp_path, "tin-hen", ngay_dang="1/1/2030")
    groups = {path: sorted(e.id for e in group.entries) for path, group in lists(tmp_path).groups.items()}
    assert {path: ids for path, ids in groups.items() if ids and not path.startswith("doi-tuong/")} == {
        "chinh-sach/": ["tin-a", "tin-b", "tin-c"],
        "don-vi/so-khdt/": ["tin-a"],
        "don-vi/so-tai-chinh/": ["tin-a"],
        "don-vi/van-phong-so/": ["tin-b", "tin-c"],
        "linh-vuc/dau-thau/": ["tin-a"],
        "linh-vuc/dau-tu-cong/": ["tin-a"],
        "linh-vuc/truyen-thong-chinh-sach/": ["tin-b", "tin-c"],
        "loai/cong-van/": ["tin-a", "tin-b", "tin-c"],
        "co-quan/so-khdt-lang-son/": ["tin-a", "tin-c"],
        "co-quan/bo-tai-chinh/": ["tin-b"],
        "nam/2023/": ["tin-a", "tin-c"],
        "nam/2020/": ["tin-b"],
    }
    for audience in vocabularies().audiences:
        expected = ["tin-a", "tin-b", "tin-c"] if audience == "cong-chuc" else ["tin-a"]
        assert groups[f"doi-tuong/{audience}/"] == expected


def test_units_fields_and_audiences_have_their_lists_from_the_first_day(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    found = by_path(tmp_path)
    known = vocabularies()
    for kind, ids in (("don-vi", known.active_units), ("linh-vuc", known.fields), ("doi-tuong", known.audiences)):
        assert {p for p in found if re.fullmatch(rf"{kind}/[^/]+/", p)} == {f"{kind}/{i}/" for i in ids}
    assert {
        "",
        "chinh-sach/",
        "van-ban/",
        "thay-doi/",
        "gop-y/",
        "loai/",
        "co-quan/",
        "nam/",
        "don-vi/",
        "linh-vuc/",
        "doi-tuong/",
    } <= set(found)


def test_a_page_is_grouped_by_the_year_of_publication_and_counts_the_whole_year(tmp_path: Path) -> None:
    for number in range(25):
        write_entry(tmp_path, f"tin-{number:02}", ngay_dang="1/6/2024" if number < 22 else "1/6/2023")
    found = by_path(tmp_path)
    first, second = (found[page_path("chinh-sach/", n)].view["nhom"] for n in (1, 2))
    assert [(g["chu"], g["so_muc"], len(listed([g["dong"]]))) for g in first] == [("2024", "22 mục", 20)]
    assert [(g["chu"], g["so_muc"], len(listed([g["dong"]]))) for g in second] == [
        ("2024", "22 mục", 2),
        ("2023", "3 mục", 3),
    ]


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("Đầu tư", "Đ"), ("đầu tư", "Đ"), ("Dự án", "D"), ("Ưu đãi", "Ư"), ("Ủy ban", "U"), ("Ứng dụng", "Ư"),
        ("Ổn định", "Ô"), ("Ở đâu", "Ơ"), ("Ấn", "Â"), ("Ằng", "Ă"), ("Ế", "Ê"), ("“Hỏi đáp”", "H"), ("(mới) a", "M"),
        ("63 tỉnh", "0–9"), ("", "0–9"), ("«Ví dụ»", "V"),
    ],
)  # fmt: skip
def test_a_headline_stands_under_its_letter_of_the_alphabet(title: str, letter: str) -> None:
    assert initial(title) == letter


def test_documents_stand_by_number_and_by_letter_each_once(tmp_path: Path) -> None:
    for entry_id, number, title in (
        ("tin-a", "9/SKHĐT-VP", "Đấu thầu ví dụ"),
        ("tin-b", "10/SKHĐT-VP", "Dự án ví dụ"),
        ("tin-c", None, "Ưu đãi ví dụ"),
    ):
        write_entry(tmp_path, entry_id, so_ky_hieu=number, tieu_de=title)
    view = by_path(tmp_path)["van-ban/"].view
    numbered, lettered = view["phan"]
    assert view["so_muc"] == "3 văn bản"
    assert [(g["chu"], [d["ma"] for d in g["dong"]]) for g in numbered["nhom"]] == [
        ("Công văn", ["tin-c", "tin-a", "tin-b"])
    ]
    assert [(g["chu"], [d["ma"] for d in g["dong"]]) for g in lettered["nhom"]] == [
        ("D", ["tin-b"]), ("Đ", ["tin-a"]), ("Ư", ["tin-c"]),
    ]  # fmt: skip
    ids = [g["id"] for part in view["phan"] for g in part["nhom"]]
    assert len(ids) == len(set(ids))


def test_lists_of_lists_go_by_the_alphabet_with_counts(tmp_path: Path) -> None:
    write_entry(tmp_path)
    write_entry(tmp_path, "tin-cu", ngay_ban_hanh="1/2/2020")
    found = by_path(tmp_path)
    fields = found["linh-vuc/"].view["nhom"][0]["muc"]
    assert len(fields) == len(vocabularies().fields)
    assert {m["href"]: m["so"] for m in fields}[GOC + "linh-vuc/truyen-thong-chinh-sach/"] == "2"
    assert [m["chu"] for m in found["nam/"].view["nhom"][0]["muc"]] == ["Văn bản năm 2023", "Văn bản năm 2020"]
    units = {m["href"]: m["ghi_chu"] for m in found["don-vi/"].view["nhom"][0]["muc"]}
    assert units[GOC + "don-vi/so-khdt/"] == "nay là Sở Tài chính tỉnh Lạng Sơn"
    assert units[GOC + "don-vi/phong-dkkd/"] == "nay thuộc Sở Tài chính tỉnh Lạng Sơn, chưa xác nhận phòng kế tiếp"


def test_the_change_log_is_paged_and_an_erased_entry_says_nothing_in_it(tmp_path: Path) -> None:
    changes = [{"ngay": f"{day}/7/2023", "loai": "cap-nhat", "noi_dung": f"Ví dụ {day}"} for day in range(1, 22)]
    write_entry(tmp_path, thay_doi=changes)
    write_entry(
        tmp_path,
        "da-xoa",
        trang_thai="da-go",
        go_tin={"ngay": "1/8/2023", "ly_do": "bí mật", "che_do": "xoa-noi-dung"},
        thay_doi=[
            {"ngay": "30/6/2023", "loai": "dinh-chinh", "noi_dung": "bí mật", "truoc": "bí mật", "sau": "bí mật"}
        ],
    )
    found = by_path(tmp_path)
    lines = [line for n in (1, 2) for group in found[page_path("thay-doi/", n)].view["nhom"] for line in group["dong"]]
    assert [line["ma"] for line in lines] == ["da-xoa", *["vi-du"] * 21, "da-xoa"]
    assert found["thay-doi/"].view["nhom"][0]["so_muc"] == "23 thay đổi"
    assert "bí mật" not in str(lines)


def test_consultations_stand_by_their_last_day(tmp_path: Path) -> None:
    for entry_id, closes in (("sau", "30/7/2023"), ("truoc", "30/6/2023")):
        write_entry(tmp_path, entry_id, **{**DRAFT, "gop_y": DRAFT["gop_y"] | {"den": closes}})
    view = by_path(tmp_path)["gop-y/"].view
    assert (view["so_muc"], listed([view["dong"]])) == ("2 dự thảo", ["sau", "truoc"])


def test_a_title_with_markup_is_text_in_its_row(tmp_path: Path) -> None:
    write_entry(tmp_path, tieu_de="Ví dụ <script>alert(1)</script>", tom_tat=PLAIN["tom_tat"] + ' <b onclick="x">')
    row = lists(tmp_path).rows["vi-du"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in row
    assert not re.search(r"<script|<b ", row)
