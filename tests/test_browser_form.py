"""The form's configuration says what the table of keys and the vocabularies say, and lets nobody publish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from support import templates, vocabularies

from chinhsach.kinds import Choice, Field, Flag, Many, Record
from chinhsach.outputs import browser_form
from chinhsach.outputs.browser_form import FormConfig
from chinhsach.schema import CHOICE_NAMES, FIELDS
from chinhsach.site_config import ConfigError

GITHUB = FormConfig("github", "to-chuc/tin", login="https://dang-nhap.example")


@cache
def settings(config: FormConfig = GITHUB) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(browser_form.settings_text(vocabularies(), config))
    return read


def fields(config: FormConfig = GITHUB) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in settings(config)["collections"][0]["fields"]}


def every_field(rows: tuple[Field, ...] = FIELDS) -> Iterator[Field]:
    for row in rows:
        yield row
        kind = row.kind.kind if isinstance(row.kind, Many) else row.kind
        if isinstance(kind, Record):
            yield from every_field(kind.fields)


def test_each_unit_switched_on_has_its_own_folder() -> None:
    made = {one["name"]: one["folder"] for one in settings()["collections"]}
    assert made == {unit: f"policies/{unit}" for unit in vocabularies().active_units}


def test_each_key_of_the_table_has_a_field_with_a_vietnamese_label_and_hint() -> None:
    made = fields()
    assert set(made) == {row.key for row in FIELDS} | {"body"}
    assert all(row.label for row in every_field()), [row.key for row in every_field() if not row.label]
    for row in FIELDS:
        assert made[row.key]["label"] == row.label
        assert made[row.key]["hint"]
        assert "_" not in made[row.key]["hint"], "lời nhắc gọi tên khóa mà người điền không thấy"


def test_each_word_that_a_key_chooses_from_has_a_name() -> None:
    words = {word for row in every_field() if isinstance(row.kind, Choice) for word in row.kind.words}
    flags = {"co", "khong"} if any(isinstance(row.kind, Flag) for row in every_field()) else set()
    assert words | flags <= set(CHOICE_NAMES)


def test_only_what_every_entry_needs_is_required() -> None:
    made = fields()
    assert {key for key, field in made.items() if field["required"]} == {row.key for row in FIELDS if row.required} | {
        "ma"
    }


def test_the_table_s_own_examples_fit_the_patterns_and_slips_do_not() -> None:
    made = fields()
    for row in FIELDS:
        pattern = made[row.key].get("pattern")
        if pattern and "…" not in row.example:
            assert re.search(pattern[0], row.example), row.key
    for key, slip in (
        ("ngay_ban_hanh", "hôm nay"),
        ("ngay_dang", "23/11"),
        ("ma", "Mã Tin"),
        ("ma", "ab"),
        ("nguon", "vanban.chinhphu.vn"),
        ("tieu_de", "abc"),
        ("tom_tat", "ngắn"),
    ):
        assert not re.search(made[key]["pattern"][0], slip), (key, slip)


def test_dates_stay_text() -> None:
    text = browser_form.settings_text(vocabularies(), GITHUB)
    assert "widget: datetime" not in text
    assert "widget: number" not in text
    assert "widget: boolean" not in text


def test_withheld_types_cannot_be_chosen() -> None:
    offered = {option["value"] for option in fields()["loai"]["options"]}
    assert offered == {kind.id for kind in vocabularies().types.values() if not kind.is_withheld}


@pytest.mark.parametrize("config", [FormConfig(), GITHUB, FormConfig("gitlab", "to-chuc/tin", application="ung-dung")])
def test_nothing_is_published_or_deleted_from_the_form(config: FormConfig) -> None:
    made = settings(config)
    assert made["publish_mode"] == "editorial_workflow"
    for one in made["collections"]:
        assert one["publish"] is False
        assert one["delete"] is False
        assert next(f for f in one["fields"] if f["name"] == "trang_thai")["default"] == "ban-nhap"


def test_each_forge_is_addressed_in_its_own_way() -> None:
    assert settings(FormConfig())["backend"]["proxy_url"] == "http://127.0.0.1:8081/api/v1"
    github = settings(GITHUB)["backend"]
    assert (github["name"], github["repo"], github["branch"]) == ("github", "to-chuc/tin", "main")
    gitlab = settings(FormConfig("gitlab", "nhom/tin", api="https://git.example/api/v4", application="ung-dung"))
    assert gitlab["backend"]["auth_type"] == "pkce"
    assert gitlab["backend"]["api_root"] == "https://git.example/api/v4"


@pytest.mark.parametrize(
    ("config", "allowed"),
    [
        (FormConfig(), {"http://127.0.0.1:8081"}),
        (GITHUB, {"https://api.github.com", "https://dang-nhap.example"}),
        (FormConfig("gitlab", "nhom/tin", api="https://git.example/api/v4", application="x"), {"https://git.example"}),
    ],
)
def test_the_page_s_policy_lets_it_speak_to_the_chosen_forge_only(config: FormConfig, allowed: set[str]) -> None:
    page = templates().render("quan-tri.html", browser_form.page_view(config))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page.replace("&#39;", "'"))
    assert policy is not None
    parts = dict(part.split(" ", 1) for part in policy[1].split("; "))
    assert {one for one in parts["connect-src"].split() if "//" in one} == allowed
    rest = " ".join(value for name, value in parts.items() if name != "connect-src")
    assert "//" not in rest
    assert "'unsafe-inline'" not in parts["script-src"]
    assert 'name="robots" content="noindex' in page


@pytest.mark.parametrize(
    "given",
    [
        "github",
        {"noi_giu": "khac", "kho": "a/b"},
        {"noi_giu": "github"},
        {"noi_giu": "gitlab", "kho": "a/b"},
        {"noi_giu": "github", "kho": "a/b", "dang_nhap": "javascript:x"},
        {"noi_giu": "github", "khoa_la": "x"},
    ],
)
def test_a_setting_that_cannot_be_used_is_named(given: object) -> None:
    with pytest.raises(ConfigError, match=r"extra\.quan_tri"):
        FormConfig.from_mapping(given)
