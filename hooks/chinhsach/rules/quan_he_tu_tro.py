"""quan-he-tu-tro: a document acts on itself."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import deleting
from ..numbers import InvalidNumber, clean, parse
from ..problems import Fault, Mend, Words
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Neither the entry's own id nor its own number can be a target (rb2 of quan-he-van-ban.yml)."""
    for place, relation in enumerate(entry.policy.relations):
        if _is_own(relation.target, entry):
            yield Fault("quan-he-tu-tro", at(entry, f"quan_he.{place}.den"), values={"gia_tri": relation.target})


def _is_own(target: str, entry: Entry) -> bool:
    if target == entry.id:
        return usable(entry, "ma")
    number = entry.policy.number
    try:
        return number is not None and parse(clean(target)).text == number.text
    except InvalidNumber:
        return False  # quan-he-dich-la speaks, or it is another entry's id


def explain(values: Values) -> Words:
    """`gia_tri`: the target as read."""
    return Words(
        f"quan_he: den «{values['gia_tri']}» là chính văn bản của tin này",
        "quan hệ nói văn bản này làm gì với một văn bản khác",
        "ghi den: <mã tin hoặc số ký hiệu của văn bản kia>, hoặc bỏ mục này",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """A relation on a line of its own goes."""
    text = lines[fault.line - 1].strip()
    return deleting(fault, lines) if text.startswith("- {") and text.endswith("}") else None


RULE = Rule(
    code="quan-he-tu-tro",
    title="Quan hệ trỏ vào chính mình",
    explain=explain,
    check=check,
    bad="so_ky_hieu: 12/QĐ-UBND\nquan_he:\n  - {loai: thay-the, den: 12/QĐ-UBND}",
    good="so_ky_hieu: 12/QĐ-UBND\nquan_he:\n  - {loai: thay-the, den: 8/QĐ-UBND}",
    mend=mend,
    sample={"gia_tri": "12/QĐ-UBND"},
)
