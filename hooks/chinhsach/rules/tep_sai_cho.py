"""tep-sai-cho: a file that lies where no entry and no entry's file can be."""

from ..problems import Words
from ..text import slug
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`tep`: the path from the repository's root; `nam`: the year for one that has none; `don_vi`: the units there are."""
    path = values["tep"]
    return Words(
        f"«{path}» không nằm ở chỗ của một tin",
        "máy chỉ đọc policies/<đơn vị>/<năm>/<mã>.md và tệp trong thư mục <mã>/ bên cạnh; chỗ khác không lên trang",
        _fix(path.split("/"), values.get("nam", "<năm>"), values.get("don_vi", "")),
    )


def _fix(parts: list[str], this_year: str, units: str) -> str:
    name = parts[-1]
    if name.startswith(".git"):
        return "xóa tệp này: nó làm người duyệt không thấy hết chỗ đã sửa"
    if name.lower().endswith(".md.txt"):  # Notepad adds an ending of its own, which Windows does not show
        return f"đổi tên tệp thành {slug(name[:-7]) or '<mã>'}.md; Windows giấu đuôi thì bật mục «File name extensions»"
    stem, dot, suffix = name.rpartition(".")
    is_entry = bool(dot) and suffix.lower() == "md"
    if is_entry and len(parts) >= 4:
        return (
            f"đổi tên tệp thành {slug(stem) or '<mã>'}.md" if suffix != "md" else "đây là lối tắt; thay bằng tệp thật"
        )
    if is_entry and len(parts) == 3:
        return f"chuyển tệp tới policies/{parts[1]}/{this_year}/{slug(stem) or '<mã>'}.md"
    if is_entry:
        choice = f"; biết đơn vị thì để ở policies/<đơn vị>/{this_year}/, đơn vị là một trong: {units}" if units else ""
        return f"chuyển tệp tới policies/_cho-phan-loai/{slug(stem) or '<mã>'}.md{choice}"
    unit = parts[1] if len(parts) > 2 else "<đơn vị>"
    year = parts[2] if len(parts) >= 4 else "<năm>"
    if dot:
        return (
            "chuyển vào thư mục của tin cần tệp này rồi khai ở khóa tep: "
            f"policies/{unit}/{year}/<mã>/{slug(stem) or 'tep'}.{suffix.lower()}"
        )
    if len(parts) >= 4:
        return f"đặt tin {name}.md bên cạnh thư mục này, hoặc đổi tên thư mục cho trùng mã của tin"
    return f"tin để trong thư mục năm bốn chữ số: policies/{unit}/{this_year}/<mã>.md"


RULE = Rule(
    code="tep-sai-cho",
    title="Tệp nằm sai chỗ",
    explain=explain,
    bad="policies/van-phong-so/ke-hoach-2023.md",
    good="policies/van-phong-so/2023/ke-hoach-2023.md",
    sample={"tep": "policies/van-phong-so/ke-hoach-2023.md", "nam": "2023"},
)
