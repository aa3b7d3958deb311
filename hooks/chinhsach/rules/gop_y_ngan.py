"""gop-y-ngan: a draft of the province is open for comment for fewer days than the law asks."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..clocks import COMMENT_LENGTH, clock
from ..dates import format_date
from ..mending import setting
from ..policy import Status
from ..problems import Fault, Severity, Words
from .base import Rule, Values, at, rule_values, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """From `gop_y.tu` to `gop_y.den`, by the rule of the opening day; silent where its number is not verified."""
    policy, known = entry.policy, catalogue.vocabularies
    if policy.status is Status.REMOVED or not usable(entry, "gop_y", "loai", "co_quan_ban_hanh"):
        return
    found = clock(COMMENT_LENGTH, policy, known)
    if found is None or found.done is None or found.day is None or not found.event <= found.done < found.day:
        return
    values = {
        "tu": format_date(found.event),
        "den": format_date(found.done),
        "som_nhat": format_date(found.day),
        **rule_values(found.rule, known),
    }
    yield Fault("gop-y-ngan", at(entry, "gop_y.den"), values=values)


def explain(values: Values) -> Words:
    """`tu`, `den`: the consultation; `som_nhat`: the earliest last day; `so_ngay`, `dieu`, `van_ban`: the rule."""
    source = f" ({values['van_ban']})" if values["van_ban"] else ""
    return Words(
        f"gop_y: từ «{values['tu']}» đến «{values['den']}» ngắn hơn {values['so_ngay']}",
        f"{values['dieu']}{source}: dự thảo được đăng lấy ý kiến ít nhất {values['so_ngay']}",
        f"ghi den: {values['som_nhat']} hoặc ngày sau đó; nếu theo trình tự rút gọn thì can_cu phải nói rõ",
    )


RULE = Rule(
    code="gop-y-ngan",
    title="Thời gian góp ý ngắn hơn luật định",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="gop_y:\n  tu: 1/6/2020\n  den: 15/6/2020",
    good="gop_y:\n  tu: 1/6/2020\n  den: 1/7/2020",
    mend=setting("den", "som_nhat", sample=True),
    sample={
        "tu": "1/6/2020",
        "den": "15/6/2020",
        "som_nhat": "1/7/2020",
        "so_ngay": "30 ngày",
        "dieu": "Luật 80/2015 Đ120.1, Đ129",
        "van_ban": "Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13 ngày 22/6/2015",
    },
)
