"""ten-tep-sai: a file name that cannot be part of an address."""

import re

from ..problems import Words
from ..text import slug
from .base import Rule, Values, leaf


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`: the name as written in the key."""
    key, value = values["khoa"], values["gia_tri"]
    last = re.split(r"[/\\]", value)[-1]
    stem, _, suffix = last.rpartition(".")
    parts = (slug(stem), slug(suffix))
    better = ".".join(parts) if all(parts) and "…" not in value else "ke-hoach.pdf (ví dụ)"
    fix = (
        "để tệp thẳng trong thư mục của tin, chỉ ghi tên tệp:"
        if better == last
        else "đổi tên tệp trong thư mục của tin, ghi"
    )
    return Words(
        f"{key} «{value}» không dùng làm tên tệp được",
        "tên tệp thành địa chỉ tải về: chỉ gồm chữ thường không dấu, số, dấu chấm, gạch nối, gạch dưới, "
        "không kèm thư mục, dài nhất 120 ký tự",
        f"{fix} {leaf(key)}: {better}",
    )


RULE = Rule(
    code="ten-tep-sai",
    title="Tên tệp không dùng được",
    explain=explain,
    bad="tep: Kế hoạch 2023.pdf",
    good="tep: ke-hoach-2023.pdf",
    sample={"khoa": "tep.tep", "gia_tri": "Kế hoạch 2023.pdf"},
)
