"""so-lech-nam: the year in the number is not the year of issue."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..problems import Fault, Severity, Words
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """A normative document's number carries the year in which it was issued."""
    number, issued = entry.policy.number, entry.policy.issued
    if number and number.year and issued and issued.year != number.year and usable(entry) and not entry.policy.is_draft:
        values = {"so": number.text, "nam": str(number.year), "ngay": format_date(issued)}
        yield Fault("so-lech-nam", at(entry, "ngay_ban_hanh"), values=values)


def explain(values: Values) -> Words:
    """`so`, `nam`: the number and its year; `ngay`: the day of issue."""
    return Words(
        f"ngay_ban_hanh «{values['ngay']}» không ở năm {values['nam']} của so_ky_hieu «{values['so']}»",
        "năm trong số ký hiệu là năm ban hành văn bản, nên một trong hai chỗ có thể gõ nhầm",
        f"xem bản gốc rồi ghi ngay_ban_hanh: <ngày trong năm {values['nam']}>, hoặc sửa năm trong so_ky_hieu; "
        "in đúng như vậy thì để nguyên",
    )


RULE = Rule(
    code="so-lech-nam",
    title="Năm trong số khác năm ban hành",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="so_ky_hieu: 12/2023/QĐ-UBND\nngay_ban_hanh: 5/1/2024",
    good="so_ky_hieu: 12/2023/QĐ-UBND\nngay_ban_hanh: 5/1/2023",
    sample={"so": "12/2023/QĐ-UBND", "nam": "2023", "ngay": "5/1/2024"},
)
