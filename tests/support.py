"""Made-up entries for tests: a folder laid out as a repository, read with the project's own vocabularies."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from chinhsach import catalogue, schema, source, vocabulary
from chinhsach.catalogue import Catalogue, Entry
from chinhsach.check import find_problems
from chinhsach.dates import VN
from chinhsach.outputs.view import Templates
from chinhsach.problems import Problem
from chinhsach.schema import Parsed
from chinhsach.site_config import SiteConfig
from chinhsach.vocabulary import Vocabularies

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "du-lieu"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=VN)
DEFAULT_ID = "vi-du"

PLAIN: Mapping[str, Any] = {
    "tieu_de": "Ví dụ: lịch trực của một phòng",
    "tom_tat": "Tin ví dụ để kiểm thử, không phải tin thật; văn bản nói về lịch trực của một phòng.",
    "loai": "cong-van",
    "so_ky_hieu": "12/SKHĐT-VP",
    "co_quan_ban_hanh": "Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn",
    "ngay_ban_hanh": "30/5/2023",
    "trich_yeu": "Lịch trực của một phòng",
    "linh_vuc": ["truyen-thong-chinh-sach"],
    "doi_tuong": ["cong-chuc"],
    "ngay_dang": "5/6/2023",
    "nguon": "https://example.org/van-ban/12",
}
"""An entry of which the check says nothing."""

DRAFT: Mapping[str, Any] = {
    "giai_doan": "xay-dung",
    "so_ky_hieu": None,
    "ngay_ban_hanh": None,
    "trich_yeu": None,
    "nguon": None,
    "gop_y": {
        "tu": "10/6/2023",
        "den": "30/6/2023",
        "can_cu": "Ví dụ: văn bản giao lấy ý kiến",
        "hinh_thuc": [{"loai": "buu-dien", "dia_chi": "Ví dụ: nơi nhận góp ý"}],
    },
}
"""What turns the plain entry into a draft that is open for comment."""

Run = Callable[..., tuple[int, str, str]]
"""Calls a command; the result is exit code, stdout and stderr."""


@cache
def vocabularies() -> Vocabularies:
    """The project's vocabularies, read once."""
    return vocabulary.load(ROOT)


@cache
def templates() -> Templates:
    """The project's templates."""
    return Templates(ROOT / "docs" / "templates")


def config(site_url: str = "https://example.org/") -> SiteConfig:
    """A site's configuration with the project's own namespace."""
    return SiteConfig.from_mapping(
        site_url,
        {"khong_gian_ten": "1560ab21-67f1-410e-8230-1bfcf1eaac72", "ten_trang": "Trang ví dụ", "co_quan": "Sở ví dụ"},
    )


def entry_text(body: str = "", **keys: Any) -> str:
    """A plain entry with some keys changed, one line a key; a key that is None is left out."""
    merged = {key: value for key, value in (PLAIN | keys).items() if value is not None}
    return front_matter(merged) + body


def front_matter(keys: Mapping[str, Any]) -> str:
    """Keys as YAML, one line each: JSON is YAML's flow style."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys.items()]
    return "\n".join(["---", *lines, "---", ""])


def write_entry(
    root: Path,
    entry_id: str = DEFAULT_ID,
    *,
    unit: str = "van-phong-so",
    year: str = "2023",
    body: str = "\nBài ví dụ.\n",
    files: Mapping[str, str | bytes] | None = None,
    **keys: Any,
) -> Path:
    """Write a plain entry with some keys changed, and files into its folder; the result is its path."""
    path = root / "policies" / unit / year / f"{entry_id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(entry_text(body, **keys), encoding="utf-8")
    for name, content in (files or {}).items():
        target = path.with_suffix("") / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def load(root: Path, now: datetime = NOW, *, preview: bool = False, known: Vocabularies | None = None) -> Catalogue:
    """The catalogue of a folder."""
    return catalogue.load(root, known or vocabularies(), now, preview=preview)


def load_one(root: Path, entry_id: str = DEFAULT_ID, now: datetime = NOW) -> tuple[Entry, Catalogue]:
    """One entry of a folder, with its catalogue."""
    whole = load(root, now)
    entry = whole.find(entry_id)
    assert entry is not None
    return entry, whole


def parse(**keys: Any) -> Parsed:
    """A plain entry with some keys changed, through reader and table."""
    return parse_text(entry_text(**keys))


def parse_text(text: str) -> Parsed:
    """An entry's text through reader and table."""
    raw = source.read("policies/van-phong-so/2023/vi-du.md", text.encode())
    assert raw.faults == []
    return schema.parse(raw, DEFAULT_ID, vocabularies())


def problems(root: Path, now: datetime = NOW) -> list[Problem]:
    """All that the check says of a folder."""
    return find_problems(load(root, now))


def codes(root: Path, now: datetime = NOW) -> list[str]:
    """The codes of all that the check says of a folder."""
    return [problem.code for problem in problems(root, now)]
