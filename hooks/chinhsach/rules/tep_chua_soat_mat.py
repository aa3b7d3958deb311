"""tep-chua-soat-mat: a file could not be looked through for a secrecy stamp."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..problems import Fault, Severity, Words
from .base import Rule, Values, looked_through


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Locked, or too much for the limits of time and size: a person must look."""
    for name, line, found in looked_through(entry, catalogue):
        if found.unread:
            yield Fault("tep-chua-soat-mat", line, values={"tep": name, "vi": found.unread})


def explain(values: Values) -> Words:
    """`tep`: the file; `vi`: why it was not read."""
    return Words(
        f"máy chưa soát được dấu mật trong tệp «{values['tep']}»: {values['vi']}",
        "tệp mang dấu mật không được lên trang, mà máy không đọc được tệp này",
        "mở tệp, xem từ trang đầu có dấu mật hay không; được thì thay bằng tệp không khóa, nhỏ hơn",
    )


RULE = Rule(
    code="tep-chua-soat-mat",
    title="Tệp chưa soát được dấu mật",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="tep:\n  - {ten: Kế hoạch, tep: ke-hoach.pdf, loai: ban-ky-so}   # tệp đặt mật khẩu",
    good="tep:\n  - {ten: Kế hoạch, tep: ke-hoach.pdf, loai: ban-ky-so}   # tệp mở được",
    sample={"tep": "ke-hoach.pdf", "vi": "có mật khẩu"},
)
