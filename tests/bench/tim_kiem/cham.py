"""The grading queries as trinh_cham.py reads them, checked and split: number → address, tuned on or held out.

    python tests/bench/tim_kiem/cham.py <project made by tao_kho.py> <folder for the query files>

Writes `<set>-chinh.tsv` (for recall@10: what must be found) and `<set>-dung.tsv` (for success@1: what is right) for
the sets `chinh-sua` (two thirds, for tuning) and `de-danh` (a third by the hash of the query: never tuned on).
Kinds that begin with `moi_` are the derived queries of cau-moi.tsv, of which two thirds are held out.
A query of truy-van-than-bai.tsv whose words all stand in its entry's title, subject, summary or headings is refused.
Then, for a site built from that project:

    python tests/bench/tim_kiem/trinh_cham.py <site> --queries <folder>/de-danh-dung.tsv --done '[data-xong="2"], [data-xong="1"]:not([data-cho-toan-van])'
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "tests/du-lieu"
BODY = "than_bai"
_WORD = re.compile(r"[^\W_]+")
_SHOWN = re.compile(r"^(?:tieu_de|tom_tat|trich_yeu|so_ky_hieu):\s*(.*)$|^#+ (.*)$", re.M)


DERIVED = "moi_"
LATER = "sau_"
"""The kinds of cau-sau.tsv, which was made and asked after the last mend: all of it is held out."""


def is_held_out(kind: str, query: str) -> bool:
    """Whether a query belongs to the third that nobody tunes on; of the derived ones, to the two thirds."""
    if kind.startswith(LATER):
        return True
    third = hashlib.sha256(query.encode()).digest()[0] % 3 == 0
    return third != kind.startswith(DERIVED)


def fold(text: str) -> str:
    """The project's own folding."""
    sys.path.insert(0, str(ROOT / "hooks"))
    from chinhsach.text import fold as own

    return own(text)


def read_ids(project: Path) -> dict[str, list[str]]:
    """Ids of entries by number as printed; a number may be of several documents."""
    found: dict[str, list[str]] = {}
    for path in sorted(project.glob("policies/[!_]*/*/*.md")):
        number = re.search(r"^so_ky_hieu:\s*[\"']?(.*?)[\"']?\s*$", path.read_text(encoding="utf-8"), re.M)
        if number:
            found.setdefault(number[1], []).append(path.stem)
    return found


def read_shown(project: Path) -> dict[str, frozenset[str]]:
    """The folded words by which the first layer knows each entry."""
    shown = {}
    for path in project.glob("policies/[!_]*/*/*.md"):
        text = " ".join(a or b for a, b in _SHOWN.findall(path.read_text(encoding="utf-8")))
        shown[path.stem] = frozenset(_WORD.findall(fold(text)))
    return shown


def rows(project: Path) -> list[tuple[str, str, list[str], list[str]]]:
    """Kind, query, addresses that are right, addresses that must be found."""
    ids = read_ids(project)
    out = []
    with (DATA / "truy-van.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            must = [i for n in row["chinh"].split(";") for i in ids.get(n.strip(), ())]
            right = [i for n in row["lien_quan"].split(";") for i in ids.get(n.strip(), ())]
            if not must:
                raise SystemExit(f"«{row['truy_van']}»: không có tin nào mang số {row['chinh']}")
            out.append((row["loai"], row["truy_van"], [*dict.fromkeys([*must, *right])], must))
    shown = read_shown(project)
    for line in (DATA / "truy-van-than-bai.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            query, targets = line.split("\t")
            words = set(_WORD.findall(fold(query)))
            if clear := [i for i in targets.split() if words <= shown[i]]:
                raise SystemExit(f"«{query}»: mọi từ đều có ở đầu tin {clear[0]}, không phải câu tìm thân bài")
            out.append((BODY, query, targets.split(), targets.split()))
    for file, mark in (("cau-moi.tsv", DERIVED), ("cau-sau.tsv", LATER)):
        for line in (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines():
            kind, query, found = line.split("\t")
            if gone := set(found.split()) - shown.keys():
                raise SystemExit(f"«{query}»: không có tin {sorted(gone)}")
            out.append((mark + kind, query, found.split(), found.split()))
    return [*out, *(("vo_nghia", query, [], []) for query in NONSENSE)]


NONSENSE = (
    "asdf qwerty",
    "lorem ipsum dolor sit amet",
    "xyzzy blorg",
    "con mèo bay qua mặt trăng",
    "công thức nấu phở bò ngon",
    "lịch thi đấu bóng đá ngoại hạng anh",
    "kết quả xổ số miền bắc",
    "<img src=x onerror=alert(1)>",
)


def write(project: Path, folder: Path) -> dict[str, int]:
    """Write the query files; the result is how many queries each set has."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    everything = rows(project)
    for name, held in (("chinh-sua", False), ("de-danh", True)):
        part = [row for row in everything if is_held_out(row[0], row[1]) == held]
        for file, place in (("dung", 2), ("chinh", 3)):
            lines = [
                f"{row[0]}\t{row[1]}\t" + (" ".join(f"chinh-sach/{i}/" for i in row[place]) or "-")  # type: ignore[union-attr]
                for row in part
            ]
            (folder / f"{name}-{file}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        counts[name] = len(part)
    return counts


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    print(write(given.project, given.folder))


if __name__ == "__main__":
    main()
