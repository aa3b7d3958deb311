"""Effect in the reader's browser: the table's worked cases, every boundary day, another day on request, lists by date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import OpenPage, Served
from du_an_mau import NOW, ROOT, _tree, build
from local_site import serve
from playwright.sync_api import Page
from support import load, write_entry
from vao_luc import at

from chinhsach.effect import Step, state_on

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang]

CASES = yaml.safe_load((ROOT / "tests/du-lieu/trang-thai-hieu-luc-kiem-thu.yml").read_text(encoding="utf-8"))
FIRST, NOON, LAST = "T00:00:00+07:00", "T12:00:00+07:00", "T23:59:00+07:00"
ZONES = ("Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Auckland")
BOUNDARIES = ("2025-07-01", "2026-01-01", "2026-05-01", "2026-09-01")
"""Days on which some of the worked documents change; with the days around them they are the 12 chosen days."""


class Worked:
    """The worked documents as a built site, and what Python says of them."""

    def __init__(self, site: Served, timelines: dict[str, tuple[Step, ...]]) -> None:
        self.site = site
        self.timelines = timelines


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    project = tmp_path_factory.mktemp("bang-quyet-dinh")
    for name in ("docs", "hooks", "policies/_danh-muc"):
        for path, content in _tree(ROOT / name, name).items():
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            (project / path).write_bytes(content)
    (project / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    for number, (entry_id, document) in enumerate(CASES["kho_mau"].items(), 1):
        write_worked(project, number, entry_id, document)
    done = build(project, project / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    catalogue = load(project, NOW)
    with serve(project / "site", "/") as home:
        yield Worked(
            Served(project / "site", home), {entry.id: catalogue.timeline(entry) for entry in catalogue.entries}
        )


def write_worked(project: Path, number: int, entry_id: str, document: dict[str, Any]) -> None:
    """A worked document as an entry that the check lets through; all were issued on one day, long before."""
    keys = {key: value for key, value in document.items() if key != "khong_ap_dung"}
    if "tiep_tuc_hieu_luc" in keys:
        keys["tiep_tuc_hieu_luc"] |= {"van_ban": "Ví dụ: văn bản công bố"}
    for relation in keys.get("quan_he", ()):
        if relation["pham_vi"] == "mot-phan":
            relation["dieu_khoan"] = "Điều 1"
    is_report = bool(document.get("khong_ap_dung"))
    write_entry(
        project,
        entry_id,
        tieu_de=f"Ví dụ: văn bản mẫu {entry_id}",
        loai="bao-cao" if is_report else "ke-hoach",
        so_ky_hieu=f"{number}/{'BC' if is_report else 'KH'}-SKHĐT",
        ngay_ban_hanh="5/1/2015",
        ra_soat_hieu_luc={"ngay": "20/11/2026", "nguon": "Ví dụ: nơi đã xem"},
        **keys,
    )


def shown(page: Page) -> str | None:
    return page.locator(".tin-dau .hieu-luc").get_attribute("data-hieu-luc")


@pytest.mark.parametrize("entry_id", CASES["kho_mau"])
def test_a_worked_document_is_right_in_the_browser_on_every_day_of_the_table_and_each_boundary(
    entry_id: str, worked: Worked, open_page: OpenPage
) -> None:
    page = open_page()
    address = worked.site.address(f"chinh-sach/{entry_id}/")
    steps = worked.timelines[entry_id]
    cases = {case["ngay"]: case["mong_doi"] for case in CASES["ca"] if case["van_ban"] == entry_id}
    moments = [(day, time) for day in cases for time in (FIRST, LAST)]
    for day in (step.since for step in steps if step.since):
        before = (day - timedelta(days=1)).isoformat()
        moments += [(before, FIRST), (before, LAST), (day.isoformat(), FIRST), (day.isoformat(), LAST)]
    for day, time in moments or [("2026-11-24", NOON)]:
        at(page, day + time, address)
        assert shown(page) == state_on(steps, date.fromisoformat(day)).id, day + time
        if day in cases:
            assert shown(page) == cases[day], day + time


@pytest.mark.parametrize("zone", ZONES)
def test_a_site_built_once_is_right_on_twelve_chosen_days(zone: str, worked: Worked, open_page: OpenPage) -> None:
    page = open_page(timezone=zone)
    days = [date.fromisoformat(day) + timedelta(days=n) for day in BOUNDARIES for n in (-1, 0, 1)]
    assert len(days) == 12
    found: dict[tuple[date, str], dict[str, str]] = {(day, time): {} for day in days for time in (FIRST, LAST)}
    for path in ("chinh-sach/", "chinh-sach/trang-2/"):
        for (day, time), states in found.items():
            at(page, day.isoformat() + time, worked.site.address(path))
            states |= page.evaluate(
                """() => Object.fromEntries([...document.querySelectorAll('.muc')].map((row) =>
                  [row.querySelector('[data-muc]').dataset.muc, row.querySelector('[data-hieu-luc]').dataset.hieuLuc]))"""
            )
    for (day, _), states in found.items():
        assert states == {entry_id: state_on(steps, day).id for entry_id, steps in worked.timelines.items()}, day


@pytest.mark.parametrize("asked", ["2027-08-01", "1/8/2027", "01-08-2027", "1.8.2027"])
@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/New_York"])
def test_a_day_in_the_address_shows_the_effect_of_that_day_and_says_so(
    asked: str, zone: str, states: Served, open_page: OpenPage
) -> None:
    page = open_page(states.address(f"chinh-sach/vi-du-bi-ngung/?ngay={asked}"), timezone=zone)
    assert shown(page) == "het-hieu-luc-toan-bo"
    note = page.locator("[data-ngay-xem='2027-08-01']")
    assert "Hiệu lực vào ngày 1/8/2027" in note.inner_text()
    assert "không phải hôm nay, 24/11/2026" in note.inner_text()
    assert page.locator(".hom-nay").inner_text().split("\n")[0::2] == [
        "1/8/2027",
        "Ngày 1/8/2027: hết hiệu lực toàn bộ",
    ]
    assert page.locator(".theo-ngay [aria-current]").get_attribute("data-tu") == "2027-07-01"
    note.locator("a").click()
    page.wait_for_url(states.address("chinh-sach/vi-du-bi-ngung/"))
    assert page.locator("[data-ngay-xem]").count() == 0
    assert shown(page) == "ngung-hieu-luc"


@pytest.mark.parametrize("asked", ["2026-02-30", "31/2/2027", "hom-qua", "2026-13-01", "<img src=x>", "20260901", "0"])
def test_a_day_that_does_not_exist_is_said_and_today_is_shown(asked: str, states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(f"chinh-sach/vi-du-bi-ngung/?ngay={asked}"))
    assert page.locator("[data-ngay-xem='']").inner_text().startswith(f"Không có ngày “{asked}”")
    assert page.locator("[data-ngay-xem] img").count() == 0
    assert shown(page) == "ngung-hieu-luc"
    assert "Hôm nay: ngưng hiệu lực" in page.locator(".hom-nay").inner_text()


def test_the_question_for_a_day_can_be_put_on_the_page(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address("chinh-sach/vi-du-bi-ngung/"))
    page.locator("#ngay-xem").fill("2026-09-09")
    page.locator("[data-xem-ngay] button").click()
    page.wait_for_url(states.address("chinh-sach/vi-du-bi-ngung/?ngay=2026-09-09"))
    assert shown(page) == "chua-co-hieu-luc"


def test_the_full_text_answers_for_a_day_too(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address("chinh-sach/vi-du-toan-van/toan-van/?ngay=2027-06-01"))
    assert page.locator(".tv-ten .hieu-luc").get_attribute("data-hieu-luc") == "het-hieu-luc-mot-phan"
    assert page.locator("[data-ngay-xem='2027-06-01']").is_visible()


def test_without_script_the_table_of_dates_answers(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address("chinh-sach/vi-du-bi-ngung/"), script=False)
    rows = [row.inner_text().split("\t")[0].replace("\n", " ") for row in page.locator(".theo-ngay tbody tr").all()]
    assert rows == [
        "Đến hết 9/9/2026",
        "Từ 10/9/2026 đến hết 31/10/2026",
        "Từ 1/11/2026 đến hết 30/11/2026",
        "Từ 1/12/2026 đến hết 30/6/2027",
        "Từ 1/7/2027",
    ]
    assert not page.locator("[data-xem-ngay]").is_visible()
    assert "hôm nay" not in page.locator("section:has(> .theo-ngay)").inner_text().lower()


def test_the_picture_says_what_it_shows_and_holds_its_letters_on_a_phone(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address("chinh-sach/vi-du-bi-ngung/"), width=360)
    picture = page.get_by_role("img", name="Trục thời gian từ 1/9/2026 đến 1/7/2027")
    assert picture.locator(".truc-khac").count() == 1
    assert picture.locator(".truc-nay").count() == 1
    sizes = picture.locator("text").evaluate_all("all => all.map((t) => parseFloat(getComputedStyle(t).fontSize))")
    assert min(sizes) >= 14
    boxes = picture.locator("text").evaluate_all("all => all.map((t) => t.getBoundingClientRect().right)")
    assert max(boxes) <= 360


def test_an_article_says_at_its_head_what_became_of_it(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address("chinh-sach/vi-du-toan-van/toan-van/"), script=False)
    notes = page.locator(".dieu-nhac")
    assert notes.all_inner_texts() == [
        "Hết hiệu lực từ 1/6/2027 theo Quyết định 941/2026/QĐ-UBND: “cụm từ “ví dụ” tại khoản 1 Điều 1”.",
        "Khoản 1 hết hiệu lực từ 1/6/2027 theo Quyết định 941/2026/QĐ-UBND.",
    ]
    notes.nth(1).locator("a").first.click()
    page.wait_for_url("**#dieu-2-khoan-1")
    assert "Phụ lục I" in page.locator("section.thong-bao").inner_text()


def test_lists_by_date_keep_what_fits_the_day(states: Served, open_page: OpenPage) -> None:
    page = open_page()

    def ids(path: str, moment: str) -> list[str]:
        at(page, moment, states.address(path))
        found = page.locator("a[data-muc]:visible").all()
        assert page.locator("[data-khong-con]").is_visible() is not bool(found)
        return [str(row.get_attribute("data-muc")) for row in found]

    before, on = "2027-02-28" + LAST, "2027-03-01" + FIRST
    assert "vi-du-toan-van" in ids("hieu-luc/sap-co/", before)
    assert "vi-du-toan-van" not in ids("hieu-luc/sap-co/", on)
    assert "vi-du-toan-van" not in ids("hieu-luc/moi-co/", before)
    assert ids("hieu-luc/moi-co/", on)[0] == "vi-du-toan-van"
    assert "vi-du-toan-van" in ids("hieu-luc/moi-co/", "2027-05-29" + LAST)
    assert "vi-du-toan-van" not in ids("hieu-luc/moi-co/", "2027-05-30" + FIRST)
    assert ids("hieu-luc/sap-het/", "2027-06-30" + LAST) == ["vi-du-bi-ngung", "vi-du-sua-toan-van"]
    assert ids("hieu-luc/sap-het/", "2027-07-01" + FIRST) == ["vi-du-sua-toan-van"]
    assert ids("hieu-luc/sap-het/", "2027-12-01" + FIRST) == []


def test_lists_by_date_have_their_name_only_with_script(states: Served, open_page: OpenPage) -> None:
    address = states.address("hieu-luc/sap-co/")
    assert open_page(address).locator("h1").inner_text() == "Sắp có hiệu lực"
    plain = open_page(address, script=False)
    assert plain.locator("h1").inner_text() == "Theo ngày bắt đầu có hiệu lực, gần nhất trước"
    days = [str(t.get_attribute("datetime")) for t in plain.locator("h2.ds-nam time").all()]
    assert days == sorted(days) != []
