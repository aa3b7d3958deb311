"""so-dem-sai: a text that is not a whole number."""

import re

from ..problems import Words
from .base import Rule, Values, leaf


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`."""
    key, value = values["khoa"], values["gia_tri"]
    found = re.fullmatch(r"[^0-9-]*([0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3})+)[^0-9]*", value)
    example = found[1].replace(".", "") if found else "1200 (ví dụ)"
    return Words(
        f"{key} «{value}» không phải số nguyên",
        "số này được cộng vào báo cáo nên chỉ gồm chữ số",
        f"ghi {leaf(key)}: {example}",
    )


RULE = Rule(
    code="so-dem-sai",
    title="Không phải số nguyên",
    explain=explain,
    bad="so_luot: khoảng 1200 lượt",
    good="so_luot: 1200",
    sample={"khoa": "truyen_thong.so_luot", "gia_tri": "khoảng 1200 lượt"},
)
