"""The full-text index: what it holds, that a part is kept rightly, and that its numbers can be read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_golden import NOW, ROOT

from chinhsach import catalogue, vocabulary
from chinhsach.outputs import full_text_index, passages
from chinhsach.outputs.passages import Document, Passage

FOLDER = full_text_index.FOLDER


class Memory:
    """A cache that counts what it was asked to make."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.stored = 0

    def load(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def store(self, key: str, content: bytes) -> None:
        self.stored += 1
        self.kept[key] = content


def doc(entry_id: str, *texts: str) -> Document:
    """A document of these passages, under one heading."""
    return Document(
        entry_id, f"Ví dụ {entry_id}", "1/QĐ", "Ví dụ", tuple(Passage(1, "dieu-1", "Điều 1", t) for t in texts)
    )


def made(years: dict[int, list[Document]], cache: Memory | None = None) -> dict[str, bytes]:
    """The files of an index by path."""
    return dict(full_text_index.index(years, cache or Memory()))


def numbers(steps: str) -> list[int]:
    """What tim-kiem-toan-van.js reads out of the digits of the index."""
    digits = [chr(c) for c in range(35, 127) if c != 92][:90]
    out, at, value, scale = [], -1, 0, 1
    for char in steps:
        digit = digits.index(char)
        if digit >= 45:
            value, scale = value + (digit - 45) * scale, scale * 45
        else:
            at += value + digit * scale + 1
            out.append(at)
            value, scale = 0, 1
    return out


def places(files: dict[str, bytes], term: str) -> list[int]:
    """The passages in which a term stands."""
    contents = json.loads(files[FOLDER + "muc-luc.json"])
    width = full_text_index.FINE_SHARDS // contents["so_tep"]
    shard = json.loads(files[f"{FOLDER}{contents['phien_ban']}/{full_text_index.shard_of(term) // width}.json"])
    return numbers(shard.get(term, ""))


def texts(files: dict[str, bytes]) -> list[str]:
    """Every passage in the order of its number."""
    found = []
    for year in json.loads(files[FOLDER + "muc-luc.json"])["nam"]:
        for place in range(len(numbers(year["tep"]))):
            chunk = json.loads(files[f"{FOLDER}{year['nam']}/{year['ma']}/{place}.json"])
            found.extend(f"{heading} {text}" for _, _, _, heading, text in chunk["doan"])
    return found


@given(st.sets(st.integers(0, 5_000_000), min_size=1, max_size=60))
def test_rising_numbers_come_back(wanted: set[int]) -> None:
    rising = sorted(wanted)
    steps = full_text_index._chain([(rising[0], rising[-1], full_text_index._steps(rising))])
    assert numbers(steps) == rising


def test_a_term_leads_to_every_passage_that_holds_it_over_all_years() -> None:
    years = {
        year: [
            doc(f"tin-{year}-{n}", f"Thời hạn góp vốn là {year} ngày", "Đường đi. " * (n % 3 + 1)) for n in range(40)
        ]
        for year in (2020, 2024, 2026)
    }
    files = made(years)
    every = texts(files)
    for term, text in (
        ("gop von", "góp vốn"),
        ("von la", "vốn là"),
        ("duong di", "Đường đi"),
        ("2024 ngay", "2024 ngày"),
    ):
        folded = [n for n, passage in enumerate(every) if text in passage]
        assert len(folded) >= 13
        assert [n for n in places(files, term) if n in folded] == folded
    assert places(files, "khong co") == []


def test_the_index_is_the_same_with_and_without_what_was_kept() -> None:
    years = {2025: [doc("b", "Nội dung b"), doc("a", "Nội dung a")], 2026: [doc("c", "Nội dung c")]}
    cache = Memory()
    first = made(years, cache)
    again = made({2026: years[2026], 2025: list(reversed(years[2025]))}, cache)
    assert first == again == made(years)
    assert cache.stored == 2


def test_a_changed_entry_makes_only_its_own_year_again() -> None:
    years = {year: [doc(f"tin-{year}", "Nội dung")] for year in range(2000, 2026)}
    cache = Memory()
    before = made(years, cache)
    cache.stored = 0
    after = made({**years, 2024: [doc("tin-2024", "Nội dung đã sửa")]}, cache)
    assert cache.stored == 1
    changed = {path.split("/")[2] for path in set(before) ^ set(after)}
    assert {name for name in changed if name.isdigit() and len(name) == 4} == {"2024"}


def test_what_is_kept_and_no_longer_used_is_thrown_away(tmp_path: Path) -> None:
    cache = full_text_index.FolderCache(tmp_path / "kho")
    dict(full_text_index.index({2026: [doc("a", "Nội dung cũ")]}, cache))
    assert len(list((tmp_path / "kho").iterdir())) == 1
    newer = full_text_index.FolderCache(tmp_path / "kho")
    dict(full_text_index.index({2026: [doc("a", "Nội dung mới")]}, newer))
    newer.prune()
    assert {path.name for path in (tmp_path / "kho").iterdir()} == newer.used


def test_a_damaged_part_is_made_again(tmp_path: Path) -> None:
    years = {2026: [doc("a", "Nội dung")]}
    wanted = dict(full_text_index.index(years, full_text_index.FolderCache(tmp_path)))
    (kept,) = tmp_path.iterdir()
    for damage in (b"", b"x", kept.read_bytes()[:40]):
        kept.write_bytes(damage)
        assert dict(full_text_index.index(years, full_text_index.FolderCache(tmp_path))) == wanted
        assert kept.read_bytes() != damage


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("không phải thư mục")
    years = {2026: [doc("a", "Nội dung")]}
    assert dict(full_text_index.index(years, full_text_index.FolderCache(tmp_path / "tep/kho"))) == made(years)


ENTRY = """---
tieu_de: "Ví dụ: tin để thử tìm trong toàn văn"
tom_tat: "Ví dụ: tóm tắt của một tin dựng ra để thử, đủ dài cho đúng khuôn khổ."
loai: cong-van
so_ky_hieu: "12/SKHĐT-VP"
co_quan_ban_hanh: Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn
ngay_ban_hanh: 2023-05-30
trich_yeu: "Ví dụ"
linh_vuc: [phap-che]
doi_tuong: [nguoi-dan]
nguon: https://example.org/vi-du
ngay_dang: 2023-06-01
{more}---

## Điểm chính

Chữ riêng {word} chỉ đứng ở đây.
"""


@pytest.mark.parametrize(
    "more",
    [
        "trang_thai: ban-nhap\n",
        "trang_thai: da-go\ngo_tin: {ngay: 2023-07-01, ly_do: ví dụ}\n",
        "trang_thai: da-go\ngo_tin: {ngay: 2023-07-01, ly_do: ví dụ, che_do: xoa-noi-dung}\n",
    ],
)
def test_only_listed_entries_are_indexed(tmp_path: Path, more: str) -> None:
    folder = tmp_path / "policies/van-phong-so/2023"
    folder.mkdir(parents=True)
    (folder / "hien.md").write_text(ENTRY.format(more="", word="thấykhông"), encoding="utf-8")
    (folder / "an.md").write_text(ENTRY.format(more=more, word="giấukín"), encoding="utf-8")
    loaded = catalogue.load(tmp_path, vocabulary.load(ROOT), NOW, preview=True)
    assert len(loaded.entries) == 2
    files = dict(full_text_index.files(loaded, Memory()))
    assert any("thấykhông".encode() in content for content in files.values())
    assert not any("giấukín".encode() in content or b"giaukin" in content for content in files.values())


def test_passages_hold_every_word_of_the_page_once_and_start_at_anchors_that_exist() -> None:
    loaded = catalogue.load(ROOT, vocabulary.load(ROOT), NOW)
    seen = 0
    for entry in loaded.entries:
        if entry.full_text is None:
            continue
        found = [p for p in passages.document(entry, loaded).passages if p.page == passages.FULL_TEXT_PAGE]
        assert {p.anchor for p in found} - {""} <= entry.full_text.anchors
        assert max(len(p.text) for p in found) < passages.PASSAGE_LENGTH * 4
        seen += len(found)
    assert seen > 1000


def test_an_article_is_found_under_its_own_heading() -> None:
    source = '<h2 class="dieu" id="dieu-3">Điều 3. Mức hỗ trợ</h2><p>Một &amp; hai</p>'
    long = '<p id="dieu-4-khoan-1">' + "Chữ dài. " * 110 + '</p><p id="dieu-4-khoan-2">Khoản hai.</p>'
    found = list(passages.cut(source + '<h2 id="dieu-4">Điều 4</h2>' + long, passages.FULL_TEXT_PAGE))
    assert found[0] == Passage(1, "dieu-3", "Điều 3. Mức hỗ trợ", "Một & hai")
    assert [(p.anchor, p.heading) for p in found[1:]] == [("dieu-4", "Điều 4"), ("dieu-4-khoan-2", "Điều 4")]
