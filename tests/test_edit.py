"""Changing an entry's text in place: only what was asked changes, and every other byte stays as the clerk wrote it."""

from __future__ import annotations

import difflib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chinhsach import edit, source
from chinhsach.edit import CannotEdit

TEXT = """---
# Lời nhắc của đơn vị: giữ nguyên dòng này
tieu_de:   "Ví dụ: tin"   # tiêu đề
loai: 'thong-bao'
ngay_hieu_luc: 1/7/2023 # lấy ở Điều 8
linh_vuc: [ho-kinh-doanh,  dau-thau]
doi_tuong:
  - doanh-nghiep
  - nguoi-dan

ngay_dang: 23/11/2026
tom_tat: >
  Ví dụ: một đoạn
  hai dòng

quan_he:
- {loai: can-cu, den: 1/2020/QH14}
-   loai: thay-the
    den: 2/2020/QH14   # bản cũ
---

## Bài  

ngay_hieu_luc: không phải khóa
"""


def value(text: str, path: str) -> object:
    """What a YAML reader finds at a path."""
    found = yaml.load(text.split("---")[1], Loader=yaml.BaseLoader)
    for part in path.split("."):
        found = found[int(part)] if part.isdecimal() else found[part]
    return found


def changes(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize(
    ("path", "new", "line"),
    [
        ("ngay_hieu_luc", "1/8/2023", "ngay_hieu_luc: 1/8/2023 # lấy ở Điều 8\n"),
        ("tieu_de", 'Ví dụ: "khác"', 'tieu_de:   "Ví dụ: \\"khác\\""   # tiêu đề\n'),
        ("loai", "bao-cao", "loai: 'bao-cao'\n"),
        ("quan_he.0.den", "3/2020/QH14", "- {loai: can-cu, den: 3/2020/QH14}\n"),
        ("quan_he.1.den", "3/2020/QH14", "    den: 3/2020/QH14   # bản cũ\n"),
    ],
)
def test_one_value_changes_and_the_rest_of_its_line_stays(path: str, new: str, line: str) -> None:
    after = edit.set_value(TEXT, path, new)
    assert value(after, path) == new
    assert [c[2:] for c in changes(TEXT, after) if c[0] == "+"] == [line]
    assert len(changes(TEXT, after)) == 2


def test_a_list_is_written_in_brackets_and_a_folded_text_on_one_line() -> None:
    after = edit.set_value(TEXT, "linh_vuc", ["dau-thau"])
    assert "linh_vuc: [dau-thau]\n" in after
    after = edit.set_value(TEXT, "doi_tuong", ["cong-chuc", "nguoi-dan"])
    assert "doi_tuong: [cong-chuc, nguoi-dan]\n\nngay_dang" in after
    after = edit.set_value(TEXT, "tom_tat", "Ví dụ: ngắn")
    assert value(after, "tom_tat") == "Ví dụ: ngắn"
    assert after.endswith(TEXT[TEXT.index("quan_he:") :])


def test_a_new_key_stands_where_the_table_of_keys_has_it() -> None:
    after = edit.set_value(TEXT, "ngay_het_hieu_luc", "1/1/2027")
    assert "# lấy ở Điều 8\nngay_het_hieu_luc: 1/1/2027\nlinh_vuc" in after
    assert len(changes(TEXT, after)) == 1
    assert edit.remove(after, "ngay_het_hieu_luc") == TEXT
    assert edit.remove(TEXT, "khong-co") == TEXT


def test_removing_takes_the_whole_value_and_nothing_else() -> None:
    assert changes(TEXT, edit.remove(TEXT, "doi_tuong")) == [
        "- doi_tuong:\n", "-   - doanh-nghiep\n", "-   - nguoi-dan\n",
    ]  # fmt: skip
    assert "quan_he" not in edit.remove(TEXT, "quan_he")
    assert "# bản cũ" not in edit.remove(TEXT, "quan_he")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "thay_doi:\n",
        "thay_doi: []\n",
        "thay_doi: [{ngay: 1/1/2024, loai: cap-nhat, noi_dung: một}]  # nhật ký\n",
        "thay_doi: [{ngay: 1/1/2024, loai: cap-nhat, noi_dung: một}, ]\n",
        "thay_doi:\n- {ngay: 1/1/2024, loai: cap-nhat, noi_dung: một}\n",
        "thay_doi:\n  - ngay: 1/1/2024\n    loai: cap-nhat\n    noi_dung: một # ghi chú\n# cuối\n",
        "thay_doi:\n    -   ngay: 1/1/2024\n        loai: cap-nhat\n        noi_dung: |\n          một\n\n",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_line_of_the_log_is_written_as_the_ones_before_it(written: str, newline: str) -> None:
    text = f"---\ntieu_de: Ví dụ\n{written}dia_chi_cu: a\n---\nBài\n".replace("\n", newline)
    item = {
        "ngay": "2/1/2024",
        "loai": "dinh-chinh",
        "noi_dung": "hai: [sửa] # không phải lời nhắc",
        "truoc": "no",
        "sau": "07",
    }
    after = edit.append(text, "thay_doi", item)
    log = value(after.replace("\r\n", "\n"), "thay_doi")
    assert isinstance(log, list)
    assert log[-1] == item
    assert len(log) == 1 + ("một" in written)
    kept = iter(after)
    assert all(char in kept for char in text), "something of the old text is gone"
    assert newline == "\n" or after.count("\n") == after.count("\r\n")
    assert source.read("vi-du.md", after.encode()).faults == []


def test_a_lone_value_becomes_a_list() -> None:
    assert value(
        edit.append(TEXT.replace("linh_vuc: [ho-kinh-doanh,  dau-thau]", "dia_chi_cu: a"), "dia_chi_cu", "b/c"),
        "dia_chi_cu",
    ) == ["a", "b/c"]


def test_a_group_is_added_once_and_a_key_into_it() -> None:
    after = edit.add_group(TEXT, "go_tin", {"ngay": "1/1/2027", "ly_do": "Ví dụ: vì"})
    assert value(after, "go_tin") == {"ngay": "1/1/2027", "ly_do": "Ví dụ: vì"}
    after = edit.set_value(after, "go_tin.che_do", "xoa-noi-dung")
    assert value(after, "go_tin.che_do") == "xoa-noi-dung"
    with pytest.raises(CannotEdit, match="đã có khóa go_tin"):
        edit.add_group(after, "go_tin", {"ngay": "x"})
    flow = TEXT.replace("ngay_dang: 23/11/2026", "ngay_dang: 23/11/2026\ngo_tin: {ngay: 1/1/2027, ly_do: a}")
    assert "go_tin: {ngay: 1/1/2027, ly_do: a, che_do: xoa-noi-dung}\n" in edit.set_value(
        flow, "go_tin.che_do", "xoa-noi-dung"
    )


@pytest.mark.parametrize(
    "text",
    [
        "không có phần khóa", "---\ntieu_de: a\n", "---\n- a\n---\n", "---\n{tieu_de: a}\n---\n", "---\na: [\n---\n",
        "---\ntieu_de: a\x07b\n---\n", "---\ntieu_de: a\u200bb\n---\n",
    ],
)  # fmt: skip
def test_what_cannot_be_changed_safely_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(CannotEdit):
        edit.set_value(text, "tieu_de", "b")


def test_a_group_has_no_value_of_its_own() -> None:
    assert edit.value_of(TEXT, "doi_tuong") == "doanh-nghiep, nguoi-dan"
    assert edit.value_of(TEXT, "ngay_het_hieu_luc") is None
    with pytest.raises(CannotEdit, match="quan_he"):
        edit.value_of(TEXT, "quan_he")


@given(st.text(max_size=60), st.booleans(), st.sampled_from([None, "'", '"']))
def test_any_value_reads_back_as_the_text_it_is(text: str, in_flow: bool, style: str | None) -> None:
    wanted = edit.one_line(edit.clean(text))
    written = edit.quoted(text, in_flow=in_flow, style=style)
    found = yaml.load(f"k: [{written}]" if in_flow else f"k: {written}", Loader=yaml.BaseLoader)["k"]
    assert (found[0] if in_flow else found) == wanted
