"""ngay-sai-dang: a text that is not a day."""

from ..mending import setting
from ..problems import Words
from .base import Rule, Values, leaf


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`, `ly_do`, `vi_du`: found while the key's value is read."""
    return Words(
        f"{values['khoa']} «{values['gia_tri']}» không đọc được thành ngày",
        values["ly_do"],
        f"ghi ngày/tháng/năm, ví dụ {leaf(values['khoa'])}: {values['vi_du']}",
    )


RULE = Rule(
    code="ngay-sai-dang",
    title="Ngày viết sai dạng",
    explain=explain,
    bad="ngay_ban_hanh: 30/5/23",
    good="ngay_ban_hanh: 30/5/2023",
    mend=setting("", "vi_du", sample=True),
    sample={"khoa": "ngay_ban_hanh", "gia_tri": "30/5/23", "ly_do": "năm phải ghi đủ bốn chữ số", "vi_du": "30/5/2023"},
)
