"""A channel that is owed a correction or a removal in, the text to send there out (Luật 01/2026/QH16 Đ22.5)."""

from __future__ import annotations

from ..catalogue import Entry
from ..dates import format_date
from ..office.owed import Owed
from ..outputs import items, words
from ..outputs.view import entry_path
from ..policy import Change, Status
from ..site_config import SiteConfig
from ..spoken import OWN_SITE, Speaker, syllables
from .content import TRIAL
from .sentences import breaths, sentences
from .texts import LOUDSPEAKER, CannotMake, Limits, stop


def title_of(entry: Entry, owed: Owed) -> str:
    """«Đính chính: …», «Gỡ tin: …»; of an erased entry not one of its words is left."""
    if entry.policy.is_erased:
        return f"Gỡ tin đã đưa ngày {format_date(owed.sent.day)}"
    kind = "Gỡ tin" if entry.policy.status is Status.REMOVED else "Đính chính"
    return f"{kind}: {items.feed_text(words.standing_title(entry.policy))}"


def blocks(entry: Entry, owed: Owed, config: SiteConfig) -> list[str]:
    """What is said on the channel, one paragraph each: which item, what was wrong, what is right, whence."""
    day = format_date(owed.sent.day)
    said = [] if config.is_official else [TRIAL]
    removal = items.removal_line(entry.policy)
    if removal:
        said += [f"Tin này Sở đã đưa trên kênh này ngày {day}.", removal]
        said.append("Đề nghị không dùng, không chia sẻ lại tin đã gỡ.")
    else:
        said.append(f"Tin này Sở đã đưa trên kênh này ngày {day}, nay đính chính:")
        said += [_told(change) for change in owed.changes]
        said.append("Đề nghị dùng nội dung đã sửa.")
    return [items.feed_text(text) for text in said]


def _told(change: Change) -> str:
    told = change.text.rstrip(".")
    if change.before and change.after:
        told += f"; trước ghi {change.before}, nay sửa {change.after.rstrip('.')}"
    return f"Đính chính ngày {format_date(words.day_of(change.moment))}: {told}."


def text(entry: Entry, owed: Owed, config: SiteConfig) -> str:
    """The correcting version as plain text, with source, day of the change and address."""
    day = format_date(words.day_of(owed.changes[-1].moment))
    ending = [f"Nguồn: {config.department}, ngày {day}.", config.absolute(entry_path(entry.id))]
    return "\n".join([title_of(entry, owed), "", *blocks(entry, owed, config), *ending]) + "\n"


def script(entry: Entry, owed: Owed, config: SiteConfig, limits: Limits, speaker: Speaker) -> str:
    """The correcting version for the loudspeaker, said twice. Raises CannotMake where it cannot be read for sure."""
    opening = [f"Thông tin của {config.department}", title_of(entry, owed)]
    ending = [f"Nội dung đúng đăng trên {OWN_SITE}"]
    spoken = [speaker.say(one) for one in (*opening, *blocks(entry, owed, config), *ending)]
    doubts = [doubt for one in spoken for doubt in one.doubts]
    if doubts:
        raise CannotMake(f"chưa biết đọc thế nào: {'; '.join(doubts)}. Bổ sung viet-tat.yml rồi chạy lại")
    said = [stop(one.text) for one in spoken]
    count = sum(map(syllables, said))
    most = limits[LOUDSPEAKER, "cau_toi_da_tu"]
    body = [line for one in said for sentence in sentences(one) for line in breaths(sentence, most)]
    seconds = -(-2 * count * 60 // limits[LOUDSPEAKER, "toc_do_tu_moi_phut"])
    day = format_date(words.day_of(owed.changes[-1].moment))
    head = [
        f"# {title_of(entry, owed)}",
        f"# Đọc hai lần, khoảng {seconds} giây. Dòng có dấu # không đọc. Xuống dòng là chỗ lấy hơi.",
        f"# Nguồn: {config.department}, ngày {day}. Đối chiếu tại {config.absolute(entry_path(entry.id))}",
    ]
    return "\n".join([*head, "", *body, "Xin nhắc lại.", *body]) + "\n"
