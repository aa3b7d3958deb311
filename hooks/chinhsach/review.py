"""A catalogue and a day in, what the office must look at again out: each with unit, place, reason and what to do.

Nothing here is shown to the public, and nothing here is a verdict: a document may have been replaced rightly, a target
of the department's own is called one. What the law or a calendar does not tell stays «chưa rõ».
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from . import clocks, effect, vocabulary
from .catalogue import Catalogue, Entry
from .clocks import Clock
from .dates import format_date
from .outputs import words
from .policy import ConsultationState, Status
from .vocabulary import DAYS_OFF, FOLDER, UNITS, Unit

Ask = Callable[[str], str]
"""An address in, why it cannot be opened out; "" where it can."""

_BASES = ("can-cu", "quy-dinh-chi-tiet", "huong-dan-ap-dung", "dan-chieu")
_LOOKED = ("cap-nhat", "dinh-chinh", "dang-lai")


class Urgency(Enum):
    """How pressing a line is: past its day, due by the day asked about, or only to be known."""

    OVERDUE = "qua-han"
    DUE = "den-han"
    NOTED = "ghi-nhan"


class Row(NamedTuple):
    """One thing to look at. `units` are the lead units' ids; `due` is the last day for it, None where it has none."""

    urgency: Urgency
    code: str
    units: tuple[str, ...]
    path: str
    line: int
    subject: str
    what: str
    why: str
    todo: str
    due: date | None = None

    @property
    def is_due(self) -> bool:
        """Whether somebody must act."""
        return self.urgency is not Urgency.NOTED


def review(catalogue: Catalogue, until: date, ask: Ask | None = None, more: Iterable[Row] = ()) -> list[Row]:
    """Every line of the list as of the catalogue's moment, with what becomes due up to and with `until`.

    By unit in the order of don-vi.yml, then urgency, last day, file and line. `ask` is asked about each address once.
    `more` are lines that stand in the same list.
    """
    found = _Review(catalogue, until)
    rows = [*found.calendar(), *found.units(), *more]
    for entry in catalogue.entries:
        if entry.policy.status is not Status.REMOVED:
            rows.extend(found.entry(entry))
    if ask is not None:
        rows.extend(found.sources(ask))
    order = {unit: place for place, unit in enumerate(catalogue.vocabularies.units)}
    urgencies = list(Urgency)

    def key(row: Row) -> tuple[object, ...]:
        place = tuple(order[unit] for unit in row.units) or (len(order),)
        return (place, urgencies.index(row.urgency), row.due or date.max, row.path, row.line, row.code, row.what)

    return sorted(rows, key=key)


class _Review:
    """Looks at entries and units as they stand today and on the day asked about."""

    def __init__(self, catalogue: Catalogue, until: date) -> None:
        self.catalogue = catalogue
        self.known = catalogue.vocabularies
        self.today = words.day_of(catalogue.now)
        self.until = until

    def calendar(self) -> Iterator[Row]:
        """Deadlines in working days cannot be told for a year whose days off nobody has written down."""
        if self.until.year not in self.known.calendar.years:
            year = self.until.year
            texts = (
                f"chưa có ngày nghỉ của năm {year}",
                "không có lịch nghỉ thì không tính được hạn theo ngày làm việc của năm ấy",
                f"khi có thông báo thì ghi ngày nghỉ, hoán đổi, làm bù của năm {year} và thêm năm vào nam_co_du_lieu",
            )
            yield Row(Urgency.DUE, "thieu-lich-nghi", (), f"{FOLDER}/{DAYS_OFF}", 1, str(year), *texts)

    def units(self) -> Iterator[Row]:
        """One line for each unit that owns entries and has ended, or whose department was merged (DESIGN §3)."""
        owned: dict[str, int] = {}
        for entry in self.catalogue.entries:
            for unit_id in entry.owner.lead:
                owned[unit_id] = owned.get(unit_id, 0) + 1
        for unit_id, number in owned.items():
            unit = self.known.units[unit_id]
            note = self.known.unit_note_on(unit, self.until)
            if note or (unit.until and unit.until < self.until):
                yield self._unit(unit, number, note)

    def _unit(self, unit: Unit, number: int, note: str) -> Row:
        has_heir = note.startswith("nay là ")
        parent = self.known.units.get(unit.parent or "")
        ended = unit.until or (parent.until if parent else None)
        since = f" (đơn vị hoặc Sở cũ kết thúc ngày {format_date(ended)})" if ended else ""
        return Row(
            Urgency.NOTED if has_heir else Urgency.DUE,
            "don-vi-ket-thuc",
            (unit.id,),
            f"{FOLDER}/{UNITS}",
            vocabulary.row_line(self.catalogue.root, UNITS, unit.id),
            unit.id,
            f"{unit.name}: {note or 'đã kết thúc, chưa ghi đơn vị kế thừa'}",
            f"đơn vị còn phụ trách {number} tin{since}",
            "không phải sửa tin: trang và nguồn tin của đơn vị kế thừa đã nối tiếp"
            if has_heir
            else "khi đã có văn bản phân công thì ghi ke_thua của đơn vị; chưa có thì để trống, đừng đoán",
        )

    def entry(self, entry: Entry) -> Iterator[Row]:
        """Every line of one entry."""
        yield from self._clocks(entry)
        if not self.catalogue.is_listed(entry):
            return
        yield from self._review_day(entry)
        if not entry.policy.is_draft:
            yield from self._state(entry)
            yield from self._bases(entry)
            yield from self._acts(entry)

    def _row(
        self, entry: Entry, code: str, key: str, texts: tuple[str, str, str], urgency: Urgency, due: date | None = None
    ) -> Row:
        line = entry.policy.line_of(key)
        return Row(urgency, code, entry.owner.lead, entry.file.path, line, entry.id, *texts, due)

    def _urgency(self, due: date) -> Urgency | None:
        """None for a day after the one asked about."""
        if due < self.today:
            return Urgency.OVERDUE
        return Urgency.DUE if due <= self.until else None

    def _review_day(self, entry: Entry) -> Iterator[Row]:
        due = entry.policy.review_by
        urgency = self._urgency(due) if due else None
        if due and urgency:
            texts = (
                f"đến ngày rà soát {format_date(due)}",
                "đơn vị tự ghi ngay_ra_soat là ngày xem lại tin",
                "xem lại tin, sửa chỗ không còn đúng, rồi ghi ngay_ra_soat: <ngày xem lại lần sau>",
            )
            yield self._row(entry, "ngay-ra-soat", "ngay_ra_soat", texts, urgency, due)

    def _clocks(self, entry: Entry) -> Iterator[Row]:
        running = {found.what: found for found in clocks.clocks(entry.policy, self.known)}
        is_listed = self.catalogue.is_listed(entry)
        yield from self._publication(entry, running.get(clocks.PUBLICATION))
        yield from self._publication(entry, running.get(clocks.INTERNAL_PUBLICATION))
        if is_listed:
            yield from self._result(entry, running.get(clocks.COMMENT_RESULT))
            yield from self._original(entry, running.get(clocks.ORIGINAL))

    def _publication(self, entry: Entry, clock: Clock | None) -> Iterator[Row]:
        """Not on the site though its day has come, or put there after it: the second can only be known."""
        if clock is None or clock.day is None:
            return
        is_out = self.catalogue.is_released(entry)
        is_late = clock.done is not None and clock.done > clock.day
        urgency = (Urgency.NOTED if is_late else None) if is_out else self._urgency(clock.day)
        if urgency is None:
            return
        aim = "đích nội bộ" if clock.is_internal else "hạn"
        began = f"văn bản đến Sở ngày {format_date(clock.event)}"
        if not clock.is_internal:
            began = f"văn bản do Sở tạo ra ngày {format_date(clock.event)}"
        state = f"đăng ngày {format_date(clock.done)}" if is_out and clock.done else "chưa đứng trên trang"
        texts = (
            f"{state}, {aim} là {format_date(clock.day)}",
            f"{began}; {aim}: {clock.rule.amount}, {source(clock)}",
            "ghi nhận để lần sau đăng kịp" if is_out else "hoàn tất bài, duyệt và đăng",
        )
        code = "dich-noi-bo" if clock.is_internal else "dang-muon"
        yield self._row(entry, code, clock.key, texts, urgency, clock.day)

    def _result(self, entry: Entry, clock: Clock | None) -> Iterator[Row]:
        """A consultation that closed and has no result; without a rule or a calendar for its day it is only known."""
        asked = entry.policy.consultation
        if asked is None or asked.result is not None or asked.state_on(self.until) is not ConsultationState.CLOSED:
            return
        day = clock.day if clock else None
        urgency = self._urgency(day) if day else Urgency.NOTED
        if urgency is None:
            return
        aim = f"đích nội bộ là {format_date(day)}" if day else f"hạn công bố: chưa rõ ({doubt(clock)})"
        texts = (
            f"đóng góp ý từ hết ngày {format_date(asked.closes)}, chưa có kết quả tiếp thu, giải trình; {aim}",
            f"{clock.rule.text}: {clock.rule.amount}, {source(clock)}" if clock else "người góp ý chờ câu trả lời",
            "thêm ket_qua vào gop_y: ngày, tóm tắt đã tiếp thu gì, không tiếp thu gì và vì sao, tệp tổng hợp",
        )
        yield self._row(entry, "ket-qua-gop-y", "gop_y", texts, urgency, day)

    def _original(self, entry: Entry, clock: Clock | None) -> Iterator[Row]:
        if entry.policy.no_original is None:
            return
        day = clock.day if clock else None
        urgency = (self._urgency(day) if day else None) or Urgency.NOTED
        aim = f"đích nội bộ là {format_date(day)}" if day else f"đích nội bộ: chưa rõ ({doubt(clock)})"
        texts = (
            f"chưa có bản gốc; {aim}",
            f"tin chỉ dựa vào {entry.policy.no_original.known_through}",
            "tìm bản gốc ở nơi ban hành hoặc Công báo rồi ghi nguon hoặc tep, bỏ chua_co_ban_goc, viết tom_tat",
        )
        yield self._row(entry, "chua-co-ban-goc", "chua_co_ban_goc", texts, urgency, day)

    def _state(self, entry: Entry) -> Iterator[Row]:
        """Nobody has looked whether it is in force, or somebody did long ago; soon to end."""
        policy = entry.policy
        state = effect.state_on(self.catalogue.timeline(entry), self.until)
        clock = clocks.clock(clocks.REVIEW, policy, self.known)
        day = clock.day if clock else None
        urgency = self._urgency(day) if day else None
        aim = f"đích nội bộ là {format_date(day)}" if day else f"đích nội bộ: chưa rõ ({doubt(clock)})"
        if state.reason == "chua-ra-soat":
            texts = (
                f"chưa rà soát tình trạng hiệu lực; {aim}",
                "chưa ai xem văn bản còn hiệu lực hay không, nên trang không nói «còn hiệu lực»",
                "tra ở nơi ban hành hoặc CSDL quốc gia về pháp luật, rồi ghi ra_soat_hieu_luc: {ngay, nguon}",
            )
            yield self._row(entry, "chua-ra-soat", "ra_soat_hieu_luc", texts, urgency or Urgency.NOTED, day)
        elif policy.effect_review and state.id == effect.IN_FORCE and urgency and policy.review_by is None:
            texts = (
                f"rà soát hiệu lực lần cuối ngày {format_date(policy.effect_review.day)}; {aim}",
                f"{clock.rule.text}: {clock.rule.amount}, {source(clock)}" if clock else "",
                "tra lại rồi sửa ngày ở ra_soat_hieu_luc",
            )
            yield self._row(entry, "ra-soat-lai", "ra_soat_hieu_luc", texts, urgency, day)
        if policy.expires and self.until < policy.expires:
            yield from self._soon_ended(entry, policy.expires)

    def _soon_ended(self, entry: Entry, expires: date) -> Iterator[Row]:
        """The rule counts backwards from the first day no longer in force."""
        rule = self.known.deadlines.pick("ra-soat", "ngay_het_hieu_luc", expires)
        if rule is not None and rule.number and expires - timedelta(days=rule.number) <= self.until:
            texts = (
                f"hết hiệu lực từ {format_date(expires)}",
                f"{rule.text}: trước {rule.amount}, đích nội bộ",
                "xem đã có văn bản thay thế hay gia hạn chưa; có thì làm tin mới với quan_he",
            )
            yield self._row(entry, "sap-het-hieu-luc", "ngay_het_hieu_luc", texts, Urgency.NOTED, expires)

    def _bases(self, entry: Entry) -> Iterator[Row]:
        """What the document rests on has ended since somebody last looked at the entry."""
        if effect.state_on(self.catalogue.timeline(entry), self.until).id == effect.ENDED:
            return
        for place, relation in enumerate(entry.policy.relations):
            if relation.type not in _BASES:
                continue
            target = self.catalogue.target(relation, entry.policy)
            ended, by = self._end(target.entry, target.text)
            if ended is None or (self._looked(entry) or date.min) >= ended:
                continue
            name = words.relation_words(relation, self.known, reverse=False)
            published = entry.policy.published
            is_new = ended > words.day_of(published)
            cited = words.label(target.entry.policy, self.known) if target.entry else target.text
            texts = (
                f"{name.lower()} {cited}, hết hiệu lực từ {format_date(ended)}{by}",
                "văn bản làm căn cứ hay được dẫn đã thay đổi sau lần cuối có người xem lại tin",
                "xem tin còn đúng không; xem rồi thì ghi ra_soat_hieu_luc, hoặc thay_doi nếu phải sửa",
            )
            urgency = Urgency.DUE if is_new else Urgency.NOTED
            yield self._row(entry, "can-cu-het-hieu-luc", f"quan_he.{place}", texts, urgency)

    def _end(self, target: Entry | None, number: str) -> tuple[date | None, str]:
        """Since when a document has ended, and « (thay bởi …)»; from its entry, else from van-ban-can-cu.yml."""
        if target is not None and self.catalogue.is_released(target):
            for step in self.catalogue.timeline(target):
                if step.state.id == effect.ENDED and step.since and step.since <= self.until:
                    cause = step.state.cause
                    actor = words.label(cause.actor, self.known) if cause else ""
                    return step.since, f" (theo {actor})" if actor else ""
            return None, ""
        basis = next((b for b in self.known.legal_bases.values() if b.number == number), None)
        ended = basis.ended if basis else None
        return (ended if ended and ended <= self.until else None), ""

    def _acts(self, entry: Entry) -> Iterator[Row]:
        """Another document changed this one after somebody last looked at the entry."""
        looked = self._looked(entry) or words.day_of(entry.policy.published)
        for act in self.catalogue.incoming.get(entry.id, ()):
            kind = self.known.relations[act.relation.type]
            changes = any(state != "khong-doi" for state in kind.effects.values())
            if not changes or act.day is None or not looked < act.day <= self.until:
                continue
            name = words.relation_words(act.relation, self.known, reverse=True)
            texts = (
                f"{name.lower()} {words.label(act.actor, self.known)} từ {format_date(act.day)}",
                "nhãn hiệu lực tự đổi theo ngày, nhưng bài viết (việc cần làm, hạn, nơi làm) thì không",
                "xem lại bài, sửa hoặc dẫn sang tin mới, ghi thay_doi",
            )
            yield self._row(entry, "van-ban-bi-tac-dong", "quan_he", texts, Urgency.DUE, act.day)

    def _looked(self, entry: Entry) -> date | None:
        """The last day on which somebody is known to have looked at the entry again."""
        days = [words.day_of(c.moment) for c in entry.policy.changes if c.kind in _LOOKED]
        if entry.policy.effect_review:
            days.append(entry.policy.effect_review.day)
        return max((day for day in days if day <= self.today), default=None)

    def sources(self, ask: Ask) -> Iterator[Row]:
        """What cannot be opened of the addresses that public entries name."""
        answers: dict[str, str] = {}
        for entry in self.catalogue.listed():
            for key, url in _addresses(entry):
                if url not in answers:
                    answers[url] = ask(url)
                if answers[url]:
                    texts = (
                        f"không mở được: {answers[url]}",
                        "người đọc cần tới được bản gốc",
                        "mở lại bằng tay; mất thật thì ghi địa chỉ mới, hoặc đính kèm bản đã lưu",
                    )
                    yield self._row(entry, "nguon-khong-mo-duoc", key, texts, Urgency.DUE)


def _addresses(entry: Entry) -> Iterator[tuple[str, str]]:
    """The addresses at which an entry says that a document stands, with their keys."""
    policy = entry.policy
    if policy.original_url:
        yield "nguon", policy.original_url
    for place, attachment in enumerate(policy.attachments):
        if attachment.url:
            yield f"tep.{place}.url", attachment.url
    if policy.full_text and policy.full_text.source.startswith(("http://", "https://")):
        yield "toan_van.nguon", policy.full_text.source
    if policy.consultation and policy.consultation.result and policy.consultation.result.url:
        yield "gop_y.ket_qua.url", policy.consultation.result.url


def source(clock: Clock) -> str:
    """Where a rule stands: «Luật 01/2026 Đ18.4», or that the department set it itself."""
    return "đích của Sở, không phải hạn của luật" if clock.is_internal else clock.rule.article


def doubt(clock: Clock | None) -> str:
    """Why no day is known: no rule applied, no number, no calendar."""
    return clock.doubt if clock else "không có quy tắc áp dụng vào ngày ấy"
