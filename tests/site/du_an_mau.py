"""A made-up project and the way to build any project: folders in, a really built site out.

Everything under `mau/` and everything written here is invented for the tests and says so («Ví dụ: …»).
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).resolve().parent / "mau"
VN = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=VN)
ADDRESS = "https://vi-du.example/tin/"
"""A site under a sub-path, so that an address from the root of the domain shows itself as broken."""

PREVIEWED = ("vi-du-nhap-zqx", "vi-du-hen-zqx")
INTERNAL_KEYS = ("ngay_den", "truyen_thong", "noi_nhan", "ma_ho_so")
INTERNAL_VALUES = (
    "2026-02-17",
    "17/02/2026",
    "17/2/2026",
    "bangchungzqx",
    "987654",
    "987.654",
    "noinhanzqx",
    "mahosozqx",
)
WITHHELD_WORDS = ("nhapzqx", "henzqx", "vi-du-nhap-zqx", "vi-du-hen-zqx", "777/2026", "778/2026")
OFFICE_WORDS = ("sovanphongzqx", "kehoachvanphongzqx", "giaymoivanphongzqx", "baoloivanphongzqx", "luot-xem-zqx")
"""What stands in `_van-phong/`, which no build of the public site reads."""
ERASED_WORDS = ("daxoazqx", "906/2026")
NUMBERED = 27
"""How many simple entries fill the lists, so that they need pages."""


def lay_out(folder: Path, *, backwards: bool = False) -> Path:
    """Write the made-up project into `folder`; `backwards` creates its files in the opposite order."""
    written = {
        **_tree(ROOT / "docs", "docs"),
        **_tree(ROOT / "hooks", "hooks"),
        **_tree(ROOT / "policies" / "_danh-muc", "policies/_danh-muc"),
        "mkdocs.yml": configured((ROOT / "mkdocs.yml").read_text(encoding="utf-8")),
        **_tree(SAMPLE / "policies", "policies"),
        **_tree(SAMPLE / "_van-phong", "_van-phong"),
        **attachments(),
        **simple_entries(),
    }
    for name in sorted(written, reverse=backwards):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(written[name])
    return folder


def configured(text: str) -> bytes:
    """The project's configuration with somebody who reads the answers; its own says that nobody is named yet."""
    assert "  phan_hoi: null\n" in text
    return text.replace("  phan_hoi: null\n", "  phan_hoi: {thu: vi-du@example.org}\n").encode()


def _tree(source: Path, prefix: str) -> dict[str, bytes]:
    return {
        f"{prefix}/{path.relative_to(source).as_posix()}": path.read_bytes()
        for path in source.rglob("*")
        if path.is_file() and not {"__pycache__", ".mypy_cache"} & set(path.parts)
    }


def attachments() -> dict[str, bytes]:
    """The files beside the made-up entries: small, and really what their names say."""
    return {
        "policies/phong-dkkd/2026/vi-du-du-thao/du-thao.docx": docx("Ví dụ dự thảo"),
        "policies/phong-qldt-ngoai-ns/2026/vi-du-du-thao-xong/ket-qua.pdf": pdf("Vi du ket qua"),
        "policies/phong-dkkd/2026/vi-du-da-go/ban-ky.pdf": pdf("Vi du tin da go"),
        "policies/phong-dkkd/2026/vi-du-xoa/tepdaxoazqx.pdf": pdf("tepdaxoazqx"),
        "policies/phong-dkkd/2026/vi-du-xoa/anhdaxoazqx.png": png(3),
        "policies/van-phong-so/2026/vi-du-nhap-zqx/tepnhapzqx.pdf": pdf("tepnhapzqx"),
        "policies/van-phong-so/2026/vi-du-hen-zqx/tephenzqx.pdf": pdf("tephenzqx"),
        "policies/van-phong-so/2026/vi-du-tep/ban-ky.pdf": pdf("Vi du ban ky"),
        "policies/van-phong-so/2026/vi-du-tep/ban-word.docx": docx("Ví dụ bản Word"),
        "policies/van-phong-so/2026/vi-du-tep/so-do.png": png(40),
    }


def simple_entries() -> dict[str, bytes]:
    """Entries that differ only in what lists sort by: some share the day of publication, some that of issue as well."""
    entries = {}
    for number in range(1, NUMBERED + 1):
        published = 1 + number // 4  # four at a time on one day
        issued = 1 + number % 2
        title = f"Ví dụ: thông báo thứ {number} để đầy danh sách" if number != 5 else "=1+1 là ví dụ về ô bảng tính"
        text = f"""---
tieu_de: "{title}"
tom_tat: Thông báo ví dụ thứ {number}, chỉ để thử cách chia trang của danh sách; không có thật.
loai: thong-bao
so_ky_hieu: {100 + number}/TB-STC
co_quan_ban_hanh: Sở Tài chính tỉnh Lạng Sơn
ngay_ban_hanh: {issued}/7/2026
trich_yeu: Thông báo ví dụ thứ {number}
linh_vuc: [xuc-tien-dau-tu]
doi_tuong: [co-quan-nha-nuoc]
ngay_dang: {published}/8/2026
nguon: https://example.org/thong-bao/{number}
---

Nội dung ví dụ.
"""
        entries[f"policies/phong-qldt-ngoai-ns/2026/vi-du-so-{number:02}.md"] = text.encode()
    return entries


def pdf(words: str) -> bytes:
    """A PDF of one page with one line of ASCII."""
    stream = f"BT /F1 24 Tf 72 720 Td ({words}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(out),
    )  # fmt: skip


def docx(words: str) -> bytes:
    """A Word file of one paragraph."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="word/document.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>",
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return buffer.getvalue()


def png(side: int) -> bytes:
    """A grey square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = side.to_bytes(4, "big") * 2 + bytes((8, 0, 0, 0, 0))
    rows = (b"\0" + b"\x80" * side) * side
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def environment(now: datetime, address: str, **more: str) -> dict[str, str]:
    """What a build is told by its surroundings, and nothing that this machine happens to have set."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHINHSACH_")}
    return {
        **kept,
        "SOURCE_DATE_EPOCH": str(int(now.timestamp())),
        "CHINHSACH_DIA_CHI": address,
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_COLOR": "1",
        "NO_MKDOCS_2_WARNING": "1",
        **more,
    }


def build(
    project: Path, site: Path, *, now: datetime = NOW, address: str = ADDRESS, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Build as people do, in a process of its own."""
    return run(("mkdocs", "build", "--strict", "-d", str(site)), project, environment(now, address, **(more or {})))


def run(module_and_arguments: Iterable[str], folder: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a Python module with arguments in a folder."""
    return subprocess.run(
        [sys.executable, "-m", *module_and_arguments],
        cwd=folder,
        env={**env, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
