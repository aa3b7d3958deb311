"""hieu-luc-truoc-ban-hanh: a document takes effect before it was issued."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..problems import Fault, Severity, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """It happens (343/2017/UBTVQH14), but a slip of the pen is likelier."""
    effective, issued = entry.policy.effective, entry.policy.issued
    if effective and issued and effective < issued:
        values = {"hieu_luc": format_date(effective), "ban_hanh": format_date(issued)}
        yield Fault("hieu-luc-truoc-ban-hanh", at(entry, "ngay_hieu_luc"), values=values)


def explain(values: Values) -> Words:
    """`hieu_luc`, `ban_hanh`: the two days."""
    return Words(
        f"ngay_hieu_luc «{values['hieu_luc']}» đứng trước ngay_ban_hanh «{values['ban_hanh']}»",
        "văn bản thường có hiệu lực từ ngày ban hành trở đi; hiệu lực trở về trước là trường hợp hiếm",
        "xem điều khoản thi hành của văn bản; văn bản ghi đúng như vậy thì để nguyên, gõ nhầm thì sửa ngay_hieu_luc",
    )


RULE = Rule(
    code="hieu-luc-truoc-ban-hanh",
    title="Có hiệu lực trước ngày ban hành",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="ngay_ban_hanh: 30/5/2023\nngay_hieu_luc: 1/5/2023",
    good="ngay_ban_hanh: 30/5/2023\nngay_hieu_luc: 15/7/2023",
    sample={"hieu_luc": "1/5/2023", "ban_hanh": "30/5/2023"},
)
