"""The parts of a .docx in, its paragraphs and tables out as the reader sees them: changes accepted, labels in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..imported import CannotRead
from ..text import clean, one_line
from .archive import DEEP, Parts
from .fonts import Coding, coding_of, decode
from .numbering import Numbering
from .styles import Styles, first, font_of, is_on
from .xml import MC, M, R, W, value

MOST_DEPTH = 8
"""Tables in tables and boxes in boxes; a document for people has two at most."""

_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "smartTag", "customXml", "ins", "moveTo", "fldSimple", "dir",
                                   "bdo", "hyperlink")}  # fmt: skip
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)[^\s<>\x00-\x20]+", re.I)
_FIELD_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')


class Look(NamedTuple):
    """How a piece of text stands out: `script` is "sup", "sub" or "", `link` an address or ""."""

    bold: bool = False
    italic: bool = False
    script: str = ""
    link: str = ""


class Span(NamedTuple):
    """Text of one look, tabs and line breaks within; or, with `note`, the mark of that footnote (from 1)."""

    text: str
    look: Look = Look()
    note: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its spans, the label that Word prints before it, its heading level (0: none), its alignment."""

    spans: tuple[Span, ...]
    label: str = ""
    level: int = 0
    align: str = ""
    new_page: bool = False

    @property
    def text(self) -> str:
        """The words without the label, footnote marks left out."""
        return "".join(span.text for span in self.spans)

    @property
    def lines(self) -> tuple[str, ...]:
        """The printed lines that hold anything, label included, tabs kept."""
        whole = f"{self.label} {self.text}" if self.label else self.text
        return tuple(line.strip(" \n") for line in whole.split("\n") if line.strip())

    @property
    def is_bold(self) -> bool:
        """Whether every letter is bold."""
        said = [span for span in self.spans if span.text.strip()]
        return bool(said) and all(span.look.bold for span in said)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it holds, where it stands in the grid, how many columns and rows it takes."""

    blocks: tuple[Block, ...]
    column: int
    width: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the cells of each row that begin there; `heads` is how many rows are repeated as the head."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0


Block = Paragraph | Table


@dataclass(slots=True)
class Document:
    """What was read: the blocks, the footnotes by their number, words in boxes, sentences on what was left out."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[tuple[Block, ...]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    dropped_links: list[str] = field(default_factory=list)
    pictures: int = 0
    formulas: int = 0
    changes: int = 0
    legacy_fonts: set[str] = field(default_factory=set)


def read_document(parts: Parts) -> Document:
    """Read the parts. Raises CannotRead for a legacy font that cannot be told and for tables without end."""
    return _Reader(parts).document


class _Reader:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.styles = Styles(parts.styles)
        self.numbering = Numbering(parts.numbering, self.styles)
        self.notes_by_id = {
            kind: {} if tree is None else {note.get(W + "id"): note for note in tree.iterchildren(W + kind)}
            for kind, tree in (("footnote", parts.footnotes), ("endnote", parts.endnotes))
        }
        self.document = Document()
        body = parts.document.find(W + "body")
        self.document.changes = sum(1 for _ in parts.document.iter(W + "ins", W + "del", W + "moveFrom", W + "moveTo"))
        if body is not None:
            self.document.blocks = self.blocks(body, 0)

    def blocks(self, parent: Any, depth: int) -> list[Block]:
        """The blocks of a body, cell, note or box, in order; a box's own follow the paragraph that holds it."""
        if depth > MOST_DEPTH:
            raise CannotRead(DEEP)
        found: list[Block] = []
        waiting: list[Any] = []
        for node in _children(parent):
            if node.tag == W + "tbl":
                found.append(self.table(node, depth))
            elif node.tag == W + "p":
                waiting.append(node)
                if _mark_is_deleted(node):
                    continue
                paragraph, boxes = self.paragraph(waiting, depth)
                found.append(paragraph)
                found.extend(boxes)
                waiting = []
        if waiting:
            paragraph, boxes = self.paragraph(waiting, depth)
            found.extend((paragraph, *boxes))
        return found

    def paragraph(self, nodes: list[Any], depth: int) -> tuple[Paragraph, list[Block]]:
        """One printed paragraph: several in the file where the marks between them were deleted."""
        last = nodes[-1]
        inline = _Inline(self, depth)
        for node in nodes:
            inline.read(node, node, Look())
        spans = inline.spans()
        properties = self.styles.paragraph_properties(last)
        is_empty = not any(span.text.strip() or span.note for span in spans)
        label = "" if is_empty and len(nodes) > 1 else self.numbering.label(last)
        # Word numbers an empty paragraph too; nobody types one into a document on purpose, so the label is kept.
        level = self.styles.heading_level(properties)
        breaks = any(br.get(W + "type") == "page" for br in last.iter(W + "br"))
        return Paragraph(spans, clean(label), level, first(properties, "jc"), breaks), inline.boxes

    def table(self, node: Any, depth: int) -> Table:
        """A table with its merges worked out."""
        rows: list[list[Cell]] = []
        open_cells: dict[int, tuple[int, int]] = {}
        heads = 0
        for row in _rows(node):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            if properties is not None and properties.find(W + "tblHeader") is not None and heads == len(rows):
                heads += 1
            rows.append(self.row(row, properties, rows, open_cells, depth))
        return Table(tuple(map(tuple, rows)), heads)

    def row(
        self, row: Any, properties: Any, above: list[list[Cell]], open_cells: dict[int, tuple[int, int]], depth: int
    ) -> list[Cell]:
        column = _count(value(properties, "gridBefore"), 0)
        cells: list[Cell] = [Cell((), 0, column)] if column else []
        for node in _cells(row):
            own = node.find(W + "tcPr")
            width = _count(value(own, "gridSpan"), 1)
            merge = None if own is None else own.find(W + "vMerge")
            place = open_cells.get(column)
            if merge is not None and merge.get(W + "val") != "restart" and place is not None:
                upper = above[place[0]][place[1]]
                blocks = upper.blocks + tuple(b for b in self.blocks(node, depth + 1) if not _is_blank(b))
                above[place[0]][place[1]] = Cell(blocks, upper.column, upper.width, upper.height + 1)
            else:
                cells.append(Cell(tuple(self.blocks(node, depth + 1)), column, width))
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = (len(above), len(cells) - 1)
            column += width
        return cells

    def note(self, kind: str, note_id: str | None, depth: int) -> int:
        """Read a footnote or endnote where it is called; its number among all notes."""
        node = self.notes_by_id[kind].get(note_id)
        if node is None:
            return 0
        self.document.notes.append(())
        number = len(self.document.notes)
        self.document.notes[number - 1] = tuple(b for b in self.blocks(node, depth + 1) if not _is_blank(b))
        return number


class _Inline:
    """Collects the spans of a paragraph, in fields and changes and links, and the boxes that hang on it."""

    def __init__(self, reader: _Reader, depth: int) -> None:
        self.reader = reader
        self.depth = depth
        self.pieces: list[tuple[str, str, Look, int]] = []
        self.boxes: list[Block] = []
        self.fields: list[str] = []  # one for each open field: its instruction, "=" once its result begins

    def read(self, node: Any, paragraph: Any, look: Look) -> None:
        for child in node:
            tag = child.tag
            if tag == W + "r":
                self.run(child, paragraph, look)
            elif tag == W + "hyperlink":
                self.read(child, paragraph, look._replace(link=self.target(child.get(R + "id"))))
            elif tag in _WRAPPERS:
                self.read(child, paragraph, look)
            elif tag in (M + "oMath", M + "oMathPara"):
                self.reader.document.formulas += 1
                self.add("".join(text.text or "" for text in child.iter(M + "t")), "", look)
            elif tag == MC + "AlternateContent":
                self.drawing(child)

    def run(self, run: Any, paragraph: Any, look: Look) -> None:
        properties = self.reader.styles.run_properties(run, paragraph)
        if is_on(properties, "vanish"):
            return
        link = next((f[1:] for f in reversed(self.fields) if f.startswith("=")), "") or look.link
        script = {"superscript": "sup", "subscript": "sub"}.get(first(properties, "vertAlign"), "")
        look = Look(is_on(properties, "b"), is_on(properties, "i"), script, link)
        font = font_of(properties)
        in_code = bool(self.fields) and not self.fields[-1].startswith("=")
        for child in run:
            tag = child.tag
            if tag == W + "fldChar":
                self.field(child.get(W + "fldCharType"))
                in_code = bool(self.fields) and not self.fields[-1].startswith("=")
            elif tag == W + "instrText" and self.fields:
                self.fields[-1] += child.text or ""
            elif in_code:
                continue
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnote" if tag == W + "footnoteReference" else "endnote"
                number = self.reader.note(kind, child.get(W + "id"), self.depth)
                if number:
                    self.pieces.append(("", "", look, number))
            else:
                self.character(child, font, look, is_capitals=is_on(properties, "caps"))

    def character(self, child: Any, font: str, look: Look, *, is_capitals: bool) -> None:
        tag = child.tag
        if tag == W + "t":
            text = (child.text or "").replace("\n", " ")
            self.add(text.upper() if is_capitals and coding_of(font) is Coding.UNICODE else text, font, look)
        elif tag == W + "softHyphen":  # the letter ư of TCVN3 fonts; elsewhere it is not printed
            self.add("\xad" if coding_of(font) in (Coding.TCVN3, Coding.TCVN3_CAPITALS) else "", font, look)
        elif tag in (W + "tab", W + "ptab"):
            self.add("\t", "", look)
        elif tag == W + "br" or tag == W + "cr":
            self.add("" if child.get(W + "type") in ("page", "column") else "\n", "", look)
        elif tag == W + "noBreakHyphen":
            self.add("-", "", look)
        elif tag == W + "sym":
            self.add(_symbol(child), "", look)
        elif tag in (W + "drawing", W + "pict", W + "object", MC + "AlternateContent"):
            self.drawing(child)

    def add(self, text: str, font: str, look: Look) -> None:
        if text:
            self.pieces.append((text, font, look, 0))

    def field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append("")
        elif kind == "separate" and self.fields:
            asked = _FIELD_LINK.match(self.fields[-1])
            self.fields[-1] = "=" + (self.safe(asked[1]) if asked else "")
        elif kind == "end" and self.fields:
            self.fields.pop()

    def target(self, relation_id: str | None) -> str:
        relation = self.reader.parts.relations.get(relation_id or "")
        return self.safe(relation.target) if relation is not None else ""

    def safe(self, address: str) -> str:
        """The address where a page may lead there, else "" and a word to the clerk."""
        if _SAFE_LINK.fullmatch(address.strip()):
            return address.strip()
        if not address.startswith("#"):
            self.reader.document.dropped_links.append(clean(address))
        return ""

    def drawing(self, node: Any) -> None:
        """A box's words follow its paragraph; of a drawing written in two ways, the one that has the words is read."""
        for choice in _drawn(node):
            contents = [found for found in choice.iter(W + "txbxContent") if not _in_box(found, choice)]
            if contents:
                for content in contents:
                    blocks = [b for b in self.reader.blocks(content, self.depth + 1) if not _is_blank(b)]
                    self.boxes.extend(blocks)
                    self.reader.document.boxes.append(words_of(blocks))
                return
        has_picture = any(str(found.tag).rpartition("}")[2] in ("blip", "imagedata") for found in node.iter())
        self.reader.document.pictures += has_picture

    def spans(self) -> tuple[Span, ...]:
        """The spans, decoded font by font, neighbours of one look as one, NFC."""
        spans: list[Span] = []
        for text, font, look, note in _joined(self.pieces):
            if note:
                spans.append(Span("", look, note))
                continue
            if coding_of(font) is not Coding.UNICODE:
                self.reader.document.legacy_fonts.add(font)
            readable = clean(decode(text, font))
            if spans and not spans[-1].note and spans[-1].look == look:
                spans[-1] = Span(clean(spans[-1].text + readable), look)
            elif readable:
                spans.append(Span(readable, look))
        return tuple(spans)


def _joined(pieces: Iterable[tuple[str, str, Look, int]]) -> Iterator[tuple[str, str, Look, int]]:
    """Neighbours in one font and look as one piece: a VNI letter and its tone may stand in two runs."""
    held: tuple[str, str, Look, int] | None = None
    for piece in pieces:
        if held is not None and not held[3] and not piece[3] and held[1:3] == piece[1:3]:
            held = (held[0] + piece[0], *held[1:])
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def words_of(blocks: Iterable[Block]) -> str:
    """All words of some blocks on one line."""
    said: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            said.extend(block.lines)
        else:
            said.extend(words_of(cell.blocks) for row in block.rows for cell in row)
    return one_line(" ".join(said))


def _is_blank(block: Block) -> bool:
    if isinstance(block, Table):
        return not words_of((block,))
    return not block.text.strip() and not any(span.note for span in block.spans)


def _children(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables of a part, those in controls and accepted insertions included."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _children(child)
        elif child.tag == MC + "AlternateContent":
            for choice in _drawn(child):
                yield from _children(choice)
                break
        elif child.tag in (W + "p", W + "tbl"):
            yield child


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == W + "tr":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _cells(child)


def _mark_is_deleted(paragraph: Any) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _drawn(node: Any) -> list[Any]:
    """The ways in which a drawing is written: `mc:Choice` first, then what older programs show."""
    choices = [child for child in node if child.tag in (MC + "Choice", MC + "Fallback")]
    return choices or [node]


def _in_box(content: Any, outermost: Any) -> bool:
    """Whether a box's content stands in another box, or in the half of a drawing that was not chosen."""
    for above in content.iterancestors():
        if above is outermost:
            return False
        if above.tag in (W + "txbxContent", MC + "Fallback"):
            return True
    return False


def _symbol(node: Any) -> str:
    code = node.get(W + "char", "")
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "•" if "\ue000" <= char <= "\uf8ff" else char


def _count(said: str | None, otherwise: int) -> int:
    return min(int(said), 1000) if said and said.isdecimal() else otherwise
