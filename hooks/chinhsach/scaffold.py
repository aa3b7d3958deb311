"""What is known of a document in, the text of a new entry out: every key that a clerk fills in, made from the table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .dates import format_date
from .kinds import Field
from .mending import quoted
from .schema import FIELDS
from .vocabulary import DocumentType, Unit

TO_FILL_IN = "CẦN BỔ SUNG"
"""Stands in the comment above each key that the entry needs and that only the clerk can know."""
PARTS = ("Điểm chính", "Ai cần biết", "Từ khi nào", "Cần làm gì", "Làm ở đâu, hạn nào", "Hỏi ai")
ASKED = (
    "tieu_de", "tom_tat", "loai", "so_ky_hieu", "co_quan_ban_hanh", "ngay_ban_hanh", "ngay_hieu_luc", "trich_yeu",
    "nguoi_ky", "chuc_vu", "linh_vuc", "doi_tuong", "trang_thai", "ngay_dang", "nguon", "tep",
)  # fmt: skip
_WHEN_ISSUED = "khi văn bản đã ban hành"


def new_entry(kind: DocumentType, unit: Unit, today: date, given: Mapping[str, str | tuple[str, ...]] = {}) -> str:
    """The Markdown of a new working copy: keys in the table's order, each with what it means and an example."""
    known = {"loai": kind.id, "trang_thai": "ban-nhap", "ngay_dang": format_date(today), **given}
    return _entry(f"Tin mới của {unit.name}", known)


def blank_entry() -> str:
    """The same for everybody: what `policies/_mau/` offers to copy."""
    return _entry("Tin mới", {"trang_thai": "ban-nhap"})


def _entry(heading: str, known: Mapping[str, str | tuple[str, ...]]) -> str:
    lines = [
        "---",
        f"# {heading}. Điền phần sau dấu hai chấm; dòng bắt đầu bằng # là lời nhắc, máy không đọc.",
    ]
    for row in FIELDS:
        if row.key in known:
            lines += [f"# {_hint(row)}", f"{row.key}: {_written(known[row.key])}"]
        elif row.key in ASKED and not (row.key == "tep" and "nguon" in known):
            lines += [f"# {_asked(row)}", f"{row.key}:"]
    lines += ["# Khi đã điền xong, đổi trang_thai thành cong-khai.", "---", ""]
    for part in PARTS:
        lines += [f"## {part}", "", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def is_needed(row: Field) -> bool:
    """Whether an entry about an issued document cannot be published without the key."""
    return row.required or row.key == "tom_tat" or row.demanded == _WHEN_ISSUED


def _hint(row: Field) -> str:
    need = "bắt buộc" if row.required else row.demanded or "không bắt buộc"
    return f"{row.hint} ({need}). Ví dụ: {row.example}"


def _asked(row: Field) -> str:
    return f"{TO_FILL_IN}: {_hint(row)}" if is_needed(row) or row.key in ("nguon", "tep") else _hint(row)


def _written(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return quoted(value)
    return "[" + ", ".join(quoted(item, in_flow=True) for item in value) + "]"
