"""What a clerk answers to a key's question in, the value to be written out, or what is wrong with it."""

from __future__ import annotations

import re
from typing import NamedTuple

from . import numbers
from .kinds import BAD, Context, Field, FromVocabulary, Issuers, Number
from .problems import Severity, Words
from .rules import RULES
from .source import Node, Scalar, Sequence
from .text import clean, excerpt, nearest, one_line, slug
from .vocabulary import Vocabularies

_PARTS = re.compile(r"\s*[;\n]\s*")


class Answer(NamedTuple):
    """A value as the entry writes it (empty for a blank or unusable answer), and what the clerk is told of it."""

    value: str | tuple[str, ...] = ""
    faults: tuple[Words, ...] = ()
    notes: tuple[Words, ...] = ()


def judge(row: Field, said: str, vocabularies: Vocabularies) -> Answer:
    """Read an answer as the entry would be read; a vocabulary's names count as its ids, several stand apart by «;».

    The words of a fault name the key by its label, as the question did.
    """
    said = clean(said).strip()
    if not said:
        return Answer()
    value = _value(row, said, vocabularies)
    strange = _strange(row, value, vocabularies)
    if strange:
        return Answer(faults=strange)
    context = Context(vocabularies, [])
    parsed = row.kind.parse(_node(value), row.label, context)
    told = [(RULES[fault.code].severity, RULES[fault.code].words(fault)) for fault in context.faults]
    faults = tuple(words for severity, words in told if severity is Severity.ERROR)
    notes = tuple(words for severity, words in told if severity is Severity.NOTE)
    return Answer("" if parsed is BAD or parsed is None or faults else value, faults, notes)


def choices(row: Field, vocabularies: Vocabularies) -> dict[str, str]:
    """The names among which a key's answer is chosen, each with its id; empty where the answer is free."""
    return row.kind.choices(vocabularies) if isinstance(row.kind, FromVocabulary) else {}


def _value(row: Field, said: str, vocabularies: Vocabularies) -> str | tuple[str, ...]:
    if isinstance(row.kind, FromVocabulary):
        listed = choices(row, vocabularies)
        ids = {slug(key): key for key in listed.values()} | {slug(name): key for name, key in listed.items()}
        if not row.kind.several:
            return ids.get(slug(said), one_line(said))
        parts = [ids.get(slug(part), part) for part in _PARTS.split(said) if part]
        if len(parts) == 1 and parts[0] not in ids.values():  # names hold commas, lists of ids are typed with them
            parts = [ids.get(slug(part), part.strip()) for part in parts[0].strip("[]").split(",") if part.strip()]
        return tuple(dict.fromkeys(parts))
    if isinstance(row.kind, Issuers):
        parts = [one_line(part) for part in _PARTS.split(said) if part]
        return parts[0] if len(parts) == 1 else tuple(parts)
    return numbers.clean(said) if isinstance(row.kind, Number) else one_line(said)


def _strange(row: Field, value: str | tuple[str, ...], vocabularies: Vocabularies) -> tuple[Words, ...]:
    """What is wrong with choices that are in no list, in the list's own names."""
    listed = choices(row, vocabularies)
    if not listed:
        return ()
    strange = [one for one in ((value,) if isinstance(value, str) else value) if one not in listed.values()]
    return tuple(
        Words(
            f"{row.label} «{excerpt(one)}» không có trong danh sách",
            "chỉ chọn được trong danh sách thì tin mới vào đúng trang, đúng nguồn tin",
            f"ghi «{near}»" if (near := nearest(one, listed)) else f"chọn trong: {'; '.join(list(listed)[:12])}…",
        )
        for one in strange
    )


def _node(value: str | tuple[str, ...]) -> Node:
    if isinstance(value, str):
        return Scalar(value, 1, 1)
    return Sequence(tuple(Scalar(item, 1, 1) for item in value), 1, 1)
