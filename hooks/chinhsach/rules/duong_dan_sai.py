"""duong-dan-sai: a text that is not a path on this site."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from ..mending import with_value
from ..problems import Fault, Mend, Words
from ..text import slug
from .base import Rule, Values, leaf


def _better(value: str) -> str:
    path = unquote(re.sub(r"^[a-z]+://[^/]*/|[?#].*$", "", value)).strip("/")
    parts = [part if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", part) else slug(part) for part in path.split("/")]
    return "" if "…" in value or not all(parts) or "index.html" in parts else "/".join(parts)


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`."""
    key, value = values["khoa"], values["gia_tri"]
    better = _better(value) or "tin/ke-hoach-2023 (ví dụ)"
    return Words(
        f"{key} «{value}» không phải đường dẫn trên trang này",
        "khóa này ghi phần địa chỉ sau tên miền, chỉ gồm chữ không dấu, số, dấu chấm, gạch nối, gạch dưới và dấu /",
        f"ghi {leaf(key)}: {better}",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The path in the address."""
    better, old = _better(fault.values["gia_tri"]), fault.values["gia_tri"]
    return with_value(lines, fault.line, leaf(fault.values["khoa"]), better, old=old) if better else None


RULE = Rule(
    code="duong-dan-sai",
    title="Không phải đường dẫn trên trang",
    explain=explain,
    bad="dia_chi_cu: https://vi-du.gov.vn/tin/ke-hoach-2023",
    good="dia_chi_cu: tin/ke-hoach-2023",
    mend=mend,
    sample={"khoa": "dia_chi_cu", "gia_tri": "https://vi-du.gov.vn/tin/ke-hoach-2023"},
)
