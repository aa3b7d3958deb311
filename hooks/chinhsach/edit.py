"""An entry's text and one change in, the text with only that change out: every other byte stays as it was.

PyYAML's marks say where a value begins and ends; the change is made there, in the text as the clerk wrote it.
No round-trip library rewrites the file: docs/adr/019.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import yaml

from .mending import quoted
from .schema import FIELDS
from .text import clean, nfc, one_line

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_FENCE = re.compile(r"---[ \t]*")
_ORDER = {row.key: place for place, row in enumerate(FIELDS)}
_BLANK = ("", "~", "null")


class CannotEdit(Exception):
    """The text has a form that cannot be changed in place; the message is one Vietnamese sentence for the clerk."""


class _Block(NamedTuple):
    """The front matter: where it begins in the text, its root node, the line end that the file uses."""

    start: int
    root: yaml.MappingNode
    newline: str


def _block(text: str) -> _Block:
    lines = list(_LINE.finditer(text))
    fences = [m for m in lines if _FENCE.fullmatch(clean(m[0]).rstrip("\n"))]
    if len(fences) < 2:
        raise CannotEdit("không thấy hai dòng --- của phần khóa")
    start, end = fences[0].end(), fences[1].start()
    written = text[start:end]
    if clean(written) != nfc(written.replace("\r\n", "\n").replace("\r", "\n")):
        raise CannotEdit("phần khóa có ký tự không nhìn thấy; hãy gõ lại dòng có ký tự ấy")
    try:
        # Same length, so that the marks hold: Word's no-break space is a space to the reader too.
        node = yaml.BaseLoader(written.replace("\xa0", " ")).get_single_node()
    except (yaml.YAMLError, RecursionError):
        raise CannotEdit("phần khóa có lỗi; chạy chinhsach kiem-tra và sửa trước") from None
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise CannotEdit("phần khóa không phải mỗi khóa một dòng; hãy sửa thẳng trong tệp")
    newline = re.search(r"\r\n|\r|\n", fences[0][0])
    return _Block(start, node, newline[0] if newline else "\n")


def _pair(mapping: yaml.Node, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    pairs = mapping.value if isinstance(mapping, yaml.MappingNode) else ()
    return next(((k, v) for k, v in pairs if k.value == key), None)


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


class _Place(NamedTuple):
    value: yaml.Node
    in_flow: bool


def _find(root: yaml.Node, path: str) -> _Place | None:
    """The node at `gop_y.den` or `quan_he.0.ngay`, and whether it stands between brackets."""
    node, in_flow = root, False
    for part in path.split("."):
        in_flow = in_flow or _is_flow(node)
        if isinstance(node, yaml.SequenceNode) and part.isdecimal() and int(part) < len(node.value):
            node = node.value[int(part)]
            continue
        pair = _pair(node, part)
        if pair is None:
            return None
        node = pair[1]
    return _Place(node, in_flow)


def _leaf_end(node: yaml.Node, written: str) -> int:
    """Where the last visible character of a node ends: a block's own end mark lies after what follows it."""
    if isinstance(node, yaml.ScalarNode):
        end: int = node.end_mark.index
        if node.style in ("|", ">"):
            end = len(written[:end].rstrip("\r\n \t"))
        return end
    if _is_flow(node) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _leaf_end(last[1] if isinstance(last, tuple) else last, written)


def _line_end(text: str, place: int) -> int:
    """The place after the line end that follows `place`."""
    found = re.compile(r"\r\n|\r|\n").search(text, place)
    return found.end() if found else len(text)


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def value_of(text: str, path: str) -> str | None:
    """The value at a path as one line of text, a list by commas; None where nothing is written.

    Raises CannotEdit for a group of keys, whose parts have their own paths.
    """
    place = _find(_block(text).root, path)
    if place is None:
        return None
    if isinstance(place.value, yaml.ScalarNode):
        return None if place.value.value.strip() in _BLANK else one_line(clean(place.value.value))
    items = place.value.value
    if isinstance(place.value, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in items):
        return ", ".join(one_line(clean(item.value)) for item in items) or None
    raise CannotEdit(f"«{path}» gồm nhiều khóa con; hãy chỉ rõ khóa con, ví dụ {path}.0.ngay hoặc {path}.ngay")


def set_value(text: str, path: str, value: str | Sequence[str]) -> str:
    """The text with the value at `path` replaced, or the key added in the table's order; lists go in brackets."""
    block = _block(text)
    place = _find(block.root, path)
    if place is None:
        head, _, last = path.rpartition(".")
        written = _written(value, in_flow=False)
        if not head:
            return _insert_key(text, block, path, [f"{path}: {written}"])
        return _add_inside(text, block, head, last, value)
    node, in_flow = place
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    written = _written(value, in_flow=in_flow, style=style)
    start, end = block.start + node.start_mark.index, block.start + _leaf_end(node, text[block.start :])
    if isinstance(node, yaml.ScalarNode) and start == end:
        return f"{text[:start]} {written}{text[end:]}"
    if not isinstance(node, yaml.ScalarNode) and not _is_flow(node):
        if "#" in text[start:end]:
            raise CannotEdit(f"«{path}» có lời nhắc xen giữa các dòng; hãy sửa thẳng trong tệp")
        key_end = len(text[:start].rstrip(" \t\r\n"))  # a block begins on the line after its key
        return f"{text[:key_end]} {written}{text[end:]}"
    return text[:start] + written + text[end:]


def _written(value: str | Sequence[str], *, in_flow: bool, style: str | None = None) -> str:
    if isinstance(value, str):
        return quoted(value, in_flow=in_flow, style=style)
    return "[" + ", ".join(quoted(item, in_flow=True) for item in value) + "]"


def _insert_key(text: str, block: _Block, key: str, lines: Sequence[str]) -> str:
    before = [
        (_ORDER[name.value], node)
        for name, node in block.root.value
        if name.value in _ORDER and _ORDER[name.value] < _ORDER.get(key, len(_ORDER))
    ]
    at = block.start
    if before:
        last = max(before, key=lambda pair: pair[0])[1]
        at = _line_end(text, block.start + _leaf_end(last, text[block.start :]))
    return text[:at] + "".join(line + block.newline for line in lines) + text[at:]


def _add_inside(text: str, block: _Block, head: str, key: str, value: str | Sequence[str]) -> str:
    place = _find(block.root, head)
    if place is None or not isinstance(place.value, yaml.MappingNode) or not place.value.value:
        raise CannotEdit(f"không có «{head}» để ghi thêm «{key}»")
    end = block.start + _leaf_end(place.value.value[-1][1], text[block.start :])
    if place.value.flow_style or place.in_flow:
        return f"{text[:end]}, {key}: {_written(value, in_flow=True)}{text[end:]}"
    at = _line_end(text, end)
    indent = " " * place.value.value[0][0].start_mark.column
    return f"{text[:at]}{indent}{key}: {_written(value, in_flow=False)}{block.newline}{text[at:]}"


def add_group(text: str, key: str, values: Mapping[str, str]) -> str:
    """The text with a new group of keys, one a line. Raises CannotEdit where the key is written already."""
    block = _block(text)
    if _pair(block.root, key) is not None:
        raise CannotEdit(f"tin đã có khóa {key}; hãy bỏ hoặc sửa nó trong tệp trước")
    lines = [f"{key}:", *(f"  {name}: {quoted(value)}" for name, value in values.items())]
    return _insert_key(text, block, key, lines)


def remove(text: str, key: str) -> str:
    """The text without a key and its value; what stands around it stays."""
    block = _block(text)
    pair = _pair(block.root, key)
    if pair is None:
        return text
    start = _line_start(text, block.start + pair[0].start_mark.index)
    end = _line_end(text, block.start + _leaf_end(pair[1], text[block.start :]))
    return text[:start] + text[end:]


def append(text: str, key: str, item: Mapping[str, str] | str) -> str:
    """The text with an item at the end of a list, written as the list's last item is."""
    block = _block(text)
    pair = _pair(block.root, key)
    if pair is None:
        return _insert_key(text, block, key, [f"{key}:", *_item_lines(item, "  ", 2)])
    node = pair[1]
    written = text[block.start :]
    if (
        isinstance(node, yaml.ScalarNode)
        and node.value.strip() in _BLANK
        and node.start_mark.index == _leaf_end(node, written)
    ):
        at = _line_end(text, block.start + node.start_mark.index)
        return text[:at] + "".join(line + block.newline for line in _item_lines(item, "  ", 2)) + text[at:]
    if isinstance(node, yaml.ScalarNode) and isinstance(item, str):  # a lone value where a list may stand
        return set_value(text, key, [node.value, item])
    if not isinstance(node, yaml.SequenceNode):
        raise CannotEdit(f"«{key}» không phải danh sách; hãy sửa trong tệp rồi gọi lại lệnh")
    if node.flow_style:
        at = block.start + (_leaf_end(node.value[-1], written) if node.value else node.start_mark.index + 1)
        return f"{text[:at]}{', ' if node.value else ''}{_flow(item)}{text[at:]}"
    last = node.value[-1]
    column = node.start_mark.column
    indent = " " * column
    if isinstance(last, yaml.MappingNode) and not last.flow_style and last.start_mark.line >= 0:
        lines = _item_lines(item, indent, max(last.start_mark.column - column, 2))
    else:
        lines = [f"{indent}- {_flow(item)}"]
    at = _line_end(text, block.start + _leaf_end(last, written))
    return text[:at] + "".join(line + block.newline for line in lines) + text[at:]


def _flow(item: Mapping[str, str] | str) -> str:
    if isinstance(item, str):
        return quoted(item, in_flow=True)
    return "{" + ", ".join(f"{name}: {quoted(value, in_flow=True)}" for name, value in item.items()) + "}"


def _item_lines(item: Mapping[str, str] | str, indent: str, width: int) -> list[str]:
    if isinstance(item, str):
        return [f"{indent}-{' ' * (width - 1)}{quoted(item)}"]
    pairs = [f"{name}: {quoted(value)}" for name, value in item.items()]
    return [f"{indent}-{' ' * (width - 1)}{pairs[0]}", *(indent + " " * width + pair for pair in pairs[1:])]
