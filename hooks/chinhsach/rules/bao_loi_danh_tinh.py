"""bao-loi-danh-tinh: a reader's report that tells who somebody is."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`cot`: the column; `gi`: what was seen there («số điện thoại»), never the thing itself."""
    return Words(
        f"cột {values['cot']} có vẻ ghi {values['gi']}",
        "sổ báo lỗi chỉ cần biết điều gì sai; dữ liệu cá nhân không được giữ ở đây (Luật 91/2025/QH15)",
        f"xóa {values['gi']} khỏi cột {values['cot']}, chỉ ghi điều được báo là sai",
    )


RULE = Rule(
    code="bao-loi-danh-tinh",
    title="Sổ báo lỗi ghi danh tính người đọc",
    explain=explain,
    bad="23/11/2026,04-2017-qh14,người báo để lại số điện thoại …,,,",
    good="23/11/2026,04-2017-qh14,ngày hiệu lực ghi sai,,,",
    sample={"cot": "noi_dung", "gi": "số điện thoại"},
)
