"""A plan of releases in, the releases of a made-up site out, and whether every mirror shows the truth after each.

A history is drawn by hypothesis: steps of a wait and some actions, each step ending in a release made by the package
without MkDocs. Every entry carries words that stand nowhere else («zw0001q»), so that a leak can be searched for.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from du_an_mau import build
from feed_check import check
from hypothesis import strategies as st
from mirror_sim import OVERWRITE_BY_GUID, Mirror, Shown, State, differences
from support import DRAFT, ROOT, config, load, templates, vocabularies, write_entry

from chinhsach import vocabulary
from chinhsach.check import find_problems
from chinhsach.dates import VN
from chinhsach.outputs import full_text_index
from chinhsach.outputs.site import CONTENT_MARK, HEAD_MARK, Site

RELEASES = 12
START = datetime(2026, 1, 5, 8, 0, tzinfo=VN)
FRAME = f"<!doctype html><html lang=vi><head><title></title>{HEAD_MARK}</head><body><main>{CONTENT_MARK}</main></body></html>"
UNITS = ("van-phong-so", "phong-dkkd", "phong-qldt-ngoai-ns")
MERGED, HEIR = "phong-dkkd", "van-phong-so"
COMMON_TITLE = "Ví dụ: tiêu đề mà nhiều tin cùng mang"
BURST = 12
WIDE_BURST = 108
WAITS = tuple(timedelta(hours=h) for h in (1, 3, 9, 24, 72, 24 * 12, 24 * 40))
WINDOW, SOON = 100, timedelta(days=20)
"""Where more may change than the window surely holds, a mirror must come by within its thirty days (DESIGN §5)."""
Keys = dict[str, Any]


class Action(NamedTuple):
    """Something that an office does: `which` chooses the entry, `is_plain` a date without a time or a variant."""

    kind: str
    which: int
    is_plain: bool


class Step(NamedTuple):
    """How long nothing happens, then what does, before the next release."""

    wait: timedelta
    actions: tuple[Action, ...]


@dataclass
class Tale:
    """An entry of a history: where its file stands, its keys, and every word that is its own."""

    id: str
    unit: str
    keys: Keys
    body: str
    files: dict[str, str]
    words: list[str]

    @property
    def status(self) -> str:
        return str(self.keys.get("trang_thai") or "cong-khai")

    @property
    def is_draft(self) -> bool:
        return self.keys.get("giai_doan") == "xay-dung"

    @property
    def is_erased(self) -> bool:
        return self.status == "da-go" and "che_do" in self.keys["go_tin"]


class _Memory:
    """Parts of the full-text index that earlier releases made."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def store(self, key: str, content: bytes) -> None:
        self.kept[key] = content


@dataclass
class Office:
    """A department at work: its entries on disk, its clock, its vocabularies and its domain."""

    root: Path
    now: datetime = START
    base: str = "https://vi-du.example/tin/"
    known: Any = field(default_factory=vocabularies)
    tales: dict[str, Tale] = field(default_factory=dict)
    count: int = 0
    former: tuple[str, ...] = ()
    kept: _Memory = field(default_factory=_Memory)

    # What is there

    def choose(self, which: int, wanted: Callable[[Tale], bool]) -> Tale | None:
        """One of the entries of a kind, or None where there is none."""
        found = [tale for tale in self.tales.values() if wanted(tale)]
        return found[which % len(found)] if found else None

    def stands(self, tale: Tale) -> bool:
        """Whether the entry is public now and not removed."""
        return tale.status == "cong-khai" and self.published(tale) <= self.now

    def published(self, tale: Tale) -> datetime:
        """When the entry is to be public."""
        return datetime.fromisoformat(tale.keys["ngay_dang"]).replace(tzinfo=VN)

    def withheld(self) -> Iterator[str]:
        """Every word that no file of the site may hold now."""
        for tale in self.tales.values():
            if tale.is_erased or tale.status == "ban-nhap" or self.published(tale) > self.now:
                yield from tale.words

    # Writing

    def stamp(self, *, is_plain: bool) -> str:
        """Now, as a clerk writes it: with or without the time."""
        return f"{self.now:%Y-%m-%d}" if is_plain else f"{self.now:%Y-%m-%dT%H:%M}"

    def word(self, tale: Tale) -> str:
        """A word that stands nowhere else."""
        self.count += 1
        tale.words.append(f"zw{self.count:04}q")
        return tale.words[-1]

    def add(self, which: int, *, is_plain: bool, **keys: Any) -> Tale:
        """A new entry, public from now on unless `keys` say otherwise."""
        number = len(self.tales) + 1
        tale = Tale(f"vi-du-{number:03}", UNITS[which % len(UNITS)], {}, "", {}, [])
        yesterday = self.now.date() - timedelta(days=1)
        tale.keys = {
            "tieu_de": keys.get("tieu_de") or f"Ví dụ: tin {self.word(tale)}",
            "tom_tat": f"Tóm tắt ví dụ {self.word(tale)}, không phải tin thật, chỉ để thử nguồn tin.",
            "loai": "ke-hoach",
            "so_ky_hieu": f"{90_000 + number}/KH-SKHĐT",
            "ngay_ban_hanh": yesterday.isoformat(),
            "trich_yeu": f"Việc ví dụ {self.word(tale)}",
            "ngay_dang": self.stamp(is_plain=is_plain),
            "ngay_hieu_luc": (self.now.date() + timedelta(days=which % 40 - 5)).isoformat(),
            "linh_vuc": ["truyen-thong-chinh-sach" if which % 2 else "xuc-tien-dau-tu"],
        } | keys  # fmt: skip
        tale.keys["ngay_hieu_luc"] = tale.keys["ngay_hieu_luc"] and max(
            tale.keys["ngay_hieu_luc"], yesterday.isoformat()
        )
        if tale.keys["so_ky_hieu"]:
            tale.words.append(tale.keys["so_ky_hieu"])
        tale.body = f"\nBài ví dụ {self.word(tale)}.\n"
        if which % 3 == 0:
            name = f"{self.word(tale)}.txt"
            tale.files[name] = f"Tệp ví dụ {self.word(tale)}."
            tale.keys["tep"] = [{"ten": f"Ví dụ {self.word(tale)}", "tep": name, "loai": "khac"}]
        if which % 5 == 0 and not tale.is_draft:
            tale.files["toan-van.md"] = f"## Điều 1. Ví dụ {self.word(tale)}\n\nLời ví dụ {self.word(tale)}.\n"
            tale.keys["toan_van"] = {"tep": "toan-van.md", "day_du": "khong", "nguon": "https://example.org/vi-du"}
        self.tales[tale.id] = tale
        self.save(tale)
        return tale

    def save(self, tale: Tale) -> None:
        """Write the entry's file."""
        write_entry(self.root, tale.id, unit=tale.unit, year="2026", body=tale.body, files=tale.files, **tale.keys)

    def log(self, tale: Tale, kind: str, moment: str, **more: str) -> None:
        """Add a line to the entry's public log."""
        line = {"ngay": moment, "loai": kind, "noi_dung": f"Ví dụ: việc {self.word(tale)}", **more}
        tale.keys["thay_doi"] = [*tale.keys.get("thay_doi", ()), line]

    # Releasing

    def release(self) -> State:
        """The whole site as it stands now; its entries have no error."""
        catalogue = load(self.root, self.now, known=self.known)
        problems = [p.as_text() for p in find_problems(catalogue, notes=False)]
        assert problems == [], "\n".join(problems)
        site = Site(catalogue, config(self.base), templates(), lambda section: FRAME)
        outputs = [*site.files(), *full_text_index.files(catalogue, self.kept)]
        files = {o.path: o.content if isinstance(o.content, bytes) else o.content.read_bytes() for o in outputs}
        return State(files, self.base, self.former)


# What an office does; an action for which there is no entry does nothing

Doing = Callable[[Office, Action], None]
ACTIONS: dict[str, Doing] = {}


def _action(doing: Doing) -> Doing:
    ACTIONS[doing.__name__] = doing
    return doing


@_action
def create(office: Office, action: Action) -> None:
    titled = {"tieu_de": COMMON_TITLE} if action.which % 4 == 0 else {}
    office.add(action.which, is_plain=action.is_plain, **titled)


@_action
def draft(office: Office, action: Action) -> None:
    """A draft whose consultation opens and closes as time goes on."""
    opens = office.now.date() + timedelta(days=action.which % 3)
    asked = {"tu": opens.isoformat(), "den": (opens + timedelta(days=5 + action.which % 20)).isoformat()}
    keys = {**DRAFT, "gop_y": {**DRAFT["gop_y"], **asked}, "ngay_hieu_luc": None}
    office.add(action.which, is_plain=action.is_plain, **keys)


@_action
def answer(office: Office, action: Action) -> None:
    """A consultation that closed gets its result."""
    today = office.now.date()
    tale = office.choose(
        action.which,
        lambda t: office.stands(t) and t.is_draft and "ket_qua" not in t.keys["gop_y"]
        and date.fromisoformat(t.keys["gop_y"]["den"]) < today,
    )  # fmt: skip
    if tale is not None:
        told = f"Ví dụ: đã tiếp thu {office.word(tale)}"
        result = {"ngay": today.isoformat(), "tom_tat": told, "url": "https://example.org/ket-qua"}
        tale.keys["gop_y"] = {**tale.keys["gop_y"], "ket_qua": result}
        office.log(tale, "cap-nhat", office.stamp(is_plain=action.is_plain))
        office.save(tale)


@_action
def issue(office: Office, action: Action) -> None:
    """A draft is issued: an entry of its own that names it."""
    tale = office.choose(action.which, lambda t: office.stands(t) and t.is_draft)
    if tale is not None:
        office.add(action.which, is_plain=action.is_plain, quan_he=[{"loai": "ban-hanh-tu-du-thao", "den": tale.id}])


@_action
def correct(office: Office, action: Action) -> None:
    tale = office.choose(action.which, office.stands)
    if tale is not None:
        before, after = tale.words[0], office.word(tale)
        tale.keys["tom_tat"] = f"Tóm tắt ví dụ đã sửa {after}, không phải tin thật, chỉ để thử nguồn tin."
        office.log(tale, "dinh-chinh", office.stamp(is_plain=action.is_plain), truoc=before, sau=after)
        office.save(tale)


@_action
def retitle(office: Office, action: Action) -> None:
    tale = office.choose(action.which, office.stands)
    if tale is not None:
        tale.keys["tieu_de"] = f"Ví dụ: tên mới {office.word(tale)}"
        office.log(tale, "cap-nhat", office.stamp(is_plain=action.is_plain))
        office.save(tale)


@_action
def remove(office: Office, action: Action) -> None:
    _remove(office, action, {})


@_action
def erase(office: Office, action: Action) -> None:
    _remove(office, action, {"che_do": "xoa-noi-dung"})


def _remove(office: Office, action: Action, more: Keys) -> None:
    tale = office.choose(action.which, office.stands)
    if tale is not None:
        tale.keys["trang_thai"] = "da-go"
        tale.keys["go_tin"] = {"ngay": office.stamp(is_plain=action.is_plain), "ly_do": "Ví dụ: ghi nhầm số", **more}
        office.save(tale)


@_action
def put_back(office: Office, action: Action) -> None:
    tale = office.choose(action.which, lambda t: t.status == "da-go")
    if tale is not None:
        office.log(tale, "go-tin", tale.keys.pop("go_tin")["ngay"])
        office.log(tale, "dang-lai", office.stamp(is_plain=action.is_plain))
        tale.keys["trang_thai"] = "cong-khai"
        office.save(tale)


@_action
def move(office: Office, action: Action) -> None:
    """A former address leads to the entry."""
    tale = office.choose(action.which, lambda t: office.stands(t) and "dia_chi_cu" not in t.keys)
    if tale is not None:
        tale.keys["dia_chi_cu"] = [f"/tin-cu/{tale.id}/"]
        office.log(tale, "cap-nhat", office.stamp(is_plain=action.is_plain))
        office.save(tale)


@_action
def expire(office: Office, action: Action) -> None:
    """An end of effect becomes known; the day itself comes later."""
    tale = office.choose(action.which, lambda t: office.stands(t) and not t.is_draft)
    if tale is not None:
        first = date.fromisoformat(tale.keys["ngay_hieu_luc"])
        last = max(first, office.now.date()) + timedelta(days=1 + action.which % 9)
        tale.keys["ngay_het_hieu_luc"] = last.isoformat()
        office.log(tale, "dinh-chinh", office.stamp(is_plain=action.is_plain))
        office.save(tale)


@_action
def repeal(office: Office, action: Action) -> None:
    """Another entry's document ends this one's effect."""
    tale = office.choose(action.which, lambda t: office.stands(t) and not t.is_draft)
    if tale is not None:
        office.add(
            action.which, is_plain=action.is_plain, quan_he=[{"loai": "bai-bo", "den": tale.id, "pham_vi": "toan-bo"}]
        )


@_action
def schedule(office: Office, action: Action) -> None:
    """An entry for a later day; some change another one's effect as soon as they are public."""
    later = office.now + timedelta(hours=5 + 7 * (action.which % 11))
    tale = office.choose(action.which, lambda t: office.stands(t) and not t.is_draft)
    acts = (
        [{"loai": "thay-the", "den": tale.id, "pham_vi": "toan-bo"}] if tale is not None and action.is_plain else None
    )
    office.add(action.which, is_plain=False, ngay_dang=f"{later:%Y-%m-%dT%H:%M}", quan_he=acts)


@_action
def keep_back(office: Office, action: Action) -> None:
    """A working copy, not to be published yet."""
    tale = office.choose(action.which, lambda t: office.stands(t) and not t.is_draft)
    acts = [{"loai": "bai-bo", "den": tale.id, "pham_vi": "toan-bo"}] if tale is not None and action.is_plain else None
    office.add(action.which, is_plain=action.is_plain, trang_thai="ban-nhap", quan_he=acts)


@_action
def publish(office: Office, action: Action) -> None:
    """A working copy goes public."""
    tale = office.choose(action.which, lambda t: t.status == "ban-nhap")
    if tale is not None:
        tale.keys |= {"trang_thai": "cong-khai", "ngay_dang": office.stamp(is_plain=action.is_plain)}
        office.save(tale)


@_action
def merge(office: Office, action: Action) -> None:
    """A unit ends and names its successor."""
    units = dict(office.known.units)
    if units[MERGED].successor is None:
        units[MERGED] = replace(units[MERGED], successor=HEIR, until=office.now.date())
        active = {unit: units[unit] for unit in office.known.active_units}
        office.known = replace(office.known, units=units, active_units=active)


@_action
def burst(office: Office, action: Action) -> None:
    """Many entries at once; seldom more than the window's hundred, which its thirty days then widen."""
    for number in range(WIDE_BURST if action.which % 16 == 0 and len(office.tales) < 40 else BURST):
        office.add(action.which + number, is_plain=action.is_plain)


@_action
def change_domain(office: Office, action: Action) -> None:
    """The old domain leads to the new one."""
    office.former = (*office.former, office.base)
    office.base = f"https://ten-mien-{len(office.former)}.example/"


OFTEN = ("create", "draft", "correct", "remove", "put_back", "schedule")
NUMBERS = st.integers(0, 63)


def histories(releases: int = RELEASES) -> st.SearchStrategy[list[Step]]:
    """Plans of so many releases, each after up to five actions."""
    actions = st.builds(Action, st.sampled_from((*ACTIONS, *OFTEN)), NUMBERS, st.booleans())
    steps = st.builds(Step, st.sampled_from(WAITS), st.lists(actions, max_size=5).map(tuple))
    return st.lists(steps, min_size=releases, max_size=releases)


# Judging


def replay(plan: list[Step]) -> tuple[int, list[str]]:
    """Live through a plan: how many releases there were, and all that was wrong after any of them."""
    wrong: list[str] = []
    with ExitStack() as stack:
        office = Office(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        mirrors = {name: Mirror(name) for name in OVERWRITE_BY_GUID}
        seldom = Mirror("update")
        for mirror in mirrors.values():
            stack.callback(mirror.close)
        before: dict[str, Shown] = {}
        for place, step in enumerate(plan, 1):
            live(office, step)
            state = office.release()
            comes_seldom = place % 3 == 0 and len(office.tales) <= WINDOW
            polled = mirrors | ({"update, ba lần một": seldom} if comes_seldom else {})
            for name, mirror in polled.items():
                mirror.poll(state)
                wrong += [f"lần {place}, {name}: {line}" for line in differences(mirror, state)]
            wrong += [f"lần {place}: {line}" for line in faults(office, state, before)]
            before = state.truth
    return len(plan), wrong


def replay_for_real(plan: list[Step]) -> tuple[int, list[str]]:
    """The same plan through `mkdocs build`: which feeds and data files are other than the package alone made them.

    A unit's end is left out: it stands in a vocabulary, which the plans change in memory only.
    """
    names = {"ten_trang": config().site_name, "co_quan": config().department}
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        for name in ("docs", "hooks", vocabulary.FOLDER):
            shutil.copytree(ROOT / name, office.root / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        own = (ROOT / "mkdocs.yml").read_text("utf-8")
        for key, name in names.items():
            own = re.sub(rf"^  {key}: .*$", f"  {key}: {name}", own, flags=re.M)
        (office.root / "mkdocs.yml").write_text(own, "utf-8")
        for place, step in enumerate(plan, 1):
            live(office, step._replace(actions=tuple(a for a in step.actions if a.kind != merge.__name__)))
            state = office.release()
            site = office.root / "site"
            done = build(office.root, site, now=office.now, address=office.base)
            if done.returncode:
                wrong.append(f"lần {place}: {done.stdout[-600:]}{done.stderr[-600:]}")
                continue
            made = {path for path in state.files if path.endswith((".xml", ".json", ".ics", ".csv"))} - {
                "du-lieu/tep.json"
            }
            wrong += [
                f"lần {place}: {path}"
                for path in sorted(made - {"sitemap.xml"})
                if not (site / path).is_file() or (site / path).read_bytes() != state.files[path]
            ]
    return len(plan), wrong


def live(office: Office, step: Step) -> None:
    """Wait, then act, some minutes apart."""
    is_crowded = len(office.tales) >= WINDOW - BURST or any(action.kind == burst.__name__ for action in step.actions)
    office.now += min(step.wait, SOON) if is_crowded else step.wait
    for action in step.actions:
        office.now += timedelta(minutes=7)
        ACTIONS[action.kind](office, action)
    office.now += timedelta(minutes=30)


def faults(office: Office, state: State, before: dict[str, Shown]) -> Iterator[str]:
    """What is wrong with a release itself: its feeds, words that must not be there, changes that no date tells."""
    for failure in check(state.files, state.base, state.ledger, office.now, with_clients=False):
        yield " ".join(failure)
    words = [word.encode() for word in office.withheld()]
    for path, content in state.files.items():
        found = [word.decode() for word in words if word in content or word.decode() in path]
        if found:
            yield f"{path} lộ {found}"
    for guid, told in before.items():
        now = state.truth.get(guid)
        if now is None:
            yield f"mất tin: {told.title}"
        elif now.changed is not None and told.changed is not None and now.changed < told.changed:
            yield f"ngày đổi lùi từ {told.changed} về {now.changed}: {now.title}"
        elif (_own(now.title), now.words) != (_own(told.title), told.words) and now.changed == told.changed:
            yield f"đổi lời mà không đổi ngày: {told.title!r} {told.words!r} thành {now.title!r} {now.words!r}"


def _own(title: str) -> str:
    """A title without what tells it apart from another's: that comes and goes with the other entry, at no date of its own."""
    return re.sub(r"( \((9\d{4}/KH-SKHĐT|\d\d/\d\d/\d{4}|vi-du-\d+)\))+$", "", title)
