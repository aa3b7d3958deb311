"""Every template behind a real nginx with the project's configuration: no violation, no request to another place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from conftest import BASE, NOW, Readers, Served
from local_site import serve_page
from may_chu import Host, running
from pages import MADE_UP, SCRIPTLESS
from playwright.sync_api import Page

from chinhsach.serving import UNUSED

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang, pytest.mark.can_nginx]

FORMER = "tin/vi-du-cu/"
PDF = "chinh-sach/vi-du-tep/tep/ban-ky.pdf"
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
SEARCHED = '[data-xong="2"], [data-xong="1"]:not([data-cho-toan-van])'
LISTEN = """
window.viPham = [];
document.addEventListener('securitypolicyviolation', (e) => viPham.push(`${e.effectiveDirective} ${e.blockedURI}`));
"""
FRAME = """(address) => new Promise((done) => {
  const frame = document.createElement('iframe');
  frame.addEventListener('load', done);
  frame.src = address;
  document.body.append(frame);
})"""
ELSEWHERE = "<!doctype html><html lang=vi><title>Ví dụ: một nơi khác</title><body></body></html>"


@dataclass
class Visit:
    """A page behind nginx, and what the browser said and asked for on the way."""

    page: Page
    heard: list[str]
    asked: list[str]


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    """Another place on this machine, named as a portal in nginx's configuration."""
    with serve_page(ELSEWHERE) as address:
        yield address


@pytest.fixture(scope="module")
def stranger() -> Iterator[str]:
    """Another place on this machine that nobody named."""
    with serve_page(ELSEWHERE) as address:
        yield address


@pytest.fixture(scope="module")
def host(states: Served, portal: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The made-up site below a path of a real nginx."""
    home = tmp_path_factory.mktemp("nginx")
    with running(home, states.folder, BASE, portal=portal.rstrip("/")) as served:
        yield served


@pytest.fixture(scope="module")
def listening(readers: Readers) -> Iterator[Visit]:
    """A page that remembers what the policy forbade, what was said and what was asked for."""
    page = readers.take(own=True)
    page.clock.set_fixed_time(NOW)
    page.add_init_script(LISTEN)
    made = Visit(page, [], [])
    page.on("console", lambda said: made.heard.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: made.heard.append(str(error)))
    page.on("request", lambda request: made.asked.append(request.url))
    yield made
    readers.give_back(page)


@pytest.fixture
def visit(listening: Visit) -> Visit:
    """That page before anything is opened."""
    listening.page.goto("about:blank")
    listening.heard.clear()
    listening.asked.clear()
    return listening


@pytest.mark.parametrize("path", [*MADE_UP, FORMER])
def test_a_page_works_under_the_headers_that_are_really_sent(host: Host, portal: str, visit: Visit, path: str) -> None:
    answer = visit.page.goto(host.home + path)
    if path.startswith("tim-kiem/"):
        visit.page.locator(SEARCHED).wait_for(state="attached")
    if path == FORMER:  # the page leads on by itself; what it would break is heard on the console
        visit.page.wait_for_url("**/chinh-sach/vi-du-dia-chi-moi/")
    visit.page.wait_for_timeout(50)  # what the script would ask for after the page has loaded
    assert answer is not None
    framing = f"'self' {portal.rstrip('/')}" if path.startswith("nhung/") else "'none'"
    assert answer.headers["content-security-policy"] == POLICY + framing
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["permissions-policy"].count("=()") == len(UNUSED)
    assert visit.page.evaluate("viPham") == []
    assert [said for said in visit.heard if not (path.startswith("khong-co") and "404" in said)] == []
    assert [url for url in visit.asked if not url.startswith(host.home)] == []
    assert len(visit.asked) >= (2 if path in SCRIPTLESS else 3), "the page, its style and its script"


def test_a_violation_would_be_seen(host: Host, stranger: str, visit: Visit) -> None:
    visit.page.goto(host.home)
    visit.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'a()'}))")
    visit.page.evaluate("(address) => fetch(address).catch(() => 0)", stranger)
    seen = visit.page.evaluate("viPham")
    assert seen == ["script-src-elem inline", f"connect-src {stranger}"]
    assert len(visit.heard) >= 2


def test_a_page_may_not_ask_for_camera_microphone_or_place(host: Host, visit: Visit) -> None:
    visit.page.goto(host.home)
    allowed = visit.page.evaluate("document.featurePolicy.allowedFeatures()")
    assert not set(UNUSED) & set(allowed)
    assert "fullscreen" in allowed, "the browser says nothing of what is allowed"


@pytest.mark.parametrize("path", ["./", "chinh-sach/vi-du-thuong/", "tim-kiem/", "404.html", PDF])
@pytest.mark.parametrize("place", ["portal", "stranger", "own"])
def test_only_the_embedding_may_be_framed(
    request: pytest.FixtureRequest, host: Host, visit: Visit, place: str, path: str
) -> None:
    visit.page.goto(host.home if place == "own" else request.getfixturevalue(place))
    visit.page.evaluate(FRAME, host.home + path)
    assert visit.page.frames[1].url == "chrome-error://chromewebdata/"


@pytest.mark.parametrize(("place", "shown"), [("portal", True), ("own", True), ("stranger", False)])
def test_the_embedding_is_framed_by_named_portals_and_nobody_else(
    request: pytest.FixtureRequest, host: Host, visit: Visit, place: str, shown: bool
) -> None:
    visit.page.goto(host.home if place == "own" else request.getfixturevalue(place))
    visit.page.evaluate(FRAME, host.home + "nhung/moi-nhat.html")
    frame = visit.page.frames[1]
    assert (frame.url == host.home + "nhung/moi-nhat.html") is shown
    assert (frame.locator("a").count() > 3) is shown


def test_a_pdf_still_opens_by_itself(host: Host, visit: Visit) -> None:
    answer = visit.page.request.get(host.home + PDF)
    assert (answer.headers["content-type"], answer.headers["content-disposition"]) == ("application/pdf", "inline")
    assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"
