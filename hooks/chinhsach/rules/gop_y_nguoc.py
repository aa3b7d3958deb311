"""gop-y-nguoc: a consultation ends before it begins."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..mending import setting
from ..problems import Fault, Words
from .base import Rule, Values, at


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """`den` is the last day on which comments are taken, so it cannot stand before `tu`."""
    asked = entry.policy.consultation
    if asked and asked.closes < asked.opens:
        values = {"den": format_date(asked.closes), "tu": format_date(asked.opens)}
        yield Fault("gop-y-nguoc", at(entry, "gop_y.den"), values=values)


def explain(values: Values) -> Words:
    """`den`, `tu`: the two days."""
    return Words(
        f"gop_y: den «{values['den']}» đứng trước tu «{values['tu']}»",
        "tu là ngày đầu, den là ngày cuối còn nhận góp ý",
        f"ghi den: <ngày {values['tu']} hoặc sau đó>; nếu hai ngày đảo chỗ thì đổi lại",
    )


RULE = Rule(
    code="gop-y-nguoc",
    title="Hết hạn góp ý trước khi bắt đầu",
    explain=explain,
    check=check,
    bad="gop_y:\n  tu: 4/12/2026\n  den: 13/11/2026",
    good="gop_y:\n  tu: 13/11/2026\n  den: 4/12/2026",
    mend=setting("den", "tu", sample=True),
    sample={"den": "13/11/2026", "tu": "4/12/2026"},
)
