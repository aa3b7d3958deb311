"""The office's data as typed values: register rows, the plan with its activities, and what coverage says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple

from ..deadlines import Rule
from ..numbers import DocumentNumber


class Exemption(NamedTuple):
    """Why a document need not be communicated, and the office that decided so (an office, never a person's name)."""

    reason: str
    decided_by: str


class RegisterRow(NamedTuple):
    """One line of `so-theo-doi/<năm>.csv`: a document that falls to the department.

    `number` is None where what is written (`number_text`) cannot be read as one. `issuers` are ids of bodies, and
    folded names of those that no vocabulary knows. What the office did not write is None, "" or ().
    """

    path: str
    line: int
    number_text: str
    number: DocumentNumber | None
    issued: date
    issuer_text: str
    issuers: frozenset[str]
    subject: str
    fields: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    received: date | None = None
    deadline: date | None = None
    exemption: Exemption | None = None
    note: str = ""

    @property
    def id(self) -> str:
        """Where the row stands: «_van-phong/so-theo-doi/2023.csv:12»."""
        return f"{self.path}:{self.line}"

    @property
    def counted_on(self) -> date:
        """The day by which it belongs to a reporting period: the day it came, otherwise the day of issue."""
        return self.received or self.issued


# --- the plan


@dataclass(frozen=True, slots=True)
class Statement:
    """A purpose or a requirement: its place in the plan («I.2.b») and the plan's own words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """Whom the plan names, in its own words, and the units that the words mean; none where it names no unit."""

    text: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the plan: its place («II.1»), its words, the lead and the supporting units."""

    id: str
    text: str
    lead: Assigned
    supporting: Assigned | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class AddedTask:
    """A task that the ministry or the province added during the year: on what ground, and until when."""

    id: str
    text: str
    ground: str
    lead: Assigned
    due: date | None = None
    supporting: Assigned | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """The communication plan of a draft with great impact on society (Quyết định 407/QĐ-TTg)."""

    id: str
    draft: str
    ground: str
    units: tuple[str, ...]
    text: str = ""
    entry: str = ""
    since: date | None = None
    until: date | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Level:
    """What an indicator was or is to be on a day, and where that is written."""

    value: int
    day: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that is measured; a baseline or a target that nobody wrote down is None, never 0."""

    id: str
    name: str
    measure: str
    ground: str = ""
    baseline: Level | None = None
    target: Level | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Recipient:
    """A body that receives reports, with the first and the last day on which it does."""

    body: str
    since: date | None = None
    until: date | None = None
    kinds: tuple[str, ...] = ()
    ground: str = ""

    def receives_on(self, day: date) -> bool:
        """Whether a report of the day goes to it."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Trained:
    """How many people of a unit took part."""

    unit: str
    people: int


ACTIVITY_CHANNELS: Mapping[str, str] = {
    "hoi-nghi": "hoi-nghi",
    "toa-dam": "hoi-nghi",
    "trao-doi": "hoi-nghi",
    "tap-huan": "hoi-nghi",
    "hop-bao": "bao-chi",
    "bao-chi": "bao-chi",
    "phat-thanh": "thong-tin-co-so",
}
"""The kinds of activity (`hoat_dong.loai`) and the channel of kenh.yml that each is evidence for."""

GUIDING = frozenset({"hoi-nghi", "toa-dam", "trao-doi", "tap-huan"})
"""The kinds at which people can ask: what the plan calls «hướng dẫn» (I.2.b), where the others are «tuyên truyền»."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What was done: where, when, by which units, with whom, for how many, and what shows it.

    `reached` is None where nobody counted. Without `evidence` it counts for nothing.
    """

    id: str
    kind: str
    name: str
    day: date
    units: tuple[str, ...]
    until: date | None = None
    place: str = ""
    tasks: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    reached: int | None = None
    trained: tuple[Trained, ...] = ()
    evidence: tuple[str, ...] = ()
    is_public: bool = False
    line: int = 1

    @property
    def channel(self) -> str:
        """The channel that it is evidence for."""
        return ACTIVITY_CHANNELS[self.kind]

    @property
    def guides(self) -> bool:
        """Whether people could ask there."""
        return self.kind in GUIDING


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period, both days in it; what happened after `cut_off` is not in the report."""

    id: str
    name: str
    kind: str
    since: date
    until: date
    cut_off: date
    due: date | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """One year's plan (`ke-hoach/<năm>.yml`) with what was done under it."""

    year: int
    path: str
    name: str
    entry: str = ""
    ground: str = ""
    purposes: tuple[Statement, ...] = ()
    requirements: tuple[Statement, ...] = ()
    tasks: tuple[Task, ...] = ()
    added_tasks: tuple[AddedTask, ...] = ()
    draft_plans: tuple[DraftPlan, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    activities: tuple[Activity, ...] = ()
    periods: tuple[Period, ...] = ()


# --- coverage


class State(Enum):
    """Where a document that must be communicated stands on the day that is asked about."""

    IN_TIME = "dung-han"
    LATE = "muon"
    UNDATED = "da-dang-chua-ro-han"
    MISSING = "chua-dang"
    EXEMPT = "mien"


PUBLISHED = (State.IN_TIME, State.LATE, State.UNDATED)


class Deadline(NamedTuple):
    """By when an entry is to stand: the day, or None and why not; without `rule` the register itself says the day."""

    day: date | None
    reason: str = ""
    rule: Rule | None = None


class Evidence(NamedTuple):
    """What shows that something was done: the day, the words or address, and where that is written."""

    day: date
    text: str
    place: str


class Near(NamedTuple):
    """An entry that is almost the one: its id, and what differs or hinders, in Vietnamese."""

    entry: str
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document that must be communicated, with all its rows (a document written twice is one).

    `entries`: ids of entries that stand on the site for it. `channels`: of every planned channel, what shows that the
    document went out there; () is not done. `guidance`: what shows that people were guided.
    """

    rows: tuple[RegisterRow, ...]
    units: tuple[str, ...]
    fields: tuple[str, ...]
    state: State
    deadline: Deadline
    entries: tuple[str, ...] = ()
    published: date | None = None
    channels: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    guidance: tuple[Evidence, ...] = ()
    near: tuple[Near, ...] = ()
    notes: tuple[str, ...] = ()
    exemption: Exemption | None = None
    is_overdue: bool | None = None
    """Of a missing document: whether its day has passed; None where the day is not known, or it is not missing."""

    @property
    def row(self) -> RegisterRow:
        """Its first row, which names it."""
        return self.rows[0]

    @property
    def id(self) -> str:
        """The place of its first row."""
        return self.rows[0].id

    @property
    def is_published(self) -> bool:
        """Whether an entry stands for it."""
        return self.state in PUBLISHED


class Figure(NamedTuple):
    """A part of a whole, each a list of document ids: what is counted can be followed to its rows."""

    done: tuple[str, ...]
    whole: tuple[str, ...]

    @property
    def percent(self) -> float | None:
        """The share in hundredths, never rounded up to 100; None of an empty whole."""
        return len(self.done) * 100 / len(self.whole) if self.whole else None

    @property
    def rest(self) -> tuple[str, ...]:
        """What is not done."""
        done = set(self.done)
        return tuple(one for one in self.whole if one not in done)


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of all documents, of one unit, or of one field; exempt ones are in `states` and in no figure."""

    states: Mapping[State, tuple[str, ...]]
    has_entry: Figure
    in_time: Figure
    on_all_channels: Figure
    guided: Figure
    channels: Mapping[str, Figure]
    overdue: tuple[str, ...] = ()


class Owed(NamedTuple):
    """A channel that carried an entry and has no evidence that it carried its correction or removal."""

    entry: str
    channel: str
    kind: str
    day: date
    carried: Evidence
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage on a day: every document by its id in register order, and the figures of all, by unit and by field.

    A document of several units stands under each of them; one of none under "". `channels` are the planned ones.
    """

    as_of: date
    period: Period | None
    documents: Mapping[str, Document]
    overall: Summary
    by_unit: Mapping[str, Summary]
    by_field: Mapping[str, Summary]
    channels: tuple[str, ...]
    owed: tuple[Owed, ...] = ()
