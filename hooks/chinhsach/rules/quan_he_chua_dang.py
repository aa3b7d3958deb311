"""quan-he-chua-dang: a public entry points to one that has no page yet."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..links import is_withheld
from ..mending import setting
from ..problems import Fault, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """A link by id would tell of a working copy; a number only names the document."""
    if not catalogue.is_released(entry):
        return
    for place, relation in enumerate(entry.policy.relations):
        target = catalogue.find(relation.target)
        if target is not None and target is not entry and is_withheld(target, catalogue):
            number = target.policy.number
            values = {"gia_tri": relation.target, "so": number.text if number else ""}
            yield Fault("quan-he-chua-dang", at(entry, f"quan_he.{place}.den"), values=values)


def explain(values: Values) -> Words:
    """`gia_tri`: the id; `so`: the number of that entry's document, if it has one."""
    now = f"den: {values['so']}" if values["so"] else "bỏ mục này"
    return Words(
        f"quan_he: den «{values['gia_tri']}» là tin chưa đăng, còn tin này đang đăng",
        "dẫn tới tin chưa đăng là để lộ bản nháp, và người đọc gặp trang không có",
        f"{now}, hoặc chờ đến khi tin kia được đăng",
    )


RULE = Rule(
    code="quan-he-chua-dang",
    title="Quan hệ trỏ tới tin chưa đăng",
    explain=explain,
    check=check,
    bad="quan_he:\n  - {loai: can-cu, den: 12-qd-ubnd}   # tin này còn là bản nháp",
    good="quan_he:\n  - {loai: can-cu, den: 12/QĐ-UBND}",
    mend=setting("den", "so"),
    sample={"gia_tri": "12-qd-ubnd", "so": "12/QĐ-UBND"},
)
