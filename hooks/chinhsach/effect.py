"""Whether a document is in force: dates and relations in, a timeline of steps out.

The decision table is that of `policies/_danh-muc/trang-thai-hieu-luc.yml` (Luật 64/2025 Điều 53, 57; NĐ 30/2020
Điều 18 khoản 4), with the step of DESIGN §8: where nobody has looked, «còn hiệu lực» is never said.
The build writes the timeline, the reader's browser chooses today's step; there is no second rule engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from .graph import components
from .policy import Policy, Relation, Scope

UNDETERMINED = "chua-xac-dinh"
NOT_APPLICABLE = "khong-ap-dung"
NOT_YET = "chua-co-hieu-luc"
IN_FORCE = "con-hieu-luc"
PARTLY_ENDED = "het-hieu-luc-mot-phan"
SUSPENDED = "ngung-hieu-luc"
PARTLY_SUSPENDED = "ngung-hieu-luc-mot-phan"
ENDED = "het-hieu-luc-toan-bo"

REPLACING = ("thay-the", "bai-bo")
"""The kinds that end another document."""
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
    """A state of effect, why it holds, and the relation behind it where there is one.

    `also`: a suspension of a part that runs at the same time as a part has ended (step b10 of the table).
    """

    id: str
    reason: str = ""
    cause: Incoming | None = None
    also: Incoming | None = None


class Step(NamedTuple):
    """A state that holds from a day on; None means: from ever."""

    since: date | None
    state: State


@dataclass(slots=True)
class Situation:
    """What the table looks at besides the entry: relations by target id, entries by id, and which types have effect.

    `chain_since`: from this day a document falls with the one that it details; None: no such rule is known.
    It remembers the timelines that it has worked out: one document's may need another's.
    """

    incoming: Mapping[str, Sequence[Incoming]]
    policies: Mapping[str, Policy]
    target_of: Callable[[Relation, Policy], str | None]
    has_effect: Callable[[Policy], bool]
    chain_since: date | None
    known: dict[str, tuple[Step, ...]] = field(default_factory=dict)


class _Case(NamedTuple):
    """One document before the table: what acts on it in an order of its own, and the documents whose fate it shares.

    `decisions`: what it was issued with; `parents`: what it details. None stands for one that hangs on this document
    itself, so that nothing can be known through it.
    """

    policy: Policy
    has_effect: bool
    acts: tuple[Incoming, ...]
    decisions: tuple[tuple[Step, ...] | None, ...]
    parents: tuple[tuple[Step, ...] | None, ...]
    chain_since: date | None


def timeline(policy: Policy, situation: Situation) -> tuple[Step, ...]:
    """The steps of a document's effect, oldest first; the first one holds from ever.

    Depends neither on the order of files nor on which document is asked for first: what a document's effect hangs on
    is worked out before it, and documents that hang on each other in a circle are unknown as far as they do.
    """
    if policy.id not in situation.known:
        named = {policy.id: policy}

        def needs(here: str) -> list[str]:
            others = _needed(named[here], situation)
            named.update((other.id, other) for other in others)
            return [other.id for other in others if other.id not in situation.known]

        for circle in components((policy.id,), needs):
            found = {member: _steps(_case(named[member], circle, situation)) for member in circle}
            situation.known.update(found)
    return situation.known[policy.id]


def state_on(steps: Iterable[Step], day: date) -> State:
    """The state that a timeline gives for a day: what the reader's browser does."""
    current: State | None = None
    for step in steps:
        if step.since is None or step.since <= day:
            current = step.state
    return current or State(UNDETERMINED)


def in_force_from(steps: Sequence[Step]) -> date | None:
    """The day on which a timeline passes from «not yet» to being in force, whoever has reviewed it or not."""
    for before, step in pairwise(steps):
        if before.state.id == NOT_YET and step.state.id not in (ENDED, NOT_APPLICABLE):
            is_known = step.state.id != UNDETERMINED or step.state.reason == "chua-ra-soat"
            return step.since if is_known else None
    return None


def ended_from(steps: Sequence[Step]) -> date | None:
    """The first day on which the whole document is no longer in force; None where it never ends or never began."""
    return next((step.since for step in steps if step.state.id == ENDED), None)


def _decisions(policy: Policy, situation: Situation) -> list[Policy]:
    """The decisions with which a document was issued, by id: in life there is one at most."""
    acts = situation.incoming.get(policy.id, ())
    found = {act.actor.id: act.actor for act in acts if act.relation.type == "ban-hanh-kem-theo"}
    return [found[key] for key in sorted(found)]


def _parents(policy: Policy, situation: Situation) -> list[Policy]:
    """The documents that this one details, by id."""
    found = {}
    for relation in policy.relations:
        if relation.type == "quy-dinh-chi-tiet":
            target = situation.policies.get(situation.target_of(relation, policy) or "")
            if target is not None and target.id != policy.id:
                found[target.id] = target
    return [found[key] for key in sorted(found)]


def _needed(policy: Policy, situation: Situation) -> list[Policy]:
    return [*_decisions(policy, situation), *_parents(policy, situation)]


def _case(policy: Policy, circle: tuple[str, ...], situation: Situation) -> _Case:
    def steps_of(others: list[Policy]) -> tuple[tuple[Step, ...] | None, ...]:
        return tuple(None if other.id in circle else situation.known[other.id] for other in others)

    return _Case(
        policy,
        situation.has_effect(policy),
        tuple(sorted(situation.incoming.get(policy.id, ()), key=_order)),
        steps_of(_decisions(policy, situation)),
        steps_of(_parents(policy, situation)),
        situation.chain_since,
    )


def _order(act: Incoming) -> tuple[date, str, str, str, date]:
    """Of several acts of one kind the first by day, then by id, is the one that is named."""
    relation = act.relation
    return (act.day or date.max, act.actor.id, relation.type, act.scope.value, relation.until or date.max)


def _steps(case: _Case) -> tuple[Step, ...]:
    found = [Step(None, _state_on(case, date.min))]
    for day in sorted(_days(case)):
        state = _state_on(case, day)
        if state != found[-1].state:
            found.append(Step(day, state))
    return tuple(found)


def _days(case: _Case) -> set[date]:
    """Every day on which the state could change."""
    days = {day for day in (case.policy.effective, case.policy.expires) if day}
    for act in case.acts:
        days |= {day for day in (act.day, act.relation.until) if day}
    for steps in (*case.decisions, *case.parents):
        days |= {step.since for step in steps or () if step.since}
    return days


def _state_on(case: _Case, day: date) -> State:
    policy, acts = case.policy, case.acts
    override = policy.effect_override
    if override is not None:  # b0
        return State(override.state, "ghi-de")
    if case.decisions:  # b1: what is issued with a decision shares its fate
        return _shared(case.decisions, day)
    for act in acts:  # b2
        if act.relation.type == "thu-hoi" and act.day and act.day <= day:
            return State(ENDED, "thu-hoi", act)
    if not case.has_effect:  # b3
        return State(NOT_APPLICABLE)
    if policy.effective is None:  # b4
        return State(UNDETERMINED, "thieu-ngay-hieu-luc")
    if policy.expires and policy.expires <= day:  # b5
        return State(ENDED, "het-thoi-han")
    replacing = [act for act in acts if act.relation.type in REPLACING and act.scope is Scope.WHOLE]
    for act in replacing:
        if act.day and act.day <= day:
            return State(ENDED, act.relation.type, act)
    for act in replacing:  # b6
        if act.day is None:
            return State(UNDETERMINED, "thieu-ngay-tac-dong", act)
    chained = _chain(case, day)  # b7
    if chained is not None:
        return chained
    if day < policy.effective:  # b8
        return State(NOT_YET)
    return _while_in_force(policy, acts, day)


def _shared(decisions: Sequence[tuple[Step, ...] | None], day: date) -> State:
    """The state of the decision; unknown where it hangs on this document, or where several decisions disagree."""
    known = [state_on(steps, day) for steps in decisions if steps is not None]
    if len(known) < len(decisions):
        return State(UNDETERMINED, "vong-quan-he")
    if len({state.id for state in known}) > 1:
        return State(UNDETERMINED, "nhieu-van-ban-chinh")
    return known[0]


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
    partly = next((act for act in running if act.scope is Scope.PART), None)
    if changed:  # b10: the newest change is the one to name
        newest = max(changed, key=_order)
        return State(PARTLY_ENDED, newest.relation.type, newest, partly)
    if partly:  # b11
        return State(PARTLY_SUSPENDED, partly.relation.type, partly)
    if policy.effect_review is None:
        return State(UNDETERMINED, "chua-ra-soat")
    return State(IN_FORCE, "ra-soat")


def _chain(case: _Case, day: date) -> State | None:
    """What the end of a document that this one details does to it (Luật 64/2025 Điều 57 khoản 2)."""
    continued, since = case.policy.continued_effect, case.chain_since
    if since is None:
        return None
    for steps in case.parents:
        if steps is None or state_on(steps, day).id != ENDED:
            continue
        ended = next((step.since for step in steps if step.state.id == ENDED), None)
        if ended is None or ended < since:
            continue
        if continued is None:
            return State(UNDETERMINED, "can-kiem-tra-57-2")
        if not continued.continues:
            return State(ENDED, "khong-tiep-tuc-hieu-luc")
    if None in case.parents and (continued is None or not continued.continues):
        return State(UNDETERMINED, "vong-quan-he")
    return None
