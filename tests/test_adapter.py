"""The adapter decides nothing: one module knows the generator, and it holds events only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from support import ROOT

ADAPTER = ROOT / "hooks/mkdocs_hooks.py"
GENERATOR = {"mkdocs", "material", "materialx"}


def imported(path: Path) -> Iterator[str]:
    """The packages that a module imports, whatever the form."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            yield from (str(a.value).partition(".")[0] for a in node.args if isinstance(a, ast.Constant))


def test_the_adapter_alone_imports_the_generator() -> None:
    modules = sorted((ROOT / "hooks").rglob("*.py"))
    assert [m for m in modules if GENERATOR & set(imported(m))] == [ADAPTER]


def test_the_adapter_is_thin_and_holds_events_only() -> None:
    text = ADAPTER.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80
    functions = [node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    assert functions
    assert all(name.startswith("on_") for name in functions)
    assert not [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
