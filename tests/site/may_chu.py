"""The project's nginx configuration and a built site in, the answers of a real nginx out."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from chay import find_program
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from du_an_mau import ROOT

CONFIGURATION = ROOT / "trien-khai" / "nginx" / "chinhsach.conf"
PORTAL = "https://cong.example"
START_SECONDS = 20

# Around the published file: a host's own nginx.conf with all paths inside the test's folder, and with settings of
# other sites that ours must not inherit.
AROUND = """daemon off;
{user}
pid {home}/nginx.pid;
error_log {home}/error.log;
events {{}}
http {{
    access_log off;
    default_type text/html; types {{ text/html xml json; }} charset koi8-r;
    index khac.html; autoindex on; etag off; if_modified_since before; open_file_cache max=1000; open_file_cache_valid 1h;
    gzip off; gzip_proxied off; gzip_min_length 100000; add_header Access-Control-Allow-Origin "*";
    client_body_temp_path {home}/t1; proxy_temp_path {home}/t2; fastcgi_temp_path {home}/t3;
    uwsgi_temp_path {home}/t4; scgi_temp_path {home}/t5;
    include {home}/chinhsach.conf;
}}
"""


class Answer(NamedTuple):
    """What came back: status, headers by lower-case name, body as sent."""

    status: int
    headers: dict[str, str]
    body: bytes


class Releases:
    """Releases of a site as README.md of the configuration lays them out, and the link to the one in use."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.count = 0

    @property
    def current(self) -> Path:
        return self.home / "hien-tai"

    def publish(self, site: Path, changed: dict[str, bytes] | None = None) -> None:
        """A new release: unchanged files are the very same files, changed ones new; then the link is switched."""
        self.count += 1
        folder = self.home / "phat-hanh" / str(self.count)
        shutil.copytree(site, folder, copy_function=os.link)
        for path, content in (changed or {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).unlink(missing_ok=True)
            (folder / path).write_bytes(content)
        (self.home / "moi").symlink_to(folder)
        (self.home / "moi").replace(self.current)


class Host:
    """A running nginx that serves a site below `base`."""

    def __init__(self, port: int, base: str, releases: Releases, *, with_tls: bool = False) -> None:
        self.port = port
        self.base = base
        self.releases = releases
        self.with_tls = with_tls

    @property
    def home(self) -> str:
        """The address of the home page, for a browser."""
        return f"http{'s' * self.with_tls}://127.0.0.1:{self.port}{self.base}"

    def _connection(self) -> http.client.HTTPConnection:
        if not self.with_tls:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        trusting = ssl.create_default_context(cafile=self.releases.home / "chung-thu.pem")
        trusting.check_hostname = False
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=trusting)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path of the site; `_` in a header's name stands for `-`."""
        return self.ask(self.base + path, method, **headers)

    def ask(self, target: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for exactly this target, however odd."""
        connection = self._connection()
        try:
            connection.request(
                method, target, headers={name.replace("_", "-"): value for name, value in headers.items()}
            )
            answer = connection.getresponse()
            names = [name.lower() for name, _ in answer.getheaders()]
            # nginx 1.22 itself writes added lines twice where a part is asked for that the file does not have.
            assert answer.status == 416 or len(names) == len(set(names)), f"{target}: dòng gửi kèm lặp: {names}"
            return Answer(answer.status, {n.lower(): v for n, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()


def configured(home: Path, root: Path, listen: str, base: str, portal: str) -> str:
    """The published configuration with the edits that its README asks of an administrator; each must find its place."""
    edits = [
        ("listen 80;", listen, 1),
        ("root /srv/chinhsach/hien-tai;", f"root {root};", 1),
        ("""default "'self'";""", f"""default "'self' {portal}";""", 1),
    ]
    if base != "/":
        prefix = base.rstrip("/")
        edits += [("    #~^/tin(", f"    ~^{prefix}(", 1), (" /404.html", f" {prefix}/404.html", 3)]
    text = CONFIGURATION.read_text(encoding="utf-8")
    for old, new, times in edits:
        assert text.count(old) == times, f"«{old}» đứng {text.count(old)} lần trong {CONFIGURATION.name}"
        text = text.replace(old, new)
    return text


def certified(home: Path) -> str:
    """What nginx is told of a certificate for 127.0.0.1, made here and signed by nobody."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), start, start.replace(2036)
    )
    (home / "chung-thu.pem").write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (home / "khoa.pem").write_bytes(kept)
    return f"ssl_certificate {home}/chung-thu.pem; ssl_certificate_key {home}/khoa.pem;"


@contextmanager
def running(home: Path, site: Path, base: str = "/", *, portal: str = PORTAL, with_tls: bool = False) -> Iterator[Host]:
    """Serve a built site with the published configuration, at the root of a host or below a path."""
    releases = Releases(home)
    releases.publish(site)
    root = releases.current
    if base != "/":
        root = home / "mien"
        below = root / base.strip("/")
        below.parent.mkdir(parents=True)
        below.symlink_to(releases.current)
    port = free_port()
    listen = f"listen 127.0.0.1:{port} ssl; {certified(home)}" if with_tls else f"listen 127.0.0.1:{port};"
    (home / "chinhsach.conf").write_text(configured(home, root, listen, base, portal), encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""  # the test's folder is closed to everyone else
    (home / "nginx.conf").write_text(AROUND.format(home=home, user=user), encoding="utf-8")
    command = [find_program("nginx") or "nginx", "-p", str(home), "-c", str(home / "nginx.conf")]
    with (home / "loi.txt").open("wb") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    try:
        wait_for(port, process, home / "loi.txt")
        yield Host(port, base, releases, with_tls=with_tls)
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes], said: Path) -> None:
    """Wait until the server takes connections."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, said.read_text("utf-8", errors="replace")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nginx không nhận kết nối: {said.read_text('utf-8', errors='replace')}")
