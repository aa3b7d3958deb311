"""Coverage in, what each unit still has to do out: by office, never by person; as rows and as text for mail or Zalo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..dates import format_date
from ..office.model import Document, State
from .content import CHANGES, Source, due_text, named
from .tables import Row

NO_DAY = "chưa có hạn trong dữ liệu"
OFFICE = "van-phong-so"
UNASSIGNED = "chua-giao"


@dataclass(frozen=True, slots=True)
class Urged:
    """One thing that is missing: what, of which document or entry, by when."""

    what: str
    about: str
    due: str


@dataclass(frozen=True, slots=True)
class UnitList:
    """What a unit still has to do; `unit` is "" for documents that nobody was given, whose list the office gets."""

    unit: str
    name: str
    note: str
    items: tuple[Urged, ...]

    @property
    def file_stem(self) -> str:
        """The name of its files."""
        return self.unit or UNASSIGNED

    @property
    def rows(self) -> tuple[Row, ...]:
        """The items as rows of the table «Việc cần làm»."""
        return tuple(
            {"tt": place, "viec": one.what, "ve": one.about, "han": one.due} for place, one in enumerate(self.items, 1)
        )


def urge(source: Source) -> list[UnitList]:
    """The lists of all units that have something to do, the most pressing items first."""
    found: dict[str, list[tuple[tuple[int, str], Urged]]] = {}
    for document in source.coverage.documents.values():
        for rank, item in _of_document(source, document):
            for unit in document.units:
                found.setdefault(unit, []).append((rank, item))
    for owed in source.coverage.owed:
        what = f"Đưa {_kind(owed.kind)} ngày {format_date(owed.day)} lên {source.channel_name(owed.channel)}"
        about = f"{source.title_of(owed.entry)}; tin đã lên kênh này {format_date(owed.carried.day)}"
        for unit in owed.units or ("",):
            found.setdefault(unit, []).append(((2, ""), Urged(what, about, NO_DAY)))
    for activity in source.done:
        if not activity.evidence:
            what = "Ghi bằng chứng của hoạt động; chưa có thì không được tính"
            about = f"{activity.id}: {activity.name}, {format_date(activity.day)}"
            for unit in activity.units:
                found.setdefault(unit, []).append(((4, ""), Urged(what, about, NO_DAY)))
    return [_list(source, unit, found[unit]) for unit in sorted(found, key=lambda unit: (unit == "", unit))]


def _list(source: Source, unit: str, items: list[tuple[tuple[int, str], Urged]]) -> UnitList:
    known = source.vocabularies.units.get(unit)
    note = source.vocabularies.unit_note_on(known, source.today) if known else ""
    ordered = tuple(item for _, item in sorted(items, key=lambda one: one[0]))
    return UnitList(unit, source.unit_name(unit), note, ordered)


def _kind(kind: str) -> str:
    return "lời báo gỡ tin" if kind == "go-tin" else CHANGES[kind]


def _of_document(source: Source, document: Document) -> Iterator[tuple[tuple[int, str], Urged]]:
    """What a document lacks, each with its rank: overdue, dated, undated, then channels and guidance."""
    if document.state is State.EXEMPT:
        return
    about = f"{named(document)}, {document.row.subject}"
    if not document.is_published:
        late = "QUÁ HẠN " if document.is_overdue else ""
        day = document.deadline.day
        rank = (0 if document.is_overdue else 1, day.isoformat() if day else "9999")
        near = f" (gần khớp tin {', '.join(one.entry for one in document.near)})" if document.near else ""
        yield rank, Urged(f"Đăng tin{near}", about, late + due_text(document.deadline))
        return
    lacking = [source.channel_name(one) for one in source.coverage.channels if not document.channels.get(one)]
    tin = f"{about}; tin {', '.join(document.entries)}"
    if lacking:
        yield (3, ""), Urged(f"Đưa tin và ghi bằng chứng trên: {'; '.join(lacking)}", tin, NO_DAY)
    if not document.guidance:
        yield (3, "z"), Urged("Thêm phần «Cần làm gì» hoặc ghi buổi hướng dẫn", tin, NO_DAY)


def as_text(source: Source, one: UnitList) -> str:
    """A unit's list as plain text, ready for mail or Zalo."""
    lines = [
        f"ĐÔN ĐỐC TRUYỀN THÔNG CHÍNH SÁCH, {source.period.name}",
        f"Kính gửi: {recipient(source, one)}",
        f"Tính đến {format_date(source.coverage.as_of)}, {subject(one)} {len(one.items)} việc:",
        "",
    ]
    for place, item in enumerate(one.items, 1):
        lines += [f"{place}. {item.what}", f"   Về: {item.about}", f"   Hạn: {item.due}"]
    lines += ["", "Việc đã làm mà chưa ghi bằng chứng thì ghi vào mục truyen_thong của tin, hoặc báo Văn phòng."]
    return "\n".join(lines) + "\n"


def recipient(source: Source, one: UnitList) -> str:
    """To whom a list goes: the unit; the office, where nobody was given the documents."""
    return one.name if one.unit else source.unit_name(OFFICE)


def subject(one: UnitList) -> str:
    """Whose work it is, with the verb that the number follows."""
    return "đơn vị còn" if one.unit else "có văn bản chưa giao đơn vị nào, còn"


def count(lists: Sequence[UnitList]) -> int:
    """How many items stand in all lists; one of several units counts for each."""
    return sum(len(one.items) for one in lists)
