"""The table of broken entries: CASES. Each group is laid out as one repository by test_hostile.py."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from hostile import (
    BODY,
    FOLDER,
    PDF,
    PNG,
    PROFILE_OF,
    Case,
    Pairs,
    Place,
    Table,
    change,
    drop,
    entry_id,
    good_files,
    good_pairs,
    line_of,
    mark,
    office,
    places,
    put,
    simple,
    simple_pairs,
    write,
)

from chinhsach.kinds import (
    Choice,
    Count,
    Day,
    FileName,
    Flag,
    FromVocabulary,
    Id,
    Issuers,
    Kind,
    Many,
    Moment,
    Number,
    Record,
    SitePath,
    Text,
    Url,
)
from chinhsach.schema import BY_KEY, DEMANDS, FIELDS

OUTSIDE = "ngoai-kho.txt"
"""A file beside `policies/`, which no entry may bring onto the site."""
SECRET = "noidungngoaikho"

table = Table()


def said(place: Place) -> str:
    """A place as a name: «gop_y.hinh_thuc.0.loai»."""
    return ".".join(str(part) for part in place)


def profile_of(key: str) -> str:
    """The good entry that holds a key."""
    return PROFILE_OF.get(key, "đã ban hành")


@cache
def all_places() -> tuple[Place, ...]:
    """Every key of the table, and every key within others that the good entries hold."""
    found: list[Place] = []
    for row in FIELDS:
        found += [place for place in places(good_pairs(0, profile_of(row.key))) if place[0] == row.key]
    return tuple(found)


def field_at(place: Place) -> Any:
    """The row of the table for a place."""
    row = BY_KEY[str(place[0])]
    for part in place[1:]:
        if isinstance(part, str):
            kind: Any = row.kind
            row = (kind.kind if isinstance(kind, Many) else kind).by_key[part]
    return row


def value_at(pairs: Pairs, place: Place) -> Any:
    """The value at a place."""
    value: Any = pairs
    for part in place:
        value = value[part] if isinstance(part, int) else dict(value)[part]
    return value


def broken_key(group: str, name: str, code: str, place: Place, pairs_of: Any, line_at: Place | int) -> None:
    """Add the good entry that holds `place`, changed by `pairs_of`; the line is a place's, or a number."""
    number = table.fresh()
    profile = profile_of(str(place[0]))
    written = write(pairs_of(good_pairs(number, profile)))
    line = line_at if isinstance(line_at, int) else written.line(line_at)
    files = good_files(number, profile)
    table.add(group, name, code, line, number, written.text + BODY, files=files)


# Keys: missing, empty, doubled, mistyped

REQUIRED = {row.key for row in FIELDS if row.required} | {demand.key for demand in DEMANDS}
LINE_OF_MISSING: dict[str, Place] = {demand.key: (demand.at,) for demand in DEMANDS if demand.at}


def missing_keys() -> None:
    for place in all_places():
        nested = len(place) > 1
        if not (field_at(place).required if nested else place[0] in REQUIRED):
            continue
        line: Place | int = place[:-1] if nested else LINE_OF_MISSING.get(str(place[0]), 1)
        broken_key("thiếu khóa", said(place), "thieu-khoa", place, lambda pairs, p=place: drop(pairs, p), line)
        broken_key(
            "khóa để trống", said(place), "thieu-gia-tri", place, lambda pairs, p=place: put(pairs, p, ""), place
        )
        if not nested:
            broken_key(
                "khóa để trống",
                f"{said(place)} là ~",
                "thieu-gia-tri",
                place,
                lambda pairs, p=place: put(pairs, p, "~"),
                place,
            )

    def without_source(pairs: Pairs) -> Pairs:
        return tuple(pair for pair in pairs if pair[0] not in ("nguon", "tep", "toan_van"))

    number = table.fresh()
    table.add(
        "thiếu khóa",
        "cả bốn khóa nguồn",
        "thieu-nguon",
        1,
        number,
        write(without_source(simple_pairs(number))).text + BODY,
    )


def doubled_keys() -> None:
    for place in all_places():
        twice = lambda pairs, p=place: change(pairs, p, lambda key, value: ((key, value), (key, value)))  # noqa: E731
        broken_key("khóa ghi hai lần", said(place), "khoa-lap", place, twice, place)
    number = table.fresh()
    text = simple(number).replace("\n---\n\n", "\nloai: thong-tu\n---\n\n")
    table.add("khóa ghi hai lần", "ở cuối, giá trị khác", "khoa-lap", line_of(text, "loai: thong-tu"), number, text)
    number = table.fresh()
    text = simple(number).replace("\n---\n\n", '\n"loai": thong-tu\n---\n\n')
    table.add("khóa ghi hai lần", "lần sau trong nháy", "khoa-lap", line_of(text, '"loai"'), number, text)


def typos(key: str) -> dict[str, str]:
    """Ways in which a key is mistyped, at an edit distance of 1 or 2."""
    middle = len(key) // 2
    found = {
        "thiếu một chữ": key[:middle] + key[middle + 1 :],
        "đảo hai chữ": key[: middle - 1] + key[middle] + key[middle - 1] + key[middle + 1 :],
        "gạch nối": key.replace("_", "-", 2),
    }
    return {how: typo for how, typo in found.items() if typo != key}


def mistyped_keys() -> None:
    for place in all_places():
        nested = len(place) > 1
        known = (
            {row.key for row in FIELDS} if not nested else {str(p[-1]) for p in all_places() if p[:-1] == place[:-1]}
        )
        for how, typo in typos(str(place[-1])).items():
            if typo in known or (nested and how == "gạch nối"):
                continue
            renamed = lambda pairs, p=place, t=typo: change(pairs, p, lambda _, value: ((t, value),))  # noqa: E731
            broken_key("khóa gõ sai", f"{said(place)} thành {typo}", "khoa-la", place, renamed, (*place[:-1], typo))


# Values: of the wrong kind, outside their vocabulary, malformed


def wrong_kinds(kind: Kind) -> list[str]:
    """What cannot stand for a value of this kind, whatever is in it."""
    if isinstance(kind, Record):
        return ["chữ", "[chữ]", "[[ngay, loai]]"]
    if isinstance(kind, Many):
        return ["[{mot: hai}]", "{mot: hai}"] if kind.lone else ["chữ", "[chữ]", "{mot: hai}"]
    if isinstance(kind, FromVocabulary | Issuers) and getattr(kind, "several", True):
        return ["{mot: hai}", "[[mot]]", "[{mot: hai}]"]
    return ["[một, hai]", "{mot: hai}"]


def wrong_values(kind: Kind) -> list[tuple[str, str]]:
    """Values that cannot be read, each with its code."""
    match kind:
        case FromVocabulary(several=True):
            return [
                ("khong-co-that", "ngoai-danh-muc"),
                ("[khong-co-that]", "ngoai-danh-muc"),
                ("07", "ngoai-danh-muc"),
            ]
        case FromVocabulary() | Choice():
            return [("khong-co-that", "ngoai-danh-muc"), ('"<b>"', "ngoai-danh-muc"), ("no", "ngoai-danh-muc")]
        case Flag():
            return [("yes", "ngoai-danh-muc"), ("true", "ngoai-danh-muc"), ("Co", "ngoai-danh-muc")]
        case Id():
            return [
                (v, "ma-sai-dang")
                for v in ("Vi-Du", "ví-dụ", "a", "vi--du", "-vi-du", "vi_du", "../vi-du", "trang-2", "a" * 81)
            ]
        case Number():
            return [(v, "so-ky-hieu-sai") for v in ("khong phai so", "/KH-SKHĐT", "12", '"<script>"', "9" * 5000)]
        case Day() | Moment():
            return [("30/2/2023", "ngay-khong-co-that"), ("hôm qua", "ngay-sai-dang")]
        case Url():
            return [
                (v, "dia-chi-sai")
                for v in (
                    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html;base64,PHNjcmlwdD4=", "vbscript:msgbox(1)",
                    "file:///etc/passwd", "ftp://example.org/a", "//example.org/a", "https://", "https:///a", "example.org",
                    '"https://example.org/ a"', "https://a@example.org/", '"https://example.org/\\"onload=1"', "https://[::1",
                    "'https://example.org/<script>'", "https://example.org:99999/",
                )
            ]  # fmt: skip
        case FileName():
            return [
                *((v, "ten-tep-sai") for v in (
                    "../ban-goc.pdf", "/etc/passwd", "..\\ban-goc.pdf", "'%2e%2e/ban-goc.pdf'", "Ban-Goc.pdf", "bản-gốc.pdf",
                    ".htaccess", "a/b.pdf", "a..pdf", "C:\\a.pdf", "a" * 130 + ".pdf",
                )),
                *((v, "loai-tep-la") for v in ("a.exe", "a.svg", "a.html", "a.xml", "a.pdf.js", "a")),
            ]  # fmt: skip
        case SitePath():
            return [
                (v, "duong-dan-sai")
                for v in (
                    "../../etc/passwd",
                    "tin/../a",
                    "/",
                    "..",
                    "tin\\a",
                    "tin/%2e%2e/a",
                    "https://example.org/a",
                    "a/.git",
                )
            ]
        case Count():
            return [(v, "so-dem-sai") for v in ("-1", "1e9", "một", "٣", "1,5")]
        case Text(least=least, most=most):
            return [("x" * (most + 1), "sai-do-dai"), *([("x" * (least - 1), "sai-do-dai")] if least > 1 else [])]
    return []


def mistaken_values() -> None:
    tried: set[str] = set()
    for place in all_places():
        kind = field_at(place).kind
        first = repr(kind) not in tried
        tried.add(repr(kind))
        for wrong in wrong_kinds(kind)[: 1 if len(place) > 1 else None]:
            broken_key(
                "giá trị sai kiểu",
                f"{said(place)}: {wrong}",
                "sai-kieu",
                place,
                lambda p, at=place, w=wrong: put(p, at, w),
                place,
            )
        for wrong, code in wrong_values(kind)[: None if first else 1]:
            group = {"ngoai-danh-muc": "giá trị ngoài danh mục"}.get(code, "giá trị không dùng được")
            broken_key(
                group, f"{said(place)}: {wrong[:40]}", code, place, lambda p, at=place, w=wrong: put(p, at, w), place
            )


def mistaken_dates() -> None:
    impossible = (
        *(
            "30/2/2023",
            "31/4/2023",
            "29/2/2023",
            "2023-02-29",
            "1/13/2023",
            "0/1/2023",
            "1/0/2023",
            "32/1/2023",
            "00/00/0000",
        ),
        *(
            "1/1/0000",
            "2023-00-10",
            "2023-13-01",
            "30.02.2023",
            "31-6-2023",
            "ngày 30 tháng 2 năm 2023",
            "1/1/1800",
            "1/1/9999",
        ),
    )
    odd = (
        *(
            "99999",
            "1/1/99999",
            "30/5/23",
            "5/2023",
            "2023",
            "30/5",
            "2023-5-30",
            "2023/05/30",
            "30 May 2023",
            "May 30, 2023",
        ),
        *(
            "30/5-2023",
            "30//5/2023",
            "30/5/2023-31/5/2023",
            "'20230530'",
            "٣٠/٥/٢٠٢٣",
            "１/１/２０２３",
            "30/5/2023?",
            "~1/1/2023",
        ),
        *("0x7e7/1/1", "1e3", "NaN", "'<b>1/1/2023</b>'", "ngày 30 tháng năm năm 2023", "30/5/2023 08:00 và sau đó"),
    )
    for value in impossible:
        broken_key(
            "ngày không có thật",
            value,
            "ngay-khong-co-that",
            ("ngay_ban_hanh",),
            lambda p, v=value: put(p, ("ngay_ban_hanh",), v),
            ("ngay_ban_hanh",),
        )
    for value in odd:
        broken_key(
            "ngày sai dạng",
            value,
            "ngay-sai-dang",
            ("ngay_dang",),
            lambda p, v=value: put(p, ("ngay_dang",), v),
            ("ngay_dang",),
        )
    for value in ("5/6/2023 24:00", "5/6/2023 08:60", "2023-06-05T99:99", "5/6/2023 23:59:60"):
        broken_key(
            "ngày không có thật",
            value,
            "ngay-khong-co-that",
            ("ngay_dang",),
            lambda p, v=value: put(p, ("ngay_dang",), f'"{v}"'),
            ("ngay_dang",),
        )
    for value in ("5/6/2023 8h", "5/6/2023T8:00", "2023-06-05T08:00Z", "2023-06-05T08:00+09:00", "5/6/2023 8:00 SA"):
        broken_key(
            "ngày sai dạng",
            value,
            "ngay-sai-dang",
            ("ngay_dang",),
            lambda p, v=value: put(p, ("ngay_dang",), f'"{v}"'),
            ("ngay_dang",),
        )


# Bytes


def bad_line(data: bytes) -> int:
    """The first line that is not UTF-8."""
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    raise ValueError("it is UTF-8")


def in_windows_1258(text: str) -> bytes:
    """The text as Windows-1258 writes Vietnamese: letters, then tone marks."""
    out = bytearray()
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            decomposed = unicodedata.normalize("NFD", char)
            tone = [c for c in decomposed if c in "\u0300\u0301\u0303\u0309\u0323"]
            base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in tone))
            out += (base + "".join(tone)).encode("cp1258")
    return bytes(out)


TCVN3 = {"í": b"\xdd", "ụ": b"\xf4", "ị": b"\xde", "ự": b"\xf9", "ủ": b"\xf1", "ộ": b"\xe9", "ò": b"\xdf"}


def bad_bytes() -> None:
    def add(name: str, make: Any, line: int = 0, code: str = "sai-bang-ma") -> None:
        number = table.fresh()
        data = make(simple(number))
        table.add("bảng mã sai", name, code, line or bad_line(data), number, data)

    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
        add(encoding, lambda text, e=encoding: text.encode(e), 1)
    add("utf-16-be có BOM", lambda text: b"\xfe\xff" + text.encode("utf-16-be"), 1)
    add("latin-1", lambda text: text.encode("latin-1", "replace"))
    add("Windows-1252", lambda text: text.encode("cp1252", "replace"))
    add("Windows-1258", in_windows_1258)
    add("TCVN3", lambda text: b"".join(TCVN3.get(c, c.encode("ascii", "replace")) for c in text))
    add("GB18030", lambda text: text.encode("gb18030"))
    broken = {
        "nửa chữ": "dụ".encode()[:-1],
        "ba phần tư biểu tượng": "😀".encode()[:3],
        "thay thế lẻ cao": b"\xed\xa0\x80",
        "thay thế lẻ thấp": b"\xed\xbf\xbf",
        "cặp thay thế CESU-8": b"\xed\xa0\xbd\xed\xb8\x80",
        "mã hoá thừa": b"\xc0\xaf",
        "NUL mã hoá thừa": b"\xc0\x80",
        "vượt Unicode": b"\xf4\x90\x80\x80",
        "năm byte": b"\xf8\x88\x80\x80\x80",
        "byte FF": b"\xff",
        "byte nối lẻ": b"\x80",
    }
    for name, piece in broken.items():
        add(f"{name} trong tiêu đề", lambda text, b=piece: text.encode().replace(b"c\xe1\xbb\xa7a", b + b" a", 1))
        add(f"{name} trong bài", lambda text, b=piece: text.encode().replace(b"ch\xe1\xbb\xaf th", b + b" th", 1))
    number = table.fresh()
    text = simple(number)
    table.add("bảng mã sai", "NUL trong tiêu đề", "sai-bang-ma", 2, number, text.replace("phòng", "ph\0ng", 1))
    number = table.fresh()
    text = simple(number).replace("chữ thường", "chữ\0thường")
    table.add("bảng mã sai", "NUL trong bài", "sai-bang-ma", line_of(text, "\0"), number, text)
    number = table.fresh()
    table.add("bảng mã sai", "tệp Word đổi tên", "sai-bang-ma", 1, number, office("word/document.xml"))
    number = table.fresh()
    table.add("bảng mã sai", "chương trình", "sai-bang-ma", 1, number, b"MZ\x90\x00\x03")


def cut_files() -> None:
    closing = len(simple(0).encode().partition(b"\n---\n")[0]) + 4
    for length in range(0, closing, 10):
        number = table.fresh()
        data = simple(number).encode()[:length]
        try:
            data.decode()
        except UnicodeDecodeError:
            code, line = "sai-bang-ma", bad_line(data)
        else:
            code, line = ("thieu-dong-ket-thuc" if length > 2 else "thieu-dong-mo-dau"), 1
        table.add("tệp bị cắt", f"còn {length} byte", code, line, number, data)


# YAML


def yaml_bombs() -> None:
    def add(name: str, code: str, rows: str, line: int | str = 1, group: str = "bom YAML") -> None:
        """Rows between the base's keys and its closing dashes; the line is that of a piece, or counts from the rows' first."""
        number = table.fresh()
        head, _, rest = simple(number).partition("\n---\n")
        text = f"{head}\n{rows}\n---\n{rest}"
        at = line_of(text, line) if isinstance(line, str) else head.count("\n") + 1 + line
        table.add(group, name, code, at, number, text)

    add("neo", "yaml-neo", "pham_vi: &a Ví dụ")
    add("neo và bí danh", "yaml-neo", "pham_vi: &a Ví dụ\nma_ho_so: *a")
    laughs = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'ha'}]" for n in range(9))
    add("tỷ tiếng cười", "yaml-neo", laughs)
    add("vòng tự trỏ", "yaml-neo", "noi_nhan: &a [*a]")
    add("khóa gộp bí danh", "yaml-neo", "<<: *goc")
    add("bí danh làm khóa", "yaml-neo", "*a : b")
    add("neo làm khóa", "yaml-neo", "&a pham_vi: b")
    add("khóa gộp", "khoa-la", "<<: {pham_vi: Ví dụ}")
    for tag in (
        "!!python/object/apply:os.system [ls]",
        "!!python/name:os.system ''",
        "!tuy-y b",
        "!!binary aGE=",
        "!!int 7",
        "!<tag:a> b",
        "!!set {a, b}",
    ):
        add(f"nhãn {tag}", "yaml-neo", f"pham_vi: {tag}")
    add("bí danh không có neo", "yaml-neo", "pham_vi: *khong-co")
    add("dấu sao đầu câu", "yaml-hong", "pham_vi: **Quan trọng**")
    add("lồng ngoặc vuông", "yaml-qua-sau", "noi_nhan: " + "[" * 5000)
    add("lồng ngoặc vuông, đóng đủ", "yaml-qua-sau", "noi_nhan: " + "[" * 41 + "]" * 41)
    add("lồng ngoặc nhọn", "yaml-qua-sau", "lien_he: " + "{a: " * 5000)
    add("lồng gạch đầu mục", "yaml-qua-sau", "noi_nhan:\n  " + "- " * 20000 + "a", 2)
    add("lồng gạch đầu mục cách xa", "yaml-qua-sau", "noi_nhan:\n  " + "-   " * 10000 + "a", 2)
    add("lồng dấu hỏi", "yaml-qua-sau", "noi_nhan:\n  " + "? " * 25000 + "a", 2)
    add("lồng dấu hỏi và gạch", "yaml-qua-sau", "noi_nhan:\n  " + "? - " * 12000 + "a", 2)
    add("lồng thụt dòng", "yaml-qua-sau", "\n".join("  " * depth + "a:" for depth in range(200)), 41)
    add(
        "lồng danh sách thụt dòng",
        "yaml-qua-sau",
        "noi_nhan:\n" + "\n".join(" " * depth + "-" for depth in range(1, 300)),
        41,
    )
    add("giá trị khổng lồ", "tep-qua-lon", f"pham_vi: {'a' * 70_000}", 2 - line_count(simple(0)))
    add("khối chữ khổng lồ", "tep-qua-lon", "pham_vi: |\n" + "  Ví dụ\n" * 9000, 2 - line_count(simple(0)))
    add("rất nhiều khóa", "tep-qua-lon", "\n".join(f"khoa{n}: a" for n in range(6000)), 2 - line_count(simple(0)))
    add("khóa khổng lồ", "yaml-hong", f"{'k' * 3000}: a")
    add("khóa dài", "khoa-la", f"{'k' * 1000}: a")
    add("hai tài liệu, ba chấm", "yaml-hong", "pham_vi: a\n...\nma_ho_so: b", "ma_ho_so")
    add("hai tài liệu, ba gạch có chữ", "yaml-hong", "pham_vi: a\n--- b", "--- b")
    add("chỉ thị YAML", "yaml-hong", "...\n%YAML 9.9", "%YAML")
    add("chỉ thị TAG", "yaml-hong", "...\n%TAG ! tag:vi-du,2026:", "%TAG")
    add("phần trăm đầu dòng", "yaml-hong", "%pham_vi: a")
    add("nháy mở", "yaml-hong", 'pham_vi: "a', 'pham_vi: "a')
    add("ngoặc mở", "yaml-hong", "noi_nhan: [a, b", "\n---\n\n")
    add("hai dấu hai chấm", "yaml-hong", "pham_vi: a: b")
    add("không có hai chấm", "yaml-hong", "pham_vi", "\n---\n\n")
    add("tab thụt dòng", "yaml-hong", "lien_he:\n\tten: a", 2)
    add("thụt dòng lệch", "yaml-hong", "  pham_vi: a")
    add("khóa là danh sách", "yaml-hong", "? [a, b]\n: c")
    add("khóa là nhóm", "yaml-hong", "{a: b}: c")
    add("thoát ngoài Unicode", "yaml-hong", 'pham_vi: "\\UFFFFFFFF"')
    add("thoát nửa cặp thay thế", "yaml-hong", 'pham_vi: "\\ud800"')
    add("thoát không hiểu", "yaml-hong", 'pham_vi: "C:\\data"')
    add("a còng đầu câu", "yaml-hong", "pham_vi: @a")
    add("huyền đầu câu", "yaml-hong", "pham_vi: `a`")

    def whole(name: str, code: str, line: int, text: str) -> None:
        number = table.fresh()
        table.add("bom YAML", name, code, line, number, text.format(mark=mark(number)))

    whole("chỉ một danh sách", "khong-co-khoa", 2, "---\n- {mark}\n---\n\na\n")
    whole("chỉ một câu", "khong-co-khoa", 2, "---\n{mark}\n---\n\na\n")
    whole("chỉ chú thích", "khong-co-khoa", 2, "---\n# {mark}\n---\n\na\n")
    whole("không có gì giữa hai dòng", "khong-co-khoa", 2, "---\n---\n\n{mark}\n")
    whole("mở đầu bằng bốn gạch", "thieu-dong-mo-dau", 1, "----\ntieu_de: {mark}\n----\n")
    whole("mở đầu kiểu TOML", "thieu-dong-mo-dau", 1, "+++\ntieu_de = '{mark}'\n+++\n")
    whole("mở đầu kiểu JSON", "thieu-dong-mo-dau", 1, '{{"tieu_de": "{mark}"}}\n')
    whole("chữ trước dòng mở đầu", "thieu-dong-mo-dau", 1, "Lời dẫn {mark}\n---\ntieu_de: a\n---\n")
    whole("gạch thụt vào", "thieu-dong-mo-dau", 1, " ---\ntieu_de: {mark}\n ---\n")
    whole("ba dấu chấm đóng", "thieu-dong-ket-thuc", 1, "---\ntieu_de: {mark}\n...\n\na\n")
    whole("toàn khoảng trắng", "thieu-dong-mo-dau", 1, " \n\t\n  \n")
    whole("chỉ hai dòng gạch dính nhau", "thieu-dong-mo-dau", 1, "------\n{mark}\n")


def line_count(text: str) -> int:
    """How many lines stand before the closing dashes."""
    return text.partition("\n---\n")[0].count("\n") + 1


# The body


def hostile_html() -> None:
    pieces = (
        *(
            "<script>alert(1)</script>",
            "<SCRIPT SRC=https://example.org/a.js></SCRIPT>",
            "<script\n>alert(1)</script>",
            "<script",
            "<script/x>a</script>",
        ),
        *(
            "<iframe src=https://example.org/></iframe>",
            "<iframe srcdoc=a></iframe>",
            "<object data=a.swf></object>",
            "<embed src=a.swf>",
        ),
        *(
            "<applet code=a></applet>",
            "<svg onload=alert(1)>",
            "<div>\n<svg/onload=alert(1)>",
            "<svg><circle/></svg>",
            "<math><mi>x</mi></math>",
            "<form action=/a>a</form>",
        ),
        *(
            "<textarea>a</textarea>",
            "<select><option>a</option></select>",
            "<button>a</button>",
            "<meta http-equiv=refresh content=0>",
        ),
        *(
            "<base href=https://example.org/>",
            "<link rel=stylesheet href=a.css>",
            "<style>p{display:none}</style>",
            "<template>a</template>",
        ),
        *(
            "<audio src=a.mp3></audio>",
            "<video src=a.mp4></video>",
            "<marquee>a</marquee>",
            "<noscript>a</noscript>",
            "<frameset></frameset>",
        ),
        *(
            "<b onclick=alert(1)>a</b>",
            '<b ONMOUSEOVER="alert(1)">a</b>',
            "<b\nonclick\n ='a'>a</b>",
            "<div>\n<b/onclick=a>a</b>",
            "<p onfocus = a>a</p>",
        ),
        *(
            '<b title=">" onclick=alert(1)>a</b>',
            "<b title='>' onclick=alert(1)>a</b>",
            '<div>\n<b title="a"onclick=alert(1)>a</b>',
        ),
        *(
            '<p style="position:fixed">a</p>',
            "<div STYLE=a>a</div>",
            '<a href="#diem-chinh" style=a>a</a>',
            "<b srcdoc=a>a</b>",
            "<b formaction=a>a</b>",
        ),
        *(
            "<details open ontoggle=alert(1)>a</details>",
            "<input type=image src=a>",
            "<input type=text>",
            "<input autofocus onfocus=a>",
        ),
        *(
            "<title>a</title>",
            "<xmp>a</xmp>",
            "<plaintext>a",
            "<!-- a --><script>alert(1)</script>",
            "<scr<script>ipt>alert(1)",
        ),
    )
    for piece in pieces:
        in_body("HTML nguy hiểm", piece, "html-nguy-hiem", piece, dangerous(piece))


def dangerous(piece: str) -> str:
    """The line of a piece that holds what is refused: the last one after an opening that is allowed."""
    return piece.removeprefix("<div>\n").splitlines()[1 if piece.startswith("<b\n") else 0]


def in_body(group: str, name: str, code: str, piece: str, place: str, files: dict[str, bytes] | None = None) -> None:
    """Add the good entry with a piece in its body, reported at the line of `place`."""
    number = table.fresh()
    text = simple(number, BODY + f"\nDòng trước.\n\nĐoạn có mẩu này:\n{piece}\n\nDòng sau.\n")
    named = {f"{FOLDER}/{entry_id(number)}/{file}": content for file, content in (files or {}).items()}
    table.add(group, name.replace("\n", "⏎"), code, line_of(text, place), number, text, files=named)


def hostile_links() -> None:
    for address in (
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,a",
            "vbscript:msgbox(1)",
            "file:///etc/passwd",
            "blob:a",
            "about:blank",
        ),
        *(
            "&#106;avascript:alert(1)",
            "&#x6A;avascript:alert(1)",
            "java&Tab;script:alert(1)",
            "java&NewLine;script:alert(1)",
        ),
        *(
            "javascript&colon;alert(1)",
            "&#1;javascript:alert(1)",
            "%0Ajavascript:alert(1)",
            "java%0Ascript:alert(1)",
            "view-source:a",
        ),
        *(
            "//example.org/a",
            "\\\\\\\\example.org\\\\a",
            "ms-word:ofe|u|a",
            "intent:a",
            "ftp://example.org/a",
            "chrome://a",
            "ws://a",
        ),
    ):
        # CommonMark percent-encodes controls and backslashes: what is left is a path that leads nowhere.
        is_path = address.startswith(("%0A", "java%0A"))
        code = "lien-ket-hong" if is_path or address.startswith(("java&", "&#1;", "\\")) else "duong-dan-nguy-hiem"
        in_body("liên kết nguy hiểm", f"liên kết {address}", code, f"[a]({address})", "[a](")
        in_body("liên kết nguy hiểm", f"tham chiếu {address}", code, f"[a][b]\n\n[b]: {address}", "[b]: ")
        code = "lien-ket-hong" if is_path else "duong-dan-nguy-hiem"
        in_body("liên kết nguy hiểm", f"HTML {address}", code, f'<a href="{address}">a</a>', "<a href")
    for address in ("javascript:alert(1)", "data:image/svg+xml,a", "//example.org/a.png", "file:///a.png"):
        in_body("liên kết nguy hiểm", f"ảnh {address}", "duong-dan-nguy-hiem", f"![ảnh]({address})", "![ảnh](")
    for piece in (
        *(
            "<javascript:alert(1)>",
            "<vbscript:a>",
            "<data:text/html,a>",
            "<file:///etc/passwd>",
            "<a\thref = javascript:alert(1)>a</a>",
        ),
        *(
            "<a href=' \tjavascript:alert(1)'>a</a>",
            '<a href="java\nscript:alert(1)">a</a>',
            "<a/href=javascript:alert(1)>a</a>",
        ),
        *(
            '[a]( javascript:alert(1) "b")',
            "[a](<javascript:alert(1)>)",
            "[**a**](javascript:alert(1))",
            "<blockquote cite=javascript:a>a</blockquote>",
        ),
        *(
            '<td background="javascript:a">a</td>',
            '<a title="href" href="javascript:a">a</a>',
            "<A HREF=JAVASCRIPT:a>a</A>",
        ),
    ):
        in_body("liên kết nguy hiểm", piece, "duong-dan-nguy-hiem", piece, piece.splitlines()[0])


def climbing_paths() -> None:
    for target in (
        *(
            "../../../../etc/passwd",
            "../../../mkdocs.yml",
            "../../../README.md",
            "/etc/passwd",
            "/chinh-sach/a/",
            "..%2f..%2f..%2f..%2fa",
        ),
        *(
            "%2e%2e/%2e%2e/%2e%2e/a.md",
            "....//a",
            "C:%5Ca.txt",
            "..%5C..%5Ca",
            "~/a",
            "khong-co-that",
            "khong-co-that.md",
            "?a=b",
            "#khong-co-de-muc",
        ),
        *("toan-van/", "toan-van/#dieu-1", "../../_danh-muc/don-vi.yml", "../khong-co/a.md", "a%00b", "."),
    ):
        in_body(
            "đường dẫn leo",
            f"liên kết {target}",
            "duong-dan-nguy-hiem" if target.startswith("C:") else "lien-ket-hong",
            f"[a]({target})",
            "[a](",
        )
    for target in (
        "../anh.png",
        "../../../docs/assets/og.png",
        "/anh.png",
        "%2e%2e/anh.png",
        "a/anh.png",
        "khong-co.png",
        "https://example.org/a.png",
    ):
        in_body("đường dẫn leo", f"ảnh {target}", "thieu-tep", f"![ảnh]({target})", "![ảnh](")
    in_body("đường dẫn leo", "tệp không có", "thieu-tep", "[a](khong-co.pdf)", "[a](")

    def linked(name: str, code: str, line: Place | int, pairs_of: Any, link: str, target: str) -> None:
        number = table.fresh()
        written = write(pairs_of(simple_pairs(number)))
        at = line if isinstance(line, int) else written.line(line)
        table.add(
            "đường dẫn leo",
            name,
            code,
            at,
            number,
            written.text + BODY,
            links={f"{FOLDER}/{entry_id(number)}/{link}": target},
        )

    with_file = lambda pairs: (*pairs, ("tep", [(("ten", "a"), ("tep", "a.txt"), ("loai", "khac"))]))  # noqa: E731
    with_text = lambda pairs: (*pairs, ("toan_van", (("tep", "toan-van.md"), ("day_du", "co"), ("nguon", "a"))))  # noqa: E731
    linked("tep là lối tắt ra ngoài", "thieu-tep", ("tep", 0, "tep"), with_file, "a.txt", f"../../../../{OUTSIDE}")
    linked("tep là lối tắt tuyệt đối", "thieu-tep", ("tep", 0, "tep"), with_file, "a.txt", "/etc/hostname")
    linked("tep là lối tắt hỏng", "thieu-tep", ("tep", 0, "tep"), with_file, "a.txt", "khong-co")
    linked("tep là lối tắt tới chính nó", "thieu-tep", ("tep", 0, "tep"), with_file, "a.txt", "a.txt")
    linked(
        "toan_van là lối tắt ra ngoài",
        "thieu-tep",
        ("toan_van", "tep"),
        with_text,
        "toan-van.md",
        f"../../../../{OUTSIDE}",
    )
    linked(
        "toan_van là lối tắt tới tin",
        "thieu-tep",
        ("toan_van", "tep"),
        with_text,
        "toan-van.md",
        f"../{entry_id(table.number + 1)}.md",
    )

    def only_link(name: str, link: str, target: str, at: str = "") -> None:
        number = table.fresh()
        link = link.format(id=entry_id(number))
        kept = f"_giu/{entry_id(number)}.md"
        table.add(
            "đường dẫn leo",
            name,
            "tep-sai-cho",
            1,
            number,
            simple(number),
            path=kept,
            at=at.format(id=entry_id(number)) or link,
            links={link: target.format(kept=kept)},
        )

    only_link("tin là lối tắt", f"{FOLDER}/{{id}}.md", "../../../{kept}")
    only_link("tin là lối tắt hỏng", f"{FOLDER}/{{id}}.md", "khong-co.md")
    only_link("index.md là lối tắt", f"{FOLDER}/{{id}}/index.md", "../../../../{kept}", f"{FOLDER}/{{id}}")
    only_link("thư mục tin là lối tắt", f"{FOLDER}/{{id}}", "../../../_giu")
    only_link("thư mục năm là lối tắt", "policies/van-phong-so/2031", "../../_giu")
    only_link("thư mục đơn vị là lối tắt", "policies/so-tai-chinh", "../_giu")


# Places, ids, attachments


def colliding_ids() -> None:
    def twin(name: str, code: str, path: str, of_second: Any, line: Place | int) -> None:
        """A good entry, and a second one whose text comes from both numbers; the second is the wrong one."""
        first, second = table.fresh(), table.fresh()
        written = write(of_second(simple_pairs(second), first))
        at = line if isinstance(line, int) else written.line(line)
        files = {f"{FOLDER}/{entry_id(first)}.md": simple(first).encode()}
        table.add(
            "mã trùng",
            name,
            code,
            at,
            second,
            written.text + BODY,
            path=path.format(first=entry_id(first), second=entry_id(second)),
            files=files,
        )

    same = lambda pairs, _: pairs  # noqa: E731
    # The path that sorts later is told: van-phong-so/2023 comes before these.
    twin("cùng tên tệp, năm khác", "ma-trung", "policies/van-phong-so/2024/{first}.md", same, 1)
    twin("cùng tên, một là thư mục", "ma-trung", f"{FOLDER}/{{first}}/index.md", same, 1)
    twin(
        "ma trùng tên tệp",
        "ma-trung",
        f"{FOLDER}/{{second}}.md",
        lambda pairs, first: (*pairs, ("ma", entry_id(first))),
        ("ma",),
    )
    twin(
        "cùng số, ngày, cơ quan",
        "van-ban-trung",
        f"{FOLDER}/{{second}}.md",
        lambda pairs, first: put(pairs, ("so_ky_hieu",), f"{first}/SKHĐT-VP"),
        ("so_ky_hieu",),
    )
    twin(
        "địa chỉ cũ là tin khác",
        "dia-chi-cu-trung",
        f"{FOLDER}/{{second}}.md",
        lambda pairs, first: (*pairs, ("dia_chi_cu", f"chinh-sach/{entry_id(first)}")),
        ("dia_chi_cu",),
    )
    for path in (
        "rss.xml",
        "assets/a",
        "chinh-sach",
        "don-vi/van-phong-so",
        "404.html",
        "robots.txt",
        "chinh-sach/trang-2",
        "du-lieu/tep.json",
    ):
        twin(
            f"địa chỉ cũ {path}",
            "dia-chi-cu-trung",
            f"{FOLDER}/{{second}}.md",
            lambda pairs, _, p=path: (*pairs, ("dia_chi_cu", p)),
            ("dia_chi_cu",),
        )

    for stem in (
        "Vi-Du-Hoa",
        "trang-2",
        "trang-10",
        "ví dụ",
        "vi_du",
        "ab",
        "a" * 81,
        "vi--du",
        "vi.du",
        "-vi-du",
        "con",
        "nul",
        "com1",
        "lpt9",
        "aux",
        "prn",
    ):
        number = table.fresh()
        table.add(
            "mã trùng", f"tên tệp {stem}", "ma-sai-dang", 1, number, simple(number), path=f"{FOLDER}/{stem}.md", id=stem
        )
    for name in ("Trang-2", "trang-3"):
        number = table.fresh()
        table.add(
            "mã trùng",
            f"tên thư mục {name}",
            "ma-sai-dang",
            1,
            number,
            simple(number),
            path=f"{FOLDER}/{name}/index.md",
            id=name,
        )


def lying_attachments() -> None:
    exe, html, svg = (
        b"MZ\x90\x00\x03",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    )
    contents: dict[str, list[tuple[str, bytes]]] = {
        "pdf": [
            ("chương trình", exe),
            ("rỗng", b""),
            ("trang HTML", html),
            ("ảnh", PNG),
            ("chữ trước %PDF", b"a%PDF-1.4"),
        ],
        "png": [("trang HTML", html), ("SVG", svg), ("rỗng", b""), ("PDF", PDF)],
        "jpg": [("PNG", PNG), ("SVG", svg)],
        "webp": [("PNG", PNG), ("RIFF khác", b"RIFF0000WAVE")],
        "docx": [
            ("zip thường", office("a.txt")),
            ("zip cắt", office("word/document.xml")[:30]),
            ("rỗng", b""),
            ("bảng tính", office("xl/workbook.xml")),
        ],
        "xlsx": [("văn bản Word", office("word/document.xml"))],
        "odt": [("không có mimetype", office("content.xml")), ("mimetype khác", office("mimetype"))],
        "doc": [("docx", office("word/document.xml")), ("HTML", html)],
        "zip": [("chương trình", exe), ("chữ", b"PK")],
        "mp3": [("chương trình", exe), ("rỗng", b"")],
        "txt": [("UTF-16", "ví dụ".encode("utf-16")), ("latin-1", "ví".encode("latin-1")), ("NUL", b"a\0b")],
        "csv": [("Windows-1258", b"T\xean;S\xf4\n")],
    }
    for suffix, kinds in contents.items():
        for name, content in kinds:
            number = table.fresh()
            written = write(
                (*simple_pairs(number), ("tep", [(("ten", "Ví dụ"), ("tep", f"a.{suffix}"), ("loai", "khac"))]))
            )
            files = {f"{FOLDER}/{entry_id(number)}/a.{suffix}": content}
            table.add(
                "tệp giả",
                f"{name} đặt tên .{suffix}",
                "tep-gia",
                written.line(("tep", 0, "tep")),
                number,
                written.text + BODY,
                files=files,
            )
    for name, content in (("NUL", b"a\0b"), ("UTF-16", "ví dụ".encode("utf-16")), ("chương trình", exe)):
        number = table.fresh()
        written = write(
            (*simple_pairs(number), ("toan_van", (("tep", "toan-van.md"), ("day_du", "co"), ("nguon", "Ví dụ"))))
        )
        files = {f"{FOLDER}/{entry_id(number)}/toan-van.md": content}
        table.add(
            "tệp giả",
            f"toàn văn là {name}",
            "tep-gia",
            written.line(("toan_van", "tep")),
            number,
            written.text + BODY,
            files=files,
        )
    in_body("tệp giả", "ảnh trong bài là HTML", "tep-gia", "![ảnh](anh.png)", "![ảnh]", {"anh.png": html})
    in_body("tệp giả", "ảnh trong bài là SVG", "tep-gia", "![ảnh](anh.png)", "![ảnh]", {"anh.png": svg})
    in_body("tệp giả", "liên kết tới tệp giả", "tep-gia", "[a](a.pdf)", "[a](", {"a.pdf": exe})
    in_body("tệp giả", "ảnh SVG", "thieu-tep", "![ảnh](anh.svg)", "![ảnh]")
    in_body("tệp giả", "liên kết tới trang HTML", "lien-ket-hong", "[a](a.html)", "[a](")


def wrong_places() -> None:
    for name, path, at in (
        ("thẳng trong policies", "policies/{id}.md", ""),
        ("thẳng trong đơn vị", "policies/van-phong-so/{id}.md", ""),
        ("năm hai chữ số", "policies/van-phong-so/23/{id}.md", "policies/van-phong-so/23"),
        ("năm bằng chữ", "policies/van-phong-so/nam-2023/{id}.md", "policies/van-phong-so/nam-2023"),
        ("sâu thêm một thư mục", f"{FOLDER}/thang-5-{{id}}/{{id}}.md", f"{FOLDER}/thang-5-{{id}}"),
        ("năm trong năm", f"{FOLDER}/2024/{{id}}.md", f"{FOLDER}/2024"),
        ("đuôi .MD", f"{FOLDER}/{{id}}.MD", ""),
        ("đuôi .markdown", f"{FOLDER}/{{id}}.markdown", ""),
        ("đuôi .md.txt", f"{FOLDER}/{{id}}.md.txt", ""),
        ("đuôi .docx", f"{FOLDER}/{{id}}.docx", ""),
        ("đuôi .html", f"{FOLDER}/{{id}}.html", ""),
        ("bản sao của trình soạn thảo", f"{FOLDER}/{{id}}.md~", ""),
        ("không có đuôi", f"{FOLDER}/{{id}}", ""),
        ("INDEX.md", f"{FOLDER}/{{id}}/INDEX.md", f"{FOLDER}/{{id}}"),
        ("năm có dấu cách", "policies/van-phong-so/2023 /{id}.md", "policies/van-phong-so/2023 "),
        ("năm chữ số Ả Rập", "policies/van-phong-so/٢٠٢٣/{id}.md", "policies/van-phong-so/٢٠٢٣"),
        ("tên có xuống dòng", "policies/van-phong-so/2023/a\nb/{id}.md", "policies/van-phong-so/2023/a\nb"),
        ("tên không phải UTF-8", "policies/van-phong-so/2023/v\udced-{id}.txt", ""),
    ):
        number = table.fresh()
        path, at = path.format(id=entry_id(number)), at.format(id=entry_id(number))
        table.add("sai chỗ", name, "tep-sai-cho", 1, number, simple(number), path=path, at=at)
    for unit in ("khong-co-that", "van-phong", "Van-Phong-So", "van phong so"):
        number = table.fresh()
        table.add(
            "sai chỗ",
            f"đơn vị {unit}",
            "thu-muc-la",
            1,
            number,
            simple(number),
            path=f"policies/{unit}/2023/{entry_id(number)}.md",
        )
    number = table.fresh()
    table.add(
        "sai chỗ", "tên tin không phải UTF-8", "ma-sai-dang", 1, number, simple(number), path=f"{FOLDER}/v\udced-du.md"
    )
    for name, fields, code in (
        ("không lĩnh vực nào chỉ tới đơn vị", "[dau-thau]", "khong-ro-don-vi"),
        ("nhiều đơn vị", "[dang-ky-kinh-doanh, dau-tu-trong-nuoc]", "nhieu-don-vi"),
    ):
        number = table.fresh()
        pairs = put(put(simple_pairs(number), ("linh_vuc",), fields), ("so_ky_hieu",), f"{number}/SKHĐT-ĐT")
        written = write(pairs)
        table.add(
            "sai chỗ",
            name,
            code,
            written.line(("linh_vuc",)),
            number,
            written.text + BODY,
            path=f"policies/_cho-phan-loai/{entry_id(number)}.md",
        )


for make in (
    missing_keys, doubled_keys, mistyped_keys, mistaken_values, mistaken_dates, bad_bytes, cut_files, yaml_bombs,
    hostile_html, hostile_links, climbing_paths, colliding_ids, lying_attachments, wrong_places,
):  # fmt: skip
    make()

CASES: tuple[Case, ...] = tuple(table.cases)
