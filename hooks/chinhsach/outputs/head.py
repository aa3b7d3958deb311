"""A page's path and title in, what stands in its <head> out: all that a messenger's preview reads."""

from __future__ import annotations

from collections.abc import Sequence

from ..site_config import SiteConfig
from .view import GOC, View


def page_head(
    config: SiteConfig,
    path: str | None,
    title: str,
    description: str = "",
    *,
    kind: str = "website",
    is_hidden: bool = False,
    feeds: Sequence[View] = (),
) -> View:
    """The view of head.html. `path` None: a preview, which has no address; `is_hidden`: not for search engines."""
    return {
        "title": title if title == config.site_name else f"{title} – {config.site_name}",
        "mo_ta": description,
        "khong_chi_muc": is_hidden,
        "canonical": "" if path is None else config.absolute(path),
        "og_loai": kind,
        "og_trang": config.site_name,
        "og_tieu_de": title,
        "og_anh": config.absolute("assets/og.png"),
        "nguon_tin": [
            *announced("", config.site_name),
            {"loai": "application/feed+json", "chu": f"{config.site_name} (JSON)", "href": GOC + "feed.json"},
            *feeds,
        ],
    }


def announced(folder: str, title: str) -> list[View]:
    """The feeds that lie in a folder of the site, as a page announces them."""
    return [
        {"loai": "application/rss+xml", "chu": f"{title} (RSS)", "href": f"{GOC}{folder}rss.xml"},
        {"loai": "application/atom+xml", "chu": f"{title} (Atom)", "href": f"{GOC}{folder}atom.xml"},
    ]
