"""A project for grading the search: the project's own entries, and one made entry for each other row of the register.

    python tests/bench/tim_kiem/tao_kho.py <folder> [--so-tin N]

The made entries say that they are made («Ví dụ: …» in `chua_co_ban_goc`); they hold what the register says and
nothing else. With N above the number of rows, rows come again with a made number, so that sizes can be measured.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from chinhsach import numbers
from chinhsach.text import slug

ROOT = Path(__file__).resolve().parents[3]
REGISTER = ROOT / "tests/du-lieu/van-ban-tra-cuu.csv.gz"
UNITS = ("van-phong-so", "phong-dkkd", "phong-qldt-ngoai-ns")
LAST_DAY = date(2026, 11, 20)

FIELD_WORDS = (
    ("dau-thau", "thầu"), ("dau-tu-cong", "đầu tư công"), ("oda", "viện trợ"), ("fdi", "nước ngoài"),
    ("dnnvv", "nhỏ và vừa"), ("ho-kinh-doanh", "hộ kinh doanh"), ("kinh-te-tap-the", "hợp tác xã"),
    ("dang-ky-kinh-doanh", "doanh nghiệp"), ("quy-hoach", "quy hoạch"), ("thong-ke", "thống kê"),
    ("cai-cach-hanh-chinh", "thủ tục"), ("chuyen-doi-so", "điện tử"), ("thanh-tra", "thanh tra"),
    ("dau-tu-trong-nuoc", "đầu tư"), ("to-chuc-bo-may", "tổ chức"), ("ngan-sach-nha-nuoc", "tài chính"),
)  # fmt: skip
TYPE_IDS = {
    "Thông tư": "thong-tu", "Nghị định": "nghi-dinh", "Luật": "luat", "Thông tư liên tịch": "thong-tu-lien-tich",
    "Pháp lệnh": "phap-lenh", "Chỉ thị": "chi-thi", "Nghị quyết liên tịch": "nghi-quyet-lien-tich",
    "Công văn": "cong-van", "Bộ luật": "bo-luat", "Kế hoạch": "ke-hoach", "Văn bản hợp nhất": "van-ban-hop-nhat",
    "Thông báo": "thong-bao", "Công điện": "cong-dien",
}  # fmt: skip


class Row(NamedTuple):
    """A document of the register."""

    number: str
    type: str
    issuer: str
    issued: date
    effective: date | None
    subject: str


def rows() -> list[Row]:
    """The register, oldest first."""
    with gzip.open(REGISTER, "rt", encoding="utf-8", newline="") as stream:
        return [
            Row(
                r["so_ky_hieu"],
                r["loai"],
                r["co_quan_ban_hanh"],
                date.fromisoformat(r["ngay_ban_hanh"]),
                date.fromisoformat(r["ngay_hieu_luc"]) if r["ngay_hieu_luc"] else None,
                " ".join(r["trich_yeu"].split()),
            )
            for r in csv.DictReader(io.StringIO(stream.read()))
        ]


def make(target: Path, count: int | None = None) -> int:
    """Make the project folder `target`; the result is the number of entries that it holds."""
    for name in ("mkdocs.yml", "docs", "hooks"):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        else:
            shutil.copy(source, target / name)
    shutil.copytree(ROOT / "policies", target / "policies", dirs_exist_ok=True)
    own = [path for path in (target / "policies").glob("*/*/*.md") if not path.parent.parent.name.startswith("_")]
    taken = {key(_value(path, "so_ky_hieu"), _value(path, "ngay_ban_hanh")) for path in own}
    ids = {path.stem for path in own}
    made = len(own)
    for row in _wanted(count - made if count is not None else None, taken):
        entry_id = _free_id(row, ids)
        ids.add(entry_id)
        folder = target / "policies" / UNITS[sum(row.number.encode()) % len(UNITS)] / str(row.issued.year)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{entry_id}.md").write_text(_entry(row), encoding="utf-8")
        made += 1
    return made


def _wanted(count: int | None, taken: set[tuple[str, str]]) -> Iterator[Row]:
    """The rows that have no entry yet, newest first; when more are asked for, again with another number."""
    fresh = [r for r in rows() if key(r.number, r.issued.isoformat()) not in taken and _is_number(r.number)]
    fresh.sort(key=lambda r: (r.issued, r.number), reverse=True)
    turn = 0
    left = len(fresh) if count is None else count
    while left > 0:
        for row in fresh[:left]:
            number, _, rest = row.number.partition("/")
            yield row if turn == 0 else row._replace(number=f"{_digits(number) + 10_000 * turn}/{rest}")
        left -= len(fresh)
        turn += 1


def _is_number(text: str) -> bool:
    """A few rows of the register carry a slip of their source in the number; the check would refuse them."""
    try:
        numbers.parse(text)
    except numbers.InvalidNumber:
        return False
    return True


def _digits(text: str) -> int:
    """The figures of a number as one, below what is added to it: no row gets the number that another one has."""
    return int("".join(c for c in text if c.isdigit()) or "1") % 10_000


def key(number: str, issued: str) -> tuple[str, str]:
    """What tells documents of the register apart; days as ISO or 30/5/2023."""
    if "/" in issued:
        day, month, year = issued.split("/")
        issued = f"{year}-{int(month):02}-{int(day):02}"
    return number, issued


def _value(path: Path, name: str) -> str:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return line.partition(":")[2].strip().strip("\"'")
    return ""


def _free_id(row: Row, taken: set[str]) -> str:
    base = slug(row.number)[:70].strip("-")
    if base not in taken:
        return base
    return next(c for n in range(2, 99) if (c := f"{base}-{slug(row.issuer)[-6:].strip('-')}-{n}"[:80]) not in taken)


def type_of(row: Row) -> str:
    """The id of the row's type: decisions and resolutions by their number."""
    if row.type in TYPE_IDS:
        return TYPE_IDS[row.type]
    has_year = row.number.count("/") > 1
    if row.type == "Nghị quyết":
        for mark, found in (("/UBTVQH", "nghi-quyet-ubtvqh"), ("/QH", "nghi-quyet-qh")):
            if mark in row.number:
                return found
        if has_year and "HĐND" in row.number:
            return "nghi-quyet-hdnd-tinh"
        return "nghi-quyet-cp" if has_year and "NQ-CP" in row.number else "nghi-quyet-cb"
    if has_year and "UBND" in row.number:
        return "quyet-dinh-ubnd-tinh"
    return "quyet-dinh-ttg" if has_year and "TTg" in row.number else "quyet-dinh-cb"


def _entry(row: Row) -> str:
    title = row.subject if len(row.subject) <= 150 else row.subject[:149].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
    if len(title) < 5:
        title = f"{row.type} {title}"
    published = min(row.issued + timedelta(days=3), LAST_DAY)
    text = row.subject.lower()
    fields = [field for field, words in FIELD_WORDS if words in text][:2] or ["phap-che"]
    lines = [
        f"tieu_de: {_quoted(title)}",
        f"loai: {type_of(row)}",
        f"so_ky_hieu: {_quoted(row.number)}",
        f"co_quan_ban_hanh: {_quoted(row.issuer)}",
        f"ngay_ban_hanh: {row.issued.isoformat()}",
        *([f"ngay_hieu_luc: {row.effective.isoformat()}"] if row.effective and row.effective >= row.issued else []),
        f"trich_yeu: {_quoted(row.subject)}",
        f"linh_vuc: [{', '.join(fields)}]",
        f"doi_tuong: [{'doanh-nghiep' if 'doanh' in text else 'co-quan-nha-nuoc'}]",
        f"ngay_dang: {published.isoformat()}",
        "chua_co_ban_goc:",
        '  ly_do: "Ví dụ: tin dựng để chấm tìm kiếm, không có bản gốc"',
        '  biet_qua: "Ví dụ: danh mục văn bản để tra số"',
    ]
    return "---\n" + "\n".join(lines) + "\n---\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--so-tin", type=int, default=None, help="số tin; mặc định: mỗi dòng danh mục một tin")
    given = parser.parse_args()
    print(f"{make(given.folder, given.so_tin)} tin trong {given.folder}")


if __name__ == "__main__":
    main()
