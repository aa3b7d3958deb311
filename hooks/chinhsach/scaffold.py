"""A unit, an id and a type in, the text of a new entry out: every key that a clerk fills in, made from the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .dates import format_date
from .schema import FIELDS
from .vocabulary import DocumentType, Unit

PARTS = ("Điểm chính", "Ai cần biết", "Từ khi nào", "Cần làm gì", "Làm ở đâu, hạn nào", "Hỏi ai")
_ASKED = (
    "tieu_de", "tom_tat", "loai", "so_ky_hieu", "co_quan_ban_hanh", "ngay_ban_hanh", "ngay_hieu_luc", "trich_yeu",
    "nguoi_ky", "chuc_vu", "linh_vuc", "doi_tuong", "trang_thai", "ngay_dang", "nguon", "tep",
)  # fmt: skip


def new_entry(kind: DocumentType, unit: Unit, today: date) -> str:
    """The Markdown of a new working copy: keys in the table's order, each with what it means and an example."""
    given = {"loai": kind.id, "trang_thai": "ban-nhap", "ngay_dang": format_date(today)}
    return _entry(f"Tin mới của {unit.name}", given)


def blank_entry() -> str:
    """The same for everybody: what `policies/_mau/` offers to copy."""
    return _entry("Tin mới", {"trang_thai": "ban-nhap"})


def _entry(heading: str, given: Mapping[str, str]) -> str:
    lines = [
        "---",
        f"# {heading}. Điền phần sau dấu hai chấm; dòng bắt đầu bằng # là lời nhắc, máy không đọc.",
    ]
    for row in FIELDS:
        if row.key not in _ASKED:
            continue
        need = "bắt buộc" if row.required else row.demanded or "không bắt buộc"
        lines.append(f"# {row.hint} ({need}). Ví dụ: {row.example}")
        lines.append(f"{row.key}: {given.get(row.key, '')}".rstrip())
    lines += ["# Khi đã điền xong, đổi trang_thai thành cong-khai.", "---", ""]
    for part in PARTS:
        lines += [f"## {part}", "", ""]
    return "\n".join(lines).rstrip("\n") + "\n"
