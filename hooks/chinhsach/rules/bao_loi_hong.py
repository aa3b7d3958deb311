"""bao-loi-hong: a row of the office's table that cannot be used."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`ly_do`: what is wrong; `sua`: what to type; both in Vietnamese."""
    return Words(
        f"sổ báo lỗi hỏng: {values['ly_do']}",
        "báo lỗi trong dòng hỏng không có ai đếm hạn trả lời",
        values["sua"],
    )


RULE = Rule(
    code="bao-loi-hong",
    title="Sổ báo lỗi có dòng hỏng",
    explain=explain,
    bad="30/2/2026,04-2017-qh14,sai ngày hiệu lực,,,",
    good="28/2/2026,04-2017-qh14,sai ngày hiệu lực,,,",
    sample={"ly_do": "thiếu ngay_nhan", "sua": "ghi ngày nhận được báo lỗi, ví dụ 23/11/2026"},
)
