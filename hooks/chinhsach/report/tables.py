"""The tables of a report: their keys, headings and widths, the one list that Word, Excel and HTML are made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Cell = str | int | None
"""A text, a number, or None for what nobody knows; an unknown number is never 0."""
Row = Mapping[str, Cell]
UNKNOWN = "chưa có số liệu"


class Column(NamedTuple):
    """A column: its key in a row, its heading, its width in millimetres on paper, whether it holds numbers."""

    key: str
    head: str
    width: int
    is_number: bool = False


class Table(NamedTuple):
    """A table: its key, its title, its columns, and what is said where it has no row."""

    key: str
    title: str
    columns: tuple[Column, ...]
    empty: str


def shown(cell: Cell) -> str:
    """A cell as people read it."""
    return UNKNOWN if cell is None else str(cell)


def _number(key: str, head: str, width: int = 14) -> Column:
    return Column(key, head, width, is_number=True)


_COUNTS = (
    _number("phai", "Phải truyền thông"),
    _number("dung_han", "Đúng hạn"),
    _number("muon", "Muộn"),
    _number("chua_ro_han", "Đã đăng, chưa rõ hạn"),
    _number("chua_dang", "Chưa đăng"),
    _number("qua_han", "Quá hạn"),
    _number("du_kenh", "Đủ kênh"),
    _number("huong_dan", "Có hướng dẫn"),
    _number("mien", "Miễn"),
)
_NO_DOCUMENTS = "Sổ theo dõi chưa có văn bản nào trong kỳ này, nên chưa có số liệu."

OVERALL = Table(
    "chung",
    "Kết quả chung",
    (Column("ten", "Chỉ số", 95), _number("so", "Số văn bản", 30), Column("ty_le", "Tỷ lệ", 40)),
    _NO_DOCUMENTS,
)
BY_UNIT = Table("don_vi", "Theo đơn vị", (Column("ten", "Đơn vị", 39), *_COUNTS), _NO_DOCUMENTS)
BY_FIELD = Table("linh_vuc", "Theo lĩnh vực", (Column("ten", "Lĩnh vực", 39), *_COUNTS), _NO_DOCUMENTS)
BY_CHANNEL = Table(
    "kenh",
    "Theo kênh",
    (
        Column("ten", "Kênh", 85),
        _number("da", "Có bằng chứng", 25),
        _number("phai", "Phải truyền thông", 25),
        Column("ty_le", "Tỷ lệ", 30),
    ),
    _NO_DOCUMENTS,
)
TASKS = Table(
    "nhiem_vu",
    "Kết quả theo nhiệm vụ",
    (
        Column("ma", "Mã", 14),
        Column("noi_dung", "Nhiệm vụ", 60),
        Column("chu_tri", "Chủ trì", 30),
        Column("han", "Hạn", 20),
        _number("co_bang_chung", "Hoạt động có bằng chứng", 14),
        _number("thieu_bang_chung", "Chưa có bằng chứng", 14),
        _number("so_nguoi", "Số người", 16),
    ),
    "Chưa có kế hoạch của năm này trong dữ liệu, nên chưa có số liệu.",
)
INDICATORS = Table(
    "chi_tieu",
    "Chỉ tiêu của kế hoạch",
    (
        Column("ma", "Mã", 14),
        Column("ten", "Chỉ tiêu", 76),
        Column("don_vi_tinh", "Đơn vị tính", 20),
        Column("hien_trang", "Hiện trạng", 28),
        Column("dich", "Đích", 27),
    ),
    "Kế hoạch không ghi chỉ tiêu nào.",
)
ACTIVITIES = Table(
    "hoat_dong",
    "Hội nghị, tọa đàm, tập huấn, báo chí, phát thanh",
    (
        Column("ngay", "Ngày", 22),
        Column("loai", "Loại", 20),
        Column("ten", "Nội dung", 43),
        Column("don_vi", "Đơn vị", 28),
        Column("noi", "Nơi, phối hợp", 24),
        _number("so_nguoi", "Số người", 16),
        Column("bang_chung", "Bằng chứng", 25),
    ),
    "Chưa ghi nhận hoạt động nào trong kỳ này.",
)
TRAINED = Table(
    "tap_huan",
    "Người được tập huấn, theo đơn vị",
    (Column("ten", "Đơn vị", 125), _number("so_nguoi", "Số lượt người", 40)),
    "Chưa ghi nhận lượt tập huấn nào trong kỳ này.",
)
CONSULTATIONS = Table(
    "gop_y",
    "Lấy ý kiến dự thảo",
    (
        Column("ten", "Dự thảo", 65),
        Column("tu", "Từ ngày", 22),
        Column("den", "Đến hết ngày", 22),
        Column("tinh_trang", "Tình trạng", 28),
        Column("ket_qua", "Tiếp thu, giải trình", 28),
    ),
    "Không có dự thảo nào lấy ý kiến trong kỳ này.",
)
DRAFTS = Table(
    "du_thao",
    "Truyền thông dự thảo có tác động lớn đến xã hội",
    (
        Column("ten", "Dự thảo", 70),
        Column("can_cu", "Căn cứ", 40),
        Column("don_vi", "Đơn vị", 30),
        Column("thoi_gian", "Thời gian", 25),
    ),
    "Kế hoạch chưa ghi dự thảo nào.",
)
CORRECTIONS = Table(
    "dinh_chinh",
    "Đính chính, gỡ tin, đăng lại",
    (
        Column("ngay", "Ngày", 22),
        Column("loai", "Việc", 22),
        Column("tin", "Tin", 40),
        Column("noi_dung", "Nội dung", 51),
        Column("don_vi", "Đơn vị", 30),
    ),
    "Không có đính chính, gỡ tin nào trong kỳ này.",
)
OWED = Table(
    "con_no",
    "Kênh đã đưa tin mà chưa có bằng chứng đã đưa đính chính, lời báo gỡ",
    (
        Column("tin", "Tin", 35),
        Column("viec", "Việc", 22),
        Column("ngay", "Ngày", 20),
        Column("kenh", "Kênh", 30),
        Column("don_vi", "Đơn vị", 28),
        Column("lenh", "Soạn lời", 30),
    ),
    "Không có kênh nào.",
)
READERS = Table(
    "nguoi_doc",
    "Số liệu bạn đọc",
    (Column("ten", "Chỉ số", 125), _number("so", "Số liệu", 40)),
    "Chưa có số liệu.",
)
BEHIND = Table(
    "cham",
    "Việc chậm",
    (
        Column("van_ban", "Văn bản", 38),
        Column("trich_yeu", "Trích yếu", 45),
        Column("don_vi", "Đơn vị", 27),
        Column("han", "Hạn", 22),
        Column("tinh_trang", "Theo dữ liệu", 33),
    ),
    "Không có văn bản nào đăng muộn, hoặc chưa đăng mà quá hạn hay chưa rõ hạn.",
)
ANNEX = Table(
    "phu_luc",
    "Từng dòng của sổ theo dõi trong kỳ",
    (
        _number("tt", "TT", 10),
        Column("dong", "Dòng sổ", 25),
        Column("van_ban", "Văn bản", 36),
        Column("trich_yeu", "Trích yếu", 45),
        Column("don_vi", "Đơn vị", 28),
        Column("han", "Hạn", 27),
        Column("tin", "Tin, ngày đăng", 30),
        Column("kenh", "Kênh có bằng chứng", 27),
        Column("tinh_trang", "Tình trạng", 37),
    ),
    _NO_DOCUMENTS,
)
URGED = Table(
    "viec",
    "Việc cần làm",
    (
        _number("tt", "TT", 12),
        Column("viec", "Việc còn thiếu", 60),
        Column("ve", "Về văn bản, tin", 62),
        Column("han", "Hạn", 31),
    ),
    "Không còn việc nào.",
)

REPORT: tuple[Table, ...] = (
    OVERALL,
    BY_UNIT,
    BY_FIELD,
    BY_CHANNEL,
    TASKS,
    INDICATORS,
    ACTIVITIES,
    TRAINED,
    CONSULTATIONS,
    DRAFTS,
    CORRECTIONS,
    OWED,
    READERS,
    BEHIND,
    ANNEX,
)
"""All tables of the report."""
