"""ma-trung: two entries with one id."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import new_key, with_value
from ..problems import Fault, Mend, Words
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """An id belongs to one entry over all folders: it is the entry's address and the root of its guid."""
    if not usable(entry, "ma"):
        return
    others = [other.file.path for other in catalogue.by_id[entry.id] if other is not entry]
    if others and min(others) < entry.file.path:
        yield Fault("ma-trung", at(entry, "ma"), values={"ma": entry.id, "tin_khac": min(others)})


def explain(values: Values) -> Words:
    """`ma`: the id; `tin_khac`: the path of the entry that had it first."""
    return Words(
        f"mã tin «{values['ma']}» đã có ở {values['tin_khac']}",
        "mã tin là địa chỉ của tin trên trang; hai tin không thể chung một địa chỉ",
        "đổi tên tệp này, hoặc thêm dòng ma: với một mã chưa dùng",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """An id that only this entry is likely to have."""
    free = f"{fault.values['ma']}-2"
    return new_key(1, "ma", free) if fault.line == 1 else with_value(lines, fault.line, "ma", free, sample=True)


RULE = Rule(
    code="ma-trung",
    title="Mã tin đã có",
    explain=explain,
    check=check,
    bad="ma: ke-hoach-2023   # tin khác đã dùng mã này",
    good="ma: ke-hoach-truyen-thong-2023",
    mend=mend,
    sample={"ma": "ke-hoach-2023", "tin_khac": "policies/van-phong-so/2023/ke-hoach-2023.md"},
)
