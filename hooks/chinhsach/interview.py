"""Questions in plain words to a clerk at a terminal in, the values of a new entry out; each question is the table's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from .answers import choices, judge
from .kinds import Field, FromVocabulary, is_entry_id
from .scaffold import ASKED, is_needed
from .schema import BY_KEY
from .text import excerpt, slug
from .vocabulary import Vocabularies

Value = str | tuple[str, ...]
QUESTIONS = tuple(key for key in ASKED if key not in ("trang_thai", "tep"))
"""The keys that can be answered in one line, in the table's order."""
_SHORT_LIST = 15
_LONGEST_ID = 60


class Terminal(NamedTuple):
    """Where questions go: `ask` gives the typed line without its end, `say` shows one."""

    ask: Callable[[str], str]
    say: Callable[[str], None]


def interview(terminal: Terminal, known: Mapping[str, Value], vocabularies: Vocabularies) -> dict[str, Value]:
    """Ask for every key not known yet; Enter leaves one open, `loai` excepted. A wrong answer is asked again."""
    terminal.say("Trả lời từng câu rồi bấm Enter. Chưa biết thì bấm Enter để bỏ qua, điền sau.")
    values = dict(known)
    for key in QUESTIONS:
        if key not in values:
            answer = _answer(terminal, BY_KEY[key], vocabularies, must=key == "loai")
            if answer:
                values[key] = answer
    return values


def ask_unit(terminal: Terminal, vocabularies: Vocabularies) -> str:
    """The id of the unit that looks after the entry, chosen by number, name or id."""
    units = list(vocabularies.active_units.values())
    terminal.say("Đơn vị phụ trách tin:")
    for number, unit in enumerate(units, 1):
        terminal.say(f"  {number}. {unit.name}")
    known = {slug(unit.name): unit.id for unit in units} | {unit.id: unit.id for unit in units}
    known |= {str(number): unit.id for number, unit in enumerate(units, 1)}
    while True:
        said = slug(terminal.ask("Gõ số thứ tự hoặc tên đơn vị: "))
        if said in known:
            return known[said]
        near = [unit for unit in units if said and f"-{said}-" in f"-{slug(unit.name)}-"]
        if len(near) == 1:
            terminal.say(f"  Chọn: {near[0].name}.")
            return near[0].id
        terminal.say("  Không có đơn vị ấy trong danh sách trên.")


def ask_id(terminal: Terminal, values: Mapping[str, Value], is_free: Callable[[str], bool]) -> str:
    """The entry's id: what Enter takes is made from number or title."""
    offered = suggested_id(values)
    hint = f" [{offered}]" if offered and is_free(offered) else ""
    while True:
        said = terminal.ask(f"Mã tin, thành địa chỉ của tin và không bao giờ đổi{hint}: ").strip() or offered
        if not is_entry_id(said):
            near = slug(said)[:_LONGEST_ID].strip("-")
            also = f", ví dụ {near}" if is_entry_id(near) else ""
            terminal.say(f"  Chỉ dùng chữ thường không dấu, số và gạch nối, 3–80 ký tự{also}.")
        elif not is_free(said):
            terminal.say(f"  Mã «{said}» đã có tin khác dùng.")
        else:
            return said


def suggested_id(values: Mapping[str, Value]) -> str:
    """An id made of the document's number, else of the title, cut at a word; "" where neither gives one."""
    for key in ("so_ky_hieu", "tieu_de"):
        value = values.get(key, "")
        whole = slug(value) if isinstance(value, str) else ""
        cut = whole if len(whole) <= _LONGEST_ID else whole[: _LONGEST_ID + 1].rpartition("-")[0]
        if is_entry_id(cut):
            return cut
    return ""


def _answer(terminal: Terminal, row: Field, vocabularies: Vocabularies, *, must: bool) -> Value:
    need = " (bắt buộc khi đăng)" if is_needed(row) else ""
    terminal.say(f"{row.label}{need}: {row.hint}.{_example(row, vocabularies)}")
    while True:
        answer = judge(row, terminal.ask("> "), vocabularies)
        for words in (*answer.faults, *answer.notes):
            terminal.say(f"  {words.what}: {words.why}. Cách sửa: {words.fix}")
        if answer.value or not (answer.faults or must):
            return answer.value
        if not answer.faults:
            terminal.say("  Câu này phải trả lời.")


def _example(row: Field, vocabularies: Vocabularies) -> str:
    listed = list(choices(row, vocabularies))
    if not listed:
        return f" Ví dụ: {row.example}"
    apart = (
        " Nhiều mục thì cách nhau bằng dấu chấm phẩy."
        if isinstance(row.kind, FromVocabulary) and row.kind.several
        else ""
    )
    shown = listed if len(listed) <= _SHORT_LIST else listed[:_SHORT_LIST]
    more = "" if shown == listed else f"; và {len(listed) - len(shown)} mục khác, gõ gần đúng tên máy sẽ gợi ý"
    return f"{apart} Chọn trong: {'; '.join(excerpt(name, 60) for name in shown)}{more}."
