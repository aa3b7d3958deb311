"""quan-he-dich-la: a relation points to nothing that can be known."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..kinds import is_entry_id
from ..mending import setting
from ..numbers import InvalidNumber, clean, parse
from ..problems import Fault, Words
from ..text import nearest
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """The target is the id of an entry or the number of a document (rb1 of quan-he-van-ban.yml)."""
    for place, relation in enumerate(entry.policy.relations):
        if catalogue.find(relation.target) is not None:
            continue
        try:
            parse(clean(relation.target))
        except InvalidNumber as error:
            near = nearest(relation.target, catalogue.by_id) or error.suggestion or ""
            reason = "" if is_entry_id(relation.target) else error.reason
            values = {"gia_tri": relation.target, "ly_do": reason, "goi_y": near}
            yield Fault("quan-he-dich-la", at(entry, f"quan_he.{place}.den"), values=values)


def explain(values: Values) -> Words:
    """`gia_tri`; `ly_do`: why it is no number, if it could be one; `goi_y`: the nearest id or number, or nothing."""
    fix = (
        f"den: {values['goi_y']}"
        if values["goi_y"]
        else "ghi den: <mã của một tin>, hoặc số ký hiệu như in trên văn bản, ví dụ 643/UBND-KGVX"
    )
    return Words(
        f"quan_he: den «{values['gia_tri']}» không phải mã tin, cũng không phải số ký hiệu",
        "không có tin nào mang mã này" + (f"; là số ký hiệu thì sai chỗ: {values['ly_do']}" if values["ly_do"] else ""),
        fix,
    )


RULE = Rule(
    code="quan-he-dich-la",
    title="Không biết quan hệ trỏ tới văn bản nào",
    explain=explain,
    check=check,
    bad="quan_he:\n  - {loai: can-cu, den: chi thi 07}",
    good="quan_he:\n  - {loai: can-cu, den: 07/CT-TTg}",
    mend=setting("den", "goi_y"),
    sample={"gia_tri": "chi thi 07", "ly_do": "trước số còn chữ; chỉ ghi số ký hiệu", "goi_y": "07-ct-ttg"},
)
