"""duong-dan-nguy-hiem: an address in a body that no reader should open."""

from collections.abc import Sequence

from ..mending import instead
from ..problems import Fault, Mend, Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`gia_tri`: the address as written; `chu`: the words of a link that name another site."""
    value = values["gia_tri"]
    if "chu" in values:
        return Words(
            f"liên kết ghi chữ «{values['chu']}» nhưng dẫn tới «{value}»",
            "người đọc tin vào tên trang mình nhìn thấy; kẻ lừa đảo hay dùng cách này",
            "kiểm tra lại địa chỉ; đúng nơi cần dẫn thì đổi chữ thành lời nói về nội dung, ví dụ [Cổng dịch vụ công](…)",
        )
    if value.lower().startswith(("http:", "https:")):
        return Words(
            f"đường dẫn «{value}» không được phép",
            "địa chỉ này dẫn tới nơi khác với tên người đọc nhìn thấy, hoặc có chữ nước ngoài trông như chữ «a», «c», «o»",
            "mở trang ấy rồi chép lại địa chỉ từ trình duyệt: https:// rồi tên trang, không có dấu @ hay \\ trước tên trang",
        )
    if value.lower().startswith("data:"):
        fix = "lưu ảnh thành tệp trong thư mục của tin rồi ghi ![lời tả ảnh](ten-anh.png)"
    elif value.startswith("//"):
        fix = f"ghi đủ https:{value}"
    elif "\\" in value or value.lower().startswith("file:"):
        fix = "đây là chỗ trên máy riêng; chép tệp vào thư mục của tin rồi ghi [tên tệp](ten-tep.pdf)"
    else:
        fix = "thay bằng đường dẫn bắt đầu bằng https://, hoặc bỏ đường dẫn, chỉ để chữ"
    return Words(
        f"đường dẫn «{value}» không được phép",
        "chỉ http, https, mailto, tel và đường dẫn trong trang là mở được an toàn",
        fix,
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """An address without its scheme gets one; others are not ours to guess."""
    value = fault.values["gia_tri"]
    return instead(lines, fault.line, f"({value})", f"(https:{value})") if value.startswith("//") else None


RULE = Rule(
    code="duong-dan-nguy-hiem",
    title="Đường dẫn nguy hiểm",
    explain=explain,
    bad="[Xem văn bản](javascript:mo())",
    good="[Xem văn bản](https://vanban.chinhphu.vn)",
    mend=mend,
    sample={"gia_tri": "javascript:mo()"},
)
