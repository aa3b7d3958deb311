"""Open data: what an entry's file holds, the table that spreadsheets open, the ledger, sitemap and schema."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from support import DRAFT, PLAIN, config, load, load_one, vocabularies, write_entry

from chinhsach.outputs import data
from chinhsach.outputs.data import CSV_KEYS, entry_data, ledger, robots, schema, sha256, sitemaps, to_csv, to_json
from chinhsach.outputs.items import make_items
from chinhsach.rules.dia_chi_cu_trung import OWN_ROOTS
from chinhsach.schema import BY_KEY, FIELDS

INTERNAL: dict[str, Any] = {
    "ngay_den": "2/6/2023",
    "truyen_thong": [{"kenh": "cong-tinh", "ngay": "6/6/2023", "bang_chung": "bí mật ví dụ"}],
    "noi_nhan": ["bí mật ví dụ"],
    "ma_ho_so": "bí mật ví dụ",
}
ERASED = {"trang_thai": "da-go", "go_tin": {"ngay": "12/6/2023", "ly_do": "Ví dụ", "che_do": "xoa-noi-dung"}}
EFFECTIVE = {"loai": "ke-hoach", "so_ky_hieu": "12/KH-SKHĐT", "ngay_hieu_luc": "1/7/2023"}


def test_an_entry_s_data_are_its_public_keys_and_four_more(tmp_path: Path) -> None:
    write_entry(tmp_path, **EFFECTIVE, **INTERNAL, don_vi_phoi_hop=["phong-dkkd"])
    shown = entry_data(*load_one(tmp_path), config())
    assert {k: shown[k] for k in ("ma", "tieu_de", "so_ky_hieu", "ngay_ban_hanh", "trang_thai", "url")} == {
        "ma": "vi-du",
        "tieu_de": PLAIN["tieu_de"],
        "so_ky_hieu": "12/KH-SKHĐT",
        "ngay_ban_hanh": "2023-05-30",
        "trang_thai": "cong-khai",
        "url": "chinh-sach/vi-du/",
    }
    assert shown["guid"].startswith("urn:uuid:")
    assert shown["don_vi"] == [
        {"id": "van-phong-so", "ten": "Văn phòng Sở", "vai": "phu-trach"},
        {"id": "phong-dkkd", "ten": "Phòng Đăng ký kinh doanh", "vai": "phoi-hop"},
    ]
    assert shown["hieu_luc"] == [
        {"tu": None, "trang_thai": "chua-co-hieu-luc", "ly_do": ""},
        {"tu": "2023-07-01", "trang_thai": "chua-xac-dinh", "ly_do": "chua-ra-soat"},
    ]
    assert not set(shown) & set(INTERNAL)
    assert "bí mật" not in to_json(shown)


@pytest.mark.parametrize(
    "keys",
    [{}, EFFECTIVE | INTERNAL, DRAFT, DRAFT | {"tieu_de": "x" * 150}, ERASED, {"co_quan_ban_hanh": "Bộ Ví Dụ"}],
    ids=["plain", "in force", "draft", "long draft", "erased", "unknown issuer"],
)
def test_every_entry_s_data_fit_the_schema(keys: dict[str, Any], tmp_path: Path) -> None:
    write_entry(tmp_path, **keys)
    entry, whole = load_one(tmp_path)
    described = schema(whole)
    jsonschema.Draft202012Validator.check_schema(described)
    assert described["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    validator = jsonschema.Draft202012Validator(described, format_checker=jsonschema.FormatChecker())
    shown = entry_data(entry, whole, config())
    validator.validate(shown)
    assert not validator.is_valid(shown | {"ngay_den": "2023-06-02"})
    assert not validator.is_valid({k: v for k, v in shown.items() if k != "guid"})


def test_the_schema_names_no_internal_key(tmp_path: Path) -> None:
    write_entry(tmp_path)
    text = to_json(schema(load(tmp_path)))
    assert not [key for key in INTERNAL if key in text]


def test_an_erased_entry_has_nothing_but_its_id_and_state(tmp_path: Path) -> None:
    write_entry(tmp_path, **ERASED, thay_doi=[{"ngay": "7/6/2023", "loai": "cap-nhat", "noi_dung": "bí mật"}])
    entry, whole = load_one(tmp_path)
    shown = entry_data(entry, whole, config())
    assert sorted(shown) == ["guid", "ma", "tieu_de", "trang_thai", "url"]
    assert shown["tieu_de"] == "Tin đã gỡ"


def rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_table_has_the_scalar_keys_in_the_table_s_order() -> None:
    order = [row.key for row in FIELDS]
    assert list(CSV_KEYS) == sorted(CSV_KEYS, key=order.index)
    for row in FIELDS:
        described = row.kind.json_schema(vocabularies())
        is_scalar = described.get("type") not in ("array", "object")
        assert (row.key in CSV_KEYS) == (is_scalar and row.public), row.key
    assert all(BY_KEY[key].public for key in CSV_KEYS)
    assert rows(to_csv([])) == [[*CSV_KEYS, "url", "guid"]]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("Ví dụ = 1", "Ví dụ = 1"),
        ('a "b", c\nd', 'a "b", c\nd'),
        ("", ""),
        ("2023-05-30", "2023-05-30"),
    ],
)
def test_no_cell_is_a_formula_and_no_other_cell_is_changed(text: str, cell: str) -> None:
    assert rows(to_csv([{"tieu_de": text}]))[1][CSV_KEYS.index("tieu_de")] == cell


CELLS = st.text(alphabet="=+-@\t\r\n,;\"' aĐ|%", max_size=8)


@settings(deadline=None, derandomize=True)
@given(st.lists(st.dictionaries(st.sampled_from(CSV_KEYS), CELLS), max_size=4))
def test_whatever_stands_in_it_the_table_keeps_its_shape(given_rows: list[dict[str, str]]) -> None:
    table = rows(to_csv(given_rows))
    assert len(table) == 1 + len(given_rows)
    for row, given_row in zip(table[1:], given_rows, strict=True):
        assert len(row) == len(CSV_KEYS) + 2
        for key, cell in zip(CSV_KEYS, row, strict=False):
            text = given_row.get(key, "")
            assert cell in (text, f"'{text}")
            assert (cell != text) == text.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_change_that_is_still_to_come_is_in_no_data(tmp_path: Path) -> None:
    lines = [{"ngay": day, "loai": "cap-nhat", "noi_dung": f"Ví dụ {day}"} for day in ("8/6/2023", "1/1/2030")]
    write_entry(tmp_path, thay_doi=lines)
    shown = entry_data(*load_one(tmp_path), config())
    assert [line["noi_dung"] for line in shown["thay_doi"]] == ["Ví dụ 8/6/2023"]


def test_the_ledger_has_every_entry_that_ever_was_public(tmp_path: Path) -> None:
    write_entry(
        tmp_path, "b-tin", unit="so-khdt", thay_doi=[{"ngay": "8/6/2023", "loai": "cap-nhat", "noi_dung": "Ví dụ"}]
    )
    write_entry(tmp_path, "a-go", trang_thai="da-go", go_tin={"ngay": "12/6/2023 09:00", "ly_do": "Ví dụ"})
    write_entry(tmp_path, "c-xoa", **ERASED)
    write_entry(tmp_path, "d-du-thao", **DRAFT)
    write_entry(tmp_path, "e-nhap", trang_thai="ban-nhap")
    write_entry(tmp_path, "f-hen", ngay_dang="1/1/2030")
    whole = load(tmp_path)
    items = make_items(whole, config())
    hashes = {i.entry.id: (sha256(i.entry.id.encode()), f"dữ kiện {i.entry.id}") for i in items}
    lines = ledger(items, hashes, whole)["entries"]
    assert list(lines[0]) == [
        "guid", "ma", "url", "title", "published", "updated", "status", "giai_doan", "units", "sha256", "facts",
    ]  # fmt: skip
    told = {k: [line[k] for line in lines] for k in ("ma", "status", "giai_doan", "updated", "units", "title")}
    title = PLAIN["tieu_de"]
    assert told == {
        "ma": ["a-go", "b-tin", "c-xoa", "d-du-thao"],
        "status": ["withdrawn", "published", "withdrawn", "published"],
        "giai_doan": ["pho-bien", "pho-bien", "pho-bien", "xay-dung"],
        "updated": [f"2023-06-{d}+07:00" for d in ("12T09:00:00", "08T00:00:00", "12T00:00:00")]
        + ["2023-07-01T00:00:00+07:00"],
        "units": [["van-phong-so"], ["so-khdt", "so-tai-chinh"], ["van-phong-so"], ["van-phong-so"]],
        "title": [f"[Tin đã gỡ] {title}", f"{title} ({PLAIN['so_ky_hieu']})", "Tin đã gỡ", f"[Dự thảo] {title}"],
    }
    for line in lines:
        assert line["published"] == "2023-06-05T00:00:00+07:00"
        assert line["url"] == f"chinh-sach/{line['ma']}/"
        assert line["sha256"] == sha256(line["ma"].encode())
        assert line["facts"] == f"dữ kiện {line['ma']}"


def test_the_sitemap_is_xml_with_full_addresses() -> None:
    pages = [("", ""), ("chinh-sach/a/", "2023-06-05"), ("a&b/", "")]
    [(name, text)] = sitemaps(pages, config("https://example.org/trang"))
    assert name == "sitemap.xml"
    tree = etree.fromstring(text.encode())
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert [e.text for e in tree.iter(f"{space}loc")] == [
        "https://example.org/trang/", "https://example.org/trang/chinh-sach/a/", "https://example.org/trang/a&b/",
    ]  # fmt: skip
    assert [e.text for e in tree.iter(f"{space}lastmod")] == ["2023-06-05"]
    assert "Sitemap: https://example.org/trang/sitemap.xml\n" in robots(config("https://example.org/trang"))


def test_more_pages_than_a_sitemap_may_name_stand_in_further_files() -> None:
    pages = [(f"chinh-sach/vi-du-{number}/", "2023-06-05") for number in range(5)]
    files = {name: etree.fromstring(text.encode()) for name, text in sitemaps(pages, config("https://example.org/"), 2)}
    named = {name: [e.text for e in tree.iter("{*}loc")] for name, tree in files.items()}
    assert named.pop("sitemap.xml") == [f"https://example.org/{name}" for name in named]
    assert files["sitemap.xml"].tag.endswith("}sitemapindex")
    assert [len(some) for some in named.values()] == [2, 2, 1]
    assert [a for some in named.values() for a in some] == [f"https://example.org/{path}" for path, _ in pages]
    assert set(files) <= OWN_ROOTS


def test_json_is_one_line_of_utf_8_as_it_is() -> None:
    text = data.to_json({"b": "Đ", "a": [1]})
    assert text == '{"b":"Đ","a":[1]}\n'
    assert json.loads(text) == {"b": "Đ", "a": [1]}
