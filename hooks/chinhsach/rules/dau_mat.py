"""dau-mat: a secrecy stamp stands in what would be published."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..problems import Fault, Words
from .base import Rule, Values, looked_through


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Of the files that the entry offers; the body and the full text are looked at when they are read."""
    for name, line, found in looked_through(entry, catalogue):
        if found.stamp:
            yield Fault("dau-mat", line, values={"dau": found.stamp, "noi": f"tệp «{name}»"})


def explain(values: Values) -> Words:
    """`dau`: the stamp; `noi`: where it stands."""
    return Words(
        f"{values['noi']} có dấu «{values['dau']}»",
        "văn bản mang dấu này không được công bố (Luật 29/2018/QH14 về bảo vệ bí mật nhà nước; quy định về tài liệu nội bộ)",
        "đưa tin và tệp này ra khỏi kho ngay, báo người phụ trách bảo mật của Sở; lịch sử của kho vẫn giữ bản đã gửi",
    )


RULE = Rule(
    code="dau-mat",
    title="Có dấu mật hoặc dấu lưu hành nội bộ",
    explain=explain,
    check=check,
    bad="TỐI MẬT\n\nKẾ HOẠCH …   # dấu đứng một dòng, ở phần bài, bản chữ, tệp Word hoặc PDF",
    good="Kế hoạch nhắc tới bảo vệ bí mật nhà nước …   # nói trong câu, không phải dấu",
    sample={"dau": "TỐI MẬT", "noi": "tệp «ke-hoach.docx»"},
)
