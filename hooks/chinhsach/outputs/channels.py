"""Items in, every feed of the site out by path, from the first day, empty or not (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..catalogue import Catalogue
from ..site_config import SiteConfig
from ..vocabulary import PolicyField, Unit
from .feeds import Feed, FeedWriter, consultations, month_archives, standing
from .items import Item, window

Written = tuple[str, bytes]

BLOCK_WINDOW = 100
"""Items of `/rss-hien-thi.xml`: blocks of portals show a few dozen at most (docs/adr/014)."""


class Channels:
    """The feeds of a site, from its items, newest change first."""

    def __init__(self, items: Sequence[Item], catalogue: Catalogue, config: SiteConfig) -> None:
        self.items = list(items)
        self.catalogue = catalogue
        self.config = config
        self.archives = list(month_archives(items))

    def files(self) -> Iterator[Written]:
        """Path and content of each file."""
        writer = FeedWriter(self.catalogue, self.config)
        main = self._main()
        yield "rss.xml", writer.rss(main)
        yield "atom.xml", writer.atom(main)
        yield "feed.json", writer.json(main)
        for feed in self._by_list():
            yield f"{feed.path}rss.xml", writer.rss(feed)
            yield f"{feed.path}atom.xml", writer.atom(feed)
        name = self.config.site_name
        asked = Feed("gop-y/", f"{name}: lấy ý kiến dự thảo văn bản", "gop-y/", consultations(self.items))
        yield "gop-y/rss.xml", writer.rss(asked)
        shown = standing(self.items)[:BLOCK_WINDOW]
        block = Feed("rss-hien-thi.xml", f"{name}: tin đang đăng", "", shown, is_block=True)
        yield "rss-hien-thi.xml", writer.rss(block)
        for path, items, neighbours in self.archives:
            month = "/".join(reversed(path.rpartition("/")[2].split("-")))
            feed = replace(main, path=path, title=f"{name}: tin đăng tháng {month}", items=items, newest_archive="")
            feed = replace(feed, archive=neighbours)
            yield f"{path}.xml", writer.rss(feed)
            yield f"{path}.atom.xml", writer.atom(feed)
            writer.forget()

    def _main(self) -> Feed:
        newest = self.archives[-1][0] if self.archives else ""
        return Feed("", self.config.site_name, "", window(self.items), newest)

    def _by_list(self) -> Iterator[Feed]:
        """A feed for each unit and each field; an entry of a reorganised unit stands in its successor's too."""
        lists = self.homes()
        own: dict[str, list[Item]] = {path: [] for path in lists}
        for item in self.items:
            homes = [unit_home(unit) for unit in self.catalogue.list_units(item.entry)]
            homes += [field_home(field) for field in item.entry.policy.fields]
            for home in homes:
                if home in own:
                    own[home].append(item)
        for home, named in lists.items():
            yield Feed(home, f"{self.config.site_name}: {named.name}", home, window(own[home]))

    def homes(self) -> dict[str, Unit | PolicyField]:
        """The lists that have feeds of their own, by path: units in the order of the file, then fields."""
        vocabularies = self.catalogue.vocabularies
        units: dict[str, Unit | PolicyField] = {unit_home(unit.id): unit for unit in vocabularies.enabled_units()}
        return units | {field_home(field.id): field for field in vocabularies.fields.values()}


def unit_home(unit_id: str) -> str:
    """The folder of a unit's list and feeds."""
    return f"don-vi/{unit_id}/"


def field_home(field_id: str) -> str:
    """The folder of a field's list and feeds."""
    return f"linh-vuc/{field_id}/"
