"""`python -m tests.bench.do_thi`: random graphs of relations; what must hold of every document's effect in them.

    python -m tests.bench.do_thi --so 500

The suite runs a few of them (tests/test_effect.py). Every document here is made up.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chinhsach import effect
from chinhsach.effect import Incoming, Situation, State, Step, state_on, timeline
from chinhsach.policy import ContinuedEffect, EffectOverride, EffectReview, Policy, Relation, Scope

CHAIN_SINCE = date(2025, 7, 1)
REVIEW = EffectReview(date(2026, 11, 20), "Ví dụ")
KINDS = (
    *("thay-the", "bai-bo", "sua-doi-bo-sung", "thu-hoi", "dinh-chi-thi-hanh", "tam-ngung-hieu-luc"),
    *("quy-dinh-chi-tiet", "ban-hanh-kem-theo", "can-cu", "lien-quan"),
)
MOST = 9
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@st.composite
def graphs(draw: st.DrawFn) -> list[Policy]:
    """Up to nine documents that act on each other in any way, circles and contradictions included."""
    names = [f"v{place}" for place in range(draw(st.integers(2, MOST)))]
    relation = st.builds(
        Relation,
        st.sampled_from(KINDS),
        st.sampled_from(names),
        st.just(1),
        scope=st.none() | st.sampled_from(Scope),
        day=st.none() | DAYS,
        until=st.none() | DAYS,
    )
    override = st.builds(
        EffectOverride, st.just("khong-con-phu-hop"), st.just("Ví dụ"), st.just("Ví dụ"), st.just(REVIEW.day)
    )
    return [
        document(
            name,
            effective=draw(st.none() | DAYS),
            expires=draw(st.none() | DAYS),
            effect_review=REVIEW if draw(st.booleans()) else None,
            continued_effect=draw(st.none() | st.builds(ContinuedEffect, st.booleans(), st.just("Ví dụ"))),
            effect_override=draw(override) if draw(st.integers(0, 15)) == 15 else None,
            relations=tuple(draw(st.lists(relation, max_size=3))),
            type="bao-cao" if draw(st.integers(0, 7)) == 7 else "ke-hoach",
        )
        for name in names
    ]


def document(name: str, **given: Any) -> Policy:
    """A document of which nothing is known but what is given."""
    blank = {"title": "Ví dụ", "type": "ke-hoach", "issuers": (), "published": None, "fields": (), "audiences": ()}
    return Policy(id=name, **(blank | given))


def situation(policies: Sequence[Policy]) -> Situation:
    """The documents joined, in the order in which they are given."""
    by_id = {policy.id: policy for policy in policies}
    incoming: dict[str, list[Incoming]] = {}
    for policy in policies:
        for relation in policy.relations:
            if relation.target in by_id and relation.target != policy.id:
                incoming.setdefault(relation.target, []).append(Incoming(policy, relation))
    return Situation(incoming, by_id, lambda r, _: r.target, lambda p: p.type != "bao-cao", CHAIN_SINCE)


def judge(policies: Sequence[Policy], rng: Random) -> None:
    """All that must hold of a graph. Raises AssertionError."""
    whole = situation(policies)
    found = {policy.id: timeline(policy, whole) for policy in policies}
    shuffled = list(policies)
    rng.shuffle(shuffled)
    other = situation(shuffled)
    for acts in other.incoming.values():
        rng.shuffle(acts)  # type: ignore[arg-type]
    asked = rng.sample(shuffled, len(shuffled))
    assert {policy.id: timeline(policy, other) for policy in asked} == found, "the order of files changed an effect"
    for policy in policies:
        alone = timeline(policy, situation(policies))
        assert alone == found[policy.id], "what was asked for first changed an effect"
        steps = found[policy.id]
        since = [step.since for step in steps[1:]]
        assert steps[0].since is None
        assert since == sorted({day for day in since if day})
        assert all(a.state != b.state for a, b in pairwise(steps))
        for day in sorted({day + timedelta(n) for day in (*since, REVIEW.day) if day for n in (-1, 0)}):
            assert is_evident(policy, state_on(steps, day), day, whole, found), (policy.id, day, state_on(steps, day))


def is_evident(policy: Policy, state: State, day: date, whole: Situation, found: dict[str, tuple[Step, ...]]) -> bool:
    """Whether the documents hold what the table asks for before it says this state; unknown needs nothing."""
    acts = whole.incoming.get(policy.id, ())
    if policy.effect_override is not None:
        return state.id == policy.effect_override.state
    decisions = {act.actor.id for act in acts if act.relation.type == "ban-hanh-kem-theo"}
    if state.id == effect.UNDETERMINED:
        return True
    if decisions:
        return all(state_on(found[actor], day).id == state.id for actor in decisions)
    started = [act for act in acts if act.day and act.day <= day]
    running = [act for act in started if act.relation.until is None or act.relation.until > day]
    suspending = [
        act
        for act in running
        if act.relation.type in ("dinh-chi-thi-hanh", "tam-ngung-hieu-luc") and act.relation.scope is not Scope.ADDITION
    ]
    replacing = [
        act for act in acts if act.relation.type in ("thay-the", "bai-bo") and act.relation.scope in (None, Scope.WHOLE)
    ]
    details = [r.target for r in policy.relations if r.type == "quy-dinh-chi-tiet" and r.target != policy.id]
    if state.id == effect.NOT_APPLICABLE:
        return policy.type == "bao-cao"
    if state.id == effect.ENDED:
        return (
            (policy.expires is not None and policy.expires <= day)
            or any(act in started for act in replacing)
            or any(act.relation.type == "thu-hoi" for act in started)
            or (
                policy.continued_effect is not None
                and not policy.continued_effect.continues
                and any(state_on(found[parent], day).id == effect.ENDED for parent in details)
            )
        )
    if policy.effective is None or any(act.day is None or act in started for act in replacing):
        return False
    if state.id == effect.NOT_YET:
        return day < policy.effective
    changed = any(
        act.relation.type in ("thay-the", "bai-bo", "sua-doi-bo-sung") and act.relation.scope is not Scope.ADDITION
        for act in started
    )
    evidence = {
        effect.IN_FORCE: policy.effect_review is not None and not changed and not suspending,
        effect.PARTLY_ENDED: changed,
        effect.SUSPENDED: any(act.relation.scope in (None, Scope.WHOLE) for act in suspending),
        effect.PARTLY_SUSPENDED: any(act.relation.scope is Scope.PART for act in suspending),
    }
    return policy.effective <= day and evidence[state.id]


def main() -> None:
    """Judge many graphs, another set at each run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.do_thi", description="Thử đồ thị quan hệ ngẫu nhiên.")
    parser.add_argument("--so", type=int, default=500, help="số đồ thị")
    chosen = parser.parse_args()
    judged: list[int] = []

    @settings(max_examples=chosen.so, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(graphs(), st.randoms(use_true_random=False))
    def judge_one(policies: list[Policy], rng: Random) -> None:
        judge(policies, rng)
        judged.append(sum(len(policy.relations) for policy in policies))

    began = time.perf_counter()
    judge_one()
    print(f"{len(judged)} đồ thị, {sum(judged)} quan hệ, không trái điều nào ({time.perf_counter() - began:.0f} giây)")


if __name__ == "__main__":
    main()
