"""The table of keys in, the Word form «Phiếu gửi tin» out: a .docx whose every label, hint and choice is the table's.

Written without a library: content controls (lists, boxes to tick) are beyond python-docx, and the site's build stays
light. ECMA-376 Part 1 §17.5.2 (content controls); [MS-DOCX] 2.6.1 (w14:checkbox).
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from ..form_rows import TITLE
from ..kinds import ALL, Field, FromVocabulary
from ..schema import BY_KEY
from ..site_config import SiteConfig
from ..vocabulary import Vocabularies

PATH = "huong-dan/phieu-gui-tin.docx"
KEYS = (
    "tieu_de", "tom_tat", "loai", "so_ky_hieu", "co_quan_ban_hanh", "ngay_ban_hanh", "ngay_hieu_luc", "trich_yeu",
    "nguoi_ky", "chuc_vu", "don_vi_chu_tri", "linh_vuc", "doi_tuong", "ngay_dang", "nguon",
)  # fmt: skip
PARTS = (
    ("Điểm chính", "văn bản nói gì, mỗi ý một dòng"),
    ("Ai cần biết", "ai phải làm, ai được hưởng"),
    ("Từ khi nào", "ngày có hiệu lực, thời hạn"),
    ("Cần làm gì", "người đọc phải làm gì, kèm giấy tờ gì"),
    ("Làm ở đâu, hạn nào", "nơi nộp, hạn nộp"),
    ("Hỏi ai", "nơi trả lời của cơ quan; không ghi số điện thoại riêng"),
)
EMPTY_BOX, TICKED_BOX = "☐", "☒"
CHOOSE = "Bấm vào đây để chọn"
_INTRODUCTION = (
    "Mỗi phiếu một văn bản. Ghi vào cột bên phải; dòng có dấu * thì phải ghi. Không biết thì để trống, đừng đoán.",
    "Ô chọn: bấm vào rồi chọn một dòng. Ô vuông: bấm vào để đánh dấu, hoặc xóa ô vuông rồi gõ chữ x thay vào.",
    "Không ghi điều mật, không ghi số căn cước, số điện thoại riêng, địa chỉ nhà. Gửi phiếu kèm tệp văn bản gốc.",
)
_SIGNATURES = ("NGƯỜI LẬP PHIẾU", "NGƯỜI ĐỨNG ĐẦU ĐƠN VỊ")

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    _HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.styles+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = (
    _HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = (
    _HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
)
_FONT = "Times New Roman"
_STYLES = (
    _HEAD + f'<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:cs="{_FONT}" w:eastAsia="{_FONT}"/>'
    '<w:sz w:val="26"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:before="40" w:after="40"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1418" '
    'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
_COLUMNS = (3600, 6030)
_DATE = (1980, 1, 1, 0, 0, 0)


def form(vocabularies: Vocabularies, config: SiteConfig) -> bytes:
    """The form as a .docx file; the same table and vocabularies give the same bytes."""
    rows = [_row(BY_KEY[key], vocabularies) for key in KEYS]
    parts = [_two_cells(_label(name, hint), [_paragraph("")]) for name, hint in PARTS]
    body = [
        _paragraph(config.department.upper(), bold=True, align="center"),
        _paragraph(TITLE, bold=True, align="center", size=32),
        *(_paragraph(line, size=24) for line in _INTRODUCTION),
        _table([*rows, *parts]),
        _paragraph(""),
        _signatures(),
        _paragraph(""),
        _PAGE,
    ]
    document = (
        f'{_HEAD}<w:document xmlns:w="{_MAIN}" xmlns:w14="{_W14}" xmlns:mc="{_MC}" mc:Ignorable="w14"><w:body>'
        + "".join(body)
        + "</w:body></w:document>"
    )
    return _packed(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _PACKAGE,
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _DOCUMENT,
            "word/styles.xml": _STYLES,
        }
    )


def label(row: Field) -> str:
    """What the form calls a key: its label, with a star where an entry cannot do without it."""
    needed = (row.required or row.key == "tom_tat") and row.key != "ngay_dang"  # without a day: as soon as it is ready
    return f"{row.label} *" if needed else row.label


def _packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content.encode())
    return out.getvalue()


def _row(row: Field, vocabularies: Vocabularies) -> str:
    example = "" if isinstance(row.kind, FromVocabulary) else f". Ví dụ: {row.example}"
    hint = row.hint.removesuffix(f", hoặc {ALL}")
    return _two_cells(_label(label(row), hint + example), _answer(row, vocabularies))


def _answer(row: Field, vocabularies: Vocabularies) -> list[str]:
    if not isinstance(row.kind, FromVocabulary):
        return [_paragraph("")]
    names = row.kind.choices(vocabularies)
    return [_tick(name) for name in names] if row.kind.several else [_list(row, list(names))]


def _label(name: str, hint: str) -> list[str]:
    return [_paragraph(name, bold=True), _paragraph(hint, size=20, italic=True)]


def _run(text: str, *, bold: bool = False, italic: bool = False, size: int = 0) -> str:
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "") + (f'<w:sz w:val="{size}"/>' if size else "")
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(text: str, *, align: str = "", bold: bool = False, italic: bool = False, size: int = 0) -> str:
    aligned = f'<w:jc w:val="{align}"/>' if align else ""
    run = _run(text, bold=bold, italic=italic, size=size) if text else ""
    return f"<w:p><w:pPr>{aligned}</w:pPr>{run}</w:p>"


def _list(row: Field, names: list[str]) -> str:
    items = "".join(f"<w:listItem w:displayText={quoteattr(name)} w:value={quoteattr(name)}/>" for name in names)
    return (
        f"<w:p><w:sdt><w:sdtPr><w:alias w:val={quoteattr(row.label)}/><w:tag w:val={quoteattr(row.key)}/>"
        f"<w:showingPlcHdr/><w:dropDownList>{items}</w:dropDownList></w:sdtPr>"
        f"<w:sdtContent>{_run(CHOOSE, italic=True)}</w:sdtContent></w:sdt></w:p>"
    )


def _tick(name: str) -> str:
    return (
        '<w:p><w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{_run(EMPTY_BOX)}</w:sdtContent></w:sdt>{_run(' ' + name)}</w:p>"
    )


def _two_cells(left: list[str], right: list[str]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(content)}</w:tc>'
        for width, content in zip(_COLUMNS, (left, right), strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _table(rows: list[str], *, lines: bool = True) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="{"single" if lines else "nil"}" w:sz="4"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _COLUMNS)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_COLUMNS)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _signatures() -> str:
    left, right = (
        [
            _paragraph(who, bold=True, align="center"),
            _paragraph("(ký, ghi rõ họ tên)", italic=True, align="center"),
            *[_paragraph("")] * 3,
        ]
        for who in _SIGNATURES
    )
    day = _paragraph("Ngày …… tháng …… năm ………", italic=True, align="center")
    return _table([_two_cells([_paragraph("")], [day]), _two_cells(left, right)], lines=False)
