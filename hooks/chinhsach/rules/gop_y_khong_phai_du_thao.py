"""gop-y-khong-phai-du-thao: comments are asked for on a document that is not called a draft."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..problems import Fault, Words
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """`gop_y` belongs to `giai_doan: xay-dung` only."""
    if entry.policy.consultation and not entry.policy.is_draft and usable(entry, "giai_doan"):
        yield Fault("gop-y-khong-phai-du-thao", at(entry, "gop_y"), values={"giai_doan": entry.policy.stage.value})


def explain(values: Values) -> Words:
    """`giai_doan`: the stage as read or as taken by default."""
    return Words(
        f"có gop_y nhưng giai_doan là «{values['giai_doan']}», không phải dự thảo",
        "chỉ lấy ý kiến về dự thảo; văn bản đã ban hành thì không còn góp ý",
        "là dự thảo thì ghi giai_doan: xay-dung; văn bản đã ban hành thì bỏ gop_y, tin về dự thảo để ở một tệp riêng",
    )


RULE = Rule(
    code="gop-y-khong-phai-du-thao",
    title="Lấy ý kiến cho văn bản không phải dự thảo",
    explain=explain,
    check=check,
    bad="giai_doan: pho-bien\ngop_y: {tu: 13/11/2026, den: 4/12/2026, …}",
    good="giai_doan: xay-dung\ngop_y: {tu: 13/11/2026, den: 4/12/2026, …}",
    sample={"giai_doan": "pho-bien"},
)
