"""How an entry is named in words: titles, citations, effect, dates; so that page, list, feed and data agree."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from .. import effect
from ..catalogue import Catalogue, Entry
from ..dates import VN, format_date, format_official
from ..policy import ISSUED_FROM, FullText, Policy, Relation, Status
from ..vocabulary import Vocabularies

DRAFT_MARK = "[Dự thảo] "
REMOVED_MARK = "[Tin đã gỡ] "
ERASED_TITLE = "Tin đã gỡ"
UNREVIEWED = "chưa rà soát"
UNREVIEWED_NOW = "chưa rà soát tình trạng hiện nay"


def headline(policy: Policy) -> str:
    """The title on pages and in lists: drafts are marked, an erased entry has no words left."""
    return ERASED_TITLE if policy.is_erased else standing_title(policy)


def standing_title(policy: Policy) -> str:
    """The title that an entry has, or had before it was removed."""
    title = policy.title or "(chưa có tiêu đề)"
    return title if not policy.is_draft or title.startswith(DRAFT_MARK.strip()) else DRAFT_MARK + title


def page_title(policy: Policy) -> str:
    """The headline with the mark of a removed item in front."""
    title = headline(policy)
    return REMOVED_MARK + title if policy.status is Status.REMOVED and not policy.is_erased else title


def official_date(day: date) -> str:
    """A day as one cites it (NĐ 30/2020 Phụ lục I Mục II.4.b): 05/3/2020, 30/6/2025, 01/01/2021."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def short_type(policy: Policy, vocabularies: Vocabularies) -> str:
    """The word that is printed before the number: «Nghị định»."""
    kind = vocabularies.types.get(policy.type)
    return kind.short_name if kind else "Văn bản"


def issuer_names(policy: Policy, vocabularies: Vocabularies) -> list[str]:
    """The issuing bodies by the names that they bore on the day of issue."""
    known = [vocabularies.issuers[i].name_on(policy.issued) for i in policy.issuers]
    return [*known, *policy.unknown_issuers]


def join_names(names: Iterable[str]) -> str:
    """«A, B và C»."""
    listed = list(names)
    return listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + " và " + listed[-1] if listed else ""


def label(policy: Policy, vocabularies: Vocabularies) -> str:
    """Type and number: «Luật 04/2017/QH14»; a document without a number is its type alone, a draft says so."""
    if policy.is_erased:
        return ""
    kind = short_type(policy, vocabularies)
    if policy.is_draft:
        return f"Dự thảo {kind}"
    return f"{kind} {policy.number.text}" if policy.number else kind


def citation(policy: Policy, vocabularies: Vocabularies) -> str:
    """The document as one cites it: «Nghị định số 168/2025/NĐ-CP ngày 30/6/2025 của Chính phủ»."""
    parts = [short_type(policy, vocabularies)]
    if policy.number is not None:
        parts.append(f"số {policy.number.text}")
    if policy.issued is not None:
        parts.append(f"ngày {official_date(policy.issued)}")
    issuers = join_names(issuer_names(policy, vocabularies))
    if policy.is_draft:
        return f"Dự thảo {parts[0]}" + (f" của {issuers}" if issuers else "")
    return " ".join(parts) + (f" của {issuers}" if issuers else "")


def issued_from(draft: Policy, catalogue: Catalogue) -> Policy | None:
    """The document that was issued from a draft, where an entry says so; one of ours that was removed still does."""
    found = [act.actor for act in catalogue.incoming.get(draft.id, ()) if act.relation.type == ISSUED_FROM]
    return min(found, key=lambda actor: (actor.published, actor.id), default=None)


def name_of(policy: Policy, vocabularies: Vocabularies) -> str:
    """The subject without the type in front of it: a law's subject is often written «Luật Doanh nghiệp»."""
    kind = short_type(policy, vocabularies)
    subject = policy.subject
    if subject.lower().startswith(kind.lower() + " "):
        return subject[len(kind) + 1 :]
    return subject


def full_citation(policy: Policy, vocabularies: Vocabularies) -> str:
    """The document as a «Căn cứ» names it (NĐ 30/2020 Phụ lục I): type, number, day in words, issuer, subject.

    A law is known by its name, which stands before the number: «Luật Doanh nghiệp số 59/2020/QH14 ngày …».
    """
    if policy.is_draft or policy.issued is None:
        return citation(policy, vocabularies)
    kind, name = short_type(policy, vocabularies), name_of(policy, vocabularies)
    number = f"số {policy.number.text}" if policy.number else ""
    issuers = join_names(issuer_names(policy, vocabularies))
    day = format_official(policy.issued)
    of = f"của {issuers}" if issuers else ""
    named_first = policy.type in _NAMED_FIRST and name
    parts = [kind, name, number, day, of] if named_first else [kind, number, day, of, lower_first(name)]
    return " ".join(part for part in parts if part)


_NAMED_FIRST = ("luat", "bo-luat", "phap-lenh")


def full_text_notice(text: FullText) -> str:
    """The fixed notice of a full text (DESIGN §2): for reading only, and whether anybody compared it."""
    notice = "Bản chữ để đọc; khi khác nhau thì theo bản gốc hoặc bản đăng Công báo."
    if text.comparison is None:
        return f"{notice} Chưa đối chiếu."
    return f"{notice} Đã đối chiếu với {text.comparison.against}, ngày {format_date(text.comparison.day)}."


def lower_first(text: str) -> str:
    """The text with a small first letter, unless its first word is an abbreviation or a name in capitals."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def day_of(moment: datetime) -> date:
    """The calendar day of a moment in Vietnam."""
    return moment.astimezone(VN).date()


class Effect(NamedTuple):
    """The badge: `id` holds on every day, words without script are dates only, `steps` is JSON for the browser."""

    id: str
    reason: str
    words: str
    detail: str
    steps: str


def effect_badge(entry: Entry, catalogue: Catalogue) -> Effect | None:
    """The badge of an entry, or None for drafts and erased entries."""
    policy = entry.policy
    if policy.is_draft or policy.is_erased:
        return None
    steps = catalogue.timeline(entry)
    if len(steps) == 1:
        state = steps[0].state
        words, detail = state_words(state, policy, catalogue)
        return Effect(state.id, state.reason, words, detail, "")
    dumped = [
        {
            "tu": step.since.isoformat() if step.since else "",
            "trang_thai": step.state.id,
            "ly_do": step.state.reason,
            "nhan": words,
            "chi_tiet": detail,
        }
        for step in steps
        for words, detail in (state_words(step.state, policy, catalogue),)
    ]
    reasons = {step.state.reason for step in steps if step.state.id == effect.UNDETERMINED}
    details = [
        *dated_changes(steps),
        *([UNREVIEWED_NOW] if reasons == {"chua-ra-soat"} and len(steps) == 2 else []),
    ]
    words = f"Có hiệu lực từ {format_date(policy.effective)}" if policy.effective else "Chưa có ngày hiệu lực"
    return Effect(
        effect.UNDETERMINED,
        "chua-ra-soat" if "chua-ra-soat" in reasons else "",
        words,
        "; ".join(details),
        json.dumps(dumped, ensure_ascii=False, separators=(",", ":")),
    )


def state_words(state: effect.State, policy: Policy, catalogue: Catalogue) -> tuple[str, str]:
    """The badge's words for one step, and the grey detail after them (LOOK §3)."""
    effective = format_date(policy.effective) if policy.effective else ""
    last_day = f"đến hết {format_date(policy.expires - timedelta(days=1))}" if policy.expires else ""
    if state.id == effect.UNDETERMINED and state.reason == "chua-ra-soat":
        return f"Có hiệu lực từ {effective}", f"{last_day}; {UNREVIEWED_NOW}".lstrip("; ")
    if state.id == effect.UNDETERMINED:
        return "Chưa xác định hiệu lực", _UNDETERMINED_DETAILS.get(state.reason, "")
    name = catalogue.vocabularies.states[state.id].name
    if state.id == effect.NOT_YET:
        return name, f"từ {effective}"
    if state.id == effect.IN_FORCE and policy.effect_review:
        reviewed = f"rà soát {format_date(policy.effect_review.day)}"
        return name, f"{reviewed}, {last_day}" if last_day else reviewed
    if state.reason == "het-thoi-han" and policy.expires:
        return name, f"từ {format_date(policy.expires)}"
    if state.reason == "ghi-de" and policy.effect_override:
        return name, f"theo {policy.effect_override.source}"
    if state.cause is not None:
        also = f"; ngưng một phần: {_cause_detail(state.also, catalogue)}" if state.also else ""
        return name, _cause_detail(state.cause, catalogue) + also
    return name, ""


_UNDETERMINED_DETAILS = {
    "thieu-ngay-hieu-luc": "chưa có ngày hiệu lực",
    "thieu-ngay-tac-dong": "chưa rõ ngày bị thay thế hoặc bãi bỏ",
    "can-kiem-tra-57-2": "văn bản được quy định chi tiết đã hết hiệu lực, chưa rõ có tiếp tục áp dụng",
    "vong-quan-he": "các văn bản trỏ vòng vào nhau",
    "nhieu-van-ban-chinh": "được ban hành kèm nhiều văn bản có hiệu lực khác nhau",
}
_CAUSE_WORDS = {
    "thay-the": "thay bằng",
    "bai-bo": "bãi bỏ bởi",
    "sua-doi-bo-sung": "sửa đổi bởi",
    "thu-hoi": "thu hồi bởi",
    "dinh-chi-thi-hanh": "đình chỉ bởi",
    "tam-ngung-hieu-luc": "tạm ngưng bởi",
}


def _cause_detail(cause: effect.Incoming, catalogue: Catalogue) -> str:
    actor = cause.actor
    name = actor.number.text if actor.number else label(actor, catalogue.vocabularies)
    return f"{_CAUSE_WORDS.get(cause.relation.type, 'theo')} {name}"


_CHANGE_WORDS = {
    effect.ENDED: "hết hiệu lực từ",
    effect.PARTLY_ENDED: "hết hiệu lực một phần từ",
    effect.SUSPENDED: "ngưng hiệu lực từ",
    effect.PARTLY_SUSPENDED: "ngưng hiệu lực một phần từ",
}
_SUSPENSIONS = (effect.SUSPENDED, effect.PARTLY_SUSPENDED)


def dated_changes(steps: Iterable[effect.Step], form: Any = format_date) -> list[str]:
    """What the timeline says in dates alone: «hết hiệu lực từ 1/9/2026»; true on every day.

    A suspension that passes says its last day too, so that it is not read as still running.
    """
    said = []
    listed = list(steps)
    for place, step in enumerate(listed):
        if step.since is None or step.state.id not in _CHANGE_WORDS:
            continue
        until = ""
        if step.state.id in _SUSPENSIONS:
            ends = [s.since for s in listed[place + 1 : place + 2] if s.since and s.state.id not in _CHANGE_WORDS]
            until = "".join(f" đến hết {form(day - timedelta(days=1))}" for day in ends)
        said.append(f"{_CHANGE_WORDS[step.state.id]} {form(step.since)}{until}")
    return list(dict.fromkeys(said))


def effect_dates(entry: Entry, catalogue: Catalogue) -> str:
    """The effect in a feed: dates, never a state (DESIGN §5); "" where no date is known."""
    policy = entry.policy
    if policy.effective is None or policy.is_draft:
        return ""
    changes = dated_changes(catalogue.timeline(entry), official_date)
    return "; ".join([f"Có hiệu lực từ {official_date(policy.effective)}", *changes])


def unit_name(unit_id: str, entry: Entry, catalogue: Catalogue) -> str:
    """A unit's name on the day on which the entry was published."""
    published = entry.policy.published
    return catalogue.vocabularies.units[unit_id].name_on(day_of(published or catalogue.now))


def relation_words(relation: Relation, vocabularies: Vocabularies, *, reverse: bool) -> str:
    """A relation in the reader's direction, with a capital: «Thay thế», «Được sửa đổi, bổ sung bởi»."""
    kind = vocabularies.relations[relation.type]
    return capitalised(kind.reverse_name if reverse else kind.name)


def capitalised(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]
