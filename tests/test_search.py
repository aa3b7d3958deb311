"""What the search reads: every listed entry once, in files that keep to their size, with nothing that must not show."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from support import load, vocabularies, write_entry

from chinhsach import catalogue, vocabulary
from chinhsach.dates import VN
from chinhsach.outputs import search
from chinhsach.text import slug

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2030, 1, 1, tzinfo=VN)


@pytest.fixture(scope="module")
def own() -> catalogue.Catalogue:
    """The project's own entries."""
    return catalogue.load(ROOT, vocabulary.load(ROOT), NOW)


def written(records: list[search.Record], tables: search.Tables) -> dict[str, dict[str, object]]:
    """The record files by name, read back."""
    return {name: json.loads(content) for name, content in search._shards(records, tables)}


def made(count: int, tables: search.Tables) -> list[search.Record]:
    """Records over several years, newest first, each with a summary."""
    return [
        search.Record(
            ma="", td=f"Ví dụ: tin số {n}", so=f"{n}/2026/QĐ-UBND", ty=f"Ví dụ: trích yếu của tin số {n} " + "chữ " * 40,
            tt="Ví dụ: tóm tắt " + "lời " * 40, dm="", loai=0, cq=(0,), dv=(0,), lv=(0,), dt=(0, 1),
            dang=20_000 - n, bh=19_990 - n, hieu=None, hl=0, gy=None, go=None,
        )
        for n in range(count)
    ]  # fmt: skip


def test_every_listed_entry_is_in_the_records_once(own: catalogue.Catalogue) -> None:
    files = dict(search.files(own))
    columns = json.loads(files["tim-kiem/ban-ghi.json"])["cot"]
    listed = [entry.id for entry in own.listed()]
    assert [ma or slug(so) for ma, so in zip(columns["ma"], columns["so"], strict=True)] == listed
    assert {len(column) for name, column in columns.items() if name not in ("gy", "go")} == {len(listed)}


def test_the_same_entries_give_the_same_bytes(own: catalogue.Catalogue) -> None:
    assert dict(search.files(own)) == dict(search.files(own))


def test_a_new_entry_leaves_the_records_of_older_years_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lay(year: int, field: str) -> dict[str, bytes]:
        day = f"{year}-03-05"
        write_entry(
            tmp_path,
            f"vi-du-{year}",
            so_ky_hieu=f"{year}/SKHĐT-VP",
            ngay_dang=day,
            tom_tat=f"Tin ví dụ để kiểm thử, không phải tin thật, của năm {year}.",
            ngay_ban_hanh=day,
            linh_vuc=[field],
        )
        return dict(search.files(load(tmp_path, NOW)))

    monkeypatch.setattr(search, "_FIRST_BYTES_SMALL", 300)
    fields = list(vocabularies().fields)
    for year in range(2016, 2023):
        before = lay(year, fields[year - 2016])
    after = lay(2023, fields[7])
    assert {path for path in before if before[path] == after[path]} == {
        "tim-kiem/tu-dien.json", *(f"tim-kiem/ban-ghi-{year}.json" for year in range(2016, 2021))
    }  # fmt: skip


@pytest.mark.parametrize("count", [1200, 6000])
def test_what_does_not_fit_goes_to_older_years_and_every_record_stays(count: int, own: catalogue.Catalogue) -> None:
    tables = search.Tables(own)
    records = made(count, tables)
    files = written(records, tables)
    first = files["ban-ghi.json"]
    assert set(files) == {"ban-ghi.json", *first["phan"], *([first["tom_tat"]] if first["tom_tat"] else [])}
    numbers = list(first["cot"]["so"])
    for part in first["phan"]:
        numbers += files[part]["so"]
    assert sorted(numbers) == sorted(record.so for record in records)
    shown = len(first["cot"]["so"])
    assert files[first["tom_tat"]]["tt"] == [record.tt for record in records[:shown]]
    assert all(not text for text in first["cot"]["tt"])
    budget = search._FIRST_BYTES_SMALL if count <= search._SMALL else search._FIRST_BYTES
    assert len(json.dumps(first, ensure_ascii=False, separators=(",", ":")).encode()) < 1.1 * budget
    assert first["phan"] == sorted(first["phan"], reverse=True)


def test_a_day_inside_another_day_is_not_taken_for_the_effect_date() -> None:
    assert search._word("từ 1/1/2018 đến 11/1/2018, 1/1/2018", "1/1/2018") == "từ {D} đến 11/1/2018, {D}"


def test_the_dictionary_has_what_editors_wrote(own: catalogue.Catalogue) -> None:
    dictionary = search.dictionary(own)
    forms = {row[0]: row[2:] for row in dictionary["viet_tat"]}
    assert forms["DNNVV"] == ["doanh nghiệp nhỏ và vừa"]
    assert "KT." not in forms, "signing marks are nobody's query"
    assert {row[0] for row in dictionary["linh_vuc"]} == set(own.vocabularies.fields)
    assert "là gì" in dictionary["tu_dung"]
