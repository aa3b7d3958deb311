"""The decision table of effect: the sample cases, boundaries, chains, circles, and timelines of any documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from bench import do_thi
from hypothesis import given, settings
from hypothesis import strategies as st
from support import load, parse, vocabularies, write_entry

from chinhsach import effect
from chinhsach.effect import Incoming, Situation, Step, state_on, timeline
from chinhsach.policy import ContinuedEffect, EffectOverride, EffectReview, Policy, Relation, Scope

CASES = yaml.safe_load((Path(__file__).parent / "du-lieu/trang-thai-hieu-luc-kiem-thu.yml").read_text(encoding="utf-8"))
REVIEWED = {"ngay": "20/11/2026", "nguon": "Ví dụ: nơi đã xem"}
REVIEW = EffectReview(date(2026, 11, 20), "Ví dụ")
BLANK = parse().policy


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, dict[str, tuple[Step, ...]]]:
    """The timelines of the sample documents, read as entries: with a review of effect (True) and without."""
    found = {}
    for reviewed in (True, False):
        root = tmp_path_factory.mktemp("hieu-luc")
        for entry_id, document in CASES["kho_mau"].items():
            keys = {key: value for key, value in document.items() if key != "khong_ap_dung"}
            if "tiep_tuc_hieu_luc" in keys:
                keys["tiep_tuc_hieu_luc"] |= {"van_ban": "Ví dụ: văn bản công bố"}
            write_entry(
                root,
                entry_id,
                loai="bao-cao" if document.get("khong_ap_dung") else "ke-hoach",
                so_ky_hieu=None,
                ra_soat_hieu_luc=REVIEWED if reviewed else None,
                **keys,
            )
        catalogue = load(root)
        assert {e.id for e in catalogue.entries} == set(CASES["kho_mau"])
        assert not [e.id for e in catalogue.entries if e.broken - {"so_ky_hieu"}]
        found[reviewed] = {entry.id: catalogue.timeline(entry) for entry in catalogue.entries}
    return found


def test_the_samples_are_the_22_of_the_table() -> None:
    assert len(CASES["ca"]) == 22


@pytest.mark.parametrize("case", CASES["ca"], ids=lambda case: f"{case['van_ban']}-{case['ngay']}")
def test_a_sample_document_has_the_state_of_the_table(case: dict[str, str], samples: Any) -> None:
    day = date.fromisoformat(case["ngay"])
    assert state_on(samples[True][case["van_ban"]], day).id == case["mong_doi"]
    unreviewed = state_on(samples[False][case["van_ban"]], day)
    if case["mong_doi"] == effect.IN_FORCE:
        assert (unreviewed.id, unreviewed.reason) == (effect.UNDETERMINED, "chua-ra-soat")
    else:
        assert unreviewed.id == case["mong_doi"]


def made(policy_id: str, effective: date | None = None, *, reviewed: bool = True, **given: Any) -> Policy:
    values = {name: getattr(BLANK, name) for name in ("title", "type", "issuers", "published", "fields", "audiences")}
    return Policy(id=policy_id, effective=effective, effect_review=REVIEW if reviewed else None, **(values | given))


def acts(kind: str, target: str, **given: Any) -> Relation:
    return Relation(kind, target, 1, **given)


def situation(policies: Sequence[Policy], without_effect: frozenset[str] = frozenset()) -> Situation:
    by_id = {p.id: p for p in policies}
    incoming: dict[str, list[Incoming]] = {}
    for policy in policies:
        for relation in policy.relations:
            if relation.target in by_id and relation.target != policy.id:
                incoming.setdefault(relation.target, []).append(Incoming(policy, relation))
    return Situation(
        incoming,
        by_id,
        lambda r, _: r.target if r.target in by_id else None,
        lambda p: p.id not in without_effect,
        vocabularies().chain_rule_since,
    )


def steps_of(*policies: Policy, without_effect: frozenset[str] = frozenset()) -> list[tuple[str, str, str]]:
    """The first document's timeline: day or "", state, reason."""
    steps = timeline(policies[0], situation(policies, without_effect))
    return [(s.since.isoformat() if s.since else "", s.state.id, s.state.reason) for s in steps]


D = date.fromisoformat
START, END = D("2024-01-01"), D("2026-01-01")


def test_effect_is_half_open_from_its_first_day_to_the_day_before_its_end() -> None:
    steps = timeline(made("a", START, expires=END), situation([made("a", START, expires=END)]))
    expected = {
        D("2023-12-31"): effect.NOT_YET,
        START: effect.IN_FORCE,
        D("2025-12-31"): effect.IN_FORCE,
        END: effect.ENDED,
        D("2100-01-01"): effect.ENDED,
    }
    assert {day: state_on(steps, day).id for day in expected} == expected


def test_nobody_says_in_force_of_what_nobody_reviewed() -> None:
    assert steps_of(made("a", START, reviewed=False)) == [
        ("", effect.NOT_YET, ""),
        ("2024-01-01", effect.UNDETERMINED, "chua-ra-soat"),
    ]
    changed = made("b", END, relations=(acts("sua-doi-bo-sung", "a"),))
    assert steps_of(made("a", START, reviewed=False), changed)[-1] == (
        "2026-01-01",
        effect.PARTLY_ENDED,
        "sua-doi-bo-sung",
    )


@pytest.mark.parametrize(
    ("relation", "given", "last"),
    [
        ("thay-the", {}, effect.ENDED),
        ("bai-bo", {}, effect.ENDED),
        ("thu-hoi", {}, effect.ENDED),
        ("sua-doi-bo-sung", {}, effect.PARTLY_ENDED),
        ("bai-bo", {"scope": Scope.PART}, effect.PARTLY_ENDED),
        ("thay-the", {"scope": Scope.PART}, effect.PARTLY_ENDED),
        ("sua-doi-bo-sung", {"scope": Scope.ADDITION}, effect.IN_FORCE),
        ("dinh-chi-thi-hanh", {}, effect.SUSPENDED),
        ("tam-ngung-hieu-luc", {"scope": Scope.PART}, effect.PARTLY_SUSPENDED),
        ("dinh-chinh", {}, effect.IN_FORCE),
        ("can-cu", {}, effect.IN_FORCE),
        ("quy-dinh-chi-tiet", {}, effect.IN_FORCE),
    ],
)
def test_a_relation_acts_from_the_acting_documents_first_day_or_its_own(
    relation: str, given: dict[str, Any], last: str
) -> None:
    acting = made("b", END, relations=(acts(relation, "a", **given),))
    steps = timeline(made("a", START), situation([made("a", START), acting]))
    assert state_on(steps, END - timedelta(days=1)).id == effect.IN_FORCE
    assert state_on(steps, END).id == last
    earlier = made("b", END, relations=(acts(relation, "a", day=D("2025-05-05"), **given),))
    steps = timeline(made("a", START), situation([made("a", START), earlier]))
    assert state_on(steps, D("2025-05-04")).id == effect.IN_FORCE
    assert state_on(steps, D("2025-05-05")).id == last


def test_a_suspension_ends_on_the_first_day_that_is_written_as_its_end() -> None:
    acting = made("b", D("2025-01-01"), relations=(acts("tam-ngung-hieu-luc", "a", until=D("2025-03-01")),))
    assert steps_of(made("a", START), acting) == [
        ("", effect.NOT_YET, ""),
        ("2024-01-01", effect.IN_FORCE, "ra-soat"),
        ("2025-01-01", effect.SUSPENDED, "tam-ngung-hieu-luc"),
        ("2025-03-01", effect.IN_FORCE, "ra-soat"),
    ]


def test_what_is_not_known_is_said_with_its_reason() -> None:
    assert steps_of(made("a")) == [("", effect.UNDETERMINED, "thieu-ngay-hieu-luc")]
    undated = made("b", None, relations=(acts("thay-the", "a"),))
    assert steps_of(made("a", START), undated) == [("", effect.UNDETERMINED, "thieu-ngay-tac-dong")]
    assert steps_of(made("a", START), without_effect=frozenset("a")) == [("", effect.NOT_APPLICABLE, "")]


def test_a_state_set_by_hand_holds_always() -> None:
    override = EffectOverride("khong-con-phu-hop", "Ví dụ", "Ví dụ", END)
    assert steps_of(made("a", START, effect_override=override)) == [("", "khong-con-phu-hop", "ghi-de")]


def test_the_newest_change_is_the_one_that_is_named() -> None:
    first = made("b", D("2025-01-01"), relations=(acts("sua-doi-bo-sung", "a"),))
    second = made("c", D("2025-06-01"), relations=(acts("sua-doi-bo-sung", "a"),))
    for order in ((first, second), (second, first)):
        base = made("a", START)
        steps = timeline(base, situation([base, *order]))
        assert [s.state.cause.actor.id for s in steps if s.state.cause] == ["b", "c"]


def chain(ended: date, continued: ContinuedEffect | None = None) -> list[tuple[str, str, str]]:
    law = made("l", START, expires=ended)
    return steps_of(made("n", START, continued_effect=continued, relations=(acts("quy-dinh-chi-tiet", "l"),)), law)


def test_a_document_falls_with_the_one_it_details_only_since_the_rule_holds() -> None:
    assert chain(D("2025-06-30"))[-1] == ("2024-01-01", effect.IN_FORCE, "ra-soat")
    assert chain(D("2025-07-01"))[-1] == ("2025-07-01", effect.UNDETERMINED, "can-kiem-tra-57-2")
    assert chain(END, ContinuedEffect(True, "Ví dụ"))[-1] == ("2024-01-01", effect.IN_FORCE, "ra-soat")
    assert chain(END, ContinuedEffect(False, "Ví dụ"))[-1] == ("2026-01-01", effect.ENDED, "khong-tiep-tuc-hieu-luc")


def test_the_rule_reaches_down_a_chain_of_details() -> None:
    law = made("l", START, expires=END)
    decree = made(
        "n", START, continued_effect=ContinuedEffect(False, "Ví dụ"), relations=(acts("quy-dinh-chi-tiet", "l"),)
    )
    circular = made("t", START, relations=(acts("quy-dinh-chi-tiet", "n"),))
    assert steps_of(circular, decree, law)[-1] == ("2026-01-01", effect.UNDETERMINED, "can-kiem-tra-57-2")


def test_a_long_chain_of_details_is_worked_out() -> None:
    law = made("d0", START, expires=END)
    chain = [law]
    for depth in range(1, 9):
        relation = acts("quy-dinh-chi-tiet", f"d{depth - 1}")
        chain.append(made(f"d{depth}", START, continued_effect=ContinuedEffect(False, "Ví dụ"), relations=(relation,)))
    assert steps_of(*reversed(chain))[-1][:2] == ("2026-01-01", effect.ENDED)


def test_what_is_issued_with_a_decision_shares_its_fate() -> None:
    decision = made("q", START, expires=END, relations=(acts("ban-hanh-kem-theo", "p"),))
    assert [(day, state) for day, state, _ in steps_of(made("p"), decision)] == [
        ("", effect.NOT_YET),
        ("2024-01-01", effect.IN_FORCE),
        ("2026-01-01", effect.ENDED),
    ]


@pytest.mark.parametrize("kind", sorted(vocabularies().relations))
def test_documents_that_act_on_each_other_in_a_circle_do_not_hang(kind: str) -> None:
    circle = [made(f"v{i}", START, expires=END, relations=(acts(kind, f"v{(i + 1) % 3}"),)) for i in range(3)]
    for first in range(3):
        steps = steps_of(*circle[first:], *circle[:first])
        assert steps[0][0] == ""
    itself = made("a", START, relations=(acts(kind, "a"),))
    assert steps_of(itself)[-1][1] == effect.IN_FORCE


def test_before_its_first_step_a_timeline_says_nothing() -> None:
    assert state_on([], START).id == effect.UNDETERMINED
    assert state_on([Step(START, effect.State(effect.IN_FORCE))], D("2000-01-01")).id == effect.UNDETERMINED


@settings(deadline=None, derandomize=True, max_examples=60)
@given(do_thi.graphs(), st.randoms(use_true_random=False))
def test_effect_depends_on_no_order_guesses_nothing_and_ends(policies: list[Policy], rng: Any) -> None:
    do_thi.judge(policies, rng)


def test_documents_in_a_circle_are_unknown_as_far_as_they_hang_on_each_other() -> None:
    first = made("a", START, expires=END, relations=(acts("quy-dinh-chi-tiet", "b"),))
    second = made("b", START, relations=(acts("quy-dinh-chi-tiet", "a"),))
    assert steps_of(first, second) == [
        ("", effect.UNDETERMINED, "vong-quan-he"),
        ("2026-01-01", effect.ENDED, "het-thoi-han"),
    ]
    assert steps_of(second, first) == [("", effect.UNDETERMINED, "vong-quan-he")]
    announced = made("b", START, continued_effect=ContinuedEffect(True, "Ví dụ"), relations=second.relations)
    assert steps_of(announced, first)[-1] == ("2024-01-01", effect.IN_FORCE, "ra-soat")


def test_decisions_that_disagree_leave_what_was_issued_with_them_unknown() -> None:
    decisions = [
        made(name, START, expires=end, relations=(acts("ban-hanh-kem-theo", "p"),))
        for name, end in (("q", END), ("r", None))
    ]
    assert steps_of(made("p"), *decisions)[-2:] == [
        ("2024-01-01", effect.IN_FORCE, "ra-soat"),
        ("2026-01-01", effect.UNDETERMINED, "nhieu-van-ban-chinh"),
    ]


def test_a_chain_of_any_length_is_worked_out_from_either_end() -> None:
    length = 3000
    chain = [made("d0", START, expires=END)]
    for depth in range(1, length):
        relation = acts("quy-dinh-chi-tiet", f"d{depth - 1}")
        chain.append(made(f"d{depth}", START, continued_effect=ContinuedEffect(False, "Ví dụ"), relations=(relation,)))
    for asked_first in (chain[0], chain[-1]):
        whole = situation(chain)
        timeline(asked_first, whole)
        assert state_on(timeline(chain[-1], whole), END).id == effect.ENDED


def test_a_part_that_is_suspended_while_another_has_ended_is_said_too() -> None:
    amending = made("b", END, relations=(acts("sua-doi-bo-sung", "a"),))
    pausing = made("c", D("2025-06-01"), relations=(acts("tam-ngung-hieu-luc", "a", scope=Scope.PART),))
    last = timeline(made("a", START), situation([made("a", START), amending, pausing]))[-1].state
    assert (last.id, last.cause and last.cause.actor.id, last.also and last.also.actor.id) == (
        effect.PARTLY_ENDED,
        "b",
        "c",
    )
