"""An entry in, what its document did and what was done to it out: rows, a small picture, and its effect by dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from .. import effect, provisions
from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..policy import Policy, Relation
from . import words
from .view import View, count, entry_href, link, shown_day

_MANY_ROWS = 12
_NEAR = 8.0
"""Marks nearer than this, in per cent of the picture's width, are drawn as one with their number."""


class _Row(NamedTuple):
    """A row of the list; `way`: "" for the document's own events, else «vao» (done to it) or «ra» (done by it)."""

    day: date | None
    way: str
    changes: bool
    view: View


def relations(entry: Entry, catalogue: Catalogue) -> View | None:
    """What the document did and what was done to it, oldest first; what bears on effect is always shown."""
    rows = [*_own_rows(entry.policy), *_done_by(entry, catalogue), *_done_to(entry, catalogue)]
    if not rows:
        return None
    rows.sort(key=lambda row: (row.day is None, row.day or date.max))
    shown, folded, more = rows, [], ""
    if len(rows) > _MANY_ROWS:
        shown = [row for row in rows if row.changes]
        folded = [row for row in rows if not row.changes]
        more = f"Xem đủ {sum(1 for row in rows if row.way)} văn bản liên quan"
    return {
        "dong": [row.view for row in shown],
        "them": [row.view for row in folded],
        "them_chu": more,
        "ghi_chu": _untouched(entry, rows, catalogue),
        "hinh": picture(entry, rows, catalogue),
    }


def _own_rows(policy: Policy) -> list[_Row]:
    if policy.is_draft:
        return []
    events = (("Ban hành", policy.issued), ("Có hiệu lực", policy.effective), ("Hết hiệu lực", policy.expires))
    return [_Row(day, "", True, _row(day, what, own=True)) for what, day in events if day]


def _done_by(entry: Entry, catalogue: Catalogue) -> Iterable[_Row]:
    policy = entry.policy
    for relation in policy.relations:
        target = catalogue.target(relation, policy)
        shown = target.entry if target.entry and catalogue.is_released(target.entry) else None
        changes = changes_effect(relation, catalogue)
        day = relation.day or (policy.effective if changes else policy.issued)
        text = f"{entry_href(shown.policy)}toan-van/" if shown and not shown.policy.is_erased else ""
        view = _row(
            day,
            words.relation_words(relation, catalogue.vocabularies, reverse=False),
            other=reference(shown, target.text, catalogue),
            subject=shown.policy.subject if shown and not shown.policy.is_erased else "",
            articles=places(relation.articles, shown, text),
            except_for=places(relation.except_for, shown, text),
        )
        yield _Row(day, "ra", changes, view)


def _done_to(entry: Entry, catalogue: Catalogue) -> Iterable[_Row]:
    for act in catalogue.incoming.get(entry.id, ()):
        actor = catalogue.find(act.actor.id)
        if actor is None or not catalogue.is_released(actor) or act.actor.is_erased:
            continue
        changes = changes_effect(act.relation, catalogue)
        day = act.day if changes else act.relation.day or act.actor.issued
        view = _row(
            day,
            words.relation_words(act.relation, catalogue.vocabularies, reverse=True),
            other=reference(actor, act.actor.id, catalogue),
            subject=act.actor.subject,
            articles=places(act.relation.articles, entry, "toan-van/"),
            except_for=places(act.relation.except_for, entry, "toan-van/"),
        )
        yield _Row(day, "vao", changes, view)


def _untouched(entry: Entry, rows: Iterable[_Row], catalogue: Catalogue) -> str:
    policy = entry.policy
    known = catalogue.vocabularies.types.get(policy.type)
    if policy.is_draft or known is None or not known.has_effect or any(r.changes and r.way == "vao" for r in rows):
        return ""
    kind = words.short_type(policy, catalogue.vocabularies)
    return f"Trang chưa ghi nhận văn bản nào sửa đổi, thay thế hoặc bãi bỏ {kind} này."


def changes_effect(relation: Relation, catalogue: Catalogue) -> bool:
    """Whether a relation of this kind can change the other document's effect."""
    return any(state != "khong-doi" for state in catalogue.vocabularies.relations[relation.type].effects.values())


def reference(entry: Entry | None, text: str, catalogue: Catalogue) -> View:
    """A document as a link to its entry, or as text where there is none."""
    if entry is None:
        return link(text)
    return link(words.label(entry.policy, catalogue.vocabularies) or text, entry_href(entry.policy))


def places(text: str, target: Entry | None, page: str) -> list[View]:
    """Words that name articles, cut into pieces: those that the full text of `target` has lead there (`page`)."""
    facts = target.full_text if target else None
    if not text or facts is None or not page:
        return [link(text)] if text else []
    pieces, last = [], 0
    for found in provisions.parse(text):
        if found.start < last or found.anchor not in facts.anchors:
            continue
        pieces += [link(text[last : found.start]), link(text[found.start : found.end], f"{page}#{found.anchor}")]
        last = found.end
    return [piece for piece in (*pieces, link(text[last:])) if piece["chu"]]


def _row(
    day: date | None,
    what: str,
    *,
    own: bool = False,
    other: View | None = None,
    subject: str = "",
    articles: Iterable[View] = (),
    except_for: Iterable[View] = (),
) -> View:
    return {
        "ngay": shown_day(day) if day else None,
        "minh": own,
        "quan_he": what,
        "van_ban": other,
        "chu_de": subject,
        "dieu_khoan": list(articles),
        "tru": list(except_for),
    }


# The picture


class _Axis(NamedTuple):
    """Days on a line: from 6 % to 94 % of the picture's width."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day stands, in per cent; what lies outside stands at the edge."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(min(100.0, max(0.0, 6 + 88 * share)), 2)


def picture(entry: Entry, rows: Iterable[_Row], catalogue: Catalogue) -> View | None:
    """What a drawing of the rows needs: marks and spans in per cent of its width. None where there is nothing to draw.

    The list under it says the same in words; only dated changes are drawn, and no word that depends on the day.
    """
    dated = [(row.day, row.way) for row in rows if row.changes and row.day]
    days = sorted(day for day, _ in dated)
    if not any(way for _, way in dated) or days[0] == days[-1]:
        return None
    axis = _Axis(days[0], days[-1])
    done_to, done_by = ([day for day, way in dated if way == wanted] for wanted in ("vao", "ra"))
    kind = words.short_type(entry.policy, catalogue.vocabularies)
    said = [f"{count(len(done_to), 'lần')} {kind} này bị văn bản khác tác động"] if done_to else []
    said += [f"{count(len(done_by), 'lần')} nó tác động lên văn bản khác"] if done_by else []
    labels = [(6.0, days[0], "start"), (94.0, days[-1], "end")]
    if entry.policy.effective and 34 <= axis.at(entry.policy.effective) <= 66:
        labels.insert(1, (axis.at(entry.policy.effective), entry.policy.effective, "middle"))
    return {
        "mo_ta": f"Trục thời gian từ {format_date(days[0])} đến {format_date(days[-1])}: {', '.join(said)}. "
        "Từng việc ghi ở danh sách dưới.",
        "tu": days[0].isoformat(),
        "den": days[-1].isoformat(),
        "vao": _marks(axis, done_to),
        "ra": _marks(axis, done_by),
        "minh": [{"x": axis.at(day)} for day, way in dated if not way],
        "doan": _spans(axis, catalogue.timeline(entry)) if not entry.policy.is_draft else [],
        "nhan": [{"x": x, "neo": anchor, "chu": format_date(day)} for x, day, anchor in labels],
    }


def _marks(axis: _Axis, days: Iterable[date]) -> list[View]:
    """Marks from left to right; what stands too near to be told apart is one mark with a number."""
    marks: list[View] = []
    for place in sorted(axis.at(day) for day in days):
        if marks and place - marks[-1]["x"] < _NEAR:
            marks[-1]["so"] += 1
        else:
            marks.append({"x": place, "so": 1})
    return marks


def _spans(axis: _Axis, steps: tuple[effect.Step, ...]) -> list[View]:
    """The stretches of the document's life with a state to draw; the last one runs to the edge."""
    spans = []
    for step, after in pairwise((*steps, None)):
        if step is None or step.state.id in (effect.NOT_YET, effect.ENDED, effect.NOT_APPLICABLE):
            continue
        start = axis.at(step.since) if step.since else 0.0
        end = axis.at(after.since) if after and after.since else 100.0
        if end > start:
            spans.append({"x": start, "rong": round(end - start, 2), "id": step.state.id})
    return spans


# Effect by dates


def effect_table(entry: Entry, catalogue: Catalogue) -> list[View]:
    """From which day to which the document had which effect, and by what; [] where nothing ever changes."""
    policy = entry.policy
    if policy.is_draft or policy.is_erased:
        return []
    steps = catalogue.timeline(entry)
    if len(steps) < 2:
        return []
    return [_effect_row(step, after, entry, catalogue) for step, after in pairwise((*steps, None)) if step]


def _effect_row(step: effect.Step, after: effect.Step | None, entry: Entry, catalogue: Catalogue) -> View:
    name, detail = words.state_words(step.state, entry.policy, catalogue)
    if after:  # a time that ends is not «hiện nay» for ever
        detail = detail.replace(words.UNREVIEWED_NOW, words.UNREVIEWED)
    cause = step.state.cause
    actor = catalogue.find(cause.actor.id) if cause else None
    return {
        "tu": shown_day(step.since) if step.since else None,
        "den": shown_day(after.since - timedelta(days=1)) if after and after.since else None,
        "id": step.state.id,
        "nhan": name,
        "chi_tiet": "" if cause or step.state.id == effect.NOT_YET else detail,
        "theo": reference(actor, cause.actor.id, catalogue) if cause and actor else None,
        "quan_he": words.relation_words(cause.relation, catalogue.vocabularies, reverse=True) if cause else "",
        "dieu_khoan": places(cause.relation.articles, entry, "toan-van/") if cause else [],
        "tru": places(cause.relation.except_for, entry, "toan-van/") if cause else [],
    }
