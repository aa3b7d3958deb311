"""dan-chieu-lech: a citation whose day, type or issuer the register knows otherwise."""

from collections.abc import Iterator

from .. import register
from ..catalogue import Catalogue, Difference, Entry, Part, Reference
from ..dates import format_date
from ..problems import Fault, Severity, Words
from ..references import kind_of, of_part, printed_issuer
from ..text import excerpt
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Once for each reading of each document; what stands in the full text is told at the key that names its file."""
    seen: set[tuple[str, str]] = set()
    text = entry.policy.full_text
    places: tuple[tuple[Part, int, str], ...] = (
        ("summary", at(entry, "tom_tat"), ""),
        ("body", 0, ""),
        ("full_text", at(entry, "toan_van.tep"), text.file if text else ""),
    )
    for part, line, file in places:
        for reference in of_part(entry, part, catalogue):
            if not reference.differences:
                continue
            values = _values(reference, catalogue, file)
            if (values["doc"], values["danh_muc"]) not in seen:
                seen.add((values["doc"], values["danh_muc"]))
                yield Fault("dan-chieu-lech", line or reference.citation.line, values=values)


def _values(reference: Reference, catalogue: Catalogue, file: str) -> dict[str, str]:
    citation = reference.citation
    readings = [_readings(reference, difference, catalogue) for difference in reference.differences]
    return {
        "van_ban": citation.printed if citation.number is None else f"{citation.kind} {citation.number}".strip(),
        "doc": ", ".join(read for read, _ in readings),
        "danh_muc": ", ".join(known for _, known in readings),
        "so": reference.number,
        "nguon": _source(reference),
        "tep": f"{file}:{citation.line}" if file else "",
    }


def _readings(reference: Reference, difference: Difference, catalogue: Catalogue) -> tuple[str, str]:
    citation, known = reference.citation, reference.row or reference.entry
    if known is None:
        return "", ""
    if difference == "ngay":
        day = f"ngày {format_date(citation.day)}" if citation.day else "không ngày"
        return day, f"ngày {format_date(reference.issued)}" if reference.issued else "không ngày"
    if difference == "loai":
        return f"loại {citation.kind}", f"loại {kind_of(known, catalogue.vocabularies)}"
    printed = printed_issuer(citation.issuer, catalogue.vocabularies)[0]
    if isinstance(known, register.Row):
        return f"của {printed}", f"của {known.issuer}"
    names = (catalogue.vocabularies.issuers[issuer].name_on(known.policy.issued) for issuer in known.policy.issuers)
    return f"của {printed}", f"của {', '.join(names)}"


def _source(reference: Reference) -> str:
    if reference.row is not None:
        source = f", nguồn: {excerpt(reference.row.source, 90)}" if reference.row.source else ", không ghi nguồn"
        return f"{register.PATH} dòng {reference.row.line}{source}"
    return reference.entry.file.path if reference.entry else ""


def explain(values: Values) -> Words:
    """`van_ban`, `doc`: as cited; `so`, `danh_muc`, `nguon`: what the register says; `tep`: where, if in the full text."""
    where = f" ({values['tep']})" if values["tep"] else ""
    return Words(
        f"dẫn «{values['van_ban']}» {values['doc']}{where}; danh mục tra cứu ghi số {values['so']}, {values['danh_muc']}",
        f"hai chỗ nói khác nhau về một văn bản ({values['nguon']}); danh mục là bằng chứng, chưa chắc đúng hơn",
        "xem văn bản được dẫn; gõ nhầm thì sửa bài; bản gốc được chép in như vậy (bản gốc có thể sai) thì để nguyên; "
        "danh mục sai thì sửa dòng của danh mục",
    )


RULE = Rule(
    code="dan-chieu-lech",
    title="Dẫn chiếu khác với danh mục tra cứu",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="Theo Luật Báo chí ngày 05/4/2015, …",
    good="Theo Luật Báo chí ngày 05/4/2016, …",
    sample={
        "van_ban": "Luật Báo chí",
        "doc": "ngày 5/4/2015",
        "danh_muc": "ngày 5/4/2016",
        "so": "103/2016/QH13",
        "nguon": "policies/_danh-muc/van-ban-tra-cuu.csv dòng 1445",
        "tep": "",
    },
)
