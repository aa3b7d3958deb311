"""yaml-qua-sau: lists within lists, too many times over."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """No values."""
    return Words(
        "các ngoặc «[» hoặc «{» lồng nhau quá 40 tầng",
        "không khóa nào của tin cần quá ba tầng; lồng sâu làm máy dựng trang đứng lại",
        "xóa các ngoặc thừa, ví dụ linh_vuc: [dau-thau, ppp]",
    )


RULE = Rule(
    code="yaml-qua-sau",
    title="Ngoặc lồng nhau quá sâu",
    explain=explain,
    bad="linh_vuc: [[[[[…dau-thau…]]]]]",
    good="linh_vuc: [dau-thau]",
    sample={},
)
