"""The rows of a filled «Phiếu gửi tin» in, an entry's fields and body out, with what was wrong told row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .answers import judge
from .imported import Certainty, Found, Imported
from .kinds import Field, FromVocabulary
from .outputs.paper_form import CHOOSE, KEYS, PARTS, label
from .schema import BY_KEY
from .text import as_markdown, fold, one_line
from .vocabulary import Vocabularies

Rows = Sequence[tuple[str, str]]
PLACE = "dòng «{label}» của phiếu gửi tin"

_BY_LABEL = {fold(BY_KEY[key].label): BY_KEY[key] for key in KEYS}
_PARTS = {fold(name): name for name, _ in PARTS}
_TICKED = re.compile(r"(?:[☒☑✓✔✗✘■●]|\[ ?[xXvV] ?\]|\(?[xXvV]\)?(?= ))\s*")
_EMPTY = re.compile(r"(?:[☐□○]|\[ *\])\s*")
_BULLET = re.compile(r"[-–—+•*·]\s+")


def read(rows: Rows, vocabularies: Vocabularies) -> Imported:
    """The form as it can become an entry; what cannot be used is left out and told, and so is what is missing."""
    fields: list[Found] = []
    notes: list[str] = []
    body: list[str] = []
    said = {_key(left): right for left, right in rows}
    for key, row in _BY_LABEL.items():
        answer = judge(row, _said(row, said.get(key, "")), vocabularies)
        for words in (*answer.faults, *answer.notes):
            notes.append(f"{words.what}: {words.why}. Cách sửa: {words.fix}")
        if answer.value:
            place = PLACE.format(label=row.label)
            fields.append(Found(row.key, answer.value, Certainty.READ, place))
        elif label(row).endswith("*") and not answer.faults:
            notes.append(f"{row.label}: phiếu chưa ghi. Cách sửa: {_how(row)}")
    for key, name in _PARTS.items():
        written = list(_written(said.get(key, "")))
        if written:
            body.append("\n\n".join([f"## {name}", *written]))
    return Imported(tuple(fields), "\n\n".join(body), tuple(notes))


def _key(left: str) -> str:
    return fold(one_line(left).rstrip(" *:"))


def _how(row: Field) -> str:
    if isinstance(row.kind, FromVocabulary):
        return "đánh dấu ít nhất một ô" if row.kind.several else "bấm vào ô, chọn một dòng"
    return f"{row.hint}, ví dụ {row.example}"


def _said(row: Field, right: str) -> str:
    """The answer in a right cell: the ticked lines of a list, else all that is written."""
    lines = [line for line in right.split("\n") if line != CHOOSE]
    if not isinstance(row.kind, FromVocabulary):
        return " ".join(lines)
    if not row.kind.several:
        return "\n".join(lines)
    ticked = [_TICKED.sub("", line, count=1) for line in lines if _TICKED.match(line)]
    typed = [line for line in lines if not _TICKED.match(line) and not _EMPTY.match(line)]
    return "\n".join([*ticked, *typed])


def _written(right: str) -> Iterator[str]:
    """The lines of a part as Markdown: dashes make a list, whatever else is printed as it was typed."""
    items: list[str] = []
    for line in right.split("\n"):
        bullet = _BULLET.match(line)
        if bullet:
            items.append("- " + as_markdown(line[bullet.end() :]))
            continue
        if items:
            yield "\n".join(items)
            items = []
        if line.strip():
            yield as_markdown(line)
    if items:
        yield "\n".join(items)
