"""thay-bang-la: a removed entry names a successor that is none."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..links import is_withheld
from ..mending import deleting, with_value
from ..problems import Fault, Mend, Words
from ..text import nearest
from .base import Rule, Values, at, removal_of


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """`thay_bang` is the id of another entry, which has a page where the removed one has."""
    removal = removal_of(entry)
    if removal is None or not removal.replaced_by:
        return
    target = catalogue.find(removal.replaced_by)
    near = ""
    if target is None:
        reason = "không phải mã của tin nào"
        near = nearest(removal.replaced_by, (other for other in catalogue.by_id if other != entry.id)) or ""
    elif target.id == entry.id:
        reason = "là mã của chính tin này"
    elif catalogue.is_released(entry) and is_withheld(target, catalogue):
        reason = "là tin chưa đăng"
    else:
        return
    values = {"gia_tri": removal.replaced_by, "ly_do": reason, "gan_nhat": near}
    yield Fault("thay-bang-la", at(entry, "go_tin.thay_bang"), values=values)


def explain(values: Values) -> Words:
    """`gia_tri`, `ly_do`, `gan_nhat`: the nearest id, or nothing."""
    fix = (
        f"thay_bang: {values['gan_nhat']}"
        if values["gan_nhat"]
        else "ghi thay_bang: <mã của tin đang đăng thay cho tin này>, hoặc bỏ dòng này"
    )
    return Words(
        f"go_tin: thay_bang «{values['gia_tri']}» {values['ly_do']}",
        "trang của tin đã gỡ dẫn người đọc sang tin thay, nên tin thay phải có trên trang",
        fix,
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The nearest id; without one the key goes."""
    near = fault.values["gan_nhat"]
    if near:
        return with_value(lines, fault.line, "thay_bang", near, old=fault.values["gia_tri"])
    return deleting(fault, lines) if lines[fault.line - 1].lstrip().startswith("thay_bang") else None


RULE = Rule(
    code="thay-bang-la",
    title="Tin thay thế không có",
    explain=explain,
    check=check,
    bad="go_tin: {ngay: 12/6/2026, ly_do: bản đăng chưa có số, thay_bang: ke-hoach-2032}",
    good="go_tin: {ngay: 12/6/2026, ly_do: bản đăng chưa có số, thay_bang: ke-hoach-2023}",
    mend=mend,
    sample={"gia_tri": "ke-hoach-2032", "ly_do": "không phải mã của tin nào", "gan_nhat": "ke-hoach-2023"},
)
