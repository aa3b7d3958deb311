"""tom-tat-lap: a summary that says again what the subject says."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from ..catalogue import Catalogue, Entry
from ..problems import Fault, Severity, Words
from ..text import excerpt, slug
from .base import Rule, Values, at, usable

_LIKE = 0.85
_FEW_MORE = 8


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """The same letters when folded, or the subject with a few words around it."""
    summary, subject = entry.policy.summary or "", entry.policy.subject or ""
    if not summary or not subject or not usable(entry, "tom_tat", "trich_yeu"):
        return
    ours, printed = slug(summary), slug(subject)
    holds_little_else = printed in ours and ours.count("-") - printed.count("-") <= _FEW_MORE
    matcher = SequenceMatcher(None, ours, printed, autojunk=False)
    is_like = matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE
    if holds_little_else or is_like:
        yield Fault("tom-tat-lap", at(entry, "tom_tat"), values={"tom_tat": excerpt(summary)})


def explain(values: Values) -> Words:
    """`tom_tat`: the summary."""
    return Words(
        f"tom_tat «{values['tom_tat']}» chép lại trich_yeu",
        "trích yếu đã hiện ở trang của tin; tóm tắt là để nói văn bản làm gì cho người đọc",
        "viết tom_tat bằng lời thường: ai, phải làm hay được gì, từ ngày nào",
    )


RULE = Rule(
    code="tom-tat-lap",
    title="Tóm tắt chép lại trích yếu",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="tom_tat: Thông tư hướng dẫn kế toán cho hộ kinh doanh, cá nhân kinh doanh",
    good="tom_tat: Từ 1/1/2026, hộ kinh doanh chọn mẫu sổ theo cách nộp thuế; tài liệu kế toán lưu ít nhất 5 năm.",
    sample={"tom_tat": "Thông tư hướng dẫn kế toán cho hộ kinh doanh, cá nhân kinh doanh"},
)
