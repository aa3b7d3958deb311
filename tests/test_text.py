"""Normal form, folding, slugs, the alphabet, nearest spelling."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinhsach.text import alphabet_key, clean, excerpt, fold, nearest, nfc, one_line, slug

steady = settings(deadline=None, derandomize=True)
vietnamese = st.text(alphabet="aăâeêioôơuưyđbcdghklmnpqrstvx ĂÂÁẠẢÃÀỆỘỢỮĐ0123456789-/.«»\u0301\u0323\u00a0\u200b\n")
texts = st.text() | vietnamese


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điểm chính", "diem-chinh"),
        ("Làm ở đâu, hạn nào", "lam-o-dau-han-nao"),
        ("ĐĂNG KÝ KINH DOANH", "dang-ky-kinh-doanh"),
        ("80/2021/NĐ-CP", "80-2021-nd-cp"),
        (unicodedata.normalize("NFD", "Đường dẫn Uỷ ban"), "duong-dan-uy-ban"),
        ("  -- Ư --  ", "u"),
        ("«…»", ""),
    ],
)
def test_a_slug_keeps_every_vietnamese_letter_as_its_base(text: str, expected: str) -> None:
    assert slug(text) == expected


@steady
@given(texts)
def test_slug_and_fold_are_stable_and_do_not_see_the_normal_form(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert slug(slug(text)) == slug(text)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))
    assert slug(unicodedata.normalize("NFD", text)) == slug(nfc(text))


@steady
@given(texts)
def test_clean_text_is_nfc_without_what_cannot_be_seen(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    for char in cleaned:
        assert char in "\t\n" or unicodedata.category(char) != "Cc"
        assert char not in "\u200b\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\xad"


def test_no_letter_passes_clean_outside_its_normal_form_or_as_a_control() -> None:
    """The quick look at a text may let nothing through: each letter of the first plane, after an «a»."""
    for letter in (chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000):
        cleaned = clean("a" + letter)
        assert unicodedata.is_normalized("NFC", cleaned), hex(ord(letter))
        assert cleaned in ("a", "a\t", "a\n") or unicodedata.category(letter) != "Cc", hex(ord(letter))


def test_clean_makes_line_ends_one_and_keeps_the_words() -> None:
    assert clean("một\r\nhai\rba\n") == "một\nhai\nba\n"
    assert clean("Đ\u200bi\u00adể\u202em\ufeff") == "Điểm"


@steady
@given(texts)
def test_one_line_has_no_runs_of_white_space(text: str) -> None:
    line = one_line(text)
    assert line == " ".join(text.split())
    assert one_line(line) == line


def test_names_sort_by_the_vietnamese_alphabet() -> None:
    ordered = [
        "an", "àn", "ản", "ãn", "án", "ạn", "ăn", "ân", "ban", "ca", "da", "đa", "ế", "ga", "ma", "mà", "mả", "mã",
        "má", "mạ", "mai", "oan", "ôn", "ơn", "pha", "ta", "tha", "tra", "un", "ưng", "xa", "ý",
    ]  # fmt: skip
    shuffled = random.Random(0).sample(ordered, len(ordered))
    assert sorted(shuffled, key=alphabet_key) == ordered
    assert sorted(["Đầu tư", "Dự toán", "Ủy ban", "Ưu đãi", "Ăn", "An"], key=alphabet_key) == [
        "An", "Ăn", "Dự toán", "Đầu tư", "Ủy ban", "Ưu đãi",
    ]  # fmt: skip


@steady
@given(texts)
def test_the_alphabet_orders_any_text_and_does_not_see_the_normal_form(text: str) -> None:
    assert alphabet_key(unicodedata.normalize("NFD", text)) == alphabet_key(nfc(text))


def test_a_tone_mark_that_no_letter_carries_does_not_stop_the_sorting() -> None:
    assert alphabet_key("x\u0323a") == alphabet_key("xa")
    assert alphabet_key("\u0323") == ((), ())


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("tieu_dê", "tieu_de"),
        ("Tiêu đề", "tieu_de"),
        ("ngay_dan", "ngay_dang"),
        ("ngay ban hanh", "ngay_ban_hanh"),
        ("xyz", None),
        ("", None),
    ],
)
def test_the_nearest_spelling_is_found_or_none(wrong: str, expected: str | None) -> None:
    known = ["tieu_de", "tom_tat", "ngay_dang", "ngay_ban_hanh", "loai"]
    assert nearest(wrong, known) == expected
    assert nearest(wrong, reversed(known)) == expected


@steady
@given(texts, st.integers(1, 100))
def test_an_excerpt_is_one_short_line(text: str, limit: int) -> None:
    shown = excerpt(text, limit)
    assert len(shown) <= limit
    assert shown == one_line(text) or shown.endswith("…")
    assert "\n" not in shown
