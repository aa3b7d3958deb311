"""The path of a PDF in, a sheet of plain words out; the reading itself runs in a process of its own."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from .. import apart
from ..imported import CannotRead, Sheet

READER = "chinhsach.pdf_in.reading:sheet"

NOT_INSTALLED = (
    "máy này chưa cài phần đọc PDF. Người quản trị chạy một lần lệnh sau trong thư mục của dự án rồi thử lại: "
    "pip install -e '.[nhap]'"
)
_BROKEN = (
    "PDF hỏng nên không đọc được. Hãy thử mở tệp: mở được thì in ra PDF mới rồi thử lại, không thì xin lại tệp từ nơi "
    "gửi"
)
_IN_WORDS_OF_A_PDF = {
    apart.BROKEN: _BROKEN,
    apart.TOO_HEAVY: (
        "PDF đòi quá nhiều bộ nhớ hoặc thời gian khi đọc nên máy dừng lại. Hãy mở tệp, in ra PDF mới rồi thử lại, hoặc "
        "gửi tệp Word của văn bản"
    ),
    apart.TOO_LARGE: (
        "PDF nặng quá 25 MB nên không đọc và không đăng được. Hãy quét lại ở độ phân giải thấp hơn (200 điểm một inch, "
        "đen trắng), hoặc tách phụ lục thành tệp riêng"
    ),
}


def read(path: Path) -> Sheet:
    """The sheet of a PDF. Raises CannotRead with what it is and what to do instead."""
    if find_spec("pdfplumber") is None or find_spec("asn1crypto") is None:
        raise CannotRead(NOT_INSTALLED)
    try:
        return apart.read_apart(READER, path)
    except CannotRead as refused:
        raise CannotRead(_IN_WORDS_OF_A_PDF.get(str(refused), str(refused))) from None
