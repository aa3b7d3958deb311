"""The office's `bao-chi.yml` in, whether a press note about an entry may go out: only the spokesperson says so.

The file lies among the office's data, never on the site (Luật 01/2026/QH16 Đ20; Nghị định 244/2026/NĐ-CP):

    nguoi_phat_ngon:
    - {chuc_vu: …, tu: 1/3/2026, den: …, can_cu: …}
    cho_phep:
    - {ma: <mã tin>, ngay: 24/11/2026, chuc_vu: …, so_phieu: …, ma_bam: <mã băm nội dung tin>}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import yaml

from .. import approval
from ..catalogue import Entry
from ..dates import InvalidDate, format_date, parse_date
from ..office import place
from ..text import nearest

FILE = "bao-chi.yml"
_SPOKESPERSON = {"chuc_vu": True, "tu": True, "den": False, "can_cu": True}
_PERMISSION = {"ma": True, "ngay": True, "chuc_vu": True, "so_phieu": True, "ma_bam": True}


class NotAllowed(Exception):
    """Why no press note is made, and what to do."""


class Spokesperson(NamedTuple):
    """An office that speaks to the press, from the first to the last day (None: still), and on what ground."""

    office: str
    since: date
    until: date | None
    ground: str

    def speaks_on(self, day: date) -> bool:
        """Whether the office spoke for the department on the day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Permission(NamedTuple):
    """A press note that a spokesperson allowed, for the content with this hash."""

    entry: str
    day: date
    office: str
    record: str
    content_hash: str


class PressData(NamedTuple):
    """Spokespersons and permissions; `name` is the file as messages call it."""

    name: str
    spokespersons: tuple[Spokesperson, ...] = ()
    permissions: tuple[Permission, ...] = ()


def read(root: Path) -> PressData:
    """The file in the office's folder; empty where there is none. Raises NotAllowed where it cannot be read."""
    office = place.find(root)
    path = office.folder / FILE
    name = office.path_of(path)
    if not path.is_file():
        return PressData(name)
    try:
        document = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        mark = getattr(fault, "problem_mark", None)
        raise NotAllowed(f"{name}{f':{mark.line + 1}' if mark else ''} không đọc được; sửa tệp rồi chạy lại") from None
    lists = _mapping(document, name) if document is not None else {}
    for key, (line, _) in lists.items():
        if key not in ("nguoi_phat_ngon", "cho_phep"):
            raise NotAllowed(f"{name}:{line}: không hiểu «{key}»; chỉ có nguoi_phat_ngon và cho_phep")
    people = (_spokesperson(row) for row in _rows(lists.get("nguoi_phat_ngon"), _SPOKESPERSON, name))
    allowed = (_permission(row) for row in _rows(lists.get("cho_phep"), _PERMISSION, name))
    return PressData(name, tuple(people), tuple(allowed))


class _Row(NamedTuple):
    place: str
    values: dict[str, str]

    def day(self, key: str) -> date:
        try:
            return parse_date(self.values[key])
        except InvalidDate as fault:
            raise NotAllowed(f"{self.place}: {key} {fault}; ví dụ {key}: {fault.example}") from None


def _spokesperson(row: _Row) -> Spokesperson:
    until = row.day("den") if row.values.get("den", "null") not in ("", "null", "~") else None
    return Spokesperson(row.values["chuc_vu"], row.day("tu"), until, row.values["can_cu"])


def _permission(row: _Row) -> Permission:
    values = row.values
    return Permission(values["ma"], row.day("ngay"), values["chuc_vu"], values["so_phieu"], values["ma_bam"])


def _mapping(node: yaml.Node, name: str) -> dict[str, tuple[int, yaml.Node]]:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise NotAllowed(f"{name}:{line}: chỗ này phải gồm các khóa và giá trị")
    return {str(key.value): (key.start_mark.line + 1, value) for key, value in node.value}


def _rows(given: tuple[int, yaml.Node] | None, keys: dict[str, bool], name: str) -> Iterator[_Row]:
    if given is None or given[1].value in ("", "null", "~"):
        return
    line, node = given
    if not isinstance(node, yaml.SequenceNode):
        raise NotAllowed(f"{name}:{line}: chỗ này phải là danh sách, mỗi mục bắt đầu bằng dấu gạch")
    for item in node.value:
        values = _mapping(item, name)
        place = f"{name}:{item.start_mark.line + 1}"
        for key, (key_line, value) in values.items():
            if key not in keys:
                near = nearest(key, keys)
                raise NotAllowed(f"{name}:{key_line}: không hiểu «{key}»" + (f"; có phải «{near}»?" if near else ""))
            if not isinstance(value, yaml.ScalarNode):
                raise NotAllowed(f"{name}:{key_line}: {key} chỉ ghi một giá trị")
        missing = [
            key for key, required in keys.items() if required and (key not in values or not values[key][1].value)
        ]
        if missing:
            raise NotAllowed(f"{place}: còn thiếu {', '.join(missing)}")
        yield _Row(place, {key: str(value.value) for key, (_, value) in values.items()})


def permission_for(entry: Entry, data: PressData, today: date) -> Permission:
    """The newest permission that holds for the entry as it stands now. Raises NotAllowed with the reason."""
    given = [allowed for allowed in data.permissions if allowed.entry == entry.id]
    if not given:
        raise NotAllowed(
            f"chưa có ý kiến đồng ý của người phát ngôn cho tin «{entry.id}»; người phát ngôn đồng ý thì ghi "
            f"một mục vào cho_phep của {data.name} (ma_bam hiện nay: {approval.content_hash(entry)[:12]})"
        )
    held = [allowed for allowed in given if allowed.day <= today]
    if not held:
        raise NotAllowed(f"ngày đồng ý ghi {format_date(given[-1].day)}, chưa tới; sửa ngay ở cho_phep của {data.name}")
    spoken = [allowed for allowed in held if _was_spokesperson(allowed, data)]
    if not spoken:
        raise NotAllowed(
            f"ngày {format_date(held[-1].day)} chức vụ «{held[-1].office}» không phải người phát ngôn theo "
            f"nguoi_phat_ngon của {data.name}; bổ sung mục có ngày và căn cứ, hoặc xin đúng người"
        )
    current = [allowed for allowed in spoken if approval.matches(entry, allowed.content_hash)]
    if not current:
        raise NotAllowed(
            f"nội dung tin đã đổi sau khi người phát ngôn đồng ý ngày {format_date(spoken[-1].day)}; "
            f"xin đồng ý lại và ghi ma_bam: {approval.content_hash(entry)[:12]}"
        )
    return max(current, key=lambda allowed: allowed.day)


def _was_spokesperson(allowed: Permission, data: PressData) -> bool:
    return any(
        person.office.casefold() == allowed.office.casefold() and person.speaks_on(allowed.day)
        for person in data.spokespersons
    )
