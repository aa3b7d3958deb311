"""Reading an address: within limits of time and size, and never what stands in a private network.

Every server here runs on this machine; nothing of the outside is asked.
"""

from __future__ import annotations

import gzip
import http.server
import ipaddress
import re
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

import pytest

from chinhsach import fetch
from chinhsach.fetch import Address, FetchError, Limits, PrivateNetwork, anywhere, is_public

HERE = ipaddress.ip_address("127.0.0.1")
SHORT = Limits(connect=5, read=0.5, total=1, size=100_000)
FEED = "<rss><channel><title>Ví dụ: nguồn tin của một cổng</title></channel></rss>".encode()
BOMB = gzip.compress(b" " * 50_000_000)


class Portal(http.server.BaseHTTPRequestHandler):
    """A made-up portal with every fault that a server can have."""

    protocol_version = "HTTP/1.1"
    hosts: list[str]

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"]))  # type: ignore[attr-defined]
        name = urlsplit(self.path).path.strip("/").replace("-", "_")
        getattr(self, f"give_{name}", self.give_nothing)()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    def answer(self, body: bytes, kind: str = "application/rss+xml", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def lead_to(self, target: str) -> None:
        self.answer(b"", status=302, Location=target)

    def give_nothing(self) -> None:
        self.answer(b"", status=404)

    def give_rss(self) -> None:
        self.answer(FEED)

    def give_pdf(self) -> None:
        self.answer(b"%PDF-1.4", "application/pdf")

    def give_gzip(self) -> None:
        self.answer(gzip.compress(FEED), Content_Encoding="gzip")

    def give_deflate(self) -> None:
        self.answer(zlib.compress(FEED), Content_Encoding="deflate")

    def give_strange_packing(self) -> None:
        self.answer(FEED, Content_Encoding="br")

    def give_false_gzip(self) -> None:
        self.answer(FEED, Content_Encoding="gzip")

    def give_bomb(self) -> None:
        self.answer(BOMB, Content_Encoding="gzip")

    def give_huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            self.close_connection = True

    def give_cut_off(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(FEED)
        self.close_connection = True

    def give_slow_body(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.drip(b"x")

    def give_slow_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self.drip(b"X-Vi-Du: 1\r\n")

    def drip(self, part: bytes) -> None:
        """One small part after another, each in time, until the reader has had enough."""
        try:
            while not self.server.closing.wait(0.1):  # type: ignore[attr-defined]
                self.wfile.write(part)
        except OSError:
            pass
        self.close_connection = True

    def give_silent(self) -> None:
        self.server.closing.wait(20)  # type: ignore[attr-defined]
        self.close_connection = True

    def give_loop(self) -> None:
        self.lead_to("/loop")

    def give_around(self) -> None:
        left = int(urlsplit(self.path).query)
        self.lead_to(f"/around?{left - 1}" if left > 1 else "rss")

    def give_onward(self) -> None:
        self.lead_to(unquote(urlsplit(self.path).query))

    def give_to_accents(self) -> None:
        self.send_response(302)
        self.wfile.write(b"")
        self._headers_buffer.append("Location: /tin-v\u1eafn\r\n".encode())  # type: ignore[attr-defined]
        self.send_header("Content-Length", "0")
        self.end_headers()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Portal)
        self.asked: list[tuple[str, str]] = []
        self.closing = threading.Event()

    def handle_error(self, *arguments: object) -> None:
        """A reader that goes away is what these tests are about."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


@pytest.fixture
def portal() -> Iterator[Server]:
    server = Server()
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    running.start()
    yield server
    server.closing.set()
    server.shutdown()
    running.join()
    server.server_close()


def only_here(address: Address) -> bool:
    """The public internet and the one address of the server: as if that were public."""
    return address == HERE or is_public(address)


@pytest.mark.parametrize("path", ["rss", "gzip", "deflate", "around?1", "around?5"])
def test_what_stands_at_an_address_is_read_unpacked_and_after_redirects(portal: Server, path: str) -> None:
    got = fetch.fetch(portal.address + path, permits=only_here)
    assert (got.body, got.content_type) == (FEED, "application/rss+xml")
    assert got.url == portal.address + ("rss" if path.startswith("around") else path)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("khong-co", "trả lời mã 404"),
        ("pdf", "loại «application/pdf» không phải"),
        ("loop", "chuyển tiếp quá 5 lần"),
        ("around?6", "chuyển tiếp quá 5 lần"),
        ("huge", "lớn quá"),
        ("bomb", "lớn quá"),
        ("strange-packing", "không giải nén được dạng «br»"),
        ("false-gzip", "nội dung nén bị hỏng"),
        ("cut-off", "ngắt giữa chừng"),
        ("slow-body", "quá chậm"),
        ("slow-head", "quá chậm"),
        ("silent", "quá chậm"),
        ("to-accents", "trả lời mã 404"),
        ("onward?ftp://example.org/", "chỉ đọc địa chỉ http hoặc https"),
        ("onward?file:///etc/hostname", "chỉ đọc địa chỉ http hoặc https"),
        ("onward?http://%5B", "địa chỉ viết chưa đúng"),
    ],
)
def test_a_fault_of_the_server_is_told_and_never_waited_for(portal: Server, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=re.escape(reason)):
        fetch.fetch(portal.address + path, permits=only_here, limits=SHORT)


@pytest.mark.parametrize("path", ["rss", "pdf", "huge", "bomb", "around?5"])
def test_whatever_stands_at_an_address_is_there_and_its_body_is_not_read(portal: Server, path: str) -> None:
    last = fetch.probe(portal.address + path, permits=only_here, limits=SHORT)
    assert last == portal.address + ("rss" if path.startswith("around") else path)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("khong-co", "trả lời mã 404"), ("loop", "chuyển tiếp quá 5 lần"), ("silent", "quá chậm")],
)
def test_what_is_not_there_is_told_when_only_asked_for(portal: Server, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=re.escape(reason)):
        fetch.probe(portal.address + path, permits=only_here, limits=SHORT)


def test_what_unpacks_to_more_than_the_limit_is_never_held_whole(portal: Server) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="lớn quá"):
            fetch.fetch(portal.address + "bomb", permits=only_here, limits=SHORT)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 10_000_000 < len(gzip.decompress(BOMB))


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0.0.0.0/",
        "http://2130706434/",
        "http://0x7f.2/",
    ],
)
def test_a_redirect_into_a_private_network_is_not_followed(portal: Server, target: str) -> None:
    with pytest.raises(PrivateNetwork):
        fetch.fetch(f"{portal.address}onward?{quote(target)}", permits=only_here, limits=SHORT)
    assert len(portal.asked) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_asked_only_when_that_is_allowed(portal: Server, host: str) -> None:
    address = f"http://{host}:{portal.server_port}/rss"
    with pytest.raises(PrivateNetwork, match="mạng riêng"):
        fetch.fetch(address)
    assert portal.asked == []
    assert fetch.fetch(address, permits=anywhere).body == FEED
    assert portal.asked == [("/rss", f"{host}:{portal.server_port}")]


def test_a_name_is_resolved_once_and_the_connection_goes_to_what_was_judged(
    portal: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int, *_: object, **__: object) -> list[object]:
        asked.append(host)
        first = (
            "127.0.0.1" if asked.count("cong.example") == 1 and host in ("cong.example", "127.0.0.1") else "10.0.0.1"
        )
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (first, port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    judged: list[Address] = []

    def permits(address: Address) -> bool:
        judged.append(address)
        return only_here(address)

    got = fetch.fetch(f"http://cong.example:{portal.server_port}/rss", permits=permits)
    assert got.body == FEED
    assert asked.count("cong.example") == 1
    assert judged == [HERE]
    assert portal.asked == [("/rss", f"cong.example:{portal.server_port}")]


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def mixed(host: str, port: int, *_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("8.8.8.8", "192.168.1.1")]

    monkeypatch.setattr(socket, "getaddrinfo", mixed)
    with pytest.raises(PrivateNetwork, match=re.escape("192.168.1.1")):
        fetch.fetch("http://cong.example/")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "fec0::1"),
        *("ff02::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
    ],
)
def test_an_address_of_no_public_network_is_known(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "203.162.0.1", "2405:4800::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_public_internet_is_known(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/rss.xml", "chỉ đọc địa chỉ http hoặc https"),
        ("file:///etc/hostname", "chỉ đọc địa chỉ http hoặc https"),
        ("http:///rss.xml", "thiếu tên máy chủ"),
        ("http://ten:mat-khau@example.org/", "tên người dùng"),
        ("http://[::1/", "địa chỉ viết chưa đúng"),
        ("http://example.org:99999/", "địa chỉ viết chưa đúng"),
        (f"http://{'a' * 80}.example/", "không tìm được máy chủ"),
    ],
)
def test_an_address_that_cannot_be_asked_is_told(url: str, reason: str) -> None:
    with pytest.raises(FetchError, match=re.escape(reason)):
        fetch.fetch(url, limits=SHORT)


def test_a_server_without_a_trusted_certificate_is_refused(portal: Server) -> None:
    with pytest.raises(FetchError, match="không nối được"):
        fetch.fetch(f"https://127.0.0.1:{portal.server_port}/rss", permits=only_here, limits=SHORT)
