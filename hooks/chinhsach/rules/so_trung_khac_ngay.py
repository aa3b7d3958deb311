"""so-trung-khac-ngay: one number, issuer and year on two different days."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..problems import Fault, Severity, Words
from .base import Rule, Values, at, issuers_of, same_number


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """A number is used once in a year by a body, so one of the two days is likely wrong; the later path is told."""
    day = entry.policy.issued
    if day is None:
        return
    for other in sorted(same_number(entry, catalogue), key=lambda e: e.file.path):
        issued = other.policy.issued
        if other.file.path > entry.file.path or issued is None or issued == day or issued.year != day.year:
            continue
        if issuers_of(other) & issuers_of(entry) and entry.policy.number:
            values = {
                "so": entry.policy.number.text,
                "ngay": format_date(day),
                "ngay_khac": format_date(issued),
                "tin_khac": other.file.path,
            }
            yield Fault("so-trung-khac-ngay", at(entry, "ngay_ban_hanh"), values=values)
            return


def explain(values: Values) -> Words:
    """`so`, `ngay`; `ngay_khac`, `tin_khac`: the other day and the entry that has it."""
    return Words(
        f"số «{values['so']}» ở tin này ghi ngày «{values['ngay']}», ở {values['tin_khac']} ghi ngày {values['ngay_khac']}",
        "số và ký hiệu là duy nhất trong một năm của một cơ quan (NĐ 30/2020/NĐ-CP ngày 5/3/2020, Đ15.1)",
        f"xem ngày in trên văn bản; nếu cùng một văn bản thì ghi ngay_ban_hanh: {values['ngay_khac']} rồi bỏ một tin",
    )


RULE = Rule(
    code="so-trung-khac-ngay",
    title="Cùng số, cùng cơ quan, cùng năm nhưng khác ngày",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="so_ky_hieu: 12/QĐ-UBND        # tin khác ghi số này ngày 5/1/2023\nngay_ban_hanh: 1/5/2023",
    good="so_ky_hieu: 13/QĐ-UBND\nngay_ban_hanh: 1/5/2023",
    sample={
        "so": "12/QĐ-UBND",
        "ngay": "1/5/2023",
        "ngay_khac": "5/1/2023",
        "tin_khac": "policies/phong-dkkd/2023/12-qd-ubnd.md",
    },
)
