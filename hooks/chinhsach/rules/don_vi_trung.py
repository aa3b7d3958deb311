"""don-vi-trung: a unit both leads and supports."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import without_items
from ..problems import Fault, Mend, Severity, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Each unit has one part in an entry; `tat-ca` already leaves the lead units out."""
    twice = [unit for unit in entry.policy.supporting_units if unit in entry.owner.lead]
    if twice:
        yield Fault("don-vi-trung", at(entry, "don_vi_phoi_hop"), values={"don_vi": ", ".join(twice)})


def explain(values: Values) -> Words:
    """`don_vi`: the units that have both parts."""
    return Words(
        f"don_vi_phoi_hop có «{values['don_vi']}», đơn vị đang phụ trách chính tin này",
        "một đơn vị chỉ đứng ở một vai; trang chỉ hiện vai phụ trách",
        f"bỏ {values['don_vi']} khỏi don_vi_phoi_hop",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The list without the units that lead."""
    return without_items(lines, fault.line, fault.values["don_vi"].split(", "))


RULE = Rule(
    code="don-vi-trung",
    title="Đơn vị vừa phụ trách vừa phối hợp",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="don_vi_chu_tri: van-phong-so\ndon_vi_phoi_hop: [van-phong-so, phong-dkkd]",
    good="don_vi_chu_tri: van-phong-so\ndon_vi_phoi_hop: [phong-dkkd]",
    mend=mend,
    sample={"don_vi": "van-phong-so"},
)
