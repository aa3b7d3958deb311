"""The clerk's guide is true: its entries pass the check, its keys and words exist, its commands and message are real.

In the guide a `markdown` block is a whole entry, whose path stands in the text before it; a `yaml` block is a piece
of one; a `sh` block holds commands; wrong spellings and messages stand in `text` blocks.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import vi_du_loi
from word_files import CASES

from chinhsach import catalogue, check, cli, source, vocabulary
from chinhsach.dates import parse_moment
from chinhsach.kinds import Choice, Field, Many, Record
from chinhsach.problems import Problem
from chinhsach.rules import RULES
from chinhsach.schema import FIELDS
from chinhsach.vocabulary import Vocabularies

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "huong-dan" / "index.md"
NOW = parse_moment("31/12/2026 08:00")
OTHERS = ("bat-dau", "nguoi-duyet", "van-phong-so", "viet-de-doc")

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_PATH = re.compile(r"`(policies/[a-z0-9/-]+\.md)`")
_CODE = re.compile(r"`([^`\n]+)`")

# A piece of front matter needs the rest of an entry around it.
_ISSUED = """tieu_de: "Ví dụ: tin để thử một mẩu của hướng dẫn"
tom_tat: "Ví dụ: tóm tắt dài hơn bốn mươi ký tự, chỉ có trong kiểm thử."
loai: thong-bao
so_ky_hieu: 12/TB-SKHĐT
co_quan_ban_hanh: Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn
ngay_ban_hanh: 30/5/2023
trich_yeu: "Ví dụ: trích yếu"
linh_vuc: [truyen-thong-chinh-sach]
doi_tuong: [co-quan-nha-nuoc]
ngay_dang: 23/11/2026
nguon: https://example.org/van-ban
"""
_DRAFT = """tieu_de: "Ví dụ: dự thảo để thử một mẩu của hướng dẫn"
tom_tat: "Ví dụ: tóm tắt dài hơn bốn mươi ký tự, chỉ có trong kiểm thử."
loai: thong-bao
co_quan_ban_hanh: Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn
linh_vuc: [truyen-thong-chinh-sach]
doi_tuong: [co-quan-nha-nuoc]
ngay_dang: 23/11/2026
"""
_CONSULTATION = """giai_doan: xay-dung
gop_y:
  tu: 1/12/2026
  den: 21/12/2026
  can_cu: "Ví dụ: văn bản giao lấy ý kiến"
  hinh_thuc:
    - {loai: truc-tiep, dia_chi: "Ví dụ: bộ phận tiếp nhận"}
"""
_KEYS_OF_A_PIECE = re.compile(r"^([a-z_]+):", re.M)


class Block(NamedTuple):
    """A fenced block of the guide, with the line on which it begins and the text before it."""

    language: str
    text: str
    line: int
    before: str


@cache
def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


@cache
def blocks() -> tuple[Block, ...]:
    return tuple(
        Block(m[1], m[2], guide().count("\n", 0, m.start()) + 2, guide()[: m.start()]) for m in _BLOCK.finditer(guide())
    )


@cache
def vocabularies() -> Vocabularies:
    return vocabulary.load(ROOT)


def written_in(language: str) -> list[Block]:
    return [block for block in blocks() if block.language == language]


def path_of(entry: Block) -> str:
    return _PATH.findall(entry.before)[-1]


def lay_entry(root: Path, path: str, text: str) -> None:
    """Write an entry where it belongs, with the files that the real one has beside it."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    beside = (ROOT / path).with_suffix("")
    if beside.is_dir():
        shutil.copytree(beside, target.with_suffix(""))


def problems_of(root: Path) -> list[Problem]:
    return check.find_problems(catalogue.load(root, vocabularies(), NOW))


def as_text(problems: Iterable[Problem]) -> list[str]:
    return [problem.as_text() for problem in problems]


def merged(piece: str) -> str:
    """The piece inside an entry: its keys take the place of the entry's own."""
    base = _DRAFT if "giai_doan: xay-dung" in piece else _ISSUED
    keys = _KEYS_OF_A_PIECE.findall(piece)
    kept = [line for line in base.splitlines() if line.partition(":")[0] not in keys]
    return "\n".join(["---", *kept, piece.rstrip("\n"), "---", ""])


def docx() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return made.getvalue()


def by_place(found: list[Block]) -> list[object]:
    return [pytest.param(block, id=f"dong-{block.line}") for block in found]


def test_the_guide_shows_whole_entries_pieces_commands_and_a_message() -> None:
    assert len(written_in("markdown")) >= 2
    assert len(written_in("yaml")) >= 10
    assert written_in("sh")
    assert any("lỗi[" in block.text for block in written_in("text"))


@pytest.mark.parametrize("entry", by_place(written_in("markdown")))
def test_a_whole_entry_of_the_guide_passes_the_check(entry: Block, tmp_path: Path) -> None:
    lay_entry(tmp_path, path_of(entry), entry.text)
    assert as_text(problems_of(tmp_path)) == []


@pytest.mark.parametrize("entry", by_place(written_in("markdown")))
def test_a_whole_entry_of_the_guide_is_about_a_document_that_the_site_has(entry: Block) -> None:
    shown = source.read(path_of(entry), entry.text.encode()).fields
    real = source.read(path_of(entry), (ROOT / path_of(entry)).read_bytes()).fields
    for key in ("loai", "so_ky_hieu", "ngay_ban_hanh"):
        ours, theirs = shown.get(key), real.get(key)
        assert isinstance(ours, source.Scalar)
        assert isinstance(theirs, source.Scalar)
        assert ours.value == theirs.value


@pytest.mark.parametrize("piece", by_place(written_in("yaml")))
def test_a_piece_of_front_matter_in_the_guide_gives_no_error(piece: Block, tmp_path: Path) -> None:
    folder = tmp_path / "policies/van-phong-so/2026"
    files = folder / "vi-du-huong-dan"
    lay_entry(tmp_path, "policies/van-phong-so/2026/vi-du-huong-dan.md", merged(piece.text))
    lay_entry(tmp_path, "policies/van-phong-so/2026/du-thao-vi-du.md", f"---\n{_DRAFT}{_CONSULTATION}---\n")
    files.mkdir()
    for name in re.findall(r"\btep: ([a-z-]+\.[a-z]+)", piece.text):
        content = {"pdf": b"%PDF-1.4\n", "docx": docx(), "md": "### Điều 1. Ví dụ\n".encode()}
        (files / name).write_bytes(content[name.rpartition(".")[2]])
    assert as_text(problem for problem in problems_of(tmp_path) if problem.is_error) == []


def test_the_message_that_the_guide_explains_is_the_one_that_the_check_gives(tmp_path: Path) -> None:
    shown = next(block for block in written_in("text") if "lỗi[" in block.text).text.rstrip("\n")
    entry = written_in("markdown")[0]
    mistake = re.search(r"ghi nhầm `(([a-z_]+): [^`]+)`", guide())
    assert mistake is not None
    broken = re.sub(rf"^{mistake[2]}: .*$", mistake[1], entry.text, flags=re.M)
    lay_entry(tmp_path, path_of(entry), broken)
    assert "\n\n".join(as_text(problems_of(tmp_path))) == shown


@pytest.mark.parametrize("command", [line for block in written_in("sh") for line in block.text.splitlines()])
def test_a_command_of_the_guide_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / vocabulary.FOLDER, tmp_path / vocabulary.FOLDER)
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    entry = written_in("markdown")[0]
    lay_entry(tmp_path, path_of(entry), entry.text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    program, *arguments = shlex.split(command)
    assert program == "chinhsach"
    shutil.copytree(ROOT / "_van-phong/so-theo-doi", tmp_path / "_van-phong/so-theo-doi")
    lines = ("Số ký hiệu,Ngày ban hành,Cơ quan ban hành,Trích yếu", "12/UBND-KT,5/10/2026,UBND tỉnh Lạng Sơn,Ví dụ")
    (tmp_path / "so-van-ban-den.xlsx").write_text(
        "\n".join(lines), encoding="utf-8"
    )  # what it is, not its name, counts
    if arguments[0] == "dang-lai":  # only a removed entry can be put back
        assert cli.main(["go-tin", arguments[1], "--ly-do", "Ví dụ"]) == cli.WELL
    if arguments[0] == "tu-van-ban":  # the clerk has the file
        CASES[0].make(tmp_path).rename(tmp_path / arguments[1])
    expected = cli.PROBLEMS if arguments[0] == "ra-soat" else cli.WELL  # the unit's department was merged: that is due
    assert cli.main(arguments) == expected, capsys.readouterr()


def rows(fields: Iterable[Field]) -> Iterator[Field]:
    """Each row of the table of keys, and those within it."""
    for row in fields:
        yield row
        kind = row.kind.kind if isinstance(row.kind, Many) else row.kind
        if isinstance(kind, Record):
            yield from rows(kind.fields)


def known_words() -> set[str]:
    """Keys, values that can be typed, ids, codes and parts of addresses: all that the guide may write as code."""
    known = {"co", "khong", "tat-ca", "diem-dd"} | set(RULES)
    for row in rows(FIELDS):
        known.add(row.key)
        if isinstance(row.kind, Choice):
            known.update(row.kind.words)
    for name in ("active_units", "types", "fields", "audiences", "relations", "states", "channels", "approval_steps"):
        known.update(getattr(vocabularies(), name))
    return known


def test_every_key_and_word_that_the_guide_names_exists() -> None:
    prose = _BLOCK.sub("", guide())
    words = {word for word in _CODE.findall(prose) if re.fullmatch(r"[a-z]+([_-][a-z]+)*", word)}
    assert {"tieu_de", "don_vi_chu_tri", "dinh-chinh"} <= words, "the guide is not read"
    assert words - known_words() == set()


def test_every_key_with_a_value_in_the_prose_exists() -> None:
    prose = _BLOCK.sub("", guide())
    keys = {match[1] for match in re.finditer(r"`([a-z_]+): [^`]+`", prose)}
    assert keys
    assert keys <= {row.key for row in rows(FIELDS)}


def test_the_guide_names_every_key_that_an_entry_must_have() -> None:
    named = set(_CODE.findall(_BLOCK.sub("", guide())))
    assert {row.key for row in FIELDS if row.required or row.demanded} <= named


def test_the_guide_leads_to_both_pages_that_the_machine_makes() -> None:
    assert "](khoa/)" in guide()
    assert "](loi/)" in guide()


def test_the_examples_of_the_page_of_codes_are_what_the_golden_cases_say(tmp_path: Path) -> None:
    assert vi_du_loi.PLACE.read_text(encoding="utf-8") == vi_du_loi.examples(tmp_path), "run tests/vi_du_loi.py"


PAGES = sorted(path for path in GUIDE.parent.rglob("*.md") if path.parent.name in OTHERS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_key_and_word_that_the_other_pages_name_exists(page: Path) -> None:
    prose = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    words = {word for word in _CODE.findall(prose) if re.fullmatch(r"[a-z]+([_-][a-z]+)*", word)}
    assert words - known_words() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_a_piece_of_front_matter_on_the_other_pages_gives_no_error(page: Path, tmp_path: Path) -> None:
    for number, (language, text) in enumerate(_BLOCK.findall(page.read_text(encoding="utf-8"))):
        if language == "yaml":
            root = tmp_path / str(number)
            lay_entry(root, "policies/van-phong-so/2026/vi-du-huong-dan.md", merged(text))
            assert as_text(problem for problem in problems_of(root) if problem.is_error) == []


def test_the_way_from_word_to_the_local_page_takes_three_commands() -> None:
    text = (GUIDE.parent / "bat-dau" / "index.md").read_text(encoding="utf-8")
    commands = [line for language, block in _BLOCK.findall(text) if language == "sh" for line in block.splitlines()]
    assert 1 <= len(commands) <= 3
    assert commands[-1] == "mkdocs serve"


def test_the_message_for_the_first_entry_is_one_of_a_golden_case() -> None:
    text = (GUIDE.parent / "bat-dau" / "index.md").read_text(encoding="utf-8")
    shown = next(block for language, block in _BLOCK.findall(text) if language == "text")
    golden = {path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "golden" / "bad").rglob("expected.txt")}
    assert shown in golden


def test_before_and_after_are_the_words_of_entries_on_the_site() -> None:
    text = (GUIDE.parent / "viet-de-doc" / "index.md").read_text(encoding="utf-8")
    shown = re.findall(r"^- Tin `([a-z0-9-]+)`\n +- Trước: (.+)\n +- Sau: (.+)$", text, re.M)
    assert len(shown) >= 6
    for entry_id, before, after in shown:
        (path,) = (ROOT / "policies").glob(f"*/*/{entry_id}.md")
        fields = source.read(path.name, path.read_bytes()).fields
        said = {key.value: value.value for key, value in fields.entries if isinstance(value, source.Scalar)}
        assert said["trich_yeu"] == before
        assert after in (said["tieu_de"], said["tom_tat"])
