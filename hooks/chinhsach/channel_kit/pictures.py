"""What an entry says in, its handout, poster, code and picture out: PDF, SVG and PNG, the same bytes each time.

WeasyPrint, segno and Pillow are the extra `kenh`; they are imported only here, and only when one of these is made.
The font stands beside: Noto Sans 2.004 (OFL 1.1), cut down to Latin and Vietnamese.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup, escape

from .content import TRIAL, Content, Part
from .texts import MORE

FONTS = Path(__file__).parent / "phong-chu"
PACKAGE = "cài thêm: pip install -e '.[kenh]'"
_SIZES = (10.5, 9.5)
_WIDTH, _HEIGHT, _MARGIN = 1200, 630, 64
_INK, _GREY, _RED, _PAPER = "#1b1d1f", "#54575b", "#a8231c", "#ffffff"


class Missing(Exception):
    """A library, or what it needs of the system, is not there; the message says what to install."""


def _need(load: Callable[[], Any], what: str) -> Any:
    try:
        return load()
    except (ImportError, OSError) as fault:  # WeasyPrint raises OSError where Pango is not installed
        raise Missing(f"không làm được {what} vì máy thiếu thư viện ({fault.__class__.__name__}); {PACKAGE}") from None


def code_svg(address: str) -> bytes:
    """The QR code of an address as SVG, quiet zone included. Raises Missing."""
    segno = _need(lambda: __import__("segno"), "mã QR")
    written = io.BytesIO()
    segno.make(address, error="m", micro=False).save(written, kind="svg", scale=8, border=4, light="#fff")
    return written.getvalue()


def _inline_code(address: str) -> Markup:
    segno = _need(lambda: __import__("segno"), "mã QR")
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(border=4, omitsize=True, light="#fff"))  # noqa: S704 - paths alone, made by segno


class Handout(NamedTuple):
    """A handout of one page, and how many points had no room on it."""

    pdf: bytes
    left_out: int


def handout_html(content: Content, parts: tuple[Part, ...], size: float, *, is_short: bool) -> str:
    """The handout as HTML, with these parts of it, at this size of type (points)."""
    view = _view(content) | {"parts": parts, "size": size, "more": MORE if is_short else ""}
    return _templates().get_template("to-roi.html").render(view)


def handout(content: Content) -> Handout:
    """One page of A4: everything in the larger type, else in the smaller, else the first points of each part."""
    everything = content.bare_parts()
    count = sum(len(part.items) for part in everything)
    for size in _SIZES:
        document = _laid_out(handout_html(content, everything, size, is_short=False))
        if len(document.pages) == 1:
            return Handout(document.write_pdf(), 0)
    fits, too_many, best = 0, count, None
    while too_many - fits > 1 or best is None:
        middle = (fits + too_many) // 2
        document = _laid_out(handout_html(content, first_points(everything, middle), _SIZES[-1], is_short=True))
        if len(document.pages) == 1:
            fits, best = middle, document
        elif not middle:
            raise Missing("tóm tắt và tiêu đề dài quá một trang A4; viết ngắn lại trong tin")
        else:
            too_many = middle
    return Handout(best.write_pdf(), count - fits)


def first_points(parts: tuple[Part, ...], most: int) -> tuple[Part, ...]:
    """At most so many points: the first of each part, then the second of each, in their own order."""
    ranked = sorted((place, number) for number, part in enumerate(parts) for place in range(len(part.items)))
    kept = set(ranked[:most])
    cut = (
        Part(part.heading, tuple(item for place, item in enumerate(part.items) if (place, number) in kept))
        for number, part in enumerate(parts)
    )
    return tuple(part for part in cut if part.items)


def poster_html(content: Content) -> str:
    """The poster as HTML."""
    return _templates().get_template("ap-phich.html").render(_view(content))


def poster(content: Content) -> bytes:
    """A poster of one page of A4 with a large code. Raises Missing."""
    pdf: bytes = _laid_out(poster_html(content)).write_pdf()
    return pdf


def _view(content: Content) -> dict[str, Any]:
    return {
        "content": content,
        "trial": "" if content.is_official else TRIAL,
        "code": _inline_code(content.address),
        "fonts": FONTS.as_uri(),
    }


_NUMBER = re.compile(r"(?<![\w/])[0-9][0-9.]*(?:/[0-9]{4})?[/-](?=[A-ZĐ])[\w&/-]*\w")


def _kept_whole(text: str) -> Markup:
    """A text whose document numbers never break over two lines (LOOK §2)."""
    shown = str(escape(text))
    return Markup(_NUMBER.sub(lambda found: f'<span class="so">{found[0]}</span>', shown))  # noqa: S704 - escaped above


def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "mau"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lien"] = _kept_whole
    return environment


def _laid_out(page: str) -> Any:
    """The page laid out; nothing is fetched but files, of which our templates name the fonts alone."""
    weasyprint = _need(lambda: __import__("weasyprint"), "tờ rơi, áp phích PDF")
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("file",))
    return weasyprint.HTML(string=page, url_fetcher=fetcher).render()


# --- the picture for sharing


def picture(content: Content) -> bytes:
    """A PNG of 1200 × 630 pixels: department, document, title, source, day and address. Raises Missing."""
    image_module = _need(lambda: __import__("PIL.Image", fromlist=["Image"]), "ảnh chia sẻ")
    draw_module = __import__("PIL.ImageDraw", fromlist=["ImageDraw"])
    image = image_module.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    pen = _Pen(draw_module.Draw(image))
    pen.write(content.source, "Bold", 30, _INK)
    pen.rule()
    pen.write(content.kicker, "Regular", 30, _GREY, most=2)
    pen.fill(content.title, room=_HEIGHT - 180)
    pen.foot([*([] if content.is_official else [TRIAL]), f"Đăng ngày {content.day}", content.address])
    written = io.BytesIO()
    image.save(written, format="PNG", optimize=True)
    return written.getvalue()


class _Pen:
    """Writes lines downward on the picture; Pillow's own layout, so that the bytes do not hang on the system's."""

    def __init__(self, draw: Any) -> None:
        self._draw = draw
        self._top = 52

    def _font(self, weight: str, size: int) -> Any:
        fonts = __import__("PIL.ImageFont", fromlist=["ImageFont"])
        return fonts.truetype(str(FONTS / f"NotoSans-{weight}.ttf"), size, layout_engine=fonts.Layout.BASIC)

    def _wrapped(self, text: str, font: Any) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and font.getlength(longer) <= _WIDTH - 2 * _MARGIN:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def write(self, text: str, weight: str, size: int, colour: str, *, most: int = 1) -> None:
        """One paragraph; what goes beyond `most` lines is cut with an ellipsis."""
        font = self._font(weight, size)
        lines = self._wrapped(text, font)
        shown = lines[:most]
        if len(lines) > most:
            shown[-1] = textwrap.shorten(shown[-1], len(shown[-1]) - 1, placeholder=" …")
        self._lines(shown, font, size, colour)

    def fill(self, text: str, *, room: int) -> None:
        """The title in the largest type in which it fits above `room`."""
        for size in range(60, 28, -4):
            font = self._font("Bold", size)
            lines = self._wrapped(text, font)
            if self._top + len(lines) * size * 1.35 <= room or size == 32:
                self._lines(lines, font, size, _INK)
                return

    def rule(self) -> None:
        """The short red rule."""
        self._draw.rectangle((_MARGIN, self._top + 2, _MARGIN + 72, self._top + 6), fill=_RED)
        self._top += 34

    def foot(self, lines: list[str]) -> None:
        """The last lines, standing on the lower edge."""
        size = 28
        self._top = round(_HEIGHT - 44 - len(lines) * size * 1.35)
        for line in lines:
            while self._font("Regular", size).getlength(line) > _WIDTH - 2 * _MARGIN and size > 16:
                size -= 2
        for line in lines:
            self._lines([line], self._font("Regular", size), size, _GREY)

    def _lines(self, lines: list[str], font: Any, size: int, colour: str) -> None:
        for line in lines:
            self._draw.text((_MARGIN, self._top), line, font=font, fill=colour)
            self._top += round(size * 1.35)
        self._top += 8
