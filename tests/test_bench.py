"""The speed benchmark's entries are real entries: what is measured is what a clerk could have written."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from bench import entries, quan_he, tang_truong

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


def test_the_one_entry_more_is_new_newest_and_passes_the_check(samples: list[entries.Sample], tmp_path: Path) -> None:
    more = tang_truong.one_more(COUNT)
    assert more.id not in {sample.id for sample in samples}
    assert more.published > max(sample.published for sample in samples)
    (tmp_path / "policies").mkdir()
    (tmp_path / vocabulary.FOLDER).symlink_to(ROOT / vocabulary.FOLDER)
    path = tmp_path / more.path
    path.parent.mkdir(parents=True)
    path.write_text(more.as_entry(), encoding="utf-8")
    found = check.check(tmp_path, entries.NOW)
    assert [problem.as_text() for problem in found.problems if problem.code != "cau-dai"] == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("chinh-sach/103-2016-nd-cp/index.html", "trang tin"),
        ("chinh-sach/trang-2/index.html", "trang danh sách"),
        ("don-vi/phong-dkkd/index.html", "trang danh sách"),
        ("don-vi/phong-dkkd/rss.xml", "nguồn tin, lịch, nhúng"),
        ("rss-hien-thi.xml", "nguồn tin, lịch, nhúng"),
        ("van-ban/index.html", "/van-ban/ (một trang)"),
        ("index.html", "trang khác"),
        ("tim-kiem/ban-ghi-2019.json", "tìm kiếm: bản ghi"),
        ("tim-kiem/toan-van/2019/0123456789/3.json", "toàn văn: đoạn, theo năm"),
        ("tim-kiem/toan-van/0123456789/3.json", "toàn văn: từ, chung"),
        ("du-lieu/chinh-sach/vi-du.json", "JSON từng tin"),
        ("du-lieu/chinh-sach.json", "dữ liệu cả kho, sổ công khai"),
        ("du-lieu/tep.json", "tep.json"),
        ("sitemap-2.xml", "sitemap"),
        ("assets/trang.css", tang_truong.OTHER),
    ],
)
def test_each_file_of_a_site_has_its_kind(path: str, kind: str) -> None:
    assert tang_truong.kind_of(path) == kind


def test_what_a_deploy_moves_is_told_by_the_content_of_files(tmp_path: Path) -> None:
    def lay(**files: str) -> dict[str, tang_truong.File]:
        for name, text in files.items():
            (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
        return tang_truong.listed(tmp_path)

    before = lay(cu="cũ", giu="giữ", mat="mất")
    (tmp_path / "mat.html").unlink()
    after = lay(cu="đã đổi", giu="giữ", moi="mới" * 1000)
    moved = tang_truong.changes(tmp_path, before, after)
    assert list(moved) == ["trang khác"]
    assert moved["trang khác"][:4] == (1, 1, 1, len(("đã đổi" + "mới" * 1000).encode()))
    assert moved["trang khác"].packed < 200
    assert tang_truong.changes(tmp_path, after, after) == {}


def test_compressed_bytes_of_many_files_are_drawn_from_some(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"{number:04}.txt").write_text("Ví dụ " * 50, encoding="utf-8")
    files = tang_truong.listed(tmp_path)
    one = tang_truong.packed(tmp_path, ["0000.txt"], files)
    assert tang_truong.packed(tmp_path, files, files) == 1000 * one
    assert tang_truong.packed(tmp_path, [], files) == 0
