"""quan-he-pham-vi: a relation whose scope its kind does not have."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import with_value
from ..problems import Fault, Mend, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """The scopes of each kind stand in quan-he-van-ban.yml (`pham_vi_cho_phep`)."""
    for place, relation in enumerate(entry.policy.relations):
        kind = catalogue.vocabularies.relations[relation.type]
        if relation.scope is not None and relation.scope.value not in kind.scopes:
            values = {"loai": kind.id, "pham_vi": relation.scope.value, "cho_phep": " hoặc ".join(kind.scopes)}
            yield Fault("quan-he-pham-vi", at(entry, f"quan_he.{place}.pham_vi"), values=values)


def explain(values: Values) -> Words:
    """`loai`, `pham_vi`; `cho_phep`: the scopes that this kind has."""
    return Words(
        f"quan_he: pham_vi «{values['pham_vi']}» không dùng được với loai: {values['loai']}",
        "phạm vi là phần của văn bản kia chịu tác động; mỗi loại quan hệ có phạm vi riêng (quan-he-van-ban.yml)",
        f"pham_vi: {values['cho_phep']}",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The first scope that this kind has."""
    first = fault.values["cho_phep"].split(" hoặc ")[0]
    return with_value(lines, fault.line, "pham_vi", first, old=fault.values["pham_vi"])


RULE = Rule(
    code="quan-he-pham-vi",
    title="Phạm vi không hợp với loại quan hệ",
    explain=explain,
    check=check,
    bad="quan_he:\n  - {loai: can-cu, den: 07/CT-TTg, pham_vi: mot-phan}",
    good="quan_he:\n  - {loai: can-cu, den: 07/CT-TTg, pham_vi: toan-bo}",
    mend=mend,
    sample={"loai": "can-cu", "pham_vi": "mot-phan", "cho_phep": "toan-bo"},
)
