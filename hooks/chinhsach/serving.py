"""What a host sends along with each file, in one table; out: parts of nginx's configuration, and `_headers`.

A later rule wins over an earlier one, header by header, wherever a rule says a header at all (docs/adr/030).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

NGINX_FILE = "trien-khai/nginx/chinhsach.conf"
PORTALS = "{cong}"
"""In a value: the places whose pages may frame `/nhung/`."""
NO_PORTALS = "'self'"

CSP = "Content-Security-Policy"
CACHE = "Cache-Control"
CORS = "Access-Control-Allow-Origin"
SAVE = "Content-Disposition"
TYPE = "Content-Type"
HSTS = "Strict-Transport-Security"
UNUSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer",
    "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip
"""What no page of the site asks a browser for, so that nothing on one can."""

_PAGE = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
_DATA = "default-src 'none'; frame-ancestors 'none'"
_RSS, _ATOM = ("application/rss+xml; charset=utf-8", "application/atom+xml; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Rule:
    """Headers of the addresses that a pattern fits: `*` stands for anything, `:word` for one step of a path.

    No two rules have one pattern: Cloudflare would know the later only. `why`: a sentence for people, by header.
    `regex`: for nginx alone, where the pattern's language cannot say it.
    """

    pattern: str
    headers: Mapping[str, str]
    why: Mapping[str, str] = field(default_factory=dict)
    regex: str = ""


RULES = (
    Rule(
        "/*",
        {
            CSP: _PAGE + "'none'",
            CACHE: "public, max-age=60, must-revalidate",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
            HSTS: "max-age=31536000",
        },
        {
            CSP: "Trang không có mã, kiểu chữ viết lẫn trong HTML, không lấy gì từ nơi khác, không ai được đặt khung.",
            CACHE: "Tin bị gỡ, đính chính phải tới người đọc sớm: hỏi lại sau một phút, không đổi thì nhận 304.",
        },
    ),
    Rule(
        "/nhung/*",
        {CSP: _PAGE + PORTALS, CORS: "*"},
        {
            CSP: "Chỉ /nhung/ được đặt khung, ở những cổng đã nêu tên.",
            CORS: "Chỉ /nhung/, /du-lieu/, /feed.json là để trang khác đọc bằng mã.",
        },
    ),
    Rule("/du-lieu/*", {CORS: "*"}),
    Rule("/du-lieu/*.json", {CSP: _DATA}, {CSP: "Dữ liệu, tệp đính kèm: dù nội dung là gì cũng không chạy được mã."}),
    Rule("/du-lieu/*.csv", {CSP: _DATA}),
    Rule(
        "/chinh-sach/:ma/tep/*",
        {
            CSP: "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
            "frame-ancestors 'none'; sandbox",
            SAVE: "attachment",
        },
        {SAVE: "Mở trong trình duyệt được loại nào; các loại khác tải về."},
    ),
    Rule(
        "/chinh-sach/:ma/tep/*.pdf",
        {CSP: "frame-ancestors 'none'", SAVE: "inline"},
        {
            CSP: "PDF không mang sandbox hay default-src: bộ xem PDF của Chrome và Safari khi ấy không mở tệp; "
            "PDF không chạy như trang."
        },
    ),
    *(Rule(f"/chinh-sach/:ma/tep/*.{kind}", {SAVE: "inline"}) for kind in ("txt", "jpg", "png", "webp", "mp3")),
    Rule(
        "/tim-kiem/*.json",
        {CACHE: "no-cache"},
        {CACHE: "Mục lục và bản ghi của ô tìm kiếm phải cùng lần dựng với các tệp chúng trỏ tới: lần nào cũng hỏi."},
    ),
    Rule(
        "",
        {CACHE: "public, max-age=31536000, s-maxage=3600, immutable"},
        {
            CACHE: "Chỉ tim-kiem/toan-van/<mã băm>/ và .../<năm>/<mã băm>/ có tên đổi theo nội dung: trình duyệt giữ "
            "lâu; bộ đệm trung gian giữ tối đa một giờ, để lời đã xóa không còn ở đó."
        },
        r"^/tim-kiem/toan-van/([0-9]{4}/)?[0-9a-f]{10}/[0-9]+\.json$",
    ),
    Rule("/*rss.xml", {TYPE: _RSS}, {TYPE: "Nguồn tin mang đúng loại của nó."}),
    Rule("/rss-hien-thi.xml", {TYPE: _RSS}),
    Rule("/rss-thu.xml", {TYPE: _RSS}),
    Rule("/luu-tru/*.xml", {TYPE: _RSS}),
    Rule("/*atom.xml", {TYPE: _ATOM}),
    Rule("/feed.json", {TYPE: "application/feed+json; charset=utf-8", CORS: "*"}),
)


def is_portal(address: str) -> bool:
    """Whether this names a place that may frame us: `https://host`, with a port perhaps, and nothing behind it."""
    parts = urlsplit(address)
    is_plain = re.fullmatch(r"[a-z0-9.-]+(:[0-9]+)?", parts.netloc) is not None
    return parts.scheme == "https" and is_plain and not (parts.path or parts.query or parts.fragment)


def is_base(path: str) -> bool:
    """Whether this is a path below which a site can stand: `/` or `/tin/`."""
    return re.fullmatch(r"/([A-Za-z0-9._~-]+/)*", path) is not None


# `_headers`


def headers_file(portals: Iterable[str] = (), base: str = "/") -> str:
    """The file `_headers`; pages of `portals` may frame `/nhung/`, the site stands below `base`.

    Where two rules give a header, Netlify takes the later one. Cloudflare joins them, and a browser would obey both,
    unless `! Name` takes off the earlier; a line without a colon says nothing to Netlify.
    """
    allowed = " ".join((NO_PORTALS, *portals))
    lines = ["# Máy làm ra bằng lệnh chinhsach may-chu. Dòng sau thắng dòng trước; dấu ! bỏ dòng trước (Cloudflare)."]
    said: set[str] = set()
    for rule in RULES:
        if rule.regex:
            continue
        lines += ["", *_comment(" ".join(rule.why.values())), base.rstrip("/") + rule.pattern]
        for name, value in rule.headers.items():
            if name in said:
                lines.append(f"  ! {name}")
            lines.append(f"  {name}: {value.replace(PORTALS, allowed)}")
        said.update(rule.headers)
    return "\n".join(lines) + "\n"


# nginx

_VARIABLES = {CSP: "chinhsach_csp", CORS: "chinhsach_cors", CACHE: "chinhsach_giu", SAVE: "chinhsach_tai_ve"}
_OPEN, _CLOSE = "# >>> {} (máy làm ra bằng lệnh chinhsach tep-kho; không sửa tay)", "# <<< {}"


def nginx(text: str) -> str:
    """The server's configuration with its two derived parts renewed; what people wrote around them stays."""
    parts: tuple[tuple[str, Callable[[], Iterator[str]], str], ...] = (
        ("bảng gửi kèm", _maps, ""),
        ("dòng gửi kèm", _added, "    "),
    )
    for name, lines, indent in parts:
        start, end = indent + _OPEN.format(name), indent + _CLOSE.format(name)
        before, opening, rest = text.partition(start)
        _, closing, after = rest.partition(end)
        if opening and closing:
            text = "\n".join([before + start, *(indent + line if line else "" for line in lines()), end + after])
    return text


def _maps() -> Iterator[str]:
    for name, variable in _VARIABLES.items():
        rules = [rule for rule in RULES if name in rule.headers]
        first = rules[0].headers[name] if rules[0].pattern == "/*" else ""
        for rule in rules:
            yield from _comment(rule.why.get(name, ""))
        yield f"map $chinhsach_duong ${variable} {{"
        yield f"    default {_quoted(first)};"
        for rule in reversed(rules):  # the first expression that fits is nginx's, the last rule ours
            if rule.pattern != "/*":
                value = rule.headers[name].replace(PORTALS, "$chinhsach_cong")
                yield f'    "~{rule.regex or expression(rule.pattern)}" {_quoted(value)};'
        yield "}"
        yield ""
    yield "# Chỉ khi chính máy này nhận HTTPS (SỬA 5)."
    yield "map $https $chinhsach_hsts {"
    yield '    default "";'
    yield f"    on {_quoted(RULES[0].headers[HSTS])};"
    yield "}"


def _added() -> Iterator[str]:
    for name, value in RULES[0].headers.items():
        if name not in _VARIABLES and name != HSTS:
            yield f"add_header {name} {_quoted(value)} always;"
    for name, variable in {**_VARIABLES, HSTS: "chinhsach_hsts"}.items():
        yield f"add_header {name} ${variable} always;"


def expression(pattern: str) -> str:
    """A pattern as a regular expression that fits a whole path."""
    return "^" + re.sub(r":[a-z]+", "[^/]+", re.escape(pattern).replace(r"\*", ".*").replace(r"\-", "-")) + "$"


def _quoted(value: str) -> str:
    return f'"{value}"'


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, 120, initial_indent="# ", subsequent_indent="# ")
