"""khoa-lap: one key written twice."""

from ..mending import deleting
from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`khoa`: the key; `dong_dau`: the line where it stood first."""
    key = values["khoa"]
    return Words(
        f"khóa «{key}» ghi hai lần, lần đầu ở dòng {values['dong_dau']}",
        "máy không biết giá trị nào đúng",
        f"giữ một dòng {key}: và xóa dòng kia; nhiều giá trị thì ghi chung một danh sách [giá trị 1, giá trị 2]",
    )


RULE = Rule(
    code="khoa-lap",
    title="Một khóa ghi hai lần",
    explain=explain,
    bad="linh_vuc: dau-thau\nlinh_vuc: ppp",
    good="linh_vuc: [dau-thau, ppp]",
    mend=deleting,
    sample={"khoa": "linh_vuc", "dong_dau": "9"},
)
