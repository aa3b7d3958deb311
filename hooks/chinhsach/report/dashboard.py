"""The report's content in, the head's page out: HTML and its CSS, opened from a folder, without server or script."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..outputs.view import Templates
from . import tables
from .content import BAR_CELLS, Content, Source
from .tables import Table, shown
from .urging import UnitList

PAGE, STYLE = "bang-dieu-hanh.html", "bang-dieu-hanh.css"
_FOLDER = Path(__file__).parent
_FIGURES = (tables.OVERALL, tables.BY_UNIT, tables.BY_FIELD, tables.BY_CHANNEL, tables.TASKS)
_ROWS = (tables.ACTIVITIES, tables.CONSULTATIONS, tables.CORRECTIONS, tables.OWED, tables.READERS, tables.ANNEX)


def files(source: Source, content: Content, lists: Sequence[UnitList], *, public: bool = False) -> dict[str, bytes]:
    """The page and its CSS; `public`: figures only, no row of the register and nothing that a unit is urged about."""
    view = {
        "f": content.facts,
        "cong_khai": public,
        "bang": [_table(table, content) for table in _FIGURES if not public or table is not tables.TASKS],
        "dong": [] if public else [_table(table, content) for table in _ROWS],
        "don_doc": [] if public else [_list(one) for one in lists],
        "bieu_do": _charts(content),
        "lap_ngay": f"{source.today.day}/{source.today.month}/{source.today.year}",
    }
    page = Templates(_FOLDER).render(PAGE, view)
    return {PAGE: page.encode(), STYLE: (_FOLDER / STYLE).read_bytes()}


def _table(table: Table, content: Content) -> dict[str, Any]:
    return {
        "ma": table.key,
        "ten": table.title,
        "cot": [{"ten": column.head, "so": column.is_number} for column in table.columns],
        "dong": [
            [{"chu": shown(row[column.key]), "so": column.is_number} for column in table.columns]
            for row in content.rows[table.key]
        ],
        "trong": content.empty[table.key],
    }


def _list(one: UnitList) -> dict[str, Any]:
    items = [{"viec": item.what, "ve": item.about, "han": item.due} for item in one.items]
    return {"ma": one.file_stem, "ten": one.name, "ghi_chu": one.note, "viec": items}


def _charts(content: Content) -> list[dict[str, Any]]:
    titles = {
        tables.BY_UNIT.key: "Có tin trên trang, theo đơn vị",
        tables.BY_FIELD.key: "Có tin trên trang, theo lĩnh vực",
        tables.BY_CHANNEL.key: "Có bằng chứng, theo kênh",
    }
    return [
        {
            "ten": titles[key],
            "thanh": [
                {"ten": bar.name, "ty_le": bar.share, "rong": None if bar.full is None else bar.full * 100 // BAR_CELLS}
                for bar in bars
            ],
        }
        for key, bars in content.bars.items()
        if bars
    ]
