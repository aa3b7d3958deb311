"""The project's vocabularies load and hold together; a damaged file is a problem at its line, never a traceback."""

from __future__ import annotations

import dataclasses
import re
import shutil
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import UnionType
from typing import get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import DATA, NOW, ROOT, vocabularies

from chinhsach import vocabulary
from chinhsach.check import check
from chinhsach.vocabulary import DatedName, Unit, Vocabularies, VocabularyFault, name_key

ISSUER_NAMES = (DATA / "co-quan-ten.txt").read_text(encoding="utf-8").splitlines()
FILES = {
    "don-vi.yml": "don_vi",
    "linh-vuc.yml": "linh_vuc",
    "loai-van-ban.yml": "loai",
    "trang-thai-hieu-luc.yml": "trang_thai",
    "quan-he-van-ban.yml": "quan_he",
    "co-quan.yml": "co_quan",
    "doi-tuong.yml": "doi_tuong",
    "kenh.yml": "kenh",
    "muc-dieu-17.yml": "muc",
    "quy-trinh.yml": "buoc",
    "quy-tac-thoi-han.yml": "quy_tac",
    "van-ban-can-cu.yml": "van_ban",
}


def test_the_units_of_the_contract_stay_switched_on() -> None:
    assert set(vocabularies().active_units) >= {
        "van-phong-so", "phong-dkkd", "phong-qldt-ngoai-ns", "so-khdt", "so-tai-chinh",
    }  # fmt: skip


def test_every_vocabulary_has_rows_and_the_words_that_the_code_relies_on() -> None:
    known = vocabularies()
    for field in dataclasses.fields(Vocabularies):
        assert getattr(known, field.name) or field.name == "release_keys", field.name  # whose key it is, each decides
    assert {"luat", "bo-luat", "thong-tu", "cong-van"} <= set(known.types)
    assert "ban-hanh-tu-du-thao" in known.relations
    assert {"chua-xac-dinh", "khong-ap-dung", "con-hieu-luc", "het-hieu-luc-toan-bo"} <= set(known.states)
    assert list(known.approval_steps) == ["kiem-tra-mat", "bien-tap", "phe-duyet"]
    assert not any(step.required for step in known.approval_steps.values())


@pytest.mark.parametrize("name", ISSUER_NAMES)
def test_every_issuer_of_the_register_is_known_in_any_spelling(name: str) -> None:
    known = vocabularies()
    ids = known.find_issuers(name)
    assert ids
    assert all(issuer in known.issuers for issuer in ids)
    for spelling in (unicodedata.normalize("NFD", name), name.upper(), f"  {name} ".replace(" ", "\u00a0 ")):
        assert known.find_issuers(spelling) == ids


def test_the_register_gave_203_names() -> None:
    assert len(set(ISSUER_NAMES)) == 203


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Uỷ ban nhân dân", "Ủy ban nhân dân", True),
        ("Bộ Văn hoá", "BỘ VĂN HÓA", True),
        ("Bộ Lao động-Thương binh và Xã hội", "Bộ Lao động – Thương binh  và Xã hội", True),
        ("Bộ Tài chính", "Bộ Tài chinh", False),
        ("Sở Tư pháp", "Sở Tu pháp", False),
    ],
)
def test_spellings_of_a_name_are_one_and_other_words_are_not(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


def unit(unit_id: str, *names: DatedName, **changed: object) -> Unit:
    given = {
        "level": "phong", "parent": None, "successor": None, "since": None, "until": None,
        "enabled": True, "suffix": "", "suffix_is_confirmed": False,
    }  # fmt: skip
    return Unit(unit_id, names or (DatedName(unit_id),), **(given | changed))  # type: ignore[arg-type]


def known_units(*units: Unit) -> Vocabularies:
    by_id = {u.id: u for u in units}
    return Vocabularies(units=by_id, active_units=by_id)


def test_a_name_holds_from_its_first_to_its_last_day() -> None:
    renamed = unit(
        "phong-a",
        DatedName("Phòng Ví dụ cũ", None, date(2020, 6, 30)),
        DatedName("Phòng Ví dụ mới", date(2020, 7, 1), None),
    )
    assert renamed.name_on(date(2020, 6, 30)) == "Phòng Ví dụ cũ"
    assert renamed.name_on(date(2020, 7, 1)) == "Phòng Ví dụ mới"
    assert renamed.name == "Phòng Ví dụ mới"
    late = unit("phong-b", DatedName("Phòng B", date(2020, 7, 1), date(2021, 1, 1)))
    assert late.name_on(date(2019, 1, 1)) == "Phòng B"


def test_a_reorganised_unit_is_now_its_living_successor() -> None:
    known = known_units(
        unit("phong-a", until=date(2020, 6, 30), successor="phong-b"),
        unit("phong-b", until=date(2023, 6, 30), successor="phong-c"),
        unit("phong-c", DatedName("Phòng C")),
    )
    first = known.units["phong-a"]
    assert known.unit_note_on(first, date(2020, 6, 30)) == ""
    assert known.unit_note_on(first, date(2020, 7, 1)) == "nay là Phòng C"
    assert known.successors("phong-a") == ("phong-b", "phong-c")
    assert known.last_successor(first).id == "phong-c"
    assert known.unit_note_on(known.units["phong-c"], date(2030, 1, 1)) == ""


def test_a_circle_of_successors_comes_to_an_end() -> None:
    known = known_units(unit("phong-a", successor="phong-b"), unit("phong-b", successor="phong-a"))
    assert known.successors("phong-a") == ("phong-b",)
    assert known.last_successor(known.units["phong-a"]).id == "phong-b"


def test_a_unit_of_a_merged_department_is_not_given_a_successor_that_nobody_confirmed() -> None:
    known = vocabularies()
    said = "nay thuộc Sở Tài chính tỉnh Lạng Sơn, chưa xác nhận phòng kế tiếp"
    for unit_id in ("van-phong-so", "phong-dkkd", "phong-qldt-ngoai-ns"):
        found = known.units[unit_id]
        assert known.unit_note_on(found, date(2025, 2, 28)) == ""
        assert known.unit_note_on(found, date(2025, 3, 1)) == said
        assert known.successors(unit_id) == (), "đã có văn bản nói phòng kế tiếp thì bỏ đơn vị khỏi danh sách trên"
    assert known.unit_note_on(known.units["so-khdt"], date(2025, 3, 1)) == "nay là Sở Tài chính tỉnh Lạng Sơn"
    assert known.unit_note_on(known.units["so-tai-chinh"], date(2030, 1, 1)) == ""


SMALL_ISSUERS = """co_quan:
- id: co-quan-a
  ten:
  - ten: Cơ quan ví dụ A
    tu: null
    den: '2025-02-28'
  ten_khac:
  - Cơ quan A
  ky_hieu: []
- id: co-quan-b
  ten: Cơ quan ví dụ B
ten_lien_tich:
- ten: Cơ quan ví dụ A và B
  co_quan:
  - co-quan-a
  - co-quan-b
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the vocabularies that a test may damage, with a short list of issuers, for the whole one takes long to read."""
    shutil.copytree(ROOT / vocabulary.FOLDER, tmp_path / vocabulary.FOLDER)
    (tmp_path / vocabulary.FOLDER / "co-quan.yml").write_text(SMALL_ISSUERS, encoding="utf-8")
    return tmp_path / vocabulary.FOLDER


def damage(folder: Path, name: str, change: Callable[[str], str]) -> None:
    path = folder / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def refusal(folder: Path) -> VocabularyFault:
    with pytest.raises(VocabularyFault) as caught:
        vocabulary.load(folder.parents[1])
    fault = caught.value.fault
    assert fault.code == "danh-muc-hong"
    path = folder.parents[1] / caught.value.path
    assert path.parent == folder
    if path.is_file():
        assert 1 <= fault.line <= path.read_bytes().count(b"\n") + 1
    return caught.value


@pytest.mark.parametrize("name", FILES)
def test_a_vocabulary_file_that_cannot_be_used_is_named(name: str, folder: Path) -> None:
    key = FILES[name]
    good = (folder / name).read_bytes()
    for bad, reason in (
        (None, "không có tệp này"),
        (b"", "tệp phải gồm các khóa và giá trị"),
        (b"- mot\n", "tệp phải gồm các khóa và giá trị"),
        (b"\xff\xfe\x00", "tệp không ở bảng mã UTF-8"),
        (good + b"\n\t- [\n", "không đọc được"),
        (b"khac: []\n", f"thiếu danh sách «{key}»"),
        (f"{key}: co\n".encode(), f"thiếu danh sách «{key}»"),
        (f"{key}:\n- id: Sai_Dang\n".encode(), "mã «Sai_Dang» không đúng dạng [a-z0-9-]"),
        (f"{key}:\n- mot\n".encode(), "mã «None» không đúng dạng [a-z0-9-]"),
        (f"{key}:\n- id: [a]\n".encode(), "mã «['a']» không đúng dạng [a-z0-9-]"),
    ):
        if bad is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(bad)
        found = refusal(folder)
        assert (found.path, found.fault.values["ly_do"]) == (f"{vocabulary.FOLDER}/{name}", reason)


@pytest.mark.parametrize(
    ("name", "change", "line", "reason"),
    [
        ("doi-tuong.yml", lambda t: t + "- id: doanh-nghiep\n  ten: Ví dụ\n", "last", "mã «doanh-nghiep» ghi hai lần"),
        ("don-vi.yml", lambda t: t.replace("thuoc: so-khdt", "thuoc: so-la", 1), "- id: van-phong-so", "«van-phong-so» trỏ tới mã «so-la» không có"),
        ("don-vi.yml", lambda t: t.replace("ke_thua: so-tai-chinh", "ke_thua: so-la", 1), "- id: so-khdt", "«so-khdt» trỏ tới mã «so-la» không có"),
        ("linh-vuc.yml", lambda t: t.replace("- phong-dkkd", "- phong-la", 1), "- id: dang-ky-kinh-doanh", "«dang-ky-kinh-doanh» trỏ tới mã «phong-la» không có"),
        ("don-vi.yml", lambda t: t.replace("den: '2025-02-28'", "den: '2025-02-30'", 1), "- id: so-khdt", "2025-02-30"),
        ("loai-van-ban.yml", lambda t: t.replace("  ten: ", "  tenn: ", 1), "- id: nghi-quyet-cb", "thiếu khóa «ten»"),
        ("loai-van-ban.yml", lambda t: re.sub("  ten: .*", "  ten: [a, b]", t, count=1), "- id: nghi-quyet-cb", "«ten» phải là chữ"),
        ("don-vi.yml", lambda t: re.sub("  ten:\n(  - .*\n(    .*\n)*)", "  ten: []\n", t, count=1), "- id: so-khdt", "«ten» phải là chữ"),
        ("quy-trinh.yml", lambda t: t.replace("bat_buoc: []", "bat_buoc:\n- buoc: la\n  tu: '2027-01-01'\n"), "", "«bat_buoc» trỏ tới mã «la» không có"),
        ("quy-trinh.yml", lambda t: t.replace("bat_buoc: []", "bat_buoc:\n- buoc: bien-tap\n  tu: mai\n"), "", "mai"),
        ("co-quan.yml", lambda t: t.replace("- Cơ quan A", "- Cơ quan ví dụ B"), "- id: co-quan-b", "tên «Cơ quan ví dụ B» chỉ tới hai cơ quan khác nhau"),
        ("co-quan.yml", lambda t: t.replace("  - co-quan-b", "  - co-quan-c"), "", "trỏ tới mã «co-quan-c» không có"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_vocabulary_is_told_at_its_row(
    name: str, change: Callable[[str], str], line: str, reason: str, folder: Path
) -> None:
    damage(folder, name, change)
    found = refusal(folder)
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    assert found.path.endswith(f"/{name}")
    assert reason in str(found.fault.values["ly_do"])
    if line == "last":
        assert lines[found.fault.line - 1] == "- id: doanh-nghiep"
        assert found.fault.line == len(lines) - 1
    elif line:
        assert lines[found.fault.line - 1] == line


def test_the_check_says_a_damaged_vocabulary_and_stops(folder: Path) -> None:
    (folder / "kenh.yml").write_text("kenh:\n- id: a\n- id: a\n", encoding="utf-8")
    report = check(folder.parents[1], NOW)
    assert report.catalogue is None
    assert report.has_errors
    (problem,) = report.problems
    assert problem.as_text().startswith("policies/_danh-muc/kenh.yml:3: lỗi[danh-muc-hong]: ")


def wrongly_typed(known: Vocabularies) -> list[str]:
    """Where a value is not of the type that the code trusts."""
    found = []
    if not isinstance(known.chain_rule_since, date):
        found.append(f"chain_rule_since: {known.chain_rule_since!r}")
    for vocabulary_field in dataclasses.fields(known):
        rows = getattr(known, vocabulary_field.name)
        if isinstance(rows, tuple):
            rows = {row.id: row for row in rows}
        for row_id, row in rows.items() if isinstance(rows, dict) else ():
            if isinstance(getattr(row, "names", None), tuple) and not row.names:
                found.append(f"{vocabulary_field.name}.{row_id}: no name")
            if not dataclasses.is_dataclass(row):
                continue
            for name, hint in get_type_hints(type(row)).items():
                value = getattr(row, name)
                kind = hint if isinstance(hint, UnionType) else get_origin(hint) or hint
                one = all(isinstance(item, str) for item in value) if hint == tuple[str, ...] else True
                if not isinstance(value, kind) or not one:
                    found.append(f"{vocabulary_field.name}.{row_id}.{name}: {value!r}")
    return found


def test_the_projects_vocabularies_are_of_the_types_that_the_code_trusts() -> None:
    assert wrongly_typed(vocabularies()) == []


@settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(FILES)), st.data())
def test_whatever_happens_to_a_file_is_a_fault_with_a_line_or_nothing(
    folder: Path, name: str, data: st.DataObject
) -> None:
    path = folder / name
    good = path.read_text(encoding="utf-8")
    lines = good.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    damaged = data.draw(
        st.sampled_from(
            [
                lines[:at],
                lines[:at] + lines[at + 1 :],
                [*lines[:at], lines[at].replace(":", "", 1), *lines[at + 1 :]],
                [*lines[:at], lines[at].partition(":")[0] + ":", *lines[at + 1 :]],
                [*lines[:at], lines[at].partition(":")[0] + ": [x, {y: z}]", *lines[at + 1 :]],
                [*lines[:at], lines[at].partition(":")[0] + ": x", *lines[at + 1 :]],
                [*lines[: at + 1], *lines[at:]],
            ]
        )
    )
    path.write_text("\n".join(damaged) + "\n", encoding="utf-8")
    refused = None
    try:
        assert not wrongly_typed(vocabulary.load(folder.parents[1]))
    except VocabularyFault as fault:
        refused = fault
    lines_by_file = {p.name: p.read_bytes().count(b"\n") + 1 for p in folder.iterdir()}
    path.write_text(good, encoding="utf-8")
    if refused is not None:
        assert 1 <= refused.fault.line <= lines_by_file[Path(refused.path).name]
        assert refused.fault.values["ly_do"]


@pytest.mark.parametrize("name", ["kenh.yml", "van-ban-tra-cuu.csv"])
def test_a_link_is_not_followed_and_nothing_of_what_it_leads_to_is_told(name: str, bare_project: Path) -> None:
    secret = bare_project / "mat.txt"
    secret.write_text("khong-duoc-lo: x\n", encoding="utf-8")
    file = bare_project / vocabulary.FOLDER / name
    file.unlink(missing_ok=True)
    file.symlink_to(secret)
    told = "\n".join(problem.as_text() for problem in check(bare_project, NOW).problems)
    assert "đây là lối tắt" in told
    assert "khong-duoc-lo" not in told
