"""duyet-lech: the content changed after it was approved."""

from collections.abc import Iterator

from ..approval import content_hash, matches
from ..catalogue import Catalogue, Entry
from ..policy import Status
from ..problems import Fault, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """`ma_bam` of each approval is the hash of the content; a removal must not wait for a new approval."""
    if not entry.is_readable or entry.broken or entry.policy.status is Status.REMOVED:
        return
    for place, approval in enumerate(entry.policy.approvals):
        if approval.content_hash and not matches(entry, approval.content_hash):
            values = {"buoc": approval.step, "ma_bam": approval.content_hash, "moi": content_hash(entry)}
            yield Fault("duyet-lech", at(entry, f"duyet.{place}.ma_bam"), values=values)


def explain(values: Values) -> Words:
    """`buoc`, `ma_bam`: the approval; `moi`: the content's hash now."""
    return Words(
        f"duyet: ma_bam «{values['ma_bam']}» của bước {values['buoc']} không khớp nội dung tin",
        "nội dung đã đổi sau khi duyệt, hoặc mã ghi thiếu (cần ít nhất 12 ký tự); duyệt chỉ đúng cho nội dung đã xem",
        f"trình duyệt lại nội dung này, duyệt xong thì ghi ma_bam: {values['moi']}",
    )


RULE = Rule(
    code="duyet-lech",
    title="Nội dung đã đổi sau khi duyệt",
    explain=explain,
    check=check,
    bad="duyet:\n  - {buoc: phe-duyet, …, ma_bam: 0123456789ab}   # mã của nội dung cũ",
    good="duyet:\n  - {buoc: phe-duyet, …, ma_bam: <mã của nội dung hiện nay>}",
    sample={"buoc": "phe-duyet", "ma_bam": "0123456789ab", "moi": "9f86d081884c7d659a2feaa0c55ad015"},
)
