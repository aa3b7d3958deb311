"""Text in, document number out: «07/CT-TTg» → number, year, type, organ; or why it is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .text import excerpt, fold, nfc

# Types whose issuers are several bodies: the names after them are issuers, never drafting units.
JOINT_TYPES = ("TTLT", "NQLT")

# Types that are always normative, so their numbers carry a year: Luật 80/2015/QH13 Đ10.3.
_YEARLY_TYPES = ("NĐ", "TT", "PL", *JOINT_TYPES)

TYPES = (
    # NĐ 30/2020/NĐ-CP Phụ lục III Mục I (documents) and II (copies).
    *("NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB"),
    *("TTr", "HĐ", "CĐ", "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB"),
    *("SY", "TrS", "SL"),
    # Luật 80/2015/QH13 Đ4, Đ10.3; L stands in «…/L-CTN», VBHN in Pháp lệnh 01/2012/UBTVQH13.
    *("NĐ", "TT", "TTLT", "NQLT", "PL", "L", "VBHN"),
    # Party documents and older forms: «18976-CV/VPTW», «218-KL/TW», «21-LCT/HĐNN8».
    *("CV", "KL", "LCT"),
)

# Issuers whose numbers take a hyphen before the type: «66-NQ/TW», «12-CTr/BCĐ», as seen in data.
_PARTY_ORGANS = ("TW", "TU", "TƯ", "BCĐ")

# Issuers as data/so-ky-hieu.txt and data/danh-muc/viet-tat.yml write them.
# They serve suggestions only: an issuer that is not here is accepted as printed.
ORGANS = (
    *("CP", "TTg", "CTN", "UBTVQH", "QH", "HĐND", "UBND", "HĐTP", "TANDTC", "VKSNDTC", "KTNN"),
    *("VPCP", "VPQH", "TTCP", "NHNN", *_PARTY_ORGANS),
    *("BCA", "BCT", "BDTTG", "BGDĐT", "BGD&ĐT", "BGTVT", "BKHCN", "BKHCNMT", "BKHĐT", "BLĐTBXH"),
    *("BNG", "BNN", "BNNMT", "BNNPTNT", "BNN&PTNT", "BNV", "BQP", "BTC", "BTM", "BTNMT", "BTP"),
    *("BTTTT", "BVHTT", "BVHTTDL", "BXD", "BYT", "UBDT", "UBTDTT"),
    *("SCT", "SDL", "SDTTG", "SGDĐT", "SGTVT", "SKHCN", "SKHĐT", "SLĐTBXH", "SNNMT", "SNNPTNT"),
    *("SNV", "STC", "STNMT", "STP", "STTTT", "SVHTTDL", "SXD", "SYT", "MTTQ"),
)

FIRST_YEAR, LAST_YEAR = 1945, 2100
_LONGEST = 100

# «7», «66.17», «30a»; «QĐ», «TTg», «NHNN7», «BGD&ĐT»: no two small letters in a row.
_NUMBER = r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,3})?[a-eA-E]?)"
_PART = r"[A-ZĂÂĐÊÔƠƯ][a-z]?(?:&?[A-ZĂÂĐÊÔƠƯ0-9][a-z]?)*"
_SYMBOL = rf"(?P<symbol>{_PART}(?:[-/]{_PART})*)"
_FORM = re.compile(rf"{_NUMBER}(?:/(?P<year>[0-9]{{4}}))?/{_SYMBOL}")
_HYPHEN_FORM = re.compile(rf"{_NUMBER}-(?P<type>{_PART})/(?P<organ>{_PART}(?:-{_PART})*)")
_LAW_ORGAN = re.compile(r"(?:QH|UBTVQH)[0-9]+")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number and symbol of one document, as printed on it."""

    text: str
    number: str
    year: int | None
    type: str
    """Abbreviation of the type; empty for công văn and for laws («103/2016/QH13»)."""
    organ: str

    @property
    def is_normative(self) -> bool:
        """Whether it carries a year, as Luật 80/2015/QH13 Đ10.3 asks of normative documents.

        The numbers of NĐ 30/2020 Phụ lục I Mục II.3 have none.
        """
        return self.year is not None

    @property
    def drafting_suffix(self) -> tuple[str, str] | None:
        """Issuer and drafting unit of «…/SKHĐT-ĐKKD», by NĐ 30/2020 Phụ lục I Mục II.3.

        None where nothing follows the issuer, or where what follows is another issuer.
        """
        issuer, hyphen, unit = self.organ.partition("-")
        if not hyphen or self.type in JOINT_TYPES or unit.partition("-")[0] in ORGANS:
            return None
        return issuer, unit

    def __str__(self) -> str:
        return self.text


class InvalidNumber(ValueError):
    """Why a text is no document number, in Vietnamese, and the number it surely meant, if any."""

    def __init__(self, value: str, reason: str, suggestion: str | None = None) -> None:
        super().__init__(f"«{excerpt(value)}»: {reason}")
        self.reason = reason
        self.suggestion = suggestion


def clean(value: str) -> str:
    """The value without a leading "Số" or "Số:" and without white space, as DESIGN §2 asks."""
    return re.sub(r"\s+", "", re.sub(r"^\s*số\s*:?", "", nfc(value), flags=re.IGNORECASE))


def parse(value: str) -> DocumentNumber:
    """Read a number exactly as printed; raises InvalidNumber.

    Forms: Luật 80/2015/QH13 Đ10.3 and NĐ 30/2020 Phụ lục I Mục II.3; the older «74/CP» and
    «64/2006/TTLT/BNN-BTC»; «66-NQ/TW» of Party documents.
    """
    text = nfc(value)
    if len(text) > _LONGEST:
        raise InvalidNumber(text, f"dài quá {_LONGEST} ký tự, không phải số ký hiệu")
    result = _read(text)
    respelled = _respell(text)
    if isinstance(result, DocumentNumber) and respelled == text:
        return result
    if respelled is not None and respelled != text and not _FALSE_D.search(text):
        # The spelling is the fault, unless one remains when it is put right.
        result = _read(respelled)
    reason = result if isinstance(result, str) else _MISSPELT
    raise InvalidNumber(text, reason, _suggest(text))


_MISSPELT = "chữ viết tắt trong ký hiệu chưa đúng dấu, chữ hoa hoặc gạch nối"


def _read(text: str) -> DocumentNumber | str:
    """The number, or the reason why the text is none; abbreviations are not judged here."""
    if party := _HYPHEN_FORM.fullmatch(text):
        number, kind, organ = party["number"], party["type"], party["organ"]
        if _is_zero(number):
            return "số không thể là 0"
        if kind in TYPES and _takes_hyphen(organ):
            return DocumentNumber(text, number, None, kind, organ)
        return "sau số là dấu gạch chéo, không phải gạch nối"
    form = _FORM.fullmatch(text)
    if form is None:
        return _why_not(text)
    number, symbol = form["number"], form["symbol"]
    year = int(form["year"]) if form["year"] else None
    if _is_zero(number):
        return "số không thể là 0"
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return f"năm {year} nằm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}"
    first = re.split("[-/]", symbol, maxsplit=1)[0]
    kind = first if first in TYPES else ""
    organ = symbol[len(kind) + 1 :] if kind else symbol
    if not organ:
        return f"thiếu cơ quan ban hành sau loại văn bản «{kind}»"
    separator = symbol[len(kind)] if kind else ""
    # A slash stands after a joint type or before a last part: «TTLT/BNN-BTC», «TT-BNNPTNT/KH».
    if (separator == "/" and kind not in JOINT_TYPES) or organ.count("/") > (1 if kind else 0):
        return "các chữ viết tắt trong ký hiệu nối với nhau bằng dấu gạch nối"
    if organ in ("QH", "UBTVQH"):
        return f"thiếu số khóa Quốc hội sau «{organ}», ví dụ {organ}15"
    if not kind and (year is not None) != bool(_LAW_ORGAN.fullmatch(organ)):
        if year is None:
            return f"thiếu năm trước «{organ}»"
        return f"sau năm phải là chữ viết tắt loại văn bản; «{first}» không phải"
    if year is None and kind in _YEARLY_TYPES and _looks_like_year(number):
        return f"«{number}» có thể là năm ghi thay cho số; cần đủ số/năm, dạng số/{number}/{symbol}"
    return DocumentNumber(text, number, year, kind, organ)


def _is_zero(number: str) -> bool:
    return not number.strip("0.abcdeABCDE")


def _takes_hyphen(organ: str) -> bool:
    return organ in _PARTY_ORGANS or organ not in ORGANS


def _looks_like_year(number: str) -> bool:
    return number.isdecimal() and FIRST_YEAR <= int(number) <= LAST_YEAR


# Eth, African D, and D under a combining stroke.
_FALSE_D = re.compile("[ÐðƉɖ\u0335\u0336]")

# The first pattern that fits names the fault; a text that fits _FORM never gets here.
_FAULTS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"\s*", "chưa ghi số ký hiệu"),
        (r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{4}", "là ngày tháng, không phải số ký hiệu"),
        (r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", "là ngày tháng, không phải số ký hiệu"),
        (r"[0-9]{1,2}[/.-][0-9]{1,2}", "là ngày tháng hoặc phân số, không phải số ký hiệu"),
        (r"[0-9]+/[0-9]{4}/?", "thiếu ký hiệu sau năm"),
        (r"[0-9][0-9\s.]*/?", "chỉ có chữ số; thiếu ký hiệu sau dấu gạch chéo"),
        (r"(?i:\s*(?:số\s*:?)?[\s.…_]*/.*)", "chưa có số trước dấu gạch chéo"),
        (r"[-–—−].*", "trước số có dấu trừ"),
        (r".*//.*", "có hai dấu gạch chéo liền nhau"),
        (r"[0-9.]+/[0-9]{1,3}/.*", "năm phải ghi đủ bốn chữ số"),
        (r"[0-9.]+/[0-9]{5,}/.*", "năm chỉ có bốn chữ số"),
        (r".*[/-][-/].*", "thiếu loại văn bản trước dấu gạch nối"),
        (r".*[/-]", "thiếu cơ quan ban hành ở cuối ký hiệu"),
        (r"(?=[^/]*[Oo])[0-9.Oo]+/.*", "trong số có chữ O thay cho số 0"),
        (r"(?=[^/]*[lI])[0-9.lI]+/.*", "trong số có chữ l hoặc I thay cho số 1"),
        (r"\D+[0-9/]*/[0-9]+", "đảo thứ tự: số đứng trước, ký hiệu đứng sau"),
        (r"[0-9].*[^\W\d]/[0-9]+", "thừa phần sau ký hiệu"),
        (rf".*{_FALSE_D.pattern}.*", "có chữ giống Đ nhưng không phải chữ Đ tiếng Việt"),
        (r".*[\u2010-\u2015\u2212].*", "dùng gạch ngang khác dấu gạch nối thường (-)"),
        (r".*[\\\u2044\u2215\uff0f].*", "dùng gạch khác dấu gạch chéo thường (/)"),
        (r"[^0-9]*", "là chữ, chưa có số"),
        (r"[^0-9].*", "trước số còn chữ; chỉ ghi số ký hiệu"),
        (r".*\s.*", "có khoảng trắng ở trong"),
        (r"[0-9.]+[a-eA-E]?/([0-9]{4}/)?[^\W\d].*", "ký hiệu có chữ thường, có dấu hoặc ký tự lạ"),
    )
)


def _why_not(text: str) -> str:
    for pattern, reason in _FAULTS:
        if re.fullmatch(pattern, text):
            return reason
    return "không theo dạng số/ký hiệu hoặc số/năm/ký hiệu"


def _by_fold(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for name in names:
        table[fold(name)] = (*table.get(fold(name), ()), name)
    return table


_TYPES_BY_FOLD = _by_fold(TYPES)
_ORGANS_BY_FOLD = _by_fold(ORGANS)
_LOOSE_FORM = re.compile(r"([0-9][0-9./]*[a-eA-E]?/)([^\W\d_][\w&]*(?:[-/][^\W\d_][\w&]*)*)")
_LOOSE_HYPHEN_FORM = re.compile(r"([0-9]+[a-eA-E]?)-([^\W\d_]+)/([^\W\d_][\w&-]*)")
_GLUED_FORM = re.compile(r"([0-9]+(?:/[0-9]{4})?)[/-]?([^\W\d_][\w&-]*)")

# Letters and marks that look like the right one: Eth and African D for Đ, dashes, slashes.
_LOOK_ALIKES = str.maketrans(
    {
        **dict.fromkeys("ÐƉ", "Đ"),
        **dict.fromkeys("ðɖ", "đ"),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\\\u2044\u2215\uff0f", "/"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\xad"),
    }
)
_STRUCK_D = re.compile("([Dd])[\u0335\u0336]")
# At least two letters stand before the number: «l03/2016/QH13» may be 103 as well as 03.
_LEADING_WORDS = re.compile(r"[^\W\d_]{2}[^\d/\\-]*(?=[0-9])")


def _suggest(text: str) -> str | None:
    """The one valid number that the text is another spelling of, or None."""
    repaired = _STRUCK_D.sub(lambda match: "Đ" if match[1] == "D" else "đ", text)
    repaired = re.sub(r"\s+", "", repaired.translate(_LOOK_ALIKES)).strip(",;:()[]'\"«»“”")
    repaired = _LEADING_WORDS.sub("", repaired, count=1) if repaired[:1].isalpha() else repaired
    repaired = repaired.rstrip(".")
    for candidate in (_respell(repaired), _unglue(repaired)):
        if (
            candidate
            and candidate != text
            and isinstance(_read(candidate), DocumentNumber)
            and _respell(candidate) == candidate
        ):
            return candidate
    return None


def _respell(text: str) -> str | None:
    """The same number with known abbreviations spelled right; None if one may be either of two."""
    if hyphen := _LOOSE_HYPHEN_FORM.fullmatch(text):
        return _respell_hyphen_form(*hyphen.groups())
    form = _LOOSE_FORM.fullmatch(text)
    if form is None:
        return text
    parts = re.split("([-/])", form[2])
    names = parts[::2]
    kind = names[0] if names[0] in ORGANS else _spell(names[0], _TYPES_BY_FOLD)
    if kind is None:
        return None
    is_typed = kind in TYPES
    # A slash after a type that is not joint is a slip of the hyphen.
    separators = parts[1::2]
    if separators and separators[0] == "/" and kind not in JOINT_TYPES:
        separators[0] = "-"
    # After the issuer stands a drafting unit, of which there is no list; in joint types, issuers.
    last_issuer = len(names) if kind in JOINT_TYPES else 2 if is_typed else 1
    fixed = [kind] if is_typed else []
    for place in range(len(fixed), len(names)):
        known = _ORGANS_BY_FOLD if place < last_issuer else {}
        name = _spell(names[place], known)
        if name is None:
            return None
        fixed.append(name)
    tail = "".join(mark + name for mark, name in zip(separators, fixed[1:], strict=True))
    return form[1] + fixed[0] + tail


def _respell_hyphen_form(number: str, first: str, second: str) -> str | None:
    kind, organ = _spell(first, _TYPES_BY_FOLD), _spell(second, _ORGANS_BY_FOLD)
    if kind is None or organ is None:
        return None
    if kind in TYPES and _takes_hyphen(organ):
        return f"{number}-{kind}/{organ}"
    return f"{number}/{kind}-{organ}"


def _spell(name: str, known: dict[str, tuple[str, ...]]) -> str | None:
    """The known name that folds alike; None if there are several; if none, the name in capitals."""
    same = known.get(fold(name), ())
    if not same:
        return name.upper() if name.islower() else name
    if name in same:
        return name
    if len(same) > 1 and not name.isascii():
        same = tuple(candidate for candidate in same if candidate.lower() == name.lower())
    return same[0] if len(same) == 1 else None


def _unglue(text: str) -> str | None:
    """«407QĐTTg», «407-QD-TTg» → «407/QĐ-TTg», where one known type and one known issuer fit."""
    form = _GLUED_FORM.fullmatch(text)
    if form is None:
        return None
    letters = fold(form[2].replace("-", ""))
    found = {
        f"{form[1]}/{kind[0]}-{organ[0]}"
        for folded, kind in _TYPES_BY_FOLD.items()
        if letters.startswith(folded)
        and (organ := _ORGANS_BY_FOLD.get(letters[len(folded) :], ()))
        and len(kind) == len(organ) == 1
    }
    return found.pop() if len(found) == 1 else None
