"""A Markdown body in, sanitised HTML with heading ids out, and what it links to. CommonMark with GitHub's dialect.

cmark-gfm renders (what the forge shows in a pull request is what is published), nh3 cuts down to a safe list.
"""

from __future__ import annotations

import ctypes
import html
import math
import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from itertools import chain, count
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import nh3
from cmarkgfm import _cmark, cmark

from .problems import Fault
from .text import clean, excerpt, is_plain_host, slug

_OPTIONS = cmark.Options.CMARK_OPT_UNSAFE | cmark.Options.CMARK_OPT_FOOTNOTES
_EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist"]

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "dfn", "div", "dl", "dt", "em",
    "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p",
    "pre", "q", "s", "section", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "time", "tr", "u", "ul", "input",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "abbr": {"title"},
    "input": {"type", "checked", "disabled"},
}
_FOOTNOTE_ATTRIBUTES = _ATTRIBUTES | {
    "a": {"href", "title", "hreflang", "id", "class"},
    "li": {"id"},
    "section": {"class"},
    "sup": {"class"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_FOOTNOTE_MARK = {
    "class": re.compile(r"footnotes|footnote-ref|footnote-backref"),
    "id": re.compile(r"fn(?:ref)?-[\w%.-]+"),
}


def _footnote_mark(tag: str, attribute: str, value: str) -> str | None:
    """The value of an attribute; a class or id of the site's own is not for a body to wear."""
    allowed = _FOOTNOTE_MARK.get(attribute)
    return value if allowed is None or allowed.fullmatch(value) else None


_CLEANER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
_FOOTNOTE_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_FOOTNOTE_ATTRIBUTES,
    url_schemes=_SCHEMES,
    link_rel=None,
    attribute_filter=_footnote_mark,
)

_DANGEROUS_TAG = re.compile(
    r"<\s*(?:/\s*)?(script|style|iframe|frame|frameset|object|embed|applet|form|button|select|textarea|link|meta|base|svg"
    r"|math|template|noscript|audio|video|marquee|title|xmp|plaintext)\b",
    re.I,
)
_EVENT_ATTRIBUTE = re.compile(r"<[a-z][^<>]*?[\s/\"'](on[a-z]{3,}|style|srcdoc|formaction)\s*=", re.I)
_QUOTED_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_ADDRESS = re.compile(
    r"(?:\s|/|\"|')(href|src|srcset|action|background|poster|cite|data|xlink:href)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)",
    re.I,
)
_MADE_ADDRESS = re.compile(r" (href|src)=(\"[^\"]*\")")  # cmark's own form: seven times faster
_LINKING = re.compile(r"<(a|img)\s", re.I)
_IMAGE = re.compile(r"<img\b[^>]{0,2000}>", re.I)  # bounded: «<img <img …» without an end would cost its square
_WRITTEN_IMAGE = re.compile(r"!\[|<img\b", re.I)
_ALT = re.compile(r"\balt\s*=\s*(\"[^\"]*\"|'[^']*')", re.I)
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.S)
_TAG = re.compile(r"<[^>]+>")
_SPAN = re.compile(r' (col|row)span="([0-9]*)[^"]*"')
_SPANNING = re.compile(r"<t[dh][^>]* (?:col|row)span=[^>]*>")
_MOST_SPAN = {"col": 50, "row": 500}  # what no table needs, and what stops the reader's browser
_MOST_SPANNED = 20_000
_LINKED = re.compile(r'<a [^<>]{0,2000}?href="([^"]*)"[^<>]{0,2000}>([^<>]{1,300})</a>')
_SAID_HOST = re.compile(r"\s*(?:https?://|(?=www\.)|(?=[\w.-]+\.(?:vn|com|net|org|info)(?![\w.-])))([\w.-]+)", re.I)
_NO_SPACE = re.compile(r"[\s\x00-\x20]+")
_RAW_INPUT = re.compile(r"<input(?! type=\"checkbox\"(?: checked=\"\")? disabled=\"\" />)", re.I)
_TASK = re.compile(r'<input type="checkbox"( checked="")? disabled="">')


class Heading(NamedTuple):
    """A heading of a body: level 2 to 6, its id, its text without markup."""

    level: int
    id: str
    text: str


class Link(NamedTuple):
    """A link or picture of a body as written, with the line in the file."""

    target: str
    line: int
    is_image: bool


class Body(NamedTuple):
    """A rendered body."""

    html: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    faults: tuple[Fault, ...]


EMPTY = Body("", (), (), ())


def to_html(source: str, options: int = _OPTIONS) -> str:
    """The Markdown as HTML, raw HTML and all: never to be shown before `sanitise`.

    cmarkgfm's own function frees neither the tree nor the text (2025.10.22, its issue 53): 55 KB lost for 7 KB of
    Markdown, half of a large build's memory, and again at each save while serving. So its steps are taken here.
    """
    parser = cmark.parser_new(options)
    for extension in _extensions():
        cmark.parser_attach_syntax_extension(parser, extension)
    cmark.parser_feed(parser, source)
    tree = cmark.parser_finish(parser)
    text = _cmark.lib.cmark_render_html(tree, options, cmark.parser_get_syntax_extensions(parser))
    rendered: str = _cmark.ffi.string(text).decode()
    if "&" in source:  # an entity can bring back what was removed from the source
        rendered = clean(rendered)
    cmark.parser_free(parser)
    _free(tree, text)
    return rendered


@cache
def _extensions() -> tuple[Any, ...]:
    cmark.core_extensions_ensure_registered()
    return tuple(cmark.find_syntax_extension(name) for name in _EXTENSIONS)


def _free(tree: Any, text: Any) -> None:
    """Give back what cmark made; where its library does not show the two functions (Windows), it stays lost."""
    try:
        free_tree, free_text = _freeing()
    except (OSError, AttributeError):
        return
    free_tree(int(_cmark.ffi.cast("uintptr_t", tree)))
    free_text(int(_cmark.ffi.cast("uintptr_t", text)))


class _Allocator(ctypes.Structure):
    """`cmark_mem` of cmark-gfm.h."""

    _fields_ = (
        ("calloc", ctypes.c_void_p),
        ("realloc", ctypes.c_void_p),
        ("free", ctypes.CFUNCTYPE(None, ctypes.c_void_p)),
    )


@cache
def _freeing() -> tuple[Callable[[int], None], Callable[[int], None]]:
    library = ctypes.CDLL(_cmark.__file__)
    library.cmark_node_free.argtypes = (ctypes.c_void_p,)
    library.cmark_node_free.restype = None
    library.cmark_get_default_mem_allocator.restype = ctypes.POINTER(_Allocator)
    return library.cmark_node_free, library.cmark_get_default_mem_allocator().contents.free


def sanitise(unsafe: str, *, footnotes: bool = False) -> str:
    """The HTML cut down to the safe list: no script, style, frame, form, event or scheme that runs."""
    safe = (_FOOTNOTE_CLEANER if footnotes else _CLEANER).clean(unsafe)
    return _with_bounded_spans(safe) if "span=" in safe else safe


def _with_bounded_spans(safe: str) -> str:
    """The HTML with no cell wider or higher than tables are; none at all where together they cover too much."""
    spanned = 0

    def bounded(found: re.Match[str]) -> str:
        return f' {found[1]}span="{min(int(found[2][:6] or "1"), _MOST_SPAN[found[1]])}"'

    def cell(found: re.Match[str]) -> str:
        nonlocal spanned
        kept = _SPAN.sub(bounded, found[0])
        spanned += math.prod(int(number) for _, number in _SPAN.findall(kept))
        return kept

    made = _SPANNING.sub(cell, safe)
    return made if spanned <= _MOST_SPANNED else _SPANNING.sub(lambda found: _SPAN.sub("", found[0]), safe)


def is_too_deep(unsafe: str) -> bool:
    """Whether elements lie in one another deeper than any text needs: the sanitiser's cost is the square of it."""
    if unsafe.count("<") < _MANY_TAGS:
        return False
    depth = 0
    for tag in _NESTING_TAG.finditer(unsafe):
        depth += -1 if tag[1] else 1
        if depth > _MOST_DEPTH:
            return True
    return False


_MANY_TAGS, _MOST_DEPTH = 1000, 100
_NESTING_TAG = re.compile(r"<(/?)(?!br\b|hr\b|img\b|input\b|col\b|wbr\b)[a-z][a-z0-9]*\b", re.I)


def render(source: str, first_line: int) -> Body:
    """Render an entry's body; `first_line` is the file's line of the body's first line.

    Faults: `html-nguy-hiem`, `duong-dan-nguy-hiem`, `anh-thieu-mo-ta`, `de-muc-cap-mot`, `long-qua-sau`.
    """
    if not source.strip():
        return EMPTY
    unsafe = to_html(source)
    if is_too_deep(unsafe):
        return Body("", (), (), (Fault("long-qua-sau", first_line),))
    faults: list[Fault] = []
    locate = _Locator(source, first_line)
    if "<" in source:
        _find_dangerous_html(unsafe, locate, faults)
    links = _find_links(unsafe, locate, faults)
    images = _IMAGE.findall(unsafe)
    written = [locate.line_at(match.start()) for match in _WRITTEN_IMAGE.finditer(source)] if images else []
    for place, image in enumerate(images):
        alt = _ALT.search(image)
        if alt is None or not alt[1][1:-1].strip():
            line = written[place] if len(written) == len(images) else locate("![")
            faults.append(Fault("anh-thieu-mo-ta", line, 1))
    if "<" in source or faults or "<h1>" in unsafe or "<input" in unsafe:
        safe = sanitise(unsafe, footnotes="[^" in source)
    else:
        safe = _FOOTNOTE_MARKS.sub("", unsafe) if "footnote" in unsafe else unsafe
    if "<h1>" in unsafe:
        faults.extend(Fault("de-muc-cap-mot", line, 1) for line in _heading_one_lines(source, first_line))
        safe = _HEADING_ONE.sub(
            r"<h2>\1</h2>", sanitise(_HEADING_ONE.sub(r"<h2>\1</h2>", unsafe), footnotes="[^" in source)
        )
    if "<input" in safe:  # cmark gives a task's box no name (WCAG 4.1.2; axe label)
        safe = _TASK.sub(_name_task, safe)
    if links:
        _find_false_names(safe, locate, faults)
    if "data-footnotes" in unsafe:
        safe = safe.replace(
            '<section class="footnotes">', '<section class="footnotes"><h2 id="chu-thich">Chú thích</h2>', 1
        ).replace(_BACK, _BACK[:-2] + ' aria-label="Về chỗ đánh số chú thích">↩')
    headings: list[Heading] = []
    used: dict[str, int] = {}

    def heading(match: re.Match[str]) -> str:
        level, inner = int(match[1]), match[2]
        is_plain = "<" not in inner and "&" not in inner
        text = inner.strip() if is_plain else html.unescape(_TAG.sub("", inner)).strip()
        anchor = unique(slug(text) or "muc", used)
        headings.append(Heading(max(level, 2), anchor, text))
        return f'<h{max(level, 2)} id="{anchor}">{inner}</h{max(level, 2)}>'

    safe = wrap_tables(_HEADING.sub(heading, safe))
    return Body(safe, tuple(headings), tuple(links), tuple(faults))


# Without a «<» in the source every element is cmark's own and every address was looked at: nothing is left to cut
# but marks of footnotes (one in English). A third of the time of reading; a property test holds both ways equal.
_FOOTNOTE_MARKS = re.compile(r' (?:data-footnote[a-z-]*(?:="[^"]*")?|aria-label="Back to reference [^"]*")(?=[ >])')


_BACK = 'class="footnote-backref">↩'  # an arrow alone has no name


def _name_task(box: re.Match[str]) -> str:
    checked = box[1] or ""
    return f'<input type="checkbox"{checked} disabled="" aria-label="{"đã xong" if checked else "chưa xong"}">'


_HEADING_ONE = re.compile(r"<h1>((?:(?!<h1>).)*?)</h1>", re.S)
_HEADING_ONE_PLACE = re.compile(r'<h1 data-sourcepos="([0-9]+):')


def _heading_one_lines(source: str, first_line: int) -> list[int]:
    """The lines of level-one headings; a raw <h1>, which cmark gives no place, is looked for in the source."""
    placed = to_html(source, _OPTIONS | cmark.Options.CMARK_OPT_SOURCEPOS)
    lines = [first_line + int(match[1]) - 1 for match in _HEADING_ONE_PLACE.finditer(placed)]
    return lines or [_Locator(source, first_line)("<h1>")]


def wrap_tables(safe: str) -> str:
    """Each table in a region of its own that scrolls by keyboard, so that a phone's page never scrolls sideways."""
    if "<table" not in safe:
        return safe
    number = count(1)

    def open_region(_: re.Match[str]) -> str:
        # each region needs a name of its own (WCAG 1.3.1; axe landmark-unique)
        return f'<div class="bang" tabindex="0" role="region" aria-label="Bảng {next(number)}"><table'

    return re.sub("<table", open_region, safe).replace("</table>", "</table></div>")


def unique(anchor: str, used: dict[str, int]) -> str:
    """The anchor, with `-2`, `-3` … from its second use on."""
    count = used.get(anchor, 0) + 1
    used[anchor] = count
    if count == 1:
        return anchor
    return unique(f"{anchor}-{count}", used)


def rewrite_addresses(safe: str, resolve: Callable[[str, bool], str]) -> str:
    """The HTML with each `href` and `src` put through `resolve(target, is_image)`; sanitised HTML only."""

    def replace(match: re.Match[str]) -> str:
        target = html.unescape(match[2])
        return f'{match[1]}{html.escape(resolve(target, match[1].startswith("<img")), quote=True)}"'

    return _SAFE_ADDRESS.sub(replace, safe)


_SAFE_ADDRESS = re.compile(r'(<(?:a|img) (?:[a-z]+="[^"]*" )*?(?:href|src)=")([^"]*)"')


def plain_text(safe: str) -> str:
    """The words of sanitised HTML."""
    return html.unescape(_TAG.sub(" ", safe))


class _Locator:
    """Finds the line of a piece of source, moving on at each find so that a second one is found further down."""

    def __init__(self, source: str, first_line: int) -> None:
        self.source = source
        self.first_line = first_line
        self.positions: dict[str, int] = {}
        self.plain_lines: list[str] | None = None
        self.breaks: list[int] | None = None  # made when a line is asked for: most bodies have nothing to report

    def line_at(self, position: int) -> int:
        """The line in the file of a place in the source."""
        if self.breaks is None:
            self.breaks = [match.start() for match in re.finditer("\n", self.source)]
        return self.first_line + bisect_left(self.breaks, position)

    def _disguised(self, piece: str) -> int:
        """How many lines down a piece stands that is written with entities, escapes or spaces in it; 0 if nowhere."""
        if self.plain_lines is None:
            self.plain_lines = [_undisguised(line) for line in self.source.split("\n")]
        plain = _undisguised(piece)
        return next((place for place, line in enumerate(self.plain_lines) if plain in line), 0)

    def __call__(self, piece: str) -> int:
        start = self.source.find(piece, self.positions.get(piece, 0))
        if start < 0:
            start = self.source.find(piece)
        if start < 0:
            return self.first_line + self._disguised(piece)
        self.positions[piece] = start + 1
        return self.line_at(start)


_DISGUISE = re.compile(r"[\s\x00-\x20\\]+")


def _undisguised(text: str) -> str:
    return _DISGUISE.sub("", unquote(html.unescape(text))).lower()


def _find_dangerous_html(unsafe: str, locate: _Locator, faults: list[Fault]) -> None:
    seen: set[str] = set()
    for match in _DANGEROUS_TAG.finditer(unsafe):
        name = match[1].lower()
        if name not in seen:
            seen.add(name)
            faults.append(Fault("html-nguy-hiem", _line_of_tag(locate, match[1]), 1, {"the": f"<{name}>"}))
    # Once with quoted values emptied too: a «>» in one would end the tag too early.
    for match in chain(_EVENT_ATTRIBUTE.finditer(unsafe), _EVENT_ATTRIBUTE.finditer(_QUOTED_VALUE.sub('=""', unsafe))):
        if _DANGEROUS_TAG.match(match[0]) or match[0].lower().startswith("<input"):
            continue  # one mistake, one message: the tag itself is reported
        name = match[1].lower()
        if name not in seen:
            seen.add(name)
            piece = match[0] if match[0] in locate.source else match[1]
            line = locate(piece) + piece.count("\n", 0, piece.rfind(match[1]))
            faults.append(Fault("html-nguy-hiem", line, 1, {"the": f"{name}="}))
    if _RAW_INPUT.search(unsafe):
        faults.append(Fault("html-nguy-hiem", locate("<input"), 1, {"the": "<input>"}))


def _line_of_tag(locate: _Locator, name: str) -> int:
    line = locate(f"<{name}")
    return line if line != locate.first_line else locate(name)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _leads_where_it_says(address: str) -> bool:
    """Whether a web address has a host in Latin letters, and nothing before it that passes for one."""
    host = unquote(_host(address))
    return bool(host) and "@" not in urlsplit(address).netloc and "\\" not in unquote(address) and is_plain_host(host)


def _find_false_names(safe: str, locate: _Locator, faults: list[Fault]) -> None:
    """Links whose words are the address of another site than they lead to."""
    for found in _LINKED.finditer(safe):
        target, said = html.unescape(found[1]), _SAID_HOST.match(html.unescape(found[2]))
        if said is None or not target.lower().startswith(("http:", "https:")):
            continue
        shown, host = said[1].lower().removeprefix("www.").strip("."), _host(target)
        if host and shown != host and not host.endswith(f".{shown}"):
            values = {"gia_tri": excerpt(target), "chu": excerpt(html.unescape(found[2]))}
            faults.append(Fault("duong-dan-nguy-hiem", locate(_as_written(target, locate.source)), 1, values))


def _as_written(target: str, source: str) -> str:
    """The piece of source that an address came from: cmark percent-encodes letters and puts http:// before www."""
    if not target:
        return "]()"
    plain = unquote(target)
    forms = (target, plain, plain.removeprefix("http://"))
    pieces = (opening + form for opening in ("](", "](<", '="', "") for form in forms)
    return next((piece for piece in pieces if piece in source), target)


def _find_links(unsafe: str, locate: _Locator, faults: list[Fault]) -> list[Link]:
    links: list[Link] = []
    written: dict[str, str] = {}
    for match in (_ADDRESS if "<" in locate.source else _MADE_ADDRESS).finditer(unsafe):
        attribute, quoted = match[1].lower(), match[2]
        target = html.unescape(quoted[1:-1] if quoted[:1] in "\"'" else quoted)
        if target.startswith(("#fn", "#fnref")):
            continue
        if target not in written:
            written[target] = _as_written(target, locate.source)
        line = locate(written[target])
        bare = _NO_SPACE.sub("", target).lower()
        scheme = bare.split(":", 1)[0] if re.match(r"[a-z][a-z0-9+.-]*:", bare) else ""
        is_web = scheme in ("http", "https")
        if (
            (scheme and scheme not in _SCHEMES)
            or bare.startswith(("//", "\\", "/\\"))
            or (is_web and not _leads_where_it_says(bare))
        ):
            if not _DANGEROUS_TAG.search(unsafe, max(0, match.start() - 60), match.start() + 1):
                faults.append(Fault("duong-dan-nguy-hiem", line, 1, {"gia_tri": excerpt(target)}))
            continue
        # bounded: text that never ends a tag would cost its square
        opening = unsafe[unsafe.rfind("<", max(0, match.start() - 2000), match.start()) : match.start() + 1]
        if _LINKING.match(opening) and ">" not in opening and attribute in ("href", "src"):
            links.append(Link(target, line, attribute == "src"))
    return links
