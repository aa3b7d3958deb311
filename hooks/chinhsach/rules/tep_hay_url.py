"""tep-hay-url: an attachment is both a file and a link, or neither."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..problems import Fault, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Each item of `tep`, and the result of a consultation, has one of `tep` and `url`."""
    places = [(f"tep.{place}", item.name, item.file, item.url) for place, item in enumerate(entry.policy.attachments)]
    asked = entry.policy.consultation
    if asked and asked.result:
        places.append(("gop_y.ket_qua", "ket_qua", asked.result.file, asked.result.url))
    for key, name, file, url in places:
        if bool(file) == bool(url):
            values = {"ten": name, "co": "có cả tep và url" if file else "không có tep lẫn url"}
            yield Fault("tep-hay-url", at(entry, key), values=values)


def explain(values: Values) -> Words:
    """`ten`: the item's name; `co`: both or neither."""
    return Words(
        f"mục «{values['ten']}» {values['co']}",
        "mỗi mục dẫn tới đúng một nơi: tệp trong thư mục của tin, hoặc địa chỉ ở trang khác",
        "giữ một trong hai dòng: tep: <tên tệp>, hoặc url: <https://…>",
    )


RULE = Rule(
    code="tep-hay-url",
    title="Vừa có tệp vừa có địa chỉ, hoặc không có gì",
    explain=explain,
    check=check,
    bad="tep:\n  - {ten: Kế hoạch, loai: ban-ky-so}",
    good="tep:\n  - {ten: Kế hoạch, tep: ke-hoach.pdf, loai: ban-ky-so}",
    sample={"ten": "Kế hoạch", "co": "không có tep lẫn url"},
)
