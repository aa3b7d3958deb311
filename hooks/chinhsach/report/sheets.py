"""The report's content in, an Excel workbook out: a sheet for each table, the same bytes for the same input."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook

from . import tables
from .content import Content
from .tables import UNKNOWN, Table

_MADE = datetime(2026, 1, 1)
_NAMES = {
    "chung": "Chung",
    "don_vi": "Đơn vị",
    "linh_vuc": "Lĩnh vực",
    "kenh": "Kênh",
    "nhiem_vu": "Nhiệm vụ",
    "chi_tieu": "Chỉ tiêu",
    "hoat_dong": "Hoạt động",
    "tap_huan": "Tập huấn",
    "gop_y": "Lấy ý kiến",
    "du_thao": "Dự thảo",
    "dinh_chinh": "Đính chính",
    "con_no": "Chưa đưa lại",
    "nguoi_doc": "Bạn đọc",
    "cham": "Việc chậm",
    "phu_luc": "Từng dòng sổ",
}


def workbook(content: Content) -> bytes:
    """All tables, each on its sheet: numbers as numbers, all else as text that no program runs as a formula."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": f"Truyền thông chính sách, {content.facts['ten_ky']}", "created": _MADE})
    formats = {
        "tieu_de": book.add_format({"bold": True, "font_name": "Times New Roman", "font_size": 13}),
        "dau": book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "align": "center"}),
        "chu": book.add_format({"text_wrap": True, "border": 1, "valign": "top"}),
        "so": book.add_format({"border": 1, "valign": "top", "num_format": "0"}),
    }
    for table in tables.REPORT:
        _sheet(book, table, content, formats)
    book.close()
    return buffer.getvalue()


def _sheet(book: Workbook, table: Table, content: Content, formats: dict[str, Any]) -> None:
    rows = content.rows[table.key]
    sheet = book.add_worksheet(_NAMES[table.key])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.write_string(0, 0, table.title, formats["tieu_de"])
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(10, column.width * 0.55))
        sheet.write_string(1, place, column.head, formats["dau"])
    sheet.freeze_panes(2, 0)
    if not rows:
        sheet.write_string(2, 0, content.empty[table.key])
    for line, row in enumerate(rows, 2):
        for place, column in enumerate(table.columns):
            cell = row[column.key]
            if isinstance(cell, int):
                sheet.write_number(line, place, cell, formats["so"])
            else:
                sheet.write_string(line, place, UNKNOWN if cell is None else cell, formats["chu"])
    if len(rows) > 1:
        sheet.autofilter(1, 0, len(rows) + 1, len(table.columns) - 1)
