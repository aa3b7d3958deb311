"""Items in, `/nhung/` out: pages for an iframe and a small JSON for portals that cannot import a feed (DESIGN §5).

They hold what stands now, in the order of the lists; a removed entry is gone from them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue
from ..dates import rfc3339
from ..site_config import SiteConfig
from . import words
from .channels import unit_home
from .head import page_head
from .items import Item
from .view import GOC, View, shown_day

FOLDER = "nhung/"
_SHOWN = 10
_SHOWN_IN_DATA = 20


class Embeds:
    """What other sites may show in place of a feed."""

    def __init__(self, items: Sequence[Item], catalogue: Catalogue, config: SiteConfig) -> None:
        by_id = {item.entry.id: item for item in items}
        self.items = [by_id[entry.id] for entry in catalogue.listed()]
        self.newest = items[0].updated if items else None
        self.catalogue = catalogue
        self.config = config

    def pages(self) -> Iterator[tuple[str, View]]:
        """Path and view (nhung.html) of the page of the newest entries and of each unit's."""
        yield f"{FOLDER}moi-nhat.html", self._page(f"{FOLDER}moi-nhat.html", self.config.site_name, "", self.items)
        for unit in self.catalogue.vocabularies.enabled_units():
            own = [item for item in self.items if unit.id in self.catalogue.list_units(item.entry)]
            path = f"{FOLDER}{unit.id}.html"
            yield path, self._page(path, f"{self.config.site_name}: {unit.name}", unit_home(unit.id), own)

    def data(self) -> bytes:
        """`moi-nhat.json`, which `nhung.js` reads: addresses relative to its own folder, days as dates."""
        rows = [
            {
                "ma": item.entry.id,
                "guid": item.guid,
                "tieu_de": item.title,
                "dia_chi": f"../{item.path}",
                "van_ban": words.label(item.entry.policy, self.catalogue.vocabularies),
                "don_vi": "; ".join(item.units),
                "ngay_dang": rfc3339(item.published),
            }
            for item in self.items[:_SHOWN_IN_DATA]
        ]
        content = {"cap_nhat": rfc3339(self.newest) if self.newest else "", "tin": rows}
        return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()

    def _page(self, path: str, title: str, home: str, items: Sequence[Item]) -> View:
        rows = [
            {
                "ma": item.entry.id,
                "chu": item.title,
                "href": GOC + item.path,
                "ghi_chu": words.label(item.entry.policy, self.catalogue.vocabularies),
                "dang": shown_day(item.published),
            }
            for item in items[:_SHOWN]
        ]
        return {
            **page_head(self.config, path, title, is_hidden=True),
            "goc": GOC,
            "chinh_thuc": self.config.is_official,
            "tieu_de": title,
            "href": GOC + home,
            "tin": rows,
            "cap_nhat": shown_day(self.newest) if self.newest else None,
            "co_quan": self.config.department,
        }
