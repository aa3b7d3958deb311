"""The files dropped into `policies/_cho-phan-loai/` in, a draft entry beside each out, and what the sender is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from . import draft
from .attachments import MAX_BYTES, inspect
from .catalogue import Catalogue, Entry
from .check import Report, check
from .dates import format_date
from .draft import Original
from .imported import CannotRead, Found, Imported
from .importing import read_file
from .kinds import is_entry_id
from .problems import Problem
from .source import UNSORTED
from .text import as_markdown, one_line, slug
from .vocabulary import Vocabularies

FOLDER = f"policies/{UNSORTED}"
_CALLS = re.compile(r"@|https?:|www", re.I)
_YEAR = re.compile(r"[0-9]{4}")
_WAITING = draft.Place(UNSORTED, "")
_FORM_IS_READ = "phiếu đã đọc xong nên không để lại trong thư mục"


class Receipt(NamedTuple):
    """What became of one dropped file: a sentence, then what will appear, what to fill in, to mend and to look at."""

    file: str
    outcome: str
    is_refused: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    review: tuple[str, ...] = ()


class _Read(NamedTuple):
    """A dropped file with what was read from it; `also`: the form that told of the same document."""

    path: Path
    imported: Imported
    original: Original | None
    also: Path | None = None


def dropped(root: Path) -> list[Path]:
    """The files that wait in the folder and its years, by name; entries and what lies in their own folders are none."""
    base = root / FOLDER
    folders = (
        [base, *sorted(p for p in base.iterdir() if _YEAR.fullmatch(p.name) and p.is_dir())] if base.is_dir() else []
    )
    return [
        path
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".") and path.suffix != ".md"
    ]


def receive(root: Path, vocabularies: Vocabularies, now: datetime) -> list[Receipt]:
    """Make a draft of each dropped file and move the file into it. What cannot be read stays where it is, with why."""
    before = check(root, now, notes=False).catalogue
    receipts: list[Receipt] = []
    read: list[_Read] = []
    seen = _attached(before)
    for path in dropped(root):
        facts = inspect(path)
        if facts.sha256 and facts.sha256 in seen:
            receipts.append(_same(path, seen[facts.sha256]))
            path.unlink()
            continue
        try:
            read.append(_Read(path, *read_file(path, vocabularies)))
            seen[facts.sha256] = f"tệp «{shown(path.name)}» cùng lần gửi này"
        except CannotRead as refused:
            receipts.append(Receipt(path.name, f"Chưa nhận được: {refused}", is_refused=True))
    made = [(one, _write(root, one, before, vocabularies, now)) for one in _joined(read)]
    after = check(root, now, preview=True)
    receipts += [_receipt(one, made_draft, after) for one, made_draft in made]
    return sorted(receipts, key=lambda receipt: receipt.file)


def _attached(catalogue: Catalogue | None) -> dict[str, str]:
    """The files that entries have already, by hash, each with where it is."""
    entries = catalogue.entries if catalogue else ()
    return {
        facts.sha256: f"tin «{entry.id}» ({entry.file.path})"
        for entry in entries
        for facts in entry.files.values()
        if facts.sha256 and facts.size <= MAX_BYTES
    }


def _same(path: Path, where: str) -> Receipt:
    return Receipt(path.name, f"Trùng từng byte với {where}: không lập tin nữa, đã bỏ bản trùng")


def _joined(read: Sequence[_Read]) -> Iterator[_Read]:
    """What was read; a form and the one document of the same number become one."""
    forms = [one for one in read if one.original is None]
    taken: set[Path] = set()
    for one in read:
        number = one.imported.value("so_ky_hieu")
        same = [f for f in forms if number and f.imported.value("so_ky_hieu") == number and f.path not in taken]
        if one.original is not None and len(same) == 1:
            taken.add(same[0].path)
            yield one._replace(imported=_together(same[0].imported, one.imported), also=same[0].path)
        elif one.original is not None:
            yield one
    yield from (one for one in forms if one.path not in taken)


def _together(form: Imported, document: Imported) -> Imported:
    """The form's words first: a person wrote them."""
    said = {found.key for found in form.fields}
    rest: Iterable[Found] = (found for found in document.fields if found.key not in said)
    notes = (*form.notes, *document.notes)
    return Imported((*form.fields, *rest), form.body or document.body, notes, document.is_whole)


def _write(
    root: Path, one: _Read, catalogue: Catalogue | None, vocabularies: Vocabularies, now: datetime
) -> draft.Draft:
    folder = one.path.parent
    entry_id = _free_id(draft.id_from(one.path.name), one.imported, folder, catalogue)
    made = draft.write(one.imported, _WAITING, entry_id, one.original, now.date(), vocabularies)
    made = made._replace(path=(folder / f"{entry_id}.md").relative_to(root).as_posix())
    beside = folder / entry_id
    if one.original is not None or made.full_text:
        beside.mkdir()
    if made.full_text:
        (beside / draft.FULL_TEXT).write_text(made.full_text, encoding="utf-8", newline="\n")
    (root / made.path).write_text(made.text, encoding="utf-8", newline="\n")
    if one.original is not None:
        one.path.rename(beside / one.original.name)
    else:
        one.path.unlink()
    if one.also is not None:
        one.also.unlink()
    return made


def _free_id(wanted: str, imported: Imported, folder: Path, catalogue: Catalogue | None) -> str:
    """The id that the file's name gives, else its number; with -2, -3 … where it is taken."""
    number = imported.value("so_ky_hieu")
    base = wanted if is_entry_id(wanted) else slug(number) if isinstance(number, str) else ""
    base = base if is_entry_id(base) else f"tin-{wanted}".strip("-") if wanted else "tin-moi"
    candidate, count = base, 1
    while (
        (catalogue and catalogue.find(candidate))
        or (folder / candidate).exists()
        or (folder / f"{candidate}.md").exists()
    ):
        count += 1
        candidate = f"{base[:75].rstrip('-')}-{count}"
    return candidate


def _receipt(one: _Read, made: draft.Draft, report: Report) -> Receipt:
    entry = report.catalogue.by_path.get(made.path) if report.catalogue else None
    source = f"; {_FORM_IS_READ}" if one.original is None else ""
    also = f"; ghép với phiếu «{shown(one.also.name)}», {_FORM_IS_READ}" if one.also else ""
    own = [problem for problem in report.problems if problem.path == made.path]
    return Receipt(
        one.path.name,
        f"Đã lập tin nháp {made.path}{source}{also}",
        facts=tuple(_facts(entry, report.catalogue)) if entry and report.catalogue else (),
        missing=tuple(draft.spoken(made.missing)),
        wrong=tuple(_told(problem) for problem in own if problem.is_error),
        review=one.imported.notes,
    )


def _facts(entry: Entry, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """What will appear and under which unit."""
    policy, known = entry.policy, catalogue.vocabularies
    kind = known.types.get(policy.type)
    issuers = [
        known.issuers[issuer].name_on(policy.issued) if issuer in known.issuers else issuer for issuer in policy.issuers
    ]
    said = [
        kind.name if kind else "",
        f"số {policy.number.text}" if policy.number else "",
        f"ngày {format_date(policy.issued)}" if policy.issued else "",
        " và ".join(issuer.removeprefix("?") for issuer in issuers),
    ]
    yield "Tiêu đề", policy.title or "(chưa có)"
    yield "Văn bản", ", ".join(filter(None, said)) or "(chưa đọc được gì)"
    if policy.subject:
        yield "Trích yếu", policy.subject
    yield "Tệp gốc", ", ".join(sorted(entry.files)) or "(chưa có)"
    yield "Đơn vị phụ trách tin", _owner(entry, known)
    yield (
        "Bao giờ hiện",
        "chưa hiện: tin còn là bản nháp; đổi trang_thai thành cong-khai khi đã điền xong và được duyệt",
    )


def _owner(entry: Entry, known: Vocabularies) -> str:
    owner = entry.owner
    if owner.lead and owner.deciding:
        return f"{', '.join(known.units[unit].name for unit in owner.lead)} (vì {owner.deciding.reading})"
    if owner.deciding:
        names = ", ".join(known.units[unit].name for unit in owner.deciding.units)
        return f"chưa rõ, có thể là {names} (vì {owner.deciding.reading}); ghi rõ ở khóa don_vi_chu_tri"
    return "chưa rõ; điền lĩnh vực thì máy suy ra, hoặc ghi rõ ở khóa don_vi_chu_tri"


def _told(problem: Problem) -> str:
    return f"dòng {problem.line}: {problem.words.what}. Cách sửa: {problem.words.fix}"


# The reply


def as_text(receipts: Sequence[Receipt]) -> str:
    """The reply for a terminal."""
    blocks = []
    for receipt in receipts:
        lines = [f"{shown(receipt.file)}: {receipt.outcome}."]
        lines += [f"  {label}: {shown(value)}" for label, value in receipt.facts]
        for title, items in _lists(receipt):
            lines += [f"  {title}:", *(f"    - {shown(item)}" for item in items)]
        blocks.append("\n".join(lines))
    return "\n\n".join([*blocks, summary(receipts)])


def as_reply(receipts: Sequence[Receipt]) -> str:
    """The reply as Markdown for a pull request: nothing that a file says can be a link, a tag or a call by name."""
    blocks = ["## Máy đã đọc các tệp vừa gửi", _quoted(summary(receipts))]
    for receipt in receipts:
        mark = "❌" if receipt.is_refused else "⚠️" if receipt.wrong or receipt.missing else "✅"
        lines = [f"### {mark} {_quoted(receipt.file)}", "", f"{_quoted(receipt.outcome)}."]
        if receipt.facts:
            lines += ["", *(f"- **{label}:** {_quoted(value)}" for label, value in receipt.facts)]
        for title, items in _lists(receipt):
            lines += ["", f"**{title}:**", "", *(f"- {_quoted(item)}" for item in items)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


FORMATS = {"van-ban": as_text, "markdown": as_reply}


def summary(receipts: Sequence[Receipt]) -> str:
    """How many files were read and how many could not be."""
    if not receipts:
        return f"Không có tệp nào chờ trong {FOLDER}/."
    refused = sum(receipt.is_refused for receipt in receipts)
    return f"Đã xem {len(receipts)} tệp: nhận {len(receipts) - refused}, chưa nhận {refused}."


def shown(text: str) -> str:
    """The text on one line, with «?» for what no encoding can write."""
    return one_line(text.encode("utf-8", "replace").decode())


def _lists(receipt: Receipt) -> Iterator[tuple[str, tuple[str, ...]]]:
    for title, items in (
        ("Phải sửa", receipt.wrong),
        ("Còn phải điền", receipt.missing),
        ("Cần xem lại", receipt.review),
    ):
        if items:
            yield title, items


def _quoted(text: str) -> str:
    """The text as it stands, with a zero-width space where a forge would call a person or make a link of bare words."""
    return _CALLS.sub(lambda found: found[0] + "\u200b", as_markdown(shown(text)))
