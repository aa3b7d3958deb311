"""yaml-neo: a value that begins with one of YAML's commands: anchor, alias, tag."""

from ..mending import readable
from ..problems import Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`dau`: the sign and the word after it."""
    sign = values["dau"]
    return Words(
        f"giá trị bắt đầu bằng «{sign}»",
        f"dấu {sign[:1]} ở đầu giá trị là lệnh của máy, không phải chữ; tin không dùng các lệnh ấy",
        f'đặt cả giá trị trong dấu nháy kép: "{sign} …"',
    )


RULE = Rule(
    code="yaml-neo",
    title="Giá trị bắt đầu bằng dấu *, & hoặc !",
    explain=explain,
    bad="tieu_de: *Quan* trọng với hộ kinh doanh",
    good='tieu_de: "*Quan* trọng với hộ kinh doanh"',
    mend=readable,
    sample={"dau": "*Quan"},
)
