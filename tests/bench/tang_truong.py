"""`python -m tests.bench.tang_truong`: what grows with the entries, and what one new entry rewrites.

    taskset -c 0 python -m tests.bench.tang_truong --so 10000 20000 50000

For each size: a cold build (CPU, clock, memory), what stands on the disk by kind, seconds and memory by stage, what one
reader's visit loads (Chromium); then one entry more, the newest, a build with what the first one kept, and which files
are new, changed or gone: what `chinhsach xuat-ban` sends to a bucket. Figures are printed and written as JSON, never
judged. What they mean stands in docs/tang-truong.md. A size of N needs about N x 0.25 MB of disk.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from functools import partial
from http.server import ThreadingHTTPServer
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar, NamedTuple

from . import measure
from .entries import LAST_YEAR, NOW, Sample, make
from .sites import Project, ours

ROOT = Path(__file__).resolve().parents[2]
_SAMPLE = 300
"""So many files of a kind, evenly taken, are compressed to learn how much the kind shrinks."""
_SEARCHED = '[data-xong="2"], [data-xong="1"]:not([data-cho-toan-van])'
_YEARS = LAST_YEAR - 2009
OTHER = "giao diện, tệp khác"
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("trang tin", r"chinh-sach/(?!trang-\d+/)[^/]+/(toan-van/)?index\.html"),
        ("/van-ban/ (một trang)", r"van-ban/index\.html"),
        ("trang danh sách", r"(chinh-sach|don-vi|linh-vuc|loai|doi-tuong|co-quan|nam|thay-doi|hieu-luc)/.*\.html"),
        ("JSON từng tin", r"du-lieu/chinh-sach/.+"),
        ("nguồn tin, lịch, nhúng", r"(.*/)?(rss(-[a-z-]+)?|atom|feed)\.(xml|json)|luu-tru/.+|nhung/.+|.*\.ics"),
        ("trang khác", r".*\.html"),
        ("tìm kiếm: bản ghi", r"tim-kiem/[^/]+\.json"),
        ("toàn văn: đoạn, theo năm", r"tim-kiem/toan-van/\d{4}/.+"),
        ("toàn văn: từ, chung", r"tim-kiem/toan-van/.+"),
        ("kiểm tra tin", r"kiem-tra-tin/.+\.json"),
        ("dữ liệu cả kho, sổ công khai", r"du-lieu/(chinh-sach\.(json|csv)|so-cong-khai\.json|luoc-do\.json)"),
        ("tep.json", r"du-lieu/tep\.json"),
        ("sitemap", r"sitemap.*\.xml|robots\.txt"),
    )
)


class File(NamedTuple):
    """One file of a site."""

    digest: str
    size: int


class Change(NamedTuple):
    """What became of the files of one kind: how many, and the bytes that are sent for them."""

    new: int
    changed: int
    gone: int
    bytes: int
    packed: int


def main() -> None:
    """Lay out, build, add, build, print."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.tang_truong", description="Đo trang khi tin nhiều lên."
    )
    parser.add_argument("--so", type=int, nargs="+", default=[10000, 20000, 50000], help="số tin mỗi lần dựng")
    parser.add_argument("--json", type=Path, default=Path("tang-truong.json"), help="tệp ghi kết quả")
    parser.add_argument("--thu-muc", type=Path, help="nơi làm việc, giữ lại sau khi đo (mặc định: thư mục tạm)")
    parser.add_argument("--khong-doc", action="store_true", help="không mở trình duyệt để đo một lượt đọc")
    chosen = parser.parse_args()
    machine = f"{platform.machine()}, {len(os.sched_getaffinity(0))} lõi được dùng, Python {platform.python_version()}"
    report: dict[str, Any] = {"may": machine, "ket_qua": []}
    for size in sorted(set(chosen.so)):
        with tempfile.TemporaryDirectory(prefix="tang-truong-") as folder:
            work = (chosen.thu_muc or Path(folder)) / str(size)
            report["ket_qua"].append(run(work, size, reads=not chosen.khong_doc))
        chosen.json.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print_report(report)


def run(work: Path, size: int, *, reads: bool) -> dict[str, Any]:
    """Everything about one size."""
    shutil.rmtree(work, ignore_errors=True)
    project = ours(ROOT, work, make(ROOT, size))
    cold = measure.build(project)
    before = listed(project.output)
    row: dict[str, Any] = {
        "so_tin": size,
        "dung_nguoi": cold._asdict(),
        "tep": len(before),
        "trang_html": sum(path.endswith(".html") for path in before),
        "bytes": sum(file.size for file in before.values()),
        "theo_loai": standing(project.output, before),
        "lon_nhat": largest(project.output, before),
        "dia_chi_sitemap": sum(f.read_bytes().count(b"<url>") for f in project.output.glob("sitemap*.xml")),
        "mot_luot_doc": read(project.output, next(make(ROOT, 1)).id) if reads else {},
    }
    newest = one_more(size)
    (work / newest.path).write_text(newest.as_entry(), encoding="utf-8")
    row["dung_them_mot_tin"] = measure.build(project, cold=False)._asdict()
    row["thay_doi"] = {
        kind: change._asdict() for kind, change in changes(project.output, before, listed(project.output)).items()
    }
    row["giai_doan"] = by_stage(project)
    return row


def one_more(size: int) -> Sample:
    """The entry that comes after the first `size`: put up today, so the newest, about a document of this year."""
    later = islice(make(ROOT, size + _YEARS), size, None)
    sample = next(sample for sample in later if sample.issued.year == LAST_YEAR)
    return sample._replace(published=NOW.date(), replaces="", change=None)


def kind_of(path: str) -> str:
    """The row of the tables that a file belongs to."""
    return next((name for name, form in KINDS if form.fullmatch(path)), OTHER)


def listed(site: Path) -> dict[str, File]:
    """Every file of a site by its path, in their order."""
    found = {}
    for parent, _, names in os.walk(site):
        for name in names:
            path = os.path.join(parent, name)
            with open(path, "rb") as file:
                content = file.read()
            found[os.path.relpath(path, site)] = File(hashlib.sha256(content).hexdigest(), len(content))
    return dict(sorted(found.items()))


def packed(site: Path, paths: Iterable[str], files: Mapping[str, File]) -> int:
    """Bytes of files as gzip sends them, drawn from some of them where they are many."""
    all_paths = list(paths)
    taken = all_paths[:: -(-len(all_paths) // _SAMPLE)] if all_paths else []
    raw = sum(files[path].size for path in taken)
    sent = sum(len(gzip.compress((site / path).read_bytes(), 6)) for path in taken)
    return round(sent * sum(files[path].size for path in all_paths) / raw) if raw else 0


def standing(site: Path, files: Mapping[str, File]) -> dict[str, dict[str, int]]:
    """Files, bytes and compressed bytes by kind."""
    rows = {}
    for kind, paths in _by_kind(files).items():
        total = sum(files[path].size for path in paths)
        rows[kind] = {"tep": len(paths), "bytes": total, "nen": packed(site, paths, files)}
    return rows


def largest(site: Path, files: Mapping[str, File]) -> dict[str, dict[str, int]]:
    """The files that grow with every entry, largest first."""
    names = sorted(files, key=lambda path: -files[path].size)[:8]
    return {name: {"bytes": files[name].size, "nen": packed(site, [name], files)} for name in names}


def changes(site: Path, before: Mapping[str, File], after: Mapping[str, File]) -> dict[str, Change]:
    """What a deploy moves, by kind: files that are new or other than before, and those that are no more."""
    rows = {}
    for kind, paths in _by_kind({**before, **after}).items():
        new = [path for path in paths if path not in before]
        gone = sum(path not in after for path in paths)
        changed = [path for path in paths if path in before and path in after and before[path] != after[path]]
        if new or gone or changed:
            moved = [*new, *changed]
            total = sum(after[path].size for path in moved)
            rows[kind] = Change(len(new), len(changed), gone, total, packed(site, moved, after))
    return rows


def _by_kind(paths: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name, _ in KINDS} | {OTHER: []}
    for path in paths:
        found[kind_of(path)].append(path)
    return {kind: sorted(some) for kind, some in found.items() if some}


def by_stage(project: Project) -> dict[str, Any]:
    """Seconds of user CPU by stage and the highest memory after each, in a process of its own without MkDocs."""
    command = [sys.executable, "-m", f"{__package__}.kinds", str(project.folder), "--bo-nho"]
    done = subprocess.run(command, cwd=ROOT, env=project.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def read(site: Path, entry_id: str) -> dict[str, dict[str, int]]:
    """What one visitor's browser asks for, step by step, nothing kept before: home, an entry, a search with full text."""
    from playwright.sync_api import sync_playwright

    from .lighthouse import BROWSER_ARGUMENTS, Host, find_browser

    class Counting(Host):
        sent: ClassVar[list[int]] = []

        def send_header(self, keyword: str, value: str) -> None:
            if keyword == "Content-Length":
                self.sent.append(int(value))
            super().send_header(keyword, value)

    steps = {"trang đầu": "", "một tin": f"chinh-sach/{entry_id}/", "tìm kiếm": "tim-kiem/?q=dang+ky+doanh+nghiep"}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Counting, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    rows = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()), args=list(BROWSER_ARGUMENTS))
        page = browser.new_page()
        for name, path in steps.items():
            Counting.sent.clear()
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}", wait_until="networkidle")
            if "?" in path:
                page.wait_for_selector(_SEARCHED, state="attached", timeout=180_000)
            rows[name] = {"yeu_cau": len(Counting.sent), "bytes": sum(Counting.sent)}
        page.wait_for_timeout(3000)
        page.wait_for_load_state("networkidle")
        all_sent = {"yeu_cau": len(Counting.sent), "bytes": sum(Counting.sent)}
        rows["tìm kiếm, kể cả phần tải sau câu trả lời"] = all_sent
        browser.close()
    server.shutdown()
    return rows


def print_report(report: dict[str, Any]) -> None:
    """The tables, in Vietnamese, as Markdown."""
    rows = report["ket_qua"]
    print(f"{report['may']}\n")
    _table(["", *(f"{row['so_tin']:,} tin".replace(",", ".") for row in rows)], [
        ("dựng từ đầu: CPU người dùng", [f"{row['dung_nguoi']['user']:.1f} s" for row in rows]),
        ("dựng từ đầu: đồng hồ", [f"{row['dung_nguoi']['wall']:.1f} s" for row in rows]),
        ("dựng từ đầu: bộ nhớ cao nhất", [_mb(row["dung_nguoi"]["memory"]) for row in rows]),
        ("thêm một tin: CPU người dùng", [f"{row['dung_them_mot_tin']['user']:.1f} s" for row in rows]),
        ("thêm một tin: đồng hồ", [f"{row['dung_them_mot_tin']['wall']:.1f} s" for row in rows]),
        ("thêm một tin: bộ nhớ cao nhất", [_mb(row["dung_them_mot_tin"]["memory"]) for row in rows]),
        ("tệp HTML", [str(row["trang_html"]) for row in rows]),
        ("mọi tệp", [str(row["tep"]) for row in rows]),
        ("bytes", [_mb(row["bytes"]) for row in rows]),
        ("địa chỉ trong sitemap", [str(row["dia_chi_sitemap"]) for row in rows]),
    ])  # fmt: skip
    head = ["tệp; bytes; nén", *(str(row["so_tin"]) for row in rows)]
    for field, cell in (
        ("theo_loai", lambda one: f"{one['tep']}; {_mb(one['bytes'])}; {_mb(one['nen'])}"),
        ("lon_nhat", lambda one: f"{_mb(one['bytes'])}; {_mb(one['nen'])}"),
    ):
        _crossed(head, rows, field, cell)
    _crossed(
        ["thêm một tin: mới, đổi, mất; gửi", *head[1:]], rows, "thay_doi",
        lambda one: f"{one['new']}, {one['changed']}, {one['gone']}; {_mb(one['bytes'])} ({_mb(one['packed'])})",
    )  # fmt: skip
    for row in rows:
        moved = row["thay_doi"].values()
        sums = [sum(one[field] for one in moved) for field in ("new", "changed", "gone", "bytes", "packed")]
        print(f"{row['so_tin']}: {sums[0]} mới, {sums[1]} đổi, {sums[2]} mất; gửi {_mb(sums[3])}, nén {_mb(sums[4])}")
    print()
    _crossed(["giây; bộ nhớ sau đó", *head[1:]], rows, "giai_doan", lambda one: f"{one[0]:.1f} s; {_mb(one[1])}")
    _crossed(
        ["một lượt đọc", *head[1:]], rows, "mot_luot_doc", lambda one: f"{one['yeu_cau']}; {one['bytes'] / 1000:.0f} KB"
    )


def _crossed(head: list[str], rows: list[dict[str, Any]], field: str, cell: Any) -> None:
    """A table of what each size has under `field`, by name."""
    names = dict.fromkeys(name for row in rows for name in row[field])
    _table(head, [(name, [cell(row[field][name]) if name in row[field] else "" for row in rows]) for name in names])


def _table(head: list[str], rows: list[tuple[str, list[str]]]) -> None:
    print("| " + " | ".join(head) + " |\n|---|" + "---:|" * (len(head) - 1))
    for name, cells in rows:
        print("| " + " | ".join([name, *cells]) + " |")
    print()


def _mb(size: float) -> str:
    return f"{size / 1e6:.1f} MB" if size < 10e6 else f"{size / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
