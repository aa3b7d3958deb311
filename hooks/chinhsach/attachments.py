"""A file beside an entry in, what is true of it out: size, hash, what its content really is, pages of a PDF."""

from __future__ import annotations

import hashlib
import io
import logging
import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from . import sound

MAX_BYTES = 25_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "doc": (_OLE,),
    "xls": (_OLE,),
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "jpg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
}
_OFFICE = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "zip": "application/zip",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
}


class FileFacts(NamedTuple):
    """What is true of a file: `is_what_it_says` compares its content with its name's ending."""

    name: str
    path: Path
    size: int
    sha256: str
    is_what_it_says: bool
    pages: int | None
    seconds: int | None = None
    """How long a recording plays."""

    @property
    def suffix(self) -> str:
        """The ending of the name, in lower case, without the dot."""
        return self.name.rpartition(".")[2].lower()

    @property
    def media_type(self) -> str:
        """The IANA media type by the ending."""
        return MEDIA_TYPES.get(self.suffix, "application/octet-stream")


def inspect(path: Path) -> FileFacts:
    """Read a file once and say what it is. A file over 25 MB is not read: its hash is empty."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        return FileFacts(path.name, path, size, "", True, None)
    data = path.read_bytes()
    suffix = path.suffix.lower().lstrip(".")
    pages = _pages(data) if suffix == "pdf" else None
    played = sound.seconds(data) if suffix == "mp3" else None
    return FileFacts(path.name, path, size, hashlib.sha256(data).hexdigest(), _matches(suffix, data), pages, played)


def _matches(suffix: str, data: bytes) -> bool:
    if suffix in _OFFICE:
        return _is_office(suffix, data)
    if suffix in ("txt", "csv", "md"):
        return b"\0" not in data and _is_text(data)
    if suffix == "webp":
        return data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return data.startswith(_STARTS.get(suffix, ()) or (b"\0never",))


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _is_office(suffix: str, data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if suffix in ("odt", "ods"):
                info = archive.getinfo("mimetype")
                return info.file_size < 200 and archive.read(info).decode("ascii", "replace").strip() == _OFFICE[suffix]
            return _OFFICE[suffix] in archive.namelist()
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError):
        return False


def _pages(data: bytes) -> int | None:
    """The pages of a PDF, or None where it cannot be told."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings are about the file's maker, not for clerks
    try:
        return len(PdfReader(io.BytesIO(data)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError):
        return None


_PDF_A = re.compile(rb"pdfaid:(part|conformance)(?:\s*=\s*[\"']|>)\s*([0-9A-Za-z])")


def pdf_a_part(content: bytes) -> str:
    """The kind of PDF/A that a PDF says it is (`pdfaid`, ISO 19005), as «PDF/A-2b»; "" where it says none."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        metadata = PdfReader(io.BytesIO(content)).root_object["/Metadata"].get_object()
        said = dict(_PDF_A.findall(metadata.get_data()))  # type: ignore[union-attr]  # or AttributeError
    except (PyPdfError, OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""
    if b"part" not in said:
        return ""
    return f"PDF/A-{said[b'part'].decode()}{said.get(b'conformance', b'').decode().lower()}"
