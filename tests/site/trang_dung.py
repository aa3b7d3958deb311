"""A built site in, what its files say out; and what the entries themselves say, read without the package's help."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import lxml.html
import yaml
from du_an_mau import VN

ATTRIBUTES_WITH_ADDRESS = (
    "href",
    "src",
    "srcset",
    "poster",
    "action",
    "formaction",
    "cite",
    "data",
    "background",
    "ping",
)


class Page:
    """One HTML file. Its errors are those that a strict parser would raise (html5lib, which takes its time)."""

    def __init__(self, path: str, content: bytes) -> None:
        self.path = path
        self.content = content

    @cached_property
    def root(self) -> Any:
        """The page's elements."""
        return lxml.html.document_fromstring(self.content, parser=lxml.html.HTMLParser(encoding="utf-8"))

    @cached_property
    def errors(self) -> list[str]:
        """Where the page is not what HTML asks for."""
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        parser.parse(self.content, transport_encoding="utf-8")
        return [f"{self.path}:{line}:{column}: {code} {detail}" for (line, column), code, detail in parser.errors]

    @property
    def folder(self) -> str:
        """The page's address from the site's root."""
        return self.path.removesuffix("index.html")

    def find(self, tag: str, **attributes: str) -> Iterator[Element]:
        """The elements of a tag (`*` for all) whose attributes have these values (`_` stands for `-`)."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        for element in self.root.iter():
            is_wanted = isinstance(element.tag, str) and tag in ("*", element.tag)
            if is_wanted and all(element.get(name) == value for name, value in wanted.items()):
                yield element

    def marked(self, attribute: str) -> list[str]:
        """The values of an attribute, in the order of the page."""
        return [e.attrib[attribute] for e in self.find("*") if attribute in e.attrib]

    def meta(self, name: str) -> str | None:
        """The content of a <meta> by its name or property."""
        for element in self.find("meta"):
            if name in (element.get("name"), element.get("property")):
                return element.get("content")
        return None

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(self.marked("id"))

    @cached_property
    def text(self) -> str:
        """The words of the page's body."""
        return " ".join(text_of(next(self.find("body"))).split())

    @property
    def is_redirect(self) -> bool:
        return any(e.get("http-equiv") == "refresh" for e in self.find("meta"))

    @property
    def may_be_found(self) -> bool:
        """Whether search engines may list it."""
        return "noindex" not in (self.meta("robots") or "")

    def addresses(self) -> Iterator[tuple[str, str, str]]:
        """Every address on the page as (tag, attribute, address)."""
        for element in self.find("*"):
            for name, value in element.attrib.items():
                if not isinstance(name, str) or name.rpartition("}")[2] not in ATTRIBUTES_WITH_ADDRESS:
                    continue
                parts = [p.split()[0] for p in value.split(",") if p.strip()] if name == "srcset" else [value]
                yield from ((element.tag, name, part) for part in parts)
            if element.get("http-equiv") == "refresh":
                yield "meta", "refresh", (element.get("content") or "").partition("url=")[2]


def text_of(element: Element) -> str:
    """All the text below an element."""
    return "".join(element.itertext())


class BuiltSite:
    """A site as it lies on disk, and the project that it was built from."""

    def __init__(self, folder: Path, project: Path, address: str, now: datetime) -> None:
        self.folder = folder
        self.project = project
        self.address = address
        self.now = now
        self._vocabularies: dict[str, Any] = {}

    @cached_property
    def files(self) -> frozenset[str]:
        return frozenset(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file())

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every HTML file by its path."""
        return {path: Page(path, self.read(path)) for path in sorted(self.files) if path.endswith(".html")}

    def page(self, folder: str) -> Page:
        """The page at an address: `chinh-sach/x/`, `` for the home page."""
        return self.pages[f"{folder}index.html"]

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def json(self, path: str) -> Any:
        return json.loads(self.read(path))

    @cached_property
    def ledger(self) -> dict[str, dict[str, Any]]:
        """The ledger's entries by id."""
        return {entry["ma"]: entry for entry in self.json("du-lieu/so-cong-khai.json")["entries"]}

    @cached_property
    def written(self) -> dict[str, Written]:
        """The entries as their files say, by id."""
        return {entry.id: entry for entry in read_entries(self.project)}

    def vocabulary(self, name: str, key: str) -> list[dict[str, Any]]:
        """The rows of a vocabulary."""
        if name not in self._vocabularies:
            self._vocabularies[name] = plain_yaml((self.project / f"policies/_danh-muc/{name}.yml").read_text("utf-8"))
        rows: list[dict[str, Any]] = self._vocabularies[name][key]
        return rows

    @cached_property
    def lists(self) -> dict[str, list[str]]:
        """Every list of the site by its address, with the ids that belong on it in their order."""
        return expected_lists(self)

    def target(self, page: Page, address: str) -> str | None:
        """The file of this site that an address on a page leads to, with `#fragment` kept; None for other places."""
        parts = urlsplit(address)
        if parts.scheme not in ("", "http", "https"):
            return None
        whole = urlsplit(urljoin(self.address + page.folder, address))
        base = urlsplit(self.address)
        if whole.netloc != base.netloc:
            return None
        if not whole.path.startswith(base.path):
            return f"ra ngoài trang: {whole.path}"
        path = unquote(whole.path[len(base.path) :])
        if path == "" or path.endswith("/"):
            path += "index.html"
        return path + (f"#{unquote(whole.fragment)}" if whole.fragment else "")


@dataclass(frozen=True)
class Written:
    """An entry as its file says: its folder, its keys as plain text."""

    id: str
    path: str
    folder: str
    keys: dict[str, Any]

    @property
    def status(self) -> str:
        return str(self.keys.get("trang_thai") or "cong-khai")

    @property
    def is_draft(self) -> bool:
        return self.keys.get("giai_doan") == "xay-dung"

    @property
    def published(self) -> datetime:
        return moment(self.keys["ngay_dang"])

    @property
    def issued(self) -> date | None:
        return moment(self.keys["ngay_ban_hanh"]).date() if self.keys.get("ngay_ban_hanh") else None

    @property
    def is_erased(self) -> bool:
        return self.status == "da-go" and self.keys["go_tin"].get("che_do") == "xoa-noi-dung"

    def is_released(self, now: datetime) -> bool:
        """Whether it has a public page."""
        return self.status != "ban-nhap" and bool(self.keys.get("ngay_dang")) and self.published <= now

    def is_listed(self, now: datetime) -> bool:
        """Whether it stands in lists."""
        return self.status == "cong-khai" and self.is_released(now)

    def several(self, key: str) -> list[str]:
        """A key that may hold one value or a list."""
        value = self.keys.get(key) or []
        return value if isinstance(value, list) else [value]


def plain_yaml(text: str) -> Any:
    """YAML with every scalar as text: PyYAML's base loader, nothing of the package."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def moment(text: str) -> datetime:
    """A day or a moment as entries write it."""
    match = re.fullmatch(
        r"(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}))(?:[T ](\d\d):(\d\d))?", text.strip()
    )
    assert match, f"cách ghi ngày mà kiểm thử này chưa biết: {text}"
    year, month, day = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    return datetime(int(year), int(month), int(day), int(match[7] or 0), int(match[8] or 0), tzinfo=VN)


def read_entries(project: Path) -> Iterator[Written]:
    """Every entry of a project."""
    policies = project / "policies"
    for path in sorted(policies.glob("*/**/*.md")):
        parts = path.relative_to(policies).parts
        if parts[0].startswith("_") and parts[0] != "_cho-phan-loai":
            continue
        text = path.read_text("utf-8-sig")
        beside = path.parent.with_suffix(".md").is_file() or (
            path.name != "index.md" and (path.parent / "index.md").is_file()
        )
        if beside or not text.startswith("---"):
            continue  # a file of an entry's own folder
        keys = plain_yaml(text.split("\n---", 1)[0].removeprefix("---"))
        stem = path.parent.name if path.name == "index.md" else path.stem
        yield Written(keys.get("ma") or stem, path.as_posix(), parts[0], keys)


def lead_units(entry: Written, site: BuiltSite) -> list[str]:
    """Who owns an entry: the key, the folder, the fields (the symbol is tried in tests of its own)."""
    enabled = {row["id"] for row in site.vocabulary("don-vi", "don_vi") if row.get("bat") == "co"}
    if entry.keys.get("don_vi_chu_tri"):
        return entry.several("don_vi_chu_tri")
    if entry.folder in enabled:
        return [entry.folder]
    fields = {row["id"]: row for row in site.vocabulary("linh-vuc", "linh_vuc")}
    units = [unit for field in entry.several("linh_vuc") for unit in fields[field].get("don_vi") or []]
    return list(dict.fromkeys(unit for unit in units if unit in enabled))


def with_successors(units: list[str], site: BuiltSite) -> list[str]:
    """The units and then their successors."""
    rows = {row["id"]: row for row in site.vocabulary("don-vi", "don_vi")}
    found = list(units)
    for unit in units:
        heir = rows[unit].get("ke_thua")
        while heir and heir != "null" and heir not in found:
            found.append(heir)
            heir = rows[heir].get("ke_thua")
    return found


def issuer_ids(entry: Written, site: BuiltSite) -> list[str]:
    """The bodies that issued a document, by id."""
    names: dict[str, list[str]] = {}
    for row in site.vocabulary("co-quan", "co_quan"):
        for name in (row["id"], *(n["ten"] for n in row["ten"]), *(row.get("ten_khac") or [])):
            names[name] = [row["id"]]
    for row in site.vocabulary("co-quan", "ten_lien_tich"):
        names[row["ten"]] = row["co_quan"]
    return list(dict.fromkeys(i for name in entry.several("co_quan_ban_hanh") for i in names.get(name, [])))


def expected_lists(site: BuiltSite) -> dict[str, list[str]]:
    """What `BuiltSite.lists` holds: worked out from the entries' files and the vocabularies alone."""
    listed = [e for e in site.written.values() if e.is_listed(site.now)]
    listed.sort(key=lambda e: (-e.published.timestamp(), -(e.issued or date.min).toordinal(), e.id))
    audiences = [row["id"] for row in site.vocabulary("doi-tuong", "doi_tuong")]
    lists: dict[str, list[str]] = {"chinh-sach/": []}
    lists |= {f"don-vi/{r['id']}/": [] for r in site.vocabulary("don-vi", "don_vi") if r.get("bat") == "co"}
    lists |= {f"linh-vuc/{r['id']}/": [] for r in site.vocabulary("linh-vuc", "linh_vuc")}
    lists |= {f"doi-tuong/{audience}/": [] for audience in audiences}
    for entry in listed:
        spoken_to = audiences if "tat-ca" in entry.several("doi_tuong") else entry.several("doi_tuong")
        year = entry.published.year if entry.is_draft or entry.issued is None else entry.issued.year
        for path in (
            "chinh-sach/",
            *(f"don-vi/{unit}/" for unit in with_successors(lead_units(entry, site), site)),
            *(f"linh-vuc/{field}/" for field in entry.several("linh_vuc")),
            *(f"doi-tuong/{audience}/" for audience in spoken_to),
            f"loai/{entry.keys['loai']}/",
            *(f"co-quan/{issuer}/" for issuer in issuer_ids(entry, site)),
            f"nam/{year}/",
        ):
            lists.setdefault(path, []).append(entry.id)
    return lists


def alphabetical(name: str) -> list[tuple[int, int]]:
    """A key that sorts names by the Vietnamese alphabet: letters first, tones after."""
    letters = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
    base, tones = [], []
    for char in unicodedata.normalize("NFC", name.lower()):
        parts = unicodedata.normalize("NFD", char)
        tone = next((t for t in parts if t in "\u0300\u0309\u0303\u0301\u0323"), "")
        letter = unicodedata.normalize("NFC", "".join(p for p in parts if p != tone))
        if letter in letters:
            base.append((1, letters.index(letter)))
            tones.append((0, " \u0300\u0309\u0303\u0301\u0323".index(tone or " ")))
        elif letter.isdigit():
            base.append((0, int(letter)))
        elif letter == " ":
            base.append((-1, 0))
    return [*base, (-2, 0), *tones]
