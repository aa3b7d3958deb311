"""Written Vietnamese in, the words that an announcer says out: numbers, days, document numbers, sums, short forms.

Numbers are read as the primary-school mathematics books of the Ministry of Education have them (the programme of Thông
tư 32/2018/TT-BGDĐT): nghìn, linh, mốt, tư, lăm. num2words 0.5.14 and vietnam-number 1.0.6 are wrong (docs/adr/026).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .numbers import JOINT_TYPES, DocumentNumber, InvalidNumber
from .numbers import parse as parse_document_number
from .text import nfc, one_line

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION, _MILLION, _THOUSAND = 10**9, 10**6, 10**3
_LETTERS = {
    "a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "dê", "đ": "đê", "e": "e", "ê": "ê", "f": "ép",
    "g": "giê", "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "e-lờ", "m": "em-mờ", "n": "en-nờ", "o": "o",
    "ô": "ô", "ơ": "ơ", "p": "pê", "q": "quy", "r": "e-rờ", "s": "ét-xì", "t": "tê", "u": "u", "ư": "ư", "v": "vê",
    "w": "vê kép", "x": "ích-xì", "y": "i dài", "z": "dét",
}  # fmt: skip
OWN_SITE = "trang thông tin điện tử của Sở"


class Spoken(NamedTuple):
    """A text as it is said, and what could not be read for sure: the writer has to write it out."""

    text: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How short forms are read (viet-tat.yml): `readings` by form, `others` the meanings of those that have several.

    `bodies`: forms that name a body, for the tail of a document number; `types`: those that name a kind of document;
    `terms`: the long forms of the field's own terms.
    """

    readings: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    terms: tuple[str, ...] = ()


_BODIES = ("co-quan", "bo", "don-vi")


def parse_lexicon(document: Mapping[str, Any]) -> Lexicon:
    """The lexicon of the rows of viet-tat.yml. Raises KeyError, TypeError where a row lacks what it needs."""
    rows = document["viet_tat"]
    readings = {row["viet_tat"]: row.get("doc") or row["day_du"] for row in rows}
    return Lexicon(
        readings,
        {row["viet_tat"]: tuple(row["mo_ho"]) for row in rows if row.get("mo_ho")},
        {row["viet_tat"]: readings[row["viet_tat"]] for row in rows if row["nhom"] in _BODIES},
        {row["viet_tat"]: readings[row["viet_tat"]] for row in rows if row["nhom"] == "loai-van-ban"},
        tuple(row["day_du"] for row in rows if row["nhom"] == "linh-vuc"),
    )


# --- numbers


def number(value: int) -> str:
    """A whole number from 0 up in words: 1001 → «một nghìn không trăm linh một».

    Where no thousands stand between millions and hundreds they are said («một triệu không trăm nghìn năm trăm»),
    because «một triệu năm trăm» is heard as 1,500,000.
    """
    if value < _BILLION:
        return _below_billion(value, padded=False)
    billions, rest = divmod(value, _BILLION)
    said = f"{number(billions)} tỷ"
    return f"{said} {_below_billion(rest, padded=True)}" if rest else said


def _below_billion(value: int, *, padded: bool) -> str:
    millions, rest = divmod(value, _MILLION)
    thousands, units = divmod(rest, _THOUSAND)
    words = []
    if millions:
        words.append(f"{_group(millions, padded=padded)} triệu")
    if thousands:
        words.append(f"{_group(thousands, padded=padded or bool(words))} nghìn")
    elif units >= 100 and (words or padded):
        words.append("không trăm nghìn")
    if units or not (words or padded):
        words.append(_group(units, padded=padded or bool(words)))
    return " ".join(words)


def _group(value: int, *, padded: bool) -> str:
    """Up to three digits; `padded` says the hundreds even where they are none."""
    hundreds, rest = divmod(value, 100)
    if not hundreds and not padded:
        return _below_hundred(rest)
    said = f"{_DIGITS[hundreds]} trăm"
    if not rest:
        return said
    return f"{said} linh {_DIGITS[rest]}" if rest < 10 else f"{said} {_below_hundred(rest)}"


def _below_hundred(value: int) -> str:
    tens, unit = divmod(value, 10)
    if not tens:
        return _DIGITS[unit]
    said = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if not unit:
        return said
    if unit == 1 and tens > 1:
        return f"{said} mốt"
    if unit == 4 and tens > 1:
        return f"{said} tư"
    return f"{said} lăm" if unit == 5 else f"{said} {_DIGITS[unit]}"


def quantity(written: str) -> str:
    """A number as it is written, dots between thousands and a decimal comma: «1.234,05» → «… phẩy không năm»."""
    whole, _, fraction = written.partition(",")
    said = number(int(whole.replace(".", "")))
    if not fraction:
        return said
    zeros = len(fraction) - len(fraction.lstrip("0"))
    rest = fraction[zeros:]
    decimals = ["không"] * zeros + ([number(int(rest))] if rest else [])
    return f"{said} phẩy {' '.join(decimals)}"


def digits(written: str) -> str:
    """Each digit on its own, as telephone numbers are said."""
    return " ".join(_DIGITS[int(digit)] for digit in written if digit.isdecimal())


def ordinal_number(written: str) -> str:
    """The number of a document or a form: «07» → «không bảy», «66.17» → «sáu mươi sáu chấm mười bảy», «30a»."""
    return " chấm ".join(_labelled(part) for part in written.split("."))


def _labelled(part: str) -> str:
    form = re.fullmatch(r"(0*)([0-9]*)([^\W\d_]?)", part)
    if form is None:
        return part
    zeros, value, letter = form.groups()
    words = ["không"] * len(zeros) + ([number(int(value))] if value else []) + ([spell(letter)] if letter else [])
    return " ".join(words)


def spell(letters: str) -> str:
    """Letters by their names, digits as numbers: «KGVX» → «ca giê vê ích-xì»."""
    parts: list[str] = re.findall(r"[0-9]+|[^\W\d_]", letters)
    return " ".join(number(int(part)) if part.isdecimal() else _LETTERS.get(part.lower(), part) for part in parts)


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_FORM = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3}|XL(?:IX|IV|V?I{0,3})|L?X{0,3}(?:IX|IV|V?I{1,3}|V))"


def roman(written: str) -> int:
    """The value of a Roman number."""
    values = [_ROMAN[letter] for letter in written]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


# --- days


def day_words(day: int, month: int, year: int | None = None) -> str:
    """A day without «ngày»: «mùng năm tháng ba năm hai nghìn không trăm hai mươi sáu»."""
    said = f"{_day_of_month(day)} {month_words(month)}"
    return f"{said} năm {number(year)}" if year is not None else said


def _day_of_month(day: int) -> str:
    return f"mùng {number(day)}" if day <= 10 else number(day)


def month_words(month: int) -> str:
    """«tháng tư», «tháng mười hai»."""
    return "tháng tư" if month == 4 else f"tháng {number(month)}"


# --- document numbers


def document_number(value: DocumentNumber, lexicon: Lexicon, *, with_organ: bool = True) -> str:
    """«số ba mươi năm hai nghìn không trăm hai mươi của Chính phủ» (viet-tat.yml, `quy_tac_doc`).

    The drafting unit's mark is not read: number, year and issuer name the document.
    """
    said = f"số {ordinal_number(value.number)}"
    if value.year is not None:
        said += f" năm {number(value.year)}"
    return f"{said} của {_organ(value, lexicon)}" if with_organ else said


def _organ(value: DocumentNumber, lexicon: Lexicon) -> str:
    parts = re.split("[-/]", value.organ)
    if value.type in JOINT_TYPES:
        return ", ".join(_body(part, lexicon) for part in parts)
    return _body(parts[0], lexicon)


def is_known_organ(value: DocumentNumber, lexicon: Lexicon) -> bool:
    """Whether the issuer that a number names stands in the lexicon."""
    parts = re.split("[-/]", value.organ)
    named = parts if value.type in JOINT_TYPES else parts[:1]
    forms = ((part, _TERM.fullmatch(part)) for part in named)
    return all(part in lexicon.bodies or (form is not None and form[1] in lexicon.bodies) for part, form in forms)


_TERM = re.compile(r"([A-ZĐ]+?)([0-9]+)")


def _body(part: str, lexicon: Lexicon) -> str:
    if part in lexicon.bodies:
        return lexicon.bodies[part]
    form = _TERM.fullmatch(part)
    if form and form[1] in lexicon.bodies:
        return f"{lexicon.bodies[form[1]]} khóa {number(int(form[2]))}"
    return spell(part)


# --- a whole text

_NUM = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?"
_PART = r"[A-ZĂÂĐÊÔƠƯ][a-z]?(?:&?[A-ZĂÂĐÊÔƠƯ0-9][a-z]?)*"
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_NUMBERED = r"chương|mục|phụ lục|phần|quý|khóa|khoá|kỳ|phiên|đại hội|lần thứ|nhóm|bảng|hạng|loại|cấp|biểu"
_UNITS = {
    "km2": "ki-lô-mét vuông", "km²": "ki-lô-mét vuông", "m2": "mét vuông", "m²": "mét vuông", "m3": "mét khối",
    "m³": "mét khối", "km3": "ki-lô-mét khối", "km³": "ki-lô-mét khối", "km": "ki-lô-mét", "cm": "xăng-ti-mét", "mm": "mi-li-mét", "m": "mét", "ha": "héc-ta",
    "kg": "ki-lô-gam", "kW": "ki-lô-oát", "MW": "mê-ga-oát", "kV": "ki-lô-vôn", "GB": "ghi-ga-bai",
    "MB": "mê-ga-bai", "°C": "độ xê", "đ": "đồng", "VNĐ": "đồng", "VND": "đồng", "USD": "đô la Mỹ",
    "tr.đ": "triệu đồng",
}  # fmt: skip
_UNIT_FORM = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))

_BEFORE_DAY = (
    "(?:" + "|".join(rf"(?<=\b{word} )" for word in ("trước", "từ", "đến", "hết", "vào", "sau", "quá", "nhất")) + ")"
)
_DAY_MONTH = r"(?:0?[1-9]|[12][0-9]|3[01])/(?:0?[1-9]|1[0-2])(?![0-9/,.]?[0-9])"
_BEFORE_PER = "|".join(
    f"(?<={word})"
    for word in ("%", "đồng", "[0-9]đ", "VNĐ", "VND", "USD", "triệu", "tháng", "năm", "người", "kg", "ha", "m2", "m²")
)

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("mail", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("url", r"(?:https?://|www\.)[^\s<>«»“”]*[^\s<>«»“”.,;:!?)\]]|" + _START + r"(?:[a-z0-9-]+\.)+vn(?:/[\w/.-]*\w)?" + _END),
    ("document", _START + rf"(?i:số:? )?(?:[0-9]{{1,6}}(?:\.[0-9]{{1,3}})?[a-eA-E]?(?:/[0-9]{{4}})?/{_PART}(?:[-/]{_PART})*|[0-9]{{1,6}}-{_PART}/{_PART}(?:-{_PART})*)" + _END),
    ("short", ""),  # the lexicon's own, filled in by the speaker
    ("iso", _START + r"(?i:ngày )?(?:1[89]|2[01])[0-9]{2}-[01][0-9]-[0-3][0-9]" + _END),
    ("day", _START + r"(?i:ngày )?[0-9]{1,2}(?P<mark>[/.-])[0-9]{1,2}(?P=mark)(?:1[89]|2[01])[0-9]{2}" + _END),
    ("phone", _START + r"(?:\+84[ .-]?[0-9]|0[0-9])(?:[ .-]?[0-9]){7,9}(?![0-9,])|" + _START + r"1[89]00(?:[ .-]?[0-9]){4,6}" + _END),
    ("longday", r"(?i:" + _START + r"ngày )[0-9]{1,2} tháng [0-9]{1,2}(?: năm [0-9]{4})?" + _END),
    ("shortday", r"(?i:" + _START + r"ngày )[0-9]{1,2}(?:/[0-9]{1,2})?(?![0-9/,.]?[0-9])" + _END),
    ("quarter", r"(?i:" + _START + r"quý )[1-4](?![0-9,.])"),
    ("ordinal", r"(?i:" + _START + r"thứ )[14]" + _END),
    ("month", _START + r"(?:(?i:tháng) [0-9]{1,2}(?:/[0-9]{4}| năm [0-9]{4})?|(?:0?[1-9]|1[0-2])/(?:1[89]|2[01])[0-9]{2})(?![0-9/])" + _END),
    ("time", _START + r"[0-9]{1,2}(?:[hg:][0-9]{2}|[hg])" + _END),
    ("roman", rf"(?i:{_START}(?:{_NUMBERED}) ){_ROMAN_FORM}(?:\.[0-9]+)*" + _END),
    ("bareroman", _START + rf"(?=[IVX]{{2}}){_ROMAN_FORM}" + _END),
    ("code", _START + r"[A-Z](?:\.(?:[IVX]+|[0-9]+|[a-z])(?![^\W_]))+|" + _START + r"[A-Z]{1,3}[0-9]+[a-z]?(?:[.-][A-Z0-9]+)*" + _END),
    ("points", r"(?i:" + _START + r"điểm )[a-zđ][0-9]?(?:(?:, ?| và | hoặc |, điểm | và điểm )[a-zđ][0-9]?" + _END + r")*" + _END),
    ("percent", rf"{_START}{_NUM}(?: ?[-–] ?{_NUM})? ?[%‰]"),
    ("range", rf"{_START}{_NUM} ?[-–] ?{_NUM}(?![0-9.,]?[0-9])" + _END),
    ("measure", rf"{_START}{_NUM} ?(?:{_UNIT_FORM})" + _END),
    ("area", _START + r"(?:k?m[23²³])" + _END),
    ("negative", r"(?<![^\s(])-(?=[0-9])"),
    ("daymonth", rf"(?i:{_BEFORE_DAY}){_DAY_MONTH}|{_START}{_DAY_MONTH}(?= (?:hằng|hàng|mỗi) năm)"),
    ("fraction", _START + r"[0-9]{1,3}/[0-9]{1,3}" + _END),
    ("numbered", r"(?i:" + _START + r"số )0[0-9]{1,3}" + _END),
    ("dotted", _START + r"[0-9]{1,3}(?:\.[0-9]{1,2})+(?!\.?[0-9])" + _END),
    ("labelled", _START + r"[0-9]{1,4}[A-Za-zđĐ]" + _END),
    ("quantity", rf"{_START}{_NUM}(?![^\W_])"),
    ("per", rf"(?:{_BEFORE_PER}) ?/ ?(?:(?:{_UNIT_FORM}){_END}|(?=[^\W\d_]))"),
    ("ofyear", r"(?<=[^\W_])/(?=(?:19|20)[0-9]{2}(?![0-9]))"),
    ("slash", r"(?<=[^\W_])/(?=[^\W_])"),
    ("percentsign", r"[%‰]"),
    ("sign", r"[&+=≥≤×]"),
    ("unknown", _START + r"(?=[^\W_]*[A-ZĐƯ][^\W_]*[A-ZĐƯ])[A-Za-zĐđƯư0-9&-]{2,}" + _END),
    ("lone", _START + r"[A-ZĐ]" + _END),
)  # fmt: skip
_SIGNS = {"&": "và", "+": "cộng", "=": "bằng", "≥": "từ", "≤": "không quá", "×": "nhân"}


class Speaker:
    """Reads texts aloud with one lexicon. `site`: the host of the department's own site, whose address is not read."""

    def __init__(self, lexicon: Lexicon, site: str = "") -> None:
        self.lexicon = lexicon
        self.site = site
        measures = [form for form in _UNITS if form.islower()]  # «ha», «m2»: read only after a number
        readings = lexicon.readings
        self._readings = {**readings, **{f"{form}.": readings[form] for form in ("TP", "TX") if form in readings}}
        forms = [form for form in self._readings if form[0].isalpha() and form not in measures]
        known = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        patterns = {**dict(_PATTERNS), "short": f"{_START}(?:{known}){_END}" if known else "(?!)"}
        self._pattern = re.compile("|".join(f"(?P<{name}>{form})" for name, form in patterns.items()))

    def say(self, text: str) -> Spoken:
        """The text as it is said, on one line."""
        written = one_line(nfc(text)).replace("−", "-")
        doubts: list[str] = []
        said = self._pattern.sub(lambda found: self._one(found, doubts), _without_brackets(written))
        doubts += [f"«{left}» chưa biết đọc" for left in _UNREAD.findall(said)]
        return Spoken(_capitalised(one_line(said), written), tuple(dict.fromkeys(doubts)))

    def _one(self, found: re.Match[str], doubts: list[str]) -> str:
        name = str(found.lastgroup)
        if name in ("short", "unknown", "document", "lone"):
            return str(getattr(self, f"_{name}")(found, doubts))
        if name == "url":
            is_own = self.site and re.sub(r"^https?://|[/?#].*$", "", found[0]) == self.site
            return OWN_SITE if is_own else f"địa chỉ ghi trên {OWN_SITE}"
        if name in _DOUBTFUL and _DOUBTFUL[name](found):
            doubts.append(f"«{found[0]}» có thể đọc nhiều cách; ghi rõ là ngày, phân số hay số thập phân")
        return _HANDLERS[name](found)

    def _short(self, found: re.Match[str], doubts: list[str]) -> str:
        form = found[0]
        if form in self.lexicon.others:
            doubts.append(f"«{form}» có thể là {', '.join((self._readings[form], *self.lexicon.others[form]))}")
        return _after(found, self._readings[form])

    def _unknown(self, found: re.Match[str], doubts: list[str]) -> str:
        doubts.append(f"«{found[0]}» không có trong viet-tat.yml")
        return spell(found[0])

    def _lone(self, found: re.Match[str], doubts: list[str]) -> str:
        following = found.string[found.end() : found.end() + 1]
        if following == "." and found.string[found.end() + 1 : found.end() + 2].isalpha():
            doubts.append(f"«{found[0]}.» là chữ viết tắt")
        return spell(found[0])

    def _document(self, found: re.Match[str], doubts: list[str]) -> str:
        written = re.sub(r"^số:? ", "", found[0], flags=re.IGNORECASE)
        try:
            value = parse_document_number(written)
        except InvalidNumber:
            doubts.append(f"«{written}» không phải số ký hiệu viết đúng")
            return spell(written)
        names_organ = _names_organ(found)
        if not names_organ and not is_known_organ(value, self.lexicon):
            doubts.append(f"«{written}»: không rõ cơ quan nào, ghi thêm «của …» sau số")
        said = document_number(value, self.lexicon, with_organ=not names_organ)
        if written != found[0] or not value.type:
            return said
        kind = self.lexicon.types.get(value.type, "")
        before = found.string[: found.start()].rstrip().lower()
        return said if not kind or before.endswith(kind.lower()) else f"{kind} {said}"


_ORGAN_FOLLOWS = re.compile(
    r"(?:,? ngày (?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|[0-9]{1,2} tháng [0-9]{1,2} năm [0-9]{4}))?,? của "
)


def _names_organ(found: re.Match[str]) -> bool:
    """Whether the text itself names the issuer after the number."""
    return _ORGAN_FOLLOWS.match(found.string, found.end()) is not None


def _without_brackets(text: str) -> str:
    """Brackets cannot be heard; what stands in them is said between pauses."""
    text = re.sub(r" ?\(([^()]*)\)(?=[.,;:!?]|$)", r", \1", text)
    return re.sub(r" ?\(([^()]*)\)", r", \1,", text)


def _after(found: re.Match[str], reading: str) -> str:
    """The reading without its first word where the text has just said it: «mã QR» is «mã phản hồi nhanh»."""
    first, _, rest = reading.partition(" ")
    before = found.string[: found.start()].split()
    return rest if rest and before and before[-1].lower() == first.lower() else reading


def _capitalised(said: str, written: str) -> str:
    return said[:1].upper() + said[1:] if written[:1].isupper() or written[:1].isdigit() else said


def _integers(text: str) -> list[int]:
    return [int(part) for part in re.findall("[0-9]+", text)]


def _full_day(found: re.Match[str]) -> str:
    return f"{_day_word(found)} {day_words(*_integers(found[0]))}"


def _iso_day(found: re.Match[str]) -> str:
    return f"{_day_word(found)} {day_words(*reversed(_integers(found[0])))}"


def _day_word(found: re.Match[str]) -> str:
    return "Ngày" if found[0].startswith("N") else "ngày"


def _long_day(found: re.Match[str]) -> str:
    return f"{found[0][:4]} {day_words(*_integers(found[0]))}"


def _short_day(found: re.Match[str]) -> str:
    parts = _integers(found[0])
    return f"{found[0][:4]} {day_words(*parts) if len(parts) == 2 else _day_of_month(parts[0])}"


def _month(found: re.Match[str]) -> str:
    month, *year = _integers(found[0])
    said = month_words(month) + (f" năm {number(year[0])}" if year else "")
    return said.capitalize() if found[0].startswith("T") else said


def _time(found: re.Match[str]) -> str:
    hour, *minutes = _integers(found[0])
    said = f"{number(hour)} giờ"
    return f"{said} {number(minutes[0])} phút" if minutes and minutes[0] else said


def _roman(found: re.Match[str]) -> str:
    word, _, value = found[0].rpartition(" ")
    first, *rest = value.split(".")
    return f"{word} {' chấm '.join((number(roman(first)), *(number(int(part)) for part in rest)))}"


def _code(found: re.Match[str]) -> str:
    """The code of a form: «A.I.1» → «a chấm một chấm một», «S1a-HKD» → «ét-xì một a hát ca dê»."""
    first, *rest = found[0].split(".")
    return " chấm ".join(
        [spell(first), *(number(roman(part)) if set(part) <= set(_ROMAN) else spell(part) for part in rest)]
    )


def _points(found: re.Match[str]) -> str:
    word, rest = found[0][:4], found[0][4:]
    named = re.sub(r"(?<![^\W_])([a-zđ])([0-9]?)(?![^\W_])", lambda m: _labels(m[1], m[2]), rest)
    return word + named


def _labels(letter: str, digit: str) -> str:
    return f"{spell(letter)} {number(int(digit))}" if digit else spell(letter)


def _percent(found: re.Match[str]) -> str:
    unit = "phần nghìn" if found[0].endswith("‰") else "phần trăm"
    return f"{' đến '.join(quantity(part) for part in re.findall(_NUM, found[0]))} {unit}"


def _range(found: re.Match[str]) -> str:
    return " đến ".join(quantity(part) for part in re.findall(_NUM, found[0]))


def _measure(found: re.Match[str]) -> str:
    form = re.fullmatch(rf"({_NUM}) ?(.+)", found[0])
    return f"{quantity(form[1])} {_UNITS[form[2]]}" if form else found[0]


def _per(found: re.Match[str]) -> str:
    """«đồng/m2» → «đồng một mét vuông»; of «đồng/tháng» only the slash is read here."""
    unit = found[0].lstrip(" /")
    return f" một {_UNITS[unit]}" if unit else " một "


def _fraction(found: re.Match[str]) -> str:
    above, below = _integers(found[0])
    return f"{number(above)} {'phần' if above < below else 'trên'} {number(below)}"


_SURE_FRACTIONS = ("1/2", "1/3", "2/3", "1/4", "3/4")
_OF_A_WHOLE = re.compile(r" (?:số|tổng|diện tích|vốn|mức|thành viên|đại biểu|lãi|giá trị|thời)")
_AMOUNT = re.compile(r" ?(?:%|triệu|tỷ|nghìn|đồng|ha|km|m2|năm|tháng|ngày|người|USD)(?![^\W_])")
_YEAR_FOLLOWS = re.compile(r" (?:hằng |hàng |mỗi )?năm|,? (?:đến|và) ")
_UNREAD = re.compile(r"[^\s,.;:]*[0-9%‰@/][^\s,.;:]*")


def _is_unsure_fraction(found: re.Match[str]) -> bool:
    """«8/3» may be a day or a house; «1/3», and what is said to be a part of something, are fractions."""
    is_rate = found.string[: found.start()].endswith(("tỷ lệ ", "tỉ lệ "))
    return not (found[0] in _SURE_FRACTIONS or is_rate or _OF_A_WHOLE.match(found.string, found.end()))


_DOUBTFUL: dict[str, Callable[[re.Match[str]], bool]] = {
    "fraction": _is_unsure_fraction,
    "dotted": lambda found: _AMOUNT.match(found.string, found.end()) is not None,
    "daymonth": lambda found: found[0] in _SURE_FRACTIONS and not _YEAR_FOLLOWS.match(found.string, found.end()),
}

_HANDLERS: dict[str, Callable[[re.Match[str]], str]] = {
    "mail": lambda found: f"địa chỉ thư điện tử ghi trên {OWN_SITE}",
    "phone": lambda found: ("cộng " if found[0][0] == "+" else "") + digits(found[0]),
    "iso": _iso_day,
    "day": _full_day,
    "longday": _long_day,
    "shortday": _short_day,
    "month": _month,
    "time": _time,
    "roman": _roman,
    "bareroman": lambda found: number(roman(found[0])),
    "code": _code,
    "points": _points,
    "percent": _percent,
    "range": _range,
    "measure": _measure,
    "fraction": _fraction,
    "numbered": lambda found: f"{found[0][:2]} {ordinal_number(found[0][3:])}",
    "dotted": lambda found: ordinal_number(found[0]),
    "labelled": lambda found: ordinal_number(found[0]),
    "quantity": lambda found: quantity(found[0]),
    "daymonth": lambda found: f"ngày {day_words(*_integers(found[0]))}",
    "percentsign": lambda found: "phần nghìn" if found[0] == "‰" else "phần trăm",
    "quarter": lambda found: f"{found[0][:3]} {number(int(found[0][-1]))}",
    "ordinal": lambda found: f"{found[0][:3]} {'nhất' if found[0].endswith('1') else 'tư'}",
    "area": lambda found: _UNITS[found[0]],
    "negative": lambda found: "âm ",
    "per": _per,
    "ofyear": lambda found: " năm ",
    "slash": lambda found: ", ",
    "sign": lambda found: f" {_SIGNS[found[0]]} ",
}


_SYLLABLE = re.compile(r"[^\W_]+")


def syllables(text: str) -> int:
    """How many syllables a text has: runs of letters or digits (kenh.yml counts words so)."""
    return len(_SYLLABLE.findall(text))
