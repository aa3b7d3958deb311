"""What a mirror shows against our ledger: every difference found, no fault of the mirror's form taken for one.

All entries, portals and addresses here are made up («Ví dụ: …»).
"""

from __future__ import annotations

import csv
import hashlib
import html
import http.server
import io
import json
import shutil
import threading
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import NOW, ROOT

from chinhsach import cli, ledger, mirror, vocabulary
from chinhsach.dates import VN
from chinhsach.ledger import Line
from chinhsach.mirror import Own, Row, Wish

GOLDEN = ROOT / "tests" / "golden" / "doi-chieu"
LEDGER = GOLDEN / "so-cong-khai.json"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
OURS = "https://so.example/tin/"
PORTAL = "https://cong.example/rss.xml"
TITLE = "Ví dụ: mức hỗ trợ cho hợp tác xã ở đặc khu"
DAYS = vocabulary.load_calendar(ROOT)
DAYS_OFF = "ngay-nghi.yml"
Run = Callable[..., tuple[int, str, str]]


def line(entry_id: str = "vi-du", title: str = TITLE, **keys: object) -> Line:
    """A line of a ledger, published on Monday 9/11/2026 and never changed unless said."""
    published = datetime(2026, 11, 9, 8, tzinfo=VN)
    values: dict[str, object] = {
        "id": entry_id,
        "guid": f"urn:uuid:{hashlib.md5(entry_id.encode()).hexdigest()[:8]}-0000-5000-8000-000000000000",
        "url": f"chinh-sach/{entry_id}/",
        "title": title,
        "published": published,
        "updated": published,
        "status": "published",
        "stage": "pho-bien",
        "units": ("van-phong-so",),
        "sha256": "0" * 64,
        "facts": "0" * 64,
    }
    return Line(**(values | keys))  # type: ignore[arg-type]


def item(of: Line, **changes: str | None) -> str:
    """An RSS item that shows the line truly, with some elements changed; None leaves one out."""
    elements: dict[str, str | None] = {
        "title": html.escape(of.title, quote=False),
        "link": OURS + of.url,
        "guid": of.guid,
    }
    elements |= {name.replace("_", ":"): value for name, value in changes.items()}
    return "<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in elements.items() if v is not None) + "</item>"


def rss(*items: str) -> bytes:
    """A mirror's feed of these items."""
    spaces = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    head = f'<rss version="2.0" {spaces}><channel><title>Ví dụ</title><link>https://cong.example/</link>'
    return (head + "".join(items) + "</channel></rss>").encode()


def page(*links: str) -> bytes:
    """A mirror's page of these list rows."""
    return ('<html><head><meta charset="utf-8"></head><body><ul>' + "".join(links) + "</ul></body></html>").encode()


def compared(content: bytes, *lines: Line, wish: Wish | None = None, address: str = PORTAL, **own: object) -> list[Row]:
    """The whole comparison with a mirror's bytes."""
    ours = Own(lines, **({"address": OURS} | own))  # type: ignore[arg-type]
    return mirror.compare(mirror.parse(content, address), ours, DAYS, NOW, wish)


def codes(content: bytes, *lines: Line, **options: object) -> list[tuple[str, ...]]:
    """What is said of each row of the result."""
    return [row.codes for row in compared(content, *lines, **options)]  # type: ignore[arg-type]


WITHDRAWN = line(title=f"[Tin đã gỡ] {TITLE}", status="withdrawn", updated=datetime(2026, 11, 18, 9, tzinfo=VN))
CORRECTED = line(updated=datetime(2026, 11, 18, 9, tzinfo=VN))
LONG = line(title="Ví dụ: " + "rất dài " * 40 + "hết")


# --- golden


@pytest.mark.parametrize("form", ["van-ban", "csv", "json"])
@pytest.mark.parametrize("case", CASES)
def test_a_mirror_is_told_as_expected(
    case: str, form: str, run: Run, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(ROOT)
    source = next((GOLDEN / case).glob("cong.*")).relative_to(ROOT).as_posix()
    code, out, err = run(
        "doi-chieu-cong",
        source,
        "--so",
        LEDGER.relative_to(ROOT).as_posix(),
        "--dia-chi-trang",
        OURS,
        "--dinh-dang",
        form,
    )
    expected = GOLDEN / case / ("mong-doi." + {"van-ban": "txt"}.get(form, form))
    if request.config.getoption("--ghi-lai"):
        expected.write_bytes(out.encode())
    assert out.encode() == expected.read_bytes()
    assert (code, err) == (cli.WELL if case == "nguon-tin-dung" else cli.PROBLEMS, "")


def test_the_golden_mirrors_show_every_kind_of_fault() -> None:
    told = [json.loads((GOLDEN / case / "mong-doi.json").read_text(encoding="utf-8"))["tong"] for case in CASES]
    assert {code for totals in told for code in totals} >= set(mirror.FAULTS)


# --- differences


@pytest.mark.parametrize(
    ("content", "of", "said"),
    [
        (rss(), line(), [("thieu",)]),
        (rss(), WITHDRAWN, []),
        (rss(item(line())), WITHDRAWN, [("con-hien-tin-da-go",)]),
        (rss(item(WITHDRAWN)), CORRECTED, [("cu",)]),
        (rss(item(line(), title="Ví dụ: tiêu đề cũ")), CORRECTED, [("cu",)]),
        (rss(item(line(), title="Ví dụ: tiêu đề bịa")), line(), [("sai-tieu-de",)]),
        (rss(item(line(), title=mirror.fold(TITLE))), line(), [("sai-tieu-de",)]),
        (rss(item(line(), title="Ví dụ: cũ", atom_updated="2026-11-19T08:00:00Z")), CORRECTED, [("sai-tieu-de",)]),
        (rss(item(line(), atom_updated="2026-11-09T08:00:00+07:00")), CORRECTED, [("cu",)]),
        (rss(item(line(), link="https://la.example/1")), line(), [("sai-lien-ket",)]),
        (rss(item(line(), link="https://la.example/tin/chinh-sach/vi-du/")), line(), [("sai-lien-ket",)]),
        (rss(item(line(), link=OURS)), line(), [("sai-lien-ket",)]),
        (rss(item(line(), link="https://cong.example/bai/7")), line(), [("trang-rieng",)]),
        (rss(item(line()), item(line())), line(), [(), ("lap",)]),
        (rss(item(line()), item(line(), title="Ví dụ: tiêu đề cũ")), CORRECTED, [(), ("cu", "lap")]),
        (rss(item(line()), item(line("khac", "Ví dụ: tin lạ"))), line(), [(), ("tin-la",)]),
    ],
)
def test_an_untruth_of_a_mirror_is_found(content: bytes, of: Line, said: list[tuple[str, ...]]) -> None:
    assert codes(content, of) == said


def test_old_text_is_found_when_title_and_dates_say_nothing() -> None:
    old = "<![CDATA[<p>Ví dụ: hợp tác xã được hỗ trợ năm triệu đồng cho mỗi lần nộp hồ sơ.</p>]]>"
    new = "Đính chính tin ngày 18/11/2026: trước ghi năm triệu, nay sửa sáu triệu. Ví dụ: hợp tác xã được hỗ trợ sáu triệu."
    texts = {CORRECTED.guid: new}
    assert codes(rss(item(CORRECTED, description=old)), CORRECTED, texts=texts) == [("cu",)]
    for shown in (new, new[:70] + "…", "", "Ví dụ"):
        assert codes(rss(item(CORRECTED, description=shown)), CORRECTED, texts=texts) == [()]


# --- the mirror's own faults


@pytest.mark.parametrize(
    "changes",
    [
        {"guid": None},
        {"guid": "news_123"},
        {"guid": line().guid.upper()},
        {"guid": "https://cong.example/?guid=" + hashlib.md5(line().guid.encode()).hexdigest()},
        {"guid": hashlib.sha256(line().guid.encode()).hexdigest()},
        {"guid": None, "link": None},
        {"guid": None, "link": "http://www.so.example/tin/chinh-sach/vi-du"},
        {"guid": None, "link": "https://SO.example:443/tin//chinh-sach/vi-du/index.html?utm_source=x&amp;y=1#a"},
        {"guid": None, "link": "//so.example/tin/chinh-sach/vi-du/"},
        {"title": TITLE.upper()},
        {"title": f"\n   {TITLE.replace(' ', '  ')}\t"},
        {"title": unicodedata.normalize("NFD", TITLE)},
        {"title": f"&lt;b&gt;{TITLE}&lt;/b&gt;"},
        {"title": f"&amp;lt;i&amp;gt;{TITLE}&amp;lt;/i&amp;gt;"},
        {"title": f"<![CDATA[<a href='/x'>{TITLE}</a>]]>"},
        {"title": TITLE.replace("ỗ", "&amp;#7895;")},
        {"title": TITLE[:30] + "…"},
        {"title": TITLE[:30] + " ..."},
        {"title": TITLE[:30] + "…", "guid": None, "link": None},
        {"pubDate": "32/13/2026"},
        {"pubDate": "Mon, 09 Nov 2026 08:11:42 +0700"},
        {"atom_updated": "hôm qua"},
        {"atom_updated": "2026-11-09"},
        {"atom_updated": "0001-01-01T00:00:00Z"},
        {"atom_updated": "9999-12-31T23:59:59+14:00"},
    ],
)
def test_a_fault_of_form_is_no_difference(changes: dict[str, str | None]) -> None:
    assert codes(rss(item(line(), **changes)), line()) == [()]


def test_a_title_that_the_mirror_cut_in_silence_is_known() -> None:
    assert len(LONG.title) > 255
    assert codes(rss(item(LONG, title=LONG.title[:255])), LONG) == [()]
    assert codes(rss(item(LONG, title=LONG.title[:255], guid=None, link=None)), LONG) == [()]
    assert codes(rss(item(line(), title=TITLE[:30])), line()) == [("sai-tieu-de",)]


def test_a_month_among_the_minutes_does_not_make_an_entry_old() -> None:
    of = line(updated=datetime(2026, 11, 18, 9, 40, tzinfo=VN))
    assert codes(rss(item(of, atom_updated="2026-11-18T09:11:00+07:00")), of) == [()]
    assert codes(rss(item(of, atom_updated="2026-11-18T09:12:00+07:00")), of) == [("cu",)]


def test_a_relative_link_is_read_from_where_the_mirror_stands() -> None:
    assert codes(rss(item(line(), link="/tin/chinh-sach/vi-du/")), line(), address=OURS + "rss.xml") == [()]


@pytest.mark.parametrize("cut", [1, 12, 40])
def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes(cut: int) -> None:
    content = rss(item(line()), item(line("hai", "Ví dụ: tin thứ hai")))
    assert codes(content[:-cut], line())[0] == ()


def test_a_feed_with_broken_entities_and_bare_ampersands_is_read() -> None:
    of = line(title="Ví dụ: thu & chi của hợp tác xã")
    assert codes(rss(item(of, title=of.title, description="a &nbsp; &khongco; <b>")), of) == [()]


def test_an_atom_feed_is_read() -> None:
    of = line(updated=datetime(2026, 11, 18, 9, tzinfo=VN))
    entry = (
        f'<entry><title type="html">{of.title}</title><id>{of.guid}</id><link href="{OURS}{of.url}"/>'
        "<published>2026-11-11T08:00:00+07:00</published><updated>2026-11-18T09:00:00+07:00</updated></entry>"
    )
    (row,) = compared(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode(), of)
    assert (row.codes, row.matched_by, row.delay) == ((), "guid", 2)


# --- how a row is matched


def test_guid_goes_before_link_before_number_before_title() -> None:
    one, two = line("mot", "Ví dụ: tin một"), line("hai", "Ví dụ: tin hai")
    numbers = {"mot": "1/2026/NĐ-CP", "hai": "2/2026/NĐ-CP"}

    def match(**changes: str | None) -> tuple[str, str]:
        row = compared(rss(item(one, **changes)), one, two, number=lambda of: numbers[of.id])[0]
        assert row.line is not None
        return row.line.id, row.matched_by

    to_two = {"link": OURS + two.url, "dc_identifier": numbers["hai"], "title": two.title}
    assert match(**to_two) == ("mot", "guid")
    assert match(guid=None, **(to_two | {"link": OURS + one.url})) == ("mot", "lien-ket")
    assert match(guid=None, **(to_two | {"link": None, "dc_identifier": "Số: 1/2026/nđ-cp"})) == ("mot", "so-ky-hieu")
    assert match(guid=None, link=None, title=two.title) == ("hai", "tieu-de")


def test_a_number_in_a_title_counts_only_with_like_words_and_one_owner() -> None:
    one, two = line("mot", "Ví dụ: mức phạt mới theo 9/2026/NĐ-CP"), line("hai", "Ví dụ: việc khác hẳn")

    def match(title: str, owners: dict[str, str]) -> list[str]:
        rows = compared(rss(item(one, guid=None, link=None, title=title)), one, two, number=lambda of: owners[of.id])
        return [row.matched_by for row in rows if row.shown]

    owners = {"mot": "9/2026/NĐ-CP", "hai": ""}
    assert match("Ví dụ: mức phạt mới, Nghị định 9/2026/NĐ-CP", owners) == ["so-ky-hieu"]
    assert match("Hội nghị tập huấn 9/2026/NĐ-CP tại huyện bạn", owners) == [""]
    assert match("Ví dụ: mức phạt mới, Nghị định 9/2026/NĐ-CP", owners | {"hai": owners["mot"]}) == [""]


def test_equal_titles_of_two_entries_match_neither() -> None:
    one, two = line("mot", "[Dự thảo] Ví dụ: quy chế chung"), line("hai", "Ví dụ: quy chế chung")
    shown = rss(item(one, guid=None, link=None, title="Ví dụ - quy chế chung"))
    assert codes(shown, one, two) == [("tin-la",), ("thieu",), ("thieu",)]


# --- pages


def test_pictures_and_read_more_links_are_no_second_entry() -> None:
    link = f'<a href="{OURS}chinh-sach/vi-du/">'
    row = f'<li>{link}<img src="a.png" alt=""></a>{link}{TITLE}</a>{link}Xem thêm</a></li>'
    assert codes(page(row), line()) == [()]
    assert codes(page(row, row), line()) == [(), ("lap",)]


def test_an_entry_in_a_side_column_too_is_not_doubled() -> None:
    link = f'<a href="{OURS}chinh-sach/vi-du/">{TITLE}</a>'
    assert codes(page(f'<li>{link}</li></ul><div class="moi"><p>{link}</p></div>'), line()) == [(), ()]


def test_a_page_may_link_elsewhere_but_not_to_an_entry_that_we_never_had() -> None:
    others = [
        "/",
        "https://bao.example/chinh-sach/khac/",
        OURS,
        f"{OURS}chinh-sach/trang-2/",
        f"{OURS}chinh-sach/vi-du/toan-van/",
    ]
    links = [f'<li><a href="{link}">Ví dụ: một liên kết nào đó</a></li>' for link in others]
    true = f'<li><a href="{OURS}chinh-sach/vi-du/">{TITLE}</a></li>'
    lost = f'<li><a href="{OURS}chinh-sach/khong-co/">Ví dụ: tin không có</a></li>'
    assert codes(page(true, *links), line()) == [()]
    assert codes(page(true, lost), line()) == [(), ("tin-la",)]


@pytest.mark.parametrize(
    ("beside", "delay"),
    [
        ('<time datetime="2026-11-11T09:00:00Z">hôm kia</time>', 2),
        ('<span class="post-date">Ngày 11/11/2026, 9:00</span>', 2),
        ("<span>Hạn nộp 30/11/2026</span>", None),
        ('<span class="date">hôm kia</span>', None),
        ('<span class="date">31/02/2026</span>', None),
    ],
)
def test_the_date_beside_a_link_is_the_mirrors_own(beside: str, delay: int | None) -> None:
    row = f'<li><a href="{OURS}chinh-sach/vi-du/">{TITLE}</a> {beside}</li>'
    (told,) = compared(page(row, '<li><a href="/khac">khác</a></li>'), line())
    assert told.delay == delay


def test_a_page_in_an_old_encoding_is_read() -> None:
    row = f'<li><a href="{OURS}chinh-sach/vi-du/">Ví dụ: à</a></li>'
    content = f"<html><body>{row}</body></html>".encode("windows-1258", "xmlcharrefreplace")
    reading = mirror.parse(content, PORTAL, "text/html; charset=windows-1258")
    assert [shown.title for shown in reading.rows] == ["Ví dụ: à"]


# --- window and delay


def many(count: int) -> list[Line]:
    """So many entries, each a month after the one before."""
    start = datetime(2016, 1, 1, tzinfo=VN)
    moments = [start + timedelta(days=30 * n) for n in range(count)]
    return [line(f"vi-du-{n}", f"Ví dụ: tin số {n} của sổ", published=m, updated=m) for n, m in enumerate(moments)]


def test_what_lies_outside_the_window_is_told_and_not_asked_for() -> None:
    rows = compared(rss(), *many(103))
    assert [row.codes for row in rows] == [("thieu",)] * 100 + [("ngoai-cua-so",)] * 3
    assert [row.line.id for row in rows[-3:] if row.line] == ["vi-du-2", "vi-du-1", "vi-du-0"]
    assert not any(row.is_fault for row in rows[-3:])


def test_everything_or_only_the_newest_can_be_asked_for() -> None:
    assert codes(rss(), *many(103), wish=Wish(everything=True)) == [("thieu",)] * 103
    assert codes(rss(), *many(4), wish=Wish(newest=1)) == [("thieu",)] + [("ngoai-cua-so",)] * 3


def test_an_untruth_outside_the_window_is_an_untruth() -> None:
    lines = [*many(103)]
    shown = rss(item(lines[0], title="Ví dụ: tiêu đề bịa"))
    assert compared(shown, *lines)[0].codes == ("sai-tieu-de",)


def test_news_of_others_is_foreign_unless_the_mirror_shows_them_by_right() -> None:
    foreign = line("khac", "Ví dụ: tin của nơi khác", url="khong/phai/")
    shown = rss(item(line()), item(foreign, link="https://bao.example/1"))
    lost = rss(item(line()), item(line("mat", "Ví dụ: tin của Sở không còn trong sổ")))
    assert codes(shown, line()) == [(), ("tin-la",)]
    assert codes(shown, line(), wish=Wish(mixed=True)) == [()]
    assert codes(lost, line(), wish=Wish(mixed=True)) == [(), ("tin-la",)]


@pytest.mark.parametrize(
    ("stated", "delay", "note"),
    [
        ("Mon, 09 Nov 2026 23:00:00 +0700", 0, ""),
        ("Mon, 16 Nov 2026 07:00:00 +0700", 5, ""),
        ("Sat, 14 Nov 2026 07:00:00 +0700", 4, ""),
        ("Sun, 01 Nov 2026 07:00:00 +0700", None, "sớm hơn"),
        ("Wed, 25 Nov 2026 09:00:00 +0700", None, "tương lai"),
    ],
)
def test_the_delay_is_in_working_days_and_a_false_date_gives_none(stated: str, delay: int | None, note: str) -> None:
    (row,) = compared(rss(item(line(), pubDate=stated)), line())
    assert row.delay == delay
    assert note in " ".join(row.notes)
    assert bool(row.notes) == bool(note)


def test_a_gap_and_an_untruth_say_for_how_many_working_days() -> None:
    assert NOW.date() == date(2026, 11, 23)
    (gap,) = compared(rss(), CORRECTED)
    (untruth,) = compared(rss(item(line())), WITHDRAWN)
    (truth,) = compared(rss(item(line())), line())
    assert (gap.since, untruth.since, truth.since) == (3, 3, None)


# --- working days


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-11-20", "2026-11-23", 1),
        ("2026-11-23", "2026-11-20", 0),
        ("2025-12-31", "2026-01-12", 7),
        ("2026-02-13", "2026-02-23", 1),
        ("2026-12-31", "2027-01-04", None),
        ("2022-12-30", "2023-01-03", None),
        ("2022-12-31", "2023-01-03", 1),
    ],
)
def test_working_days_follow_the_announced_holidays_and_saturdays(start: str, end: str, count: int | None) -> None:
    assert DAYS.between(date.fromisoformat(start), date.fromisoformat(end)) == count


@pytest.mark.parametrize("year", ["2023", "2024", "2025", "2026"])
def test_a_year_has_as_many_working_days_as_the_file_itself_counts(year: str) -> None:
    import yaml

    document = yaml.safe_load((ROOT / vocabulary.FOLDER / DAYS_OFF).read_text(encoding="utf-8"))
    stated = {str(key): int(value) for key, value in document["so_ngay_lam_viec_trong_nam"].items()}
    first = date(int(year), 1, 1)
    counted = sum(DAYS.is_working_day(first + timedelta(days=n)) for n in range(366 if year == "2024" else 365))
    assert counted == stated[year]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "ngay: []",
        "nam_co_du_lieu: [hai]\nngay: []",
        "nam_co_du_lieu: []\nngay: [{ngay: 2026-01-01, loai: la}]",
    ],
)
def test_a_calendar_that_cannot_be_used_is_a_fault_of_the_vocabulary(tmp_path: Path, text: str) -> None:
    folder = tmp_path / vocabulary.FOLDER
    folder.mkdir(parents=True)
    (folder / DAYS_OFF).write_text(text, encoding="utf-8")
    with pytest.raises(vocabulary.VocabularyFault, match=DAYS_OFF):
        vocabulary.load_calendar(tmp_path)


# --- any bytes


SAMPLES = [next((GOLDEN / case).glob("cong.*")).read_bytes() for case in CASES]
GOLDEN_LINES = ledger.read(LEDGER).lines


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=150)
def test_no_bytes_stop_the_comparison(content: bytes) -> None:
    for head in (
        b"",
        b"<rss><channel><item>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>',
        b"<html><a href=",
    ):
        assert len(compared(head + content, *GOLDEN_LINES)) >= 1


@given(st.sampled_from(SAMPLES), st.integers(0, 4_000), st.integers(0, 60), st.binary(max_size=30))
@settings(deadline=None, max_examples=150)
def test_no_damage_to_a_mirrors_file_stops_the_comparison(sample: bytes, place: int, gone: int, put: bytes) -> None:
    rows = compared(sample[:place] + put + sample[place + gone :], *GOLDEN_LINES)
    assert {code for row in rows for code in row.codes} <= {*mirror.FAULTS, mirror.OUTSIDE, mirror.OWN_PAGE}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"<" * 50_000,
        b"<rss>" * 5_000,
        b"<a href=x>" * 5_000,
        b"<div>" * 20_000 + b"<a href='/x'>v</a>",
        b"<rss><channel><item><title>" + b"&lt;" * 50_000,
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + b'<!ENTITY b "&a;&a;&a;&a;">'
        + b"]><rss>&b;</rss>",
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><item><title>&x;</title></item></channel></rss>',
        b"<rss><channel><item><link>http://[</link><guid>http://[::</guid></item></channel></rss>",
        "<rss><channel><item><title>&#xD800;&#x202e;\u202e</title></item></channel></rss>".encode(),
    ],
)
def test_hostile_bytes_are_read_without_a_fault(content: bytes) -> None:
    reading = mirror.parse(content, PORTAL)
    assert len(reading.rows) <= mirror.MOST_ROWS
    assert all("\u202e" not in shown.title and "\ud800" not in shown.title for shown in reading.rows)


def test_bytes_that_read_like_a_files_name_open_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "<rss>"
    secret.write_bytes(rss(item(line())))
    assert mirror.parse(str(secret).encode()).rows == ()


# --- the command


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls a command; the result is exit code, stdout and stderr."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))

    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(arguments)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the golden ledger as its release, entered as the working folder; its feed says its address."""
    root = tmp_path / "du-an"
    shutil.copytree(ROOT / vocabulary.FOLDER, root / vocabulary.FOLDER)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    (root / "site" / "du-lieu" / "chinh-sach").mkdir(parents=True)
    shutil.copyfile(LEDGER, root / "site" / ledger.PLACE)
    feed = rss().replace(b"https://cong.example/", OURS.encode())
    (root / "site" / "rss.xml").write_bytes(feed)
    (root / "cong.xml").write_bytes((GOLDEN / "nguon-tin-sai" / "cong.xml").read_bytes())
    monkeypatch.chdir(root)
    return root


def test_ledger_and_address_come_from_the_release_unless_said(project: Path, run: Run) -> None:
    code, out, err = run("doi-chieu-cong", "cong.xml", "--dinh-dang", "json")
    expected = json.loads((GOLDEN / "nguon-tin-sai" / "mong-doi.json").read_text(encoding="utf-8"))
    assert (code, err) == (cli.PROBLEMS, "")
    assert json.loads(out)["dong"] == expected["dong"]


def test_without_our_address_links_are_not_judged_and_that_is_said(project: Path, run: Run) -> None:
    (project / "site" / "rss.xml").unlink()
    _, out, _ = run("doi-chieu-cong", "cong.xml")
    assert "không xét liên kết" in out
    assert "[sai-lien-ket]" not in out


def test_the_number_comes_from_the_entrys_own_data(project: Path, run: Run) -> None:
    data = json.dumps({"so_ky_hieu": "5/2026/NĐ-CP"}, ensure_ascii=False).encode()
    (project / "site" / "du-lieu" / "chinh-sach" / "vi-du-thieu.json").write_bytes(data)
    entries = json.loads(LEDGER.read_text(encoding="utf-8"))
    (entry,) = [e for e in entries["entries"] if e["ma"] == "vi-du-thieu"]
    entry["sha256"] = hashlib.sha256(data).hexdigest()
    (project / "site" / ledger.PLACE).write_text(json.dumps(entries), encoding="utf-8")
    shown = "<item><title>khác hẳn</title><dc:identifier>5/2026/NĐ-CP</dc:identifier></item>"
    (project / "cong.xml").write_bytes(rss(shown))
    _, out, _ = run("doi-chieu-cong", "cong.xml", "--dinh-dang", "json")
    row = json.loads(out)["dong"][0]
    assert (row["ma"], row["khop_theo"], row["ket_qua"]) == ("vi-du-thieu", "so-ky-hieu", ["sai-tieu-de"])


def test_a_result_goes_into_a_file_and_its_count_to_the_screen(project: Path, run: Run) -> None:
    code, out, _ = run("doi-chieu-cong", "cong.xml", "--dinh-dang", "csv", "--ra", "ket-qua.csv")
    rows = list(csv.reader(io.StringIO((project / "ket-qua.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert code == cli.PROBLEMS
    assert out.startswith("Cổng có 9 dòng, sổ có 9 tin; khác: ")
    assert rows[0][:2] == ["ket_qua", "ma"]
    assert len(rows) == 12


def test_no_cell_of_the_result_is_a_formula(project: Path, run: Run) -> None:
    (project / "cong.xml").write_bytes(rss(item(line(), title="=HYPERLINK(1)", link="@x", guid="+1")))
    _, out, _ = run("doi-chieu-cong", "cong.xml", "--dinh-dang", "csv")
    cells = [cell for row in csv.reader(io.StringIO(out.lstrip("\ufeff"), newline="")) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_nothing_readable_is_told_as_such_and_everything_as_missing(project: Path, run: Run) -> None:
    (project / "cong.xml").write_bytes(b"\x00\x01")
    code, out, _ = run("doi-chieu-cong", "cong.xml")
    assert code == cli.PROBLEMS
    assert "Không đọc thấy dòng tin nào" in out
    assert out.count("lỗi[thieu]") == 7


def test_a_feed_that_breaks_off_is_told_as_such(project: Path, run: Run) -> None:
    content = rss(item(line()), item(line("hai", "Ví dụ: tin thứ hai")))
    for kept, told in ((content, False), (content[:-40], True)):
        (project / "cong.xml").write_bytes(kept)
        assert ("đứt giữa chừng" in run("doi-chieu-cong", "cong.xml")[1]) is told


def test_a_mirror_with_more_rows_than_are_read_is_told_as_such(project: Path, run: Run) -> None:
    rows = [f"<li><a href='/{n}'>{n}</a></li>" for n in range(mirror.MOST_ROWS)]
    for links, told in ((rows, False), ([*rows, "<li><a href='/x'>x</a></li>"], True)):
        (project / "cong.html").write_bytes(page(*links))
        assert ("chỉ đọc 5000 dòng đầu" in run("doi-chieu-cong", "cong.html")[1]) is told


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["khong-co.xml"], "không đọc được «khong-co.xml»: không có tệp này"),
        (["."], "không đọc được «.»"),
        (["cong.xml", "--so", "khong-co.json"], "không đọc được «khong-co.json»"),
        (["cong.xml", "--so", "cong.xml"], "JSON hỏng"),
        (["cong.xml", "--so-tin", "0"], "--so-tin phải là số từ 1"),
        (["cong.xml", "--ra", "khong/co/cho.csv"], "không ghi được"),
        (["ftp://example.org/rss.xml"], "chỉ đọc địa chỉ http hoặc https"),
        (["http://127.0.0.1:9/rss.xml"], "thêm --cho-phep-mang-rieng"),
        ([], "còn thiếu"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(project: Path, run: Run, arguments: list[str], reason: str) -> None:
    code, out, err = run("doi-chieu-cong", *arguments)
    assert (code, out) == (cli.WRONG_CALL, "")
    assert reason in err


def test_a_file_larger_than_any_feed_is_refused(project: Path, run: Run) -> None:
    with (project / "lon.xml").open("wb") as file:
        file.truncate(16 * 1024 * 1024)
    code, _, err = run("doi-chieu-cong", "lon.xml")
    assert (code, "lớn quá 15 MB" in err) == (cli.WRONG_CALL, True)


@pytest.fixture
def portal(project: Path) -> Iterator[str]:
    """The project's folder served as a portal on this machine; the result is its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    running.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    running.join()
    server.server_close()


def test_an_address_is_read_like_its_file(project: Path, run: Run, portal: str) -> None:
    by_file = json.loads(run("doi-chieu-cong", "cong.xml", "--dinh-dang", "json")[1])
    code, out, err = run("doi-chieu-cong", f"{portal}cong.xml", "--cho-phep-mang-rieng", "--dinh-dang", "json")
    assert (code, err) == (cli.PROBLEMS, "")
    assert json.loads(out)["dong"] == by_file["dong"]
