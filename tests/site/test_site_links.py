"""Every address on every page leads somewhere, on this site, without help from the domain's root."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from trang_dung import BuiltSite, Page

from chinhsach.rules.dia_chi_cu_trung import OWN_ROOTS

pytestmark = pytest.mark.dung_trang
_NO_PAGE = Page("", b"<title></title>")


def test_every_internal_link_and_anchor_leads_somewhere(trang: BuiltSite) -> None:
    broken = []
    seen = 0
    for page in trang.pages.values():
        for tag, name, address in page.addresses():
            target = trang.target(page, address)
            if target is None:
                continue
            seen += 1
            path, _, fragment = target.partition("#")
            if path not in trang.files:
                broken.append(f"{page.path}: <{tag} {name}={address}>: không có {path}")
            elif fragment and path.endswith(".html") and fragment not in trang.pages[path].ids:
                broken.append(f"{page.path}: <{tag} {name}={address}>: {path} không có #{fragment}")
    assert broken == []
    assert seen > 20 * len(trang.pages)


def test_every_label_and_described_part_is_on_the_page(trang: BuiltSite) -> None:
    missing = [
        f"{page.path}: {name}={wanted}"
        for page in trang.pages.values()
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for")
        for value in page.marked(name)
        for wanted in value.split()
        if wanted not in page.ids
    ]
    assert missing == []


def test_an_id_stands_once_on_a_page(trang: BuiltSite) -> None:
    for page in trang.pages.values():
        ids = page.marked("id")
        assert sorted(ids) == sorted(set(ids)), page.path


def test_a_listed_entry_is_linked_to_its_own_page(trang: BuiltSite) -> None:
    seen = 0
    for page in trang.pages.values():
        for element in page.find("a"):
            entry_id = element.get("data-muc")
            if entry_id is not None:
                seen += 1
                assert trang.target(page, element.get("href", "")) == f"chinh-sach/{entry_id}/index.html", page.path
    assert seen > len(trang.ledger)


def test_addresses_within_the_site_are_relative(trang: BuiltSite) -> None:
    own = urlsplit(trang.address).netloc
    for page in trang.pages.values():
        if page.path == "404.html":
            continue
        for element in page.find("*"):
            if element.tag == "link" and element.get("rel") == "canonical":
                continue
            for name in ("href", "src"):
                address = element.get(name, "")
                assert not address.startswith("/"), f"{page.path}: {address}"
                assert urlsplit(address).netloc != own, f"{page.path}: {address}"


def test_the_page_for_missing_addresses_works_at_every_depth(trang: BuiltSite) -> None:
    base = urlsplit(trang.address).path
    page = trang.pages["404.html"]
    found = [
        address for _, name, address in page.addresses() if name in ("href", "src") and not address.startswith("#")
    ]
    assert found
    assert [address for address in found if not address.startswith(base)] == []
    assert not page.may_be_found


def test_an_old_address_leads_to_the_entry(trang_mau: BuiltSite) -> None:
    for former, entry_id in (
        ("tin/vi-du-cu/", "vi-du-dia-chi-moi"),
        ("tin-cu-vi-du/", "vi-du-dia-chi-moi"),
        ("tin/vi-du-xoa-cu/", "vi-du-xoa"),
    ):
        page = trang_mau.page(former)
        assert page.is_redirect
        assert not page.may_be_found
        targets = {
            trang_mau.target(page, address)
            for tag, name, address in page.addresses()
            if tag == "a" or name == "refresh"
        }
        assert targets == {f"chinh-sach/{entry_id}/index.html"}


def test_a_redirect_leads_to_a_page_that_is_none_and_names_it_as_canonical(trang: BuiltSite) -> None:
    redirects = [page for page in trang.pages.values() if page.is_redirect]
    for page in redirects:
        (way,) = {trang.target(page, address) for tag, name, address in page.addresses() if name == "refresh"}
        assert way is not None
        assert not trang.pages[way].is_redirect
        canonical = [e.get("href") for e in page.find("link", rel="canonical")]
        assert canonical == [trang.address + way.removesuffix("index.html")]


def test_no_earlier_address_can_stand_where_a_page_or_file_of_the_site_stands(trang_that: BuiltSite) -> None:
    roots = {
        path.partition("/")[0] for path in trang_that.files if not trang_that.pages.get(path, _NO_PAGE).is_redirect
    }
    assert len(roots) > 20
    assert roots - {"index.html"} <= OWN_ROOTS


def test_pages_written_by_hand_are_on_the_site(trang: BuiltSite) -> None:
    docs = trang.project / "docs"
    kept_back = ("adr", "templates", "kien-truc.md", "tang-truong.md")
    written = [p.relative_to(docs) for p in docs.rglob("*.md") if p.relative_to(docs).parts[0] not in kept_back]
    assert len(written) >= 3
    for path in written:
        place = path.parent if path.name == "index.md" else path.with_suffix("")
        assert f"{place.as_posix()}/index.html" in trang.files


def test_what_is_not_for_readers_stays_off_the_site(trang: BuiltSite) -> None:
    assert [f for f in trang.files if f.endswith((".md", ".py", ".yml"))] == []
    assert [
        f for f in trang.files if re.match(r"(adr|kien-truc|tang-truong|templates|_danh-muc|policies|hooks)/", f)
    ] == []
