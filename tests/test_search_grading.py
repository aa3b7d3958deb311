"""The grading of the search stands on sound data: made numbers are nobody else's, derived queries are whole."""

from __future__ import annotations

from collections import Counter

from bench.tim_kiem import cham, tao_kho


def test_rows_that_come_again_have_numbers_of_their_own() -> None:
    rows = list(tao_kho._wanted(12_000, set()))
    assert len(rows) == 12_000
    printed = Counter((row.number, row.issuer, row.issued) for row in rows)
    assert [key for key, count in printed.items() if count > 1] == []
    assert [row.number for row in rows if not tao_kho._is_number(row.number)] == []


def test_derived_queries_are_of_every_kind_and_mostly_held_out() -> None:
    lines = (cham.ROOT / "tests/bench/tim_kiem/cau-moi.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    assert {len(row) for row in rows} == {3}
    queries = [query for _, query, _ in rows]
    assert len(set(queries)) == len(queries)
    held = Counter(kind for kind, query, _ in rows if cham.is_held_out(cham.DERIVED + kind, query))
    asked = Counter(kind for kind, _, _ in rows)
    assert set(asked) == {"co_dau", "khong_dau", "viet_tat", "than_bai", "vo_nghia"}
    assert all(held[kind] >= 0.5 * count for kind, count in asked.items())
    assert all(bool(found) == (kind != "vo_nghia") for kind, _, found in rows)
