"""thieu-nguon: an issued document, and no word of where its original can be read."""

from collections.abc import Sequence

from ..mending import new_key
from ..problems import Fault, Mend, Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`khoa`: the four keys of which one must stand."""
    return Words(
        f"chưa có khóa nào trong bốn khóa «{values['khoa']}»",
        "văn bản đã ban hành thì người đọc phải xem được bản gốc, hoặc biết vì sao chưa có",
        "thêm một dòng, ví dụ nguon: https://vanban.chinhphu.vn/…, hoặc "
        "chua_co_ban_goc: {ly_do: chưa nhận được bản gốc, biet_qua: Kế hoạch năm 2023 của Sở}",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """An address, the commonest of the four."""
    return new_key(1, "nguon", "https://vanban.chinhphu.vn/…")


RULE = Rule(
    code="thieu-nguon",
    title="Chưa nói bản gốc ở đâu",
    explain=explain,
    bad="so_ky_hieu: 643/UBND-KGVX   # không có nguon, tep, toan_van hay chua_co_ban_goc",
    good="so_ky_hieu: 643/UBND-KGVX\nnguon: https://vanban.chinhphu.vn/…",
    waits=True,
    mend=mend,
    sample={"khoa": "nguon, tep, toan_van, chua_co_ban_goc"},
)
