"""A web address in, the bytes that stand there out, within limits of time and size; never from a private network.

Own code on `http.client`: of the libraries that connect to the address they checked, ssrfguard is months old and
brings httpx, safehttpx asks Google's DNS; none limits the whole time or the size after decompression.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NoReturn
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from .text import clean, excerpt

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_REDIRECTS = 5
_DEFAULT_PORTS = {"http": 80, "https": 443}
_REDIRECTS = (301, 302, 303, 307, 308)
_TEXT_TYPES = (
    "text/",
    *("application/xml", "application/xhtml+xml"),
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/x-rss+xml"),
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CHUNK = 64 * 1024


class FetchError(Exception):
    """The address cannot be read, or must not be; the message says why, in Vietnamese."""


class Missing(FetchError):
    """The server says that nothing stands at the address."""


class PrivateNetwork(FetchError):
    """The address, or one that it leads to, is not among those permitted."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, for one read, and in all; bytes as sent and again after decompression."""

    connect: float = 10
    read: float = 10
    total: float = 30
    size: int = 15 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the last address after redirects, the type as the server states it, the bytes."""

    url: str
    content_type: str
    body: bytes
    modified: str = ""
    """The `Last-Modified` line as sent."""


def is_public(address: Address) -> bool:
    """Whether an address lies on the public internet (IANA special-purpose registries).

    An IPv6 address that carries an IPv4 address (mapped, 6to4, NAT64) is judged by that one too.
    """
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour
        if carried is None and address in _NAT64:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(carried)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


def anywhere(address: Address) -> bool:
    """Permits every address: the one who calls vouches for it."""
    return True


def fetch(
    url: str,
    *,
    permits: Callable[[Address], bool] = is_public,
    limits: Limits | None = None,
    types: tuple[str, ...] = _TEXT_TYPES,
) -> Fetched:
    """Read a web address by GET, following at most 5 redirects, each checked like the first.

    Only a type that begins like one of `types` is read.

    The connection goes to the very address that `permits` judged, so a name that resolves differently the next
    time gains nothing; every address of a name must be permitted. Proxies of the environment are not used.
    Raises FetchError.
    """
    return _follow(url, permits, limits or Limits(), partial(_answer, types))


def probe(url: str, *, permits: Callable[[Address], bool] = is_public, limits: Limits | None = None) -> str:
    """Ask whether anything stands at an address, of whatever type and size; the result is its last address.

    Like `fetch`, but nothing of the body is read. Raises FetchError, also where the server answers otherwise than 200.
    """
    return _follow(url, permits, limits or Limits(), _head).url


def download(
    url: str,
    *,
    permits: Callable[[Address], bool] = is_public,
    limits: Limits | None = None,
    status: tuple[int, ...] = (http.client.OK,),
) -> Fetched:
    """Read a file of any type, also where the server answers with another of the named codes. Like `fetch` otherwise.

    Raises Missing where nothing stands there, FetchError.
    """

    def take(url: str, response: http.client.HTTPResponse, within: Limits) -> Fetched | str:
        got = _head(url, response, within, status)
        return got if isinstance(got, str) else Fetched(url, got.content_type, _body(url, response, within.size))

    return _follow(url, permits, limits or Limits(), take)


_Take = Callable[[str, http.client.HTTPResponse, "Limits"], "Fetched | str"]


def _follow(url: str, permits: Callable[[Address], bool], within: Limits, take: _Take) -> Fetched:
    """What `take` makes of the answer at the end of the redirects."""
    deadline = time.monotonic() + within.total
    for _ in range(MAX_REDIRECTS + 1):
        try:
            got = _get(url, permits, within, deadline, take)
        except TimeoutError:
            raise FetchError(f"«{excerpt(url)}» trả lời quá chậm") from None
        except (OSError, http.client.HTTPException, ValueError) as error:  # ValueError: a header that cannot be sent
            raise FetchError(f"không nối được tới «{excerpt(url)}»: {_detail(error)}") from None
        if isinstance(got, Fetched):
            return got
        url = got
    raise FetchError(f"«{excerpt(url)}» chuyển tiếp quá {MAX_REDIRECTS} lần")


def _detail(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"chứng thư không dùng được ({error.verify_message})"
    return excerpt(clean(str(error))) or type(error).__name__


def _get(url: str, permits: Callable[[Address], bool], limits: Limits, deadline: float, take: _Take) -> Fetched | str:
    """What one request gives, or the address that it leads to."""
    parts = _parts(url)
    opened = _connect(parts, permits, limits, deadline)
    try:
        connection = http.client.HTTPConnection(_ascii(parts.hostname or ""), _port(parts))
        connection.default_port = _DEFAULT_PORTS[parts.scheme]
        connection.sock = opened
        asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "User-Agent": "chinhsach-doi-chieu",
            "Accept": "application/rss+xml, application/atom+xml, application/xml, text/html, */*;q=0.1",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        connection.request("GET", quote(asked, safe="/%:@!$&'()*+,;=~?"), headers=headers)
        response = connection.getresponse()
        return take(url, response, limits)
    finally:
        opened.end()


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        _refuse(url, "địa chỉ viết chưa đúng")
    if parts.scheme not in ("http", "https"):
        _refuse(url, "chỉ đọc địa chỉ http hoặc https")
    if not host:
        _refuse(url, "địa chỉ thiếu tên máy chủ")
    if parts.username is not None or parts.password is not None:
        _refuse(url, "địa chỉ không được kèm tên người dùng hay mật khẩu")
    return parts


def _refuse(url: str, reason: str) -> NoReturn:
    raise FetchError(f"không đọc «{excerpt(clean(url))}»: {reason}")


def _connect(parts: SplitResult, permits: Callable[[Address], bool], limits: Limits, deadline: float) -> _TimedSocket:
    host, port = parts.hostname or "", _port(parts)
    addresses = _resolve(host, port, min(limits.connect, _left(deadline)))
    refused = [address for address in addresses if not permits(address)]
    if refused:
        raise PrivateNetwork(f"không đọc «{excerpt(clean(parts.geturl()))}»: máy chủ ở mạng riêng ({refused[0]})")
    plain = _open(addresses, port, limits, deadline)
    try:
        if parts.scheme == "https":
            plain.settimeout(min(limits.connect, _left(deadline)))  # the handshake as a whole keeps to it
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise
    return _TimedSocket(plain, limits.read, deadline)


def _port(parts: SplitResult) -> int:
    return parts.port or _DEFAULT_PORTS[parts.scheme]


def _ascii(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        raise FetchError(f"tên máy chủ «{excerpt(clean(host))}» không đúng dạng") from None


def _resolve(host: str, port: int, seconds: float) -> list[Address]:
    """Every address of a name, asked for once; in a thread of its own because the resolver knows no time limit."""
    found: list[Address] = []
    faults: list[Exception] = []

    def ask() -> None:
        try:
            for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append(ipaddress.ip_address(str(place[0]).partition("%")[0]))
        except (OSError, ValueError) as fault:  # UnicodeError of a malformed name is a ValueError
            faults.append(fault)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise TimeoutError
    if faults or not found:
        raise FetchError(f"không tìm được máy chủ «{excerpt(clean(host))}»")
    return list(dict.fromkeys(found))


def _open(addresses: list[Address], port: int, limits: Limits, deadline: float) -> socket.socket:
    fault: OSError = OSError()
    for address in addresses:
        try:
            return socket.create_connection((str(address), port), min(limits.connect, _left(deadline)))
        except OSError as error:
            fault = error
    raise fault


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _TimedSocket:
    """As much of a socket as `http.client` uses; every read and write keeps to the deadline.

    A plain timeout counts for one read only: a server that sends a byte a second would never end.
    """

    def __init__(self, plain: socket.socket, seconds: float, deadline: float) -> None:
        self._plain, self._seconds, self._deadline = plain, seconds, deadline

    def limit(self) -> socket.socket:
        """The socket, with the time that the next read or write may take."""
        self._plain.settimeout(min(self._seconds, _left(self._deadline)))
        return self._plain

    def sendall(self, data: Any) -> None:
        self.limit().sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self))

    def close(self) -> None:
        """Nothing yet: `http.client` closes as soon as the head is read, and reads the body from `makefile`."""

    def end(self) -> None:
        """Close the connection."""
        self._plain.close()


class _TimedReader(io.RawIOBase):
    def __init__(self, source: _TimedSocket) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._source.limit().recv_into(buffer)


def _answer(types: tuple[str, ...], url: str, response: http.client.HTTPResponse, limits: Limits) -> Fetched | str:
    got = _head(url, response, limits)
    if isinstance(got, str):
        return got
    kind = got.content_type.partition(";")[0].strip().lower()
    if kind and not kind.startswith(types):
        _refuse(url, f"loại «{excerpt(clean(kind))}» không phải nguồn tin hay trang web")
    return replace(got, body=_body(url, response, limits.size))


def _head(
    url: str, response: http.client.HTTPResponse, limits: Limits, status: tuple[int, ...] = (http.client.OK,)
) -> Fetched | str:
    """What an answer's head says: where it leads to, or that something is there, its body not read."""
    onward = response.getheader("Location")
    if response.status in _REDIRECTS and onward:
        readable = onward.encode("latin-1", "replace").decode("utf-8", "replace")  # http.client reads Latin-1
        try:
            return urljoin(url, readable)
        except ValueError:
            _refuse(readable, "địa chỉ viết chưa đúng")
    if response.status not in status:
        is_gone = response.status in (http.client.NOT_FOUND, http.client.GONE)
        raise (Missing if is_gone else FetchError)(f"«{excerpt(url)}» trả lời mã {response.status}")
    return Fetched(url, response.getheader("Content-Type") or "", b"", response.getheader("Last-Modified") or "")


def _body(url: str, response: http.client.HTTPResponse, size: int) -> bytes:
    unpack = _unpacker(url, (response.getheader("Content-Encoding") or "").strip().lower())
    sent, parts = 0, bytearray()
    while chunk := response.read1(_CHUNK):
        sent += len(chunk)
        try:
            parts += unpack(chunk, size + 1 - len(parts))
        except zlib.error:
            _refuse(url, "nội dung nén bị hỏng")
        if sent > size or len(parts) > size:
            _refuse(url, f"lớn quá {size // (1024 * 1024) or 1} MB")
    if response.length:  # bytes still owed: read1 does not tell (CPython 3.11)
        _refuse(url, "máy chủ ngắt giữa chừng")
    return bytes(parts)


def _unpacker(url: str, encoding: str) -> Callable[[bytes, int], bytes]:
    """A function of a chunk and the most bytes that it may give."""
    if encoding in ("", "identity"):
        return lambda chunk, most: chunk
    if encoding not in ("gzip", "x-gzip", "deflate"):
        _refuse(url, f"không giải nén được dạng «{excerpt(clean(encoding))}»")
    unzip = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # finds out by itself whether gzip or zlib
    return lambda chunk, most: unzip.decompress(chunk, max(most, 1))
