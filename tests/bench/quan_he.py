"""`python -m tests.bench.quan_he`: what relations cost, three an entry against none, at growing sizes.

    python -m tests.bench.quan_he --so 2500 5000 10000 --lan 3

Runs are interleaved and the median is shown. Figures are printed, never judged. Every entry is made up.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from . import measure
from .entries import Sample, make
from .sites import Project, ours

ROOT = Path(__file__).resolve().parents[2]
EACH = 3
KINDS = (
    "loai: can-cu",
    "loai: sua-doi-bo-sung, pham_vi: mot-phan, dieu_khoan: khoản 1 Điều 5; Điều 7",
    "loai: dan-chieu",
    "loai: quy-dinh-chi-tiet",
    "loai: can-cu",
    "loai: bai-bo, pham_vi: mot-phan, dieu_khoan: Điều 9",
    "loai: lien-quan",
)


class Related(NamedTuple):
    """An entry's file with its relations."""

    path: str
    text: str

    def as_entry(self) -> str:
        """The file."""
        return self.text


def related(samples: list[Sample], each: int) -> Iterator[Related]:
    """The entries, each with `each` relations to documents issued before it; every twelfth replaces one as well."""
    ordered = sorted(samples, key=lambda sample: (sample.issued, sample.id))
    replaced: set[str] = set()
    for place, sample in enumerate(ordered):
        earlier = next((p for p in range(place, -1, -1) if ordered[p].issued < sample.issued), -1) + 1
        lines = []
        for number in range(each if earlier else 0):
            target = ordered[(place * 7919 + number * 104_729) % earlier].id
            kind = KINDS[(place + number) % len(KINDS)]
            if number == 0 and place % 12 == 11 and target not in replaced:
                replaced.add(target)
                kind = "loai: thay-the, pham_vi: toan-bo"
            lines.append(f"  - {{den: {target}, {kind}}}\n")
        head, _, body = sample._replace(replaces="").as_entry().partition("\n---\n")
        keys = "\nquan_he:\n" + "".join(lines).rstrip() if lines else ""
        yield Related(sample.path, f"{head}{keys}\n---\n{body}")


def main() -> None:
    """Lay out, build, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.quan_he", description="Đo giá của quan hệ.")
    parser.add_argument("--so", type=int, nargs="+", default=[2500, 5000, 10000], help="số tin mỗi lần dựng")
    parser.add_argument("--lan", type=int, default=3, help="số lượt; in trung vị")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quan-he-") as folder:
        report(measured(Path(folder), sorted(set(chosen.so)), chosen.lan))


def measured(work: Path, sizes: list[int], rounds: int) -> dict[tuple[int, int], list[measure.Cost]]:
    """The costs by size and relations an entry."""
    projects: dict[tuple[int, int], Project] = {}
    for size in sizes:
        samples = list(make(ROOT, size))
        for each in (0, EACH):
            projects[size, each] = ours(ROOT, work / f"{size}-{each}", related(samples, each))  # type: ignore[arg-type]
    costs: dict[tuple[int, int], list[measure.Cost]] = {step: [] for step in projects}
    for _ in range(rounds):
        for step, project in projects.items():
            costs[step].append(measure.build(project))
    return costs


def report(costs: dict[tuple[int, int], list[measure.Cost]]) -> None:
    """A line a size: seconds of user CPU without and with relations, the ratio, and the growth from the size before."""
    middle = {step: statistics.median(cost.user for cost in runs) for step, runs in costs.items()}
    before: int | None = None
    print(f"{'số tin':>7}{'quan hệ':>9}{'không':>9}{'có':>9}{'tỷ lệ':>8}  mỗi tin so với cỡ trước")
    for size in sorted({size for size, _ in middle}):
        without, with_all = middle[size, 0], middle[size, EACH]
        growth = f"{(with_all / size) / (middle[before, EACH] / before):.2f}" if before else ""
        print(f"{size:>7}{size * EACH:>9}{without:>7.1f} s{with_all:>7.1f} s{with_all / without:>8.2f}  {growth}")
        before = size


if __name__ == "__main__":
    main()
