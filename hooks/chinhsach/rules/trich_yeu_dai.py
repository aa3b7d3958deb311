"""trich-yeu-dai: a subject that is too long to be one."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..problems import Fault, Severity, Words
from .base import Rule, Values, at

_MOST = 500


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Over 500 characters it is likely that more than the subject was copied (DESIGN §2)."""
    length = len(entry.policy.subject)
    if length > _MOST:
        yield Fault("trich-yeu-dai", at(entry, "trich_yeu"), values={"dai": str(length), "toi_da": str(_MOST)})


def explain(values: Values) -> Words:
    """`dai`, `toi_da`: the length, and from where on it is told."""
    return Words(
        f"trich_yeu dài «{values['dai']}» ký tự",
        f"trích yếu dài hơn {values['toi_da']} ký tự thường là chép lẫn phần khác của văn bản, và khó đọc trong danh sách",
        "chỉ chép đoạn trích yếu in dưới tên loại văn bản; nếu văn bản in dài như vậy thì để nguyên",
    )


RULE = Rule(
    code="trich-yeu-dai",
    title="Trích yếu quá dài",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="trich_yeu: <cả trang đầu của văn bản>",
    good="trich_yeu: Tăng cường công tác truyền thông chính sách",
    sample={"dai": "812", "toi_da": "500"},
)
