"""Who owns an entry (DESIGN §3): each strength of evidence, what decides, what disagrees."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import codes, load, parse, problems, vocabularies, write_entry

from chinhsach.ownership import Ownership, weigh
from chinhsach.vocabulary import Vocabularies

UNSORTED = "_cho-phan-loai"
OFFICE, BUSINESS, INVESTMENT = "van-phong-so", "phong-dkkd", "phong-qldt-ngoai-ns"


def confirmed(*unit_ids: str) -> Vocabularies:
    """The project's vocabularies, with the suffixes of some units confirmed as if the department had done so."""
    units = {
        unit_id: replace(unit, suffix_is_confirmed=True) if unit_id in unit_ids else unit
        for unit_id, unit in vocabularies().units.items()
    }
    return replace(vocabularies(), units=units, active_units={i: u for i, u in units.items() if u.enabled})


def owner(folder: str, known: Vocabularies | None = None, **keys: object) -> Ownership:
    return weigh(parse(**keys).policy, folder, known or vocabularies())


def evidence(found: Ownership) -> list[tuple[str, tuple[str, ...]]]:
    return [(e.kind, e.units) for e in found.evidence]


def test_evidence_stands_strongest_first_and_the_strongest_decides() -> None:
    known = confirmed(BUSINESS)
    found = owner(OFFICE, known, don_vi_chu_tri="so-tai-chinh", so_ky_hieu="1/SKHĐT-ĐKKD", linh_vuc="dau-tu-trong-nuoc")
    assert evidence(found) == [
        ("don_vi_chu_tri", ("so-tai-chinh",)),
        ("thu-muc", (OFFICE,)),
        ("so-ky-hieu", (BUSINESS,)),
        ("linh-vuc", (INVESTMENT,)),
    ]
    assert found.lead == ("so-tai-chinh",)
    assert found.deciding == found.evidence[0]
    assert found.disagreeing == found.evidence[1:]


@pytest.mark.parametrize(
    ("folder", "keys", "lead", "kinds"),
    [
        (BUSINESS, {}, (BUSINESS,), ["thu-muc", "linh-vuc"]),
        (UNSORTED, {}, (OFFICE,), ["linh-vuc"]),
        (UNSORTED, {"so_ky_hieu": "1/SKHĐT-ĐKKD"}, (BUSINESS,), ["so-ky-hieu", "linh-vuc"]),
        (UNSORTED, {"so_ky_hieu": "1/SKHĐT-VP"}, (OFFICE,), ["linh-vuc"]),
        (UNSORTED, {"so_ky_hieu": "1/UBND-ĐKKD"}, (OFFICE,), ["linh-vuc"]),
        (UNSORTED, {"so_ky_hieu": "1/STC-ĐKKD"}, (OFFICE,), ["linh-vuc"]),
        (UNSORTED, {"don_vi_chu_tri": INVESTMENT}, (INVESTMENT,), ["don_vi_chu_tri", "linh-vuc"]),
        (UNSORTED, {"linh_vuc": "dau-thau"}, (), []),
        (UNSORTED, {"linh_vuc": ["truyen-thong-chinh-sach", "dang-ky-kinh-doanh"]}, (), ["linh-vuc"]),
        ("phong-la", {"linh_vuc": "dau-thau"}, (), []),
        ("thanh-tra-so", {"linh_vuc": "dau-thau"}, (), []),
    ],
)
def test_the_deciding_evidence_names_the_lead_unit(
    folder: str, keys: dict[str, object], lead: tuple[str, ...], kinds: list[str]
) -> None:
    found = owner(folder, confirmed(BUSINESS), **keys)
    assert found.lead == lead
    assert [e.kind for e in found.evidence] == kinds


def test_a_suffix_that_the_department_did_not_confirm_is_no_evidence() -> None:
    assert not vocabularies().units[BUSINESS].suffix_is_confirmed
    assert evidence(owner(UNSORTED, so_ky_hieu="1/SKHĐT-ĐKKD")) == [("linh-vuc", (OFFICE,))]


def test_a_suffix_of_a_department_that_is_not_confirmed_is_no_evidence() -> None:
    known = confirmed(BUSINESS)
    department = replace(known.units["so-khdt"], suffix_is_confirmed=False)
    known = replace(known, units=known.units | {"so-khdt": department})
    assert evidence(owner(UNSORTED, known, so_ky_hieu="1/SKHĐT-ĐKKD")) == [("linh-vuc", (OFFICE,))]


def test_one_suffix_of_two_units_names_both_and_decides_nothing() -> None:
    known = confirmed(BUSINESS, INVESTMENT)
    twin = replace(known.units[INVESTMENT], suffix="ĐKKD")
    known = replace(known, units=known.units | {INVESTMENT: twin}, active_units=known.active_units | {INVESTMENT: twin})
    found = owner(UNSORTED, known, so_ky_hieu="1/SKHĐT-ĐKKD")
    assert found.evidence[0].units == (BUSINESS, INVESTMENT)
    assert found.lead == ()


def test_an_explicit_list_may_name_several_lead_units_in_its_order() -> None:
    units = (INVESTMENT, OFFICE, BUSINESS)
    assert owner(UNSORTED, don_vi_chu_tri=list(units)).lead == units


def test_weaker_evidence_that_shares_a_unit_does_not_disagree() -> None:
    found = owner(OFFICE, don_vi_chu_tri=[BUSINESS, OFFICE])
    assert found.disagreeing == ()
    assert owner(BUSINESS).disagreeing == (owner(UNSORTED).evidence[0],)


def all_but(*lead: str) -> tuple[str, ...]:
    return tuple(unit for unit in vocabularies().active_units if unit not in lead)


@pytest.mark.parametrize(
    ("lead", "supporting", "expected"),
    [
        (OFFICE, "tat-ca", all_but(OFFICE)),
        (OFFICE, ["tat-ca", BUSINESS], all_but(OFFICE)),
        ([OFFICE, "so-khdt"], "tat-ca", all_but(OFFICE, "so-khdt")),
        (OFFICE, [BUSINESS, OFFICE], (BUSINESS,)),
        (OFFICE, None, ()),
    ],
)
def test_supporting_units_are_all_but_the_lead_ones(
    lead: object, supporting: object, expected: tuple[str, ...]
) -> None:
    assert owner(UNSORTED, don_vi_chu_tri=lead, don_vi_phoi_hop=supporting).supporting == expected


@pytest.mark.parametrize(
    ("folder", "keys", "expected"),
    [
        (OFFICE, {}, []),
        (OFFICE, {"linh_vuc": "dang-ky-kinh-doanh"}, ["don-vi-mau-thuan"]),
        (OFFICE, {"don_vi_chu_tri": BUSINESS, "linh_vuc": "dang-ky-kinh-doanh"}, ["don-vi-mau-thuan"]),
        (UNSORTED, {"linh_vuc": "dang-ky-kinh-doanh"}, []),
        (UNSORTED, {"linh_vuc": "dau-thau"}, ["khong-ro-don-vi"]),
        (UNSORTED, {"linh_vuc": ["truyen-thong-chinh-sach", "dang-ky-kinh-doanh"]}, ["nhieu-don-vi"]),
        (UNSORTED, {"don_vi_chu_tri": [OFFICE, BUSINESS], "linh_vuc": "dau-thau"}, []),
    ],
)
def test_the_check_says_what_the_evidence_leaves_open(
    folder: str, keys: dict[str, object], expected: list[str], tmp_path: Path
) -> None:
    write_entry(tmp_path, unit=folder, **keys)
    assert codes(tmp_path) == expected
    is_error = {"don-vi-mau-thuan": False, "khong-ro-don-vi": True, "nhieu-don-vi": True}
    assert [p.is_error for p in problems(tmp_path)] == [is_error[code] for code in expected]


def test_both_readings_and_all_candidates_are_named(tmp_path: Path) -> None:
    write_entry(tmp_path, "mot", linh_vuc="dang-ky-kinh-doanh", so_ky_hieu="1/SKHĐT-VP")
    write_entry(tmp_path, "hai", unit=UNSORTED, linh_vuc=["truyen-thong-chinh-sach", "dang-ky-kinh-doanh"])
    disagreement, candidates = sorted(
        (p.as_text() for p in problems(tmp_path)), key=lambda text: "nhieu-don-vi" in text
    )
    for unit in (OFFICE, BUSINESS):
        assert unit in disagreement
        assert unit in candidates
    assert "dang-ky-kinh-doanh" in disagreement


def test_a_unit_whose_department_is_no_more_still_owns_its_entries(tmp_path: Path) -> None:
    write_entry(tmp_path)
    (entry,) = load(tmp_path).entries
    assert entry.owner.lead == (OFFICE,)
    assert codes(tmp_path) == []
