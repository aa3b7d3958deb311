"""Citations: the hand-made list is found whole and nothing besides; each means the document that it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import DATA, NOW, ROOT, config, load, load_one, templates, vocabularies, write_entry

from chinhsach import catalogue, citations, explain, references
from chinhsach.catalogue import Catalogue, Entry
from chinhsach.dates import format_official
from chinhsach.outputs.cited import citing_view, link_citations
from chinhsach.outputs.entry_page import EntryPages
from chinhsach.rules.dan_chieu_lech import check as find_differences

GOLDEN = DATA / "dan-chieu.tsv"
PLAN = "kh-truyen-thong-chinh-sach-2023"


class Golden(NamedTuple):
    """A citation as somebody read it."""

    entry: str
    line: int
    printed: str
    number: str
    day: str
    places: str
    excerpt: str


def golden() -> Iterator[Golden]:
    rows = [line for line in GOLDEN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for row in rows[1:]:
        entry, line, *rest = row.split("\t")
        yield Golden(entry, int(line), *rest)


@cache
def project() -> Catalogue:
    """The repository's own entries."""
    return catalogue.load(ROOT, vocabularies(), NOW)


def entry_of(entry_id: str) -> Entry:
    found = project().find(entry_id)
    assert found is not None
    return found


def key(citation: citations.Citation) -> tuple[str, str, str]:
    """What the hand-made list says of a citation: number or name, day or year, places."""
    day = citation.day.isoformat() if citation.day else str(citation.year or "")
    return citation.printed, day, " ".join(citation.anchors)


def golden_key(row: Golden) -> tuple[str, str, str]:
    is_name = not row.printed[0].isdigit()
    name = row.printed.split(" ngày ")[0].rsplit(" năm ", 1)[0]
    return (name if is_name else row.printed), row.day, row.places


def test_the_list_stands_in_the_texts() -> None:
    rows = list(golden())
    assert len(rows) >= 300
    assert len({row.entry for row in rows}) >= 10
    for row in rows:
        facts = entry_of(row.entry).full_text
        assert facts is not None
        line = facts.source.split("\n")[row.line - 1]
        assert row.printed in line
        assert row.excerpt in line


def test_citations_of_the_list_are_found_and_no_other_on_its_lines() -> None:
    wanted: dict[tuple[str, int], list[tuple[str, str, str]]] = defaultdict(list)
    for row in golden():
        wanted[row.entry, row.line].append(golden_key(row))
    missed, wrong = [], []
    for (entry_id, line), keys in wanted.items():
        found = [key(c) for c in entry_of(entry_id).cited.full_text if c.line == line]
        missed += [(entry_id, line, k) for k in keys if k not in found]
        wrong += [(entry_id, line, k) for k in found if k not in keys]
        assert len(found) <= len(keys)
    assert wrong == []
    assert len(missed) <= 0.03 * len(list(golden())), missed


def test_no_citation_of_the_list_is_taken_for_another_document() -> None:
    numbers: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    for row in golden():
        numbers[row.entry, row.line, golden_key(row)[0]].add(row.number)
    resolved = 0
    for (entry_id, line, printed), right in numbers.items():
        entry = entry_of(entry_id)
        for reference in references.resolve_all(entry.cited.full_text, entry, project()):
            citation = reference.citation
            if citation.line == line and citation.printed == printed and reference.is_known:
                resolved += 1
                assert reference.number in right, (entry_id, line, printed)
    assert resolved > 100


def test_the_plan_gives_exactly_the_finding_of_its_law() -> None:
    faults = list(find_differences(entry_of(PLAN), project()))
    assert [(f.values["van_ban"], f.values["doc"], f.values["so"], f.values["danh_muc"]) for f in faults] == [
        ("Luật Báo chí", "ngày 5/4/2015", "103/2016/QH13", "ngày 5/4/2016")
    ]


def test_no_other_real_entry_cites_what_the_register_knows_otherwise() -> None:
    others = [e.id for e in project().entries if list(find_differences(e, project())) and e.id != PLAN]
    assert others == []


@pytest.mark.parametrize(
    ("text", "number", "day", "anchors"),
    [
        ("Nghị định số 30/2020/NĐ-CP ngày 5/3/2020", "30/2020/NĐ-CP", date(2020, 3, 5), ""),
        ("Nghị định số 30 /2020/ NĐ - CP ngày 05 . 3 . 2020", "30/2020/NĐ-CP", date(2020, 3, 5), ""),
        ("Nghị định số: 30/2020/NĐ–CP", "30/2020/NĐ-CP", None, ""),
        ("nghị định 85/2017/NĐ-CP", "85/2017/NĐ-CP", None, ""),
        ("Điều 5 Khoản 2 Điểm đ Nghị định số 30/2020/NĐ-CP", "30/2020/NĐ-CP", None, "dieu-5-khoan-2-diem-dd"),
        ("điểm đ khoản 2 Điều 5 của Nghị định số 30/2020/NĐ-CP", "30/2020/NĐ-CP", None, "dieu-5-khoan-2-diem-dd"),
        ("Điều 5a Nghị định 30/2020/NĐ-CP", "30/2020/NĐ-CP", None, "dieu-5a"),
        ("Điều 11, khoản 2 Điều 13 Nghị định số 30/2020/NĐ-CP", "30/2020/NĐ-CP", None, "dieu-11 dieu-13-khoan-2"),
        ("Điều 5 Thông tư này và Nghị định số 30/2020/NĐ-CP", "30/2020/NĐ-CP", None, ""),
        ("Điều 75 của Luật này; Luật Đầu tư số 61/2020/QH14", "61/2020/QH14", None, ""),
        ("TTLT số 246/2010/TTLT-BQP-BKH ngày 23/12/2010", "246/2010/TTLT-BQP-BKH", date(2010, 12, 23), ""),
        ("Thông tư liên tịch số 64/2006/TTLT/BNN-BTC", "64/2006/TTLT/BNN-BTC", None, ""),
        ("Nghị quyết số 66-NQ/TW ngày 30 tháng 4 năm 2025", "66-NQ/TW", date(2025, 4, 30), ""),
        ("Nghị quyết số 66.13/2026/NQ-CP", "66.13/2026/NQ-CP", None, ""),
        ("Công văn số 643/UBND-KGVX ngày 30/5/2023 của UBND tỉnh", "643/UBND-KGVX", date(2023, 5, 30), ""),
    ],
)
def test_a_citation_is_read_as_printed(text: str, number: str, day: date | None, anchors: str) -> None:
    (found,) = citations.find(f"Theo {text}.")
    assert found.number is not None
    assert (found.number.text, found.day, " ".join(found.anchors)) == (number, day, anchors)


def test_each_document_of_a_list_is_found() -> None:
    text = "các Nghị định số 01/2021/NĐ-CP, 122/2020/NĐ-CP và 47/2021/NĐ-CP"
    assert [c.printed for c in citations.find(text)] == ["01/2021/NĐ-CP", "122/2020/NĐ-CP", "47/2021/NĐ-CP"]


@pytest.mark.parametrize(
    "text",
    [
        "ngày 30/5/2023, trực 24/7, tỷ lệ 1/2, 5/UBND xã, km/h, 10.000.000 đồng/HS",
        "Luật này có hiệu lực từ ngày 01 tháng 01 năm 2021",
        "theo Luật Đất đai được sửa đổi trước ngày 01/01/2024",
        "Sư đoàn 367/Quân chủng Phòng không, văn bản số 28-2024/CTHĐQT-DA",
        "Điều 5 Thông tư này, khoản 2 Điều 6 Nghị định này",
        "https://example.org/van-ban/30/2020/nd-cp",
        "ngày 31/02/2020 Luật Báo chí",
    ],
)
def test_what_names_no_certain_document_is_no_citation(text: str) -> None:
    assert citations.find(text) == []


def test_a_citation_tells_its_line() -> None:
    found = citations.find("một\n\nNghị định 30/2020/NĐ-CP\nvà Luật Báo chí ngày 05/4/2016", count_lines=True)
    assert [c.line for c in found] == [3, 4]


@given(st.text(alphabet="0123456789/-.,; ĐNCPaLuậtsốngày tháng năm khoản Điều điểm\n<>", max_size=300))
def test_any_text_is_read_in_order_and_without_overlap(text: str) -> None:
    ended = 0
    for found in citations.find(text, count_lines=True):
        assert ended <= found.start < found.end <= len(text)
        assert found.line == text.count("\n", 0, found.start) + 1
        ended = found.end


def test_every_row_of_the_register_is_found_when_it_is_cited_and_differs_in_nothing() -> None:
    whole = project()
    reader = entry_of(PLAN)
    wrong = []
    for row in whole.register.rows:
        text = f"Theo {row.type} số {row.number} {format_official(row.issued)} của {row.issuer}, Điều 5"
        found = [references.resolve(citation, reader, whole) for citation in citations.find(text)]
        if [(r.number, r.issued, r.differences) for r in found] != [(row.number, row.issued, ())]:
            wrong.append((row.line, text, [(r.number, r.differences) for r in found]))
    assert wrong == []


def made(root: Path, body: str, **keys: object) -> tuple[Entry, Catalogue]:
    """An example entry that cites, beside one about a decree with a full text and a register of one law."""
    write_entry(
        root,
        "nghi-dinh-vi-du",
        loai="nghi-dinh",
        so_ky_hieu="30/2020/NĐ-CP",
        co_quan_ban_hanh="Chính phủ",
        ngay_ban_hanh="5/3/2020",
        ngay_hieu_luc="5/3/2020",
        trich_yeu="Ví dụ",
        toan_van={"tep": "toan-van.md", "day_du": "co", "nguon": "ví dụ"},
        files={"toan-van.md": "### Điều 5. Ví dụ\n\n1\\. Một.\n\nđ) Hai.\n\nXem Nghị định số 30/2020/NĐ-CP.\n"},
    )
    register = root / "policies" / "_danh-muc" / "van-ban-tra-cuu.csv"
    register.parent.mkdir(parents=True, exist_ok=True)
    register.write_text(
        "so_ky_hieu,loai,co_quan_ban_hanh,ngay_ban_hanh,ngay_hieu_luc,trich_yeu,nguon,kiem_chung\n"
        "103/2016/QH13,Luật,Quốc hội,2016-04-05,,Luật Báo chí,ví dụ,nguon\n"
        "102/2016/QH13,Luật,Quốc hội,2016-04-05,,Luật trẻ em,https://example.org/a?b=1&c=2,nguon\n",
        encoding="utf-8",
    )
    write_entry(root, "vi-du", body=body, **keys)
    return load_one(root)


def test_a_body_links_to_the_entry_to_its_article_and_tells_the_registers_words(tmp_path: Path) -> None:
    entry, whole = made(
        tmp_path,
        "\nTheo điểm đ khoản 1 Điều 5 Nghị định số 30/2020/NĐ-CP, điểm e khoản 1 Điều 5 Nghị định số 30/2020/NĐ-CP,"
        " Luật Báo chí ngày 05/4/2016, Luật số 102/2016/QH13 và Nghị định số 99/2021/NĐ-CP.\n",
    )
    shown = link_citations(entry.body.html, entry, "body", whole)
    base = "\x01chinh-sach/nghi-dinh-vi-du/"
    assert f'<a href="{base}toan-van/#dieu-5-khoan-1-diem-dd">điểm đ khoản 1 Điều 5</a>' in shown
    assert f'<a href="{base}toan-van/#dieu-5-khoan-1">điểm e khoản 1 Điều 5</a>' in shown
    assert shown.count(f'<a href="{base}">Nghị định số 30/2020/NĐ-CP</a>') == 1
    told = "Luật Báo chí. Luật số 103/2016/QH13, ngày 5/4/2016, Quốc hội (theo danh mục tra cứu)"
    assert f'<span class="dan-chieu" title="{told}">Luật Báo chí</span> ngày 05/4/2016' in shown
    assert '<a href="https://example.org/a?b=1&amp;c=2" title=' in shown
    assert shown.endswith(" và Nghị định số 99/2021/NĐ-CP.</p>\n")


def test_nothing_is_linked_within_links_code_and_headings(tmp_path: Path) -> None:
    number = "Nghị định số 30/2020/NĐ-CP"
    body = f'\n## {number}\n\n[{number}](https://example.org) `{number}`\n\n    {number}\n\n<abbr title="{number}">x</abbr>\n'
    entry, whole = made(tmp_path, body)
    assert len(entry.cited.body) >= 4
    assert link_citations(entry.body.html, entry, "body", whole) == entry.body.html


def test_a_link_stands_once_in_a_paragraph(tmp_path: Path) -> None:
    number = "Nghị định số 30/2020/NĐ-CP"
    entry, whole = made(tmp_path, f"\n{number} và {number}.\n\n{number}.\n")
    assert link_citations(entry.body.html, entry, "body", whole).count("<a href=") == 2


def test_an_entry_does_not_link_to_itself(tmp_path: Path) -> None:
    _, whole = made(tmp_path, "\nBài ví dụ.\n")
    decree = whole.find("nghi-dinh-vi-du")
    assert decree is not None
    assert decree.full_text is not None
    assert len(decree.cited.full_text) == 1
    page = f"<p>{decree.full_text.source.splitlines()[-1]}</p>"
    assert link_citations(page, decree, "full_text", whole) == page


def test_a_cited_entry_says_who_cites_it(tmp_path: Path) -> None:
    entry, whole = made(tmp_path, "\nTheo Nghị định số 30/2020/NĐ-CP.\n")
    assert references.cited_by(whole) == {"nghi-dinh-vi-du": [entry]}
    view = citing_view([entry], whole)
    assert view is not None
    assert [row["van_ban"]["href"] for row in view["dong"]] == ["\x01chinh-sach/vi-du/"]
    decree = whole.find("nghi-dinh-vi-du")
    assert decree is not None
    assert EntryPages(whole, config(), templates()).view(decree)["dan_boi"] == view
    assert EntryPages(whole, config(), templates()).view(entry)["dan_boi"] is None


@pytest.mark.parametrize("keys", [{"trang_thai": "ban-nhap"}, {"ngay_dang": "1/1/2027"}])
def test_an_entry_that_is_not_out_cites_nobody_in_public(keys: dict[str, str], tmp_path: Path) -> None:
    _, whole = made(tmp_path, "\nTheo Nghị định số 30/2020/NĐ-CP.\n", **keys)
    assert references.cited_by(whole) == {}


def test_a_number_without_a_year_is_not_guessed_without_its_day(tmp_path: Path) -> None:
    write_entry(tmp_path, "chi-thi-vi-du", loai="chi-thi", so_ky_hieu="07/CT-TTg", ngay_ban_hanh="21/3/2023",
                co_quan_ban_hanh="Thủ tướng Chính phủ", trich_yeu="Ví dụ")  # fmt: skip
    write_entry(tmp_path, body="\nTheo Chỉ thị số 07/CT-TTg.\n")
    entry, whole = load_one(tmp_path)
    assert [r.is_known for r in references.of_body(entry, whole)] == [False]
    assert "Chỉ thị 07/CT-TTg" in explain.why(entry, whole)
    write_entry(tmp_path, body="\nTheo Chỉ thị số 07/CT-TTg ngày 21/3/2023, và sau đó Chỉ thị số 07/CT-TTg.\n")
    entry, whole = load_one(tmp_path)
    assert [r.entry.id for r in references.of_body(entry, whole) if r.entry] == ["chi-thi-vi-du"] * 2
    write_entry(
        tmp_path, body="\nTheo Chỉ thị số 07/CT-TTg.\n", quan_he=[{"loai": "dan-chieu", "den": "chi-thi-vi-du"}]
    )
    entry, whole = load_one(tmp_path)
    assert [r.entry.id for r in references.of_body(entry, whole) if r.entry] == ["chi-thi-vi-du"]


def test_the_same_number_of_another_day_is_another_document(tmp_path: Path) -> None:
    write_entry(tmp_path, "chi-thi-vi-du", loai="chi-thi", so_ky_hieu="07/CT-TTg", ngay_ban_hanh="21/3/2023",
                co_quan_ban_hanh="Thủ tướng Chính phủ", trich_yeu="Ví dụ")  # fmt: skip
    write_entry(tmp_path, body="\nTheo Chỉ thị số 07/CT-TTg ngày 19/02/2020.\n")
    entry, whole = load_one(tmp_path)
    assert [(r.is_known, r.differences) for r in references.of_body(entry, whole)] == [(False, ())]


def test_a_slip_in_the_day_of_a_law_is_told_and_not_linked(tmp_path: Path) -> None:
    entry, whole = made(tmp_path, "\nTheo Luật Báo chí ngày 05/4/2015.\n")
    (reference,) = references.of_body(entry, whole)
    assert (reference.number, reference.differences, reference.is_sure) == ("103/2016/QH13", ("ngay",), False)
    assert link_citations(entry.body.html, entry, "body", whole) == entry.body.html


def test_a_law_of_another_time_is_not_taken_for_the_one_that_is_known(tmp_path: Path) -> None:
    entry, whole = made(tmp_path, "\nTheo Luật Báo chí ngày 28/12/1989.\n")
    assert [r.is_known for r in references.of_body(entry, whole)] == [False]


def test_the_order_of_entries_does_not_change_what_a_citation_means(tmp_path: Path) -> None:
    _, whole = made(tmp_path, "\nTheo Nghị định số 30/2020/NĐ-CP và Luật Báo chí ngày 05/4/2016.\n")
    turned = catalogue.assemble(
        reversed(whole.entries), whole.vocabularies, whole.now, whole.root, register=whole.register
    )
    for entry in whole.entries:
        assert references.of_entry(entry, whole) == references.of_entry(entry, turned)


def test_an_erased_entry_neither_cites_nor_is_cited(tmp_path: Path) -> None:
    removal = {"ngay": "1/7/2023", "ly_do": "Ví dụ", "che_do": "xoa-noi-dung"}
    _, whole = made(tmp_path, "\nTheo Nghị định số 30/2020/NĐ-CP.\n", trang_thai="da-go", go_tin=removal)
    assert references.cited_by(whole) == {}
    assert load(tmp_path).find("vi-du") is not None
