"""Nothing that a clerk can write is published broken, told twice, or ends in a traceback.

The broken entries are the table of hostile_cases.py; each kind of mistake is laid out as one repository,
with one good entry in it that must come out.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hostile import BODY, FOLDER, PROFILES, Case, Tree, entry_id, good_files, good_pairs, mark, simple, write
from hostile_cases import CASES, OUTSIDE, SECRET, all_places
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import templates

from chinhsach import app, catalogue, check, cli, clock, vocabulary
from chinhsach.catalogue import Catalogue
from chinhsach.check import Report
from chinhsach.dates import VN
from chinhsach.kinds import Many, Record
from chinhsach.outputs.site import CONTENT_MARK, HEAD_MARK, Site
from chinhsach.policy import Policy
from chinhsach.problems import FORMATS, Problem
from chinhsach.schema import FIELDS
from chinhsach.site_config import SiteConfig
from chinhsach.vocabulary import Vocabularies

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=VN)
EPOCH = str(int(NOW.timestamp()))
GOOD = 9000
DANGEROUS = re.compile(
    r"<(script|iframe|object|embed|svg|math|style|form|base|meta|link)\b|\s(on[a-z]+|style)\s*=|(java|vb)script:", re.I
)
EXTRA = {"khong_gian_ten": "1560ab21-67f1-410e-8230-1bfcf1eaac72", "ten_trang": "Ví dụ", "co_quan": "Ví dụ"}
URL = "https://example.org/vi-du/"

GROUPS = list(dict.fromkeys(case.group for case in CASES))
PROPERTY = settings(derandomize=True, deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))


def shell(section: str) -> str:
    """A frame without a generator."""
    return f"<!doctype html><html lang=vi><head>{HEAD_MARK}</head><body>{CONTENT_MARK}</body></html>"


@cache
def project_vocabularies() -> Vocabularies:
    """The vocabularies of this repository, read once."""
    return vocabulary.load(ROOT)


def lay_out(root: Path, *trees: Tree) -> Path:
    """A repository with this project's vocabularies and templates, and these entries."""
    (root / "policies").mkdir(parents=True)
    (root / "policies" / "_danh-muc").symlink_to(ROOT / "policies" / "_danh-muc")
    (root / "docs").symlink_to(ROOT / "docs")
    (root / "mkdocs.yml").touch()
    (root / OUTSIDE).write_text(SECRET, encoding="utf-8")
    for tree in trees:
        tree.lay(root)
    return root


def alone(number: int, data: bytes | str, files: dict[str, bytes] | None = None) -> Tree:
    """One entry in its usual place."""
    content = data.encode() if isinstance(data, str) else data
    return Tree({f"{FOLDER}/{entry_id(number)}.md": content, **(files or {})})


def site_of(known: Catalogue, root: Path) -> dict[str, bytes]:
    """Every file of the site by its path."""
    site = Site(known, SiteConfig.from_mapping(URL, EXTRA), templates(), shell)
    return {o.path: o.content.read_bytes() if isinstance(o.content, Path) else o.content for o in site.files()}


@pytest.fixture(scope="module", autouse=True)
def _one_moment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        patch.delenv(app.PREVIEW_VARIABLE, raising=False)
        assert clock.now() == NOW
        yield


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, Report]]:
    """A kind of mistake as a repository, and what the check says of it; made once."""
    made: dict[str, tuple[Path, Report]] = {}

    def of(group: str) -> tuple[Path, Report]:
        if group not in made:
            trees = [case.tree for case in CASES if case.group == group]
            root = lay_out(tmp_path_factory.mktemp("kho") / "kho", alone(GOOD, simple(GOOD)), *trees)
            made[group] = root, check.check(root, NOW)
        return made[group]

    return of


# The table


def test_the_table_has_many_kinds_of_mistake() -> None:
    assert len(CASES) >= 300
    assert min(Counter(case.group for case in CASES).values()) >= 20
    assert len({(case.group, case.name) for case in CASES}) == len(CASES)


def test_the_good_entries_hold_every_key() -> None:
    known = {tuple(part for part in place if isinstance(part, str)) for place in all_places()}
    wanted = set()

    def walk(fields: Any, before: tuple[str, ...]) -> None:
        for row in fields:
            wanted.add((*before, row.key))
            kind = row.kind.kind if isinstance(row.kind, Many) else row.kind
            if isinstance(kind, Record):
                walk(kind.fields, (*before, row.key))

    walk(FIELDS, ())
    # A file or an address, never both; a hash and an id that would have to be those of something else.
    left_out = {("gop_y", "ket_qua", "url"), ("duyet", "ma_bam"), ("go_tin", "thay_bang")}
    assert wanted - known == left_out


@pytest.mark.parametrize("profile", PROFILES)
def test_the_good_entries_give_no_problem(profile: str, tmp_path: Path) -> None:
    text = write(good_pairs(1, profile)).text + BODY
    report = check.check(lay_out(tmp_path / "kho", alone(1, text, good_files(1, profile))), NOW)
    assert [problem.as_text() for problem in report.problems] == []


# Every broken entry


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_mistake_is_told_once_at_its_line(case: Case, project: Callable[[str], tuple[Path, Report]]) -> None:
    root, report = project(case.group)
    found = [problem for problem in report.problems if problem.path == case.path]
    assert [(p.code, p.line, p.is_error) for p in found] == [(case.code, case.line, True)], "\n".join(
        p.as_text() for p in found
    )
    words = found[0].words
    assert all(sentence == sentence.strip() != "" and "\n" not in sentence for sentence in words)
    assert words.fix not in (words.what, words.why)
    assert_line_exists(found[0], root)


def assert_line_exists(problem: Problem, root: Path) -> None:
    """A problem's line is one of its file; of what is no file (a folder, a link) it is the first."""
    path = root / problem.path
    lines = len(re.split(rb"\r\n|\r|\n", path.read_bytes())) if path.is_file() else 1
    assert 1 <= problem.line <= lines
    assert problem.column >= 1


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_else_is_told(group: str, project: Callable[[str], tuple[Path, Report]]) -> None:
    _, report = project(group)
    assert {problem.path for problem in report.problems} == {case.path for case in CASES if case.group == group}


@pytest.mark.parametrize("group", GROUPS)
def test_the_command_refuses_in_each_format_and_a_build_says_the_same(
    group: str,
    project: Callable[[str], tuple[Path, Report]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root, report = project(group)
    monkeypatch.chdir(root)
    said = {}
    for form in FORMATS:
        assert cli.main(["kiem-tra", "--dinh-dang", form]) == 1
        said[form], errors = capsys.readouterr()
        assert errors == ""
        monkeypatch.setattr(
            cli, "check", lambda *_: report
        )  # read once by the command itself; a form changes no finding
        assert "Traceback" not in said[form]
    rows = [json.loads(line) for line in said["json"].splitlines()]
    assert [(row["ma_loi"], row["dong"], row["muc_do"]) for row in rows] == [
        (p.code, p.line, "loi") for p in report.problems
    ]
    assert all(all(row[key] for key in ("tep", "cot", "thong_diep", "vi", "cach_sua")) for row in rows)
    annotations = said["github"].splitlines()
    assert len(annotations) == len(report.problems)
    assert all(re.match(r"::error file=[^,]+,line=\d+,col=\d+,title=[a-z-]+::.", line) for line in annotations)
    with pytest.raises(app.Refused) as refused:
        app.open_project(root, URL, EXTRA, lenient=False, log=pytest.fail)
    assert str(refused.value).strip() == said["van-ban"].strip()


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_broken_is_published_while_serving(group: str, project: Callable[[str], tuple[Path, Report]]) -> None:
    root, report = project(group)
    logged: list[object] = []
    opened = app.open_project(root, URL, EXTRA, lenient=True, log=logged.append)
    assert logged == [problem.as_text() for problem in report.problems]
    files = site_of(opened.catalogue, root)
    assert f"chinh-sach/{entry_id(GOOD)}/index.html" in files
    whole = "\n".join([*files, *(content.decode("utf-8", "replace") for content in files.values())])
    assert mark(GOOD) in whole
    assert SECRET not in whole
    assert not [
        case.name for case in CASES if case.group == group and (case.mark in whole or f"chinh-sach/{case.id}/" in whole)
    ]


def test_a_report_goes_through_a_pipe_in_another_encoding(project: Callable[[str], tuple[Path, Report]]) -> None:
    root, report = project("sai chỗ")  # has a file name that is not UTF-8
    for encoding in ("cp1252", "ascii", "utf-8"):
        run = subprocess.run(
            [sys.executable, "-m", "chinhsach.cli", "kiem-tra", "--dinh-dang", "json"],
            cwd=root, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": encoding},
        )  # fmt: skip
        assert (run.returncode, run.stderr) == (1, b"")
        assert len(run.stdout.decode("utf-8").splitlines()) == len(report.problems)


@pytest.mark.dung_trang
def test_mkdocs_refuses_a_sample_with_the_same_messages(tmp_path: Path) -> None:
    by_group: dict[str, list[Case]] = defaultdict(list)
    for case in CASES:
        by_group[case.group].append(case)
    sample = [cases[len(cases) // 3] for cases in by_group.values()]
    root = lay_out(tmp_path / "kho", alone(GOOD, simple(GOOD)), *(case.tree for case in sample))
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    (root / "hooks").symlink_to(ROOT / "hooks")
    report = check.check(root, NOW)
    assert {(p.path, p.code) for p in report.problems} == {(case.path, case.code) for case in sample}
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"], cwd=root, capture_output=True, text=True, check=False
    )
    output = run.stdout + run.stderr
    assert run.returncode != 0
    assert "Traceback" not in output
    assert "\n\n".join(problem.as_text() for problem in report.problems) in output
    assert not (root / "site").exists()


# What must pass


def parsed(root: Path, number: int) -> tuple[Policy, Report]:
    """The entry's model, and the whole report, with only this entry in it."""
    report = check.check(root, NOW)
    assert report.catalogue is not None
    entry = report.catalogue.find(entry_id(number))
    assert entry is not None
    return entry.policy, report


ACCEPTED: dict[str, Callable[[str], str | bytes]] = {
    "dấu thứ tự byte": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "BOM và CRLF": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "NFD, một nửa": lambda text: unicodedata.normalize("NFD", text[: len(text) // 2]) + text[len(text) // 2 :],
    "tab thay dấu cách trong giá trị": lambda text: text.replace("lịch trực của", "lịch\ttrực\tcủa"),
    "tab sau dấu hai chấm": lambda text: text.replace("loai: ", "loai:\t"),
    "dấu cách cuối dòng": lambda text: "\n".join(
        f"{line}  " if line and i < 14 else line for i, line in enumerate(text.split("\n"))
    ),
    "tab sau dòng gạch": lambda text: text.replace("---\n", "---\t\n", 2),
    "dòng trống trước dòng gạch": lambda text: "\n \n\n" + text,
    "dòng trống giữa các khóa": lambda text: text.replace("\nloai:", "\n\n\nloai:"),
    "chú thích": lambda text: text.replace("\nloai:", "\n# chú thích\nloai:").replace(
        "cong-van", "cong-van  # công văn"
    ),
    "dấu cách không ngắt trong giá trị": lambda text: text.replace("lịch trực", "lịch\u00a0trực"),
    "dấu cách không ngắt sau hai chấm": lambda text: text.replace("loai: ", "loai:\u00a0"),
    "dấu cách rộng bằng không": lambda text: text.replace("lịch trực", "lịch\u200b \ufefftrực\u200d"),
    "dấu cách rộng bằng không trong khóa": lambda text: text.replace("loai: ", "loai\u200b: "),
    "gạch nối mềm": lambda text: text.replace("phòng", "ph\u00adòng"),
    "dấu đổi chiều chữ": lambda text: text.replace("lịch trực", "\u202elịch trực\u202c"),
    "điều khiển C1 của Windows-1252": lambda text: text.replace("lịch trực", "\u0093lịch trực\u0094"),
    "ký tự điều khiển": lambda text: text.replace("lịch trực", "lịch\x0b \x1b\x07trực"),
    "dấu ngăn đoạn Unicode": lambda text: text.replace("lịch trực", "lịch\u2028 trực\u2029"),
    "nháy đơn": lambda text: re.sub(r'"(Ví dụ: [^"]*)"', r"'\1'", text),
    "xuống dòng trong giá trị": lambda text: text.replace("lịch trực của một phòng, ", "lịch trực\n  của một phòng, "),
    "khóa trong nháy": lambda text: text.replace("\nloai:", '\n"loai":'),
    "thân trống": lambda text: text.partition("\n---\n")[0] + "\n---\n",
    "không có dòng cuối": lambda text: text.partition("\n---\n")[0] + "\n---",
    "thân toàn khoảng trắng": lambda text: text.partition("\n---\n")[0] + "\n---\n\n \t\n\u00a0\n",
    "đường kẻ trong thân": lambda text: text + "\n---\n\nĐoạn.\n\n---\n",
    "mã HTML trong khối mã": lambda text: (
        text + "\n```html\n<script>alert(1)</script>\n```\n\n`<b onclick=a>`, `javascript:a`\n"
    ),
    "mã HTML không thành thẻ": lambda text: (
        text + "\n<svg/onload=alert(1)> và 1 < 2, a<b, \\<script>alert(1)\\</script>\n"
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_odd_but_clear_form_reads_like_the_plain_one(name: str, tmp_path: Path) -> None:
    plain, _ = parsed(lay_out(tmp_path / "thuong", alone(1, simple(1))), 1)
    root = lay_out(tmp_path / "la", alone(1, ACCEPTED[name](simple(1))))
    odd, report = parsed(root, 1)
    assert [problem.as_text() for problem in report.problems] == []
    assert odd == plain
    assert report.catalogue is not None
    page = site_of(report.catalogue, root)[f"chinh-sach/{entry_id(1)}/index.html"].decode()
    assert plain.title in page
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e\ufeff]", page)


DATES = (
    "2023-05-30",
    "30/5/2023",
    "30-5-2023",
    "30.05.2023",
    "ngày 30 tháng 5 năm 2023",
    "30/05/2023",
    "Ngày 30 tháng 05 năm 2023",
)
TIMES = (
    "2023-06-05T08:00",
    "5/6/2023 08:00",
    "05.06.2023 08:00:00",
    "2023-06-05T08:00:00+07:00",
    "ngày 5 tháng 6 năm 2023 08:00",
)


@pytest.mark.parametrize(("key", "form"), [*(("ngay_ban_hanh", d) for d in DATES), *(("ngay_dang", t) for t in TIMES)])
def test_each_form_of_a_date_reads_the_same(key: str, form: str, tmp_path: Path) -> None:
    text = re.sub(rf"^{key}: .*$", f"{key}: {form}", simple(1), flags=re.M)
    policy, report = parsed(lay_out(tmp_path / "kho", alone(1, text)), 1)
    assert not report.problems
    assert (policy.issued, policy.published) == (
        datetime(2023, 5, 30).date(),
        datetime(2023, 6, 5, 8 if key == "ngay_dang" else 0, tzinfo=VN),
    )


@pytest.mark.parametrize("quotes", ["“”", "‘’", "«»", "–—", "…•", "\u0093\u0094"])
def test_marks_that_word_types_pass_in_values_and_body(quotes: str, tmp_path: Path) -> None:
    text = (
        simple(1)
        .replace("lịch trực", f"{quotes[0]}lịch trực{quotes[1]}")
        .replace("Bài ví dụ", f"Bài {quotes[0]}ví dụ{quotes[1]}")
    )
    policy, report = parsed(lay_out(tmp_path / "kho", alone(1, text)), 1)
    assert not report.problems
    assert "lịch trực" in policy.title


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</title><script>alert(1)</script>",
        '"><svg onload=alert(1)>',
        "{{ 7*7 }}{% raw %}",
        "]]><script>alert(1)</script>",
    ],
)
def test_a_hostile_title_appears_as_text(title: str, tmp_path: Path) -> None:
    pairs = tuple(
        (key, json.dumps(title) if key in ("tieu_de", "trich_yeu", "pham_vi", "nguoi_ky") else value)
        for key, value in good_pairs(1)
    )
    root = lay_out(tmp_path / "kho", alone(1, write(pairs).text + BODY, good_files(1)))
    policy, report = parsed(root, 1)
    assert not report.problems
    assert policy.title == title
    assert report.catalogue is not None
    files = site_of(report.catalogue, root)
    shown = [content.decode() for path, content in files.items() if path.endswith(".html")]
    tag = re.search(r"<(script|img|svg)\b[^>]*alert", title)
    for page in shown:
        assert tag is None or tag[0] not in page
        assert "<script>alert" not in page
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    assert escaped in files[f"chinh-sach/{entry_id(1)}/index.html"].decode()
    assert escaped in files["chinh-sach/index.html"].decode()
    assert json.loads(files["du-lieu/chinh-sach.json"])["entries"][0]["tieu_de"] == title
    assert "<script>" not in files["rss.xml"].decode().replace("]]>", "")


@pytest.mark.parametrize(
    "piece",
    [
        "Đoạn ví dụ dài.\n\n",
        "- mục [web](https://example.org/a)\n",
        "| a | b |\n|---|---|\n| c | d |\n\n",
        "## Đề mục\n\nChữ.\n\n",
        "**đậm** ",
        "<div>\nchữ\n</div>\n",
        "<img ",
        "&amp;",
        "[^1] ",
    ],
)
def test_a_very_long_body_passes_or_is_refused_but_ends(piece: str, tmp_path: Path) -> None:
    length = 900_000 if piece[0] in "Đ-|#" else 100_000
    body = "\n" + piece * (length // len(piece.encode()))
    root = lay_out(tmp_path / "kho", alone(1, simple(1, body)))
    _, report = parsed(root, 1)
    assert {problem.code for problem in report.problems} <= {"cau-dai"}  # a sentence of ten thousand words
    assert report.catalogue is not None
    assert len(site_of(report.catalogue, root)[f"chinh-sach/{entry_id(1)}/index.html"]) > 1000


@pytest.mark.parametrize("piece", ["> ", ">", "<div>\n", "<b>x"])
def test_what_nests_beyond_all_measure_is_refused(piece: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path / "kho", alone(1, simple(1, "\n" + piece * (400_000 // len(piece)) + "chữ")))
    assert [problem.code for problem in check.check(root, NOW).problems] == ["long-qua-sau"]


@pytest.mark.parametrize("piece", ["<img ", "<h1>", "< \t", ' href="', "<a onclick", "<!--", "![", "[a]("])
def test_unfinished_html_does_not_cost_its_square(piece: str, tmp_path: Path) -> None:
    body = "\n<div>\n" + piece * (200_000 // len(piece)) + "<" + " " * 200_000
    report = check.check(lay_out(tmp_path / "kho", alone(1, simple(1, body))), NOW)
    for problem in report.problems:
        assert_line_exists(problem, tmp_path / "kho")


def test_the_order_of_files_on_disk_does_not_matter(tmp_path: Path) -> None:
    cases = [case for case in CASES if case.group in ("mã trùng", "tệp giả", "sai chỗ")]
    good = [alone(GOOD + n, simple(GOOD + n)) for n in range(20)]
    results = []
    for seed in range(3):
        trees = [*good, *(case.tree for case in cases)]
        random.Random(seed).shuffle(trees)
        root = lay_out(tmp_path / str(seed), *trees)
        opened = app.open_project(root, URL, EXTRA, lenient=True, log=lambda _: None)
        report = check.check(root, NOW)
        results.append(([problem.as_text() for problem in report.problems], site_of(opened.catalogue, root)))
    assert results[0] == results[1] == results[2]
    assert f"chinh-sach/{entry_id(GOOD + 19)}/index.html" in results[0][1]


# Properties


@contextmanager
def one_entry(data: bytes) -> Iterator[tuple[Path, Catalogue, list[Problem]]]:
    """A repository with these bytes as its only entry, and what the check says."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        alone(1, data, good_files(1)).lay(root)
        read = catalogue.load(root, project_vocabularies(), NOW, preview=True)
        yield root, read, check.find_problems(read)


def assert_holds(data: bytes) -> None:
    """The check ends; each problem has a line of the file and three sentences; what is accepted can be rendered."""
    with one_entry(data) as (root, read, problems):
        for problem in problems:
            assert_line_exists(problem, root)
            assert all(sentence.strip() for sentence in problem.words)
            for form in FORMATS.values():
                form(problem).encode("utf-8")
            assert len(problem.as_json().splitlines()) == 1
        assert len(set(problems)) == len(problems)
        if any(problem.is_error for problem in problems):
            return
        accepted = catalogue.assemble(read.entries, read.vocabularies, NOW, root, preview=True)
        entry = accepted.entries[0]
        assert f"chinh-sach/{entry.id}/index.html" in site_of(accepted, ROOT)
        tags = re.findall(r"<[a-z][^<>]*>", entry.body.html, re.I)
        assert not [tag for tag in tags if DANGEROUS.search(tag)]


@PROPERTY
@given(st.binary(max_size=400))
def test_random_bytes_never_raise(data: bytes) -> None:
    assert_holds(data)


@PROPERTY
@given(st.text(max_size=300), st.text(max_size=100))
def test_random_text_between_the_dashes_never_raises(rows: str, body: str) -> None:
    assert_holds(f"---\n{rows}\n---\n{body}".encode("utf-8", "surrogatepass"))


KEYS = st.sampled_from([str(part) for place in all_places() for part in place if isinstance(part, str)])
WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            "~",
            "null",
            "co",
            "khong",
            "30/2/2023",
            "30/5/2023",
            "tat-ca",
            "https://example.org/",
            "07",
            "12:30",
            "no",
            "a.pdf",
            "<b>",
        ]
    ),
)
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | WORDS, inner, max_size=4), max_leaves=12
)


@PROPERTY
@given(st.dictionaries(KEYS | WORDS, VALUES, max_size=8), st.booleans())
def test_a_random_structure_never_raises(values: dict[str, Any], flow: bool) -> None:
    text = yaml.safe_dump(values, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    assert_holds(f"---\n{text}---\n\nVí dụ.\n".encode("utf-8", "surrogatepass"))


@PROPERTY
@given(st.sampled_from(sorted(PROFILES)), KEYS, VALUES)
def test_a_random_value_in_a_good_entry_never_raises(profile: str, key: str, value: Any) -> None:
    shown = (
        yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10**6).removesuffix("...\n").strip()
    )
    pairs = dict(good_pairs(1, profile))
    pairs[key] = shown
    assert_holds((write(tuple(pairs.items())).text + BODY).encode("utf-8", "surrogatepass"))


PIECES = st.sampled_from(
    [
        *(
            b"\n",
            b"---\n",
            b": ",
            b"- ",
            b"[",
            b"]",
            b"{",
            b"}",
            b'"',
            b"'",
            b"&a ",
            b"*a",
            b"!",
            b"|\n",
            b">\n",
            b"#",
            b"%",
            b"@",
            b"\t",
            b"\0",
        ),
        *(
            b"\xff",
            b"\xe1\xbb",
            b"\xc2\xa0",
            b"\xe2\x80\x8b",
            b"\r",
            b"<script>",
            b"<b onclick=a>",
            b"](javascript:a)",
            b"![a](b.png)",
            b"...",
        ),
        *(
            b"\xe1\xba\xa1",
            b"? ",
            b",",
            b"\\",
            b"<!--",
            b"[^1]",
            b"[^1]: a\n",
            b"| a |\n|---|\n",
            b"# ",
            b"~~~\n",
            b"&#x6A;",
            b"=\n",
        ),
    ]
)
MUTATIONS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES | st.binary(max_size=4)), min_size=1, max_size=4
)


@PROPERTY
@given(st.sampled_from(sorted(PROFILES)), MUTATIONS)
def test_a_random_mutation_of_a_good_file_never_raises(profile: str, mutations: list[tuple[float, int, bytes]]) -> None:
    data = (write(good_pairs(1, profile)).text + BODY).encode()
    for where, removed, piece in mutations:
        at = int(where * len(data))
        data = data[:at] + piece + data[at + removed :]
    assert_holds(data)


BODIES = st.lists(
    PIECES.map(lambda piece: piece.decode("utf-8", "ignore"))
    | st.text(max_size=8)
    | st.sampled_from(
        [
            "<a href=",
            "<img ",
            "</b>",
            "<div>\n",
            "\n\n",
            "`",
            "**",
            "](toan-van/#dieu-1)",
            "](#diem-chinh)",
            "<p ",
            'style="a"',
            ">",
        ]
    ),
    max_size=14,
)


@PROPERTY
@given(BODIES)
def test_a_random_body_never_raises_and_never_runs(pieces: list[str]) -> None:
    assert_holds(simple(1, BODY + "\n" + "".join(pieces)).encode("utf-8", "ignore"))
