"""Full texts: an address for every article, clause and point; labels as printed; no word lost."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinhsach.fulltext import Article, letter_slug, render
from chinhsach.markdown import plain_text
from chinhsach.outputs.fulltext_page import in_pieces

LAW = """\
# LUẬT

# VÍ DỤ

Căn cứ Hiến pháp;

## Chương I. NHỮNG QUY ĐỊNH CHUNG

### Điều 1. Phạm vi

Luật này quy định ví dụ.

### Điều 5. Quyền & nghĩa vụ

1. Quyền gồm:

a) Điểm a;

tiếp điểm a;

d) Điểm d;

đ) Điểm đ.

2. Nghĩa vụ.

tiếp khoản 2.

2a. Khoản chèn.

a) Điểm của khoản chèn.

## Chương II. TỔ CHỨC

### Mục 1. CƠ QUAN

### Điều 5a. Điều chèn

a) Điểm không có khoản.

### Điều 10

Điều không tên.
"""
TWO_CLAUSES = "### Điều 2. A\n\n1. Một\n\n1. Một nữa\n\na) X\n\na) Y\n"
ATTACHED = """\
### Điều 1. Ban hành kèm theo

1. Quy chế.

### Điều 2. Hiệu lực

## QUY CHẾ

### Điều 1. Phạm vi

1. Một

### Điều 2. Đối tượng

## PHỤ LỤC II

### Điều 1. Mẫu

### Điều 1. Mẫu nữa
"""


def ids(source: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', render(source).html)


def test_each_article_clause_and_point_has_its_address() -> None:
    assert ids(LAW)[2:] == [
        "chuong-i", "dieu-1", "dieu-5", "dieu-5-khoan-1", "dieu-5-khoan-1-diem-a", "dieu-5-khoan-1-diem-d",
        "dieu-5-khoan-1-diem-dd", "dieu-5-khoan-2", "dieu-5-khoan-2a", "dieu-5-khoan-2a-diem-a", "chuong-ii",
        "muc-1-co-quan", "dieu-5a", "dieu-5a-diem-a", "dieu-10",
    ]  # fmt: skip
    assert render(LAW).anchors >= set(ids(LAW))


def test_a_label_that_stands_twice_gains_a_number() -> None:
    assert ids(TWO_CLAUSES) == [
        "dieu-2", "dieu-2-khoan-1", "dieu-2-khoan-1-2", "dieu-2-khoan-1-2-diem-a", "dieu-2-khoan-1-2-diem-a-2",
    ]  # fmt: skip
    assert ids("### Điều 3. A\n\n### Điều 3. B\n") == ["dieu-3", "dieu-3-2"]


def test_articles_of_an_attached_regulation_have_addresses_of_their_own() -> None:
    page = render(ATTACHED)
    assert ids(ATTACHED) == [
        "dieu-1", "dieu-1-khoan-1", "dieu-2", "phu-luc-1", "phu-luc-1-dieu-1", "phu-luc-1-dieu-1-khoan-1",
        "phu-luc-1-dieu-2", "phu-luc-2", "phu-luc-2-dieu-1", "phu-luc-3-dieu-1",
    ]  # fmt: skip
    assert page.article_count == 2


@pytest.mark.parametrize("letter", "abcdđeghiklmnopqrstuvxy")
def test_every_letter_of_the_alphabet_has_an_address_of_its_own(letter: str) -> None:
    assert letter_slug(letter) == ("dd" if letter == "đ" else letter)
    source = f"### Điều 7{letter}. Ví dụ\n\n1{letter}. Khoản\n\n{letter}) Điểm\n"
    own = letter_slug(letter)
    assert ids(source) == [f"dieu-7{own}", f"dieu-7{own}-khoan-1{own}", f"dieu-7{own}-khoan-1{own}-diem-{own}"]


def test_the_contents_list_has_chapters_with_their_articles_as_printed() -> None:
    chapters = render(LAW).chapters
    assert [(c.title, c.id) for c in chapters] == [
        ("Chương I. NHỮNG QUY ĐỊNH CHUNG", "chuong-i"),
        ("Chương II. TỔ CHỨC", "chuong-ii"),
    ]
    assert chapters[0].articles == (
        Article("Điều 1", "Phạm vi", "dieu-1"),
        Article("Điều 5", "Quyền & nghĩa vụ", "dieu-5"),
    )
    assert chapters[1].articles[1] == Article("Điều 10", "", "dieu-10")
    assert render(LAW).article_count == 4


def test_the_page_speaks_the_classes_of_its_style() -> None:
    page = render(LAW).html
    assert '<h2 class="chuong" id="chuong-i">Chương I <span>NHỮNG QUY ĐỊNH CHUNG</span></h2>' in page
    assert '<h3 class="muc-luat" id="muc-1-co-quan">Mục 1 <span>CƠ QUAN</span></h3>' in page
    assert '<h3 class="dieu" id="dieu-5"><a href="#dieu-5">Điều 5. Quyền &amp; nghĩa vụ</a></h3>' in page
    assert '<p id="dieu-5-khoan-1" class="khoan"><span class="so">1.</span> Quyền gồm:</p>' in page
    assert '<p id="dieu-5-khoan-1-diem-dd" class="diem"><span class="so">đ)</span> Điểm đ.</p>' in page
    assert '<p class="tiep-diem">tiếp điểm a;</p>' in page
    assert '<p class="tiep-khoan">tiếp khoản 2.</p>' in page


def test_without_chapters_articles_are_the_first_level() -> None:
    levels = re.findall(r"<h(\d)", render("### Điều 1. A\n\n### Điều 2. B\n").html)
    assert levels == ["2", "2"]
    assert "<h1" not in render(LAW).html


def test_hostile_html_in_a_text_does_not_run() -> None:
    page = render(
        '### Điều 1. <script>alert(1)</script>\n\n1. <img src=x onerror=alert(1)> <b onclick="x">a</b>\n'
    ).html
    assert not re.search(r"<script|onerror|onclick", page)


MARKS = st.sampled_from(
    [
        "", "1. ", "2. ", "10. ", "1a. ", "2đ. ", "a) ", "đ) ", "aa) ", "3) ", "- ", "+ ", "* ", "1.1. ", "99. ", "b1) ",
        "### Điều 1. ", "### Điều 2a. ", "#### Điều 3 ", "## Chương I. ", "## Chương II ", "### Mục 1. ", "## Phụ lục I ",
        "## QUY CHẾ ", "# ", "## Phần thứ nhất ", "0. ", "123456789. ", "1234567890. ",
    ]
)  # fmt: skip
WORD = st.text(alphabet="abcđêưỳ ệĐỢ123,.;:()/%&'\"«»–-", min_size=1, max_size=14).map(str.strip).filter(bool)
SENTENCES = st.lists(WORD.filter(lambda w: not re.match(r"[-+]+$|:?-+:?$", w)), min_size=1, max_size=5).map(" ".join)


def words(text: str) -> list[str]:
    return text.split()


def printed(mark: str) -> str:
    """A label as the page prints it: a chapter's and a section's name stands apart from it without a dot."""
    label = mark.lstrip("#")
    return label.replace(".", "") if re.match(r" (Chương|Mục|Phần)", label) else label


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(st.tuples(MARKS, SENTENCES), min_size=1, max_size=12))
def test_every_word_and_label_stands_on_the_page_in_its_order(paragraphs: list[tuple[str, str]]) -> None:
    source = "\n\n".join(f"{mark}x{sentence}" for mark, sentence in paragraphs)
    expected = [w for mark, sentence in paragraphs for w in words(f"{printed(mark)}x{sentence}")]
    page = render(source)
    assert "".join(words(html.unescape(plain_text(page.html)))) == "".join(expected)
    given_ids = re.findall(r' id="([^"]+)"', page.html)
    assert len(given_ids) == len(set(given_ids))
    assert page.anchors >= set(given_ids)
    assert not re.search(r"<(ol|ul|li)\b", page.html)


def test_a_piece_is_what_stands_under_a_heading_and_never_cuts_an_element() -> None:
    text = "chữ " * 100
    page = in_pieces(
        f"<p>{text}</p><h2>Một</h2><p>{text}<br></p><h2>Hai</h2><p>ngắn</p><h2>Ba</h2><p>{text}</p>"
        f"<blockquote><h3>Bốn</h3><p>{text}</p></blockquote><h2>Năm</h2><p>{text * 9}</p>"
    )
    assert [part.replace(text, "…") for part in re.findall(r'data-dai="\d">.*?</div>', page)] == [
        'data-dai="1"><p>…<br></p></div>',
        f'data-dai="4"><p>{"…" * 9}</p></div>',
    ]
