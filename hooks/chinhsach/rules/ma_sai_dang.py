"""ma-sai-dang: an id that cannot be an address."""

from collections.abc import Sequence

from ..kinds import is_entry_id
from ..mending import with_value
from ..problems import Fault, Mend, Words
from ..text import slug
from .base import Rule, Values, leaf


def _better(value: str) -> str:
    folded = slug(value)
    return folded if "…" not in value and is_entry_id(folded) else ""


def explain(values: Values) -> Words:
    """`khoa`: the key, or «tên tệp» or «tên thư mục» where the id comes from there; `gia_tri`."""
    key, value = values["khoa"], values["gia_tri"]
    better = _better(value)
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


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The id that the text folds to."""
    better = _better(fault.values["gia_tri"])
    is_key = not fault.values["khoa"].startswith("tên ")
    return (
        with_value(lines, fault.line, "ma", better or "ke-hoach-truyen-thong-2023", sample=not better)
        if is_key
        else None
    )


RULE = Rule(
    code="ma-sai-dang",
    title="Mã tin không đúng dạng",
    explain=explain,
    bad="ma: Kế hoạch 2023",
    good="ma: ke-hoach-2023",
    mend=mend,
    sample={"khoa": "ma", "gia_tri": "Kế hoạch 2023"},
)
