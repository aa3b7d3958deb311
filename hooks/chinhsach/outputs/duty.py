"""Entries and the points of Luật 01/2026/QH16 Điều 17 khoản 1 in, `/thong-tin-cong-khai/` out.

The page says which entries serve which point and how one asks for the rest; that a point has no entry here is no
statement on the department and is told to the office only (`chinhsach ra-soat --muc-17`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..deadlines import Rule
from ..site_config import Desk, SiteConfig
from ..vocabulary import Point
from . import words
from .head import page_head
from .view import GOC, Page, View, count, entry_href, link, row, value

PATH = "thong-tin-cong-khai/"
_LAW = "l-01-2026"
_SHOWN = 30
_GROUPS = ("yeu-cau", "tra-loi-kien-nghi-sai")
_BEGINS = {
    "ngay_nhan_yeu_cau_hop_le": "kể từ ngày nhận yêu cầu hợp lệ",
    "ngay_het_han_dau": "kể từ ngày hết hạn lần đầu",
    "ngay_phat_hien": "kể từ ngày phát hiện",
    "ngay_nhan_yeu_cau": "kể từ ngày nhận yêu cầu",
    "ngay_nhan_kien_nghi": "kể từ ngày nhận kiến nghị",
}


class Served(NamedTuple):
    """A point, the entries in lists that name it, newest first, and the fields with entries that usually fall there."""

    point: Point
    entries: tuple[Entry, ...]
    fields: tuple[tuple[str, str, int], ...]


def served(catalogue: Catalogue) -> Iterator[Served]:
    """Every point in the law's order. An entry serves a point only where its own `muc_dieu_17` says so."""
    by_point: dict[str, list[Entry]] = {point_id: [] for point_id in catalogue.vocabularies.article_17}
    in_field: dict[str, int] = {}
    for entry in catalogue.listed():
        for point_id in entry.policy.article_17:
            by_point[point_id].append(entry)
        for policy_field in entry.policy.fields:
            in_field[policy_field] = in_field.get(policy_field, 0) + 1
    for point in catalogue.vocabularies.article_17.values():
        near = tuple(
            (f.id, f.name, in_field[f.id])
            for f in catalogue.vocabularies.fields.values()
            if point.id in f.article_17 and f.id in in_field
        )
        yield Served(point, tuple(by_point[point.id]), near)


def page(catalogue: Catalogue, config: SiteConfig) -> Page:
    """The public list, with where and how to ask as far as it was made known."""
    law = catalogue.vocabularies.legal_bases.get(_LAW)
    title = "Thông tin phải công khai"
    return Page(
        PATH,
        "",
        page_head(config, PATH, title, "Các điểm thông tin phải công khai theo luật, và nơi yêu cầu cung cấp."),
        "thong-tin-cong-khai.html",
        {
            "goc": GOC,
            "duong_dan": [link("Trang đầu", GOC)],
            "tieu_de": title,
            "luat": law.citation if law else "",
            "so_diem": len(catalogue.vocabularies.article_17),
            "dau_moi": _desk_rows(config.information_desk),
            "thoi_han": [_term(rule) for rule in _rules(catalogue)],
            "diem": [_point_view(found, catalogue) for found in served(catalogue)],
        },
    )


def _desk_rows(desk: Desk | None) -> list[View]:
    if desk is None:
        return []
    rows = [row("Đầu mối", [value(desk.name)])]
    if desk.address:
        rows.append(row("Địa chỉ", [value(desk.address)]))
    if desk.phone:
        rows.append(row("Điện thoại", [value(desk.phone)]))
    if desk.mail:
        rows.append(row("Thư", [value(desk.mail, f"mailto:{desk.mail}")]))
    if desk.hours:
        rows.append(row("Giờ nhận", [value(desk.hours)]))
    return rows


def _rules(catalogue: Catalogue) -> list[Rule]:
    """The rules whose number is certain and that have not ended; each is told with its days, so it stays true."""
    rules, today = catalogue.vocabularies.deadlines, words.day_of(catalogue.now)
    lasting = [r for r in rules if r.is_certain and (r.until is None or r.until >= today)]
    return [r for group in _GROUPS for r in lasting if r.group == group]


def _term(rule: Rule) -> View:
    begins = _BEGINS.get(rule.event, "")
    said = f"{rule.amount} {begins}".strip()
    until = f" đến hết {format_date(rule.until)}" if rule.until else ""
    return {"viec": rule.text, "han": said, "theo": f"{rule.article}, từ {format_date(rule.since)}{until}"}


def _point_view(found: Served, catalogue: Catalogue) -> View:
    rest = len(found.entries) - _SHOWN
    return {
        "id": f"diem-{found.point.id}",
        "chu": f"Điểm {found.point.letter}",
        "noi_dung": found.point.name,
        "tin": [
            {
                "ma": entry.id,
                "href": entry_href(entry.policy),
                "chu": words.headline(entry.policy),
                "phu": words.label(entry.policy, catalogue.vocabularies),
            }
            for entry in found.entries[:_SHOWN]
        ],
        "them": f"và {count(rest, 'tin khác')}" if rest > 0 else "",
        "linh_vuc": [
            {"chu": name, "href": f"{GOC}linh-vuc/{field_id}/", "so": count(number, "mục")}
            for field_id, name, number in found.fields
        ],
    }
