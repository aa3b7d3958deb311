"""A file in, its sheet out: which reader takes which ending, and what the rest is told."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from .apart import read_apart
from .imported import CannotRead, Sheet


class Reader(NamedTuple):
    """How files of one ending are read, and what such an attachment is: `loai` of the key `tep`, and its name."""

    read: Callable[[Path], Sheet]
    kind: str
    name: str


def _read_docx(path: Path) -> Sheet:
    return read_apart("chinhsach.word_in.read:read", path)


def _read_doc(path: Path) -> Sheet:
    from .word_in.old_word import to_docx

    with tempfile.TemporaryDirectory() as folder:
        return _read_docx(to_docx(path, Path(folder)))


def _read_pdf(path: Path) -> Sheet:
    from . import pdf_in

    return pdf_in.read(path)


READERS: Mapping[str, Reader] = {
    ".docx": Reader(_read_docx, "ban-word", "bản Word"),
    ".doc": Reader(_read_doc, "ban-word", "bản Word"),
    ".pdf": Reader(_read_pdf, "khac", "bản PDF"),
}

_WITH_MACROS = (".docm", ".dotm")


def reader_for(path: Path) -> Reader:
    """The reader of a file, by the ending of its name. Raises CannotRead where there is none."""
    suffix = path.suffix.lower()
    if suffix in READERS:
        return READERS[suffix]
    if suffix in _WITH_MACROS:
        raise CannotRead(
            f"tệp {suffix} có macro (mã chạy được), không nhận. Hãy mở bằng Word, chọn «Lưu thành», loại «Tài liệu "
            "Word (.docx)» rồi gọi lại lệnh với tệp mới"
        )
    raise CannotRead(f"chưa đọc được tệp loại «{suffix or path.name}»; đọc được: {', '.join(READERS)}")
