"""dia-chi-sai: a text that is not an address on the web."""

from collections.abc import Sequence

from ..kinds import is_web_address
from ..mending import with_value
from ..problems import Fault, Mend, Words
from .base import Rule, Values, leaf


def _better(value: str) -> str:
    spaceless = value.replace(" ", "%20")
    whole = spaceless if "://" in value else f"https://{spaceless.lstrip('/')}"
    return whole if "…" not in value and "\\" not in value and is_web_address(whole) else ""


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`."""
    key, value = values["khoa"], values["gia_tri"]
    better = _better(value)
    return Words(
        f"{key} «{value}» không phải địa chỉ trang web",
        "địa chỉ phải bắt đầu bằng http:// hoặc https://, có tên miền, không có dấu cách, không kèm tên và mật khẩu",
        f"ghi {leaf(key)}: {better}"
        if better
        else f"mở trang ấy trong trình duyệt, chép nguyên thanh địa chỉ, ví dụ {leaf(key)}: https://vanban.chinhphu.vn/…",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The address with what was left out."""
    better = _better(fault.values["gia_tri"])
    old = fault.values["gia_tri"]
    return with_value(lines, fault.line, leaf(fault.values["khoa"]), better, old=old) if better else None


RULE = Rule(
    code="dia-chi-sai",
    title="Không phải địa chỉ trang web",
    explain=explain,
    bad="nguon: vanban.chinhphu.vn",
    good="nguon: https://vanban.chinhphu.vn",
    mend=mend,
    sample={"khoa": "nguon", "gia_tri": "vanban.chinhphu.vn"},
)
