"""lien-ket-hong: a link of the body leads nowhere."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..links import resolve
from ..mending import instead
from ..problems import Fault, Mend, Words
from ..text import excerpt
from .base import Rule, Values


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Links inside the site must lead somewhere; pictures and missing files are the business of thieu-tep."""
    for link in entry.body.links:
        found = resolve(link.target, entry, catalogue)
        if found.kind == "broken" and not link.is_image:
            values = {"dich": excerpt(link.target) or "[…]()", "ly_do": found.reason, "goi_y": found.suggestion}
            yield Fault("lien-ket-hong", link.line, values=values)


def explain(values: Values) -> Words:
    """`dich`: the link as written; `ly_do`; `goi_y`: what was likely meant, or nothing."""
    if values["goi_y"]:
        fix = f"ghi [chữ]({values['goi_y']})"
    else:
        fix = "ghi mã của một tin, #đề-mục của bài này, toan-van/, tên một tệp của tin, hoặc địa chỉ https://…"
    return Words(f"liên kết «{values['dich']}» không dẫn tới đâu", values["ly_do"], fix)


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The link with the address that was likely meant."""
    target, better = fault.values["dich"], fault.values["goi_y"]
    return instead(lines, fault.line, f"]({target})", f"]({better})") if better else None


RULE = Rule(
    code="lien-ket-hong",
    title="Liên kết không dẫn tới đâu",
    explain=explain,
    check=check,
    bad="Xem [Chỉ thị 07](07-ct-tg).",
    good="Xem [Chỉ thị 07](07-ct-ttg).",
    mend=mend,
    sample={"dich": "07-ct-tg", "ly_do": "không có tin nào mang mã này, cũng không phải tên tệp", "goi_y": "07-ct-ttg"},
)
