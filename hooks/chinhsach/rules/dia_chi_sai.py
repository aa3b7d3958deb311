"""dia-chi-sai: a text that is not an address on the web."""

from ..kinds import is_web_address
from ..problems import Words
from .base import Rule, Values, leaf


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`."""
    key, value = values["khoa"], values["gia_tri"]
    spaceless = value.replace(" ", "%20")
    better = spaceless if "://" in value else f"https://{spaceless.lstrip('/')}"
    can_mend = "…" not in value and "\\" not in value and is_web_address(better)
    return Words(
        f"{key} «{value}» không phải địa chỉ trang web",
        "địa chỉ phải bắt đầu bằng http:// hoặc https://, có tên miền, không có dấu cách, không kèm tên và mật khẩu",
        f"ghi {leaf(key)}: {better}"
        if can_mend
        else f"mở trang ấy trong trình duyệt, chép nguyên thanh địa chỉ, ví dụ {leaf(key)}: https://vanban.chinhphu.vn/…",
    )


RULE = Rule(
    code="dia-chi-sai",
    title="Không phải địa chỉ trang web",
    explain=explain,
    bad="nguon: vanban.chinhphu.vn",
    good="nguon: https://vanban.chinhphu.vn",
    sample={"khoa": "nguon", "gia_tri": "vanban.chinhphu.vn"},
)
