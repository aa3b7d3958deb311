"""Entries joined: ids, numbers, relations, what is public now, and the order of lists."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from support import DRAFT, NOW, ROOT, codes, load, load_one, vocabularies, write_entry

from chinhsach import catalogue, source
from chinhsach.catalogue import newest_first
from chinhsach.check import check
from chinhsach.dates import VN

THEN = datetime(2026, 11, 23, 8, 0, tzinfo=VN)


@pytest.mark.parametrize(
    ("keys", "released", "listed"),
    [
        ({}, True, True),
        ({"ngay_dang": "23/11/2026 08:00"}, True, True),
        ({"ngay_dang": "23/11/2026 08:01"}, False, False),
        ({"ngay_dang": "24/11/2026"}, False, False),
        ({"trang_thai": "ban-nhap"}, False, False),
        ({"trang_thai": "da-go", "go_tin": {"ngay": "1/7/2023", "ly_do": "Ví dụ"}}, True, False),
        (
            {"trang_thai": "da-go", "ngay_dang": "24/11/2026", "go_tin": {"ngay": "25/11/2026", "ly_do": "Ví dụ"}},
            False,
            False,
        ),
        ({"ngay_dang": "30/2/2023"}, False, False),
    ],
)
def test_an_entry_is_public_from_its_moment_on(
    keys: dict[str, object], released: bool, listed: bool, tmp_path: Path
) -> None:
    write_entry(tmp_path, **keys)
    entry, whole = load_one(tmp_path, now=THEN)
    assert (whole.is_released(entry), whole.is_listed(entry)) == (released, listed)
    assert whole.released() == [entry] * released
    assert whole.listed() == [entry] * listed
    assert whole.previewed() == []
    assert [e.id for e in load(tmp_path, THEN, preview=True).previewed()] == [entry.id] * (not released)


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    for number in range(6):
        write_entry(
            tmp_path, f"tin-{number}", so_ky_hieu=f"{number + 1}/SKHĐT-VP", quan_he=[{"loai": "can-cu", "den": "tin-0"}]
        )
    files = list(source.discover(tmp_path).entries)
    entries = [catalogue.read_entry(tmp_path, file, vocabularies()) for file in files]
    expected = catalogue.assemble(entries, vocabularies(), NOW, tmp_path)
    for seed in range(3):
        random.Random(seed).shuffle(entries)
        other = catalogue.assemble(entries, vocabularies(), NOW, tmp_path)
        assert [e.id for e in other.entries] == [e.id for e in expected.entries]
        assert [i.actor.id for i in other.incoming["tin-0"]] == [i.actor.id for i in expected.incoming["tin-0"]]
        assert [e.id for e in other.listed()] == [e.id for e in expected.listed()]


def test_lists_go_by_publication_then_issue_then_id(tmp_path: Path) -> None:
    write_entry(tmp_path, "d-cu", ngay_dang="5/6/2023")
    write_entry(tmp_path, "c-gio", ngay_dang="5/6/2024 08:00")
    write_entry(tmp_path, "b-moi", ngay_dang="5/6/2024", ngay_ban_hanh="2/1/2023")
    write_entry(tmp_path, "a-moi", ngay_dang="5/6/2024", ngay_ban_hanh="1/1/2023")
    write_entry(tmp_path, "a-trung", ngay_dang="5/6/2024", ngay_ban_hanh="2/1/2023")
    entries = list(load(tmp_path).entries)
    ordered = [e.id for e in newest_first(entries)]
    assert ordered == ["c-gio", "a-trung", "b-moi", "a-moi", "d-cu"]
    assert [e.id for e in newest_first(reversed(entries))] == ordered


def test_a_relation_leads_to_an_id_first_then_to_a_number(tmp_path: Path) -> None:
    write_entry(tmp_path, "tin-a", so_ky_hieu="11/SKHĐT-VP")
    write_entry(
        tmp_path,
        "tin-b",
        quan_he=[
            {"loai": "can-cu", "den": "tin-a"},
            {"loai": "can-cu", "den": "Số: 11 / SKHĐT-VP"},
            {"loai": "can-cu", "den": "99/2099/NĐ-CP"},
            {"loai": "can-cu", "den": "một văn bản nào đó"},
        ],
    )
    whole = load(tmp_path)
    actor = whole.find("tin-b")
    assert actor is not None
    targets = [whole.target(relation, actor.policy) for relation in actor.policy.relations]
    assert [t.entry.id if t.entry else None for t in targets] == ["tin-a", "tin-a", None, None]
    assert [t.text for t in targets] == ["tin-a", "11/SKHĐT-VP", "99/2099/NĐ-CP", "một văn bản nào đó"]
    assert [i.actor.id for i in whole.incoming["tin-a"]] == ["tin-b", "tin-b"]


def test_a_number_that_two_entries_bear_leads_to_neither(tmp_path: Path) -> None:
    write_entry(tmp_path, "tin-a", ngay_ban_hanh="1/2/2022", so_ky_hieu="11/SKHĐT-VP")
    write_entry(tmp_path, "tin-b", ngay_ban_hanh="1/2/2021", so_ky_hieu="11/SKHĐT-VP")
    write_entry(tmp_path, "tin-c", quan_he=[{"loai": "can-cu", "den": "11/SKHĐT-VP"}])
    whole = load(tmp_path)
    actor = whole.find("tin-c")
    assert actor is not None
    assert whole.target(actor.policy.relations[0], actor.policy).entry is None
    assert whole.incoming == {}


@pytest.mark.parametrize(
    ("keys", "acts"),
    [
        ({}, True),
        ({"ngay_dang": "1/1/2030"}, False),
        ({"trang_thai": "ban-nhap"}, False),
        ({"trang_thai": "da-go", "go_tin": {"ngay": "1/7/2023", "ly_do": "Ví dụ"}}, True),
        ({"trang_thai": "da-go", "go_tin": {"ngay": "1/7/2023", "ly_do": "Ví dụ", "che_do": "xoa-noi-dung"}}, False),
    ],
    ids=["public", "scheduled", "working copy", "removed", "erased"],
)
def test_only_what_is_public_acts_on_another_entry(keys: dict[str, object], acts: bool, tmp_path: Path) -> None:
    """Removing our item is no recall of the document: what it did to others stays; nothing of an erased one does."""
    write_entry(tmp_path, "tin-cu", loai="ke-hoach", so_ky_hieu="11/KH-SKHĐT", ngay_hieu_luc="1/1/2022")
    write_entry(
        tmp_path,
        "tin-moi",
        loai="ke-hoach",
        so_ky_hieu="12/KH-SKHĐT",
        ngay_hieu_luc="1/6/2023",
        quan_he=[{"loai": "thay-the", "den": "tin-cu"}],
        **keys,
    )
    old, whole = load_one(tmp_path, "tin-cu")
    assert (whole.timeline(old)[-1].state.id == "het-hieu-luc-toan-bo") is acts


def test_a_list_of_a_unit_carries_on_its_predecessors(tmp_path: Path) -> None:
    write_entry(tmp_path, unit="so-khdt")
    entry, whole = load_one(tmp_path)
    assert whole.list_units(entry) == ("so-khdt", "so-tai-chinh")


def test_all_audiences_are_spelt_out(tmp_path: Path) -> None:
    write_entry(tmp_path, doi_tuong="tat-ca")
    entry, whole = load_one(tmp_path)
    assert whole.audience_ids(entry.policy) == tuple(vocabularies().audiences)


def test_a_preview_keeps_the_valid_entries(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/_danh-muc").symlink_to(ROOT / "policies/_danh-muc")
    write_entry(tmp_path, "tin-tot", so_ky_hieu="11/SKHĐT-VP")
    write_entry(tmp_path, "tin-hong", ngay_ban_hanh="30/2/2023")
    report = check(tmp_path, NOW, preview=True)
    assert report.has_errors
    valid = report.only_valid()
    assert [e.id for e in valid.entries] == ["tin-tot"]
    assert valid.preview


def test_files_and_full_text_of_an_entry_are_known(tmp_path: Path) -> None:
    write_entry(
        tmp_path,
        files={"toan-van.md": "## Chương I. A\n\n### Điều 1. B\n\n### Điều 2. C\n", "ke-hoach.txt": "Ví dụ"},
        tep=[{"ten": "Ví dụ", "tep": "ke-hoach.txt", "loai": "khac"}],
        toan_van={"tep": "toan-van.md", "day_du": "co", "nguon": "Ví dụ"},
    )
    entry, _ = load_one(tmp_path)
    assert sorted(entry.files) == ["ke-hoach.txt", "toan-van.md"]
    assert entry.full_text is not None
    assert (entry.full_text.article_count, entry.full_text.chapter_count) == (2, 1)
    assert codes(tmp_path) == []


def test_an_entry_outside_the_layout_is_told_and_not_read(tmp_path: Path) -> None:
    write_entry(tmp_path, year="23")
    assert load(tmp_path).entries == ()
    assert codes(tmp_path) == ["tep-sai-cho"]


def test_the_moment_of_publication_is_compared_as_a_moment(tmp_path: Path) -> None:
    write_entry(
        tmp_path,
        ngay_dang="23/11/2026 08:00",
        **{**DRAFT, "gop_y": DRAFT["gop_y"] | {"tu": "24/11/2026", "den": "25/12/2026"}},
    )
    entry, whole = load_one(tmp_path, now=THEN.astimezone(None))
    assert whole.is_released(entry)
    entry, whole = load_one(tmp_path, now=THEN - timedelta(seconds=1))
    assert not whole.is_released(entry)
