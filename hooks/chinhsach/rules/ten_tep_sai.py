"""ten-tep-sai: a file name that cannot be part of an address."""

import re
from collections.abc import Sequence

from ..mending import with_value
from ..problems import Fault, Mend, Words
from ..text import slug
from .base import Rule, Values, leaf


def _last(value: str) -> str:
    return re.split(r"[/\\]", value)[-1]


def _better(value: str) -> str:
    stem, _, suffix = _last(value).rpartition(".")
    parts = (slug(stem), slug(suffix))
    return ".".join(parts) if all(parts) and "…" not in value else ""


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`: the name as written in the key."""
    key, value = values["khoa"], values["gia_tri"]
    last, better = _last(value), _better(value)
    if better == last:
        fix = f"để tệp thẳng trong thư mục của tin, chỉ ghi tên tệp: {leaf(key)}: {better}"
    else:
        fix = f"đổi tên tệp trong thư mục của tin thành {better or 'ke-hoach.pdf (ví dụ)'}"
    return Words(
        f"{key} «{value}» không dùng làm tên tệp được",
        "tên tệp thành địa chỉ tải về: chỉ gồm chữ thường không dấu, số, dấu chấm, gạch nối, gạch dưới, "
        "không kèm thư mục, dài nhất 120 ký tự",
        fix,
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The name that the file is to have."""
    better, old = _better(fault.values["gia_tri"]), fault.values["gia_tri"]
    return with_value(lines, fault.line, leaf(fault.values["khoa"]), better, old=old) if better else None


RULE = Rule(
    code="ten-tep-sai",
    title="Tên tệp không dùng được",
    explain=explain,
    bad="tep: Kế hoạch 2023.pdf",
    good="tep: ke-hoach-2023.pdf",
    mend=mend,
    sample={"khoa": "tep.tep", "gia_tri": "Kế hoạch 2023.pdf"},
)
