"""ngoai-danh-muc: a value that its vocabulary does not have."""

from ..mending import setting
from ..problems import Words
from .base import Rule, Values, leaf


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`; `gan_nhat`: the value it most likely meant, or nothing; `danh_muc`: the values there are."""
    key, value, near, known = values["khoa"], values["gia_tri"], values["gan_nhat"], values["danh_muc"]
    fix = f"ghi {near} thay cho {value}" if near else f"ghi {leaf(key)}: một trong {known}"
    return Words(
        f"{key} «{value}» không có trong danh mục",
        "giá trị lạ thì tin không vào được danh sách, nguồn tin và bộ lọc",
        fix,
    )


RULE = Rule(
    code="ngoai-danh-muc",
    title="Giá trị không có trong danh mục",
    explain=explain,
    bad="loai: thông tư",
    good="loai: thong-tu",
    mend=setting("", "gan_nhat"),
    sample={"khoa": "loai", "gia_tri": "thông tư", "gan_nhat": "thong-tu", "danh_muc": "hien-phap, luat, …"},
)
