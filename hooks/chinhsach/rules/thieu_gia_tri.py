"""thieu-gia-tri: a demanded key with nothing after its colon."""

from collections.abc import Sequence

from ..mending import with_value
from ..problems import Fault, Mend, Words
from .base import Rule, Values, leaf
from .thieu_khoa import required


def explain(values: Values) -> Words:
    """`khoa`, `vi_du`: the key and an example; `khi`: in which case it is demanded, if not always."""
    key = values["khoa"]
    name = leaf(key)
    why = required(values) if name == key else f"{key.removesuffix(f'.{name}')} chưa đủ nghĩa khi thiếu {name}"
    return Words(f"khóa «{key}» để trống", why, f"ghi giá trị sau dấu hai chấm, ví dụ {name}: {values['vi_du']}")


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The key with its example."""
    name, example = leaf(fault.values["khoa"]), fault.values["vi_du"]
    return with_value(lines, fault.line, name, example, sample=True, raw=example[:1] in ("[", "{"))


RULE = Rule(
    code="thieu-gia-tri",
    title="Khóa bắt buộc để trống",
    explain=explain,
    bad="linh_vuc:",
    good="linh_vuc: [dau-thau]",
    waits=True,
    mend=mend,
    sample={"khoa": "linh_vuc", "vi_du": "[dau-thau]"},
)
