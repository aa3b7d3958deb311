"""het-hieu-luc-truoc-hieu-luc: a document that ends before it begins."""

from collections.abc import Iterator
from datetime import timedelta

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..mending import setting
from ..problems import Fault, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """The first day no longer in force must come after the first day in force."""
    policy = entry.policy
    if policy.effective and policy.expires and policy.expires <= policy.effective:
        yield Fault(
            "het-hieu-luc-truoc-hieu-luc",
            at(entry, "ngay_het_hieu_luc"),
            values={
                "het": format_date(policy.expires),
                "tu": format_date(policy.effective),
                "sau": format_date(policy.effective + timedelta(days=1)),
            },
        )


def explain(values: Values) -> Words:
    """`het`, `tu`: the two days; `sau`: the first day that can be the end."""
    return Words(
        f"ngay_het_hieu_luc «{values['het']}» không đứng sau ngay_hieu_luc «{values['tu']}»",
        "ngày hết hiệu lực là ngày đầu tiên văn bản không còn hiệu lực, nên phải sau ngày có hiệu lực",
        f"xem lại hai ngày trên văn bản rồi ghi ngay_het_hieu_luc: <ngày sau {values['tu']}>, hoặc bỏ dòng này",
    )


RULE = Rule(
    code="het-hieu-luc-truoc-hieu-luc",
    title="Hết hiệu lực trước khi có hiệu lực",
    explain=explain,
    check=check,
    bad="ngay_hieu_luc: 4/12/2026\nngay_het_hieu_luc: 20/11/2026",
    good="ngay_hieu_luc: 4/12/2026\nngay_het_hieu_luc: 1/1/2028",
    mend=setting("ngay_het_hieu_luc", "sau", sample=True),
    sample={"het": "20/11/2026", "tu": "4/12/2026"},
)
