"""A ledger's bytes in (`du-lieu/so-cong-khai.json`, DESIGN §5), typed lines out, with the data that stands beside."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from .dates import VN, InvalidDate, parse_moment
from .kinds import is_entry_id
from .text import clean, excerpt, one_line

PLACE = "du-lieu/so-cong-khai.json"
MOST_BYTES = 100_000_000
"""A ledger has about 600 bytes an entry: one larger than this is no ledger, and reading it would fill the memory."""
WITHDRAWN = "withdrawn"
_STATES = ("published", WITHDRAWN)
_LONGEST_URL = 200  # as `dia_chi_cu`; a longer name no disk can hold
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*/?", re.ASCII)
_UNREADABLE: tuple[tuple[type[OSError], str], ...] = (
    (FileNotFoundError, "không có tệp này"),
    (IsADirectoryError, "đây là thư mục, không phải tệp"),
    (PermissionError, "không có quyền đọc"),
)


class LedgerError(Exception):
    """What was read is no ledger, or not the one of its site; the message is one Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a release tells it. `url` is relative to the site's base, times are in Asia/Ho_Chi_Minh."""

    id: str
    guid: str
    url: str
    title: str
    published: datetime
    updated: datetime
    status: str
    stage: str
    units: tuple[str, ...]
    sha256: str
    facts: str

    @property
    def is_withdrawn(self) -> bool:
        """Whether the release shows the entry as removed."""
        return self.status == WITHDRAWN


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that was public at one release, in the order of the file; ids and guids are unique."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """What an entry says it does to another: `target` is an entry id or a document number, `scope` may be empty."""

    type: str
    target: str
    scope: str


@dataclass(frozen=True, slots=True)
class EntryData:
    """What the data file of an entry tells of its owner and its life; `changes` are the moments of its public log."""

    number: str
    leads: tuple[str, ...]
    changes: tuple[datetime, ...]
    relations: tuple[Relation, ...]
    former_paths: tuple[str, ...]


class Site:
    """The folder of a built site, asked for what its ledger does not hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entry(self, line: Line) -> EntryData:
        """The data of an entry. Raises LedgerError unless the file is the one whose SHA-256 the ledger has."""
        place = f"du-lieu/chinh-sach/{line.id}.json"
        content = _bytes_of(self.folder / place)
        if hashlib.sha256(content).hexdigest() != line.sha256:
            raise LedgerError(f"{place} không phải tệp mà sổ mới ghi (SHA-256 khác); hãy dựng lại trang rồi so lại")
        data = _json(content, place)
        if not isinstance(data, dict):
            raise LedgerError(f"{place}: không phải dữ liệu của một tin")
        return entry_data(data)

    def has_page(self, url: str) -> bool:
        """Whether something stands at an address."""
        return (self.folder / url / "index.html").is_file()

    def leads(self, url: str, target: str) -> bool:
        """Whether the page at `url` sends its reader on to `target`: a redirect page, or the same page."""
        if url.strip("/") == target.strip("/"):
            return self.has_page(url)
        if not self.has_page(url) or not self.has_page(target):
            return False
        page = _bytes_of(self.folder / url / "index.html").decode("utf-8", "replace")
        sent = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', page)
        back = "../" * len(url.strip("/").split("/"))
        return sent is not None and sent[1].strip("/") == back + target.strip("/")


def beside(path: Path) -> Site | None:
    """The site that a ledger belongs to: the folder above its own, where that holds entries' data too."""
    folder = path.absolute().parent.parent
    is_site = path.absolute() == folder / PLACE and (folder / "du-lieu" / "chinh-sach").is_dir()
    return Site(folder) if is_site else None


def read(path: Path) -> Ledger:
    """The ledger in a file. Raises LedgerError."""
    return parse(_bytes_of(path), str(path))


def parse(content: bytes, name: str) -> Ledger:
    """The ledger in these bytes; `name` is what messages call it. Raises LedgerError, and nothing else."""
    found = _json(content, name)
    entries = found.get("entries") if isinstance(found, dict) else None
    if not isinstance(entries, list):
        raise LedgerError(f'{name}: không phải sổ công khai; sổ có dạng {{"entries": [ … ]}}')
    lines = tuple(_line(entry, f"{name}: tin thứ {place}") for place, entry in enumerate(entries, 1))
    for key, values in (("ma", (line.id for line in lines)), ("guid", (line.guid for line in lines))):
        most = Counter(values).most_common(1)
        if most and most[0][1] > 1:
            raise LedgerError(f"{name}: {key} «{excerpt(most[0][0])}» có ở {most[0][1]} tin")
    return Ledger(name, lines)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as fault:
        reason = next((said for kind, said in _UNREADABLE if isinstance(fault, kind)), "đĩa báo lỗi")
        raise LedgerError(f"không đọc được «{path}»: {reason}") from None
    if len(content) > MOST_BYTES:
        raise LedgerError(f"«{path}» lớn hơn {MOST_BYTES // 1_000_000} MB, không thể là sổ công khai")
    return content


def _json(content: bytes, name: str) -> object:
    if not content.strip():
        raise LedgerError(f"{name}: tệp rỗng; có lẽ tải chưa xong")
    try:
        found: object = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise LedgerError(f"{name}: không phải UTF-8 (byte thứ {fault.start + 1})") from None
    except json.JSONDecodeError as fault:
        raise LedgerError(f"{name}: JSON hỏng ở dòng {fault.lineno}, cột {fault.colno}") from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets thousands deep
        raise LedgerError(f"{name}: JSON có số quá dài hoặc lồng quá sâu") from None
    return found


def _line(entry: object, where: str) -> Line:
    if not isinstance(entry, dict):
        raise LedgerError(f"{where}: phải là một nhóm {{…}}")
    entry_id = _text(entry, "ma", where)
    if not is_entry_id(entry_id):
        raise LedgerError(f"{where}: ma «{excerpt(entry_id)}» không phải mã tin")
    where = f"{where} («{entry_id}»)"
    url = _text(entry, "url", where)
    if not _PATH.fullmatch(url) or len(url) > _LONGEST_URL:
        raise LedgerError(f"{where}: url «{excerpt(url)}» không phải địa chỉ tính từ gốc của trang")
    status = _text(entry, "status", where)
    if status not in _STATES:
        raise LedgerError(f"{where}: status «{excerpt(status)}» không phải {' hay '.join(_STATES)}")
    return Line(
        id=entry_id,
        guid=_text(entry, "guid", where),
        url=url,
        title=_text(entry, "title", where),
        published=_moment(entry, "published", where),
        updated=_moment(entry, "updated", where),
        status=status,
        stage=_text(entry, "giai_doan", where),
        units=_units(entry, where),
        sha256=_text(entry, "sha256", where),
        facts=_text(entry, "facts", where),
    )


def _text(entry: dict[str, object], key: str, where: str) -> str:
    if key not in entry:
        raise LedgerError(f"{where}: thiếu «{key}»")
    value = entry[key]
    text = _tidy(value) if isinstance(value, str) else ""
    if not text:
        raise LedgerError(f"{where}: «{key}» phải là chữ, không được trống")
    return text


def _tidy(text: str) -> str:
    """The text as one clean line: a ledger from elsewhere may hold what turns a terminal or a build log around."""
    return one_line(clean(text.encode("utf-8", "replace").decode()))


def _moment(entry: dict[str, object], key: str, where: str) -> datetime:
    text = _text(entry, key, where)
    try:
        if _RFC3339.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(VN)
    except (ValueError, OverflowError):
        pass
    raise LedgerError(f"{where}: {key} «{excerpt(text)}» không phải thời điểm dạng 2023-06-05T08:00:00+07:00")


def _units(entry: dict[str, object], where: str) -> tuple[str, ...]:
    units = entry.get("units")
    if not isinstance(units, list) or not all(isinstance(unit, str) for unit in units):
        raise LedgerError(f"{where}: «units» phải là danh sách mã đơn vị")
    return tuple(_tidy(unit) for unit in units)


def entry_data(data: dict[str, object]) -> EntryData:
    """What `du-lieu/chinh-sach/<ma>.json` tells; only what has the expected shape counts, and nothing raises."""
    said = (Relation(_word(r, "loai"), _word(r, "den"), _word(r, "pham_vi")) for r in _groups(data, "quan_he"))
    former = data.get("dia_chi_cu")
    return EntryData(
        number=_word(data, "so_ky_hieu"),
        leads=tuple(_word(u, "id") for u in _groups(data, "don_vi") if _word(u, "vai") == "phu-trach"),
        changes=tuple(m for m in (_logged(change) for change in _groups(data, "thay_doi")) if m is not None),
        relations=tuple(said),
        former_paths=tuple(_tidy(path) for path in former if isinstance(path, str)) if isinstance(former, list) else (),
    )


def _groups(data: dict[str, object], key: str) -> list[dict[str, object]]:
    listed = data.get(key)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _word(data: dict[str, object], key: str) -> str:
    value = data.get(key)
    return _tidy(value) if isinstance(value, str) else ""


def _logged(change: dict[str, object]) -> datetime | None:
    try:
        return parse_moment(_word(change, "ngay"))
    except InvalidDate:
        return None
