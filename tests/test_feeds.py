"""The feeds that the package writes (DESIGN §5): hostile text, windows, archives, removals, JSON Feed, calendar, embeds.

`feed_check` judges every release here; its own test breaks one thing at a time and sees that it speaks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from feed_check import ATOM, CHECKS, Failure, check, read_truth
from icalendar import Calendar
from lxml import etree
from support import DRAFT, NOW, ROOT, config, load, templates, write_entry

from chinhsach.dates import VN
from chinhsach.outputs.site import CONTENT_MARK, HEAD_MARK, Site

ADDRESS = "https://vi-du.example/tin/"
REMOVED: Mapping[str, Any] = {
    "trang_thai": "da-go",
    "go_tin": {"ngay": "12/6/2023 09:30", "ly_do": "Ví dụ: ghi nhầm số"},
}
ERASED: Mapping[str, Any] = {"trang_thai": "da-go", "go_tin": {**REMOVED["go_tin"], "che_do": "xoa-noi-dung"}}
FRAME = f"<!doctype html><title></title>{HEAD_MARK}<main>{CONTENT_MARK}</main>"


def files_of(root: Path, now: datetime = NOW, base: str = ADDRESS) -> dict[str, bytes]:
    site = Site(load(root, now), config(base), templates(), lambda section: FRAME)
    return {o.path: o.content if isinstance(o.content, bytes) else o.content.read_bytes() for o in site.files()}


def judged(files: Mapping[str, bytes], *, with_clients: bool = True, now: datetime = NOW) -> list[Failure]:
    truth = read_truth(files["du-lieu/so-cong-khai.json"])
    return check(files, ADDRESS, truth, now, with_clients=with_clients)


def items(content: bytes) -> list[etree._Element]:
    return etree.fromstring(content).findall("channel/item")


def titles(content: bytes) -> list[str]:
    return [item.findtext("title") for item in items(content)]


def item(content: bytes, number: str = "12/SKHĐT-VP") -> etree._Element:
    dc = "{http://purl.org/dc/elements/1.1/}identifier"
    return next(item for item in items(content) if item.findtext(dc) == number)


HOSTILE = {
    "dieu-khien": ("Ví dụ\x0b dấu\x07 lạ", "Ví dụ dấu lạ"),
    "ket-cdata": ("Ví dụ: ]]> giữa dòng", "Ví dụ: ]]› giữa dòng"),
    "thuc-the": ("Ví dụ &amp;&nbsp;&lt;b&gt; &#60;i&#62; &amp;lt;", "Ví dụ & ‹b› ‹i› ‹"),
    "hinh-ve": ("Ví dụ 👩🏽‍🌾 🇻🇳 hình", "Ví dụ 👩🏽🌾 🇻🇳 hình"),
    "phai-trai": ("Ví dụ \u202eđảo\u202c \u200fngược\u2066", "Ví dụ đảo ngược"),
    "the": ("Ví dụ <script>alert(1)</script>", "Ví dụ ‹script›alert(1)‹/script›"),
    "nfd": ("Vi\u0301 du\u0323: chữ tách dấu", "Ví dụ: chữ tách dấu"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_clerk_pastes_is_well_formed_and_readable_in_every_feed(name: str, tmp_path: Path) -> None:
    pasted, shown = HOSTILE[name]
    write_entry(tmp_path, tieu_de=pasted, tom_tat=f"{pasted}, tóm tắt ví dụ đủ dài để đọc được.", trich_yeu=pasted)
    write_entry(tmp_path, "du-thao", **DRAFT | {"tieu_de": pasted})
    files = files_of(tmp_path)
    assert judged(files) == []
    assert set(titles(files["rss.xml"])) == {shown, f"[Dự thảo] {shown}"}
    entry = next(i for i in json.loads(files["feed.json"])["items"] if i["title"] == shown)
    assert entry["summary"] == f"{shown}, tóm tắt ví dụ đủ dài để đọc được."


def test_long_subjects_and_equal_titles_stand_whole_and_apart(tmp_path: Path) -> None:
    subject = "Ví dụ trích yếu dài " * 24 + "đủ 500 chữ cái"
    subject = subject.ljust(500, "x")
    title = "Ví dụ: " + "tiêu đề dài " * 11 + "hết bài"
    assert (len(subject), len(title) <= 150) == (500, True)
    for number in range(1, 5):
        write_entry(tmp_path, f"tin-{number}", tieu_de=title, trich_yeu=subject, so_ky_hieu=f"{number}/SKHĐT-VP")
    files = files_of(tmp_path)
    assert judged(files) == []
    assert sorted(titles(files["rss.xml"])) == [title, *(f"{title} ({number}/SKHĐT-VP)" for number in (2, 3, 4))]
    assert all(subject in (i.findtext("description") or "") for i in items(files["rss.xml"]))


def test_a_site_without_entries_has_all_its_feeds_whole_and_empty(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    files = files_of(tmp_path)
    assert judged(files) == []
    assert titles(files["rss.xml"]) == json.loads(files["feed.json"])["items"] == []
    assert not [path for path in files if path.startswith("luu-tru/2")]
    assert {"don-vi/van-phong-so/atom.xml", "linh-vuc/oda/rss.xml", "gop-y/rss.xml", "rss-hien-thi.xml"} <= set(files)


def test_one_entry_stands_in_its_feeds_and_in_its_month(tmp_path: Path) -> None:
    write_entry(tmp_path)
    files = files_of(tmp_path)
    assert judged(files) == []
    guid = item(files["rss.xml"]).findtext("guid")
    holding = {path for path in files if path.endswith(".xml") and guid.encode() in files[path]}
    lists = ("", "don-vi/van-phong-so/", "linh-vuc/truyen-thong-chinh-sach/")
    expected = {f"{folder}{kind}.xml" for folder in lists for kind in ("rss", "atom")}
    assert holding == expected | {"rss-hien-thi.xml", "luu-tru/2023-06.xml", "luu-tru/2023-06.atom.xml"}


@pytest.mark.parametrize(("recent", "older", "held"), [(5, 115, 100), (120, 10, 120), (520, 0, 500)])
def test_the_window_widens_with_a_burst_and_archives_hold_the_rest(
    recent: int, older: int, held: int, tmp_path: Path
) -> None:
    newest = datetime(2023, 6, 30, tzinfo=VN)
    for number in range(recent + older):
        day = newest - timedelta(days=(number % 30 if number < recent else 31 + number % 50))
        write_entry(tmp_path, f"tin-{number:03}", so_ky_hieu=f"{number + 1}/SKHĐT-VP", ngay_ban_hanh="1/3/2023",
                    tieu_de=f"Ví dụ: tin thứ {number}", ngay_dang=f"{day:%Y-%m-%d}")  # fmt: skip
    files = files_of(tmp_path)
    assert judged(files, with_clients=False) == []
    assert len(items(files["rss.xml"])) == len(items(files["don-vi/van-phong-so/rss.xml"])) == held
    assert len(items(files["rss-hien-thi.xml"])) == 100
    archived = [path for path in files if path.startswith("luu-tru/2") and not path.endswith(".atom.xml")]
    assert sum(len(items(files[path])) for path in archived) == recent + older


def test_archives_go_by_the_month_in_vietnam_over_the_end_of_a_year(tmp_path: Path) -> None:
    for number, moment in enumerate(("30/11/2023 10:00", "31/12/2023 23:59", "1/1/2024 00:00"), 1):
        write_entry(
            tmp_path, f"tin-{number}", so_ky_hieu=f"{number}/SKHĐT-VP", tieu_de=f"Ví dụ: tin {number}", ngay_dang=moment
        )
    files = files_of(tmp_path)
    assert judged(files) == []
    held = {path: titles(files[path]) for path in files if path.startswith("luu-tru/2") and "atom" not in path}
    assert held == {
        "luu-tru/2023-11.xml": ["Ví dụ: tin 1"],
        "luu-tru/2023-12.xml": ["Ví dụ: tin 2"],
        "luu-tru/2024-01.xml": ["Ví dụ: tin 3"],
    }
    links = {e.get("rel"): e.get("href") for e in etree.fromstring(files["luu-tru/2023-12.xml"]).iter(f"{ATOM}link")}
    assert links["prev-archive"] == f"{ADDRESS}luu-tru/2023-11.xml"
    assert links["next-archive"] == f"{ADDRESS}luu-tru/2024-01.xml"


def test_of_an_erased_entry_nothing_is_left_but_guid_date_and_notice(tmp_path: Path) -> None:
    told = {
        "tieu_de": "Ví dụ mấtđi một",
        "tom_tat": "Tóm tắt mấtđi hai, ví dụ đủ dài để đọc được ở đây.",
        "trich_yeu": "mấtđi ba",
    }
    tep = [{"ten": "mấtđi bốn", "tep": "mat-di.txt", "loai": "khac"}]
    changes = [
        {"ngay": "8/6/2023", "loai": "dinh-chinh", "noi_dung": "mấtđi năm", "truoc": "mấtđi sáu", "sau": "mấtđi bảy"}
    ]
    erased = {**told, "tep": tep, "thay_doi": changes, "so_ky_hieu": "7788/SKHĐT-VP"}
    write_entry(tmp_path, "tin", files={"mat-di.txt": "mấtđi tám"}, body="\nBài mấtđi chín.\n", **erased)
    standing = files_of(tmp_path)
    write_entry(tmp_path, "tin", files={"mat-di.txt": "mấtđi tám"}, body="\nBài mấtđi chín.\n", **erased | dict(ERASED))
    files = files_of(tmp_path)
    assert judged(files) == []
    for words in ("mấtđi", "mat-di", "7788/SKHĐT-VP"):
        assert [path for path, content in standing.items() if words.encode() in content or words in path]
        assert not [path for path, content in files.items() if words.encode() in content or words in path]
    gone = items(files["rss.xml"])[0]
    assert gone.findtext("guid") == items(standing["rss.xml"])[0].findtext("guid")
    assert (gone.findtext("title"), gone.findtext("description")) == (
        "Tin đã gỡ",
        "<p>Sở đã gỡ tin này ngày 12/6/2023.</p>",
    )


def test_a_json_item_carries_the_document_the_consultation_and_the_file(tmp_path: Path) -> None:
    tep = [{"ten": "Ví dụ", "tep": "vi-du.txt", "loai": "khac"}]
    write_entry(tmp_path, tep=tep, files={"vi-du.txt": "Ví dụ"}, quan_he=[{"loai": "can-cu", "den": "07/CT-TTg"}])
    write_entry(tmp_path, "du-thao", **DRAFT)
    write_entry(tmp_path, "da-go", so_ky_hieu="13/SKHĐT-VP", **REMOVED)
    read = {i["url"].split("/")[-2]: i for i in json.loads(files_of(tmp_path)["feed.json"])["items"]}
    plain, draft, removed = read["vi-du"], read["du-thao"], read["da-go"]
    assert plain["_van_ban"]["so_ky_hieu"] == "12/SKHĐT-VP"
    assert plain["_quan_he"] == [{"loai": "can-cu", "den": "07/CT-TTg"}]
    assert plain["attachments"] == [
        {
            "url": f"{ADDRESS}chinh-sach/vi-du/tep/vi-du.txt",
            "mime_type": "text/plain",
            "size_in_bytes": len("Ví dụ".encode()),
        }
    ]
    assert draft["_gop_y"] == {"tu": "2023-06-10", "den": "2023-06-30"}
    assert removed["_da_go"] == {"ngay": "2023-06-12T09:30:00+07:00"}
    assert "_da_go" not in plain | draft


def events(files: Mapping[str, bytes]) -> list[Any]:
    return Calendar.from_ical(files["gop-y/lich.ics"]).walk("VEVENT")


def test_a_calendar_event_keeps_its_uid_and_is_cancelled_with_a_higher_sequence(tmp_path: Path) -> None:
    uids, sequences, states = set(), [], []
    back = [
        {"ngay": "12/6/2023 09:30", "loai": "go-tin", "noi_dung": "Ví dụ"},
        {"ngay": "13/6/2023", "loai": "dang-lai", "noi_dung": "Ví dụ"},
    ]
    for changed in (
        {},
        REMOVED,
        {"thay_doi": back, "tieu_de": "Ví dụ: tên mới của dự thảo"},
        ERASED | {"thay_doi": back},
    ):
        write_entry(tmp_path, "du-thao", **{**DRAFT, **changed})
        (event,) = events(files_of(tmp_path, base=f"https://ten-mien-{len(states)}.example/"))
        uids.add(str(event["uid"]))
        sequences.append(int(event["sequence"]))
        states.append(str(event["status"]))
    assert len(uids) == 1
    assert states == ["CONFIRMED", "CANCELLED", "CONFIRMED", "CANCELLED"]
    assert sequences == sorted(set(sequences))
    assert "dự thảo" not in str(event["summary"]).lower()


def test_a_deadline_is_a_whole_day_and_entries_without_one_are_not_in_the_calendar(tmp_path: Path) -> None:
    write_entry(tmp_path)
    write_entry(tmp_path, "du-thao", **DRAFT)
    write_entry(tmp_path, "nhap", **DRAFT | {"trang_thai": "ban-nhap"})
    write_entry(tmp_path, "hen", **DRAFT | {"ngay_dang": "1/1/2030"})
    (event,) = events(files_of(tmp_path))
    assert (f"{event.start:%Y-%m-%d}", f"{event.end:%Y-%m-%d}") == ("2023-06-30", "2023-07-01")
    assert event["summary"].startswith("Hạn góp ý: [Dự thảo] ")
    assert str(event["url"]) == f"{ADDRESS}chinh-sach/du-thao/"


def test_what_other_sites_embed_holds_only_what_stands_and_its_script_is_small(tmp_path: Path) -> None:
    write_entry(tmp_path, tieu_de="Ví dụ: đang đăng")
    write_entry(tmp_path, "da-go", so_ky_hieu="13/SKHĐT-VP", tieu_de="Ví dụ: không còn", **REMOVED)
    files = files_of(tmp_path)
    assert [row["tieu_de"] for row in json.loads(files["nhung/moi-nhat.json"])["tin"]] == ["Ví dụ: đang đăng"]
    for path in ("nhung/moi-nhat.html", "nhung/van-phong-so.html"):
        assert "Ví dụ: đang đăng" in files[path].decode()
        assert "Ví dụ: không còn" not in files[path].decode()
    assert len((ROOT / "docs" / "nhung" / "nhung.js").read_bytes()) <= 2048


MUTANTS = [
    ("C01", "index.html", b"application/feed+json", b"application/json"),
    ("C02", "rss.xml", b"?>", b"?><?xml-stylesheet href='a.xsl'?>"),
    ("C03", "rss.xml", b"<title>V\xc3\xad d\xe1\xbb\xa5: m\xe1\xbb\x99t", "<title>Ví dụ: \u200bmột".encode()),
    ("C04", "atom.xml", b'rel="self"', b'rel="related"'),
    ("C05", "rss.xml", b'isPermaLink="false"', b'isPermaLink="true"'),
    ("C06", "rss.xml", b"<title>V\xc3\xad d\xe1\xbb\xa5: hai", b"<title>V\xc3\xad d\xe1\xbb\xa5: m\xe1\xbb\x99t"),
    ("C07", "rss.xml", b"chinh-sach/mot/</link>", b"chinh-sach/khong-co/</link>"),
    ("C08", "rss.xml", b"&lt;/p&gt;", b"&lt;/b&gt;"),
    ("C09", "rss.xml", b"<pubDate>Mon", b"<pubDate>Sun"),
    ("C10", "rss.xml", b"2023-06-12T09:30:00+07:00</atom:updated>", b"2023-06-01T09:30:00+07:00</atom:updated>"),
    ("C11", "rss.xml", b"<category>V\xc4\x83n ph\xc3\xb2ng S\xe1\xbb\x9f", b"<category> "),
    ("C12", "atom.xml", b"<updated>2023", b"<updated>2024"),
    ("C13", "rss.xml", b"</guid>", b"</guid><guid isPermaLink='false'>x</guid>"),
    ("C14", "rss.xml", b"<pubDate>Mon, 05 Jun 2023 00:00:00 +0700", "<pubDate>hôm ấy".encode()),
    ("C16", "feed.json", b'"url": "https://vi-du.example/tin/chinh-sach/mot/"', b'"url": "https://vi-du.example/tin/chinh-sach/hai/"'),
    ("C17", "luu-tru/2023-06.xml", b"<fh:archive/>", b""),
    ("C18", "rss.xml", b"at:deleted-entry ref", b"at:deleted ref"),
    ("C19", "don-vi/van-phong-so/rss.xml", b'"false">urn:uuid:', b'"false">urn:uuid:1'),
    ("C20", "rss.xml", b"2023-06-05T00:00:00+07:00</atom:updated>", b"2023-06-05T00:01:00+07:00</atom:updated>"),
    ("C20", "rss-hien-thi.xml", b"urn:uuid:", b"urn:uuid:1"),
    ("C20", "gop-y/rss.xml", b"urn:uuid:", b"urn:uuid:1"),
    ("C21", "feed.json", b'"version"', b'"phien_ban": 1, "version"'),
    ("C22", "rss.xml", b"<item>", b"<item>" + b" " * 40_000),
    ("C23", "atom.xml", b'<content type="html">', b'<content type="text">'),
    ("C24", "rss.xml", b'length="6"', b'length="8"'),
    ("C25", "rss.xml", "<title>[Dự thảo] ".encode(), b"<title>"),
]  # fmt: skip


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = tmp_path_factory.mktemp("nhieu-tin")
    tep = [{"ten": "Ví dụ", "tep": "vi-du.txt", "loai": "khac"}]
    write_entry(root, "mot", tieu_de="Ví dụ: một", tep=tep, files={"vi-du.txt": "Ví du"})
    write_entry(root, "hai", tieu_de="Ví dụ: hai", so_ky_hieu="13/SKHĐT-VP")
    write_entry(root, "ba", tieu_de="Ví dụ: ba", so_ky_hieu="14/SKHĐT-VP", **REMOVED)
    write_entry(root, "du-thao", **DRAFT | {"gop_y": {**DRAFT["gop_y"], "tu": "1/6/2023", "den": "4/6/2023"}})
    return files_of(root)


def test_the_checker_says_nothing_of_whole_feeds_and_knows_a_fault_for_every_check(varied: dict[str, bytes]) -> None:
    assert judged(varied) == []
    assert {code for code, *_ in MUTANTS} >= set(CHECKS)


@pytest.mark.parametrize(("code", "path", "old", "new"), MUTANTS, ids=[f"{m[0]}-{m[1]}" for m in MUTANTS])
def test_the_checker_sees_each_single_fault(
    code: str, path: str, old: bytes, new: bytes, varied: dict[str, bytes]
) -> None:
    assert old in varied[path]
    wrong = {**varied, path: varied[path].replace(old, new, 1)}
    assert code in {failure.check for failure in judged(wrong, with_clients=code == "C14")}
