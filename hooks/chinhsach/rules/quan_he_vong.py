"""quan-he-vong: documents that replace each other in a circle, or that hang on each other."""

from collections.abc import Iterator

from ..catalogue import Acting, Catalogue, Entry
from ..problems import Fault, Words
from .base import Rule, Values, at
from .quan_he_truoc_dich import is_too_early


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Told once, at the first path of the circle (rb2), with every relation in it.

    Where a day shows which relation is wrong, `quan-he-truoc-dich` speaks of that one instead.
    """
    circle = catalogue.circles.get(entry.id)
    if circle is None or circle[0].entry is not entry:
        return
    if any(is_too_early(a.entry.policy, a.relation, catalogue.target(a.relation, a.entry.policy)) for a in circle):
        return
    first = circle[0]
    values = {"vong": "; ".join(_reading(acting, catalogue) for acting in circle)}
    yield Fault("quan-he-vong", at(entry, f"quan_he.{first.place}"), values=values)


def _reading(acting: Acting, catalogue: Catalogue) -> str:
    name = catalogue.vocabularies.relations[acting.relation.type].name
    line = at(acting.entry, f"quan_he.{acting.place}")
    return f"{acting.entry.id} {name} {acting.relation.target} ({acting.entry.file.path}:{line})"


def explain(values: Values) -> Words:
    """`vong`: every relation of the circle, with file and line."""
    return Words(
        f"quan_he đi vòng: {values['vong']}",
        "trong một vòng như vậy văn bản nào cũng vừa có trước vừa có sau, nên không nói được hiệu lực của văn bản nào",
        "xem lại ngay_ban_hanh của từng văn bản rồi bỏ quan_he ghi ngược chiều",
    )


RULE = Rule(
    code="quan-he-vong",
    title="Quan hệ đi vòng",
    explain=explain,
    check=check,
    bad="# tin 12-qd-ubnd, còn tin 8-qd-ubnd ghi: {loai: thay-the, den: 12-qd-ubnd}\n"
    "quan_he:\n  - {loai: thay-the, den: 8-qd-ubnd}",
    good="# tin 8-qd-ubnd không có quan_he\nquan_he:\n  - {loai: thay-the, den: 8-qd-ubnd}",
    sample={
        "vong": "12-qd-ubnd thay thế 8-qd-ubnd (policies/phong-dkkd/2023/12-qd-ubnd.md:14); "
        "8-qd-ubnd thay thế 12-qd-ubnd (policies/phong-dkkd/2023/8-qd-ubnd.md:14)"
    },
)
