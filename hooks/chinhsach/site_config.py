"""What the site is told about itself: the values of `mkdocs.yml` that the outputs need, checked once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import yaml

from .kinds import is_web_address


class ConfigError(ValueError):
    """A value of the configuration cannot be used; the message says which and what to write."""


SHARES = ("zalo", "facebook", "thu")
"""Where a page can offer to be sent, by the words of `extra.chia_se`."""

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_PATH = re.compile(r"/[\w.~/-]*", re.ASCII)
_DESK = ("ten", "dia_chi", "dien_thoai", "thu", "gio")


class Feedback(NamedTuple):
    """Where readers' answers go: a mail address, or a path of the site's host that takes a form; both "": nowhere."""

    mail: str = ""
    endpoint: str = ""


NOWHERE = Feedback()


class Desk(NamedTuple):
    """An office that answers, as far as the department made it known; what is not known is ""."""

    name: str
    address: str
    phone: str
    mail: str
    hours: str


@dataclass(frozen=True, slots=True)
class OfficialChannel:
    """A place that the department announced as its own; `announced` says where it did."""

    name: str
    address: str
    announced: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The sign by which the department is known: a file of `docs/assets/`, its text, where it was announced."""

    file: str
    text: str
    announced: str


_CONTACT = ("Nơi nhận", "Địa chỉ", "Điện thoại", "Thư", "Giờ")


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """The site's address (ending in /), its guid namespace, its names, and what it may claim of itself.

    `contact`: labels with their values, empty until the department announces one.
    """

    site_url: str
    namespace: UUID
    site_name: str
    department: str
    is_official: bool = False
    feedback: Feedback = NOWHERE
    shares: tuple[str, ...] = SHARES
    information_desk: Desk | None = None
    """Who takes requests for information (Luật 01/2026 Điều 17 khoản 1 điểm u); None: not made known."""
    keeper_note: str = ""
    channels: tuple[OfficialChannel, ...] = ()
    mark: Mark | None = None
    contact: tuple[tuple[str, str], ...] = ()

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
        return cls(
            url,
            namespace,
            str(extra["ten_trang"]),
            str(extra["co_quan"]),
            extra.get("chinh_thuc") is True,
            _feedback(extra),
            _shares(extra.get("chia_se", SHARES)),
            _desk("dau_moi_thong_tin", extra.get("dau_moi_thong_tin")),
            str(extra.get("phu_trach_ghi_chu") or "").strip(),
            tuple(_channels(extra.get("kenh_chinh_thuc"))),
            _mark(extra.get("dau_hieu")),
            _contact(extra.get("lien_he")),
        )


def _feedback(extra: Mapping[str, Any]) -> Feedback:
    """`phan_hoi: {thu}` or `{dia_chi}`; without it the mail address of `lien_he`, where one is known."""
    given = extra.get("phan_hoi")
    if given is None:
        contact = _desk("lien_he", extra.get("lien_he"))
        return Feedback(mail=contact.mail if contact else "")
    if not isinstance(given, Mapping) or len(given) != 1 or not given.keys() <= {"thu", "dia_chi"}:
        raise ConfigError("mkdocs.yml: extra.phan_hoi là null, {thu: <hộp thư>} hoặc {dia_chi: /<đường dẫn>}")
    if "thu" in given:
        return Feedback(mail=_mail("phan_hoi.thu", given["thu"]))
    path = str(given["dia_chi"])
    if not _PATH.fullmatch(path) or path.startswith("//"):
        raise ConfigError(
            f"mkdocs.yml: extra.phan_hoi.dia_chi «{path}» phải là đường dẫn bắt đầu bằng / trên chính máy chủ này:"
            " trang không gửi gì của người đọc tới nơi khác"
        )
    return Feedback(endpoint=path)


def _shares(given: Any) -> tuple[str, ...]:
    listed = tuple(str(item) for item in given or ())
    wrong = next((item for item in listed if item not in SHARES), None)
    if wrong is not None:
        raise ConfigError(f"mkdocs.yml: extra.chia_se không có «{wrong}»; chọn trong {', '.join(SHARES)}")
    return listed


def _desk(key: str, given: Any) -> Desk | None:
    if given is None:
        return None
    if not isinstance(given, Mapping) or not given.keys() <= set(_DESK) or not str(given.get("ten") or "").strip():
        raise ConfigError(f"mkdocs.yml: extra.{key} là null hoặc gồm ten và, nếu biết, {', '.join(_DESK[1:])}")
    name, address, phone, mail, hours = (str(given.get(part) or "").strip() for part in _DESK)
    return Desk(name, address, phone, _mail(f"{key}.thu", mail) if mail else "", hours)


def _mail(key: str, given: Any) -> str:
    if not _MAIL.fullmatch(str(given)):
        raise ConfigError(f"mkdocs.yml: extra.{key} «{given}» không phải địa chỉ thư, ví dụ hop-thu@ten-mien")
    return str(given)


def _channels(given: object) -> Iterator[OfficialChannel]:
    if given is not None and not isinstance(given, list):
        raise ConfigError("mkdocs.yml: extra.kenh_chinh_thuc phải là danh sách các {ten, dia_chi, cong_bo}")
    for row in given or ():
        name, address, announced = _texts(row, "kenh_chinh_thuc", ("ten", "dia_chi", "cong_bo"))
        if not is_web_address(address):
            raise ConfigError(f"mkdocs.yml: extra.kenh_chinh_thuc: dia_chi «{address}» phải là địa chỉ http(s)")
        yield OfficialChannel(name, address, announced)


def _mark(given: object) -> Mark | None:
    return None if given is None else Mark(*_texts(given, "dau_hieu", ("tep", "mo_ta", "cong_bo")))


def _contact(given: object) -> tuple[tuple[str, str], ...]:
    desk = _desk("lien_he", given)
    return tuple((label, value) for label, value in zip(_CONTACT, desk or (), strict=False) if value)


def _texts(given: object, where: str, keys: tuple[str, ...]) -> list[str]:
    """The texts of a mapping in the order of the keys. Raises ConfigError where one is missing."""
    found = [str(given.get(key) or "").strip() if isinstance(given, Mapping) else "" for key in keys]
    if not all(found):
        raise ConfigError(f"mkdocs.yml: extra.{where} phải ghi đủ {', '.join(keys)}")
    return found


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
