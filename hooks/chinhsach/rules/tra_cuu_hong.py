"""tra-cuu-hong: a line of the register that cannot be used."""

from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`ly_do`: what is wrong, in Vietnamese."""
    return Words(
        f"danh mục tra cứu hỏng: {values['ly_do']}",
        "dẫn chiếu trong mọi tin được đối chiếu với danh mục này; dòng hỏng không đối chiếu được",
        "sửa dòng vừa nói; cách ghi xem policies/_danh-muc/DOC-TOI.md",
    )


RULE = Rule(
    code="tra-cuu-hong",
    title="Danh mục tra cứu có dòng hỏng",
    explain=explain,
    bad="71/2015,Thông tư,Bộ Tài chính,2015-05-11,2015-07-01,…",
    good="71/2015/TT-BTC,Thông tư,Bộ Tài chính,2015-05-11,2015-07-01,…",
    sample={"ly_do": "so_ky_hieu «71/2015»: thiếu ký hiệu sau năm"},
)
