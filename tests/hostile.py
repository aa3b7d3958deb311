"""Broken entries: each is a good entry with one mistake, and knows the code and the line that the check must give.

All of it is made up («Ví dụ: …»). An entry is written as pairs of key and value, and emitted as a clerk writes it:
a text is a scalar as typed, a list a list, a tuple of pairs a group of keys.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = "policies/van-phong-so/2023"
BODY = "\n## Điểm chính\n\nBài ví dụ, chữ thường.\n"

Pairs = tuple[tuple[str, Any], ...]
Place = tuple[str | int, ...]

PDF = b"%PDF-1.4\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)
MP3 = b"ID3" + bytes(16)


def office(member: str) -> bytes:
    """A zip file with one member, as an office document is one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(member, "ví dụ")
    return stream.getvalue()


@dataclass(frozen=True)
class Tree:
    """What lies on disk: files by path from the root, and links with what they point to."""

    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def lay(self, root: Path) -> None:
        """Put it under `root`."""
        for path, content in self.files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        for path, target in self.links.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).symlink_to(target)


@dataclass(frozen=True)
class Case:
    """One broken entry: what must be said of it, and where. `mark` is a word that only its own text holds."""

    group: str
    name: str
    code: str
    line: int
    path: str
    id: str
    mark: str
    tree: Tree

    def __str__(self) -> str:
        return f"{self.group}: {self.name}"


@dataclass(frozen=True)
class Written:
    """Front matter as text, and the line of each place in it; a place written twice has two lines."""

    text: str
    lines: tuple[tuple[Place, int], ...]

    def line(self, place: Place) -> int:
        """The last line at which the place stands."""
        return [line for found, line in self.lines if found == place][-1]


def write(pairs: Pairs) -> Written:
    """The pairs between two lines of dashes, as a clerk types them."""
    out: list[str] = ["---"]
    lines: list[tuple[Place, int]] = []

    def put(value: Any, lead: str, indent: str, place: Place) -> None:
        if isinstance(value, str):
            out.append(f"{lead}{value}".rstrip(" "))
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            lines.extend(((*place, number), len(out) + 1) for number in range(len(value)))
            out.append(f"{lead}[{', '.join(value)}]")
        elif isinstance(value, list):
            out.append(lead.rstrip())
            for number, item in enumerate(value):
                lines.append(((*place, number), len(out) + 1))
                group(item, f"{indent}  - ", f"{indent}    ", (*place, number))
        else:
            out.append(lead.rstrip())
            group(value, f"{indent}  ", f"{indent}  ", place)

    def group(items: Pairs, first: str, indent: str, place: Place) -> None:
        for number, (key, value) in enumerate(items):
            lines.append(((*place, key), len(out) + 1))
            put(value, f"{indent if number else first}{key}: ", indent, (*place, key))

    group(pairs, "", "", ())
    out.append("---")
    return Written("\n".join(out) + "\n", tuple(lines))


def change(pairs: Pairs, place: Place, edit: Callable[[str, Any], Pairs]) -> Pairs:
    """The pairs with the pair at `place` replaced by what `edit` makes of it: none, one, or two."""
    key, *rest = place
    out: list[tuple[str, Any]] = []
    for name, value in pairs:
        if name != key:
            out.append((name, value))
        elif not rest:
            out.extend(edit(name, value))
        elif isinstance(rest[0], int):
            items = list(value)
            items[rest[0]] = change(items[rest[0]], tuple(rest[1:]), edit)
            out.append((name, items))
        else:
            out.append((name, change(value, tuple(rest), edit)))
    return tuple(out)


def drop(pairs: Pairs, place: Place) -> Pairs:
    """The pairs without the one at `place`."""
    return change(pairs, place, lambda *_: ())


def put(pairs: Pairs, place: Place, value: Any) -> Pairs:
    """The pairs with another value at `place`."""
    return change(pairs, place, lambda key, _: ((key, value),))


def _common(number: int) -> dict[str, Any]:
    return {
        "ma": entry_id(number),
        "tieu_de": f'"Ví dụ: lịch trực của một phòng, {mark(number)}"',
        "tom_tat": f"Tin ví dụ để kiểm thử, không phải tin thật; nói về lịch trực của một phòng {mark(number)}.",
        "loai": "cong-van",
        "so_ky_hieu": f"{number}/SKHĐT-VP",
        "co_quan_ban_hanh": "Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn",
        "co_quan_soan_thao": "Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn",
        "ngay_ban_hanh": "30/5/2023",
        "ngay_hieu_luc": "1/6/2023",
        "ngay_het_hieu_luc": "1/6/2033",
        "ra_soat_hieu_luc": (("ngay", "20/11/2026"), ("nguon", "Ví dụ")),
        "trinh_tu_rut_gon": "khong",
        "tiep_tuc_hieu_luc": (("co_hay_khong", "co"), ("van_ban", "Ví dụ")),
        "ghi_de_hieu_luc": (("trang_thai", "khong-con-phu-hop"), ("ly_do", "Ví dụ"), ("nguon", "Ví dụ"), ("ngay", "20/11/2026")),
        "trich_yeu": "Lịch trực của một phòng",
        "nguoi_ky": "Ví Dụ",
        "chuc_vu": "Ví dụ",
        "quyen_han": "KT.",
        "don_vi_chu_tri": "van-phong-so",
        "don_vi_phoi_hop": ["phong-dkkd"],
        "phoi_hop_ngoai": [(("co_quan", "Ví dụ"), ("viec", "Ví dụ"))],
        "linh_vuc": ["truyen-thong-chinh-sach"],
        "doi_tuong": ["cong-chuc"],
        "pham_vi": "Ví dụ",
        "giai_doan": "pho-bien",
        "trang_thai": "cong-khai",
        "ngay_dang": "5/6/2023",
        "ngay_den": "2/6/2023",
        "duyet": [
            (
                ("buoc", "phe-duyet"), ("chuc_vu", "Ví dụ"), ("don_vi", "van-phong-so"), ("ngay", "4/6/2023"),
                ("hinh_thuc", "Ví dụ"), ("so_phieu", "Ví dụ"),
            )
        ],
        "nguon": "https://example.org/van-ban/12",
        "tep": [
            (("ten", "Bản gốc"), ("tep", "ban-goc.pdf"), ("loai", "ban-quet")),
            (("ten", "Phụ lục"), ("url", "https://example.org/phu-luc"), ("loai", "phu-luc")),
        ],
        "toan_van": (
            ("tep", "toan-van.md"), ("day_du", "co"), ("nguon", "Ví dụ"),
            ("doi_chieu", (("voi", "Ví dụ"), ("ngay", "20/11/2026"))), ("ghi_chu", "Ví dụ"),
        ),
        "chua_co_ban_goc": (("ly_do", "Ví dụ"), ("biet_qua", "Ví dụ")),
        "quan_he": [
            (
                ("loai", "sua-doi-bo-sung"), ("den", "99/SKHĐT-ĐKKD"), ("pham_vi", "mot-phan"), ("dieu_khoan", "Điều 1"),
                ("ngay", "1/6/2023"), ("den_ngay", "1/7/2023"), ("tru", "Ví dụ"),
            )
        ],
        "gop_y": (
            ("tu", "6/6/2023"), ("den", "6/7/2023"), ("can_cu", "Ví dụ"),
            ("hinh_thuc", [(("loai", "thu-dien-tu"), ("dia_chi", "vi-du@example.org"))]), ("dau_moi", "Ví dụ"),
            ("ket_qua", (("ngay", "8/8/2023"), ("tep", "ban-goc.pdf"), ("tom_tat", "Ví dụ"))),
        ),
        "thay_doi": [(("ngay", "8/6/2023"), ("loai", "cap-nhat"), ("noi_dung", "Ví dụ"), ("truoc", "Ví dụ"), ("sau", "Ví dụ khác"))],
        "go_tin": (("ngay", "9/6/2023"), ("ly_do", "Ví dụ"), ("che_do", "giu-trang")),
        "ngay_ra_soat": "1/6/2027",
        "truyen_thong": [(("kenh", "cong-tinh"), ("ngay", "7/6/2023"), ("bang_chung", "Ví dụ"), ("so_luot", "1.234"))],
        "ban_tieng": [
            (
                ("ngon_ngu", "tyz"), ("loai", "am-thanh"), ("tep", "ban-doc.mp3"), ("nguoi_dich", "Ví dụ"),
                ("nguoi_duyet", "Ví dụ"), ("ngay", "7/6/2023"),
            )
        ],
        "thu_tuc": [(("ma", "vi-du"), ("ten", "Ví dụ"), ("url", "https://example.org/thu-tuc"))],
        "noi_thuc_hien": ["Ví dụ"],
        "muc_dieu_17": ["b"],
        "dia_chi_cu": [f"tin/cu-{number}"],
        "lien_he": (("ten", "Ví dụ"), ("dien_thoai", "Ví dụ"), ("thu", "Ví dụ"), ("dia_chi", "Ví dụ"), ("gio", "Ví dụ")),
        "noi_nhan": ["Ví dụ"],
        "ma_ho_so": "Ví dụ",
    }  # fmt: skip


PROFILES: dict[str, tuple[dict[str, str], frozenset[str]]] = {
    "đã ban hành": ({}, frozenset({"chua_co_ban_goc", "gop_y", "go_tin"})),
    "dự thảo": (
        {"giai_doan": "xay-dung"},
        frozenset(
            {
                *(
                    "so_ky_hieu",
                    "ngay_ban_hanh",
                    "ngay_hieu_luc",
                    "ngay_het_hieu_luc",
                    "ra_soat_hieu_luc",
                    "chua_co_ban_goc",
                ),
                *("tiep_tuc_hieu_luc", "ghi_de_hieu_luc", "go_tin", "nguoi_ky", "chuc_vu", "quyen_han", "quan_he"),
            }
        ),
    ),
    "đã gỡ": ({"trang_thai": "da-go"}, frozenset({"chua_co_ban_goc", "gop_y"})),
    "chưa có bản gốc": ({}, frozenset({"tom_tat", "toan_van", "gop_y", "go_tin"})),
}
"""Four good entries that together hold every key: what differs from the common one, and what is left out."""

PROFILE_OF = {
    "gop_y": "dự thảo",
    "giai_doan": "dự thảo",
    "go_tin": "đã gỡ",
    "trang_thai": "đã gỡ",
    "chua_co_ban_goc": "chưa có bản gốc",
}


def entry_id(number: int) -> str:
    """The id of the entry with this number."""
    return f"vi-du-{number:04}"


def mark(number: int) -> str:
    """A word that stands in this entry only."""
    return f"dauhieu{number:04}x"


def good_pairs(number: int, profile: str = "đã ban hành") -> Pairs:
    """A good entry, in the table's order."""
    other, without = PROFILES[profile]
    return tuple((key, value) for key, value in {**_common(number), **other}.items() if key not in without)


def good_files(number: int, profile: str = "đã ban hành") -> dict[str, bytes]:
    """The files beside a good entry."""
    folder = f"{FOLDER}/{entry_id(number)}"
    files = {f"{folder}/ban-goc.pdf": PDF, f"{folder}/ban-doc.mp3": MP3}
    if "toan_van" not in PROFILES[profile][1]:
        text = "## Chương I. VÍ DỤ\n\n### Điều 1. Ví dụ\n\n1\\. Ví dụ.\n"
        files[f"{folder}/toan-van.md"] = text.encode()
    return files


def simple_pairs(number: int) -> Pairs:
    """A good entry with the required keys only, and no file beside it."""
    keys = (
        *("tieu_de", "tom_tat", "loai", "so_ky_hieu", "co_quan_ban_hanh", "ngay_ban_hanh"),
        *("trich_yeu", "linh_vuc", "doi_tuong", "ngay_dang", "nguon"),
    )
    common = _common(number)
    return tuple((key, common[key]) for key in keys)


def simple(number: int, body: str = BODY) -> str:
    """The text of the simple good entry."""
    return write(simple_pairs(number)).text + body


def places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Every place inside a value that holds a key: `("gop_y", "hinh_thuc", 0, "loai")`."""
    if isinstance(value, tuple):
        for key, inner in value:
            yield (*place, key)
            yield from places(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, (*place, number))


def line_of(text: str, piece: str) -> int:
    """The line of the first place of a piece."""
    return text[: text.index(piece)].count("\n") + 1


class Table:
    """Collects cases; each gets a number of its own, so that no two share an id, a document or a mark."""

    def __init__(self) -> None:
        self.cases: list[Case] = []
        self.number = 0

    def fresh(self) -> int:
        """A number that no entry has."""
        self.number += 1
        return self.number

    def add(
        self,
        group: str,
        name: str,
        code: str,
        line: int,
        number: int,
        data: bytes | str,
        *,
        path: str = "",
        at: str = "",
        files: dict[str, bytes] | None = None,
        links: dict[str, str] | None = None,
        id: str = "",
    ) -> None:
        """Add one entry's bytes; `path` is where it lies, `at` where the problem is reported if elsewhere."""
        path = path or f"{FOLDER}/{entry_id(number)}.md"
        content = data.encode() if isinstance(data, str) else data
        tree = Tree({path: content, **(files or {})}, links or {})
        self.cases.append(Case(group, name, code, line, at or path, id or entry_id(number), mark(number), tree))
