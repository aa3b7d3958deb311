"""dinh-chinh-thieu: a correction does not say what was wrong and what is right."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..problems import Fault, Severity, Words
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Page and feeds say «trước ghi …, nay sửa …»: both halves are needed."""
    if not usable(entry, "thay_doi"):
        return
    for place, change in enumerate(entry.policy.changes):
        missing = [key for key, value in (("truoc", change.before), ("sau", change.after)) if not value]
        if change.kind == "dinh-chinh" and missing:
            yield Fault("dinh-chinh-thieu", at(entry, f"thay_doi.{place}"), values={"thieu": " và ".join(missing)})


def explain(values: Values) -> Words:
    """`thieu`: the missing keys."""
    return Words(
        f"mục đính chính trong thay_doi không có {values['thieu']}",
        "người đã đọc tin cũ phải biết trước ghi gì, nay sửa thành gì",
        f"thêm {values['thieu']} vào mục này; tin không sai mà chỉ có thêm thì ghi loai: cap-nhat",
    )


RULE = Rule(
    code="dinh-chinh-thieu",
    title="Đính chính không nói trước ghi gì, nay sửa gì",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="thay_doi:\n  - {ngay: 9/6/2026, loai: dinh-chinh, noi_dung: sửa ngày có hiệu lực}",
    good="thay_doi:\n  - {ngay: 9/6/2026, loai: dinh-chinh, noi_dung: Ngày có hiệu lực, truoc: 1/7/2023, sau: 1/1/2024}",
    sample={"thieu": "truoc và sau"},
)
