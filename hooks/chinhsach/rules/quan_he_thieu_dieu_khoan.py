"""quan-he-thieu-dieu-khoan: a part is changed, but nobody says which."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import beside
from ..policy import Scope
from ..problems import Fault, Mend, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """`mot-phan` demands `dieu_khoan` (rb4 of quan-he-van-ban.yml)."""
    for place, relation in enumerate(entry.policy.relations):
        allowed = catalogue.vocabularies.relations[relation.type].scopes
        if relation.scope is Scope.PART and Scope.PART.value in allowed and not relation.articles:
            line = at(entry, f"quan_he.{place}.pham_vi")
            yield Fault("quan-he-thieu-dieu-khoan", line, values={"loai": relation.type, "den": relation.target})


def explain(values: Values) -> Words:
    """`loai`, `den`: the relation."""
    return Words(
        f"quan_he tới «{values['den']}» ghi pham_vi: mot-phan mà không có dieu_khoan",
        "chỉ một phần văn bản kia đổi hiệu lực thì người đọc cần biết là phần nào",
        "thêm dieu_khoan: <các điều, khoản chịu tác động, ví dụ Điều 5, khoản 2 Điều 7>",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The key beside `pham_vi`."""
    return beside(lines, fault.line, "pham_vi", "dieu_khoan", "Điều 5, khoản 2 Điều 7")


RULE = Rule(
    code="quan-he-thieu-dieu-khoan",
    title="Thiếu điều khoản chịu tác động",
    explain=explain,
    check=check,
    waits=True,
    bad="quan_he:\n  - {loai: bai-bo, den: 8/QĐ-UBND, pham_vi: mot-phan}",
    good="quan_he:\n  - {loai: bai-bo, den: 8/QĐ-UBND, pham_vi: mot-phan, dieu_khoan: Điều 5}",
    mend=mend,
    sample={"loai": "bai-bo", "den": "8/QĐ-UBND"},
)
