"""sai-do-dai: a text that is too short or too long for its place."""

from ..problems import Words
from .base import Rule, Values, grouped, leaf


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`; `dai`: its characters; `tu`, `den`: the least and the most."""
    key, length, least, most = values["khoa"], int(values["dai"]), int(values["tu"]), int(values["den"])
    if length > most:
        fix = f"rút gọn {leaf(key)} còn nhiều nhất {grouped(values['den'])} ký tự (bớt {grouped(str(length - most))})"
    else:
        fix = f"viết {leaf(key)} rõ hơn, ít nhất {least} ký tự (thêm {least - length})"
    bounds = f"{least}–{grouped(values['den'])}" if least > 1 else f"nhiều nhất {grouped(values['den'])}"
    return Words(
        f"{key} «{values['gia_tri']}» dài {grouped(values['dai'])} ký tự",
        f"khóa này cần {bounds} ký tự để hiện trọn trong danh sách, nguồn tin và bản xem trước",
        fix,
    )


RULE = Rule(
    code="sai-do-dai",
    title="Quá ngắn hoặc quá dài",
    explain=explain,
    bad="tom_tat: Thông tư về kế toán",
    good="tom_tat: Thông tư hướng dẫn hộ kinh doanh ghi sổ doanh thu, chi phí và nộp thuế",
    sample={"khoa": "tom_tat", "gia_tri": "Thông tư về kế toán", "dai": "19", "tu": "40", "den": "300"},
)
