"""go-tin-thua: an entry tells of its removal but was not removed."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import line_of, new_key, with_value
from ..policy import Status
from ..problems import Fault, Mend, Words
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """`go_tin` belongs to `trang_thai: da-go` only."""
    status = entry.policy.status
    if entry.policy.removal and status is not Status.REMOVED and usable(entry, "trang_thai"):
        yield Fault("go-tin-thua", at(entry, "go_tin"), values={"trang_thai": status.value})


def explain(values: Values) -> Words:
    """`trang_thai`: the entry's state as read or as taken by default."""
    return Words(
        f"có go_tin nhưng trang_thai là «{values['trang_thai']}»",
        "go_tin nói khi nào và vì sao Sở gỡ tin, chỉ dùng cho tin đã gỡ",
        "tin đã gỡ thì ghi trang_thai: da-go; tin còn đăng hoặc đăng lại thì bỏ go_tin",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The state that `go_tin` goes with."""
    place = line_of(lines, "trang_thai")
    if place:
        return with_value(lines, place, "trang_thai", "da-go", sample=True)
    return new_key(fault.line - 1, "trang_thai", "da-go")


RULE = Rule(
    code="go-tin-thua",
    title="Có go_tin mà tin chưa gỡ",
    explain=explain,
    check=check,
    bad="trang_thai: cong-khai\ngo_tin: {ngay: 12/6/2026, ly_do: bản đăng chưa có số}",
    good="trang_thai: da-go\ngo_tin: {ngay: 12/6/2026, ly_do: bản đăng chưa có số}",
    mend=mend,
    sample={"trang_thai": "cong-khai"},
)
