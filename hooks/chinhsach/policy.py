"""The entry model: what one news item says of one document, typed and valid. Nothing here reads or writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from .numbers import DocumentNumber


class Stage(Enum):
    """Where the policy stands in its life: being drafted, being spread, being carried out."""

    DRAFTING = "xay-dung"
    DISSEMINATION = "pho-bien"
    IMPLEMENTATION = "thuc-thi"


class Status(Enum):
    """Where the entry stands: a working copy, public from its date on, or removed by the department."""

    WORKING = "ban-nhap"
    PUBLIC = "cong-khai"
    REMOVED = "da-go"


class Scope(Enum):
    """How much of the other document a relation touches."""

    WHOLE = "toan-bo"
    PART = "mot-phan"
    ADDITION = "chi-bo-sung"


@dataclass(frozen=True, slots=True)
class EffectReview:
    """Who looked whether the document still is in force: when, and where it says so."""

    day: date
    source: str


@dataclass(frozen=True, slots=True)
class ContinuedEffect:
    """Whether a document was announced to stay in force after the one that it details ended (Luật 64/2025 Đ57.2)."""

    continues: bool
    document: str


@dataclass(frozen=True, slots=True)
class EffectOverride:
    """A state of effect set by hand, with its reason and source."""

    state: str
    reason: str
    source: str
    day: date


@dataclass(frozen=True, slots=True)
class OutsidePartner:
    """A body outside the department that supports the task."""

    body: str
    task: str


@dataclass(frozen=True, slots=True)
class Approval:
    """One step of approval that was taken, and the hash of the content that it was given for."""

    step: str
    office: str
    unit: str
    day: date
    form: str
    record: str = ""
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or a link that the entry offers; the first one is the original."""

    name: str
    kind: str
    file: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the full text was compared with, and when."""

    against: str
    day: date


@dataclass(frozen=True, slots=True)
class FullText:
    """The document's text for reading, whether it is all there, and where it comes from."""

    file: str
    is_complete: bool
    source: str
    comparison: Comparison | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoOriginal:
    """Why the original could not be read, and through what the document is known."""

    reason: str
    known_through: str


ISSUED_FROM = "ban-hanh-tu-du-thao"
"""The relation of a document to the draft that it was."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What this entry's document does to another (`target`: an entry id or a document number)."""

    type: str
    target: str
    line: int
    scope: Scope | None = None
    articles: str = ""
    day: date | None = None
    until: date | None = None
    except_for: str = ""


@dataclass(frozen=True, slots=True)
class CommentWay:
    """One way in which comments are taken."""

    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class ConsultationResult:
    """What became of the comments."""

    day: date
    summary: str
    file: str = ""
    url: str = ""


class ConsultationState(Enum):
    """Where a consultation stands on a day."""

    SOON = "sap"
    OPEN = "dang"
    CLOSED = "het"
    ANSWERED = "tiep-thu"


@dataclass(frozen=True, slots=True)
class Consultation:
    """A draft open for comment from `opens` to the end of `closes`."""

    opens: date
    closes: date
    basis: str
    ways: tuple[CommentWay, ...]
    contact: str = ""
    result: ConsultationResult | None = None

    def state_on(self, day: date) -> ConsultationState:
        """Its state on a day; the reader's browser works out the same from the same dates."""
        if self.result is not None and self.result.day <= day:
            return ConsultationState.ANSWERED
        if day < self.opens:
            return ConsultationState.SOON
        return ConsultationState.OPEN if day <= self.closes else ConsultationState.CLOSED


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the public log of an entry."""

    moment: datetime
    kind: str
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """When and why the department took its item down; the document itself is not touched by it."""

    moment: datetime
    reason: str
    replaced_by: str = ""
    erases_content: bool = False


@dataclass(frozen=True, slots=True)
class Distribution:
    """Evidence that the entry went out on a channel."""

    channel: str
    day: date
    evidence: str
    reach: int | None = None


@dataclass(frozen=True, slots=True)
class LanguageVersion:
    """The entry in another language or as sound."""

    language: str
    kind: str
    file: str
    translator: str
    reviewer: str
    day: date


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure of the public-service portal."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Contact:
    """An office that answers."""

    name: str
    phone: str = ""
    mail: str = ""
    address: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """An entry whose every value is known to be well formed; what was not written is None, "" or ().

    A document's number, date and subject are empty only for a draft or a working copy.
    Ids of units, fields, types and audiences exist in the vocabularies.
    """

    id: str
    title: str
    type: str
    issuers: tuple[str, ...]
    published: datetime
    fields: tuple[str, ...]
    audiences: tuple[str, ...]
    summary: str = ""
    number: DocumentNumber | None = None
    unknown_issuers: tuple[str, ...] = ()
    drafters: tuple[str, ...] = ()
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None
    effect_review: EffectReview | None = None
    is_simplified_procedure: bool = False
    continued_effect: ContinuedEffect | None = None
    effect_override: EffectOverride | None = None
    subject: str = ""
    signer: str = ""
    signer_office: str = ""
    signing_authority: str = ""
    lead_units: tuple[str, ...] = ()
    supporting_units: tuple[str, ...] = ()
    outside_partners: tuple[OutsidePartner, ...] = ()
    area: str = ""
    stage: Stage = Stage.DISSEMINATION
    status: Status = Status.PUBLIC
    received: date | None = None
    approvals: tuple[Approval, ...] = ()
    original_url: str = ""
    attachments: tuple[Attachment, ...] = ()
    full_text: FullText | None = None
    no_original: NoOriginal | None = None
    relations: tuple[Relation, ...] = ()
    consultation: Consultation | None = None
    changes: tuple[Change, ...] = ()
    removal: Removal | None = None
    review_by: date | None = None
    distributions: tuple[Distribution, ...] = ()
    language_versions: tuple[LanguageVersion, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    places: tuple[str, ...] = ()
    article_17: tuple[str, ...] = ()
    former_paths: tuple[str, ...] = ()
    contact: Contact | None = None
    recipients: tuple[str, ...] = ()
    file_number: str = ""
    lines: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_draft(self) -> bool:
        """Whether the document is a draft that nobody has issued yet."""
        return self.stage is Stage.DRAFTING

    @property
    def is_erased(self) -> bool:
        """Whether nothing of the entry's words may be shown any more (`che_do: xoa-noi-dung`)."""
        return self.status is Status.REMOVED and self.removal is not None and self.removal.erases_content

    def line_of(self, key: str) -> int:
        """The line of a front-matter key (`gop_y`, `gop_y.den`, `tep.0.url`), else of the key around it, else 1."""
        while key not in self.lines and "." in key:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 1)
