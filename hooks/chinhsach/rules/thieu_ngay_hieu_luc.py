"""thieu-ngay-hieu-luc: a document whose type has effect does not say from when."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..policy import Status
from ..problems import Fault, Severity, Words
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Only of what was issued and read: who has not read the document cannot know the day."""
    policy = entry.policy
    kind = catalogue.vocabularies.types.get(policy.type)
    if (
        kind is None
        or not kind.has_effect
        or policy.is_draft
        or policy.issued is None
        or policy.status is Status.REMOVED
    ):
        return
    if policy.effective is None and policy.no_original is None and usable(entry, "ngay_hieu_luc", "chua_co_ban_goc"):
        yield Fault("thieu-ngay-hieu-luc", at(entry, "loai"), values={"loai": kind.short_name.lower()})


def explain(values: Values) -> Words:
    """`loai`: the type's name."""
    return Words(
        f"chưa ghi ngay_hieu_luc, mà loại văn bản «{values['loai']}» có ngày hiệu lực",
        "không có ngày này, trang chỉ nói được là chưa xác định hiệu lực",
        "thêm dòng ngay_hieu_luc: <ngày đầu tiên có hiệu lực>, xem ở điều khoản thi hành; văn bản không nói thì để trống",
    )


RULE = Rule(
    code="thieu-ngay-hieu-luc",
    title="Thiếu ngày có hiệu lực",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    waits=True,
    bad="loai: thong-tu\nngay_ban_hanh: 30/5/2023",
    good="loai: thong-tu\nngay_ban_hanh: 30/5/2023\nngay_hieu_luc: 15/7/2023",
    sample={"loai": "thông tư"},
)
