"""sai-kieu: a list where a word should be, or the other way round."""

from collections.abc import Sequence

from ..mending import as_kind
from ..problems import Fault, Mend, Words
from .base import Rule, Values, leaf

_SUB_KEYS = "các khóa con: "


def explain(values: Values) -> Words:
    """`khoa`: the key; `mong_doi`: what it holds."""
    key, expected = values["khoa"], values["mong_doi"]
    name = leaf(key)
    if expected.startswith(_SUB_KEYS):
        parts = expected.removeprefix(_SUB_KEYS).split(", ")
        fix = f"ghi {name}: {{{', '.join(f'{part}: …' for part in parts[:3])}}}; các khóa con: {', '.join(parts)}"
        expected = "một nhóm khóa con"
    elif expected.startswith("danh sách"):
        fix = f"xuống dòng sau {name}: rồi ghi mỗi mục một dòng bắt đầu bằng «- »"
    elif "danh sách" in expected:
        fix = f"ghi {name}: <một giá trị>, nhiều giá trị thì {name}: [giá trị 1, giá trị 2]"
    else:
        fix = f"ghi {name}: <giá trị> trên một dòng; giá trị bắt đầu bằng [ hoặc {{ thì đặt trong dấu nháy kép"
    return Words(f"khóa «{key}» phải ghi {expected}", "máy đọc được dòng này nhưng không hợp với khóa", fix)


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """One value as the list or the group that the key holds, or the first of a list that it does not."""
    return as_kind(lines, fault.line, fault.values["khoa"])


RULE = Rule(
    code="sai-kieu",
    title="Giá trị không hợp với khóa",
    explain=explain,
    bad="so_ky_hieu: [643/UBND-KGVX, 644/UBND-KGVX]",
    good="so_ky_hieu: 643/UBND-KGVX",
    mend=mend,
    sample={"khoa": "so_ky_hieu", "mong_doi": "một số ký hiệu"},
)
