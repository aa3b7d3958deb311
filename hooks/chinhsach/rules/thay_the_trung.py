"""thay-the-trung: two documents each end the whole of one document."""

from collections.abc import Iterator
from datetime import date

from ..catalogue import Acting, Catalogue, Entry
from ..dates import format_date
from ..problems import Fault, Severity, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Told at every document but the first to act, with all readings.

    A note, for it can be lawful: two documents may share the matter of one, and a list of repeals may name it again.
    """
    for relation in entry.policy.relations:
        target = catalogue.target(relation, entry.policy)
        number = target.number.text if target.number else ""
        acting = catalogue.replacing.get(target.entry.id if target.entry else number, [])
        readings = sorted(acting, key=_order)
        own = next((a for a in readings if a.entry is entry and a.relation is relation), None)
        earlier = [a for a in readings[: readings.index(own)] if _is_another(a, entry)] if own else []
        if own and earlier:
            values = {"den": relation.target, "cach_doc": "; ".join(_reading(a, catalogue) for a in readings)}
            yield Fault("thay-the-trung", at(entry, f"quan_he.{own.place}"), values=values)


def _order(acting: Acting) -> tuple[date, str, int]:
    return (acting.day or acting.entry.policy.issued or date.max, acting.entry.file.path, acting.place)


def _is_another(acting: Acting, entry: Entry) -> bool:
    """Whether another document acts: two entries may be about one, where one of them was removed."""
    if acting.entry is entry:
        return False
    mine, other = entry.policy, acting.entry.policy
    return mine.number is None or mine.number != other.number or mine.issued != other.issued


def _reading(acting: Acting, catalogue: Catalogue) -> str:
    name = catalogue.vocabularies.relations[acting.relation.type].name
    since = f"từ {format_date(acting.day)}" if acting.day else "chưa rõ ngày"
    return f"{acting.entry.id} {name} {since} ({acting.entry.file.path})"


def explain(values: Values) -> Words:
    """`den`: the document that ends twice; `cach_doc`: every reading, with its day and file."""
    return Words(
        f"«{values['den']}» bị thay thế hoặc bãi bỏ toàn bộ bởi nhiều văn bản: {values['cach_doc']}",
        "một văn bản thường chỉ hết hiệu lực toàn bộ một lần; trang sẽ nói theo văn bản tác động sớm nhất",
        "nếu mỗi văn bản chỉ thay một phần thì ghi pham_vi: mot-phan và dieu_khoan; nếu đúng như vậy thì để nguyên",
    )


RULE = Rule(
    code="thay-the-trung",
    title="Hai văn bản cùng thay thế toàn bộ một văn bản",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="# tin 8-qd-ubnd cũng ghi: {loai: thay-the, den: 5/2020/QĐ-UBND}\n"
    "quan_he:\n  - {loai: thay-the, den: 5/2020/QĐ-UBND}",
    good="quan_he:\n  - {loai: thay-the, den: 5/2020/QĐ-UBND, pham_vi: mot-phan, dieu_khoan: Chương II}",
    sample={
        "den": "5/2020/QĐ-UBND",
        "cach_doc": "8-qd-ubnd thay thế từ 1/1/2023 (policies/phong-dkkd/2023/8-qd-ubnd.md); "
        "12-qd-ubnd thay thế từ 1/6/2023 (policies/phong-dkkd/2023/12-qd-ubnd.md)",
    },
)
