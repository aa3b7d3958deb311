"""Made-up builds of a site for tests of publishing: a ledger, a page and a data file an entry, feeds, a list of files."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from chinhsach import ledger, release
from chinhsach.before_release import Comparison, compare
from chinhsach.publishing import Judge

IDS = ("vi-du-a", "vi-du-b")
PUBLISHED = "2026-11-20T08:00:00+07:00"


def make(
    folder: Path,
    words: str = "một",
    *,
    ids: Iterable[str] = IDS,
    lines: Mapping[str, Mapping[str, Any]] | None = None,
    files: Mapping[str, str] | None = None,
    pieces: int = 0,
) -> Path:
    """Write a build whose every page says `words`; `lines` changes what the ledger says of an entry."""
    entries = []
    made: dict[str, str] = {
        "index.html": f"<p>Ví dụ: trang {words}</p>",
        "404.html": f"<p>Ví dụ: không có {words}</p>",
        "rss.xml": f"<rss>{words}</rss>",
        "du-lieu/chinh-sach.csv": f"ma\r\n{words}\r\n",
        "assets/trang.css": "p { color: black }",
        **{f"assets/{n}.txt": f"Ví dụ {n} {words}" for n in range(pieces)},
        **(files or {}),
    }
    for entry_id in ids:
        data = json.dumps({"ma": entry_id, "tieu_de": f"Ví dụ {words}"}, ensure_ascii=False)
        made[f"du-lieu/chinh-sach/{entry_id}.json"] = data
        made[f"chinh-sach/{entry_id}/index.html"] = f"<p>Ví dụ: tin {entry_id} {words}</p>"
        line = {
            "guid": f"urn:uuid:{entry_id}",
            "ma": entry_id,
            "url": f"chinh-sach/{entry_id}/",
            "title": f"Ví dụ: tin {entry_id}",
            "published": PUBLISHED,
            "updated": PUBLISHED,
            "status": "published",
            "giai_doan": "pho-bien",
            "units": ["van-phong-so"],
            "sha256": hashlib.sha256(data.encode()).hexdigest(),
            "facts": f"du-kien-{entry_id}",
        }
        entries.append(line | dict((lines or {}).get(entry_id, {})))
    made[ledger.PLACE] = json.dumps({"entries": entries}, ensure_ascii=False)
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    release.write_manifest(folder, {})
    return folder


def judge(now: datetime) -> Judge:
    """The comparison of a publication, without a project around it."""

    def compared(old: ledger.Ledger, staged: Path) -> Comparison:
        return compare(old, ledger.read(staged / ledger.PLACE), now, ledger.Site(staged))

    return compared


def whole(folder: Path) -> str:
    """The hash of a release's list where each of its files, and nothing else, is there as listed; "" otherwise."""
    content = (folder / release.MANIFEST).read_bytes()
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path != folder / release.MANIFEST
    }
    return hashlib.sha256(content).hexdigest() if found == json.loads(content)["tep"] else ""
