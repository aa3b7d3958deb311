"""Word files that nobody sends in good faith, made small: each with the words that its refusal must have."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
from word_files import NATION, Maker

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"


def plain() -> dict[str, bytes]:
    """The parts of an ordinary document."""
    held = io.BytesIO()
    docx.Document().save(held)
    with zipfile.ZipFile(held) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write parts as a .docx."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def body(inner: str, declaration: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{declaration}<w:document {W}><w:body>{inner}</w:body></w:document>'.encode()


def with_document(path: Path, data: bytes) -> None:
    packed(path, {**plain(), DOCUMENT: data})


def with_relation(path: Path, kind: str, target: str) -> None:
    parts = plain()
    row = f'<Relationship Id="rIdX" Type="{R}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", row.encode())
    packed(path, parts)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in plain().items():
            archive.writestr(name, data)
        with archive.open("word/media/bomb.bin", "w", force_zip64=True) as member:
            for _ in range(120):
                member.write(bytes(1_000_000))


def big_text(path: Path) -> None:
    with_document(path, body("<w:p/>" + " " * 21_000_000))


def lying_bomb(path: Path) -> None:
    """Says in both of its headers that a part of 15 MB has 1,000 bytes."""
    size = 15_000_000
    with_document(path, body(" " * size))
    data = path.read_bytes()
    said = struct.pack("<I", len(body(" " * size)))
    path.write_bytes(data.replace(said, struct.pack("<I", 1000)))


def many_parts(path: Path) -> None:
    packed(path, {**plain(), **{f"word/x{number}.xml": b"<x/>" for number in range(5000)}})


def nested(depth: int) -> Callable[[Path], None]:
    start, end = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    return lambda path: with_document(path, body(start * depth + end * depth))


def laughs(path: Path) -> None:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with_document(path, body("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", f'<!DOCTYPE d [<!ENTITY l0 "ha">{rows}]>'))


def entity_from_disk(path: Path) -> None:
    declared = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    with_document(path, body("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", declared))


def entity_in_utf16(path: Path) -> None:
    text = body("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE d [<!ENTITY x "y">]>').decode()
    with_document(path, text.replace("UTF-8", "UTF-16").encode("utf-16"))


def entity_in_another_coding(path: Path) -> None:
    text = body("<w:p/>", '<!DOCTYPE d [<!ENTITY x "y">]>').decode()
    with_document(path, text.replace("UTF-8", "UTF-7").replace("<!", "+ADwAIQ-").encode("ascii"))


def many_elements(path: Path) -> None:
    with_document(path, body("<w:p/>" * 1_600_000))


def long_line(path: Path) -> None:
    m = Maker()
    m.head(("ngày " * 150_000, "Số: " * 50_000), (NATION, "ngày tháng " * 100_000))
    m.para("CỘNG " * 100_000)
    m.save(path)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(500_000_000)


def add(name: str, data: bytes = b"\xd0\xcf\x11\xe0") -> Callable[[Path], None]:
    return lambda path: packed(path, {**plain(), name: data})


def macro_type(path: Path) -> None:
    parts = plain()
    kinds = "[Content_Types].xml"
    parts[kinds] = parts[kinds].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    packed(path, parts)


def workbook(path: Path) -> None:
    packed(path, {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


HOSTILE: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "bom-nen": (bomb, "bung ra lớn quá mức"),
    "bom-nen-mot-tep-xml": (big_text, "bung ra lớn quá mức"),
    "bom-nen-khai-gian": (lying_bomb, "tệp hỏng"),
    "nhieu-tep-con": (many_parts, "bung ra lớn quá mức"),
    "mau-tu-mang": (lambda path: with_relation(path, "attachedTemplate", "http://example.org/x.dotm"), "từ nơi khác"),
    "mau-tu-may-chu": (lambda path: with_relation(path, "attachedTemplate", "\\\\may\\x.dotm"), "từ nơi khác"),
    "mau-tu-may-chu-bang-file": (lambda path: with_relation(path, "attachedTemplate", "file://may/x.dotm"), "từ nơi khác"),
    "hinh-tu-mang": (lambda path: with_relation(path, "image", "http://example.org/x.png"), "từ nơi khác"),
    "doi-tuong-tu-mang": (lambda path: with_relation(path, "oleObject", "mhtml:http://example.org/x!y"), "từ nơi khác"),
    "khung-tu-mang": (lambda path: with_relation(path, "frame", "https://example.org/"), "từ nơi khác"),
    "macro": (add("word/vbaProject.bin"), "macro"),
    "macro-khai-trong-loai": (macro_type, "macro"),
    "activex": (add("word/activeX/activeX1.bin"), "macro"),
    "tep-nhung": (add("word/embeddings/oleObject1.bin"), "đối tượng nhúng"),
    "chuong-trinh": (add("word/media/x.exe"), "đối tượng nhúng"),
    "duong-dan-leo": (add("../../x.xml", b"<x/>"), "tệp hỏng"),
    "mat-khau": (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "mật khẩu"),
    "thuc-the-nhan-len": (laughs, "khai báo lạ"),
    "thuc-the-doc-dia": (entity_from_disk, "khai báo lạ"),
    "thuc-the-utf-16": (entity_in_utf16, "khai báo lạ"),
    "thuc-the-bang-ma-khac": (entity_in_another_coding, "tệp hỏng"),
    "nang-500-mb": (sparse, "nặng quá 25 MB"),
    "bang-long-10000-lan": (nested(10_000), "lồng trong bảng quá sâu"),
    "bang-long-20-lan": (nested(20), "lồng trong bảng quá sâu"),
    "ba-trieu-doan": (many_elements, "bung ra lớn quá mức"),
    "dong-dai-vo-tan": (long_line, "dài hơn hai triệu chữ"),
    "khong-phai-zip": (lambda path: path.write_bytes(b"xin chao"), "tệp hỏng"),
    "cat-cut": (lambda path: (packed(path, plain()), path.write_bytes(path.read_bytes()[:9000])), "tệp hỏng"),
    "bang-tinh": (workbook, "tệp hỏng"),
    "xml-hong": (lambda path: with_document(path, b"<w:document"), "tệp hỏng"),
}  # fmt: skip
