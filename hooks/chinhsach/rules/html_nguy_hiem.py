"""html-nguy-hiem: HTML in a body that could run, load or submit something."""

import re
from collections.abc import Sequence

from ..problems import Deed, Fault, Mend, Words
from .base import Rule, Values

_EMBEDS = ("<iframe>", "<video>", "<audio>", "<embed>", "<object>", "<frame>", "<frameset>")


def explain(values: Values) -> Words:
    """`the`: the tag, or the attribute with «=»."""
    tag = values["the"]
    if tag in _EMBEDS:
        fix = "xóa đoạn này, thay bằng đường dẫn: [Xem đoạn phim](https://…)"
    elif tag.endswith("="):
        fix = f"xóa {tag}… khỏi thẻ; muốn nhấn mạnh thì dùng **chữ đậm**"
    else:
        fix = f"xóa đoạn {tag}…; muốn chép mã cho người đọc xem thì đặt giữa hai dấu `"
    return Words(f"bài viết có «{tag}»", "mã chạy được, khung nhúng và kiểu chữ riêng có thể hại người đọc", fix)


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """A tag without the attribute; a script on a line of its own goes."""
    tag, text = fault.values["the"], lines[fault.line - 1]
    if tag.endswith("="):
        kept = re.sub(rf"\s+{re.escape(tag)}(\"[^\"]*\"|'[^']*'|[^\s>]*)", "", text, flags=re.I)
        return Mend(fault.line, kept) if kept != text else None
    is_alone = re.fullmatch(r"\s*<(\w+)[^>]*>.*</\1>\s*", text)
    return Mend(fault.line, deed=Deed.DELETE) if is_alone and text.lstrip().lower().startswith(tag[:-1]) else None


RULE = Rule(
    code="html-nguy-hiem",
    title="Bài viết có mã nguy hiểm",
    explain=explain,
    bad='<iframe src="https://…"></iframe>',
    good="[Xem đoạn phim](https://…)",
    mend=mend,
    sample={"the": "<iframe>"},
)
