"""The templates, and the small shapes that they share (docs/templates/MAU.md): values that are ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from ..dates import format_date, format_long
from ..policy import Policy
from .words import day_of

GOC = "\x01"
"""Stands for the way back to the site's root in everything that is rendered; replaced once, when a page is written."""

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the package: its folder from the root, its section in the menu, head and content views."""

    path: str
    section: str
    head: View
    template: str
    view: View


class _Environment(jinja2.Environment):
    """Jinja with two short ways, for it asks for the same things on every page.

    A template once loaded stays; `x.y` is looked for among the keys of a view before its attributes.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[str, jinja2.Template] = {}

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> jinja2.Template:
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = super().get_template(name, parent, globals)
        return found

    def getattr(self, obj: Any, attribute: str) -> Any:
        return obj[attribute] if type(obj) is dict and attribute in obj else super().getattr(obj, attribute)


class Templates:
    """The site's templates. Autoescape is on and an unknown variable is an error."""

    def __init__(self, folder: Path) -> None:
        self._environment = _Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # else each import looks at the disk; every build makes its own Templates
        )

    def render(self, name: str, view: Mapping[str, Any]) -> str:
        """The template `name` filled with the view."""
        return self._environment.get_template(name).render(view)


def shown_day(day: date | datetime) -> View:
    """A day as LOOK §4 writes it: 30/5/2023."""
    day = day_of(day) if isinstance(day, datetime) else day
    return {"iso": day.isoformat(), "chu": format_date(day)}


def shown_weekday(day: date | datetime) -> View:
    """A day on which one must act or plan: Thứ ba, 30/5/2023."""
    day = day_of(day) if isinstance(day, datetime) else day
    return {"iso": day.isoformat(), "chu": format_long(day)}


def link(text: str, href: str | None = None) -> View:
    """A text that may lead somewhere."""
    return {"chu": text, "href": href}


def value(
    text: str,
    href: str | None = None,
    *,
    iso: str = "",
    note: str = "",
    note_link: View | None = None,
    grey: bool = False,
    number: bool = False,
) -> View:
    """One value in a row of facts."""
    return {"chu": text, "href": href, "iso": iso, "ghi_chu": note, "ghi_lien": note_link, "mo": grey, "so": number}


def day_value(day: date | datetime, *, weekday: bool = False) -> View:
    """A day in a row of facts."""
    shown = shown_weekday(day) if weekday else shown_day(day)
    return value(shown["chu"], iso=shown["iso"])


def row(label: str, values: Iterable[View], *, separator: str = ",", folded: View | None = None) -> View:
    """A row of facts: a label with its values."""
    return {"nhan": label, "gia_tri": list(values), "ngan_cach": separator, "gap": folded}


def count(number: int, noun: str) -> str:
    """«1.234 mục»."""
    return f"{thousands(number)} {noun}"


def thousands(number: int) -> str:
    """A whole number with dots: 1.234."""
    return f"{number:,}".replace(",", ".")


def size_words(size: int) -> str:
    """A file's size: «86 KB», «1,2 MB» (1 KB = 1,000 bytes)."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


PER_PAGE = 20


def page_path(base: str, number: int) -> str:
    """A list's page: the list itself, then `trang-2/` and so on."""
    return base if number == 1 else f"{base}trang-{number}/"


def entry_path(entry_id: str) -> str:
    """An entry's path from the site's root."""
    return f"chinh-sach/{entry_id}/"


def entry_href(policy: Policy) -> str:
    """A link to an entry from any page."""
    return GOC + entry_path(policy.id)


def safe_markup(html: str) -> Markup:
    """HTML that the sanitiser or our own templates made: the only way past autoescape (STYLE, Templates)."""
    return Markup(html)  # noqa: S704 - rows come from autoescaped templates, bodies from nh3
