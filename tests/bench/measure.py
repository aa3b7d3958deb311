"""A project in, what its build cost out: CPU, time, memory, files, bytes, and what a reader's browser loads first."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from .sites import Project

_PARTS = re.compile(r'<(?:link\b(?=[^>]*\brel="stylesheet")[^>]*\bhref|script\b[^>]*\bsrc)="([^"]+)"')


class Cost(NamedTuple):
    """What one build took: seconds of CPU of the child and its own children, of the clock; memory at its highest."""

    user: float
    system: float
    wall: float
    memory: int


class Size(NamedTuple):
    """What a build left."""

    files: int
    pages: int
    bytes: int


def build(project: Project, *, cold: bool = True) -> Cost:
    """Build, from cold unless told otherwise, and measure. Raises SystemExit with the program's last words when it fails."""
    if cold:
        project.clear()
    log = project.folder / "nhat-ky.txt"
    with log.open("wb") as out:
        began = time.perf_counter()
        child = subprocess.Popen(
            project.command, cwd=project.folder, env=project.environment, stdout=out, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(
            f"{project.name}: dựng hỏng, mã {child.returncode}\n" + log.read_text(errors="replace")[-2000:]
        )
    return Cost(used.ru_utime, used.ru_stime, wall, used.ru_maxrss * 1024)


def size(folder: Path) -> Size:
    """Count the files and HTML pages below a folder."""
    files = pages = total = 0
    for path in folder.rglob("*"):
        if path.is_file():
            files += 1
            pages += path.suffix == ".html"
            total += path.stat().st_size
    return Size(files, pages, total)


def first_load(site: Path, address: str) -> int:
    """Bytes of a page with its styles and scripts, each as gzip sends it; what lies on another host does not count."""
    page = (site / address / "index.html").read_bytes()
    total = len(gzip.compress(page, 6))
    for target in dict.fromkeys(_PARTS.findall(page.decode())):
        path = urljoin(f"http://trang/{address}", target)
        if path.startswith("http://trang/"):
            total += len(gzip.compress((site / path.removeprefix("http://trang/").partition("?")[0]).read_bytes(), 6))
    return total
