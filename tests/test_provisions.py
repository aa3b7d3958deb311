"""Words that name articles, clauses and points: the places of a full text, and never a place that is not meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinhsach.provisions import clause_of, is_all, parse


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("Điều 5", ["dieu-5"]),
        ("Điều 5a", ["dieu-5a"]),
        ("khoản 2 Điều 21", ["dieu-21-khoan-2"]),
        ("Khoản 2, Điều 21", ["dieu-21"]),
        ("Điều 5 Khoản 2", ["dieu-5-khoan-2"]),
        ("Điều 5, khoản 2 Điều 7", ["dieu-5", "dieu-7-khoan-2"]),
        ("điểm đ khoản 2 Điều 25", ["dieu-25-khoan-2-diem-dd"]),
        ("điểm a và điểm đ khoản 2 Điều 25", ["dieu-25-khoan-2-diem-a", "dieu-25-khoan-2-diem-dd"]),
        ("điểm a, b và c khoản 1 Điều 3", [f"dieu-3-khoan-1-diem-{x}" for x in "abc"]),
        ("khoản 1, điểm a khoản 2 Điều 5", ["dieu-5-khoan-1", "dieu-5-khoan-2-diem-a"]),
        ("khoản 1 và khoản 3 Điều 5", ["dieu-5-khoan-1", "dieu-5-khoan-3"]),
        ("điểm a Điều 4", ["dieu-4-diem-a"]),
        ("các điều 3, 20, 30, 34, 39 và 61", [f"dieu-{n}" for n in (3, 20, 30, 34, 39, 61)]),
        ("từ Điều 5 đến Điều 8", ["dieu-5", "dieu-6", "dieu-7", "dieu-8"]),
        ("Điều 5-7", ["dieu-5", "dieu-6", "dieu-7"]),
        (
            "bãi bỏ Điều 14, Điều 15 và khoản 3 Điều 30; bỏ số “14” tại Điều 55",
            ["dieu-14", "dieu-15", "dieu-30-khoan-3", "dieu-55"],
        ),
        ("điểm m khoản 1 Điều 35, điểm k khoản 1 Điều 37", ["dieu-35-khoan-1-diem-m", "dieu-37-khoan-1-diem-k"]),
        ("Điều 10 và điểm a khoản 2 Điều 43", ["dieu-10", "dieu-43-khoan-2-diem-a"]),
        ("khoản 1 Điều 16 (bổ sung điểm o), khoản 2 Điều 19", ["dieu-16-khoan-1", "dieu-19-khoan-2"]),
        ("khoản 5a vào sau khoản 5 Điều 13", ["dieu-13-khoan-5"]),
        ("khoản 2.c Bảng số 01 Chương II Phụ lục 4", []),
        ("Điều 5 Quy chế ban hành kèm theo", []),
        ("khoản 2 Điều 5 của Phụ lục I", []),
        ("khoản 2", []),
        ("các mẫu văn bản, báo cáo nêu tại Phụ lục A", []),
        ("", []),
    ],
)
def test_words_mean_these_places(text: str, anchors: list[str]) -> None:
    assert [provision.anchor for provision in parse(text)] == anchors


def test_a_place_knows_its_words() -> None:
    text = "sửa khoản 1, 2 Điều 3; bỏ Điều 9"
    found = parse(text)
    assert [text[p.start : p.end] for p in found] == ["khoản 1", "2 Điều 3", "Điều 9"]
    assert [p.within for p in found] == ["khoản 1", "khoản 2", "Điều này"]
    assert [clause_of(text, p) for p in found] == ["sửa khoản 1, 2 Điều 3", "sửa khoản 1, 2 Điều 3", "bỏ Điều 9"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khoản 1 Điều 8", True),
        ("Điều 10 và điểm a khoản 2 Điều 43", True),
        ("từ Điều 5 đến Điều 8", True),
        ("bãi bỏ khoản 3 Điều 22", False),
        ("khoản 5a vào sau khoản 5 Điều 13", False),
        ("Phụ lục I", False),
    ],
)
def test_nothing_but_places_is_told_from_other_words(text: str, expected: bool) -> None:
    assert is_all(text, parse(text)) is expected


words = st.sampled_from(
    [
        "Điều",
        "khoản",
        "điểm",
        "a",
        "đ",
        "5",
        "12",
        "5a",
        ",",
        ";",
        "và",
        "đến",
        "từ",
        "các",
        "Phụ lục",
        "bổ sung",
        " ",
        "(",
        "999",
    ]
)


@given(st.lists(words, max_size=14).map(" ".join))
def test_any_words_give_places_that_stand_in_them(text: str) -> None:
    for provision in parse(text):
        assert 0 <= provision.start < provision.end <= len(text)
        assert provision.article
        assert provision.anchor.startswith("dieu-")
