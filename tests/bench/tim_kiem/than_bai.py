"""Bodies for the made entries of a grading project, so that the full text costs what it would cost.

    python tests/bench/tim_kiem/than_bai.py <folder made by tao_kho.py> [--ky-tu 5900]

Each body is shuffled from sentences of the project's own full texts, with other figures; texts that answer a question
or a body-only query are never copied, so that their facts stand in one entry only. The entries say that they are made.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MADE = "Ví dụ: tin dựng để chấm tìm kiếm"
PARTS = ("Điểm chính", "Ai cần biết", "Từ khi nào", "Cần làm gì", "Làm ở đâu, hạn nào", "Hỏi ai")
_LABEL = re.compile(r"^(?:#+ .*|\|.*|[-*] |\d+[.)] |[a-zđ]\) |\*\*.*\*\*$)", re.M)
_SENTENCE = re.compile(r"(?<=[.;:])\s+")
_FIGURE = re.compile(r"\b\d{1,3}\b")


def answers() -> set[str]:
    """Ids of the entries that answer a question or a body-only query."""
    ids = set()
    for line in (ROOT / "tests/du-lieu/truy-van-than-bai.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            ids.update(line.split("\t")[1].split())
    with (ROOT / "tests/du-lieu/truy-van.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            if row["loai"] == "cau_hoi":
                ids.update(slug(number) for number in row["chinh"].split(";"))
    return ids


def slug(text: str) -> str:
    """The project's own slug."""
    sys.path.insert(0, str(ROOT / "hooks"))
    from chinhsach.text import slug as own

    return own(text)


def sentences() -> list[str]:
    """The sentences that may be copied, each once, in a fixed order."""
    found: dict[str, None] = {}
    answering = answers()
    for path in sorted(ROOT.glob("policies/*/*/*/toan-van.md")):
        if path.parent.name not in answering:
            text = _LABEL.sub("", path.read_text(encoding="utf-8"))
            for sentence in _SENTENCE.split(text):
                line = " ".join(sentence.split()).strip("*_ ")
                if 30 <= len(line) <= 600 and "<" not in line and "[" not in line:
                    found[line] = None
    return list(found)


def body(seed: str, stock: list[str], length: int) -> str:
    """A body of about `length` characters (log-normal, so that some are long), the same for the same seed."""
    chance = random.Random(seed)
    wanted = int(length * chance.lognormvariate(-0.32, 0.8))
    lines = []
    for part in PARTS:
        lines.append(f"## {part}\n")
        left = wanted // len(PARTS)
        while left > 0:
            paragraph = []
            for _ in range(chance.randint(1, 4)):
                sentence = _FIGURE.sub(lambda _: str(chance.randint(1, 365)), chance.choice(stock))
                paragraph.append(sentence.lstrip("0123456789.)>#+-|~` "))
            lines.append(" ".join(paragraph) + "\n")
            left -= len(lines[-1])
    return "\n".join(lines)


def add_bodies(project: Path, length: int) -> int:
    """Give every made entry of the project that has none a body; the result is how many got one."""
    stock = sentences()
    count = 0
    for path in sorted(project.glob("policies/*/*/*.md")):
        text = path.read_text(encoding="utf-8")
        if MADE in text and text.endswith("\n---\n"):
            path.write_text(text + "\n" + body(path.stem, stock, length), encoding="utf-8")
            count += 1
    return count


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ky-tu", type=int, default=5900, help="độ dài trung bình của thân bài (5900 ký tự là 7,9 KB)")
    given = parser.parse_args()
    print(f"{add_bodies(given.folder, given.ky_tu)} thân bài trong {given.folder}")


if __name__ == "__main__":
    main()
