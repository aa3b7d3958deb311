"""The points of Luật 01/2026/QH16 Điều 17 khoản 1 in, which have entries and which have none out: for the office only.

A point without an entry is no fault: the information may stand elsewhere, or the department may not make it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping

from ..outputs.data import safe_cell
from ..outputs.duty import Served

_COLUMNS = ("diem", "tom_tat", "so_lien_quan", "so_tin", "tin", "linh_vuc_gan")
_RELEVANCE = {"co": "Sở thường tạo ra", "it": "Sở ít khi tạo ra", "khong": "ngoài việc của Sở"}


def as_text(points: Iterable[Served]) -> str:
    """For people: the points without an entry first, then the others, each in the law's order."""
    listed = list(points)
    without = [found for found in listed if not found.entries]
    served = [found for found in listed if found.entries]
    lines = [f"Điều 17 khoản 1 Luật 01/2026/QH16: {len(served)} điểm có tin, {len(without)} điểm chưa có tin.", ""]
    lines.append("«Sở thường tạo ra» là nhận định của người lập muc-dieu-17.yml, chưa được xác nhận.")
    for title, group in (("Chưa có tin", without), ("Có tin", served)):
        if group:
            lines += ["", title, ""]
        for found in group:
            lines += _told(found)
    if without:
        lines += ["", "Tin nào phục vụ điểm nào thì ghi muc_dieu_17 trong tin ấy, ví dụ muc_dieu_17: [b]."]
    return "\n".join(lines) + "\n"


def _told(found: Served) -> list[str]:
    number = f", {len(found.entries)} tin" if found.entries else ""
    relevance = _RELEVANCE.get(found.point.relevance, "chưa rõ Sở có tạo ra không")
    lines = [f"  điểm {found.point.letter} ({relevance}{number}): {found.point.name}"]
    if found.entries:
        lines.append(f"      tin: {', '.join(entry.id for entry in found.entries)}")
    elif found.fields:
        near = ", ".join(f"{field_id} ({number})" for field_id, _, number in found.fields)
        lines.append(f"      tìm trong tin của lĩnh vực: {near}")
    return lines


def _cells(found: Served) -> dict[str, str | int]:
    ids = " ".join(entry.id for entry in found.entries)
    near = " ".join(field_id for field_id, _, _ in found.fields)
    values = (found.point.letter, found.point.name, found.point.relevance, len(found.entries), ids, near)
    return dict(zip(_COLUMNS, values, strict=True))


def as_json(points: Iterable[Served]) -> str:
    """One object a line, in the law's order; ids by spaces."""
    return "".join(json.dumps(_cells(found), ensure_ascii=False) + "\n" for found in points)


def as_csv(points: Iterable[Served]) -> str:
    """The same as a table, UTF-8 with BOM for spreadsheets."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for found in points:
        writer.writerow([safe_cell(value) for value in _cells(found).values()])
    return "\ufeff" + buffer.getvalue()


FORMATS: Mapping[str, Callable[[Iterable[Served]], str]] = {"csv": as_csv, "json": as_json, "van-ban": as_text}
