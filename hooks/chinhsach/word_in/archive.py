"""A .docx in, its XML parts out as trees; refused before any parser where it is not a plain document."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from lxml import etree

from ..apart import BROKEN, MAX_BYTES, TOO_LARGE
from ..imported import CannotRead

MOST_PARTS = 2_000
PART_BYTES = 20_000_000
ALL_BYTES = 100_000_000
MOST_TAGS = 1_500_000
"""A law of 300 pages has some 400,000; each costs about 300 bytes once read."""
_CHUNK = 1 << 20

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NEW_FILE = "chép phần chữ sang một tệp Word mới, lưu thành .docx rồi thử lại"
UNPACKS = f"tệp bung ra lớn quá mức của một văn bản nên không mở. Hãy mở tệp bằng Word, {_NEW_FILE}"
LOCKED = (
    "tệp có mật khẩu, hoặc là tệp .doc cũ đổi đuôi. Hãy mở bằng Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu), "
    "lưu thành .docx rồi thử lại"
)
MACROS = (
    "tệp có macro (mã chạy được), không nhận. Hãy mở bằng Word, chọn «Lưu thành», loại «Tài liệu Word (.docx)» rồi "
    "thử lại"
)
ENTITIES = f"tệp có khai báo lạ trong ruột, Word không ghi như vậy. Hãy mở tệp bằng Word, {_NEW_FILE}"
DEEP = f"bảng lồng trong bảng quá sâu. Hãy tách bảng ra cho mỗi ô chỉ còn chữ, hoặc {_NEW_FILE}"
PROGRAM = (
    "tệp gài một tệp khác bên trong (đối tượng nhúng), không nhận. Hãy mở bằng Word, xóa hoặc chụp đối tượng ấy thành "
    "hình, lưu lại rồi thử lại"
)
_OUTSIDE = (
    "tệp gọi nội dung từ nơi khác («{target}»), không nhận. Hãy mở bằng Word, chọn Tệp, Thông tin, «Sửa liên kết đến "
    "tệp», «Ngắt liên kết»; hình lấy từ trang mạng thì lưu về máy rồi chèn lại"
)
_HYPERLINK = "/hyperlink"
_TEMPLATE = "/attachedTemplate"
_ON_THIS_MACHINE = re.compile(r"(file:///)?[A-Za-z]:[\\/]|(?!//)[^:\\]*$|file:///(?!/)", re.I)
_UTF = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9_-]+)""")
_DECLARATIONS = ("<!DOCTYPE", "<!ENTITY")


class Relation(NamedTuple):
    """What a part points to: the kind's last word, the target, and whether it lies outside the file."""

    kind: str
    target: str
    is_outside: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that carry words, as trees; a part that the file lacks is None or empty."""

    document: Any
    styles: Any = None
    numbering: Any = None
    footnotes: Any = None
    endnotes: Any = None
    relations: Mapping[str, Relation] = field(default_factory=dict)
    has_comments: bool = False


def open_parts(path: Path) -> Parts:
    """The parts of a .docx. Raises CannotRead for what no office file should be: bombs, macros, calls to elsewhere."""
    if path.stat().st_size > MAX_BYTES:
        raise CannotRead(TOO_LARGE)
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotRead(LOCKED)
    try:
        with zipfile.ZipFile(path) as archive:
            return _parts(_unpacked(archive))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError, KeyError):
        raise CannotRead(BROKEN) from None


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The XML parts by name. What is not XML is unpacked too, to see that it is as large as it says, and let go."""
    members = archive.infolist()
    if len(members) > MOST_PARTS or sum(member.file_size for member in members) > ALL_BYTES:
        raise CannotRead(UNPACKS)
    if len({member.filename.lower() for member in members}) < len(members):
        raise CannotRead(BROKEN)
    for member in members:
        _refuse_by_name(member)
    content: dict[str, bytes] = {}
    left = ALL_BYTES
    for member in members:
        is_xml = member.filename.endswith((".xml", ".rels"))
        kept: list[bytes] = []
        size = 0
        with archive.open(member) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > left or (is_xml and size > PART_BYTES):
                    raise CannotRead(UNPACKS)
                if is_xml:
                    kept.append(chunk)
        left -= size
        if is_xml:
            content[member.filename] = b"".join(kept)
    return content


def _refuse_by_name(member: zipfile.ZipInfo) -> None:
    name = member.filename.lower()
    if member.flag_bits & 0x1:
        raise CannotRead(LOCKED)
    if "vbaproject" in name or "vbadata" in name or "/activex/" in name:
        raise CannotRead(MACROS)
    if "/embeddings/" in name or name.endswith((".exe", ".dll", ".js", ".vbs", ".bat", ".scr", ".jar", ".hta")):
        raise CannotRead(PROGRAM)
    if name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts:
        raise CannotRead(BROKEN)


def _parts(content: Mapping[str, bytes]) -> Parts:
    if b"macroEnabled" in content.get("[Content_Types].xml", b""):
        raise CannotRead(MACROS)
    relations = {name: _relations(data) for name, data in content.items() if name.endswith(".rels")}
    main = next(
        (r.target.lstrip("/") for r in relations.get("_rels/.rels", {}).values() if r.kind == "officeDocument"), ""
    )
    if main not in content:
        raise CannotRead(BROKEN)
    folder = PurePosixPath(main).parent
    own = relations.get(f"{folder}/_rels/{PurePosixPath(main).name}.rels", {})

    def named(kind: str) -> list[Any]:
        targets = [r.target for r in own.values() if r.kind == kind and not r.is_outside]
        names = [target.lstrip("/") if target.startswith("/") else str(folder / target) for target in targets]
        return [_tree(content[name]) for name in names if name in content]

    def one(kind: str) -> Any:
        return next(iter(named(kind)), None)

    return Parts(
        _tree(content[main]),
        one("styles"),
        one("numbering"),
        one("footnotes"),
        one("endnotes"),
        own,
        bool(named("comments")),
    )


def _relations(data: bytes) -> dict[str, Relation]:
    found: dict[str, Relation] = {}
    for node in _tree(data):
        if not isinstance(node.tag, str):
            continue
        target, kind = node.get("Target", ""), node.get("Type", "")
        is_outside = node.get("TargetMode") == "External"
        is_local_template = kind.endswith(_TEMPLATE) and _ON_THIS_MACHINE.match(target)
        if is_outside and not kind.endswith(_HYPERLINK) and not is_local_template:
            raise CannotRead(_OUTSIDE.format(target=target[:80]))
        found[node.get("Id", "")] = Relation(kind.rpartition("/")[2], target, is_outside)
    return found


def _tree(data: bytes) -> Any:
    """One XML part. Strict OOXML reads like the ordinary one. Raises CannotRead."""
    if data.count(b"<") > MOST_TAGS:
        raise CannotRead(UNPACKS)
    declared = _UTF.search(data[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"utf-16", b"us-ascii"):
        raise CannotRead(BROKEN)
    for said in _DECLARATIONS:
        if any(said.encode(coding) in data for coding in ("utf-8", "utf-16-le", "utf-16-be")):
            raise CannotRead(ENTITIES)
    if _STRICT.encode() in data[:5000]:
        data = data.replace(_STRICT.encode(), _W.encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise CannotRead(DEEP if "depth" in str(fault).lower() else BROKEN) from None
