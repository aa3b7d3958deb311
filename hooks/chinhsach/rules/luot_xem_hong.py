"""luot-xem-hong: a row of the office's table that cannot be used."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`ly_do`: what is wrong; `sua`: what to type; both in Vietnamese."""
    return Words(
        f"sổ lượt xem hỏng: {values['ly_do']}",
        "dòng hỏng không được đếm, hoặc bị đếm hai lần, thì số liệu trong báo cáo sai",
        values["sua"],
    )


RULE = Rule(
    code="luot-xem-hong",
    title="Sổ lượt xem có dòng hỏng",
    explain=explain,
    bad="2026-11-01,2026-11-30,chinh-sach/04-2017-qh14/,nhiều,",
    good="2026-11-01,2026-11-30,chinh-sach/04-2017-qh14/,120,80",
    sample={"ly_do": "luot «nhiều» không phải số", "sua": "ghi số lượt, ví dụ 120"},
)
