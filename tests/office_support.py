"""Made-up data of the office for tests: a folder laid out as a project with entries and `_van-phong/`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from support import NOW, load, vocabularies, write_entry

from chinhsach.office import coverage, place
from chinhsach.office import load as loading
from chinhsach.office.load import Office
from chinhsach.office.model import Coverage, Period
from chinhsach.office.portal import NOTHING, Portal
from chinhsach.office.register import KEYS

PROVINCE = "UBND tỉnh Lạng Sơn"
ROW: Mapping[str, str] = {
    "so_ky_hieu": "12/UBND-KGVX",
    "ngay_ban_hanh": "1/10/2026",
    "co_quan_ban_hanh": PROVINCE,
    "trich_yeu": "Ví dụ: văn bản giao việc",
    "don_vi_chu_tri": "van-phong-so",
    "ngay_den": "5/10/2026",
}
"""A row of a document that came on Monday 5/10/2026: the department's own target is Monday 12/10/2026."""
IN_TIME, LATE = "12/10/2026", "13/10/2026"
GUIDANCE = "\n## Cần làm gì\n\nNộp hồ sơ.\n"


def register_text(rows: Iterable[Mapping[str, str]]) -> str:
    """A register with these rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(KEYS)
    writer.writerows([row.get(key, "") for key in KEYS] for row in rows)
    return buffer.getvalue()


def lay_register(root: Path, *changes: Mapping[str, str], year: int = 2026) -> None:
    """Write a year's register, each row the plain one with some cells changed."""
    path = root / place.DEFAULT / "so-theo-doi" / f"{year}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(register_text([ROW | change for change in changes]), encoding="utf-8")


def lay_plan(root: Path, text: str, year: int = 2026) -> None:
    """Write a year's plan."""
    path = root / place.DEFAULT / "ke-hoach" / f"{year}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def activity(entry: str, kind: str = "hoi-nghi", day: str = "9/10/2026", evidence: str = "Ví dụ: giấy mời") -> str:
    """A plan with one activity about an entry."""
    shown = f'    bang_chung: "{evidence}"\n' if evidence else ""
    return (
        f'ten: "Ví dụ: kế hoạch"\nhoat_dong:\n  - ma: HD.1\n    loai: {kind}\n    ten: "Ví dụ: hội nghị"\n'
        f"    ngay: {day}\n    don_vi: [van-phong-so]\n    tin: [{entry}]\n{shown}"
    )


def lay_entry(root: Path, entry_id: str = "vi-du", *, body: str = "\nBài ví dụ.\n", **keys: Any) -> Path:
    """An entry about the plain row's document, published in time."""
    same = {
        "so_ky_hieu": ROW["so_ky_hieu"],
        "ngay_ban_hanh": ROW["ngay_ban_hanh"],
        "co_quan_ban_hanh": "Ủy ban nhân dân tỉnh Lạng Sơn",
        "trich_yeu": ROW["trich_yeu"],
        "ngay_dang": IN_TIME,
    }
    return write_entry(root, entry_id, year="2026", body=body, **(same | keys))


def office_of(root: Path) -> Office:
    """The office's data of a folder."""
    return loading.load(place.Place(root / place.DEFAULT, place.DEFAULT), vocabularies())


def covered(root: Path, period: Period | None = None, portal: Portal = NOTHING, now: datetime = NOW) -> Coverage:
    """The coverage of a folder."""
    return coverage.cover(office_of(root), load(root, now), period, portal)


def period(since: date, until: date, cut_off: date | None = None) -> Period:
    """A reporting period."""
    return Period("vi-du", "Ví dụ: kỳ báo cáo", "nam", since, until, cut_off or until)
