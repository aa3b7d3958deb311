"""Bytes of an entry in, `Raw` out: every value as text with its line and column, and the body as written.

python-frontmatter splits and loads, through a handler of ours on PyYAML's C composer.
The gate before it finds what python-frontmatter hides: with a byte order mark or without a closing fence it
returns no metadata and no error, doubled keys pass, and aliases expand (seen in python-frontmatter 1.3.0).
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import BaseHandler

from .problems import Fault
from .text import clean, excerpt

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML built without libyaml: ten times slower, same result
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]  # the two loaders share one interface

MAX_FILE_BYTES = 1_000_000
MAX_FRONT_MATTER = 60_000
MAX_DEPTH = 40
_FENCE = re.compile(r"^---[ \t]*$")
_OURS, _THEIRS = re.compile(r"^<{7} ", re.M), re.compile(r"^={7}$", re.M)  # git's marks around two versions
_DOCUMENTS = ((b"PK\x03\x04", "Word"), (b"\xd0\xcf\x11\xe0", "Word"), (b"%PDF", "PDF"))
# What opens a collection inside another on one line. The C composer is recursive: «? ? ? …» ended the process.
_NESTING = re.compile(r"[\[{]|[-?](?=\s)")
_CORE_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class Scalar(NamedTuple):
    """One value as the clerk typed it, never turned into a number, a date or a truth value."""

    value: str
    line: int
    column: int


class Sequence(NamedTuple):
    """A list of values."""

    items: tuple[Node, ...]
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys with values, in the order of the file."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """The value of a key, or None where the key is not written."""
        return next((value for name, value in self.entries if name.value == key), None)


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class Raw:
    """An entry as read: its path from the repository's root, its front matter, its body, what is wrong so far."""

    path: str
    fields: Mapping = field(default_factory=lambda: Mapping((), 1, 1))
    body: str = ""
    body_line: int = 1
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_readable(self) -> bool:
        """Whether the front matter could be read at all; if not, no rule about values has anything to say."""
        return not self.faults


class _Unreadable(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class _Handler(BaseHandler):
    """python-frontmatter's handler: three dashes, values left as YAML nodes."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def load(self, fm: str, **_: object) -> dict[str, Any]:  # the library's own signature; the node goes out below
        loader = _Loader(fm)
        try:
            return {"node": loader.get_single_node()}
        finally:
            loader.dispose()


_HANDLER = _Handler()


def decode(data: bytes, limit: int = MAX_FILE_BYTES) -> str:
    """The text of a file: UTF-8 with or without a byte order mark, line ends and normal form made one.

    Raises `_Unreadable` with `sai-bang-ma` at the first line that is not UTF-8, or `tep-qua-lon`.
    """
    if len(data) > limit:
        raise _Unreadable(Fault("tep-qua-lon", values={"phan": "tep", "co": str(len(data)), "toi_da": str(limit)}))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data:
        line = data.count(b"\n", 0, max(data.find(b"\0"), 0)) + 1
        raise _Unreadable(Fault("sai-bang-ma", line, values={"bang_ma": "UTF-16 hoặc tệp nhị phân"}))
    try:
        return clean(data.removeprefix(codecs.BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _Unreadable(Fault("sai-bang-ma", line, values={"bang_ma": "bảng mã khác"})) from error


def read(path: str, data: bytes) -> Raw:
    """Read one entry. Never raises for what a clerk can write: the faults stand in the result."""
    raw = Raw(path)
    try:
        if kind := next((kind for start, kind in _DOCUMENTS if data.startswith(start)), None):
            raise _Unreadable(Fault("sai-bang-ma", values={"bang_ma": kind}))
        _read_into(raw, decode(data))
    except _Unreadable as stopped:
        raw.faults = [stopped.fault]
    return raw


def read_keys(path: str, data: bytes) -> Raw:
    """Read a file that is keys and values from its first line to its last; never raises, as `read`."""
    raw, text = Raw(path), ""
    try:
        text = decode(data).replace("\xa0", " ").rstrip("\n")
        _refuse_bombs(text, 1, limit=MAX_FILE_BYTES)
        node = _HANDLER.load(text)["node"]
        if not isinstance(node, yaml.MappingNode) or not node.value:
            raise _Unreadable(Fault("ke-hoach-hong", values=_NO_KEYS))
        converted = _Converter(1, raw.faults, unescape="\\" in text).convert(node)
        if isinstance(converted, Mapping):
            raw.fields = converted
    except _Unreadable as stopped:
        raw.faults = [stopped.fault]
    except yaml.YAMLError as error:
        raw.faults = [_yaml_fault(error, 2, text.rstrip("\n").count("\n") + 1)]  # its marks count from 0
    except RecursionError:
        raw.faults = [Fault("yaml-qua-sau")]
    return raw


_NO_KEYS = {
    "ly_do": "tệp không có khóa nào",
    "sua": "ghi mỗi dòng một khóa theo dạng khóa: giá trị, ví dụ ten: Kế hoạch truyền thông chính sách",
}


def _read_into(raw: Raw, text: str) -> None:
    if (left := _OURS.search(text)) and _THEIRS.search(text, left.end()):
        raise _Unreadable(Fault("con-dau-tron", text.count("\n", 0, left.start()) + 1))
    lines = text.split("\n")
    opening = next((i for i, line in enumerate(lines) if line.strip()), None)
    if opening is None or not _FENCE.match(lines[opening]):
        seen = excerpt(lines[opening]) if opening is not None else ""
        raise _Unreadable(Fault("thieu-dong-mo-dau", (opening or 0) + 1, values={"dong": seen}))
    closing = next((i for i in range(opening + 1, len(lines)) if _FENCE.match(lines[i])), None)
    if closing is None:
        raise _Unreadable(Fault("thieu-dong-ket-thuc", opening + 1))
    # Word puts a no-break space after a colon; YAML takes it for a letter.
    lines[opening + 1 : closing] = [line.replace("\xa0", " ") for line in lines[opening + 1 : closing]]
    block = "\n".join(lines[opening + 1 : closing])
    _refuse_bombs(block, opening + 2)
    document = "\n".join(lines[opening : closing + 1])
    try:
        metadata, _ = frontmatter.parse(document, handler=_HANDLER)
    except yaml.YAMLError as error:
        raise _Unreadable(_yaml_fault(error, opening + 2, closing)) from error
    except RecursionError as error:
        raise _Unreadable(Fault("yaml-qua-sau", opening + 2)) from error
    # The handler's boundary takes in the newline before the block, so marks count from the opening fence.
    node = metadata.get("node")
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise _Unreadable(Fault("khong-co-khoa", opening + 2))
    converted = _Converter(opening + 1, raw.faults, unescape="\\" in block).convert(node)
    if isinstance(converted, Mapping):
        raw.fields = converted
    raw.body = "\n".join(lines[closing + 1 :])
    raw.body_line = closing + 2


def _refuse_bombs(block: str, first_line: int, limit: int = MAX_FRONT_MATTER) -> None:
    """Stop before the composer where its cost could explode: size, nesting, anchors, aliases, tags."""
    if len(block) > limit:
        values = {"phan": "khoa", "co": str(len(block)), "toi_da": str(limit)}
        raise _Unreadable(Fault("tep-qua-lon", first_line, values=values))
    if len(_NESTING.findall(block)) > MAX_DEPTH or " " * MAX_DEPTH in block:
        _refuse_depth(block, first_line)
    if "&" in block or "*" in block or "!" in block:
        _refuse_references(block, first_line)


def _events(block: str) -> Iterator[Any]:
    """The parser's events until its first error; the error itself is reported when the block is composed."""
    try:
        yield from yaml.parse(block, Loader=_Loader)
    except yaml.YAMLError:
        return


def _refuse_depth(block: str, first_line: int) -> None:
    depth = 0
    for event in _events(block):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise _Unreadable(Fault("yaml-qua-sau", first_line + event.start_mark.line))


def _refuse_references(block: str, first_line: int) -> None:
    for event in _events(block):
        line, column = first_line + event.start_mark.line, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent):
            raise _Unreadable(Fault("yaml-neo", line, column, {"dau": f"*{event.anchor}"}))
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise _Unreadable(Fault("yaml-neo", line, column, {"dau": f"&{event.anchor}"}))
        tag = getattr(event, "tag", None)
        if tag and tag not in _CORE_TAGS and tag != "!":
            raise _Unreadable(Fault("yaml-neo", line, column, {"dau": tag if tag.startswith("!") else f"!{tag}"}))


def _yaml_fault(error: yaml.YAMLError, first_line: int, last_line: int) -> Fault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = min(first_line - 1 + mark.line, max(last_line, first_line)) if mark else first_line
    detail = getattr(error, "problem", None) or getattr(error, "reason", None) or "không rõ"
    values = {"loi": str(detail)}
    opening = getattr(error, "context_mark", None)
    if opening and first_line - 1 + opening.line < line:
        values["mo"] = str(first_line - 1 + opening.line)
    return Fault("yaml-hong", max(line, 1), mark.column + 1 if mark else 1, values)


class _Converter:
    """Turns composed YAML nodes into our own, and reports each key that is written twice."""

    def __init__(self, first_line: int, faults: list[Fault], *, unescape: bool) -> None:
        self.first_line = first_line
        self.faults = faults
        self.unescape = unescape  # an escape in double quotes can bring back what `clean` removed

    def convert(self, node: yaml.Node) -> Node:
        line, column = self.first_line + node.start_mark.line, node.start_mark.column + 1
        if isinstance(node, yaml.ScalarNode):
            return Scalar(clean(node.value) if self.unescape else node.value, line, column)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.convert(item) for item in node.value), line, column)
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = self.convert(key_node)
            if not isinstance(key, Scalar):
                self.faults.append(Fault("yaml-hong", key.line, key.column, {"loi": "complex key"}))
                continue
            if key.value in seen:
                values = {"khoa": excerpt(key.value), "dong_dau": str(seen[key.value])}
                self.faults.append(Fault("khoa-lap", key.line, key.column, values))
                continue
            seen[key.value] = key.line
            value = self.convert(value_node)
            if not isinstance(value, Scalar) and not value_node.flow_style:
                value = value._replace(line=key.line, column=key.column)  # what a key lacks is said at the key
            entries.append((key, value))
        return Mapping(tuple(entries), line, column)


@dataclass(frozen=True, slots=True)
class EntryFile:
    """Where an entry lies: its path from the root, its unit's folder, the id that its name gives, its files' folder."""

    path: str
    folder: str
    stem: str
    files: str


class Layout(NamedTuple):
    """What a walk over `policies/` found: entries, and files that lie where no entry can be."""

    entries: tuple[EntryFile, ...]
    misplaced: tuple[str, ...]


UNSORTED = "_cho-phan-loai"
_GIT_FILES = frozenset((".gitattributes", ".gitignore", ".gitmodules"))
"""Hidden files that are not passed over: they hide changes from those who review."""


def discover(root: Path, policies: str = "policies") -> Layout:
    """Walk `policies/` in name order and sort its files into entries and misplaced ones (DESIGN §1).

    `policies/<don-vi>/<năm>/<ma>.md`, or `<ma>/index.md`; in `_cho-phan-loai/` the year may be left out.
    Other folders whose name begins with `_` are passed over, and so is what lies in an entry's own folder.
    """
    entries: list[EntryFile] = []
    misplaced: list[str] = []
    base = root / policies
    for unit in sorted(p for p in base.iterdir()) if base.is_dir() else []:
        if unit.name in _GIT_FILES:
            misplaced.append(f"{policies}/{unit.name}")
        if unit.name.startswith((".", "_")) and unit.name != UNSORTED:
            continue
        if unit.is_symlink() or not unit.is_dir():
            misplaced.append(f"{policies}/{unit.name}")
            continue
        folders = [unit] if unit.name == UNSORTED else []
        for child in sorted(unit.iterdir()):
            if child.is_symlink():
                misplaced.append(f"{policies}/{unit.name}/{child.name}")
            elif child.is_dir() and re.fullmatch(r"[0-9]{4}", child.name):
                folders.append(child)
            elif unit.name != UNSORTED and (not child.name.startswith(".") or child.name in _GIT_FILES):
                misplaced.append(f"{policies}/{unit.name}/{child.name}")
        for folder in folders:
            _sort_folder(folder, folder.relative_to(root).as_posix(), unit.name, entries, misplaced)
    return Layout(tuple(entries), tuple(misplaced))


def _sort_folder(folder: Path, prefix: str, unit: str, entries: list[EntryFile], misplaced: list[str]) -> None:
    with os.scandir(folder) as found:
        children = sorted(
            (c for c in found if not c.name.startswith(".") or c.name in _GIT_FILES), key=lambda child: child.name
        )
    stems = {
        c.name.removesuffix(".md") for c in children if c.name.endswith(".md") and c.is_file(follow_symlinks=False)
    }
    for child in children:
        path = f"{prefix}/{child.name}"
        if child.is_symlink():
            misplaced.append(path)
        elif child.is_file():
            if child.name.endswith(".md") and child.name != "index.md":  # its folder's name would be a year
                stem = child.name.removesuffix(".md")
                entries.append(EntryFile(path, unit, stem, f"{prefix}/{stem}"))
            else:
                misplaced.append(path)
        else:
            index = Path(child, "index.md")
            if Path(child, ".gitattributes").is_file():
                misplaced.append(f"{path}/.gitattributes")
            if index.is_file() and not index.is_symlink():
                entries.append(EntryFile(f"{path}/index.md", unit, child.name, path))
            elif child.name not in stems and not (unit == UNSORTED and re.fullmatch(r"[0-9]{4}", child.name)):
                misplaced.append(path)


def read_bytes(root: Path, path: str) -> bytes:
    """A file's content; joined as text, for pathlib takes ten times longer, and there are ten thousand."""
    with open(os.path.join(root, path), "rb") as file:
        return file.read()


def list_files(root: Path, file: EntryFile) -> dict[str, Path]:
    """The files in an entry's own folder by name, the entry itself left out; links and hidden files do not count.

    A folder that is itself a link leads out of the repository: it is misplaced, and while serving it is empty.
    """
    folder = os.path.join(root, file.files)
    if os.path.islink(folder):
        return {}
    try:
        found = sorted(os.scandir(folder), key=lambda item: item.name)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return {
        item.name: Path(item.path)
        for item in found
        if item.is_file(follow_symlinks=False) and not item.name.startswith(".") and item.name != "index.md"
    }
