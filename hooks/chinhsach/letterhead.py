"""A sheet in, the keys that head, title and closing tell out (NĐ 30/2020 Phụ lục I); what is unsure stays empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from . import numbers
from .dates import InvalidDate, format_date, parse_date
from .imported import Certainty, Found, Sheet
from .numbers import DocumentNumber, InvalidNumber
from .text import fold, one_line
from .vocabulary import DocumentType, Vocabularies

_NUMBER_LINE = re.compile(r"(?:(?P<law>luật|bộ luật|pháp lệnh|lệnh|nghị quyết)\s+)?số\s*[:.]?\s*(?P<number>.*)", re.I)
_SUBJECT_LINE = re.compile(r"v/v\s*:?\s*", re.I)
_DAY = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})(?!\d)", re.I)
_DRAFT = re.compile(r"\(?\s*dự thảo(\s+lần\s+(thứ\s+)?\S+)?\s*\)?[.:]?", re.I)
_ASIDE = re.compile(r"(hỏa tốc|hoả tốc|thượng khẩn|khẩn|mật|tối mật|tuyệt mật|lưu hành nội bộ|bản sao|sao y)\b.*", re.I)
_PROVINCE = re.compile(r"\b(tỉnh|thành phố)\s+.+", re.I)
_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q)\.\s*(.*)", re.S)
_SIGNED = re.compile(r"[(\[]?\s*(đã ký|ký tên|chữ ký|ký số|đã ký số).*", re.I)
_NAME = re.compile(r"[^\W\d_]+(?:[ .-]+[^\W\d_]+){1,6}")
_DEGREE = re.compile(r"(?:(?:GS|PGS|TS|ThS|CN|KS|BS)\.?\s*)+(?=[A-ZĐÀ-Ỹ])")
_GIVER = re.compile(
    r"(BỘ TRƯỞNG|THỦ TƯỚNG|CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CỤC TRƯỞNG|HỘI ĐỒNG|[UỦ]Y BAN|UỶ BAN"
    r"|CHÍNH PHỦ|QUỐC HỘI|BỘ|SỞ|VIỆN|TỔNG KIỂM TOÁN|CHÁNH)\b"
)
_OFFICES = (
    "Thủ tướng", "Phó Thủ tướng", "Bộ trưởng", "Thứ trưởng", "Chủ tịch", "Phó Chủ tịch", "Tổng Giám đốc", "Giám đốc",
    "Phó Tổng Giám đốc", "Phó Giám đốc", "Quyền Giám đốc", "Chánh Văn phòng", "Phó Chánh Văn phòng", "Chánh Thanh tra",
    "Phó Chánh Thanh tra", "Trưởng phòng", "Phó Trưởng phòng", "Trưởng ban", "Phó Trưởng ban", "Cục trưởng",
    "Phó Cục trưởng", "Chi cục trưởng", "Phó Chi cục trưởng", "Chủ nhiệm", "Phó Chủ nhiệm", "Bí thư", "Phó Bí thư",
    "Hiệu trưởng", "Viện trưởng", "Phó Viện trưởng", "Vụ trưởng", "Phó Vụ trưởng", "Tổng Cục trưởng", "Chủ tịch nước",
    "Chánh án", "Tổng Kiểm toán", "Quyền Chủ tịch", "Chủ tịch Quốc hội", "Phó Chủ tịch Thường trực",
    "Phó Giám đốc Thường trực",
)  # fmt: skip
_OFFICE_BY_FOLD = {fold(name): name for name in _OFFICES}


_NO_HEAD = "không thấy «CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM» ở đầu tệp nên không đọc số, ngày, cơ quan, trích yếu"


class Reading(NamedTuple):
    """The keys found, each once, and sentences on what was seen but not taken."""

    fields: tuple[Found, ...]
    notes: tuple[str, ...]


def read(sheet: Sheet, vocabularies: Vocabularies) -> Reading:
    """Judge a sheet. A head without the national title gives nothing of the head."""
    notes: list[str] = []
    fields: list[Found] = []
    head = [*sheet.left, *sheet.right]
    number = issued = None
    if head:
        number = _number(sheet.left, notes)
        issued = _issued(sheet, notes)
        fields += [_found("so_ky_hieu", str(number), "dòng «Số»")] if number else []
        fields += [_found("ngay_ban_hanh", format_date(issued), "dòng địa danh, ngày tháng")] if issued else []
        fields += _issuer(sheet, vocabularies, issued, number, notes)
        fields += _type(sheet, number, vocabularies, notes)
        fields += _subject(sheet)
        if any(_DRAFT.fullmatch(line) for line in (*head, *sheet.title)):
            fields.append(Found("giai_doan", "xay-dung", Certainty.WORKED_OUT, "có dòng «DỰ THẢO»"))
    else:
        notes.append(_NO_HEAD)
    fields += _signature(sheet.signature)
    recipients = tuple(_recipients(sheet.recipients))
    if recipients:
        fields.append(Found("noi_nhan", recipients, Certainty.READ, "mục «Nơi nhận»"))
    return Reading(tuple(fields), tuple(notes))


def _found(key: str, value: str, place: str) -> Found:
    return Found(key, value, Certainty.READ, place)


def _number(left: Sequence[str], notes: list[str]) -> DocumentNumber | None:
    """The number as printed; None for a blank one («Số:      /2026/QĐ-UBND») and for one that is none."""
    for line in left:
        said = _NUMBER_LINE.fullmatch(line)
        if said is None or not said["number"]:
            continue
        printed = numbers.clean(said["number"])
        try:
            return numbers.parse(printed)
        except InvalidNumber as wrong:
            hint = f"; có thể là {wrong.suggestion}" if wrong.suggestion else ""
            notes.append(f"dòng số ghi «{line}», chưa đọc được thành số ký hiệu: {wrong.reason}{hint}")
            return None
    return None


def _issued(sheet: Sheet, notes: list[str]) -> date | None:
    """The day of the place-and-day line, whole or not at all; below the title where laws have it."""
    for line in (*sheet.right, *sheet.left):
        if said := _DAY.search(line):
            try:
                return parse_date(f"{said[1]}/{said[2]}/{said[3]}")
            except InvalidDate as wrong:
                notes.append(f"dòng ngày ghi «{line}»: {wrong.reason}")
                return None
    return None


def _issuer_lines(left: Sequence[str]) -> list[str]:
    lines: list[str] = []
    for line in left:
        if _NUMBER_LINE.match(line) or _SUBJECT_LINE.match(line):
            break
        if not _DRAFT.fullmatch(line) and not _ASIDE.fullmatch(line):
            lines.append(line)
    return lines


def _issuer(
    sheet: Sheet, vocabularies: Vocabularies, issued: date | None, number: DocumentNumber | None, notes: list[str]
) -> list[Found]:
    """The lowest body of the left head block that the vocabulary knows whole; all bodies of a joint document."""
    lines = _issuer_lines(sheet.left)
    is_joint = number is not None and number.type in numbers.JOINT_TYPES
    ids = _joint(lines, vocabularies) if is_joint else _lowest(lines, vocabularies)
    if ids:
        names = tuple(vocabularies.issuers[issuer].name_on(issued) for issuer in ids)
        value = names[0] if len(names) == 1 else names
        return [Found("co_quan_ban_hanh", value, Certainty.READ, "khối bên trái, trên dòng «Số»")]
    if lines:
        notes.append(f"cơ quan ban hành in là «{' / '.join(lines)}», chưa có trong danh mục cơ quan")
    return []


def _lowest(lines: Sequence[str], vocabularies: Vocabularies) -> tuple[str, ...]:
    for count in range(1, len(lines) + 1):
        for name in _with_province(" ".join(lines[-count:]), " ".join(lines[:-count])):
            if ids := vocabularies.find_issuers(name):
                return ids
    return ()


def _joint(lines: Sequence[str], vocabularies: Vocabularies) -> tuple[str, ...]:
    """The bodies of a joint document, one a line or with dashes between; nothing where one of them is not known."""
    if ids := vocabularies.find_issuers(" ".join(lines)):
        return ids
    named = [name for line in lines for name in re.split(r"\s+[-–—]\s+", line.strip(" -–—")) if name]
    found = [vocabularies.find_issuers(name) for name in named]
    return tuple(issuer for ids in found for issuer in ids) if all(found) else ()


def _with_province(own: str, above: str) -> Iterator[str]:
    """The name with the province that its parent's line prints, then the name alone."""
    if (province := _PROVINCE.search(above)) and not _PROVINCE.search(own):
        yield f"{own} {province[0]}"
    yield own


def _type(sheet: Sheet, number: DocumentNumber | None, vocabularies: Vocabularies, notes: list[str]) -> list[Found]:
    printed = next((line for line in sheet.title if not _DRAFT.fullmatch(line)), "")
    if not printed:
        if any(_SUBJECT_LINE.match(line) for line in sheet.left) and (number is None or not number.type):
            return [_found("loai", "cong-van", "có «V/v» dưới số, không có tên loại")]
        return []
    candidates = [t for t in vocabularies.types.values() if fold(printed) in (fold(t.short_name), fold(t.name))]
    if len(candidates) > 1 and number is not None:
        candidates = [t for t in candidates if _fits(t, number)]
        if len(candidates) > 1:
            candidates = _by_issuer(candidates, sheet)
    if len(candidates) == 1:
        return [_found("loai", candidates[0].id, f"tên loại «{printed}»")]
    if candidates:
        listed = ", ".join(t.id for t in candidates)
        notes.append(f"tên loại in là «{printed}»; chọn một trong: {listed}")
    return []


def _fits(kind: DocumentType, number: DocumentNumber) -> bool:
    """Whether a number looks as the type's numbers do."""
    if not kind.number_pattern:
        return False
    pattern = re.escape(kind.number_pattern).replace(r"\{so\}", r"[\d.]+[a-e]?").replace(r"\{nam\}", r"\d{4}")
    pattern = pattern.replace(r"\{khoa\}", r"\d+").replace(r"\{viet_tat\}", re.escape(kind.abbreviation))
    return re.fullmatch(re.sub(r"\\\{\w+\\\}", ".+", pattern), number.text) is not None


def _by_issuer(candidates: list[DocumentType], sheet: Sheet) -> list[DocumentType]:
    """Of a province's and a commune's type, the one whose level the left head block prints."""
    left = fold(" ".join(_issuer_lines(sheet.left)))
    is_commune = re.search(r"\b(xa|phuong|dac khu)\b", left) is not None
    wanted = "-xa" if is_commune else "-tinh"
    return [kind for kind in candidates if kind.id.endswith(wanted)]


def _subject(sheet: Sheet) -> list[Found]:
    """«V/v …» under the number, or the lines under the type's name up to whom the document names as its giver."""
    for place, line in enumerate(sheet.left):
        if _SUBJECT_LINE.match(line):
            rest = [part for part in sheet.left[place + 1 :] if not (_DRAFT.fullmatch(part) or _ASIDE.fullmatch(part))]
            text = _SUBJECT_LINE.sub("", " ".join((line, *rest)), count=1)
            return [_found("trich_yeu", text, "«V/v» dưới số")] if len(text) >= 3 else []
    lines = [line for line in sheet.title if not _DRAFT.fullmatch(line)][1:]
    said: list[str] = []
    for line in lines:
        if line.isupper() and said and _GIVER.match(line):
            break
        said.append(line)
    text = _SUBJECT_LINE.sub("", one_line(" ".join(said)), count=1)
    return [_found("trich_yeu", text, "các dòng dưới tên loại")] if len(text) >= 3 else []


def _signature(lines: Sequence[str]) -> list[Found]:
    """«KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / … / name»: authority, office, name; the name only where it can be no office."""
    place = "khối chữ ký"
    authorities: list[str] = []
    office = ""
    name = ""
    for line in lines:
        if _SIGNED.fullmatch(line):
            continue
        if prefix := _AUTHORITY.fullmatch(line):
            authorities.append(f"{prefix[1]}.")
            if prefix[1] == "Q":
                office = _office(prefix[2]) or office
        elif known := _office(line):
            office = known
        elif line.isupper() and not authorities and not office:
            continue
        elif _is_name(line):
            name = line
    if not (authorities or office):
        return []
    found = [("nguoi_ky", name), ("chuc_vu", office), ("quyen_han", " ".join(dict.fromkeys(authorities)))]
    return [_found(key, value, place) for key, value in found if value]


def _office(line: str) -> str:
    """An office as it is written in running text, "" for anything else: «PHÓ GIÁM ĐỐC» → «Phó Giám đốc»."""
    text = one_line(line)
    if known := _OFFICE_BY_FOLD.get(fold(text)):
        return known
    for known_fold, known in sorted(_OFFICE_BY_FOLD.items(), key=lambda pair: -len(pair[0])):
        if fold(text).startswith(known_fold + " ") and text.isupper():
            rest = text[len(known) :].strip()
            return f"{known} {rest.capitalize() if rest.isupper() else rest}"
    return ""


def _is_name(line: str) -> bool:
    bare = _DEGREE.sub("", line)
    words = bare.split()
    return (
        _NAME.fullmatch(bare) is not None
        and 2 <= len(words) <= 6
        and all(word[0].isupper() for word in words)
        and not bare.isupper()
    )


def _recipients(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        text = re.sub(r"^\s*nơi nhận\s*:?\s*", "", line, flags=re.I)
        text = re.sub(r"^[-–+•*]\s*", "", text).strip().rstrip(";.").strip()
        if text:
            yield text
