"""trich-yeu-vv: the subject begins with «V/v»."""

import re
from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..mending import setting
from ..problems import Fault, Severity, Words
from ..text import excerpt
from .base import Rule, Values, at

_ABOUT = re.compile(r"v\s*/\s*v\b[\s:.]*", re.I)


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """«V/v» is how a công văn prints its subject, not a part of it (DESIGN §2)."""
    subject = entry.policy.subject
    found = _ABOUT.match(subject)
    if found:
        rest = subject[found.end() :]
        values = {"gia_tri": excerpt(subject, 60), "sua": excerpt(rest[:1].upper() + rest[1:], 200)}
        yield Fault("trich-yeu-vv", at(entry, "trich_yeu"), values=values)


def explain(values: Values) -> Words:
    """`gia_tri`: the subject as read; `sua`: without «V/v»."""
    return Words(
        f"trich_yeu «{values['gia_tri']}» bắt đầu bằng V/v",
        "trang tự nối trích yếu vào câu; chữ V/v chỉ là cách in trên công văn",
        f"trich_yeu: {values['sua']}",
    )


RULE = Rule(
    code="trich-yeu-vv",
    title="Trích yếu có chữ V/v",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="trich_yeu: V/v triển khai Chỉ thị số 07/CT-TTg",
    good="trich_yeu: Triển khai Chỉ thị số 07/CT-TTg",
    mend=setting("trich_yeu", "sua", old=""),
    sample={"gia_tri": "V/v triển khai Chỉ thị số 07/CT-TTg", "sua": "Triển khai Chỉ thị số 07/CT-TTg"},
)
