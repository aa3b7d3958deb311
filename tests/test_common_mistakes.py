"""What the check says is enough: one message for a mistake, at its line, and doing what it says makes the check pass."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from lam_theo import follow
from loi_hay_gap import FILES, MISTAKES, RIGHT, TAKEN_AS_MEANT, Mistake
from support import NOW, vocabularies

from chinhsach import catalogue, check
from chinhsach.problems import Problem

PDF = b"%PDF-1.4\n"


def lay(root: Path, mistake: Mistake) -> None:
    """A repository with the one entry, made wrong."""
    text = RIGHT.replace(mistake.old, mistake.new) if mistake.old else RIGHT
    if not mistake.attachment:
        kept = RIGHT.partition("\ntep:")[0] + "\nnguon: https://example.org/van-ban\n---\n" + RIGHT.split("---\n")[2]
        text = text if mistake.old else kept
    path = root / "policies" / mistake.folder / mistake.name
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode(mistake.encoding))
    if mistake.attachment:
        path.with_suffix("").mkdir()
        (path.with_suffix("") / mistake.attachment).write_bytes(PDF)
    if mistake.beside:
        other = root / "policies" / mistake.beside
        other.parent.mkdir(parents=True)
        own = RIGHT.replace("12/SKHĐT-VP", "13/SKHĐT-VP").partition("\ntep:")[0]
        other.write_text(
            own + "\nnguon: https://example.org/van-ban\ndon_vi_chu_tri: phong-dkkd\n---\n", encoding="utf-8"
        )


def problems_of(root: Path) -> list[Problem]:
    return [
        p for p in check.find_problems(catalogue.load(root, vocabularies(), NOW)) if p.code != "don-vi-mau-thuan"
    ]  # the entry beside lies where its field does not


def named(cases: tuple[Mistake, ...]) -> list[object]:
    return [pytest.param(case, id=case.what.replace(" ", "-")) for case in cases]


def test_there_are_sixty_mistakes_and_each_is_another() -> None:
    assert len(MISTAKES) >= 60
    assert len({mistake[3:] for mistake in MISTAKES}) == len(MISTAKES)
    assert all(mistake.old in RIGHT for mistake in MISTAKES + TAKEN_AS_MEANT)


@pytest.mark.parametrize("mistake", named(MISTAKES))
def test_a_mistake_gives_one_message_and_doing_what_it_says_makes_the_check_pass(
    mistake: Mistake, tmp_path: Path
) -> None:
    lay(tmp_path, mistake)
    found = problems_of(tmp_path)
    assert [(p.code, p.line) for p in found] == [(mistake.code, mistake.line)], [p.as_text() for p in found]
    assert follow(tmp_path, found[0]), found[0].as_text()
    assert [p.as_text() for p in problems_of(tmp_path)] == []


@pytest.mark.parametrize("mistake", named(TAKEN_AS_MEANT))
def test_what_can_only_mean_one_thing_is_taken_as_meant(mistake: Mistake, tmp_path: Path) -> None:
    lay(tmp_path, mistake)
    assert [p.as_text() for p in problems_of(tmp_path)] == []


def test_the_entry_that_is_made_wrong_is_right(tmp_path: Path) -> None:
    lay(tmp_path, Mistake("", "", 0))
    assert problems_of(tmp_path) == []
    assert os.listdir(tmp_path) == ["policies"]


def several_at_once(seed: int) -> tuple[str, list[str]]:
    """The right entry with five mistakes that do not touch the same words, and what they are."""
    chosen = random.Random(seed)
    pool = [m for m in MISTAKES if m.old and m.old != FILES and m.attachment == "cong-van.pdf"]
    text, made = RIGHT, []
    for mistake in chosen.sample(pool, len(pool)):
        if len(made) < 5 and text.count(mistake.old) == 1:
            text = text.replace(mistake.old, mistake.new)
            made.append(mistake.what)
    return text, made


@pytest.mark.parametrize("seed", range(10))
def test_a_clerk_who_follows_nothing_but_the_messages_gets_through(seed: int, tmp_path: Path) -> None:
    text, made = several_at_once(seed)
    lay(tmp_path, Mistake("", "", 0, RIGHT, text))
    for _ in range(25):
        found = problems_of(tmp_path)
        if not any(follow(tmp_path, problem) for problem in reversed(found)):  # from the bottom up, as the guide says
            break
    assert [p.as_text() for p in found] == [], made
