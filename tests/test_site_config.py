"""What mkdocs.yml says of the site: checked once, refused in words."""

from __future__ import annotations

from typing import Any

import pytest

from chinhsach.site_config import ConfigError, SiteConfig

EXTRA = {"khong_gian_ten": "1560ab21-67f1-410e-8230-1bfcf1eaac72", "ten_trang": "Trang ví dụ", "co_quan": "Sở ví dụ"}


@pytest.mark.parametrize(
    ("site_url", "absolute"),
    [
        ("https://example.org", "https://example.org/rss.xml"),
        ("https://example.org/", "https://example.org/rss.xml"),
        ("https://example.org/tin/chinh-sach//", "https://example.org/tin/chinh-sach/rss.xml"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/rss.xml"),
        ("http://localhost:8000", "http://localhost:8000/rss.xml"),
    ],
)
def test_addresses_are_made_from_the_site_s_own(site_url: str, absolute: str) -> None:
    assert SiteConfig.from_mapping(site_url, EXTRA).absolute("rss.xml") == absolute


@pytest.mark.parametrize(
    "site_url", [None, "", "/", "example.org", "ftp://example.org/", "javascript:alert(1)", "https://a b/"]
)
def test_a_site_without_an_address_is_refused(site_url: str | None) -> None:
    with pytest.raises(ConfigError, match="site_url"):
        SiteConfig.from_mapping(site_url, EXTRA)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"khong_gian_ten": None}, "khong_gian_ten"),
        ({"khong_gian_ten": "không phải"}, "khong_gian_ten"),
        ({"ten_trang": ""}, "ten_trang"),
        ({"ten_trang": None}, "ten_trang"),
        ({"co_quan": "  "}, "co_quan"),
    ],
)
def test_a_value_that_is_missing_or_wrong_is_named(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ConfigError, match=rf"^mkdocs\.yml: .*{said}"):
        SiteConfig.from_mapping("https://example.org/", EXTRA | changed)
    with pytest.raises(ConfigError, match=said):
        SiteConfig.from_mapping("https://example.org/", {k: v for k, v in EXTRA.items() if k != said})


def test_a_site_is_on_trial_until_it_is_said_to_be_official() -> None:
    assert not SiteConfig.from_mapping("https://example.org/", EXTRA).is_official
    assert not SiteConfig.from_mapping("https://example.org/", EXTRA | {"chinh_thuc": False}).is_official
    assert SiteConfig.from_mapping("https://example.org/", EXTRA | {"chinh_thuc": True}).is_official
