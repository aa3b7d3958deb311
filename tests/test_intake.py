"""Files dropped into `_cho-phan-loai/`: each becomes a draft beside it, and its sender gets an answer in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pdf_mau
import pytest
from support import NOW, ROOT, vocabularies, write_entry
from test_form import FILLED, filled

from chinhsach import cli, intake, markdown
from chinhsach.check import check

GOLDEN = ROOT / "tests" / "golden" / "tiep-nhan"
Drop = Callable[[str, bytes], Path]


@pytest.fixture
def project(bare_project: Path) -> Path:
    (bare_project / intake.FOLDER).mkdir()
    return bare_project


@pytest.fixture
def drop(project: Path) -> Drop:
    def put(name: str, content: bytes) -> Path:
        path = project / intake.FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return path

    return put


def form_file(path: Path, **texts: str) -> None:
    filled(FILLED | texts).save(str(path))


def files_of(root: Path) -> list[str]:
    base = root / intake.FOLDER
    return sorted(path.relative_to(base).as_posix() for path in base.rglob("*") if path.is_file())


def receive(root: Path) -> list[intake.Receipt]:
    return intake.receive(root, vocabularies(), NOW)


def errors(root: Path) -> list[str]:
    return [problem.as_text() for problem in check(root, NOW).problems if problem.is_error]


def test_a_dropped_file_becomes_a_draft_with_the_file_beside_it_byte_for_byte(project: Path, drop: Drop) -> None:
    content = pdf_mau.plan()
    drop("Kế hoạch  truyền thông (bản cuối).PDF", content)
    (receipt,) = receive(project)
    name = "ke-hoach-truyen-thong-ban-cuoi"
    assert files_of(project) == [f"{name}.md", f"{name}/{name}.pdf"]
    assert (project / intake.FOLDER / name / f"{name}.pdf").read_bytes() == content
    assert receipt.outcome == f"Đã lập tin nháp {intake.FOLDER}/{name}.md"
    assert not receipt.is_refused
    text = (project / intake.FOLDER / f"{name}.md").read_text("utf-8")
    assert "trang_thai: ban-nhap" in text
    assert "so_ky_hieu: 12/KH-SKHĐT" in text
    assert errors(project) == []


def test_nothing_dropped_is_nothing_done(project: Path) -> None:
    write_entry(project, "tin-cu")
    assert receive(project) == []
    assert intake.as_text([]) == "Không có tệp nào chờ trong policies/_cho-phan-loai/."


def test_a_second_run_does_nothing_more(project: Path, drop: Drop) -> None:
    drop("vi-du.pdf", pdf_mau.plan())
    receive(project)
    before = files_of(project)
    assert receive(project) == []
    assert files_of(project) == before


def test_the_same_file_twice_is_one_entry_in_one_run_and_in_two(project: Path, drop: Drop) -> None:
    drop("a.pdf", pdf_mau.plan())
    drop("b.pdf", pdf_mau.plan())
    first, second = receive(project)
    assert "Đã lập tin nháp" in first.outcome
    assert "Trùng từng byte với tệp «a.pdf»" in second.outcome
    again = drop("c.pdf", pdf_mau.plan())
    (third,) = receive(project)
    assert "Trùng từng byte với tin «12-kh-skhdt»" in third.outcome
    assert not again.exists()
    assert files_of(project) == ["12-kh-skhdt.md", "12-kh-skhdt/a.pdf"]


def test_another_file_of_the_same_name_does_not_overwrite_the_first(project: Path, drop: Drop) -> None:
    drop("van ban.pdf", pdf_mau.plan())
    receive(project)
    drop("Văn bản.pdf", pdf_mau.plan("Số: 13/KH-SKHĐT"))
    receive(project)
    assert files_of(project) == ["van-ban-2.md", "van-ban-2/van-ban.pdf", "van-ban.md", "van-ban/van-ban.pdf"]


def test_a_broken_file_stays_and_gets_an_answer(project: Path, drop: Drop, capsys: pytest.CaptureFixture[str]) -> None:
    broken = drop("hong.pdf", b"%PDF-1.7\nkhong co gi")
    strange = drop("bang tinh.xlsx", b"PK")
    good = drop("tot.pdf", pdf_mau.scan())
    assert cli.main(["tiep-nhan"]) == cli.PROBLEMS
    said = capsys.readouterr().out
    assert "hong.pdf: Chưa nhận được: PDF hỏng" in said
    assert "bang tinh.xlsx: Chưa nhận được: chưa đọc được tệp loại «.xlsx»" in said
    assert said.endswith("Đã xem 3 tệp: nhận 1, chưa nhận 2.\n")
    assert broken.exists()
    assert strange.exists()
    assert not good.exists()


def test_a_file_in_a_folder_of_a_year_gets_its_entry_there(project: Path, drop: Drop) -> None:
    drop("2026/vi-du.pdf", pdf_mau.plan())
    receive(project)
    assert files_of(project) == ["2026/vi-du.md", "2026/vi-du/vi-du.pdf"]


def test_a_filled_form_is_an_entry_and_stays_nowhere_as_a_file(project: Path) -> None:
    form_file(project / intake.FOLDER / "Phiếu gửi tin.docx", nguon="https://example.org/vi-du")
    (receipt,) = receive(project)
    assert files_of(project) == ["phieu-gui-tin.md"]
    assert dict(receipt.facts)["Đơn vị phụ trách tin"].startswith("Văn phòng Sở")
    assert receipt.missing == ()
    assert receipt.wrong == ()
    assert errors(project) == []


def test_a_form_and_its_document_make_one_entry_in_the_persons_words(project: Path, drop: Drop) -> None:
    drop("van-ban.pdf", pdf_mau.plan())
    form_file(project / intake.FOLDER / "phieu.docx", so_ky_hieu="12/KH-SKHĐT", loai="Kế hoạch")
    (receipt,) = receive(project)
    assert "ghép với phiếu «phieu.docx»" in receipt.outcome
    assert files_of(project) == ["van-ban.md", "van-ban/van-ban.pdf"]
    text = (project / intake.FOLDER / "van-ban.md").read_text("utf-8")
    assert FILLED["tieu_de"] in text
    assert "nguoi_ky: Nguyễn Văn Ví Dụ" in text
    assert receipt.missing == ()
    assert errors(project) == []


def test_a_form_with_a_wrong_value_is_received_and_told_what_to_mend(project: Path) -> None:
    form_file(project / intake.FOLDER / "phieu.docx", ngay_ban_hanh="30/2/2023")
    (receipt,) = receive(project)
    assert "Ngày ban hành «30/2/2023» không có trên lịch" in receipt.review[0]
    assert any(said.startswith("Ngày ban hành: ghi ở dòng ngay_ban_hanh") for said in receipt.missing)
    assert errors(project) == []


@pytest.mark.parametrize(("form", "name"), [("van-ban", "loi-dap.txt"), ("markdown", "loi-dap.md")])
def test_the_answer_reads_as_it_did(
    form: str, name: str, project: Path, drop: Drop, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    drop("Kế hoạch số 12.pdf", pdf_mau.plan())
    drop("ban-quet.pdf", pdf_mau.scan())
    drop("hong.pdf", b"%PDF-1.7\n")
    drop("lap-lai.pdf", pdf_mau.plan())
    form_file(project / intake.FOLDER / "phieu.docx", loai="Thông tưởng", nguon="https://example.org/vi-du")
    assert cli.main(["tiep-nhan", "--dinh-dang", form]) == cli.PROBLEMS
    said = capsys.readouterr().out
    expected = GOLDEN / name
    if request.config.getoption("--ghi-lai"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text("utf-8")
    assert not re.search(r"\b(error|file|draft|none|invalid|unknown)\b", said, re.I)


def test_what_a_file_says_can_be_no_link_tag_or_call_in_the_reply() -> None:
    wicked = "@nguoi-vi-du <img src=x> [bấm](https://example.org) `x` #1"
    receipt = intake.Receipt(f"{wicked}.pdf", wicked, facts=(("Tiêu đề", wicked),), review=(wicked,))
    reply = intake.as_reply([receipt])
    shown = markdown.render(reply, 1)
    assert not shown.links
    assert "<img" not in shown.html
    assert "@nguoi" not in reply
    assert markdown.plain_text(shown.html).replace("\u200b", "").count(wicked) == 4  # told all the same
