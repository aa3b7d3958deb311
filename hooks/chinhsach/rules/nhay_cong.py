"""nhay-cong: Word's curved quotes around a whole value, typed where the machine wants straight ones or none."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import with_value
from ..problems import Fault, Mend, Severity, Words
from ..text import excerpt
from .base import Rule, Values, at

_QUOTES = "“”„‟"
_TEXTS = {"tieu_de": "title", "tom_tat": "summary", "trich_yeu": "subject", "pham_vi": "area"}


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """A text that begins and ends with such a quote and has none within: readers would see both."""
    for key, name in _TEXTS.items():
        value = getattr(entry.policy, name) or ""
        inner = value[1:-1].strip()
        if value[:1] in _QUOTES and value[-1:] in _QUOTES and inner and not set(inner) & set(_QUOTES):
            yield Fault("nhay-cong", at(entry, key), values={"khoa": key, "gia_tri": excerpt(value, 60), "sua": inner})


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`; `sua`: the text without the quotes."""
    return Words(
        f"{values['khoa']} «{values['gia_tri']}» nằm trong dấu nháy cong",
        "Word tự đổi dấu nháy thẳng thành dấu nháy cong; máy coi nháy cong là chữ nên cả hai dấu hiện trên trang",
        f"{values['khoa']}: {values['sua']}",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The text without the quotes."""
    return with_value(lines, fault.line, fault.values["khoa"], fault.values["sua"])


RULE = Rule(
    code="nhay-cong",
    title="Giá trị nằm trong dấu nháy cong",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="tieu_de: “Hộ kinh doanh ghi sổ kế toán thế nào”",
    good="tieu_de: Hộ kinh doanh ghi sổ kế toán thế nào",
    mend=mend,
    sample={
        "khoa": "tieu_de",
        "gia_tri": "“Hộ kinh doanh ghi sổ kế toán thế nào”",
        "sua": "Hộ kinh doanh ghi sổ kế toán thế nào",
    },
)
