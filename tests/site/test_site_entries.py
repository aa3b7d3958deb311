"""The entry's page: its marks, its state, and that nothing stands there that should not."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from du_an_mau import ERASED_WORDS, INTERNAL_KEYS, INTERNAL_VALUES, OFFICE_WORDS, PREVIEWED, WITHHELD_WORDS
from trang_dung import BuiltSite, Page, lead_units, text_of

pytestmark = pytest.mark.dung_trang


def article(page: Page) -> dict[str, str]:
    """The marks of a page's one article."""
    found = [e for e in page.find("article") if e.get("data-ma")]
    assert len(found) == 1, page.path
    return dict(found[0].attrib)


def test_every_released_entry_has_its_page_and_no_other_has(trang: BuiltSite) -> None:
    released = {e.id for e in trang.written.values() if e.is_released(trang.now)}
    pages = {
        m[1] for path in trang.files if (m := re.fullmatch(r"chinh-sach/(?!trang-\d+/)([a-z0-9-]+)/index\.html", path))
    }
    assert pages == released
    assert set(trang.ledger) == released


def test_an_entry_bears_its_marks(trang: BuiltSite) -> None:
    states = {row["id"] for row in trang.vocabulary("trang-thai-hieu-luc", "trang_thai")}
    for entry in trang.written.values():
        if not entry.is_released(trang.now):
            continue
        page = trang.page(f"chinh-sach/{entry.id}/")
        marks = article(page)
        assert marks["data-ma"] == entry.id
        assert marks["data-don-vi"].split() == lead_units(entry, trang)
        assert marks["data-trang-thai"] == entry.status
        effects = [e for a in page.find("article") for e in a.iter() if "data-hieu-luc" in e.attrib]
        assert len(effects) == (0 if entry.is_draft or entry.is_erased else 1), entry.id
        for effect in effects:
            assert effect.attrib["data-hieu-luc"] in states
            steps = json.loads(effect.attrib.get("data-moc") or "[]")
            timeline = trang.json(f"du-lieu/chinh-sach/{entry.id}.json")["hieu_luc"]
            if steps:
                assert [(s["tu"] or None, s["trang_thai"], s["ly_do"]) for s in steps] == [
                    (s["tu"], s["trang_thai"], s["ly_do"]) for s in timeline
                ]
            else:
                assert [s["trang_thai"] for s in timeline] == [effect.attrib["data-hieu-luc"]]


def test_in_force_is_never_said_of_what_nobody_reviewed(trang: BuiltSite) -> None:
    for entry in trang.written.values():
        if not entry.is_released(trang.now) or entry.is_erased or "ra_soat_hieu_luc" in entry.keys:
            continue
        timeline = trang.json(f"du-lieu/chinh-sach/{entry.id}.json")["hieu_luc"]
        overridden = "ghi_de_hieu_luc" in entry.keys
        assert overridden or "con-hieu-luc" not in [step["trang_thai"] for step in timeline], entry.id
        assert (
            overridden
            or "còn hiệu lực" not in " ".join(trang.page(f"chinh-sach/{entry.id}/").marked("data-moc")).lower()
        )


def test_effect_follows_the_relations(trang_mau: BuiltSite) -> None:
    timelines = {
        entry_id: [
            (s["tu"], s["trang_thai"]) for s in trang_mau.json(f"du-lieu/chinh-sach/{entry_id}.json")["hieu_luc"]
        ]
        for entry_id in (
            "vi-du-bi-thay",
            "vi-du-bi-sua",
            "vi-du-bi-ngung",
            "vi-du-bi-tin-xoa-thay",
            "vi-du-tat-ca",
            "vi-du-toan-van",
        )
    }
    assert timelines == {
        "vi-du-bi-thay": [
            (None, "chua-co-hieu-luc"), ("2026-09-10", "chua-xac-dinh"), ("2026-11-15", "het-hieu-luc-toan-bo"),
        ],
        "vi-du-bi-sua": [
            (None, "chua-co-hieu-luc"), ("2026-09-10", "con-hieu-luc"), ("2027-01-01", "het-hieu-luc-mot-phan"),
        ],
        "vi-du-bi-ngung": [
            (None, "chua-co-hieu-luc"), ("2026-09-10", "chua-xac-dinh"), ("2026-11-01", "ngung-hieu-luc"),
            ("2026-12-01", "chua-xac-dinh"), ("2027-07-01", "het-hieu-luc-toan-bo"),
        ],
        # what replaced it may no longer be told of
        "vi-du-bi-tin-xoa-thay": [(None, "chua-co-hieu-luc"), ("2026-09-10", "chua-xac-dinh")],
        "vi-du-tat-ca": [(None, "khong-ap-dung")],
        "vi-du-toan-van": [(None, "chua-co-hieu-luc"), ("2027-03-01", "chua-xac-dinh")],
    }  # fmt: skip


def test_an_entry_names_its_units_and_audience(trang_mau: BuiltSite) -> None:
    page = trang_mau.page("chinh-sach/vi-du-nhieu-don-vi/")
    rows = facts(page)
    for name in ("Văn phòng Sở", "Phòng Đăng ký kinh doanh", "Phòng Quản lý đầu tư ngoài ngân sách"):
        assert name in rows["Đơn vị phụ trách tin"]
    everyone = facts(trang_mau.page("chinh-sach/vi-du-tat-ca/"))
    assert everyone["Đối tượng"] == "Tất cả"
    assert everyone["Phối hợp"] == "Các phòng, đơn vị thuộc Sở"
    assert "Phòng Đăng ký kinh doanh" in facts(trang_mau.page("chinh-sach/vi-du-thuong/"))["Phối hợp"]
    data = trang_mau.json("du-lieu/chinh-sach/vi-du-tat-ca.json")["don_vi"]
    enabled = [r["id"] for r in trang_mau.vocabulary("don-vi", "don_vi") if r.get("bat") == "co"]
    assert sorted(u["id"] for u in data) == sorted(enabled)
    assert [u["id"] for u in data if u["vai"] == "phu-trach"] == ["van-phong-so"]


def facts(page: Page) -> dict[str, str]:
    """The rows of facts on an entry's page."""
    return {
        text_of(row.findall("dt")[0]).strip(): " ".join(text_of(row.findall("dd")[0]).split())
        for table in page.find("dl", class_="thong-tin")
        for row in table.findall("div")
    }


def test_a_draft_is_marked_as_one(trang: BuiltSite) -> None:
    for entry in trang.written.values():
        if not entry.is_draft or not entry.is_released(trang.now) or entry.is_erased:
            continue
        page = trang.page(f"chinh-sach/{entry.id}/")
        assert text_of(next(page.find("h1"))).strip().startswith("[Dự thảo] ")
        assert "Dự thảo, chưa ban hành, chưa có hiệu lực" in page.text
        assert trang.json(f"du-lieu/chinh-sach/{entry.id}.json")["tieu_de"].startswith("[Dự thảo] ")
        assert trang.ledger[entry.id]["title"].startswith("[Dự thảo] ")
        assert trang.ledger[entry.id]["giai_doan"] == "xay-dung"


def test_a_draft_stands_marked_in_every_list(trang_mau: BuiltSite) -> None:
    for entry_id in ("vi-du-du-thao", "vi-du-du-thao-xong"):
        titles = [
            text_of(a).strip()
            for page in trang_mau.pages.values()
            for item in page.find("li")
            for a in item.iter("a")
            if a.get("data-muc") == entry_id
        ]
        assert len(titles) >= 6
        named = [t for t in titles if "cùng tên" in t]
        assert [t for t in named if not t.startswith("[Dự thảo] ")] == []


def test_a_consultation_tells_when_and_how(trang_mau: BuiltSite) -> None:
    running = trang_mau.page("chinh-sach/vi-du-du-thao/")
    marks = [e.attrib for e in running.find("*") if e.get("data-dot")]
    assert marks
    assert {(m["data-tu"], m["data-den"]) for m in marks} == {("2026-11-13", "2026-12-14")}
    assert "Văn phòng Sở (ví dụ)" in running.text
    done = trang_mau.page("chinh-sach/vi-du-du-thao-xong/")
    assert "Ví dụ tiếp thu hai ý kiến." in done.text
    assert "2026-11-19" in done.marked("data-ket-qua")
    assert "chinh-sach/vi-du-du-thao-xong/tep/ket-qua.pdf" in trang_mau.files


def test_a_removed_entry_stays_reachable_with_the_notice(trang_mau: BuiltSite) -> None:
    page = trang_mau.page("chinh-sach/vi-du-da-go/")
    assert text_of(next(page.find("h1"))).startswith("[Tin đã gỡ] ")
    assert "Sở đã gỡ tin này ngày 10/11/2026" in page.text
    assert "Ví dụ ghi nhầm số" in page.text
    assert "Văn bản 904/2026/QĐ-UBND không bị ảnh hưởng." in page.text
    assert "chinh-sach/vi-du-thuong/index.html" in {trang_mau.target(page, a) for _, _, a in page.addresses()}
    assert not page.may_be_found
    assert trang_mau.ledger["vi-du-da-go"]["status"] == "withdrawn"


def test_an_erased_entry_keeps_its_address_and_nothing_else(trang_mau: BuiltSite) -> None:
    page = trang_mau.page("chinh-sach/vi-du-xoa/")
    assert text_of(next(page.find("h1"))).strip() == "Tin đã gỡ"
    assert "Sở đã gỡ tin này ngày 15/11/2026" in page.text
    assert not page.may_be_found
    assert [f for f in trang_mau.files if f.startswith("chinh-sach/vi-du-xoa/")] == ["chinh-sach/vi-du-xoa/index.html"]
    assert trang_mau.json("du-lieu/chinh-sach/vi-du-xoa.json") == {
        "ma": "vi-du-xoa",
        "tieu_de": "Tin đã gỡ",
        "trang_thai": "da-go",
        "url": "chinh-sach/vi-du-xoa/",
        "guid": trang_mau.ledger["vi-du-xoa"]["guid"],
    }
    assert trang_mau.ledger["vi-du-xoa"]["title"] == "Tin đã gỡ"


@pytest.mark.parametrize("word", ERASED_WORDS)
def test_no_file_holds_a_word_of_an_erased_entry(trang_mau: BuiltSite, word: str) -> None:
    assert holding(trang_mau, word) == []


@pytest.mark.parametrize("word", WITHHELD_WORDS)
def test_no_file_holds_a_word_of_a_working_copy_or_a_scheduled_entry(trang_mau: BuiltSite, word: str) -> None:
    assert holding(trang_mau, word) == []


@pytest.mark.parametrize("word", INTERNAL_VALUES)
def test_no_file_holds_an_internal_value(trang_mau: BuiltSite, word: str) -> None:
    assert holding(trang_mau, word) == []


@pytest.mark.parametrize("word", OFFICE_WORDS)
def test_no_file_holds_a_word_of_the_offices_own_data(trang_mau: BuiltSite, du_an_mau: Path, word: str) -> None:
    assert [p for p in (du_an_mau / "_van-phong").rglob("*.*") if word.encode() in p.read_bytes()]
    assert holding(trang_mau, word) == []


def test_no_file_of_the_real_site_tells_of_what_is_not_published(trang_that: BuiltSite) -> None:
    withheld = [e for e in trang_that.written.values() if not e.is_released(trang_that.now)]
    assert withheld, "kế hoạch của Sở đứng ở bản nháp"
    for entry in withheld:
        assert holding(trang_that, entry.id) == []
        assert holding(trang_that, entry.keys["tom_tat"]) == []


@pytest.mark.parametrize("key", INTERNAL_KEYS)
def test_no_file_holds_an_internal_key(trang: BuiltSite, key: str) -> None:
    pattern = re.compile(rf"(?<![\w-]){key}(?![\w-])".encode())
    assert [path for path in sorted(trang.files) if pattern.search(trang.read(path))] == []


@pytest.mark.parametrize(
    "word", [*ERASED_WORDS, *WITHHELD_WORDS, "2026-02-17", "bangchungzqx", "987654", "noinhanzqx", "mahosozqx"]
)
def test_the_words_that_must_not_show_stand_in_the_entries(du_an_mau: Path, word: str) -> None:
    policies = du_an_mau / "policies"
    assert [p for p in policies.rglob("*") if word in p.name or (p.is_file() and word.encode() in p.read_bytes())]


def holding(site: BuiltSite, word: str) -> list[str]:
    """The files and file names that hold a word, as it is or escaped as HTML, XML, JSON or an address do."""
    forms = {word, html.escape(word), json.dumps(word)[1:-1]}
    needles = [form.encode() for form in forms]
    return [p for p in sorted(site.files) if any(n in p.encode() or n in site.read(p) for n in needles)]


def test_a_title_that_is_a_script_shows_as_text(trang_mau: BuiltSite) -> None:
    title = "<script>alert(1)</script>"
    page = trang_mau.page("chinh-sach/vi-du-the-script/")
    assert text_of(next(page.find("h1"))) == title
    assert page.meta("og:title") == title
    assert trang_mau.json("du-lieu/chinh-sach/vi-du-the-script.json")["tieu_de"] == title
    assert trang_mau.ledger["vi-du-the-script"]["title"] == "‹script›alert(1)‹/script›"
    shown = [text_of(a) for p in trang_mau.pages.values() for a in p.find("a", data_muc="vi-du-the-script")]
    assert shown.count(title) >= 5
    for path in trang_mau.files:
        if path.endswith((".html", ".xml")):
            assert b"<script>alert" not in trang_mau.read(path), path


def test_a_document_that_nobody_read_has_no_summary(trang_mau: BuiltSite) -> None:
    page = trang_mau.page("chinh-sach/vi-du-chua-co-ban-goc/")
    assert "theo kế hoạch ví dụ của Sở" in page.text
    assert "Ví dụ chưa nhận được bản gốc" in page.text
    assert list(page.find("p", class_="dan")) == []
    assert "Tóm tắt của Sở" not in page.text


def test_attachments_are_served_as_they_were_given(trang_mau: BuiltSite) -> None:
    given = trang_mau.project / "policies/van-phong-so/2026/vi-du-tep"
    served = {f.rpartition("/")[2] for f in trang_mau.files if f.startswith("chinh-sach/vi-du-tep/tep/")}
    assert served == {"ban-ky.pdf", "ban-word.docx", "so-do.png"}
    for name in served:
        assert trang_mau.read(f"chinh-sach/vi-du-tep/tep/{name}") == (given / name).read_bytes()
    page = trang_mau.page("chinh-sach/vi-du-tep/")
    assert "PDF · 1 KB · 1 trang" in page.text
    assert "Word · 1 KB" in page.text
    pictures = [e for e in page.find("img") if e.get("src") == "tep/so-do.png"]
    assert [e.get("alt") for e in pictures] == ["Sơ đồ ví dụ, một ô vuông"]


def test_articles_have_addresses_and_attached_regulations_their_own(trang_mau: BuiltSite) -> None:
    ids = trang_mau.page("chinh-sach/vi-du-tep/toan-van/").ids
    assert {
        "dieu-1",
        "dieu-2",
        "dieu-2-khoan-1",
        "dieu-2-khoan-1-diem-d",
        "dieu-2-khoan-1-diem-dd",
        "dieu-2-khoan-2",
    } <= ids
    assert {"phu-luc-1", "phu-luc-1-dieu-1", "phu-luc-1-dieu-1-khoan-1"} <= ids


def test_a_full_text_that_nobody_compared_is_not_to_be_found(trang: BuiltSite) -> None:
    seen = 0
    for entry in trang.written.values():
        if "toan_van" not in entry.keys or not entry.is_released(trang.now) or entry.is_erased:
            continue
        seen += 1
        page = trang.page(f"chinh-sach/{entry.id}/toan-van/")
        compared = "doi_chieu" in entry.keys["toan_van"]
        assert page.may_be_found is (compared and entry.is_listed(trang.now)), entry.id
        assert ("chưa đối chiếu" in page.text.lower()) is not compared, entry.id
    assert seen >= 2


def test_an_entry_leads_to_its_neighbours_in_time(trang: BuiltSite) -> None:
    order = trang.lists["chinh-sach/"]
    for place, entry_id in enumerate(order):
        page = trang.page(f"chinh-sach/{entry_id}/")
        ways = {
            e.get("rel"): trang.target(page, e.get("href", ""))
            for e in page.find("a")
            if e.get("rel") in ("prev", "next")
        }
        older = order[place + 1] if place + 1 < len(order) else None
        newer = order[place - 1] if place else None
        assert ways.get("prev") == (f"chinh-sach/{older}/index.html" if older else None), entry_id
        assert ways.get("next") == (f"chinh-sach/{newer}/index.html" if newer else None), entry_id


def test_a_correction_stands_on_the_page_with_both_wordings(trang_mau: BuiltSite) -> None:
    page = trang_mau.page("chinh-sach/vi-du-dinh-chinh/")
    assert "Đính chính tin ngày 18/11/2026" in page.text
    assert "28/11/2026" in [text_of(e) for e in page.find("del")]
    assert "18/11/2026" in [text_of(e) for e in page.find("ins")]


def test_no_previewed_entry_is_shown_without_being_asked(trang_mau: BuiltSite) -> None:
    for entry_id in PREVIEWED:
        assert [f for f in trang_mau.files if entry_id in f] == []
