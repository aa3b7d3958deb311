"""thieu-dong-mo-dau: an entry that does not begin with three dashes."""

from collections.abc import Sequence

from ..problems import Deed, Fault, Mend, Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`dong`: the first line that is not blank, or nothing where the file is empty."""
    seen = values["dong"]
    fix = "thêm vào đầu tệp một dòng chỉ có ba dấu gạch nối: ---"
    if seen and not seen.strip("-–—_=+ "):
        fix = f"thay dòng «{seen}» bằng ba dấu gạch nối thường: --- (Word hay tự đổi thành dấu gạch dài)"
    return Words(
        f"tệp mở đầu bằng «{seen}», không phải dòng ---" if seen else "tệp trống, chưa có dòng --- mở đầu",
        "các khóa của tin nằm giữa hai dòng ---; thiếu dòng đầu thì máy không biết đâu là khóa, đâu là bài viết",
        fix,
    )


_DASHES = "-–—_=*. "


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The fence, in the place of what Word made of it or above the first line."""
    text = lines[fault.line - 1].strip() if fault.line <= len(lines) else ""
    if not text:
        return None
    return Mend(fault.line, "---") if not text.strip(_DASHES) else Mend(fault.line - 1, "---", Deed.BELOW)


RULE = Rule(
    code="thieu-dong-mo-dau",
    title="Thiếu dòng --- mở đầu",
    explain=explain,
    bad="tieu_de: Hộ kinh doanh ghi sổ kế toán thế nào\nloai: thong-tu\n---",
    good="---\ntieu_de: Hộ kinh doanh ghi sổ kế toán thế nào\nloai: thong-tu\n---",
    mend=mend,
    sample={"dong": "tieu_de: Hộ kinh doanh ghi sổ kế toán thế nào"},
)
