"""What the site is told about itself: the values of `mkdocs.yml` that the outputs need, checked once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from .kinds import is_web_address


class ConfigError(ValueError):
    """A value of the configuration cannot be used; the message says which and what to write."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The site's address (ending in /), its guid namespace, its names, and what it may claim of itself."""

    site_url: str
    namespace: UUID
    site_name: str
    department: str
    is_official: bool = False

    def absolute(self, path: str) -> str:
        """The full address of a path on the site."""
        return self.site_url + path

    @classmethod
    def from_mapping(cls, site_url: str | None, extra: Mapping[str, Any]) -> SiteConfig:
        """Build from `site_url` and `extra` of mkdocs.yml. Raises ConfigError."""
        url = (site_url or "").rstrip("/") + "/"
        if not (is_web_address(url) or url.startswith(("http://127.0.0.1", "http://localhost"))):
            raise ConfigError("mkdocs.yml: site_url phải là địa chỉ http(s) của trang, ví dụ https://ten-mien/")
        try:
            namespace = UUID(str(extra["khong_gian_ten"]))
        except (KeyError, ValueError):
            raise ConfigError("mkdocs.yml: extra.khong_gian_ten phải là một UUID và không bao giờ đổi") from None
        for key in ("ten_trang", "co_quan"):
            if not str(extra.get(key) or "").strip():
                raise ConfigError(f"mkdocs.yml: thiếu extra.{key}")
        return cls(url, namespace, str(extra["ten_trang"]), str(extra["co_quan"]), extra.get("chinh_thuc") is True)


class _Loader(yaml.SafeLoader):
    """YAML with MkDocs' `!ENV [NAME, …, default]`; other tags are the generator's own business."""


def _from_environment(loader: _Loader, node: yaml.Node) -> object:
    parts = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else [loader.construct_object(node)]
    names, default = (parts[:-1], parts[-1]) if len(parts) > 1 else (parts, None)
    return next((os.environ[str(name)] for name in names if str(name) in os.environ), default)


_Loader.add_constructor("!ENV", _from_environment)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def read(root: Path) -> SiteConfig:
    """The configuration in a project's mkdocs.yml, for commands that work without the generator. Raises ConfigError."""
    try:
        document = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - safe
        return SiteConfig.from_mapping(document.get("site_url"), document.get("extra") or {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError):
        raise ConfigError("mkdocs.yml: không đọc được") from None
