"""What comes out of a Word file is what stands on its paper: fields, labels, words; and nothing that does not."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from bo_nho import refused_with
from hostile_word import HOSTILE, plain, with_relation
from printed import lines_of
from support import vocabularies
from word_files import (
    CASES,
    OFFICE_FIELDS,
    OFFICE_HTML,
    OFFICE_PRINTED,
    TEMPLATE_FIELDS,
    TEMPLATE_PRINTED,
    TEMPLATE_WORDS,
    Case,
    Maker,
    from_template,
    tcvn,
)

from chinhsach import apart, letterhead
from chinhsach.imported import CannotRead, Certainty, Sheet
from chinhsach.letterhead import Reading
from chinhsach.markdown import render
from chinhsach.readers import reader_for
from chinhsach.word_in import fonts, numbering
from chinhsach.word_in.read import read

BY_NAME = {case.name: case for case in CASES}


class Result(NamedTuple):
    """A case's file read and judged."""

    case: Case
    sheet: Sheet
    reading: Reading
    printed: list[str]


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Every made file, read once."""
    folder = tmp_path_factory.mktemp("word")
    found = {}
    for case in CASES:
        sheet = read(case.make(folder))
        found[case.name] = Result(case, sheet, letterhead.read(sheet, vocabularies()), case.printed)
    filled = Case("cong-van-dien-mau", lambda _: None, TEMPLATE_FIELDS)
    from_template(TEMPLATE_WORDS, folder / "cong-van-dien-mau.docx")
    sheet = read(folder / "cong-van-dien-mau.docx")
    found[filled.name] = Result(filled, sheet, letterhead.read(sheet, vocabularies()), TEMPLATE_PRINTED)
    return found


def test_header_fields_are_right_in_at_least_95_percent_and_none_is_invented(results: dict[str, Result]) -> None:
    assert len(results) >= 24
    asked = right = 0
    invented = []
    wrong = []
    for name, result in results.items():
        found = {field.key: field.value for field in result.reading.fields}
        asked += len(result.case.fields)
        for key, value in found.items():
            if key not in result.case.fields:
                invented.append((name, key, value))
            elif value != result.case.fields[key]:
                wrong.append((name, key, value))
        right += sum(found.get(key) == value for key, value in result.case.fields.items())
    print(f"{right} trong {asked} khóa đúng ({right / asked:.1%}), {len(results)} tệp")
    assert invented == []
    assert right / asked >= 0.95, wrong


def test_each_field_says_where_it_stood(results: dict[str, Result]) -> None:
    for result in results.values():
        for found in result.reading.fields:
            assert found.place
            assert (found.certainty is Certainty.WORKED_OUT) == (found.key == "giai_doan")


@pytest.mark.parametrize("name", [*BY_NAME, "cong-van-dien-mau"])
def test_the_body_prints_the_words_and_labels_of_the_paper(results: dict[str, Result], name: str) -> None:
    result = results[name]
    body = render(result.sheet.body, 1)
    assert body.faults == ()
    assert lines_of(body.html) == result.printed


@pytest.mark.parametrize("name", [name for name, case in BY_NAME.items() if case.notes])
def test_the_clerk_is_told_what_was_not_taken(results: dict[str, Result], name: str) -> None:
    result = results[name]
    said = "\n".join((*result.reading.notes, *result.sheet.notes))
    for words in result.case.notes:
        assert words in said


def test_nothing_that_runs_leaves_a_file(results: dict[str, Result]) -> None:
    body = render(results["thong-bao-nfd-dau-sua"].sheet.body, 1).html
    assert "<script" not in body
    assert "javascript" not in body
    assert '<a href="https://example.org/a_b?c=(1)">trang ví dụ</a>' in body


def test_merges_and_notes_and_headings_keep_their_form(results: dict[str, Result]) -> None:
    plan = render(results["ke-hoach-danh-so"].sheet.body, 1).html
    assert re.findall(r'<t[hd] ((?:row|col)span="2")>', plan) == ['rowspan="2"', 'rowspan="2"', 'colspan="2"']
    assert 'id="fn-1"' in plan
    assert "<h2 id=" in plan
    odds = render(results["nhieu-thu-trong-ruot"].sheet.body, 1).html
    assert [words in odds for words in ("10 m<sup>2</sup>", "H<sub>2</sub>O", 'href="https://example.org/x"')] == [
        True
    ] * 3
    assert all(f'id="fn-{number}"' in odds for number in (1, 2, 3))
    assert "ẩn" not in odds
    styled = render(results["de-an-tieu-de-theo-kieu"].sheet.body, 1).headings
    assert [heading.level for heading in styled] == [2, 3, 4, 4, 2, 3]


def test_a_sheet_survives_the_way_out_of_its_process(results: dict[str, Result], tmp_path: Path) -> None:
    for name in ("ke-hoach-danh-so", "bao-cao-tcvn3", "nhieu-thu-trong-ruot"):
        path = results[name].case.make(tmp_path)
        assert apart.read_apart("chinhsach.word_in.read:read", path) == results[name].sheet


# hostile files


@pytest.fixture(scope="session")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int]]:
    """What is said of each hostile file, and the most memory in bytes that any process took until then."""
    folder = tmp_path_factory.mktemp("doc-hai")
    paths = []
    for name, (make, _) in HOSTILE.items():
        paths.append(folder / f"{name}.docx")
        make(paths[-1])
    return dict(zip(HOSTILE, refused_with(paths), strict=True))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows không có giới hạn bộ nhớ của tiến trình")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_words_and_little_memory(
    refusals: dict[str, tuple[str, int]], name: str
) -> None:
    said, size = refusals[name]
    # the words are those of the gate: a limit of time or memory that stopped the reader says something else
    assert HOSTILE[name][1] in said
    assert "Hãy mở" in said or "Hãy tách" in said
    assert size <= 500_000_000


def test_a_reader_that_never_ends_or_eats_memory_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xau.py").write_text(
        "def lau(path):\n    while True: pass\n\ndef nang(path):\n    return bytearray(900_000_000)\n\n"
        "def vo(path):\n    raise KeyError('x')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(apart, "SECONDS", 1)
    path = tmp_path / "x.docx"
    path.write_bytes(b"PK")
    for reader, words in (("xau:lau", apart.TOO_HEAVY), ("xau:nang", apart.TOO_HEAVY), ("xau:vo", apart.BROKEN)):
        with pytest.raises(CannotRead, match=re.escape(words)):
            apart.read_apart(reader, path)


def test_a_template_on_the_writers_own_disk_is_no_reason_to_refuse(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    with_relation(path, "attachedTemplate", "file:///C:/Users/vidu/Normal.dotm")
    assert read(path).body == ""


def test_a_file_with_macros_by_its_name_and_one_of_an_unknown_kind_are_refused(tmp_path: Path) -> None:
    for name, words in (("x.docm", "có macro"), ("x.odt", "chưa đọc được tệp loại «.odt»")):
        with pytest.raises(CannotRead, match=words):
            reader_for(tmp_path / name)


# fonts


@cache
def by_iconv(letter: str) -> str:
    done = subprocess.run(
        ["iconv", "-f", "TCVN", "-t", "UTF-8"], input=letter.encode("latin-1"), capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.mark.can_iconv
def test_the_74_letters_of_tcvn3_are_those_of_the_c_library() -> None:
    assert len(fonts.TCVN3) == 74
    assert {letter: by_iconv(letter) for letter in fonts.TCVN3} == fonts.TCVN3


@pytest.mark.parametrize(
    ("font", "typed", "read_as"),
    [
        (".VnTimeH", tcvn("Điều động"), "ĐIỀU ĐỘNG"),
        (".VnTime", "plain ASCII 123", "plain ASCII 123"),
        (".VnTime", "Tiếng Việt gõ Unicode", "Tiếng Việt gõ Unicode"),
        ("VNI-Times", "ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
        ("VNI-Helve", "Thuûy lôïi, yù nghóa, kyõ thuaät, Sôû Taøi chính; ñöôøng, nguoàn, khuûyu", "Thủy lợi, ý nghĩa, kỹ thuật, Sở Tài chính; đường, nguồn, khủyu"),
        ("Times New Roman", "Cả µ và ® trong chữ thường", "Cả µ và ® trong chữ thường"),
    ],
)  # fmt: skip
def test_a_run_is_read_by_its_own_font(font: str, typed: str, read_as: str) -> None:
    assert fonts.decode(typed, font) == read_as


@pytest.mark.parametrize(
    ("font", "typed"),
    [(".VnTime", "®Çu tư"), ("VNI-Times", "ñaàu tư"), ("VPS Times", "ðầu tß"), (".VnArial", "Ж®"), ("VNI-Times", "zø")],
)
def test_a_font_that_cannot_be_told_is_refused_by_name(font: str, typed: str) -> None:
    with pytest.raises(CannotRead, match=re.escape(f"«{font}»")):
        fonts.decode(typed, font)


def test_words_of_an_old_font_in_a_new_one_are_refused(tmp_path: Path) -> None:
    m = Maker()
    m.para("Sè: 12/KH. ViÖt Nam, ®Çu tư, tµi chÝnh, ho¹ch", font="Times New Roman")
    m.save(tmp_path / "x.docx")
    with pytest.raises(CannotRead, match="bảng mã cũ nhưng phông đã đổi"):
        read(tmp_path / "x.docx")


# numbering


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [(4, "upperRoman", "IV"), (1999, "lowerRoman", "mcmxcix"), (28, "lowerLetter", "bb"), (7, "decimalZero", "07"), (3, "none", ""), (5, "chua-biet", "5"), (0, "upperRoman", "0")],
)  # fmt: skip
def test_a_number_is_spelled_as_its_level_counts(number: int, form: str, printed: str) -> None:
    assert numbering.spell(number, form) == printed


# other makes, by LibreOffice


def office(*arguments: object, folder: Path) -> None:
    """Run LibreOffice without a window, with a profile of its own."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'ho-so').as_uri()}", "--headless", "--convert-to"]
    subprocess.run([*command, *map(str, arguments)], check=True, capture_output=True, timeout=120)


@pytest.mark.can_libreoffice
@pytest.mark.parametrize(("made", "form"), [("odt", "writer8"), ("rtf", "Rich Text Format"), ("doc", "MS Word 97")])
def test_a_document_that_libreoffice_made_reads_the_same_from_each_form(tmp_path: Path, made: str, form: str) -> None:
    (tmp_path / "nguon.html").write_text(OFFICE_HTML, encoding="utf-8")
    office("odt:writer8", "--outdir", tmp_path, tmp_path / "nguon.html", folder=tmp_path)
    path = tmp_path / "nguon.odt"
    if made != "odt":
        office(f"{made}:{form}", "--outdir", tmp_path, path, folder=tmp_path)
        path = tmp_path / f"nguon.{made}"
    if made != "doc":
        office("docx:MS Word 2007 XML", "--outdir", tmp_path / "ra", path, folder=tmp_path)
        path = tmp_path / "ra" / "nguon.docx"
    sheet = reader_for(path).read(path)
    assert {f.key: f.value for f in letterhead.read(sheet, vocabularies()).fields} == OFFICE_FIELDS
    assert lines_of(render(sheet.body, 1).html) == OFFICE_PRINTED


def test_an_old_doc_without_libreoffice_is_answered_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotRead, match=r"Hãy mở bằng Word, chọn «Lưu thành», loại «Tài liệu Word \(\.docx\)»"):
        reader_for(path).read(path)


def test_an_old_doc_with_macros_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"))
    with pytest.raises(CannotRead, match="macro"):
        reader_for(path).read(path)


def test_the_ordinary_file_that_hostile_ones_are_made_of_is_read(tmp_path: Path) -> None:
    from hostile_word import packed

    packed(tmp_path / "x.docx", plain())
    assert read(tmp_path / "x.docx").body == ""
