"""so-dem-sai: a text that is not a whole number."""

import re
from collections.abc import Sequence

from ..mending import with_value
from ..problems import Fault, Mend, Words
from .base import Rule, Values, leaf


def _digits(value: str) -> str:
    found = re.fullmatch(r"[^0-9-]*([0-9]{1,9}|[0-9]{1,3}(?:\.[0-9]{3})+)[^0-9]*", value)
    return found[1].replace(".", "") if found else ""


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`."""
    key, value = values["khoa"], values["gia_tri"]
    example = _digits(value) or "1200 (ví dụ)"
    return Words(
        f"{key} «{value}» không phải số nguyên",
        "số này được cộng vào báo cáo nên chỉ gồm chữ số",
        f"ghi {leaf(key)}: {example}",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The digits alone."""
    digits, old = _digits(fault.values["gia_tri"]), fault.values["gia_tri"]
    return with_value(lines, fault.line, leaf(fault.values["khoa"]), digits or "1200", old=old, sample=not digits)


RULE = Rule(
    code="so-dem-sai",
    title="Không phải số nguyên",
    explain=explain,
    bad="so_luot: khoảng 1200 lượt",
    good="so_luot: 1200",
    mend=mend,
    sample={"khoa": "truyen_thong.so_luot", "gia_tri": "khoảng 1200 lượt"},
)
