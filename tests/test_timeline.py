"""What an entry's page says of other documents: both sides of every relation, picture, effect by dates, articles."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support import load, vocabularies, write_entry

from chinhsach.catalogue import Catalogue, Entry
from chinhsach.outputs import article_notes, effect_lists, timeline
from chinhsach.outputs.events import midnight

LAW: dict[str, Any] = {"loai": "luat", "co_quan_ban_hanh": "Quốc hội", "ngay_dang": "5/6/2023"}
TEXT = "### Điều 5. Ví dụ\n\n1. Khoản một.\n\n2. Khoản hai:\n\na) Điểm a.\n\n### Điều 6. Ví dụ\n\nLời văn.\n"


def law(root: Path, entry_id: str, number: str, issued: str, effective: str | None, **keys: Any) -> None:
    """A made-up law."""
    write_entry(
        root,
        entry_id,
        **(
            LAW
            | {
                "so_ky_hieu": number,
                "ngay_ban_hanh": issued,
                "ngay_hieu_luc": effective,
                "trich_yeu": f"Ví dụ {entry_id}",
            }
            | keys
        ),
    )


def with_text(root: Path, **keys: Any) -> None:
    """The law that others act on, with a full text of two articles."""
    keys = {"toan_van": {"tep": "toan-van.md", "day_du": "co", "nguon": "Ví dụ"}, "files": {"toan-van.md": TEXT}} | keys
    law(root, "luat-cu", "1/2020/QH14", "1/2/2020", "1/7/2020", **keys)


def joined(root: Path) -> tuple[Catalogue, dict[str, Entry]]:
    catalogue = load(root)
    return catalogue, {entry.id: entry for entry in catalogue.entries}


def rows(entry: Entry, catalogue: Catalogue) -> list[dict[str, Any]]:
    shown = timeline.relations(entry, catalogue)
    assert shown is not None
    return [row for row in (*shown["dong"], *shown["them"]) if not row["minh"]]


@pytest.mark.parametrize("kind", sorted(vocabularies().relations))
def test_both_sides_of_a_relation_are_shown_and_lead_to_each_other(kind: str, tmp_path: Path) -> None:
    law(tmp_path, "luat-cu", "1/2020/QH14", "1/2/2020", "1/7/2020")
    law(tmp_path, "luat-moi", "2/2022/QH15", "1/2/2022", "1/7/2022", quan_he=[{"loai": kind, "den": "1/2020/QH14"}])
    catalogue, entries = joined(tmp_path)
    known = vocabularies().relations[kind]
    (done,) = rows(entries["luat-moi"], catalogue)
    (suffered,) = rows(entries["luat-cu"], catalogue)
    assert done["quan_he"].lower() == known.name.lower()
    assert suffered["quan_he"].lower() == known.reverse_name.lower()
    assert done["van_ban"]["href"].endswith("chinh-sach/luat-cu/")
    assert suffered["van_ban"]["href"].endswith("chinh-sach/luat-moi/")
    assert done["ngay"] == suffered["ngay"] != None  # noqa: E711


def test_a_document_outside_is_text(tmp_path: Path) -> None:
    law(
        tmp_path,
        "luat-moi",
        "2/2022/QH15",
        "1/2/2022",
        "1/7/2022",
        quan_he=[{"loai": "thay-the", "den": "9/2011/QH12"}],
    )
    catalogue, entries = joined(tmp_path)
    (row,) = rows(entries["luat-moi"], catalogue)
    assert row["van_ban"] == {"chu": "9/2011/QH12", "href": None}


def test_the_picture_draws_what_changed_and_says_how_often(tmp_path: Path) -> None:
    quan_he = [
        {"loai": "thay-the", "den": "9/2011/QH12"},
        {"loai": "bai-bo", "den": "8/2011/QH12"},
        {"loai": "can-cu", "den": "7/2011/QH12"},
    ]
    with_text(tmp_path, quan_he=quan_he)
    amending = {"loai": "sua-doi-bo-sung", "den": "luat-cu", "pham_vi": "mot-phan", "dieu_khoan": "Điều 5"}
    law(tmp_path, "luat-moi", "2/2022/QH15", "1/2/2022", "1/7/2022", quan_he=[amending])
    catalogue, entries = joined(tmp_path)
    drawn = timeline.relations(entries["luat-cu"], catalogue)
    assert drawn is not None
    picture = drawn["hinh"]
    assert (picture["tu"], picture["den"]) == ("2020-02-01", "2022-07-01")
    assert [mark["so"] for mark in picture["ra"]] == [2]
    assert [mark["so"] for mark in picture["vao"]] == [1]
    assert [span["id"] for span in picture["doan"]] == ["chua-xac-dinh", "het-hieu-luc-mot-phan"]
    assert all(0 <= mark["x"] <= 100 for kind in ("vao", "ra", "minh", "nhan") for mark in picture[kind])
    assert "1 lần Luật này bị văn bản khác tác động, 2 lần nó tác động lên văn bản khác" in picture["mo_ta"]


def test_nothing_is_drawn_where_nothing_changed(tmp_path: Path) -> None:
    law(tmp_path, "luat-moi", "2/2022/QH15", "1/2/2022", "1/7/2022", quan_he=[{"loai": "can-cu", "den": "9/2011/QH12"}])
    catalogue, entries = joined(tmp_path)
    shown = timeline.relations(entries["luat-moi"], catalogue)
    assert shown is not None
    assert shown["hinh"] is None


def test_effect_by_dates_has_no_gap_and_names_its_cause(tmp_path: Path) -> None:
    with_text(tmp_path)
    amending = {
        "loai": "sua-doi-bo-sung",
        "den": "luat-cu",
        "pham_vi": "mot-phan",
        "dieu_khoan": "khoản 2 Điều 5",
        "tru": "Điều 6",
    }
    law(tmp_path, "luat-moi", "2/2022/QH15", "1/2/2022", "1/7/2022", quan_he=[amending])
    catalogue, entries = joined(tmp_path)
    table = timeline.effect_table(entries["luat-cu"], catalogue)
    assert [(r["tu"] and r["tu"]["iso"], r["den"] and r["den"]["iso"], r["id"]) for r in table] == [
        (None, "2020-06-30", "chua-co-hieu-luc"),
        ("2020-07-01", "2022-06-30", "chua-xac-dinh"),
        ("2022-07-01", None, "het-hieu-luc-mot-phan"),
    ]
    assert table[2]["theo"]["chu"] == "Luật 2/2022/QH15"
    assert table[2]["dieu_khoan"] == [{"chu": "khoản 2 Điều 5", "href": "toan-van/#dieu-5-khoan-2"}]
    assert table[2]["tru"] == [{"chu": "Điều 6", "href": "toan-van/#dieu-6"}]


def said(root: Path) -> dict[str, list[str]]:
    catalogue, entries = joined(root)
    found = article_notes.notes(entries["luat-cu"], catalogue)
    return {
        article: [
            " ".join(
                part
                for part in (
                    ", ".join(p["chu"] for p in note["phan"]),
                    note["viec"],
                    note["tu"]["chu"] if note["tu"] else "?",
                    note["den"]["chu"] if note["den"] else "",
                    note["theo"]["chu"],
                    note["nguyen_van"],
                )
                if part
            )
            for note in notes
        ]
        for article, notes in found.items()
    }


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (
            {"loai": "bai-bo", "pham_vi": "mot-phan", "dieu_khoan": "khoản 1, điểm a khoản 2 Điều 5; Điều 6"},
            {
                "dieu-5": ["Khoản 1, điểm a khoản 2 hết hiệu lực 1/7/2022 Luật 2/2022/QH15"],
                "dieu-6": ["Điều này hết hiệu lực 1/7/2022 Luật 2/2022/QH15"],
            },
        ),
        (
            {"loai": "sua-doi-bo-sung", "pham_vi": "mot-phan", "dieu_khoan": "bãi bỏ khoản 1 Điều 5; Điều 99"},
            {"dieu-5": ["Được sửa đổi, bổ sung 1/7/2022 Luật 2/2022/QH15 bãi bỏ khoản 1 Điều 5"]},
        ),
        (
            {"loai": "sua-doi-bo-sung", "pham_vi": "chi-bo-sung", "dieu_khoan": "khoản 3 vào sau khoản 2 Điều 5"},
            {"dieu-5": ["Được bổ sung 1/7/2022 Luật 2/2022/QH15 khoản 3 vào sau khoản 2 Điều 5"]},
        ),
        (
            {"loai": "tam-ngung-hieu-luc", "pham_vi": "mot-phan", "dieu_khoan": "Điều 6", "den_ngay": "1/1/2023"},
            {"dieu-6": ["Điều này ngưng hiệu lực 1/7/2022 31/12/2022 Luật 2/2022/QH15"]},
        ),
        (
            {"loai": "thay-the", "pham_vi": "toan-bo", "tru": "khoản 2 Điều 5"},
            {"dieu-5": ["Khoản 2 không thuộc phần hết hiệu lực 1/7/2022 Luật 2/2022/QH15"]},
        ),
        ({"loai": "bai-bo", "pham_vi": "mot-phan", "dieu_khoan": "Phụ lục I"}, {}),
        ({"loai": "can-cu", "dieu_khoan": "Điều 5"}, {}),
    ],
)
def test_an_article_has_a_note_of_what_became_of_it(
    relation: dict[str, str], expected: dict[str, list[str]], tmp_path: Path
) -> None:
    with_text(tmp_path)
    law(tmp_path, "luat-moi", "2/2022/QH15", "1/2/2022", "1/7/2022", quan_he=[relation | {"den": "luat-cu"}])
    assert said(tmp_path) == expected


def dated(found: list[tuple[date, Entry]]) -> list[tuple[str, str]]:
    return [(day.isoformat(), entry.id) for day, entry in found]


def test_lists_by_date_follow_the_timeline_and_not_the_key_alone(tmp_path: Path) -> None:
    law(tmp_path, "sap-co", "1/2026/QH16", "1/6/2026", "1/1/2027")
    law(tmp_path, "bi-bai-bo", "2/2026/QH16", "1/6/2026", "1/1/2027")
    law(tmp_path, "bai-bo", "3/2026/QH16", "1/7/2026", "1/12/2026", quan_he=[{"loai": "bai-bo", "den": "bi-bai-bo"}])
    law(tmp_path, "sap-het", "4/2020/QH14", "1/6/2020", "1/1/2021", ngay_het_hieu_luc="1/2/2027")
    law(tmp_path, "chua-ro", "5/2026/QH16", "1/6/2026", None)
    catalogue, _ = joined(tmp_path)
    newest = midnight(date(2026, 11, 20))
    kinds = {kind.path: dated(kind.find(catalogue, newest)) for kind in effect_lists.KINDS}
    assert kinds == {
        "hieu-luc/sap-co/": [("2026-12-01", "bai-bo"), ("2027-01-01", "sap-co")],
        "hieu-luc/moi-co/": [("2027-01-01", "sap-co"), ("2026-12-01", "bai-bo")],
        "hieu-luc/sap-het/": [("2026-12-01", "bi-bai-bo"), ("2027-02-01", "sap-het")],
    }
