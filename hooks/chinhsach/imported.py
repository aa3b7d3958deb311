"""What a reader of Word or PDF files gives: a sheet of plain words, then fields with their certainty, body, notes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import Enum


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
    a block that the document does not have is empty. `body` is Markdown, `notes` are sentences for the clerk.
    """

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    body: str = ""
    notes: tuple[str, ...] = ()

    def as_json(self) -> str:
        """The sheet as one JSON object: this is how it comes out of the process that parses foreign files."""
        return json.dumps(asdict(self), ensure_ascii=False)


def sheet_from_json(text: str) -> Sheet:
    """The sheet that `as_json` wrote."""
    said = json.loads(text)
    return Sheet(**{key: value if isinstance(value, str) else tuple(value) for key, value in said.items()})


@dataclass(frozen=True, slots=True)
class Imported:
    """A file as it can become an entry: fields by the table's keys, each once; Markdown; sentences for the clerk."""

    fields: tuple[Found, ...] = ()
    body: str = ""
    notes: tuple[str, ...] = ()

    def value(self, key: str) -> str | tuple[str, ...] | None:
        """The value found for a key, None where the file does not say."""
        return next((found.value for found in self.fields if found.key == key), None)


class CannotRead(Exception):
    """The file is refused; the message says in Vietnamese what it is and what to do instead."""
