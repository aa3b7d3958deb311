"""Two ledgers in, what a release adds, changes, removes, puts back, loses and touches out, with what forbids it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from .dates import format_date
from .ledger import EntryData, Ledger, Line, Site
from .problems import Problem, Severity, Words, in_order
from .rules.base import Rule, Values
from .text import excerpt
from .vocabulary import RelationType

MOST_DAYS_BACK = 7
"""How many days before now a new entry may be dated. It is the contract's (DESIGN §6), so no vocabulary sets it."""
_UNCHANGED = "khong-doi"


class Group(Enum):
    """What a release does with an entry, as the report heads it."""

    ADDED = "Thêm"
    CHANGED = "Sửa"
    REMOVED = "Gỡ"
    RESTORED = "Đăng lại"
    LOST = "Mất"
    TOUCHED = "Chạm đơn vị khác"


_GROUP_IDS = {
    Group.ADDED: "them",
    Group.CHANGED: "sua",
    Group.REMOVED: "go",
    Group.RESTORED: "dang-lai",
    Group.LOST: "mat",
    Group.TOUCHED: "cham-don-vi-khac",
}


class Row(NamedTuple):
    """An entry in a group, and what there is to say of it."""

    group: Group
    line: Line
    detail: str


class Due(NamedTuple):
    """An entry of the project whose time has come: public, `ngay_dang` reached."""

    id: str
    published: datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a release does. `limits`: sentences on what could not be looked at."""

    old: Ledger
    new: Ledger
    is_first: bool
    limits: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether the release must not go out as it is."""
        return any(problem.is_error for problem in self.problems)


def compare(
    old: Ledger,
    new: Ledger,
    now: datetime,
    site: Site | None = None,
    relations: Mapping[str, RelationType] | None = None,
    due: Iterable[Due] = (),
) -> Comparison:
    """Compare two releases; an old ledger without entries makes this the first one.

    `site`: the built site of the new ledger, which alone shows redirects and logs; `relations`: the vocabulary;
    `due`: the entries that a release made now would have, so that one whose time has passed is missed.
    Raises LedgerError when the site is not the one of the ledger.
    """
    seen = _Pair(old, new, now, site, relations or {})
    rows = [*_rows(seen), *(Row(Group.TOUCHED, line, detail) for line, detail in dict.fromkeys(_touched(seen)))]
    problems = in_order(
        Problem(new.name, 1, 1, code, RULES[code].severity, RULES[code].explain(values))
        for code, values in (*_faults(seen), *_overdue(seen, due))
    )
    order = list(Group)
    rows.sort(key=lambda row: (order.index(row.group), row.line.id))
    return Comparison(old, new, seen.is_first, tuple(_limits(seen, relations)), tuple(rows), tuple(problems))


class _Pair:
    """Two releases with their indexes."""

    def __init__(
        self, old: Ledger, new: Ledger, now: datetime, site: Site | None, relations: Mapping[str, RelationType]
    ) -> None:
        self.now, self.site, self.relations = now, site, relations
        self.old, self.new = old, new
        self.before = {line.id: line for line in old.lines}
        self.after = {line.id: line for line in new.lines}
        self.is_first = not old.lines
        self.added = [line for line in new.lines if line.id not in self.before]
        self.lost = [line for line in old.lines if line.id not in self.after]
        self.kept = [(self.before[line.id], line) for line in new.lines if line.id in self.before]
        self._numbers: dict[str, list[Line]] | None = None

    def with_number(self, number: str, site: Site) -> list[Line]:
        """The entries about documents with this number."""
        if self._numbers is None:
            self._numbers = {}
            for line in self.new.lines:
                self._numbers.setdefault(site.entry(line).number, []).append(line)
        return self._numbers.get(number, [])


def _limits(seen: _Pair, relations: Mapping[str, RelationType] | None) -> Iterator[str]:
    if seen.site is None:
        yield (
            "Không có trang đã dựng bên cạnh sổ mới: không xem được trang chuyển hướng, dòng thay_doi và quan hệ giữa "
            "các tin; ghi --trang <thư mục> để xem."
        )
    elif relations is None:
        yield "Lệnh chạy ngoài thư mục dự án, không có danh mục quan hệ: không xét tin này làm đổi hiệu lực tin kia."


# Rows


def _rows(seen: _Pair) -> Iterator[Row]:
    for line in seen.added:
        state = "; tin đã gỡ" if line.is_withdrawn else ""
        yield Row(Group.ADDED, line, f"{_units(line)}; đăng {format_date(line.published)}{state}")
    for line in seen.lost:
        yield Row(Group.LOST, line, f"{_units(line)}; địa chỉ cũ {line.url}")
    for old, new in seen.kept:
        if old != new:
            group = _group(old, new)
            told = list(_differences(old, new))
            if group is not Group.CHANGED:
                told.insert(0, f"{_units(new)}; cập nhật {_moment(new.updated)}")
            elif not told:
                told.append("nội dung" if old.sha256 != new.sha256 else "thời điểm cập nhật")
            yield Row(group, new, "; ".join(told))


def _group(old: Line, new: Line) -> Group:
    if old.is_withdrawn == new.is_withdrawn:
        return Group.CHANGED
    return Group.REMOVED if new.is_withdrawn else Group.RESTORED


def _differences(old: Line, new: Line) -> Iterator[str]:
    for name, before, after in (
        ("tiêu đề", excerpt(old.title), excerpt(new.title)),
        ("địa chỉ", old.url, new.url),
        ("đơn vị", _units(old), _units(new)),
        ("giai đoạn", old.stage, new.stage),
        ("ngày đăng", format_date(old.published), format_date(new.published)),
        ("guid", excerpt(old.guid), excerpt(new.guid)),
    ):
        if before != after:
            yield f"{name} «{before}» → «{after}»"
    if old.facts != new.facts:
        yield "dữ kiện (số, ngày, cơ quan, loại, trích yếu, quan hệ, tệp)"


def _units(line: Line) -> str:
    return ", ".join(line.units) or "chưa rõ đơn vị"


# What touches other units (DESIGN §1: what an entry does beyond its own page needs the others' consent)


def _touched(seen: _Pair) -> Iterator[tuple[Line, str]]:
    for line in seen.added:
        data = seen.site.entry(line) if seen.site else None
        leads = data.leads if data else line.units
        if len(leads) > 1:
            yield line, f"nhiều đơn vị cùng phụ trách: {', '.join(leads)}"
        if data:
            yield from _reached(line, data, seen)
    for old, new in seen.kept:
        yield from ((new, change) for change in _handed_over(old, new))
        if seen.site and (old.facts, old.status) != (new.facts, new.status):
            yield from _reached(new, seen.site.entry(new), seen)


def _handed_over(old: Line, new: Line) -> Iterator[str]:
    for verb, units in (("thêm", set(new.units) - set(old.units)), ("bớt", set(old.units) - set(new.units))):
        if units:
            yield f"{verb} đơn vị phụ trách: {', '.join(sorted(units))}"


def _reached(actor: Line, data: EntryData, seen: _Pair) -> Iterator[tuple[Line, str]]:
    """Entries of other units whose effect this one changes, or whose earlier address it takes."""
    for said in data.relations:
        kind = seen.relations.get(said.type)
        if kind is None or not _changes_effect(kind, said.scope):
            continue
        known = seen.after.get(said.target)
        targets = [known] if known else seen.with_number(said.target, seen.site) if seen.site else []
        for target in targets:
            if _is_of_others(target, actor):
                yield target, f"hiệu lực tính theo tin {actor.id} ({_units(actor)}): {kind.reverse_name}"
    homes = {line.url.strip("/"): line for line in seen.old.lines}
    for path in data.former_paths:
        holder = homes.get(path.strip("/"))
        if holder is not None and _is_of_others(holder, actor):
            yield holder, f"địa chỉ {holder.url} nay dẫn về tin {actor.id} ({_units(actor)})"


def _changes_effect(kind: RelationType, scope: str) -> bool:
    effects = [kind.effects[scope]] if scope in kind.effects else list(kind.effects.values())
    return any(effect != _UNCHANGED for effect in effects)


def _is_of_others(line: Line, actor: Line) -> bool:
    return line.id != actor.id and bool(set(line.units) - set(actor.units))


# What forbids a release


def _faults(seen: _Pair) -> Iterator[tuple[str, Values]]:
    for line in seen.lost:
        yield "ma-mat", {"ma": line.id, "doi_thanh": _renamed(line, seen)}
    if not seen.is_first:
        for line in seen.added:
            days = (seen.now.date() - line.published.date()).days
            if days > MOST_DAYS_BACK:
                yield "ngay-dang-lui", {"ma": line.id, "ngay": format_date(line.published), "so_ngay": str(days)}
    yield from _changed_guids(seen)
    for old, new in seen.kept:
        if not _is_address_alive(old, new, seen.site):
            yield "dia-chi-mat", {"ma": new.id, "cu": old.url, "moi": new.url, "co_trang": "co" if seen.site else ""}
        missing = _missing_log(old, new, seen)
        if missing:
            yield "du-kien-doi-khong-ghi", {"ma": new.id, "thieu": missing}
        elif new.updated <= old.updated and (old.status, old.title) != (new.status, new.title):
            what = "tiêu đề" if old.status == new.status else "trạng thái"
            yield "doi-khong-bao", {"ma": new.id, "gi": what, "luc": _moment(old.updated)}


def _overdue(seen: _Pair, due: Iterable[Due]) -> Iterator[tuple[str, Values]]:
    for entry in sorted(due):
        if entry.id not in seen.after and entry.published <= seen.now:
            yield "hen-gio-qua-han", {"ma": entry.id, "hen": _moment(entry.published), "luc": _moment(seen.now)}


def _renamed(lost: Line, seen: _Pair) -> str:
    """The new entry about the same facts, under which the lost one may go on; empty when there is none."""
    return next((line.id for line in seen.added if line.facts == lost.facts and not line.is_withdrawn), "")


def _changed_guids(seen: _Pair) -> Iterator[tuple[str, Values]]:
    changed = [(old, new) for old, new in seen.kept if old.guid != new.guid]
    if len(changed) == len(seen.kept) > 1:  # one mistake, one message: the namespace was changed
        yield "guid-doi", {"tin": f"cả {len(changed)} tin đã có", "ca": "co"}
        return
    for old, new in changed:
        yield "guid-doi", {"tin": f"tin «{new.id}»", "cu": excerpt(old.guid), "moi": excerpt(new.guid)}


def _is_address_alive(old: Line, new: Line, site: Site | None) -> bool:
    """Whether the old address still leads to the entry; without the site only an unchanged address is known to."""
    if site is not None:
        return site.leads(old.url, new.url)
    return old.url.strip("/") == new.url.strip("/")


def _missing_log(old: Line, new: Line, seen: _Pair) -> str:
    """What is missing when facts changed; empty when nothing is.

    The ledger alone proves that `updated` moved, as each line of the log makes it do; the site shows the line itself.
    A removal is its own line (`go_tin`), and what is left of an erased entry has no log.
    """
    if old.facts == new.facts:
        return ""
    if new.updated <= old.updated:
        return f"thời điểm cập nhật vẫn là {_moment(new.updated)}, không sau lần đăng trước"
    if seen.site is None or new.is_withdrawn:
        return ""
    since = old.updated.date()
    if any(since <= change.date() and change <= seen.now for change in seen.site.entry(new).changes):
        return ""
    return f"không có dòng thay_doi nào từ ngày {format_date(since)}"


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M} {format_date(moment)}"


def _explain_lost(values: Values) -> Words:
    renamed = values["doi_thanh"]
    fix = (
        "trả lại tệp của tin; muốn thôi đăng thì ghi trang_thai: da-go và go_tin, không xóa tệp, không đổi mã, "
        "không đưa về ban-nhap, không lùi ngay_dang tới ngày chưa tới"
    )
    if renamed:
        fix = f"trả lại mã cũ: ma: {values['ma']} (tin mới «{renamed}» có cùng dữ kiện)"
    return Words(
        f"tin «{values['ma']}» đã công khai, nay không còn trong sổ và không có tin gỡ",
        "nơi đã lấy tin không được báo gì, sẽ còn đăng tin ấy mãi",
        fix,
    )


def _explain_guid(values: Values) -> Words:
    one = f": trước là «{values['cu']}», nay là «{values['moi']}»" if "cu" in values else ""
    return Words(
        f"guid của {values['tin']} đã đổi{one}",
        "nơi lấy tin nhận ra tin cũ bằng guid: guid đổi thì tin hiện hai lần, bản cũ không bao giờ được sửa hay gỡ",
        "trả lại khong_gian_ten trong mkdocs.yml như lần đăng trước; guid tính từ nó và mã tin",
    )


def _explain_address(values: Values) -> Words:
    cu, moi = values["cu"], values["moi"]
    if cu.strip("/") == moi.strip("/"):
        what = f"địa chỉ «{cu}» của tin «{values['ma']}» không còn trang nào"
        fix = "dựng lại trang; nếu vẫn thiếu thì báo người giữ phần mềm"
    else:
        where = "không có trang chuyển hướng" if values["co_trang"] else "không thấy trang mới để biết có chuyển hướng"
        what = f"địa chỉ của tin «{values['ma']}» đổi từ «{cu}» thành «{moi}», {where}"
        fix = f"thêm vào tin dòng dia_chi_cu: [{cu.strip('/')}]"
        fix += "" if values["co_trang"] else "; đã có thì chỉ ra trang mới bằng --trang <thư mục>"
    return Words(what, "liên kết đã gửi đi, đã in, đã nằm trong tin của nơi khác sẽ hỏng", fix)


def _explain_backdated(values: Values) -> Words:
    return Words(
        f"tin mới «{values['ma']}» ghi đăng ngày {values['ngay']}, {values['so_ngay']} ngày trước",
        f"tin mới chỉ được lùi tối đa {MOST_DAYS_BACK} ngày: lùi nữa thì nơi lấy tin xếp nó dưới những tin đã đọc, "
        "và trang như thể đã đăng từ hôm ấy",
        "ghi ngay_dang là ngày tin thật sự lên trang; ngày của văn bản ghi ở ngay_ban_hanh",
    )


def _explain_facts(values: Values) -> Words:
    return Words(
        f"dữ kiện của tin «{values['ma']}» đã đổi (số, ngày, cơ quan, loại, trích yếu, quan hệ hoặc tệp) mà "
        f"{values['thieu']}",
        "người đã đọc tin cũ phải biết điều gì đã khác; nơi lấy tin chỉ ghi đè khi có thời điểm cập nhật mới",
        "thêm vào tin một dòng thay_doi: {ngay: <hôm nay>, loai: dinh-chinh, noi_dung: …, truoc: …, sau: …}; "
        "trong ngày đã có thay đổi thì ghi cả giờ",
    )


def _explain_unannounced(values: Values) -> Words:
    return Words(
        f"{values['gi']} của tin «{values['ma']}» đã đổi mà thời điểm cập nhật không sau {values['luc']}",
        "nơi lấy tin so thời điểm cập nhật, nên có thể còn giữ bản cũ",
        "ghi một dòng thay_doi, hoặc go_tin khi gỡ, với ngày giờ sau lần cập nhật trước",
    )


def _explain_overdue(values: Values) -> Words:
    return Words(
        f"tin «{values['ma']}» hẹn đăng {values['hen']} mà sổ mới không có",
        f"bây giờ là {values['luc']}; tin hẹn giờ chỉ lên trang với lần dựng đầu tiên sau giờ hẹn",
        "dựng lại trang (mkdocs build) rồi đăng; chưa muốn đăng thì ghi ngay_dang ở ngày sau",
    )


RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            code="dia-chi-mat",
            title="Địa chỉ đã công khai không còn dẫn tới tin",
            explain=_explain_address,
            bad="# tin từng ở /tin/ke-hoach-2023/, nay không có dia_chi_cu",
            good="dia_chi_cu: [tin/ke-hoach-2023]",
            sample={
                "ma": "ke-hoach-2023",
                "cu": "tin/ke-hoach-2023/",
                "moi": "chinh-sach/ke-hoach-2023/",
                "co_trang": "co",
            },
        ),
        Rule(
            code="doi-khong-bao",
            title="Đổi tiêu đề hoặc trạng thái mà nguồn tin không báo",
            explain=_explain_unannounced,
            severity=Severity.NOTE,
            bad="go_tin: {ngay: 1/6/2023, ly_do: …}   # tin đã cập nhật ngày 5/6/2023",
            good="go_tin: {ngay: 6/6/2023, ly_do: …}",
            sample={"ma": "ke-hoach-2023", "gi": "trạng thái", "luc": "00:00 5/6/2023"},
        ),
        Rule(
            code="du-kien-doi-khong-ghi",
            title="Dữ kiện đã đổi mà không có dòng thay_doi",
            explain=_explain_facts,
            bad="ngay_hieu_luc: 1/8/2023   # trước ghi 1/7/2023, không có thay_doi",
            good="thay_doi: [{ngay: 6/6/2023, loai: dinh-chinh, noi_dung: Hiệu lực, truoc: 1/7/2023, sau: 1/8/2023}]",
            sample={"ma": "ke-hoach-2023", "thieu": "không có dòng thay_doi nào từ ngày 5/6/2023"},
        ),
        Rule(
            code="guid-doi",
            title="guid của tin đã công khai bị đổi",
            explain=_explain_guid,
            bad="khong_gian_ten: <một UUID khác>   # trong mkdocs.yml",
            good="khong_gian_ten: <như lần đăng đầu>",
            sample={"tin": "cả 60 tin đã có"},
        ),
        Rule(
            code="hen-gio-qua-han",
            title="Tin hẹn giờ đã đến giờ mà chưa lên trang",
            explain=_explain_overdue,
            severity=Severity.NOTE,
            bad="ngay_dang: 5/6/2023 08:00   # trang dựng lúc 07:30, nay đã 09:00",
            good="ngay_dang: 5/6/2023 08:00   # trang dựng lại sau 08:00",
            sample={"ma": "ke-hoach-2023", "hen": "08:00 5/6/2023", "luc": "09:00 5/6/2023"},
        ),
        Rule(
            code="ma-mat",
            title="Tin đã công khai bị mất mà không gỡ",
            explain=_explain_lost,
            bad="# xóa tệp của tin, hoặc đổi ma:",
            good="trang_thai: da-go",
            sample={"ma": "ke-hoach-2023", "doi_thanh": ""},
        ),
        Rule(
            code="ngay-dang-lui",
            title="Tin mới ghi ngày đăng lùi quá xa",
            explain=_explain_backdated,
            bad="ngay_dang: 1/6/2023   # lên trang ngày 20/6/2023",
            good="ngay_dang: 20/6/2023",
            sample={"ma": "ke-hoach-2023", "ngay": "1/6/2023", "so_ngay": "19"},
        ),
    )
}
"""What a release can do wrong, by code: like the rules of entries, but of two releases instead of one entry."""


# The report


def as_text(found: Comparison) -> str:
    """The report for people: what is compared, the groups, the problems, the closing line."""
    parts = [_heading(found)]
    for group in Group:
        rows = [row for row in found.rows if row.group is group]
        if rows:
            listed = (f"  - {row.line.id}: {row.line.title}\n      {row.detail}" for row in rows)
            parts.append("\n".join((f"{group.value} ({len(rows)})", *listed)))
    parts += [problem.as_text() for problem in found.problems]
    return "\n\n".join([*parts, _closing(found)])


def _heading(found: Comparison) -> str:
    count = len(found.new.lines)
    said = f"Sổ cũ {found.old.name} ({len(found.old.lines)} tin), sổ mới {found.new.name} ({count} tin)."
    if found.is_first:
        said = (
            f"Lần đăng đầu: không có sổ cũ, hoặc sổ cũ không có tin nào. Sổ mới {found.new.name} ({count} tin). "
            "Không xét ngày đăng lùi."
        )
    return "\n".join((said, *found.limits))


def _closing(found: Comparison) -> str:
    if not found.rows and not found.problems:
        return "Kết quả: hai sổ không khác gì nhau."
    counts = (f"{group.value.lower()} {sum(row.group is group for row in found.rows)}" for group in Group)
    errors = sum(problem.is_error for problem in found.problems)
    return f"Kết quả: {', '.join(counts)}; {errors} lỗi, {len(found.problems) - errors} lưu ý."


def as_json(found: Comparison) -> str:
    """One object a line: `{"nhom", "ma", "tieu_de", "chi_tiet"}` for each row, then the problems (DESIGN §7)."""
    rows = (
        json.dumps(
            {
                "nhom": _GROUP_IDS[row.group],
                "ma": row.line.id,
                "tieu_de": row.line.title,
                "chi_tiet": row.detail,
            },
            ensure_ascii=False,
        )
        for row in found.rows
    )
    return "\n".join((*rows, *(problem.as_json() for problem in found.problems)))


def as_github(found: Comparison) -> str:
    """Workflow annotations: the problems, and a notice for each entry of another unit that is touched."""
    touched = (_touch_notice(row, found.new.name) for row in found.rows if row.group is Group.TOUCHED)
    return "\n".join(problem.as_github() for problem in (*found.problems, *touched))


def _touch_notice(row: Row, path: str) -> Problem:
    words = Words(
        f"{row.line.id}: {row.detail}",
        "đơn vị khác phải biết và đồng ý trước khi đăng",
        "nêu trong pull request và chờ đơn vị ấy đồng ý",
    )
    return Problem(path, 1, 1, _GROUP_IDS[Group.TOUCHED], Severity.NOTE, words)


FORMATS: Mapping[str, Callable[[Comparison], str]] = {"van-ban": as_text, "json": as_json, "github": as_github}
