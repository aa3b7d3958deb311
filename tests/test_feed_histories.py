"""Random histories of a department's entries: after every release, every mirror that overwrites by guid is truthful."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lich_su import ACTIONS, Action, Office, Step, histories, live, replay
from mirror_sim import Mirror, differences

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def step(wait: timedelta, *kinds: str, which: int = 1, is_plain: bool = False) -> Step:
    return Step(wait, tuple(Action(kind, which, is_plain) for kind in kinds))


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(histories())
def test_after_any_history_every_mirror_shows_the_truth_and_nothing_leaks(plan: list[Step]) -> None:
    releases, wrong = replay(plan)
    assert releases == len(plan)
    assert wrong == []


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize("kind", ACTIONS)
def test_each_thing_that_an_office_does_is_told_truly_on_the_day_of_publication(kind: str, is_plain: bool) -> None:
    before = ("remove",) if kind == "put_back" else ()
    plan = [
        step(HOUR, "create", "draft", "keep_back", which=3),
        step(HOUR, *before, which=0),
        step(HOUR, kind, which=0, is_plain=is_plain),
        step(HOUR, kind, which=0, is_plain=is_plain),
        step(DAY * 40),
    ]
    assert replay(plan) == (len(plan), [])


def test_removed_and_put_back_twice_in_a_day_each_time_changes_the_date(tmp_path: Path) -> None:
    for is_plain in (False, True):
        moves = [step(HOUR, kind, which=0, is_plain=is_plain) for kind in ("remove", "put_back", "remove", "put_back")]
        assert replay([step(HOUR, "create"), *moves])[1] == []


def test_an_entry_says_when_the_one_that_repealed_it_came_went_and_came_back() -> None:
    plan = [step(HOUR, "create"), step(HOUR, "repeal", which=0)]
    plan += [
        step(DAY, kind, which=which) for kind, which in (("erase", 1), ("put_back", 0), ("remove", 1), ("put_back", 0))
    ]
    assert replay(plan) == (6, [])


def test_a_burst_within_the_window_loses_nothing() -> None:
    plan = [step(HOUR, "create"), step(DAY, "burst", which=0), step(DAY * 3, "correct", "remove", which=0)]
    assert replay(plan) == (3, [])


def test_mirrors_that_do_not_overwrite_by_guid_are_seen_to_be_untruthful(tmp_path: Path) -> None:
    office = Office(tmp_path)
    mirrors = {policy: Mirror(policy) for policy in ("update", "insert", "link", "title")}
    for happens in (
        step(HOUR, "create", which=0),
        step(HOUR, "retitle", "change_domain", which=0),
        step(DAY, "remove", which=0),
    ):
        live(office, happens)
        state = office.release()
        for mirror in mirrors.values():
            mirror.poll(state)
    wrong = {policy: differences(mirror, state) for policy, mirror in mirrors.items()}
    assert wrong.pop("update") == []
    assert all(wrong.values()), wrong


def test_words_that_must_not_be_there_are_searched_for_and_found_where_they_are(tmp_path: Path) -> None:
    office = Office(tmp_path)
    live(office, step(HOUR, "create", "schedule", "keep_back", "create", which=0))
    live(office, step(HOUR, "erase", which=0))
    state = office.release()
    withheld = set(office.withheld())
    assert len(withheld) > 15
    assert not [word for word in withheld for content in state.files.values() if word.encode() in content]
    standing = [tale for tale in office.tales.values() if office.stands(tale)]
    assert len(standing) == 1
    for word in standing[0].words:
        assert any(word.encode() in content for content in state.files.values()), word
