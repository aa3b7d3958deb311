"""An entry whose words must be gone in, a newly built site, cleaned copies and what people must still clean out."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .app import KEPT_INDEXES
from .catalogue import Catalogue, Entry
from .dates import format_date
from .lifecycle import write_whole
from .outputs.view import entry_path
from .release import write_manifest
from .text import one_line

_INDEX = "tim-kiem"
_SHORTEST = 12
_PACKED = (".gz", ".br", ".zst")


class NotPublished(Exception):
    """The new site could not be built; the message holds what the build said."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A kept copy of the site: how many of its files were replaced by the new ones and how many deleted."""

    folder: Path
    replaced: int
    deleted: int


@dataclass(frozen=True, slots=True)
class Report:
    """What was done; `leftovers` are files that still hold words of the entry."""

    site: Path
    kept: tuple[Cleaned, ...]
    leftovers: tuple[str, ...]


def words_of(entry: Entry) -> tuple[bytes, ...]:
    """The entry's own sentences as files hold them (plain, in HTML, in JSON): title, summary, subject, first lines."""
    policy = entry.policy
    said = [one_line(text) for text in (policy.title, policy.summary, policy.subject, *_sentences(entry))]
    forms: dict[str, None] = {}
    for text in said:
        if len(text) >= _SHORTEST:
            quoted = json.dumps(text, ensure_ascii=False)[1:-1]
            forms |= dict.fromkeys((text, html.escape(text), html.escape(text, quote=False), quoted))
    return tuple(form.encode() for form in forms)


def _sentences(entry: Entry) -> Iterator[str]:
    """Lines of the body and the full text long enough to be nobody else's."""
    texts = [re.sub(r"<[^>]+>", "\n", entry.body.html)]
    if entry.full_text is not None:
        texts.append(entry.full_text.source)
    for text in texts:
        yield from (line.strip() for line in html.unescape(text).split("\n") if len(line.strip()) >= 60)


def publish(root: Path, entry: Entry, words: Sequence[bytes], site: Path, kept: Iterable[Path]) -> Report:
    """Build the site anew, then clean caches and kept copies. Raises NotPublished; the copies are untouched then."""
    shutil.rmtree(root / KEPT_INDEXES, ignore_errors=True)
    build(root, site)
    cleaned = tuple(_clean(folder, site, entry, words) for folder in kept)
    leftovers = [str(site / name) for name in _holding(site, words)]
    for one in cleaned:
        leftovers += [str(one.folder / name) for name in _holding(one.folder, words)]
    return Report(site, cleaned, tuple(leftovers))


def build(root: Path, site: Path) -> None:
    """Build the site for the public, in a process of its own. Raises NotPublished; the last good site stands then."""
    # The entries' own marks decide, not a preview or a form that somebody left switched on.
    environment = {
        name: value for name, value in os.environ.items() if name not in ("CHINHSACH_XEM_TRUOC", "CHINHSACH_QUAN_TRI")
    }
    built = subprocess.run(  # noqa: S603  (our own interpreter; no word of an entry is an argument)
        [sys.executable, "-m", "mkdocs", "build", "-d", str(site.absolute())],
        cwd=root,
        env={**environment, "NO_MKDOCS_2_WARNING": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if built.returncode != 0:
        raise NotPublished(built.stdout.strip())


def _clean(folder: Path, site: Path, entry: Entry, words: Sequence[bytes]) -> Cleaned:
    """Replace what tells of the entry by what the new site has at the same place, or delete it.

    The search index is replaced whole: its pieces hold words without the entry's id.
    """
    replaced = deleted = 0
    page, data = entry_path(entry.id), f"du-lieu/chinh-sach/{entry.id}.json"
    mark = re.compile(rb"(?<![a-z0-9-])" + entry.id.encode() + rb"(?![a-z0-9-])")
    for name in list(_files(folder)):
        plain = next((name.removesuffix(end) for end in _PACKED if name.endswith(end)), name)
        content = (folder / name).read_bytes()
        is_own = plain.startswith(page) or plain == data or plain.split("/")[0] == _INDEX
        touched = is_own or bool(mark.search(content)) or any(word in content for word in words)
        if plain != name:  # packed twins are made anew by whoever serves the copy
            touched = True
        if not touched or (plain == name and _same(site / name, content)):
            continue
        if plain == name and (site / name).is_file():
            write_whole(folder / name, (site / name).read_bytes())
            replaced += 1
        else:
            (folder / name).unlink()
            deleted += 1
    for source in sorted((site / _INDEX).rglob("*")):
        target = folder / source.relative_to(site)
        if source.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, source.read_bytes())
    for parent, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            os.rmdir(parent)  # only empty ones go
    if folder.is_dir():
        write_manifest(folder, {})
    return Cleaned(folder, replaced, deleted)


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _files(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield Path(parent, name).relative_to(folder).as_posix()


def _holding(folder: Path, words: Sequence[bytes]) -> Iterator[str]:
    for name in _files(folder):
        content = (folder / name).read_bytes()
        if any(word in content for word in words):
            yield name


def as_text(report: Report, entry: Entry, catalogue: Catalogue) -> str:
    """What was done, then what only people can do."""
    lines = [f"Đã dựng lại {report.site}; trang của tin chỉ còn lời báo «Tin đã gỡ»."]
    lines += [f"Đã dọn bản lưu {one.folder}: thay {one.replaced} tệp, xóa {one.deleted} tệp." for one in report.kept]
    if report.leftovers:
        lines += ["", f"CÒN SÓT: {len(report.leftovers)} tệp vẫn có câu chữ của tin (có thể do tin khác trích lại):"]
        lines += [f"  - {name}" for name in report.leftovers[:20]]
    lines += ["", "Còn phải làm bằng tay:", *(f"  {n}. {todo}" for n, todo in enumerate(_todo(entry, catalogue), 1))]
    return "\n".join(lines)


def _todo(entry: Entry, catalogue: Catalogue) -> Iterator[str]:
    yield "Đưa trang vừa dựng lên máy chủ ngay; chưa đưa lên thì nội dung vẫn còn ở đó."
    yield (
        f"Tệp trong kho: xóa phần bài và thư mục {entry.file.files}/ nếu có, chỉ giữ phần khóa đã làm sạch của "
        f"{entry.file.path} (không xóa tệp tin, nếu không nơi lấy tin không được báo gỡ)."
    )
    yield (
        "Lịch sử của kho và mọi bản sao: bản cũ của tệp vẫn đọc được; nhờ người giữ kho chép tệp tin đã làm sạch ra "
        f"ngoài, viết lại lịch sử (git filter-repo --invert-paths --path-glob 'policies/*/{entry.id}.md' "
        f"--path-glob 'policies/*/{entry.id}/*'), đặt tệp tin trở lại, rồi xóa bản sao, nhánh, yêu cầu gộp cũ."
    )
    yield "Bản lưu khác chưa ghi ở --ban-luu, bản sao dự phòng, bản xem trước."
    yield f"Bộ đệm trước trang (CDN, máy chủ trung gian): xóa /{entry_path(entry.id)}, nguồn tin, dữ liệu, /{_INDEX}/."
    yield "Máy tìm kiếm: xin xóa bản lưu của địa chỉ ấy."
    yield "Cổng lấy tin của Sở: sau lần lấy tới, xem còn hiện tin không bằng lệnh doi-chieu-cong; còn thì báo cổng gỡ."
    channels = catalogue.vocabularies.channels
    for sent in entry.policy.distributions:
        name = channels[sent.channel].name if sent.channel in channels else sent.channel
        yield f"Kênh {name}, đã đưa ngày {format_date(sent.day)} ({sent.evidence}): gỡ ở đó."
    if not entry.policy.distributions:
        yield "Kênh khác (Zalo, báo, loa): tin không ghi truyen_thong nên máy không biết đã đưa đi đâu; hãy hỏi đơn vị."
