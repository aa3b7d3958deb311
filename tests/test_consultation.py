"""What a draft's page says of its consultation: ways to comment that work, who answers, what became of the comments."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from support import DRAFT, config, load_one, templates, write_entry

from chinhsach.outputs.entry_page import EntryPages, way_href
from chinhsach.policy import Consultation, ConsultationResult, ConsultationState

ASKED = DRAFT["gop_y"]


def shown(root: Path, **asked: Any) -> dict[str, Any]:
    """The consultation's part of a draft's view."""
    write_entry(root, **DRAFT | {"gop_y": ASKED | asked}, tieu_de="Ví dụ: quy chế A & B, 100% «mới»?")
    entry, catalogue = load_one(root)
    view: dict[str, Any] = EntryPages(catalogue, config(), templates()).view(entry)["gop_y"]
    return view


def test_a_mail_carries_its_subject_whatever_signs_the_title_has(tmp_path: Path) -> None:
    (way,) = shown(tmp_path, hinh_thuc=[{"loai": "thu-dien-tu", "dia_chi": "gop-y+a@example.org"}])["cach_gui"]
    parts = urlsplit(way["href"])
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "gop-y+a@example.org")
    assert parse_qs(parts.query) == {"subject": ["Góp ý dự thảo: Ví dụ: quy chế A & B, 100% «mới»?"]}
    assert way["href"].isascii()
    assert "+" not in parts.path
    assert way["chu"] == "gop-y+a@example.org"


def test_a_telephone_and_a_form_are_links_and_post_says_what_to_write_on_it(tmp_path: Path) -> None:
    ways = shown(
        tmp_path,
        hinh_thuc=[
            {"loai": "dien-thoai", "dia_chi": "(000) 000.0000"},
            {"loai": "bieu-mau", "dia_chi": "https://www.example.org/gop-y?a=1&b=2"},
            {"loai": "buu-dien", "dia_chi": "Ví dụ: nơi nhận góp ý"},
        ],
    )["cach_gui"]
    assert [way["href"] for way in ways] == ["tel:0000000000", "https://www.example.org/gop-y?a=1&b=2", ""]
    assert ways[1]["chu"] == "Mở biểu mẫu góp ý"
    assert ways[1]["ghi_chu"] == "example.org · trang ngoài"
    assert ways[2]["ghi_chu"].startswith("Ghi ngoài bì thư: «Góp ý dự thảo: ")


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("thu-dien-tu", "hỏi Văn phòng"),
        ("thu-dien-tu", "a@example.org?bcc=b@example.org"),
        ("dien-thoai", "số máy lẻ của phòng"),
        ("bieu-mau", "javascript:alert(1)"),
        ("bieu-mau", "https://www.langson.gov.vn@example.org/"),
        ("truc-tiep", "https://example.org"),
    ],
)
def test_what_is_no_address_is_text(kind: str, address: str) -> None:
    assert way_href(kind, address, "Ví dụ") == ""


def test_a_title_that_says_draft_says_it_once() -> None:
    assert unquote(way_href("thu-dien-tu", "a@example.org", "Dự thảo quy chế ví dụ")).endswith(
        "subject=Góp ý Dự thảo quy chế ví dụ"
    )


def test_the_page_names_what_was_asked_and_who_answers(tmp_path: Path) -> None:
    view = shown(tmp_path, dau_moi="Ví dụ: phòng soạn thảo")
    assert view["xin_y_kien"] == "Ví dụ: quy chế A & B, 100% «mới»?"
    assert view["dau_moi"] == "Ví dụ: phòng soạn thảo"
    assert view["ket_qua"] is None


def test_the_result_is_told_as_written_from_its_day_on(tmp_path: Path) -> None:
    text = "Ví dụ: tiếp thu 2 ý kiến; không tiếp thu 1 ý kiến vì trái luật"
    result = {"ngay": "28/7/2023", "url": "https://example.org/kq", "tom_tat": text}
    outcome = shown(tmp_path, ket_qua=result)["ket_qua"]
    assert outcome["tom_tat"] == text
    assert (outcome["ngay"]["iso"], outcome["tep"]["href"]) == ("2023-07-28", "https://example.org/kq")
    assert shown(tmp_path, ket_qua=result | {"ngay": "24/11/2026"})["ket_qua"] is None


def test_a_closed_consultation_without_a_result_is_no_verdict_on_the_page(tmp_path: Path) -> None:
    write_entry(tmp_path, **DRAFT)
    entry, catalogue = load_one(tmp_path)
    view = EntryPages(catalogue, config(), templates()).view(entry)
    assert not [word for word in ("quá hạn", "chậm", "đích nội bộ") if word in str(view)]


def test_a_consultation_goes_through_its_states_in_order() -> None:
    day = date(2026, 11, 13)
    asked = Consultation(day, day + timedelta(days=2), "", (), result=ConsultationResult(day + timedelta(days=5), ""))
    states = [asked.state_on(day + timedelta(days=n)) for n in range(-1, 7)]
    soon, opened, closed, answered = ConsultationState
    assert states == [soon, opened, opened, opened, closed, closed, answered, answered]
