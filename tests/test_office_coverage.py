"""Coverage: no evidence is not done, nothing written twice makes a figure better, every figure leads to its rows."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from office_support import GUIDANCE, IN_TIME, LATE, activity, covered, lay_entry, lay_plan, lay_register, period
from support import NOW, vocabularies

from chinhsach import mirror_report
from chinhsach.dates import VN
from chinhsach.ledger import Line
from chinhsach.mirror import Reading, Row, Shown
from chinhsach.office import coverage_report, portal
from chinhsach.office.model import Coverage, Document, Figure, State
from chinhsach.office.portal import PortalError

EVERYWHERE = [
    {"kenh": channel, "ngay": "9/10/2026", "bang_chung": "Ví dụ: số 1"}
    for channel in ("cong-tinh", "nhom-zalo", "hoi-nghi", "bao-chi", "thong-tin-co-so")
]


def only(found: Coverage) -> Document:
    (document,) = found.documents.values()
    return document


def done(figure: Figure) -> tuple[int, int]:
    return len(figure.done), len(figure.whole)


# --- states and deadlines


@pytest.mark.parametrize(
    ("published", "state"),
    [("7/10/2026", State.IN_TIME), (IN_TIME, State.IN_TIME), (LATE, State.LATE)],
)
def test_the_last_working_day_is_in_time_and_the_next_is_late(tmp_path: Path, published: str, state: State) -> None:
    lay_register(tmp_path, {})
    lay_entry(tmp_path, ngay_dang=published)
    document = only(covered(tmp_path))
    assert (document.deadline.day, document.state) == (date(2026, 10, 12), state)
    assert document.deadline.rule is not None
    assert document.deadline.rule.id == "noi-bo-dang-tin"


def test_the_departments_own_document_runs_from_its_day_of_issue_under_the_law(tmp_path: Path) -> None:
    lay_register(tmp_path, {"so_ky_hieu": "12/STC-VP", "co_quan_ban_hanh": "Sở Tài chính tỉnh Lạng Sơn"})
    document = only(covered(tmp_path))
    assert document.deadline.day == date(2026, 10, 8)
    assert document.deadline.rule is not None
    assert document.deadline.rule.id == "cong-khai-2026"


def test_the_earlier_of_the_registers_day_and_the_rules_day_holds(tmp_path: Path) -> None:
    lay_register(tmp_path, {"han": "8/10/2026"}, {"so_ky_hieu": "13/UBND-KGVX", "han": "31/12/2026"})
    first, second = covered(tmp_path).documents.values()
    assert (first.deadline.day, first.deadline.rule) == (date(2026, 10, 8), None)
    assert second.deadline.day == date(2026, 10, 12)
    assert not first.notes
    assert second.notes == ("sổ ghi hạn 31/12/2026, muộn hơn hạn của quy tắc; tính theo hạn của quy tắc, 12/10/2026",)


def test_without_a_rule_for_its_day_a_deadline_is_unknown_and_nothing_is_in_time(tmp_path: Path) -> None:
    lay_register(tmp_path, {"ngay_den": "2/6/2023", "ngay_ban_hanh": "30/5/2023"}, year=2023)
    lay_entry(tmp_path, ngay_ban_hanh="30/5/2023", ngay_dang="5/6/2023")
    found = covered(tmp_path)
    assert only(found).state is State.UNDATED
    assert "2/6/2023" in only(found).deadline.reason
    assert done(found.overall.has_entry) == (1, 1)
    assert found.overall.in_time.percent is None


def test_at_the_years_end_the_deadline_needs_the_next_years_days_off(tmp_path: Path) -> None:
    lay_register(tmp_path, {"ngay_den": "24/12/2026"}, {"so_ky_hieu": "13/UBND-KGVX", "ngay_den": "29/12/2026"})
    known, unknown = covered(tmp_path, now=datetime(2027, 1, 20, tzinfo=VN)).documents.values()
    assert (known.deadline.day, known.is_overdue) == (date(2026, 12, 31), True)
    assert (unknown.deadline.day, unknown.is_overdue) == (None, None)
    assert "2026" in unknown.deadline.reason


@pytest.mark.parametrize(("status", "why"), [("ban-nhap", "bản nháp"), ("da-go", "đã gỡ")])
def test_what_does_not_stand_on_the_site_is_missing_and_shown_as_near(tmp_path: Path, status: str, why: str) -> None:
    lay_register(tmp_path, {})
    removed = {"go_tin": {"ngay": "20/10/2026", "ly_do": "Ví dụ: lý do"}} if status == "da-go" else {}
    lay_entry(tmp_path, trang_thai=status, **removed)
    document = only(covered(tmp_path))
    assert (document.state, document.is_overdue) == (State.MISSING, True)
    assert [near.entry for near in document.near] == ["vi-du"]
    assert why in document.near[0].why


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"ngay_ban_hanh": "2/10/2026"}, "ngày trong tin là 2/10/2026"),
        ({"so_ky_hieu": "012/UBND-KGVX"}, "số trong tin là 012/UBND-KGVX"),
        ({"co_quan_ban_hanh": "Bộ Tài chính"}, "cơ quan ban hành khác"),
        ({"so_ky_hieu": "99/UBND-TH"}, "số trong tin là 99/UBND-TH"),
    ],
)
def test_a_near_miss_is_shown_and_never_counted(tmp_path: Path, change: dict[str, str], why: str) -> None:
    lay_register(tmp_path, {})
    lay_entry(tmp_path, **change)
    document = only(covered(tmp_path))
    assert (document.state, document.entries) == (State.MISSING, ())
    assert [(near.entry, near.why) for near in document.near] == [("vi-du", why)]


def test_an_exempt_document_is_listed_and_in_no_figure(tmp_path: Path) -> None:
    lay_register(tmp_path, {"ly_do_mien": "Ví dụ: chỉ dùng nội bộ", "noi_quyet_dinh_mien": "Giám đốc Sở"})
    found = covered(tmp_path)
    assert only(found).state is State.EXEMPT
    assert done(found.overall.has_entry) == (0, 0)
    assert found.overall.states[State.EXEMPT] == tuple(found.documents)
    assert "miễn: Ví dụ: chỉ dùng nội bộ; Giám đốc Sở quyết định" in text_of(found)


def test_a_document_is_exempt_only_where_all_its_rows_say_so(tmp_path: Path) -> None:
    lay_register(tmp_path, {}, {"ly_do_mien": "Ví dụ: lý do", "noi_quyet_dinh_mien": "Giám đốc Sở"})
    document = only(covered(tmp_path))
    assert document.state is State.MISSING
    assert any("miễn" in note for note in document.notes)


# --- evidence


def test_an_entry_without_evidence_is_on_the_departments_own_site_only(tmp_path: Path) -> None:
    lay_register(tmp_path, {})
    lay_entry(tmp_path)
    found = covered(tmp_path)
    assert {channel: done(figure) for channel, figure in found.overall.channels.items()} == {
        "trang-so": (1, 1),
        "cong-tinh": (0, 1),
        "nhom-zalo": (0, 1),
        "hoi-nghi": (0, 1),
        "bao-chi": (0, 1),
        "thong-tin-co-so": (0, 1),
    }
    assert done(found.overall.on_all_channels) == done(found.overall.guided) == (0, 1)


def test_with_evidence_on_every_planned_channel_it_is_on_all(tmp_path: Path) -> None:
    lay_register(tmp_path, {})
    lay_entry(tmp_path, truyen_thong=EVERYWHERE)
    found = covered(tmp_path)
    assert done(found.overall.on_all_channels) == (1, 1)
    assert only(found).channels["nhom-zalo"][0].place.startswith("policies/van-phong-so/2026/vi-du.md:")


@pytest.mark.parametrize("part", ["", "\n## Cần làm gì\n\n## Hỏi ai\n\nVăn phòng Sở.\n"])
def test_without_words_under_its_heading_guidance_is_not_given(tmp_path: Path, part: str) -> None:
    lay_register(tmp_path, {})
    lay_entry(tmp_path, body=part or "\nBài ví dụ.\n")
    assert done(covered(tmp_path).overall.guided) == (0, 1)


def test_guidance_is_the_part_that_says_what_to_do(tmp_path: Path) -> None:
    lay_register(tmp_path, {})
    lay_entry(tmp_path, body=GUIDANCE)
    assert done(covered(tmp_path).overall.guided) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "channel", "guides"),
    [("hoi-nghi", "hoi-nghi", True), ("tap-huan", "hoi-nghi", True), ("phat-thanh", "thong-tin-co-so", False)],
)
def test_an_activity_with_evidence_counts_for_its_channel(
    tmp_path: Path, kind: str, channel: str, guides: bool
) -> None:
    lay_register(tmp_path, {})
    lay_entry(tmp_path)
    lay_plan(tmp_path, activity("vi-du", kind))
    document = only(covered(tmp_path))
    assert [one.place for one in document.channels[channel]] == ["hoat_dong HD.1"]
    assert bool(document.guidance) is guides


@pytest.mark.parametrize("plan", [activity("vi-du", evidence=""), activity("vi-du", day="1/1/2027")])
def test_an_activity_without_evidence_or_still_to_come_counts_for_nothing(tmp_path: Path, plan: str) -> None:
    lay_register(tmp_path, {})
    lay_entry(tmp_path)
    lay_plan(tmp_path, plan)
    assert only(covered(tmp_path)).channels["hoi-nghi"] == ()


def comparison(codes: Sequence[str], *, made: str = "2026-11-20T08:00:00+07:00", shown: bool = True) -> portal.Portal:
    row = {
        "ket_qua": list(codes),
        "ma": "vi-du",
        "dong_cong": 1 if shown else None,
        "lien_ket_cong": "https://example.org/tin" if shown else None,
        "ngay_cong": "2026-10-14T00:00:00+07:00" if shown else None,
    }
    return portal.parse(json.dumps({"cong": "cong.xml", "luc": made, "dong": [row]}), "doi-chieu.json")


def test_the_portal_is_done_where_the_comparison_saw_the_entry_as_it_is(tmp_path: Path) -> None:
    lay_register(tmp_path, {})
    lay_entry(tmp_path)
    (evidence,) = only(covered(tmp_path, portal=comparison([]))).channels["cong-tinh"]
    assert (evidence.day, evidence.place) == (date(2026, 10, 14), "doi-chieu.json")


def test_the_portal_is_not_done_where_it_shows_an_old_text(tmp_path: Path) -> None:
    lay_register(tmp_path, {})
    lay_entry(tmp_path)
    assert only(covered(tmp_path, portal=comparison(["cu"]))).channels["cong-tinh"] == ()


def test_what_the_comparison_did_not_find_outweighs_older_words_and_not_newer(tmp_path: Path) -> None:
    lay_register(tmp_path, {})
    lacking = comparison(["thieu"], shown=False)
    lay_entry(tmp_path, truyen_thong=[{"kenh": "cong-tinh", "ngay": "14/10/2026", "bang_chung": "Ví dụ: số 1"}])
    contradicted = only(covered(tmp_path, portal=lacking))
    assert contradicted.channels["cong-tinh"] == ()
    assert any("đối chiếu ngày 20/11/2026 không thấy" in note for note in contradicted.notes)
    lay_entry(tmp_path, truyen_thong=[{"kenh": "cong-tinh", "ngay": "21/11/2026", "bang_chung": "Ví dụ: số 1"}])
    assert only(covered(tmp_path, portal=lacking)).channels["cong-tinh"] != ()


def test_what_the_comparison_command_writes_is_read() -> None:
    line = Line("vi-du", "", "", "", NOW, NOW, "published", "", (), "", "")
    shown = Shown(3, "Ví dụ", "https://example.org/tin", published=NOW)
    rows = (Row((), line, shown), Row(("tin-la",), None, shown), Row(("thieu",), replace(line, id="vi-du-2"), None))
    text = mirror_report.as_json(mirror_report.Result("cong.xml", "", NOW, Reading(True, (shown,)), 2, True, rows))
    read = portal.parse(text, "doi-chieu.json")
    assert read.day == NOW.date()
    assert {entry: (seen.text, seen.is_shown, seen.is_lacking) for entry, seen in read.seen.items()} == {
        "vi-du": ("https://example.org/tin", True, False),
        "vi-du-2": ("cong.xml", False, True),
    }


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"luc": "x", "cong": "", "dong": []}', '{"luc": 1, "dong": 2}'])
def test_another_file_is_no_comparison(text: str) -> None:
    with pytest.raises(PortalError, match="doi-chieu-cong"):
        portal.parse(text, "vi-du.json")


# --- corrections owed


def test_a_correction_is_owed_on_every_channel_that_carried_the_entry(tmp_path: Path) -> None:
    corrected = [{"ngay": "15/10/2026", "loai": "dinh-chinh", "noi_dung": "Ví dụ: sửa ngày"}]
    lay_register(tmp_path, {})
    lay_entry(tmp_path, truyen_thong=EVERYWHERE[:2], thay_doi=corrected)
    assert [(owed.channel, owed.kind) for owed in covered(tmp_path).owed] == [
        ("cong-tinh", "dinh-chinh"),
        ("nhom-zalo", "dinh-chinh"),
    ]
    again = {"kenh": "nhom-zalo", "ngay": "15/10/2026", "bang_chung": "Ví dụ: số 2"}
    lay_entry(tmp_path, truyen_thong=[*EVERYWHERE[:2], again], thay_doi=corrected)
    assert [owed.channel for owed in covered(tmp_path).owed] == ["cong-tinh"]
    assert "Cổng thông tin điện tử tỉnh" in text_of(covered(tmp_path)).rpartition("Còn phải đưa lại")[2]


def test_a_portal_that_was_seen_to_show_the_corrected_text_owes_nothing(tmp_path: Path) -> None:
    corrected = [{"ngay": "15/10/2026", "loai": "dinh-chinh", "noi_dung": "Ví dụ: sửa ngày"}]
    lay_register(tmp_path, {})
    lay_entry(tmp_path, thay_doi=corrected)
    assert covered(tmp_path, portal=comparison([])).owed == ()
    early = comparison([], made="2026-10-14T09:00:00+07:00")
    assert [owed.channel for owed in covered(tmp_path, portal=early).owed] == ["cong-tinh"]


def test_a_removal_is_owed_though_the_entry_counts_no_longer(tmp_path: Path) -> None:
    lay_register(tmp_path, {})
    lay_entry(
        tmp_path,
        truyen_thong=EVERYWHERE[1:2],
        trang_thai="da-go",
        go_tin={"ngay": "20/10/2026", "ly_do": "Ví dụ: lý do"},
    )
    found = covered(tmp_path)
    assert only(found).state is State.MISSING
    assert [(owed.channel, owed.kind) for owed in found.owed] == [("nhom-zalo", "go-tin")]


# --- periods


def test_a_period_holds_the_documents_that_came_in_it_as_its_cut_off_saw_them(tmp_path: Path) -> None:
    lay_register(tmp_path, {}, {"so_ky_hieu": "13/UBND-KGVX", "ngay_den": "1/11/2026"})
    lay_entry(tmp_path, ngay_dang="10/10/2026")
    october = period(date(2026, 10, 1), date(2026, 10, 31))
    assert [document.state for document in covered(tmp_path, october).documents.values()] == [State.IN_TIME]
    early = only(covered(tmp_path, period(date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 9))))
    assert early.state is State.MISSING
    assert "sau ngày chốt số liệu" in early.near[0].why


def test_a_document_written_again_in_a_later_period_counts_in_the_first_only(tmp_path: Path) -> None:
    lay_register(tmp_path, {}, {"ngay_den": "1/11/2026"})
    lay_entry(tmp_path)
    assert covered(tmp_path, period(date(2026, 11, 1), date(2026, 11, 30))).documents == {}
    assert len(covered(tmp_path, period(date(2026, 10, 1), date(2026, 10, 31))).documents) == 1


def test_evidence_after_the_cut_off_is_not_in_the_period(tmp_path: Path) -> None:
    lay_register(tmp_path, {})
    later = [{"kenh": "nhom-zalo", "ngay": "2/11/2026", "bang_chung": "Ví dụ: số 1"}]
    lay_entry(tmp_path, truyen_thong=later)
    assert only(covered(tmp_path, period(date(2026, 10, 1), date(2026, 10, 31)))).channels["nhom-zalo"] == ()
    assert only(covered(tmp_path)).channels["nhom-zalo"] != ()


# --- what is written twice


def test_an_empty_register_has_no_figures(tmp_path: Path) -> None:
    lay_register(tmp_path)
    lay_entry(tmp_path)
    found = covered(tmp_path)
    assert found.documents == {}
    assert found.overall.has_entry.percent is None
    assert "chưa có số liệu" in text_of(found)
    assert json.loads(coverage_report.as_json(result_of(found)))["toan_so"]["co_tin"]["ty_le"] is None


def test_one_entry_never_stands_for_two_documents(tmp_path: Path) -> None:
    """A joint document may be in the register under each of its bodies."""
    lay_register(
        tmp_path,
        {"so_ky_hieu": "1/2026/TTLT-BTC-BTP", "co_quan_ban_hanh": "Bộ Tài chính"},
        {"so_ky_hieu": "1/2026/TTLT-BTC-BTP", "co_quan_ban_hanh": "Bộ Tư pháp"},
    )
    lay_entry(tmp_path, so_ky_hieu="1/2026/TTLT-BTC-BTP", co_quan_ban_hanh=["Bộ Tài chính", "Bộ Tư pháp"])
    found = covered(tmp_path)
    assert done(found.overall.has_entry) == (1, 1)
    assert len(only(found).rows) == 2


def test_of_two_entries_about_one_document_the_weaker_one_counts(tmp_path: Path) -> None:
    lay_register(tmp_path, {})
    lay_entry(tmp_path, "mot", truyen_thong=EVERYWHERE)
    lay_entry(tmp_path, "hai", ngay_dang=LATE)
    found = covered(tmp_path)
    assert only(found).state is State.LATE
    assert done(found.overall.on_all_channels) == (0, 1)


def test_a_document_of_two_units_stands_under_each_and_once_in_the_whole(tmp_path: Path) -> None:
    lay_register(tmp_path, {}, {"don_vi_chu_tri": "phong-dkkd"})
    lay_entry(tmp_path)
    found = covered(tmp_path)
    assert done(found.overall.has_entry) == (1, 1)
    assert {unit: done(summary.has_entry) for unit, summary in found.by_unit.items()} == {
        "phong-dkkd": (1, 1),
        "van-phong-so": (1, 1),
    }


def test_every_figure_leads_to_rows_of_the_register(tmp_path: Path) -> None:
    lay_register(tmp_path, {}, {"so_ky_hieu": "13/UBND-KGVX"})
    lay_entry(tmp_path, body=GUIDANCE)
    found = covered(tmp_path)
    assert found.overall.has_entry.done == ("_van-phong/so-theo-doi/2026.csv:2",)
    assert found.overall.has_entry.rest == ("_van-phong/so-theo-doi/2026.csv:3",)
    assert found.overall.has_entry.percent == 50
    summaries = [found.overall, *found.by_unit.values(), *found.by_field.values()]
    for summary in summaries:
        figures = [summary.has_entry, summary.in_time, summary.on_all_channels, summary.guided]
        for figure in [*figures, *summary.channels.values()]:
            assert set(figure.done) <= set(figure.whole) <= found.documents.keys()


def result_of(found: Coverage, unit: str = "") -> coverage_report.Result:
    return coverage_report.Result(found, vocabularies(), unit)


def text_of(found: Coverage, unit: str = "") -> str:
    return coverage_report.as_text(result_of(found, unit))


@pytest.mark.parametrize(
    ("have", "of", "said"),
    [
        (0, 0, "chưa có số liệu"),
        (999, 1000, "999/1000 (99,9 %)"),
        (9999, 10000, "9999/10000 (99,9 %)"),
        (1, 1, "1/1 (100 %)"),
        (0, 3, "0/3 (0 %)"),
    ],
)
def test_a_share_is_never_rounded_up(have: int, of: int, said: str) -> None:
    ids = tuple(map(str, range(of)))
    assert coverage_report.share(Figure(ids[:have], ids)) == said


def test_a_unit_asked_for_shows_its_own_documents_only(tmp_path: Path) -> None:
    lay_register(tmp_path, {}, {"so_ky_hieu": "13/UBND-KGVX", "don_vi_chu_tri": "phong-dkkd"})
    told = text_of(covered(tmp_path), "phong-dkkd")
    assert "13/UBND-KGVX" in told
    assert "12/UBND-KGVX" not in told
    assert "Văn phòng Sở" not in told
    assert "chưa có số liệu" in text_of(covered(tmp_path), "phong-qldt-ngoai-ns")


# --- properties

_CHANNELS = ("cong-tinh", "nhom-zalo", "hoi-nghi", "bao-chi", "thong-tin-co-so")


class Plot(NamedTuple):
    """Made-up rows, entries and activities; row and entry n are about document n."""

    rows: tuple[dict[str, str], ...]
    entries: tuple[dict[str, Any], ...]
    activities: tuple[tuple[int, str], ...]


_rows = st.builds(
    lambda number, unit, came, exempt: {
        "so_ky_hieu": f"{number}/UBND-KGVX",
        "don_vi_chu_tri": unit,
        "ngay_den": came,
        **({"ly_do_mien": "Ví dụ: lý do", "noi_quyet_dinh_mien": "Giám đốc Sở"} if exempt else {}),
    },
    st.integers(1, 5),
    st.sampled_from(["van-phong-so", "phong-dkkd", "van-phong-so; phong-dkkd", ""]),
    st.sampled_from(["5/10/2026", "6/10/2026", ""]),
    st.booleans(),
)
_entries = st.builds(
    lambda number, published, channels, guides: {
        "number": number,
        "ngay_dang": published,
        "truyen_thong": [{"kenh": c, "ngay": "9/10/2026", "bang_chung": f"Ví dụ: {c}"} for c in sorted(channels)],
        "body": GUIDANCE if guides else "\nBài ví dụ.\n",
    },
    st.integers(1, 5),
    st.sampled_from(["8/10/2026", LATE, "1/1/2027"]),
    st.sets(st.sampled_from(_CHANNELS)),
    st.booleans(),
)
_plots = st.builds(
    Plot,
    st.lists(_rows, min_size=1, max_size=6).map(tuple),
    st.lists(_entries, max_size=5, unique_by=lambda entry: entry["number"]).map(tuple),
    st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["hoi-nghi", "tap-huan", "phat-thanh"])), max_size=3).map(
        tuple
    ),
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A new empty folder at each call."""
    base, count = tmp_path_factory.mktemp("do-phu"), itertools.count()
    return lambda: base / str(next(count))


def figures(plot: Plot, root: Path) -> dict[str, tuple[int, int]]:
    """Every figure of a plot as numbers."""
    lay_register(root, *plot.rows)
    ids = {entry["number"]: f"vi-du-{place}" for place, entry in enumerate(plot.entries)}
    for place, entry in enumerate(plot.entries):
        number = f"{entry['number']}/UBND-KGVX"
        keys = {key: value for key, value in entry.items() if key != "number" and value}
        lay_entry(root, f"vi-du-{place}", so_ky_hieu=number, **keys)
    held = [
        activity(ids[number], kind).partition("hoat_dong:\n")[2].replace("HD.1", f"HD.{place}")
        for place, (number, kind) in enumerate(plot.activities)
        if number in ids
    ]
    lay_plan(root, 'ten: "Ví dụ: kế hoạch"\nhoat_dong:\n' + "".join(held))
    return numbers(covered(root))


def numbers(found: Coverage) -> dict[str, tuple[int, int]]:
    whole = found.overall
    named = {"has": whole.has_entry, "time": whole.in_time, "all": whole.on_all_channels, "guided": whole.guided}
    return {name: done(figure) for name, figure in (named | dict(whole.channels)).items()}


def is_raised(before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the share grew; a share of nothing is no share, and an empty whole that fills is no better figure."""
    if not before[1]:
        return after[0] > 0
    return bool(after[1]) and after[0] * before[1] > before[0] * after[1]


def assert_never_raised(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> None:
    assert {name for name in before if is_raised(before[name], after[name])} == set()


_QUICK = settings(max_examples=25, deadline=None)


@_QUICK
@given(plot=_plots, data=st.data())
def test_evidence_that_is_removed_never_raises_a_figure(
    fresh: Callable[[], Path], plot: Plot, data: st.DataObject
) -> None:
    before = figures(plot, fresh())
    if plot.entries:
        chosen = data.draw(st.integers(0, len(plot.entries) - 1))
        poorer = dict(plot.entries[chosen])
        what = data.draw(st.sampled_from(["line", "part", "entry"]))
        if what == "line":
            poorer["truyen_thong"] = poorer["truyen_thong"][1:]
        elif what == "part":
            poorer["body"] = "\nBài ví dụ.\n"
        kept = () if what == "entry" else (poorer,)
        less = plot._replace(entries=(*plot.entries[:chosen], *kept, *plot.entries[chosen + 1 :]))
        assert_never_raised(before, figures(less, fresh()))
    if plot.activities:
        assert_never_raised(before, figures(plot._replace(activities=plot.activities[1:]), fresh()))


@_QUICK
@given(plot=_plots, data=st.data())
def test_a_row_twice_never_raises_a_figure(fresh: Callable[[], Path], plot: Plot, data: st.DataObject) -> None:
    before = figures(plot, fresh())
    again = dict(data.draw(st.sampled_from(plot.rows)))
    again |= data.draw(
        st.sampled_from([{}, {"ngay_den": "2/11/2026"}, {"don_vi_chu_tri": "phong-dkkd"}, {"han": "31/12/2026"}])
    )
    assert_never_raised(before, figures(plot._replace(rows=(*plot.rows, again)), fresh()))


@_QUICK
@given(plot=_plots, data=st.data())
def test_a_second_entry_about_the_same_document_never_raises_a_figure(
    fresh: Callable[[], Path], plot: Plot, data: st.DataObject
) -> None:
    public = [entry for entry in plot.entries if entry["ngay_dang"] != "1/1/2027"]
    assume(public)
    again = data.draw(st.sampled_from(public)) | {"ngay_dang": data.draw(st.sampled_from(["7/10/2026", LATE]))}
    before = figures(plot, fresh())
    assert_never_raised(before, figures(plot._replace(entries=(*plot.entries, again)), fresh()))


@_QUICK
@given(plot=_plots, data=st.data())
def test_a_row_moved_to_another_unit_changes_no_figure_of_the_whole(
    fresh: Callable[[], Path], plot: Plot, data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(plot.rows) - 1))
    moved = plot.rows[chosen] | {
        "don_vi_chu_tri": data.draw(st.sampled_from(["phong-dkkd", "phong-qldt-ngoai-ns", ""]))
    }
    rows = (*plot.rows[:chosen], moved, *plot.rows[chosen + 1 :])
    assert figures(plot, fresh()) == figures(plot._replace(rows=rows), fresh())


@_QUICK
@given(plot=_plots, data=st.data())
def test_the_order_of_rows_changes_no_figure(fresh: Callable[[], Path], plot: Plot, data: st.DataObject) -> None:
    shuffled = tuple(data.draw(st.permutations(plot.rows)))
    assert figures(plot, fresh()) == figures(plot._replace(rows=shuffled), fresh())
