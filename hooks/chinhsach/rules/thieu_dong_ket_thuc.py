"""thieu-dong-ket-thuc: front matter that is never closed."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """No values."""
    return Words(
        "có dòng «---» mở đầu mà không có dòng --- kết thúc",
        "máy không biết các khóa dừng ở đâu và bài viết bắt đầu từ đâu",
        "thêm một dòng chỉ có --- ngay dưới khóa cuối cùng",
    )


RULE = Rule(
    code="thieu-dong-ket-thuc",
    title="Thiếu dòng --- kết thúc",
    explain=explain,
    bad="---\ntieu_de: Hộ kinh doanh ghi sổ kế toán thế nào\n\n## Điểm chính",
    good="---\ntieu_de: Hộ kinh doanh ghi sổ kế toán thế nào\n---\n\n## Điểm chính",
    sample={},
)
