"""hoat-dong-thieu-bang-chung: an activity of the plan that nothing shows."""

from ..problems import Severity, Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`ma`: the activity's id."""
    return Words(
        f"hoạt động «{values['ma']}» chưa ghi bang_chung",
        "không có bằng chứng thì coi như chưa làm, hoạt động này không được tính vào tỷ lệ nào",
        "bang_chung: <số công văn, giấy mời, biên bản hoặc đường dẫn; không dùng ảnh chụp người>",
    )


RULE = Rule(
    code="hoat-dong-thieu-bang-chung",
    title="Hoạt động chưa có bằng chứng",
    explain=explain,
    severity=Severity.NOTE,
    bad="hoat_dong:\n  - ma: HD.1\n    loai: hoi-nghi",
    good="hoat_dong:\n  - ma: HD.1\n    loai: hoi-nghi\n    bang_chung: Giấy mời số 12/GM-SKHĐT",
    sample={"ma": "HD.1"},
)
