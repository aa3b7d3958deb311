"""tep-sai-cho: a file that lies where no entry and no entry's file can be."""

from ..problems import Words
from ..text import slug
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`tep`: the path from the repository's root."""
    path = values["tep"]
    return Words(
        f"«{path}» không nằm ở chỗ của một tin",
        "máy chỉ đọc policies/<đơn vị>/<năm>/<mã>.md và tệp trong thư mục <mã>/ bên cạnh; chỗ khác không lên trang",
        _fix(path.split("/")),
    )


def _fix(parts: list[str]) -> str:
    name = parts[-1]
    stem, dot, suffix = name.rpartition(".")
    is_entry = bool(dot) and suffix.lower() == "md"
    unit = parts[1] if len(parts) > 2 else "<đơn vị>"
    if len(parts) >= 4 and is_entry:
        if suffix != "md":
            return f"đổi đuôi tệp thành {stem}.md"
        return "đây là lối tắt; thay bằng tệp thật"
    if is_entry:
        return f"chuyển vào policies/{unit}/<năm>/{slug(stem) or '<mã>'}.md"
    year = parts[2] if len(parts) >= 4 else "<năm>"
    if dot:
        return (
            "chuyển vào thư mục của tin cần tệp này rồi khai ở khóa tep: "
            f"policies/{unit}/{year}/<mã>/{slug(stem) or 'tep'}.{suffix.lower()}"
        )
    if len(parts) >= 4:
        return f"đặt tin {name}.md bên cạnh thư mục này, hoặc đổi tên thư mục cho trùng mã của tin"
    return f"tin để trong thư mục năm bốn chữ số: policies/{unit}/<năm>/<mã>.md"


RULE = Rule(
    code="tep-sai-cho",
    title="Tệp nằm sai chỗ",
    explain=explain,
    bad="policies/van-phong-so/ke-hoach-2023.md",
    good="policies/van-phong-so/2023/ke-hoach-2023.md",
    sample={"tep": "policies/van-phong-so/ke-hoach-2023.md"},
)
