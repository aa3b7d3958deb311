"""dan-chieu-het-hieu-luc: the summary or the body cites a document that was no longer in force when the entry came out."""

from collections.abc import Iterator

from .. import effect
from ..catalogue import Catalogue, Entry, Part
from ..dates import VN, format_date
from ..problems import Fault, Severity, Words
from ..references import of_part
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """A document that the entry's own relations name is known to the writer; a full text is quoted as printed."""
    if not (entry.cited.summary or entry.cited.body) or not usable(entry, "ngay_dang") or entry.policy.is_erased:
        return
    day = entry.policy.published.astimezone(VN).date()
    related = {t.id for r in entry.policy.relations if (t := catalogue.target(r, entry.policy).entry) is not None}
    related |= {incoming.actor.id for incoming in catalogue.incoming.get(entry.id, ())}
    seen = {entry.id, *related}
    texts: tuple[tuple[Part, int], ...] = (("summary", at(entry, "tom_tat")), ("body", 0))
    for part, line in texts:
        for reference in of_part(entry, part, catalogue):
            target = reference.entry
            if target is None or not reference.is_sure or target.id in seen:
                continue
            seen.add(target.id)
            steps = [s for s in catalogue.timeline(target) if s.since is None or s.since <= day]
            if steps and steps[-1].state.id == effect.ENDED and steps[-1].since is not None:
                values = {
                    "van_ban": reference.citation.printed,
                    "tin": target.id,
                    "tu": format_date(steps[-1].since),
                    "ngay": format_date(day),
                }
                yield Fault("dan-chieu-het-hieu-luc", line or reference.citation.line, values=values)


def explain(values: Values) -> Words:
    """`van_ban`, `tin`: what is cited; `tu`: when it ended; `ngay`: the day of publication."""
    return Words(
        f"dẫn «{values['van_ban']}», hết hiệu lực từ {values['tu']}, trước ngày đăng {values['ngay']} (theo tin {values['tin']})",
        "người đọc có thể làm theo một quy định không còn áp dụng",
        "dẫn văn bản đang có hiệu lực; nếu cần nhắc văn bản cũ thì nói rõ nó đã hết hiệu lực",
    )


RULE = Rule(
    code="dan-chieu-het-hieu-luc",
    title="Dẫn văn bản đã hết hiệu lực",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="Nộp hồ sơ theo Thông tư số 05/2021/TT-BKHĐT.        # hết hiệu lực trước ngày đăng tin",
    good="Nộp hồ sơ theo Thông tư số 01/2023/TT-BKHĐT.",
    sample={"van_ban": "05/2021/TT-BKHĐT", "tin": "05-2021-tt-bkhdt", "tu": "1/6/2023", "ngay": "5/6/2023"},
)
