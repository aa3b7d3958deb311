"""`rss.xml` and the feeds of units and fields, as DESIGN §5 asks of them, read by lxml and not by what wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from du_an_mau import ROOT
from lxml import etree
from trang_dung import BuiltSite, lead_units, with_successors

pytestmark = pytest.mark.dung_trang

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"
KNOWN_SPACES = {
    "http://www.w3.org/2005/Atom",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/atompub/tombstones/1.0",
}
GOLDEN = ROOT / "tests" / "golden" / "rss-mau.xml"
DRAFT_WORDS = "Dự thảo, chưa ban hành, chưa có hiệu lực"


class Item:
    """An item of a feed."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        self.title = element.findtext("title") or ""
        self.link = element.findtext("link") or ""
        self.guid = element.findtext("guid") or ""
        self.html = element.findtext("description") or ""
        self.published = parsedate_to_datetime(element.findtext("pubDate") or "")
        self.updated = datetime.fromisoformat(element.findtext(f"{ATOM}updated") or "")
        self.paragraphs = re.findall(r"<p>(.*?)</p>", self.html, re.S)
        self.categories = [c.text or "" for c in element.findall("category")]

    def all(self, name: str) -> list[str]:
        """The texts of a Dublin Core element."""
        return [e.text or "" for e in self.element.findall(DC + name)]


class Feed:
    """A feed of a site."""

    def __init__(self, site: BuiltSite, path: str) -> None:
        self.content = site.read(path)
        self.root = etree.fromstring(self.content)
        channel = self.root.find("channel")
        assert channel is not None
        self.channel = channel
        self.items = [Item(element) for element in channel.findall("item")]

    def item(self, site: BuiltSite, entry_id: str) -> Item:
        """The one item of an entry."""
        found = [item for item in self.items if item.guid == site.ledger[entry_id]["guid"]]
        assert len(found) == 1
        return found[0]


@pytest.fixture(scope="module")
def rss(trang: BuiltSite) -> Feed:
    """The main feed of each site."""
    return Feed(trang, "rss.xml")


@pytest.fixture(scope="module")
def rss_mau(trang_mau: BuiltSite) -> Feed:
    """The main feed of the made-up site."""
    return Feed(trang_mau, "rss.xml")


def all_feeds(site: BuiltSite) -> Iterator[tuple[str, Feed]]:
    """Every feed of a site with its path."""
    for path in sorted(site.files):
        if path.endswith("rss.xml"):
            yield path, Feed(site, path)


def test_the_feed_of_the_made_up_site_is_as_it_was(trang_mau: BuiltSite, request: pytest.FixtureRequest) -> None:
    content = trang_mau.read("rss.xml")
    if request.config.getoption("--ghi-lai"):
        Path(GOLDEN).write_bytes(content)
    assert content.decode() == GOLDEN.read_text("utf-8")


def test_every_unit_and_field_has_its_feed_from_the_first_day(trang: BuiltSite) -> None:
    units = [r["id"] for r in trang.vocabulary("don-vi", "don_vi") if r.get("bat") == "co"]
    fields = [r["id"] for r in trang.vocabulary("linh-vuc", "linh_vuc")]
    wanted = {"rss.xml", *(f"don-vi/{unit}/rss.xml" for unit in units), *(f"linh-vuc/{f}/rss.xml" for f in fields)}
    assert wanted <= trang.files


def test_a_feed_is_rss_2_with_nothing_of_our_own(trang: BuiltSite) -> None:
    for path, feed in all_feeds(trang):
        assert feed.content.startswith(b"<?xml"), path
        assert b"xml-stylesheet" not in feed.content, path
        assert feed.root.tag == "rss", path
        assert feed.root.get("version") == "2.0", path
        used = {etree.QName(e).namespace for e in feed.root.iter() if isinstance(e.tag, str)} - {None}
        assert used <= KNOWN_SPACES, path
        assert feed.channel.findtext("title"), path
        assert feed.channel.findtext("description"), path
        assert feed.channel.findtext("language") == "vi", path
        assert feed.channel.findtext("link") == trang.address + path.removesuffix("rss.xml"), path
        own = [e.get("href") for e in feed.channel.findall(f"{ATOM}link") if e.get("rel") == "self"]
        assert own == [trang.address + path], path


def test_the_main_feed_holds_every_entry_up_to_its_window(trang: BuiltSite, rss: Feed) -> None:
    told = sorted(trang.ledger.values(), key=lambda e: (-datetime.fromisoformat(e["updated"]).timestamp(), e["ma"]))
    since = datetime.fromisoformat(told[0]["updated"]) - timedelta(days=30)
    recent = [entry for entry in told if datetime.fromisoformat(entry["updated"]) >= since]
    assert [item.guid for item in rss.items] == [entry["guid"] for entry in told[: min(500, max(100, len(recent)))]]


def test_unit_and_field_feeds_hold_what_belongs_to_them(trang: BuiltSite) -> None:
    guids = {entry_id: told["guid"] for entry_id, told in trang.ledger.items()}
    for path, feed in all_feeds(trang):
        kind, _, own = path.removesuffix("/rss.xml").partition("/")
        if not own:
            continue
        wanted = {
            guids[e.id]
            for e in trang.written.values()
            if e.id in guids
            and own in (with_successors(lead_units(e, trang), trang) if kind == "don-vi" else e.several("linh_vuc"))
        }
        assert {item.guid for item in feed.items} == wanted, path


def test_items_agree_with_the_ledger(trang: BuiltSite) -> None:
    told = {entry["guid"]: entry for entry in trang.ledger.values()}
    for path, feed in all_feeds(trang):
        for item in feed.items:
            entry = told[item.guid]
            assert item.element.find("guid").get("isPermaLink") == "false", path
            assert item.title == entry["title"], path
            assert item.link == trang.address + entry["url"], path
            assert item.published == datetime.fromisoformat(entry["published"]), path
            assert item.updated == datetime.fromisoformat(entry["updated"]), path


def test_newest_change_comes_first_then_id(trang: BuiltSite) -> None:
    ids = {entry["guid"]: entry_id for entry_id, entry in trang.ledger.items()}
    for path, feed in all_feeds(trang):
        order = [(-item.updated.timestamp(), ids[item.guid]) for item in feed.items]
        assert order == sorted(order), path


def test_dates_are_vietnamese_and_the_newest_change_never_the_clock(trang: BuiltSite) -> None:
    for path, feed in all_feeds(trang):
        built = feed.channel.findtext("lastBuildDate")
        if not feed.items:
            assert built is None, path
            continue
        assert built is not None, path
        assert parsedate_to_datetime(built) == max(item.updated for item in feed.items), path
        for text in (built, *(item.element.findtext("pubDate") for item in feed.items)):
            assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0700", text or ""), path
        for item in feed.items:
            assert (item.element.findtext(f"{ATOM}updated") or "").endswith("+07:00"), path


def test_titles_are_unique_and_hold_no_bracket(trang: BuiltSite) -> None:
    for path, feed in all_feeds(trang):
        titles = [item.title for item in feed.items]
        assert len(set(titles)) == len(titles), path
        assert not any(c in title for title in titles for c in "<>"), path


def test_a_script_in_a_title_is_harmless_in_the_feed(trang_mau: BuiltSite, rss_mau: Feed) -> None:
    item = rss_mau.item(trang_mau, "vi-du-the-script")
    assert item.title == "‹script›alert(1)‹/script›"
    assert "‹script›alert(2)‹/script› &amp; dấu" in item.html
    assert "‹b›thẻ‹/b›" in item.html
    assert "<script" not in item.html


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_html_of_an_item_is_balanced_and_clean(trang: BuiltSite) -> None:
    for path, feed in all_feeds(trang):
        for item in feed.items:
            balance = _Balance()
            balance.feed(item.html)
            balance.close()
            assert balance.open == [], path
            assert balance.tags <= {"p"}, path
            assert item.paragraphs, path
            assert not re.search(
                "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]",
                item.html + item.title,
            )


def test_an_item_tells_the_facts_in_one_line(trang_mau: BuiltSite, rss_mau: Feed) -> None:
    publisher = "Sở Tài chính tỉnh Lạng Sơn"
    item = rss_mau.item(trang_mau, "vi-du-thuong")
    assert item.paragraphs == [
        "Quyết định ví dụ để thử trang; không có văn bản thật nào mang số này. Người dân không phải làm gì.",
        "Quyết định số 901/2026/QĐ-UBND ngày 01/10/2026 của Ủy ban nhân dân tỉnh Lạng Sơn: Ban hành quy định ví dụ thứ nhất. "
        f"Có hiệu lực từ 15/10/2026. Đơn vị phụ trách tin: Văn phòng Sở. Nguồn: {publisher}.",
    ]
    assert item.all("identifier") == ["901/2026/QĐ-UBND"]
    assert item.all("type") == ["Quyết định"]
    assert item.all("source") == ["Ủy ban nhân dân tỉnh Lạng Sơn"]
    assert item.all("publisher") == [publisher]
    assert item.all("creator") == ["Văn phòng Sở"]
    assert item.categories == ["Văn phòng Sở", "Truyền thông chính sách", "Quyết định"]


def test_effect_is_told_in_dates(trang_mau: BuiltSite, rss_mau: Feed) -> None:
    wanted = {
        "vi-du-bi-thay": "Có hiệu lực từ 10/9/2026; hết hiệu lực từ 15/11/2026.",
        "vi-du-bi-sua": "Có hiệu lực từ 10/9/2026; hết hiệu lực một phần từ 01/01/2027.",
        "vi-du-bi-ngung": "Có hiệu lực từ 10/9/2026; ngưng hiệu lực từ 01/11/2026 đến hết 30/11/2026; hết hiệu lực từ 01/7/2027.",
        "vi-du-toan-van": "Có hiệu lực từ 01/3/2027.",
    }
    for entry_id, words in wanted.items():
        assert words in rss_mau.item(trang_mau, entry_id).paragraphs[-1], entry_id


def test_categories_name_units_first_and_have_no_domain(trang: BuiltSite) -> None:
    names = {row["ten"][-1]["ten"] for row in trang.vocabulary("don-vi", "don_vi")} | {
        name["ten"] for row in trang.vocabulary("don-vi", "don_vi") for name in row["ten"]
    }
    for path, feed in all_feeds(trang):
        for item in feed.items:
            assert all(not c.attrib for c in item.element.findall("category")), path
            are_units = [category in names for category in item.categories]
            assert are_units == sorted(are_units, reverse=True), path
            if item.categories:
                assert are_units[0], path


def test_several_lead_units_are_all_named(trang_mau: BuiltSite, rss_mau: Feed) -> None:
    item = rss_mau.item(trang_mau, "vi-du-nhieu-don-vi")
    units = ["Văn phòng Sở", "Phòng Đăng ký kinh doanh", "Phòng Quản lý đầu tư ngoài ngân sách"]
    assert item.categories[:3] == units
    assert item.all("creator") == ["; ".join(units)]
    for unit in ("van-phong-so", "phong-dkkd", "phong-qldt-ngoai-ns"):
        assert Feed(trang_mau, f"don-vi/{unit}/rss.xml").item(trang_mau, "vi-du-nhieu-don-vi").title == item.title


def test_an_enclosure_is_a_file_of_the_site_with_its_true_length(trang: BuiltSite) -> None:
    for path, feed in all_feeds(trang):
        for item in feed.items:
            enclosures = item.element.findall("enclosure")
            assert len(enclosures) <= 1, path
            for enclosure in enclosures:
                file = enclosure.get("url", "").removeprefix(trang.address)
                assert int(enclosure.get("length", "")) == len(trang.read(file)), path
                assert "/" in enclosure.get("type", ""), path


def test_the_first_file_of_an_entry_is_its_enclosure(trang_mau: BuiltSite, rss_mau: Feed) -> None:
    enclosure = rss_mau.item(trang_mau, "vi-du-tep").element.find("enclosure")
    assert enclosure.get("url") == trang_mau.address + "chinh-sach/vi-du-tep/tep/ban-ky.pdf"
    assert enclosure.get("type") == "application/pdf"
    assert rss_mau.item(trang_mau, "vi-du-thuong").element.find("enclosure") is None
    assert rss_mau.item(trang_mau, "vi-du-da-go").element.find("enclosure") is None


def test_a_removal_comes_again_with_its_reason_and_a_tombstone(trang_mau: BuiltSite) -> None:
    for path in ("rss.xml", "don-vi/phong-dkkd/rss.xml", "linh-vuc/dang-ky-kinh-doanh/rss.xml"):
        feed = Feed(trang_mau, path)
        item = feed.item(trang_mau, "vi-du-da-go")
        assert item.title == "[Tin đã gỡ] Ví dụ: tin đã gỡ nhưng còn giữ trang"
        assert item.paragraphs[0] == (
            "Sở đã gỡ tin này ngày 10/11/2026, lý do ví dụ ghi nhầm số. Văn bản 904/2026/QĐ-UBND không bị ảnh hưởng."
        )
        stones = {s.get("ref"): s.get("when") for s in feed.channel.findall(f"{TOMBSTONE}deleted-entry")}
        assert stones == {
            trang_mau.ledger["vi-du-da-go"]["guid"]: "2026-11-10T09:00:00+07:00",
            trang_mau.ledger["vi-du-xoa"]["guid"]: "2026-11-15T10:00:00+07:00",
        }


def test_an_erased_entry_is_a_title_a_date_and_a_tombstone(trang_mau: BuiltSite, rss_mau: Feed) -> None:
    item = rss_mau.item(trang_mau, "vi-du-xoa")
    assert item.title == "Tin đã gỡ"
    assert item.paragraphs == ["Sở đã gỡ tin này ngày 15/11/2026."]
    assert item.categories == ["Phòng Đăng ký kinh doanh"]
    assert item.all("identifier") == item.all("type") == item.all("source") == []


def test_a_correction_says_what_it_was_and_what_it_is(trang_mau: BuiltSite, rss_mau: Feed) -> None:
    item = rss_mau.item(trang_mau, "vi-du-dinh-chinh")
    assert item.paragraphs[0] == "Đính chính tin ngày 18/11/2026: trước ghi 28/11/2026, nay sửa 18/11/2026."
    assert item.updated > item.published


def test_an_entry_put_back_says_so_and_has_no_tombstone(trang_mau: BuiltSite, rss_mau: Feed) -> None:
    item = rss_mau.item(trang_mau, "vi-du-dang-lai")
    assert item.title == "Ví dụ: tin đã gỡ rồi đăng lại"
    assert item.paragraphs[0].startswith("Đăng lại ngày 12/10/2026")
    stones = {s.get("ref") for s in rss_mau.channel.findall(f"{TOMBSTONE}deleted-entry")}
    assert item.guid not in stones


def test_a_draft_says_that_it_is_one(trang_mau: BuiltSite, rss_mau: Feed) -> None:
    item = rss_mau.item(trang_mau, "vi-du-du-thao")
    assert item.title.startswith("[Dự thảo] ")
    assert item.paragraphs[0] == f"{DRAFT_WORDS}; góp ý đến 14/12/2026."
    assert "Hạn góp ý: hết ngày 14/12/2026" in item.paragraphs[-1]


def test_what_nobody_read_is_told_by_where_it_is_known_from(trang_mau: BuiltSite, rss_mau: Feed) -> None:
    item = rss_mau.item(trang_mau, "vi-du-chua-co-ban-goc")
    assert len(item.paragraphs) == 1
    assert "(theo kế hoạch ví dụ của Sở)" in item.paragraphs[0]


def test_no_word_of_a_feed_depends_on_the_day(trang: BuiltSite) -> None:
    states = [row["ten"].lower() for row in trang.vocabulary("trang-thai-hieu-luc", "trang_thai")]
    assert "còn hiệu lực" in states
    passing = ("hôm nay", "đang có hiệu lực", "đang lấy ý kiến", "sắp có hiệu lực", "chưa rà soát", "đã hết hạn")
    for path, feed in all_feeds(trang):
        for item in feed.items:
            # Only what we add: the headline, summary and subject are the clerk's and the document's own words.
            entry = next(e for e in trang.written.values() if trang.ledger.get(e.id, {}).get("guid") == item.guid)
            text = item.html.replace(DRAFT_WORDS, "")
            for key in ("tom_tat", "trich_yeu", "tieu_de"):
                text = text.replace(" ".join(str(entry.keys.get(key, "")).split()).rstrip(".") or "\0", "")
            dated = re.sub(r"(hết|ngưng) hiệu lực( một phần)? từ \d", "", text)
            found = [word for word in (*states, *passing) if word in dated.lower()]
            assert found == [], f"{path}: {item.title}: {found}"


def test_an_empty_feed_is_whole(trang_mau: BuiltSite) -> None:
    feed = Feed(trang_mau, "linh-vuc/oda/rss.xml")
    assert feed.items == []
    assert feed.channel.findtext("title")
