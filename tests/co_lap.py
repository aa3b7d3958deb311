"""`python tests/co_lap.py [--ca-hong] <project> <site> …`: builds while Python itself tells what is opened and run.

Prints one JSON object a project: `doc` and `ghi` are the files opened to read and to write, `chay` the programs,
connections and native calls, `ma` the names under which code was compiled, and `goi` the modules that were loaded.
`--ca-hong` builds as `serve` does: broken entries are told, the others stand.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import jinja2  # noqa: F401 - what is needed to start is loaded before anybody listens
from du_an_mau import ADDRESS
from khong_trinh_dung import build

from chinhsach import app
from chinhsach.outputs.site import CONTENT_MARK, HEAD_MARK

RUNS = (
    "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "pty.", "socket.",
    "ctypes.", "urllib.", "ftplib.", "smtplib.", "webbrowser.", "pickle.",
)  # fmt: skip
CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate")
EXTRA = {"khong_gian_ten": "1560ab21-67f1-410e-8230-1bfcf1eaac72", "ten_trang": "Ví dụ", "co_quan": "Ví dụ"}
heard: dict[str, set[str]] = {}


def listen(event: str, arguments: tuple[Any, ...]) -> None:
    """Note what matters of an audit event; nothing before the first build."""
    if not heard:
        return
    if event == "open" and isinstance(arguments[0], str | bytes):
        mode, flags = arguments[1] or "", arguments[2] or 0
        writes = any(letter in mode for letter in "wax+") or bool(flags & (os.O_WRONLY | os.O_RDWR))
        heard["ghi" if writes else "doc"].add(os.path.realpath(os.fsdecode(arguments[0])))
    elif event.startswith(CHANGES):
        heard["ghi"].update(os.path.abspath(os.fsdecode(a)) for a in arguments if isinstance(a, str | bytes))
    elif event.startswith(RUNS):
        heard["chay"].add(f"{event} {arguments!r}"[:200])
    elif event == "compile":
        heard["ma"].add(str(arguments[1]))
    elif event == "import":
        heard["goi"].add(str(arguments[0]))


def build_broken(project: Path, site: Path) -> None:
    """The package's own pages of whatever is valid, in a bare frame."""
    opened = app.open_project(project, ADDRESS, EXTRA, lenient=True, log=lambda _: None)
    site.mkdir()
    app.write_site(opened, site, lambda _: f"<html><head>{HEAD_MARK}</head><body>{CONTENT_MARK}</body></html>")


def main(arguments: list[str]) -> None:
    """Build each project and print what was heard."""
    make = build_broken if arguments[0] == "--ca-hong" else build
    folders = [Path(name) for name in arguments if not name.startswith("--")]
    sys.addaudithook(listen)
    for project, site in zip(folders[::2], folders[1::2], strict=True):
        heard.update({name: set() for name in ("doc", "ghi", "chay", "ma", "goi")})
        make(project, site)
        print(json.dumps({name: sorted(found) for name, found in heard.items()}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
