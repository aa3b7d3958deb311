"""dinh-chinh-ban-goc: a correction of the item goes away from what the document itself prints."""

import re
from collections.abc import Iterator
from datetime import date

from ..catalogue import Catalogue, Entry
from ..dates import InvalidDate, parse_moment
from ..problems import Fault, Severity, Words
from ..text import clean, excerpt, one_line
from .base import Rule, Values, at, usable

_SHORTEST = 5
_SPELT_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.I)
_DATE = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Only what the full text decides: it prints `truoc` and nowhere prints `sau`. Without a full text nothing is said."""
    if entry.full_text is None or not usable(entry, "thay_doi"):
        return
    corrections = [
        (place, c) for place, c in enumerate(entry.policy.changes) if c.kind == "dinh-chinh" and c.before and c.after
    ]
    if not corrections:
        return
    text = one_line(clean(entry.full_text.source)).casefold()
    days = {(int(d), int(m), int(y)) for pattern in (_SPELT_DATE, _DATE) for d, m, y in pattern.findall(text)}
    for place, change in corrections:
        if _prints(change.before, text, days) and not _prints(change.after, text, days):
            values = {"truoc": excerpt(change.before), "sau": excerpt(change.after)}
            yield Fault("dinh-chinh-ban-goc", at(entry, f"thay_doi.{place}"), values=values)


def _prints(value: str, text: str, days: set[tuple[int, int, int]]) -> bool:
    day = _day(value)
    if day is not None:
        return (day.day, day.month, day.year) in days
    words = one_line(clean(value)).casefold()
    return len(words) >= _SHORTEST and words in text


def _day(value: str) -> date | None:
    try:
        return parse_moment(value.strip()).date()
    except InvalidDate:
        return None


def explain(values: Values) -> Words:
    """`truoc`, `sau`: the two readings."""
    return Words(
        f"đính chính đổi «{values['truoc']}» thành «{values['sau']}», nhưng bản chữ của văn bản in đúng như «{values['truoc']}»",
        "đính chính tin là sửa lời ta ghi sai so với văn bản; văn bản có sai sót về nội dung thì cơ quan ban hành sửa đổi, "
        "thay thế bằng văn bản khác (Nghị định 30/2020/NĐ-CP ngày 05/3/2020, khoản 3 Điều 18)",
        "đối chiếu bản gốc: văn bản in như cũ thì trả lại giá trị cũ, có văn bản sửa thì lập tin cho nó với quan_he; "
        "bản chữ sai thì sửa toan_van",
    )


RULE = Rule(
    code="dinh-chinh-ban-goc",
    title="Đính chính tin thành khác với văn bản",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="thay_doi:\n  - {…, loai: dinh-chinh, truoc: 1/7/2023, sau: 1/8/2023}   # văn bản in 01 tháng 7 năm 2023",
    good="thay_doi:\n  - {…, loai: dinh-chinh, truoc: 1/8/2023, sau: 1/7/2023}   # văn bản in 01 tháng 7 năm 2023",
    sample={"truoc": "1/7/2023", "sau": "1/8/2023"},
)
