"""Made-up PDF files («Ví dụ»): pages set by hand with a text layer that needs no font of the machine."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable
from typing import NamedTuple

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 85.0, 553.0
EM = 0.5
"""The width of every letter, in parts of the size."""


class Said(NamedTuple):
    """Words with the place where they begin, from the page's upper left corner."""

    text: str
    x: float
    y: float
    size: float = 13
    bold: bool = False


class Rule(NamedTuple):
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float


def width(text: str, size: float = 13) -> float:
    return len(text) * size * EM


def centred(text: str, center: float, y: float, size: float = 13, bold: bool = False) -> Said:
    return Said(text, center - width(text, size) / 2, y, size, bold)


def paragraph(text: str, y: float, *, indent: float = 28, bold: bool = False, size: float = 13) -> list[Said]:
    """A paragraph's lines as Word breaks them: the first one indented."""
    letter = size * EM
    per_line = int((RIGHT - LEFT) / letter)
    lines = textwrap.wrap(text, per_line, initial_indent=" " * int(indent / letter), break_on_hyphens=False)
    return [Said(line.strip(), LEFT + (indent if not n else 0), y + 18 * n, size, bold) for n, line in enumerate(lines)]


def flow(texts: Iterable[str], y: float) -> list[Said]:
    """Paragraphs under each other; one in capitals or with a Roman label is in bold."""
    out: list[Said] = []
    for text in texts:
        out += paragraph(text, y, bold=text.isupper() or text.startswith(("I.", "II.")))
        y = out[-1].y + 22
    return out


def grid(columns: Iterable[float], heights: Iterable[float]) -> list[Rule]:
    """The lines of a table."""
    xs, ys = list(columns), list(heights)
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def pdf(*pages: Iterable[Said | Rule], fonts: tuple[str, str] = ("ViDu", "ViDu-Bold"), mapped: bool = True) -> bytes:
    """A PDF of these pages; `mapped`: whether its letters can be told from their codes."""
    writer = PdfWriter()
    named = DictionaryObject(
        {
            NameObject(f"/F{number}"): writer._add_object(_font(writer, name, mapped))
            for number, name in enumerate(fonts)
        }
    )
    for content in pages:
        page = writer.add_blank_page(WIDTH, HEIGHT)
        stream = DecodedStreamObject()
        stream.set_data("\n".join(_drawn(one) for one in content).encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): named})
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawn(one: Said | Rule) -> str:
    if isinstance(one, Rule):
        return f"{one.x0} {HEIGHT - one.y0} m {one.x1} {HEIGHT - one.y1} l S"
    codes = one.text.encode("utf-16-be").hex()
    return f"BT /F{int(one.bold)} {one.size} Tf {one.x:.2f} {HEIGHT - one.y:.2f} Td <{codes}> Tj ET"


def _font(writer: PdfWriter, name: str, mapped: bool) -> DictionaryObject:
    """A font that is not embedded, whose codes are Unicode's own."""
    descriptor = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/FontDescriptor"),
            NameObject("/FontName"): NameObject(f"/{name}"),
            NameObject("/Flags"): NumberObject(4),
            NameObject("/FontBBox"): ArrayObject([NumberObject(n) for n in (0, -200, 500, 800)]),
            NameObject("/ItalicAngle"): NumberObject(0),
            NameObject("/Ascent"): NumberObject(800),
            NameObject("/Descent"): NumberObject(-200),
            NameObject("/CapHeight"): NumberObject(700),
            NameObject("/StemV"): NumberObject(80),
        }
    )
    below = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject(f"/{name}"),
            NameObject("/CIDSystemInfo"): DictionaryObject(
                {
                    NameObject("/Registry"): TextStringObject("Adobe"),
                    NameObject("/Ordering"): TextStringObject("Identity"),
                    NameObject("/Supplement"): NumberObject(0),
                }
            ),
            NameObject("/FontDescriptor"): writer._add_object(descriptor),
            NameObject("/DW"): FloatObject(1000 * EM),
        }
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject(f"/{name}"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([writer._add_object(below)]),
        }
    )
    if mapped:
        stream = DecodedStreamObject()
        stream.set_data(_UNICODE.encode())
        font[NameObject("/ToUnicode")] = writer._add_object(stream)
    return font


_RANGES = "\n".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in (0x00, 0x01, 0x03, 0x1E, 0x20))
_UNICODE = f"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
5 beginbfrange
{_RANGES}
endbfrange endcmap CMapName currentdict /CMap defineresource pop end end"""


# Documents of NĐ 30/2020's layout; every name in them is made up

BODY = (
    "Ví dụ: căn cứ nhiệm vụ được giao, phòng ví dụ xây dựng kế hoạch như sau, đoạn này đủ dài để xuống dòng ít nhất là hai lần trên trang giấy.",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Mục đích",
    "a) Ví dụ: nói rõ việc cần làm & ai làm; chỗ này cũng cố ý viết dài hơn một dòng để thử cách nối dòng.",
    "- Ví dụ: gạch đầu dòng thứ nhất.",
    "3. Mục này cố ý mang số 3, không phải số 2.",
    "II. TỔ CHỨC THỰC HIỆN",
    "Điều 5. Ví dụ về điều <b>không</b> phải thẻ.",
)


def plan(number: str = "Số: 12/KH-SKHĐT", day: str = "Lạng Sơn, ngày 30 tháng 5 năm 2023") -> bytes:
    """A plan of two pages: head, title, numbered text, a table, recipients and signature."""
    left, right, middle = 175.0, 425.0, (LEFT + RIGHT) / 2
    first = [
        centred("UBND TỈNH VÍ DỤ", left, 70, 12),
        centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", right, 70, 12, True),
        centred("SỞ KẾ HOẠCH VÀ ĐẦU TƯ", left, 86, 12, True),
        centred("Độc lập - Tự do - Hạnh phúc", right, 86, 13, True),
        Rule(right - 80, 92, right + 80, 92),
        Rule(left - 30, 92, left + 30, 92),
        centred(number, left, 112),
        centred(day, right, 112),
        centred("KẾ HOẠCH", middle, 150, 14, True),
        centred("Truyền thông ví dụ năm 2023", middle, 168, 14, True),
        *flow(BODY, 210),
    ]
    second = [
        centred("2", middle, 40),
        *grid((LEFT, 125, 360, RIGHT), (80, 105, 130, 155)),
        Said("TT", LEFT + 6, 98), Said("Việc", 131, 98), Said("Đơn vị", 366, 98),
        Said("1", LEFT + 6, 123), Said("Ví dụ: in | phát", 131, 123), Said("Phòng ví dụ", 366, 123),
        Said("2", LEFT + 6, 148), Said("Ví dụ: họp", 131, 148), Said("Phòng khác", 366, 148),
        *paragraph("Ví dụ: đoạn cuối cùng của bản kế hoạch.", 185),
        Said("Nơi nhận:", LEFT, 230, 12, True), centred("KT. GIÁM ĐỐC", right, 230, 13, True),
        Said("- Như trên;", LEFT, 246, 11), centred("PHÓ GIÁM ĐỐC", right, 246, 13, True),
        Said("- Lưu: VT.", LEFT, 260, 11),
        centred("Nguyễn Văn Ví Dụ", right, 330, 13, True),
    ]  # fmt: skip
    return pdf(first, second)


def scan() -> bytes:
    """Two pages with nothing but a picture on each."""
    writer = PdfWriter()
    picture = DecodedStreamObject()
    picture.set_data(bytes(64))
    picture.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(8),
            NameObject("/Height"): NumberObject(8),
            NameObject("/ColorSpace"): NameObject("/DeviceGray"),
            NameObject("/BitsPerComponent"): NumberObject(8),
        }
    )
    named = writer._add_object(picture)
    for _ in range(2):
        page = writer.add_blank_page(WIDTH, HEIGHT)
        stream = DecodedStreamObject()
        stream.set_data(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Anh Do Q".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/XObject"): DictionaryObject({NameObject("/Anh"): named})}
        )
    return written(writer)
