"""so-theo-doi-ngo: a row of the office's register that counts, but may not be found or may be there twice."""

from ..mending import cell
from ..problems import Severity, Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`ly_do`: what is doubtful; `vi`: why it matters; `sua`: what to type; all in Vietnamese."""
    return Words(f"sổ theo dõi cần xem lại: {values['ly_do']}", values["vi"], values["sua"])


RULE = Rule(
    code="so-theo-doi-ngo",
    title="Sổ theo dõi có dòng cần xem lại",
    explain=explain,
    severity=Severity.NOTE,
    bad="643/UBND-KGVX,30/5/2023,UBND tỉnh Lạng Sơn,…,,",
    good="643/UBND-KGVX,30/5/2023,UBND tỉnh Lạng Sơn,…,,van-phong-so",
    mend=cell,
    sample={
        "ly_do": "chưa ghi đơn vị chủ trì",
        "vi": "không giao đơn vị thì không ai được đôn đốc",
        "sua": "ghi mã đơn vị vào cột don_vi_chu_tri, ví dụ van-phong-so",
    },
)
