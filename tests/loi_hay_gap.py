"""The mistakes that clerks make most, as data: what is changed in a right entry, and the one message that must come.

`old` → `new` is what the clerk typed instead; `name`, `unit`, `year`: where the file was put; `attachment`: what lies in
the entry's folder; `encoding`: how an editor saved it; `beside`: another entry that is there already.
"""

from __future__ import annotations

from typing import NamedTuple

RIGHT = """---
tieu_de: "Ví dụ: lịch trực của một phòng"
tom_tat: Tin ví dụ để kiểm thử, không phải tin thật; văn bản nói về lịch trực của một phòng.
loai: cong-van
so_ky_hieu: 12/SKHĐT-VP
co_quan_ban_hanh: Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn
ngay_ban_hanh: 30/5/2023
trich_yeu: Bố trí lịch trực trong tháng sáu
linh_vuc: [truyen-thong-chinh-sach]
doi_tuong: [cong-chuc]
ngay_dang: 5/6/2023
tep:
  - ten: Công văn (bản quét)
    tep: cong-van.pdf
    loai: ban-quet
---

Bài ví dụ. Xem [nơi trả lời](#hoi-ai).

## Hỏi ai

Ví dụ: nơi trả lời.
"""


class Mistake(NamedTuple):
    """One mistake, the code of its message and the line that it names."""

    what: str
    code: str
    line: int
    old: str = ""
    new: str = ""
    name: str = "vi-du.md"
    folder: str = "van-phong-so/2023"
    attachment: str = "cong-van.pdf"
    encoding: str = "utf-8"
    beside: str = ""


TITLE = 'tieu_de: "Ví dụ: lịch trực của một phòng"'
NUMBER = "so_ky_hieu: 12/SKHĐT-VP"
ISSUED = "ngay_ban_hanh: 30/5/2023"
FIELDS = "linh_vuc: [truyen-thong-chinh-sach]"
ISSUER = "co_quan_ban_hanh: Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn"
SUBJECT = "trich_yeu: Bố trí lịch trực trong tháng sáu"
FILES = "tep:\n  - ten: Công văn (bản quét)\n    tep: cong-van.pdf\n    loai: ban-quet"

MISTAKES = (
    Mistake("colon in a title", "yaml-hong", 2, TITLE, "tieu_de: Ví dụ: lịch trực của một phòng"),
    Mistake("Word's quotes around a title with a colon", "yaml-hong", 2, TITLE, "tieu_de: “Ví dụ: lịch trực của phòng”"),
    Mistake("Word's quotes around a plain title", "nhay-cong", 2, TITLE, "tieu_de: “Lịch trực của một phòng”"),
    Mistake("quote opened, not closed", "yaml-hong", 15, TITLE, 'tieu_de: "Ví dụ: lịch trực của một phòng'),
    Mistake("word in quotes first", "yaml-hong", 2, TITLE, 'tieu_de: "Lịch trực" của một phòng'),
    Mistake("title begins with a star", "yaml-hong", 2, TITLE, "tieu_de: *Lịch trực* của một phòng"),
    Mistake("title begins with a percent sign", "yaml-hong", 2, TITLE, "tieu_de: % cán bộ trực theo lịch"),
    Mistake("title begins with a bracket", "yaml-hong", 2, TITLE, "tieu_de: [Hỏi đáp] lịch trực của một phòng"),
    Mistake("no space after the colon", "yaml-hong", 5, "loai: cong-van", "loai:cong-van"),
    Mistake("equals sign for the colon", "yaml-hong", 5, "loai: cong-van", "loai = cong-van"),
    Mistake("no colon", "yaml-hong", 5, "loai: cong-van", "loai cong-van"),
    Mistake("wide colon of another keyboard", "yaml-hong", 5, "loai: cong-van", "loai：cong-van"),
    Mistake("space before a key", "yaml-hong", 5, NUMBER, f"  {NUMBER}"),
    Mistake("tab before a key", "yaml-hong", 5, NUMBER, f"\t{NUMBER}"),
    Mistake("tab before an inner key", "yaml-hong", 14, "    tep: cong-van.pdf", "\ttep: cong-van.pdf"),
    Mistake("summary wrapped to the margin", "yaml-hong", 5, "thật; văn bản", "thật;\nvăn bản"),
    Mistake("dash on the key's line", "yaml-hong", 9, FIELDS, "linh_vuc: - truyen-thong-chinh-sach"),
    Mistake("list not closed", "yaml-hong", 10, FIELDS, "linh_vuc: [truyen-thong-chinh-sach"),
    Mistake("dash without a space", "yaml-hong", 14, "  - ten: Công văn (bản quét)", "  -ten: Công văn (bản quét)"),
    Mistake("group not closed", "yaml-hong", 12, FILES, "tep: [{ten: Công văn, tep: cong-van.pdf, loai: ban-quet]"),
    Mistake("backslash in quotes", "yaml-hong", 2, TITLE, 'tieu_de: "Lịch trực \\phòng"'),
    Mistake("first fence is Word's long dash", "thieu-dong-mo-dau", 1, "---\ntieu_de", "———\ntieu_de"),
    Mistake("first fence left out", "thieu-dong-mo-dau", 1, "---\ntieu_de", "tieu_de"),
    Mistake("closing fence left out", "thieu-dong-ket-thuc", 1, "ban-quet\n---\n", "ban-quet\n"),
    Mistake("closing fence is Word's long dash", "thieu-dong-ket-thuc", 1, "ban-quet\n---\n", "ban-quet\n———\n"),
    Mistake("key with diacritics", "khoa-la", 7, "ngay_ban_hanh:", "Ngày ban hành:"),
    Mistake("key with hyphens", "khoa-la", 7, "ngay_ban_hanh:", "ngay-ban-hanh:"),
    Mistake("key in capitals", "khoa-la", 4, "loai: cong-van", "LOAI: cong-van"),
    Mistake("key misspelt", "khoa-la", 9, "linh_vuc:", "linh_vưc:"),
    Mistake("key that there is not", "khoa-la", 11, "ngay_dang: 5/6/2023", "do_khan: khan\nngay_dang: 5/6/2023"),
    Mistake("key twice", "khoa-lap", 5, "loai: cong-van", "loai: cong-van\nloai: cong-van"),
    Mistake("key left out", "thieu-khoa", 1, FIELDS + "\n", ""),
    Mistake("summary left out", "thieu-khoa", 1, RIGHT.split("\n")[2] + "\n", ""),
    Mistake("subject left out", "thieu-khoa", 1, SUBJECT + "\n", ""),
    Mistake("value left out", "thieu-gia-tri", 9, FIELDS, "linh_vuc:"),
    Mistake("inner key left out", "thieu-khoa", 13, "\n    loai: ban-quet", ""),
    Mistake("no original named", "thieu-nguon", 1, FILES + "\n", "", attachment=""),
    Mistake("day that there is not", "ngay-khong-co-that", 7, ISSUED, "ngay_ban_hanh: 32/5/2023"),
    Mistake("month before day", "ngay-khong-co-that", 7, ISSUED, "ngay_ban_hanh: 5/30/2023"),
    Mistake("year of two digits", "ngay-sai-dang", 7, ISSUED, "ngay_ban_hanh: 30/5/23"),
    Mistake("month by its name", "ngay-sai-dang", 7, ISSUED, "ngay_ban_hanh: ngày 30 tháng Năm năm 2023"),
    Mistake("date in Word's quotes", "ngay-sai-dang", 7, ISSUED, "ngay_ban_hanh: “30/5/2023”"),
    Mistake("date without a year", "ngay-sai-dang", 7, ISSUED, "ngay_ban_hanh: 30/5"),
    Mistake("published before issued", "dang-truoc-ban-hanh", 11, "ngay_dang: 5/6/2023", "ngay_dang: 5/5/2023"),
    Mistake("type as its name", "ngoai-danh-muc", 4, "loai: cong-van", "loai: Công văn"),
    Mistake("field as its name", "ngoai-danh-muc", 9, FIELDS, "linh_vuc: Truyền thông chính sách"),
    Mistake("flag with diacritics", "ngoai-danh-muc", 9, FIELDS, f"trinh_tu_rut_gon: Có\n{FIELDS}"),
    Mistake("audience misspelt", "ngoai-danh-muc", 10, "[cong-chuc]", "[công chức]"),
    Mistake("issuer misspelt", "co-quan-la", 6, ISSUER, ISSUER.replace("Lạng Sơn", "Lạng Sơnn")),
    Mistake("number with a backslash", "so-ky-hieu-sai", 5, NUMBER, "so_ky_hieu: 12\\SKHĐT-VP"),
    Mistake("number without the bar of Đ", "so-ky-hieu-sai", 5, NUMBER, "so_ky_hieu: 12/SKHDT-VP"),
    Mistake("subject with V/v", "trich-yeu-vv", 8, SUBJECT, "trich_yeu: V/v bố trí lịch trực trong tháng sáu"),
    Mistake("address without https", "dia-chi-sai", 12, FILES, "nguon: www.example.org/van-ban", attachment=""),
    Mistake("one file as a word", "sai-kieu", 12, FILES, "tep: cong-van.pdf"),
    Mistake("attachment with spaces and diacritics", "ten-tep-sai", 14, "cong-van.pdf", "Công văn.pdf", attachment="Công văn.pdf"),
    Mistake("attachment in capitals on disk", "thieu-tep", 14, attachment="CONG-VAN.PDF"),
    Mistake("attachment's name misspelt", "thieu-tep", 14, "cong-van.pdf", "congvan.pdf"),
    Mistake("heading that a link means misspelt", "lien-ket-hong", 18, "(#hoi-ai)", "(#hoi-aii)"),
    Mistake("heading of the first level", "de-muc-cap-mot", 20, "## Hỏi ai", "# Hỏi ai"),
    Mistake("file name with spaces and diacritics", "ma-sai-dang", 1, name="Lịch trực.md"),
    Mistake("file name in capitals", "ma-sai-dang", 1, name="LICH-TRUC.md"),
    Mistake("suffix in capitals", "tep-sai-cho", 1, name="vi-du.MD", attachment=""),
    Mistake("file beside the year's folder", "tep-sai-cho", 1, folder="van-phong-so", attachment=""),
    Mistake("file beside the unit's folder", "tep-sai-cho", 1, folder="", attachment=""),
    Mistake("unit's folder misspelt", "thu-muc-la", 1, folder="van-phong-xo/2023", attachment=""),
    Mistake("id of another entry", "ma-trung", 1, beside="phong-dkkd/2023/vi-du.md"),
    Mistake("saved as «Unicode» by Notepad", "sai-bang-ma", 1, encoding="utf-16"),
)  # fmt: skip
"""Each gives one message, and doing what it says makes the check pass."""

TAKEN_AS_MEANT = (
    Mistake("no-break space after a colon", "", 0, "loai: cong-van", "loai:\xa0cong-van"),
    Mistake("byte order mark", "", 0, "---\ntieu_de", "\ufeff---\ntieu_de"),
    Mistake("Windows line ends", "", 0, "\n", "\r\n"),
    Mistake("letters and tone marks apart", "", 0, "Bố trí lịch trực", "Bo\u0302\u0301 tri\u0301 li\u0323ch tru\u031b\u0323c"),
    Mistake("zero before a day and month", "", 0, ISSUED, "ngay_ban_hanh: 30.05.2023"),
    Mistake("official wording of a date", "", 0, ISSUED, "ngay_ban_hanh: ngày 30 tháng 5 năm 2023"),
    Mistake("«Số:» before a number", "", 0, NUMBER, 'so_ky_hieu: "Số: 12 /SKHĐT-VP"'),
    Mistake("spaces at a line's end", "", 0, "loai: cong-van", "loai: cong-van   "),
)  # fmt: skip
"""What the reader sets right by itself: no message at all."""
