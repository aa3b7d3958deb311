"""The list of what must be public: entries under the points that they name, unknown as unknown; entries are made up."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import html5lib
from support import config, load, templates, write_entry

from chinhsach.deadlines import Rules
from chinhsach.office import points
from chinhsach.outputs import duty
from chinhsach.site_config import SiteConfig

EXTRA = {"khong_gian_ten": "1560ab21-67f1-410e-8230-1bfcf1eaac72", "ten_trang": "Trang ví dụ", "co_quan": "Sở ví dụ"}
UNKNOWN = "Sở chưa công bố đầu mối tiếp nhận yêu cầu cung cấp thông tin"


def shown(root: Path, site: SiteConfig | None = None) -> Any:
    page = duty.page(load(root), site or config())
    text = templates().render(page.template, page.view)
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(text)


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_all_points_of_the_law_stand_in_its_order(tmp_path: Path) -> None:
    heads = [text_of(head) for head in shown(tmp_path).iter("h3") if text_of(head).startswith("Điểm")]
    assert heads == [f"Điểm {letter}" for letter in "abcdđeghiklmnopqrstuv"]


def test_an_entry_stands_under_each_point_that_it_names_and_no_other(tmp_path: Path) -> None:
    write_entry(tmp_path, "vi-du-hai-diem", muc_dieu_17=["b", "k"])
    write_entry(tmp_path, "vi-du-khong-diem", so_ky_hieu="13/SKHĐT-VP")
    write_entry(tmp_path, "vi-du-hen", muc_dieu_17=["b"], ngay_dang="1/12/2026", so_ky_hieu="14/SKHĐT-VP")
    gone = {"trang_thai": "da-go", "go_tin": {"ngay": "12/6/2023", "ly_do": "Ví dụ: đăng nhầm"}}
    write_entry(tmp_path, "vi-du-go", muc_dieu_17=["b"], so_ky_hieu="15/SKHĐT-VP", **gone)
    items = [li for li in shown(tmp_path).iter("li") if (li.get("id") or "").startswith("diem-")]
    found = {li.get("id"): [a.get("data-muc") for a in li.iter("a") if a.get("data-muc")] for li in items}
    assert {key: ids for key, ids in found.items() if ids} == {
        "diem-b": ["vi-du-hai-diem"],
        "diem-k": ["vi-du-hai-diem"],
    }


def test_a_point_without_an_entry_is_called_nothing_in_public(tmp_path: Path) -> None:
    assert "chưa có tin" not in text_of(shown(tmp_path)).lower()


def test_a_long_point_lists_the_newest_and_says_how_many_more_there_are(tmp_path: Path) -> None:
    for number in range(32):
        write_entry(tmp_path, f"vi-du-{number}", muc_dieu_17=["b"], so_ky_hieu=f"{number + 1}/SKHĐT-VP")
    page = shown(tmp_path)
    assert len([a for a in page.iter("a") if a.get("data-muc")]) == 30
    assert "và 2 tin khác" in text_of(page)


def test_who_takes_requests_is_told_only_once_it_is_known(tmp_path: Path) -> None:
    assert UNKNOWN in text_of(shown(tmp_path))
    desk = {"ten": "Ví dụ: bộ phận tiếp nhận", "thu": "vi-du@example.org", "gio": "Ví dụ: giờ hành chính"}
    site = SiteConfig.from_mapping("https://example.org/", EXTRA | {"dau_moi_thong_tin": desk})
    page = shown(tmp_path, site)
    assert UNKNOWN not in text_of(page)
    assert "Ví dụ: bộ phận tiếp nhận" in text_of(page)
    assert "mailto:vi-du@example.org" in [a.get("href") for a in page.iter("a")]


def test_terms_are_those_of_the_dated_rules_with_the_day_from_which_they_hold(tmp_path: Path) -> None:
    terms = [(dd.text, text_of(next(dd.iter("p")))) for dd in shown(tmp_path).iter("dd") if dd.find("p") is not None]
    assert ("12 ngày kể từ ngày nhận yêu cầu hợp lệ", "Luật 01/2026 Đ26.3, từ 1/9/2026") in terms
    assert ("10 ngày kể từ ngày nhận kiến nghị", "Luật 01/2026 Đ22.4, từ 1/9/2026") in terms
    assert not any(term.startswith("15 ngày") for term, _ in terms)


def test_a_term_whose_end_is_known_is_told_until_then_beside_the_one_that_follows(tmp_path: Path) -> None:
    catalogue = load(tmp_path)
    last = date(2026, 12, 31)
    rules = [
        made
        for rule in catalogue.vocabularies.deadlines
        for made in (
            (replace(rule, until=last), replace(rule, id="vi-du-sau", since=date(2027, 1, 1), number=7))
            if rule.id == "kien-nghi-sai-2026"
            else (rule,)
        )
    ]
    catalogue.vocabularies = replace(catalogue.vocabularies, deadlines=Rules(rules))
    terms = [(term["han"], term["theo"]) for term in duty.page(catalogue, config()).view["thoi_han"]]
    assert terms[-2:] == [
        ("10 ngày kể từ ngày nhận kiến nghị", "Luật 01/2026 Đ22.4, từ 1/9/2026 đến hết 31/12/2026"),
        ("7 ngày kể từ ngày nhận kiến nghị", "Luật 01/2026 Đ22.4, từ 1/1/2027"),
    ]


def test_the_office_is_told_which_points_have_no_entry(tmp_path: Path) -> None:
    write_entry(tmp_path, "vi-du-tin", muc_dieu_17=["b"], linh_vuc=["quy-hoach"])
    found = list(duty.served(load(tmp_path)))
    text = points.as_text(found)
    assert text.startswith("Điều 17 khoản 1 Luật 01/2026/QH16: 1 điểm có tin, 20 điểm chưa có tin.")
    assert "tin: vi-du-tin" in text
    assert "tìm trong tin của lĩnh vực: quy-hoach (1)" in text
    rows = [json.loads(line) for line in points.as_json(found).splitlines()]
    assert [row["diem"] for row in rows if row["so_tin"]] == ["b"]
    table = list(csv.DictReader(io.StringIO(points.as_csv(found).removeprefix("\ufeff"))))
    assert [row["diem"] for row in table] == [row["diem"] for row in rows]
