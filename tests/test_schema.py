"""The table of keys against the contract (DESIGN §2), and an entry with every key, in and out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import DRAFT, PLAIN, front_matter, parse, parse_text, vocabularies

from chinhsach import schema
from chinhsach.kinds import Field, Many, Record
from chinhsach.policy import Policy
from chinhsach.schema import BY_KEY, FIELDS, KEY_OF, dump, json_schema

steady = settings(deadline=None, derandomize=True)

# DESIGN §2: key, whether it is required, and «i» where it is internal.
# "always"; "issued": when issued; "unread": may be left out with chua_co_ban_goc; "draft": with xay-dung;
# "removed": with da-go; "source": one of the four when issued; "steps": by quy-trinh.yml; "": no.
CONTRACT = """
ma
tieu_de              always
tom_tat              unread
loai                 always
so_ky_hieu           issued
co_quan_ban_hanh     always
co_quan_soan_thao
ngay_ban_hanh        issued
ngay_hieu_luc
ngay_het_hieu_luc
ra_soat_hieu_luc
trinh_tu_rut_gon
tiep_tuc_hieu_luc
ghi_de_hieu_luc
trich_yeu            issued
nguoi_ky
chuc_vu
quyen_han
don_vi_chu_tri
don_vi_phoi_hop
phoi_hop_ngoai
linh_vuc             always
doi_tuong            always
pham_vi
giai_doan
trang_thai
ngay_dang            always
ngay_den             -        i
duyet                steps
nguon                source
tep                  source
toan_van             source
chua_co_ban_goc      source
quan_he
gop_y                draft
thay_doi
go_tin               removed
ngay_ra_soat
truyen_thong         -        i
ban_tieng
thu_tuc
noi_thuc_hien
muc_dieu_17
dia_chi_cu
lien_he
noi_nhan             -        i
ma_ho_so             -        i
"""
ROWS = [[*line.split(), "-", "-"][:3] for line in CONTRACT.split("\n") if line]
INTERNAL = [key for key, _, mark in ROWS if mark == "i"]

# Every key with every key within, in the table's order; all of it made up.
FULL: Mapping[str, Any] = {
    "ma": "tin-vi-du",
    "tieu_de": "Ví dụ: một tin có đủ mọi khóa",
    "tom_tat": "Tin ví dụ để kiểm thử, không phải tin thật; mọi giá trị ở đây đều do người viết kiểm thử đặt ra.",
    "loai": "ke-hoach",
    "so_ky_hieu": "12/KH-SKHĐT",
    "co_quan_ban_hanh": ["Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn", "Cơ quan ví dụ"],
    "co_quan_soan_thao": ["Bộ Tài chính", "Cơ quan ví dụ khác"],
    "ngay_ban_hanh": "ngày 30 tháng 5 năm 2023",
    "ngay_hieu_luc": "1.7.2023",
    "ngay_het_hieu_luc": "1-1-2027",
    "ra_soat_hieu_luc": {"ngay": "20/11/2026", "nguon": "Ví dụ: nơi đã xem"},
    "trinh_tu_rut_gon": "co",
    "tiep_tuc_hieu_luc": {"co_hay_khong": "khong", "van_ban": "Ví dụ: một văn bản"},
    "ghi_de_hieu_luc": {"trang_thai": "khong-con-phu-hop", "ly_do": "Ví dụ", "nguon": "Ví dụ", "ngay": "20/11/2026"},
    "trich_yeu": "Kế hoạch ví dụ",
    "nguoi_ky": "Người ký ví dụ",
    "chuc_vu": "Chức vụ ví dụ",
    "quyen_han": "KT.",
    "don_vi_chu_tri": ["van-phong-so", "phong-dkkd"],
    "don_vi_phoi_hop": "tat-ca",
    "phoi_hop_ngoai": [{"co_quan": "Cơ quan ví dụ", "viec": "việc ví dụ"}],
    "linh_vuc": ["dau-thau", "dau-tu-cong"],
    "doi_tuong": "tat-ca",
    "pham_vi": "tỉnh Lạng Sơn",
    "giai_doan": "thuc-thi",
    "trang_thai": "da-go",
    "ngay_dang": "5/6/2023 08:00",
    "ngay_den": "2/6/2023",
    "duyet": [
        {
            "buoc": "phe-duyet",
            "chuc_vu": "Chức vụ ví dụ",
            "don_vi": "van-phong-so",
            "ngay": "4/6/2023",
            "hinh_thuc": "Ví dụ",
            "so_phieu": "1",
            "ma_bam": "0123456789ab",
        }
    ],
    "nguon": "https://example.org/van-ban/12",
    "tep": [
        {"ten": "Ví dụ: bản gốc", "tep": "ke-hoach.pdf", "loai": "ban-ky-so"},
        {"ten": "Ví dụ: trang ngoài", "url": "https://example.org/a.pdf", "loai": "khac"},
    ],
    "toan_van": {
        "tep": "toan-van.md",
        "day_du": "khong",
        "nguon": "Ví dụ",
        "doi_chieu": {"voi": "Ví dụ: bản ký số", "ngay": "20/11/2026"},
        "ghi_chu": "Ví dụ: thiếu phụ lục",
    },
    "chua_co_ban_goc": {"ly_do": "Ví dụ", "biet_qua": "Ví dụ: một văn bản khác"},
    "quan_he": [
        {
            "loai": "sua-doi-bo-sung",
            "den": "11/KH-SKHĐT",
            "pham_vi": "mot-phan",
            "dieu_khoan": "Điều 5",
            "ngay": "1/8/2023",
            "den_ngay": "1/9/2023",
            "tru": "khoản 2",
        }
    ],
    "gop_y": {
        "tu": "1/4/2023",
        "den": "20/4/2023",
        "can_cu": "Ví dụ: văn bản giao",
        "hinh_thuc": [{"loai": "thu-dien-tu", "dia_chi": "gop-y@example.org"}],
        "dau_moi": "Ví dụ: đầu mối",
        "ket_qua": {"ngay": "1/5/2023", "tep": "tiep-thu.pdf", "url": "https://example.org/b", "tom_tat": "Ví dụ"},
    },
    "thay_doi": [{"ngay": "8/6/2023 09:30", "loai": "dinh-chinh", "noi_dung": "Ví dụ", "truoc": "một", "sau": "hai"}],
    "go_tin": {"ngay": "12/6/2023", "ly_do": "Ví dụ", "thay_bang": "tin-khac", "che_do": "xoa-noi-dung"},
    "ngay_ra_soat": "1/6/2027",
    "truyen_thong": [{"kenh": "cong-tinh", "ngay": "6/6/2023", "bang_chung": "Ví dụ", "so_luot": "1.234"}],
    "ban_tieng": [
        {
            "ngon_ngu": "tyz",
            "loai": "am-thanh",
            "tep": "tieng-tay.mp3",
            "nguoi_dich": "Ví dụ",
            "nguoi_duyet": "Ví dụ",
            "ngay": "6/6/2023",
        }
    ],
    "thu_tuc": [{"ma": "1.234", "ten": "Thủ tục ví dụ", "url": "https://example.org/thu-tuc"}],
    "noi_thuc_hien": ["Nơi ví dụ"],
    "muc_dieu_17": ["a", "dd"],
    "dia_chi_cu": ["tin/vi-du"],
    "lien_he": {"ten": "Phòng ví dụ", "dien_thoai": "0", "thu": "a@example.org", "dia_chi": "Ví dụ", "gio": "Ví dụ"},
    "noi_nhan": ["Nơi nhận ví dụ"],
    "ma_ho_so": "HS-1",
}


def paths(value: Any, prefix: str = "") -> set[str]:
    """The keys of a value and of all that stands within: `gop_y`, `gop_y.tu`, `tep.url`."""
    if isinstance(value, list):
        return set().union(*(paths(item, prefix) for item in value)) if value else set()
    if not isinstance(value, dict):
        return set()
    return {prefix + key for key in value} | set().union(
        *(paths(inner, f"{prefix}{key}.") for key, inner in value.items())
    )


def rows(fields: tuple[Field, ...], prefix: str = "") -> Iterator[tuple[str, Field]]:
    """The table's rows with their path, those of records within too."""
    for row in fields:
        yield prefix + row.key, row
        kind = row.kind.kind if isinstance(row.kind, Many) else row.kind
        if isinstance(kind, Record):
            yield from rows(kind.fields, f"{prefix}{row.key}.")


def values_only(value: Any) -> Any:
    """A policy as plain data, without the lines in the file."""
    if isinstance(value, dict):
        return {key: values_only(inner) for key, inner in value.items() if key not in ("line", "lines")}
    return [values_only(inner) for inner in value] if isinstance(value, list | tuple) else value


def test_the_table_has_the_keys_of_the_contract_in_its_order_with_its_marks() -> None:
    contract = [(key, mark != "i") for key, _, mark in ROWS]
    assert [(row.key, row.public) for row in FIELDS] == contract, "khóa mới: thêm vào ROWS và FULL ở tệp này"


def test_keys_and_attributes_are_mapped_once() -> None:
    assert len(BY_KEY) == len(FIELDS) == len(KEY_OF)
    attributes = {field.name for field in dataclasses.fields(Policy)}
    assert attributes == {row.name for row in FIELDS} | {"unknown_issuers", "lines"}
    for _, row in rows(FIELDS):
        kind = row.kind.kind if isinstance(row.kind, Many) else row.kind
        if isinstance(kind, Record):
            assert len({f.key for f in kind.fields}) == len({f.name for f in kind.fields}) == len(kind.fields)


def test_every_row_speaks_to_clerks() -> None:
    for row in FIELDS:
        assert row.label
        assert row.hint
        assert row.example
        assert row.kind.describe(vocabularies())


@pytest.mark.parametrize(("key", "need"), [(key, need) for key, need, _ in ROWS if need != "source"])
def test_a_key_is_demanded_when_the_contract_says_so(key: str, need: str) -> None:
    def missing(**keys: Any) -> list[tuple[str, int]]:
        found = parse(**(keys | {key: None})).faults
        return [(f.code, f.line) for f in found if f.values["khoa"] == key]

    demanded = [("thieu-khoa", 1)]
    unread = {"nguon": None, "chua_co_ban_goc": FULL["chua_co_ban_goc"]}
    assert missing() == (demanded if need in ("always", "issued", "unread") else [])
    assert missing(**unread) == (demanded if need in ("always", "issued") else [])
    in_draft = {"always": demanded, "unread": demanded, "draft": [("thieu-khoa", line_of("giai_doan"))]}
    assert missing(**DRAFT) == in_draft.get(need, [])
    at_state = [("thieu-khoa", 2 + len(PLAIN))] if need == "removed" else []
    assert [line for line in missing(trang_thai="da-go") if line not in demanded] == at_state


def line_of(key: str) -> int:
    """The line of a key of the made-up draft."""
    keys = [k for k, v in (dict(PLAIN) | dict(DRAFT) | {"gop_y": None}).items() if v is not None]
    return 2 + keys.index(key)


def test_an_issued_document_needs_one_of_four_sources() -> None:
    sources = [key for key, need, _ in ROWS if need == "source"]
    assert list(schema.SOURCE_KEYS) == sources
    assert [f.code for f in parse(nguon=None).faults] == ["thieu-nguon"]
    for key in sources:
        assert parse(**{"nguon": None, key: FULL[key]}).faults == ()


def test_the_full_entry_has_every_key_of_the_table() -> None:
    assert list(FULL) == [row.key for row in FIELDS]
    assert paths(dict(FULL)) == {path for path, _ in rows(FIELDS)}


def test_nothing_of_an_entry_is_lost_on_its_way_to_data() -> None:
    parsed = parse_text(front_matter(FULL))
    assert [f.code for f in parsed.faults] == ["co-quan-la", "co-quan-la"]
    assert parsed.broken == frozenset()
    assert paths(dump(parsed.policy)) == {
        path for path, row in rows(FIELDS) if row.public and path.partition(".")[0] not in INTERNAL
    }
    for field in dataclasses.fields(Policy):
        assert getattr(parsed.policy, field.name) not in (None, "", (), False), field.name


def test_data_reads_back_as_the_same_entry() -> None:
    public = {key: value for key, value in FULL.items() if key not in INTERNAL}
    first = parse_text(front_matter(public)).policy
    second = parse_text(front_matter(dump(first))).policy
    assert values_only(dataclasses.asdict(second)) == values_only(dataclasses.asdict(first))
    assert dump(second) == dump(first)


def test_data_keeps_words_and_writes_days_and_ids_in_one_form() -> None:
    dumped = dump(parse_text(front_matter(FULL)).policy)
    changed = {
        "co_quan_ban_hanh": ["so-khdt-lang-son", "Cơ quan ví dụ"],
        "co_quan_soan_thao": ["bo-tai-chinh", "Cơ quan ví dụ khác"],
        "ngay_ban_hanh": "2023-05-30",
        "ngay_hieu_luc": "2023-07-01",
        "ngay_het_hieu_luc": "2027-01-01",
        "ngay_ra_soat": "2027-06-01",
        "ngay_dang": "2023-06-05T08:00:00+07:00",
        "don_vi_phoi_hop": ["tat-ca"],
        "doi_tuong": ["tat-ca"],
        "toan_van": FULL["toan_van"] | {"doi_chieu": {"voi": "Ví dụ: bản ký số", "ngay": "2026-11-20"}},
        "quan_he": [FULL["quan_he"][0] | {"ngay": "2023-08-01", "den_ngay": "2023-09-01"}],
        "thay_doi": [FULL["thay_doi"][0] | {"ngay": "2023-06-08T09:30:00+07:00"}],
        "go_tin": FULL["go_tin"] | {"ngay": "2023-06-12T00:00:00+07:00"},
    }
    dated = ("ra_soat_hieu_luc", "ghi_de_hieu_luc", "duyet", "gop_y", "ban_tieng")
    for key, value in dumped.items():
        if key not in dated:
            assert value == changed.get(key, FULL[key]), key


@steady
@given(st.sets(st.sampled_from(list(FULL))), st.randoms(use_true_random=False))
def test_any_keys_in_any_order_are_kept_and_only_missing_ones_are_told(keys: set[str], rng: Any) -> None:
    shuffled = sorted(keys)
    rng.shuffle(shuffled)
    if not shuffled:
        return
    parsed = parse_text(front_matter({key: FULL[key] for key in shuffled}))
    assert {f.code for f in parsed.faults} <= {"thieu-khoa", "thieu-nguon", "co-quan-la"}
    assert set(dump(parsed.policy)) == (keys - set(INTERNAL)) | {"ma"} | (
        {"giai_doan", "trang_thai"}  # these two have a value of their own where none is written
    )
    assert not parsed.broken & keys
    for key in keys:
        assert parsed.policy.line_of(key) == 2 + shuffled.index(key)


def test_lines_lead_to_what_stands_inside_a_key() -> None:
    text = "---\ngop_y:\n  tu: 1/1/2023\n  hinh_thuc:\n    -\n    - loai: buu-dien\n      dia_chi: Ví dụ\ntieu_de: x\n---\n"
    policy = parse_text(text).policy
    assert [policy.line_of(k) for k in ("gop_y", "gop_y.tu", "gop_y.hinh_thuc.0", "gop_y.hinh_thuc.0.dia_chi")] == [
        2,
        3,
        6,
        7,
    ]
    assert policy.line_of("gop_y.den") == 2
    assert policy.line_of("tep.0.url") == 1


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"tieu_dê": "Ví dụ: sai tên khóa", "tieu_de": None}, [("khoa-la", "tieu_dê", "tieu_de")]),
        ({"khóa lạ hẳn": "x"}, [("khoa-la", "khóa lạ hẳn", "")]),
        ({"quan_he": [{"loai": "can-cu", "đến": "x"}]}, [("khoa-la", "quan_he.đến", "den")]),
        ({"lien_he": {"gio": "Ví dụ"}}, [("thieu-khoa", "lien_he.ten", "")]),
        ({"lien_he": {"ten": ""}}, [("thieu-gia-tri", "lien_he.ten", "")]),
        ({"tieu_de": ""}, [("thieu-gia-tri", "tieu_de", "")]),
        ({"tieu_de": "Bốn"}, [("sai-do-dai", "tieu_de", "")]),
    ],
)
def test_one_mistake_in_the_keys_gives_one_message(keys: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    faults = parse(**keys).faults
    assert [(f.code, f.values["khoa"], f.values.get("gan_nhat", "")) for f in faults] == expected


def test_json_schema_is_valid_and_takes_data_and_nothing_internal() -> None:
    described = json_schema(vocabularies())
    jsonschema.Draft202012Validator.check_schema(described)
    validator = jsonschema.Draft202012Validator(described, format_checker=jsonschema.FormatChecker())
    dumped = dump(parse_text(front_matter(FULL)).policy)
    validator.validate(dumped)
    validator.validate(dump(parse(**DRAFT).policy))
    for key in [*INTERNAL, "khoa_la"]:
        assert not validator.is_valid(dumped | {key: "x"})
    for key, value in {
        "loai": "loai-la",
        "ngay_ban_hanh": "30/5/2023",
        "tieu_de": "x",
        "nguon": "javascript:x",
        "tep": {},
    }.items():
        assert not validator.is_valid(dumped | {key: value}), key
    text = json.dumps(described)
    assert not [key for key in INTERNAL if f'"{key}"' in text]
