"""All entries, read and joined: ids, numbers, owners, relations in both directions, effect. No rule is judged here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from . import announcements, citations, effect, fulltext, markdown, ownership, schema, source, stamps
from . import register as registers
from .attachments import FileFacts, inspect
from .citations import Citation
from .graph import components
from .kinds import ALL
from .numbers import DocumentNumber, InvalidNumber
from .numbers import clean as clean_number
from .numbers import parse as parse_number
from .policy import Policy, Relation, Scope, Status
from .problems import Fault
from .register import Row
from .source import EntryFile
from .vocabulary import Vocabularies
from .writing import ID_CARD, digits_of, personal


class Cited(NamedTuple):
    """What an entry cites in its summary, its body and its full text; lines are those of the file it stands in."""

    summary: tuple[Citation, ...] = ()
    body: tuple[Citation, ...] = ()
    full_text: tuple[Citation, ...] = ()


NOTHING_CITED = Cited()


class FullTextFacts(NamedTuple):
    """What is known of a full text without its HTML: source text, addresses, number of articles and chapters."""

    source: str
    anchors: frozenset[str]
    article_count: int
    chapter_count: int


@dataclass(slots=True)
class Entry:
    """One entry with all that lies beside it."""

    file: EntryFile
    policy: Policy
    broken: frozenset[str]
    body: markdown.Body
    faults: list[Fault]
    owner: ownership.Ownership
    files: dict[str, FileFacts]
    full_text: FullTextFacts | None = None
    is_readable: bool = True
    cited: Cited = NOTHING_CITED

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.policy.id


class Target(NamedTuple):
    """What a relation points to: an entry of ours, or a document outside known by its number."""

    entry: Entry | None
    number: DocumentNumber | None
    text: str


Part = Literal["summary", "body", "full_text"]
Difference = Literal["ngay", "loai", "co-quan"]


class Reference(NamedTuple):
    """What a citation means. With neither `entry` nor `row` it is unknown.

    `differences`: what the citation says otherwise than the row (or than our entry, where there is no row).
    A document that is found only by a day with a slip in it is in `row`, but `is_sure` is not set: no link to it.
    """

    citation: Citation
    entry: Entry | None = None
    row: Row | None = None
    differences: tuple[Difference, ...] = ()
    is_sure: bool = True

    @property
    def is_known(self) -> bool:
        """Whether something is known that it may mean."""
        return self.entry is not None or self.row is not None

    @property
    def number(self) -> str:
        """The number of the document that it means, else what is printed."""
        if self.row is not None:
            return self.row.number
        if self.entry is not None and self.entry.policy.number is not None:
            return self.entry.policy.number.text
        return self.citation.number.text if self.citation.number else ""

    @property
    def issued(self) -> date | None:
        """The day of issue of the document that it means."""
        if self.row is not None:
            return self.row.issued
        return self.entry.policy.issued if self.entry else None


class Acting(NamedTuple):
    """A relation that an entry's document has to another, and its place in `quan_he`."""

    entry: Entry
    relation: Relation
    place: int

    @property
    def day(self) -> date | None:
        """The day from which it acts (as effect.Incoming)."""
        return self.relation.day or self.entry.policy.effective


@dataclass(slots=True)
class Catalogue:
    """Every entry that was read, and the ways to find them. `now` is the build's moment; nobody else knows the time."""

    entries: tuple[Entry, ...]
    vocabularies: Vocabularies
    now: datetime
    root: Path
    misplaced: tuple[str, ...] = ()
    preview: bool = False
    register: registers.Register = registers.EMPTY
    announced: announcements.Announcements = announcements.EMPTY
    by_id: dict[str, list[Entry]] = field(default_factory=dict)
    by_path: dict[str, Entry] = field(default_factory=dict)
    by_former_path: dict[str, list[Entry]] = field(default_factory=dict)
    by_number: dict[str, list[Entry]] = field(default_factory=dict)
    incoming: dict[str, list[effect.Incoming]] = field(default_factory=dict)
    erased_incoming: dict[str, list[effect.Incoming]] = field(default_factory=dict)
    """What erased entries did to others: no word tells of it any more, but that it went is a change of the others."""
    resolved: dict[tuple[str, Part], list[Reference]] = field(default_factory=dict)
    """What the citations of an entry's texts mean, once somebody asked; made by `references`."""
    laws: dict[str, list[Entry]] | None = None
    """Entries about laws by name; made by `references` when first asked for."""
    replacing: dict[str, list[Acting]] = field(default_factory=dict)
    """What replaces or repeals a whole document, by entry id or by a number that holds its year; unpublished too."""
    circles: dict[str, tuple[Acting, ...]] = field(default_factory=dict)
    """The circles of replacements and of documents that hang on each other, by the id of each entry in them."""
    _situation: effect.Situation | None = None

    def find(self, entry_id: str) -> Entry | None:
        """The entry with this id (the first one, where a mistake gave it to two)."""
        found = self.by_id.get(entry_id)
        return found[0] if found else None

    def is_released(self, entry: Entry) -> bool:
        """Whether the entry has a public page now: public or removed, and its date has come."""
        policy = entry.policy
        return policy.status is not Status.WORKING and policy.published is not None and policy.published <= self.now

    def is_listed(self, entry: Entry) -> bool:
        """Whether the entry stands in lists now: released and not removed."""
        return entry.policy.status is Status.PUBLIC and self.is_released(entry)

    def released(self) -> list[Entry]:
        """All entries with a public page, newest first (DESIGN §4)."""
        return newest_first(e for e in self.entries if self.is_released(e))

    def listed(self) -> list[Entry]:
        """The entries that stand in lists, newest first."""
        return newest_first(e for e in self.entries if self.is_listed(e))

    def previewed(self) -> list[Entry]:
        """Working copies and scheduled entries: shown only while serving or on request, in no list."""
        return newest_first(e for e in self.entries if not self.is_released(e)) if self.preview else []

    def target(self, relation: Relation, actor: Policy) -> Target:
        """What a relation of `actor` points to: an id first, then a number that one fitting entry bears."""
        entry = self.find(relation.target)
        if entry is not None:
            return Target(entry, entry.policy.number, relation.target)
        try:
            number = parse_number(clean_number(relation.target))
        except InvalidNumber:
            return Target(None, None, relation.target)
        same = [e for e in self.by_number.get(number.text, []) if _can_mean(e.policy, actor)]
        return Target(same[0] if len(same) == 1 else None, number, number.text)

    def timeline(self, entry: Entry) -> tuple[effect.Step, ...]:
        """The steps of the document's effect, from released entries only."""
        if self._situation is None:
            self._situation = self._make_situation()
        return effect.timeline(entry.policy, self._situation)

    def _make_situation(self) -> effect.Situation:
        shown = {e.id: e.policy for e in self.entries if self.is_released(e)}

        def target_of(relation: Relation, actor: Policy) -> str | None:
            entry = self.target(relation, actor).entry
            return entry.id if entry else None

        def has_effect(policy: Policy) -> bool:
            kind = self.vocabularies.types.get(policy.type)
            return kind is not None and kind.has_effect and not policy.is_draft

        return effect.Situation(self.incoming, shown, target_of, has_effect, self.vocabularies.chain_rule_since)

    def audience_ids(self, policy: Policy) -> tuple[str, ...]:
        """The audiences of an entry, `tat-ca` spelt out."""
        return tuple(self.vocabularies.audiences) if ALL in policy.audiences else policy.audiences

    def list_units(self, entry: Entry) -> tuple[str, ...]:
        """The units in whose list and feed the entry stands: the lead ones, then their successors (DESIGN §5)."""
        units = list(entry.owner.lead)
        for unit in entry.owner.lead:
            units.extend(u for u in self.vocabularies.successors(unit) if u not in units)
        return tuple(units)


def _can_mean(policy: Policy, actor: Policy) -> bool:
    """Whether `actor`, naming a number, can mean this document.

    Numbers begin anew each year and in each province: a document that was issued later is not meant,
    nor one of another province's council or committee.
    """
    if policy.issued and actor.issued and policy.issued > actor.issued:
        return False
    is_local = policy.number is not None and policy.number.organ.split("-")[0] in ("UBND", "HĐND")
    return not is_local or bool(set(policy.issuers) & set(actor.issuers)) or actor.issued is None


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """By day of publication, then of issue, both newest first, then by id (DESIGN §4)."""

    def key(entry: Entry) -> tuple[float, int, str]:
        policy = entry.policy
        published = policy.published.timestamp() if policy.published else float("inf")
        return (-published, -(policy.issued or date.min).toordinal(), policy.id)

    return sorted(entries, key=key)


def load(
    root: Path, vocabularies: Vocabularies, now: datetime, *, preview: bool = False, cited: bool = True
) -> Catalogue:
    """Read every entry under `<root>/policies/` and join them; `cited`: and what they cite, which figures need not."""
    layout = source.discover(root)
    entries = [read_entry(root, file, vocabularies, cited=cited) for file in layout.entries]
    return assemble(
        entries,
        vocabularies,
        now,
        root,
        misplaced=layout.misplaced,
        preview=preview,
        register=registers.load(root),
        announced=announcements.load(root, vocabularies),
    )


def read_entry(
    root: Path, file: EntryFile, vocabularies: Vocabularies, content: bytes | None = None, *, cited: bool = True
) -> Entry:
    """Read one entry, its body, its attachments and its full text; `content`: its bytes where they differ from disk."""
    raw = source.read(file.path, source.read_bytes(root, file.path) if content is None else content)
    parsed = schema.parse(raw, file.stem, vocabularies)
    readable = bool(raw.fields.entries)
    faults = [*raw.faults, *(parsed.faults if readable else ())]
    body = markdown.render(raw.body, raw.body_line) if readable else markdown.EMPTY
    faults.extend(body.faults)
    stamped = None if parsed.policy.is_erased else stamps.in_text(raw.body)
    if stamped:
        values = {"dau": stamped[0], "noi": "phần bài"}
        faults.append(Fault("dau-mat", raw.body_line + stamped[1] - 1, values=values))
    if not parsed.policy.is_erased:
        faults.extend(_personal(parsed.policy, raw))
    files = {name: inspect(path) for name, path in source.list_files(root, file).items()}
    entry = Entry(
        file=file,
        policy=parsed.policy,
        broken=parsed.broken,
        body=body._replace(faults=()),
        faults=faults,
        owner=ownership.weigh(parsed.policy, file.folder, vocabularies),
        files=files,
        is_readable=readable,
    )
    _read_full_text(entry)
    if readable and cited:
        entry.cited = _find_citations(entry, raw)
    return entry


def _personal(policy: Policy, raw: source.Raw) -> Iterator[Fault]:
    """Numbers of persons in the words of an entry; what stands in a key for an office's address is an office's."""
    told = {"tieu_de": policy.title, "tom_tat": policy.summary, "trich_yeu": policy.subject}
    told |= {f"thay_doi.{n}": f"{c.text} {c.before} {c.after}" for n, c in enumerate(policy.changes)}
    found = [
        (p, policy.line_of(key), key.partition(".")[0]) for key, text in told.items() for p in personal(text or "")
    ]
    found += [(p, raw.body_line + p.line - 1, "phần bài") for p in personal(raw.body)]
    if not found:
        return
    offices = digits_of_offices(policy)
    for number, line, where in found:
        if number.kind == ID_CARD or not any(number.digits in office for office in offices):
            yield Fault("du-lieu-ca-nhan", line, values={"loai": number.kind, "so": number.masked, "noi": where})


def digits_of_offices(policy: Policy) -> list[str]:
    """The digits of each contact that an entry states to be an office's: `lien_he`, `noi_thuc_hien`, `gop_y`."""
    said = list(policy.places)
    if policy.contact is not None:
        said += [policy.contact.phone or "", policy.contact.address or ""]
    if policy.consultation is not None:
        said += [way.address for way in policy.consultation.ways] + [policy.consultation.contact or ""]
    return [digits_of(text) for text in said]


def body_of(entry: Entry, catalogue: Catalogue) -> tuple[str, int]:
    """An entry's body as written and the line on which it begins, read again: only rules that remind ask for it."""
    raw = source.read(entry.file.path, source.read_bytes(catalogue.root, entry.file.path))
    return raw.body, raw.body_line


def _find_citations(entry: Entry, raw: source.Raw) -> Cited:
    body = citations.find(raw.body, count_lines=True)
    return Cited(
        tuple(citations.find(entry.policy.summary)),
        tuple(c._replace(line=c.line + raw.body_line - 1) for c in body),
        tuple(citations.find(entry.full_text.source, count_lines=True)) if entry.full_text else (),
    )


def _read_full_text(entry: Entry) -> None:
    wanted = entry.policy.full_text
    facts = entry.files.get(wanted.file) if wanted else None
    if facts is None or not facts.is_what_it_says or not facts.sha256:  # without a hash: too big to be read
        return
    text = source.decode(facts.path.read_bytes(), limit=25_000_000)
    page = fulltext.render(text)
    if page.is_too_deep:
        entry.faults.append(Fault("long-qua-sau", entry.policy.line_of("toan_van.tep")))
        return
    stamped = None if entry.policy.is_erased else stamps.in_text(text)
    if stamped:
        values = {"dau": stamped[0], "noi": f"bản chữ «{facts.name}», dòng {stamped[1]},"}
        entry.faults.append(Fault("dau-mat", entry.policy.line_of("toan_van.tep"), values=values))
    chapters = sum(1 for chapter in page.chapters if chapter.title and chapter.articles)
    entry.full_text = FullTextFacts(text, page.anchors, page.article_count, chapters)


def assemble(
    entries: Iterable[Entry],
    vocabularies: Vocabularies,
    now: datetime,
    root: Path,
    *,
    misplaced: tuple[str, ...] = (),
    preview: bool = False,
    register: registers.Register = registers.EMPTY,
    announced: announcements.Announcements = announcements.EMPTY,
) -> Catalogue:
    """Join entries into a catalogue; their order on disk does not matter."""
    catalogue = Catalogue(
        tuple(sorted(entries, key=lambda e: e.file.path)),
        vocabularies,
        now,
        root,
        misplaced,
        preview,
        register,
        announced,
    )
    for entry in catalogue.entries:
        catalogue.by_id.setdefault(entry.id, []).append(entry)
        catalogue.by_path[entry.file.path] = entry
        for path in entry.policy.former_paths:
            catalogue.by_former_path.setdefault(path, []).append(entry)
        if entry.policy.number is not None:
            catalogue.by_number.setdefault(entry.policy.number.text, []).append(entry)
    _join_relations(catalogue)
    return catalogue


_Ways = dict[str, dict[str, list[Acting]]]


def _join_relations(catalogue: Catalogue) -> None:
    """Work out the reverse side of every relation, and the circles among them."""
    replaced: _Ways = {}
    hanging: _Ways = {}
    for entry in catalogue.entries:
        # Not even a preview shows what an unpublished entry does to others: lists, feeds and data would tell of it.
        is_shown = catalogue.is_released(entry)
        incoming = catalogue.erased_incoming if entry.policy.is_erased else catalogue.incoming
        for place, relation in enumerate(entry.policy.relations):
            target = catalogue.target(relation, entry.policy)
            other = target.entry
            if other is entry:
                continue
            act = effect.Incoming(entry.policy, relation)
            if is_shown and other is not None:
                incoming.setdefault(other.id, []).append(act)
            if entry.policy.is_erased:
                continue
            acting = Acting(entry, relation, place)
            if relation.type in effect.REPLACING and act.scope is Scope.WHOLE:
                named = target.number.text if target.number and target.number.year else ""
                if key := other.id if other else named:
                    catalogue.replacing.setdefault(key, []).append(acting)
                _add(replaced, entry, other, acting)
            elif relation.type == "quy-dinh-chi-tiet":
                _add(hanging, entry, other, acting)
            elif relation.type == "ban-hanh-kem-theo":
                _add(hanging, other, entry, acting)
    for ways in (replaced, hanging):
        catalogue.circles.update(_circles(ways))


def _add(ways: _Ways, here: Entry | None, there: Entry | None, acting: Acting) -> None:
    if here is not None and there is not None:
        ways.setdefault(here.id, {}).setdefault(there.id, []).append(acting)


def _circles(ways: _Ways) -> dict[str, tuple[Acting, ...]]:
    """The relations of each circle by the ids in it, in the order of their files."""

    def leads_to(here: str) -> Iterable[str]:
        return ways.get(here, ())

    found: dict[str, tuple[Acting, ...]] = {}
    for members in components(sorted(ways), leads_to):
        if len(members) > 1:
            edges = [act for here in members for there, acts in ways[here].items() if there in members for act in acts]
            circle = tuple(sorted(edges, key=lambda act: (act.entry.file.path, act.place)))
            found.update((member, circle) for member in members)
    return found
