"""The kinds of value that a key can hold: node in, typed value or fault out, and back to what data files carry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from collections.abc import Sequence as Seq
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, Protocol
from urllib.parse import urlsplit

from . import dates, numbers
from .problems import Fault
from .source import Mapping, Node, Scalar, Sequence
from .text import excerpt, is_plain_host, nearest, one_line
from .vocabulary import Vocabularies

ALL, EVERYONE = "tat-ca", "Tất cả"
BAD = object()
"""What `parse` returns after it reported a fault; None means that the value was left blank."""


@dataclass(slots=True)
class Context:
    """What a kind needs besides the node: the vocabularies, and where faults go."""

    vocabularies: Vocabularies
    faults: list[Fault]

    def fault(self, code: str, node: Node, **values: str) -> Any:
        """Report a fault at a node; the result is `BAD`, to be handed on."""
        self.faults.append(Fault(code, node.line, node.column, values))
        return BAD


class Kind(Protocol):
    """How a value is read, written to data files, named in the guide and described as JSON Schema."""

    def parse(self, node: Node, key: str, context: Context) -> Any:
        """The typed value, None for a blank, or BAD after a fault."""

    def dump(self, value: Any) -> Any:
        """The value as JSON carries it."""

    def describe(self, vocabularies: Vocabularies) -> str:
        """The kind in the guide's words."""

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        """JSON Schema (draft 2020-12) of the dumped value."""


def text_of(node: Node, key: str, context: Context, expected: str) -> Any:
    """The text of a scalar with white space made one, None for a blank, BAD for a list or a mapping."""
    if type(node) is not Scalar:
        return context.fault("sai-kieu", node, khoa=key, mong_doi=expected)
    value = node.value
    if value in ("", "~", "null"):
        return None
    value = one_line(value) if "\n" in value or "  " in value or "\t" in value or "\xa0" in value else value.strip()
    return value or None


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words between `least` and `most` characters."""

    least: int = 1
    most: int = 2000

    def parse(self, node: Node, key: str, context: Context) -> Any:
        value = text_of(node, key, context, "một dòng chữ")
        if isinstance(value, str) and not self.least <= len(value) <= self.most:
            return context.fault(
                "sai-do-dai",
                node,
                khoa=key,
                gia_tri=excerpt(value),
                dai=str(len(value)),
                tu=str(self.least),
                den=str(self.most),
            )
        return value

    def dump(self, value: Any) -> Any:
        return value

    def describe(self, vocabularies: Vocabularies) -> str:
        return f"chữ, {self.least}–{self.most} ký tự" if self.least > 1 else "chữ"

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"type": "string", "minLength": self.least, "maxLength": self.most}


@dataclass(frozen=True, slots=True)
class Id:
    """An entry's own id."""

    def parse(self, node: Node, key: str, context: Context) -> Any:
        value = text_of(node, key, context, "một mã")
        if isinstance(value, str) and not is_entry_id(value):
            return context.fault("ma-sai-dang", node, khoa=key, gia_tri=excerpt(value))
        return value

    def dump(self, value: Any) -> Any:
        return value

    def describe(self, vocabularies: Vocabularies) -> str:
        return "mã: chữ thường không dấu, số và gạch nối, 3–80 ký tự"

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"type": "string", "pattern": ENTRY_ID.pattern, "minLength": 3, "maxLength": 80}


ENTRY_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def is_entry_id(text: str) -> bool:
    """Whether the text can be an entry's id (DESIGN §2): its form, its length, and no name that is taken."""
    return 3 <= len(text) <= 80 and bool(ENTRY_ID.fullmatch(text)) and not _TAKEN.fullmatch(text)


# Addresses of list pages, and what Windows keeps for devices: such a file or folder cannot be made there.
_TAKEN = re.compile(r"trang-[0-9]+|con|prn|aux|nul|(com|lpt)[0-9]")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; `enum` turns the word into a member where the model has one."""

    words: tuple[str, ...]
    enum: type[Enum] | None = None

    def parse(self, node: Node, key: str, context: Context) -> Any:
        value = text_of(node, key, context, "một từ")
        if not isinstance(value, str):
            return value
        if value not in self.words:
            return outside(node, key, value, self.words, context)
        return self.enum(value) if self.enum else value

    def dump(self, value: Any) -> Any:
        return value.value if isinstance(value, Enum) else value

    def describe(self, vocabularies: Vocabularies) -> str:
        return "một trong: " + ", ".join(self.words)

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"enum": list(self.words)}


def outside(node: Node, key: str, value: str, words: Iterable[str], context: Context) -> Any:
    """Report a value that is not among the words, with the nearest one."""
    listed = list(words)
    return context.fault(
        "ngoai-danh-muc",
        node,
        khoa=key,
        gia_tri=excerpt(value),
        gan_nhat=nearest(value, listed) or "",
        danh_muc=", ".join(listed[:30]) + (", …" if len(listed) > 30 else ""),
    )


@dataclass(frozen=True, slots=True)
class Flag:
    """«co» or «khong»."""

    def parse(self, node: Node, key: str, context: Context) -> Any:
        value = text_of(node, key, context, "co hoặc khong")
        if not isinstance(value, str):
            return value
        return value == "co" if value in ("co", "khong") else outside(node, key, value, ("co", "khong"), context)

    def dump(self, value: Any) -> Any:
        return "co" if value else "khong"

    def describe(self, vocabularies: Vocabularies) -> str:
        return "co hoặc khong"

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"enum": ["co", "khong"]}


@dataclass(frozen=True, slots=True)
class FromVocabulary:
    """One or several ids of a vocabulary; `every` allows the word «tat-ca»."""

    vocabulary: str
    several: bool = False
    every: bool = False

    def _known(self, vocabularies: Vocabularies) -> dict[str, Any]:
        known: dict[str, Any] = getattr(vocabularies, self.vocabulary)
        return known

    def choices(self, vocabularies: Vocabularies) -> dict[str, str]:
        """The names among which a clerk chooses, each with its id; types that are not published are left out."""
        known = self._known(vocabularies)
        listed = {one.name: key for key, one in known.items() if not getattr(one, "is_withheld", False)}
        return {EVERYONE: ALL, **listed} if self.every else listed

    def parse(self, node: Node, key: str, context: Context) -> Any:
        known = self._known(context.vocabularies)
        if not self.several:
            value = text_of(node, key, context, "một mã")
            if isinstance(value, str) and value not in known:
                return outside(node, key, value, known, context)
            return value
        found = texts_of(node, key, context, "một mã hoặc danh sách mã")
        if not isinstance(found, list):
            return found
        ids: list[str] = []
        failed = False
        for item, value in found:
            if value in known or (self.every and value == ALL):
                if value not in ids:
                    ids.append(value)
            else:
                words = [*known, ALL] if self.every else known
                failed = outside(item, key, value, words, context) is BAD
        return BAD if failed else tuple(ids)

    def dump(self, value: Any) -> Any:
        return list(value) if self.several else value

    def describe(self, vocabularies: Vocabularies) -> str:
        words = "một hoặc nhiều mã" if self.several else "một mã"
        return f"{words} trong danh mục" + (", hoặc tat-ca" if self.every else "")

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        one = {"enum": [*self._known(vocabularies), *([ALL] if self.every else [])]}
        return {"type": "array", "items": one, "minItems": 1} if self.several else one


def texts_of(node: Node, key: str, context: Context, expected: str) -> Any:
    """The texts of a scalar or of a list of scalars as (node, text) pairs; None for a blank; BAD after a fault."""
    if type(node) is Scalar:
        value = text_of(node, key, context, expected)
        return [(node, value)] if isinstance(value, str) else value
    if type(node) is not Sequence:
        return context.fault("sai-kieu", node, khoa=key, mong_doi=expected)
    found = []
    for item in node.items:
        value = text_of(item, key, context, expected)
        if value is BAD:
            return BAD
        if value is not None:
            found.append((item, value))
    return found or None


@dataclass(frozen=True, slots=True)
class Issuers:
    """One or several issuing bodies by id or by any dated name; a name that nobody has is kept, with a note."""

    def parse(self, node: Node, key: str, context: Context) -> Any:
        found = texts_of(node, key, context, "tên một cơ quan hoặc danh sách tên")
        if not isinstance(found, list):
            return found
        names: list[str] = []
        for item, value in found:
            ids = context.vocabularies.find_issuers(value)
            if not ids:
                near = nearest(value, (issuer.name for issuer in context.vocabularies.issuers.values())) or ""
                context.fault("co-quan-la", item, khoa=key, gia_tri=excerpt(value), gan_nhat=near)
                ids = (f"?{value}",)
            names.extend(i for i in ids if i not in names)
        return tuple(names)

    def dump(self, value: Any) -> Any:
        return [item.removeprefix("?") for item in value]

    def describe(self, vocabularies: Vocabularies) -> str:
        return "tên cơ quan như in trên văn bản; nhiều cơ quan thì ghi thành danh sách"

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string"}, "minItems": 1}


@dataclass(frozen=True, slots=True)
class Number:
    """A document's number and symbol (NĐ 30/2020 Điều 8 khoản 2)."""

    def parse(self, node: Node, key: str, context: Context) -> Any:
        value = text_of(node, key, context, "một số ký hiệu")
        if not isinstance(value, str):
            return value
        try:
            return numbers.parse(numbers.clean(value))
        except numbers.InvalidNumber as error:
            return context.fault(
                "so-ky-hieu-sai",
                node,
                khoa=key,
                gia_tri=excerpt(value),
                ly_do=error.reason,
                goi_y=error.suggestion or "",
            )

    def dump(self, value: Any) -> Any:
        return value.text

    def describe(self, vocabularies: Vocabularies) -> str:
        return "số ký hiệu như in trên văn bản"

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day."""

    def parse(self, node: Node, key: str, context: Context) -> Any:
        return _dated(node, key, context, dates.parse_date)

    def dump(self, value: date) -> Any:
        return value.isoformat()

    def describe(self, vocabularies: Vocabularies) -> str:
        return "ngày, ví dụ 30/5/2023"

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a day with a time, in Vietnam."""

    def parse(self, node: Node, key: str, context: Context) -> Any:
        return _dated(node, key, context, dates.parse_moment)

    def dump(self, value: datetime) -> Any:
        return dates.rfc3339(value)

    def describe(self, vocabularies: Vocabularies) -> str:
        return "ngày, hoặc ngày giờ, ví dụ 5/6/2023 08:00"

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


def _dated(node: Node, key: str, context: Context, parse: Callable[[str], Any]) -> Any:
    value = text_of(node, key, context, "một ngày")
    if not isinstance(value, str):
        return value
    try:
        return parse(value)
    except dates.InvalidDate as error:
        return context.fault(
            error.code, node, khoa=key, gia_tri=excerpt(value), ly_do=error.reason, vi_du=error.example or "30/5/2023"
        )


@dataclass(frozen=True, slots=True)
class Url:
    """An http(s) address with a host name."""

    def parse(self, node: Node, key: str, context: Context) -> Any:
        value = text_of(node, key, context, "một địa chỉ")
        if isinstance(value, str) and not is_web_address(value):
            return context.fault("dia-chi-sai", node, khoa=key, gia_tri=excerpt(value))
        return value

    def dump(self, value: Any) -> Any:
        return value

    def describe(self, vocabularies: Vocabularies) -> str:
        return "địa chỉ http:// hoặc https://"

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "pattern": "^https?://"}


def is_web_address(text: str) -> bool:
    """Whether the text is an absolute http or https address with a host, no credentials and nothing to escape."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme in ("http", "https")
        and bool(re.fullmatch(r"[^\s.@:/]+(\.[^\s.@:/]+)+", host))
        and is_plain_host(host)
        and "@" not in parts.netloc
        and not re.search(r"[\s<>\"'`\\{}|^]", text)
    )


@dataclass(frozen=True, slots=True)
class FileName:
    """The name of a file in the entry's folder: `[a-z0-9._-]`, one of `suffixes`."""

    suffixes: tuple[str, ...]

    def parse(self, node: Node, key: str, context: Context) -> Any:
        value = text_of(node, key, context, "tên một tệp")
        if not isinstance(value, str):
            return value
        if not re.fullmatch(r"[a-z0-9_][a-z0-9._-]*", value) or ".." in value or len(value) > 120:
            return context.fault("ten-tep-sai", node, khoa=key, gia_tri=excerpt(value))
        if value.rpartition(".")[2] not in self.suffixes:
            return context.fault(
                "loai-tep-la", node, khoa=key, gia_tri=excerpt(value), danh_muc=", ".join(self.suffixes)
            )
        return value

    def dump(self, value: Any) -> Any:
        return value

    def describe(self, vocabularies: Vocabularies) -> str:
        return "tên tệp trong thư mục của tin, chữ thường không dấu; loại: " + ", ".join(self.suffixes)

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^[a-z0-9_][a-z0-9._-]*$"}


@dataclass(frozen=True, slots=True)
class SitePath:
    """A path on this site, from its root."""

    def parse(self, node: Node, key: str, context: Context) -> Any:
        value = text_of(node, key, context, "một đường dẫn trên trang")
        if not isinstance(value, str):
            return value
        path = value.strip("/").removesuffix("/index.html")
        is_path = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*", path) and len(path) <= 200
        if not is_path or "index.html" in path.split("/"):  # a folder of that name would stand where a page stands
            return context.fault("duong-dan-sai", node, khoa=key, gia_tri=excerpt(value))
        return path

    def dump(self, value: Any) -> Any:
        return value

    def describe(self, vocabularies: Vocabularies) -> str:
        return "đường dẫn cũ trên trang, ví dụ tin/ke-hoach-2023"

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of people, views or copies."""

    def parse(self, node: Node, key: str, context: Context) -> Any:
        value = text_of(node, key, context, "một số")
        if not isinstance(value, str):
            return value
        digits = value.replace(".", "")
        if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
            return context.fault("so-dem-sai", node, khoa=key, gia_tri=excerpt(value))
        return int(digits)

    def dump(self, value: Any) -> Any:
        return value

    def describe(self, vocabularies: Vocabularies) -> str:
        return "số nguyên"

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"type": "integer", "minimum": 0}


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the table of keys: the key, the attribute it becomes, and all that is said of it elsewhere.

    `required` says that the key must always stand there; what is demanded only in some cases is a rule.
    `label` names it for readers, `hint` explains it to clerks, `example` is shown in the guide and the template.
    """

    key: str
    name: str
    kind: Kind
    required: bool = False
    public: bool = True
    label: str = ""
    hint: str = ""
    example: str = ""
    demanded: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping of named values that becomes `build(**values)`; `at_line` names an attribute for its line."""

    fields: tuple[Field, ...]
    build: Callable[..., Any]
    at_line: str = ""
    by_key: dict[str, Field] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {f.key: f for f in self.fields})

    def parse(self, node: Node, key: str, context: Context) -> Any:
        if type(node) is Scalar and node.value.strip() in ("", "~", "null"):
            return None
        if type(node) is not Mapping:
            keys = ", ".join(f.key for f in self.fields)
            return context.fault("sai-kieu", node, khoa=key, mong_doi=f"các khóa con: {keys}")
        values, complete = parse_fields(node, self.by_key, self.fields, context, key + ".")
        if not complete:
            return BAD
        if self.at_line:
            values[self.at_line] = node.line
        return self.build(**values)

    def dump(self, value: Any) -> Any:
        return dump_fields(value, self.fields)

    def describe(self, vocabularies: Vocabularies) -> str:
        return "gồm: " + "; ".join(f.key + (" (bắt buộc)" if f.required else "") for f in self.fields)

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return object_schema(self.fields, vocabularies)


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one kind; `lone` takes a single value for a list of one."""

    kind: Kind
    lone: bool = False

    def parse(self, node: Node, key: str, context: Context) -> Any:
        if type(node) is Scalar:
            if node.value.strip() in ("", "~", "null"):
                return None
            if not self.lone:
                return context.fault(
                    "sai-kieu", node, khoa=key, mong_doi="danh sách, mỗi mục một dòng bắt đầu bằng «- »"
                )
        items: Seq[Node] = node.items if type(node) is Sequence else (node,)
        if type(node) is Mapping and not self.lone:
            return context.fault("sai-kieu", node, khoa=key, mong_doi="danh sách, mỗi mục một dòng bắt đầu bằng «- »")
        values = [self.kind.parse(item, key, context) for item in items]
        if any(value is BAD for value in values):
            return BAD
        return tuple(value for value in values if value is not None) or None

    def dump(self, value: Any) -> Any:
        return [self.kind.dump(item) for item in value]

    def describe(self, vocabularies: Vocabularies) -> str:
        return "danh sách; mỗi mục " + self.kind.describe(vocabularies)

    def json_schema(self, vocabularies: Vocabularies) -> dict[str, Any]:
        return {"type": "array", "items": self.kind.json_schema(vocabularies)}


def parse_fields(
    node: Mapping, by_key: dict[str, Field], fields: tuple[Field, ...], context: Context, prefix: str = ""
) -> tuple[dict[str, Any], bool]:
    """Attribute names with their values, and whether all went well: unknown, blank and missing keys are faults."""
    values: dict[str, Any] = {}
    complete = True
    seen: set[str] = set()
    for key, value_node in node.entries:
        row = by_key.get(key.value)
        if row is None:
            near = nearest(key.value, by_key) or _slip(key.value, by_key)
            keys = ", ".join(by_key) if prefix else ""
            context.fault("khoa-la", key, khoa=excerpt(prefix + key.value), gan_nhat=near, danh_muc=keys)
            if near:
                seen.add(near)  # one mistake, one message: a misspelt key is not missing as well
            complete = False
            continue
        seen.add(row.key)
        value = row.kind.parse(value_node, prefix + row.key, context)
        if value is BAD:
            complete = False
        elif value is not None:
            values[row.name] = value
        elif row.required:
            context.fault("thieu-gia-tri", key, khoa=prefix + row.key, vi_du=row.example)
            complete = False
    for row in fields:
        if row.required and row.key not in seen:
            at: Node = node if prefix else Scalar("", 1, 1)
            context.fault("thieu-khoa", at, khoa=prefix + row.key, vi_du=row.example, nghia=row.hint)
            complete = False
    return values, complete


def _slip(wrong: str, keys: Iterable[str]) -> str:
    """The short key meant by one with its letters in another order or one left out: too little for `nearest`."""
    for key in keys:
        shorter = {key[:place] + key[place + 1 :] for place in range(len(key))}
        if len(key) <= 3 and (sorted(key) == sorted(wrong) or wrong in shorter):
            return key
    return ""


def dump_fields(value: Any, fields: tuple[Field, ...]) -> dict[str, Any]:
    """A record as JSON carries it: public keys in the table's order, those without a value left out."""
    dumped: dict[str, Any] = {}
    for row in fields:
        if not row.public:
            continue
        item = getattr(value, row.name)
        if item is None or item == "" or item == () or (item is False and not row.required):
            continue
        dumped[row.key] = row.kind.dump(item)
    return dumped


def object_schema(fields: tuple[Field, ...], vocabularies: Vocabularies) -> dict[str, Any]:
    """JSON Schema of a record's public keys."""
    public = [row for row in fields if row.public]
    properties = {}
    for row in public:
        properties[row.key] = row.kind.json_schema(vocabularies)
        if row.hint:
            properties[row.key]["description"] = row.hint
    return {
        "type": "object",
        "properties": properties,
        "required": [row.key for row in public if row.required],
        "additionalProperties": False,
    }
