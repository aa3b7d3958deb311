"""Rules and the table of keys in, the clerks' reference pages out: nothing here is written twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources

from .. import before_release
from ..rules import RULES
from ..schema import FIELDS
from ..site_config import SiteConfig
from ..vocabulary import Vocabularies
from .head import page_head
from .view import GOC, Page, View, link


def pages(vocabularies: Vocabularies, config: SiteConfig) -> Iterator[Page]:
    """`/huong-dan/khoa/` and `/huong-dan/loi/`."""
    yield _page("huong-dan/khoa/", "Các khóa của một tin", "huong-dan-khoa.html", {"khoa": keys(vocabularies)}, config)
    yield _page("huong-dan/loi/", "Thông báo lỗi và cách sửa", "huong-dan-loi.html", {"loi": faults()}, config)


def keys(vocabularies: Vocabularies) -> list[View]:
    """A row for each public key of the table: internal keys reach no public file (DESIGN §2)."""
    return [
        {
            "ten": row.key,
            "bat_buoc": "có" if row.required else row.demanded or "không",
            "la_gi": f"{row.hint}. {_sentence(row.kind.describe(vocabularies))}",
            "vi_du": f"{row.key}: {row.example}" if row.example else "",
        }
        for row in FIELDS
        if row.public
    ]


def faults() -> list[View]:
    """A section for each rule: those of an entry, then those of a release, in the order of the codes."""
    sections = []
    for rule in (*RULES.values(), *before_release.RULES.values()):
        words = rule.explain(rule.sample or {})
        said = _said().get(rule.code, {})
        sections.append(
            {
                "ma": rule.code,
                "tieu_de": rule.title,
                "muc_do": rule.severity.value,
                "vi_sao": _sentence(words.why),
                "cach_sua": _sentence(words.fix),
                "thong_bao": said.get("thong_bao", ""),
                "dong_dung": said.get("dong_dung", ""),
                "vi_du_sai": rule.bad,
                "vi_du_dung": rule.good,
            }
        )
    return sections


@cache
def _said() -> dict[str, dict[str, str]]:
    """What the check said of a golden case of each code (`tests/vi_du_loi.py`)."""
    made: dict[str, dict[str, str]] = json.loads(
        resources.files(__package__).joinpath("vi_du_loi.json").read_text(encoding="utf-8")
    )
    return made


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", ">", "…")) else ".")


def _page(path: str, title: str, template: str, view: View, config: SiteConfig) -> Page:
    trail = [link("Trang đầu", GOC), link("Hướng dẫn cho đơn vị", GOC + "huong-dan/")]
    return Page(path, "", page_head(config, path, title), template, {"goc": GOC, "duong_dan": trail, **view})
