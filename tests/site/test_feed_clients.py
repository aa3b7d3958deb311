"""The life of an entry over HTTP: real clients poll one release after the other, and what they hold is the truth.

`reader` (PyPI) and newsboat overwrite by guid and must be truthful. rss2email cannot be: a mail that was sent stays.
By default it never tells of a change; with `reply-changes` its newest mail on an entry is the truth. sfeed knows an
entry by guid, title and link together, so a removed one stays beside its old self.
The releases are made by the package; tests/site/test_site_feeds.py judges sites that MkDocs built.
"""

from __future__ import annotations

import mailbox
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from chay import find_program
from feed_check import plain
from lich_su import Action, Office, Step, live
from mirror_sim import Shown, State, held_by
from reader import make_reader

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TYPES = {".xml": "application/rss+xml", ".html": "text/html; charset=utf-8", ".json": "application/json"}


def step(wait: timedelta, *kinds: str, which: int = 1, is_plain: bool = False) -> Step:
    return Step(wait, tuple(Action(kind, which, is_plain) for kind in kinds))


LIVES = {
    "mới": [step(HOUR, "create"), step(DAY, "create", "create")],
    "dự thảo được ban hành": [step(HOUR, "draft", which=0), step(DAY * 60, "issue", which=0)],
    "đính chính": [step(HOUR, "create"), step(DAY * 3, "correct", which=0), step(DAY, "correct", which=0, is_plain=True)],
    "đính chính trong ngày đăng": [
        step(HOUR, "create", is_plain=True),
        *(step(HOUR, "correct", which=0, is_plain=is_plain) for is_plain in (True, False, True)),
    ],
    "gỡ": [step(HOUR, "create", "create"), step(DAY, "remove", which=0)],
    "gỡ và xóa nội dung": [step(HOUR, "create", "create"), step(DAY, "erase", which=0)],
    "đăng lại": [step(HOUR, "create"), step(DAY, "remove", which=0), step(HOUR, "put_back", which=0)],
    "đăng lại trong ngày gỡ, rồi gỡ nữa": [
        step(HOUR, "create"),
        *(step(HOUR, kind, which=0, is_plain=True) for kind in ("remove", "put_back", "remove")),
    ],
    "đổi địa chỉ": [step(HOUR, "create"), step(DAY, "move", which=0)],
    "đổi tiêu đề": [step(HOUR, "create"), step(DAY, "retitle", which=0)],
    "có hiệu lực rồi hết": [step(HOUR, "create", which=9), step(DAY * 9), step(HOUR, "expire", which=0), step(DAY * 9)],
    "bị bãi bỏ": [step(HOUR, "create"), step(HOUR, "repeal", which=0), step(DAY * 9)],
    "lấy ý kiến": [step(HOUR, "draft", which=2), step(DAY * 3), step(DAY * 40), step(HOUR, "answer", which=0)],
    "đơn vị sáp nhập": [step(HOUR, "create", "create"), step(DAY, "merge"), step(DAY, "create")],
    "hẹn giờ": [step(HOUR, "create", "schedule", "keep_back", which=0), step(DAY), step(HOUR, "publish", which=0)],
    "đổi tên miền": [step(HOUR, "create", "draft"), step(DAY, "change_domain"), step(DAY, "correct", "create", which=0)],
}  # fmt: skip


class _Answers(BaseHTTPRequestHandler):
    """Answers from the host's release, or leads to its new domain."""

    def do_GET(self) -> None:
        host: Host = self.server.host  # type: ignore[attr-defined]
        path = self.path.removeprefix("/")
        if host.moved_to:
            self.send_response(301)
            self.send_header("Location", host.moved_to + path)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content = host.files.get(path + "index.html" if path.endswith("/") or not path else path)
        self.send_response(200 if content is not None else 404)
        self.send_header("Content-Type", TYPES.get(Path(path).suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the tests speak."""


@dataclass
class Host:
    """A domain on this machine: the files that it serves, or where it has moved to."""

    files: dict[str, bytes] = field(default_factory=dict)
    moved_to: str = ""

    def __post_init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
        self.server.host = self  # type: ignore[attr-defined]
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        self.base = f"http://127.0.0.1:{self.server.server_port}/"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def hosts() -> Iterator[tuple[Host, Host]]:
    """The domain that every client was told of, and the one that the site may move to."""
    both = (Host(), Host())
    yield both
    for host in both:
        host.close()


def releases(plan: list[Step], hosts: tuple[Host, Host], root: Path) -> Iterator[State]:
    """Serve each release of a life in turn."""
    first, second = hosts
    office = Office(root / "co-quan", base=first.base)
    for happens in plan:
        live(office, happens)
        if office.former:
            office.base, first.moved_to = second.base, second.base
        state = office.release()
        (second if office.former else first).files = dict(state.files)
        yield state


@pytest.mark.parametrize("name", LIVES)
def test_reader_holds_the_truth_after_each_release(name: str, hosts: tuple[Host, Host], tmp_path: Path) -> None:
    with make_reader(":memory:") as reader:
        reader.add_feed(hosts[0].base + "rss.xml")
        for state in releases(LIVES[name], hosts, tmp_path):
            for result in reader.update_feeds_iter(scheduled=False):
                assert not isinstance(result.value, Exception), result
            assert {entry.guid: entry for entry in held_by(reader)} == state.truth


@pytest.mark.can_newsboat
@pytest.mark.parametrize("name", LIVES)
def test_newsboat_holds_the_truth_after_each_release(name: str, hosts: tuple[Host, Host], tmp_path: Path) -> None:
    (tmp_path / "urls").write_text(f"{hosts[0].base}rss.xml\n", encoding="utf-8")
    (tmp_path / "config").write_text("", encoding="utf-8")
    command = [find_program("newsboat") or "newsboat", "-x", "reload"]
    files = [f"{flag}{tmp_path / name}" for flag, name in (("-u", "urls"), ("-C", "config"), ("-c", "cache.db"))]
    for state in releases(LIVES[name], hosts, tmp_path):
        run([*command[:1], *(part for f in files for part in (f[:2], f[2:])), *command[1:]], tmp_path)
        with closing(sqlite3.connect(tmp_path / "cache.db")) as cache:
            rows = cache.execute("SELECT guid, title, url, content FROM rss_item WHERE deleted = 0").fetchall()
        held = {guid: Shown(guid, title, link, plain(html), None) for guid, title, link, html in rows}
        # It shows the day of publication only, so the change's own date is not among what it can have wrong.
        assert len(rows) == len(held)
        assert held == {guid: told._replace(changed=None) for guid, told in state.truth.items()}


def run(command: list[str], home: Path) -> None:
    """Run a client that asks nothing, with a home of its own."""
    environment = {"HOME": str(home), "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=home, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr


ONCE, EACH = "mot-lan", "moi-lan-doi"


class Mails:
    """What rss2email sent, by its two settings: for each guid the subjects of its mails, oldest first."""

    def __init__(self, home: Path, address: str) -> None:
        self.home = home
        feeds = "".join(
            f"[feed.{name}]\nurl = {address}\nreply-changes = {name == EACH}\nmaildir-mailbox = {name}\n"
            for name in (ONCE, EACH)
        )
        (home / "r2e.cfg").write_text(
            "[DEFAULT]\nfrom = tin@vi-du.example\nto = nguoi-nhan@vi-du.example\nforce-from = True\n"
            f"email-protocol = maildir\nmaildir-path = {home}\n{feeds}",
            encoding="utf-8",
        )
        self.boxes = {name: mailbox.Maildir(home / name, create=True) for name in (ONCE, EACH)}
        self.sent: dict[str, dict[str, list[str]]] = {ONCE: {}, EACH: {}}
        self.seen: set[str] = set()

    def poll(self) -> None:
        program = find_program("r2e") or "r2e"
        run([program, "-c", str(self.home / "r2e.cfg"), "-d", str(self.home / "r2e.json"), "run"], self.home)
        for name, box in self.boxes.items():
            for key, mail in box.items():
                if key not in self.seen:
                    self.seen.add(key)
                    subject = " ".join(str(make_header(decode_header(mail["Subject"]))).split())
                    self.sent[name].setdefault(mail["X-RSS-ID"], []).append(subject)


@pytest.mark.can_rss2email
@pytest.mark.parametrize("name", ["gỡ", "đổi tiêu đề", "đổi tên miền"])
def test_rss2email_mails_each_entry_once_and_with_reply_changes_its_newest_mail_is_the_truth(
    name: str, hosts: tuple[Host, Host], tmp_path: Path
) -> None:
    mails = Mails(tmp_path, hosts[0].base + "rss.xml")
    first: dict[str, list[str]] = {}
    for state in releases(LIVES[name], hosts, tmp_path):
        mails.poll()
        now = {guid: told.title for guid, told in state.truth.items()}
        first = {guid: [title] for guid, title in now.items()} | first
        # No feed can make it take back a mail: by default what it told first is all that it ever tells.
        assert mails.sent[ONCE] == first
        assert {guid: subjects[-1] for guid, subjects in mails.sent[EACH].items()} == now


SFEEDRC = """
sfeedpath="{home}/tin"
maxjobs=1
fetch() {{ "{python}" -c 'import sys, urllib.request as u; sys.stdout.buffer.write(u.urlopen(sys.argv[1]).read())' "$2"; }}
feeds() {{ feed "tin" "{address}"; }}
"""
"""Its own fetch needs curl and refuses redirects: on a move of the domain it stops."""


@pytest.mark.can_sfeed
@pytest.mark.parametrize("name", ["mới", "đính chính", "gỡ", "đổi tiêu đề"])
def test_sfeed_holds_the_truth_but_beside_every_title_that_an_entry_ever_had(
    name: str, hosts: tuple[Host, Host], tmp_path: Path
) -> None:
    (tmp_path / "tin").mkdir()
    settings = SFEEDRC.format(home=tmp_path, python=sys.executable, address=hosts[0].base + "rss.xml")
    (tmp_path / "sfeedrc").write_text(settings, encoding="utf-8")
    ever: set[tuple[str, str, str]] = set()
    for state in releases(LIVES[name], hosts, tmp_path):
        run([find_program("sfeed_update") or "sfeed_update", str(tmp_path / "sfeedrc")], tmp_path)
        rows = [line.split("\t") for line in (tmp_path / "tin" / "tin").read_text("utf-8").splitlines()]
        # It knows an entry by guid, title and link together: a changed title is another entry, and the old one stays.
        ever |= {(told.guid, told.title, told.link) for told in state.truth.values()}
        assert sorted((row[5], row[1], row[2]) for row in rows) == sorted(ever)
