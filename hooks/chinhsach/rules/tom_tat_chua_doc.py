"""tom-tat-chua-doc: a summary or a full text of what nobody has read."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..mending import deleting
from ..problems import Fault, Mend, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """With `chua_co_ban_goc` only number, date, issuer and subject are known (DESIGN §2)."""
    policy = entry.policy
    if policy.no_original is None:
        return
    written = [key for key, value in (("tom_tat", policy.summary), ("toan_van", policy.full_text)) if value]
    if written:
        first = min(at(entry, key) for key in written)
        yield Fault("tom-tat-chua-doc", first, values={"khoa": ", ".join(written)})


def explain(values: Values) -> Words:
    """`khoa`: the keys that stand there although the original was not read."""
    return Words(
        f"có «{values['khoa']}» mà cũng có chua_co_ban_goc",
        "chua_co_ban_goc nghĩa là chưa ai đọc văn bản; không tóm tắt điều chưa đọc",
        f"chưa đọc thì bỏ {values['khoa']}; đã đọc bản gốc thì bỏ chua_co_ban_goc và ghi nguon, tep hoặc toan_van",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The summary goes."""
    return deleting(fault, lines) if fault.values["khoa"] == "tom_tat" else None


RULE = Rule(
    code="tom-tat-chua-doc",
    title="Tóm tắt văn bản chưa đọc",
    explain=explain,
    check=check,
    bad="tom_tat: Công văn giao các sở, ngành triển khai…\nchua_co_ban_goc: {ly_do: …, biet_qua: …}",
    good="chua_co_ban_goc: {ly_do: …, biet_qua: …}",
    mend=mend,
    sample={"khoa": "tom_tat"},
)
