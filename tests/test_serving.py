"""`chinhsach may-chu`, and the two parts of nginx's configuration that come from the same table."""

from __future__ import annotations

import re

import pytest
from support import ROOT

from chinhsach import cli, serving


def test_the_command_prints_the_file_for_the_portals_that_were_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["may-chu", "--cong", "https://cong.example", "--duong-dan", "/tin/"]) == 0
    said = capsys.readouterr().out
    assert "frame-ancestors 'self' https://cong.example\n" in said
    assert "\n/tin/nhung/*\n" in said


def test_without_a_portal_the_printed_file_is_the_one_in_the_repository(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["may-chu"]) == 0
    assert capsys.readouterr().out == (ROOT / "trien-khai" / "_headers").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "wrong",
    [
        ["--cong", "http://cong.example"], ["--cong", "cong.example"], ["--cong", "https://cong.example/"],
        ["--cong", "https://cong.example *"], ["--cong", "https://*.example"], ["--cong", "*"],
        ["--cong", "https://a.example; script-src *"], ["--cong", "https://a@b.example"],
        ["--cong", "https://a.example\nX: y"], ["--duong-dan", "tin"], ["--duong-dan", "/tin"], ["--duong-dan", "/a b/"],
    ],
)  # fmt: skip
def test_what_is_no_portal_or_path_is_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["may-chu", *wrong]) == 2
    assert "ghi như" in capsys.readouterr().err


def test_a_hand_edit_in_a_derived_part_is_undone_and_all_around_it_stays() -> None:
    text = (ROOT / serving.NGINX_FILE).read_text(encoding="utf-8")
    assert serving.nginx(text) == text
    spoilt = text.replace("frame-ancestors 'none'", "frame-ancestors *").replace(
        "server_name example.org", "server_name a"
    )
    assert serving.nginx(spoilt) == text.replace("server_name example.org", "server_name a")


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/*", "/", True), ("/nhung/*", "/nhung/a/b", True), ("/nhung/*", "/nhungx/", False),
        ("/chinh-sach/:ma/tep/*.pdf", "/chinh-sach/a/tep/b.pdf", True),
        ("/chinh-sach/:ma/tep/*.pdf", "/chinh-sach/a/b/tep/b.pdf", False),
        ("/chinh-sach/:ma/tep/*.pdf", "/chinh-sach/a/tep/bxpdf", False), ("/feed.json", "/a/feed.json", False),
    ],
)  # fmt: skip
def test_a_pattern_fits_what_it_says(pattern: str, path: str, fits: bool) -> None:
    assert (re.match(serving.expression(pattern), path) is not None) is fits
