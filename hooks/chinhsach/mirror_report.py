"""The comparison with a mirror in, what people and programs read of it out: text, JSON, CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from . import mirror
from .dates import VN, format_date, rfc3339
from .mirror import Reading, Row
from .outputs.data import safe_cell
from .text import clean, excerpt, one_line

WORDS: Mapping[str, str] = {
    mirror.STILL_SHOWN: "cổng còn hiện tin đã gỡ như tin thường",
    mirror.STALE: "cổng còn giữ bản cũ",
    mirror.WRONG_TITLE: "tiêu đề trên cổng không phải của Sở",
    mirror.WRONG_LINK: "liên kết trên cổng không dẫn về tin của Sở",
    mirror.FOREIGN: "cổng hiện tin không có trong sổ",
    mirror.DOUBLED: "cổng hiện tin hai lần",
    mirror.MISSING: "cổng thiếu tin",
    mirror.OWN_PAGE: "tin có trang riêng trên cổng",
    mirror.OUTSIDE: "tin nằm ngoài cửa sổ của nguồn tin, cổng không buộc phải có",
}


@dataclass(frozen=True, slots=True)
class Result:
    """A finished comparison: what was compared with what, when, and the rows.

    `knows_links`: our own address was known, so links were judged.
    """

    source: str
    ledger: str
    now: datetime
    reading: Reading
    entries: int
    knows_links: bool
    rows: Sequence[Row]

    @property
    def differs(self) -> bool:
        """Whether anything is to be mended."""
        return any(row.is_fault for row in self.rows)


def as_text(result: Result) -> str:
    """For people: each difference with what the mirror shows, then the count; entries outside the window by id."""
    kind = "nguồn tin" if result.reading.is_feed else "trang web"
    lines = [f"Đối chiếu {kind} «{_safe(result.source)}» với {_safe(result.ledger)}.", ""]
    if not result.reading.rows:
        lines += ["Không đọc thấy dòng tin nào: có thể tệp hỏng, hoặc trang chỉ hiện tin bằng mã lệnh.", ""]
    if result.reading.is_cut:
        lines += ["Nguồn tin bị đứt giữa chừng nên chữ «thiếu» ở dưới có thể không đúng; hãy tải lại rồi so lại.", ""]
    if not result.reading.is_whole:
        lines += [f"Cổng có nhiều dòng hơn; chỉ đọc {mirror.MOST_ROWS} dòng đầu.", ""]
    if not result.knows_links:
        lines += ["Không biết địa chỉ trang của Sở nên không xét liên kết; hãy thêm --dia-chi-trang.", ""]
    for row in sorted((r for r in result.rows if r.is_fault), key=_harm):
        lines += [*_told(row), ""]
    outside = [row.line.id for row in result.rows if row.line and mirror.OUTSIDE in row.codes]
    if outside:
        lines += [f"lưu ý[{mirror.OUTSIDE}]: {len(outside)} {WORDS[mirror.OUTSIDE]}: {', '.join(outside)}", ""]
    own_pages = sum(mirror.OWN_PAGE in row.codes for row in result.rows)
    if own_pages:
        lines += [f"lưu ý[{mirror.OWN_PAGE}]: {own_pages} {WORDS[mirror.OWN_PAGE]}", ""]
    return "\n".join([*lines, *_delays(result), summary(result)]) + "\n"


def _harm(row: Row) -> int:
    return min(place for place, code in enumerate(mirror.FAULTS) if code in row.codes)


def _told(row: Row) -> list[str]:
    name = row.line.id if row.line else f"dòng {row.shown.place}" if row.shown else ""
    faults = [code for code in mirror.FAULTS if code in row.codes]
    told = [f"lỗi[{code}] {name}: {WORDS[code]}" for code in faults]
    if row.line:
        told.append(f"    của Sở: «{_safe(row.line.title)}», sửa lần cuối {_day(row.line.updated)}")
    if row.shown:
        at = f", ngày {_day(row.shown.published)}" if row.shown.published else ""
        told.append(f"    trên cổng: dòng {row.shown.place}, «{_safe(row.shown.title)}»{at}")
        if row.shown.link:
            told.append(f"    liên kết: {_safe(row.shown.link)}")
    if row.since is not None:
        told.append(f"    đã {row.since} ngày làm việc từ lần sửa cuối")
    if row.delay is not None:
        told.append(f"    cổng đăng sau Sở {row.delay} ngày làm việc")
    return told + [f"    {note}" for note in row.notes]


def _delays(result: Result) -> list[str]:
    delays = [row.delay for row in result.rows if row.delay is not None and mirror.DOUBLED not in row.codes]
    if not delays:
        return []
    mean = f"{sum(delays) / len(delays):.1f}".replace(".", ",")
    return [f"Độ trễ đăng ({len(delays)} tin có ngày): trung bình {mean}, lâu nhất {max(delays)} ngày làm việc."]


def summary(result: Result) -> str:
    """The closing line: how many rows and entries there are, and how many differences of each kind."""
    totals = mirror.count(result.rows)
    found = ", ".join(f"{code} {totals[code]}" for code in mirror.FAULTS if code in totals)
    verdict = f"khác: {found}" if found else "không thấy chỗ nào khác"
    return f"Cổng có {len(result.reading.rows)} dòng, sổ có {result.entries} tin; {verdict}."


def as_json(result: Result) -> str:
    """For programs: one object with the totals and every row, those without difference too."""
    return json.dumps(
        {
            "cong": _whole(result.source),
            "so": _whole(result.ledger),
            "luc": rfc3339(result.now),
            "tong": mirror.count(result.rows),
            "dong": [_record(row) for row in result.rows],
        },
        ensure_ascii=False,
        indent=1,
    ) + "\n"  # fmt: skip


def as_csv(result: Result) -> str:
    """For spreadsheets: a line for each row, UTF-8 with byte order mark, no cell that would run as a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(_KEYS)
    for row in result.rows:
        record = _record(row)
        writer.writerow([safe_cell(_cell(record[key])) for key in _KEYS])
    return "\ufeff" + buffer.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "co" if value else "khong"
    return "" if value is None else str(value)


def _record(row: Row) -> dict[str, object]:
    line, shown = row.line, row.shown
    return {
        "ket_qua": list(row.codes),
        "ma": line.id if line else None,
        "guid": line.guid if line else None,
        "tieu_de": line.title if line else None,
        "ngay_dang": rfc3339(line.published) if line else None,
        "ngay_sua": rfc3339(line.updated) if line else None,
        "dong_cong": shown.place if shown else None,
        "tieu_de_cong": _whole(shown.title) if shown else None,
        "lien_ket_cong": _whole(shown.link) if shown else None,
        "ngay_cong": rfc3339(shown.published) if shown and shown.published else None,
        "khop_theo": row.matched_by or None,
        "trong_cua_so": row.in_window if line else None,
        "cham_dang": row.delay,
        "cham_sua": row.since,
        "ghi_chu": list(row.notes),
    }


_KEYS = tuple(_record(Row((), None, None)))


def _day(moment: datetime) -> str:
    return format_date(moment.astimezone(VN).date())


def _whole(text: str) -> str:
    return one_line(clean(text.encode("utf-8", "replace").decode()))


def _safe(text: str) -> str:
    return excerpt(_whole(text), 160)


FORMATS: Mapping[str, Callable[[Result], str]] = {"van-ban": as_text, "json": as_json, "csv": as_csv}
