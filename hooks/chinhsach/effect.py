"""Whether a document is in force: dates and relations in, a timeline of steps out.

The decision table is that of `policies/_danh-muc/trang-thai-hieu-luc.yml` (Luật 64/2025 Điều 53, 57; NĐ 30/2020
Điều 18 khoản 4), with the step of DESIGN §8: where nobody has looked, «còn hiệu lực» is never said.
The build writes the timeline, the reader's browser chooses today's step; there is no second rule engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .policy import Policy, Relation, Scope

CHAIN_RULE_SINCE = date(2025, 7, 1)
"""Luật 64/2025 Điều 57 khoản 2 as amended by Luật 87/2025: from this day a document falls with the one it details."""

UNDETERMINED = "chua-xac-dinh"
NOT_APPLICABLE = "khong-ap-dung"
NOT_YET = "chua-co-hieu-luc"
IN_FORCE = "con-hieu-luc"
PARTLY_ENDED = "het-hieu-luc-mot-phan"
SUSPENDED = "ngung-hieu-luc"
PARTLY_SUSPENDED = "ngung-hieu-luc-mot-phan"
ENDED = "het-hieu-luc-toan-bo"

_REPLACING = ("thay-the", "bai-bo")
_CHANGING = ("sua-doi-bo-sung", "thay-the", "bai-bo")
_SUSPENDING = ("dinh-chi-thi-hanh", "tam-ngung-hieu-luc")


class Incoming(NamedTuple):
    """A relation that acts on a document, and the entry whose document acts."""

    actor: Policy
    relation: Relation

    @property
    def day(self) -> date | None:
        """The day from which it acts: its own, otherwise the acting document's first day in force."""
        return self.relation.day or self.actor.effective

    @property
    def scope(self) -> Scope:
        """How much it touches: what is written, otherwise a part for an amendment and the whole for the rest."""
        if self.relation.scope is not None:
            return self.relation.scope
        return Scope.PART if self.relation.type == "sua-doi-bo-sung" else Scope.WHOLE


class State(NamedTuple):
    """A state of effect, why it holds, and the relation behind it where there is one."""

    id: str
    reason: str = ""
    cause: Incoming | None = None


class Step(NamedTuple):
    """A state that holds from a day on; None means: from ever."""

    since: date | None
    state: State


@dataclass(slots=True)
class Situation:
    """What the table looks at besides the entry: relations by target id, entries by id, and which types have effect.

    It remembers the timelines that it has worked out: one document's may need another's.
    """

    incoming: Mapping[str, Sequence[Incoming]]
    policies: Mapping[str, Policy]
    target_of: Callable[[Relation, Policy], str | None]
    has_effect: Callable[[Policy], bool]
    known: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    under_way: set[str] = field(default_factory=set)


_LONGEST_CHAIN = 50


def timeline(policy: Policy, situation: Situation) -> tuple[Step, ...]:
    """The steps of a document's effect, oldest first; the first one holds from ever.

    Empty for a document that is asked for while its own timeline is being worked out (a circle of relations).
    """
    steps = situation.known.get(policy.id)
    if steps is not None:
        return steps
    if policy.id in situation.under_way or len(situation.under_way) > _LONGEST_CHAIN:
        return ()
    situation.under_way.add(policy.id)
    found = [Step(None, _state_on(policy, date.min, situation))]
    for day in sorted(_days(policy, situation)):
        state = _state_on(policy, day, situation)
        if state != found[-1].state:
            found.append(Step(day, state))
    situation.under_way.discard(policy.id)
    situation.known[policy.id] = tuple(found)
    return situation.known[policy.id]


def state_on(steps: Iterable[Step], day: date) -> State:
    """The state that a timeline gives for a day: what the reader's browser does."""
    current: State | None = None
    for step in steps:
        if step.since is None or step.since <= day:
            current = step.state
    return current or State(UNDETERMINED)


def _days(policy: Policy, situation: Situation) -> set[date]:
    """Every day on which the state could change."""
    days = {day for day in (policy.effective, policy.expires) if day}
    others = _parents(policy, situation)
    for act in situation.incoming.get(policy.id, ()):
        days |= {day for day in (act.day, act.relation.until) if day}
        if act.relation.type == "ban-hanh-kem-theo":
            others.append(act.actor)
    for other in others:
        days |= {step.since for step in timeline(other, situation) if step.since}
    return days


def _parents(policy: Policy, situation: Situation) -> list[Policy]:
    """The documents that this one details."""
    found = []
    for relation in policy.relations:
        if relation.type == "quy-dinh-chi-tiet":
            target = situation.policies.get(situation.target_of(relation, policy) or "")
            if target is not None:
                found.append(target)
    return found


def _state_on(policy: Policy, day: date, situation: Situation) -> State:
    override = policy.effect_override
    if override is not None:  # b0
        return State(override.state, "ghi-de")
    acts = situation.incoming.get(policy.id, ())
    for act in acts:  # b1: what is issued with a decision shares its fate
        if act.relation.type == "ban-hanh-kem-theo" and (steps := timeline(act.actor, situation)):
            return state_on(steps, day)
    for act in acts:  # b2
        if act.relation.type == "thu-hoi" and act.day and act.day <= day:
            return State(ENDED, "thu-hoi", act)
    if not situation.has_effect(policy):  # b3
        return State(NOT_APPLICABLE)
    if policy.effective is None:  # b4
        return State(UNDETERMINED, "thieu-ngay-hieu-luc")
    if policy.expires and policy.expires <= day:  # b5
        return State(ENDED, "het-thoi-han")
    replacing = [act for act in acts if act.relation.type in _REPLACING and act.scope is Scope.WHOLE]
    for act in replacing:
        if act.day and act.day <= day:
            return State(ENDED, act.relation.type, act)
    for act in replacing:  # b6
        if act.day is None:
            return State(UNDETERMINED, "thieu-ngay-tac-dong", act)
    chained = _chain(policy, day, situation)  # b7
    if chained is not None:
        return chained
    if day < policy.effective:  # b8
        return State(NOT_YET)
    return _while_in_force(policy, acts, day)


def _while_in_force(policy: Policy, acts: Sequence[Incoming], day: date) -> State:
    running = [
        act
        for act in acts
        if act.relation.type in _SUSPENDING
        and act.day
        and act.day <= day
        and not (act.relation.until and act.relation.until <= day)
    ]
    for act in running:  # b9
        if act.scope is Scope.WHOLE:
            return State(SUSPENDED, act.relation.type, act)
    changed = [
        act for act in acts if act.relation.type in _CHANGING and act.scope is Scope.PART and act.day and act.day <= day
    ]
    if changed:  # b10: the newest change is the one to name
        newest = max(changed, key=lambda act: (act.day or date.min, act.actor.id))
        return State(PARTLY_ENDED, newest.relation.type, newest)
    if running:  # b11
        return State(PARTLY_SUSPENDED, running[0].relation.type, running[0])
    if policy.effect_review is None:
        return State(UNDETERMINED, "chua-ra-soat")
    return State(IN_FORCE, "ra-soat")


def _chain(policy: Policy, day: date, situation: Situation) -> State | None:
    """What the end of the document that this one details does to it (Luật 64/2025 Điều 57 khoản 2)."""
    for parent in _parents(policy, situation):
        steps = timeline(parent, situation)
        if not steps or state_on(steps, day).id != ENDED:
            continue
        ended = next((step.since for step in steps if step.state.id == ENDED), None)
        if ended is None or ended < CHAIN_RULE_SINCE:
            continue
        if policy.continued_effect is None:
            return State(UNDETERMINED, "can-kiem-tra-57-2")
        if not policy.continued_effect.continues:
            return State(ENDED, "khong-tiep-tuc-hieu-luc")
    return None
