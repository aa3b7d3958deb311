"""What an announcer says: cases written by hand, every number read back, and what is unsure is said to be."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import DATA, ROOT

from chinhsach import spoken, vocabulary
from chinhsach.dates import format_date

CASES = [
    tuple(line.split(" = "))
    for line in (DATA / "doc-thanh-tieng.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
ENDINGS = {"mốt": 1, "tư": 4, "lăm": 5}


@cache
def speaker() -> spoken.Speaker:
    return spoken.Speaker(vocabulary.load_lexicon(ROOT), "example.org")


def read_back(words: str) -> int:
    """The number that a listener writes down, word by word."""
    total = group = 0
    tens_said = False
    for word in words.split():
        if word in DIGITS:
            group += DIGITS.index(word)
            tens_said = False
        elif word in ENDINGS:
            group += ENDINGS[word]
        elif word == "mười":
            group += 10
        elif word == "mươi":
            group += group % 10 * 9
        elif word == "trăm":
            group = group % 10 * 100
        elif word == "linh":
            tens_said = True
        else:
            unit = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            if unit == 10**9:
                total, group = (total + group) * unit, 0
            else:
                total, group = total + group * unit, 0
    assert not tens_said
    return total + group


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def test_there_are_two_hundred_cases_and_no_case_twice() -> None:
    assert len(CASES) >= 200
    assert len({written for written, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("written", "said"), CASES, ids=[written for written, _ in CASES])
def test_a_case_is_said_as_the_standard_has_it(written: str, said: str) -> None:
    told = speaker().say(written)
    assert lower_first(told.text) == lower_first(said)
    assert told.doubts == ()


@given(st.integers(0, 10**12 - 1) | st.integers(0, 12).map(lambda power: 10**power) | st.integers(0, 10**4))
def test_every_number_is_read_back_as_itself(value: int) -> None:
    assert read_back(spoken.number(value)) == value
    assert read_back(speaker().say(f"{value:,}".replace(",", ".")).text.lower()) == value


@given(st.integers(0, 10**6), st.from_regex(r"[0-9]{0,3}[1-9]", fullmatch=True))
def test_a_decimal_is_read_back_digit_for_digit(whole: int, fraction: str) -> None:
    said, _, decimals = spoken.quantity(f"{whole},{fraction}").partition(" phẩy ")
    zeros = len(fraction) - len(fraction.lstrip("0"))
    words = decimals.split()
    assert read_back(said) == whole
    assert words[:zeros] == ["không"] * zeros
    assert str(read_back(" ".join(words[zeros:]))) == fraction[zeros:]


@given(st.dates(date(1945, 1, 1), date(2100, 12, 31)), st.sampled_from(["", "ngày "]))
def test_every_day_is_read_back_as_itself(day: date, before: str) -> None:
    told = speaker().say(before + format_date(day)).text.lower()
    form = re.fullmatch(r"ngày (?:mùng )?(.+?) tháng (.+?) năm (.+)", told)
    assert form is not None
    month = "bốn" if form[2] == "tư" else form[2]
    # «tháng năm năm hai nghìn …»: the month is the shortest reading that leaves a year of four digits
    candidates = [(month, form[3])] + ([("năm", form[3].removeprefix("năm "))] if form[3].startswith("năm ") else [])
    assert (day.day, day.month, day.year) in [(read_back(form[1]), read_back(m), read_back(y)) for m, y in candidates]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_no_text_stops_the_announcer(text: str) -> None:
    told = speaker().say(text)
    assert "\n" not in told.text


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        ("theo CT của Ủy ban", "«CT» có thể là chỉ thị, chương trình (đúng: CTr), chủ tịch, công ty"),
        ("đường 8/3", "«8/3» có thể đọc nhiều cách; ghi rõ là ngày, phân số hay số thập phân"),
        ("mức 1.5 triệu", "«1.5» có thể đọc nhiều cách; ghi rõ là ngày, phân số hay số thập phân"),
        ("Văn bản hợp nhất số 12/VBHN-VPQH", "«12/VBHN-VPQH»: không rõ cơ quan nào, ghi thêm «của …» sau số"),
        ("tăng từ 1/3 lên", "«1/3» có thể đọc nhiều cách; ghi rõ là ngày, phân số hay số thập phân"),
        ("tăng 5 @", "«@» chưa biết đọc"),
        ("Hiệp định CPTPP", "«CPTPP» không có trong viet-tat.yml"),
        ("Công văn số 643/UBND/KGVX", "«643/UBND/KGVX» không phải số ký hiệu viết đúng"),
    ],
)
def test_what_is_unsure_is_named_instead_of_guessed(written: str, doubt: str) -> None:
    assert speaker().say(written).doubts == (doubt,)


def test_no_digit_and_no_address_is_left_to_read() -> None:
    told = (
        speaker()
        .say("Ngày 1/7/2025 có 1.500 hộ (12,5%) nộp tại https://vi-du.vn/a?b=1, thư vi-du@example.org, 5 ha.")
        .text
    )
    assert not re.search(r"[0-9@/%()]|http", told)


def test_syllables_are_counted_as_they_are_spoken() -> None:
    assert spoken.syllables("năm héc-ta, ki-lô-mét.") == 6
