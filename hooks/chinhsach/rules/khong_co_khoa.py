"""khong-co-khoa: nothing between the dashes, or something that is not keys with values."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """No values."""
    return Words(
        "giữa hai dòng «---» không có khóa nào",
        "máy lấy tiêu đề, số ký hiệu, ngày tháng của tin từ các khóa này",
        "ghi mỗi dòng một khóa theo dạng khóa: giá trị, ví dụ loai: thong-tu",
    )


RULE = Rule(
    code="khong-co-khoa",
    title="Không có khóa nào",
    explain=explain,
    bad="---\nHộ kinh doanh ghi sổ kế toán thế nào\n---",
    good="---\ntieu_de: Hộ kinh doanh ghi sổ kế toán thế nào\n---",
    sample={},
)
