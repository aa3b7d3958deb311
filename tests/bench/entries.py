"""The project's real full texts in, N made-up entries out: the same entries at each call, for the speed benchmark only.

Bodies are 6–8 KB of real sentences under the headings that clerks use; keys vary over units, fields, types,
audiences, issuers and years. Every headline begins «Ví dụ», for no such document exists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from chinhsach.dates import VN
from chinhsach.text import slug

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=VN)
FIRST_YEAR, LAST_YEAR = 2010, 2026
_REAL_NUMBERS = 1000
"""Made-up numbers begin above: the register knows the real ones, and the check would tell of other days."""

_HEADING = re.compile(r"#{2,6} +(?P<text>.+)")
_LABEL = re.compile(r"(?:\d+[a-zđ]?\\?\.|[a-zđ]{1,2}\d?\)|\\?[-+*])\s+")
_MARKUP = re.compile(r"[\\<>\[\]|*_`#~^&{}]")
_SHORTEST, _LONGEST = 60, 450


class Kind(NamedTuple):
    """A kind of document: its type, its issuer as printed, its share of the entries, and the form of its number."""

    type: str
    issuers: tuple[str, ...]
    share: int
    number: str
    is_dated: bool = True


KINDS = (
    Kind("thong-tu", ("bo-tai-chinh",), 6, "{so:02}/{nam}/TT-BTC"),
    Kind("thong-tu", ("bo-ke-hoach-va-dau-tu",), 5, "{so:02}/{nam}/TT-BKHĐT"),
    Kind("thong-tu", ("bo-cong-thuong",), 2, "{so:02}/{nam}/TT-BCT"),
    Kind("nghi-dinh", ("chinh-phu",), 5, "{so:02}/{nam}/NĐ-CP"),
    Kind("nghi-quyet-cp", ("chinh-phu",), 2, "{so:02}/{nam}/NQ-CP"),
    Kind("quyet-dinh-ttg", ("thu-tuong-chinh-phu",), 2, "{so:02}/{nam}/QĐ-TTg"),
    Kind("nghi-quyet-hdnd-tinh", ("hdnd-tinh-lang-son",), 3, "{so:02}/{nam}/NQ-HĐND"),
    Kind("quyet-dinh-ubnd-tinh", ("ubnd-tinh-lang-son",), 4, "{so:02}/{nam}/QĐ-UBND"),
    Kind("quyet-dinh-cb", ("ubnd-tinh-lang-son",), 5, "{so}/QĐ-UBND"),
    Kind("ke-hoach", ("ubnd-tinh-lang-son",), 3, "{so}/KH-UBND"),
    Kind("chi-thi", ("thu-tuong-chinh-phu",), 1, "{so:02}/CT-TTg"),
    Kind("cong-van", ("ubnd-tinh-lang-son",), 5, "{so}/UBND-KT", is_dated=False),
    Kind("thong-bao", ("so-tai-chinh-lang-son",), 2, "{so}/TB-STC", is_dated=False),
)
FOLDERS = ("van-phong-so", "phong-dkkd", "phong-qldt-ngoai-ns", "van-phong-so")
SHARED_UNITS = ("phong-dkkd", "phong-qldt-ngoai-ns", "so-tai-chinh")
FIELDS = {
    "van-phong-so": (
        "dau-tu-cong", "dau-thau", "quy-hoach", "ke-hoach-ktxh", "cai-cach-hanh-chinh", "thong-ke", "phap-che",
        "ngan-sach-nha-nuoc", "chuyen-doi-so", "oda", "thanh-tra", "giam-sat-dau-tu",
    ),
    "phong-dkkd": ("dang-ky-kinh-doanh", "dnnvv", "ho-kinh-doanh", "kinh-te-tap-the", "dnnn"),
    "phong-qldt-ngoai-ns": ("dau-tu-trong-nuoc", "fdi", "ppp", "xuc-tien-dau-tu", "khu-cong-nghiep"),
}  # fmt: skip
AUDIENCES = (
    ("doanh-nghiep",), ("nguoi-dan",), ("doanh-nghiep", "nha-dau-tu"), ("ho-kinh-doanh", "nguoi-dan"), ("tat-ca",),
    ("nha-thau", "co-quan-nha-nuoc"), ("doanh-nghiep-nho-va-vua", "hop-tac-xa"), ("cong-chuc", "ubnd-cap-xa"),
    ("doanh-nghiep", "bao-chi"), ("co-quan-nha-nuoc",),
)  # fmt: skip


class Article(NamedTuple):
    """A piece of a real text: its heading and its paragraphs, without labels and markup."""

    title: str
    paragraphs: tuple[str, ...]


class Sample(NamedTuple):
    """One made-up entry; `units` are those in whose list it stands. Who writes it out chooses the front matter."""

    id: str
    folder: str
    title: str
    summary: str
    type: str
    number: str
    issuers: tuple[str, ...]
    issued: date
    effective: date | None
    subject: str
    units: tuple[str, ...]
    supporting: tuple[str, ...]
    fields: tuple[str, ...]
    audiences: tuple[str, ...]
    published: date
    source: str
    replaces: str
    change: tuple[date, str] | None
    body: str

    def as_entry(self) -> str:
        """The file as a clerk of this project would write it (DESIGN §2)."""
        lines = [
            f"tieu_de: {_quoted(self.title)}",
            f"tom_tat: {_quoted(self.summary)}",
            f"loai: {self.type}",
            f"so_ky_hieu: {self.number}",
            f"co_quan_ban_hanh: [{', '.join(self.issuers)}]",
            f"ngay_ban_hanh: {self.issued.day}/{self.issued.month}/{self.issued.year}",
            *([f"ngay_hieu_luc: {self.effective.isoformat()}"] if self.effective else []),
            f"trich_yeu: {_quoted(self.subject)}",
            *([f"don_vi_chu_tri: [{', '.join(self.units)}]"] if len(self.units) > 1 else []),
            *([f"don_vi_phoi_hop: [{', '.join(self.supporting)}]"] if self.supporting else []),
            f"linh_vuc: [{', '.join(self.fields)}]",
            f"doi_tuong: [{', '.join(self.audiences)}]",
            f"ngay_dang: {self.published.isoformat()}",
            f"nguon: {self.source}",
            *(["quan_he:", f"  - {{loai: thay-the, den: {self.replaces}, pham_vi: toan-bo}}"] if self.replaces else []),
        ]
        if self.change:
            day, words = self.change
            lines += ["thay_doi:", f"  - {{ngay: {day.isoformat()}, loai: cap-nhat, noi_dung: {_quoted(words)}}}"]
        return "\n".join(["---", *lines, "---", "", self.body])

    @property
    def path(self) -> str:
        """Where the entry lies in this project."""
        return f"policies/{self.folder}/{self.issued.year}/{self.id}.md"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_articles(root: Path) -> tuple[Article, ...]:
    """Every article of the full texts under `policies/`, in the order of their paths, that has usable paragraphs."""
    found: list[Article] = []
    for path in sorted((root / "policies").glob("*/*/*/toan-van.md")):
        title, paragraphs = "", []
        for block in [*re.split(r"\n\s*\n", path.read_text(encoding="utf-8")), "## hết"]:
            text = " ".join(block.split())
            if heading := _HEADING.fullmatch(text):
                if 8 <= len(title) <= 110 and paragraphs:
                    found.append(Article(title, tuple(paragraphs)))
                title, paragraphs = _clean(heading["text"]), []
            elif _SHORTEST <= len(text := _clean(_LABEL.sub("", text, count=1))) <= _LONGEST:
                paragraphs.append(text)
    if not found:
        raise FileNotFoundError(f"không có bản toàn văn nào dưới {root / 'policies'}")
    return tuple(found)


def _clean(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())


def make(root: Path, count: int) -> Iterator[Sample]:
    """`count` entries from the texts of the project at `root`; the n-th is the same whatever the count."""
    articles = read_articles(root)
    kinds = [kind for kind in KINDS for _ in range(kind.share)]
    numbers: dict[tuple[str, int], int] = {}
    previous: dict[tuple[str, str], tuple[str, date]] = {}
    for index in range(count):
        kind = kinds[index * 17 % len(kinds)]
        year = FIRST_YEAR + index * 5 % (LAST_YEAR - FIRST_YEAR + 1)
        so = numbers[kind.number, year] = numbers.get((kind.number, year), _REAL_NUMBERS) + 1
        number = kind.number.format(so=so, nam=year)
        issued = date(year, 1, 2) + timedelta(days=index * 53 % 270)
        published = issued + timedelta(days=index % 40)
        folder = FOLDERS[index % len(FOLDERS)]
        own = FIELDS[folder]
        shared = index % 25 == 24
        start = index * 31 % len(articles)
        first = articles[start]
        entry_id = slug(number) if str(year) in number else f"{slug(number)}-{year}"
        before = previous.get((kind.number, folder)) if index % 12 == 11 else None
        replaces = before[0] if before and before[1] < issued else ""
        previous[kind.number, folder] = (entry_id, issued)
        yield Sample(
            id=entry_id,
            folder=folder,
            title=f"Ví dụ {index + 1}: {first.title}"[:150].strip(),
            summary=_cut(first.paragraphs[0], 280),
            type=kind.type,
            number=number,
            issuers=kind.issuers,
            issued=issued,
            effective=issued + timedelta(days=45) if kind.is_dated else None,
            subject=f"Ví dụ: {first.title}",
            units=(folder, next(u for u in SHARED_UNITS if u != folder)) if shared else (folder,),
            supporting=tuple(u for u in SHARED_UNITS if u != folder) if index % 4 == 0 and not shared else (),
            fields=tuple(dict.fromkeys((own[index % len(own)], own[index * 7 % len(own)]))),
            audiences=AUDIENCES[index % len(AUDIENCES)],
            published=published,
            source=f"https://example.org/van-ban/{entry_id}",
            replaces=replaces,
            change=(published + timedelta(days=3), "Thêm đường dẫn tới bản gốc.") if index % 40 == 39 else None,
            body=_body(articles, start, index),
        )


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + "…"


class _Stream:
    """The paragraphs from an article on, over the end and again; and the titles of the articles gone by."""

    def __init__(self, articles: tuple[Article, ...], start: int) -> None:
        self.titles = (articles[(start + step) % len(articles)].title for step in range(len(articles)))
        self.paragraphs = (
            text for step in range(len(articles)) for text in articles[(start + step) % len(articles)].paragraphs
        )

    def some(self, size: int) -> list[str]:
        """Paragraphs until `size` bytes are reached, at least one."""
        taken = [next(self.paragraphs)]
        while sum(len(text.encode()) for text in taken) < size:
            taken.append(next(self.paragraphs))
        return taken

    def short(self, count: int, limit: int) -> list[str]:
        """The next paragraphs, each cut to `limit` characters."""
        return [_cut(text, limit) for text in islice(self.paragraphs, count)]


def _body(articles: tuple[Article, ...], start: int, index: int) -> str:
    """6–8 KB of Markdown: 9 to 11 headings, a table, three lists (one inside another), a link and a footnote."""
    stream = _Stream(articles, start)
    points = "\n".join(f"- {text}" for text in stream.short(4, 230))
    rows = "\n".join(
        f"| Việc {place} | {text} | {place * 15} ngày |" for place, text in enumerate(stream.short(4, 120), 1)
    )
    steps = stream.short(5, 200)
    ordered = "\n".join(
        (f"1. {steps[0]}", f"2. {steps[1]}", f"    - {steps[2]}", f"    - {steps[3]}", f"3. {steps[4]}")
    )
    note = stream.short(1, 160)[0]
    who, where = stream.some(250), stream.some(300)
    articles_shown = 3 + index % 3
    rest = 5300 + index * 37 % 1300 - sum(len(text.encode()) for text in (points, rows, ordered, note, *who, *where))
    middle: list[str] = []
    for _ in range(articles_shown):
        middle += [f"### {next(stream.titles)}", *stream.some(max(1, rest // articles_shown))]
    blocks = [
        *("## Điểm chính", points),
        *("## Ai cần biết", *who, *middle),
        *("## Từ khi nào", f"| Việc | Quy định | Mức |\n| --- | --- | ---: |\n{rows}"),
        *("## Cần làm gì", ordered),
        *("## Làm ở đâu, hạn nào", *where, f"**Hạn:** {15 + index % 30} ngày kể từ ngày nhận hồ sơ.[^1]"),
        *("## Hỏi ai", f"Xem [bản gốc của ví dụ này](https://example.org/van-ban/{index + 1})."),
        f"[^1]: {note}",
    ]
    return "\n\n".join(blocks) + "\n"
