"""Rendered HTML in, the lines that a reader sees out, cell by cell; footnotes are left out."""

from __future__ import annotations

from lxml import html


def lines_of(rendered: str) -> list[str]:
    """The text of each paragraph, heading and cell, in order, white space as one space."""
    tree = html.fragment_fromstring(rendered or "<p></p>", create_parent="div")
    for element in tree.xpath('//section[@class="footnotes"] | //sup[@class="footnote-ref"]'):
        element.drop_tree()
    found = []
    for element in tree.iter("p", "h2", "h3", "h4", "h5", "h6", "td", "th"):
        if element.tag in ("td", "th") and element.xpath(".//p | .//table"):
            continue
        for line_break in element.iter("br"):
            line_break.tail = " " + (line_break.tail or "")
        words = " ".join(element.text_content().split())
        if words:
            found.append(words)
    return found
