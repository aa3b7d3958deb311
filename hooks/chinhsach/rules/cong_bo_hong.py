"""cong-bo-hong: an event or a press note that cannot be shown."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`ly_do`: what is wrong, in Vietnamese; `sua`: what to type."""
    return Words(
        f"mục công bố hỏng: {values['ly_do']}",
        "sự kiện, thông cáo đứng trên trang và trong lịch của người đăng ký; mục hỏng không hiện ra được",
        values["sua"],
    )


RULE = Rule(
    code="cong-bo-hong",
    title="Sự kiện, thông cáo có mục hỏng",
    explain=explain,
    bad="tu: 4/12/2026 08:00\nden: 3/12/2026 11:00",
    good="tu: 4/12/2026 08:00\nden: 4/12/2026 11:00",
    sample={"ly_do": "«vi-du»: den đứng trước tu", "sua": "ghi den: <từ 4/12/2026 trở đi>"},
)
