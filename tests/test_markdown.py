"""Bodies: GitHub's dialect, ids of headings, what is cut away, and where each mistake stands."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chinhsach.markdown import EMPTY, Heading, Link, plain_text, render, rewrite_addresses, sanitise, unique

steady = settings(deadline=None, derandomize=True)


def faults(source: str, first_line: int = 1) -> list[tuple[str, int]]:
    return [(f.code, f.line) for f in render(source, first_line).faults]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**đậm** và *nghiêng*", "<p><strong>đậm</strong> và <em>nghiêng</em></p>"),
        ("~~bỏ~~", "<p><del>bỏ</del></p>"),
        ("https://example.org/a", '<p><a href="https://example.org/a">https://example.org/a</a></p>'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        (
            "- [x] xong",
            '<ul>\n<li><input type="checkbox" checked="" disabled="" aria-label="đã xong"> xong</li>\n</ul>',
        ),
        ("a <sub>2</sub> & b", "<p>a <sub>2</sub> &amp; b</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("dòng một\ndòng hai", "<p>dòng một\ndòng hai</p>"),
        ('"nháy" -- ...', "<p>&quot;nháy&quot; -- ...</p>"),
    ],
)
def test_github_s_dialect_is_spoken(source: str, expected: str) -> None:
    assert render(source, 1).html.strip() == expected
    assert faults(source) == []


def test_headings_have_ids_by_folding_and_no_two_are_alike() -> None:
    body = render("## Điểm chính\n\n### Điều 5\n\n## Điểm *chính*\n\n## Điểm chính\n\n## …\n\n## A & B\n", 1)
    assert body.headings == (
        Heading(2, "diem-chinh", "Điểm chính"),
        Heading(3, "dieu-5", "Điều 5"),
        Heading(2, "diem-chinh-2", "Điểm chính"),
        Heading(2, "diem-chinh-3", "Điểm chính"),
        Heading(2, "muc", "…"),
        Heading(2, "a-b", "A & B"),
    )
    assert '<h2 id="diem-chinh-2">Điểm <em>chính</em></h2>' in body.html


def test_a_heading_never_takes_an_id_that_stands_already() -> None:
    used: dict[str, int] = {}
    given = [unique(a, used) for a in ("a", "a-2", "a", "a", "a-2", "b", "b", "b")]
    assert len(set(given)) == len(given)
    assert given[:2] == ["a", "a-2"]
    assert given[-3:] == ["b", "b-2", "b-3"]


def test_a_heading_of_the_first_level_is_told_and_shown_as_the_second() -> None:
    body = render("mở\n\n# Một\n\nHai\n===\n\n## Ba\n", 10)
    assert [(f.code, f.line) for f in body.faults] == [("de-muc-cap-mot", 12), ("de-muc-cap-mot", 14)]
    assert [h.level for h in body.headings] == [2, 2, 2]
    assert "<h1" not in body.html


def test_each_table_is_a_region_of_its_own_name() -> None:
    table = "| a | b |\n|---|--:|\n| 1 | 2 |\n"
    body = render(f"{table}\nchữ\n\n{table}", 1)
    assert re.findall(r'<div class="bang" tabindex="0" role="region" aria-label="(.*?)">', body.html) == [
        "Bảng 1",
        "Bảng 2",
    ]
    assert body.html.count("</table></div>") == 2
    assert '<td align="right">2</td>' in body.html


def test_footnotes_lead_there_and_back() -> None:
    body = render("Một[^a], hai[^a].\n\n[^a]: Chú thích.\n", 1)
    targets = set(re.findall(r'href="#([^"]+)"', body.html))
    ids = set(re.findall(r'id="([^"]+)"', body.html))
    assert targets
    assert targets <= ids
    assert '<h2 id="chu-thich">Chú thích</h2>' in body.html
    assert body.links == ()


def test_an_empty_body_is_empty() -> None:
    assert render(" \n\n", 5) == EMPTY


def test_links_and_pictures_are_found_with_their_lines() -> None:
    body = render(
        "[a](mot-tin)\n\n![sơ đồ](so-do.png) và [b](toan-van/#dieu-5)\n\n<a href='hai-tin'>c</a> [d](mot-tin)\n\n[e][x]\n\n[x]: https://example.org/\n",
        20,
    )
    assert body.links == (
        Link("mot-tin", 20, False),
        Link("so-do.png", 22, True),
        Link("toan-van/#dieu-5", 22, False),
        Link("hai-tin", 24, False),
        Link("mot-tin", 24, False),
        Link("https://example.org/", 28, False),
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("chữ\n\n<script>alert(1)</script>", [("html-nguy-hiem", 3)]),
        ("<IFRAME src='https://example.org'></IFRAME>", [("html-nguy-hiem", 1)]),
        ("a\n\n<b onclick='x()'>b</b>", [("html-nguy-hiem", 3)]),
        ("<p style='color:red'>a</p>", [("html-nguy-hiem", 1)]),
        ("<form><input name=a></form>", [("html-nguy-hiem", 1), ("html-nguy-hiem", 1)]),
        ("<svg onload=alert(1)>", [("html-nguy-hiem", 1)]),
        ("[a](javascript:alert(1))", [("duong-dan-nguy-hiem", 1)]),
        ("a\n\n[a](JAVA&#115;cript:alert(1))", [("duong-dan-nguy-hiem", 3)]),
        ("[a](data:text/html,x)", [("duong-dan-nguy-hiem", 1)]),
        ("[a](//example.org/)", [("duong-dan-nguy-hiem", 1)]),
        ("[a](file:///etc/passwd)", [("duong-dan-nguy-hiem", 1)]),
        ("chữ\n\n![](so-do.png)", [("anh-thieu-mo-ta", 3)]),
        ("![có](a.png)\n\n![ ](b.png)\n\n<img src='c.png'>", [("anh-thieu-mo-ta", 3), ("anh-thieu-mo-ta", 5)]),
        ("`<script>` và `javascript:x`", []),
        ("    <script>alert(1)</script>", []),
        ("5 < 6, a > b", []),
        ("<svg/onload=alert(1)>", []),  # no tag in CommonMark: it is printed as text
        ("[a](mailto:a@example.org) [b](tel:0)", []),
    ],
)
def test_what_is_dangerous_or_missing_is_told_at_its_line(source: str, expected: list[tuple[str, int]]) -> None:
    assert faults(source) == expected


PIECES = st.sampled_from(
    [
        "<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:x'>", "</a>", "<svg onload=x>",
        "<math>", "<style>", "</style>", "<!--", "-->", "<![CDATA[", "]]>", "<iframe srcdoc='<script>'>", "<b", ">",
        "[x](javascript:alert`1`)", "![x](data:image/svg+xml,<svg>)", "<p style='x'>", "&lt;script&gt;", "<base href=//x>",
        "<form action=x>", "<input autofocus onfocus=x>", "<noscript>", "<table><td>", "<h1>", "</h1>", "## ", "# ",
        "[^1]", "\n[^1]: x", "|a|b|\n|-|-|\n", "`", "```\n", "\n", "\n\n", " ", "a", "Đ", "1. ", "- ", "<", "\"", "'", "\\",
    ]
)  # fmt: skip
SAFE_ATTRIBUTES = {
    "href", "src", "alt", "title", "id", "class", "start", "align", "colspan", "rowspan", "scope", "datetime", "type",
    "checked", "disabled", "hreflang", "tabindex", "role", "aria-label",
}  # fmt: skip
DANGEROUS = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "svg",
    "math",
    "base",
    "link",
    "meta",
    "h1",
    "template",
}


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [
        (str(e.tag), dict(e.attrib)) for e in tree.iter() if isinstance(e.tag, str) and e.tag != "DOCUMENT_FRAGMENT"
    ]


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60))
@example("<h1 title='</h1><script>'>x</h1>")
@example('<h2><a title="</h2><h2>">x</a></h2>')
@example("# a\n<h1><b></h1>")
def test_whatever_is_written_nothing_that_runs_is_left(source: str) -> None:
    body = render(source, 1)
    ids = []
    for tag, attributes in elements(body.html):
        assert tag not in DANGEROUS
        assert set(attributes) <= SAFE_ATTRIBUTES
        for name in ("href", "src"):
            address = re.sub(r"[\s\x00-\x20]", "", attributes.get(name, "")).lower()
            assert not re.match(r"(javascript|data|vbscript|file|blob):", address)
        ids += [attributes["id"]] if "id" in attributes else []
    assert len([h.id for h in body.headings]) == len({h.id for h in body.headings})
    lines = source.count("\n") + 1
    for found in (*body.faults, *body.links):
        assert 1 <= found.line <= lines


@steady
@given(st.lists(PIECES, max_size=8).map("".join))
def test_what_is_safe_stays_as_it_is(source: str) -> None:
    once = sanitise(source, footnotes=True)
    assert sanitise(once, footnotes=True) == once


def test_addresses_are_rewritten_and_stay_addresses() -> None:
    safe = '<a href="a?b=1&amp;c=2">x</a><img src="b.png" alt="href=&quot;c&quot;">'
    seen: list[tuple[str, bool]] = []

    def move(target: str, is_image: bool) -> str:
        seen.append((target, is_image))
        return f'../{target}"'

    moved = rewrite_addresses(safe, move)
    assert seen == [("a?b=1&c=2", False), ("b.png", True)]
    assert moved == '<a href="../a?b=1&amp;c=2&quot;">x</a><img src="../b.png&quot;" alt="href=&quot;c&quot;">'


def test_plain_text_has_the_words_alone() -> None:
    assert plain_text("<p>A &amp; <b>B</b></p>").split() == ["A", "&", "B"]


@steady
@given(st.text(alphabet='ab \n#*_-|>[]()!`"&;:^0.1~\\đx/', max_size=80))
@example("a[^1]\n\n[^1]: b")
@example('![a](b.png "c")\n\n|a|\n|-|\n|`b`|')
@example("&lt;script&gt; [a](javascript&colon;x)")
def test_the_sanitiser_would_cut_nothing_from_a_body_without_raw_html(source: str) -> None:
    shown = render(source, 1)
    if shown.faults:
        return  # such an entry is not published; its body went through the sanitiser
    assert bare(sanitise(shown.html, footnotes=True)) == bare(shown.html)


def bare(html: str) -> str:
    """HTML as a parser reads it, without the attributes that the page adds after the sanitiser."""
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in fragment.iter():
        for name in ("id", "class", "tabindex", "role", "aria-label"):
            element.attrib.pop(name, None)
    return html5lib.serialize(fragment, omit_optional_tags=False, alphabetical_attributes=True)


def test_a_body_wears_no_class_or_id_of_the_site_even_beside_footnotes() -> None:
    shown = render(
        'Chữ.[^1]\n\n<a class="nut chinh" id="noi-dung" href="https://example.org/">Vào</a>\n\n[^1]: Chú.\n', 1
    )
    assert 'class="nut' not in shown.html
    assert 'id="noi-dung"' not in shown.html
    assert 'class="footnote-ref"' in shown.html
    assert 'id="fn-1"' in shown.html


@pytest.mark.parametrize("entity", ["&#x202E;", "&#8203;", "&#xFEFF;", "&#x61C;", "&#x3164;", "&ZeroWidthSpace;"])
def test_an_entity_brings_back_nothing_that_cannot_be_seen(entity: str) -> None:
    assert render(f"Hạn {entity}5202", 1).html == "<p>Hạn 5202</p>\n"


def test_a_cell_spans_no_more_than_a_browser_bears() -> None:
    shown = render("<table><tr><td colspan=1000 rowspan=65534>a</td><td colspan=2 rowspan=x>b</td></tr></table>", 1)
    spans = re.findall(r'(?:col|row)span="[^"]*"', shown.html)
    assert spans == []  # together they cover too much
    wide = render("<table><tr><td colspan=1000 rowspan=2>a</td><td colspan=2 rowspan=x>b</td></tr></table>", 1)
    assert re.findall(r'(?:col|row)span="[^"]*"', wide.html) == [
        'colspan="50"', 'rowspan="2"', 'colspan="2"', 'rowspan="1"',
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source",
    [
        "[www.langson.gov.vn](https://stc.langson.gov.vn/a)",
        "[https://langson.gov.vn/tin](https://langson.gov.vn/khac)",
        "[mau-so-01.docx](https://example.org/a.docx)",
        "[TT 01.2026](https://example.org/a)",
        "[trang @tinh](https://example.org/@tinh)",
        "[tên miền tiếng Việt](https://lạngsơn.vn/)",
        "https://langson.gov.vn",
    ],
)
def test_an_honest_link_is_let_through(source: str) -> None:
    assert render(source, 1).faults == ()


@pytest.mark.parametrize(
    "source",
    [
        "[https://langson.gov.vn](https://example.org/)",
        "[langson.gov.vn](https://langson.gov.vn.example.org/)",
        "<a title='a' href='https://example.org/'>www.langson.gov.vn</a>",
        "[vào](https://langson.gov.vn@example.org/)",
        "[vào](https:example.org)",
        "[vào](https:/example.org)",
        "[vào](https://lаngson.gov.vn/)",
        "[vào](https://xn--lngson-3nf.gov.vn/)",
        "[vào](<https:\\\\example.org>)",
    ],
)
def test_a_link_that_says_one_place_and_leads_to_another_is_refused(source: str) -> None:
    assert [fault.code for fault in render(source, 1).faults] == ["duong-dan-nguy-hiem"]
