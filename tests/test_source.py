"""Bytes to `Raw`: every value as text with its place, and the files that are entries."""

from __future__ import annotations

import json
import os
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chinhsach.source import EntryFile, Node, Raw, Scalar, Sequence, discover, list_files, read
from chinhsach.text import clean

PATH = "policies/van-phong-so/2023/vi-du.md"
steady = settings(deadline=None, derandomize=True)


def read_text(text: str) -> Raw:
    return read(PATH, text.encode())


def plain(node: Node) -> object:
    """A node without its places."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.value: plain(value) for key, value in node.entries}


def scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for key, value in node.entries:
            yield key
            yield from scalars(value)


def fault_of(text: str | bytes) -> tuple[str, int]:
    raw = read(PATH, text if isinstance(text, bytes) else text.encode())
    assert len(raw.faults) == 1
    assert raw.body == "" or raw.fields.entries
    return raw.faults[0].code, raw.faults[0].line


@pytest.mark.parametrize(
    "value",
    [
        "07",
        "no",
        "yes",
        "on",
        "true",
        "12:30",
        "1e3",
        "0x1F",
        "1_000",
        "2023-05-30",
        "3.14",
        ".5",
        "null",
        "~",
        "=",
        "<<",
    ],
)
def test_every_value_stays_the_text_that_was_typed(value: str) -> None:
    assert plain(read_text(f"---\nkhoa: {value}\n---\n").fields) == {"khoa": value}


def test_keys_and_values_carry_their_line_and_column_in_the_file() -> None:
    raw = read_text(
        "---\n"
        "# lời nhắc\n"
        "tieu_de: Một\n"
        "linh_vuc: [a, b]\n"
        "gop_y:\n"
        "  tu: 1/1/2023\n"
        "  hinh_thuc:\n"
        "    - loai: x\n"
        "---\n"
        "\n"
        "Bài\n"
    )
    places = {s.value: (s.line, s.column) for s in scalars(raw.fields)}
    assert places == {
        "tieu_de": (3, 1), "Một": (3, 10), "linh_vuc": (4, 1), "a": (4, 12), "b": (4, 15), "gop_y": (5, 1),
        "tu": (6, 3), "1/1/2023": (6, 7), "hinh_thuc": (7, 3), "loai": (8, 7), "x": (8, 13),
    }  # fmt: skip
    assert (raw.body, raw.body_line) == ("\nBài\n", 10)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("---\n", "--- \t\n"),
        lambda text: "\ufeff" + unicodedata.normalize("NFD", text).replace("\n", "\r\n"),
        lambda text: text.replace("Ủy", "Ủ\u200by"),
    ],
    ids=["BOM", "CRLF", "CR", "NFD", "fence with blanks", "BOM, NFD, CRLF", "zero-width"],
)
def test_what_editors_do_to_a_file_changes_nothing(change: object) -> None:
    text = "---\ntieu_de: Ủy ban nhân dân\nghi_chu: |\n  một\n  hai\n---\nBài: đường dẫn\n"
    expected, found = read_text(text), read_text(change(text))  # type: ignore[operator]
    assert found == expected
    assert expected.faults == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "thieu-dong-mo-dau", 1),
        ("\n\ntieu_de: x\n", "thieu-dong-mo-dau", 3),
        ("tieu_de: x\n---\n", "thieu-dong-mo-dau", 1),
        ("----\na: b\n----\n", "thieu-dong-mo-dau", 1),
        ("---\ntieu_de: x\n", "thieu-dong-ket-thuc", 1),
        ("\n---\ntieu_de: x\n", "thieu-dong-ket-thuc", 2),
        ("---\n---\nBài\n", "khong-co-khoa", 2),
        ("---\n# lời nhắc\n---\nBài\n", "khong-co-khoa", 2),
        ("---\nchỉ một câu\n---\n", "khong-co-khoa", 2),
        ("---\n- a\n- b\n---\n", "khong-co-khoa", 2),
        ("---\na: 1\nb: 2\na: 3\n---\n", "khoa-lap", 4),
        ("---\na: {b: 1, b: 2}\n---\n", "khoa-lap", 2),
        ("---\na: 1\n\tb: 2\n---\n", "yaml-hong", 3),
        ("---\na: 1\nb: [c\n---\n", "yaml-hong", 3),
        ("---\na: Hỏi: đáp\n---\n", "yaml-hong", 2),
        ('---\na: 1\nb: "x\n---\n', "yaml-hong", 3),
        ("---\na: &x 1\nb: *x\n---\n", "yaml-neo", 2),
        ("---\na: 1\nb: *x\n---\n", "yaml-neo", 3),
        ("---\na: !!python/name:os.system x\n---\n", "yaml-neo", 2),
        ("---\na: " + "[" * 60 + "]" * 60 + "\n---\n", "yaml-qua-sau", 2),
        ("---\n" + "? " * 90_000 + "\n---\n", "tep-qua-lon", 2),
        ("---\n" + "? " * 20_000 + "\n---\n", "yaml-qua-sau", 2),
        ("---\na: " + "x" * 60_001 + "\n---\n", "tep-qua-lon", 2),
        (b"---\na: b\n---\n" + b"x" * 1_000_001, "tep-qua-lon", 1),
        ("---\na: é\n---\n".encode("utf-16"), "sai-bang-ma", 1),
        ("---\na: 1\nb: Ủy\n---\n".encode("cp1258", "replace") + b"\xff", "sai-bang-ma", 5),
        (b"---\na: 1\nb: \xe1\n---\n", "sai-bang-ma", 3),
        (b"---\na: \x00\n---\n", "sai-bang-ma", 2),
    ],
)
def test_what_cannot_be_read_is_one_fault_at_its_line(text: str | bytes, code: str, line: int) -> None:
    assert fault_of(text) == (code, line)


def test_a_key_written_twice_keeps_its_first_value() -> None:
    raw = read_text("---\na: một\nb: hai\na: ba\n---\n")
    assert plain(raw.fields) == {"a": "một", "b": "hai"}
    assert raw.faults[0].values == {"khoa": "a", "dong_dau": "2"}


def test_a_body_may_hold_dashes_and_braces() -> None:
    raw = read_text("---\na: b\n---\n# {x}\n---\n\n---\n")
    assert raw.body == "# {x}\n---\n\n---\n"


words = st.text(alphabet="abc đưỳế0123:#-'\"{}[],&*!%@`|>?\\ ", min_size=1, max_size=12)
values: st.SearchStrategy[object] = st.recursive(
    words, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4), max_leaves=8
)


@steady
@given(st.dictionaries(words, values, min_size=1, max_size=6), st.text(alphabet="ab\n-", max_size=20))
def test_any_keys_and_values_read_back_with_their_line(data: dict[str, object], body: str) -> None:
    block = "\n".join(
        f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}" for k, v in data.items()
    )
    text = f"---\n{block}\n---\n{body}"
    raw = read_text(text)
    assert raw.faults == []
    assert plain(raw.fields) == data
    assert raw.body == body
    lines = text.split("\n")
    for scalar in scalars(raw.fields):
        written = json.dumps(scalar.value, ensure_ascii=False)
        assert lines[scalar.line - 1].startswith(written, scalar.column - 1)


@steady
@given(
    st.binary(max_size=200)
    | st.text(alphabet="-\n:[]{}&*!|> \tab\"'#?%", max_size=80).map(lambda block: f"---\n{block}\n---\nBài".encode())
    | st.text(max_size=80).map(lambda block: f"---\n{block}\n---\nBài".encode())
)
@example(b"---\n? ? ? a\n---\n")
@example(b"---\n%TAG ! tag:example.org,2000:\n---\n")
@example(b'---\na: "\\uD800"\n---\n')
@example(b"---\n? [a]\n: b\n---\n")
def test_any_bytes_are_read_or_refused_at_a_line_of_the_file(data: bytes) -> None:
    raw = read(PATH, data)
    lines = clean(data.decode("utf-8-sig", "replace")).count("\n") + 1
    for fault in raw.faults:
        assert 1 <= fault.line <= max(lines, 1)
        assert fault.column >= 1
    assert raw.fields.entries or raw.faults


def lay(root: Path, names: list[str]) -> None:
    for name in names:
        path = root / "policies" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


ENTRIES = {
    "van-phong-so/2023/mot.md": ("van-phong-so", "mot", "van-phong-so/2023/mot"),
    "van-phong-so/2024/hai/index.md": ("van-phong-so", "hai", "van-phong-so/2024/hai"),
    "phong-la/2023/ba.md": ("phong-la", "ba", "phong-la/2023/ba"),
    "_cho-phan-loai/bon.md": ("_cho-phan-loai", "bon", "_cho-phan-loai/bon"),
    "_cho-phan-loai/nam/index.md": ("_cho-phan-loai", "nam", "_cho-phan-loai/nam"),
    "_cho-phan-loai/2023/sau.md": ("_cho-phan-loai", "sau", "_cho-phan-loai/2023/sau"),
}
PASSED_OVER = [
    "_danh-muc/don-vi.yml",
    "_danh-muc/DOC-TOI.md",
    "_nhap/2023/x.md",
    ".git/x.md",
    "van-phong-so/.an.md",
    "van-phong-so/2023/.an.md",
    "van-phong-so/2023/mot/toan-van.md",
    "van-phong-so/2023/mot/a.pdf",
    "van-phong-so/2024/hai/b.pdf",
    "_cho-phan-loai/bon/c.pdf",
]
MISPLACED = [
    "van-phong-so/khong-nam.md",
    "van-phong-so/23",
    "van-phong-so/2023/tep-le.pdf",
    "van-phong-so/2023/thu-muc-le",
    "goc.md",
    ".gitattributes",
    "van-phong-so/.gitignore",
    "van-phong-so/2023/.gitattributes",
    "van-phong-so/2023/mot/.gitattributes",
]


def test_each_file_of_policies_is_an_entry_or_misplaced_or_passed_over(tmp_path: Path) -> None:
    lay(tmp_path, [*ENTRIES, *PASSED_OVER, *(m if "." in m else f"{m}/x.md" for m in MISPLACED)])
    layout = discover(tmp_path)
    assert {
        e.path.removeprefix("policies/"): (e.folder, e.stem, e.files.removeprefix("policies/")) for e in layout.entries
    } == ENTRIES
    assert sorted(layout.misplaced) == sorted(f"policies/{m}" for m in MISPLACED)


def test_the_order_of_files_on_disk_does_not_matter(tmp_path: Path) -> None:
    names = [*ENTRIES, *PASSED_OVER]
    found = []
    for seed in range(3):
        random.Random(seed).shuffle(names)
        lay(tmp_path / str(seed), names)
        found.append(discover(tmp_path / str(seed)))
    assert found[0] == found[1] == found[2]


def test_links_lead_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (outside / "kin.md").write_text("---\na: b\n---\n")
    lay(tmp_path, ["van-phong-so/2023/mot.md", "van-phong-so/2023/mot/a.pdf"])
    base = tmp_path / "policies"
    os.symlink(outside / "kin.md", base / "van-phong-so/2023/noi.md")
    os.symlink(outside, base / "van-phong-so/2024")
    os.symlink(outside, base / "phong-noi")
    os.symlink(outside / "kin.md", base / "van-phong-so/2023/mot/kin.md")
    layout = discover(tmp_path)
    assert [e.path for e in layout.entries] == ["policies/van-phong-so/2023/mot.md"]
    assert sorted(layout.misplaced) == [
        "policies/phong-noi",
        "policies/van-phong-so/2023/noi.md",
        "policies/van-phong-so/2024",
    ]
    assert list(list_files(tmp_path, layout.entries[0])) == ["a.pdf"]


def test_an_entry_without_a_folder_has_no_files(tmp_path: Path) -> None:
    assert list_files(tmp_path, EntryFile("policies/a/2023/x.md", "a", "x", "policies/a/2023/x")) == {}
    assert discover(tmp_path / "khong-co").entries == ()


def test_an_index_lists_the_files_beside_it_and_not_itself(tmp_path: Path) -> None:
    lay(tmp_path, ["a/2023/x/index.md", "a/2023/x/b.pdf", "a/2023/x/.an", "a/2023/x/sau/c.pdf"])
    (entry,) = discover(tmp_path).entries
    assert list(list_files(tmp_path, entry)) == ["b.pdf"]
