"""A file in, the keys and the text that it gives out, with what it is as an attachment; a filled form is none."""

from __future__ import annotations

import hashlib
from pathlib import Path

from . import form, letterhead, stamps
from .draft import Original, file_name
from .imported import CannotRead, Imported
from .readers import reader_for
from .vocabulary import Vocabularies


def read_file(path: Path, vocabularies: Vocabularies) -> tuple[Imported, Original | None]:
    """Read a file and judge its words; a filled form is no document, so it is no attachment either.

    Raises CannotRead, also for a document that bears a stamp of secrecy, or is of a type that stays inside.
    """
    reader = reader_for(path)
    sheet = reader.read(path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    stamp = stamps.of_file(path, path.suffix.lower().lstrip("."), sha256).stamp
    if stamp:
        raise CannotRead(f"văn bản có dấu «{stamp}», không được đưa lên trang; nếu dấu đã hết hiệu lực thì hỏi văn thư")
    if sheet.form:
        return form.read(sheet.form, vocabularies), None
    reading = letterhead.read(sheet, vocabularies) if sheet.left or sheet.body else letterhead.Reading((), ())
    kind = next((vocabularies.types[str(one.value)] for one in reading.fields if one.key == "loai"), None)
    if kind is not None and kind.is_withheld:
        raise CannotRead(f"loại văn bản «{kind.name}» không đăng trên trang này (loai-van-ban.yml ghi khong-dang)")
    imported = Imported(reading.fields, sheet.body, (*reading.notes, *sheet.notes), sheet.is_whole)
    return imported, Original(file_name(path.name), sha256, sheet.kind or reader.kind, reader.name)
