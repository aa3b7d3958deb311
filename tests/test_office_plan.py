"""The plan as data: the plan's own words and nothing else, every mistake at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from office_support import activity, lay_plan, office_of
from support import ROOT, load, vocabularies

from chinhsach.kinds import Field, Many, Record
from chinhsach.office import load as loading
from chinhsach.office import periods, place, plan, register
from chinhsach.office.model import ACTIVITY_CHANNELS, Plan
from chinhsach.office.periods import UnknownPeriod

ENTRY = ROOT / "policies" / "van-phong-so" / "2023" / "kh-truyen-thong-chinh-sach-2023" / "toan-van.md"
TODAY = date(2026, 12, 14)
PLACE = place.Place(ROOT / place.DEFAULT, place.DEFAULT)


@pytest.fixture(scope="module")
def shipped() -> Plan:
    return loading.load(PLACE, vocabularies()).plans[2023]


def plain(text: str) -> str:
    """Words alone, as the full text and the data may mark and break them differently."""
    return " ".join(re.sub(r"[*_#>\\]", "", text).replace("“", '"').replace("”", '"').split())


def test_the_shipped_files_have_no_problem() -> None:
    office = loading.load(PLACE, vocabularies())
    assert loading.find_problems(office, load(ROOT)) == []
    assert office.rows == ()


def test_every_word_of_the_plan_stands_in_the_plan(shipped: Plan) -> None:
    whole = plain(ENTRY.read_text(encoding="utf-8"))
    texts = [statement.text for statement in (*shipped.purposes, *shipped.requirements)]
    for task in shipped.tasks:
        texts += [task.text, task.lead.text, task.supporting.text if task.supporting else ""]
    assert [text for text in texts if plain(text) not in whole] == []
    assert len(texts) == 8 + 3 * 6


def test_the_tasks_have_the_units_that_the_plan_names(shipped: Plan) -> None:
    assert {task.id: task.lead.units for task in shipped.tasks} == {
        "II.1": ("van-phong-so", "phong-dkkd", "phong-qldt-ngoai-ns"),
        "II.2": ("van-phong-so",),
        "II.3": (),
        "II.4": ("van-phong-so",),
        "III.1": ("tat-ca",),
        "III.2": ("van-phong-so",),
    }
    assert {task.id: task.supporting.units for task in shipped.tasks if task.supporting} == {
        "II.1": ("tat-ca",),
        "II.2": ("tat-ca",),
        "II.3": ("tat-ca",),
        "II.4": ("tat-ca",),
        "III.1": (),
        "III.2": (),
    }


def test_what_the_plan_does_not_say_is_unknown(shipped: Plan) -> None:
    (indicator,) = shipped.indicators
    assert indicator.baseline is None
    assert indicator.target is not None
    assert indicator.target.value == 100
    assert (shipped.periods, shipped.recipients, shipped.activities, shipped.added_tasks) == ((), (), (), ())


def test_every_kind_of_activity_is_evidence_for_a_channel_that_is_there() -> None:
    assert set(ACTIVITY_CHANNELS.values()) <= vocabularies().channels.keys()


def test_the_schema_takes_every_plan_as_data(tmp_path: Path, shipped: Plan) -> None:
    schema = plan.json_schema(vocabularies())
    Draft202012Validator.check_schema(schema)
    lay_plan(tmp_path, activity("vi-du") + PERIODS.partition("\n")[2])
    for one in (shipped, office_of(tmp_path).plans[2026]):
        Draft202012Validator(schema).validate(plan.dump(one))
    assert plan.dump(shipped)["nhiem_vu"][2]["chu_tri"] == {
        "nguyen_van": "Phòng, đơn vị theo chức năng, nhiệm vụ được giao"
    }


def faults(root: Path, text: str) -> list[tuple[int, str]]:
    lay_plan(root, text)
    return [(fault.line, fault.code) for _, fault in office_of(root).findings]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("ten: Ví dụ\nhoat_dongg: x\n", 2, "khoa-la"),
        ("tin: vi-du\n", 1, "ke-hoach-hong"),
        ("ten: Ví dụ\nten: Ví dụ\n", 2, "khoa-lap"),
        ('ten: "Ví dụ\n', 1, "yaml-hong"),
        ("ten: &a Ví dụ\n", 1, "yaml-neo"),
        ("- ten: Ví dụ\n", 1, "ke-hoach-hong"),
        ("", 1, "ke-hoach-hong"),
        (activity("vi-du").replace("9/10/2026", "31/9/2026"), 6, "ngay-khong-co-that"),
        (activity("vi-du", "hop-dong"), 4, "ngoai-danh-muc"),
        (activity("vi-du").replace("van-phong-so", "van-phong"), 7, "ngoai-danh-muc"),
        (activity("vi-du") + "    so_nguoi: nhiều\n", 10, "so-dem-sai"),
        (activity("vi-du") + "    nhiem_vu: II.1\n", 3, "ke-hoach-hong"),
    ],
)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, text: str, line: int, code: str) -> None:
    assert faults(tmp_path, text) == [(line, code)]


def test_a_plan_of_many_activities_is_read(tmp_path: Path) -> None:
    one = activity("vi-du").partition("hoat_dong:\n")[2]
    text = 'ten: "Ví dụ"\nhoat_dong:\n' + "".join(one.replace("HD.1", f"HD.{n}") for n in range(1000))
    assert faults(tmp_path, text) == []
    assert len(office_of(tmp_path).activities) == 1000


def test_without_the_offices_folder_there_is_nothing(tmp_path: Path) -> None:
    assert (office_of(tmp_path).rows, office_of(tmp_path).plans, office_of(tmp_path).findings) == ((), {}, ())


def test_the_folder_is_the_one_that_the_variable_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "du-an"
    root.mkdir()
    assert place.find(root) == place.Place(root / "_van-phong", "_van-phong")
    monkeypatch.setenv(place.VARIABLE, "../rieng/")
    assert place.find(root).shown == "../rieng"
    assert place.find(root).folder.resolve() == tmp_path / "rieng"


PERIODS = """ten: "Ví dụ"
ky_bao_cao:
  - {ma: nam-2026, ten: "Ví dụ: năm 2026", loai: nam, tu: 15/12/2025, den: 14/12/2026, chot: 14/12/2026}
"""


def test_a_period_of_the_plan_goes_before_the_calendar(tmp_path: Path) -> None:
    lay_plan(tmp_path, PERIODS)
    held = office_of(tmp_path).periods
    assert periods.find("nam-2026", held, TODAY).since == date(2025, 12, 15)
    assert periods.find("2026", held, TODAY).since == date(2026, 1, 1)


def test_the_period_that_goes_on_is_the_plan_s_before_the_calendar_s(tmp_path: Path) -> None:
    lay_plan(tmp_path, PERIODS)
    held = office_of(tmp_path).periods
    assert periods.find("nam", held, date(2026, 12, 14)).since == date(2025, 12, 15)
    assert periods.find("nam", held, date(2026, 12, 15)).since == date(2026, 1, 1)
    assert periods.find("thang", held, date(2026, 12, 14)).since == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("wanted", "since", "until"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("quy-4-2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("15/12/2025..14/12/2026", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_a_calendar_period_ends_its_figures_on_its_last_day(wanted: str, since: date, until: date) -> None:
    found = periods.find(wanted, (), TODAY)
    assert (found.since, found.until, found.cut_off) == (since, until, until)


@pytest.mark.parametrize("wanted", ["ngay", "2026-13", "9999", "2026-q5", "31/12/2026..1/1/2026", "x..y", "nam-206"])
def test_a_period_that_nobody_knows_is_refused_in_words(wanted: str) -> None:
    with pytest.raises(UnknownPeriod, match=re.escape(wanted.partition("..")[0])):
        periods.find(wanted, (), TODAY)


def keys_of(fields: tuple[Field, ...]) -> Iterator[str]:
    """Every key of the table, those within others too."""
    for one in fields:
        yield one.key
        kind = one.kind.kind if isinstance(one.kind, Many) else one.kind
        if isinstance(kind, Record):
            yield from keys_of(kind.fields)


def test_the_folders_own_page_tells_of_every_column_key_and_kind() -> None:
    page = (PLACE.folder / "DOC-TOI.md").read_text(encoding="utf-8")
    for column in register.COLUMNS:
        assert f"| `{column.key}` | {'có' if column.required else 'không'} | {column.hint} |" in page
    assert [key for key in keys_of(plan.FIELDS) if not re.search(rf"[`{{ ]{key}[`,}}]", page)] == []
    assert [kind for kind in ACTIVITY_CHANNELS if kind not in page] == []


def test_the_example_of_the_folders_own_page_is_read(tmp_path: Path) -> None:
    page = (PLACE.folder / "DOC-TOI.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.S)
    lay_plan(tmp_path, 'ten: "Ví dụ"\n' + example)
    assert [fault.values["ly_do"] for _, fault in office_of(tmp_path).findings] == ["kế hoạch không có nhiệm vụ «II.3»"]
    assert load(ROOT).find(office_of(tmp_path).activities[0].entries[0])


def test_the_shipped_registers_are_empty_tables_with_their_headings() -> None:
    for file in PLACE.registers():
        assert file.read_text(encoding="utf-8-sig") == register.HEADER + "\n"
    assert [file.stem for file in PLACE.registers()] == ["2023", "2026"]
