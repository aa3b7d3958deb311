"""go-tin-truoc-dang: an entry was removed before it stood on the site."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..mending import setting
from ..problems import Fault, Words
from .base import Rule, Values, at, is_before, removal_of, shown_moment, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Feeds tell events in their order, so a removal cannot stand before the publication."""
    removal = removal_of(entry)
    if removal and usable(entry, "ngay_dang") and is_before(removal.moment, entry.policy.published):
        values = {"go": shown_moment(removal.moment), "dang": shown_moment(entry.policy.published)}
        yield Fault("go-tin-truoc-dang", at(entry, "go_tin.ngay"), values=values)


def explain(values: Values) -> Words:
    """`go`, `dang`: the two days."""
    return Words(
        f"go_tin: ngay «{values['go']}» đứng trước ngay_dang «{values['dang']}»",
        "không thể gỡ một tin chưa đăng; tin chưa đăng mà bỏ thì để trang_thai: ban-nhap",
        f"ghi ngay: <ngày gỡ, từ {values['dang']} trở đi>, hoặc sửa ngay_dang cho đúng",
    )


RULE = Rule(
    code="go-tin-truoc-dang",
    title="Gỡ tin trước ngày đăng",
    explain=explain,
    check=check,
    bad="ngay_dang: 12/6/2026\ngo_tin: {ngay: 6/12/2025, ly_do: bản đăng chưa có số}",
    good="ngay_dang: 12/6/2026\ngo_tin: {ngay: 15/6/2026, ly_do: bản đăng chưa có số}",
    mend=setting("ngay", "dang", sample=True),
    sample={"go": "6/12/2025", "dang": "12/6/2026"},
)
