"""ke-hoach-hong: something in the office's plan that contradicts itself or names what is not there."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`ly_do`: what is wrong; `sua`: what to type; both in Vietnamese."""
    return Words(
        f"tệp kế hoạch hỏng: {values['ly_do']}",
        "báo cáo lấy nhiệm vụ, hoạt động, chỉ tiêu từ tệp này",
        values["sua"],
    )


RULE = Rule(
    code="ke-hoach-hong",
    title="Tệp kế hoạch có chỗ sai",
    explain=explain,
    bad="hoat_dong:\n  - ma: HD.1\n    nhiem_vu: [II.9]",
    good="hoat_dong:\n  - ma: HD.1\n    nhiem_vu: [II.3]",
    sample={"ly_do": "kế hoạch không có nhiệm vụ «II.9»", "sua": "chọn trong: II.1, II.2, II.3, II.4"},
)
