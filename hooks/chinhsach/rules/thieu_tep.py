"""thieu-tep: a file that the entry names or shows is not in its folder."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..links import FILE_NAME, mentioned_files, resolve
from ..mending import instead
from ..problems import Fault, Mend, Words
from ..text import excerpt, nearest
from .base import Rule, Values


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Every file that is named lies in the entry's own folder; each missing one is told once."""
    missing = {name: line for name, line in mentioned_files(entry, catalogue).items() if name not in entry.files}
    for link in entry.body.links:
        # The site shows pictures of its own only (`default-src 'self'`), so a picture must be a file of the folder.
        if link.is_image and resolve(link.target, entry, catalogue).kind != "file":
            missing.setdefault(link.target, link.line)
    for name, line in missing.items():
        near = nearest(name, entry.files) or ""
        lies_there = "co" if name in entry.files else ""
        values = {"tep": excerpt(name), "thu_muc": entry.file.files, "gan_nhat": near, "co_do": lies_there}
        yield Fault("thieu-tep", line, values=values)


def explain(values: Values) -> Words:
    """`tep`: the file as named; `thu_muc`: the entry's folder; `gan_nhat`: the nearest name there, or nothing; `co_do`."""
    if values["tep"].startswith(("http:", "https:")):
        return Words(
            f"ảnh «{values['tep']}» nằm ở trang khác",
            "trang chỉ hiện ảnh của chính mình; ảnh ở nơi khác có thể mất hoặc đổi",
            f"tải ảnh về {values['thu_muc']}/ rồi ghi ![mô tả ảnh](<tên tệp>)",
        )
    if values.get("co_do"):
        return Words(
            f"tệp «{values['tep']}» thuộc loại không đưa lên trang được",
            "trang chỉ nhận ảnh jpg, png, webp; tệp svg, html có thể chứa mã chạy được",
            "lưu ảnh thành .png hoặc .jpg rồi ghi tên tệp mới",
        )
    if values["gan_nhat"]:
        is_usable = FILE_NAME.fullmatch(values["gan_nhat"])
        fix = (
            f"ghi tên tệp là {values['gan_nhat']}"
            if is_usable
            else f"trong thư mục ấy đổi tên tệp «{values['gan_nhat']}» thành {values['tep']}"
        )
    else:
        fix = f"chép tệp vào {values['thu_muc']}/ rồi ghi đúng tên tệp đó; không có tệp thì bỏ chỗ nhắc"
    return Words(
        f"không có tệp «{values['tep']}» trong thư mục {values['thu_muc']}/",
        "tệp và ảnh của tin phải nằm trong thư mục của tin",
        fix,
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The name of the file that lies there."""
    near, text = fault.values["gan_nhat"], lines[fault.line - 1]
    if not FILE_NAME.fullmatch(near) or fault.values["co_do"]:
        return None
    return instead(lines, fault.line, fault.values["tep"], near) if fault.values["tep"] in text else None


RULE = Rule(
    code="thieu-tep",
    title="Không có tệp được nhắc tới",
    explain=explain,
    check=check,
    waits=True,
    bad="tep:\n  - {ten: Kế hoạch, tep: ke-hoach.pdf, loai: ban-ky-so}   # trong thư mục chỉ có kehoach.pdf",
    good="tep:\n  - {ten: Kế hoạch, tep: kehoach.pdf, loai: ban-ky-so}",
    mend=mend,
    sample={"tep": "ke-hoach.pdf", "thu_muc": "policies/van-phong-so/2023/vi-du", "gan_nhat": "kehoach.pdf"},
)
