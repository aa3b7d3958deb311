"""The path of a PDF in, its sheet out: for the child process only, since a file can be made to exhaust its reader."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

from ..imported import CannotRead, Sheet
from ..text import clean
from ..word_in.fonts import refuse_garbled
from . import layout, signatures, tables
from .layout import Row, Table, Word

MOST_PAGES = 60
MOST_SECONDS = 4.0
"""After this time no further page is begun, so that what was read still comes out within the process's time."""
_MOST_OBJECTS = 200_000
_RUNNING = frozenset(("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/GoToE"))
_OLD_FONT = re.compile(r"(?:^|\+)(\.?Vn[A-Z]\w*|VNI-\w+)")
_UNKNOWN = re.compile(r"\(cid:[0-9]+\)|[\x00\ufffd]")
_BOLD = re.compile(r"bold|black|demi|[-,]bd\b", re.I)
_NOT_VIETNAMESE = re.compile("[äëïöüåæøñûîçß]", re.I)
_FEW_LETTERS = 20
_MOST_LINES, _LONGEST_LINE = 60, 400

NOT_PDF = "tệp mang đuôi .pdf nhưng bên trong không phải PDF. Hãy xin lại tệp từ nơi gửi"
WORD_INSIDE = (
    "tệp mang đuôi .pdf nhưng bên trong là tệp Word hoặc tệp nén. Hãy đổi đuôi tên thành {ending} rồi gửi lại; cần PDF "
    "thì mở bằng Word, chọn Lưu thành (Save as), loại PDF"
)
_INSIDE = {b"PK\x03\x04": ".docx", b"\xd0\xcf\x11\xe0": ".doc"}
LOCKED = "PDF có mật khẩu nên không đọc và không đăng được. Hãy xin bản không đặt mật khẩu"
RUNNING = (
    "PDF có lệnh tự chạy ({what}), không được đăng cho người dân tải về. Hãy xin lại bản PDF thường từ nơi ban hành, "
    "hoặc mở tệp rồi in ra PDF mới"
)
SCAN = (
    "PDF là ảnh chụp (bản quét), không có chữ để đọc: tệp được đính kèm nguyên vẹn, các khóa để trống. Hãy điền theo "
    "bản giấy, hoặc xin tệp Word của văn bản"
)
OLD_FONT = (
    "Chữ trong PDF dùng phông cũ «{font}», máy không đọc đúng dấu: tệp được đính kèm nguyên vẹn, các khóa để trống. "
    "Hãy điền theo văn bản, hoặc gửi tệp Word của văn bản"
)
GARBLED = (
    "Chữ trong PDF viết bằng bảng mã cũ nhưng phông đã đổi, máy không đọc đúng dấu: tệp được đính kèm nguyên vẹn, các "
    "khóa để trống. Hãy điền theo văn bản, hoặc gửi tệp Word của văn bản"
)
UNREADABLE_FONT = (
    "Chữ trong PDF không kèm bảng mã nên máy không đọc được: tệp được đính kèm nguyên vẹn, các khóa để trống. Hãy điền "
    "theo văn bản, hoặc gửi tệp Word của văn bản"
)


class _Broken(Exception):
    """A damaged file: the parent has the words for it."""


class Pages(NamedTuple):
    """What was read: rows and tables of all pages, the letters by font, pages read, pages in all, pages of images."""

    rows: list[Row]
    tables: list[Table]
    letters: dict[str, int]
    unknown: int
    read: int
    pages: int
    images: tuple[int, ...]


def sheet(path: Path) -> Sheet:
    """Read a PDF. Raises CannotRead for what is no PDF, is locked, or would run something when opened."""
    logging.disable(logging.CRITICAL)  # both libraries warn about the file's maker, not to clerks
    with path.open("rb") as file:
        start = file.read(1024)
    if b"%PDF-" not in start:
        ending = _INSIDE.get(start[:4])
        raise CannotRead(WORD_INSIDE.format(ending=ending) if ending else NOT_PDF)
    signed = _gate(path)
    pages = _pages(path)
    notes = tuple(signatures.sentences(signed, path.stat().st_size))
    kind = "ban-ky-so" if signed else ""
    letters = sum(pages.letters.values())
    if letters < _FEW_LETTERS:
        return Sheet(notes=(*notes, SCAN), is_whole=False, kind=kind or "ban-quet")
    if pages.unknown > 0.05 * letters:
        return Sheet(notes=(*notes, UNREADABLE_FONT), is_whole=False, kind=kind)
    old = {font: count for font, count in pages.letters.items() if _OLD_FONT.search(font)}
    if sum(old.values()) > 0.02 * letters:
        found = _OLD_FONT.search(max(old, key=lambda font: old[font]))
        return Sheet(notes=(*notes, OLD_FONT.format(font=found[1] if found else "")), is_whole=False, kind=kind)
    if _is_garbled("\n".join(row.whole.text for row in pages.rows)):
        return Sheet(notes=(*notes, GARBLED), is_whole=False, kind=kind)
    return _laid_out(pages, notes, kind)


def _is_garbled(text: str) -> bool:
    """Whether letters of an old font were saved under a new font's name: «ViÖt Nam» (TCVN3), «Vieät Nam» (VNI)."""
    if len(_NOT_VIETNAMESE.findall(text)) > max(10, 0.02 * len(text)):
        return True
    try:
        refuse_garbled(text)
    except CannotRead:
        return True
    return False


def _laid_out(pages: Pages, notes: tuple[str, ...], kind: str) -> Sheet:
    limits = _limits(pages)
    if not pages.rows:
        return Sheet(
            body="\n\n".join(table.markup for table in pages.tables),
            notes=(*notes, *limits),
            is_whole=not limits,
            kind=kind,
        )
    area = layout.margins(pages.rows)
    head = layout.head(pages.rows, area)
    rest = pages.rows[head.size :]
    end = layout.closing(rest, area)
    body = [*rest[: end.start], *end.others, *rest[end.end :]]
    return Sheet(
        left=_short(head.left),
        right=_short(head.right),
        title=_short(head.title),
        recipients=_short(end.recipients),
        signature=_short(end.signature),
        body=layout.paragraphs(body, pages.tables, area),
        notes=(*notes, *limits),
        is_whole=not limits,
        kind=kind,
    )


def _short(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a block, as many and as long as people write them: what they mean is judged outside this process."""
    return tuple(line[:_LONGEST_LINE] for line in lines[:_MOST_LINES])


def _limits(pages: Pages) -> list[str]:
    said = []
    if pages.read < pages.pages:
        said.append(
            f"Máy chỉ đọc {pages.read} trang đầu trong {pages.pages} trang: hãy xem lại phần bài và người ký; tệp đính "
            "kèm vẫn đủ trang"
        )
    if pages.images:
        listed = ", ".join(str(number) for number in pages.images)
        said.append(f"Trang {listed} là ảnh, không có chữ để đọc: hãy gõ thêm nếu phần ấy cần có trong bài")
    return said


# What must not be published, and who signed


def _gate(path: Path) -> list[signatures.Signature]:
    """The signatures of a PDF that may be published. Raises CannotRead for the others."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise CannotRead(LOCKED)
        _refuse_running(reader)
        return signatures.find(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as fault:
        raise _Broken from fault


def _refuse_running(reader: PdfReader) -> None:
    """Look through every object, those that no page names too: a reader may be led to them in many ways."""
    numbers = sorted({number for table in reader.xref.values() for number in table} | set(reader.xref_objStm))
    if len(numbers) > _MOST_OBJECTS:
        raise _Broken
    for number in numbers:
        try:
            found = reader.get_object(number)
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            continue
        what = _running(found)
        if what:
            raise CannotRead(RUNNING.format(what=what))


def _running(found: Any) -> str:
    """The action that an object holds, itself or in what is written into it, or ""."""
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            action = dict.get(one, "/S")
            if action in _RUNNING:
                return str(action).removeprefix("/")
            if "/JS" in one:
                return "JavaScript"
            if "/XFA" in one:
                return "XFA"
            waiting += [dict.get(one, key) for key in one]
        elif isinstance(one, ArrayObject):
            waiting += list.__iter__(one)
    return ""


# Pages


def _pages(path: Path) -> Pages:
    until = time.monotonic() + MOST_SECONDS
    rows: list[Row] = []
    found: list[Table] = []
    letters: dict[str, int] = {}
    images: list[int] = []
    unknown = read = 0
    with pdfplumber.open(path) as document:
        count = len(document.pages)
        for number, page in enumerate(document.pages[:MOST_PAGES]):
            if time.monotonic() > until:
                break
            said = "".join(char["text"] for char in page.chars)
            unknown += len(_UNKNOWN.findall(said))
            if page.images and len(said.split()) < _FEW_LETTERS:
                images.append(number + 1)
            for char in page.chars:
                letters[char["fontname"]] = letters.get(char["fontname"], 0) + (not char["text"].isspace())
            on_page, in_tables = _read_page(page, number)
            rows += on_page
            found += in_tables
            read += 1
            page.close()
    return Pages(rows, found, letters, unknown, read, count, tuple(images))


def _read_page(page: Any, number: int) -> tuple[list[Row], list[Table]]:
    words = [_word(said) for said in page.extract_words(x_tolerance_ratio=0.2, return_chars=True)]
    found = []
    for table in page.find_tables() if page.edges else []:
        cells = table.cells
        if len(cells) < 2:
            continue
        inside = [word for word in words if _lies_in(word, table.bbox)]
        if not inside:
            continue
        taken = set(inside)
        words = [word for word in words if word not in taken]
        filled = [tables.Cell(_said([w for w in inside if _lies_in(w, cell)], number), *cell) for cell in cells]
        found.append(Table(tables.markup(filled), table.bbox[1], number))
    return layout.without_page_numbers(layout.rows(words, number), float(page.height)), found


def _word(said: dict[str, Any]) -> Word:
    fonts = [char["fontname"] for char in said["chars"]]  # a letter that a font lacks stands in another one
    is_bold = 2 * sum(bool(_BOLD.search(font)) for font in fonts) > len(fonts)
    size = max(char["size"] for char in said["chars"])
    return Word(clean(said["text"]), said["x0"], said["x1"], said["top"], said["bottom"], size, is_bold)


def _lies_in(word: Word, box: tuple[float, float, float, float]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _said(words: Sequence[Word], number: int) -> str:
    return " ".join(row.whole.text for row in layout.rows(words, number))
