"""`python -m tests.bench.bao_phu`: what coverage costs at growing numbers of register rows and entries.

    python -m tests.bench.bao_phu --so 2500 5000 10000

Rows and entries are about the same documents, nine of ten; every tenth row has no entry or nearly one. Figures are
printed, never judged. Everything is made up.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from chinhsach import app, catalogue, vocabulary
from chinhsach.catalogue import Catalogue
from chinhsach.dates import VN
from chinhsach.office import coverage, coverage_report, load, place
from chinhsach.office.register import KEYS

from .entries import make
from .sites import ours

ROOT = Path(__file__).resolve().parents[2]
UNITS = ("van-phong-so", "phong-dkkd", "phong-qldt-ngoai-ns")


class Cost(NamedTuple):
    """Seconds of CPU: reading the entries, reading the register, coverage, the texts."""

    entries: float
    register: float
    coverage: float
    texts: float

    @property
    def own(self) -> float:
        """All but the reading of the entries, which every command does."""
        return self.register + self.coverage + self.texts


def main() -> None:
    """Lay out, cover, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bao_phu", description="Đo giá của độ phủ.")
    parser.add_argument("--so", type=int, nargs="+", default=[2500, 5000, 10000], help="số dòng và số tin mỗi lần")
    chosen = parser.parse_args()
    print(
        f"{'số':>7}{'đọc tin':>10}{'đọc sổ':>10}{'độ phủ':>10}{'in ra':>10}{'cộng, trừ đọc tin':>20}  mỗi dòng so với cỡ trước"
    )
    before: tuple[int, float] | None = None
    for size in sorted(set(chosen.so)):
        with tempfile.TemporaryDirectory(prefix="bao-phu-") as folder:
            cost = measured(Path(folder) / "du-an", size)
        growth = f"{(cost.own / size) / (before[1] / before[0]):.2f}" if before else ""
        row = "".join(f"{seconds:>8.2f} s" for seconds in cost)
        print(f"{size:>7}{row}{cost.own:>18.2f} s  {growth}")
        before = size, cost.own


def measured(work: Path, size: int) -> Cost:
    """The cost at one size."""
    ours(ROOT, work, list(make(ROOT, size)))
    known = vocabulary.load(ROOT)
    times = [time.process_time()]
    with app.no_search_for_cycles():
        whole = catalogue.load(work, known, datetime(2026, 11, 23, 8, tzinfo=VN), cited=False)
    times.append(time.process_time())
    where = place.Place(work / place.DEFAULT, place.DEFAULT)
    lay_register(where, whole)
    times[-1], started = times[-1] - times[0], time.process_time()
    office = load.load(where, known)
    read = time.process_time()
    found = coverage.cover(office, whole)
    covered = time.process_time()
    result = coverage_report.Result(found, known)
    coverage_report.as_text(result), coverage_report.as_json(result)
    return Cost(times[-1], read - started, covered - read, time.process_time() - covered)


def lay_register(where: place.Place, whole: Catalogue) -> None:
    """A row for each entry; every tenth names another day."""
    path = where.register(2026)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(KEYS)
        for number, entry in enumerate(whole.entries):
            policy = entry.policy
            if policy.number is None or policy.issued is None:
                continue
            day = policy.issued if number % 10 else policy.issued.replace(day=1 + policy.issued.day % 28)
            issuer = whole.vocabularies.issuers[policy.issuers[0]].name if policy.issuers else "Ví dụ"
            came = policy.received or policy.issued
            writer.writerow(
                (
                    policy.number.text,
                    day,
                    issuer,
                    policy.subject,
                    policy.fields[0],
                    UNITS[number % 3],
                    came,
                    "",
                    "",
                    "",
                    "",
                )
            )


if __name__ == "__main__":
    main()
