"""so-khong-hop-loai: the number is not one that this type of document bears."""

import re
from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import with_value
from ..numbers import DocumentNumber
from ..problems import Fault, Mend, Severity, Words
from ..vocabulary import DocumentType, Vocabularies
from .base import Rule, Values, at, usable

_FIRST_YEAR = 1997
"""Before it normative numbers had no year and other types («74/CP», «21-LCT/HĐNN8»); the forms are not on record."""

_PARTS = {"{so}": r"[^/]+", "{nam}": r"[0-9]{4}", "{khoa}": r"[0-9]+"}


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """A year in the number means a normative document, and the abbreviation in it is that of the type."""
    policy = entry.policy
    number, kind = policy.number, catalogue.vocabularies.types.get(policy.type)
    if number is None or kind is None or policy.is_draft or not usable(entry, "so_ky_hieu", "loai"):
        return
    if policy.issued is None or policy.issued.year < _FIRST_YEAR:
        return
    abbreviation = _wrong_abbreviation(number, kind, catalogue.vocabularies)
    reason = abbreviation or _wrong_year(number, kind)
    if not reason:
        return
    fitting = [other for other in catalogue.vocabularies.types.values() if _fits(number, other)]
    if abbreviation or fitting:  # a wrong year, but no type that fits: the clerk had no better choice (01/2019/NQ-HĐTP)
        values = {
            "so": number.text,
            "loai": kind.id,
            "ly_do": reason,
            "hop": ", ".join(other.id for other in fitting[:4]),
        }
        yield Fault("so-khong-hop-loai", at(entry, "loai"), values=values)


def _wrong_abbreviation(number: DocumentNumber, kind: DocumentType, vocabularies: Vocabularies) -> str:
    abbreviation, pattern = kind.abbreviation, kind.number_pattern
    if not pattern or number.type == abbreviation or number.type == "CV":  # CV is the business of cv-trong-ky-hieu
        return ""
    if "{viet_tat}" in pattern and not abbreviation:
        return ""
    shown = f"{abbreviation}-" in pattern or "{viet_tat}" in pattern
    expected = abbreviation if shown else ""
    if number.type == expected:
        return ""
    if not number.type:
        return f"{kind.name.lower()} có chữ viết tắt {expected} trong ký hiệu"
    bearers = (other for other in vocabularies.types.values() if other.abbreviation == number.type)
    names = list(dict.fromkeys(other.short_name.lower() for other in bearers))
    if not names:
        return ""  # an abbreviation that no type of ours has («218-KL/TW»): there is nothing better to choose
    wanted = f"chữ viết tắt là {expected}" if expected else "ký hiệu không có chữ viết tắt loại"
    return f"{number.type} là chữ viết tắt của {' hoặc '.join(names)}; {kind.name.lower()} thì {wanted}"


def _wrong_year(number: DocumentNumber, kind: DocumentType) -> str:
    if number.is_normative and kind.group != "quy-pham":
        return "trong số có năm, là lối đánh số của văn bản quy phạm pháp luật"
    if not number.is_normative and "{nam}" in kind.number_pattern:
        return "trong số không có năm, mà văn bản quy phạm pháp luật thì có"
    return ""


def _fits(number: DocumentNumber, kind: DocumentType) -> bool:
    """Whether a number is of the form that a type's pattern gives."""
    pattern = kind.number_pattern.replace("{viet_tat}", kind.abbreviation)
    shown = f"{kind.abbreviation}-" in pattern if kind.abbreviation else False
    if not pattern or number.type != (kind.abbreviation if shown else ""):
        return False
    parts = re.split(r"(\{\w+\})", pattern)
    form = "".join(_PARTS.get(part, "[^/]+") if part.startswith("{") else re.escape(part) for part in parts)
    return re.fullmatch(form, number.text) is not None


def explain(values: Values) -> Words:
    """`so`, `loai`, `ly_do`; `hop`: types that the number fits, or nothing."""
    if values["hop"]:
        fix = f"so_ky_hieu đúng thì ghi loai: {values['hop'].replace(', ', ' hoặc ')}"
    else:
        fix = "xem lại so_ky_hieu và loai theo bản gốc"
    return Words(
        f"so_ky_hieu «{values['so']}» không hợp với loai «{values['loai']}»",
        f"{values['ly_do']} (NĐ 30/2020/NĐ-CP ngày 5/3/2020, Phụ lục I Mục II.3 và Phụ lục III)",
        fix + "; in trên văn bản đúng như vậy thì để nguyên",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The first type that the number fits."""
    first = fault.values["hop"].split(", ")[0]
    return with_value(lines, fault.line, "loai", first, sample=True) if first else None


RULE = Rule(
    code="so-khong-hop-loai",
    title="Số ký hiệu không hợp với loại văn bản",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="loai: quyet-dinh-cb\nso_ky_hieu: 12/2023/QĐ-UBND",
    good="loai: quyet-dinh-ubnd-tinh\nso_ky_hieu: 12/2023/QĐ-UBND",
    mend=mend,
    sample={
        "so": "12/2023/QĐ-UBND",
        "loai": "quyet-dinh-cb",
        "ly_do": "trong số có năm, là lối đánh số của văn bản quy phạm pháp luật",
        "hop": "quyet-dinh-ubnd-tinh, quyet-dinh-ubnd-xa",
    },
)
