"""A built site under the project's nginx configuration, served by a real nginx, at a domain's root and below a path."""

from __future__ import annotations

import gzip
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from may_chu import PORTAL, Host, running
from trang_dung import BuiltSite

from chinhsach.attachments import MEDIA_TYPES
from chinhsach.serving import TYPE, UNUSED, headers_file

pytestmark = [pytest.mark.dung_trang, pytest.mark.can_nginx]

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"

FILLER = "Ví dụ: tệp chỉ để thử cách phục vụ, không có thật.\n".encode() * 20
TEP = "chinh-sach/vi-du-tep/tep/"
ADDED = (
    "rss-hien-thi.xml", "rss-thu.xml", "atom.xml", "feed.json", "gop-y/rss.xml", "gop-y/lich.ics",
    "luu-tru/2026-08.xml", "luu-tru/2026-08.atom.xml", "don-vi/phong-dkkd/atom.xml", "linh-vuc/ho-kinh-doanh/atom.xml",
    "nhung/moi-nhat.html", "nhung/phong-dkkd.html", "nhung/moi-nhat.json", "nhung/nhung.js",
    "du-lieu/chinh-sach/feed.json", "du-lieu/chinh-sach/rss.json",
    *(f"{TEP}vi-du.{kind}" for kind in (
        "txt", "csv", "jpg", "png", "webp", "mp3", "zip", "doc", "xls", "xlsx", "pptx", "odt", "ods",
    )),
)  # fmt: skip
"""Addresses of the contract and kinds of attachment that the made-up project does not give by itself."""
HIDDEN = (".htpasswd", ".git/config", "chinh-sach/.bi-mat/index.html", f"{TEP}.ban-nhap.pdf")


@pytest.fixture(scope="module")
def laid_out(trang_mau: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up site, with a file at every address of the contract and with some that must never be served."""
    folder = tmp_path_factory.mktemp("phuc-vu") / "site"
    shutil.copytree(trang_mau.folder, folder)
    for path in (*ADDED, *HIDDEN):
        if not (folder / path).exists():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(FILLER)
    return folder


@pytest.fixture(scope="module", params=["/", "/tin/"], ids=["goc", "duong-dan-con"])
def host(request: pytest.FixtureRequest, laid_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The site at the root of a host, then below a path."""
    with running(tmp_path_factory.mktemp("nginx"), laid_out, request.param) as served:
        yield served


@pytest.fixture(scope="module")
def published(laid_out: Path) -> list[str]:
    """The path of every file that the public may have."""
    paths = [p.relative_to(laid_out).as_posix() for p in sorted(laid_out.rglob("*")) if p.is_file()]
    return [path for path in paths if path not in HIDDEN]


def type_of(path: str) -> str:
    """The Content-Type that an address must have, by the contract's table of addresses."""
    if re.fullmatch(
        r"((don-vi|linh-vuc)/[^/]+/|gop-y/)?rss\.xml|rss-(hien-thi|thu)\.xml|luu-tru/\d{4}-\d\d\.xml", path
    ):
        return RSS
    if re.fullmatch(r"((don-vi|linh-vuc)/[^/]+/)?atom\.xml|luu-tru/\d{4}-\d\d\.atom\.xml", path):
        return ATOM
    if path == "feed.json":
        return JSON_FEED
    return TYPES[path.rpartition(".")[2]]


def is_text(path: str) -> bool:
    return "charset" in type_of(path)


def is_for_scripts_elsewhere(path: str) -> bool:
    return path == "feed.json" or path.startswith(("du-lieu/", "nhung/"))


def test_every_file_comes_whole_with_its_type(host: Host, laid_out: Path, published: list[str]) -> None:
    for path in published:
        answer = host.get(path)
        if path == "404.html":
            assert answer.status == 404
            continue
        assert (path, answer.status, answer.headers["content-type"]) == (path, 200, type_of(path))
        assert answer.body == (laid_out / path).read_bytes(), path


def test_every_file_is_asked_again_for_nothing(host: Host, published: list[str]) -> None:
    for path in published:
        if path == "404.html":
            continue
        tag = host.get(path).headers["etag"]
        again = host.get(path, If_None_Match=tag)
        assert (path, again.status, again.body) == (path, 304, b"")
        assert again.headers["cache-control"] == host.get(path).headers["cache-control"]
        assert host.get(path, If_None_Match='"khac"').status == 200


def test_a_compressed_answer_is_asked_again_for_nothing(host: Host) -> None:
    first = host.get("rss.xml", Accept_Encoding="gzip")
    assert host.get("rss.xml", Accept_Encoding="gzip", If_None_Match=first.headers["etag"]).status == 304


def test_the_day_of_change_is_compared_exactly(host: Host) -> None:
    first = host.get("rss.xml")
    assert host.get("rss.xml", If_Modified_Since=first.headers["last-modified"]).status == 304
    assert host.get("rss.xml", If_Modified_Since="Fri, 31 Dec 2100 00:00:00 GMT").status == 200


def test_texts_are_compressed_and_say_so_to_caches(host: Host, laid_out: Path, published: list[str]) -> None:
    for path in published:
        if path == "404.html" or (laid_out / path).stat().st_size < 512:
            continue
        answer = host.get(path, Accept_Encoding="gzip")
        assert (path, answer.headers.get("content-encoding")) == (path, "gzip" if is_text(path) else None)
        if is_text(path):
            assert gzip.decompress(answer.body) == (laid_out / path).read_bytes(), path
            assert answer.headers["vary"] == "Accept-Encoding"
            assert "content-encoding" not in host.get(path).headers


def test_a_cache_before_the_site_gets_the_compressed_text_too(host: Host) -> None:
    assert host.get("rss.xml", Accept_Encoding="gzip", Via="1.1 cong").headers["content-encoding"] == "gzip"


def test_a_file_of_no_known_kind_is_only_bytes(host: Host) -> None:
    (host.releases.current / "vi-du.la").write_bytes(b"<script>vi du</script>")
    assert host.get("vi-du.la").headers["content-type"] == "application/octet-stream"


def test_only_data_feed_and_embedding_are_open_to_other_pages(host: Host, published: list[str]) -> None:
    opened = {path for path in published if "access-control-allow-origin" in host.get(path, Origin=PORTAL).headers}
    assert opened == {path for path in published if is_for_scripts_elsewhere(path)}
    assert {host.get(path).headers["access-control-allow-origin"] for path in opened} == {"*"}
    assert "access-control-allow-credentials" not in host.get("du-lieu/chinh-sach.json", Origin=PORTAL).headers


def policy(host: Host, path: str) -> dict[str, str]:
    """The directives of an answer's Content-Security-Policy."""
    directives = [part.split(maxsplit=1) for part in host.get(path).headers["content-security-policy"].split(";")]
    return {name: "".join(value) for name, *value in directives}


def test_every_page_runs_only_what_is_the_sites_own(host: Host, published: list[str]) -> None:
    for path in published:
        if path.endswith(".html"):
            found = policy(host, path)
            framing = f"'self' {PORTAL}" if path.startswith("nhung/") else "'none'"
            assert (path, found["default-src"], found["frame-ancestors"]) == (path, "'self'", framing)
            assert set(found) == {"default-src", "object-src", "base-uri", "form-action", "frame-ancestors"}


def test_every_answer_keeps_its_type_and_tells_others_nothing(host: Host, published: list[str]) -> None:
    for path in (*published, "khong-co/", "chinh-sach"):
        headers = host.get(path).headers
        assert (path, headers["x-content-type-options"], headers["referrer-policy"]) == (path, "nosniff", "same-origin")
        assert "strict-transport-security" not in headers  # a browser must not obey it here (RFC 6797 §7.2)
        assert headers["permissions-policy"] == ", ".join(f"{name}=()" for name in UNUSED)
        assert not re.search(r"\d", headers["server"])


def test_nothing_of_the_data_can_run(host: Host, published: list[str]) -> None:
    for path in published:
        if path.startswith("du-lieu/") and not path.endswith(".html"):
            assert host.get(path).headers["content-type"].split(";")[0] in ("application/json", "text/csv")
            assert policy(host, path)["default-src"] == "'none'"


def test_attachments_open_or_download_and_never_run(host: Host, published: list[str]) -> None:
    attachments = [path for path in published if "/tep/" in path]
    assert {path.rpartition(".")[2] for path in attachments} == set(MEDIA_TYPES)
    for path in attachments:
        kind = path.rpartition(".")[2]
        shown = kind in ("pdf", "txt", "jpg", "png", "webp", "mp3")
        assert (path, host.get(path).headers.get("content-disposition")) == (
            path,
            "inline" if shown else "attachment",
        )
        # Browsers do not open a PDF in a sandbox; a PDF runs in their viewer, not as a page of the site.
        assert ("sandbox" in policy(host, path)) == (kind != "pdf")
        assert policy(host, path)["frame-ancestors"] == "'none'"
    assert "content-disposition" not in host.get("du-lieu/chinh-sach.csv").headers


def test_only_names_that_change_with_their_content_are_kept_long(host: Host, published: list[str]) -> None:
    kept = {path for path in published if "immutable" in host.get(path).headers["cache-control"]}
    named_by_content = {p for p in published if p.startswith("tim-kiem/toan-van/") and not p.endswith("/muc-luc.json")}
    assert kept == named_by_content != set()
    for path in set(published) - kept:
        said = host.get(path).headers["cache-control"]
        assert (path, said) == (
            path,
            "no-cache" if re.match(r"tim-kiem/.+\.json", path) else "public, max-age=60, must-revalidate",
        )


def test_a_chunk_that_is_gone_is_not_remembered_as_gone(host: Host) -> None:
    answer = host.get("tim-kiem/toan-van/0000000000/0.json")
    assert answer.status == 404
    assert answer.headers["cache-control"] == "public, max-age=60, must-revalidate"


@pytest.mark.parametrize(
    "path", ["khong-co/", "chinh-sach/khong-co/", "rss.xml/them", TEP, "404.html", "nhung/khong-co.html"]
)
def test_what_is_not_there_gets_the_sites_page_and_404(host: Host, laid_out: Path, path: str) -> None:
    answer = host.get(path)
    assert (answer.status, answer.headers["content-type"]) == (404, TYPES["html"])
    assert answer.body == (laid_out / "404.html").read_bytes()
    assert "access-control-allow-origin" not in answer.headers
    assert "content-disposition" not in answer.headers


@pytest.mark.parametrize("path", HIDDEN)
def test_files_with_a_dot_do_not_exist(host: Host, path: str) -> None:
    assert (host.releases.current / path).is_file()
    answer = host.get(path)
    assert (answer.status, FILLER in answer.body) == (404, False)


@pytest.mark.parametrize(
    "way_out",
    ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "du-lieu/../../", "chinh-sach/%2e%2e/%2e%2e/", "//../", "..;/"],
)
def test_no_address_leads_out_of_the_site(host: Host, way_out: str) -> None:
    secret = host.releases.home / "ngoai-trang.txt"
    secret.write_bytes(FILLER)
    for steps in range(1, 5):
        answer = host.ask(host.base + way_out * steps + secret.name)
        assert (answer.status in (400, 404), FILLER in answer.body) == (True, False)


def test_below_a_path_nothing_else_of_the_host_is_served(host: Host) -> None:
    if host.base == "/":
        assert host.ask("/tin/rss.xml").status == 404
    else:
        assert host.ask("/rss.xml").status == 404


def test_head_says_what_get_says_and_sends_nothing(host: Host) -> None:
    for path in ("", "rss.xml", "du-lieu/chinh-sach.json", f"{TEP}ban-ky.pdf", "khong-co/"):
        whole, head = host.get(path), host.get(path, "HEAD")
        assert (path, head.status, head.body) == (path, whole.status, b"")
        ignored = {"date", "connection"}
        assert {n: v for n, v in head.headers.items() if n not in ignored} == {
            n: v for n, v in whole.headers.items() if n not in ignored
        }


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_sent_to_the_site(host: Host, method: str) -> None:
    before = host.get("rss.xml").body
    assert host.get("rss.xml", method).status in (405, 501)
    assert host.get("rss.xml").body == before


def test_a_part_of_a_pdf_can_be_asked_for(host: Host, laid_out: Path) -> None:
    whole = (laid_out / TEP / "ban-ky.pdf").read_bytes()
    part = host.get(f"{TEP}ban-ky.pdf", Range="bytes=5-20")
    assert (part.status, part.body) == (206, whole[5:21])
    assert part.headers["content-range"] == f"bytes 5-20/{len(whole)}"
    assert part.headers["content-type"] == TYPES["pdf"]
    assert host.get(f"{TEP}ban-ky.pdf", Range=f"bytes={len(whole)}-").status == 416
    other = host.get(f"{TEP}ban-ky.pdf", Range="bytes=5-20", If_Range='"khac"')
    assert (other.status, other.body) == (200, whole)


def test_an_address_without_its_slash_leads_to_the_page_on_the_same_host(host: Host) -> None:
    answer = host.get("chinh-sach/vi-du-tep")
    assert (answer.status, answer.headers["location"]) == (301, f"{host.base}chinh-sach/vi-du-tep/")


@pytest.mark.parametrize("former", ["tin/vi-du-cu/", "tin-cu-vi-du/"])
def test_the_former_address_of_an_entry_leads_to_the_new_one(host: Host, former: str) -> None:
    answer = host.get(former)
    assert (answer.status, answer.headers["content-type"]) == (200, TYPES["html"])
    back = "../" * former.count("/")
    assert f'<meta http-equiv="refresh" content="0; url={back}chinh-sach/vi-du-dia-chi-moi/">' in answer.body.decode()
    assert host.get("chinh-sach/vi-du-dia-chi-moi/").status == 200


def test_a_new_release_shows_at_once_and_only_what_changed_has_a_new_tag(
    laid_out: Path, tmp_path: Path, host: Host
) -> None:
    with running(tmp_path, laid_out, host.base) as served:
        before = {path: served.get(path) for path in ("rss.xml", "feed.json", "index.html")}
        # As long as before: the date of change must tell, and a release of another second has another.
        old = (laid_out / "rss.xml").read_bytes()
        changed = old.replace("Ví dụ".encode(), "ví dụ".encode())
        assert (len(changed), changed != old) == (len(old), True)
        stamp = (laid_out / "rss.xml").stat().st_mtime + 1
        served.releases.publish(laid_out, {"rss.xml": changed})
        os.utime(served.releases.current / "rss.xml", (stamp, stamp))

        answer = served.get("rss.xml", If_None_Match=before["rss.xml"].headers["etag"])
        assert (answer.status, answer.body) == (200, changed)
        assert answer.headers["etag"] != before["rss.xml"].headers["etag"]
        for path in ("feed.json", "index.html"):
            assert served.get(path, If_None_Match=before[path].headers["etag"]).status == 304

        served.releases.publish(laid_out)  # back to the release before: older, and yet a change
        back = served.get("rss.xml", If_Modified_Since=answer.headers["last-modified"])
        assert (back.status, back.body) == (200, old)


def test_an_erased_entry_is_gone_with_the_next_release(laid_out: Path, tmp_path: Path) -> None:
    with running(tmp_path, laid_out) as served:
        assert served.get(f"{TEP}ban-ky.pdf").status == 200
        served.releases.publish(laid_out)
        (served.releases.current / TEP / "ban-ky.pdf").unlink()
        assert served.get(f"{TEP}ban-ky.pdf").status == 404


def test_every_kind_of_attachment_has_the_type_that_feeds_and_data_give_it() -> None:
    assert {kind: TYPES[kind].split(";")[0] for kind in MEDIA_TYPES} == MEDIA_TYPES


def test_over_https_a_browser_is_told_to_stay_there(laid_out: Path, tmp_path: Path) -> None:
    with running(tmp_path, laid_out, with_tls=True) as served:
        for path in ("", "rss.xml", f"{TEP}ban-ky.pdf", "khong-co/"):
            headers = served.get(path).headers
            assert (path, headers["strict-transport-security"]) == (path, "max-age=31536000")
            assert headers["x-content-type-options"] == "nosniff"


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """The blocks of a file `_headers`: a pattern, and the lines below it."""
    for block in re.split(r"\n(?=/)", "\n".join(line for line in text.splitlines() if line and line[0] != "#")):
        pattern, *lines = block.strip().splitlines()
        yield pattern, [line.strip() for line in lines]


def as_cloudflare(text: str, path: str) -> dict[str, str]:
    """What Cloudflare sends: blocks by pattern, `!` takes off, a second value is joined (its asset worker does so)."""
    sent: dict[str, str] = {}
    for pattern, lines in dict(blocks(text)).items():
        # At most one `*`; each word after a colon is one step of the path.
        assert pattern.count("*") <= 1
        regex = re.sub(r":\w+", "[^/]+", ".*".join(re.escape(part) for part in pattern.split("*")))
        if re.fullmatch(regex, path):
            for name in (line.removeprefix("! ") for line in lines if line.startswith("! ")):
                sent.pop(name.lower(), None)
            for name, value in (line.split(": ", 1) for line in lines if not line.startswith("! ")):
                sent[name.lower()] = f"{sent[name.lower()]}, {value}" if name.lower() in sent else value
    return sent


def as_netlify(text: str, path: str) -> dict[str, str]:
    """What Netlify sends: lines without a colon are not read, a later block wins (its command line does so)."""
    sent: dict[str, str] = {}
    for pattern, lines in blocks(text):
        parts = [part for part in pattern.split("/") if part]
        made = [
            "([^/]+)" if p[0] == ":" else "?(.*)" if p == "*" else p.replace("*", "(.*)") if "*" in p else re.escape(p)
            for p in parts
        ]
        if re.fullmatch("/" + "/".join(made) + "/?", path, re.I):
            sent |= {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip() for line in lines if ":" in line}
    return sent


@pytest.mark.parametrize("sends", [as_cloudflare, as_netlify])
def test_the_file_headers_says_of_every_file_what_nginx_says(
    host: Host, published: list[str], sends: Callable[[str, str], dict[str, str]]
) -> None:
    text = headers_file([PORTAL], host.base)
    for path in ("", "khong-co/", "chinh-sach/vi-du-tep/", *published):
        said = sends(text, host.base + path)
        assert said.pop("strict-transport-security") == "max-age=31536000"
        answer = host.get(path).headers
        if path == "404.html":  # nginx has no such address
            answer.pop("content-type")
        if re.match(r"tim-kiem/toan-van/.*[0-9]+\.json", path):  # a pattern cannot say «ten digits»
            assert (said.pop("cache-control"), "immutable" in answer["cache-control"]) == ("no-cache", True)
        for name in ("content-disposition", "access-control-allow-origin"):
            assert (path, said.get(name)) == (path, answer.get(name))
        assert {name: answer.get(name) for name in said} == said, path
        if path in published and type_of(path) in (RSS, ATOM, JSON_FEED):
            assert (path, said[TYPE.lower()]) == (path, type_of(path))


def test_the_file_headers_keeps_to_the_limits_of_its_hosts() -> None:
    text = headers_file([PORTAL, "https://cong-khac.example"], "/tin/")
    patterns = [pattern for pattern, _ in blocks(text)]
    assert len(patterns) == len(set(patterns)) <= 100
    assert max(len(line) for line in text.splitlines()) <= 2000
    assert all(pattern.startswith("/tin/") for pattern in patterns)
    assert f"frame-ancestors 'self' {PORTAL} https://cong-khac.example" in text
