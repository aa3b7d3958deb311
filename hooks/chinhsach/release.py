"""Writing a site to disk: files as they are made, their hashes, and the switch from the last good release."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .outputs.site import Output

MANIFEST = "du-lieu/tep.json"
SIGNATURE = MANIFEST + ".minisig"
"""Made after the build by whoever holds the key (docs/adr/029); a manifest that is written anew is not signed yet."""


def write(outputs: Iterable[Output], folder: Path) -> dict[str, str]:
    """Write each output below `folder` as it comes; the result is SHA-256 by path."""
    hashes: dict[str, str] = {}
    made: set[str] = set()
    for output in outputs:
        below, _, name = output.path.rpartition("/")
        parent = os.path.join(folder, below)
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        content = output.content.read_bytes() if isinstance(output.content, Path) else output.content
        with open(os.path.join(parent, name), "wb") as file:
            file.write(content)
        hashes[output.path] = hashlib.sha256(content).hexdigest()
    return hashes


def write_manifest(folder: Path, known: dict[str, str]) -> None:
    """`du-lieu/tep.json`: SHA-256 of every file of the release but itself, by path; an old signature goes."""
    (folder / SIGNATURE).unlink(missing_ok=True)
    root = os.path.join(folder, "")
    paths = (os.path.join(parent, name) for parent, _, found in os.walk(root) for name in found)
    names = [path[len(root) :].replace(os.sep, "/") for path in paths]
    hashes = {}
    for name in sorted(names, key=lambda name: name.split("/")):
        if name != MANIFEST:
            hashes[name] = known.get(name) or hashlib.sha256((folder / name).read_bytes()).hexdigest()
    target = folder / MANIFEST
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({"tep": hashes}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def workspace(site: Path) -> Path:
    """A new folder beside the site in which a release is made; two builds at once do not meet."""
    site.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{site.name}-moi-", dir=site.parent))
    folder.chmod(0o755)  # a web server reads it under another name
    return folder


def replace(new: Path, site: Path) -> Path:
    """Put a finished release in the place of the last one, which is the result; until then the old one stands whole."""
    old = new.with_name(new.name.replace("-moi-", "-cu-"))
    if site.exists():
        site.rename(old)
    try:
        new.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return site
