"""so-theo-doi-hong: a row of the office's register that cannot be used."""

from ..mending import cell
from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`ly_do`: what is wrong; `sua`: what to type; both in Vietnamese."""
    return Words(
        f"sổ theo dõi hỏng: {values['ly_do']}",
        "văn bản trong dòng hỏng không được đếm thì tỷ lệ truyền thông cao hơn sự thật",
        values["sua"],
    )


RULE = Rule(
    code="so-theo-doi-hong",
    title="Sổ theo dõi có dòng hỏng",
    explain=explain,
    bad="643/UBND-KGVX,30/2/2023,UBND tỉnh Lạng Sơn,…",
    good="643/UBND-KGVX,30/5/2023,UBND tỉnh Lạng Sơn,…",
    mend=cell,
    sample={
        "ly_do": "ngay_ban_hanh «30/2/2023»: tháng 2 năm 2023 có 28 ngày",
        "sua": "ghi ngay_ban_hanh như in trên văn bản, ví dụ 28/2/2023",
    },
)
