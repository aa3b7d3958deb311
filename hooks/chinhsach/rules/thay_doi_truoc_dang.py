"""thay-doi-truoc-dang: a line of the public log is older than the entry."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..mending import setting
from ..problems import Fault, Words
from .base import Rule, Values, at, is_before, shown_moment, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """The log tells what changed for readers, so nothing in it can stand before the publication."""
    if not usable(entry, "ngay_dang"):
        return
    for place, change in enumerate(entry.policy.changes):
        if is_before(change.moment, entry.policy.published):
            values = {"ngay": shown_moment(change.moment), "dang": shown_moment(entry.policy.published)}
            yield Fault("thay-doi-truoc-dang", at(entry, f"thay_doi.{place}.ngay"), values=values)


def explain(values: Values) -> Words:
    """`ngay`, `dang`: the two days."""
    return Words(
        f"thay_doi: ngay «{values['ngay']}» đứng trước ngay_dang «{values['dang']}»",
        "nhật ký chỉ ghi thay đổi sau khi tin đã đăng; sửa lúc chưa đăng thì không ghi",
        f"ghi ngay: <ngày sửa, từ {values['dang']} trở đi>; sửa trước khi đăng thì bỏ mục này",
    )


RULE = Rule(
    code="thay-doi-truoc-dang",
    title="Thay đổi trước ngày đăng",
    explain=explain,
    check=check,
    bad="ngay_dang: 8/6/2026\nthay_doi:\n  - {ngay: 6/8/2025, loai: dinh-chinh, noi_dung: sửa ngày có hiệu lực}",
    good="ngay_dang: 8/6/2026\nthay_doi:\n  - {ngay: 9/6/2026, loai: dinh-chinh, noi_dung: sửa ngày có hiệu lực}",
    mend=setting("ngay", "dang", sample=True),
    sample={"ngay": "6/8/2025", "dang": "8/6/2026"},
)
