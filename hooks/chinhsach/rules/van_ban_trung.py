"""van-ban-trung: two entries about one document."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..problems import Fault, Words
from .base import Rule, Values, at, issuers_of, same_number


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Number, day and issuers together belong to one entry (DESIGN §2); the later path is told."""
    policy = entry.policy
    same = [
        other.file.path
        for other in same_number(entry, catalogue)
        if other.policy.issued == policy.issued and issuers_of(other) == issuers_of(entry)
    ]
    if same and min(same) < entry.file.path and policy.number and policy.issued:
        values = {"so": policy.number.text, "ngay": format_date(policy.issued), "tin_khac": min(same)}
        yield Fault("van-ban-trung", at(entry, "so_ky_hieu"), values=values)


def explain(values: Values) -> Words:
    """`so`, `ngay`: the document; `tin_khac`: the path of the other entry."""
    return Words(
        f"văn bản «{values['so']}» ngày {values['ngay']} đã có tin ở {values['tin_khac']}",
        "số và ký hiệu là duy nhất trong một năm của một cơ quan (NĐ 30/2020/NĐ-CP ngày 5/3/2020, Đ15.1)",
        f"sửa tin ở {values['tin_khac']} và bỏ tệp này; là văn bản khác thì ghi lại so_ky_hieu, ngay_ban_hanh cho đúng",
    )


RULE = Rule(
    code="van-ban-trung",
    title="Văn bản đã có tin",
    explain=explain,
    check=check,
    bad="so_ky_hieu: 12/QĐ-UBND        # tin khác đã có số, ngày, cơ quan này\nngay_ban_hanh: 5/1/2023",
    good="so_ky_hieu: 13/QĐ-UBND\nngay_ban_hanh: 5/1/2023",
    sample={"so": "12/QĐ-UBND", "ngay": "5/1/2023", "tin_khac": "policies/phong-dkkd/2023/12-qd-ubnd.md"},
)
