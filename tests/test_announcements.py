"""Public events and press notes: what was announced is shown with its dates, and nothing else is; all are made up."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from support import NOW, ROOT, config, load, templates, vocabularies, write_entry

from chinhsach import announcements
from chinhsach.catalogue import Catalogue
from chinhsach.dates import VN
from chinhsach.outputs import announced

EVENT = {
    "ma": "vi-du-hoi-nghi",
    "loai": "hoi-nghi",
    "ten": "Ví dụ: hội nghị phổ biến một luật",
    "tu": "4/12/2026 08:00",
    "noi": "Ví dụ: hội trường",
    "don_vi": ["van-phong-so"],
    "ngay_dang": "20/11/2026",
}
NOTE = {
    "ma": "vi-du-thong-cao",
    "tieu_de": "Ví dụ: thông cáo đã duyệt",
    "ngay": "20/11/2026",
    "duyet": {"chuc_vu": "Người phát ngôn của Sở", "ngay": "20/11/2026", "hinh_thuc": "Ví dụ: phiếu trình"},
    "noi_dung": ["Ví dụ: đoạn một.", "Ví dụ: đoạn hai."],
}


def told(root: Path, *rows: dict[str, Any], folder: str = announcements.EVENTS, year: int = 2026) -> Catalogue:
    key = "su_kien" if folder == announcements.EVENTS else "thong_cao"
    path = root / folder / f"{year}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({key: rows}, ensure_ascii=False, indent=1), encoding="utf-8")
    return load(root)


def paths(catalogue: Catalogue) -> list[str]:
    return [page.path for page in announced.pages(catalogue, config())]


def html(catalogue: Catalogue, path: str) -> str:
    (page,) = [page for page in announced.pages(catalogue, config()) if page.path == path]
    return templates().render(page.template, page.view)


def events_of(catalogue: Catalogue) -> dict[str, Any]:
    made = Calendar.from_ical(announced.calendar(catalogue, config()))
    return {str(event["url"]).partition("#")[2]: event for event in made.walk("VEVENT")}


def test_without_an_event_the_page_says_so_and_is_not_in_the_menu(tmp_path: Path) -> None:
    catalogue = load(tmp_path)
    assert paths(catalogue) == ["su-kien/"]
    assert "Chưa có sự kiện nào được công bố." in html(catalogue, "su-kien/")
    assert announced.menu(catalogue) == []
    assert events_of(catalogue) == {}


def test_the_repository_announces_nothing_that_did_not_come_from_the_office() -> None:
    known = announcements.load(ROOT, vocabularies())
    assert (known.events, known.notes, known.faults) == ((), (), {})


def test_an_event_stands_on_the_page_in_the_menu_and_in_the_calendar(tmp_path: Path) -> None:
    write_entry(tmp_path, "vi-du-tin")
    catalogue = told(tmp_path, EVENT | {"den": "4/12/2026 11:30", "tin": "vi-du-tin", "doi_tuong": "cong-chuc"})
    shown = html(catalogue, "su-kien/")
    for text in ("Ví dụ: hội nghị", "Thứ sáu, 4/12/2026, từ 08:00 đến 11:30", "Văn phòng Sở", "chinh-sach/vi-du-tin/"):
        assert text in shown
    assert announced.menu(catalogue) == [("su-kien", "Sự kiện")]
    event = events_of(catalogue)["vi-du-hoi-nghi"]
    assert event["dtstart"].dt == datetime(2026, 12, 4, 1, 0, tzinfo=UTC)
    assert event["dtend"].dt == datetime(2026, 12, 4, 4, 30, tzinfo=UTC)
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 0)


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("4/12/2026", None, "Thứ sáu, 4/12/2026"),
        ("4/12/2026", "5/12/2026", "Thứ sáu, 4/12/2026 đến hết Thứ bảy, 5/12/2026"),
        ("4/12/2026 08:00", None, "Thứ sáu, 4/12/2026, 08:00"),
        ("4/12/2026 08:00", "5/12/2026 17:00", "08:00 Thứ sáu, 4/12/2026 đến 17:00 Thứ bảy, 5/12/2026"),
    ],
)
def test_times_are_told_as_far_as_they_are_known(since: str, until: str | None, said: str, tmp_path: Path) -> None:
    catalogue = told(tmp_path, EVENT | {"tu": since} | ({"den": until} if until else {}))
    assert announced.time_words(catalogue.announced.events[0]) == said


def test_a_whole_day_ends_on_the_day_after_its_last_in_the_calendar(tmp_path: Path) -> None:
    event = events_of(told(tmp_path, EVENT | {"tu": "4/12/2026", "den": "5/12/2026"}))["vi-du-hoi-nghi"]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 12, 4), date(2026, 12, 6))


def test_what_is_announced_later_is_not_shown_yet(tmp_path: Path) -> None:
    catalogue = told(tmp_path, EVENT | {"ngay_dang": "24/11/2026"})
    assert catalogue.now == NOW
    assert "Ví dụ: hội nghị" not in html(catalogue, "su-kien/")
    assert (events_of(catalogue), announced.menu(catalogue)) == ({}, [])


def test_a_cancelled_event_stays_and_says_so(tmp_path: Path) -> None:
    catalogue = told(tmp_path, EVENT | {"huy": {"ngay": "22/11/2026", "ly_do": "Ví dụ: diễn giả vắng"}})
    assert "Đã hủy ngày" in html(catalogue, "su-kien/")
    event = events_of(catalogue)["vi-du-hoi-nghi"]
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert event["last-modified"].dt == datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


def test_an_event_keeps_its_place_in_calendars_whatever_is_changed(tmp_path: Path) -> None:
    before = events_of(told(tmp_path, EVENT))["vi-du-hoi-nghi"]["uid"]
    change = {"ngay": "21/11/2026", "noi_dung": "Ví dụ: đổi giờ"}
    after = events_of(told(tmp_path, EVENT | {"tu": "5/12/2026 09:00", "thay_doi": [change]}))["vi-du-hoi-nghi"]
    assert (after["uid"], after["sequence"]) == (before, 1)


def test_the_latest_stands_first_over_all_years(tmp_path: Path) -> None:
    told(tmp_path, EVENT | {"ma": "vi-du-cu", "tu": "4/12/2025", "ngay_dang": "1/12/2025"}, year=2025)
    catalogue = told(tmp_path, EVENT | {"ma": "vi-du-a", "tu": "1/12/2026"}, EVENT | {"ma": "vi-du-b"})
    shown = catalogue.announced.events_on(datetime(2026, 11, 23, tzinfo=VN).date())
    assert [event.id for event in shown] == ["vi-du-b", "vi-du-a", "vi-du-cu"]


def test_an_event_leads_to_no_entry_that_is_not_in_lists(tmp_path: Path) -> None:
    write_entry(tmp_path, "vi-du-hen", ngay_dang="1/12/2026")
    assert "vi-du-hen" not in html(told(tmp_path, EVENT | {"tin": ["vi-du-hen"]}), "su-kien/")


def test_press_notes_have_a_page_only_once_one_is_approved_and_out(tmp_path: Path) -> None:
    later = NOTE | {"ngay": "24/11/2026"}
    assert paths(told(tmp_path, later, folder=announcements.NOTES)) == ["su-kien/"]
    catalogue = told(tmp_path, NOTE, folder=announcements.NOTES)
    assert paths(catalogue) == ["su-kien/", "bao-chi/"]
    assert announced.menu(catalogue) == [("bao-chi", "Báo chí")]
    shown = html(catalogue, "bao-chi/")
    assert "Người phát ngôn của Sở, ngày 20/11/2026" in shown
    assert "<p>Ví dụ: đoạn hai.</p>" in shown


def test_a_press_note_that_was_withdrawn_keeps_its_title_and_loses_its_text(tmp_path: Path) -> None:
    gone = NOTE | {"go": {"ngay": "21/11/2026", "ly_do": "Ví dụ: nêu nhầm"}}
    shown = html(told(tmp_path, gone, folder=announcements.NOTES), "bao-chi/")
    assert "Sở đã rút thông cáo này ngày" in shown
    assert "đoạn một" not in shown


def test_the_plan_s_public_activities_are_not_read_by_the_site(tmp_path: Path) -> None:
    plan = tmp_path / "_van-phong" / "ke-hoach"
    plan.mkdir(parents=True)
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    (plan / "2026.yml").write_text("hoat_dong:\n- {id: vi-du, cong_khai: co, ten: Ví dụ}\n", encoding="utf-8")
    assert load(tmp_path).announced == announcements.EMPTY
