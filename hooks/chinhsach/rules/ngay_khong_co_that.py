"""ngay-khong-co-that: a day that is not on the calendar."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`, `ly_do`, `vi_du`: found while the key's value is read."""
    return Words(
        f"{values['khoa']} «{values['gia_tri']}» không có trên lịch",
        values["ly_do"],
        f"ghi ngày in trên văn bản, ví dụ {values['vi_du']}",
    )


RULE = Rule(
    code="ngay-khong-co-that",
    title="Ngày không có trên lịch",
    explain=explain,
    bad="ngay_ban_hanh: 30/2/2023",
    good="ngay_ban_hanh: 28/2/2023",
    sample={
        "khoa": "ngay_ban_hanh",
        "gia_tri": "30/2/2023",
        "ly_do": "tháng 2 năm 2023 có 28 ngày",
        "vi_du": "28/2/2023",
    },
)
