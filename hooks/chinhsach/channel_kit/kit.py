"""An entry in, the files of its kit out: what was made, what was not and why, and what is owed to which channel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from .. import vocabulary
from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..office.owed import Owed, owed
from ..policy import Status
from ..site_config import SiteConfig
from ..spoken import Lexicon, Speaker
from . import corrections, pictures, press, texts
from .content import Content, content_of
from .facts import Fact, facts_of, strangers, words_of
from .texts import LOUDSPEAKER, PRESS, CannotMake, Limits

README = "doc-truoc.txt"


class Refused(Exception):
    """No kit is made of this entry; the message says why, and what to do."""


class Made(NamedTuple):
    """A file of the kit: its name, its bytes, and what the user is told of it."""

    name: str
    content: bytes
    said: str


class NotMade(NamedTuple):
    """What the kit would hold if something were different."""

    what: str
    reason: str
    is_withheld: bool = False
    """Whether only somebody's leave is wanting, which is no fault of the entry."""


@dataclass(slots=True)
class Kit:
    """The files, what is missing, and what has to be looked at."""

    entry: Entry
    made: list[Made] = field(default_factory=list)
    missing: list[NotMade] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)


def _with_issuers(lexicon: Lexicon, vocabularies: vocabulary.Vocabularies) -> Lexicon:
    """The lexicon with the symbols that one issuer alone bears («BKH»)."""
    bearers: dict[str, list[str]] = {}
    for issuer in vocabularies.issuers.values():
        for symbol in issuer.symbols:
            bearers.setdefault(symbol, []).append(issuer.name)
    alone = {symbol: names[0] for symbol, names in bearers.items() if len(names) == 1}
    return replace(lexicon, bodies={**alone, **lexicon.bodies})


class Maker:
    """Makes the kits of a project's entries."""

    def __init__(self, catalogue: Catalogue, config: SiteConfig) -> None:
        self.catalogue = catalogue
        self.config = config
        self.vocabularies = catalogue.vocabularies
        self.lexicon = _with_issuers(vocabulary.load_lexicon(catalogue.root), self.vocabularies)
        self.limits: Limits = vocabulary.load_channel_limits(catalogue.root, texts.LIMITS)
        self.speaker = Speaker(self.lexicon, urlsplit(config.site_url).netloc)

    def make(self, entry: Entry) -> Kit:
        """The kit of a released entry: of a removed one only what is owed. Raises Refused."""
        if not self.catalogue.is_released(entry):
            raise Refused(
                f"tin «{entry.id}» chưa đăng nên chưa có địa chỉ cho người đọc; "
                "đăng tin trước, rồi soạn bản cho các kênh"
            )
        kit = Kit(entry, owed=owed(entry.policy, self.catalogue.now))
        known = self._known(entry)
        if entry.policy.status is not Status.REMOVED:
            self._channels(kit, content_of(entry, self.catalogue, self.config), known)
        for one in kit.owed:
            self._correction(kit, one, known)
        kit.made.insert(0, Made(README, _readme(kit, self).encode(), ""))
        return kit

    def _known(self, entry: Entry) -> frozenset[Fact]:
        """The facts of the entry, and the bodies that are named when its document numbers are read out."""
        said = words_of(entry, self.catalogue, self.config)
        read_out = (self.speaker.say(line).text for line in said.splitlines())
        return facts_of(said, self.vocabularies) | facts_of("\n".join(read_out), self.vocabularies)

    def _channels(self, kit: Kit, content: Content, known: frozenset[Fact]) -> None:
        for what, texts_of in self._texts(content):
            self._add(kit, what, known, texts_of)
        for what, picture_of in _pictures(content):
            try:
                self._verify(Made(what, content.said.encode(), ""), known)
                kit.made.append(picture_of())
            except (pictures.Missing, CannotMake) as missing:
                kit.missing.append(NotMade(what, str(missing)))

    def _texts(self, content: Content) -> Iterator[tuple[str, Callable[[], Iterator[Made]]]]:
        yield "Tin Zalo", lambda: self._zalo(content)
        yield "Bài đọc truyền thanh", lambda: self._loudspeaker(content)
        yield "Thông cáo báo chí", lambda: self._press(content)
        yield "Bản để dịch", lambda: self._plain(content)
        yield "Bài cho cổng tỉnh", lambda: self._portal(content)

    def _add(self, kit: Kit, what: str, known: frozenset[Fact], make: Callable[[], Iterator[Made]]) -> None:
        """Add what is made, unless it says a fact that the entry does not."""
        try:
            for made in make():
                self._verify(made, known)
                kit.made.append(made)
        except press.NotAllowed as reason:
            kit.missing.append(NotMade(what, str(reason), is_withheld=True))
        except CannotMake as reason:
            kit.missing.append(NotMade(what, str(reason)))

    def _verify(self, made: Made, known: frozenset[Fact]) -> None:
        said = "" if made.name.endswith(".html") else made.content.decode()
        unknown = strangers(said, known, self.vocabularies)
        if unknown:
            raise CannotMake(f"{made.name} có điều không thấy ở tin: {', '.join(unknown)}; báo người giữ phần mềm")

    def _zalo(self, content: Content) -> Iterator[Made]:
        messages = texts.zalo(content, self.limits)
        for number, message in enumerate(messages, 1):
            yield Made(f"nhom-zalo-{number}.txt", message.encode(), f"nhóm Zalo, {len(message.rstrip())} ký tự")

    def _loudspeaker(self, content: Content) -> Iterator[Made]:
        script = texts.loudspeaker(content, self.limits, self.speaker)
        said = f"đài truyền thanh, {script.syllables} tiếng, khoảng {script.seconds} giây"
        if script.left_out:
            said += f"; bỏ ý chưa chắc cách đọc: {'; '.join(script.left_out)}"
        yield Made("thong-tin-co-so.txt", script.text.encode(), said)

    def _press(self, content: Content) -> Iterator[Made]:
        allowed = self._permission(content.entry)
        yield Made("bao-chi.txt", texts.press(content, self.limits, allowed).encode(), "báo chí")

    def _permission(self, entry: Entry) -> str:
        now = self.catalogue.now.date()
        given = press.permission_for(entry, press.read(self.catalogue.root), now)
        return f"{given.office} đồng ý ngày {format_date(given.day)}, {given.record}. Xóa dòng này trước khi gửi."

    def _plain(self, content: Content) -> Iterator[Made]:
        yield Made(
            "ban-de-dich.txt",
            texts.plain(content, self.lexicon, self.vocabularies).encode(),
            "cho người dịch tiếng Tày, Nùng, Dao và tiếng khác",
        )

    def _portal(self, content: Content) -> Iterator[Made]:
        text = texts.portal_text(content, self.limits)
        yield Made("cong-tinh.txt", text.encode(), "dán vào cổng tỉnh khi cổng không tự lấy tin")
        html = texts.portal_html(content, lambda target: urljoin(content.address, target))
        yield Made("cong-tinh.html", html.encode(), "như trên, có liên kết")

    def _correction(self, kit: Kit, one: Owed, known: frozenset[Fact]) -> None:
        name = f"dinh-chinh/{one.channel}.txt"

        def make() -> Iterator[Made]:
            if one.channel == PRESS and not kit.entry.policy.is_erased:
                self._permission(kit.entry)
            if one.channel == LOUDSPEAKER:
                said = corrections.script(kit.entry, one, self.config, self.limits, self.speaker)
            else:
                said = corrections.text(kit.entry, one, self.config)
            channel = self.vocabularies.channels[one.channel].name
            yield Made(name, said.encode(), f"{channel}, kênh đã đưa tin ngày {format_date(one.sent.day)}")

        self._add(kit, f"Bản đính chính {name}", known, make)


def _pictures(content: Content) -> Iterator[tuple[str, Callable[[], Made]]]:
    yield "Mã QR", lambda: Made("ma-qr.svg", pictures.code_svg(content.address), "mã QR, phóng to bao nhiêu cũng nét")
    yield "Ảnh chia sẻ", lambda: Made("anh-chia-se.png", pictures.picture(content), "ảnh gửi kèm tin Zalo, mạng xã hội")
    yield (
        "Áp phích",
        lambda: Made("niem-yet-ap-phich.pdf", pictures.poster(content), "áp phích A4 có mã QR, để niêm yết"),
    )
    yield "Tờ phát tay", lambda: _handout(content)


def _handout(content: Content) -> Made:
    made = pictures.handout(content)
    left = f", còn {made.left_out} ý không đủ chỗ" if made.left_out else ""
    return Made("hoi-nghi-to-roi.pdf", made.pdf, f"tờ phát tay A4 một trang{left}")


def _readme(kit: Kit, maker: Maker) -> str:
    policy = kit.entry.policy
    title = f"Tin {kit.entry.id}" if policy.is_erased else f"Tin {kit.entry.id}: {policy.title}"
    lines = [title, f"Soạn ngày {format_date(maker.catalogue.now)}. Đọc lại từng bản trước khi gửi.", ""]
    if not maker.config.is_official:
        lines += ["Trang đang chạy thử: mọi bản đều ghi như vậy, chưa gửi ra ngoài.", ""]
    lines += [f"{made.name}: {made.said}" for made in kit.made]
    if policy.status is Status.REMOVED:
        lines.append("Tin đã gỡ: không soạn bản nào ngoài bản báo gỡ cho kênh đã đưa tin.")
    if kit.missing:
        lines += ["", "Không làm được:", *(f"{missing.what}: {missing.reason}" for missing in kit.missing)]
    if kit.owed:
        lines += [
            "",
            "Phải đính chính trên đúng kênh đã đưa tin (Luật 01/2026/QH16 Đ22.5), gửi xong ghi vào truyen_thong:",
        ]
        lines += [f"{maker.vocabularies.channels[one.channel].name}: dinh-chinh/{one.channel}.txt" for one in kit.owed]
    lines += ["", "Đã gửi ở kênh nào thì ghi vào truyen_thong của tin: {kenh, ngay, bang_chung}."]
    return "\n".join(lines) + "\n"


def write(kit: Kit, folder: Path) -> None:
    """Write the kit into a folder; files of an earlier kit that this one lacks are taken away. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {made.name for made in kit.made}
    for old in _kept(folder):
        if old not in names:
            (folder / old).unlink()
    for made in kit.made:
        path = folder / made.name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(made.content)


def _kept(folder: Path) -> list[str]:
    """The files that a kit wrote here before: those that its own list names."""
    if not (folder / README).is_file():
        return []
    listed = (line.partition(":")[0] for line in (folder / README).read_text(encoding="utf-8").splitlines())
    return [
        name for name in listed if name and "/" not in name.removeprefix("dinh-chinh/") and (folder / name).is_file()
    ]
