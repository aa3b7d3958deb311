"""An entry in, the clocks that run for it out: the dated rule, what started it, the day that follows, what was done.

A rule of law is told only where its number was read in the source; a target that the department set itself is
always called one («đích nội bộ»).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .dates import VN
from .deadlines import Due, Rule, Weight
from .policy import Policy
from .vocabulary import Vocabularies, name_key

PUBLICATION = "cong-khai"
INTERNAL_PUBLICATION = "dang-tin"
COMMENT_LENGTH = "thoi-gian-gop-y"
COMMENT_RESULT = "ket-qua-gop-y"
ORIGINAL = "ban-goc"
REVIEW = "ra-soat"


class Clock(NamedTuple):
    """A rule that runs for an entry since `event`; `key` is the front-matter key of what was done, `done` its day."""

    what: str
    rule: Rule
    event: date
    due: Due
    key: str
    done: date | None = None

    @property
    def is_internal(self) -> bool:
        """Whether it is a target of the department's own, no duty of law."""
        return self.rule.weight is Weight.INTERNAL

    @property
    def day(self) -> date | None:
        """The day that may be told: None where the rule's number or the calendar is not certain."""
        return self.due.day if self.rule.is_certain else None

    @property
    def doubt(self) -> str:
        """Why no day may be told, "" where one may."""
        if self.day is not None:
            return ""
        return self.due.reason or "số ngày của quy tắc chưa đối chiếu với nguyên văn"


def clocks(policy: Policy, vocabularies: Vocabularies, wanted: str = "") -> Iterator[Clock]:
    """Every clock that runs, or ran, for an entry, or the `wanted` one; without a rule for its day there is none."""
    for what, group, event_name, event, key, done in _events(policy, vocabularies):
        if wanted in ("", what):
            rule = vocabularies.deadlines.pick(group, event_name, event)
            if rule is not None:
                yield Clock(what, rule, event, rule.due(event, vocabularies.calendar), key, done)


def clock(what: str, policy: Policy, vocabularies: Vocabularies) -> Clock | None:
    """One clock of an entry."""
    return next(clocks(policy, vocabularies, what), None)


def is_own(policy: Policy, vocabularies: Vocabularies) -> bool:
    """Whether the department created the document: it, or a unit of it that is switched on, issues or drafts it."""
    if vocabularies.own_issuers.intersection((*policy.issuers, *policy.drafters)):
        return True
    named = {name_key(name) for name in (*policy.unknown_issuers, *policy.drafters)}
    return bool(named) and any(
        name_key(name.name) in named for unit in vocabularies.enabled_units() for name in unit.names
    )


def is_provincial(policy: Policy, vocabularies: Vocabularies) -> bool:
    """Whether it is a normative document of the province's council or committee."""
    kind = vocabularies.types.get(policy.type)
    return kind is not None and kind.is_normative and not vocabularies.provincial_issuers.isdisjoint(policy.issuers)


_Event = tuple[str, str, str, date, str, date | None]


def _events(policy: Policy, vocabularies: Vocabularies) -> Iterator[_Event]:
    """What can start a clock: what for, the rule's group and event, the day, the key of what was done, its day."""
    published = policy.published.astimezone(VN).date() if policy.published else None
    if policy.issued is not None and not policy.is_draft and is_own(policy, vocabularies):
        yield PUBLICATION, "cong-khai", "ngay_tao_thong_tin", policy.issued, "ngay_dang", published
    elif policy.received is not None:
        yield INTERNAL_PUBLICATION, "dang-tin", "ngay_den", policy.received, "ngay_dang", published
    asked = policy.consultation
    if asked is not None:
        if is_provincial(policy, vocabularies):
            yield COMMENT_LENGTH, "lay-y-kien", "ngay_dang_du_thao", asked.opens, "gop_y.den", asked.closes
        answered = asked.result.day if asked.result else None
        yield COMMENT_RESULT, "lay-y-kien", "ngay_dong_gop_y", asked.closes, "gop_y", answered
    if policy.no_original is not None and published is not None:
        yield ORIGINAL, "ban-goc", "ngay_dang", published, "chua_co_ban_goc", None
    looked = policy.effect_review.day if policy.effect_review else published
    if looked is not None and not policy.is_draft:
        yield REVIEW, "ra-soat", "ngay_ra_soat_cuoi", looked, "ra_soat_hieu_luc", None
