"""What an entry says in, the texts of the channels out: Zalo, loudspeaker, press, portal, a version for translators.

Sentences are the entry's own, whole and in its order; what has no room is left out and the reader is sent to the page.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from .. import markdown
from ..spoken import OWN_SITE, Lexicon, Speaker, syllables
from ..text import alphabet_key, one_line
from ..vocabulary import Vocabularies
from .content import Content, Part
from .sentences import TooLong, breaths, messages, sentences

ZALO, LOUDSPEAKER, PORTAL, PRESS, MEETING, NOTICE = (
    "nhom-zalo", "thong-tin-co-so", "cong-tinh", "bao-chi", "hoi-nghi", "niem-yet",
)  # fmt: skip
LIMITS: Mapping[str, tuple[str, ...]] = {
    ZALO: ("toi_da_ky_tu_moi_tin", "muc_tieu_ky_tu"),
    LOUDSPEAKER: ("toc_do_tu_moi_phut", "toi_da_giay", "toi_da_tu", "cau_toi_da_tu"),
    PORTAL: ("tieu_de_toi_da_ky_tu",),
    PRESS: ("thong_cao_toi_da_trang",),
}
"""The limits of kenh.yml that the kit keeps to, by channel."""
Limits = Mapping[tuple[str, str], int]
PLAIN_SENTENCE = 15
_PRESS_PAGE = 2_800
"""Characters on a page of A4 at 14 points with the margins of NĐ 30/2020: 36 lines of 78."""
MORE = "Các nội dung khác xem tại trang của tin."


class CannotMake(Exception):
    """Why a text for a channel is not made, and what to do."""


def stop(text: str) -> str:
    """The text with a full stop, where it ends without one."""
    return text if text.endswith((".", "!", "?", "…", ":", ";")) else f"{text}."


# --- Zalo


def zalo(content: Content, limits: Limits) -> list[str]:
    """Plain messages: the title, the summary, main points up to the length aimed at, facts, source and one link.

    Raises CannotMake where one sentence is longer than a message.
    """
    longest, aim = limits[ZALO, "toi_da_ky_tu_moi_tin"], limits[ZALO, "muc_tieu_ky_tu"]
    ending = [content.facts]
    points = [f"- {point}" for point in content.points() if not _has_address(point)]
    kept = len(points)
    while kept and _length(content, [*points[:kept], MORE]) > aim:
        kept -= 1
    more = [] if kept == len(points) else [MORE]
    return in_messages(content.title, [*content.opening, *points[:kept], *more, *ending], content, longest)


def _length(content: Content, blocks: Iterable[str]) -> int:
    fixed = (content.title, *content.opening, content.facts, content.signature, content.address)
    return sum(len(block) + 1 for block in (*fixed, *blocks))


def in_messages(title: str, blocks: Iterable[str], content: Content, longest: int) -> list[str]:
    """Messages that each begin with the title, with «(1/2)» where they are several, and end with source and link."""
    ending = f"{content.signature}.\n{content.address}"
    room = longest - len(title) - len(" (10/10)") - len(ending) - 2
    try:
        bodies = messages([stop(block) for block in blocks if block], room)
    except TooLong as fault:
        raise CannotMake(
            f"một câu dài {len(str(fault))} ký tự, quá {room} ký tự còn chỗ trong một tin, mà câu thì không cắt: "
            f"«{str(fault)[:60]}…»; viết câu ấy ngắn lại trong tin"
        ) from None
    marks = [""] if len(bodies) == 1 else [f" ({number}/{len(bodies)})" for number in range(1, len(bodies) + 1)]
    return [f"{title}{mark}\n{body}\n{ending}\n" for mark, body in zip(marks, bodies, strict=True)]


def _has_address(text: str) -> bool:
    return re.search(r"https?://|www\.|\w@\w", text) is not None


# --- loudspeaker


class Script(NamedTuple):
    """A loudspeaker script: its text, syllables with the repetition, and what was left out because it is unsure."""

    text: str
    syllables: int
    seconds: int
    left_out: tuple[str, ...]


def loudspeaker(content: Content, limits: Limits, speaker: Speaker) -> Script:
    """The script in spoken forms: read twice where that fits, else with the summary said again at the end.

    Raises CannotMake where the title, the summary or the document's name cannot be read for sure.
    """
    most = _most_syllables(limits)
    phone = content.entry.policy.contact.phone if content.entry.policy.contact else ""
    opening = _sure(
        [f"Thông tin chính sách của {content.source}", content.title, *content.notices, content.lead], speaker
    )
    ending = _sure(
        [f"Thông tin theo {content.kicker}", content.effect, f"Tin đăng ngày {content.day} trên {OWN_SITE}",
         f"Điện thoại hỏi thêm: {phone}" if phone else ""], speaker,
    )  # fmt: skip
    again = _sure(["Xin nhắc lại", content.title, content.lead], speaker)
    points, left_out = _readable(content.points(), speaker)
    whole = [*opening, *points, *ending]
    if 2 * _count(whole) + 3 <= most:
        return _script(content, [*whole, "Xin nhắc lại.", *whole], limits, left_out)
    while points and _count([*opening, *points, *again, *ending]) > most:
        points.pop()
    return _script(content, [*opening, *points, *again, *ending], limits, left_out)


def _most_syllables(limits: Limits) -> int:
    pace, seconds = limits[LOUDSPEAKER, "toc_do_tu_moi_phut"], limits[LOUDSPEAKER, "toi_da_giay"]
    return min(limits[LOUDSPEAKER, "toi_da_tu"], pace * seconds // 60)


def _sure(written: Iterable[str], speaker: Speaker) -> list[str]:
    said = []
    for text in written:
        if not text:
            continue
        spoken = speaker.say(text)
        if spoken.doubts:
            raise CannotMake(
                f"chưa biết đọc thế nào: {'; '.join(spoken.doubts)}. Ghi đủ chữ trong tin, hoặc bổ sung viet-tat.yml"
            )
        said.append(stop(spoken.text))
    return said


def _readable(written: Iterable[str], speaker: Speaker) -> tuple[list[str], tuple[str, ...]]:
    said, doubts = [], list[str]()
    for text in written:
        spoken = speaker.say(text)
        doubts.extend(spoken.doubts)
        if not spoken.doubts:
            said.append(stop(spoken.text))
    return said, tuple(dict.fromkeys(doubts))


def _count(said: Iterable[str]) -> int:
    return sum(syllables(text) for text in said)


def _script(content: Content, said: list[str], limits: Limits, left_out: tuple[str, ...]) -> Script:
    count = _count(said)
    seconds = math.ceil(count * 60 / limits[LOUDSPEAKER, "toc_do_tu_moi_phut"])
    head = [
        f"# {content.title}",
        *([] if content.is_official else ["# BẢN CHẠY THỬ: CHƯA PHÁT. Trang chưa phải trang chính thức của Sở."]),
        f"# Đọc khoảng {seconds} giây ({count} tiếng, {limits[LOUDSPEAKER, 'toc_do_tu_moi_phut']} tiếng một phút).",
        "# Dòng có dấu # không đọc. Xuống dòng là chỗ lấy hơi.",
        f"# {content.signature}. Đối chiếu tại {content.address}",
    ]
    most = limits[LOUDSPEAKER, "cau_toi_da_tu"]
    body = (line for text in said for sentence in sentences(text) for line in breaths(sentence, most))
    return Script("\n".join([*head, "", *body]) + "\n", count, seconds, left_out)


# --- a plain version for translators


def plain(content: Content, lexicon: Lexicon, vocabularies: Vocabularies) -> str:
    """Numbered sentences, at most 15 syllables a line where the entry's own marks allow, and a list of terms."""
    head = [
        f"# Bản để dịch: {content.title}",
        "# Dịch từng câu có số. Dòng thụt vào là phần tiếp của cùng một câu: điều kiện ở đầu câu đúng cho cả câu.",
        f"# Không thêm, không bớt số, ngày, tên. (*): dòng dài hơn {PLAIN_SENTENCE} tiếng, hỏi người soạn rồi chia.",
        "# Người dịch và người duyệt ghi tên ở khóa ban_tieng của tin khi gửi lại.",
    ]
    parts = [Part("", (content.title, *content.opening)), *content.bare_parts(), Part("Văn bản", (content.facts,))]
    body = [*_numbered(parts), "", f"{content.signature}.", content.address]
    told = terms("\n".join(body), lexicon, vocabularies)
    listed = ["", "# Từ cần thống nhất cách dịch", *(f"- {term}" for term in told)] if told else []
    return "\n".join([*head, "", *body, *listed]) + "\n"


def _numbered(parts: Iterable[Part]) -> Iterator[str]:
    number = 0
    for part in parts:
        if part.heading:
            yield f"\n## {part.heading}"
        for item in part.items:
            for sentence in sentences(item):
                number += 1
                first, *rest = (
                    f"{line} (*)" if syllables(line) > PLAIN_SENTENCE else line
                    for line in breaths(sentence, PLAIN_SENTENCE)
                )
                yield f"[{number}] {first}"
                yield from (f"    {line}" for line in rest)


def terms(text: str, lexicon: Lexicon, vocabularies: Vocabularies) -> list[str]:
    """The terms of the vocabularies that stand in a text, with the full form of short ones, by the alphabet."""
    folded = text.lower()
    known = {name.lower(): name for field in vocabularies.fields.values() for name in (field.name, *field.synonyms)}
    known |= {term.lower(): term for term in lexicon.terms}
    found = {name for key, name in known.items() if " " in key and re.search(rf"(?<!\w){re.escape(key)}(?!\w)", folded)}
    found |= {issuer.name for issuer in vocabularies.issuers.values() if issuer.name in text}
    found |= {f"{form}: {lexicon.readings[form]}" for form in _short_forms(text, lexicon)}
    return sorted(found, key=alphabet_key)


def _short_forms(text: str, lexicon: Lexicon) -> Iterator[str]:
    for form in lexicon.readings:
        is_sure = form.isupper() and form.isalpha() and form not in lexicon.others
        if is_sure and re.search(rf"(?<![\w/-]){form}(?![\w/-])", text):
            yield form


# --- press


def press(content: Content, limits: Limits, allowed: str) -> str:
    """The note for the press, at most the pages of kenh.yml; `allowed` is a line for the office's own file."""
    room = limits[PRESS, "thong_cao_toi_da_trang"] * _PRESS_PAGE
    head = [f"# {allowed}", "THÔNG CÁO BÁO CHÍ", content.source, "", content.title, "", *content.opening]
    contact = content.entry.policy.contact
    asked = [contact.name, contact.phone, contact.mail, contact.address, contact.hours] if contact else []
    tail = ["", content.facts, *(["Liên hệ: " + "; ".join(filter(None, asked)) + "."] if contact else [])]
    tail += [f"{content.signature}.", content.address]
    body: list[str] = []
    left = room - sum(len(line) + 1 for line in (*head, *tail, MORE))
    for part in content.parts:
        for place, item in enumerate(part.items):
            block = [*(["", part.heading] if not place and part.heading else []), f"- {item}"]
            left -= sum(len(line) + 1 for line in block)
            if left < 0:
                return "\n".join([*head, *body, "", MORE, *tail]) + "\n"
            body += block
    return "\n".join([*head, *body, *tail]) + "\n"


# --- the portal


def portal_text(content: Content, limits: Limits) -> str:
    """The whole entry as text for a portal that cannot take the feed: title, lead, parts, facts, source, address."""
    longest = limits[PORTAL, "tieu_de_toi_da_ky_tu"]
    if len(content.title) > longest:
        raise CannotMake(f"tiêu đề dài {len(content.title)} ký tự, quá {longest} ký tự của cổng; sửa tieu_de của tin")
    body = [line for part in content.parts for line in _portal_part(part)]
    tables = ["", "Bảng của tin xem tại trang của Sở."] if content.has_tables else []
    ending = ["", content.facts, f"{content.signature}.", content.address]
    return "\n".join([content.title, "", *content.opening, *body, *tables, *ending]) + "\n"


def _portal_part(part: Part) -> list[str]:
    return [*(["", part.heading] if part.heading else [""]), *(f"- {item}" for item in part.items)]


def portal_html(content: Content, absolute: Callable[[str], str]) -> str:
    """The same as HTML to paste; `absolute` makes a full address of one that is relative to the entry's page."""
    body = markdown.rewrite_addresses(content.entry.body.html, lambda target, is_image: absolute(target))
    opening = "".join(f"<p>{_shown(text)}</p>\n" for text in content.opening)
    link = f'<a href="{html.escape(content.address)}">{html.escape(content.address)}</a>'
    ending = f"<p>{_shown(content.facts)}</p>\n<p>{_shown(content.signature)}. {link}</p>\n"
    return f"<h1>{_shown(content.title)}</h1>\n{opening}{body}\n{ending}"


def _shown(text: str) -> str:
    return html.escape(one_line(text), quote=False)
