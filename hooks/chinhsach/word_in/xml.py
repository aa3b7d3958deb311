"""Names of WordprocessingML and two questions that every reader of it asks."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OFF = ("0", "false", "off", "none")


def value(node: Any, *path: str) -> str | None:
    """The `w:val` of the element at a path below `node`; None where it is not there."""
    for name in path:
        node = None if node is None else node.find(W + name)
    return None if node is None else node.get(W + "val")


def switch(node: Any, name: str) -> bool | None:
    """Whether a property such as `w:b` is on; None where `node` says nothing of it."""
    found = None if node is None else node.find(W + name)
    return None if found is None else found.get(W + "val", "1") not in _OFF
