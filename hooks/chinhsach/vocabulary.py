"""The files of `policies/_danh-muc/` in, frozen vocabularies out: ids that never change, names that have dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from . import deadlines, release_keys, spoken, workdays
from .problems import Fault
from .text import clean

try:
    from yaml import CBaseLoader as _Loader
except ImportError:
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]  # the two loaders share one interface

FOLDER = "policies/_danh-muc"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERIFIED = "da_kiem_chung"


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name with the first and the last day on which it was borne; None where a day is not known."""

    name: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the name was borne on the day, as far as is known."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the department, or the department itself (`level` «so»)."""

    id: str
    names: tuple[DatedName, ...]
    level: str
    parent: str | None
    successor: str | None
    since: date | None
    until: date | None
    enabled: bool
    suffix: str
    suffix_is_confirmed: bool
    is_office: bool = False
    """Whether it looks after the site for the department (`van_phong: co`)."""

    @property
    def name(self) -> str:
        """The newest name."""
        return self.names[-1].name

    def name_on(self, day: date) -> str:
        """The name that the unit bore on the day; the newest where none is known to fit."""
        return next((n.name for n in self.names if n.holds_on(day)), self.name)


@dataclass(frozen=True, slots=True)
class PolicyField:
    """A field of policy and the units that look after it; this is the only place that says which unit does."""

    id: str
    name: str
    units: tuple[str, ...]
    units_are_confirmed: bool
    synonyms: tuple[str, ...]
    article_17: tuple[str, ...] = ()
    """The points of Luật 01/2026 Điều 17 khoản 1 under which the field usually falls, where that is confirmed."""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document (NĐ 30/2020 Điều 7, and the normative ones)."""

    id: str
    name: str
    short_name: str
    abbreviation: str
    group: str
    has_effect: bool
    has_number: bool
    number_pattern: str = ""
    """How its numbers look, `{so}/{nam}/NĐ-CP`; empty where that is not known."""
    is_withheld: bool = False
    """Whether the department does not publish documents of this type (`cong_khai: khong-dang`)."""

    @property
    def is_normative(self) -> bool:
        """Whether the type is a normative legal document, whose number carries its year."""
        return self.group == "quy-pham"


@dataclass(frozen=True, slots=True)
class Named:
    """An id with its name: audiences, channels, effect states, steps of approval."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of communication, and whether the department's plan names it (`trong_ke_hoach`)."""

    id: str
    name: str
    is_planned: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A point of Luật 01/2026/QH16 Điều 17 khoản 1: its letter, what it is about in short, not in the law's words.

    `relevance` says whether the department makes such information: «co», «it», «khong»; a guess of whoever wrote it.
    """

    id: str
    name: str
    letter: str
    relevance: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issues documents: dated names, other spellings, the abbreviations that its numbers carry."""

    id: str
    names: tuple[DatedName, ...]
    other_names: tuple[str, ...]
    symbols: tuple[str, ...]

    @property
    def name(self) -> str:
        """The newest name."""
        return self.names[-1].name

    def name_on(self, day: date | None) -> str:
        """The name that the body bore on the day; the newest where the day or the name is not known."""
        return next((n.name for n in self.names if day and n.holds_on(day)), self.name)


@dataclass(frozen=True, slots=True)
class RelationType:
    """What one document can do to another, in both directions, and what that does to the other's effect."""

    id: str
    name: str
    reverse_name: str
    scopes: tuple[str, ...]
    effects: dict[str, str]


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """A step of approval and the times in which it is demanded: first day, and last day or None."""

    id: str
    name: str
    required: tuple[tuple[date, date | None], ...] = ()

    def is_required_on(self, day: date) -> bool:
        """Whether an entry that is published on the day must carry the step."""
        return any(since <= day and (until is None or day <= until) for since, until in self.required)


@dataclass(frozen=True, slots=True)
class SearchWord:
    """A short form or a word of every day, with what it may stand for, most likely first; nothing: it only asks."""

    form: str
    meanings: tuple[str, ...]
    is_word: bool
    """A word of every day («startup»), known in any case; otherwise capitals, or letters that make no syllable."""


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document that rules rest on, and the first day on which it no longer was in force, where that is confirmed."""

    id: str
    name: str
    number: str
    issued: date | None
    ended: date | None

    @property
    def citation(self) -> str:
        """«Luật Tiếp cận thông tin số 01/2026/QH16 ngày 23/4/2026»."""
        day = f" ngày {self.issued.day}/{self.issued.month}/{self.issued.year}" if self.issued else ""
        return f"{self.name} số {self.number}{day}"


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """All vocabularies by id, in the order of their files."""

    units: dict[str, Unit] = field(default_factory=dict)
    fields: dict[str, PolicyField] = field(default_factory=dict)
    types: dict[str, DocumentType] = field(default_factory=dict)
    audiences: dict[str, Named] = field(default_factory=dict)
    issuers: dict[str, Issuer] = field(default_factory=dict)
    relations: dict[str, RelationType] = field(default_factory=dict)
    states: dict[str, Named] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    article_17: dict[str, Point] = field(default_factory=dict)
    approval_steps: dict[str, ApprovalStep] = field(default_factory=dict)
    issuer_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    issuer_folded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    active_units: dict[str, Unit] = field(default_factory=dict)
    search_words: dict[str, SearchWord] = field(default_factory=dict)
    chain_rule_since: date | None = None
    """From this day a document falls with the one that it details (trang-thai-hieu-luc.yml, `day_chuyen`)."""
    legal_bases: dict[str, LegalBasis] = field(default_factory=dict)
    deadlines: deadlines.Rules = field(default_factory=deadlines.Rules)
    calendar: workdays.Calendar = field(default_factory=workdays.Calendar)
    release_keys: tuple[release_keys.ReleaseKey, ...] = ()
    own_issuers: frozenset[str] = frozenset()
    """The issuing bodies that are units switched on: what they issue, the department itself created."""
    provincial_issuers: frozenset[str] = frozenset()
    """The province's council and committee."""

    @property
    def planned_channels(self) -> tuple[str, ...]:
        """The channels that the department's plan names, in the order of the file."""
        return tuple(channel.id for channel in self.channels.values() if channel.is_planned)

    def find_issuers(self, text: str) -> tuple[str, ...]:
        """The ids that an id, a name, an other spelling or a joint name stands for; empty when nobody has it."""
        return self.issuer_names.get(text) or self.issuer_folded.get(name_key(text)) or ()

    def enabled_units(self) -> Iterator[Unit]:
        """The units that are switched on, in the order of the file."""
        return iter(self.active_units.values())

    def unit_note_on(self, unit: Unit, day: date) -> str:
        """What a unit is «nay»: "" while it lasts, its living successor's name, or what became of its department.

        A unit whose department was merged and that names no successor is not guessed at (DESIGN §3).
        """
        if unit.successor and unit.until and unit.until < day:
            heir = self.last_successor(unit)
            return f"nay là {heir.name_on(day)}"
        parent = self.units.get(unit.parent or "")
        if parent and parent.until and parent.until < day:
            heir = self.last_successor(parent)
            if heir is not parent:
                return f"nay thuộc {heir.name_on(day)}, chưa xác nhận phòng kế tiếp"
        return ""

    def last_successor(self, unit: Unit) -> Unit:
        """The end of a unit's line of successors: itself where nobody succeeded it."""
        seen = {unit.id}
        while unit.successor and unit.successor in self.units and unit.successor not in seen:
            unit = self.units[unit.successor]
            seen.add(unit.id)
        return unit

    def successors(self, unit_id: str) -> tuple[str, ...]:
        """The ids of a unit's successors, nearest first."""
        found: list[str] = []
        current = self.units[unit_id].successor
        while current and current in self.units and current not in found and current != unit_id:
            found.append(current)
            current = self.units[current].successor
        return tuple(found)


def name_key(text: str) -> str:
    """A body's name without regard to capitals, spaces, dashes and the place of the tone mark (Uỷ = Ủy, hoá = hóa)."""
    text = re.sub(r"\s*[-–—]\s*", " - ", clean(text))
    return " ".join(_tones_last(word) for word in text.lower().split())


def _tones_last(word: str) -> str:
    # The tone's place among the vowels is a matter of spelling; only its presence tells names apart.
    decomposed = unicodedata.normalize("NFD", word)
    tones = [c for c in decomposed if c in "\u0300\u0301\u0303\u0309\u0323"]
    return "".join(c for c in decomposed if c not in tones) + "".join(tones)


class VocabularyFault(Exception):
    """A vocabulary cannot be used: `path` from the root, and the fault."""

    def __init__(self, path: str, fault: Fault) -> None:
        super().__init__(f"{path}: {fault.code} {dict(fault.values)}")
        self.path = path
        self.fault = fault


def load(root: Path) -> Vocabularies:
    """Load the vocabularies of `<root>/policies/_danh-muc/`.

    Raises VocabularyFault with the code `danh-muc-hong` at the first file that cannot be used: missing,
    unreadable, an id doubled or malformed, a reference to an id that is not there.
    """
    reader = _Reader(root)
    return _guarded(reader, lambda: _load(reader))


def load_calendar(root: Path) -> workdays.Calendar:
    """The working days alone, for commands that need nothing else. Raises VocabularyFault."""
    reader = _Reader(root)
    return _guarded(reader, lambda: workdays.parse(reader.document(DAYS_OFF)))


def load_rows(root: Path, name: str, key: str) -> list[dict[str, Any]]:
    """The rows of a file that only one command reads. Raises VocabularyFault."""
    reader = _Reader(root)
    return _guarded(reader, lambda: list(reader.rows(name, key)))


def load_lexicon(root: Path) -> spoken.Lexicon:
    """How short forms are read aloud. Raises VocabularyFault."""
    reader = _Reader(root)
    return _guarded(reader, lambda: spoken.parse_lexicon(reader.document(_SHORT_FORMS)))


def load_channel_limits(root: Path, wanted: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], int]:
    """The limits (`gioi_han` of kenh.yml) named in `wanted`, by channel and key. Raises VocabularyFault."""
    reader = _Reader(root)

    def load() -> dict[tuple[str, str], int]:
        limits: dict[tuple[str, str], int] = {}
        for row in reader.rows(_CHANNELS, "kenh"):
            for key in wanted.get(row["id"], ()):
                limits[row["id"], key] = int(row["gioi_han"][key])
        reader.known(_CHANNELS, "gioi_han", wanted, [channel for channel, _ in limits])
        return limits

    return _guarded(reader, load)


def load_release_keys(root: Path) -> tuple[release_keys.ReleaseKey, ...]:
    """The keys that may sign a release, for commands that need nothing else. Raises VocabularyFault."""
    reader = _Reader(root)
    return _guarded(reader, lambda: _release_keys(reader))


def row_line(root: Path, name: str, row_id: str) -> int:
    """The line of a row of a vocabulary file, 1 where it is not found."""
    return _Reader(root).line(name, row_id)


DAYS_OFF = "ngay-nghi.yml"
RELEASE_KEYS = "khoa-cong-khai.yml"
_DEADLINES = "quy-tac-thoi-han.yml"
_BASES = "van-ban-can-cu.yml"
_CHANNELS = "kenh.yml"
_SHORT_FORMS = "viet-tat.yml"
UNITS = "don-vi.yml"
_Loaded = TypeVar("_Loaded")


def _guarded(reader: _Reader, load: Callable[[], _Loaded]) -> _Loaded:
    """What `load` gives; what a row lacks or holds wrongly becomes a fault of that row."""
    try:
        return load()
    except KeyError as error:
        raise reader.fault_here(f"thiếu khóa «{error.args[0]}»") from None
    except ValueError as error:
        raise reader.fault_here(f"giá trị không dùng được ({error})") from None
    except (TypeError, AttributeError):
        raise reader.fault_here("giá trị không dùng được (không đúng kiểu)") from None


def _load(reader: _Reader) -> Vocabularies:
    units = {row["id"]: _unit(row) for row in reader.rows(UNITS, "don_vi")}
    fields = {
        row["id"]: PolicyField(
            row["id"],
            _text(row, "ten"),
            _strings(row.get("don_vi")),
            row.get("kiem_chung_don_vi") == _VERIFIED,
            _strings(row.get("dong_nghia")),
            _strings(row.get("muc_dieu_17")) if row.get("kiem_chung") == _VERIFIED else (),
        )
        for row in reader.rows("linh-vuc.yml", "linh_vuc")
    }
    for policy_field in fields.values():
        reader.known("linh-vuc.yml", policy_field.id, policy_field.units, units)
    for unit in units.values():
        reader.known(UNITS, unit.id, [i for i in (unit.parent, unit.successor) if i], units)
    types = {row["id"]: _type(row) for row in reader.rows("loai-van-ban.yml", "loai")}
    states = reader.named("trang-thai-hieu-luc.yml", "trang_thai")
    relations = {row["id"]: _relation(row) for row in reader.rows("quan-he-van-ban.yml", "quan_he")}
    issuers = {row["id"]: _issuer(row) for row in reader.rows("co-quan.yml", "co_quan")}
    issuer_names, issuer_folded = _issuer_index(reader, issuers)
    bases = {row["id"]: _legal_basis(row) for row in reader.rows(_BASES, "van_ban")}
    rules = deadlines.parse(reader.rows(_DEADLINES, "quy_tac"))
    for rule in rules:
        reader.known(_DEADLINES, rule.id, [rule.document] if rule.document else [], bases)
    return Vocabularies(
        units=units,
        fields=fields,
        types=types,
        audiences=reader.named("doi-tuong.yml", "doi_tuong"),
        issuers=issuers,
        relations=relations,
        states=states,
        channels={row["id"]: _channel(row) for row in reader.rows(_CHANNELS, "kenh")},
        article_17={
            row["id"]: Point(
                row["id"], _text(row, "tom_tat"), _text(row, "diem"), _optional(row.get("so_lien_quan")) or ""
            )
            for row in reader.rows("muc-dieu-17.yml", "muc")
        },
        approval_steps=_approval_steps(reader),
        issuer_names=issuer_names,
        issuer_folded=issuer_folded,
        active_units={unit.id: unit for unit in units.values() if unit.enabled},
        search_words={word.form: word for word in _search_words(reader)},
        chain_rule_since=_chain_rule_since(reader),
        legal_bases=bases,
        deadlines=rules,
        calendar=workdays.parse(reader.document(DAYS_OFF)),
        release_keys=_release_keys(reader),
        own_issuers=_issuers_of((u for u in units.values() if u.enabled), issuer_names),
        provincial_issuers=_issuers_of((u for u in units.values() if u.level in _PROVINCIAL), issuer_names),
    )


@lru_cache(maxsize=64)  # while serving, the same files are read at every change of an entry
def _composed(text: str) -> Any:
    """A vocabulary file as lists and mappings of text, which nobody changes."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - the base loader makes text only


class _Reader:
    """Reads vocabulary files and says what is wrong with them by file and line."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.current = ""
        self.row = ""

    def document(self, name: str) -> dict[str, Any]:
        self.current, self.row = name, ""
        path = self.root / FOLDER / name
        if path.is_symlink():  # it could lead out, and a message quotes what it reads
            raise self.fault(name, 1, "đây là lối tắt, không phải tệp thật")
        try:
            text = clean(path.read_bytes().decode("utf-8-sig"))
            document = _composed(text)
        except OSError:
            raise self.fault(name, 1, "không có tệp này") from None
        except UnicodeDecodeError:
            raise self.fault(name, 1, "tệp không ở bảng mã UTF-8") from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            detail = str(getattr(error, "problem", None) or "không rõ")
            raise self.fault(name, mark.line + 1 if mark else 1, "không đọc được", loi=detail) from None
        if not isinstance(document, dict):
            raise self.fault(name, 1, "tệp phải gồm các khóa và giá trị")
        return document

    def rows(self, name: str, key: str) -> Iterator[dict[str, Any]]:
        rows = self.document(name).get(key)
        if not isinstance(rows, list):
            raise self.fault(name, 1, f"thiếu danh sách «{key}»")
        seen: set[str] = set()
        for row in rows:
            row_id = row.get("id") if isinstance(row, dict) else None
            if not isinstance(row_id, str) or not _ID.fullmatch(row_id):
                raise self.fault(name, self.line(name, str(row_id)), f"mã «{row_id}» không đúng dạng [a-z0-9-]")
            if row_id in seen:
                raise self.fault(name, self.line(name, row_id, last=True), f"mã «{row_id}» ghi hai lần")
            seen.add(row_id)
        for row in rows:
            self.row = row["id"]
            yield row
        self.row = ""

    def named(self, name: str, key: str) -> dict[str, Named]:
        return {row["id"]: Named(row["id"], str(row.get("ten", row["id"]))) for row in self.rows(name, key)}

    def known(self, name: str, owner: str, ids: Iterable[str], known: Iterable[str]) -> None:
        for missing in (i for i in ids if i not in known):
            raise self.fault(name, self.line(name, owner), f"«{owner}» trỏ tới mã «{missing}» không có")

    def line(self, name: str, row_id: str, *, last: bool = False) -> int:
        lines = (self.root / FOLDER / name).read_text(encoding="utf-8-sig").splitlines()
        pattern = re.compile(rf"(-\s*\{{?\s*|^\s*)id:\s*['\"]?{re.escape(row_id)}['\"]?\s*([,}}#]|$)")
        found = [number for number, line in enumerate(lines, 1) if pattern.search(line)]
        return (found[-1] if last else found[0]) if found else 1

    def fault_here(self, reason: str) -> VocabularyFault:
        """A fault of the row that is being read."""
        return self.fault(self.current, self.line(self.current, self.row) if self.row else 1, reason)

    def fault(self, name: str, line: int, reason: str, **values: str) -> VocabularyFault:
        return VocabularyFault(f"{FOLDER}/{name}", Fault("danh-muc-hong", line, 1, {"ly_do": reason, **values}))


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return (value,) if isinstance(value, str) and value not in ("", "null", "~") else ()


def _optional(value: object) -> str | None:
    return value if isinstance(value, str) and value not in ("", "null", "~") else None


def _text(row: dict[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str) or not value:
        raise ValueError(f"«{key}» phải là chữ")
    return value


def _day(value: object) -> date | None:
    text = _optional(value)
    return _iso(text) if text else None


def _iso(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"«{text}» không phải ngày có thật dạng năm-tháng-ngày") from None


def _names(row: dict[str, Any]) -> tuple[DatedName, ...]:
    names = row["ten"]
    if isinstance(names, str) or not names:
        return (DatedName(_text(row, "ten")),)
    return tuple(DatedName(_text(n, "ten"), _day(n.get("tu")), _day(n.get("den"))) for n in names)


def _unit(row: dict[str, Any]) -> Unit:
    return Unit(
        id=row["id"],
        names=_names(row),
        level=_optional(row.get("cap")) or "",
        parent=_optional(row.get("thuoc")),
        successor=_optional(row.get("ke_thua")),
        since=_day(row.get("hieu_luc_tu")),
        until=_day(row.get("hieu_luc_den")),
        enabled=row.get("bat") == "co",
        suffix=_optional(row.get("ky_hieu_duoi")) or "",
        suffix_is_confirmed=row.get("ky_hieu_duoi_kiem_chung") == _VERIFIED,
        is_office=row.get("van_phong") == "co",
    )


def _type(row: dict[str, Any]) -> DocumentType:
    return DocumentType(
        id=row["id"],
        name=_text(row, "ten"),
        short_name=_optional(row.get("ten_ngan")) or _text(row, "ten"),
        abbreviation=_optional(row.get("viet_tat")) or "",
        group=_optional(row.get("nhom")) or "",
        has_effect=row.get("hieu_luc_mac_dinh") != "khong-ap-dung",
        has_number=_optional(row.get("mau_ky_hieu")) is not None,
        number_pattern=_optional(row.get("mau_ky_hieu")) or "",
        is_withheld=row.get("cong_khai") == "khong-dang",
    )


def _relation(row: dict[str, Any]) -> RelationType:
    effects = row.get("tac_dong")
    return RelationType(
        id=row["id"],
        name=_text(row, "ten"),
        reverse_name=_text(row, "ten_nguoc"),
        scopes=_strings(row.get("pham_vi_cho_phep")),
        effects=dict(effects) if isinstance(effects, dict) else {},
    )


def _channel(row: dict[str, Any]) -> Channel:
    return Channel(row["id"], str(row.get("ten", row["id"])), row.get("trong_ke_hoach") == "true")


def _issuer(row: dict[str, Any]) -> Issuer:
    return Issuer(row["id"], _names(row), _strings(row.get("ten_khac")), _strings(row.get("ky_hieu")))


def _issuer_index(
    reader: _Reader, issuers: dict[str, Issuer]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    exact: dict[str, tuple[str, ...]] = {issuer_id: (issuer_id,) for issuer_id in issuers}
    loose: dict[str, tuple[str, ...]] = {}

    def add(name: str, ids: tuple[str, ...]) -> None:
        if exact.setdefault(name, ids) != ids:
            line = reader.line("co-quan.yml", ids[0])
            raise reader.fault("co-quan.yml", line, f"tên «{name}» chỉ tới hai cơ quan khác nhau")
        loose.setdefault(name_key(name), ids)

    for issuer in issuers.values():
        for name in (*(n.name for n in issuer.names), *issuer.other_names):
            add(name, (issuer.id,))
    for row in reader.document("co-quan.yml").get("ten_lien_tich") or []:
        ids = _strings(row.get("co_quan"))
        reader.known("co-quan.yml", row.get("ten", ""), ids, issuers)
        add(_text(row, "ten"), ids)
    return exact, loose


_PROVINCIAL = ("ubnd", "hdnd")


def _issuers_of(units: Iterable[Unit], issuer_names: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """The issuing bodies that bear the names of these units."""
    return frozenset(i for unit in units for name in unit.names for i in issuer_names.get(name.name, ()))


def _legal_basis(row: dict[str, Any]) -> LegalBasis:
    unsure = _strings(row.get("truong_chua_kiem_chung"))
    ended = None if "ngay_het_hieu_luc" in unsure else _day(row.get("ngay_het_hieu_luc"))
    issued = None if "ngay_ban_hanh" in unsure else _day(row.get("ngay_ban_hanh"))
    return LegalBasis(row["id"], _text(row, "ten"), _text(row, "so_ky_hieu"), issued, ended)


def _release_keys(reader: _Reader) -> tuple[release_keys.ReleaseKey, ...]:
    """None for a department that does not sign: its folder may be older than this file."""
    if not (reader.root / FOLDER / RELEASE_KEYS).exists():
        return ()
    return release_keys.parse(reader.rows(RELEASE_KEYS, "khoa"))


def _search_words(reader: _Reader) -> Iterator[SearchWord]:
    """What a query may mean; signing marks («KT.») and signs of measure («%», «m2») are nobody's query."""
    document = reader.document(_SHORT_FORMS)
    for row in document.get("viet_tat") or []:
        form, meaning = _word(row["viet_tat"]), _word(row["day_du"])
        if row.get("nhom") != "quyen-han" and _SHORT_FORM.fullmatch(form):
            others = (re.sub(r"\s*\(.*?\)", "", m).strip() for m in _strings(row.get("mo_ho")))
            yield SearchWord(form, (meaning, *(m for m in others if " " in m)), is_word=False)
    for row in document.get("tu_thuong_dung") or []:
        yield SearchWord(_word(row["tu"]), _strings(row["nghia"]), is_word=True)
    for form in _strings(document.get("tu_dung")):
        yield SearchWord(form, (), is_word=True)


def _word(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"«{value}» không phải chữ")
    return value


_SHORT_FORM = re.compile(r"(?=(?:.*[A-ZĐƯ]){2})[A-ZĐƯa-zđư][A-ZĐƯa-zđư&, -]*")


def _chain_rule_since(reader: _Reader) -> date:
    name = "trang-thai-hieu-luc.yml"
    rule = reader.document(name).get("day_chuyen")
    since = _day(rule.get("tu_ngay")) if isinstance(rule, dict) else None
    if since is None:
        raise reader.fault(name, 1, "thiếu «day_chuyen: tu_ngay»")
    return since


def _approval_steps(reader: _Reader) -> dict[str, ApprovalStep]:
    steps = {row["id"]: _text(row, "ten") for row in reader.rows("quy-trinh.yml", "buoc")}
    required: dict[str, list[tuple[date, date | None]]] = {step: [] for step in steps}
    for row in reader.document("quy-trinh.yml").get("bat_buoc") or []:
        reader.known("quy-trinh.yml", "bat_buoc", [row["buoc"]], steps)
        required[row["buoc"]].append((_iso(row["tu"]), _day(row.get("den"))))
    return {step: ApprovalStep(step, name, tuple(required[step])) for step, name in steps.items()}
