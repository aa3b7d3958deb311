"""loai-tep-la: a file of a type that the site does not serve."""

from ..problems import Words
from .base import Rule, Values, leaf


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`: the name; `danh_muc`: the endings that are taken."""
    key, value, known = values["khoa"], values["gia_tri"], values["danh_muc"]
    if known == "md":
        return Words(
            f"{key} «{value}» không phải tệp .md",
            "toàn văn hiện thành trang để đọc nên phải là tệp chữ .md",
            "chép chữ của văn bản vào tệp toan-van.md rồi ghi tep: toan-van.md; bản Word, PDF khai ở khóa tep của tin",
        )
    return Words(
        f"{key} «{value}» thuộc loại tệp trang không nhận",
        "chỉ nhận loại tệp mở được an toàn trên máy người đọc",
        "lưu lại thành PDF (trong Word: File → Save As → PDF) "
        f"rồi ghi {leaf(key)}: {value.rpartition('.')[0] or value}.pdf; các loại nhận: {known}",
    )


RULE = Rule(
    code="loai-tep-la",
    title="Loại tệp không nhận",
    explain=explain,
    bad="tep: ke-hoach.html",
    good="tep: ke-hoach.pdf",
    sample={"khoa": "tep.tep", "gia_tri": "ke-hoach.html", "danh_muc": "pdf, docx, xlsx"},
)
