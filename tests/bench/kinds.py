"""A project's folder in, seconds by kind of output out: asks the package itself, so no switch enters the product.

`python -m tests.bench.kinds <folder>` prints JSON; it runs in a process of its own, and without MkDocs. With
`--bo-nho` each row also tells the highest memory, in bytes, that the process had needed when its last output stood.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from chinhsach import app, citations, references, release
from chinhsach.outputs import entry_page, full_text_index, search
from chinhsach.outputs.site import CONTENT_MARK, HEAD_MARK, Output, Site
from chinhsach.outputs.view import Templates

READING = "đọc và kiểm tra"
PAGES, LISTS, MAIN_FEED, SITEMAP = "trang tin", "trang danh sách", "rss.xml", "sitemap.xml, robots.txt"
FEEDS = "nguồn tin khác: Atom, JSON Feed, đơn vị, lĩnh vực, góp ý, theo tháng; nhúng"
EXTRA = (
    (
        FEEDS,
        re.compile(
            r"atom\.xml|feed\.json|rss-(hien-thi|thu)\.xml|(don-vi|linh-vuc)/[^/]+/(rss|atom)\.xml"
            r"|gop-y/(rss\.xml|lich\.ics)|(luu-tru|nhung)/.+"
        ),
    ),
    ("kiểm tra tin: dữ liệu để trình duyệt tra", re.compile(r"kiem-tra-tin/.+\.json")),
    ("JSON từng tin", re.compile(r"du-lieu/chinh-sach/.+\.json")),
    ("JSON, CSV, lược đồ, sổ công khai", re.compile(r"du-lieu/[^/]+\.(json|csv)")),
)
"""What Hugo's theme in this benchmark does not make."""
SEARCH = "tìm kiếm: bản ghi và chỉ mục toàn văn"
CITED = "dẫn chiếu: tìm và nối (nằm trong các dòng trên)"
MANIFEST = "du-lieu/tep.json (SHA-256 mọi tệp)"


class _KeepsNothing:
    """No index is kept from an earlier build: the build is cold."""

    def load(self, key: str) -> None:
        """Never there."""

    def store(self, key: str, content: bytes) -> None:
        """Thrown away."""


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _user() -> float:
    """Seconds of user CPU so far: what the operating system does with files depends on the disk."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


class _Stopwatch:
    """Adds up what some functions of the package take, each call once, also where one calls another."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._is_running = False

    def on(self, module: ModuleType, name: str) -> None:
        """Time a function of a module from now on."""
        function = getattr(module, name)

        def timed(*given: Any, **named: Any) -> Any:
            if self._is_running:
                return function(*given, **named)
            self._is_running, began = True, _user()
            try:
                return function(*given, **named)
            finally:
                self.seconds += _user() - began
                self._is_running = False

        setattr(module, name, timed)


def kind_of(path: str) -> str:
    """The row of the table that an output belongs to."""
    found = next((name for name, form in EXTRA if form.fullmatch(path)), None)
    if found:
        return found
    if path.endswith(".html"):
        return PAGES if re.fullmatch(r"chinh-sach/(?!trang-\d+/)[^/]+/(toan-van/)?index\.html", path) else LISTS
    if path.startswith(search.FOLDER):
        return SEARCH
    return MAIN_FEED if path == "rss.xml" else SITEMAP


def measure(folder: Path, memory: dict[str, int]) -> dict[str, float]:
    """Seconds of user CPU by kind, in the order in which the site is made; what several kinds share counts for the first.

    `memory` gains the highest memory so far after each.
    """
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    extra = yaml.safe_load(re.search(r"^extra:\n(?:[ #].*\n|\n)+", text, re.M)[0])["extra"]  # type: ignore[index]
    seconds: dict[str, float] = {}
    citing = _Stopwatch()
    for module, name in ((citations, "find"), (references, "cited_by"), (entry_page, "link_citations")):
        citing.on(module, name)
    began = _user()
    project = app.open_project(folder, "https://example.org/", extra, lenient=False, log=print)
    seconds[READING], memory[READING] = _user() - began, _memory()
    frame = f"<!doctype html><title></title>{HEAD_MARK}<main>{CONTENT_MARK}</main>{' ' * 5000}"
    site = Site(project.catalogue, project.config, Templates(folder / app.TEMPLATES), lambda section: frame)

    def timed() -> Iterator[Output]:
        outputs = site.files()
        began = _user()
        for output in outputs:
            yield output  # comes back when the file is written
            now = _user()
            name = kind_of(output.path)
            seconds[name] = seconds.get(name, 0.0) + now - began
            memory[name] = _memory()
            began = now

    with tempfile.TemporaryDirectory() as target:
        hashes = release.write(timed(), Path(target))
        began = _user()
        hashes |= release.write(full_text_index.files(project.catalogue, _KeepsNothing()), Path(target))
        seconds[SEARCH] = seconds.get(SEARCH, 0.0) + _user() - began
        memory[SEARCH] = _memory()
        began = _user()
        release.write_manifest(Path(target), hashes)
        seconds[MANIFEST], memory[MANIFEST] = _user() - began, _memory()
    seconds[CITED], memory[CITED] = citing.seconds, _memory()
    return seconds


def extra_of(seconds: dict[str, float]) -> float:
    """What Hugo does not make, in seconds."""
    return sum(seconds.get(name, 0.0) for name in (*(name for name, _ in EXTRA), SEARCH, MANIFEST, CITED))


if __name__ == "__main__":
    highest: dict[str, int] = {}
    found = measure(Path(sys.argv[1]), highest)
    shown = {name: (taken, highest[name]) for name, taken in found.items()} if "--bo-nho" in sys.argv else found
    print(json.dumps(shown, ensure_ascii=False))
