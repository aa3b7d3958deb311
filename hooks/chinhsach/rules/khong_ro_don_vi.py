"""khong-ro-don-vi: nothing says which unit looks after the entry."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import new_key
from ..problems import Fault, Mend, Words
from ..source import UNSORTED
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """In `_cho-phan-loai/` the key, the symbol or the fields must name a unit; elsewhere the folder does."""
    if entry.file.folder != UNSORTED or not usable(entry, "don_vi_chu_tri", "so_ky_hieu", "linh_vuc"):
        return
    if not entry.owner.evidence:
        units = ", ".join(catalogue.vocabularies.active_units)
        yield Fault(
            "khong-ro-don-vi",
            at(entry, "linh_vuc"),
            values={"linh_vuc": ", ".join(entry.policy.fields), "danh_muc": units},
        )


def explain(values: Values) -> Words:
    """`linh_vuc`: the entry's fields; `danh_muc`: the units that are switched on."""
    return Words(
        f"chưa rõ đơn vị nào phụ trách tin: lĩnh vực «{values['linh_vuc']}» chưa được giao cho đơn vị nào",
        "tin nào cũng có đơn vị phụ trách; ở _cho-phan-loai/ chỉ biết qua don_vi_chu_tri, đuôi số ký hiệu hoặc lĩnh vực",
        f"thêm dòng don_vi_chu_tri: <mã đơn vị>, chọn trong: {values['danh_muc']}; hoặc chuyển tệp vào thư mục đơn vị",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The first unit that could be meant."""
    return new_key(fault.line - 1, "don_vi_chu_tri", fault.values["danh_muc"].split(", ")[0])


RULE = Rule(
    code="khong-ro-don-vi",
    title="Chưa rõ đơn vị phụ trách tin",
    explain=explain,
    check=check,
    waits=True,
    bad="# policies/_cho-phan-loai/vi-du.md\nlinh_vuc: [dau-thau]",
    good="# policies/_cho-phan-loai/vi-du.md\nlinh_vuc: [dau-thau]\ndon_vi_chu_tri: van-phong-so",
    mend=mend,
    sample={"linh_vuc": "dau-thau", "danh_muc": "van-phong-so, phong-dkkd, phong-qldt-ngoai-ns"},
)
