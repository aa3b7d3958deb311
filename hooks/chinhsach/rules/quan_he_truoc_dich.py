"""quan-he-truoc-dich: a document changes another that was not yet issued."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry, Target
from ..dates import format_date
from ..policy import Policy, Relation
from ..problems import Fault, Words
from .base import Rule, Values, at, usable
from .quan_he_som import CHANGING

_ACTING = (*CHANGING, "thu-hoi", "dinh-chi-thi-hanh", "tam-ngung-hieu-luc", "dinh-chinh")


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """What is changed was issued by then; a day of the relation before this document's is `quan-he-som` (rb3)."""
    if not usable(entry, "ngay_ban_hanh"):
        return
    for place, relation in enumerate(entry.policy.relations):
        target = catalogue.target(relation, entry.policy)
        if target.entry is entry or (target.entry and not usable(target.entry, "ngay_ban_hanh")):
            continue
        issued = is_too_early(entry.policy, relation, target)
        if issued and entry.policy.issued:
            values = {
                "den": relation.target,
                "ban_hanh": format_date(entry.policy.issued),
                "dich_ban_hanh": issued,
                "dich": target.entry.file.path if target.entry else "",
            }
            yield Fault("quan-he-truoc-dich", at(entry, f"quan_he.{place}"), values=values)


def is_too_early(policy: Policy, relation: Relation, target: Target) -> str:
    """The day (or the year, of a document outside) on which the target was issued, where that is too late; else ""."""
    if relation.type not in _ACTING or policy.issued is None:
        return ""
    if relation.type in CHANGING and relation.day and relation.day < policy.issued:
        return ""  # quan-he-som speaks
    if target.entry is not None:
        issued = target.entry.policy.issued
        return format_date(issued) if issued and policy.issued < issued else ""
    year = target.number.year if target.number else None
    return str(year) if year and policy.issued.year < year else ""


def explain(values: Values) -> Words:
    """`den`, `dich`: the target and its file; `dich_ban_hanh`: its day or year; `ban_hanh`: this one's day."""
    where = f" ({values['dich']})" if values["dich"] else ""
    return Words(
        f"quan_he tới «{values['den']}»{where}: văn bản kia ban hành {values['dich_ban_hanh']}, "
        f"văn bản của tin này ban hành {values['ban_hanh']}",
        "không văn bản nào thay thế, bãi bỏ, sửa đổi, đình chỉ được một văn bản ban hành sau nó",
        "xem lại hai ngày ban hành; nếu chính văn bản kia tác động lên văn bản này thì khai quan_he ở tin kia",
    )


RULE = Rule(
    code="quan-he-truoc-dich",
    title="Tác động lên văn bản chưa ban hành",
    explain=explain,
    check=check,
    bad="ngay_ban_hanh: 30/5/2023\nquan_he:\n  - {loai: bai-bo, den: 80/2025/NĐ-CP}",
    good="ngay_ban_hanh: 30/5/2023\nquan_he:\n  - {loai: bai-bo, den: 80/2021/NĐ-CP}",
    sample={"den": "80/2025/NĐ-CP", "ban_hanh": "30/5/2023", "dich_ban_hanh": "2025", "dich": ""},
)
