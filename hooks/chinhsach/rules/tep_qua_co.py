"""tep-qua-co: a file over 25 MB."""

from collections.abc import Iterator

from ..attachments import MAX_BYTES
from ..catalogue import Catalogue, Entry
from ..links import mentioned_files
from ..problems import Fault, Words
from .base import Rule, Values


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Of the files that the entry offers (DESIGN §2: ≤ 25 MB)."""
    for name, line in mentioned_files(entry, catalogue).items():
        facts = entry.files.get(name)
        if facts is not None and facts.size > MAX_BYTES:
            values = {
                "tep": name,
                "co": f"{facts.size / 1_000_000:.1f}".replace(".", ","),
                "toi_da": str(MAX_BYTES // 1_000_000),
            }
            yield Fault("tep-qua-co", line, values=values)


def explain(values: Values) -> Words:
    """`tep`; `co`, `toi_da`: its size and the most allowed, in MB."""
    return Words(
        f"tệp «{values['tep']}» nặng {values['co']} MB, quá {values['toi_da']} MB",
        "nhiều người đọc trang bằng điện thoại; tệp nặng khó tải về và làm kho đầy lên",
        "quét lại ở 150–200 dpi, đen trắng, hoặc tách phụ lục; tệp đã có trên cổng khác thì dùng url thay cho tep",
    )


RULE = Rule(
    code="tep-qua-co",
    title="Tệp đính kèm quá lớn",
    explain=explain,
    check=check,
    bad="tep:\n  - {ten: Quy hoạch, tep: quy-hoach.pdf, loai: ban-quet}   # 180 MB",
    good="tep:\n  - {ten: Quy hoạch, url: https://example.vn/quy-hoach.pdf, loai: ban-quet}",
    sample={"tep": "quy-hoach.pdf", "co": "180,0", "toi_da": "25"},
)
