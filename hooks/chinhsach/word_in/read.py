"""The reader of .docx for `apart`: a path in, the sheet out, with what the clerk must know of the file."""

from __future__ import annotations

from pathlib import Path

from .. import form_rows
from ..imported import CannotRead, Sheet
from ..text import excerpt
from .archive import open_parts
from .document import Document, read_document, words_of
from .fonts import refuse_garbled
from .header import to_sheet

MOST_LETTERS = 2_000_000
_TOO_LONG = "văn bản dài hơn hai triệu chữ, không đưa lên thành một trang được. Hãy tách thành nhiều tệp rồi thử lại"


def read(path: Path) -> Sheet:
    """Read a .docx. Raises CannotRead."""
    parts = open_parts(path)
    if form_rows.is_form(parts.document):
        return Sheet(form=form_rows.rows(parts.document))
    document = read_document(parts)
    words = words_of(document.blocks)
    if len(words) > MOST_LETTERS:
        raise CannotRead(_TOO_LONG)
    refuse_garbled(words)
    sheet = to_sheet(document)
    return Sheet(
        sheet.left,
        sheet.right,
        sheet.title,
        sheet.recipients,
        sheet.signature,
        sheet.body,
        (*_notes(document), *((_COMMENTS,) if parts.has_comments else ())),
        is_whole=not (document.pictures or document.formulas),
    )


_COMMENTS = "tệp Word có nhận xét bên lề: không đưa vào bài, nhưng ai tải tệp về đều thấy; nên xóa trước khi đăng tệp"


def _notes(document: Document) -> list[str]:
    said = [
        f"hộp chữ «{excerpt(words, 60)}»: chữ trong hộp đứng ngay sau đoạn mà hộp gắn vào, xem lại chỗ đứng"
        for words in dict.fromkeys(filter(None, document.boxes))
    ]
    if document.changes:
        said.append(
            f"tệp Word còn {document.changes} dấu sửa: bài lấy chữ như đã chấp nhận mọi dấu sửa, nhưng tệp tải về còn "
            "nguyên dấu; nên chấp nhận hết rồi lưu lại trước khi đăng tệp"
        )
    if document.pictures:
        said.append(f"{document.pictures} hình trong tệp không đưa vào bài; cần thì lưu hình ra tệp và chèn lại")
    if document.formulas:
        said.append(f"{document.formulas} công thức đã thành chữ thường; xem lại từng công thức")
    said += [
        f"bỏ liên kết «{excerpt(address, 60)}»: chỉ giữ chữ, vì địa chỉ không mở được hoặc không an toàn"
        for address in dict.fromkeys(document.dropped_links)
    ]
    said += [
        f"phông «{font}» là bảng mã cũ, đã đổi sang Unicode; đọc soát lại" for font in sorted(document.legacy_fonts)
    ]
    return said
