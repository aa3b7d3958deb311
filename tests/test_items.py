"""What feeds and the ledger say of an entry (DESIGN §5): guid, title, text, window; no word of today."""

from __future__ import annotations

import html
import unicodedata
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import DRAFT, PLAIN, config, load, load_one, parse, vocabularies, write_entry

from chinhsach.dates import parse_moment
from chinhsach.outputs.data import entry_data
from chinhsach.outputs.items import Item, facts_hash, feed_guid, feed_text, guid_of, make_items, unique_titles, window
from chinhsach.outputs.words import citation, official_date

REMOVED = {"trang_thai": "da-go", "go_tin": {"ngay": "12/6/2023", "ly_do": "Bản ví dụ chưa đúng."}}
ERASED = {"trang_thai": "da-go", "go_tin": REMOVED["go_tin"] | {"che_do": "xoa-noi-dung"}}
FACTS = (
    "Công văn số 12/SKHĐT-VP ngày 30/5/2023 của Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn: Lịch trực của một phòng."
    " Đơn vị phụ trách tin: Văn phòng Sở. Nguồn: Sở ví dụ."
)


def item(root: Path, entry_id: str = "vi-du", now: str = "23/11/2026") -> Item:
    return next(i for i in make_items(load(root, parse_moment(now)), config()) if i.entry.id == entry_id)


def test_guids_come_from_the_namespace_and_the_id_alone() -> None:
    namespace = uuid.UUID("1560ab21-67f1-410e-8230-1bfcf1eaac72")
    one, other = parse(ma="tin-a").policy, parse(ma="tin-a", tieu_de="Ví dụ: tiêu đề khác").policy
    assert guid_of(one, config()) == f"urn:uuid:{uuid.uuid5(namespace, 'tin-a')}"
    assert guid_of(other, config("https://ten-mien-khac.example.org/x/")) == guid_of(one, config())
    assert feed_guid("rss.xml", config()) == f"urn:uuid:{uuid.uuid5(namespace, 'feed:rss.xml')}"


def test_the_earliest_keeps_its_title_and_each_later_one_gains_what_tells_it_apart(tmp_path: Path) -> None:
    title = PLAIN["tieu_de"]
    write_entry(tmp_path, "a-sau", ngay_dang="6/6/2023")
    write_entry(tmp_path, "b-dau", ngay_dang="5/6/2023")
    write_entry(tmp_path, "c-cung-so", ngay_dang="7/6/2023")
    write_entry(tmp_path, "d-cung-so-ngay", ngay_dang="7/6/2023 09:00")
    write_entry(tmp_path, "e-khac", ngay_dang="8/6/2023", tieu_de="Ví dụ: tiêu đề khác")
    whole = load(tmp_path)
    expected = {
        "b-dau": title,
        "a-sau": f"{title} (12/SKHĐT-VP)",
        "c-cung-so": f"{title} (07/06/2023)",
        "d-cung-so-ngay": f"{title} (d-cung-so-ngay)",
        "e-khac": "Ví dụ: tiêu đề khác",
    }
    assert unique_titles(whole.entries) == expected
    assert unique_titles(reversed(whole.entries)) == expected


def test_marks_stand_before_the_title_and_an_erased_one_has_no_words(tmp_path: Path) -> None:
    title = PLAIN["tieu_de"]
    write_entry(tmp_path, "du-thao", **DRAFT)
    write_entry(tmp_path, "da-go", **REMOVED)
    write_entry(tmp_path, "da-xoa", **ERASED)
    write_entry(tmp_path, "xoa-nua", **ERASED, ngay_dang="6/6/2023")
    write_entry(tmp_path, "ngoac", tieu_de="Ví dụ <b>đậm</b> & \u200bmột")
    titles = unique_titles(load(tmp_path).entries)
    assert titles == {
        "du-thao": f"[Dự thảo] {title}",
        "da-go": f"[Tin đã gỡ] {title}",
        "da-xoa": "Tin đã gỡ",
        "xoa-nua": "Tin đã gỡ (xoa-nua)",
        "ngoac": "Ví dụ ‹b›đậm‹/b› & một",
    }


@settings(deadline=None, derandomize=True)
@given(st.text())
def test_feed_text_is_one_clean_line(text: str) -> None:
    shown = feed_text(text)
    assert unicodedata.is_normalized("NFC", shown)
    assert not set(shown) & set("<>\n\t\u200b\u202e\ufeff")
    assert not [c for c in shown if unicodedata.category(c) == "Cc"]
    assert feed_text(shown) == shown


def change(kind: str, **given: str) -> dict[str, Any]:
    return {"thay_doi": [{"ngay": "8/6/2023", "loai": kind, "noi_dung": "Ví dụ: sửa ngày."} | given]}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, [PLAIN["tom_tat"], FACTS]),
        (change("dinh-chinh"), ["Đính chính tin ngày 08/6/2023: Ví dụ: sửa ngày.", PLAIN["tom_tat"], FACTS]),
        (
            change("dinh-chinh", truoc="1/7", sau="2/7"),
            ["Đính chính tin ngày 08/6/2023: trước ghi 1/7, nay sửa 2/7.", PLAIN["tom_tat"], FACTS],
        ),
        (change("cap-nhat"), ["Cập nhật ngày 08/6/2023: Ví dụ: sửa ngày.", PLAIN["tom_tat"], FACTS]),
        (change("dang-lai"), ["Đăng lại ngày 08/6/2023: Ví dụ: sửa ngày.", PLAIN["tom_tat"], FACTS]),
        (change("dinh-chinh", ngay="8/6/2030"), [PLAIN["tom_tat"], FACTS]),
        (
            REMOVED | change("dinh-chinh"),
            [
                "Sở đã gỡ tin này ngày 12/6/2023, lý do bản ví dụ chưa đúng. Văn bản 12/SKHĐT-VP không bị ảnh hưởng.",
                PLAIN["tom_tat"],
                FACTS,
            ],
        ),
        (ERASED | change("dinh-chinh"), ["Sở đã gỡ tin này ngày 12/6/2023."]),
        (
            DRAFT,
            [
                "Dự thảo, chưa ban hành, chưa có hiệu lực; góp ý đến 30/6/2023.",
                PLAIN["tom_tat"],
                "Dự thảo Công văn của Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn. Hạn góp ý: hết ngày 30/6/2023."
                " Đơn vị phụ trách tin: Văn phòng Sở. Nguồn: Sở ví dụ.",
            ],
        ),
        (
            {"tom_tat": None, "nguon": None, "chua_co_ban_goc": {"ly_do": "Ví dụ", "biet_qua": "một kế hoạch."}},
            [FACTS.replace(" một phòng.", " một phòng (theo một kế hoạch).", 1)],
        ),
        (
            {"loai": "ke-hoach", "so_ky_hieu": "12/KH-SKHĐT", "ngay_hieu_luc": "1/1/2024", "ngay_het_hieu_luc": "1/9/2026"},
            [
                PLAIN["tom_tat"],
                "Kế hoạch số 12/KH-SKHĐT ngày 30/5/2023 của Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn: Lịch trực của một phòng."
                " Có hiệu lực từ 01/01/2024; hết hiệu lực từ 01/9/2026. Đơn vị phụ trách tin: Văn phòng Sở. Nguồn: Sở ví dụ.",
            ],
        ),
    ],
)  # fmt: skip
def test_an_item_says_what_changed_then_the_summary_then_the_facts(
    keys: dict[str, Any], expected: list[str], tmp_path: Path
) -> None:
    write_entry(tmp_path, **keys)
    assert [html.unescape(p) for p in item(tmp_path).paragraphs] == expected


def test_no_word_of_an_item_depends_on_the_day_of_the_build(tmp_path: Path) -> None:
    write_entry(
        tmp_path, loai="ke-hoach", so_ky_hieu="12/KH-SKHĐT", ngay_hieu_luc="1/1/2024", ngay_het_hieu_luc="1/9/2026",
        ra_soat_hieu_luc={"ngay": "1/6/2023", "nguon": "Ví dụ"},
    )  # fmt: skip
    write_entry(tmp_path, "du-thao", **DRAFT)
    for entry_id in ("vi-du", "du-thao"):
        texts = {item(tmp_path, entry_id, now).html for now in ("6/6/2023", "15/6/2023", "2/1/2024", "23/11/2026")}
        assert len(texts) == 1


def test_markup_in_an_entry_is_text_in_its_item(tmp_path: Path) -> None:
    write_entry(
        tmp_path, tom_tat="Ví dụ <script>alert(1)</script> & tóm tắt đủ dài để đọc được.", trich_yeu="A < B > C & D"
    )
    shown = item(tmp_path).html
    assert "<script" not in shown
    assert "‹script›alert(1)‹/script› &amp; tóm tắt" in shown
    assert "A ‹ B › C &amp; D" in shown


def test_categories_name_units_first_and_a_removed_item_encloses_nothing(tmp_path: Path) -> None:
    tep = [{"ten": "Ví dụ", "tep": "a.txt", "loai": "khac"}]
    write_entry(tmp_path, tep=tep, files={"a.txt": "Ví dụ"})
    write_entry(tmp_path, "da-go", tep=tep, files={"a.txt": "Ví dụ"}, **REMOVED)
    write_entry(tmp_path, "ngoai", tep=[{"ten": "Ví dụ", "url": "https://example.org/a.pdf", "loai": "khac"}])
    shown = item(tmp_path)
    assert shown.categories == ("Văn phòng Sở", vocabularies().fields["truyen-thong-chinh-sach"].name, "Công văn")
    assert shown.enclosure is not None
    assert (shown.enclosure.size, shown.enclosure.media_type) == (len("Ví dụ".encode()), "text/plain")
    assert item(tmp_path, "da-go").enclosure is None
    assert item(tmp_path, "ngoai").enclosure is None


def test_items_stand_by_their_newest_change_then_by_id(tmp_path: Path) -> None:
    write_entry(tmp_path, "b-mot")
    write_entry(tmp_path, "a-mot")
    write_entry(tmp_path, "c-moi", **change("cap-nhat"))
    write_entry(tmp_path, "nhap", trang_thai="ban-nhap")
    write_entry(tmp_path, "da-xoa", **ERASED)
    items = make_items(load(tmp_path), config())
    assert [i.entry.id for i in items] == ["da-xoa", "c-moi", "a-mot", "b-mot"]
    assert [i.is_erased for i in items] == [True, False, False, False]


NEWEST = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("recent", "older", "shown"),
    [
        (0, 0, 0),
        (1, 0, 1),
        (1, 99, 100),
        (1, 150, 100),
        (99, 50, 100),
        (101, 50, 101),
        (499, 50, 499),
        (501, 0, 500),
        (700, 50, 500),
    ],
)
def test_the_window_is_100_or_the_changes_of_30_days_but_500_at_most(
    recent: int, older: int, shown: int, tmp_path: Path
) -> None:
    write_entry(tmp_path)
    one = item(tmp_path)
    inside = [replace(one, updated=NEWEST - timedelta(days=30) * n / max(recent - 1, 1)) for n in range(recent)]
    outside = [replace(one, updated=NEWEST - timedelta(days=30, seconds=n + 1)) for n in range(older)]
    assert window([*inside, *outside]) == [*inside, *outside][:shown]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("5/3/2020", "05/3/2020"),
        ("30/6/2025", "30/6/2025"),
        ("1/1/2021", "01/01/2021"),
        ("10/2/2021", "10/02/2021"),
        ("9/12/2021", "09/12/2021"),
    ],
)
def test_days_are_cited_with_the_zeros_of_the_decree(day: str, expected: str) -> None:
    assert official_date(parse_moment(day).date()) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            {
                "loai": "nghi-dinh",
                "so_ky_hieu": "168/2025/NĐ-CP",
                "ngay_ban_hanh": "30/6/2025",
                "co_quan_ban_hanh": "Chính phủ",
            },
            "Nghị định số 168/2025/NĐ-CP ngày 30/6/2025 của Chính phủ",
        ),
        (
            {"co_quan_ban_hanh": ["Bộ Tài chính", "Bộ Công an", "Bộ Ví Dụ"]},
            "Công văn số 12/SKHĐT-VP ngày 30/5/2023 của Bộ Tài chính, Bộ Công an và Bộ Ví Dụ",
        ),
        ({"so_ky_hieu": None}, "Công văn ngày 30/5/2023 của Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn"),
        (DRAFT, "Dự thảo Công văn của Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn"),
    ],
)
def test_a_document_is_named_as_one_cites_it(keys: dict[str, Any], expected: str) -> None:
    assert citation(parse(**keys).policy, vocabularies()) == expected


def test_the_hash_of_facts_changes_with_facts_and_not_with_words(tmp_path: Path) -> None:
    def hashed(name: str, **keys: Any) -> str:
        write_entry(tmp_path / name, **keys)
        entry, catalogue = load_one(tmp_path / name)
        return facts_hash(entry, entry_data(entry, catalogue, config()))

    plain = hashed("goc")
    same = [
        hashed("tieu-de", tieu_de="Ví dụ: tiêu đề khác"),
        hashed("tom-tat", tom_tat=PLAIN["tom_tat"] + " Thêm."),
        hashed("ngay", ngay_ban_hanh="2023-05-30"),
        hashed("nguon", nguon="https://example.org/khac"),
    ]
    assert set(same) == {plain}
    tep = [{"ten": "Ví dụ", "tep": "a.txt", "loai": "khac"}]
    other = [
        hashed("so", so_ky_hieu="13/SKHĐT-VP"),
        hashed("ngay-khac", ngay_ban_hanh="29/5/2023"),
        hashed("hieu-luc", ngay_hieu_luc="1/6/2023"),
        hashed("co-quan", co_quan_ban_hanh="Bộ Tài chính"),
        hashed("loai", loai="thong-bao"),
        hashed("trich-yeu", trich_yeu="Lịch trực khác"),
        hashed("quan-he", quan_he=[{"loai": "can-cu", "den": "59/2020/QH14"}]),
        hashed("tep", tep=tep, files={"a.txt": "một"}),
        hashed("tep-khac", tep=tep, files={"a.txt": "hai"}),
        hashed("da-xoa", **ERASED),
    ]
    assert len({plain, *other}) == 11


def test_an_issued_draft_is_no_longer_told_as_not_issued(tmp_path: Path) -> None:
    write_entry(tmp_path, "du-thao", **DRAFT)
    before = load(tmp_path)
    write_entry(tmp_path, "ban-hanh", ngay_dang="1/8/2023", quan_he=[{"loai": "ban-hanh-tu-du-thao", "den": "du-thao"}])
    item = next(i for i in make_items(load(tmp_path), config()) if i.entry.id == "du-thao")
    was = next(i for i in make_items(before, config()) if i.entry.id == "du-thao")
    assert was.paragraphs[0].startswith("Dự thảo, chưa ban hành")
    assert item.paragraphs[0] == (
        "Dự thảo này đã được ban hành: Công văn số 12/SKHĐT-VP ngày 30/5/2023 của Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn."
    )
    assert "chưa ban hành" not in item.html
    assert item.title.startswith("[Dự thảo] ")
    assert item.updated == parse_moment("1/8/2023") > was.updated
