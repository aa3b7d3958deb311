"""du-lieu-ca-nhan: an identity card, a phone number or a bank account in words of ours, not stated to be an office's."""

from ..problems import Words
from ..writing import ID_CARD
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`loai`, `so`: which kind of number, shortened; `noi`: where it stands."""
    if values["loai"] == ID_CARD:
        fix = "xóa số này; cần nói về một người thì chỉ nói chức vụ"
    else:
        fix = (
            "số của cá nhân thì xóa; số của cơ quan thì ghi cả ở khóa lien_he hoặc noi_thuc_hien, "
            "ví dụ lien_he: {ten: Văn phòng Sở, dien_thoai: <số này>}"
        )
    return Words(
        f"{values['noi']} có {values['loai']} «{values['so']}»",
        "dữ liệu cá nhân không được đưa lên trang (Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 ngày 26/6/2025)",
        fix,
    )


RULE = Rule(
    code="du-lieu-ca-nhan",
    title="Có dữ liệu cá nhân",
    explain=explain,
    bad="Hỏi ông Ví Dụ, điện thoại 0900 000 000.",
    good="lien_he: {ten: Văn phòng Sở, dien_thoai: 0900 000 000}   # số của cơ quan",
    sample={"loai": "số điện thoại", "so": "090…00", "noi": "phần bài"},
)
