"""PDF files: fields' lines, paragraphs and tables as printed, signatures as they say, and files made to do harm."""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import chay
import pdf_mau
import pytest
import word_files
from asn1crypto import x509 as asn1_x509
from asn1crypto.keys import PrivateKeyInfo
from bo_nho import refused_with
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import sync_playwright
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, NameObject, TextStringObject
from support import vocabularies

from chinhsach import apart, letterhead, markdown, pdf_in
from chinhsach.imported import CannotRead, Sheet
from chinhsach.pdf_in import reading, signatures, tables
from chinhsach.text import as_markdown


def read(folder: Path, content: bytes) -> Sheet:
    """The sheet of a PDF with this content, made in a process of its own as the command does."""
    path = folder / "vi-du.pdf"
    path.write_bytes(content)
    return pdf_in.read(path)


def in_a_thread(work: Callable[[], bytes]) -> bytes:
    """What `work` gives, made where no browser test's event loop runs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def printed(page_html: str, browser_path: str) -> bytes:
    """A page as Chromium prints it."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_content(page_html)
        content = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "20mm"))
        browser.close()
    return content


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(CannotRead) as refused:
        read(folder, content)
    return str(refused.value)


# What is read


def test_the_blocks_of_a_document_are_told_apart(tmp_path: Path) -> None:
    sheet = read(tmp_path, pdf_mau.plan())
    assert sheet.left == ("UBND TỈNH VÍ DỤ", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "Số: 12/KH-SKHĐT")
    assert sheet.right == (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lạng Sơn, ngày 30 tháng 5 năm 2023",
    )
    assert sheet.title == ("KẾ HOẠCH", "Truyền thông ví dụ năm 2023")
    assert sheet.recipients == ("Nơi nhận:", "- Như trên;", "- Lưu: VT.")
    assert sheet.signature == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn Ví Dụ")
    assert sheet.notes == ()


def test_whom_a_letter_addresses_is_no_part_of_its_subject(tmp_path: Path) -> None:
    """Both set at the margin, the next line across the page: nothing of the letter may be lost to its head."""
    left, right = pdf_mau.LEFT, 330.0
    said = [
        pdf_mau.Said("SỞ VÍ DỤ", left, 60), pdf_mau.Said("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", right, 60, 11),
        pdf_mau.Said("Số: 12/SKHĐT-VP", left, 80), pdf_mau.Said("Độc lập - Tự do - Hạnh phúc", right, 80, 11),
        pdf_mau.Said("V/v ví dụ nộp hồ sơ", left, 100),
        pdf_mau.Said("Kính gửi: Ủy ban nhân dân các xã", left, 130),
        *pdf_mau.paragraph("Thực hiện kế hoạch ví dụ, Sở hướng dẫn " + "các đơn vị thực hiện " * 6 + "như sau:", 160, indent=0),
    ]  # fmt: skip
    sheet = read(tmp_path, pdf_mau.pdf(said))
    assert sheet.left == ("SỞ VÍ DỤ", "Số: 12/SKHĐT-VP", "V/v ví dụ nộp hồ sơ")
    assert sheet.title == ()
    assert sheet.body.startswith("Kính gửi: Ủy ban nhân dân các xã\n\nThực hiện kế hoạch ví dụ")


def test_a_draft_without_number_and_day_keeps_its_gaps(tmp_path: Path) -> None:
    sheet = read(tmp_path, pdf_mau.plan("Số:        /KH-SKHĐT", "Lạng Sơn, ngày      tháng     năm 2023"))
    assert sheet.left[-1] == "Số: /KH-SKHĐT"
    assert sheet.right[-1] == "Lạng Sơn, ngày tháng năm 2023"


def test_paragraphs_are_joined_and_numbers_stay_as_printed_on_the_page(tmp_path: Path) -> None:
    sheet = read(tmp_path, pdf_mau.plan())
    body = markdown.render(sheet.body, 1)
    assert body.faults == ()
    words = [line for line in markdown.plain_text(body.html).split("\n") if line.strip()]
    assert [word.strip() for word in words[: len(pdf_mau.BODY)]] == list(pdf_mau.BODY)
    assert [heading.text for heading in body.headings] == ["I. MỤC ĐÍCH, YÊU CẦU", "II. TỔ CHỨC THỰC HIỆN"]
    assert "<ol" not in body.html
    assert "<b>" not in body.html


def test_a_table_stands_in_its_place_and_its_cells_say_what_they_say(tmp_path: Path) -> None:
    body = markdown.render(read(tmp_path, pdf_mau.plan()).body, 1).html
    assert body.index("Điều 5") < body.index("<table") < body.index("đoạn cuối cùng")
    assert "<td>Ví dụ: in | phát</td>" in body
    assert body.count("<tr>") == 3


def test_merged_cells_stay_merged() -> None:
    written = tables.markup(
        [
            tables.Cell("Năm", 0, 0, 20, 40), tables.Cell("Việc & <nơi>", 20, 0, 60, 20),
            tables.Cell("a", 20, 20, 40, 40), tables.Cell("b", 40, 20, 60, 40),
        ]
    )  # fmt: skip
    shown = markdown.render(written, 1).html
    assert '<td rowspan="2">Năm</td>' in shown
    assert '<td colspan="2">Việc &amp; &lt;nơi&gt;</td>' in shown


def test_without_a_national_title_nothing_is_taken_for_a_head(tmp_path: Path) -> None:
    sheet = read(tmp_path, pdf_mau.pdf(pdf_mau.flow(pdf_mau.BODY, 80)))
    assert (sheet.left, sheet.right, sheet.title, sheet.signature) == ((), (), (), ())
    assert sheet.body.startswith("Ví dụ: căn cứ")


@pytest.mark.parametrize(
    "text",
    [
        "1. một",
        "12) hai",
        "- gạch",
        "+ cộng",
        "# thăng",
        "> trích",
        "* sao",
        "a_b_c *d*",
        "[x](y)",
        "`ô`",
        "a | b",
        "== =",
    ],
)
def test_printed_words_come_out_letter_for_letter(text: str) -> None:
    shown = markdown.render(as_markdown(text), 1)
    assert shown.html.startswith("<p>")
    assert markdown.plain_text(shown.html).strip() == text


@pytest.mark.trinh_duyet
def test_a_page_printed_by_a_browser_is_read_too(tmp_path: Path) -> None:
    path = chay.find_browser()
    if path is None:
        pytest.fail(chay.MISSING)
    page_html = """<style>body{font:14pt serif;margin:0} td{vertical-align:top;text-align:center}
      .b td{border:1px solid;text-align:left} p{text-align:justify;text-indent:1cm;margin:6px 0}</style>
      <table width=100%><tr><td width=42%>UBND TỈNH VÍ DỤ<br><b>SỞ VÍ DỤ ỈỰỡ</b><br>Số: 7/QĐ-SVD</td>
      <td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b><br>
      <i>Ví Dụ, ngày 05 tháng 02 năm 2026</i></td></tr></table>
      <h3 align=center>QUYẾT ĐỊNH<br>Về việc ví dụ</h3>
      <p>1. Ví dụ: câu đủ dài để trình duyệt phải xuống dòng một lần nữa trước khi câu này kết thúc ở đây.</p>
      <table class=b style="border-collapse:collapse;width:100%"><tr><td>Cột một</td><td>Cột hai</td></tr>
      <tr><td colspan=2>Chung cả hai</td></tr></table>
      <table width=100%><tr><td style="text-align:left"><b>Nơi nhận:</b><br>- Như trên.</td>
      <td><b>GIÁM ĐỐC<br><br>Trần Thị Ví Dụ</b></td></tr></table>"""
    sheet = read(tmp_path, in_a_thread(lambda: printed(page_html, path)))
    assert sheet.left == ("UBND TỈNH VÍ DỤ", "SỞ VÍ DỤ ỈỰỡ", "Số: 7/QĐ-SVD")
    assert sheet.right[-1] == "Ví Dụ, ngày 05 tháng 02 năm 2026"
    assert sheet.title == ("QUYẾT ĐỊNH", "Về việc ví dụ")
    assert sheet.signature == ("GIÁM ĐỐC", "Trần Thị Ví Dụ")
    assert "1\\. Ví dụ: câu đủ dài" in sheet.body
    assert "kết thúc ở đây." in sheet.body.split("\n\n")[0]
    assert '<td colspan="2">Chung cả hai</td>' in sheet.body


OLD_FONTS = ("bao-cao-tcvn3", "thong-bao-vni")


@pytest.mark.can_libreoffice
def test_word_files_saved_as_pdf_give_the_fields_of_the_word_files(tmp_path: Path) -> None:
    """The made Word files, saved as PDF by LibreOffice: at least 95 % of the fields, and none that is not there."""
    files = {case.name: case.make(tmp_path) for case in word_files.CASES}
    profile = f"-env:UserInstallation={(tmp_path / 'ho-so').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *files.values()]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    asked = right = 0
    wrong: list[str] = []
    for case in word_files.CASES:
        sheet = reading.sheet(files[case.name].with_suffix(".pdf"))
        found = {one.key: one.value for one in letterhead.read(sheet, vocabularies()).fields}
        if case.name in OLD_FONTS:
            assert sheet.body == "", "letters of an old font must not be guessed at"
            continue
        asked += len(case.fields)
        right += sum(found.get(key) == value for key, value in case.fields.items())
        wrong += [f"{case.name}: {key} = {value}" for key, value in found.items() if case.fields.get(key) != value]
    logging.disable(logging.NOTSET)
    print(f"{right} of {asked} fields of {len(files) - len(OLD_FONTS)} PDF files")
    assert len(files) >= 24
    assert right >= 0.95 * asked
    assert wrong == []


# What has no words to read


def test_a_scan_is_said_to_be_one_and_gives_nothing(tmp_path: Path) -> None:
    sheet = read(tmp_path, pdf_mau.scan())
    assert sheet == Sheet(notes=sheet.notes, is_whole=False, kind="ban-quet")
    assert "bản quét" in " ".join(sheet.notes)


def test_letters_of_an_old_font_are_refused_by_its_name(tmp_path: Path) -> None:
    page = pdf_mau.flow(["së tµi chÝnh, vÝ dô v¨n b¶n cò"], 80)
    sheet = read(tmp_path, pdf_mau.pdf(page, fonts=(".VnTime", ".VnTime-Bold")))
    assert sheet.body == ""
    assert "«.VnTime»" in " ".join(sheet.notes)


def test_letters_that_cannot_be_told_from_their_codes_are_not_guessed(tmp_path: Path) -> None:
    sheet = read(tmp_path, pdf_mau.pdf(pdf_mau.flow(pdf_mau.BODY, 80), mapped=False))
    assert sheet.body == ""
    assert "không kèm bảng mã" in " ".join(sheet.notes)


# Signatures


def throwaway_signer(**names: str) -> signers.SimpleSigner:
    """A signer with a key made for this test alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    oids = {"cn": x509.NameOID.COMMON_NAME, "o": x509.NameOID.ORGANIZATION_NAME}
    name = x509.Name([x509.NameAttribute(oids[short], said) for short, said in names.items()])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(now).not_valid_after(now + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    own = asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    return signers.SimpleSigner(
        signing_cert=own, signing_key=PrivateKeyInfo.load(private), cert_registry=SimpleCertificateStore()
    )


def signed(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    meta = signers.PdfSignatureMetadata(field_name="KySo")
    signer = throwaway_signer(cn="Ví dụ: người ký", o="Sở ví dụ")
    return in_a_thread(lambda: bytes(signers.sign_pdf(writer, meta, signer=signer).getbuffer()))


def test_a_signed_file_names_its_signer_and_never_calls_the_signature_valid(tmp_path: Path) -> None:
    content = signed(pdf_mau.plan())
    sheet = read(tmp_path, content)
    (note,) = sheet.notes
    assert "«Ví dụ: người ký», «Sở ví dụ»" in note
    assert "theo máy của người ký" in note
    assert note.endswith("(chưa xác minh chữ ký)")
    assert sheet.left[-1] == "Số: 12/KH-SKHĐT"
    assert sheet.kind == "ban-ky-so"
    assert (tmp_path / "vi-du.pdf").read_bytes() == content


def test_a_signed_scan_is_told_as_both(tmp_path: Path) -> None:
    notes = read(tmp_path, signed(pdf_mau.scan())).notes
    assert len(notes) == 2
    assert "chữ ký số" in notes[0]
    assert "bản quét" in notes[1]


def test_what_was_added_after_signing_is_told(tmp_path: Path) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed(pdf_mau.plan())))
    writer.root["/ViDu"] = writer.add_object(generic.NumberObject(1))
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    notes = read(tmp_path, out.getvalue()).notes
    assert "còn được ghi thêm" in notes[-1]


def test_a_signature_that_cannot_be_read_is_still_told(tmp_path: Path) -> None:
    content = signed(pdf_mau.plan())
    start = content.index(b"/Contents <") + len(b"/Contents <")
    broken = content[:start] + b"00" * 40 + content[start + 80 :]
    (note, *_) = read(tmp_path, broken).notes
    assert "người không rõ tên" in note
    assert signatures.NOT_VERIFIED in note


# Files made to do harm


def with_root(key: str, value: DictionaryObject) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_mau.plan())))
    writer.root_object[NameObject(key)] = value
    return pdf_mau.written(writer)


def action(kind: str, **more: str) -> DictionaryObject:
    said = {NameObject("/S"): NameObject(kind)}
    return DictionaryObject(said | {NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()})


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("/OpenAction", action("/JavaScript", JS="app.alert(1)"), "JavaScript"),
        ("/AA", DictionaryObject({NameObject("/WC"): action("/Launch", F="cmd.exe")}), "Launch"),
        ("/ViDu", DictionaryObject({NameObject("/Kids"): ArrayObject([action("/SubmitForm")])}), "SubmitForm"),
    ],
)
def test_a_file_that_would_run_something_is_refused(
    key: str, value: DictionaryObject, what: str, tmp_path: Path
) -> None:
    assert f"lệnh tự chạy ({what})" in refusal(tmp_path, with_root(key, value))


def test_a_locked_file_is_refused_and_one_that_only_forbids_printing_is_read(tmp_path: Path) -> None:
    for password, is_read in (("bi-mat", False), ("", True)):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_mau.plan())))
        writer.encrypt(password, "chu-so-huu", algorithm="RC4-128")
        content = pdf_mau.written(writer)
        if is_read:
            assert read(tmp_path, content).title[0] == "KẾ HOẠCH"
        else:
            assert "mật khẩu" in refusal(tmp_path, content)


def stream_bomb() -> bytes:
    """A page whose content unpacks to 600 MB of spaces."""
    packer = zlib.compressobj(9)
    content = b"".join([*(packer.compress(b" " * 10_000_000) for _ in range(60)), packer.flush()])
    body = pdf_mau.pdf([pdf_mau.Said("x", 90, 90)])
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(body)))
    stream = EncodedStreamObject()
    stream._data = content
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    return pdf_mau.written(writer)


def deep_arrays() -> bytes:
    return pdf_mau.plan().replace(b"/Pages", b"/ViDu " + b"[" * 200_000 + b"]" * 200_000 + b" /Pages", 1)


def page_tree_in_a_circle() -> bytes:
    content = pdf_mau.plan()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    pages = writer.root_object["/Pages"].get_object()
    pages[NameObject("/Kids")] = ArrayObject([writer.root_object.raw_get("/Pages")])
    return pdf_mau.written(writer)


HOSTILE = {
    "một luồng bung ra 600 MB": stream_bomb,
    "mảng lồng 200.000 tầng": deep_arrays,
    "tệp Word đổi đuôi": lambda: b"PK\x03\x04" + bytes(5000),
    "không phải PDF": lambda: b"MZ" + bytes(5000),
    "chỉ có dòng đầu": lambda: b"%PDF-1.7\n",
    "cụt giữa chừng": lambda: pdf_mau.plan()[:2500],
    "rỗng": bytes,
}


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int]]:
    """What is said of each hostile file, and the most memory in bytes that any process took until then."""
    folder = tmp_path_factory.mktemp("doc-hai")
    files = {name: folder / f"{number}.pdf" for number, name in enumerate(HOSTILE)}
    for name, path in files.items():
        path.write_bytes(HOSTILE[name]())
    return dict(zip(files, refused_with(files.values()), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_plain_words(name: str, refusals: dict[str, tuple[str, int]]) -> None:
    said, size = refusals[name]
    assert ". Hãy " in said, "it must say what to do instead"
    assert not re.search(r"\b(error|file|stream|invalid|trong Word)\b", said)
    assert size < apart.MEMORY_BYTES


def test_a_page_tree_that_holds_itself_is_read_harmlessly(tmp_path: Path) -> None:
    assert len(read(tmp_path, page_tree_in_a_circle()).body) < 10_000


def test_a_file_of_500_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "lon.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(500_000_000)
    with pytest.raises(CannotRead, match="25 MB"):
        pdf_in.read(path)


def test_the_reader_is_held_to_its_limits(tmp_path: Path) -> None:
    """What stands between a bomb and the machine: the child's own limits, asked of the child."""
    code = "from chinhsach import apart; apart.limit_this_process(); import resource as r; print(r.getrlimit(r.RLIMIT_AS)[0], r.getrlimit(r.RLIMIT_CPU)[0])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=True)
    assert said.stdout.split() == [str(apart.MEMORY_BYTES), str(apart.SECONDS)]
