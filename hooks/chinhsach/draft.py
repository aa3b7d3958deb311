"""What was read from a file in, a draft entry out: every key with its certainty, what is missing marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from . import ownership, schema, source
from .dates import InvalidDate, format_date, parse_date
from .imported import Found, Imported
from .kinds import Field
from .mending import quoted
from .scaffold import PARTS, TO_FILL_IN
from .schema import BY_KEY, FIELDS
from .source import UNSORTED
from .text import nfc, slug
from .vocabulary import Vocabularies

MISSING = f"# {TO_FILL_IN}"
FULL_TEXT = "toan-van.md"
_LONG = 8_000
_MANY_ARTICLES = 5
_ASKED = frozenset((
    "tieu_de", "tom_tat", "loai", "so_ky_hieu", "co_quan_ban_hanh", "ngay_ban_hanh", "trich_yeu", "linh_vuc",
    "doi_tuong", "trang_thai", "ngay_dang", "tep",
))  # fmt: skip
_NOT_FOR_DRAFTS = frozenset(("so_ky_hieu", "ngay_ban_hanh"))
_LONGEST_ID = 80


class Original(NamedTuple):
    """The file that was read: its name as it stands beside the entry, its kind (`loai` of `tep`), what to call it."""

    name: str
    sha256: str
    kind: str
    called: str


class Place(NamedTuple):
    """Where a draft goes: the folder of `policies/`, and the sentence that says why."""

    folder: str
    reason: str


class Draft(NamedTuple):
    """A draft entry: where it goes, its text, that of its full-text page or "", the keys that a person must fill."""

    path: str
    text: str
    full_text: str
    missing: tuple[str, ...]


_NOBODY = (
    "chưa biết đơn vị nào: tệp không nằm trong thư mục của đơn vị, số ký hiệu không có đuôi đơn vị đã xác nhận. "
    "Điền linh_vuc thì máy suy ra đơn vị; hoặc gọi lại lệnh với --don-vi"
)


def id_from(name: str) -> str:
    """An entry's id made of a file's name: «KH truyền thông 2023 (1).docx» → `kh-truyen-thong-2023-1`."""
    return slug(nfc(Path(name).stem))[:_LONGEST_ID].strip("-")


def file_name(name: str) -> str:
    """A file's name in the form that attachments must have."""
    path = Path(nfc(name))
    return f"{slug(path.stem) or 'van-ban'}{path.suffix.lower()}"


def place_for(imported: Imported, unit: str, source_folder: str, vocabularies: Vocabularies) -> Place:
    """Where the draft belongs: the unit asked for, the unit's folder where the file lies, the symbol; else unsorted."""
    if unit:
        return Place(unit, f"{vocabularies.active_units[unit].name}: theo --don-vi {unit}")
    said = imported.value("don_vi_chu_tri")
    if said:
        named = (said,) if isinstance(said, str) else said
        names = ", ".join(vocabularies.active_units[one].name for one in named)
        return Place(named[0] if len(named) == 1 else UNSORTED, f"{names}: theo phiếu gửi tin")
    if source_folder in vocabularies.active_units:
        name = vocabularies.active_units[source_folder].name
        return Place(source_folder, f"{name}: tệp nằm trong policies/{source_folder}/")
    number = imported.value("so_ky_hieu")
    if isinstance(number, str):
        raw = source.read("", f"---\nso_ky_hieu: {quoted(number)}\n---\n".encode())
        owner = ownership.weigh(schema.parse(raw, "", vocabularies).policy, UNSORTED, vocabularies)
        if len(owner.lead) == 1 and owner.deciding is not None:
            name = vocabularies.active_units[owner.lead[0]].name
            return Place(owner.lead[0], f"{name}: {owner.deciding.reading}")
    return Place(UNSORTED, _NOBODY)


def write(
    imported: Imported,
    place: Place,
    entry_id: str,
    original: Original | None,
    today: date,
    vocabularies: Vocabularies,
) -> Draft:
    """The draft of a file, or of a form (no original), `ban-nhap`; its text as a page of its own where it is long."""
    is_long = original is not None and _is_long(imported.body)
    made_from = f"tệp {original.name}" if original else "phiếu gửi tin"
    missing: list[str] = []
    asked = _ASKED if imported.value("giai_doan") is None else (_ASKED - _NOT_FOR_DRAFTS) | {"gop_y"}
    lines = [
        "---",
        f"# Tin nháp máy lập từ {made_from}. Trên mỗi khóa có lời ghi máy đọc giá trị ấy ở đâu.",
        f"# Dòng nào có {MISSING.removeprefix('# ')} thì người đăng phải điền. Dòng bắt đầu bằng # máy không đọc.",
    ]
    given = _given(imported, original, today, is_long=is_long)
    for row in FIELDS:
        if row.key in given:
            lines += given[row.key]
        elif row.key in asked and not (row.key == "tep" and imported.value("nguon")):
            missing.append(row.key)
            lines += [f"{MISSING}: {row.hint}. Ví dụ: {row.example}", *_choices(row, vocabularies), f"{row.key}:"]
    lines += ["# Khi đã điền xong, đổi trang_thai thành cong-khai.", "---", ""]
    body = imported.body if imported.body and not is_long else "\n\n".join(f"## {part}" for part in PARTS)
    year = _year(imported, today)
    folder = f"policies/{place.folder}" + ("" if place.folder == UNSORTED else f"/{year}")
    text = "\n".join([*lines, body]) + "\n"
    return Draft(f"{folder}/{entry_id}.md", nfc(text), nfc(imported.body) + "\n" if is_long else "", tuple(missing))


def _is_long(body: str) -> bool:
    return len(body) > _LONG or len(re.findall(r"^#+ Điều \d", body, re.M)) >= _MANY_ARTICLES


def _given(imported: Imported, original: Original | None, today: date, *, is_long: bool) -> dict[str, list[str]]:
    given = {
        "trang_thai": ["# bản nháp: chưa đăng", "trang_thai: ban-nhap"],
        "ngay_dang": ["# ngày lập bản nháp; sửa thành ngày đăng thật", f"ngay_dang: {format_date(today)}"],
    }
    given |= {found.key: _key(BY_KEY[found.key], found) for found in imported.fields}
    if original is None:
        return given
    given["tep"] = [
        f"# tệp gốc, chép nguyên từng byte; SHA-256: {original.sha256}",
        "tep:",
        f"  - ten: {quoted(_called(imported, original))}",
        f"    tep: {original.name}",
        f"    loai: {original.kind}",
    ]
    if is_long:
        given["toan_van"] = [
            "# bản chữ dài nên để ở tệp riêng, đọc trên trang toàn văn",
            "toan_van:",
            f"  tep: {FULL_TEXT}",
            f"  day_du: {'co' if imported.is_whole else 'khong'}",
            f"  nguon: {quoted(f'{original.called} của đơn vị')}",
        ]
    return given


def _choices(row: Field, vocabularies: Vocabularies) -> list[str]:
    """The ids to choose from, where they are few."""
    named = {"linh_vuc": tuple(vocabularies.fields), "doi_tuong": tuple(vocabularies.audiences)}.get(row.key)
    return [f"# chọn trong: {', '.join(named)}"] if named else []


def _called(imported: Imported, original: Original) -> str:
    number = imported.value("so_ky_hieu")
    return f"Văn bản số {number} ({original.called})" if number else f"Văn bản ({original.called})"


def _key(row: Field, found: Found) -> list[str]:
    said = f"# {found.certainty.value}: {found.place}"
    if isinstance(found.value, str):
        return [said, f"{row.key}: {quoted(found.value)}"]
    return [said, f"{row.key}:", *(f"  - {quoted(value)}" for value in found.value)]


def _year(imported: Imported, today: date) -> int:
    issued = imported.value("ngay_ban_hanh")
    try:
        return parse_date(issued).year if isinstance(issued, str) else today.year
    except InvalidDate:
        return today.year


def spoken(keys: Iterable[str]) -> list[str]:
    """The keys with where to write what: «Lĩnh vực: ghi ở dòng linh_vuc, ví dụ [dau-thau]»."""
    return [f"{BY_KEY[key].label}: ghi ở dòng {key}, ví dụ {BY_KEY[key].example}" for key in keys]


def labels(keys: Iterable[str]) -> list[str]:
    """The keys as a clerk is told of them: «tieu_de (Tiêu đề)»."""
    return [f"{key} ({BY_KEY[key].label})" for key in keys]
