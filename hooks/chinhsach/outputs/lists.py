"""All entries in, every list page out: by unit, field, type, audience, issuer and year, and the lists of lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..policy import Policy
from ..site_config import SiteConfig
from ..text import alphabet_key, fold, without_tone
from . import effect_lists, events, words
from .entry_page import CHANGE_NAMES, effect_view
from .head import announced, page_head
from .view import (
    GOC,
    PER_PAGE,
    Page,
    Templates,
    View,
    count,
    entry_href,
    link,
    page_path,
    safe_markup,
    shown_day,
    shown_weekday,
)

KINDS = {
    "don-vi": "Đơn vị",
    "linh-vuc": "Lĩnh vực",
    "loai": "Loại văn bản",
    "doi-tuong": "Đối tượng",
    "co-quan": "Cơ quan ban hành",
    "nam": "Năm",
}
"""The kinds of lists: first part of the address, and headline of the list of lists."""
_HOME_ENTRIES = 7
_HOME_CHANGES = 3
_HOME_AUDIENCES = 6


@dataclass(slots=True)
class Group:
    """One list: its address, its headline, what it says of itself, and its entries newest first."""

    path: str
    section: str
    title: str
    up: View
    entries: list[Entry] = field(default_factory=list)
    paragraphs: list[View] = field(default_factory=list)
    links: View | None = None
    feed: str = ""


class Lists:
    """Makes list pages. A row is rendered once an entry and joined into every list it belongs to."""

    def __init__(self, catalogue: Catalogue, config: SiteConfig, templates: Templates, newest_change: datetime) -> None:
        """`newest_change`: what lists leave out by, so that a later build with nothing new makes the same pages."""
        self.catalogue = catalogue
        self.newest_change = newest_change
        self.vocabularies = catalogue.vocabularies
        self.config = config
        self.templates = templates
        self.entries = catalogue.listed()
        self.rows = {entry.id: self._row(entry) for entry in self.entries}
        self.years = {entry.id: words.day_of(entry.policy.published).year for entry in self.entries}
        self.groups = self._groups()

    # Rows

    def _row(self, entry: Entry) -> str:
        policy = entry.policy
        return self.templates.render(
            "dong.html",
            {
                "goc": GOC,
                "ma": policy.id,
                "loai": words.short_type(policy, self.vocabularies),
                "so": policy.number.text if policy.number else "",
                "du_thao": policy.is_draft,
                "ngay_ban_hanh": shown_day(policy.issued) if policy.issued else None,
                "co_quan": words.join_names(words.issuer_names(policy, self.vocabularies)),
                "tieu_de": words.headline(policy),
                "tom_tat": policy.summary,
                "gop_y": self._open_for_comment(policy),
                "hieu_luc": effect_view(words.effect_badge(entry, self.catalogue)),
                "ngay_dang": shown_day(policy.published),
            },
        )

    def _open_for_comment(self, policy: Policy) -> View | None:
        consultation = policy.consultation
        if consultation is None:
            return None
        result = consultation.result
        published = result is not None and events.midnight(result.day) <= self.catalogue.now
        return {
            "tu": shown_day(consultation.opens),
            "den": shown_day(consultation.closes),
            "ket_qua": result.day.isoformat() if published and result else "",
        }

    # Groups

    def _groups(self) -> dict[str, Group]:
        """Every list by its path. Units, fields and audiences have theirs from the first day, empty or not."""
        vocabularies = self.vocabularies
        groups: dict[str, Group] = {}

        def add(kind: str, key: str, title: str) -> Group:
            path = f"{kind}/{key}/"
            return groups.setdefault(path, Group(path, _section(kind), title, link(KINDS[kind], f"{GOC}{kind}/")))

        everything = Group("chinh-sach/", "chinh-sach", "Tất cả chính sách", link("Trang đầu", GOC), list(self.entries))
        groups[everything.path] = everything
        for unit in vocabularies.enabled_units():
            group = add("don-vi", unit.id, unit.name)
            group.paragraphs = self._unit_words(unit.id)
            group.links = self._unit_fields(unit.id)
            group.feed = f"RSS của {unit.name}"
        for policy_field in vocabularies.fields.values():
            add("linh-vuc", policy_field.id, policy_field.name).feed = "RSS của lĩnh vực này"
        for audience in vocabularies.audiences.values():
            add("doi-tuong", audience.id, audience.name)
        for entry in self.entries:
            policy = entry.policy
            for unit_id in self.catalogue.list_units(entry):
                if f"don-vi/{unit_id}/" in groups:
                    groups[f"don-vi/{unit_id}/"].entries.append(entry)
            for field_id in policy.fields:
                groups[f"linh-vuc/{field_id}/"].entries.append(entry)
            for audience_id in self.catalogue.audience_ids(policy):
                groups[f"doi-tuong/{audience_id}/"].entries.append(entry)
            kind = vocabularies.types[policy.type]
            add("loai", kind.id, kind.name).entries.append(entry)
            for issuer_id in policy.issuers:
                add("co-quan", issuer_id, vocabularies.issuers[issuer_id].name).entries.append(entry)
            year = (policy.issued or words.day_of(policy.published)).year
            add("nam", str(year), f"Văn bản năm {year}").entries.append(entry)
        return groups

    def _unit_words(self, unit_id: str) -> list[View]:
        unit = self.vocabularies.units[unit_id]
        parent = self.vocabularies.units.get(unit.parent or "")
        said: list[View] = []
        if parent is not None:
            until = f" đến hết ngày {format_date(parent.until)}" if parent.until else ""
            said.append(
                {
                    "nhan": "",
                    "chu": f"Thuộc {parent.name_on(parent.until or words.day_of(self.catalogue.now))}{until}.",
                    "lien": None,
                }
            )
        elif unit.since or unit.until:
            span = " ".join(
                part
                for part in (
                    f"từ ngày {format_date(unit.since)}" if unit.since else "",
                    f"đến hết ngày {format_date(unit.until)}" if unit.until else "",
                )
                if part
            )
            said.append({"nhan": "", "chu": f"Hoạt động {span}.", "lien": None})
        note = self.vocabularies.unit_note_on(unit, words.day_of(self.catalogue.now))
        if note:
            heir = self.vocabularies.last_successor(unit if unit.successor else parent or unit)
            href = f"{GOC}don-vi/{heir.id}/" if heir.enabled else None
            said.append({"nhan": "", "chu": note[:1].upper() + note[1:] + ".", "lien": link(f"Xem {heir.name}", href)})
        if len(unit.names) > 1:
            former = "; ".join(n.name for n in unit.names[:-1])
            said.append({"nhan": "Tên trước:", "chu": former, "lien": None})
        return said

    def _unit_fields(self, unit_id: str) -> View | None:
        named = [f for f in self.vocabularies.fields.values() if unit_id in f.units and f.units_are_confirmed]
        if not named:
            return None
        return {"nhan": "Lĩnh vực:", "muc": [link(f.name, f"{GOC}linh-vuc/{f.id}/") for f in named]}

    # Pages

    def pages(self) -> Iterator[Page]:
        """Every list page, the lists of lists, and the pages that stand alone."""
        for group in self.groups.values():
            yield from self._group_pages(group)
        yield from self._indexes()
        yield self._by_number()
        yield from self._change_log()
        yield self._consultations()
        yield from effect_lists.pages(self.catalogue, self.config, self.rows, self.newest_change)
        yield self._home()

    def head(self, path: str, title: str, description: str = "", feeds: Sequence[View] = ()) -> View:
        """The <head> of a list page."""
        return page_head(self.config, path, title, description, feeds=feeds)

    def _group_pages(self, group: Group) -> Iterator[Page]:
        total = max(1, -(-len(group.entries) // PER_PAGE))
        years = Counter(self.years[entry.id] for entry in group.entries)
        trail = [link("Trang đầu", GOC)] if group.path == "chinh-sach/" else [link("Trang đầu", GOC), group.up]
        feed = announced(group.path, f"{self.config.site_name}: {group.title}") if group.feed else []
        for number in range(1, total + 1):
            path = page_path(group.path, number)
            shown = group.entries[(number - 1) * PER_PAGE : number * PER_PAGE]
            title = group.title if number == 1 else f"{group.title}, trang {number}"
            yield Page(
                path,
                group.section,
                self.head(path, title, f"{group.title}: {count(len(group.entries), 'mục')}.", feed),
                "danh-sach.html",
                {
                    "goc": GOC,
                    "duong_dan": trail,
                    "tieu_de": group.title,
                    "doan": group.paragraphs if number == 1 else [],
                    "lien_ket": group.links if number == 1 else None,
                    "so_muc": count(len(group.entries), "mục"),
                    "nguon_tin": link(group.feed, f"{GOC}{group.path}rss.xml") if group.feed else None,
                    "nhom": [
                        {
                            "chu": str(year),
                            "so_muc": count(years[year], "mục"),
                            "dong": safe_markup("".join(self.rows[e.id] for e in entries)),
                        }
                        for year, entries in groupby(shown, key=lambda e: self.years[e.id])
                    ],
                    "len_tren": group.up,
                    "phan_trang": paging(group.path, number, total),
                },
            )

    def _indexes(self) -> Iterator[Page]:
        for kind, title in KINDS.items():
            found = [group for path, group in self.groups.items() if path.startswith(f"{kind}/")]
            if kind == "nam":
                found.sort(key=lambda g: g.path, reverse=True)
            else:
                found.sort(key=lambda g: alphabet_key(g.title))
            items = [
                {"chu": g.title, "href": GOC + g.path, "so": str(len(g.entries)), "ghi_chu": self._note_of(kind, g)}
                for g in found
            ]
            yield Page(
                f"{kind}/",
                _section(kind),
                self.head(f"{kind}/", title),
                "danh-muc.html",
                {
                    "goc": GOC,
                    "duong_dan": [link("Trang đầu", GOC)],
                    "tieu_de": title,
                    "doan": [],
                    "nhom": [{"chu": "", "muc": items}],
                },
            )

    def _note_of(self, kind: str, group: Group) -> str:
        if kind != "don-vi":
            return ""
        unit = self.vocabularies.units[group.path.split("/")[1]]
        return self.vocabularies.unit_note_on(unit, words.day_of(self.catalogue.now))

    def _by_number(self) -> Page:
        """`/van-ban/`: every document by number and every headline by letter, in plain HTML."""
        by_type: dict[str, list[Entry]] = {}
        by_letter: dict[str, list[Entry]] = {}
        for entry in self.entries:
            by_type.setdefault(words.short_type(entry.policy, self.vocabularies), []).append(entry)
            by_letter.setdefault(initial(entry.policy.title), []).append(entry)

        def number_key(entry: Entry) -> tuple[int, int, tuple[tuple[int, ...], tuple[int, ...]]]:
            number = entry.policy.number
            year = (number.year if number and number.year else None) or (
                entry.policy.issued.year if entry.policy.issued else 9999
            )
            digits = "".join(c for c in number.number if c.isdigit()) if number else ""
            return (-year, int(digits or 0), alphabet_key(entry.policy.title))

        numbered = [
            {
                "id": f"so-{index}",
                "chu": name,
                "so_muc": count(len(by_type[name]), "văn bản"),
                "dong": [self._plain(e, number_first=True) for e in sorted(by_type[name], key=number_key)],
            }
            for index, name in enumerate(sorted(by_type, key=alphabet_key), 1)
        ]
        lettered = [
            {
                "id": f"chu-{index}",
                "chu": letter,
                "so_muc": count(len(by_letter[letter]), "văn bản"),
                "dong": [
                    self._plain(e, number_first=False)
                    for e in sorted(by_letter[letter], key=lambda e: alphabet_key(e.policy.title))
                ],
            }
            for index, letter in enumerate(sorted(by_letter, key=alphabet_key), 1)
        ]
        return Page(
            "van-ban/",
            "van-ban",
            self.head("van-ban/", "Văn bản theo số ký hiệu và A–Z"),
            "van-ban.html",
            {
                "goc": GOC,
                "duong_dan": [link("Trang đầu", GOC)],
                "so_muc": count(len(self.entries), "văn bản"),
                "phan": [
                    {"id": "theo-so", "chu": "Theo số ký hiệu", "nhom": numbered},
                    {"id": "a-z", "chu": "Theo tên, A–Z", "nhom": lettered},
                ],
            },
        )

    def _plain(self, entry: Entry, *, number_first: bool) -> View:
        label = words.label(entry.policy, self.vocabularies)
        title = words.headline(entry.policy)
        return {"ma": entry.id, "chinh": label if number_first else title, "phu": title if number_first else label}

    def change_view(self, logged: events.Logged) -> View:
        """A line of the change log."""
        policy, change = logged.entry.policy, logged.change
        erased = policy.is_erased
        return {
            "loai": change.kind,
            "viec": CHANGE_NAMES[change.kind],
            "ngay": shown_day(change.moment),
            "id": logged.anchor,
            "ma": policy.id,
            "so": words.label(policy, self.vocabularies),
            "tieu_de": words.headline(policy),
            "href": entry_href(policy),
            "lich_su": f"{entry_href(policy)}#{logged.own_anchor}",
            "noi_dung": "" if erased else change.text,
            "truoc": "" if erased else change.before,
            "sau": "" if erased else change.after,
        }

    def _change_log(self) -> Iterator[Page]:
        lines = events.site_log(self.catalogue)
        years = Counter(words.day_of(line.change.moment).year for line in lines)
        total = max(1, -(-len(lines) // PER_PAGE))
        for number in range(1, total + 1):
            shown = lines[(number - 1) * PER_PAGE : number * PER_PAGE]
            path = page_path("thay-doi/", number)
            yield Page(
                path,
                "thay-doi",
                self.head(path, "Thay đổi" if number == 1 else f"Thay đổi, trang {number}"),
                "thay-doi.html",
                {
                    "goc": GOC,
                    "duong_dan": [link("Trang đầu", GOC)],
                    "nhom": [
                        {
                            "chu": str(year),
                            "so_muc": count(years[year], "thay đổi"),
                            "dong": [self.change_view(x) for x in group],
                        }
                        for year, group in groupby(shown, key=lambda x: words.day_of(x.change.moment).year)
                    ],
                    "phan_trang": paging("thay-doi/", number, total),
                },
            )

    def _drafts(self) -> list[Entry]:
        drafts = [e for e in self.entries if e.policy.consultation is not None]
        return sorted(drafts, key=_closing_day, reverse=True)

    def _consultations(self) -> Page:
        drafts = self._drafts()
        return Page(
            "gop-y/",
            "gop-y",
            self.head("gop-y/", _ASKED, feeds=announced("gop-y/", _ASKED)[:1]),
            "gop-y.html",
            {
                "goc": GOC,
                "duong_dan": [link("Trang đầu", GOC)],
                "so_muc": count(len(drafts), "dự thảo"),
                "theo_doi": [
                    link("Nhận dự thảo mới qua RSS", f"{GOC}gop-y/rss.xml"),
                    link("Lịch hạn góp ý", f"{GOC}gop-y/lich.ics"),
                ],
                "dong": safe_markup("".join(self.rows[e.id] for e in drafts)),
            },
        )

    def _home(self) -> Page:
        drafts = sorted(self._drafts(), key=_closing_day)
        return Page(
            "",
            "",
            self.head("", self.config.site_name, f"Tin chính sách của {self.config.department}."),
            "trang-chu.html",
            {
                "goc": GOC,
                "tieu_de": f"{self.config.site_name}, {self.config.department}",
                "gop_y": [
                    {
                        "ma": e.id,
                        "tieu_de": words.headline(e.policy),
                        "tu": shown_weekday(c.opens),
                        "den": shown_weekday(c.closes),
                        "ket_qua": (self._open_for_comment(e.policy) or {}).get("ket_qua", ""),
                    }
                    for e in drafts
                    if (c := e.policy.consultation) is not None and events.midnight(c.closes) >= self.newest_change
                ],
                "moi_dang": safe_markup("".join(self.rows[e.id] for e in self.entries[:_HOME_ENTRIES])),
                "sap_hieu_luc": [
                    {
                        "ma": e.id,
                        "so": words.label(e.policy, self.vocabularies),
                        "tieu_de": words.headline(e.policy),
                        "ngay": shown_day(day),
                    }
                    for day, e in effect_lists.coming(self.catalogue, self.newest_change)[:_HOME_ENTRIES]
                ],
                "thay_doi": [self.change_view(line) for line in events.site_log(self.catalogue)[:_HOME_CHANGES]],
                "vao": [
                    self._way_in("Dành cho", "doi-tuong", "Tất cả đối tượng"),
                    self._way_in("Theo lĩnh vực", "linh-vuc", "Tất cả lĩnh vực"),
                    self._way_in("Theo đơn vị", "don-vi", "Tất cả đơn vị"),
                ],
            },
        )

    def _way_in(self, title: str, kind: str, all_words: str) -> View:
        found = [g for p, g in self.groups.items() if p.startswith(f"{kind}/") and g.entries]
        if kind == "doi-tuong":  # the vocabulary names citizens and businesses first; most entries are for offices
            found = found[:_HOME_AUDIENCES]
        if kind == "linh-vuc":  # the five fullest
            fullest = sorted(found, key=lambda g: -len(g.entries))[:5]
            found = sorted(fullest, key=lambda g: alphabet_key(g.title))
        return {
            "chu": title,
            "muc": [{"chu": g.title, "href": GOC + g.path, "so": str(len(g.entries))} for g in found],
            "tat_ca": link(all_words, f"{GOC}{kind}/"),
        }


_ASKED = "Lấy ý kiến dự thảo văn bản"


def _closing_day(entry: Entry) -> tuple[int, str]:
    consultation = entry.policy.consultation
    return (consultation.closes.toordinal() if consultation else 0, entry.id)


def _section(kind: str) -> str:
    """The part of the menu that a kind of lists belongs to."""
    return kind if kind in ("don-vi", "linh-vuc") else ""


def initial(title: str) -> str:
    """The letter under which a headline stands: Đ is a letter of its own, digits and the rest are under 0–9."""
    first = without_tone(title.lstrip("“”\"'«[( ")[:1].upper())
    if first and first in "ĂÂĐÊÔƠƯ":
        return first
    base = fold(first).upper()
    return base if base.isascii() and base.isalpha() else "0–9"


def paging(base: str, number: int, total: int) -> View | None:
    """The links between a list's pages; over 7 pages: first, last, two around, gaps (LOOK §3)."""
    if total == 1:
        return None
    shown = (
        sorted({1, total, *range(max(1, number - 2), min(total, number + 2) + 1)}) if total > 7 else range(1, total + 1)
    )
    numbers: list[View] = []
    previous = 0
    for n in shown:
        if n > previous + 1:
            numbers.append({"chu": "…", "href": None, "hien_tai": False})
        numbers.append({"chu": str(n), "href": GOC + page_path(base, n), "hien_tai": n == number})
        previous = n
    return {
        "truoc": GOC + page_path(base, number - 1) if number > 1 else None,
        "sau": GOC + page_path(base, number + 1) if number < total else None,
        "so": numbers,
        "nay": f"Trang {number} / {total}",
    }
