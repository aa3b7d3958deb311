"""When an entry last changed (DESIGN §5, `updated`)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from support import DRAFT, load, load_one, write_entry

from chinhsach.dates import VN, parse_moment
from chinhsach.outputs.events import log, site_log, updated

PLAN = {"loai": "ke-hoach", "so_ky_hieu": "12/KH-SKHĐT"}


def change(moment: str, kind: str = "dinh-chinh") -> dict[str, str]:
    return {"ngay": moment, "loai": kind, "noi_dung": "Ví dụ"}


def consultation(**changed: Any) -> dict[str, Any]:
    return {**DRAFT, "gop_y": DRAFT["gop_y"] | changed}


def at(text: str) -> datetime:
    return parse_moment(text)


def updated_at(root: Path, now: str, entry_id: str = "vi-du") -> datetime:
    entry, whole = load_one(root, entry_id, at(now))
    return updated(entry, whole)


@pytest.mark.parametrize(
    ("keys", "now", "expected"),
    [
        ({}, "1/1/2026", "5/6/2023"),
        ({"ngay_dang": "5/6/2023 08:30"}, "1/1/2026", "5/6/2023 08:30"),
        # an event without a time that would not be later than the one before counts one minute after it
        ({"thay_doi": [change("5/6/2023")]}, "1/1/2026", "5/6/2023 00:01"),
        ({"ngay_dang": "5/6/2023 08:30", "thay_doi": [change("5/6/2023")]}, "1/1/2026", "5/6/2023 08:31"),
        ({"thay_doi": [change("5/6/2023"), change("5/6/2023")]}, "1/1/2026", "5/6/2023 00:02"),
        ({"thay_doi": [change("8/6/2023"), change("8/6/2023", "cap-nhat")]}, "1/1/2026", "8/6/2023 00:01"),
        ({"thay_doi": [change("8/6/2023 09:15"), change("7/6/2023")]}, "1/1/2026", "8/6/2023 09:15"),
        # on one day, a line without a time comes after those that the log has before it
        ({"thay_doi": [change("8/6/2023 10:00"), change("8/6/2023")]}, "1/1/2026", "8/6/2023 10:01"),
        ({"thay_doi": [change("8/6/2023"), change("8/6/2023 10:00")]}, "1/1/2026", "8/6/2023 10:00"),
        # the future does not exist yet
        ({"thay_doi": [change("8/6/2023"), change("8/6/2030")]}, "1/1/2026", "8/6/2023"),
        ({"thay_doi": [change("8/6/2023 10:00")]}, "8/6/2023 09:59", "5/6/2023"),
        ({"thay_doi": [change("8/6/2023 10:00")]}, "8/6/2023 10:00", "8/6/2023 10:00"),
        # removal, with and without a line of its own
        ({"trang_thai": "da-go", "go_tin": {"ngay": "12/6/2023", "ly_do": "Ví dụ"}}, "1/1/2026", "12/6/2023"),
        ({"trang_thai": "da-go", "go_tin": {"ngay": "5/6/2023", "ly_do": "Ví dụ"}}, "1/1/2026", "5/6/2023 00:01"),
        (
            {"trang_thai": "da-go", "go_tin": {"ngay": "12/6/2023", "ly_do": "Ví dụ"}, "thay_doi": [change("12/6/2023", "go-tin")]},
            "1/1/2026",
            "12/6/2023",
        ),
        # removed again on the day on which it was put back
        (
            {
                "trang_thai": "da-go",
                "go_tin": {"ngay": "12/6/2023 15:00", "ly_do": "Ví dụ"},
                "thay_doi": [change("12/6/2023 09:00", "go-tin"), change("12/6/2023 10:00", "dang-lai")],
            },
            "1/1/2026",
            "12/6/2023 15:00",
        ),
        # effect: first day, end; what was so before publication is no change
        (PLAN | {"ngay_hieu_luc": "1/7/2023"}, "30/6/2023 23:59", "5/6/2023"),
        (PLAN | {"ngay_hieu_luc": "1/7/2023"}, "1/7/2023", "1/7/2023"),
        (PLAN | {"ngay_hieu_luc": "1/7/2023", "ngay_het_hieu_luc": "1/1/2024"}, "2/1/2024", "1/1/2024"),
        (PLAN | {"ngay_hieu_luc": "1/6/2023"}, "1/1/2026", "5/6/2023"),
        ({"ngay_hieu_luc": "1/7/2023"}, "1/1/2026", "5/6/2023"),  # the type has no effect
        # a consultation opens, closes after its last day, and has a result
        (consultation(), "9/6/2023 23:59", "5/6/2023"),
        (consultation(), "10/6/2023", "10/6/2023"),
        (consultation(), "30/6/2023 23:59", "10/6/2023"),
        (consultation(), "1/7/2023", "1/7/2023"),
        (consultation(ket_qua={"ngay": "20/7/2023", "tom_tat": "Ví dụ"}), "1/1/2026", "20/7/2023"),
        (consultation(ket_qua={"ngay": "1/7/2023", "tom_tat": "Ví dụ"}), "1/1/2026", "1/7/2023 00:01"),
    ],
)  # fmt: skip
def test_updated_is_the_newest_event_that_lies_behind_us(
    keys: dict[str, Any], now: str, expected: str, tmp_path: Path
) -> None:
    write_entry(tmp_path, **keys)
    assert updated_at(tmp_path, now) == at(expected)


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("thay-the", "1/9/2024 07:00"),
        ("sua-doi-bo-sung", "1/9/2024 07:00"),
        ("thu-hoi", "1/9/2024 07:00"),
        ("can-cu", "1/7/2023"),
    ],
)
def test_another_entry_that_changes_the_effect_counts_from_its_publication(
    relation: str, expected: str, tmp_path: Path
) -> None:
    write_entry(tmp_path, **PLAN, ngay_hieu_luc="1/7/2023")
    write_entry(
        tmp_path,
        "tin-moi",
        loai="ke-hoach",
        so_ky_hieu="13/KH-SKHĐT",
        ngay_hieu_luc="1/8/2024",
        ngay_dang="1/9/2024 07:00",
        quan_he=[{"loai": relation, "den": "vi-du"}],
    )
    assert updated_at(tmp_path, "1/1/2026") == at(expected)
    assert updated_at(tmp_path, "31/8/2024") == at("1/7/2023")


def test_an_entry_whose_repealer_was_erased_changes_when_that_happens(tmp_path: Path) -> None:
    acts = [{"loai": "bai-bo", "den": "vi-du"}]
    actor = {"loai": "ke-hoach", "so_ky_hieu": "13/KH-SKHĐT", "ngay_dang": "5/6/2023 15:00", "quan_he": acts}
    write_entry(tmp_path, **PLAN, ngay_dang="5/6/2023 08:00")
    write_entry(tmp_path, "tin-moi", **actor)
    assert updated_at(tmp_path, "1/1/2026") == at("5/6/2023 15:00")
    gone = {"trang_thai": "da-go", "go_tin": {"ngay": "9/6/2023", "ly_do": "Ví dụ", "che_do": "xoa-noi-dung"}}
    write_entry(tmp_path, "tin-moi", **actor, **gone)
    assert updated_at(tmp_path, "1/1/2026") == at("9/6/2023")
    write_entry(tmp_path, "tin-moi", **actor, thay_doi=[change("9/6/2023", "go-tin"), change("10/6/2023", "dang-lai")])
    assert updated_at(tmp_path, "1/1/2026") == at("10/6/2023")


def test_a_suspension_counts_when_it_begins_and_when_it_ends(tmp_path: Path) -> None:
    write_entry(tmp_path, **PLAN, ngay_hieu_luc="1/7/2023")
    write_entry(
        tmp_path,
        "tin-moi",
        loai="ke-hoach",
        so_ky_hieu="13/KH-SKHĐT",
        quan_he=[{"loai": "tam-ngung-hieu-luc", "den": "vi-du", "ngay": "1/8/2024", "den_ngay": "1/10/2024"}],
    )
    assert updated_at(tmp_path, "1/9/2024") == at("1/8/2024")
    assert updated_at(tmp_path, "1/10/2024") == at("1/10/2024")


def test_the_log_gains_the_removal_that_it_does_not_name(tmp_path: Path) -> None:
    removed = {"trang_thai": "da-go", "go_tin": {"ngay": "12/6/2023 09:00", "ly_do": "Ví dụ: lý do"}}
    write_entry(tmp_path, "mot", **removed, thay_doi=[change("8/6/2023")])
    write_entry(tmp_path, "hai", **removed, thay_doi=[change("12/6/2023", "go-tin"), change("8/6/2023")])
    write_entry(tmp_path, "ba", go_tin=removed["go_tin"])
    whole = load(tmp_path)
    logs = {e.id: [(c.kind, c.moment) for c in log(e.policy)] for e in whole.entries}
    assert logs == {
        "mot": [("dinh-chinh", at("8/6/2023")), ("go-tin", at("12/6/2023 09:00"))],
        "hai": [("dinh-chinh", at("8/6/2023")), ("go-tin", at("12/6/2023"))],
        "ba": [],
    }


def test_the_change_log_of_the_site_is_newest_first_and_holds_only_what_is_public(tmp_path: Path) -> None:
    write_entry(tmp_path, "mot", thay_doi=[change("8/6/2023"), change("8/6/2030")])
    write_entry(tmp_path, "hai", thay_doi=[change("9/6/2023", "cap-nhat")])
    write_entry(tmp_path, "ba", thay_doi=[change("8/6/2023")])
    write_entry(tmp_path, "nhap", trang_thai="ban-nhap", thay_doi=[change("10/6/2023")])
    write_entry(tmp_path, "hen", ngay_dang="1/1/2030", thay_doi=[change("10/6/2023")])
    lines = site_log(load(tmp_path, datetime(2026, 1, 1, tzinfo=VN)))
    assert [(line.entry.id, line.change.kind) for line in lines] == [
        ("hai", "cap-nhat"), ("ba", "dinh-chinh"), ("mot", "dinh-chinh"),
    ]  # fmt: skip
