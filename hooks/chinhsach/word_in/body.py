"""Blocks in, Markdown out for the site's own renderer: what is printed stays printed, nothing is numbered again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import quote

from ..text import one_line
from .document import Block, Cell, Paragraph, Span, Table

_SPECIAL = re.compile(r"[\\`*\[\]~|]|(?<![^\W_])_|_(?![^\W_])|<|&(?=#|[A-Za-z][A-Za-z0-9]{1,31};)")
_LINE_START = re.compile(r"(?:([-+](?=\s|$)|#{1,6}(?=\s|$)|>|=+\s*$|-{2,}\s*$)|(\d{1,9})([.)])(?=\s|$))")
HEADING_LABEL = re.compile(
    r"(Phần( thứ)? \S+|Chương [IVXLCDM\d]+|Mục [IVXLCDM\d]+|Tiểu mục \d+|Điều \d+[a-zđ]?)\b|([IVXL]+)[.\s]"
)
_ARTICLE = re.compile(r"Điều \d")
_LONGEST_HEADING = 250
_UNSAFE_IN_ADDRESS = "%:/?#[]@!$&'()*+,;=-._~"


def to_markdown(blocks: Iterable[Block], notes: Sequence[tuple[Block, ...]] = ()) -> str:
    """The blocks as Markdown, then the footnotes that they call."""
    said = [text for block in blocks if (text := _block(block))]
    for number, note in enumerate(notes, 1):
        paragraphs = [text for block in note if (text := _block(block, is_note=True))] or ["…"]
        said.append(f"[^{number}]: " + "\n\n".join(paragraphs).replace("\n", "\n    ").replace("\n    \n", "\n\n"))
    return "\n\n".join(said)


def _block(block: Block, *, is_note: bool = False) -> str:
    if isinstance(block, Table):
        return _table(block)
    text = _labelled(block)
    level = 0 if is_note else heading_level(block)
    if not level or not text:
        return text
    return f"{'#' * level} {one_line(_labelled(block, is_heading=True).replace(_BREAK, ' '))}"


_BREAK = "\\\n"


def heading_level(paragraph: Paragraph) -> int:
    """2–6 for a heading, 0 for text: by the document's outline, or where a bold line begins as an article does."""
    whole = f"{paragraph.label} {paragraph.text}".strip()
    if not paragraph.text.strip() or len(whole) > _LONGEST_HEADING:
        return 0
    if paragraph.level:
        return min(paragraph.level + 1, 6)
    if paragraph.is_bold and HEADING_LABEL.match(whole):
        return 3 if _ARTICLE.match(whole) else 2
    return 0


def _labelled(paragraph: Paragraph, *, is_heading: bool = False) -> str:
    text = _inline(paragraph.spans, is_plain=is_heading)
    if not text:
        return ""
    whole = f"{_escape(paragraph.label)} {text}" if paragraph.label else text
    return _BREAK.join(_escape_start(line) for line in whole.split(_BREAK))


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda match: {"<": "&lt;", "&": "&amp;"}.get(match[0], "\\" + match[0]), text)


def _escape_start(line: str) -> str:
    mark = _LINE_START.match(line)
    if mark is None:
        return line
    return f"\\{line}" if mark[1] else f"{mark[2]}\\{line[mark.start(3) :]}"


def _inline(spans: Sequence[Span], *, is_plain: bool = False) -> str:
    """The spans as inline Markdown; tabs become spaces, a line break a backslash at the line's end."""
    whole = "".join(_linked(link, list(group), is_plain) for link, group in groupby(spans, lambda s: s.look.link))
    lines = [" ".join(line.split()) for line in whole.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return _BREAK.join(line for line in lines if line)


def _linked(link: str, spans: list[Span], is_plain: bool) -> str:
    text = ""
    for span in spans:
        said = _span(span, is_plain)
        # two runs of stars that touch would be read as one
        text += said if not (text.endswith("*") and said.startswith("*")) else _span(span, is_plain, in_html=True)
    if not link or not text.strip():
        return text
    inner = text.strip().replace("\n", " ")
    start, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{start}[{inner}](<{quote(link, safe=_UNSAFE_IN_ADDRESS)}>){end}"


def _span(span: Span, is_plain: bool, *, in_html: bool = False) -> str:
    if span.note:
        return f"[^{span.note}]"
    if not span.text.strip():
        return span.text
    if is_plain:
        return _escape(span.text)
    return "\n".join(_marked(line, span, in_html) for line in span.text.split("\n"))


def _marked(line: str, span: Span, in_html: bool) -> str:
    """One line of a span in its marks. HTML's, for `**` does not open before a quote or close after one."""
    inner = line.strip()
    if not inner:
        return line
    start, end = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
    text = _escape(inner)
    is_word = inner[0].isalnum() and inner[-1].isalnum() and not in_html
    for is_on, mark, tag in ((span.look.italic, "*", "em"), (span.look.bold, "**", "strong")):
        if is_on:
            text = f"{mark}{text}{mark}" if is_word else f"<{tag}>{text}</{tag}>"
    if span.look.script:
        text = f"<{span.look.script}>{text}</{span.look.script}>"
    return f"{start}{text}{end}"


def _table(table: Table) -> str:
    """A plain table as GitHub's, one with merges or blocks in cells as HTML, one of a single cell as what it holds."""
    rows = [row for row in table.rows if row]
    if not rows:
        return ""
    if len(rows) == 1 and len(rows[0]) == 1:
        return "\n\n".join(text for block in rows[0][0].blocks if (text := _block(block)))
    if not any(text for row in rows for cell in row if (text := _cell(cell))):
        return ""
    if _is_plain(rows):
        return _plain_table(rows)
    return _html_table(rows, table.heads)


def _is_plain(rows: Sequence[Sequence[Cell]]) -> bool:
    columns = len(rows[0])
    return columns > 1 and all(
        len(row) == columns
        and all(c.width == c.height == 1 and all(isinstance(b, Paragraph) for b in c.blocks) for c in row)
        for row in rows
    )


def _plain_table(rows: Sequence[Sequence[Cell]]) -> str:
    lines = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def _cell(cell: Cell) -> str:
    return "<br>".join(text.replace(_BREAK, "<br>") for b in cell.blocks if (text := _in_cell(b)))


def _in_cell(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    text = _inline(block.spans)
    return f"{_escape(block.label)} {text}".strip() if text or block.label else ""


def _html_table(rows: Sequence[Sequence[Cell]], heads: int) -> str:
    """Tags on lines of their own and blank lines around what a cell holds, so that it is read as Markdown."""
    lines = ["<table>"]
    for place, row in enumerate(rows):
        lines.append("<tr>")
        tag = "th" if place < max(heads, 1) else "td"
        for cell in row:
            spans = "".join(
                f' {name}="{size}"' for name, size in (("colspan", cell.width), ("rowspan", cell.height)) if size > 1
            )
            inner = "\n\n".join(text for b in cell.blocks if (text := _block_in_html(b)))
            lines.append(f"<{tag}{spans}>\n\n{inner}\n\n</{tag}>" if inner else f"<{tag}{spans}></{tag}>")
        lines.append("</tr>")
    return "\n".join([*lines, "</table>"])


def _block_in_html(block: Block) -> str:
    if isinstance(block, Table):
        return _table(block)
    text = _in_cell(block)
    return _BREAK.join(_escape_start(line) for line in text.split(_BREAK))
