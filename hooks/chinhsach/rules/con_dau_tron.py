"""con-dau-tron: two people changed the same lines, and git's marks between their versions were left standing."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """No values."""
    return Words(
        "hai người cùng sửa chỗ này, tệp còn giữ cả hai bản và các dấu <<<<<<<, =======, >>>>>>>",
        "máy không biết bản nào đúng; để vậy thì cả hai bản và các dấu hiện trên trang",
        "hỏi người kia, giữ các dòng đúng ở trên hoặc ở dưới dòng =======, bỏ các dòng kia; rồi xóa cả ba dòng dấu",
    )


RULE = Rule(
    code="con-dau-tron",
    title="Tệp còn hai bản do hai người cùng sửa",
    explain=explain,
    bad="<<<<<<< HEAD\nngay_dang: 5/6/2023\n=======\nngay_dang: 6/6/2023\n>>>>>>> nhanh-khac",
    good="ngay_dang: 6/6/2023",
    sample={},
)
