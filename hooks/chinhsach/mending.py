"""A fault and the lines of its file in, the exact line to type out; None where only a person can know it.

A YAML fault has many causes, so each proposal is tried with the reader before it is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import yaml

from . import source
from .kinds import Field, Many, Record
from .problems import Deed, Fault, Mend
from .schema import BY_KEY
from .text import clean, nearest, one_line

Mender = Callable[[Fault, Sequence[str]], Mend | None]


def quoted(value: str, *, in_flow: bool = False, style: str | None = None) -> str:
    """A value as YAML on one line: in the quotes it had, else without quotes where that reads back the same."""
    value = one_line(clean(value))
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and value and _reads_back(value, in_flow):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _reads_back(value: str, in_flow: bool) -> bool:
    try:
        node = yaml.BaseLoader(f"k: [{value}]" if in_flow else f"k: {value}").get_single_node()
    except yaml.YAMLError:
        return False
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        return False
    found = node.value[0][1]
    if in_flow:
        if not isinstance(found, yaml.SequenceNode) or len(found.value) != 1:
            return False
        found = found.value[0]
    return isinstance(found, yaml.ScalarNode) and found.style is None and found.value == value


def _line(lines: Sequence[str], number: int) -> str:
    return lines[number - 1].replace("\xa0", " ") if 0 < number <= len(lines) else ""


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def stands_alone(lines: Sequence[str], number: int) -> bool:
    """Whether what begins on this line ends on it: the next line is not part of it."""
    here, below = _line(lines, number), _line(lines, number + 1)
    if not below.strip():
        return True
    is_list = bool(re.search(r":\s*$", here)) and below.lstrip().startswith("- ")
    indent = _indent(here) + (2 if here.lstrip().startswith("- ") else 0)
    return _indent(below) <= indent and not is_list


def _key_at(text: str, key: str) -> re.Match[str] | None:
    return re.search(rf"(?:(?<=^)|(?<=[\s{{,\[\"'])){re.escape(key)}[\"']?\s*:(?:\s+|$)", text)


def with_value(
    lines: Sequence[str], number: int, key: str, new: str, *, old: str = "", sample: bool = False, raw: bool = False
) -> Mend | None:
    """The line with another value for `key`, or for the item `old` of its list; `raw`: `new` is YAML already.

    A value of several lines has no single line to type.
    """
    text = _line(lines, number)
    found = _key_at(text, key)
    start = found.end() if found else 0
    before = text[:start]
    in_flow = before.count("{") + before.count("[") > before.count("}") + before.count("]")
    place = _place_of(text, start, old) if old and "…" not in old else None
    if place is not None:
        in_flow = in_flow or "[" in text[start : place[0]]
        written = new if raw else quoted(new, in_flow=in_flow)
        return Mend(number, text[: place[0]] + written + text[place[1] :], is_sample=sample)
    if found is not None and in_flow:
        value = re.match(r"\"[^\"]*\"|'[^']*'|[^,{}\[\]]*", text[start:])
        end = start + len(value[0].rstrip()) if value else start
        return Mend(number, before + (new if raw else quoted(new, in_flow=True)) + text[end:], is_sample=sample)
    if found is None or not stands_alone(lines, number):
        return None
    return Mend(number, before.rstrip() + " " + (new if raw else quoted(new)), is_sample=sample)


def _place_of(text: str, start: int, old: str) -> tuple[int, int] | None:
    """Where a value stands in a line after `start`, its quotes taken in."""
    first = text.find(old, start)
    if first < 0:
        return None
    end = first + len(old)
    if first > start and text[first - 1] in "\"'" and text[end : end + 1] == text[first - 1]:
        return first - 1, end + 1
    if first > 0 and re.match(r"\w", text[first - 1]):
        return None
    return first, end


def with_key(lines: Sequence[str], number: int, wrong: str, right: str) -> Mend | None:
    """The line with another key."""
    text = _line(lines, number)
    found = re.search(rf"{re.escape(wrong)}([\"']?)\s*:\s*", text)
    if found is None:
        return None
    start = found.start() - (1 if found[1] and text[: found.start()].endswith(found[1]) else 0)
    return Mend(number, f"{text[:start]}{right}: {text[found.end() :]}".rstrip())


def cell(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The row of a table with `moi` for `cu`, where that stands in it once, or gone (`xoa`)."""
    if "xoa" in fault.values:
        return Mend(fault.line, deed=Deed.DELETE)
    old, text = fault.values.get("cu", ""), _line(lines, fault.line)
    return Mend(fault.line, text.replace(old, fault.values["moi"])) if old and text.count(old) == 1 else None


def new_key(line: int, key: str, value: str, *, sample: bool = True) -> Mend:
    """A line for a key that is not there, below another; `value` is YAML."""
    return Mend(line, f"{key}: {value}", Deed.BELOW, sample)


def into_blank(mend: Mend, lines: Sequence[str]) -> Mend:
    """A new line's value put after its key where that already stands empty, as the template leaves it."""
    key, colon, value = mend.text.partition(": ")
    number = line_of(lines, key) if mend.deed is Deed.BELOW and colon and not key.startswith(" ") else 0
    filled = number and with_value(lines, number, key, value, sample=mend.is_sample, raw=True)
    return filled or mend


def without_line(lines: Sequence[str], number: int) -> Mend | None:
    """The line gone, where all that begins on it ends on it."""
    return Mend(number, deed=Deed.DELETE) if stands_alone(lines, number) else None


def setting(key: str, value: str, *, old: str = "gia_tri", sample: bool = False) -> Mender:
    """A mender that writes the fault's value named `value` for the key named in the fault (`khoa`), else for `key`."""

    def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
        new = fault.values.get(value, "")
        name = fault.values.get("khoa", key).rpartition(".")[2]
        was = fault.values.get(old, "")
        return with_value(lines, fault.line, name, new, old=was, sample=sample) if new and "…" not in new else None

    return mend


def deleting(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """A mender that takes the fault's line away."""
    return without_line(lines, fault.line)


_SMART = str.maketrans({"“": '"', "”": '"', "„": '"', "″": '"', "‘": "'", "’": "'", "：": ":", "–": "-", "—": "-"})
_PAIR = re.compile(r"^( *(?:- )?)([^\s:=\"'\[{#-][^:=]*?)\s*[:：=](?!//)\s*(.*?)\s*$")
_WORDS = re.compile(r"^( *(?:- )?)([a-z_]+)\s+(.+?)\s*$")
_GROUPS = (row.kind.kind if isinstance(row.kind, Many) else row.kind for row in BY_KEY.values())
_INNER_KEYS = frozenset(inner.key for group in _GROUPS if isinstance(group, Record) for inner in group.fields)
_KEYS = frozenset(BY_KEY) | _INNER_KEYS


def _known(key: str) -> str:
    return key if key in _KEYS else nearest(key, _KEYS) or ""


def _candidates(text: str, indents: Iterable[int]) -> Iterator[str]:
    """Lines that a clerk may have meant by this one, the likeliest first."""
    if "\t" in text:
        text = re.sub(r"\t+", lambda m: "  " if m.start() == 0 else " ", text)
        yield text
    pair = _PAIR.match(text)
    if pair and _known(pair[2]):
        lead, key, value = pair[1], _known(pair[2]), pair[3]
        yield from (f"{lead}{key}: {made}" for made in _values(value))
    elif (words := _WORDS.match(text)) and words[2] in _KEYS:
        yield f"{words[1]}{words[2]}: {quoted(words[3])}"
    for indent in indents:
        yield " " * indent + text.lstrip()
    if text.lstrip().startswith("-") and re.match(r"\s*-\S", text):
        yield re.sub(r"^(\s*)-", r"\1- ", text)


def _values(value: str) -> Iterator[str]:
    """What may stand after a colon instead of this."""
    yield value  # with the space after the colon that was missing
    if re.match(r"-\s", value):
        yield "[" + ", ".join(part.strip() for part in re.split(r"(?:^|,?\s+)-\s+", value) if part.strip()) + "]"
    for opening, closing in ("[]", "{}"):
        if value.startswith(opening) and not value.endswith(closing):
            yield value.rstrip(", ") + closing
    if value.endswith("]") and value.count("{") > value.count("}"):
        yield value[:-1] + "}]"
    if value.startswith(('"', "'")) and value.count(value[0]) == 1:
        yield value + value[0]
        yield quoted(value[1:], style='"')
    plain = value.translate(_SMART) if value.startswith(tuple("“”„‘’")) else value
    if plain != value:
        yield quoted(plain.strip("\"'"))
    if value.startswith('"') and value.endswith('"') and "\\" in value and "'" not in value:
        yield f"'{value[1:-1]}'"
    inner = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
    if not value.startswith(("[", "{")) or not value.endswith(("]", "}")):
        yield f"'{inner}'" if '"' in inner and "'" not in inner else quoted(inner, style='"')


def readable(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The line after whose change the reader gets past the place where it stopped; every proposal was tried."""
    opened = int(fault.values.get("mo", "0"))
    proposals = [
        Mend(number, made)
        for number in dict.fromkeys((*([opened] if opened else []), fault.line, fault.line - 1, fault.line - 2))
        if number > 1 and _line(lines, number).strip() not in ("", "---")
        for made in dict.fromkeys(_candidates(_line(lines, number), _indents(lines, number)))
        if made != _line(lines, number)
    ]
    places = (fault.line + 1, fault.line, *([opened] if opened else []))
    for beyond in (len(lines), *places):  # where more lines are wrong, the reader stops again, but further down
        for mend in proposals:
            if _reads(mend.apply(lines), beyond):
                return mend
    pair, gone = _PAIR.match(_line(lines, fault.line)), Mend(fault.line, deed=Deed.DELETE)
    holds_a_key = pair is not None and bool(_known(pair[2]))
    if holds_a_key or not 1 < fault.line <= len(lines):
        return None
    kept = gone.apply(lines)
    return gone if _reads(kept, fault.line) else None


def _indents(lines: Sequence[str], number: int) -> list[int]:
    """How far the line may be meant to stand in: as the lines above it do, as a value that goes on, at the margin."""
    above = [text for text in (_line(lines, n) for n in range(number - 1, 1, -1)) if text.strip()][:3]
    goes_on = above and ":" in above[0] and not _PAIR.match(_line(lines, number))
    is_item = _line(lines, number).lstrip().startswith("-")
    levels = (_indent(text) + (2 if text.lstrip().startswith("- ") and not is_item else 0) for text in above)
    return list(dict.fromkeys((2 if goes_on else 0, *levels, *map(_indent, above), 0, 2)))


def _reads(lines: Sequence[str], beyond: int) -> bool:
    """Whether the front matter can be read, all that looks like a key being one, or stops only below `beyond`."""
    raw = source.read("", "\n".join(lines).encode())
    if not raw.fields.entries:
        return bool(raw.faults) and all(f.line > beyond for f in raw.faults)
    read = {key.value for key, _ in raw.fields.entries}
    closing = next((n for n, text in enumerate(lines[1:], 1) if text.strip() == "---"), len(lines))
    written = {text.partition(":")[0] for text in lines[1:closing]}
    strange = {key for key in read if not _known(key) and not (key in written and re.fullmatch(r"\w+", key))}
    return (written & BY_KEY.keys()) <= read and not strange and all(f.code == "khoa-lap" for f in raw.faults)


def line_of(lines: Sequence[str], key: str) -> int:
    """The line of a key at the margin of the front matter, or 0."""
    for number, text in enumerate(lines[1:], 2):
        if text.strip() == "---":
            break
        if re.match(rf"{re.escape(key)}\s*:", text):
            return number
    return 0


def within(lines: Sequence[str], number: int, key: str, value: str) -> Mend | None:
    """A key added to the group that begins on this line, with an example for a value."""
    text = _line(lines, number)
    written = value if value[:1] in ("[", "{") else quoted(value, in_flow="{" in text)
    if "{" in text:
        start = text.index("{") + 1
        rest = text[start:].lstrip()
        comma = "" if rest.startswith("}") else ", "
        return Mend(number, f"{text[:start]}{key}: {written}{comma}{rest}", is_sample=True)
    below = _line(lines, number + 1)
    indent = _indent(text) + 2
    if not text.lstrip().startswith("- ") and _indent(below) > _indent(text):
        indent = _indent(below)
    return Mend(number, f"{' ' * indent}{key}: {written}", Deed.BELOW, is_sample=True)


def beside(lines: Sequence[str], number: int, key: str, new: str, value: str) -> Mend | None:
    """A key added to the group in which `key` stands, with an example for a value."""
    text = _line(lines, number)
    if "{" in text:
        return within(lines, number, new, value)
    found = _key_at(text, key)
    indent = found.start() if found else _indent(text)
    return Mend(number, f"{' ' * indent}{new}: {quoted(value)}", Deed.BELOW, is_sample=True)


def without_items(lines: Sequence[str], number: int, items: Iterable[str]) -> Mend | None:
    """The list without these items; a line that holds nothing else goes."""
    text = _line(lines, number)
    gone = set(items)
    bracket = re.search(r"\[([^\[\]{}]*)\]", text)
    if bracket is None:
        lone = re.match(r"\s*(?:- |[a-z_]+:)\s*(.+?)\s*$", text)
        return without_line(lines, number) if lone and lone[1].strip("\"'/") in gone else None
    kept = [part.strip() for part in bracket[1].split(",") if part.strip().strip("\"'/") not in gone]
    if not kept:
        return without_line(lines, number)
    return Mend(number, f"{text[: bracket.start()]}[{', '.join(kept)}]{text[bracket.end() :]}")


def instead(lines: Sequence[str], number: int, old: str, new: str, *, sample: bool = False) -> Mend | None:
    """The line with one piece of it replaced, where it stands there."""
    text = _line(lines, number)
    return Mend(number, text.replace(old, new, 1), is_sample=sample) if old in text else None


def as_kind(lines: Sequence[str], number: int, key: str) -> Mend | None:
    """A value in the form that its key asks for: a group of one key, a list of one item, one value of a list."""
    row = BY_KEY.get(key)
    text = _line(lines, number)
    found = _key_at(text, key)
    if row is None or found is None or not stands_alone(lines, number):
        return None
    value = text[found.end() :].strip()
    head = text[: found.end()].rstrip() + " "
    if value[:1] in ("[", "{"):
        first = re.match(r"\[\s*(\"[^\"]*\"|'[^']*'|[^,\[\]{}]+?)\s*[,\]]", value)
        return Mend(number, head + first[1]) if first else None
    inner = row.kind.kind if isinstance(row.kind, Many) else row.kind
    group = _group(inner.fields, value.strip("\"'")) if isinstance(inner, Record) else ""
    if not group:
        return None
    return Mend(number, head + (group if inner is row.kind else f"[{group}]"), is_sample=True)


def _group(fields: Sequence[Field], value: str) -> str:
    """A group of keys in braces with the value where it fits, examples elsewhere; "" where no key would hold it."""
    asked = [f for f in fields if f.required or f.key == "tep"]
    holder = next(
        (f for f in asked if f.key == "tep" and re.fullmatch(r"\S+\.\w+", value)), asked[0] if asked else None
    )
    if holder is None:
        return ""
    parts = (value if f is holder else f.example for f in asked if f is holder or f.required)
    names = (f.key for f in asked if f is holder or f.required)
    return "{" + ", ".join(f"{k}: {quoted(v, in_flow=True)}" for k, v in zip(names, parts, strict=True)) + "}"
