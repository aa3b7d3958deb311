"""ma-sai-dang: an id that cannot be an address."""

from ..kinds import is_entry_id
from ..problems import Words
from ..text import slug
from .base import Rule, Values, leaf


def explain(values: Values) -> Words:
    """`khoa`: the key, or «tên tệp» or «tên thư mục» where the id comes from there; `gia_tri`."""
    key, value = values["khoa"], values["gia_tri"]
    better = slug(value)
    if "…" in value or not is_entry_id(better):
        better = ""
    if key.startswith("tên "):
        place = key.removeprefix("tên ")
        new_name = (better or "<mã mới>") + (".md" if place == "tệp" else "")
        fix = f"đổi tên {place} thành {new_name}, hoặc thêm dòng ma: {better or '<mã mới>'}"
    else:
        fix = f"ghi {leaf(key)}: {better or 'ke-hoach-truyen-thong-2023 (ví dụ)'}"
    return Words(
        f"{key} «{value}» không dùng làm mã tin được",
        "mã tin là địa chỉ của tin: chữ thường không dấu, số và gạch nối, 3–80 ký tự, không phải trang-<số> hay tên mà Windows giữ riêng (con, nul, com1…)",
        fix,
    )


RULE = Rule(
    code="ma-sai-dang",
    title="Mã tin không đúng dạng",
    explain=explain,
    bad="ma: Kế hoạch 2023",
    good="ma: ke-hoach-2023",
    sample={"khoa": "ma", "gia_tri": "Kế hoạch 2023"},
)
