"""Rows of a document system in, rows of the register out; every row of the source has its fate told."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from ..dates import InvalidDate, format_date, parse_moment
from ..numbers import clean as clean_number
from ..outputs.data import safe_cell
from ..problems import Fault
from ..text import excerpt, one_line, slug
from ..vocabulary import Vocabularies
from . import register
from .model import RegisterRow
from .place import Place
from .register import HEADER, KEYS
from .tables import CannotRead, Cell, Line

BOTH, IGNORED = "so_va_ngay", "bo_qua"
_SEARCHED = 40
_SHOWN_CELLS = 200
_SERIAL_ZERO = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 16_438, 73_415  # 1/1/1945 and 31/12/2100
_BOTH_FORM = re.compile(r"(?P<number>\S.*?)\s*[,;]?\s*(?:ngày|\n)\s*(?P<day>\S.*)", re.IGNORECASE | re.DOTALL)

Aliases = Mapping[str, str]
"""The key of the register for the slug of a column's name."""


class Kept(NamedTuple):
    """A row of the source that is not imported: where it stands, why not, and what stands in it."""

    place: str
    why: str
    text: str


@dataclass(slots=True)
class Imported:
    """What became of every row: `added` by year, the rest by reason; `hints`: where what is to be filled in."""

    added: dict[int, list[list[str]]] = field(default_factory=dict)
    present: list[Kept] = field(default_factory=list)
    doubled: list[Kept] = field(default_factory=list)
    other_year: list[Kept] = field(default_factory=list)
    unread: list[Kept] = field(default_factory=list)
    hints: list[tuple[str, str]] = field(default_factory=list)
    total: int = 0

    @property
    def added_count(self) -> int:
        """How many rows go into registers."""
        return sum(len(rows) for rows in self.added.values())


class _Candidate(NamedTuple):
    place: str
    cells: list[str]
    text: str


def aliases_of(rows: Iterable[Mapping[str, object]]) -> Aliases:
    """The aliases of `cot-so-theo-doi.yml`; each key is its own alias too. Raises KeyError, TypeError, ValueError."""
    found = {slug(key): key for key in KEYS}
    for row in rows:
        key, names = row["khoa"], row["ten"]
        if not isinstance(key, str) or key not in (*KEYS, BOTH, IGNORED) or not isinstance(names, list):
            raise ValueError(f"khoa «{key}» không có trong sổ theo dõi")
        found.update((slug(str(name)), key) for name in names)
    return found


def sort_rows(
    lines: Iterable[Line],
    aliases: Aliases,
    known: Vocabularies,
    existing: Sequence[RegisterRow],
    only_year: int | None = None,
) -> Imported:
    """Decide on every row that is not blank. Raises CannotRead where no sheet has a line of column names."""
    result = Imported()
    candidates = list(_candidates(lines, aliases, known, result))
    stood = {_key(row): row for row in existing}
    fresh: dict[tuple[object, ...], str] = {}
    for candidate, row in _accepted(candidates, known, result):
        if (other := stood.get(_key(row))) is not None:
            result.present.append(Kept(candidate.place, f"đã có ở {other.id}", candidate.text))
        elif _key(row) in fresh:
            result.doubled.append(Kept(candidate.place, f"trùng với {fresh[_key(row)]}", candidate.text))
        elif only_year is not None and row.counted_on.year != only_year:
            result.other_year.append(Kept(candidate.place, f"thuộc năm {row.counted_on.year}", candidate.text))
        else:
            fresh[_key(row)] = candidate.place
            result.added.setdefault(row.counted_on.year, []).append(candidate.cells)
    added = set(fresh.values())
    result.hints = [hint for hint in result.hints if hint[0] in added]
    return result


def _key(row: RegisterRow) -> tuple[object, ...]:
    return row.number.text if row.number else row.number_text, row.issued, row.issuers


def _accepted(
    candidates: Sequence[_Candidate], known: Vocabularies, result: Imported
) -> Iterator[tuple[_Candidate, RegisterRow]]:
    """The candidates that the register's own reader takes; its reasons stand with the others."""
    read = register.read("", _as_csv([HEADER.split(","), *(c.cells for c in candidates)]).encode(), known)
    refused: dict[int, list[Fault]] = {}
    for fault in read.faults:
        if fault.code == register.BROKEN:
            refused.setdefault(fault.line, []).append(fault)
        elif fault.line > 1:
            said = f"{fault.values['ly_do']}; {fault.values['sua']}"
            result.hints.append((candidates[fault.line - 2].place, said))
    rows = {row.line: row for row in read.rows}
    for line, candidate in enumerate(candidates, 2):
        if line in rows:
            yield candidate, rows[line]
        else:
            why = "; ".join(fault.values["ly_do"] for fault in refused.get(line, ())) or "không có ô nào của sổ"
            result.unread.append(Kept(candidate.place, why, candidate.text))


# --- finding the columns


def _candidates(lines: Iterable[Line], aliases: Aliases, known: Vocabularies, result: Imported) -> Iterator[_Candidate]:
    """The rows below a line of column names, in the register's columns; what stands elsewhere is told."""
    sheet: str | None = None
    columns: dict[str, int] = {}
    has_header = False
    waiting: list[Line] = []  # a title above the names is no row; without any names all of it is told
    for line in lines:
        if line.sheet != sheet:
            result.unread += map(_headless, waiting)
            sheet, columns, waiting = line.sheet, {}, []
        if line.is_blank:
            continue
        if not columns:
            waiting.append(line)
            columns = _columns(line.cells, aliases)
            if columns:
                result.unread += map(_headless, waiting[:-_SEARCHED])
                has_header, waiting = True, []
            continue
        if _columns(line.cells, aliases) == columns or _counts_columns(line):
            continue  # the line of names again, at the top of a printed page, or «(1) (2) (3)» under it
        result.total += 1
        yield _convert(line, columns, known, result)
    result.unread += map(_headless, waiting)
    result.total += len(result.unread)
    if not has_header:
        raise CannotRead(
            "không thấy dòng tên cột có đủ số ký hiệu, ngày văn bản, cơ quan ban hành, trích yếu; "
            "tên cột khác thì thêm vào policies/_danh-muc/cot-so-theo-doi.yml"
        )


def _headless(line: Line) -> Kept:
    return Kept(line.place, "ở trên không có dòng tên cột", _text_of(line))


def _counts_columns(line: Line) -> bool:
    """Whether the row only numbers the columns, as the forms of NĐ 30/2020 do."""
    numbers = [_plain(cell).strip("()") for cell in line.cells if _plain(cell)]
    return len(numbers) > 3 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _columns(cells: Sequence[Cell], aliases: Aliases) -> dict[str, int]:
    """The places of the register's keys in a line of names; nothing where it is no such line."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        key = aliases.get(slug(cell)) if isinstance(cell, str) else None
        if key is not None and key != IGNORED:
            found.setdefault(key, place)
    has_number = BOTH in found or {"so_ky_hieu", "ngay_ban_hanh"} <= found.keys()
    return found if has_number and {"co_quan_ban_hanh", "trich_yeu"} <= found.keys() else {}


# --- one row


def _convert(line: Line, columns: Mapping[str, int], known: Vocabularies, result: Imported) -> _Candidate:
    given = {key: line.cells[place] if place < len(line.cells) else None for key, place in columns.items()}
    if BOTH in given:
        number, day = _parted(given.pop(BOTH))
        given["so_ky_hieu"] = given.get("so_ky_hieu") or number
        given["ngay_ban_hanh"] = given.get("ngay_ban_hanh") or day
    row = {key: _plain(value) for key, value in given.items()}
    for key in ("ngay_ban_hanh", "ngay_den", "han"):
        if key in given:
            row[key] = _day(given[key])
    row["so_ky_hieu"] = clean_number(_plain(given["so_ky_hieu"]))
    if isinstance(given["so_ky_hieu"], date):
        row["so_ky_hieu"] = ""  # the spreadsheet took «12/2023» for a day; what was typed is lost
    for key, find in (("don_vi_chu_tri", _unit), ("linh_vuc", _field)):
        if row.get(key):
            row[key] = _ids(line, key, row[key], find, known, result)
    if bool(row.get("ly_do_mien")) != bool(row.get("noi_quyet_dinh_mien")):
        result.hints.append((line.place, "ghi miễn mà thiếu lý do hoặc nơi quyết định, nên chưa ghi là miễn"))
        row["ly_do_mien"] = row["noi_quyet_dinh_mien"] = ""
    return _Candidate(line.place, [safe_cell(cell) for cell in register.cells_of(row)], _text_of(line))


def _parted(cell: Cell) -> tuple[str, str]:
    text = cell.strip() if isinstance(cell, str) else ""
    form = _BOTH_FORM.fullmatch(text)
    return (form["number"], form["day"]) if form else (text, "")


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else one_line(str(cell))


def _day(cell: Cell) -> str:
    """A day as the register writes it: of a date, of Excel's serial number, of text; else the text, to be refused."""
    text = _plain(cell)
    number = text.partition(".")[0] if re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", text) else ""
    if number and _FIRST_SERIAL <= int(number) <= _LAST_SERIAL:
        return format_date(_SERIAL_ZERO + timedelta(days=int(number)))
    try:
        return format_date(parse_moment(text).date())
    except InvalidDate:
        return text


_Find = Callable[[str, Vocabularies], str]


def _ids(line: Line, key: str, text: str, find: _Find, known: Vocabularies, result: Imported) -> str:
    """The ids that a cell names; a name that nobody has is told and left out, for the row must not be lost by it."""
    whole = find(text, known)
    ids = []
    for part in [text] if whole else [part for part in re.split(r"\s*[;,]\s*", text) if part]:
        found = find(part, known)
        if found:
            ids.append(found)
        else:
            said = f"{key} «{excerpt(part)}» không có trong danh mục, để trống; hãy điền mã"
            result.hints.append((line.place, said))
    return "; ".join(dict.fromkeys(ids))


def _unit(text: str, known: Vocabularies) -> str:
    """The id of a unit by id or any of its names, with or without «Phòng»; "" where none or several fit."""
    wanted = slug(text)
    found = {
        unit.id
        for unit in known.units.values()
        for name in (unit.id, *(slug(dated.name) for dated in unit.names))
        if wanted in (name, name.removeprefix("phong-"))
    }
    return found.pop() if len(found) == 1 else ""


def _field(text: str, known: Vocabularies) -> str:
    wanted = slug(text)
    found = {one.id for one in known.fields.values() if wanted in (one.id, slug(one.name), *map(slug, one.synonyms))}
    return found.pop() if len(found) == 1 else ""


def _text_of(line: Line) -> str:
    return excerpt(" | ".join(_plain(cell) for cell in line.cells if _plain(cell)), _SHOWN_CELLS)


# --- writing


def write(place: Place, imported: Imported) -> list[tuple[str, int]]:
    """Add the rows to the registers of their years, each in its file's own order of columns; the files and counts."""
    written = []
    for year, rows in sorted(imported.added.items()):
        path = place.register(year)
        content = path.read_bytes() if path.exists() else b"\xef\xbb\xbf" + HEADER.encode() + b"\n"
        if not content.endswith(b"\n"):
            content += b"\n"
        header = next(csv.reader([content.decode("utf-8-sig").splitlines()[0]]))
        order = [KEYS.index(name.strip()) for name in header]
        added = _as_csv([[cells[column] for column in order] for cells in rows])
        _replace(path, content + added.encode())
        written.append((place.path_of(path), len(rows)))
    return written


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".csv.moi")
    fresh.write_bytes(content)
    fresh.replace(path)


def _as_csv(rows: Iterable[Sequence[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def as_text(imported: Imported, name: str, written: Sequence[tuple[str, int]]) -> str:
    """What became of every row, for the clerk."""
    lists = (
        (imported.present, "đã có trong sổ"),
        (imported.doubled, "trùng trong tệp"),
        (imported.other_year, "thuộc năm khác"),
        (imported.unread, "CHƯA NHẬP, cần sửa rồi nhập lại"),
    )
    counts = ", ".join(f"{len(rows)} {said}" for rows, said in lists if rows)
    lines = [
        f"«{name}» có {imported.total} dòng: thêm {imported.added_count}" + (f", {counts}" if counts else "") + "."
    ]
    lines += [f"  {path}: thêm {count} dòng" for path, count in written]
    for rows, said in lists:
        if rows:
            lines += ["", f"{said[0].upper()}{said[1:]}:"]
            lines += [f"  {one.place}: {one.why}\n      {one.text}" for one in rows]
    if imported.hints:
        lines += ["", "Cần xem lại trong sổ:", *(f"  {where}: {said}" for where, said in imported.hints)]
    return "\n".join(lines) + "\n"
