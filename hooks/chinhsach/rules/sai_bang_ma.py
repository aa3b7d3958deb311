"""sai-bang-ma: a file whose bytes are not UTF-8."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`bang_ma`: what the bytes look like; «Word», «PDF» for a document under another name."""
    kind = values["bang_ma"]
    if kind in ("Word", "PDF"):
        ending = {"Word": ".docx (tệp Word cũ: .doc)", "PDF": ".pdf"}[kind]
        return Words(
            f"tệp mang đuôi .md nhưng bên trong là tệp {kind}",
            "tin là tệp chữ; đổi đuôi tên không làm đổi nội dung",
            f"đổi đuôi tên lại thành {ending}, chuyển ra ngoài thư mục tin, rồi gọi «chinhsach tu-van-ban <tệp ấy>»",
        )
    return Words(
        f"tệp lưu ở «{kind}», không phải UTF-8",
        "chữ Việt có dấu sẽ hiện sai, và máy không đọc được các khóa của tin",
        "mở tệp bằng Notepad, chọn File → Save As (Lưu thành), ở ô Encoding (Mã hóa) chọn UTF-8 rồi lưu đè; "
        "chữ gõ bằng phông TCVN3 hay VNI thì chuyển sang Unicode trước; tệp Word, PDF thì để nguyên đuôi .docx, .pdf",
    )


RULE = Rule(
    code="sai-bang-ma",
    title="Tệp không ở bảng mã UTF-8",
    explain=explain,
    bad="Notepad → Save As → Encoding: UTF-16 LE (hoặc ANSI)",
    good="Notepad → Save As → Encoding: UTF-8",
    sample={"bang_ma": "UTF-16 hoặc tệp nhị phân"},
)
