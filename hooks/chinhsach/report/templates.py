"""Makes the two Word templates of `_van-phong/mau/` in the layout of NĐ 30/2020 Phụ lục I; the office may edit them.

The tables come from `tables.py`. Places to fill are docxtpl's: `{{ … }}` for a value, `{%p … %}` around paragraphs,
`{%tr … %}` around table rows, `{% cellbg … %}` for a cell's colour.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from docx import Document as new_document
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph

from . import tables
from .content import BAR_CELLS
from .tables import Table
from .zips import repacked

FONT = "Times New Roman"
REPORT, LETTER = "bao-cao.docx", "don-doc.docx"
TEXT_WIDTH, LANDSCAPE_WIDTH = 165, 252
_HEADER_WIDTHS = (62, 103)
"""Of the two columns: in equal ones «CỘNG HÒA … VIỆT NAM» breaks at 13 pt."""
_MADE = datetime(2026, 1, 1)


def report() -> bytes:
    """The template of the periodic report."""
    document = _blank("Báo cáo kết quả truyền thông chính sách")
    _header(document, "Số:         /BC-{{ duoi_so }}")
    _paragraph(document, "BÁO CÁO", bold=True, size=14, align=ALIGN.CENTER, before=12, after=0)
    title = "Kết quả công tác truyền thông chính sách, {{ ten_ky }}"
    _paragraph(document, title, bold=True, size=14, align=ALIGN.CENTER, after=0)
    _rule(document, 45, TEXT_WIDTH)
    _text(document, "Thực hiện {{ ten_ke_hoach }}, {{ ten_co_quan }} báo cáo kết quả {{ ten_ky }} như sau:")
    _text(
        document,
        "Số liệu của kỳ từ {{ tu_ngay }} đến {{ den_ngay }}, tính đến {{ ngay_chot }}, lấy từ sổ theo dõi của "
        "Văn phòng, tin trên trang và bằng chứng đã ghi. Việc không có bằng chứng không được tính là đã làm.",
    )
    _text(document, "{{ tom_tat }}")
    _heading(document, "I. KẾT QUẢ THEO NHIỆM VỤ CỦA KẾ HOẠCH")
    _table(document, tables.TASKS)
    _sub(document, "Chỉ tiêu")
    _table(document, tables.INDICATORS)
    _heading(document, "II. ĐỘ PHỦ TRUYỀN THÔNG CHÍNH SÁCH")
    _sub(document, "1. Kết quả chung")
    _table(document, tables.OVERALL)
    for number, table in enumerate((tables.BY_UNIT, tables.BY_FIELD, tables.BY_CHANNEL), 2):
        _sub(document, f"{number}. {table.title}")
        _table(document, table)
        _chart(document, table)
    _heading(document, "III. HỘI NGHỊ, TỌA ĐÀM, TẬP HUẤN, BÁO CHÍ, PHÁT THANH")
    _table(document, tables.ACTIVITIES)
    _sub(document, tables.TRAINED.title)
    _table(document, tables.TRAINED)
    _heading(document, "IV. LẤY Ý KIẾN DỰ THẢO")
    _table(document, tables.CONSULTATIONS)
    _sub(document, tables.DRAFTS.title)
    _table(document, tables.DRAFTS)
    _heading(document, "V. ĐÍNH CHÍNH, GỠ TIN")
    _table(document, tables.CORRECTIONS)
    _sub(document, tables.OWED.title)
    _table(document, tables.OWED)
    _heading(document, "VI. BẠN ĐỌC")
    _table(document, tables.READERS)
    _heading(document, "VII. VIỆC CHẬM VÀ LÝ DO")
    _table(document, tables.BEHIND)
    _text(document, "Lý do: {{ van_phong_viet }}")
    _heading(document, "VIII. ĐỀ XUẤT, KIẾN NGHỊ")
    _text(document, "{{ van_phong_viet }}")
    closing = "Trên đây là báo cáo kết quả truyền thông chính sách {{ ten_ky }} của {{ ten_co_quan }}./."
    _text(document, closing).paragraph_format.keep_with_next = True
    _signature(document, ("GIÁM ĐỐC",), "- Lưu: VT, VP.")
    _annex(document)
    return _saved(document)


def letter() -> bytes:
    """The template of the letter «V/v đôn đốc» to one unit."""
    document = _blank("Công văn đôn đốc truyền thông chính sách")
    _header(document, "Số:         /{{ duoi_so }}-VP", "V/v đôn đốc truyền thông chính sách {{ ten_ky }}")
    _paragraph(document, "Kính gửi: {{ don_vi }}.", size=14, align=ALIGN.CENTER, before=12, after=12)
    _text(
        document,
        "Thực hiện {{ ten_ke_hoach }}, Văn phòng Sở rà soát sổ theo dõi văn bản và bằng chứng truyền thông. "
        "Tính đến {{ ngay_chot }}, {{ cua_ai }} {{ so_viec }} việc của kỳ từ {{ tu_ngay }} đến {{ den_ngay }} "
        "chưa hoàn thành:",
    )
    _table(document, tables.URGED)
    _text(
        document,
        "Đề nghị đơn vị thực hiện, ghi bằng chứng vào tin theo hạn nêu trên; việc không làm được thì nêu lý do, "
        "gửi Văn phòng Sở tổng hợp, báo cáo Lãnh đạo Sở./.",
    )
    _signature(document, ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"), "- Như trên;", "- Lãnh đạo Sở (b/c);", "- Lưu: VT, VP.")
    return _saved(document)


MAKERS: Mapping[str, Callable[[], bytes]] = {REPORT: report, LETTER: letter}
"""The templates by file name."""


def _blank(title: str) -> Document:
    document = new_document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.language = "vi-VN"
    properties.created = properties.modified = _MADE
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    for defaults in (normal.element.get_or_add_rPr(), document.styles.element.find(qn("w:docDefaults"))):
        for fonts in defaults.iter(qn("w:rFonts")):
            fonts.attrib.clear()
            for name in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{name}"), FONT)
        for language in defaults.iter(qn("w:lang")):
            for name in ("val", "eastAsia"):
                language.set(qn(f"w:{name}"), "vi-VN")
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    _margins(section)
    _page_numbers(section)
    return document


def _margins(section: Any) -> None:
    """NĐ 30/2020 Phụ lục I Mục I.2: top and bottom 20–25 mm, left 30–35 mm, right 15–20 mm."""
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)


def _page_numbers(section: Any) -> None:
    """Arabic, in the middle of the top margin, not on the first page (NĐ 30/2020 Phụ lục I Mục I.7)."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if text:
            part = OxmlElement("w:instrText")
            part.text = text
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _paragraph(
    holder: Document | Cell,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 14,
    align: ALIGN = ALIGN.LEFT,
    before: float = 0,
    after: float = 6,
    first: bool = False,
) -> Paragraph:
    """A paragraph with one run; `first` takes a cell's own first paragraph."""
    paragraph = holder.paragraphs[0] if first else holder.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    if isinstance(holder, Cell):
        paragraph.paragraph_format.line_spacing = 1.0
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _text(document: Document, text: str) -> Paragraph:
    paragraph = _paragraph(document, text, align=ALIGN.JUSTIFY)
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    return paragraph


def _heading(document: Document, text: str) -> None:
    paragraph = _paragraph(document, text, bold=True, before=8)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.first_line_indent = Mm(12.7)


def _sub(document: Document, text: str) -> None:
    paragraph = _paragraph(document, text, bold=True, before=6)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.first_line_indent = Mm(12.7)


def _rule(holder: Document | Cell, length: float, width: float) -> None:
    """A thin line in the middle, as long as said, in millimetres: a paragraph's border prints everywhere."""
    paragraph = _paragraph(holder, "", size=2, align=ALIGN.CENTER, after=4)
    paragraph.paragraph_format.line_spacing = Pt(3)
    side = Mm((width - length) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _header(document: Document, number: str, subject: str = "") -> None:
    """The two columns at the top: bodies, number and subject; the nation's name, place and day."""
    left, right = _grid(document, _HEADER_WIDTHS).rows[0].cells
    _paragraph(left, "{{ co_quan_chu_quan }}", size=13, align=ALIGN.CENTER, after=0, first=True)
    _paragraph(left, "{{ co_quan }}", bold=True, size=13, align=ALIGN.CENTER, after=2)
    _rule(left, 22, _HEADER_WIDTHS[0] - 4)
    _paragraph(left, number, size=13, align=ALIGN.CENTER, after=0)
    if subject:
        _paragraph(left, subject, size=12, align=ALIGN.CENTER, after=0)
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    _paragraph(right, nation, bold=True, size=13, align=ALIGN.CENTER, after=0, first=True)
    _paragraph(right, "Độc lập - Tự do - Hạnh phúc", bold=True, size=14, align=ALIGN.CENTER, after=2)
    _rule(right, 64, _HEADER_WIDTHS[1] - 4)
    day = "{{ dia_danh }}, ngày        tháng        năm {{ nam }}"
    _paragraph(right, day, italic=True, size=14, align=ALIGN.CENTER, after=0)


def _grid(document: Document, widths: Sequence[float], rows: int = 1) -> WordTable:
    """A table of fixed columns, in millimetres."""
    table: WordTable = document.add_table(rows=rows, cols=len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _padding(grid: WordTable, sides: Sequence[tuple[str, float]]) -> None:
    """The space between a cell's edge and its text, in millimetres."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in sides:
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), str(round(width * 56.7)))
        part.set(qn("w:type"), "dxa")
        margins.append(part)
    _insert(grid, margins, "w:tblLook")


def _apart(grid: WordTable) -> None:
    """White lines between the rows, so that bars do not grow into each other."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "36"), ("space", "0"), ("color", "FFFFFF")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    _insert(grid, borders, "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _insert(grid: WordTable, part: Any, *before: str) -> None:
    """Put a property of a table where the schema wants it: Word refuses another order."""
    grid._tbl.tblPr.insert_element_before(part, *before)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _control(document: Document, words: str) -> None:
    _paragraph(document, f"{{%p {words} %}}", size=2, after=0)


def _table(document: Document, table: Table, width: float = TEXT_WIDTH) -> None:
    """A table whose rows are filled in and whose heading is printed again on every page; one sentence without rows."""
    total = sum(column.width for column in table.columns)
    _control(document, f"if {table.key}")
    grid = _grid(document, [column.width * width / total for column in table.columns], rows=4)
    grid.style = "Table Grid"
    _padding(grid, (("top", 0.4), ("left", 0.9), ("bottom", 0.4), ("right", 0.9)))
    head, start, body, end = grid.rows
    _mark(head, "w:tblHeader")  # without cantSplit: LibreOffice 7.4 drops all rows where only the head fits on a page
    _mark(body, "w:cantSplit")
    size = 11 if len(table.columns) > 5 else 12
    for cell, column in zip(head.cells, table.columns, strict=True):
        name = _paragraph(cell, column.head, bold=True, size=size, align=ALIGN.CENTER, after=0, first=True)
        name.paragraph_format.keep_with_next = True
    for cell, column in zip(body.cells, table.columns, strict=True):
        align = ALIGN.CENTER if column.is_number else ALIGN.LEFT
        _paragraph(cell, f"{{{{ r.{column.key} }}}}", size=size, align=align, after=0, first=True)
    start.cells[0].paragraphs[0].add_run(f"{{%tr for r in {table.key} %}}")
    end.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    _gap(document)
    _control(document, "else")
    _text(document, table.empty if table is tables.URGED else f"{{{{ trong.{table.key} }}}}")
    _control(document, "endif")


def _gap(document: Document) -> Paragraph:
    paragraph = _paragraph(document, "", size=4, after=2)
    paragraph.paragraph_format.line_spacing = Pt(6)
    return paragraph


def _chart(document: Document, table: Table) -> None:
    """Bars of coloured cells, each a twentieth: as stable as the text, and drawn with the document's own means."""
    bars = f"{table.key}_thanh"
    _control(document, f"if {bars}")
    what = "có bằng chứng trên kênh" if table is tables.BY_CHANNEL else "có tin trên trang"
    caption = f"Biểu đồ: tỷ lệ văn bản {what}, {table.title.lower()} (mỗi ô 5 %)"
    said = _paragraph(document, caption, italic=True, size=12, align=ALIGN.CENTER, after=2)
    said.paragraph_format.keep_with_next = True
    cell_width = 3.6
    widths = [55, *([cell_width] * BAR_CELLS), TEXT_WIDTH - 55 - cell_width * BAR_CELLS]
    grid = _grid(document, widths, rows=3)
    _apart(grid)
    start, body, end = grid.rows
    _mark(body, "w:cantSplit")
    cells = body.cells
    _paragraph(cells[0], "{{ r.ten }}", size=11, after=3, first=True)
    for place in range(BAR_CELLS):
        _narrow(cells[place + 1])
        _paragraph(cells[place + 1], f"{{% cellbg r.o[{place}] %}}", size=8, after=0, first=True)
    _paragraph(cells[-1], "{{ r.ty_le }}", size=11, after=3, first=True)
    start.cells[0].paragraphs[0].add_run(f"{{%tr for r in {bars} %}}")
    end.cells[0].paragraphs[0].add_run("{%tr endfor %}")
    _gap(document)
    _control(document, "endif")


def _narrow(cell: Cell) -> None:
    """No margins of its own, so that neighbouring cells make one bar."""
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), "0")
        part.set(qn("w:type"), "dxa")
        margins.append(part)
    cell._tc.get_or_add_tcPr().append(margins)


def _signature(document: Document, office: Sequence[str], *fixed: str) -> None:
    """Recipients on the left, the signer's office on the right; no name, for nobody has signed."""
    _gap(document).paragraph_format.keep_with_next = True
    grid = _grid(document, (80, 85))
    _mark(grid.rows[0], "w:cantSplit")
    left, right = grid.rows[0].cells
    _paragraph(left, "Nơi nhận:", bold=True, italic=True, size=12, after=0, first=True)
    if len(fixed) == 1:
        _paragraph(left, "{%p for n in noi_nhan %}", size=11, after=0)
        _paragraph(left, "- {{ n }};", size=11, after=0)
        _paragraph(left, "{%p endfor %}", size=11, after=0)
        _paragraph(left, "- Lãnh đạo Sở;", size=11, after=0)
    for line in fixed:
        _paragraph(left, line, size=11, after=0)
    for place, line in enumerate(office):
        _paragraph(right, line, bold=True, size=14, align=ALIGN.CENTER, after=0, first=place == 0)
    for _ in range(4):
        _paragraph(right, "", size=14, align=ALIGN.CENTER, after=0)


def _annex(document: Document) -> None:
    """Every row of the register, on pages laid across."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    _margins(section)
    section.different_first_page_header_footer = False
    _paragraph(document, "PHỤ LỤC", bold=True, align=ALIGN.CENTER, after=0)
    _paragraph(document, tables.ANNEX.title, bold=True, align=ALIGN.CENTER)
    note = "(Kèm theo Báo cáo số         /BC-{{ duoi_so }} ngày       tháng       năm {{ nam }} của {{ ten_co_quan }})"
    _paragraph(document, note, italic=True, align=ALIGN.CENTER)
    _table(document, tables.ANNEX, LANDSCAPE_WIDTH)


def _saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())
