"""cv-trong-ky-hieu: «CV» stands in the symbol of a công văn."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..mending import setting
from ..problems import Fault, Severity, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """A công văn has no abbreviation; documents of the Party («18976-CV/VPTW») follow rules of their own."""
    number = entry.policy.number
    if number and number.type == "CV" and "-CV/" not in number.text:
        yield Fault(
            "cv-trong-ky-hieu",
            at(entry, "so_ky_hieu"),
            values={"so": number.text, "sua": number.text.replace("/CV-", "/")},
        )


def explain(values: Values) -> Words:
    """`so`: the number; `sua`: without CV."""
    return Words(
        f"so_ky_hieu «{values['so']}» có chữ CV",
        "công văn không có chữ viết tắt loại trong ký hiệu (NĐ 30/2020/NĐ-CP ngày 5/3/2020, Phụ lục III)",
        "xem lại bản gốc: văn bản in đúng như vậy thì để nguyên; nếu là chữ gõ thêm thì bỏ",
    )


RULE = Rule(
    code="cv-trong-ky-hieu",
    title="Chữ CV trong ký hiệu công văn",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="so_ky_hieu: 12/CV-SKHĐT",
    good="so_ky_hieu: 12/SKHĐT-VP",
    mend=setting("so_ky_hieu", "sua", old="so", sample=True),
    sample={"so": "12/CV-SKHĐT"},
)
