"""A citation in, the document that it means out: an entry of ours, a row of the register, or unknown. Never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .catalogue import Catalogue, Difference, Entry, Part, Reference
from .citations import Citation
from .register import Row, law_key
from .vocabulary import Vocabularies, name_key

_ANY_KIND = ("", "văn bản")
# One is said for the other, or they are one kind under two names.
_NEAR_KINDS = (
    frozenset({"luật", "bộ luật"}),
    frozenset({"thông tư", "thông tư liên tịch"}),
    frozenset({"nghị quyết", "nghị quyết liên tịch"}),
    frozenset({"công văn", "kế hoạch", "tờ trình", "báo cáo", "báo cáo thẩm tra", "thông báo", "kết luận"}),
)


class _Document(NamedTuple):
    """A document by its identity, as an entry, a row, or both know it."""

    number: str
    issued: date
    entry: Entry | None
    row: Row | None


def of_part(entry: Entry, part: Part, catalogue: Catalogue) -> list[Reference]:
    """What one text of an entry cites. The catalogue remembers it: rules and pages ask for the same."""
    key = (entry.file.path, part)
    known = catalogue.resolved.get(key)
    if known is None:
        known = catalogue.resolved[key] = resolve_all(getattr(entry.cited, part), entry, catalogue)
    return known


def of_body(entry: Entry, catalogue: Catalogue) -> list[Reference]:
    """What the summary and the body cite."""
    return of_part(entry, "summary", catalogue) + of_part(entry, "body", catalogue)


def of_entry(entry: Entry, catalogue: Catalogue) -> list[Reference]:
    """What the summary, the body and the full text cite, in this order."""
    return of_body(entry, catalogue) + of_part(entry, "full_text", catalogue)


def resolve_all(found: tuple[Citation, ...], entry: Entry, catalogue: Catalogue) -> list[Reference]:
    """Resolve the citations of one text: what was named with its day once is known by its number afterwards."""
    named: dict[str, set[date]] = {}
    for citation in found:
        if citation.number is not None and citation.day is not None:
            named.setdefault(citation.number.text, set()).add(citation.day)
    result = []
    for citation in found:
        days = named.get(citation.number.text, ()) if citation.number is not None and citation.day is None else ()
        reference = resolve(citation, entry, catalogue, next(iter(days)) if len(days) == 1 else None)
        # «Luật Đất đai năm 2024» is a name and a year only where such a law is known: else it may be mere prose.
        if reference.is_known or citation.number is not None or citation.day is not None:
            result.append(reference)
    return result


def resolve(citation: Citation, entry: Entry, catalogue: Catalogue, day: date | None = None) -> Reference:
    """Find what a citation of `entry` means; `day` is the document's day where it is known from elsewhere."""
    if citation.number is None:
        return _resolve_law(citation, catalogue)
    documents = _documents(citation.number.text, entry, catalogue)
    day = citation.day or day
    if day is None:
        return _resolve_undated(citation, documents, entry, catalogue)
    same = [d for d in documents if d.issued == day]
    if same:
        return _compared(citation, same, catalogue)
    if citation.day is None:
        return Reference(citation)
    slipped = [d for d in documents if _is_slip(day, d.issued) or (citation.number.year and _is_central(citation))]
    if len(slipped) == 1:
        found = _compared(citation, slipped, catalogue)
        certain = citation.number.year is not None
        return found._replace(differences=("ngay", *found.differences), is_sure=certain)
    return Reference(citation)


def _documents(number: str, entry: Entry, catalogue: Catalogue) -> list[_Document]:
    """Every document that bears a number, ours and the register's, each once."""
    rows = list(catalogue.register.by_number.get(number, ()))
    result = []
    for other in catalogue.by_number.get(number, ()):
        issued = other.policy.issued
        if issued is None or other.policy.is_draft or other.policy.is_erased:
            continue
        row = next((r for r in rows if r.issued == issued), None)
        if row is not None:
            rows.remove(row)
        shown = other if other is entry or catalogue.is_released(other) else None
        result.append(_Document(number, issued, shown, row))
    result.extend(_Document(number, row.issued, None, row) for row in rows)
    return [d for d in result if d.entry is not None or d.row is not None]


def _resolve_undated(citation: Citation, documents: list[_Document], entry: Entry, catalogue: Catalogue) -> Reference:
    """Without a day: a number with a year of a central body is one document; any other begins anew each year."""
    own = entry.policy.number
    if citation.number is None:
        return Reference(citation)
    if own is not None and own.text == citation.number.text:
        return Reference(citation, entry)
    if citation.number.year is not None and _is_central(citation) and len(documents) == 1:
        return _compared(citation, documents, catalogue)
    # The clerk says in `quan_he` which one it is.
    meant = {
        target.id
        for relation in entry.policy.relations
        if (target := catalogue.target(relation, entry.policy).entry) is not None
        and target.policy.number is not None
        and target.policy.number.text == citation.number.text
    }
    same = [d for d in documents if d.entry is not None and d.entry.id in meant]
    return _compared(citation, same, catalogue) if len(same) == 1 else Reference(citation)


def _is_central(citation: Citation) -> bool:
    """Whether one body in the country bears the number's symbol: councils and committees share theirs."""
    return citation.number is not None and citation.number.organ.split("-")[0] not in ("UBND", "HĐND")


def _is_slip(printed: date, known: date) -> bool:
    """Whether two of day, month and year agree: one was mistyped; or day and month changed places."""
    agreeing = (printed.day == known.day) + (printed.month == known.month) + (printed.year == known.year)
    return agreeing == 2 or (printed.day, printed.month, printed.year) == (known.month, known.day, known.year)


def _resolve_law(citation: Citation, catalogue: Catalogue) -> Reference:
    name = f"{citation.kind} {citation.name}"
    rows = catalogue.register.laws_named(name)
    documents = [_Document(r.number, r.issued, _entry_of(r.number, r.issued, catalogue), r) for r in rows]
    known = {d.number for d in documents}
    for entry in _laws_of(catalogue).get(law_key(name), ()):
        policy = entry.policy
        if policy.number is not None and policy.issued is not None and policy.number.text not in known:
            documents.append(_Document(policy.number.text, policy.issued, entry, None))
    if citation.day is None:
        same = [d for d in documents if d.issued.year == citation.year]
        return _law(citation, same[0]) if len(same) == 1 else Reference(citation)
    same = [d for d in documents if d.issued == citation.day]
    if same:
        return _law(citation, same[0]) if len(same) == 1 else Reference(citation)
    slipped = [d for d in documents if _is_slip(citation.day, d.issued)]
    if len(slipped) == 1:
        return _law(citation, slipped[0])._replace(differences=("ngay",), is_sure=False)
    return Reference(citation)


def _law(citation: Citation, document: _Document) -> Reference:
    return Reference(citation, document.entry, document.row)


def _entry_of(number: str, issued: date, catalogue: Catalogue) -> Entry | None:
    for entry in catalogue.by_number.get(number, ()):
        if entry.policy.issued == issued and catalogue.is_released(entry) and not entry.policy.is_erased:
            return entry
    return None


def _laws_of(catalogue: Catalogue) -> dict[str, list[Entry]]:
    """Our entries about laws by the law's name."""
    if catalogue.laws is None:
        catalogue.laws = {}
        for entry in catalogue.entries:
            policy = entry.policy
            if (
                policy.type in ("luat", "bo-luat", "phap-lenh")
                and catalogue.is_released(entry)
                and not policy.is_erased
            ):
                catalogue.laws.setdefault(law_key(policy.subject), []).append(entry)
    return catalogue.laws


def _compared(citation: Citation, documents: list[_Document], catalogue: Catalogue) -> Reference:
    """The one document among those of one number and day that the issuer fits, with what else is said otherwise."""
    if len(documents) > 1:
        fitting = [d for d in documents if not _issuer_differs(citation, d, catalogue.vocabularies)]
        if len(fitting) != 1:
            return Reference(citation)
        documents = fitting
    document = documents[0]
    differences: list[Difference] = []
    if _kind_differs(citation, document, catalogue.vocabularies):
        differences.append("loai")
    if _issuer_differs(citation, document, catalogue.vocabularies):
        differences.append("co-quan")
    return Reference(citation, document.entry, document.row, tuple(differences))


def kind_of(document: Row | Entry, vocabularies: Vocabularies) -> str:
    """The type of a document as a word: «Nghị định»."""
    if isinstance(document, Row):
        return document.type
    known = vocabularies.types.get(document.policy.type)
    return known.short_name if known else ""


def _kind_differs(citation: Citation, document: _Document, vocabularies: Vocabularies) -> bool:
    printed = citation.kind.lower()
    known = document.row or document.entry
    if printed in _ANY_KIND or known is None:
        return False
    kind = kind_of(known, vocabularies).lower()
    return bool(kind) and printed != kind and not any({printed, kind} <= near for near in _NEAR_KINDS)


def issuers_of(document: Row | Entry, vocabularies: Vocabularies) -> frozenset[str]:
    """The ids of a document's issuers; empty where nobody knows them."""
    if isinstance(document, Row):
        return frozenset(vocabularies.find_issuers(document.issuer))
    return frozenset(document.policy.issuers)


def _issuer_differs(citation: Citation, document: _Document, vocabularies: Vocabularies) -> bool:
    known = document.row or document.entry
    if not citation.issuer or known is None:
        return False
    printed = _printed_issuer_ids(citation.issuer, vocabularies)
    issuers = issuers_of(known, vocabularies)
    return bool(printed and issuers) and not printed & issuers


# The office that signs for its body.
_HEAD = re.compile(r"^(?:Bộ trưởng|Thống đốc|Chủ nhiệm|Tổng Thanh tra|Viện trưởng|Chánh án) ")
_LONGEST_NAME = 14


def printed_issuer(text: str, vocabularies: Vocabularies) -> tuple[str, tuple[str, ...]]:
    """The body that a text begins with, as printed, and its ids: the longest known name; nothing where none is."""
    words = text.split()
    for count in range(min(len(words), _LONGEST_NAME), 0, -1):
        name = " ".join(words[:count]).rstrip(",.;")
        if ids := vocabularies.find_issuers(_HEAD.sub("", name)):
            return name, ids
    return "", ()


def _printed_issuer_ids(text: str, vocabularies: Vocabularies) -> frozenset[str]:
    # As above by the keys of single words, which repeat: a fifth of the time.
    words = _HEAD.sub("", text).split()[:_LONGEST_NAME]
    keys = [_word_key(word) for word in words]
    for count in range(len(words), 0, -1):
        last = _word_key(words[count - 1].rstrip(",.;"))
        if ids := vocabularies.issuer_folded.get(" ".join((*keys[: count - 1], last))):
            return frozenset(ids)
    return frozenset()


_word_key = lru_cache(maxsize=4096)(name_key)


def unknown(entry: Entry, catalogue: Catalogue) -> Iterator[Reference]:
    """The citations that nothing is known of, each document once."""
    seen: set[str] = set()
    for reference in of_entry(entry, catalogue):
        if not reference.is_known and reference.citation.printed not in seen:
            seen.add(reference.citation.printed)
            yield reference


def cited_by(catalogue: Catalogue) -> dict[str, list[Entry]]:
    """Who cites whom: for each cited entry's id the released entries that name it, in the order of their paths."""
    result: dict[str, list[Entry]] = {}
    for entry in catalogue.entries:
        if not catalogue.is_released(entry) or entry.policy.is_erased:
            continue
        seen = {entry.id}
        for reference in of_entry(entry, catalogue):
            target = reference.entry
            if target is not None and reference.is_sure and target.id not in seen:
                seen.add(target.id)
                result.setdefault(target.id, []).append(entry)
    return result
