"""tep-khong-nhac: a file in the entry's folder that nothing mentions."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..links import mentioned_files
from ..problems import Fault, Severity, Words
from .base import Rule, Values, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Such a file is not published; one message names all of an entry."""
    if not entry.files or not usable(entry, "tep", "toan_van", "gop_y", "ban_tieng"):
        return
    mentioned = mentioned_files(entry, catalogue)
    full_text = entry.full_text.source if entry.full_text else ""
    idle = [name for name in entry.files if name not in mentioned and name not in full_text]
    if idle and not (mentioned.keys() - entry.files.keys()):  # a misspelt name is told by thieu-tep
        shown = ", ".join(idle[:5]) + (f" và {len(idle) - 5} tệp khác" if len(idle) > 5 else "")
        yield Fault("tep-khong-nhac", values={"tep": shown, "thu_muc": entry.file.files})


def explain(values: Values) -> Words:
    """`tep`: the files; `thu_muc`: the entry's folder."""
    return Words(
        f"tệp «{values['tep']}» trong thư mục {values['thu_muc']}/ không được nhắc ở đâu trong tin",
        "tệp không được nhắc thì không lên trang",
        "cần đăng thì thêm vào khóa tep, hoặc dẫn tới nó trong bài; không cần thì xóa khỏi thư mục",
    )


RULE = Rule(
    code="tep-khong-nhac",
    title="Tệp không được nhắc tới",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="# trong thư mục của tin có phu-luc.pdf, tin không nhắc",
    good="tep:\n  - {ten: Phụ lục, tep: phu-luc.pdf, loai: phu-luc}",
    sample={"tep": "phu-luc.pdf", "thu_muc": "policies/van-phong-so/2023/vi-du"},
)
