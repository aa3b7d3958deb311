"""The package of a year: whole without a server, true to what was published, the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from du_an_mau import ADDRESS, ERASED_WORDS, INTERNAL_VALUES, NOW, WITHHELD_WORDS, environment, pdf, run
from trang_dung import BuiltSite

from chinhsach.attachments import pdf_a_part

pytestmark = pytest.mark.dung_trang


def packed(trang: BuiltSite, target: Path, *more: str, site: Path | None = None, code: int = 0) -> str:
    call = ("chinhsach.cli", "dong-goi", "2026", "--trang", str(site or trang.folder), "--ra", str(target), *more)
    done = run(call, trang.project, environment(NOW, ADDRESS))
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def contents(package: Path) -> dict[str, bytes]:
    """The files of a package by their path below its one folder."""
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len({name.split("/")[0] for name in names}) == 1
        return {name.split("/", 1)[1]: archive.read(name) for name in names}


@pytest.fixture(scope="module")
def package(trang_mau: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    target = tmp_path_factory.mktemp("goi") / "goi.zip"
    packed(trang_mau, target)
    return contents(target)


@pytest.fixture(scope="module")
def archive(trang_mau: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    target = tmp_path_factory.mktemp("luu") / "luu.zip"
    packed(trang_mau, target, "--luu-tru")
    return contents(target)


def links(content: bytes) -> list[str]:
    root = html5lib.parse(content, namespaceHTMLElements=False)
    return [value for e in root.iter() for name, value in e.attrib.items() if name in ("href", "src", "action")]


def test_a_year_holds_the_entries_of_its_list_and_the_removed_ones(
    package: dict[str, bytes], trang_mau: BuiltSite
) -> None:
    pages = {path.split("/")[1] for path in package if path.startswith("chinh-sach/")}
    listed = {
        row["ma"]
        for row in json.loads((trang_mau.folder / "du-lieu/chinh-sach.json").read_bytes())["entries"]
        if row.get("ngay_ban_hanh", row.get("ngay_dang", "2026"))[:4] == "2026"
    }
    assert pages == listed
    assert {"vi-du-da-go", "vi-du-xoa", "vi-du-du-thao"} <= pages
    assert len(pages) > 30


def test_every_link_leads_to_a_file_of_the_package_or_to_the_site(package: dict[str, bytes]) -> None:
    wrong, inner = [], 0
    for path, content in package.items():
        if not path.endswith(".html"):
            continue
        for link in links(content):
            parts = urlsplit(link)
            if parts.scheme or link.startswith("#"):
                continue
            target = Path("/" + path).parent.joinpath(unquote(parts.path)).resolve().as_posix().lstrip("/")
            inner += 1
            if target not in package or link.startswith("/"):
                wrong.append((path, link))
    assert wrong == []
    assert inner > 100


def test_no_page_of_a_package_runs_script_or_speaks_of_today(package: dict[str, bytes]) -> None:
    pages = {path: content.decode() for path, content in package.items() if path.endswith(".html")}
    assert [path for path, page in pages.items() if "<script" in page or "<form" in page] == []
    assert [
        path for path, page in pages.items() if path != "index.html" and "Bản đóng gói, nội dung tới ngày" not in page
    ] == []
    assert not [path for path in package if path.endswith(".js")]


def test_what_is_not_public_is_in_no_package(archive: dict[str, bytes]) -> None:
    whole = b"\n".join(archive.values()).decode("utf-8", "replace")
    assert [word for word in (*WITHHELD_WORDS, *ERASED_WORDS, *INTERNAL_VALUES[3:]) if word in whole] == []


def test_the_same_site_gives_the_same_bytes_wherever_it_stands(trang_mau: BuiltSite, tmp_path: Path) -> None:
    packed(trang_mau, tmp_path / "a.zip", "--luu-tru")
    moved = shutil.copytree(trang_mau.folder, tmp_path / "noi-khac")
    packed(trang_mau, tmp_path / "b.zip", "--luu-tru", site=moved)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_site_that_was_changed_by_hand_is_not_packed(trang_mau: BuiltSite, tmp_path: Path) -> None:
    changed = shutil.copytree(trang_mau.folder, tmp_path / "sua")
    page = changed / "chinh-sach/vi-du-thuong/index.html"
    page.write_bytes(page.read_bytes().replace(b"15/10/2026", b"16/10/2026"))
    said = packed(trang_mau, tmp_path / "a.zip", site=changed, code=1)
    assert "chinh-sach/vi-du-thuong/index.html" in said
    assert not (tmp_path / "a.zip").exists()


def test_an_archive_has_list_ledger_data_and_hashes_of_all(archive: dict[str, bytes], trang_mau: BuiltSite) -> None:
    hashes = json.loads(archive["tep.json"])["tep"]
    assert hashes == {p: hashlib.sha256(c).hexdigest() for p, c in archive.items() if p != "tep.json"}
    rows = list(csv.DictReader(io.StringIO(archive["danh-sach.csv"].decode("utf-8-sig"))))
    assert {row["tep"] for row in rows} == {path for path in archive if path.startswith("chinh-sach/")}
    assert {row["tinh_trang"] for row in rows} == {"đang đăng", "đã gỡ"}
    assert [row for row in rows if row["tieu_de"][:1] in "=+-@"] == []
    published = json.loads((trang_mau.folder / "du-lieu/tep.json").read_bytes())["tep"]
    assert all(row["sha256_ban_dang"] == published[row["tep"]] for row in rows)
    ledger = json.loads(archive["du-lieu/so-cong-khai.json"])["entries"]
    assert {row["ma"] for row in ledger} == {row["ma"] for row in rows}
    for row in ledger:
        assert hashlib.sha256(archive[f"du-lieu/chinh-sach/{row['ma']}.json"]).hexdigest() == row["sha256"]


def test_an_archive_says_that_it_makes_no_pdf_a(archive: dict[str, bytes]) -> None:
    assert "không tệp PDF nào trong gói tự khai là PDF/A" in archive["index.html"].decode()


def test_a_pdf_that_says_it_is_pdf_a_is_called_so() -> None:
    metadata = b'<rdf:Description pdfaid:part="2" pdfaid:conformance="B"/>'
    plain = pdf("Vi du")
    body = plain.replace(b"/Type /Catalog", b"/Type /Catalog /Metadata 6 0 R").split(b"xref")[0]
    body += b"6 0 obj\n<< /Type /Metadata /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(metadata), metadata)
    said = body + b"trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
    assert pdf_a_part(said) == "PDF/A-2b"
    assert pdf_a_part(plain) == ""
    assert pdf_a_part(b"%PDF-1.4 broken") == ""


@pytest.mark.parametrize(("year", "code", "words"), [("2031", 1, "chưa có tin nào"), ("20a6", 2, "bốn chữ số")])
def test_a_year_without_entries_and_no_year_are_told_apart(
    trang_mau: BuiltSite, tmp_path: Path, year: str, code: int, words: str
) -> None:
    call = ("chinhsach.cli", "dong-goi", year, "--trang", str(trang_mau.folder), "--ra", str(tmp_path / "a.zip"))
    done = run(call, trang_mau.project, environment(NOW, ADDRESS))
    assert done.returncode == code
    assert words in done.stdout + done.stderr
