"""A built site and a year in, a zip that opens without a server out: pages, files, with `--luu-tru` records.

What is packed is what was published: the files that the site's own list of hashes names, compared with it first.
Pages lose their scripts, so they give dates and no state of «today»; the same site gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html

from . import ledger
from .attachments import pdf_a_part
from .dates import VN, format_date
from .outputs.view import Templates as SiteTemplates
from .outputs.view import View, count, size_words
from .release import MANIFEST

LOOKS = ("assets/trang.css", "assets/bieu-tuong.svg")
_ONLINE_ONLY = (
    "//script | //nav[not(@aria-label='Đường dẫn') and not(ancestor::main)] | //header//form | //header//button"
    " | //*[@data-giu] | //form[@data-xem-ngay] | //link[@rel='alternate'] | //a[@class='nhay']"
    " | //section[@aria-labelledby='phan-hoi'] | //div[starts-with(@class, 'chia-se')]"
)
_LINKS = ("href", "src", "action", "poster")
_NO_PDF_A = "Gói không đổi tệp nào sang PDF/A: không tệp PDF nào trong gói tự khai là PDF/A."


class CannotPack(Exception):
    """The site cannot be packed; the message is one Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written: `entries` and `files` are counts, `until` the newest change that the package knows."""

    path: Path
    entries: int
    files: int
    size: int
    sha256: str
    until: datetime


@dataclass(frozen=True, slots=True)
class _Entry:
    line: ledger.Line
    data: Mapping[str, Any]
    files: tuple[str, ...]

    def attachments(self) -> Iterator[tuple[str, str]]:
        """Path of each attached file and what it is called."""
        called = {a["tep"]: str(a.get("ten") or a["tep"]) for a in self.data.get("tep") or () if a.get("tep")}
        for path in self.files:
            name = path.rpartition("/")[2]
            if path == f"{self.line.url}tep/{name}":
                yield path, called.get(name, name)

    def text(self, key: str) -> str:
        """A text of the entry's data, "" where there is none."""
        return str(self.data.get(key) or "")


class _Site:
    """The folder of a built site; every file is compared with the hash that the release wrote down."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.hashes: dict[str, str] = json.loads((folder / MANIFEST).read_bytes())["tep"]
        except (OSError, ValueError, KeyError, TypeError):
            raise CannotPack(f"«{folder}» không phải trang đã dựng: không đọc được {MANIFEST}") from None

    def read(self, path: str) -> bytes:
        """A file of the release. Raises CannotPack where it is missing or not the one that was written."""
        try:
            content = (self.folder / path).read_bytes()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != self.hashes.get(path):
            raise CannotPack(f"tệp {path} của trang thiếu hoặc khác lần dựng ({MANIFEST}); hãy dựng lại trang")
        return content

    def below(self, folder: str) -> tuple[str, ...]:
        """The release's files below a folder."""
        return tuple(sorted(path for path in self.hashes if path.startswith(folder)))

    def address(self) -> str:
        """The address of the site's home, as its home page gives it."""
        page = lxml_html.document_fromstring(self.read("index.html").decode())
        found = page.xpath("string(//link[@rel='canonical']/@href)")
        if not found:
            raise CannotPack("trang đầu không ghi địa chỉ của trang (canonical)")
        return str(found)


def pack(site_folder: Path, year: int, target: Path, templates: SiteTemplates, *, records: bool) -> Packed:
    """Write the package of a year. Raises CannotPack; `target` is whole or not touched.

    A year's entries are those of `/nam/<year>/`, the removed ones with their notice (DESIGN §4).
    `records`: with list, ledger and data, for the archive.
    """
    site = _Site(site_folder)
    try:
        lines = ledger.parse(site.read(ledger.PLACE), ledger.PLACE).lines
    except ledger.LedgerError as fault:
        raise CannotPack(str(fault)) from None
    entries = [entry for entry in _entries(site, lines) if _year(entry) == year]
    if not entries:
        raise CannotPack(f"năm {year} chưa có tin nào trên trang")
    until = max(line.updated for line in lines)
    files = dict(_files(site, entries, _Words(year, until, site.address(), records), templates))
    files["tep.json"] = _json({"tep": {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)}})
    content = _zip(files, f"{'luu-tru' if records else 'chinh-sach'}-{year}", until)
    _write(target, content)
    return Packed(target, len(entries), len(files), len(content), hashlib.sha256(content).hexdigest(), until)


@dataclass(frozen=True, slots=True)
class _Words:
    """What every page of the package says of itself."""

    year: int
    until: datetime
    address: str
    records: bool

    @property
    def day(self) -> str:
        return format_date(self.until.astimezone(VN).date())


def _entries(site: _Site, lines: Iterable[ledger.Line]) -> Iterator[_Entry]:
    for line in lines:
        yield _Entry(line, json.loads(site.read(_data_path(line))), site.below(line.url))


def _data_path(line: ledger.Line) -> str:
    return f"du-lieu/chinh-sach/{line.id}.json"


def _year(entry: _Entry) -> int:
    issued = entry.text("ngay_ban_hanh")
    return int(issued[:4]) if issued else entry.line.published.astimezone(VN).year


def _files(site: _Site, entries: list[_Entry], said: _Words, templates: SiteTemplates) -> Iterator[tuple[str, bytes]]:
    paths = [path for entry in entries for path in entry.files]
    held = {*paths, "index.html"}
    for path in LOOKS:
        yield path, site.read(path)
    pdf_a: dict[str, str] = {}
    for path in paths:
        content = site.read(path)
        yield path, _page(content, path, held, said) if path.endswith(".html") else content
        if path.endswith(".pdf"):
            pdf_a[path] = pdf_a_part(content)
    view = _index(entries, said, pdf_a, {path: len(site.read(path)) for path in paths if "/tep/" in path})
    yield "index.html", templates.render("dong-goi.html", view).encode()
    if said.records:
        yield "danh-sach.csv", _table(site, entries, pdf_a)
        kept = {entry.line.id for entry in entries}
        rows = [row for row in json.loads(site.read(ledger.PLACE))["entries"] if row["ma"] in kept]
        yield ledger.PLACE, _json({"entries": rows})
        for entry in entries:
            yield _data_path(entry.line), site.read(_data_path(entry.line))


def _index(entries: list[_Entry], said: _Words, pdf_a: Mapping[str, str], sizes: Mapping[str, int]) -> View:
    rows = [
        {
            "so": entry.text("so_ky_hieu"),
            "ngay": _day(entry.text("ngay_ban_hanh")),
            "chu": entry.line.title,
            "href": f"{entry.line.url}index.html",
            "tom_tat": entry.text("tom_tat"),
            "dang": _day(entry.line.published.astimezone(VN).isoformat()),
            "toan_van": next((path for path in entry.files if path.endswith("/toan-van/index.html")), ""),
            "tep": [
                {"href": path, "ten": name, "ghi_chu": _about(sizes[path], pdf_a.get(path, ""))}
                for path, name in entry.attachments()
            ],
        }
        for entry in sorted(entries, key=lambda e: (e.text("ngay_ban_hanh"), e.line.id), reverse=True)
    ]
    return {
        "tieu_de": f"{'Lưu trữ tin chính sách' if said.records else 'Tin chính sách'} năm {said.year}",
        "so_muc": count(len(entries), "tin"),
        "ngay": said.day,
        "trang": said.address,
        "muc": rows,
        "luu_tru": said.records,
        "pdf_a": _about_pdf_a(pdf_a),
    }


def _about(size: int, pdf_a: str) -> str:
    return f"{size_words(size)} · {pdf_a}" if pdf_a else size_words(size)


def _about_pdf_a(pdf_a: Mapping[str, str]) -> str:
    declared = sum(bool(part) for part in pdf_a.values())
    if not declared:
        return _NO_PDF_A
    return (
        f"{declared} tệp PDF tự khai là PDF/A, ghi ở cột pdf_a của danh-sach.csv; máy không kiểm lời khai ấy. "
        "Gói không đổi tệp nào sang PDF/A."
    )


def _table(site: _Site, entries: list[_Entry], pdf_a: Mapping[str, str]) -> bytes:
    """A row for each page and file: opens in Excel, hence the mark at its head."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ("ma", "so_ky_hieu", "ngay_ban_hanh", "tieu_de", "ngay_dang", "tinh_trang", "tep", "pdf_a", "sha256_ban_dang")
    )
    for entry in entries:
        line = entry.line
        about = (line.id, entry.text("so_ky_hieu"), entry.text("ngay_ban_hanh"), line.title)
        state = "đã gỡ" if line.is_withdrawn else "đang đăng"
        for path in entry.files:
            row = (*about, line.published.astimezone(VN).date().isoformat(), state, path, pdf_a.get(path, ""))
            writer.writerow([_as_text(cell) for cell in (*row, site.hashes[path])])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell[:1] in "=+-@\t\r" and cell else cell


def _page(content: bytes, path: str, held: set[str], said: _Words) -> bytes:
    """A page for reading from a disk: links within the package end in index.html, all others lead to the site."""
    page = lxml_html.document_fromstring(content.decode())
    for element in page.xpath(_ONLINE_ONLY):
        element.drop_tree()
    for element in page.iter():
        for name in _LINKS:
            given = element.get(name)
            if given:
                element.set(name, _link(given, path, held, said.address))
    main = page.find(".//main")
    if main is not None:
        main.insert(0, lxml_html.fragment_fromstring(_notice(path, said)))
    return lxml_html.tostring(page, encoding="unicode", doctype="<!doctype html>").encode()  # type: ignore[no-any-return]


def _link(given: str, path: str, held: set[str], address: str) -> str:
    parts = urlsplit(given)
    if parts.scheme or parts.netloc or given.startswith("#"):
        return given
    target = urljoin(f"/{path}", parts.path or path.rpartition("/")[2]).lstrip("/")
    inside = target + "index.html" if not target or target.endswith("/") else target
    if parts.query or (inside not in held and inside not in LOOKS):
        return urljoin(address, urljoin(f"/{path}", given).lstrip("/"))
    return os.path.relpath(inside, os.path.dirname(path)) + (f"#{parts.fragment}" if parts.fragment else "")


def _notice(path: str, said: _Words) -> str:
    address = urljoin(said.address, path.removesuffix("index.html"))
    return (
        '<div class="khuon"><section class="thong-bao vang" aria-labelledby="tb-ban-luu">'
        f'<h2 id="tb-ban-luu">Bản đóng gói, nội dung tới ngày {said.day}</h2>'
        "<p>Từ ngày ấy tin có thể đã được sửa hoặc gỡ. Trang chỉ ghi ngày tháng, không nói tình trạng của hôm nay. "
        f'Bản hiện nay: <a href="{address}">{address}</a></p></section></div>'
    )


def _day(iso: str) -> str:
    return format_date(datetime.fromisoformat(iso).date()) if iso else ""


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=0) + "\n").encode()


def _zip(files: Mapping[str, bytes], folder: str, until: datetime) -> bytes:
    """A zip whose bytes depend on the files and the day of the newest change alone."""
    out = io.BytesIO()
    moment = until.astimezone(VN).timetuple()[:6]
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{path}", moment)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            packed = not re.search(r"\.(pdf|zip|docx|xlsx|pptx|odt|ods|jpg|png|webp|mp3)$", path)
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            archive.writestr(entry, files[path], compresslevel=9)
    return out.getvalue()


def _write(target: Path, content: bytes) -> None:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    except OSError as fault:
        raise CannotPack(f"không ghi được «{target}»: {fault.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, target)
    except OSError as fault:
        with suppress(OSError):
            os.unlink(name)
        raise CannotPack(f"không ghi được «{target}»: {fault.strerror}") from None
