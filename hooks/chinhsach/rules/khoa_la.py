"""khoa-la: a key that the table of keys does not have."""

from collections.abc import Sequence

from ..mending import deleting, with_key
from ..problems import Fault, Mend, Words
from .base import Rule, Values, leaf


def explain(values: Values) -> Words:
    """`khoa`: the key; `gan_nhat`: the key it surely meant, or nothing; `danh_muc`: keys allowed within another."""
    key, near, known = values["khoa"], values["gan_nhat"], values["danh_muc"]
    if near:
        fix = f"ghi {near}: thay cho {leaf(key)}:"
    elif known:
        fix = f"dùng một trong các khóa con: {known}; không thì xóa khóa này"
    else:
        fix = "xóa dòng này, hoặc chọn khóa trong bảng khóa của trang Hướng dẫn"
    return Words(f"không có khóa nào tên «{key}»", "khóa lạ thì giá trị của nó không lên trang mà không ai biết", fix)


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The key that was meant; one that no key is near to goes."""
    key, near = fault.values["khoa"], fault.values["gan_nhat"]
    if near:
        return with_key(lines, fault.line, leaf(key), near)
    return deleting(fault, lines) if leaf(key) == key else None


RULE = Rule(
    code="khoa-la",
    title="Khóa không có trong bảng khóa",
    explain=explain,
    bad="ngay-ban-hanh: 30/5/2023",
    good="ngay_ban_hanh: 30/5/2023",
    mend=mend,
    sample={"khoa": "ngay-ban-hanh", "gan_nhat": "ngay_ban_hanh", "danh_muc": ""},
)
