"""anh-thieu-mo-ta: a picture without words for those who do not see it."""

from collections.abc import Sequence

from ..mending import instead
from ..problems import Fault, Mend, Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """No values."""
    return Words(
        "ảnh chưa có lời tả: «![](…)»",
        "người khiếm thị nghe máy đọc lời tả, và khi ảnh không tải được thì chỉ còn lời tả",
        "viết lời tả vào giữa hai ngoặc vuông, ví dụ ![Sơ đồ các bước đăng ký hộ kinh doanh](so-do.png)",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The picture with an example of a description."""
    return instead(lines, fault.line, "![](", "![Sơ đồ các bước đăng ký hộ kinh doanh](", sample=True)


RULE = Rule(
    code="anh-thieu-mo-ta",
    title="Ảnh chưa có lời tả",
    explain=explain,
    bad="![](so-do.png)",
    good="![Sơ đồ các bước đăng ký hộ kinh doanh](so-do.png)",
    mend=mend,
    sample={},
)
