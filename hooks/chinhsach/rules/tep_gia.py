"""tep-gia: a file's content is not what its name says."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..links import mentioned_files
from ..problems import Fault, Words
from .base import Rule, Values


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Of the files that the entry offers: a picture called .pdf opens nowhere, and worse can hide so."""
    for name, line in mentioned_files(entry, catalogue).items():
        facts = entry.files.get(name)
        if facts is not None and not facts.is_what_it_says:
            yield Fault("tep-gia", line, values={"tep": name, "duoi": facts.suffix})


def explain(values: Values) -> Words:
    """`tep`: the file; `duoi`: its ending."""
    if values["duoi"] in ("txt", "csv", "md"):
        fix = "mở tệp bằng Notepad, chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8, lưu đè lên tệp"
    else:
        fix = (
            f"mở tệp bằng chương trình đã tạo ra nó rồi lưu hoặc xuất thành .{values['duoi']}; chỉ đổi tên thì chưa đủ"
        )
    return Words(
        f"nội dung tệp «{values['tep']}» không phải loại .{values['duoi']}",
        "người đọc tải về sẽ không mở được; tệp cũng có thể đã hỏng hoặc chứa thứ khác",
        fix,
    )


RULE = Rule(
    code="tep-gia",
    title="Nội dung tệp không đúng với đuôi tên",
    explain=explain,
    check=check,
    bad="tep:\n  - {ten: Kế hoạch, tep: ke-hoach.pdf, loai: ban-ky-so}   # tệp Word đổi tên thành .pdf",
    good="tep:\n  - {ten: Kế hoạch, tep: ke-hoach.docx, loai: ban-word}",
    sample={"tep": "ke-hoach.pdf", "duoi": "pdf"},
)
