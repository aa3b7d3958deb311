"""long-qua-sau: quotations, lists or tags in one another beyond all measure."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """No values: found while the body is rendered."""
    return Words(
        "phần bài có các đoạn lồng vào nhau quá sâu",
        "hơn 100 lớp trích dẫn, danh sách hoặc thẻ lồng nhau thì không ai đọc được, thường là dán nhầm",
        "bỏ bớt dấu > hoặc khoảng trắng ở đầu dòng, và các thẻ HTML mở mà không đóng",
    )


RULE = Rule(
    code="long-qua-sau",
    title="Lồng nhau quá sâu",
    explain=explain,
    bad="> > > > > > > > > > …   # hơn 100 dấu >",
    good="> Một đoạn trích dẫn.",
    sample={},
)
