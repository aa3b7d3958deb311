"""so-ky-hieu-sai: a text that is not a document's number and symbol."""

from ..mending import setting
from ..problems import Words
from .base import Rule, Values, leaf

# policies/_danh-muc/loai-van-ban.yml, ch-chua-cap-so; the day is that of van-ban-can-cu.yml.
_NOT_NUMBERED_YET = "văn bản chưa cấp số là chưa ban hành (NĐ 30/2020/NĐ-CP ngày 05/3/2020, Điều 15)"


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`, `ly_do`; `goi_y`: the number it surely meant, or nothing."""
    key, reason, suggestion = values["khoa"], values["ly_do"], values["goi_y"]
    what = f"{key} «{values['gia_tri']}» không phải số ký hiệu"
    if suggestion:
        return Words(what, reason, f"ghi {leaf(key)}: {suggestion}")
    if reason.startswith("chưa có số"):
        fix = f"ghi số đã cấp, ví dụ {leaf(key)}: 643/UBND-KGVX; chưa cấp số thì ghi giai_doan: xay-dung và bỏ dòng này"
        return Words(what, f"{reason}; {_NOT_NUMBERED_YET}", fix)
    return Words(what, reason, f"chép số và ký hiệu in trên văn bản, ví dụ {leaf(key)}: 643/UBND-KGVX")


RULE = Rule(
    code="so-ky-hieu-sai",
    title="Số ký hiệu viết sai",
    explain=explain,
    bad="so_ky_hieu: 88/2021/TT/BTC",
    good="so_ky_hieu: 88/2021/TT-BTC",
    mend=setting("", "goi_y"),
    sample={
        "khoa": "so_ky_hieu",
        "gia_tri": "88/2021/TT/BTC",
        "ly_do": "các chữ viết tắt trong ký hiệu nối với nhau bằng dấu gạch nối",
        "goi_y": "88/2021/TT-BTC",
    },
)
