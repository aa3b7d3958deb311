"""don-vi-mau-thuan: weaker evidence points to other units than the evidence that decides."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..problems import Fault, Severity, Words
from .base import Rule, Values, at

_KEYS = {"don_vi_chu_tri": "don_vi_chu_tri", "so-ky-hieu": "so_ky_hieu", "linh-vuc": "linh_vuc"}


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """The strongest evidence decides; what disagrees is told with both readings (DESIGN §3)."""
    deciding, others = entry.owner.deciding, entry.owner.disagreeing
    if deciding is None or not entry.owner.lead or not others:
        return
    key = _KEYS.get(deciding.kind) or _KEYS.get(others[0].kind, "")
    values = {
        "don_vi": ", ".join(entry.owner.lead),
        "manh": deciding.reading,
        "yeu": "; ".join(other.reading for other in others),
    }
    yield Fault("don-vi-mau-thuan", at(entry, key), values=values)


def explain(values: Values) -> Words:
    """`don_vi`: whom the entry goes to; `manh`, `yeu`: the reading that decides and those that disagree."""
    return Words(
        f"tin được xếp cho «{values['don_vi']}», nhưng có chỗ chỉ đơn vị khác",
        f"{values['manh']}; còn {values['yeu']}",
        "đúng đơn vị rồi thì để nguyên; chưa đúng thì sửa don_vi_chu_tri, hoặc chuyển tệp vào thư mục của đơn vị đúng",
    )


RULE = Rule(
    code="don-vi-mau-thuan",
    title="Hai chỗ chỉ hai đơn vị khác nhau",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="# policies/van-phong-so/2023/vi-du.md\nlinh_vuc: [dang-ky-kinh-doanh]",
    good="# policies/phong-dkkd/2023/vi-du.md\nlinh_vuc: [dang-ky-kinh-doanh]",
    sample={
        "don_vi": "van-phong-so",
        "manh": "tin nằm trong thư mục policies/van-phong-so/",
        "yeu": "linh-vuc.yml giao dang-ky-kinh-doanh → phong-dkkd",
    },
)
