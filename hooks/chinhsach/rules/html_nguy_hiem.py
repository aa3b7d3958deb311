"""html-nguy-hiem: HTML in a body that could run, load or submit something."""

from ..problems import Words
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


RULE = Rule(
    code="html-nguy-hiem",
    title="Bài viết có mã nguy hiểm",
    explain=explain,
    bad='<iframe src="https://…"></iframe>',
    good="[Xem đoạn phim](https://…)",
    sample={"the": "<iframe>"},
)
