"""tra-cuu-khac: a fact of the entry's document that the register knows otherwise."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from .. import register
from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..policy import Policy
from ..problems import Fault, Severity, Words
from ..register import Row, law_key
from ..text import excerpt, fold
from .base import Rule, Values, at, usable

_LIKE_ENOUGH = 0.6
_LOCAL = ("UBND", "HĐND")


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """The row of the same document is compared fact by fact; a row is evidence, so it only reminds (ADR 016)."""
    policy = entry.policy
    if policy.number is None or policy.issued is None or policy.is_draft:
        return
    if not usable(entry, "so_ky_hieu", "ngay_ban_hanh", "co_quan_ban_hanh"):
        return
    row = _row_of(policy, catalogue)
    if row is None:
        return
    for key, ours, theirs in _differences(policy, row, catalogue):
        values = {
            "khoa": key,
            "gia_tri": ours,
            "danh_muc": theirs,
            "dong": str(row.line),
            "nguon": excerpt(row.source, 90),
        }
        yield Fault("tra-cuu-khac", at(entry, key), values=values)


def _row_of(policy: Policy, catalogue: Catalogue) -> Row | None:
    """The row of this very document: its number and day, else its number where that is not used twice, else its day and words."""
    if policy.number is None:
        return None
    same = catalogue.register.by_number.get(policy.number.text, [])
    exact = [row for row in same if row.issued == policy.issued and _may_be_issuer(policy, row, catalogue)]
    if exact:
        return exact[0] if len(exact) == 1 else None
    alone = policy.number.year is not None and policy.number.organ.split("-")[0] not in _LOCAL
    near = [
        row
        for row in same
        if alone or (policy.issued and row.issued.year == policy.issued.year and _may_be_issuer(policy, row, catalogue))
    ]
    if near:
        return near[0] if len(near) == 1 else None
    if not policy.subject or policy.issued is None:
        return None
    words = _subject_key(policy.subject)
    twins = [row for row in catalogue.register.issued_on(policy.issued) if _subject_key(row.subject) == words]
    twins = [row for row in twins if _may_be_issuer(policy, row, catalogue)]
    return twins[0] if len(twins) == 1 else None


def _issuers(row: Row, catalogue: Catalogue) -> frozenset[str]:
    return frozenset(catalogue.vocabularies.find_issuers(row.issuer))


def _may_be_issuer(policy: Policy, row: Row, catalogue: Catalogue) -> bool:
    issuers = _issuers(row, catalogue)
    return not issuers or not policy.issuers or bool(issuers & frozenset(policy.issuers))


def _differences(policy: Policy, row: Row, catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    if policy.number is not None and policy.number.text != row.number:
        yield "so_ky_hieu", policy.number.text, row.number
    if policy.issued is not None and policy.issued != row.issued:
        yield "ngay_ban_hanh", format_date(policy.issued), format_date(row.issued)
    if not _may_be_issuer(policy, row, catalogue):
        names = (catalogue.vocabularies.issuers[issuer].name_on(policy.issued) for issuer in policy.issuers)
        yield "co_quan_ban_hanh", ", ".join(names), row.issuer
    if policy.subject and row.subject and not _alike(policy.subject, row.subject):
        yield "trich_yeu", excerpt(policy.subject, 120), excerpt(row.subject, 120)
    if _is_plausible(row) and policy.effective and row.effective and policy.effective != row.effective:
        yield "ngay_hieu_luc", format_date(policy.effective), format_date(row.effective)


def _is_plausible(row: Row) -> bool:
    return row.effective is not None and row.effective >= row.issued


def _subject_key(subject: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(re.sub(r"^(?:về việc|về|v/v)\s+", "", subject, flags=re.I))).strip()


def _alike(ours: str, theirs: str) -> bool:
    """Whether two subjects say the same: equal as laws, one within the other, or mostly the same letters when folded."""
    if law_key(ours) == law_key(theirs):
        return True
    left, right = _subject_key(ours), _subject_key(theirs)
    if left in right or right in left:
        return True
    return SequenceMatcher(None, left[:400], right[:400], autojunk=False).ratio() >= _LIKE_ENOUGH


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`: what the entry says; `danh_muc`, `dong`, `nguon`: what the register says, and where from."""
    source = f", nguồn: {values['nguon']}" if values["nguon"] else ", không ghi nguồn"
    return Words(
        f"{values['khoa']} «{values['gia_tri']}»; danh mục tra cứu ghi «{values['danh_muc']}»",
        f"hai chỗ nói khác nhau về một văn bản ({register.PATH} dòng {values['dong']}{source}); chưa biết chỗ nào đúng",
        f"xem bản gốc; tin sai thì sửa {values['khoa']}; danh mục sai thì sửa dòng {values['dong']} của danh mục",
    )


RULE = Rule(
    code="tra-cuu-khac",
    title="Tin khác với danh mục tra cứu",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="so_ky_hieu: 103/2016/QH13\nngay_ban_hanh: 5/4/2015        # danh mục tra cứu ghi 5/4/2016",
    good="so_ky_hieu: 103/2016/QH13\nngay_ban_hanh: 5/4/2016",
    sample={
        "khoa": "ngay_ban_hanh",
        "gia_tri": "5/4/2015",
        "danh_muc": "5/4/2016",
        "dong": "1445",
        "nguon": "Công báo",
    },
)
