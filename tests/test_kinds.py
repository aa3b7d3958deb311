"""Each kind of value: what it accepts and becomes, what it refuses and with which code, and back to data files."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import vocabularies

from chinhsach import numbers, source
from chinhsach.dates import VN
from chinhsach.kinds import (
    BAD,
    Choice,
    Context,
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
    SitePath,
    Text,
    Url,
    is_entry_id,
    is_web_address,
)
from chinhsach.policy import Stage

steady = settings(deadline=None, derandomize=True)
STAGES = tuple(stage.value for stage in Stage)
FILE = FileName(("pdf", "docx"))
UNITS = FromVocabulary("active_units", several=True, every=True)


def parse(kind: Kind, value: str) -> tuple[Any, list[str]]:
    """A value as typed after `khoa: `, and the codes of its faults."""
    raw = source.read("x.md", f"---\nkhoa: {value}\n---\n".encode())
    assert raw.faults == []
    context = Context(vocabularies(), [])
    result = kind.parse(raw.fields.entries[0][1], "khoa", context)
    for fault in context.faults:
        assert fault.line == 2
        assert fault.column >= 7
        assert fault.values["khoa"] == "khoa"
    return result, [fault.code for fault in context.faults]


GOOD: list[tuple[Kind, str, Any, Any]] = [
    (Text(), "07", "07", "07"),
    (Text(), "no", "no", "no"),
    (Text(), '"  một \\n  hai\u00a0ba "', "một hai ba", "một hai ba"),
    (Text(2, 3), "đây", "đây", "đây"),
    (Id(), "kh-2023", "kh-2023", "kh-2023"),
    (Choice(STAGES, Stage), "xay-dung", Stage.DRAFTING, "xay-dung"),
    (Choice(("a", "b")), "b", "b", "b"),
    (Flag(), "co", True, "co"),
    (Flag(), "khong", False, "khong"),
    (FromVocabulary("types"), "thong-tu", "thong-tu", "thong-tu"),
    (UNITS, "phong-dkkd", ("phong-dkkd",), ["phong-dkkd"]),
    (UNITS, "[phong-dkkd, van-phong-so, phong-dkkd]", ("phong-dkkd", "van-phong-so"), ["phong-dkkd", "van-phong-so"]),
    (UNITS, "tat-ca", ("tat-ca",), ["tat-ca"]),
    (Issuers(), "bo-tai-chinh", ("bo-tai-chinh",), ["bo-tai-chinh"]),
    (Issuers(), "Bộ Tài chính", ("bo-tai-chinh",), ["bo-tai-chinh"]),
    (Issuers(), "[bộ tài chính, Quốc hội]", ("bo-tai-chinh", "quoc-hoi"), ["bo-tai-chinh", "quoc-hoi"]),
    (Number(), '"Số: 643 / UBND-KGVX"', numbers.parse("643/UBND-KGVX"), "643/UBND-KGVX"),
    (Day(), "30/5/2023", date(2023, 5, 30), "2023-05-30"),
    (Moment(), "5/6/2023 08:00", datetime(2023, 6, 5, 8, tzinfo=VN), "2023-06-05T08:00:00+07:00"),
    (Moment(), "5/6/2023", datetime(2023, 6, 5, tzinfo=VN), "2023-06-05T00:00:00+07:00"),
    (Url(), "https://example.org/a?b=c#d", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
    (FILE, "ke-hoach_1.2.pdf", "ke-hoach_1.2.pdf", "ke-hoach_1.2.pdf"),
    (SitePath(), "/tin/ke-hoach-2023/", "tin/ke-hoach-2023", "tin/ke-hoach-2023"),
    (Count(), "1.234", 1234, 1234),
    (Count(), "0", 0, 0),
    (Many(Text(), lone=True), "một", ("một",), ["một"]),
    (Many(Text()), "[một, '', hai]", ("một", "hai"), ["một", "hai"]),
]


@pytest.mark.parametrize(("kind", "typed", "value", "dumped"), GOOD)
def test_a_good_value_is_typed_and_written_back(kind: Kind, typed: str, value: Any, dumped: Any) -> None:
    assert parse(kind, typed) == (value, [])
    assert kind.dump(value) == dumped
    assert parse(kind, json.dumps(dumped, ensure_ascii=False)) == (value, [])
    schema = kind.json_schema(vocabularies())
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(dumped)
    assert kind.describe(vocabularies())


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (Text(5, 10), "bốn", "sai-do-dai"),
        (Text(5, 10), "mười một chữ", "sai-do-dai"),
        (Text(), "[a, b]", "sai-kieu"),
        (Text(), "{a: b}", "sai-kieu"),
        (Id(), "Ke-Hoach", "ma-sai-dang"),
        (Id(), "ab", "ma-sai-dang"),
        (Id(), "trang-2", "ma-sai-dang"),
        (Id(), "a" * 81, "ma-sai-dang"),
        (Id(), "../x", "ma-sai-dang"),
        (Choice(("mot", "hai")), "ba", "ngoai-danh-muc"),
        (Choice(("mot", "hai")), "[mot]", "sai-kieu"),
        (Flag(), "có", "ngoai-danh-muc"),
        (Flag(), "true", "ngoai-danh-muc"),
        (FromVocabulary("types"), "thong_tu", "ngoai-danh-muc"),
        (UNITS, "so-tai-chinh-cu", "ngoai-danh-muc"),
        (UNITS, "[phong-dkkd, phong-la]", "ngoai-danh-muc"),
        (UNITS, "{a: b}", "sai-kieu"),
        (UNITS, "[[phong-dkkd]]", "sai-kieu"),
        (FromVocabulary("fields", several=True), "tat-ca", "ngoai-danh-muc"),
        (Issuers(), "{a: b}", "sai-kieu"),
        (Number(), "643", "so-ky-hieu-sai"),
        (Day(), "30/2/2023", "ngay-khong-co-that"),
        (Day(), "5/6/2023 08:00", "ngay-sai-dang"),
        (Moment(), "hôm nay", "ngay-sai-dang"),
        (Url(), "example.org", "dia-chi-sai"),
        (Url(), "ftp://example.org/", "dia-chi-sai"),
        (Url(), "https://a:b@example.org/", "dia-chi-sai"),
        (FILE, "Kế hoạch.pdf", "ten-tep-sai"),
        (FILE, "../ke-hoach.pdf", "ten-tep-sai"),
        (FILE, "a..pdf", "ten-tep-sai"),
        (FILE, "ke-hoach.svg", "loai-tep-la"),
        (SitePath(), "../tin", "duong-dan-sai"),
        (SitePath(), "https://example.org/", "duong-dan-sai"),
        (Count(), "-1", "so-dem-sai"),
        (Count(), "một trăm", "so-dem-sai"),
        (Count(), "²", "so-dem-sai"),
        (Many(Text()), "một", "sai-kieu"),
        (Many(Text()), "{a: b}", "sai-kieu"),
    ],
)
def test_a_bad_value_is_one_fault(kind: Kind, typed: str, code: str) -> None:
    assert parse(kind, typed) == (BAD, [code])


@pytest.mark.parametrize("kind", [kind for kind, *_ in GOOD], ids=lambda kind: type(kind).__name__)
@pytest.mark.parametrize("blank", ["", "~", "null", '"  "', "''"])
def test_a_blank_value_is_no_value_and_no_fault(kind: Kind, blank: str) -> None:
    assert parse(kind, blank) == (None, [])


def test_every_bad_item_of_a_list_is_told() -> None:
    assert parse(UNITS, "[phong-x, phong-dkkd, phong-y]") == (BAD, ["ngoai-danh-muc"] * 2)
    assert parse(Many(Day()), "[30/2/2023, 1/1/2023, x]") == (BAD, ["ngay-khong-co-that", "ngay-sai-dang"])


def test_an_issuer_that_nobody_knows_is_kept_with_a_note() -> None:
    value, codes = parse(Issuers(), "[Bộ Tài chính, Bộ Ví Dụ]")
    assert value == ("bo-tai-chinh", "?Bộ Ví Dụ")
    assert codes == ["co-quan-la"]
    assert Issuers().dump(value) == ["bo-tai-chinh", "Bộ Ví Dụ"]


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://example.org", True),
        ("http://example.org:8080/a_b-c.pdf", True),
        ("HTTPS://EXAMPLE.ORG/", True),
        ("https://vi-du.lang-son.gov.vn/%C3%A1?x=1&y=2", True),
        ("https://", False),
        ("https:///a", False),
        ("https://localhost/", False),
        ("https://example.org:x/", False),
        ("https://example.org/a b", False),
        ('https://example.org/"onclick', False),
        ("https://example.org/<script>", False),
        ("javascript:alert(1)", False),
        ("//example.org/", False),
        ("https://[::1", False),
        ("https://example.org\\@b.org/", False),
    ],
)
def test_a_web_address_is_absolute_and_harmless(address: str, good: bool) -> None:
    assert is_web_address(address) is good


@steady
@given(st.from_regex(r"[a-z0-9-]{0,82}\n?", fullmatch=True) | st.text(max_size=10))
@example("abc\n")
@example("trang-7")
@example("trang-7a")
def test_an_id_is_a_safe_part_of_an_address(text: str) -> None:
    words = text.split("-")
    safe = all(word and not set(word) - set("abcdefghijklmnopqrstuvwxyz0123456789") for word in words)
    is_list_page = len(words) == 2 and words[0] == "trang" and words[1].isdigit()
    assert is_entry_id(text) is (safe and 3 <= len(text) <= 80 and not is_list_page)
