"""thu-muc-la: an entry in a folder that no unit has."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..problems import Fault, Words
from ..source import UNSORTED
from ..text import nearest
from .base import Rule, Values


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """The first folder under `policies/` is the id of a unit that is switched on, or `_cho-phan-loai`."""
    folder, vocabularies = entry.file.folder, catalogue.vocabularies
    if folder == UNSORTED or folder in vocabularies.active_units:
        return
    known = vocabularies.units.get(folder)
    near = "" if known else nearest(folder, vocabularies.active_units) or ""
    yield Fault(
        "thu-muc-la",
        values={
            "thu_muc": folder,
            "chua_bat": known.name if known else "",
            "gan_nhat": near,
            "dich": entry.file.path.replace(f"/{folder}/", f"/{near or UNSORTED}/", 1),
            "danh_muc": ", ".join(vocabularies.active_units),
        },
    )


def explain(values: Values) -> Words:
    """`thu_muc`, `chua_bat`: the unit if it is only switched off, `gan_nhat`, `dich`: the new path, `danh_muc`."""
    if values["chua_bat"]:
        what = f"thư mục «{values['thu_muc']}» là của {values['chua_bat']}, đơn vị chưa được bật trên trang"
    else:
        what = f"thư mục «{values['thu_muc']}» không phải mã của đơn vị nào"
    if values["gan_nhat"]:
        fix = f"chuyển tệp tới {values['dich']}"
    else:
        fix = f"chuyển tệp vào thư mục của một đơn vị: {values['danh_muc']}; chưa rõ đơn vị thì để ở {values['dich']}"
    return Words(what, "thư mục cho biết đơn vị nào phụ trách tin và ai được sửa tin", fix)


RULE = Rule(
    code="thu-muc-la",
    title="Thư mục không phải của đơn vị nào",
    explain=explain,
    check=check,
    bad="policies/van-phong/2023/ke-hoach.md",
    good="policies/van-phong-so/2023/ke-hoach.md",
    sample={
        "thu_muc": "van-phong",
        "chua_bat": "",
        "gan_nhat": "van-phong-so",
        "dich": "policies/van-phong-so/2023/ke-hoach.md",
        "danh_muc": "van-phong-so, phong-dkkd",
    },
)
