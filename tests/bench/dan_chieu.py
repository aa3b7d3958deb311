"""`python -m tests.bench.dan_chieu`: what citations cost in a build of N entries, as a share of the whole build.

    python -m tests.bench.dan_chieu --so 2500 5000 10000

The made-up entries of the speed benchmark, each with a sentence of citations added. Every step that citations add
is run by itself and set against the time of check and pages with them; the first row is the real entries. Figures are printed, never judged.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from chinhsach import app, catalogue, citations, fulltext, references, register, vocabulary
from chinhsach.catalogue import Catalogue
from chinhsach.dates import format_official
from chinhsach.outputs.cited import link_citations
from chinhsach.rules import dan_chieu_het_hieu_luc, dan_chieu_lech, tra_cuu_khac

from .entries import NOW, make

ROOT = Path(__file__).resolve().parents[2]
EXTRA = {
    "khong_gian_ten": "1560ab21-67f1-410e-8230-1bfcf1eaac72",
    "ten_trang": "Ví dụ",
    "co_quan": "Sở ví dụ",
}
SENTENCE = "\n\nTheo khoản {k} Điều {d} {one}, {other}, Điều 5 Luật Doanh nghiệp số 59/2020/QH14 và Quyết định số {n}/QĐ-TTg.\n"


def main() -> None:
    """Lay out, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.dan_chieu", description="Đo phần việc của dẫn chiếu.")
    parser.add_argument("--so", type=int, nargs="+", default=[2500, 5000, 10000], help="số tin mỗi lần đo")
    chosen = parser.parse_args()
    print(f"{'tin':>6} {'dẫn chiếu':>10} {'dựng (s)':>9} {'dẫn chiếu (s)':>14} {'tỷ lệ':>7} {'ms/tin':>7}")
    with tempfile.TemporaryDirectory(prefix="dan-chieu-") as folder:
        root = Path(folder)
        for name in ("policies", "docs"):
            (root / name).symlink_to(ROOT / name)
        measure(root, "thật")
    for size in sorted(chosen.so):
        with tempfile.TemporaryDirectory(prefix="dan-chieu-") as folder:
            lay_out(Path(folder), size)
            measure(Path(folder), str(size))


def measure(root: Path, name: str) -> None:
    """One folder: the whole build first, then the steps of citations alone."""
    gc.collect()
    gc.disable()
    whole = timed(lambda: build(root))
    known = catalogue.load(root, vocabulary.load(root), NOW)
    bodies = {e.id: (root / e.file.path).read_text(encoding="utf-8").split("\n---\n", 1)[1] for e in known.entries}
    texts = {e.id: (e.full_text.source, fulltext.render(e.full_text.source).html) for e in known.entries if e.full_text}
    count = sum(len(e.cited.summary) + len(e.cited.body) + len(e.cited.full_text) for e in known.entries)
    known.resolved.clear()
    alone = timed(lambda: only_citations(root, known, bodies, texts))
    gc.enable()
    each = alone / len(known.entries) * 1000
    print(f"{name:>6} {count:>10} {whole:>9.2f} {alone:>14.2f} {alone / whole:>7.1%} {each:>7.3f}")


def lay_out(root: Path, size: int) -> None:
    """N entries with citations, the project's vocabularies, register and templates."""
    (root / "policies").mkdir()
    (root / vocabulary.FOLDER).symlink_to(ROOT / vocabulary.FOLDER)
    (root / "docs").symlink_to(ROOT / "docs")
    rows = register.load(root).rows
    for index, sample in enumerate(make(ROOT, size)):
        path = root / sample.path
        path.parent.mkdir(parents=True, exist_ok=True)
        one, other = (cited(rows[(index * step) % len(rows)]) for step in (7, 13))
        sentence = SENTENCE.format(k=index % 5 + 1, d=index % 40 + 1, n=index % 150 + 1, one=one, other=other)
        path.write_text(sample.as_entry().rstrip() + sentence, encoding="utf-8")


def cited(row: register.Row) -> str:
    """A row as a text cites it."""
    return f"{row.type} số {row.number} {format_official(row.issued)} của {row.issuer}"


def build(root: Path) -> None:
    """Check and write the package's part of the site."""
    project = app.open_project(root, "https://example.org/", EXTRA, lenient=False, log=lambda _: None)
    app.write_site(project, root / "site", lambda _: "<!--khung:dau-trang--><!--khung:noi-dung-->")


def only_citations(root: Path, known: Catalogue, bodies: dict[str, str], texts: dict[str, tuple[str, str]]) -> None:
    """Everything that citations add to a build: register, finding, three rules, who cites whom, links."""
    register.load(root)
    for entry in known.entries:
        citations.find(entry.policy.summary)
        citations.find(bodies[entry.id], count_lines=True)
        for rule in (dan_chieu_lech, dan_chieu_het_hieu_luc, tra_cuu_khac):
            list(rule.check(entry, known))
        if entry.cited.body:
            link_citations(entry.body.html, entry, "body", known)
        if entry.id in texts:
            source, page = texts[entry.id]
            citations.find(source, count_lines=True)
            if entry.cited.full_text:
                link_citations(page, entry, "full_text", known)
    references.cited_by(known)


def timed(work: Callable[[], None]) -> float:
    """Seconds of CPU."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
