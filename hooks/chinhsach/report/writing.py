"""A source in, the files of a report out by path: letters, report, workbook, the head's page; it writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from . import content, dashboard, sheets, templates, urging, word
from .content import Source

REPORT, WORKBOOK, LETTERS = "bao-cao.docx", "bao-cao.xlsx", "don-doc"
TEMPLATES = "mau"


def files(source: Source, kept: Mapping[str, bytes]) -> dict[str, bytes]:
    """All files of the report; `kept`: the office's own templates by name. Raises word.TemplateFault."""
    said = content.build(source)
    lists = urging.urge(source)
    made = {
        REPORT: word.render(_template(kept, templates.REPORT), word.report_values(said), templates.REPORT),
        WORKBOOK: sheets.workbook(said),
        **dashboard.files(source, said, lists),
    }
    letter = _template(kept, templates.LETTER) if lists else b""
    for one in lists:
        whose = urging.subject(one)
        values = word.letter_values(said.facts, urging.recipient(source, one), whose, one.rows)
        made[f"{LETTERS}/{one.file_stem}.docx"] = word.render(letter, values, templates.LETTER)
        made[f"{LETTERS}/{one.file_stem}.txt"] = urging.as_text(source, one).encode()
    return made


def _template(kept: Mapping[str, bytes], name: str) -> bytes:
    """The office's own template, otherwise the one that is made here."""
    return kept[name] if name in kept else templates.MAKERS[name]()


def own_templates(folder: Path) -> dict[str, bytes]:
    """The templates that the office keeps in `<folder>/mau/`."""
    return {name: path.read_bytes() for name in templates.MAKERS if (path := folder / TEMPLATES / name).is_file()}
