"""Plain text (or sanitised HTML) in, the documents that it cites out: number, day, article. Nothing is looked up here.

A citation is a document number, or a law's name with its day or year. A law's bare name, «Luật này» and
«Điều 5 Thông tư này» are none: they name no certain document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .fulltext import letter_slug
from .numbers import LAST_YEAR, DocumentNumber, InvalidNumber
from .numbers import parse as parse_number


class Place(NamedTuple):
    """«Điểm a Khoản 2 Điều 5» where it is printed, and the addresses that it names in a full text."""

    start: int
    end: int
    anchors: tuple[str, ...]


class Citation(NamedTuple):
    """One document named in a text: where, and what is printed of it.

    `start` to `end` is the number with the word before it («Nghị định số 30/2020/NĐ-CP»), or the law's name.
    Without a number there is a `name` and a day or a year.
    """

    start: int
    end: int
    kind: str
    """The word for its type as printed («Nghị định»), or empty."""
    number: DocumentNumber | None
    name: str
    day: date | None
    year: int | None
    issuer: str
    """What stands after «của», uncut: a body's name may be its beginning."""
    places: tuple[Place, ...]
    line: int = 0
    """The line of the text that it stands on, from 1; 0 where nobody asked."""

    @property
    def anchors(self) -> tuple[str, ...]:
        """The addresses of all its articles, in order."""
        return tuple(anchor for place in self.places for anchor in place.anchors)

    @property
    def printed(self) -> str:
        """The number or the name as printed."""
        return self.number.text if self.number else f"{self.kind} {self.name}"


_PART = r"[A-ZĂÂĐÊÔƠƯ][a-z]?(?:&(?:amp;)?(?=[A-ZĐ])|[A-ZĂÂĐÊÔƠƯ0-9][a-z]?)*"
_CANDIDATE = re.compile(
    # «30/2020/NĐ-CP», «07/CT-TTg», «66-NQ/TW», and with stray spaces: «45 / 2019 / NĐ - CP».
    r"(?<![\w/.,-])(?P<number>[0-9]{1,6}(?:\.[0-9]{1,3})?[a-eA-E]?)\s?"
    r"(?:/\s?(?P<year>(?:19|20)[0-9]{2})\s?)?(?P<separator>[/-])\s?"
    rf"(?P<symbol>{_PART}(?:(?:[-/]|\s?[-–]\s?(?=[A-ZĐ])){_PART})*)(?![\w/])"
)
_KINDS = (
    "Thông tư liên tịch|Nghị quyết liên tịch|Văn bản hợp nhất|Nghị định|Thông tư|Quyết định|Nghị quyết|Luật|Bộ luật"
    "|Pháp lệnh|Chỉ thị|Công văn|Công điện|Tờ trình|Báo cáo thẩm tra|Báo cáo|Kế hoạch|Chương trình|Thông báo|Kết luận"
    "|Hướng dẫn|Quy định|Lệnh|Văn bản"
)
_KIND_BEFORE = re.compile(rf"(?<!\w)(?P<kind>(?i:{_KINDS}))\s+(?:(?i:số)\s*:?\s*)?$")
_NAMED_BEFORE = re.compile(
    r"(?P<kind>Bộ [Ll]uật|Luật|Pháp lệnh)\s"
    r"(?P<name>(?:(?!Luật|\b(?:này|số|Nghị định|Thông tư)\b)[^;:()<>\n“”\"]){2,160}?),?\s+số\s+$"
)
# «Luật sửa đổi, bổ sung một số điều của Luật A, Luật B số …»: the number is not B's.
_AMENDMENT = re.compile(r"Luật\s+(?i:sửa đổi)[^;:.]*$")
_NUMBER_WORD = re.compile(r"(?i:số)\s*:?\s*$")
_DAY = (
    r"ngày\s+(?:(?P<d>[0-9]{1,2})\s?[/.-]\s?(?P<m>[0-9]{1,2})\s?[/.-]\s?(?P<y>[0-9]{4})"
    r"|(?P<d2>[0-9]{1,2})\s+tháng\s+(?P<m2>[0-9]{1,2})\s+năm\s+(?P<y2>[0-9]{4}))"
)
_DAY_AFTER = re.compile(rf"\s*,?\s*(?:ký\s+)?{_DAY}")
_ISSUER_AFTER = re.compile(r"\s+của\s+([^;.()<>\n“”\"]{3,120})")
_LAW = re.compile(
    r"(?<!\w)(?P<kind>Bộ luật|Bộ Luật|Luật|Pháp lệnh|Hiến pháp)\s+(?!này|số\b)"
    rf"(?P<name>[^;:()<>\n“”\"0-9]{{2,200}}?)\s+(?:{_DAY}|năm\s+(?P<year>(?:19|20)[0-9]{{2}})(?![0-9]))"
)
_LAW_WORD = re.compile(r"[LBPH](?:uật|ộ [lL]uật|háp lệnh|iến pháp)\s")  # scanning for this alone takes a quarter
# Words of a sentence, not of a law's name: «Luật này có hiệu lực từ ngày …».
_NO_NAME = re.compile(
    r"\b(?:này|đó|từ|được|đến|trước|sau|kể|hiệu lực|quy định|hiện hành|thông qua|khi|nếu|là|thì|phải|và các|do)\b"
)

_LIST = r"(?:\s*,\s*|\s+và\s+|\s+hoặc\s+|\s+đến\s+)"
_POINTS = rf"(?i:điểm)\s+(?P<points>[a-zđ][0-9]?(?:{_LIST}(?:điểm\s+)?[a-zđ][0-9]?(?!\w))*)(?!\w)"
_CLAUSES = rf"(?i:khoản)\s+(?P<clauses>[0-9]{{1,3}}[a-zđ]?(?:{_LIST}(?:khoản\s+)?[0-9]{{1,3}}[a-zđ]?)*)(?!\w)"
_ARTICLES = rf"(?i:điều)\s+(?P<articles>[0-9]{{1,3}}[a-zđ]?(?:{_LIST}[0-9]{{1,3}}[a-zđ]?(?![\w]))*)(?!\w)"
# What stands before the next article belongs to that one: «Điều 11, khoản 2 Điều 13».
_NEXT = re.sub(r"\?P<\w+>", "?:", rf"(?:(?:{_POINTS},?\s+)?{_CLAUSES}|{_POINTS}),?\s+(?:của\s+)?(?:các\s+)?(?i:điều)\s")
_PLACE = re.compile(
    rf"(?<!\w)(?:(?:các\s+)?{_POINTS},?\s+)?(?:(?:các\s+)?{_CLAUSES},?\s+)?(?:của\s+)?(?:các\s+)?{_ARTICLES}"
    rf"(?:,?\s+(?!{_NEXT}){_CLAUSES.replace('clauses', 'clauses_after')})?"
    rf"(?:,?\s+(?!{_NEXT}){_POINTS.replace('points', 'points_after')})?"
)
_BETWEEN_PLACES = re.compile(r"\s*(?:,|;)?\s*(?:và|hoặc|đến)?\s*(?:tại\s+|từ\s+)?")
_AFTER_PLACE = re.compile(r"\s*,?\s*(?:của\s+|tại\s+)?(?:các\s+)?")
_ITEM = re.compile(r"[0-9]{1,3}[a-zđ]?|(?<!\w)[a-zđ][0-9]?(?!\w)")
_LOOK_BACK = 280


def find(text: str, *, count_lines: bool = False) -> list[Citation]:
    """Every citation of a text in order. Tags are borders: no citation reaches over a «<»."""
    found = sorted([*_numbers(text), *_laws(text)], key=lambda c: c.start)
    ended, result = 0, []
    line, counted = 1, 0
    for citation in found:
        if citation.start < ended:
            continue
        places = _places(text, max(ended, citation.start - _LOOK_BACK), citation.start)
        ended = citation.end
        if count_lines:
            line += text.count("\n", counted, citation.start)
            counted = citation.start
        result.append(citation._replace(places=places, line=line if count_lines else 0))
    return result


def _numbers(text: str) -> Iterator[Citation]:
    for match in _candidates(text):
        number = _read_number(match["number"], match["year"] or "", match["separator"], match["symbol"])
        end = match.end()
        if number is None:  # what stands after a spaced dash may be no part of the number: «30/2020/NĐ-CP – Mẫu A»
            symbol = re.split(r"\s", match["symbol"], maxsplit=1)[0].rstrip("-–")
            number = _read_number(match["number"], match["year"] or "", match["separator"], symbol)
            end = match.start("symbol") + len(symbol)
        if number is None:
            continue
        kind, start = _kind_before(text, match.start())
        day = _DAY_AFTER.match(text, end)
        if number.year is None and not number.type and not day and start == match.start():
            continue  # «12/UBND» alone may be a fraction, a table's column, an address
        issuer = _ISSUER_AFTER.match(text, day.end() if day else end)
        yield Citation(start, end, kind, number, "", _day(day), None, issuer[1] if issuer else "", ())


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """What may be a number: each has a slash, and looking only around slashes takes a fifth of the time."""
    place, ended = text.find("/"), 0
    while place >= 0:
        if text[place - 1] != "<" and _may_be_number(text, place):
            match = _CANDIDATE.search(text, max(ended, place - _BEFORE_SLASH), place + _AFTER_SLASH)
            if match is not None and match.start() < place < match.end():
                ended = match.end()
                yield match
                place = ended - 1
        place = text.find("/", place + 1)


_BEFORE_SLASH, _AFTER_SLASH = 24, 90


def _may_be_number(text: str, slash: int) -> bool:
    """Whether a slash is not that of an address or a day («30/5/2023»)."""
    after = text[slash + 1 : slash + 2]
    if after.isdigit():
        return after in "12" and text.find("/", slash + 5, slash + 7) >= 0
    return not after.islower()


@lru_cache(maxsize=16_384)  # a text cites the same document again and again
def _read_number(number: str, year: str, separator: str, symbol: str) -> DocumentNumber | None:
    tight = re.sub(r"\s", "", symbol.replace("&amp;", "&").replace("–", "-"))
    text = f"{number}{'/' + year if year else ''}{separator}{tight}"
    try:
        return parse_number(text)
    except InvalidNumber as error:
        same = error.suggestion is not None and error.suggestion.lower() == text.lower()
        return parse_number(error.suggestion) if same and error.suggestion else None


def _kind_before(text: str, start: int) -> tuple[str, int]:
    window = text[max(0, start - 40) : start]
    match = _KIND_BEFORE.search(window)
    if match and not (match["kind"][0].islower() and match["kind"] in ("luật", "bộ luật", "lệnh", "pháp lệnh")):
        return match["kind"], start - len(window) + match.start()
    wide = text[max(0, start - 220) : start]
    if "số" in wide[-6:]:
        last = max(wide.rfind("Luật "), wide.rfind("Pháp lệnh "), wide.rfind("Bộ luật "))
        if last >= 0 and not _AMENDMENT.search(wide, 0, last) and (named := _NAMED_BEFORE.match(wide, last)):
            begin = last - 3 if wide[max(0, last - 3) : last] == "Bộ " else last
            return named["kind"], start - len(wide) + begin
        if word := _NUMBER_WORD.search(window):
            return "", start - len(window) + word.start()
    return "", start


def _laws(text: str) -> Iterator[Citation]:
    ended = 0
    for word in _LAW_WORD.finditer(text):
        match = _LAW.match(text, word.start()) if word.start() >= ended else None
        if match is None:
            continue
        ended = match.end()
        start, kind, name = match.start(), match["kind"], match["name"]
        inner = max(name.rfind(" Luật "), name.rfind(" Bộ luật "))
        if inner >= 0 and not name.lower().startswith("sửa đổi"):
            start, name, kind = match.start("name") + inner + 1, name[inner + 1 :].partition("uật ")[2], "Luật"
        name = name.rstrip(" ,")
        if not name or _NO_NAME.search(name) or name.endswith(" của"):
            continue
        day = _day(match)
        if day is None and match["year"] is None:
            continue
        year = int(match["year"]) if match["year"] else None
        end = start + len(text[start : match.end("name")].rstrip(" ,"))
        yield Citation(start, end, kind, None, name, day, year, "", ())


def _day(match: re.Match[str] | None) -> date | None:
    if match is None or (match["d"] is None and match["d2"] is None):
        return None
    parts = match.group("y", "m", "d") if match["d"] else match.group("y2", "m2", "d2")
    try:
        day = date(*(int(part) for part in parts))
    except ValueError:
        return None
    return day if day.year <= LAST_YEAR else None


def _places(text: str, start: int, end: int) -> tuple[Place, ...]:
    """The articles that stand right before a citation: «khoản 2 Điều 13, Điều 22 và Điều 25 » + «Nghị định số …»."""
    window = text[start:end]
    if "iều " not in window:
        return ()
    chain: list[Place] = []
    for match in _PLACE.finditer(window):
        if chain and not _BETWEEN_PLACES.fullmatch(window, chain[-1].end - start, match.start()):
            chain = []
        chain.append(Place(start + match.start(), start + match.end(), _anchors(match)))
    if not chain or not _AFTER_PLACE.fullmatch(window, chain[-1].end - start):
        return ()
    return tuple(chain)


def _anchors(match: re.Match[str]) -> tuple[str, ...]:
    """Several articles, or one with its clause and point where there is one of each."""
    articles = [f"dieu-{letter_slug(item)}" for item in _ITEM.findall(match["articles"])]
    clauses = _ITEM.findall(match["clauses"] or match["clauses_after"] or "")
    points = _ITEM.findall(match["points"] or match["points_after"] or "")
    if len(articles) > 1 or len(clauses) > 1:
        return tuple(articles)
    anchor = articles[0] + (f"-khoan-{letter_slug(clauses[0])}" if clauses else "")
    return (anchor + (f"-diem-{letter_slug(points[0])}" if len(points) == 1 else ""),)
