"""go-tin-tuong-lai: an entry says that it was removed on a day that is still to come."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..mending import setting
from ..policy import Status
from ..problems import Fault, Words
from .base import Rule, Values, at, removal_of, shown_moment


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """Events in the future do not exist yet (DESIGN §5): a page cannot say that it was removed tomorrow."""
    removal = removal_of(entry)
    if removal and entry.policy.status is Status.REMOVED and removal.moment > catalogue.now:
        values = {"go": shown_moment(removal.moment), "nay": shown_moment(catalogue.now)}
        yield Fault("go-tin-tuong-lai", at(entry, "go_tin.ngay"), values=values)


def explain(values: Values) -> Words:
    """`go`: the day as read; `nay`: the moment of the check."""
    return Words(
        f"go_tin: ngay «{values['go']}» chưa tới (bây giờ là {values['nay']})",
        "tin gỡ thì gỡ ngay khi đăng tệp này; không hẹn trước được ngày gỡ",
        f"ghi ngày gỡ thật, chậm nhất là hôm nay: ngay: {values['nay']}",
    )


RULE = Rule(
    code="go-tin-tuong-lai",
    title="Ngày gỡ tin chưa tới",
    explain=explain,
    check=check,
    bad="go_tin: {ngay: 12/6/2062, ly_do: bản đăng chưa có số}",
    good="go_tin: {ngay: 12/6/2026, ly_do: bản đăng chưa có số}",
    mend=setting("ngay", "nay", sample=True),
    sample={"go": "12/6/2062", "nay": "12/6/2026 08:00"},
)
