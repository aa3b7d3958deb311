"""A text or a file in, the secrecy stamp that stands on it out: MẬT, TỐI MẬT, TUYỆT MẬT and the two of inner use.

A stamp is a line of its own in capital letters near the head, in a page's header or in a text box; the same words in
prose are none («bí mật nhà nước» stands in many published laws). Files are read in a child process with limits of
time, size and memory, because a file can be made so that reading it never ends.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import queue
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from .text import clean, one_line

STAMPS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT", "LƯU HÀNH NỘI BỘ", "KHÔNG PHỔ BIẾN")
"""Three degrees of secrecy (Luật 29/2018/QH14 Điều 8) and two marks of inner use; the contract names these five."""

HEAD_LINES = 60
"""How many lines that hold anything count as the head: a letterhead as plain text has about twenty."""
PDF_PAGES = 2
SECONDS = 10.0
MEMORY = 1_500_000_000
PART_BYTES = 30_000_000
ALL_BYTES = 60_000_000
PARTS = 300

_BY_LETTERS = {stamp.replace(" ", ""): stamp for stamp in STAMPS}
_LABEL = re.compile(r"^(?:(?:ĐỘ|DẤU|MỨC)(?: ĐỘ)?(?: CHỈ)? MẬT|(?:Độ|Dấu|Mức)(?: độ)?(?: chỉ)? mật)\s*:\s*")
_EDGE = " \t*_#>|<[](){}«»\"'“”.:;!-–—=+~`\\"
_RARE_LETTERS = "ẬỘẾ"
"""One of them stands in every stamp, and hardly ever in a text that is no heading."""
_ANY = re.compile(r"M\s*Ậ\s*T|N\s*Ộ\s*I\s+B\s*Ộ|P\s*H\s*Ổ\s+B\s*I\s*Ế\s*N")


class Found(NamedTuple):
    """The stamp on a file, or ""; `unread` says why the file could not be looked at, or ""."""

    stamp: str = ""
    unread: str = ""


def stamp_of(line: str) -> str:
    """The stamp that a line is, or "": «**MẬT**», «T Ố I  M Ậ T», «ĐỘ MẬT: TỐI MẬT»."""
    bare = _LABEL.sub("", one_line(line).strip(_EDGE)).strip(_EDGE)
    return _BY_LETTERS.get(bare.replace(" ", ""), "") if len(bare) <= 40 else ""


def in_text(text: str) -> tuple[str, int] | None:
    """The first stamp in a text's head with its line, counted from 1; a table's cell counts as a line."""
    if not any(letter in text for letter in _RARE_LETTERS) or not _ANY.search(text):
        return None
    seen = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        seen += 1
        if seen > HEAD_LINES:
            return None
        cells = [line, *line.split("|"), *re.split(r"<br\s*/?>", line)] if "|" in line or "<" in line else [line]
        for cell in cells:
            stamp = stamp_of(re.sub(r"</?[a-z][^>]*>", "", cell))
            if stamp:
                return stamp, number
    return None


class _TooMuch(Exception):
    """A file unpacks to more than the limits allow."""


def read(data: bytes, suffix: str, depth: int = 0) -> Found:
    """The stamp in a file's content. For the child process: hostile content may take all its time and memory."""
    try:
        for line in _lines(data, suffix, depth):
            stamp = stamp_of(line)
            if stamp:
                return Found(stamp)
    except _TooMuch:
        return Found(unread="bung ra lớn quá giới hạn")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as fault:
        locked = "password" in str(fault) or "encrypted" in str(fault)
        return Found(unread="có mật khẩu") if locked else Found()
    return Found()


def _lines(data: bytes, suffix: str, depth: int) -> Iterator[str]:
    if suffix in ("txt", "csv", "md"):
        yield from _head(clean(data.decode("utf-8-sig", "replace")).split("\n"))
    elif suffix in ("docx", "pptx", "xlsx", "odt", "ods"):
        yield from _office_lines(data)
    elif suffix in ("doc", "xls"):
        yield from _old_office_lines(data)
    elif suffix == "pdf":
        yield from _pdf_lines(data)
    elif suffix == "zip" and depth == 0:
        for name, content in _members(data, lambda name: True):
            inner = read(content, name.rpartition(".")[2].lower(), depth + 1)
            if inner.stamp:
                yield inner.stamp


def _head(lines: Iterable[str]) -> list[str]:
    head: list[str] = []
    for line in lines:
        if line.strip():
            head.append(line)
        if len(head) >= HEAD_LINES:
            break
    return head


def _members(data: bytes, wanted: Any) -> Iterator[tuple[str, bytes]]:
    left = ALL_BYTES
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for place, info in enumerate(archive.infolist()):
            if place >= PARTS:
                raise _TooMuch
            if info.is_dir() or not wanted(info.filename):
                continue
            with archive.open(info) as file:
                content = file.read(min(PART_BYTES, left) + 1)
            left -= len(content)
            if len(content) > PART_BYTES or left < 0:
                raise _TooMuch
            yield info.filename, content


_TEXT_PART = re.compile(
    r"word/(document|header\d*|footer\d*)\.xml|ppt/slides/slide\d+\.xml|xl/sharedStrings\.xml|(content|styles)\.xml"
)


def _office_lines(data: bytes) -> Iterator[str]:
    """The head of each text part, whole headers and footers, and every text box: a stamp is often drawn in one."""
    for name, content in _members(data, _TEXT_PART.fullmatch):
        if name.startswith(("word/header", "word/footer")) or name == "styles.xml":
            yield from (line for line, _ in _paragraphs(content))
            continue
        seen = 0
        for line, in_box in _paragraphs(content):
            seen += bool(line.strip())
            if in_box or seen <= HEAD_LINES:
                yield line


def _paragraphs(content: bytes) -> Iterator[tuple[str, bool]]:
    """The paragraphs of an Office or OpenDocument part, each with whether it stands in a text box."""
    from lxml import etree

    open_ones: list[list[str]] = []
    boxes = 0
    events = etree.iterparse(io.BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True)
    with suppress(etree.XMLSyntaxError):
        for event, element in events:
            if not isinstance(element.tag, str):
                continue
            namespace, _, name = element.tag.rpartition("}")
            if event == "start":
                boxes += name in ("txbxContent", "text-box")
                if name in ("p", "h", "si"):
                    open_ones.append([])
                continue
            boxes -= name in ("txbxContent", "text-box")
            if name == "t" and open_ones:
                open_ones[-1].append(element.text or "")
            elif name in ("br", "cr", "line-break") and open_ones:
                open_ones[-1].append("\n")
            elif name in ("tab", "s") and open_ones:
                open_ones[-1].append(" ")
            elif name in ("p", "h", "si") and open_ones:
                said = "".join(open_ones.pop())
                if "opendocument" in namespace:
                    said = "".join(element.itertext())
                yield from ((clean(line), boxes > 0) for line in said.split("\n"))


def _old_office_lines(data: bytes) -> Iterator[str]:
    """Runs of UTF-16 between marks of a paragraph: the old formats are not unpacked, only looked through."""
    for start in (0, 1):
        text = data[start:].decode("utf-16-le", "replace")
        if _ANY.search(text):
            yield from (clean(run) for run in re.split(r"[\r\n\x07\x0b\x0c\x13-\x15]", text) if len(run) <= 60)


def _pdf_lines(data: bytes) -> Iterator[str]:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RuntimeError("encrypted")
        for page in list(reader.pages)[:PDF_PAGES]:
            yield from clean(page.extract_text()).split("\n")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return  # a damaged file: what it is worth is said elsewhere


# The parent's side


class _Helper:
    """A child process that reads one file after another; killed where one takes too long."""

    def __init__(self) -> None:
        folder = str(Path(__file__).resolve().parents[1])
        path = os.pathsep.join([folder, *filter(None, [os.environ.get("PYTHONPATH")])])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "chinhsach.stamps"],
            env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.answers: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None  # noqa: S101  (opened above)
        for line in self.process.stdout:
            self.answers.put(line)
        self.answers.put(b"")

    def ask(self, path: Path, suffix: str, seconds: float) -> Found | None:
        """The answer, or None where none came in time; the helper is of no use then."""
        assert self.process.stdin is not None  # noqa: S101  (opened above)
        try:
            self.process.stdin.write(json.dumps([str(path), suffix]).encode() + b"\n")
            self.process.stdin.flush()
            return Found(*json.loads(self.answers.get(timeout=seconds)))
        except (queue.Empty, OSError, ValueError):
            self.close()
            return None

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


_started: list[_Helper] = []
_known: dict[tuple[str, str], Found] = {}
READABLE = frozenset(("txt", "csv", "docx", "pptx", "xlsx", "odt", "ods", "doc", "xls", "pdf", "zip"))
"""Endings of files whose text can be looked through; pictures, scans and sound cannot."""


def of_file(path: Path, suffix: str, sha256: str, seconds: float = SECONDS) -> Found:
    """The stamp on a file; pictures and sound are not read. The answer is kept by content while the process lives."""
    if suffix not in READABLE or not sha256:
        return Found()
    key = sha256, suffix
    if key not in _known:
        if not _started:
            _started.append(_Helper())
        found = _started[0].ask(path, suffix, seconds)
        if found is None:
            _started.clear()
            found = Found(unread=f"đọc quá {seconds:g} giây hoặc quá bộ nhớ")
        _known[key] = found
    return _known[key]


@atexit.register
def _close() -> None:
    for helper in _started:
        helper.close()


def _serve() -> None:
    """The child: a line of JSON in, a line of JSON out, until the parent goes."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for line in sys.stdin.buffer:
        path, suffix = json.loads(line)
        found = Found()
        with suppress(OSError):
            found = read(Path(path).read_bytes(), suffix)
        sys.stdout.buffer.write(json.dumps(found).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
