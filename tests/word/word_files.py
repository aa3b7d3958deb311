"""Word files made for the tests, each with what a reader of the paper sees: fields of the head, words of the body.

All are made up: real bodies stand in the heads because the vocabulary knows no others, but every subject says «Ví dụ»
and no document, number or person is real. Labels of lists are written beside their text, as Word prints them.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SKHDT = "Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn"
UBND = "Ủy ban nhân dân tỉnh Lạng Sơn"
LEFT_SKHDT = ("UBND TỈNH LẠNG SƠN", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ")
CENTER, RIGHT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY

LEGAL_LIST = (("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))
ARTICLES = (("upperRoman", "Chương %1"), ("decimal", "Điều %2."), ("decimal", "%3."), ("lowerLetter", "%4)"))


class Maker:
    """Builds a document and keeps the lines that its body prints."""

    def __init__(self) -> None:
        self.doc: Document = docx.Document()
        self.printed: list[str] = []
        self._next_list = 500

    # text

    def para(
        self, text: str = "", *, bold: bool = False, align: Any = None, style: str | None = None, font: str = ""
    ) -> Any:
        """A paragraph of the body."""
        paragraph = self.doc.add_paragraph(style=style)
        if align is not None:
            paragraph.alignment = align
        self.run(paragraph, text, bold=bold, font=font)
        return paragraph

    def run(self, paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, font: str = "") -> Any:
        run = paragraph.add_run(text)
        if bold:
            run.bold = True
        if italic:
            run.italic = True
        if font:
            run.font.name = font
        return run

    def text(self, text: str, **look: Any) -> Any:
        """A paragraph that is printed as it stands."""
        self.printed.append(" ".join(text.split()))
        return self.para(text, **look)

    def item(self, list_id: int, level: int, label: str, text: str, **look: Any) -> Any:
        """A paragraph of a list; `label` is what Word prints before it."""
        paragraph = self.para(text, **look)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')
        )
        self.printed.append(f"{label} {text}".strip())
        return paragraph

    def lists(
        self,
        levels: Sequence[tuple[str, ...]],
        *,
        starts: Mapping[int, int] | None = None,
        style_of: Mapping[int, str] | None = None,
        extra: Mapping[int, str] | None = None,
    ) -> int:
        """A new list: for each level how it counts and what stands around the number; its numId."""
        self._next_list += 1
        key = self._next_list
        lines = "".join(
            f'<w:lvl w:ilvl="{place}"><w:start w:val="{(starts or {}).get(place, 1)}"/><w:numFmt w:val="{form}"/>'
            + (f'<w:pStyle w:val="{style_of[place]}"/>' if style_of and place in style_of else "")
            + (extra or {}).get(place, "")
            + f'<w:lvlText w:val="{text}"/></w:lvl>'
            for place, (form, text) in enumerate(levels)
        )
        numbering = self.doc.part.numbering_part._element
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{lines}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))
        return key

    def again(self, list_id: int, level: int, start: int) -> int:
        """The same list, begun again at `start`."""
        self._next_list += 1
        self.doc.part.numbering_part._element.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._next_list}"><w:abstractNumId w:val="{list_id}"/>'
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            )
        )
        return self._next_list

    def table(self, rows: Sequence[Sequence[str]], merges: Sequence[tuple[int, int, int, int]] = ()) -> Any:
        """A table; a merge joins the cells from (row, column) to (row, column). Printed cell by cell."""
        table = self.doc.add_table(len(rows), len(rows[0]), style="Table Grid")
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                if text:
                    table.cell(y, x).text = text
        for top, left, bottom, right in merges:
            table.cell(top, left).merge(table.cell(bottom, right))
        self.printed.extend(" ".join(text.split()) for row in rows for text in row if text)
        return table

    # head and closing

    def head(self, left: Sequence[str], right: Sequence[str], *, font: str = "", capitals_font: str = "") -> None:
        """NĐ 30's head as a table of two columns without borders."""
        self._columns(left, right, CENTER, font, capitals_font)

    def closing(self, left: Sequence[str], right: Sequence[str], *, font: str = "", capitals_font: str = "") -> None:
        """The closing as a table of two columns."""
        self._columns(left, right, None, font, capitals_font)

    def _columns(self, left: Sequence[str], right: Sequence[str], align: Any, font: str, capitals_font: str) -> None:
        table = self.doc.add_table(1, 2)
        for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
            for place, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
                paragraph.alignment = align
                chosen = capitals_font if capitals_font and line.startswith("^") else font
                self.run(paragraph, line.removeprefix("^"), bold=True, font=chosen)

    def tabbed(self, pairs: Sequence[tuple[str, str]], gap: str = "\t\t\t") -> None:
        """Two columns held apart by tabs or spaces."""
        for left, right in pairs:
            self.para(f"{left}{gap}{right}" if right else left)

    def title(self, *lines: str, font: str = "") -> None:
        """The type and subject, centred and bold."""
        for line in lines:
            self.para(line, bold=True, align=CENTER, font=font)

    # raw parts

    def xml(self, paragraph: Any, markup: str) -> None:
        """Raw markup at the end of a paragraph."""
        paragraph._p.append(parse_xml(markup))

    def notes(self, kind: str, texts: Sequence[str]) -> None:
        """The part with the texts of footnotes or endnotes 1, 2, …"""
        inner = "".join(
            f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:{kind}>'
            for number, text in enumerate(texts, 1)
        )
        rules = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        blob = f'<?xml version="1.0" encoding="UTF-8"?><w:{kind}s {nsdecls("w")}>{rules}{inner}</w:{kind}s>'
        content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
        part = Part(PackURI(f"/word/{kind}s.xml"), content, blob.encode(), self.doc.part.package)
        self.doc.part.relate_to(part, RT.FOOTNOTES if kind == "footnote" else RT.ENDNOTES)

    def call(self, paragraph: Any, kind: str, number: int) -> None:
        """The mark of a note in a paragraph."""
        self.xml(paragraph, f'<w:r {nsdecls("w")}><w:{kind}Reference w:id="{number}"/></w:r>')

    def link(self, paragraph: Any, address: str, text: str) -> None:
        """A hyperlink of the package's relations."""
        key = self.doc.part.relate_to(address, RT.HYPERLINK, is_external=True)
        self.xml(paragraph, f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}"><w:r><w:t>{text}</w:t></w:r></w:hyperlink>')

    def save(self, path: Path) -> None:
        self.doc.save(str(path))


def vml_box(words: str) -> str:
    """A text box as Word 2007 wrote it."""
    return (
        f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:90pt;height:20pt">'
        f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )


def drawing_box(words: str, *, with_fallback: bool) -> str:
    """A text box as Word writes it since 2010; the old form beside it only where `with_fallback`."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    fallback = (
        f'<mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>'
        if with_fallback
        else ""
    )
    return (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="914400" cy="300000"/><wp:docPr id="1" name="Box"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"{fallback}</mc:AlternateContent></w:r>"
    )


def changed(kind: str, text: str) -> str:
    """A tracked insertion or deletion."""
    tag = "t" if kind == "ins" else "delText"
    return (
        f'<w:{kind} {nsdecls("w")} w:id="7" w:author="Ví dụ" w:date="2026-01-05T08:00:00Z">'
        f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r></w:{kind}>'
    )


@dataclass
class Case:
    """A file, the keys that its head and closing tell (no others may be found), words that its notes must have."""

    name: str
    build: Callable[[Maker], None]
    fields: Mapping[str, str | tuple[str, ...]]
    notes: Sequence[str] = ()
    printed: list[str] = field(default_factory=list)

    def make(self, folder: Path) -> Path:
        """Write the file; `printed` then holds the lines of its body."""
        maker = Maker()
        self.build(maker)
        self.printed = maker.printed
        path = folder / f"{self.name}.docx"
        maker.save(path)
        return path


CASES: list[Case] = []


def case(
    name: str, fields: Mapping[str, str | tuple[str, ...]], notes: Sequence[str] = ()
) -> Callable[[Callable[[Maker], None]], Callable[[Maker], None]]:
    """Register a builder as a case."""

    def register(build: Callable[[Maker], None]) -> Callable[[Maker], None]:
        CASES.append(Case(name, build, fields, notes))
        return build

    return register


RECEIVERS = ("Nơi nhận:", "- Như trên;", "- UBND tỉnh (b/c);", "- Lưu: VT, VP.")
RECEIVED = ("Như trên", "UBND tỉnh (b/c)", "Lưu: VT, VP")
DEPUTY = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Trần Thị Ví Dụ")
BY_DEPUTY = {"nguoi_ky": "Trần Thị Ví Dụ", "chuc_vu": "Phó Giám đốc", "quyen_han": "KT."}


def place_and_day(day: str) -> tuple[str, str, str]:
    return NATION, MOTTO, f"Lạng Sơn, {day}"


@case(
    "ke-hoach-danh-so",
    {
        "loai": "ke-hoach", "so_ky_hieu": "12/KH-SKHĐT", "ngay_ban_hanh": "5/2/2026", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Ví dụ: truyền thông chính sách năm 2026", "noi_nhan": RECEIVED, **BY_DEPUTY,
    },
)  # fmt: skip
def _plan(m: Maker) -> None:
    m.head((*LEFT_SKHDT, "Số: 12/KH-SKHĐT"), place_and_day("ngày 05 tháng 02 năm 2026"))
    m.title("KẾ HOẠCH", "Ví dụ: truyền thông chính sách năm 2026")
    numbers = m.lists(LEGAL_LIST)
    first = m.text("Căn cứ tình hình ví dụ, Sở ban hành kế hoạch ví dụ như sau:", align=BOTH)
    m.item(numbers, 0, "I.", "MỤC ĐÍCH, YÊU CẦU", bold=True)
    m.item(numbers, 1, "1.", "Mục đích")
    m.item(numbers, 2, "a)", "Cho người dân biết sớm.")
    m.item(numbers, 2, "b)", "Cho doanh nghiệp góp ý.")
    m.item(numbers, 3, "-", "Qua trang của Sở.")
    m.item(numbers, 1, "2.", "Yêu cầu")
    m.item(numbers, 2, "a)", "Viết dễ hiểu.")
    m.table(
        [
            ["STT", "Nội dung", "Kinh phí", ""],
            ["", "", "Năm 2026", "Năm 2027"],
            ["1", "Tập huấn | hội nghị", "10", "12"],
        ],
        [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)],
    )
    m.item(numbers, 0, "II.", "NHIỆM VỤ", bold=True)
    m.item(numbers, 1, "1.", "Đăng tin")
    m.notes("footnote", ["Ví dụ về một chú thích."])
    m.call(first, "footnote", 1)
    m.closing(RECEIVERS, DEPUTY)


@case(
    "cong-van",
    {
        "loai": "cong-van", "so_ky_hieu": "643/SKHĐT-ĐKKD", "ngay_ban_hanh": "30/5/2023", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "ví dụ về phối hợp truyền thông chính sách tại các huyện", "noi_nhan": RECEIVED,
        "nguoi_ky": "Nguyễn Văn Ví Dụ", "chuc_vu": "Giám đốc",
    },
)  # fmt: skip
def _letter(m: Maker) -> None:
    m.head(
        (*LEFT_SKHDT, "Số: 643 /SKHĐT-ĐKKD", "V/v ví dụ về phối hợp truyền thông", "chính sách tại các huyện"),
        place_and_day("ngày 30 tháng 5 năm 2023"),
    )
    m.text("Kính gửi: Ủy ban nhân dân các huyện", align=CENTER)
    m.text("Thực hiện việc ví dụ, Sở đề nghị các huyện báo cáo theo bảng sau:", align=BOTH)
    m.table([["Huyện", "Số tin", "Ghi chú"], ["Tổng cộng cả tỉnh", "", ""], ["A", "5", ""]], [(1, 0, 1, 2)])
    m.text("1. Báo cáo trước ngày 15 hằng tháng.")
    m.text("- Gửi qua trục liên thông; * là bắt buộc; tên tệp có dấu _gạch_.")
    m.closing(RECEIVERS, ("GIÁM ĐỐC", "", "(Đã ký)", "", "Nguyễn Văn Ví Dụ"))


@case(
    "du-thao-chua-co-so",
    {"loai": "ke-hoach", "co_quan_ban_hanh": SKHDT, "trich_yeu": "Ví dụ: dự thảo chưa có số", "giai_doan": "xay-dung",
     "quyen_han": "KT.", "chuc_vu": "Phó Giám đốc", "noi_nhan": RECEIVED},
    ["Số:"],
)  # fmt: skip
def _draft(m: Maker) -> None:
    m.head((*LEFT_SKHDT, "Số:        /KH-SKHĐT", "DỰ THẢO"), place_and_day("ngày      tháng     năm 2026"))
    m.title("KẾ HOẠCH", "Ví dụ: dự thảo chưa có số")
    m.text("Nội dung ví dụ của dự thảo.", align=BOTH)
    m.closing(RECEIVERS, ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", ""))


@case(
    "thong-bao-nfd-dau-sua",
    {
        "loai": "thong-bao", "so_ky_hieu": "77/TB-SKHĐT", "ngay_ban_hanh": "12/3/2026", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Ví dụ: kết luận cuộc họp", "noi_nhan": RECEIVED, **BY_DEPUTY,
    },
    ["hộp chữ «HỎA TỐC»", "dấu sửa", "bỏ liên kết «javascript:alert(1)»"],
)  # fmt: skip
def _decomposed(m: Maker) -> None:
    def nfd(text: str) -> str:
        return unicodedata.normalize("NFD", text)

    m.head(
        [nfd(t) for t in (*LEFT_SKHDT, "Số: 77/TB-SKHĐT")], [nfd(t) for t in place_and_day("ngày 12 tháng 3 năm 2026")]
    )
    m.title(nfd("THÔNG BÁO"), nfd("Ví dụ: kết luận cuộc họp"))
    paragraph = m.para(nfd("Cuộc họp thống nhất "), align=BOTH)
    m.xml(paragraph, changed("del", nfd("ba ")))
    m.xml(paragraph, changed("ins", nfd("bốn ")))
    m.run(paragraph, nfd("việc ví dụ."))
    m.printed.append("Cuộc họp thống nhất bốn việc ví dụ.")
    m.xml(m.text("Việc thứ nhất: gấp."), vml_box("HỎA TỐC"))
    m.printed.append("HỎA TỐC")
    m.text("Trang thử ghi <script>alert(1)</script> và &lt; như chữ.")
    paragraph = m.para("Xem ")
    m.link(paragraph, "javascript:alert(1)", "liên kết lạ")
    m.run(paragraph, " và ")
    m.link(paragraph, "https://example.org/a_b?c=(1)", "trang ví dụ")
    m.printed.append("Xem liên kết lạ và trang ví dụ")
    m.closing([nfd(t) for t in RECEIVERS], [nfd(t) for t in DEPUTY])


TCVN_LETTERS = {
    right: wrong
    for wrong, right in zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢£¤¥¦§",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
        strict=True,
    )
}


def tcvn(text: str) -> str:
    """The text as a TCVN3 typist's file holds it; «^» before a line that is set in the font of capitals."""
    is_capitals = text.isupper()
    return ("^" if is_capitals else "") + "".join(
        TCVN_LETTERS.get(c, c) for c in (text.lower() if is_capitals else text)
    )


@case(
    "bao-cao-tcvn3",
    {
        "loai": "bao-cao", "so_ky_hieu": "45/BC-SKHĐT", "ngay_ban_hanh": "20/6/2010", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Ví dụ: tình hình đầu tư sáu tháng", "noi_nhan": RECEIVED, **BY_DEPUTY,
    },
    [".VnTime"],
)  # fmt: skip
def _tcvn3(m: Maker) -> None:
    fonts = {"font": ".VnTime", "capitals_font": ".VnTimeH"}
    m.head(
        [tcvn(t) for t in (*LEFT_SKHDT, "Số: 45/BC-SKHĐT")],
        [tcvn(t) for t in place_and_day("ngày 20 tháng 6 năm 2010")],
        **fonts,
    )
    m.para(tcvn("BÁO CÁO").removeprefix("^"), bold=True, align=CENTER, font=".VnTimeH")
    m.para(tcvn("Ví dụ: tình hình đầu tư sáu tháng"), bold=True, align=CENTER, font=".VnTime")
    numbers = m.lists(LEGAL_LIST)
    paragraph = m.item(numbers, 0, "I.", "")
    m.run(paragraph, tcvn("KẾT QUẢ").removeprefix("^"), bold=True, font=".VnTimeH")
    m.printed[-1] = "I. KẾT QUẢ"
    sentence = "Cả tỉnh có nhiều dự án mới; vốn đăng ký tăng, giải ngân đạt khá, được các huyện ủng hộ."
    m.para(tcvn(sentence), font=".VnTime", align=BOTH)
    m.printed.append(sentence)
    paragraph = m.para("", align=BOTH)
    m.run(paragraph, tcvn("Vốn đầu t").removeprefix("^"), font=".VnTime")
    m.xml(
        paragraph,
        f'<w:r {nsdecls("w")}><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:softHyphen/></w:r>',
    )
    m.run(paragraph, " (chữ Unicode: ")
    m.run(paragraph, "đặc khu", font="Times New Roman")
    m.run(paragraph, ").")
    m.printed.append("Vốn đầu tư (chữ Unicode: đặc khu).")
    m.closing([tcvn(t) for t in RECEIVERS], [tcvn(t) for t in DEPUTY], **fonts)


@case(
    "bao-cao-dau-tab",
    {
        "loai": "bao-cao", "so_ky_hieu": "88/BC-SKHĐT", "ngay_ban_hanh": "1/7/2026", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Ví dụ: đầu trang bằng phím tab", "noi_nhan": RECEIVED, **BY_DEPUTY,
    },
)  # fmt: skip
def _tabbed(m: Maker) -> None:
    m.tabbed(
        [(LEFT_SKHDT[0], NATION), (LEFT_SKHDT[1], MOTTO), ("Số: 88/BC-SKHĐT", "Lạng Sơn, ngày 01 tháng 7 năm 2026")]
    )
    m.para()
    m.title("BÁO CÁO", "Ví dụ: đầu trang bằng phím tab")
    m.text("Số liệu ví dụ theo bảng:", align=BOTH)
    m.table([["Số: 1/KH-UBND", "Ngày 2 tháng 3 năm 2020"], ["Bảng này", "không phải đầu văn bản"]])
    m.tabbed(
        [
            ("Nơi nhận:", "KT. GIÁM ĐỐC"),
            ("- Như trên;", "PHÓ GIÁM ĐỐC"),
            ("- UBND tỉnh (b/c);", ""),
            ("- Lưu: VT, VP.", ""),
            ("", "Trần Thị Ví Dụ"),
        ]
    )


@case(
    "bao-cao-dau-khoang-trang",
    {
        "loai": "bao-cao", "so_ky_hieu": "9/BC-SKHĐT", "ngay_ban_hanh": "1/7/2026", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Ví dụ: đầu trang bằng khoảng trắng", "nguoi_ky": "Trần Thị Ví Dụ", "chuc_vu": "Phó Giám đốc",
        "quyen_han": "KT.", "noi_nhan": ("Như trên", "Lưu: VT"),
    },
)  # fmt: skip
def _spaced(m: Maker) -> None:
    gap = " " * 12
    m.tabbed(
        [(LEFT_SKHDT[0], NATION), (LEFT_SKHDT[1], MOTTO), ("Số: 9/BC-SKHĐT", "Lạng Sơn, ngày 01 tháng 7 năm 2026")], gap
    )
    m.title("BÁO CÁO", "Ví dụ: đầu trang bằng khoảng trắng")
    m.text("Một đoạn ví dụ.", align=BOTH)
    for line in ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "Trần Thị Ví Dụ"):
        m.para(line, align=RIGHT)
    for line in ("Nơi nhận:", "- Như trên;", "- Lưu: VT."):
        m.para(line)


VNI_HEAD = ("UÛY BAN NHAÂN DAÂN", "TÆNH LAÏNG SÔN")


@case(
    "thong-bao-vni",
    {
        "loai": "thong-bao", "so_ky_hieu": "15/TB-UBND", "ngay_ban_hanh": "2/9/2009", "co_quan_ban_hanh": UBND,
        "trich_yeu": "Ví dụ: nghỉ lễ Quốc khánh", "nguoi_ky": "Nguyễn Văn Ví Dụ", "chuc_vu": "Chủ tịch",
        "quyen_han": "TM.", "noi_nhan": ("Các sở", "Lưu: VT"),
    },
    ["VNI-Times"],
)  # fmt: skip
def _vni(m: Maker) -> None:
    font = {"font": "VNI-Times"}
    m.head(
        (*VNI_HEAD, "Soá: 15/TB-UBND"),
        (
            "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM",
            "Ñoäc laäp - Töï do - Haïnh phuùc",
            "Laïng Sôn, ngaøy 02 thaùng 9 naêm 2009",
        ),
        **font,
    )
    m.title("THOÂNG BAÙO", "Ví duï: nghæ leã Quoác khaùnh", **font)
    paragraph = m.para(
        "Caùc cô quan nghæ leã, tröïc ñuùng lòch, baûo ñaûm aùnh saùng, veä sinh, an toaøn; tuyeån yù kie",
        font="VNI-Times",
        align=BOTH,
    )
    m.run(paragraph, "án.", font="VNI-Times")
    m.printed.append("Các cơ quan nghỉ lễ, trực đúng lịch, bảo đảm ánh sáng, vệ sinh, an toàn; tuyển ý kiến.")
    m.closing(
        ("Nôi nhaän:", "- Caùc sôû;", "- Löu: VT."),
        ("TM. UÛY BAN NHAÂN DAÂN", "CHUÛ TÒCH", "", "Nguyeãn Vaên Ví Duï"),
        **font,
    )


@case(
    "quyet-dinh-ca-biet",
    {
        "loai": "quyet-dinh-cb", "so_ky_hieu": "1024/QĐ-UBND", "ngay_ban_hanh": "15/8/2025", "co_quan_ban_hanh": UBND,
        "trich_yeu": "Về việc ví dụ phê duyệt một đề án", "nguoi_ky": "Trần Thị Ví Dụ", "chuc_vu": "Phó Chủ tịch",
        "quyen_han": "TM. KT.", "noi_nhan": ("Như Điều 3", "Lưu: VT"),
    },
)  # fmt: skip
def _decision(m: Maker) -> None:
    m.head(
        ("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN", "_______", "Số: 1024/QĐ-UBND"), place_and_day("ngày 15 tháng 8 năm 2025")
    )
    m.title("QUYẾT ĐỊNH", "Về việc ví dụ phê duyệt một đề án", "________", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN")
    m.text("Căn cứ Luật ví dụ ngày 01 tháng 01 năm 2020;", align=BOTH)
    m.text("QUYẾT ĐỊNH:", bold=True, align=CENTER)
    for number, text in enumerate(
        ("Phê duyệt đề án ví dụ.", "Giao Sở thực hiện.", "Quyết định có hiệu lực từ ngày ký."), 1
    ):
        paragraph = m.para("", align=BOTH)
        m.run(paragraph, f"Điều {number}.", bold=True)
        m.run(paragraph, f" {text}")
        m.printed.append(f"Điều {number}. {text}")
    m.closing(
        ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT."),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Trần Thị Ví Dụ"),
    )


@case(
    "nghi-dinh-dieu-tu-dong",
    {
        "loai": "nghi-dinh", "so_ky_hieu": "999/2025/NĐ-CP", "ngay_ban_hanh": "30/6/2025", "co_quan_ban_hanh": "Chính phủ",
        "trich_yeu": "Ví dụ quy định về một việc", "nguoi_ky": "Nguyễn Văn Ví Dụ", "chuc_vu": "Thủ tướng",
        "quyen_han": "TM.", "noi_nhan": ("Ban Bí thư", "Lưu: VT, KTTH (2b)"),
    },
)  # fmt: skip
def _decree(m: Maker) -> None:
    m.head(("CHÍNH PHỦ", "Số: 999/2025/NĐ-CP"), (NATION, MOTTO, "Hà Nội, ngày 30 tháng 6 năm 2025"))
    m.title("NGHỊ ĐỊNH", "Ví dụ quy định về một việc")
    m.text("Căn cứ Luật ví dụ;", align=BOTH)
    numbers = m.lists(ARTICLES, extra={1: '<w:lvlRestart w:val="0"/>'})
    m.item(numbers, 0, "Chương I", "QUY ĐỊNH CHUNG", bold=True, align=CENTER)
    m.item(numbers, 1, "Điều 1.", "Phạm vi điều chỉnh", bold=True)
    m.item(numbers, 2, "1.", "Nghị định này nêu ví dụ.")
    m.item(numbers, 3, "a)", "Ví dụ thứ nhất;")
    m.item(numbers, 3, "b)", "Ví dụ thứ hai.")
    m.item(numbers, 2, "2.", "Không áp dụng cho thật.")
    m.item(numbers, 1, "Điều 2.", "Đối tượng áp dụng", bold=True)
    m.item(numbers, 2, "1.", "Người đọc ví dụ.")
    m.item(numbers, 0, "Chương II", "ĐIỀU KHOẢN THI HÀNH", bold=True, align=CENTER)
    m.item(numbers, 1, "Điều 3.", "Hiệu lực", bold=True)
    m.text("Nghị định ví dụ không có hiệu lực.")
    m.closing(
        ("Nơi nhận:", "- Ban Bí thư;", "- Lưu: VT, KTTH (2b)."), ("TM. CHÍNH PHỦ", "THỦ TƯỚNG", "", "Nguyễn Văn Ví Dụ")
    )


@case(
    "thong-tu-dai",
    {
        "loai": "thong-tu", "so_ky_hieu": "98/2025/TT-BTC", "ngay_ban_hanh": "3/11/2025", "co_quan_ban_hanh": "Bộ Tài chính",
        "trich_yeu": "Ví dụ hướng dẫn ghi sổ", "nguoi_ky": "Nguyễn Văn Ví Dụ", "chuc_vu": "Thứ trưởng", "quyen_han": "KT.",
        "noi_nhan": ("Các bộ", "Lưu: VT"),
    },
)  # fmt: skip
def _circular(m: Maker) -> None:
    m.head(
        ("BỘ TÀI CHÍNH", "-------", "Số: 98/2025/TT-BTC"),
        (NATION, MOTTO, "---------------", "Hà Nội, ngày 3 tháng 11 năm 2025"),
    )
    m.title("THÔNG TƯ", "Ví dụ hướng dẫn ghi sổ")
    for number in range(1, 9):
        m.text(f"Điều {number}. Điều ví dụ số {number}", bold=True)
        m.text(f"{number}. Khoản ví dụ giữ nguyên số in.")
        m.text("đ) Điểm có chữ đ.")
    m.closing(("Nơi nhận:", "- Các bộ;", "- Lưu: VT."), ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "", "Nguyễn Văn Ví Dụ"))
    m.text("PHỤ LỤC", bold=True, align=CENTER)
    m.table([["Mẫu", "Tên"], ["01", "Ví dụ"]])


@case(
    "nghi-quyet-hdnd",
    {
        "loai": "nghi-quyet-hdnd-tinh", "so_ky_hieu": "31/2025/NQ-HĐND", "ngay_ban_hanh": "10/12/2025",
        "co_quan_ban_hanh": "Hội đồng nhân dân tỉnh Lạng Sơn", "trich_yeu": "Ví dụ quy định mức chi",
        "nguoi_ky": "Trần Thị Ví Dụ", "chuc_vu": "Chủ tịch",
    },
)  # fmt: skip
def _resolution(m: Maker) -> None:
    m.head(("HỘI ĐỒNG NHÂN DÂN", "TỈNH LẠNG SƠN", "Số: 31/2025/NQ-HĐND"), place_and_day("ngày 10 tháng 12 năm 2025"))
    m.title("NGHỊ QUYẾT", "Ví dụ quy định mức chi", "HỘI ĐỒNG NHÂN DÂN TỈNH LẠNG SƠN", "KHÓA XVII, KỲ HỌP THỨ HAI MƯƠI")
    m.text("Căn cứ Luật ví dụ;", align=BOTH)
    m.closing((), ("CHỦ TỊCH", "", "", "Trần Thị Ví Dụ"))


@case(
    "to-trinh-ky-tab",
    {
        "loai": "to-trinh", "so_ky_hieu": "49/TTr-SKHĐT", "ngay_ban_hanh": "8/4/2012", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Về việc ví dụ đề nghị phê duyệt", "noi_nhan": ("Như trên", "Lưu: VT"), "nguoi_ky": "Lê Văn Mẫu",
        "chuc_vu": "Giám đốc",
    },
)  # fmt: skip
def _submission(m: Maker) -> None:
    m.head((*LEFT_SKHDT, "Số: 49/TTr-SKHĐT"), place_and_day("ngày 08 tháng 4 năm 2012"))
    m.title("TỜ TRÌNH", "Về việc ví dụ đề nghị phê duyệt")
    m.text("Kính gửi: Ủy ban nhân dân tỉnh Lạng Sơn.", align=CENTER)
    m.text("Sở trình ví dụ.", align=BOTH)
    m.tabbed(
        [("Nơi nhận:", "GIÁM ĐỐC"), ("- Như trên;", ""), ("- Lưu: VT.", "(Đã ký)"), ("", "Lê Văn Mẫu")], "\t\t\t\t"
    )


@case(
    "chi-thi-ttg",
    {
        "loai": "chi-thi", "so_ky_hieu": "97/CT-TTg", "ngay_ban_hanh": "21/3/2023", "co_quan_ban_hanh": "Thủ tướng Chính phủ",
        "trich_yeu": "Ví dụ về tăng cường truyền thông chính sách", "nguoi_ky": "Nguyễn Văn Ví Dụ", "chuc_vu": "Thủ tướng",
        "noi_nhan": ("Các bộ, cơ quan ngang bộ", "Lưu: VT, KGVX (3)"),
    },
)  # fmt: skip
def _directive(m: Maker) -> None:
    m.head(("THỦ TƯỚNG CHÍNH PHỦ", "Số: 97/CT-TTg"), (NATION, MOTTO, "Hà Nội, ngày 21 tháng 3 năm 2023"))
    m.title("CHỈ THỊ", "Ví dụ về tăng cường truyền thông chính sách")
    m.text("1. Các bộ làm ví dụ.")
    m.text("2) Các tỉnh làm ví dụ.")
    m.text("+ Việc thứ ba.")
    m.closing(
        ("Nơi nhận:", "- Các bộ, cơ quan ngang bộ;", "- Lưu: VT, KGVX (3)."), ("THỦ TƯỚNG", "", "Nguyễn Văn Ví Dụ")
    )


@case(
    "huong-dan-danh-so-lai",
    {
        "loai": "huong-dan", "so_ky_hieu": "5/HD-SKHĐT", "ngay_ban_hanh": "9/1/2026", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Ví dụ: cách đánh số", "noi_nhan": RECEIVED, **BY_DEPUTY,
    },
)  # fmt: skip
def _restarted(m: Maker) -> None:
    m.head((*LEFT_SKHDT, "Số: 5/HD-SKHĐT"), place_and_day("ngày 09 tháng 01 năm 2026"))
    m.title("HƯỚNG DẪN", "Ví dụ: cách đánh số")
    numbers = m.lists((("decimal", "%1."), ("decimal", "%1.%2."), ("lowerRoman", "(%3)")), starts={0: 3})
    m.item(numbers, 0, "3.", "Bắt đầu từ ba")
    m.item(numbers, 1, "3.1.", "Hai cấp")
    m.item(numbers, 2, "(i)", "La Mã thường")
    m.item(numbers, 2, "(ii)", "La Mã thường")
    m.item(numbers, 1, "3.2.", "Hai cấp")
    m.text("Xen một đoạn không đánh số.", align=BOTH)
    m.item(numbers, 0, "4.", "Nối tiếp")
    again = m.again(numbers, 0, 1)
    m.item(again, 0, "1.", "Bắt đầu lại")
    m.item(again, 1, "1.1.", "Cấp hai theo cấp một mới")
    bullets = m.lists((("bullet", "\uf0b7"), ("bullet", "-"), ("bullet", "+")))
    m.item(bullets, 0, "•", "Chấm tròn")
    m.item(bullets, 1, "-", "Gạch đầu dòng")
    m.item(bullets, 2, "+", "Dấu cộng")
    letters = m.lists((("upperLetter", "%1."), ("decimalZero", "%2.")), starts={0: 26})
    m.item(letters, 0, "Z.", "Chữ cuối")
    m.item(letters, 0, "AA.", "Sau chữ cuối")
    m.item(letters, 1, "01.", "Có số không")
    m.closing(RECEIVERS, DEPUTY)


@case(
    "de-an-tieu-de-theo-kieu",
    {
        "loai": "de-an", "so_ky_hieu": "6/ĐA-SKHĐT", "ngay_ban_hanh": "10/1/2026", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Ví dụ: đề mục theo kiểu của Word", "noi_nhan": RECEIVED, **BY_DEPUTY,
    },
)  # fmt: skip
def _styled(m: Maker) -> None:
    m.head((*LEFT_SKHDT, "Số: 6/ĐA-SKHĐT"), place_and_day("ngày 10 tháng 01 năm 2026"))
    m.title("ĐỀ ÁN", "Ví dụ: đề mục theo kiểu của Word")
    styles = {0: "Heading1", 1: "Heading2", 2: "Heading3"}
    key = m.lists(
        (("upperRoman", "Phần %1."), ("decimal", "%1.%2."), ("decimal", "%1.%2.%3.")),
        style_of=styles,
        extra={1: "<w:isLgl/>", 2: "<w:isLgl/>"},
    )
    for level, style in styles.items():
        properties = m.doc.styles.element.find(
            f'.//w:style[@w:styleId="{style}"]', m.doc.styles.element.nsmap
        ).get_or_add_pPr()
        properties.insert(
            0,
            parse_xml(
                f"<w:numPr {nsdecls('w')}>"
                + (f'<w:ilvl w:val="{level}"/>' if level else "")
                + f'<w:numId w:val="{key}"/></w:numPr>'
            ),
        )
    for style, label, text in (
        ("Heading 1", "Phần I.", "Sự cần thiết"),
        ("Heading 2", "1.1.", "Căn cứ"),
        ("Heading 3", "1.1.1.", "Căn cứ pháp lý"),
        ("Heading 3", "1.1.2.", "Căn cứ thực tế"),
        ("Heading 1", "Phần II.", "Nội dung"),
        ("Heading 2", "2.1.", "Mục tiêu"),
    ):
        m.para(text, style=style)
        m.printed.append(f"{label} {text}")
    m.text("Đoạn cuối.", align=BOTH)
    m.closing(RECEIVERS, DEPUTY)


@case(
    "cong-dien-hop-chu",
    {
        "loai": "cong-dien", "so_ky_hieu": "3/CĐ-UBND", "ngay_ban_hanh": "7/9/2024", "co_quan_ban_hanh": UBND,
        "trich_yeu": "Ví dụ: ứng phó mưa bão", "nguoi_ky": "Nguyễn Văn Ví Dụ", "chuc_vu": "Chủ tịch",
        "noi_nhan": ("Như trên", "Lưu: VT"),
    },
    ["hộp chữ «HỎA TỐC»", "hộp chữ «Chú ý: ví dụ trong hộp mới»"],
)  # fmt: skip
def _telegram(m: Maker) -> None:
    m.head(("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN", "Số: 3/CĐ-UBND"), place_and_day("ngày 07 tháng 9 năm 2024"))
    cell = m.doc.tables[0].rows[0].cells[0]
    cell.paragraphs[-1]._p.append(parse_xml(drawing_box("HỎA TỐC", with_fallback=True)))
    m.title("CÔNG ĐIỆN", "Ví dụ: ứng phó mưa bão")
    m.xml(m.text("Các huyện trực ban.", align=BOTH), drawing_box("Chú ý: ví dụ trong hộp mới", with_fallback=False))
    m.printed.append("Chú ý: ví dụ trong hộp mới")
    m.closing(("Nơi nhận:", "- Như trên;", "- Lưu: VT."), ("CHỦ TỊCH", "", "Nguyễn Văn Ví Dụ"))


@case("bang-so-lieu-khong-dau", {}, ["không thấy «CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM»"])
def _data_only(m: Maker) -> None:
    m.table([["Số: 12/KH-UBND", "Lạng Sơn, ngày 1 tháng 2 năm 2026"], ["ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "Giám đốc"]])
    m.text("Một phụ lục ví dụ không có đầu văn bản.")


@case(
    "nhieu-thu-trong-ruot",
    {
        "loai": "phuong-an", "so_ky_hieu": "8/PA-SKHĐT", "ngay_ban_hanh": "11/1/2026", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Ví dụ: nhiều thứ trong ruột tệp", "noi_nhan": RECEIVED, **BY_DEPUTY,
    },
    ["công thức"],
)  # fmt: skip
def _odds(m: Maker) -> None:
    m.head((*LEFT_SKHDT, "Số: 8/PA-SKHĐT"), place_and_day("ngày 11 tháng 01 năm 2026"))
    m.title("PHƯƠNG ÁN", "Ví dụ: nhiều thứ trong ruột tệp")
    w = nsdecls("w")
    body = m.doc.element.body
    control = parse_xml(
        f"<w:sdt {w}><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Đoạn trong ô điều khiển.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    body.insert(len(body) - 1, control)
    m.printed.append("Đoạn trong ô điều khiển.")
    paragraph = m.para("Diện tích 10 m", align=BOTH)
    m.run(paragraph, "2").font.superscript = True
    m.run(paragraph, " và H")
    m.run(paragraph, "2").font.subscript = True
    m.run(paragraph, "O; ")
    m.run(paragraph, "ẩn").font.hidden = True
    m.run(paragraph, "chữ hoa").font.all_caps = True
    m.printed.append("Diện tích 10 m2 và H2O; CHỮ HOA")
    paragraph = m.para("Trang ")
    m.xml(paragraph, f'<w:r {w}><w:fldChar w:fldCharType="begin"/></w:r>')
    m.xml(
        paragraph, f'<w:r {w}><w:instrText xml:space="preserve"> HYPERLINK "https://example.org/x" </w:instrText></w:r>'
    )
    m.xml(paragraph, f'<w:r {w}><w:fldChar w:fldCharType="separate"/></w:r>')
    m.run(paragraph, "của trường")
    m.xml(paragraph, f'<w:r {w}><w:fldChar w:fldCharType="end"/></w:r>')
    m.printed.append("Trang của trường")
    paragraph = m.text("Có hai loại chú thích.")
    m.notes("footnote", ["Chú thích cuối trang.", "Chú thích trong bảng."])
    m.notes("endnote", ["Chú thích cuối văn bản."])
    m.call(paragraph, "footnote", 1)
    m.call(paragraph, "endnote", 1)
    outer = m.doc.add_table(2, 2, style="Table Grid")
    outer.cell(0, 0).text, outer.cell(0, 1).text, outer.cell(1, 0).text = "Ngoài 1", "Ngoài 2", "Ngoài 3"
    m.call(outer.cell(1, 0).paragraphs[0], "footnote", 2)
    inner = outer.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Trong 1", "Trong 2"
    m.printed += ["Ngoài 1", "Ngoài 2", "Ngoài 3", "Trong 1", "Trong 2"]
    paragraph = m.para("Công thức: ")
    m.xml(paragraph, f"<m:oMath {nsdecls('m')}><m:r><m:t>a+b</m:t></m:r></m:oMath>")
    m.printed.append("Công thức: a+b")
    paragraph = m.para("Đoạn trước dấu ngắt bị xóa ")
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:rPr {w}><w:del w:id="9" w:author="Ví dụ" w:date="2026-01-05T08:00:00Z"/></w:rPr>'))
    m.para("nối với đoạn sau.")
    m.printed.append("Đoạn trước dấu ngắt bị xóa nối với đoạn sau.")
    paragraph = m.para("Dòng một")
    paragraph.add_run().add_break()
    m.run(paragraph, "2. dòng hai của cùng đoạn")
    m.printed.append("Dòng một 2. dòng hai của cùng đoạn")
    m.text("# không phải đề mục; a*b*c; `mã`; [chữ](không); 1 < 2; ~~gạch~~ \\ hết")
    m.closing(RECEIVERS, DEPUTY)


@case(
    "quyet-dinh-du-thao-quy-pham",
    {"co_quan_ban_hanh": UBND, "trich_yeu": "Ví dụ ban hành quy định", "giai_doan": "xay-dung"},
    ["Số:", "tên loại in là «QUYẾT ĐỊNH»"],
)
def _draft_rule(m: Maker) -> None:
    m.head(
        ("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN", "Số:      /2026/QĐ-UBND", "(Dự thảo lần 2)"),
        place_and_day("ngày …… tháng …… năm 2026"),
    )
    m.title("QUYẾT ĐỊNH", "Ví dụ ban hành quy định")
    m.text("Căn cứ Luật ví dụ;", align=BOTH)


@case(
    "thong-tu-lien-tich",
    {
        "loai": "thong-tu-lien-tich", "so_ky_hieu": "64/2014/TTLT-BTC-BTP", "ngay_ban_hanh": "12/8/2014",
        "co_quan_ban_hanh": ("Bộ Tài chính", "Bộ Tư pháp"), "trich_yeu": "Ví dụ hướng dẫn liên tịch",
    },
)  # fmt: skip
def _joint(m: Maker) -> None:
    m.head(
        ("BỘ TÀI CHÍNH - BỘ TƯ PHÁP", "Số: 64/2014/TTLT-BTC-BTP"), (NATION, MOTTO, "Hà Nội, ngày 12 tháng 8 năm 2014")
    )
    m.title("THÔNG TƯ LIÊN TỊCH", "Ví dụ hướng dẫn liên tịch")
    m.text("Điều 1. Nội dung ví dụ", bold=True)


@case(
    "dau-nhieu-hang-ba-cot",
    {
        "loai": "chuong-trinh", "so_ky_hieu": "2/CTr-SKHĐT", "ngay_ban_hanh": "4/1/2026", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Ví dụ: công tác năm", "noi_nhan": RECEIVED, "nguoi_ky": "Trần Thị Ví Dụ",
        "chuc_vu": "Chánh Văn phòng", "quyen_han": "TL.",
    },
)  # fmt: skip
def _three_columns(m: Maker) -> None:
    table = m.doc.add_table(3, 3)
    for row, (left, right) in zip(
        table.rows,
        (
            ("\n".join(LEFT_SKHDT), f"{NATION}\n{MOTTO}"),
            ("––––––––", "––––––––"),
            ("Số: 2/CTr-SKHĐT", "Lạng Sơn, ngày 04 tháng 01 năm 2026"),
        ),
        strict=True,
    ):
        row.cells[0].text, row.cells[2].text = left, right
    m.title("CHƯƠNG TRÌNH", "Ví dụ: công tác năm")
    m.text("Nội dung ví dụ.", align=BOTH)
    m.closing(RECEIVERS, ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "", "Trần Thị Ví Dụ"))


@case(
    "dau-bang-trong-bang",
    {
        "loai": "giay-moi", "so_ky_hieu": "21/GM-SKHĐT", "ngay_ban_hanh": "4/5/2026", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Ví dụ: dự họp", "nguoi_ky": "Trần Thị Ví Dụ", "chuc_vu": "Phó Giám đốc", "quyen_han": "KT.",
        "noi_nhan": RECEIVED,
    },
)  # fmt: skip
def _nested_head(m: Maker) -> None:
    table = m.doc.add_table(1, 2)
    for cell, lines in zip(
        table.rows[0].cells, ((*LEFT_SKHDT, "Số: 21/GM-SKHĐT"), place_and_day("ngày 04 tháng 5 năm 2026")), strict=True
    ):
        inner = cell.add_table(len(lines), 1)
        for row, line in zip(inner.rows, lines, strict=True):
            row.cells[0].text = line
    m.title("GIẤY MỜI", "Ví dụ: dự họp")
    m.text("Sở mời dự họp ví dụ.", align=BOTH)
    m.closing(RECEIVERS, DEPUTY)


@case(
    "so-sai-chinh-ta",
    {
        "loai": "thong-bao", "ngay_ban_hanh": "30/4/2026", "co_quan_ban_hanh": SKHDT, "trich_yeu": "Ví dụ: số gõ sai",
        "noi_nhan": RECEIVED, **BY_DEPUTY,
    },
    ["chưa đọc được thành số ký hiệu", "30/TB-SKHĐT"],
)  # fmt: skip
def _wrong_number(m: Maker) -> None:
    m.head((*LEFT_SKHDT, "Số: 30-TB-SKHĐT"), place_and_day("ngày 30 tháng 4 năm 2026"))
    m.title("THÔNG BÁO", "Ví dụ: số gõ sai")
    m.text("Nội dung ví dụ.", align=BOTH)
    m.closing(RECEIVERS, DEPUTY)


@case(
    "co-quan-chua-co-trong-danh-muc",
    {"loai": "thong-bao", "so_ky_hieu": "7/TB-TTVD", "ngay_ban_hanh": "2/4/2026", "trich_yeu": "Ví dụ: cơ quan lạ"},
    ["«BỘ TÀI CHÍNH / TRUNG TÂM VÍ DỤ», chưa có trong danh mục cơ quan"],
)
def _unknown_body(m: Maker) -> None:
    m.head(("BỘ TÀI CHÍNH", "TRUNG TÂM VÍ DỤ", "Số: 7/TB-TTVD"), (NATION, MOTTO, "Hà Nội, ngày 02 tháng 4 năm 2026"))
    m.title("THÔNG BÁO", "Ví dụ: cơ quan lạ")
    m.text("Nội dung ví dụ.", align=BOTH)


@case(
    "ngay-khong-co-that",
    {"loai": "thong-bao", "so_ky_hieu": "8/TB-SKHĐT", "co_quan_ban_hanh": SKHDT, "trich_yeu": "Ví dụ: ngày sai"},
    ["tháng 2 năm 2026 có 28 ngày"],
)
def _wrong_day(m: Maker) -> None:
    m.head((*LEFT_SKHDT, "Số: 8/TB-SKHĐT"), place_and_day("ngày 30 tháng 02 năm 2026"))
    m.title("THÔNG BÁO", "Ví dụ: ngày sai")
    m.text("Nội dung ví dụ, có 1 câu.", align=BOTH)


@case(
    "tieu-de-bang-dau-cach",
    {
        "loai": "bao-cao", "so_ky_hieu": "15/BC-SKHĐT", "ngay_ban_hanh": "2/10/2026", "co_quan_ban_hanh": SKHDT,
        "trich_yeu": "Về ví dụ đặt giữa dòng bằng dấu cách",
    },
)  # fmt: skip
def _pushed(m: Maker) -> None:
    m.head((*LEFT_SKHDT, "Số:15 /BC-SKHĐT"), place_and_day("ngày 2 tháng 10 năm 2026"))
    m.para()
    m.para(" " * 25 + "BÁO CÁO")
    m.para(" " * 10 + "Về ví dụ đặt giữa dòng bằng dấu cách")
    m.para()
    m.text("Thực hiện Công văn số 5/UBND-KT ngày 1 tháng 1 năm 2026, Sở báo cáo:")
    m.text("Nơi nhận: các phòng đã nêu ở trên báo cáo lại trong tuần.")
    m.text("Kết thúc.")


@case(
    "du-thao-dong-khung",
    {
        "loai": "chi-thi",
        "co_quan_ban_hanh": UBND,
        "trich_yeu": "Ví dụ: chữ dự thảo trong khung",
        "giai_doan": "xay-dung",
    },
)
def _framed(m: Maker) -> None:
    m.doc.add_table(1, 1, style="Table Grid").cell(0, 0).text = "DỰ THẢO LẦN 3"
    m.para()
    m.head(("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN", "Số:....../CT-UBND"), place_and_day("ngày .... tháng .... năm 2026"))
    m.title("CHỈ THỊ", "Ví dụ: chữ dự thảo trong khung")
    m.text("Nội dung ví dụ.", align=BOTH)


@case(
    "bien-ban-hai-nguoi-ky",
    {"loai": "bien-ban", "co_quan_ban_hanh": SKHDT, "trich_yeu": "Họp ví dụ"},
)
def _two_signers(m: Maker) -> None:
    m.head(LEFT_SKHDT, (NATION, MOTTO))
    m.title("BIÊN BẢN", "Họp ví dụ")
    m.text("Hôm nay, ngày 5 tháng 6 năm 2026, tại Lạng Sơn, họp ví dụ.", align=BOTH)
    m.table([["GIÁM ĐỐC\nLê Thị Mẫu", "CHỦ TỊCH\nTrần Văn Mẫu"]])


@case("don-khong-phai-van-ban", {"ngay_ban_hanh": "12/5/2026"})
def _application(m: Maker) -> None:
    for line in (NATION, MOTTO, "---------------"):
        m.para(line, align=CENTER)
    m.para("Lạng Sơn, ngày 12 tháng 5 năm 2026", align=RIGHT)
    m.title("ĐƠN ĐỀ NGHỊ VÍ DỤ")
    for line in (
        "Kính gửi: Sở Kế hoạch và Đầu tư",
        "Tôi là: ........",
        "Số: 12/ĐN-ABC",
        "Người làm đơn",
        "Nguyễn Văn Mẫu",
    ):
        m.text(line)


def from_template(lines: Mapping[str, Any], path: Path) -> None:
    """A document filled in by docxtpl, as some offices' programs make them."""
    from docxtpl import DocxTemplate

    m = Maker()
    m.head((*LEFT_SKHDT, "Số: {{ so }}", "V/v {{ ve_viec }}"), place_and_day("{{ ngay }}"))
    m.para("Kính gửi: {{ noi_gui }}", align=CENTER)
    m.para("{%p for viec in cac_viec %}")
    m.para("{{ loop.index }}. {{ viec }}")
    m.para("{%p endfor %}")
    m.closing(("Nơi nhận:", "- Như trên;", "- Lưu: VT."), ("GIÁM ĐỐC", "", "{{ nguoi_ky }}"))
    template = io.BytesIO()
    m.doc.save(template)
    template.seek(0)
    filled = DocxTemplate(template)
    filled.render(dict(lines), autoescape=True)
    filled.save(str(path))


TEMPLATE_WORDS = {
    "so": "71/SKHĐT-VP",
    "ve_viec": "ví dụ điền mẫu A & B <C>",
    "ngay": "ngày 16 tháng 10 năm 2026",
    "noi_gui": "các phòng",
    "cac_viec": ["Nộp báo cáo", "Họp ngày 20"],
    "nguoi_ky": "Phạm Thị Mẫu",
}
TEMPLATE_FIELDS = {
    "loai": "cong-van", "so_ky_hieu": "71/SKHĐT-VP", "ngay_ban_hanh": "16/10/2026", "co_quan_ban_hanh": SKHDT,
    "trich_yeu": "ví dụ điền mẫu A & B <C>", "noi_nhan": ("Như trên", "Lưu: VT"), "nguoi_ky": "Phạm Thị Mẫu",
    "chuc_vu": "Giám đốc",
}  # fmt: skip
TEMPLATE_PRINTED = ["Kính gửi: các phòng", "1. Nộp báo cáo", "2. Họp ngày 20"]


OFFICE_HTML = f"""<html><head><meta charset="utf-8"></head><body>
<table><tr><td align="center"><p align="center">{LEFT_SKHDT[0]}</p><p align="center"><b>{LEFT_SKHDT[1]}</b></p>
<p align="center">Số: 53/KH-SKHĐT</p></td><td><p align="center"><b>{NATION}</b></p><p align="center"><b>{MOTTO}</b></p>
<p align="center"><i>Lạng Sơn, ngày 06 tháng 3 năm 2026</i></p></td></tr></table>
<p align="center"><b>KẾ HOẠCH</b></p><p align="center"><b>Ví dụ: tệp do LibreOffice ghi</b></p>
<h1>Phần chung</h1><ol type="I"><li><p>Mục một</p><ol><li><p>Khoản một</p></li><li><p>Khoản hai</p></li></ol></li>
<li><p>Mục hai</p></li></ol>
<table border="1"><tr><td rowspan="2">Gộp dọc</td><td colspan="2">Gộp ngang</td></tr><tr><td>ô 1</td><td>ô 2</td></tr></table>
<p align="justify">Đoạn cuối của ví dụ.</p>
<table><tr><td><p>Nơi nhận:</p><p>- Như trên;</p><p>- Lưu: VT.</p></td><td><p>GIÁM ĐỐC</p><p>Lê Văn Mẫu</p></td></tr></table>
</body></html>"""
OFFICE_FIELDS = {
    "loai": "ke-hoach", "so_ky_hieu": "53/KH-SKHĐT", "ngay_ban_hanh": "6/3/2026", "co_quan_ban_hanh": SKHDT,
    "trich_yeu": "Ví dụ: tệp do LibreOffice ghi", "noi_nhan": ("Như trên", "Lưu: VT"), "nguoi_ky": "Lê Văn Mẫu",
    "chuc_vu": "Giám đốc",
}  # fmt: skip
OFFICE_PRINTED = [
    "Phần chung", "I. Mục một", "1. Khoản một", "2. Khoản hai", "II. Mục hai", "Gộp dọc", "Gộp ngang", "ô 1", "ô 2",
    "Đoạn cuối của ví dụ.",
]  # fmt: skip
