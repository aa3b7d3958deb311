"""What a rule is: a code, how much it weighs, how it speaks, and how it looks for what it forbids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from .. import deadlines, stamps
from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..links import mentioned_files
from ..mending import Mender
from ..policy import Removal, Status
from ..problems import Fault, Severity, Words
from ..vocabulary import Vocabularies, name_key

Values = Mapping[str, str]
Explain = Callable[[Values], Words]
Check = Callable[[Entry, Catalogue], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the guide. Its code is permanent; `title`, `bad` and `good` stand in the guide.

    `explain` turns a fault's values into the message. `check` looks at one entry among all;
    a rule without it speaks for what the reader or the table of keys finds.
    `mend` finds the exact line to type, from the fault and the lines of its file.
    `waits` says that in a working copy (`ban-nhap`) the fault is a note, because something is still to come.
    """

    code: str
    title: str
    explain: Explain
    bad: str
    good: str
    check: Check | None = None
    severity: Severity = Severity.ERROR
    waits: bool = False
    sample: Values | None = None
    mend: Mender | None = None

    def words(self, fault: Fault) -> Words:
        """The message of a fault of this rule."""
        return self.explain(fault.values)


def at(entry: Entry, key: str) -> int:
    """The line of a key of the entry (`gop_y`, `gop_y.den`, `tep.0.url`), else of the key around it, else 1."""
    return entry.policy.line_of(key)


def usable(entry: Entry, *keys: str) -> bool:
    """Whether the values of these keys could be read: a rule says nothing of what is already reported."""
    return entry.is_readable and not any(key in entry.broken for key in keys)


def leaf(key: str) -> str:
    """The last part of a key within others, as it is typed: «gop_y.den» → «den»."""
    return key.rpartition(".")[2]


def grouped(number: str) -> str:
    """Digits in threes with dots, as Vietnamese writes them: «1000000» → «1.000.000»."""
    return f"{int(number):,}".replace(",", ".")


def is_before(moment: datetime, published: datetime) -> bool:
    """Whether something happened before the entry stood on the site; a moment without a time counts as its whole day."""
    has_time = (moment.hour, moment.minute, moment.second) != (0, 0, 0)
    return moment < published if has_time else moment.date() < published.date()


def shown_moment(moment: datetime) -> str:
    """«5/6/2023», with « 08:00» where a time is known."""
    day = format_date(moment)
    return day if (moment.hour, moment.minute) == (0, 0) else f"{day} {moment:%H:%M}"


def same_number(entry: Entry, catalogue: Catalogue) -> list[Entry]:
    """Other entries about a document with this number of the same year, whose number, day and issuers could be read.

    Two entries with one id are left out, for `ma-trung` speaks of them, and so is the entry that replaces a removed one.
    """
    number, issued = entry.policy.number, entry.policy.issued
    if number is None or issued is None or entry.policy.is_draft or not usable(entry, *_IDENTITY):
        return []
    return [
        other
        for other in catalogue.by_number[number.text]
        if other.policy.issued is not None
        and other.policy.issued.year == issued.year
        and other.id != entry.id
        and not other.policy.is_draft
        and usable(other, *_IDENTITY)
        and not _replaces(entry, other)
        and not _replaces(other, entry)
    ]


_IDENTITY = ("so_ky_hieu", "ngay_ban_hanh", "co_quan_ban_hanh")


def _replaces(new: Entry, old: Entry) -> bool:
    removal = removal_of(old)
    return removal is not None and removal.replaced_by == new.id


def removal_of(entry: Entry) -> Removal | None:
    """How an entry was removed; None for one that was not, whatever its `go_tin` says (`go-tin-thua` speaks)."""
    return entry.policy.removal if entry.policy.status is Status.REMOVED else None


def issuers_of(entry: Entry) -> frozenset[str]:
    """The issuing bodies of an entry: ids, and the names that no vocabulary knows."""
    return frozenset(entry.policy.issuers) | {name_key(name) for name in entry.policy.unknown_issuers}


def looked_through(entry: Entry, catalogue: Catalogue) -> Iterator[tuple[str, int, stamps.Found]]:
    """Name, line and what stands on it, of each file that the entry offers and that is what its name says."""
    if entry.policy.is_erased or not any(facts.suffix in stamps.READABLE for facts in entry.files.values()):
        return
    for name, line in mentioned_files(entry, catalogue).items():
        facts = entry.files.get(name)
        if facts is not None and facts.is_what_it_says:
            yield name, line, stamps.of_file(facts.path, facts.suffix, facts.sha256)


def rule_values(rule: deadlines.Rule, known: Vocabularies) -> dict[str, str]:
    """A dated rule as a message tells it: how long, its article, the document in which it stands ("" where unknown)."""
    basis = known.legal_bases.get(rule.document)
    return {"so_ngay": rule.amount, "dieu": rule.article, "van_ban": basis.citation if basis else ""}
