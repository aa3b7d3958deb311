"""yaml-hong: a line between the dashes that the YAML parser cannot read."""

from typing import NamedTuple

from ..mending import readable
from ..problems import Words
from .base import Rule, Values


class Reading(NamedTuple):
    """What the parser's English means for a clerk: the reason, and what to type."""

    reason: str
    fix: str


_COLON = Reading(
    "trong giá trị có dấu hai chấm rồi dấu cách, hoặc dòng thụt vào sai chỗ",
    'đặt cả giá trị trong dấu nháy kép, ví dụ tieu_de: "Hỏi đáp: hộ kinh doanh ghi sổ"; tên khóa thì viết sát lề trái',
)
_NO_COLON = Reading(
    "có dòng không theo dạng «khóa: giá trị», thiếu dấu hai chấm",
    "thêm dấu hai chấm và một dấu cách sau tên khóa, ví dụ loai: thong-tu; "
    "giá trị dài xuống dòng thì thụt dòng sau vào hai dấu cách",
)
_START = Reading(
    "có dấu Tab, hoặc giá trị bắt đầu bằng một trong các dấu @ % `",
    'thay Tab bằng hai dấu cách; giá trị bắt đầu bằng @ % ` thì đặt trong dấu nháy kép, ví dụ pham_vi: "@ …"',
)
_TAB = Reading("thụt dòng bằng phím Tab", "xóa dấu Tab, thay bằng hai dấu cách")
_QUOTE = Reading(
    "có dấu nháy mở mà không có dấu nháy đóng",
    'thêm dấu nháy đóng ở cuối giá trị đã mở nháy, ví dụ tieu_de: "Hỏi đáp: hộ kinh doanh ghi sổ"',
)
_SQUARE = Reading(
    "danh sách mở bằng [ mà không đóng bằng ], hoặc thiếu dấu phẩy giữa hai mục",
    "đóng danh sách và cách các mục bằng dấu phẩy, ví dụ linh_vuc: [dau-thau, ppp]",
)
_CURLY = Reading(
    "nhóm khóa con mở bằng { mà không đóng bằng }, hoặc thiếu dấu phẩy giữa hai khóa con",
    "đóng nhóm và cách các khóa con bằng dấu phẩy, ví dụ go_tin: {ngay: 12/6/2026, ly_do: bản đăng chưa có số}; "
    "giá trị có dấu phẩy thì đặt trong dấu nháy kép",
)
_BRACKET = Reading(
    "trong ngoặc [ ] hoặc { } có chỗ trống hay dấu thừa",
    "xóa dấu phẩy thừa và đóng ngoặc, ví dụ linh_vuc: [dau-thau, ppp]",
)
_INDENT = Reading(
    "dòng thụt vào không thẳng với các khóa khác, hoặc còn chữ sau dấu nháy đóng",
    "viết mọi khóa sát lề trái, khóa con thụt vào hai dấu cách; "
    "giá trị có dấu nháy ở trong thì dùng «» thay dấu nháy, hoặc đặt cả giá trị trong nháy đơn",
)
_DASH = Reading(
    "các dấu gạch đầu mục của danh sách không thẳng hàng",
    "viết mọi dấu «- » của một danh sách thẳng một cột, khóa con trong mục thụt vào hai dấu cách nữa",
)
_DASH_SAME_LINE = Reading(
    "dấu gạch đầu mục đứng cùng dòng với tên khóa",
    "xuống dòng rồi ghi mỗi mục một dòng bắt đầu bằng «- »; hoặc ghi trong ngoặc, ví dụ linh_vuc: [dau-thau, ppp]",
)
_BACKSLASH = Reading(
    "có dấu \\ trong dấu nháy kép",
    "đổi nháy kép bao ngoài thành nháy đơn '…', hoặc thay dấu \\ bằng /",
)
_MARK = Reading(
    "giá trị bắt đầu bằng dấu * & hoặc !",
    'đặt cả giá trị trong dấu nháy kép, ví dụ tieu_de: "*Quan trọng* …"',
)
_BLOCK = Reading(
    "giá trị bắt đầu bằng dấu > hoặc |",
    'đặt cả giá trị trong dấu nháy kép, ví dụ pham_vi: "> 50 lao động"',
)
_PERCENT = Reading(
    "dòng bắt đầu bằng dấu %",
    "mỗi dòng bắt đầu bằng tên khóa, ví dụ loai: thong-tu; chữ của bài viết để dưới dòng --- thứ hai",
)
_TWO_BLOCKS = Reading(
    "phần khóa bị cắt làm hai: dòng đầu thụt vào còn dòng sau thì không, hoặc có dòng chỉ gồm ba dấu chấm",
    "viết mọi khóa sát lề trái và xóa dòng ba dấu chấm",
)
_KEY = Reading(
    "tên khóa không phải một từ",
    "ghi tên khóa là một từ không dấu rồi dấu hai chấm, ví dụ loai: thong-tu; bỏ dấu ?, [ hoặc { ở đầu dòng",
)
_UNKNOWN = Reading(
    "máy không hiểu cách viết ở đây",
    "so dòng này với một tin đã đăng; giá trị có dấu lạ thì đặt trong dấu nháy kép",
)

# Pieces of libyaml's messages (src/scanner.c, parser.c of 0.2.5), which PyYAML's own parser mostly shares.
_READINGS = (
    ("mapping values are not allowed", _COLON),
    ("unexpected ':'", _COLON),
    ("find expected ':'", _NO_COLON),
    ("tab character", _TAB),
    ("cannot start any token", _START),
    ("unexpected end of stream", _QUOTE),
    ("unexpected document indicator", _QUOTE),
    ("unexpected document separator", _QUOTE),
    ("',' or ']'", _SQUARE),
    ("',' or '}'", _CURLY),
    ("expected node content", _BRACKET),
    ("expected the node content", _BRACKET),
    ("expected '-' indicator", _DASH),
    ("block sequence entries are not allowed", _DASH_SAME_LINE),
    ("sequence entries are not allowed", _DASH_SAME_LINE),
    ("unknown escape", _BACKSLASH),
    ("hexdecimal", _BACKSLASH),
    ("hexadecimal", _BACKSLASH),
    ("Unicode character escape", _BACKSLASH),
    ("alphabetic or numeric character", _MARK),
    ("undefined alias", _MARK),
    ("tag", _MARK),
    ("expected '!'", _MARK),
    ("URI", _MARK),
    ("expected whitespace or line break", _MARK),
    ("comment or line break", _BLOCK),
    ("comment or a line break", _BLOCK),
    ("indentation indicator", _BLOCK),
    ("directive", _PERCENT),
    ("non-alphabetical", _PERCENT),
    ("document start", _TWO_BLOCKS),
    ("single document", _TWO_BLOCKS),
    ("but found another document", _TWO_BLOCKS),
    ("complex key", _KEY),
    ("mapping keys are not allowed", _KEY),
    ("expected key", _INDENT),
    ("expected <block end>", _INDENT),
)


def read_error(message: str) -> Reading:
    """What the parser's English message means, and what to type."""
    return next((reading for piece, reading in _READINGS if piece in message), _UNKNOWN)


def explain(values: Values) -> Words:
    """`loi`: the parser's English message; `mo`: the line where the quote or bracket opens, if it is another."""
    reading = read_error(values["loi"])
    what = f"máy không đọc được dòng này: {reading.reason}"
    if "mo" in values and reading in (_QUOTE, _SQUARE, _CURLY, _BRACKET):
        what += f"; mở ở dòng {values['mo']}"
    return Words(what, "các khóa phải viết đúng dạng «khóa: giá trị» thì máy mới đọc được cả tin", reading.fix)


RULE = Rule(
    code="yaml-hong",
    title="Phần khóa viết sai dạng",
    explain=explain,
    bad="tieu_de: Hỏi đáp: hộ kinh doanh ghi sổ",
    good='tieu_de: "Hỏi đáp: hộ kinh doanh ghi sổ"',
    mend=readable,
    sample={"loi": "mapping values are not allowed in this context"},
)
