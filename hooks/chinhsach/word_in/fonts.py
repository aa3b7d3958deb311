"""Words typed in a font of the years before Unicode in, the letters that the reader saw on paper out.

TCVN3 («ABC») fonts have 74 Vietnamese letters in the place of Latin-1's; capitals stand in fonts of their own, whose
names end in H. VNI fonts write a tone as a sign of its own after the letter.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from ..imported import CannotRead
from ..text import excerpt

TCVN3 = dict(
    zip(
        "\xb5\xb8\xb6\xb7\xb9\xa8\xbb\xbe\xbc\xbd\xc6\xa9\xc7\xca\xc8\xc9\xcb\xae"
        "\xcc\xd0\xce\xcf\xd1\xaa\xd2\xd5\xd3\xd4\xd6\xd7\xdd\xd8\xdc\xde"
        "\xdf\xe3\xe1\xe2\xe4\xab\xe5\xe8\xe6\xe7\xe9\xac\xea\xed\xeb\xec\xee"
        "\xef\xf3\xf1\xf2\xf4\xad\xf5\xf8\xf6\xf7\xf9\xfa\xfd\xfb\xfc\xfe"
        "\xa1\xa2\xa3\xa4\xa5\xa6\xa7",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
"""The 74 letters of TCVN 5712:1993's third set, by the Latin-1 character in whose place they stand."""

_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_HATS = {"â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303",
         "ä": "\u0302\u0323"}  # fmt: skip
_BOWLS = {"ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
          "ë": "\u0306\u0323"}  # fmt: skip
_WHOLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}


def _vni_table() -> dict[str, str]:
    """One or two characters of a VNI font to the letter: «aø» à, «eá» ế, «öï» ự; capitals likewise."""
    table = dict(_WHOLE)
    for base in "aeouyôö":
        signs = _TONES | (_HATS if base in "aeo" else {}) | (_BOWLS if base == "a" else {})
        for sign, marks in signs.items():
            table[base + sign] = unicodedata.normalize("NFC", _WHOLE.get(base, base) + marks)
    upper = {wrong.upper(): right.upper() for wrong, right in table.items()}
    titled = {wrong[0].upper() + wrong[1:]: right.upper() for wrong, right in table.items()}
    return table | titled | upper


VNI = _vni_table()
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_VNI_SIGNS = frozenset("".join((*_TONES, *_HATS, *_BOWLS))) | frozenset("".join((*_TONES, *_HATS, *_BOWLS)).upper())

_PLAIN = re.compile("[\x00-\x7f\xa0\u2010-\u2027\u2030-\u203a\u2190-\u25ff\uf000-\uf0ff]")
_LATER_LETTER = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0323]")
_OTHER_OLD = re.compile(r"VPS|VISCII|BK ?HCM|VN ?(time|arial)|VN[A-Z]+ ?new|\.?TCVN|VNI[A-Z]|VK ?Sans|VietWare", re.I)
_GARBLED = re.compile("(?<=[a-zA-Z])[\xa8-\xaa\xac\xae\xb5\xb6\xb8\xb9\xbc-\xbe]|[\xa7\xae](?=[a-z\xb5-\xfe])")
_MANY = 3

_RESAVE = (
    "Hãy mở tệp bằng Word, bôi đen toàn văn, đổi bảng mã sang Unicode (UniKey: Ctrl+Shift+F6), chọn phông Times New "
    "Roman, lưu thành .docx rồi thử lại"
)


class Coding(Enum):
    """How a font's characters are to be read."""

    UNICODE = ""
    TCVN3 = "TCVN3"
    TCVN3_CAPITALS = "TCVN3 chữ hoa"
    VNI = "VNI"


def coding_of(font: str) -> Coding:
    """How text in a font of this name is written."""
    if font.lower().startswith(".vn"):
        return Coding.TCVN3_CAPITALS if font.rstrip().endswith(("H", "h")) else Coding.TCVN3
    return Coding.VNI if font.upper().startswith("VNI-") else Coding.UNICODE


def decode(text: str, font: str) -> str:
    """The letters that text in this font shows. Raises CannotRead where they are of two kinds, or of none known."""
    if text.isascii():
        return text.upper() if coding_of(font) is Coding.TCVN3_CAPITALS else text
    coding = coding_of(font)
    if coding is Coding.UNICODE:
        if _OTHER_OLD.match(font):
            raise CannotRead(f"phông «{font}» dùng bảng mã cũ mà máy chưa đọc được. {_RESAVE}")
        return text
    if coding is Coding.VNI:
        return _from_vni(text, font)
    return _from_tcvn3(text, font, is_capitals=coding is Coding.TCVN3_CAPITALS)


def _from_tcvn3(text: str, font: str, *, is_capitals: bool) -> str:
    if _LATER_LETTER.search(text):
        return _as_unicode(text, font, frozenset(TCVN3))
    decoded = "".join(TCVN3.get(char, char) for char in text)
    _refuse_strangers(text, frozenset(TCVN3), font)
    return decoded.upper() if is_capitals else decoded


def _from_vni(text: str, font: str) -> str:
    if _LATER_LETTER.search(text):
        return _as_unicode(text, font, frozenset("".join(VNI)))
    _refuse_strangers(text, frozenset("".join(VNI)), font)
    decoded = _VNI_LETTER.sub(lambda match: VNI[match[0]], text)
    if any(char in _VNI_SIGNS and char not in _READ_ALONE for char in _VNI_LETTER.sub("", text)):
        raise CannotRead(_mixed(font, text))
    return decoded


_READ_ALONE = frozenset("".join(_WHOLE) + "".join(_WHOLE).upper())


def _as_unicode(text: str, font: str, old: frozenset[str]) -> str:
    """The text as it stands, where all its letters are Unicode's: the font is only a leftover."""
    if any(char in old and not _is_vietnamese(char) for char in text):
        raise CannotRead(_mixed(font, text))
    return text


def _is_vietnamese(char: str) -> bool:
    base = unicodedata.normalize("NFD", char)
    return base[0].lower() in "aeiouy" and all(mark in "\u0300\u0301\u0302\u0303" for mark in base[1:])


def _refuse_strangers(text: str, old: frozenset[str], font: str) -> None:
    if any(char not in old and not _PLAIN.match(char) for char in text):
        raise CannotRead(_mixed(font, text))


def _mixed(font: str, text: str) -> str:
    return f"chữ «{excerpt(text, 40)}» trong phông «{font}» lẫn hai bảng mã, máy không đoán. {_RESAVE}"


def refuse_garbled(text: str) -> None:
    """Refuse a text whose letters are of an old font although its font is not: «ViÖt Nam», «®Çu t­»."""
    marks = _GARBLED.findall(text)
    if len(marks) >= _MANY and len(set(marks)) > 1:
        place = _GARBLED.search(text)
        start = max(0, place.start() - 15) if place else 0
        raise CannotRead(
            f"chữ «{excerpt(text[start : start + 40], 40)}» viết bằng bảng mã cũ nhưng phông đã đổi, máy không biết là "
            f"bảng nào. {_RESAVE}"
        )
