"""The form «Phiếu gửi tin»: made from the table of keys, filled in Word, read row by row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from support import ROOT, config, vocabularies

from chinhsach import apart, form, form_rows, markdown
from chinhsach.imported import Imported, Sheet
from chinhsach.outputs import paper_form
from chinhsach.schema import BY_KEY

FILLED: Mapping[str, str] = {
    "tieu_de": "Ví dụ: hộ kinh doanh ghi sổ thế nào",
    "tom_tat": "Ví dụ để kiểm thử, không phải tin thật; văn bản nói về cách ghi sổ của hộ kinh doanh.",
    "loai": "Thông tư",
    "so_ky_hieu": "Số: 152/2025/TT-BTC",
    "co_quan_ban_hanh": "Bộ Tài chính",
    "ngay_ban_hanh": "ngày 31 tháng 12 năm 2025",
    "trich_yeu": "Ví dụ: hướng dẫn ghi sổ & lưu sổ",
}
TICKED = {
    "linh_vuc": ("Hộ kinh doanh", "Thống kê"),
    "doi_tuong": ("Hộ kinh doanh",),
    "don_vi_chu_tri": ("Văn phòng Sở",),
}


def blank() -> Document:
    return docx.Document(io.BytesIO(paper_form.form(vocabularies(), config())))


def filled(
    texts: Mapping[str, str] = FILLED, ticked: Mapping[str, Any] = TICKED, parts: Mapping[str, str] = {}
) -> Document:
    """The form as Word leaves it: lists chosen, boxes clicked, cells typed into."""
    document = blank()
    for row in document.tables[0].rows:
        name = row.cells[0].paragraphs[0].text.rstrip(" *")
        key = next((key for key in paper_form.KEYS if BY_KEY[key].label == name), "")
        cell = row.cells[1]
        controls = list(cell._tc.iter(qn("w:sdt")))
        if key in ticked:
            for control in controls:
                paragraph = control.getparent()
                said = "".join(t.text for t in paragraph.iter(qn("w:t")))
                if said.removeprefix("☐ ") in ticked[key]:
                    next(control.iter(qn("w:t"))).text = "☒"
        elif key in texts and controls:
            properties = controls[0].find(qn("w:sdtPr"))
            properties.remove(properties.find(qn("w:showingPlcHdr")))
            next(controls[0].iter(qn("w:t"))).text = texts[key]
        elif key in texts or name in parts:
            lines = (texts.get(key) or parts[name]).split("\n")
            cell.paragraphs[0].text = lines[0]
            for line in lines[1:]:
                cell.add_paragraph(line)
    return document


def read(document: Document) -> Imported:
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    assert form_rows.is_form(root)
    return form.read(form_rows.rows(root), vocabularies())


def test_the_form_has_a_row_for_each_key_in_the_tables_words_and_choices() -> None:
    document = blank()
    cells = {row.cells[0].paragraphs[0].text.rstrip(" *"): row.cells for row in document.tables[0].rows}
    for key in paper_form.KEYS:
        row = BY_KEY[key]
        left, right = cells[row.label]
        assert left.paragraphs[1].text.startswith(row.hint.removesuffix(", hoặc tat-ca"))
        choices = getattr(row.kind, "choices", lambda _: {})(vocabularies())
        listed = [item.get(qn("w:displayText")) for item in right._tc.iter(qn("w:listItem"))]
        boxes = [
            p.text.strip() for p in right.paragraphs if "".join(t.text for t in p._p.iter(qn("w:t"))).startswith("☐")
        ]
        assert [*listed, *boxes] == list(choices)
    assert not [name for name in cells if "_" in name]
    assert "NGƯỜI ĐỨNG ĐẦU ĐƠN VỊ" in [
        p.text for row in document.tables[1].rows for c in row.cells for p in c.paragraphs
    ]


def test_the_guide_offers_the_form_where_the_site_has_it() -> None:
    guide = (ROOT / "docs" / "huong-dan" / "index.md").read_text("utf-8")
    assert f'<a href="{Path(paper_form.PATH).name}">' in guide


def test_a_key_without_which_nothing_is_published_has_a_star() -> None:
    starred = [key for key in paper_form.KEYS if paper_form.label(BY_KEY[key]).endswith("*")]
    assert starred == ["tieu_de", "tom_tat", "loai", "co_quan_ban_hanh", "linh_vuc", "doi_tuong"]


def test_the_same_table_gives_the_same_bytes_whatever_the_day() -> None:
    made = paper_form.form(vocabularies(), config())
    assert made == paper_form.form(vocabularies(), config())
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_filled_form_becomes_the_keys_of_an_entry() -> None:
    found = read(
        filled(parts={"Điểm chính": "- Ví dụ: ý một\n- Ví dụ: ý <b>hai</b>", "Hỏi ai": "1. Ví dụ: bộ phận một cửa"})
    )
    assert {one.key: one.value for one in found.fields} == {
        "tieu_de": FILLED["tieu_de"],
        "tom_tat": FILLED["tom_tat"],
        "loai": "thong-tu",
        "so_ky_hieu": "152/2025/TT-BTC",
        "co_quan_ban_hanh": "Bộ Tài chính",
        "ngay_ban_hanh": "ngày 31 tháng 12 năm 2025",
        "trich_yeu": FILLED["trich_yeu"],
        "linh_vuc": ("ho-kinh-doanh", "thong-ke"),
        "doi_tuong": ("ho-kinh-doanh",),
        "don_vi_chu_tri": ("van-phong-so",),
    }
    assert found.notes == ()
    shown = markdown.render(found.body, 1)
    assert [heading.text for heading in shown.headings] == ["Điểm chính", "Hỏi ai"]
    assert shown.html.count("<li>") == 2
    assert "1. Ví dụ: bộ phận một cửa" in shown.html
    assert "<b>" not in shown.html


@pytest.mark.parametrize(
    ("texts", "said", "mend"),
    [
        ({"ngay_ban_hanh": "30/2/2023"}, "Ngày ban hành «30/2/2023» không có trên lịch: tháng 2 năm 2023 có 28 ngày", "28/2/2023"),
        ({"so_ky_hieu": "152/2025/TT/BTC"}, "Số ký hiệu «152/2025/TT/BTC» không phải số ký hiệu", "152/2025/TT-BTC"),
        ({"loai": "Thông tưởng"}, "Loại văn bản «Thông tưởng» không có trong danh sách", "«Thông tư»"),
        ({"tieu_de": ""}, "Tiêu đề: phiếu chưa ghi", "ví dụ Hộ kinh doanh ghi sổ kế toán thế nào"),
    ],
)  # fmt: skip
def test_what_was_wrong_is_told_in_the_forms_own_labels_and_left_out(
    texts: dict[str, str], said: str, mend: str
) -> None:
    found = read(filled({key: value for key, value in (FILLED | texts).items() if value}))
    (note,) = found.notes
    assert note.startswith(said)
    assert mend in note.partition("Cách sửa: ")[2]
    assert found.value(next(iter(texts))) is None


def test_an_empty_form_asks_for_every_starred_row_and_invents_nothing() -> None:
    found = read(blank())
    assert (found.fields, found.body) == ((), "")
    assert len(found.notes) == 6
    assert "Loại văn bản: phiếu chưa ghi. Cách sửa: bấm vào ô, chọn một dòng" in found.notes
    assert "Lĩnh vực: phiếu chưa ghi. Cách sửa: đánh dấu ít nhất một ô" in found.notes


@pytest.mark.parametrize("mark", ["☒", "☑", "x", "X", "[x]", "✓"])
def test_a_box_may_be_ticked_by_a_click_or_by_typing(mark: str) -> None:
    document = blank()
    for row in document.tables[0].rows:
        if row.cells[0].paragraphs[0].text == "Đối tượng *":
            row.cells[1].paragraphs[3].clear()
            for control in list(row.cells[1].paragraphs[3]._p.iter(qn("w:sdt"))):
                control.getparent().remove(control)
            row.cells[1].paragraphs[3].add_run(f"{mark} Doanh nghiệp")
    assert read(document).value("doi_tuong") == ("doanh-nghiep",)


def test_deleted_words_do_not_count(tmp_path: Path) -> None:
    document = filled()
    cell = document.tables[0].rows[0].cells[1]
    run = cell.paragraphs[0].runs[0]._r
    deletion = run.makeelement(qn("w:del"), {})
    run.addnext(deletion)
    deletion.append(run)
    assert read(document).value("tieu_de") is None


def test_the_readers_child_process_recognises_the_form(tmp_path: Path) -> None:
    path = tmp_path / "phieu.docx"
    filled().save(str(path))
    sheet = apart.read_apart("chinhsach.word_in.read:read", path)
    assert sheet == Sheet(form=sheet.form)
    assert ("Loại văn bản *", "Thông tư") in sheet.form
