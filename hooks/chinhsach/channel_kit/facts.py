"""Text in, the facts that stand in it out: numbers, days, deadlines, sums, bodies and units, addresses.

What a channel says must be a subset of what the entry says; whoever adds words to a text is caught here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .. import markdown, schema
from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..outputs import events, items, words
from ..outputs.view import entry_path
from ..site_config import SiteConfig
from ..text import one_line
from ..vocabulary import Vocabularies


class Fact(NamedTuple):
    """A fact by kind (`so-ky-hieu`, `ngay`, `so`, `dia-chi`, `dien-thoai`, `co-quan`), in one form for each meaning."""

    kind: str
    value: str


_PART = r"[A-ZĂÂĐÊÔƠƯ][a-z]?(?:&?[A-ZĂÂĐÊÔƠƯ0-9][a-z]?)*"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("dia-chi", re.compile(r"https?://[^\s<>«»“”]*[^\s<>«»“”.,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "so-ky-hieu",
        re.compile(rf"(?<!\w)[0-9]+(?:\.[0-9]+)?[a-eA-E]?(?:/[0-9]{{4}})?[/-]{_PART}(?:[-/]{_PART})*(?!\w)"),
    ),
    ("dien-thoai", re.compile(r"(?<![\w.])(?:\+84|0|1[89]00)(?:[ .]?[0-9]){6,10}(?![\w.,]?[0-9])")),
    ("ngay", re.compile(r"(?<!\w)([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})(?!\w)")),
    ("ngay", re.compile(r"(?<!\w)([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})(?!\w)")),
    ("ngay", re.compile(r"(?<!\w)([0-9]{4})-([0-9]{2})-([0-9]{2})(?!\w)")),
    ("thang", re.compile(r"(?<!\w)([0-9]{1,2})(?:/| năm )([0-9]{4})(?!\w)")),
)
_QUANTITY = re.compile(
    r"(?<![\w])([0-9]+(?:\.[0-9]{3})*(?:,[0-9]+)?)"
    r"(?: ?(%|‰|(?:nghìn |triệu |tỷ )*"
    r"(?:đồng|USD|người|ngày làm việc|ngày|tháng|năm|giờ|phút|tuần|ha|km|m2|kg|lần)(?!\w)))?"
)
_MARKS = re.compile(r"^#.*$|\([0-9]+/[0-9]+\)$|^\[[0-9]+[a-z]?\] ", re.M)
"""What a text says of itself: lines for the user, the number of a part, the number of a sentence."""


def facts_of(text: str, vocabularies: Vocabularies) -> frozenset[Fact]:
    """The facts of a text."""
    rest = one_line(_MARKS.sub(" ", text))
    found = {Fact("co-quan", name) for name in _names(vocabularies) if name in rest}
    for kind, pattern in _KINDS:
        found.update(Fact(kind, _plain(kind, match)) for match in pattern.finditer(rest))
        rest = pattern.sub(" ; ", rest)
    found.update(Fact("so", _amount(match)) for match in _QUANTITY.finditer(rest))
    return frozenset(found)


def _plain(kind: str, match: re.Match[str]) -> str:
    if kind == "ngay":
        parts = [int(part) for part in match.groups()]
        year, month, day = parts if parts[0] > 31 else parts[::-1]
        return f"{year:04}-{month:02}-{day:02}"
    if kind == "thang":
        return f"{int(match[2]):04}-{int(match[1]):02}"
    return re.sub(r"[ .]", "", match[0]) if kind == "dien-thoai" else match[0]


def _amount(match: re.Match[str]) -> str:
    value = match[1].replace(".", "")
    whole, _, fraction = value.partition(",")
    value = (whole.lstrip("0") or "0") + (f",{fraction}" if fraction else "")
    return f"{value} {match[2]}" if match[2] else value


def _names(vocabularies: Vocabularies) -> Iterator[str]:
    """The names of bodies and units, in each of their times."""
    for names in (b.names for bodies in (vocabularies.units, vocabularies.issuers) for b in bodies.values()):
        yield from (name.name for name in names)


def facts_of_entry(entry: Entry, catalogue: Catalogue, config: SiteConfig) -> frozenset[Fact]:
    """All facts that an entry's page says: its keys, its words, its log, its units, the days of its effect."""
    return facts_of(words_of(entry, catalogue, config), catalogue.vocabularies)


def words_of(entry: Entry, catalogue: Catalogue, config: SiteConfig) -> str:
    """All that an entry's page says, one thing a line."""
    return "\n".join(_said(entry, catalogue, config))


def _said(entry: Entry, catalogue: Catalogue, config: SiteConfig) -> Iterator[str]:
    policy, vocabularies = entry.policy, catalogue.vocabularies
    yield config.absolute(entry_path(policy.id))
    yield config.department
    yield format_date(words.day_of(policy.published))
    yield from (format_date(sent.day) for sent in policy.distributions)
    for change in events.log(policy):
        yield format_date(words.day_of(change.moment))
        if not policy.is_erased:
            yield f"{change.text} ; {change.before} ; {change.after}"
    if policy.removal is not None:
        yield format_date(words.day_of(policy.removal.moment))
    if policy.is_erased:
        return
    yield _strings(schema.dump(policy))
    yield markdown.plain_text(entry.body.html)
    yield words.citation(policy, vocabularies)
    yield items.draft_line(entry, catalogue) if policy.is_draft else ""
    yield from (words.unit_name(unit, entry, catalogue) for unit in entry.owner.lead)
    yield words.effect_dates(entry, catalogue)


def _strings(value: object) -> str:
    """Every text of a nested value, apart from each other."""
    if isinstance(value, dict):
        return " ; ".join(_strings(part) for part in value.values())
    if isinstance(value, list | tuple):
        return " ; ".join(_strings(part) for part in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def strangers(text: str, known: Iterable[Fact], vocabularies: Vocabularies) -> list[str]:
    """What a text says that is not among the known facts, in the order of the alphabet."""
    return sorted(fact.value for fact in facts_of(text, vocabularies) - frozenset(known))
