"""An entry in, why the site says what it says of it out: owner, effect, relations, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from . import clocks, references
from .catalogue import Catalogue, Entry, Reference
from .dates import format_date
from .outputs import words

_CLOCKS = {
    clocks.PUBLICATION: "đăng tin",
    clocks.INTERNAL_PUBLICATION: "đăng tin",
    clocks.COMMENT_LENGTH: "nhận góp ý ít nhất đến",
    clocks.COMMENT_RESULT: "công bố kết quả góp ý",
    clocks.ORIGINAL: "tìm bản gốc",
    clocks.REVIEW: "rà soát hiệu lực",
}
_KINDS = {
    "don_vi_chu_tri": "khai trong tin",
    "thu-muc": "thư mục",
    "so-ky-hieu": "đuôi số ký hiệu",
    "linh-vuc": "lĩnh vực",
}


def why(entry: Entry, catalogue: Catalogue) -> str:
    """The text that `chinhsach vi-sao` prints."""
    return "\n".join(
        [
            f"{entry.id}: {words.page_title(entry.policy)}",
            f"  tệp: {entry.file.path}",
            *_owner(entry, catalogue),
            *_effect(entry, catalogue),
            *_relations(entry, catalogue),
            *_citations(entry, catalogue),
            *_clocks(entry, catalogue),
        ]
    )


def _owner(entry: Entry, catalogue: Catalogue) -> Iterator[str]:
    names = [words.unit_name(unit, entry, catalogue) for unit in entry.owner.lead]
    yield "Đơn vị phụ trách tin: " + ("; ".join(names) if names else "chưa xác định được")
    for rank, evidence in enumerate(entry.owner.evidence):
        mark = "quyết định" if rank == 0 else "khác ý" if evidence in entry.owner.disagreeing else "đồng ý"
        yield f"  - {_KINDS[evidence.kind]} ({mark}): {evidence.reading} → {', '.join(evidence.units)}"
    if not entry.owner.evidence:
        yield "  - không khai don_vi_chu_tri, không nằm trong thư mục đơn vị, lĩnh vực không giao cho đơn vị nào"
    if entry.owner.supporting:
        yield "Phối hợp: " + "; ".join(words.unit_name(unit, entry, catalogue) for unit in entry.owner.supporting)


def _effect(entry: Entry, catalogue: Catalogue) -> Iterator[str]:
    if entry.policy.is_draft:
        yield "Hiệu lực: dự thảo, chưa ban hành"
        return
    yield "Hiệu lực:"
    for step in catalogue.timeline(entry):
        state, detail = words.state_words(step.state, entry.policy, catalogue)
        since = f"từ {format_date(step.since)}" if step.since else "từ đầu"
        because = f" · vì {step.state.reason}" if step.state.reason else ""
        by = f" · theo {step.state.cause.actor.id}" if step.state.cause else ""
        yield f"  - {since}: {step.state.id} ({state}{', ' + detail if detail else ''}){because}{by}"


def _relations(entry: Entry, catalogue: Catalogue) -> Iterator[str]:
    lines = []
    for relation in entry.policy.relations:
        target = catalogue.target(relation, entry.policy)
        where = target.entry.file.path if target.entry else "ngoài trang"
        name = words.relation_words(relation, catalogue.vocabularies, reverse=False)
        lines.append(f"  - {name}: {target.text} ({where}; dòng {relation.line})")
    for act in catalogue.incoming.get(entry.id, ()):
        name = words.relation_words(act.relation, catalogue.vocabularies, reverse=True)
        lines.append(f"  - {name}: {act.actor.id}, từ {format_date(act.day) if act.day else 'chưa rõ ngày'}")
    yield "Văn bản liên quan:" if lines else "Văn bản liên quan: chưa ghi"
    yield from lines


def _citations(entry: Entry, catalogue: Catalogue) -> Iterator[str]:
    """Each document that the entry cites, once, with what says so; then those of which nothing is known."""
    lines: dict[str, None] = {}
    for reference in references.of_entry(entry, catalogue):
        if reference.entry is not None and reference.entry is not entry and reference.is_sure:
            lines[f"  - {reference.citation.printed}: tin {reference.entry.id}"] = None
        elif reference.row is not None:
            row = reference.row
            doubt = "" if reference.is_sure else ", chưa chắc"
            day = format_date(row.issued)
            lines[f"  - {reference.citation.printed}: {row.number} ngày {day} (danh mục dòng {row.line}{doubt})"] = None
    unknown = [_as_cited(reference) for reference in references.unknown(entry, catalogue)]
    yield "Dẫn chiếu đã rõ:" if lines else "Dẫn chiếu đã rõ: không có"
    yield from lines
    yield (
        "Dẫn chiếu chưa rõ (không có tin, không có trong danh mục, hoặc không đủ để biết):"
        if unknown
        else ("Dẫn chiếu chưa rõ: không có")
    )
    yield from unknown


def _as_cited(reference: Reference) -> str:
    citation = reference.citation
    kind = f"{citation.kind} " if citation.kind and citation.number else ""
    day = f" ngày {format_date(citation.day)}" if citation.day else ""
    return f"  - {kind}{citation.printed}{day}"


def _clocks(entry: Entry, catalogue: Catalogue) -> Iterator[str]:
    """The deadlines that run for the entry, each with its rule; what is not known is said to be so."""
    lines = []
    for found in clocks.clocks(entry.policy, catalogue.vocabularies):
        day = format_date(found.day) if found.day else f"chưa rõ ({found.doubt})"
        source = "đích nội bộ" if found.is_internal else found.rule.article
        since = f"{found.rule.amount} từ {format_date(found.event)}"
        lines.append(f"  - {_CLOCKS[found.what]}: {day} · {since} · {found.rule.id} ({source})")
    yield "Thời hạn:" if lines else "Thời hạn: không có quy tắc nào áp dụng"
    yield from lines
