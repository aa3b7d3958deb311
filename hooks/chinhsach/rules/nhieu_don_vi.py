"""nhieu-don-vi: the evidence that decides points to several units."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import new_key
from ..problems import Fault, Mend, Words
from ..source import UNSORTED
from .base import Rule, Values, at, usable

_KEYS = {"so-ky-hieu": "so_ky_hieu", "linh-vuc": "linh_vuc"}


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Only `don_vi_chu_tri` may name several lead units (the plan's task II.1 has three)."""
    deciding = entry.owner.deciding
    if deciding is None or entry.owner.lead or not usable(entry, "don_vi_chu_tri", "so_ky_hieu"):
        return
    if entry.file.folder != UNSORTED:
        return  # a folder that decides nothing: thu-muc-la speaks
    yield Fault(
        "nhieu-don-vi",
        at(entry, _KEYS.get(deciding.kind, "")),
        values={"don_vi": ", ".join(deciding.units), "chung_cu": deciding.reading},
    )


def explain(values: Values) -> Words:
    """`don_vi`: the candidates; `chung_cu`: the reading that names them."""
    return Words(
        f"tin có thể thuộc nhiều đơn vị: «{values['don_vi']}»",
        f"{values['chung_cu']}; máy không tự chọn thay người",
        f"thêm dòng don_vi_chu_tri: <một hoặc nhiều mã>, chọn trong: {values['don_vi']}; hoặc chuyển tệp vào thư mục đơn vị",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The first unit that could be meant."""
    return new_key(fault.line - 1, "don_vi_chu_tri", fault.values["don_vi"].split(", ")[0])


RULE = Rule(
    code="nhieu-don-vi",
    title="Tin có thể thuộc nhiều đơn vị",
    explain=explain,
    check=check,
    waits=True,
    bad="# policies/_cho-phan-loai/vi-du.md\nlinh_vuc: [dang-ky-kinh-doanh, fdi]",
    good="# policies/_cho-phan-loai/vi-du.md\nlinh_vuc: [dang-ky-kinh-doanh, fdi]\ndon_vi_chu_tri: phong-dkkd",
    mend=mend,
    sample={
        "don_vi": "phong-dkkd, phong-qldt-ngoai-ns",
        "chung_cu": "linh-vuc.yml giao dang-ky-kinh-doanh → phong-dkkd; dau-tu-trong-nuoc → phong-qldt-ngoai-ns",
    },
)
