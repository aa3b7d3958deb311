"""All entries in, the lists of what comes into force and what ends out: by date, so that they are true on every day.

The build leaves out what lies behind the newest change; the reader's browser hides what no longer fits today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from .. import effect
from ..catalogue import Catalogue, Entry
from ..site_config import SiteConfig
from .events import midnight
from .head import page_head
from .view import GOC, Page, View, link, safe_markup, shown_day
from .words import day_of

FOLDER = "hieu-luc/"
NEW_DAYS = timedelta(days=90)
"""How long a document counts as newly in force."""

Dated = tuple[date, Entry]


class _Kind(NamedTuple):
    """One list: its address, its name with script, its neutral heading without, what it says, words before a date."""

    path: str
    name: str
    heading: str
    lead: str
    before_date: str
    find: Callable[[Catalogue, datetime], list[Dated]]
    is_new: bool = False


def coming(catalogue: Catalogue, newest_change: datetime) -> list[Dated]:
    """What comes into force after the newest change, the nearest first."""
    return _dated(catalogue, effect.in_force_from, lambda day: midnight(day) > newest_change)


def _begun(catalogue: Catalogue, newest_change: datetime) -> list[Dated]:
    """What came into force lately, the newest first; what is to come stands there too, for it will be new one day."""
    oldest = day_of(newest_change) - NEW_DAYS
    return sorted(_dated(catalogue, effect.in_force_from, lambda day: day > oldest), key=lambda d: d[0], reverse=True)


def _ending(catalogue: Catalogue, newest_change: datetime) -> list[Dated]:
    """What ends after the newest change, the nearest first."""
    return _dated(catalogue, effect.ended_from, lambda day: midnight(day) > newest_change)


def _dated(
    catalogue: Catalogue, find: Callable[[tuple[effect.Step, ...]], date | None], fits: Callable[[date], bool]
) -> list[Dated]:
    found = []
    for entry in catalogue.listed():
        day = None if entry.policy.is_draft else find(catalogue.timeline(entry))
        if day is not None and fits(day):
            found.append((day, entry))
    return sorted(found, key=lambda dated: (dated[0], dated[1].id))


KINDS = (
    _Kind(
        "hieu-luc/sap-co/",
        "Sắp có hiệu lực",
        "Theo ngày bắt đầu có hiệu lực, gần nhất trước",
        "Ngày ở đầu mỗi nhóm là ngày đầu tiên văn bản có hiệu lực.",
        "Từ",
        coming,
    ),
    _Kind(
        "hieu-luc/moi-co/",
        "Mới có hiệu lực",
        "Theo ngày bắt đầu có hiệu lực, mới nhất trước",
        f"Ngày ở đầu mỗi nhóm là ngày đầu tiên văn bản có hiệu lực; văn bản đứng ở đây {NEW_DAYS.days} ngày.",
        "Từ",
        _begun,
        is_new=True,
    ),
    _Kind(
        "hieu-luc/sap-het/",
        "Sắp hết hiệu lực",
        "Theo ngày hết hiệu lực, gần nhất trước",
        "Ngày ở đầu mỗi nhóm là ngày đầu tiên văn bản không còn hiệu lực.",
        "Hết hiệu lực từ",
        _ending,
    ),
)


def pages(catalogue: Catalogue, config: SiteConfig, rows: Mapping[str, str], newest_change: datetime) -> Iterator[Page]:
    """The three lists, and the page that leads to them. `rows`: each entry's row in a list, by id."""
    trail = [link("Trang đầu", GOC)]
    items = [{"chu": kind.name, "href": GOC + kind.path, "so": "", "ghi_chu": kind.lead} for kind in KINDS]
    title = "Ngày hiệu lực"
    yield Page(
        FOLDER,
        "",
        page_head(config, FOLDER, title),
        "danh-muc.html",
        {"goc": GOC, "duong_dan": trail, "tieu_de": title, "doan": [], "nhom": [{"chu": "", "muc": items}]},
    )
    for kind in KINDS:
        yield Page(
            kind.path,
            "",
            page_head(config, kind.path, kind.heading, kind.lead),
            "hieu-luc.html",
            {
                "goc": GOC,
                "duong_dan": [*trail, link(title, GOC + FOLDER)],
                "ten": kind.name,
                "tieu_de": kind.heading,
                "dan": kind.lead,
                "khac": [link(other.name, GOC + other.path) for other in KINDS if other is not kind],
                "nhom": [
                    _group(kind, day, until, "".join(rows[entry.id] for _, entry in dated))
                    for (day, until), dated in groupby(
                        kind.find(catalogue, newest_change),
                        key=lambda dated: (dated[0], _until(kind, dated, catalogue)),
                    )
                ],
            },
        )


def _until(kind: _Kind, dated: Dated, catalogue: Catalogue) -> date:
    """From which day on an entry no longer fits its list."""
    day, entry = dated
    if not kind.is_new:
        return day
    return min(day + NEW_DAYS, effect.ended_from(catalogue.timeline(entry)) or date.max)


def _group(kind: _Kind, day: date, until: date, rows: str) -> View:
    return {
        "chu": kind.before_date,
        "ngay": shown_day(day),
        "hien_tu": day.isoformat() if kind.is_new else "",
        "an_tu": until.isoformat(),
        "dong": safe_markup(rows),
    }
