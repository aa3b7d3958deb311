"""docs/kien-truc.md is true: every module stands in one of its layers, and no import goes against its drawing."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cache

import grimp
import pytest
from support import ROOT

PAGE = (ROOT / "docs" / "kien-truc.md").read_text(encoding="utf-8")
LAYERS = {
    name: re.findall(r"`([^`]+)`", modules)
    for name, modules in re.findall(r"^\| \*\*(.+?)\*\* \| (.+) \|$", PAGE, re.M)
}
"""The table: a layer's name and its modules; `cli_*` stands for several."""
ROWS = [
    names
    for line in PAGE.split("```")[1].splitlines()
    if (names := [name for name in re.findall(r"\[([^\]]+)\]", line) if name.strip()])
]
"""The drawing: names of layers from the top down; those of one row do not know each other."""
HEIGHT = {name: place for place, row in enumerate(ROWS) for name in row}
HERE = "sửa hình và bảng ở docs/kien-truc.md, hoặc chuyển mô-đun sang lớp khác"


@cache
def imports() -> dict[str, set[str]]:
    """Each module or package that stands right below `chinhsach`, with those that it imports."""
    graph = grimp.build_graph("chinhsach", cache_dir=None)
    found: dict[str, set[str]] = {}
    for module in graph.modules - {"chinhsach"}:
        imported = graph.find_modules_directly_imported_by(module) - {"chinhsach"}
        found.setdefault(module.split(".")[1], set()).update(name.split(".")[1] for name in imported)
    return found


def layers_of(module: str) -> list[str]:
    return [name for name, modules in LAYERS.items() for pattern in modules if fnmatchcase(module, pattern)]


def test_the_drawing_and_the_table_name_the_same_layers_in_one_order() -> None:
    assert [name for row in ROWS for name in row] == list(LAYERS)


@pytest.mark.parametrize("module", sorted(imports()))
def test_a_module_stands_in_one_layer_and_calls_none_that_comes_after(module: str) -> None:
    assert len(layers_of(module)) == 1, f"{module} phải ở đúng một lớp: {HERE}"
    (layer,) = layers_of(module)
    others = {name: layers_of(name)[0] for name in imports()[module] if layers_of(name)}
    wrong = {name: there for name, there in others.items() if there != layer and HEIGHT[there] >= HEIGHT[layer]}
    assert not wrong, f"{module} [{layer}] gọi {wrong}, ngược chiều hình vẽ: {HERE}"


def test_the_table_names_no_module_that_is_gone() -> None:
    named = [pattern for modules in LAYERS.values() for pattern in modules]
    assert [p for p in named if not any(fnmatchcase(module, p) for module in imports())] == [], HERE
