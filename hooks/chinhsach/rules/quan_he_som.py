"""quan-he-som: a document changes another before it was issued."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..mending import setting
from ..problems import Fault, Words
from .base import Rule, Values, at

CHANGING = ("thay-the", "bai-bo", "sua-doi-bo-sung")


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """`ngay` is not before the acting document's day of issue (rb3 of quan-he-van-ban.yml)."""
    issued = entry.policy.issued
    for place, relation in enumerate(entry.policy.relations):
        if issued and relation.type in CHANGING and relation.day and relation.day < issued:
            values = {"ngay": format_date(relation.day), "den": relation.target, "ban_hanh": format_date(issued)}
            yield Fault("quan-he-som", at(entry, f"quan_he.{place}.ngay"), values=values)


def explain(values: Values) -> Words:
    """`ngay`, `den`: the relation; `ban_hanh`: this document's day of issue."""
    return Words(
        f"quan_he tới «{values['den']}»: ngay «{values['ngay']}» đứng trước ngay_ban_hanh «{values['ban_hanh']}»",
        "văn bản chỉ thay thế, bãi bỏ, sửa đổi văn bản khác từ khi chính nó được ban hành",
        f"ghi ngay: <ngày đầu tác động, từ {values['ban_hanh']} trở đi>, hoặc bỏ ngay để lấy ngay_hieu_luc của tin này",
    )


RULE = Rule(
    code="quan-he-som",
    title="Tác động trước ngày ban hành",
    explain=explain,
    check=check,
    bad="ngay_ban_hanh: 30/5/2023\nquan_he:\n  - {loai: thay-the, den: 8/QĐ-UBND, ngay: 1/5/2023}",
    good="ngay_ban_hanh: 30/5/2023\nquan_he:\n  - {loai: thay-the, den: 8/QĐ-UBND, ngay: 15/7/2023}",
    mend=setting("ngay", "ban_hanh", sample=True),
    sample={"ngay": "1/5/2023", "den": "8/QĐ-UBND", "ban_hanh": "30/5/2023"},
)
