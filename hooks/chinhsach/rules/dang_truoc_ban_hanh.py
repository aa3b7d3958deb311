"""dang-truoc-ban-hanh: the entry stood on the site before the document was issued."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..mending import setting
from ..problems import Fault, Words
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """What is shown before it is issued is a draft, in an entry of its own."""
    issued = entry.policy.issued
    if issued and usable(entry, "ngay_dang") and not entry.policy.is_draft and entry.policy.published.date() < issued:
        values = {"dang": format_date(entry.policy.published), "ban_hanh": format_date(issued)}
        yield Fault("dang-truoc-ban-hanh", at(entry, "ngay_dang"), values=values)


def explain(values: Values) -> Words:
    """`dang`, `ban_hanh`: the two days."""
    return Words(
        f"ngay_dang «{values['dang']}» đứng trước ngay_ban_hanh «{values['ban_hanh']}»",
        "tin về một văn bản chỉ đăng được từ ngày văn bản ấy ban hành; trước đó là dự thảo, ở một tin riêng",
        f"ghi ngay_dang: {values['ban_hanh']} hoặc ngày sau đó; nếu ngày ban hành sai thì sửa ngay_ban_hanh",
    )


RULE = Rule(
    code="dang-truoc-ban-hanh",
    title="Đăng trước ngày ban hành",
    explain=explain,
    check=check,
    bad="ngay_ban_hanh: 30/5/2023\nngay_dang: 3/5/2023",
    good="ngay_ban_hanh: 30/5/2023\nngay_dang: 5/6/2023",
    mend=setting("ngay_dang", "ban_hanh", sample=True),
    sample={"dang": "3/5/2023", "ban_hanh": "30/5/2023"},
)
