"""loai-khong-dang: a type of document that the department does not publish."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..policy import Status
from ..problems import Fault, Words
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """loai-van-ban.yml says so of a type (`cong_khai: khong-dang`); a removed entry stays as it was published."""
    kind = catalogue.vocabularies.types.get(entry.policy.type)
    if kind is not None and kind.is_withheld and entry.policy.status is not Status.REMOVED and usable(entry, "loai"):
        yield Fault("loai-khong-dang", at(entry, "loai"), values={"loai": kind.id, "ten": kind.name})


def explain(values: Values) -> Words:
    """`loai`, `ten`: the type."""
    return Words(
        f"loại văn bản «{values['loai']}» ({values['ten']}) không đăng trên trang này",
        "danh mục loai-van-ban.yml của Sở ghi cong_khai: khong-dang cho loại này: giấy tờ nội bộ hoặc gửi riêng, "
        "không phải tin chính sách",
        "bỏ tin này; nếu ghi nhầm loại thì ghi loai: <loại in trên văn bản>",
    )


RULE = Rule(
    code="loai-khong-dang",
    title="Loại văn bản không đăng",
    explain=explain,
    check=check,
    bad="loai: giay-moi",
    good="loai: thong-bao",
    sample={"loai": "giay-moi", "ten": "Giấy mời"},
)
