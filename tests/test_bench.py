"""The speed benchmark's entries are real entries: what is measured is what a clerk could have written."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from bench import entries, quan_he

from chinhsach import check, markdown, vocabulary
from chinhsach.check import Report

ROOT = Path(__file__).resolve().parents[1]
COUNT = 30


@pytest.fixture(scope="module")
def samples() -> list[entries.Sample]:
    return list(entries.make(ROOT, COUNT))


@pytest.fixture(scope="module")
def report(samples: list[entries.Sample], tmp_path_factory: pytest.TempPathFactory) -> Report:
    root = tmp_path_factory.mktemp("tin-mau")
    (root / "policies").mkdir()
    (root / vocabulary.FOLDER).symlink_to(ROOT / vocabulary.FOLDER)
    for sample in samples:
        path = root / sample.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sample.as_entry(), encoding="utf-8")
    return check.check(root, entries.NOW)


def test_the_entries_pass_the_check_but_for_the_length_of_the_laws_sentences(report: Report) -> None:
    assert [problem.as_text() for problem in report.problems if problem.code != "cau-dai"] == []
    assert report.catalogue is not None
    assert len(report.catalogue.released()) == COUNT


def test_each_entry_belongs_to_the_units_that_the_others_list_it_under(
    report: Report, samples: list[entries.Sample]
) -> None:
    assert report.catalogue is not None
    listed = {entry.id: report.catalogue.list_units(entry) for entry in report.catalogue.entries}
    assert listed == {sample.id: sample.units for sample in samples}


def test_the_same_entries_come_at_each_call(samples: list[entries.Sample]) -> None:
    assert list(entries.make(ROOT, COUNT)) == samples
    assert list(entries.make(ROOT, COUNT // 2)) == samples[: COUNT // 2]


def test_a_body_is_like_a_real_one(samples: list[entries.Sample]) -> None:
    for sample in samples:
        body = markdown.render(sample.body, 1)
        assert 5_500 <= len(sample.body.encode()) <= 9_500
        assert 8 <= len(body.headings) <= 12
        for piece in ("<table>", "<ol>", "<ul>", "footnote-ref", "https://example.org/"):
            assert piece in body.html


def test_every_made_up_headline_says_that_it_is_an_example(samples: list[entries.Sample]) -> None:
    assert all(sample.title.startswith("Ví dụ ") for sample in samples)
    assert len({sample.title for sample in samples}) == COUNT


def test_rendering_gives_its_memory_back(samples: list[entries.Sample]) -> None:
    def render_all(times: int) -> int:
        for _ in range(times):
            for sample in samples:
                markdown.to_html(sample.body)
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    before = render_all(5)
    assert render_all(60) - before < 30_000  # KB; cmarkgfm's own function loses some 55 KB a body: 100,000 here


def test_entries_with_many_relations_pass_the_check_and_act_on_each_other(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / vocabulary.FOLDER).symlink_to(ROOT / vocabulary.FOLDER)
    for file in quan_he.related(list(entries.make(ROOT, 60)), quan_he.EACH):
        path = tmp_path / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.as_entry(), encoding="utf-8")
    report = check.check(tmp_path, entries.NOW, notes=False)
    assert [problem.as_text() for problem in report.problems] == []
    assert report.catalogue is not None
    written = sum(len(entry.policy.relations) for entry in report.catalogue.entries)
    assert written >= 59 * quan_he.EACH
    assert sum(map(len, report.catalogue.incoming.values())) == written
