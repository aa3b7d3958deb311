"""tep-qua-lon: an entry, or its front matter, that is too long to be one."""

from ..problems import Words
from .base import Rule, Values, grouped


def explain(values: Values) -> Words:
    """`phan`: «tep» (sizes in bytes) or «khoa» (in characters); `co`, `toi_da`: the size and the most allowed."""
    size, most = grouped(values["co"]), grouped(values["toi_da"])
    if values["phan"] == "khoa":
        return Words(
            f"phần giữa hai dòng --- dài «{size}» ký tự, quá {most}",
            "phần này chỉ để ghi các khóa; lời văn dài ở đây làm trang và nguồn tin nặng mà không ai đọc được",
            "chuyển lời văn xuống dưới dòng --- thứ hai; toàn văn văn bản thì để ở tệp riêng, khai ở khóa toan_van",
        )
    return Words(
        f"tệp nặng «{size}» byte, quá {most}",
        "tin là bài ngắn để đọc trên điện thoại; tệp nặng thường do ảnh hoặc cả văn bản dán thẳng vào bài",
        "để ảnh và tài liệu thành tệp trong thư mục của tin; toàn văn văn bản thì để ở tệp riêng, khai ở khóa toan_van",
    )


RULE = Rule(
    code="tep-qua-lon",
    title="Tệp tin quá lớn",
    explain=explain,
    bad="tom_tat: <cả văn bản dán vào đây>",
    good="toan_van: {tep: toan-van.md, day_du: co, nguon: Công báo điện tử}",
    sample={"phan": "tep", "co": "4200000", "toi_da": "1000000"},
)
