"""Where a link of a body leads: every form that a clerk can write."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import codes, load, write_entry

from chinhsach.catalogue import Catalogue
from chinhsach.links import Resolved, mentioned_files, resolve

BODY = "\n## Điểm chính\n\nBài ví dụ.\n"
TEXT = "### Điều 5. Ví dụ\n\n1. Một\n\nđ) Điểm\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root = tmp_path_factory.mktemp("lien-ket")
    write_entry(
        root,
        "tin-nay",
        body=BODY,
        files={"hinh.png": b"", "toan-van.md": TEXT, "Ảnh.png": b"", "a.svg": b""},
        toan_van={"tep": "toan-van.md", "day_du": "co", "nguon": "Ví dụ"},
    )
    write_entry(root, "tin-kia", unit="phong-dkkd", year="2024", body=BODY)
    write_entry(root, "tin-nhap", trang_thai="ban-nhap")
    write_entry(root, "tin-hen", ngay_dang="1/1/2030")
    write_entry(root, "tin-hong", ngay_dang="30/2/2023")
    write_entry(root, "tin-khong-doc")
    (root / "policies/van-phong-so/2023/tin-khong-doc.md").write_text("---\na: [\n---\n", encoding="utf-8")
    return load(root)


def from_this(target: str, whole: Catalogue, entry_id: str = "tin-nay") -> Resolved:
    entry = whole.find(entry_id)
    assert entry is not None
    return resolve(target, entry, whole)


@pytest.mark.parametrize(
    ("target", "kind", "leads_to"),
    [
        ("https://example.org/a#b", "web", None),
        ("HTTP://EXAMPLE.ORG", "web", None),
        ("mailto:a@example.org", "web", None),
        ("tel:0", "web", None),
        ("#diem-chinh", "anchor", ("tin-nay", "diem-chinh")),
        ("#%C4%91", "broken", None),
        ("toan-van", "full-text", ("tin-nay", "")),
        ("toan-van/", "full-text", ("tin-nay", "")),
        ("toan-van/#dieu-5-khoan-1-diem-dd", "full-text", ("tin-nay", "dieu-5-khoan-1-diem-dd")),
        ("tin-nay/toan-van.md#dieu-5", "full-text", ("tin-nay", "dieu-5")),
        ("tin-kia", "entry", ("tin-kia", "")),
        ("tin-kia/", "entry", ("tin-kia", "")),
        ("./tin-kia#diem-chinh", "entry", ("tin-kia", "diem-chinh")),
        ("../../phong-dkkd/2024/tin-kia.md", "entry", ("tin-kia", "")),
        ("../../phong-dkkd/2024/tin-kia.md#diem-chinh", "entry", ("tin-kia", "diem-chinh")),
        ("tin-hong", "entry", ("tin-hong", "")),
        ("hinh.png", "file", "hinh.png"),
        ("./hinh.png", "file", "hinh.png"),
        ("tin-nay/hinh.png", "file", "hinh.png"),
        ("khong-co.pdf", "file", "khong-co.pdf"),
    ],
)
def test_a_good_link_leads_where_it_says(target: str, kind: str, leads_to: object, whole: Catalogue) -> None:
    found = from_this(target, whole)
    assert found.kind == kind
    if isinstance(leads_to, tuple):
        assert found.entry is not None
        assert (found.entry.id, found.fragment) == leads_to
    elif leads_to:
        assert found.file == leads_to


@pytest.mark.parametrize(
    ("target", "reason", "suggestion"),
    [
        ("", "chưa ghi địa chỉ", ""),
        ("#", "chưa ghi địa chỉ", ""),
        ("#diem-chin", "bài này không có đề mục #diem-chin", "#diem-chinh"),
        ("#Điểm chính", "bài này không có đề mục #Điểm chính", "#diem-chinh"),
        ("toan-van/#dieu-6", "toàn văn không có chỗ nào mang địa chỉ #dieu-6", "toan-van/#dieu-5"),
        ("tin-kia#cuoi", "tin tin-kia không có đề mục #cuoi", ""),
        ("/chinh-sach/tin-kia/", "đường dẫn bắt đầu bằng dấu / chỉ đúng khi trang nằm ở gốc tên miền", "tin-kia"),
        ("../../../ngoai.md", "đường dẫn đi ra ngoài thư mục policies/", ""),
        ("../../../../etc/passwd", "đường dẫn đi ra ngoài thư mục policies/", ""),
        ("%2e%2e/%2e%2e/%2e%2e/x", "đường dẫn đi ra ngoài thư mục policies/", ""),
        ("tin-kia.md", "không có tệp policies/van-phong-so/2023/tin-kia.md", "tin-kia"),
        ("tin-ki", "không có tin nào mang mã này, cũng không phải tên tệp", "tin-kia"),
        ("tin-nhap", "tin tin-nhap chưa đăng nên chưa có trang", ""),
        ("tin-hen", "tin tin-hen chưa đăng nên chưa có trang", ""),
        ("Ảnh.png", "tên tệp chỉ gồm chữ thường không dấu, số và . _ -", "anh.png"),
        ("a.svg", "tệp loại .svg không được đăng trên trang", ""),
        ("www.example.org/a", "thiếu https:// ở đầu", "https://www.example.org/a"),
        ("example.vn", "thiếu https:// ở đầu", "https://example.vn"),
        ("thu-muc/hinh.png", "không có tin nào mang mã này, cũng không phải tên tệp", ""),
    ],
)
def test_a_link_that_leads_nowhere_says_why_and_what_was_meant(
    target: str, reason: str, suggestion: str, whole: Catalogue
) -> None:
    found = from_this(target, whole)
    assert (found.kind, found.reason, found.suggestion) == ("broken", reason, suggestion)


def test_an_entry_without_a_full_text_has_none_to_link_to(whole: Catalogue) -> None:
    assert from_this("toan-van/#dieu-5", whole, "tin-kia").kind == "broken"


def test_an_entry_that_could_not_be_read_does_not_make_its_neighbours_fail(whole: Catalogue) -> None:
    assert from_this("tin-khong-doc#bat-ky", whole).kind == "entry"
    assert from_this("tin-hong", whole).kind == "entry"


def test_a_working_copy_may_link_to_what_is_not_public_yet(whole: Catalogue) -> None:
    assert from_this("tin-hen", whole, "tin-nhap").kind == "entry"


def test_an_index_links_to_the_files_beside_it(tmp_path: Path) -> None:
    path = write_entry(tmp_path, "tin-gop", files={"index.md": "", "a.png": b""})
    path.rename(path.with_suffix("") / "index.md")
    whole = load(tmp_path)
    assert from_this("a.png", whole, "tin-gop").file == "a.png"
    assert from_this("tin-gop/a.png", whole, "tin-gop").kind == "broken"


def test_every_file_that_an_entry_names_is_known_with_its_line(tmp_path: Path) -> None:
    write_entry(
        tmp_path,
        body="\n[tải](bieu-mau.docx)\n",
        tep=[{"ten": "Ví dụ", "tep": "ke-hoach.pdf", "loai": "ban-ky-so"}],
        toan_van={"tep": "toan-van.md", "day_du": "co", "nguon": "Ví dụ"},
    )
    whole = load(tmp_path)
    assert mentioned_files(whole.entries[0], whole) == {"ke-hoach.pdf": 13, "toan-van.md": 14, "bieu-mau.docx": 17}
    assert codes(tmp_path) == ["thieu-tep"] * 3
