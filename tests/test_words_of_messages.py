"""No word of a message is English: each is a Vietnamese syllable, a key or value that is typed, or a name on a screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_golden import BAD_CASES
from test_guide import known_words

from chinhsach import before_release
from chinhsach.problems import Words
from chinhsach.rules import RULES
from chinhsach.text import fold

# Names as they stand on the clerk's screen, in an address or a file's name.
NAMES = frozenset((
    "Notepad", "Word", "Excel", "Windows", "File", "Save", "As", "as", "Encoding", "Tab", "UTF", "PDF", "Markdown",
    "RSS", "MB", "http", "https", "mailto", "tel", "www", "dpi", "CV", "md", "pdf", "docx", "doc", "xlsx",
    "xls", "pptx", "odt", "ods", "csv", "txt", "zip", "jpg", "png", "webp", "mp", "svg", "html", "con", "nul",
    "com", "url", "example", "org", "vn", "TCVN", "VNI", "yml", "web", "byte", "Unicode", "III", "kehoach",
    "UBND", "KGVX", "TT", "BTC", "SKHĐT", "VP", "QĐ", "KH", "TB", "NĐ", "CP", "QH", "Đ", "HĐND", "HTML",
    "guid", "mkdocs", "build",
))  # fmt: skip
# English words that a Vietnamese syllable could look like, but none does.
ENGLISH = frozenset(
    [
        "the",
        "not",
        "be",
        "he",
        "me",
        "we",
        "you",
        "see",
        "has",
        "had",
        "get",
        "set",
        "put",
        "but",
        "must",
        "now",
        "new",
        "key",
        "file",
        "name",
        "line",
        "link",
    ]
)

_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye"
    r"|ieu|yeu|oai|oao|oay|oeo|uai|uay|uoi|uou|uya|uye|uyu)"
    r"(?:ch?|m|ng?|nh|p|t)?"
)
_QUOTED = re.compile(r"«[^»]*»|\[[^\]]*\]\([^)]*\)|<[^>]*>|\{[^}]*\}|«.*$")
_TYPED = re.compile(r"\S*[_/\\#=*\d…]\S*|\b[a-z]+(?:-[a-z0-9]+)+\b|\b[a-z_]+:(?= )")
_MEND = re.compile(r"(?:^|; )(?:sửa dòng|thêm (?:dưới|trên) dòng|xóa dòng) \d+.*$")
_WORD = re.compile(r"[^\W\d_]+")


def strange_words(sentence: str) -> set[str]:
    """The words of a sentence that are neither Vietnamese nor allowed."""
    said = _TYPED.sub(" ", _QUOTED.sub(" ", _MEND.sub(" ", sentence)))
    allowed = known_words() | NAMES
    return {w for w in _WORD.findall(said) if w not in allowed and not is_vietnamese(w)}


def is_vietnamese(word: str) -> bool:
    folded = fold(word)
    return word.lower() not in ENGLISH and _SYLLABLE.fullmatch(folded) is not None


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "khuỷu", "giữa", "ngoằn", "y", "đĩa", "thuở", "Lưu"])
def test_a_vietnamese_syllable_is_one(word: str) -> None:
    assert is_vietnamese(word)


@pytest.mark.parametrize(
    "sentence", ["giá trị is invalid", "mapping values are not allowed", "sửa field này", "the key", "unknown escape"]
)
def test_english_in_a_sentence_is_found(sentence: str) -> None:
    assert strange_words(sentence)


@pytest.mark.parametrize("case", BAD_CASES, ids=lambda case: case.name)
def test_a_message_of_a_golden_case_has_no_english_word(case: Path) -> None:
    report = (case / "expected.txt").read_text(encoding="utf-8")
    for line in report.splitlines():
        head = re.match(r"\S+?:\d+: (?:lỗi|lưu ý)\[[a-z-]+\]: (.*)$", line)
        rest = re.match(r" {4}(?:vì|cách sửa): (.*)$", line)
        if found := head or rest:
            assert strange_words(found[1]) == set(), line


@pytest.mark.parametrize("code", [*RULES, *before_release.RULES])
def test_the_guides_own_words_for_a_code_have_no_english_word(code: str) -> None:
    rule = RULES.get(code) or before_release.RULES[code]
    words: Words = rule.explain(rule.sample or {})
    for sentence in (rule.title, *words):
        assert strange_words(sentence) == set(), sentence
