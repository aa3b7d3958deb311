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
_KEY = re.compile(r"[\w-]+\s*:(\s|$)")


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The fence, in the place of what looks like one or below the last key."""
    number = fault.line
    for number in range(fault.line + 1, len(lines) + 1):
        text = lines[number - 1].strip()
        if len(text) > 1 and not text.strip(_DASHES):
            return Mend(number, "---")
        after = next((line for line in lines[number:] if line.strip()), "")
        if text.startswith("## ") or (not text and not _KEY.match(after)):
            return Mend(number - 1, "---", Deed.BELOW)
    return Mend(number, "---", Deed.BELOW)


RULE = Rule(
    code="thieu-dong-ket-thuc",
    title="Thiếu dòng --- kết thúc",
    explain=explain,
    bad="---\ntieu_de: Hộ kinh doanh ghi sổ kế toán thế nào\n\n## Điểm chính",
    good="---\ntieu_de: Hộ kinh doanh ghi sổ kế toán thế nào\n---\n\n## Điểm chính",
    mend=mend,
    sample={},
)
