"""Open data, the ledger, the list of files, the sitemap: what programs read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import uuid
from datetime import datetime
from pathlib import Path

import jsonschema
import pytest
from du_an_mau import INTERNAL_KEYS
from lxml import etree
from trang_dung import BuiltSite, lead_units, plain_yaml, with_successors

pytestmark = pytest.mark.dung_trang

LEDGER_KEYS = ["guid", "ma", "url", "title", "published", "updated", "status", "giai_doan", "units", "sha256", "facts"]


def namespace(site: BuiltSite) -> uuid.UUID:
    """The project's namespace for ids, as mkdocs.yml writes it."""
    text = (site.project / "mkdocs.yml").read_text("utf-8")
    found = re.search(r"^\s+khong_gian_ten:\s*(\S+)", text, re.M)
    assert found
    return uuid.UUID(found[1])


def test_the_namespace_of_ids_never_changes(trang: BuiltSite) -> None:
    assert namespace(trang) == uuid.UUID("1560ab21-67f1-410e-8230-1bfcf1eaac72")


def test_every_entry_is_valid_by_the_published_schema(trang: BuiltSite) -> None:
    schema = trang.json("du-lieu/luoc-do.json")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    for entry_id in trang.ledger:
        entry = trang.json(f"du-lieu/chinh-sach/{entry_id}.json")
        assert [f"{entry_id}: {error.message}" for error in validator.iter_errors(entry)] == []


def test_the_schema_refuses_what_no_entry_may_hold(trang_mau: BuiltSite) -> None:
    validator = jsonschema.Draft202012Validator(
        trang_mau.json("du-lieu/luoc-do.json"), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    good = trang_mau.json("du-lieu/chinh-sach/vi-du-thuong.json")
    assert validator.is_valid(good)
    for change in (
        {"ngay_den": "2026-02-17"},
        {"loai": "khong-co"},
        {"ngay_ban_hanh": "30/2/2026"},
        {"nguon": "javascript:alert(1)"},
    ):
        assert not validator.is_valid(good | change), change


def test_the_schema_does_not_tell_of_internal_keys(trang: BuiltSite) -> None:
    assert not set(INTERNAL_KEYS) & trang.json("du-lieu/luoc-do.json")["properties"].keys()


def test_all_entries_together_are_each_entry_alone(trang: BuiltSite) -> None:
    together = trang.json("du-lieu/chinh-sach.json")
    assert list(together) == ["entries"]
    alone = [trang.json(f"du-lieu/chinh-sach/{entry['ma']}.json") for entry in together["entries"]]
    assert together["entries"] == alone
    assert {entry["ma"] for entry in alone} == set(trang.ledger)


def test_an_entry_says_what_its_file_says(trang: BuiltSite) -> None:
    for entry in trang.written.values():
        if not entry.is_released(trang.now) or entry.is_erased:
            continue
        data = trang.json(f"du-lieu/chinh-sach/{entry.id}.json")
        assert data["ma"] == entry.id
        assert data["url"] == f"chinh-sach/{entry.id}/"
        assert data["tieu_de"] == ("[Dự thảo] " if entry.is_draft else "") + entry.keys["tieu_de"]
        assert data.get("so_ky_hieu") == entry.keys.get("so_ky_hieu")
        assert data.get("ngay_ban_hanh") == (entry.issued.isoformat() if entry.issued else None)
        assert datetime.fromisoformat(data["ngay_dang"]) == entry.published
        assert data["ngay_dang"].endswith("+07:00")
        assert [u["id"] for u in data["don_vi"] if u["vai"] == "phu-trach"] == lead_units(entry, trang)
        assert not set(INTERNAL_KEYS) & data.keys()


def test_the_table_opens_in_a_spreadsheet(trang: BuiltSite) -> None:
    content = trang.read("du-lieu/chinh-sach.csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["ma"] for row in rows] == sorted(trang.ledger)
    keys = list(rows[0])
    assert keys[:5] == ["ma", "tieu_de", "tom_tat", "loai", "so_ky_hieu"]
    assert not set(INTERNAL_KEYS) & set(keys)
    for row in rows:
        assert not any((value or "").startswith(("=", "+", "-", "@")) for value in row.values()), row["ma"]


def test_a_cell_that_would_run_as_a_formula_is_text(trang_mau: BuiltSite) -> None:
    rows = csv.DictReader(io.StringIO(trang_mau.read("du-lieu/chinh-sach.csv").decode("utf-8-sig"), newline=""))
    assert next(row["tieu_de"] for row in rows if row["ma"] == "vi-du-so-05") == "'=1+1 là ví dụ về ô bảng tính"


def test_the_ledger_tells_of_every_entry(trang: BuiltSite) -> None:
    ids = namespace(trang)
    for entry_id, told in trang.ledger.items():
        entry = trang.written[entry_id]
        assert list(told) == LEDGER_KEYS
        assert told["guid"] == f"urn:uuid:{uuid.uuid5(ids, entry_id)}"
        assert told["url"] == f"chinh-sach/{entry_id}/"
        assert datetime.fromisoformat(told["published"]) == entry.published
        assert told["published"] <= told["updated"] <= trang.now.isoformat()
        assert told["published"].endswith("+07:00")
        assert told["updated"].endswith("+07:00")
        assert told["status"] == ("withdrawn" if entry.status == "da-go" else "published")
        assert told["giai_doan"] == entry.keys.get("giai_doan", "pho-bien")
        assert told["units"] == with_successors(lead_units(entry, trang), trang)
        assert told["sha256"] == hashlib.sha256(trang.read(f"du-lieu/chinh-sach/{entry_id}.json")).hexdigest()
        assert re.fullmatch(r"[0-9a-f]{64}", told["facts"])
        assert told["guid"] == trang.json(f"du-lieu/chinh-sach/{entry_id}.json")["guid"]


def test_an_entry_last_changed_when_its_newest_event_came(trang_mau: BuiltSite) -> None:
    wanted = {
        "vi-du-thuong": "2026-10-15T00:00:00+07:00",  # in force
        "vi-du-du-thao": "2026-11-13T00:00:00+07:00",  # opened
        "vi-du-du-thao-xong": "2026-11-19T00:00:00+07:00",  # result
        "vi-du-da-go": "2026-11-10T09:00:00+07:00",
        "vi-du-xoa": "2026-11-15T10:00:00+07:00",
        "vi-du-dinh-chinh": "2026-11-18T08:01:00+07:00",  # corrected on its day, a minute after
        "vi-du-dang-lai": "2026-10-12T09:30:00+07:00",
        "vi-du-bi-thay": "2026-11-15T00:00:00+07:00",  # ended
        "vi-du-thay-the": "2026-11-15T00:00:00+07:00",
        "vi-du-bi-sua": "2026-11-05T08:00:00+07:00",  # the amending entry came
        "vi-du-bi-ngung": "2026-11-01T00:00:00+07:00",  # suspended
        "vi-du-toan-van": "2026-10-21T08:00:00+07:00",  # nothing yet
        "vi-du-tat-ca": "2026-10-08T08:00:00+07:00",
    }
    assert {entry_id: trang_mau.ledger[entry_id]["updated"] for entry_id in wanted} == wanted


def test_titles_are_unique(trang: BuiltSite) -> None:
    titles = [entry["title"] for entry in trang.ledger.values()]
    assert sorted(titles) == sorted(set(titles))
    assert all(title.strip() == title != "" for title in titles)


def test_the_earliest_of_a_title_keeps_it(trang_mau: BuiltSite) -> None:
    title = "Ví dụ: hai tin trùng tên"
    shown = [trang_mau.ledger[f"vi-du-trung-ten-{number}"]["title"] for number in (1, 2, 3)]
    assert shown == [title, f"{title} (932/2026/QĐ-UBND)", f"{title} (933/2026/QĐ-UBND)"]
    drafts = [trang_mau.ledger[i]["title"] for i in ("vi-du-du-thao", "vi-du-du-thao-xong")]
    assert drafts == ["[Dự thảo] Ví dụ: dự thảo cùng tên", "[Dự thảo] Ví dụ: dự thảo cùng tên (14/11/2026)"]


def test_the_list_of_files_is_true(trang: BuiltSite) -> None:
    told = trang.json("du-lieu/tep.json")["tep"]
    assert set(told) == trang.files - {"du-lieu/tep.json"}
    assert {path: hashlib.sha256(trang.read(path)).hexdigest() for path in told} == told


def test_the_sitemap_names_what_may_be_found(trang: BuiltSite) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = etree.fromstring(trang.read("sitemap.xml"))
    dates = {
        url.findtext("s:loc", None, space): url.findtext("s:lastmod", None, space)
        for url in root.findall("s:url", space)
    }
    assert len(dates) == len(root)
    told = {loc.removeprefix(trang.address) for loc in dates}
    for folder in told:
        page = trang.page(folder)
        assert page.may_be_found, folder
        assert not page.is_redirect, folder
    for entry_id, entry in trang.ledger.items():
        assert (entry["url"] in told) is (entry["status"] == "published"), entry_id
        if entry["status"] == "published":
            assert dates[trang.address + entry["url"]] == entry["updated"][:10]
    findable = {p.folder for p in trang.pages.values() if p.may_be_found and not p.is_redirect}
    by_hand = {
        path.relative_to(trang.project / "docs").with_suffix("") for path in (trang.project / "docs").rglob("*.md")
    }
    assert findable - told == {f for f in findable - told if {Path(f), Path(f) / "index"} & by_hand}


def test_the_sitemap_stands_alone(trang: BuiltSite) -> None:
    assert "sitemap.xml.gz" not in trang.files


def test_robots_may_read_all_and_find_the_sitemap(trang: BuiltSite) -> None:
    lines = trang.read("robots.txt").decode().splitlines()
    assert "User-agent: *" in lines
    assert f"Sitemap: {trang.address}sitemap.xml" in lines
    assert not any(line.lower().startswith("disallow: /") for line in lines)


def test_every_data_file_is_utf8_json(trang: BuiltSite) -> None:
    for path in trang.files:
        if path.endswith(".json"):
            json.loads(trang.read(path).decode("utf-8"))


def test_the_page_of_data_offers_every_file(trang: BuiltSite) -> None:
    page = trang.page("du-lieu/")
    offered = {trang.target(page, address) for _, name, address in page.addresses() if name == "href"}
    assert {
        f"du-lieu/{n}" for n in ("chinh-sach.json", "chinh-sach.csv", "so-cong-khai.json", "luoc-do.json", "tep.json")
    } <= offered


def test_the_reader_of_this_test_reads_plain_text() -> None:
    assert plain_yaml("a: no\nb: 07") == {"a": "no", "b": "07"}
