"""Secrecy stamps: what is one, what only speaks of one, and files that are made to hold up whoever reads them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from du_an_mau import pdf
from support import ROOT, codes, load_one, write_entry
from test_golden import problems_of

from chinhsach import stamps
from chinhsach.rules import RULES

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(**parts: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def word(*paragraphs: str) -> bytes:
    inner = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    return packed(**{"word__document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'})


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("MẬT", "MẬT"),
        ("  **TỐI MẬT**  ", "TỐI MẬT"),
        ("T U Y Ệ T   M Ậ T", "TUYỆT MẬT"),
        ("> LƯU HÀNH NỘI BỘ.", "LƯU HÀNH NỘI BỘ"),
        ("[KHÔNG PHỔ BIẾN]", "KHÔNG PHỔ BIẾN"),
        ("Độ mật: TỐI MẬT", "TỐI MẬT"),
        ("Mật", ""),
        ("Lưu hành nội bộ", ""),
        ("BÍ MẬT NHÀ NƯỚC", ""),
        ("BẢO VỆ BÍ MẬT", ""),
        ("tài liệu đóng dấu MẬT", ""),
        ("PHỔ BIẾN", ""),
        ("", ""),
    ],
)
def test_a_stamp_is_a_line_of_its_own_in_capital_letters(line: str, stamp: str) -> None:
    assert stamps.stamp_of(line) == stamp


def test_a_text_is_looked_at_in_its_head_only() -> None:
    assert stamps.in_text("Ví dụ\n\nMẬT\n") == ("MẬT", 3)
    assert stamps.in_text("Ví dụ\n" * stamps.HEAD_LINES + "MẬT\n") is None
    assert stamps.in_text("| Số: 1 | MẬT |\n") == ("MẬT", 1)
    assert stamps.in_text("<p>TỐI MẬT</p>") == ("TỐI MẬT", 1)


def test_no_published_text_of_the_project_has_a_stamp() -> None:
    texts = sorted((ROOT / "policies").rglob("*.md"))
    assert len(texts) > 100
    assert [path.name for path in texts if stamps.in_text(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        ("docx", word("Ví dụ", "TỐI MẬT")),
        ("txt", "Ví dụ\nTỐI MẬT\n".encode()),
        ("odt", packed(**{"content.xml": '<a xmlns:text="urn:opendocument:text"><text:p><text:span>TỐI</text:span> MẬT</text:p></a>'})),
        ("pptx", packed(**{"ppt__slides__slide1.xml": '<a xmlns:a="x"><a:p><a:t>TỐI MẬT</a:t></a:p></a>'})),
        ("xlsx", packed(**{"xl__sharedStrings.xml": "<sst><si><t>TỐI MẬT</t></si></sst>"})),
        ("doc", b"\xd0\xcf\x11\xe0" + "rác\rTỐI MẬT\rSỞ VÍ DỤ".encode("utf-16-le")),
        ("zip", packed(**{"trong.docx": word("TỐI MẬT")})),
    ],
)  # fmt: skip
def test_a_stamp_is_found_in_every_kind_of_file_that_holds_text(suffix: str, content: bytes) -> None:
    assert stamps.read(content, suffix) == stamps.Found("TỐI MẬT")


def test_the_same_words_in_the_prose_of_a_file_are_no_stamp() -> None:
    assert stamps.read(word("Bảo vệ bí mật nhà nước", "Tài liệu TỐI MẬT không đăng"), "docx") == stamps.Found()
    assert stamps.read(pdf("Vi du"), "pdf") == stamps.Found()


def test_a_pdf_that_prints_a_stamp_is_caught(tmp_path: Path) -> None:
    content = (ROOT / "tests" / "du-lieu" / "dau-mat.pdf").read_bytes()
    assert stamps.read(content, "pdf") == stamps.Found("TỐI MẬT")


def test_a_file_that_unpacks_without_end_is_told_as_not_looked_at() -> None:
    big = packed(**{"word__document.xml": b"<a>" + b" " * (stamps.PART_BYTES + 1)})
    assert len(big) < 1_000_000
    assert stamps.read(big, "docx").unread == "bung ra lớn quá giới hạn"
    many = packed(**{f"t{n}.txt": b"" for n in range(stamps.PARTS + 1)})
    assert stamps.read(many, "zip").unread == "bung ra lớn quá giới hạn"


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_is_read(tmp_path: Path) -> None:
    slow, good = tmp_path / "cham.docx", tmp_path / "tot.docx"
    slow.write_bytes(word(*["Ví dụ"] * 400_000))
    good.write_bytes(word("MẬT"))
    assert "quá 0.001 giây" in stamps.of_file(slow, "docx", "vi-du-cham", seconds=0.001).unread
    assert stamps.of_file(good, "docx", "vi-du-tot") == stamps.Found("MẬT")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xff" * 50])
@pytest.mark.parametrize("suffix", ["docx", "pdf", "zip", "xlsx", "doc", "txt", "odt"])
def test_damaged_files_hold_no_stamp_and_raise_nothing(suffix: str, content: bytes) -> None:
    assert stamps.read(content, suffix) == stamps.Found()


def test_an_erased_entry_may_still_have_its_stamp_in_the_file(tmp_path: Path) -> None:
    gone = {"ngay": "6/6/2023", "ly_do": "Ví dụ", "che_do": "xoa-noi-dung"}
    write_entry(tmp_path, body="\nMẬT\n", trang_thai="da-go", go_tin=gone)
    assert codes(tmp_path) == []
    write_entry(tmp_path, body="\nMẬT\n", trang_thai="da-go", go_tin=gone | {"che_do": "giu-trang"})
    assert codes(tmp_path) == ["dau-mat"]


def test_a_stamp_is_an_error_in_a_working_copy_too(tmp_path: Path) -> None:
    path = write_entry(tmp_path, body="\nMẬT\n", trang_thai="ban-nhap")
    assert codes(tmp_path) == ["dau-mat"]
    assert path.read_text(encoding="utf-8").split("\n")[load_one(tmp_path)[0].faults[0].line - 1] == "MẬT"
    assert not RULES["dau-mat"].waits


def test_a_removed_entry_of_a_withheld_type_stays(tmp_path: Path) -> None:
    case = ROOT / "tests" / "golden" / "bad" / "loai-khong-dang"
    assert [p.code for p in problems_of(case, tmp_path / "a")] == ["loai-khong-dang"]
    write_entry(
        tmp_path,
        loai="to-trinh",
        so_ky_hieu="12/TTr-SKHĐT",
        trang_thai="da-go",
        go_tin={"ngay": "6/6/2023", "ly_do": "Ví dụ"},
    )
    assert codes(tmp_path) == []
