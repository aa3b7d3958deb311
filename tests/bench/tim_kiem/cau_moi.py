"""Queries that nobody tuned on, derived from the register and the texts before any mend: cau-moi.tsv beside this file.

    python tests/bench/tim_kiem/cau_moi.py <project made by tao_kho.py and than_bai.py> > tests/bench/tim_kiem/cau-moi.tsv
    python tests/bench/tim_kiem/cau_moi.py <project> --lan-sau > tests/bench/tim_kiem/cau-sau.tsv

Nothing here asks the search. Words that keep company in the register are taken for one word; a query is two or three
of them from one document's subject (`co_dau`), without tones (`khong_dau`), with a short form of the dictionary in
the place of its meaning (`viet_tat`; two letters keep their capitals), or a run from an article of a full text without its small words (`than_bai`).
Right is every entry whose headline, subject or summary holds all of it (for `than_bai`: whose text holds the run): at
most five, or the query is not taken. `vo_nghia` is talk of every day and letters that nobody reads, of which no entry
holds all words. Which document and which of its words: by the SHA-256 of a name. `cham.py` tunes on a third of them
(by the hash of the query) and holds two thirds out. With `--lan-sau` other documents and other words are picked, twice
as many: the set that was made after the last mend, and asked only then.
"""

from __future__ import annotations

import hashlib
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from than_bai import answers

from chinhsach import vocabulary
from chinhsach.text import fold, nfc

ROOT = Path(__file__).resolve().parents[3]
EACH = 30
MOST_ANSWERS = 5
EVERYWHERE = 25
_WORD = re.compile(r"[^\W_]+")
_KEY = re.compile(r"^(?:tieu_de|tom_tat|trich_yeu):\s*(.*)$", re.M)
_LETTERS = re.compile(r"[^\W\d_]+")

# Talk of every day, written before the search was asked any of it.
EVERY_DAY = (
    "dự báo thời tiết cuối tuần", "tỷ số trận chung kết cúp c1", "cách làm bánh mì tại nhà", "giá vé máy bay đi đà lạt",
    "phim hay chiếu rạp tháng này", "xem bói tình duyên tuổi tý", "mua điện thoại cũ giá rẻ", "trúng vé số độc đắc",
    "bảng xếp hạng v league", "quán cà phê đẹp gần đây", "tải nhạc chuông miễn phí", "nuôi chó con mới đẻ",
    "cách trị mụn trứng cá", "kể chuyện con rồng cháu tiên", "học guitar cho người mới", "soi cầu lô đề hôm nay",
    "mưa bão bao giờ tạnh", "thuê váy cưới trọn gói", "đội hình ra sân của arsenal", "messi ghi bàn phút cuối",
    "quên mật khẩu wifi", "sinh nhật bạn gái tặng gì", "món ăn ngon cho bé biếng ăn", "du lịch bụi sapa hai ngày",
    "cây cảnh để bàn phong thủy", "karaoke nhạc trữ tình", "mèo anh lông ngắn", "bí kíp chơi cờ vua",
    "mơ thấy rắn đánh con gì", "thoi tiet ha noi ngay mai", "ket qua bong da dem qua", "gia vang hom nay bao nhieu",
)  # fmt: skip


# Written after the last mend, before the search was asked any of it.
EVERY_DAY_LATER = (
    "cách tỉa lông chó poodle", "vé concert blackpink", "lời bài hát ru con", "cầu thủ ghi nhiều bàn thắng nhất",
    "mẫu áo dài cưới đỏ", "cách nấu bún riêu cua", "chơi cờ tướng với máy", "truyện ngôn tình hoàn", "rạp phim gần nhất",
    "mua vợt pickleball", "trồng hoa lan hồ điệp", "giải mã giấc mơ thấy cá", "nhạc thiền ngủ ngon", "khách sạn view biển",
    "cách gấp máy bay giấy", "phối đồ đi biển", "kem chống nắng da dầu", "tập yoga giảm cân", "cách làm sữa chua dẻo",
    "tin đồn showbiz hôm qua", "cach lam banh flan", "xem phim hoat hinh doraemon", "tai game xep hinh", "boi bai tarot",
    "mua ve xem ca nhac", "gia xe dap dien", "cach chup anh dep", "hinh nen dien thoai", "lich chieu phim cgv",
    "ty so manchester united",
)  # fmt: skip


class Pick(NamedTuple):
    """Which set is made: what its choices hang on, how many of a kind, and its talk of every day."""

    seed: str
    each: int
    talk: tuple[str, ...]


FIRST = Pick("", EACH, EVERY_DAY)
LATER = Pick("sau ", 2 * EACH, EVERY_DAY_LATER)


class Entry(NamedTuple):
    """What an entry shows and what it says, as lower-case words between spaces."""

    id: str
    subject: str
    shown: str
    text: str


def plain(text: str) -> str:
    """Lower-case words, one space between and around them."""
    return f" {' '.join(_WORD.findall(nfc(text).lower()))} "


def read(project: Path) -> list[Entry]:
    """Every entry of the project, by id."""
    found = []
    for path in sorted(project.glob("policies/[!_]*/*/*.md")) + sorted(project.glob("policies/[!_]*/*/*/index.md")):
        source = path.read_text(encoding="utf-8")
        head, _, body = source.removeprefix("---\n").partition("\n---\n")
        entry_id = path.parent.name if path.stem == "index" else path.stem
        texts = [file.read_text(encoding="utf-8") for file in sorted(path.parent.glob(f"{entry_id}/toan-van.md"))]
        subject = re.search(r"^trich_yeu:\s*(.*)$", head, re.M)
        shown = " / ".join(value for value in _KEY.findall(head))
        headings = " ".join(re.findall(r"^#+ (.*)$", body, re.M))
        found.append(
            Entry(
                entry_id,
                plain(subject[1] if subject else ""),
                plain(f"{shown} {headings}"),
                plain("\n".join([body, *texts])),
            )
        )
    return sorted(found)


class Words:
    """Joins syllables that keep company in the register: «doanh nghiệp» is one word."""

    def __init__(self, subjects: list[str]) -> None:
        self.one: Counter[str] = Counter()
        self.two: Counter[tuple[str, str]] = Counter()
        for subject in subjects:
            parts = subject.split()
            self.one.update(parts)
            self.two.update(pairwise(parts))
        self.total = sum(self.one.values())
        # «quy định», «ban hành», «thực hiện»: in every other subject, so nobody asks for a document by them.
        self.everywhere = {" ".join(pair) for pair, _ in self.two.most_common(EVERYWHERE)}

    def company(self, left: str, right: str) -> float:
        """How much oftener than by chance two syllables are neighbours, 0 to 1."""
        both = self.two[left, right]
        if both < 3:
            return 0.0
        return math.log(both * self.total / self.one[left] / self.one[right]) / math.log(self.total / both)

    def split(self, subject: str) -> list[str]:
        """The words of a subject: single syllables or pairs, the closest pairs first."""
        parts = subject.split()
        pairs = sorted(range(len(parts) - 1), key=lambda i: -self.company(parts[i], parts[i + 1]))
        joined: set[int] = set()  # where pairs begin; none over another
        for i in pairs:
            if self.company(parts[i], parts[i + 1]) > 0.45 and not {i - 1, i, i + 1} & joined:
                joined.add(i)
        out = []
        at = 0
        while at < len(parts):
            size = 2 if at in joined else 1
            out.append(" ".join(parts[at : at + size]))
            at += size
        return out


def order(items: list[Entry], name: str) -> list[Entry]:
    """The entries in an order that has nothing to do with what they say."""
    return sorted(items, key=lambda e: hashlib.sha256(f"{name} {e.id}".encode()).digest())


def is_telling(word: str) -> bool:
    """Two syllables, letters only: what somebody would type."""
    return " " in word and all(_LETTERS.fullmatch(part) for part in word.split())


def holders(parts: list[str], entries: list[Entry]) -> list[str]:
    """Ids of the entries that show all these words."""
    return [e.id for e in entries if all(f" {part} " in e.shown for part in parts)]


def topics(pick: Pick, name: str, entries: list[Entry], words: Words) -> Iterator[tuple[str, list[str]]]:
    """Two or three words of a subject, in their order, that few entries show together."""
    for entry in order(entries, f"{pick.seed}{name}"):
        chance = random.Random(f"{pick.seed}{name} {entry.id}")
        telling = [w for w in dict.fromkeys(words.split(entry.subject)) if is_telling(w) and w not in words.everywhere]
        if len(telling) < 3:
            continue
        size = chance.choice((2, 3))
        start = chance.randrange(len(telling) - size + 1)
        picked = telling[start : start + size]
        right = holders(picked, entries)
        if 1 <= len(right) <= MOST_ANSWERS:
            yield " ".join(picked), right


def short_forms(pick: Pick, entries: list[Entry], words: Words) -> Iterator[tuple[str, list[str]]]:
    """A short form of the dictionary and one or two other words of a subject that has its meaning."""
    forms = [
        (word.form, " ".join(_WORD.findall(nfc(word.meanings[0]).lower())))
        for word in vocabulary.load(ROOT).search_words.values()
        if word.meanings and not word.is_word and " " in word.meanings[0]
    ]
    used: Counter[str] = Counter()
    for entry in order(entries, f"{pick.seed}viet_tat"):
        chance = random.Random(f"{pick.seed}viet_tat {entry.id}")
        fitting = [f for f in forms if f" {f[1]} " in entry.subject and used[f[0]] < pick.each // 15]
        if not fitting:
            continue
        form, meaning = chance.choice(fitting)
        before, _, after = entry.subject.partition(f" {meaning} ")
        first = [w for w in words.split(before)[-6:] if is_telling(w) and w not in words.everywhere]
        then = [w for w in words.split(after)[:6] if is_telling(w) and w not in words.everywhere]
        if len(first) + len(then) < 2:
            continue
        left, right = first[-1:], then[: 2 - len(first[-1:])]
        ids = holders([*left, meaning, *right], entries)
        if 1 <= len(ids) <= MOST_ANSWERS:
            used[form] += 1
            yield " ".join([*left, form if len(form) < 3 else chance.choice((form, form.lower())), *right]), ids


def facts(pick: Pick, entries: list[Entry]) -> Iterator[tuple[str, list[str]]]:
    """A run of a full text without its small words, whose words no entry shows together."""
    small = {
        "và",
        "của",
        "các",
        "được",
        "là",
        "cho",
        "theo",
        "trong",
        "với",
        "để",
        "có",
        "này",
        "đó",
        "những",
        "một",
        "thì",
    }
    answering = answers()
    used: Counter[str] = Counter()
    targets = [e for e in entries if e.id in answering and len(e.text) > 4000]
    for turn in range(12):
        for entry in order(targets, f"{pick.seed}than_bai {turn}"):
            chance = random.Random(f"{pick.seed}than_bai {turn} {entry.id}")
            parts = entry.text.split()
            size = chance.randint(8, 11)
            start = chance.randrange(len(parts) - size)
            run = parts[start : start + size]
            kept = [w for w in run if w not in small]
            if len(kept) < 6 or not all(_LETTERS.fullmatch(w) for w in run) or run[0] in small or run[-1] in small:
                continue
            ids = [e.id for e in entries if f" {' '.join(run)} " in e.text]
            clear = any(all(f" {w} " in e.shown for w in kept) for e in entries)
            if len(ids) <= 2 and not clear and used[entry.id] < pick.each // 15:
                used[entry.id] += 1
                yield " ".join(kept), ids


def nothing(pick: Pick, entries: list[Entry]) -> Iterator[tuple[str, list[str]]]:
    """Queries of which no entry holds all words."""
    said = [e.shown + e.text for e in entries]
    folded = [fold(text) for text in said]
    chance = random.Random(f"{pick.seed}vo_nghia")
    letters = ["".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(chance.randint(4, 7))) for _ in range(16)]
    for query in (*pick.talk, *(f"{a} {b}" for a, b in zip(letters[::2], letters[1::2], strict=True))):
        texts = folded if query.isascii() else said
        if not any(all(f" {w} " in text for w in query.split()) for text in texts):
            yield query, []


def main() -> None:
    """Command line."""
    pick = LATER if "--lan-sau" in sys.argv else FIRST
    entries = read(Path(sys.argv[1]))
    words = Words([e.subject for e in entries])
    kinds: dict[str, tuple[Iterator[tuple[str, list[str]]], Callable[[str], str]]] = {
        "co_dau": (topics(pick, "co_dau", entries, words), str),
        "khong_dau": (topics(pick, "khong_dau", entries, words), fold),
        "viet_tat": (short_forms(pick, entries, words), str),
        "than_bai": (facts(pick, entries), str),
        "vo_nghia": (nothing(pick, entries), str),
    }
    for kind, (found, spelt) in kinds.items():
        for taken, (query, right) in enumerate(found):
            if taken == (40 if kind == "vo_nghia" else pick.each):
                break
            print(kind, spelt(query), " ".join(right), sep="\t")


if __name__ == "__main__":
    main()
