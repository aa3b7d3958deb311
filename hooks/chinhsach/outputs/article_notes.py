"""An entry with a full text in, what became of each of its articles out: notes that are true on every day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from .. import effect
from ..catalogue import Catalogue, Entry
from ..policy import Scope
from ..provisions import Provision, clause_of, is_all, parse
from .timeline import reference
from .view import View, link, shown_day
from .words import capitalised

_VERBS = {
    "thay-the": "hết hiệu lực",
    "bai-bo": "hết hiệu lực",
    "sua-doi-bo-sung": "được sửa đổi, bổ sung",
    "dinh-chinh": "được đính chính",
    "dinh-chi-thi-hanh": "ngưng hiệu lực",
    "tam-ngung-hieu-luc": "ngưng hiệu lực",
}
_ADDED = "được bổ sung"


def notes(entry: Entry, catalogue: Catalogue) -> dict[str, list[View]]:
    """Notes by the id of an article's heading, in the order of their days.

    Only articles that the text has and that the words name for certain; all words stand above the text as well.
    """
    found: dict[str, list[View]] = {}
    acts = [act for act in catalogue.incoming.get(entry.id, ()) if act.relation.type in _VERBS]
    acts.sort(key=lambda act: (act.day is None, act.day or act.actor.issued, act.actor.id))
    for act in acts:
        actor = catalogue.find(act.actor.id)
        if actor is None or act.actor.is_erased:
            continue
        for article, note in _of(act, actor, entry, catalogue):
            found.setdefault(article, []).append(note)
    return found


def _of(act: effect.Incoming, actor: Entry, entry: Entry, catalogue: Catalogue) -> Iterator[tuple[str, View]]:
    relation = act.relation
    verb = _ADDED if act.scope is Scope.ADDITION else _VERBS[relation.type]
    until = relation.until - timedelta(days=1) if relation.until else None
    base = {
        "tu": shown_day(act.day) if act.day else None,
        "den": shown_day(until) if until and act.day else None,
        "theo": reference(actor, actor.id, catalogue),
    }
    for article, places in _by_article(parse(relation.articles), entry).items():
        plain = [p for p in places if is_all(clause := clause_of(relation.articles, p), parse(clause))]
        if plain:
            yield article, {**base, "phan": _parts(plain, entry), "viec": verb, "nguyen_van": ""}
        for clause in dict.fromkeys(clause_of(relation.articles, p) for p in places if p not in plain):
            yield article, {**base, "phan": [], "viec": capitalised(verb), "nguyen_van": clause}
    for article, places in _by_article(parse(relation.except_for), entry).items():
        if is_all(relation.except_for, parse(relation.except_for)):
            yield article, {**base, "phan": _parts(places, entry), "viec": f"không thuộc phần {verb}", "nguyen_van": ""}
        else:
            said = f"Có phần không thuộc phần {verb}"
            yield article, {**base, "phan": [], "viec": said, "nguyen_van": f"trừ {relation.except_for}"}


def _by_article(places: tuple[Provision, ...], entry: Entry) -> dict[str, list[Provision]]:
    """The places by the id of their article's heading, where the text has that article."""
    anchors = entry.full_text.anchors if entry.full_text else frozenset()
    found: dict[str, list[Provision]] = {}
    for place in places:
        article = place._replace(clause="", point="").anchor
        if article in anchors:
            found.setdefault(article, []).append(place)
    return found


def _parts(places: list[Provision], entry: Entry) -> list[View]:
    """«Khoản 2», «điểm a khoản 3», each leading to its paragraph where the text has it."""
    anchors = entry.full_text.anchors if entry.full_text else frozenset()
    parts = []
    for index, place in enumerate(places):
        text = capitalised(place.within) if index == 0 else place.within
        is_inside = bool(place.clause or place.point) and place.anchor in anchors
        parts.append(link(text, f"#{place.anchor}" if is_inside else None))
    return parts
