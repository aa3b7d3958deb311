"""de-muc-cap-mot: a heading of the first level in a body."""

from collections.abc import Sequence

from ..problems import Fault, Mend, Severity, Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """No values."""
    return Words(
        "đề mục này ở cấp một: «#»",
        "tiêu đề của tin đã là đề mục cấp một của trang, nên đề mục này hiện như ##",
        "ghi hai dấu thăng trước đề mục: ## Điểm chính",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """One more sign before the heading."""
    text = lines[fault.line - 1]
    return Mend(fault.line, f"#{text}") if text.startswith("# ") else None


RULE = Rule(
    code="de-muc-cap-mot",
    title="Đề mục cấp một trong bài viết",
    explain=explain,
    bad="# Điểm chính",
    good="## Điểm chính",
    severity=Severity.NOTE,
    mend=mend,
    sample={},
)
