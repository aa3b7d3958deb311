"""dang-muon: a document that the department itself created is published later than the law allows."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..clocks import PUBLICATION, clock
from ..dates import format_date
from ..policy import Status
from ..problems import Fault, Severity, Words
from .base import Rule, Values, at, rule_values, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """From the day of issue to `ngay_dang`, by the rule of that day; silent where its number is not verified."""
    policy, known = entry.policy, catalogue.vocabularies
    if policy.status is Status.REMOVED or not usable(entry, "ngay_dang", "ngay_ban_hanh"):
        return
    found = clock(PUBLICATION, policy, known)
    if found is None or found.done is None or found.day is None or found.done <= found.day:
        return
    values = {
        "dang": format_date(found.done),
        "ban_hanh": format_date(found.event),
        "han": format_date(found.day),
        **rule_values(found.rule, known),
    }
    yield Fault("dang-muon", at(entry, "ngay_dang"), values=values)


def explain(values: Values) -> Words:
    """`dang`, `ban_hanh`, `han`: the three days; `so_ngay`, `dieu`, `van_ban`: the rule and where it stands."""
    source = f" ({values['van_ban']})" if values["van_ban"] else ""
    return Words(
        f"ngay_dang «{values['dang']}» sau hạn «{values['han']}» của văn bản do Sở tạo ra ngày {values['ban_hanh']}",
        f"{values['dieu']}{source}: chậm nhất {values['so_ngay']} kể từ ngày tạo ra thông tin, nếu luật riêng của "
        "lĩnh vực không định thời điểm khác",
        "nếu ngày ghi sai thì sửa; nếu đúng thì để nguyên, và đăng văn bản sau trong hạn",
    )


RULE = Rule(
    code="dang-muon",
    title="Đăng muộn văn bản của Sở",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="co_quan_ban_hanh: Sở Tài chính tỉnh Lạng Sơn\nngay_ban_hanh: 2/11/2026\nngay_dang: 10/11/2026",
    good="co_quan_ban_hanh: Sở Tài chính tỉnh Lạng Sơn\nngay_ban_hanh: 2/11/2026\nngay_dang: 9/11/2026",
    sample={
        "dang": "10/11/2026",
        "ban_hanh": "2/11/2026",
        "han": "9/11/2026",
        "so_ngay": "5 ngày làm việc",
        "dieu": "Luật 01/2026 Đ18.4",
        "van_ban": "Luật Tiếp cận thông tin số 01/2026/QH16 ngày 23/4/2026",
    },
)
