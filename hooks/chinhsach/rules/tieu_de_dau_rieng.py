"""tieu-de-dau-rieng: a headline that reads like one of the site's own marks."""

import re
from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..mending import setting
from ..problems import Fault, Words
from ..text import excerpt, fold
from .base import Rule, Values, at

_MARK = re.compile(r"\s*\[\s*(?:tin da go|du thao|tin thu)\s*\]|\s*tin da go\s*$")


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """The site itself puts `[Tin đã gỡ]` and `[Dự thảo]` before titles, and mirrors believe them (DESIGN §5)."""
    title = entry.policy.title
    found = _MARK.match(fold(title))
    is_true = entry.policy.is_draft and fold(title).startswith("[du thao]")
    if found and not is_true:
        values = {"gia_tri": excerpt(title, 60), "sua": excerpt(title[found.end() :].strip() or "…", 150)}
        yield Fault("tieu-de-dau-rieng", at(entry, "tieu_de"), values=values)


def explain(values: Values) -> Words:
    """`gia_tri`: the headline as read; `sua`: without the mark."""
    return Words(
        f"tieu_de «{values['gia_tri']}» dùng dấu riêng của trang",
        "trang tự đặt [Dự thảo], [Tin đã gỡ] theo giai_doan và trang_thai; ai ghi tay thì nơi lấy tin hiểu sai",
        f"bỏ dấu, ghi tieu_de: {values['sua']}",
    )


RULE = Rule(
    code="tieu-de-dau-rieng",
    title="Tiêu đề dùng dấu riêng của trang",
    explain=explain,
    check=check,
    bad="tieu_de: '[Tin đã gỡ] Kế hoạch tập huấn năm 2026'",
    good="tieu_de: Kế hoạch tập huấn năm 2026",
    mend=setting("tieu_de", "sua", old=""),
    sample={"gia_tri": "[Tin đã gỡ] Kế hoạch tập huấn năm 2026", "sua": "Kế hoạch tập huấn năm 2026"},
)
