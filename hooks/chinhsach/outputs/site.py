"""A catalogue in, every file of the site out, one at a time, so that memory does not grow with the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..catalogue import Catalogue, Entry
from ..links import resolve
from ..site_config import SiteConfig
from . import (
    announced,
    calendar,
    data,
    duty,
    feeds_page,
    fulltext_page,
    guide,
    lookup,
    official,
    paper_form,
    search,
    words,
)
from .channels import Channels
from .embeds import FOLDER, Embeds
from .entry_page import EntryPages, file_view
from .head import page_head
from .items import Item, facts_hash, make_items
from .lists import Lists
from .view import GOC, Page, Templates, View, entry_path, link, size_words

HEAD_MARK = "<!--khung:dau-trang-->"
CONTENT_MARK = "<!--khung:noi-dung-->"
OFFLINE = "ngoai-tuyen.js"
"""The service worker: at the root, because it sees only what lies below its own folder."""

Shell = Callable[[str], str]
"""Draws the frame of every page for a section of the menu, with the two marks in it and `GOC` before own addresses."""


class Output(NamedTuple):
    """A file of the site: its path from the root, and its content or the file to copy."""

    path: str
    content: bytes | Path


class Site:
    """Makes the whole site of a catalogue."""

    def __init__(self, catalogue: Catalogue, config: SiteConfig, templates: Templates, shell: Shell) -> None:
        self.catalogue = catalogue
        self.config = config
        self.templates = templates
        self.shell = shell
        self._frames: dict[str, tuple[str, str, str]] = {}
        self._sizes: dict[str, int] = {}

    def files(self, others: Sequence[str] = ()) -> Iterator[Output]:
        """Every file but those that the generator itself makes, and but `du-lieu/tep.json`, which lists them all.

        `others`: paths of the generator's own pages, for the sitemap.
        """
        catalogue = self.catalogue
        released = catalogue.released()
        pages = EntryPages(catalogue, self.config, self.templates)
        for entry in (*released, *catalogue.previewed()):
            yield from self._entry(entry, pages)
        items = make_items(catalogue, self.config)
        lists = Lists(catalogue, self.config, self.templates, items[0].updated if items else catalogue.now)
        listed_paths = list(others)
        for page in lists.pages():
            listed_paths.append(page.path)
            yield self._page(page)
        others_pages = (
            *guide.pages(catalogue.vocabularies, self.config),
            *announced.pages(catalogue, self.config),
            duty.page(catalogue, self.config),
        )
        for page in others_pages:
            listed_paths.append(page.path)
            yield self._page(page)
        yield self._page(official.page(self.config))
        yield Output(OFFLINE, self.templates.render(OFFLINE, {}).encode())
        yield Output(paper_form.PATH, paper_form.form(catalogue.vocabularies, self.config))
        yield Output(announced.CALENDAR, announced.calendar(catalogue, self.config))
        yield from self._feeds(items)
        yield from self._data(items)
        yield self._page(self._data_page())
        yield from self._search()
        yield from self._lookup()
        yield from self._redirects(released)
        listed_paths += ["rss/", "luu-tru/", "du-lieu/", search.FOLDER, lookup.FOLDER, official.PATH]
        for path, text in data.sitemaps(self._sitemap(items, listed_paths), self.config):
            yield Output(path, text.encode())
        yield Output("robots.txt", data.robots(self.config).encode())

    # Pages

    def _page(self, page: Page) -> Output:
        content = self.templates.render(page.template, page.view)
        return self._framed(page.path, page.section, page.head, content)

    def _framed(self, path: str, section: str, head: View, content: str) -> Output:
        frame = self._frames.get(section)
        if frame is None:
            shell = self.shell(section)
            before, rest = shell.split(HEAD_MARK)
            between, after = rest.split(CONTENT_MARK)
            frame = self._frames[section] = (before, between, after)
        head_html = self.templates.render("head.html", head)
        whole = "".join((frame[0], head_html, frame[1], content, frame[2]))
        return Output(path + "index.html", whole.replace(GOC, way_back(path)).encode())

    def _entry(self, entry: Entry, pages: EntryPages) -> Iterator[Output]:
        policy = entry.policy
        path = entry_path(policy.id)
        section = "gop-y" if policy.is_draft else "chinh-sach"
        yield self._framed(path, section, pages.head(entry), self.templates.render("tin.html", pages.view(entry)))
        if policy.is_erased:
            return
        if entry.full_text is not None and policy.full_text is not None:
            head = fulltext_page.head(entry, pages, self.config)
            content = self.templates.render("toan-van.html", fulltext_page.view(entry, pages, self.config))
            yield self._framed(path + "toan-van/", section, head, content)
        for name in shown_files(entry, self.catalogue):
            yield Output(f"{path}tep/{name}", entry.files[name].path)

    def _feeds(self, items: list[Item]) -> Iterator[Output]:
        """Feeds, the calendar of consultations, what other sites embed, and the trial feed (DESIGN §5)."""
        channels = Channels(items, self.catalogue, self.config)
        for path, content in channels.files():
            yield Output(path, content)
        yield Output("gop-y/lich.ics", calendar.calendar(items, self.config))
        embeds = Embeds(items, self.catalogue, self.config)
        for path, view in embeds.pages():
            html = self.templates.render("nhung.html", view)
            yield Output(path, html.replace(GOC, way_back(path)).encode())
        yield Output(f"{FOLDER}moi-nhat.json", embeds.data())
        yield Output("rss-thu.xml", self.templates.render("rss-thu.xml", feeds_page.trial_view(self.config)).encode())
        yield self._page(feeds_page.archives_page(channels, self.config))
        yield self._page(feeds_page.page(channels, self.config))

    def _search(self) -> Iterator[Output]:
        head = search.head(self.config)
        yield self._page(Page(search.FOLDER, "tim-kiem", head, "tim-kiem.html", search.page_view(self.catalogue)))
        for path, content in search.files(self.catalogue):
            yield Output(path, content)

    def _lookup(self) -> Iterator[Output]:
        view = lookup.page_view(self.catalogue, self.config)
        yield self._page(Page(lookup.FOLDER, "", lookup.head(self.config), "kiem-tra-tin.html", view))
        for path, content in lookup.files(self.catalogue):
            yield Output(path, content)

    def _data_page(self) -> Page:
        described = (
            ("Tất cả tin (JSON)", "chinh-sach.json", "JSON"),
            ("Tất cả tin (bảng CSV)", "chinh-sach.csv", "CSV, UTF-8"),
            ("Sổ công khai: mọi tin đã từng đăng", "so-cong-khai.json", "JSON"),
            ("Lược đồ của một tin (JSON Schema)", "luoc-do.json", "JSON"),
            ("SHA-256 của mọi tệp trên trang", "tep.json", "JSON"),
        )
        files = []
        for name, file, kind in described:
            size = self._sizes.get(f"du-lieu/{file}")
            extent = f"{kind} · {size_words(size)}" if size else kind
            files.append(file_view(name, file, f"{extent} · du-lieu/{file}"))
        view = {"goc": GOC, "duong_dan": [link("Trang đầu", GOC)], "tep": files}
        return Page("du-lieu/", "", page_head(self.config, "du-lieu/", "Dữ liệu mở"), "du-lieu.html", view)

    # Data

    def _data(self, items: list[Item]) -> Iterator[Output]:
        hashes: dict[str, tuple[str, str]] = {}
        texts: list[str] = []
        rows = []
        for item in sorted(items, key=lambda i: i.entry.id):
            one = data.entry_data(item.entry, self.catalogue, self.config)
            text = data.to_json(one)
            content = text.encode()
            hashes[item.entry.id] = data.sha256(content), facts_hash(item.entry, one)
            texts.append(text.rstrip("\n"))
            rows.append({key: one[key] for key in (*data.CSV_KEYS, "url", "guid") if key in one})
            yield Output(f"du-lieu/chinh-sach/{item.entry.id}.json", content)
        for name, content in (
            ("chinh-sach.json", ('{"entries":[\n' + ",\n".join(texts) + "\n]}\n").encode()),
            ("chinh-sach.csv", data.to_csv(rows).encode()),
            ("luoc-do.json", data.to_json(data.schema(self.catalogue)).encode()),
            ("so-cong-khai.json", data.to_json(data.ledger(items, hashes, self.catalogue)).encode()),
        ):
            self._sizes[f"du-lieu/{name}"] = len(content)
            yield Output(f"du-lieu/{name}", content)

    def _redirects(self, released: list[Entry]) -> Iterator[Output]:
        for entry in released:
            for former in entry.policy.former_paths:
                path = former.strip("/") + "/"
                view = {
                    "goc": way_back(path),
                    "href": way_back(path) + entry_path(entry.id),
                    "chu": words.page_title(entry.policy),
                    "canonical": self.config.absolute(entry_path(entry.id)),
                }
                yield Output(path + "index.html", self.templates.render("chuyen-huong.html", view).encode())

    def _sitemap(self, items: list[Item], lists: list[str]) -> Iterator[tuple[str, str]]:
        newest = words.day_of(items[0].updated).isoformat() if items else ""
        yield from ((path, newest if path in ("", "chinh-sach/") else "") for path in lists)
        for item in sorted(items, key=lambda i: i.entry.id):
            if not item.is_removed:
                day = words.day_of(item.updated).isoformat()
                yield item.path, day
                text = item.entry.policy.full_text
                if item.entry.full_text is not None and text is not None and text.comparison is not None:
                    yield item.path + "toan-van/", day


def way_back(path: str) -> str:
    """The way from a folder to the site's root: `../../`; the root itself is `./`."""
    return "../" * path.count("/") or "./"


def shown_files(entry: Entry, catalogue: Catalogue) -> list[str]:
    """The files of an entry's folder that its page offers or shows."""
    policy = entry.policy
    wanted = {a.file for a in policy.attachments if a.file}
    wanted |= {version.file for version in policy.language_versions}
    if policy.consultation is not None and policy.consultation.result is not None:
        wanted.add(policy.consultation.result.file)
    for shown in entry.body.links:
        found = resolve(shown.target, entry, catalogue)
        if found.kind == "file":
            wanted.add(found.file)
    return sorted(name for name in wanted if name in entry.files)
