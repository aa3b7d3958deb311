"""`python -m tests.bench.bao_cao`: what a report with all its files costs at growing numbers of rows and entries.

    python -m tests.bench.bao_cao --so 2500 10000

Laid out as in `bao_phu`. Figures are printed, never judged. Everything is made up.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from chinhsach import app, catalogue, vocabulary
from chinhsach.dates import VN
from chinhsach.office import coverage, load, place
from chinhsach.office.model import Period
from chinhsach.report import content, writing

from .bao_phu import ROOT, lay_register
from .entries import make
from .sites import ours

NOW = datetime(2026, 11, 23, 8, tzinfo=VN)
EVER = Period("tat-ca", "Ví dụ: mọi năm", "dot-xuat", date(1945, 1, 1), date(2026, 11, 23), date(2026, 11, 23))


def main() -> None:
    """Lay out, count, fill in, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bao_cao", description="Đo giá của báo cáo.")
    parser.add_argument("--so", type=int, nargs="+", default=[2500, 10000], help="số dòng và số tin mỗi lần")
    print(f"{'số':>7}{'sổ, độ phủ':>14}{'các tệp':>12}{'cộng':>10}")
    for size in sorted(set(parser.parse_args().so)):
        with tempfile.TemporaryDirectory(prefix="bao-cao-") as folder:
            counted, written = measured(Path(folder) / "du-an", size)
        print(f"{size:>7}{counted:>12.2f} s{written:>10.2f} s{counted + written:>8.2f} s")


def measured(work: Path, size: int) -> tuple[float, float]:
    """Seconds of CPU at one size: reading the register and coverage, then all files; the entries are read before."""
    ours(ROOT, work, list(make(ROOT, size)))
    known = vocabulary.load(ROOT)
    where = place.Place(work / place.DEFAULT, place.DEFAULT)
    with app.no_search_for_cycles():
        whole = catalogue.load(work, known, NOW)
        lay_register(where, whole)
        started = time.process_time()
        found = coverage.cover(load.load(where, known), whole, EVER)
        counted = time.process_time()
        writing.files(content.Source(found, EVER, None, whole), {})
        return counted - started, time.process_time() - counted


if __name__ == "__main__":
    main()
