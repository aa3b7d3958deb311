"""What a reader of Word or PDF files gives: a sheet of plain words, then fields with their certainty, body, notes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any


class Certainty(Enum):
    """How far a found value can be trusted; the clerk reads it beside the value."""

    READ = "đọc được trên văn bản"
    WORKED_OUT = "máy suy ra, cần xem lại"


@dataclass(frozen=True, slots=True)
class Found:
    """One key of the field table, the value as the entry writes it, and where it stood in the file."""

    key: str
    value: str | tuple[str, ...]
    certainty: Certainty
    place: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document's words as they lie on paper, NFC, before anyone judged what they mean.

    `left` and `right` are the lines of the two head blocks (issuer and number; national title, place and day), `title`
    what stands between them and the text, `recipients` and `signature` the lines of the two closing blocks;
    a block that the document does not have is empty. `body` is Markdown, `notes` are sentences for the clerk;
    `is_whole` says that the body has everything that can be read in the file, pictures and formulas included.
    `kind` is what such an attachment is (`loai` of the key `tep`), where only its content tells.
    `form` is what a filled «Phiếu gửi tin» says, label and answer; such a sheet has no other block.
    """

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    body: str = ""
    notes: tuple[str, ...] = ()
    is_whole: bool = True
    kind: str = ""
    form: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> str:
        """The sheet as one JSON object: this is how it comes out of the process that parses foreign files."""
        return json.dumps(asdict(self), ensure_ascii=False)


def sheet_from_json(text: str) -> Sheet:
    """The sheet that `as_json` wrote."""
    said: dict[str, Any] = json.loads(text)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
    values["form"] = tuple((label, answer) for label, answer in values["form"])
    return Sheet(**values)


@dataclass(frozen=True, slots=True)
class Imported:
    """A file as it can become an entry: fields by the table's keys, each once; Markdown; sentences for the clerk."""

    fields: tuple[Found, ...] = ()
    body: str = ""
    notes: tuple[str, ...] = ()
    is_whole: bool = True

    def value(self, key: str) -> str | tuple[str, ...] | None:
        """The value found for a key, None where the file does not say."""
        return next((found.value for found in self.fields if found.key == key), None)


class CannotRead(Exception):
    """The file is refused; the message says in Vietnamese what it is and what to do instead."""
