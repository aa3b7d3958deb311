"""A template and what is said in, a .docx out, the same bytes for the same input (docxtpl, ADR 025)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from . import tables
from .content import BAR_CELLS, Bar, Content
from .tables import Row, Table, shown
from .zips import repacked

_AFTER_COLOUR = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
FULL, EMPTY = "1F5C99", "E7E5DE"


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without three walks over every cell, which took two thirds of the time for 10,000 rows.

    Values here are single lines, so nothing is looked through for line breaks; rows keep their number of cells, so no
    table is mended; and the filled body is parsed where it will stand instead of being moved there.
    The methods are docxtpl's own, as of 0.20.
    """

    def resolve_listing(self, xml: str) -> str:
        return xml

    def fix_tables(self, xml: str) -> Any:
        root = self.docx._element
        root.remove(root.body)
        shell = etree.tostring(root, encoding="unicode").rstrip()
        tree = parse_xml(f"{shell.removesuffix('/>')}>{xml}</{root.prefix}:document>")
        for cell in tree.iter(qn("w:tcPr")):  # docxtpl 0.20 puts a cell's colour where the schema has none
            for colour in cell.findall(qn("w:shd")):
                cell.insert_element_before(colour, *_AFTER_COLOUR)
        return tree

    def fix_docpr_ids(self, tree: Any) -> None:
        for number, picture in enumerate(tree.iter(qn("wp:docPr")), 1):
            picture.set("id", str(number))

    def map_tree(self, tree: Any) -> None:
        self.docx._element = self.docx.part._element = tree


class TemplateFault(ValueError):
    """A template cannot be filled; the message says what to mend in it, in Vietnamese."""


def render(template: bytes, values: Mapping[str, Any], name: str) -> bytes:
    """Fill a template. Raises TemplateFault for one that asks for what there is not, or is no Word file.

    `autoescape`: without it «A & B < C» is written as «A  B  C», silently (docxtpl 0.20).
    """
    try:
        document = _Template(io.BytesIO(template))
        strange = _asked(document) - set(values)
        if strange:
            named, known = ", ".join(sorted(strange)), ", ".join(sorted(values))
            raise TemplateFault(f"mẫu {name} có chỗ trống lạ «{named}»; chỗ trống dùng được: {known}")
        document.render(dict(values), jinja_env=_environment())
        buffer = io.BytesIO()
        document.save(buffer)
    except TemplateError as fault:
        fix = "sửa trong Word, hoặc xóa tệp mẫu để dùng mẫu có sẵn"
        raise TemplateFault(f"mẫu {name} có chỗ trống viết hỏng ({fault}); {fix}") from None
    except TemplateFault:
        raise
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError):
        raise TemplateFault(f"mẫu {name} không phải tệp .docx mở được") from None
    return repacked(buffer.getvalue())


def asked_by(template: bytes) -> set[str]:
    """The names of all places that a template has to fill."""
    return _asked(DocxTemplate(io.BytesIO(template)))


def _asked(document: DocxTemplate) -> set[str]:
    return set(document.get_undeclared_template_variables(_environment()))


def _environment() -> Environment:
    """A sandbox: a template is a file that somebody sent, and must not run code."""
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def report_values(content: Content) -> dict[str, Any]:
    """What the report's template may ask for."""
    values: dict[str, Any] = {**content.facts, **{name: list(lines) for name, lines in content.lists.items()}}
    values["trong"] = dict(content.empty)
    for table in tables.REPORT:
        values[table.key] = printed(table, content.rows[table.key])
    for key, bars in content.bars.items():
        values[f"{key}_thanh"] = [_cells(bar) for bar in bars]
    return values


def letter_values(facts: Mapping[str, str], unit: str, whose: str, rows: tuple[Row, ...]) -> dict[str, Any]:
    """What the letter's template may ask for."""
    listed = printed(tables.URGED, rows)
    return {**facts, "don_vi": unit, "cua_ai": whose, "so_viec": str(len(rows)), tables.URGED.key: listed}


def printed(table: Table, rows: tuple[Row, ...]) -> list[dict[str, str]]:
    """Rows with every cell as text."""
    return [{column.key: shown(row[column.key]) for column in table.columns} for row in rows]


def _cells(bar: Bar) -> dict[str, Any]:
    full = bar.full or 0
    colours = [FULL] * full + [EMPTY] * (BAR_CELLS - full) if bar.full is not None else ["FFFFFF"] * BAR_CELLS
    return {"ten": bar.name, "ty_le": bar.share, "o": colours}
