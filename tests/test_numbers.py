"""Document numbers: the two tables of `du-lieu/`, and what must hold for any text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chinhsach.numbers import ORGANS, TYPES, DocumentNumber, InvalidNumber, clean, parse

TABLES = Path(__file__).parent / "du-lieu"
steady = settings(deadline=None, derandomize=True)


def rows(name: str) -> list[tuple[str, ...]]:
    # No strip: one refused text begins with a space.
    lines = (TABLES / name).read_text(encoding="utf-8").split("\n")
    return [tuple(line.split("\t")) for line in lines if line]


GOOD = rows("so-ky-hieu.txt")
BAD = rows("so-ky-hieu-sai.txt")
# The table says "gợi ý", yet more than one number may have been meant: a reason, no suggestion.
UNCERTAIN = {"2020/NĐ-CP": "có thể là năm", "103/2016/QH": "thiếu số khóa Quốc hội"}


def refusal(text: str) -> InvalidNumber:
    with pytest.raises(InvalidNumber) as caught:
        parse(text)
    return caught.value


def suggested(remark: str) -> str:
    return remark.split(" (")[0].split(";")[0]


def test_the_tables_are_whole() -> None:
    assert (len(GOOD), len(BAD)) == (181, 42)


@pytest.mark.parametrize(("text", "number", "year", "kind", "organ"), GOOD)
def test_a_number_seen_in_practice_is_read_in_its_parts(
    text: str, number: str, year: str, kind: str, organ: str
) -> None:
    assert parse(text) == DocumentNumber(text, number, int(year) if year else None, kind, organ)


@pytest.mark.parametrize(("text", "verdict", "remark"), BAD)
def test_a_misleading_text_is_refused_with_the_suggestion_only_where_it_is_certain(
    text: str, verdict: str, remark: str
) -> None:
    error = refusal(text)
    assert error.reason
    if text in UNCERTAIN:
        assert error.suggestion is None
        assert UNCERTAIN[text] in error.reason
    elif verdict == "gợi ý":
        assert error.suggestion == suggested(remark)
    else:
        assert verdict == "từ chối"
        assert error.suggestion is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "chưa ghi số ký hiệu"),
        ("/KH-UBND", "chưa có số trước dấu gạch chéo"),
        ("15/3/2023", "là ngày tháng"),
        ("30/04", "là ngày tháng"),
        ("59/2020", "thiếu ký hiệu sau năm"),
        ("01/21/NĐ-CP", "bốn chữ số"),
        ("01/1821/NĐ-CP", "năm 1821 nằm ngoài khoảng 1945–2100"),
        ("407/QĐ", "thiếu cơ quan ban hành"),
        ("407/QD", "thiếu cơ quan ban hành"),
        ("407/-TTg", "thiếu loại văn bản"),
        ("4O7/QĐ-TTg", "chữ O"),
        ("0/QĐ-TTg", "số không thể là 0"),
        ("0-NQ/TW", "số không thể là 0"),
        ("01/2021/NÐ-CP", "không phải chữ Đ tiếng Việt"),
        ("12/2020/UBND-KT", "«UBND» không phải"),
        ("12/QH14", "thiếu năm"),
        ("10/2016/TT-BTNMTQuyđịnhchitiếtnộidung", "chữ thường, có dấu"),
        ("1" * 101, "dài quá 100 ký tự"),
    ],
)
def test_the_reason_names_the_fault(text: str, reason: str) -> None:
    assert reason in refusal(text).reason


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Nghị định số 168/2025/NĐ-CP", "168/2025/NĐ-CP"),
        ("407/QĐ/TTg", "407/QĐ-TTg"),
        ("407-QĐ-TTg", "407/QĐ-TTg"),
        ("407-qđ/ttg", "407/QĐ-TTg"),
        ("407QĐTTg", "407/QĐ-TTg"),
        ("07/CT-TTG", "07/CT-TTg"),
        ("12/ttr-skhdt", "12/TTr-SKHĐT"),
        ("643-UBND/KGVX", "643/UBND-KGVX"),
        ("66-nq/tw", "66-NQ/TW"),
        ("03/2019/tt-bkhđt", "03/2019/TT-BKHĐT"),
    ],
)
def test_a_slip_of_the_hand_is_refused_with_what_was_meant(text: str, meant: str) -> None:
    assert refusal(text).suggestion == meant
    assert refusal(clean(text)).suggestion == meant


def test_an_abbreviation_that_may_be_two_types_gets_no_suggestion() -> None:
    assert refusal("12/hd-bhxh").suggestion is None
    assert refusal("12/hđ-bhxh").suggestion == "12/HĐ-BHXH"


@pytest.mark.parametrize(
    ("text", "number", "kind", "organ"),
    [
        ("66-NQ/TW", "66", "NQ", "TW"),
        ("12-CTr/BCĐ", "12", "CTr", "BCĐ"),
        ("18976-CV/VPTW", "18976", "CV", "VPTW"),
    ],
)
def test_a_party_number_keeps_its_own_form(text: str, number: str, kind: str, organ: str) -> None:
    assert parse(text) == DocumentNumber(text, number, None, kind, organ)


def test_a_number_may_carry_a_letter() -> None:
    assert parse("30a/2008/NQ-CP").number == "30a"
    assert parse("522b/NQ-UBTVQH13").number == "522b"


def test_an_issuer_outside_the_vocabulary_is_accepted_as_printed() -> None:
    assert "SABC" not in ORGANS
    assert parse("12/QĐ-SABC").organ == "SABC"


def test_a_year_in_the_number_makes_the_document_normative() -> None:
    assert parse("09/2017/NĐ-CP").is_normative
    assert parse("103/2016/QH13").is_normative
    assert not parse("07/CT-TTg").is_normative


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("12/SKHĐT-ĐKKD", ("SKHĐT", "ĐKKD")),
        ("1887/UBND-VP-KT", ("UBND", "VP-KT")),
        ("194/TTr-CAT-QLHC", ("CAT", "QLHC")),
        ("173/KH-SKHĐT", None),
        ("12/KH-SKHĐT-STC", None),
        ("102/2010/TTLT-BTC-NHNN", None),
        ("103/2016/QH13", None),
        ("619/TTg", None),
    ],
)
def test_the_drafting_unit_is_what_follows_one_issuer(text: str, suffix: tuple[str, str] | None) -> None:
    assert parse(text).drafting_suffix == suffix


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("361 /UBND-KT", "361/UBND-KT"),
        ("Số: 07/CT-TTg", "07/CT-TTg"),
        ("  SỐ 07 / CT - TTg\u00a0", "07/CT-TTg"),
        (unicodedata.normalize("NFD", "Số: 09/2017/NĐ-CP"), "09/2017/NĐ-CP"),
        ("Số: /CTLAN-TTHT", "/CTLAN-TTHT"),
        ("407\\QĐ-TTg", "407\\QĐ-TTg"),
    ],
)
def test_clean_takes_away_the_word_so_and_white_space_only(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


near_numbers = st.text(alphabet="0127 .-/–\\ÐĐđDQNTCPgtrHUBaoOlLSố:\u0335&", max_size=16)
some_types = st.sampled_from(TYPES)
some_organs = st.sampled_from([organ for organ in ORGANS if organ not in ("QH", "UBTVQH")])


@steady
@given(st.text() | near_numbers)
@example("\n")
@example("9" * 5000)
@example("１２/QĐ-TTg")
def test_any_text_is_a_number_that_reads_as_itself_or_is_refused_with_a_valid_suggestion(
    text: str,
) -> None:
    refused: InvalidNumber | None = None
    try:
        number = parse(text)
    except InvalidNumber as error:
        refused = error
    if refused is None:
        assert parse(number.text) == number
        assert number.text == unicodedata.normalize("NFC", text)
        return
    assert refused.reason
    if refused.suggestion is not None:
        assert refused.suggestion != text
        assert parse(refused.suggestion).text == refused.suggestion


@steady
@given(st.text() | near_numbers)
def test_cleaning_a_valid_number_changes_nothing(text: str) -> None:
    try:
        number = parse(text)
    except InvalidNumber:
        return
    assert clean(number.text) == number.text


@steady
@given(st.integers(1, 99999), st.integers(1945, 2100), some_types, some_organs)
def test_every_type_with_every_issuer_reads_back_in_its_parts(number: int, year: int, kind: str, organ: str) -> None:
    text = f"{number:02}/{year}/{kind}-{organ}"
    assert parse(text) == DocumentNumber(text, f"{number:02}", year, kind, organ)


@steady
@given(st.sampled_from([row[0] for row in GOOD]))
def test_the_form_of_accents_in_the_text_does_not_matter(text: str) -> None:
    assert parse(unicodedata.normalize("NFD", text)) == parse(text)
