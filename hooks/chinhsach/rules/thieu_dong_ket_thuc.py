"""thieu-dong-ket-thuc: front matter that is never closed."""

import re
from collections.abc import Sequence

from ..problems import Deed, Fault, Mend, Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """No values."""
    return Words(
        "có dòng «---» mở đầu mà không có dòng --- kết thúc",
        "máy không biết các khóa dừng ở đâu và bài viết bắt đầu từ đâu",
        "thêm một dòng chỉ có --- ngay dưới khóa cuối cùng",
    )


_DASHES = "-–—_=*. "
_OF_THE_KEYS = re.compile(r"[a-z_]+\s*:|\s+\S|- |# ?[^#\s]")


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The fence, in the place of what looks like one or below the last key."""
    last = fault.line
    for number in range(fault.line + 1, len(lines) + 1):
        text = lines[number - 1]
        if len(text.strip()) > 1 and not text.strip().strip(_DASHES):
            return Mend(number, "---")
        if not text.strip() or not _OF_THE_KEYS.match(text):
            break
        last = number
    return Mend(last, "---", Deed.BELOW)


RULE = Rule(
    code="thieu-dong-ket-thuc",
    title="Thiếu dòng --- kết thúc",
    explain=explain,
    bad="---\ntieu_de: Hộ kinh doanh ghi sổ kế toán thế nào\n\n## Điểm chính",
    good="---\ntieu_de: Hộ kinh doanh ghi sổ kế toán thế nào\n---\n\n## Điểm chính",
    mend=mend,
    sample={},
)
