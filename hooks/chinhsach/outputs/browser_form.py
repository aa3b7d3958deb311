"""The table of keys and the vocabularies in, the files of `/quan-tri/` out: Decap CMS with a form of our own making.

Widgets and options as Decap CMS 3.16 reads them (decapcms.org/docs/widgets, docs/adr/022).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml

from .. import kinds
from ..kinds import ALL, Field, Kind, is_web_address
from ..schema import CHOICE_NAMES, FIELDS
from ..site_config import ConfigError
from ..vocabulary import Unit, Vocabularies
from .site import Output
from .view import Templates

try:
    from yaml import CSafeDumper as _Dumper
except ImportError:
    from yaml import SafeDumper as _Dumper  # type: ignore[assignment]  # the two share one interface

FOLDER = "quan-tri/"
SCRIPT = "quan-tri.js"
FIRST = (
    "tieu_de", "ma", "tom_tat", "loai", "so_ky_hieu", "co_quan_ban_hanh", "ngay_ban_hanh", "ngay_hieu_luc",
    "trich_yeu", "linh_vuc", "doi_tuong", "trang_thai", "ngay_dang", "nguon", "tep",
)  # fmt: skip
"""What nearly every entry needs stands before the body, the rest after it."""
_LONG = ("tom_tat", "trich_yeu")
_DEFAULTS = {"trang_thai": "ban-nhap"}
_HINTS = {
    "ma": "mã không đổi của tin: thành tên tệp và địa chỉ trên trang; chữ thường không dấu, số, gạch nối",
    "trang_thai": "để «bản nháp» tới khi mọi điều đã điền; chọn «công khai» rồi lưu là xin đăng, chưa phải đăng",
}

_SAME = "như trên"
_NAMES = {row.key: row.label for row in FIELDS}

_DAY = r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}-\d{1,2}|ngày \d{1,2} tháng \d{1,2} năm \d{4})"
_TIME = r"([T ]\d{1,2}:\d{2})?"


@dataclass(frozen=True, slots=True)
class FormConfig:
    """Where the form sends entries: the forge, the repository there, its protected branch; or this machine, for trial.

    `api`, `login`, `application`: the forge's API, what signs people in, and this form's id there; "" for the usual.
    `port`: where the local back end (decap-server) listens in a trial.
    """

    forge: Literal["github", "gitlab", "may-nay"] = "may-nay"
    repository: str = ""
    branch: str = "main"
    api: str = ""
    login: str = ""
    application: str = ""
    port: int = 8081

    @property
    def local(self) -> str:
        """The local back end's address."""
        return f"http://127.0.0.1:{self.port}"

    @classmethod
    def from_mapping(cls, given: object) -> FormConfig:
        """Build from `extra.quan_tri` of mkdocs.yml; None stands for a trial. Raises ConfigError."""
        if given is None:
            return cls()
        if not isinstance(given, Mapping) or set(given) - set(_SETTINGS):
            raise ConfigError(f"mkdocs.yml: extra.quan_tri chỉ gồm các dòng {', '.join(_SETTINGS)}")
        values = {_SETTINGS[key]: str(value or "").strip() for key, value in given.items()}
        config = cls(**{name: value for name, value in values.items() if value})  # type: ignore[arg-type]
        if config.forge not in ("github", "gitlab", "may-nay"):
            raise ConfigError("mkdocs.yml: extra.quan_tri.noi_giu là github, gitlab hoặc may-nay")
        if config.forge != "may-nay" and "/" not in config.repository:
            raise ConfigError("mkdocs.yml: extra.quan_tri.kho phải ghi dạng <tổ chức>/<kho>")
        if config.forge == "gitlab" and not config.application:
            raise ConfigError("mkdocs.yml: extra.quan_tri.ma_ung_dung là mã ứng dụng đã khai ở GitLab (PKCE)")
        for key, address in (("may_chu", config.api), ("dang_nhap", config.login)):
            if address and not is_web_address(address):
                raise ConfigError(f"mkdocs.yml: extra.quan_tri.{key} phải là địa chỉ https://")
        return config

    def origins(self) -> list[str]:
        """The only other addresses that the form may speak to."""
        if self.forge == "may-nay":
            return [self.local]
        usual = {"github": "https://api.github.com", "gitlab": "https://gitlab.com"}[self.forge]
        return sorted({_origin(address) for address in (self.api or usual, self.login) if address})


_SETTINGS = {
    "noi_giu": "forge",
    "kho": "repository",
    "nhanh": "branch",
    "may_chu": "api",
    "dang_nhap": "login",
    "ma_ung_dung": "application",
}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def files(known: Vocabularies, config: FormConfig, templates: Templates, vendored: Path) -> Iterator[Output]:
    """Every file of `/quan-tri/`; `vendored` is the folder of the pinned scripts. None of it is in any public list."""
    yield Output(FOLDER + "index.html", templates.render("quan-tri.html", page_view(config)).encode())
    yield Output(FOLDER + "config.yml", settings_text(known, config).encode())
    yield Output(FOLDER + SCRIPT, (Path(__file__).parent / SCRIPT).read_bytes())
    for path in sorted(vendored.iterdir()):
        yield Output(FOLDER + path.name, path)


def page_view(config: FormConfig) -> dict[str, str]:
    """What the page needs: its policy, which lets no other origin in, and how values of the keys are laid out."""
    lists = [row.key for row in FIELDS if _is_list(row.kind)]
    return {
        # Decap lays styles inline, draws previews from memory, and compiles its schema checks with `new Function`.
        "csp": "; ".join(
            (
                "default-src 'self'",
                "script-src 'self' 'unsafe-eval'",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "font-src 'self' data:",
                "connect-src " + " ".join(["'self'", "data:", "blob:", *config.origins()]),
                "object-src 'none'",
                "base-uri 'none'",
            )
        ),
        "danh_sach": " ".join(lists),
        "thu_tu": " ".join(row.key for row in FIELDS),
    }


def _is_list(kind: Kind) -> bool:
    return isinstance(kind, kinds.Many | kinds.Issuers) or (isinstance(kind, kinds.FromVocabulary) and kind.several)


def settings_text(known: Vocabularies, config: FormConfig) -> str:
    """`config.yml` as Decap reads it."""
    head = "# Máy làm ra từ bảng khóa và danh mục; sửa ở hooks/chinhsach/outputs/browser_form.py.\n"
    return head + yaml.dump(settings(known, config), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)


class _Plain(_Dumper):
    """Writes every value out: readers of YAML count how often an alias stands for one."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def settings(known: Vocabularies, config: FormConfig) -> dict[str, Any]:
    """The whole configuration: nobody publishes here (`publish: false`), entries become requests for review."""
    return {
        "backend": _backend(config),
        "publish_mode": "editorial_workflow",
        "locale": "vi",
        "show_preview_links": False,
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "media_folder": "policies",
        "collections": [_collection(unit, known) for unit in known.enabled_units()],
    }


def _backend(config: FormConfig) -> dict[str, Any]:
    if config.forge == "may-nay":
        made = {"name": "proxy", "proxy_url": config.local + "/api/v1", "branch": config.branch}
    else:
        made = {"name": config.forge, "repo": config.repository, "branch": config.branch}
    if config.forge == "gitlab":
        made |= {"auth_type": "pkce", "app_id": config.application}
    if config.api:
        made["api_root"] = config.api
    if config.login:
        made["base_url"] = config.login
    return {**made, "commit_messages": _COMMITS}


_COMMITS = {
    "create": "Thêm tin {{collection}} «{{slug}}»",
    "update": "Sửa tin {{collection}} «{{slug}}»",
    "delete": "Xóa tin {{collection}} «{{slug}}»",
    "uploadMedia": "Thêm tệp «{{path}}»",
    "deleteMedia": "Xóa tệp «{{path}}»",
}


def _collection(unit: Unit, known: Vocabularies) -> dict[str, Any]:
    by_key = {row.key: row for row in FIELDS}
    first = [by_key[key] for key in FIRST]
    rest = [row for row in FIELDS if row.key not in FIRST]
    return {
        "name": unit.id,
        "label": unit.name,
        "label_singular": f"tin của {unit.name}",
        "folder": f"policies/{unit.id}",
        "path": "{{year}}/{{slug}}",
        "slug": "{{fields.ma}}",
        "identifier_field": "ma",
        "summary": "{{tieu_de}} ({{filename}})",
        "extension": "md",
        "format": "tin",
        "create": True,
        "delete": False,
        "publish": False,
        "media_folder": "{{filename}}",
        "public_folder": "",
        "sortable_fields": ["tieu_de"],
        "editor": {"preview": False},
        "fields": [*(_field(row, known) for row in first), _BODY, *(_field(row, known) for row in rest)],
    }


_BODY: dict[str, Any] = {
    "name": "body",
    "label": "Phần bài",
    "widget": "markdown",
    "required": False,
    "modes": ["raw"],
    "hint": "lời cho người đọc; đề mục bắt đầu bằng ## và dấu cách, ví dụ: ## Điểm chính",
}


def _field(row: Field, known: Vocabularies) -> dict[str, Any]:
    """A top-level key. Only what every entry needs must be filled in: the rest is the check's to judge."""
    made = _named(row, known, required=row.required or row.key == "ma")
    need = f" ({_in_words(row.demanded)})" if row.demanded and row.demanded != _SAME else ""
    example = f". Ví dụ: {row.example}" if row.example.strip("…") and made["widget"] == "string" else ""
    made["hint"] = f"{_HINTS.get(row.key) or _in_words(row.hint)}{need}{example}"
    if row.key in _LONG:
        made["widget"] = "text"
    if row.key in _DEFAULTS:
        made["default"] = _DEFAULTS[row.key]
    return made


def _in_words(text: str) -> str:
    """A hint for people who see labels, not keys: `chua_co_ban_goc` is «Chưa có bản gốc», `tat-ca` «Tất cả»."""
    named = re.sub(r"[a-z0-9]+(?:_[a-z0-9]+)+", lambda found: _quoted(_NAMES.get(found[0])) or found[0], text)
    named = named.replace("nguon, tep, ", "«Bản gốc», «Tệp», ")
    return re.sub(r"[a-z]+(?:-[a-z]+)+", lambda found: _quoted(CHOICE_NAMES.get(found[0])) or found[0], named)


def _quoted(name: str | None) -> str:
    return f"«{name[:1].upper()}{name[1:]}»" if name else ""


def _inner(row: Field, known: Vocabularies, *, is_in_list: bool) -> dict[str, Any]:
    """A key inside another. In a lone record nothing is required: the record as a whole may be left empty."""
    made = _named(row, known, required=row.required and is_in_list)
    if row.example and made["widget"] == "string":
        made["hint"] = f"Ví dụ: {row.example}"
    return made


def _named(row: Field, known: Vocabularies, *, required: bool) -> dict[str, Any]:
    return {"name": row.key, "label": row.label, "required": required, **_widget(row.kind, known)}


def _widget(kind: Kind, known: Vocabularies) -> dict[str, Any]:
    match kind:
        case kinds.Text():
            return {"widget": "string", "pattern": [rf"^[\s\S]{{{kind.least},{kind.most}}}$", _extent(kind)]}
        case kinds.Id():
            return _text(r"^(?=.{3,80}$)[a-z0-9]+(-[a-z0-9]+)*$", "chữ thường không dấu, số và gạch nối, 3–80 ký tự")
        case kinds.Day():
            return _text(f"^{_DAY}$", "ngày, ví dụ 30/5/2023")
        case kinds.Moment():
            return _text(f"^{_DAY}{_TIME}$", "ngày, hoặc ngày giờ, ví dụ 5/6/2023 08:00")
        case kinds.Url():
            return _text(r"^https?://[^\s/.]+\.\S+$", "địa chỉ bắt đầu bằng https://")
        case kinds.Count():
            return _text(r"^[0-9.]{1,11}$", "số nguyên")
        case kinds.SitePath():
            return _text(r"^/?[A-Za-z0-9][A-Za-z0-9._/-]*$", "đường dẫn trên trang, ví dụ tin/ke-hoach-2023")
        case kinds.FileName(suffixes=("md",)):
            return _text(r"^[a-z0-9_][a-z0-9._-]*\.md$", "tên tệp chữ thường không dấu, đuôi .md")
        case kinds.FileName():
            return {"widget": "file", "choose_url": False, "allow_multiple": False}
        case kinds.Flag():
            return _select((word, CHOICE_NAMES[word]) for word in ("co", "khong"))
        case kinds.Choice():
            return _select((word, CHOICE_NAMES[word]) for word in kind.words)
        case kinds.FromVocabulary():
            return _from_vocabulary(kind, known)
        case kinds.Issuers():
            names = dict.fromkeys(name.name for body in known.issuers.values() for name in reversed(body.names))
            return _select(((name, name) for name in names), several=True)
        case kinds.Record():
            inner = [_inner(row, known, is_in_list=False) for row in kind.fields]
            return {"widget": "object", "collapsed": True, "fields": inner}
        case kinds.Many(kind=kinds.Record() as one):
            inner = [_inner(row, known, is_in_list=True) for row in one.fields]
            return {"widget": "list", "collapsed": False, "fields": inner, "label_singular": "mục"}
        case kinds.Many():
            inside = {"name": "muc", "label": "Mục", **_widget(kind.kind, known)}
            return {"widget": "list", "field": inside, "label_singular": "mục"}
        case _:
            return {"widget": "string"}


def _extent(kind: kinds.Text) -> str:
    return f"dài {kind.least}–{kind.most} ký tự" if kind.least > 1 else f"dài không quá {kind.most} ký tự"


def _text(pattern: str, said: str) -> dict[str, Any]:
    return {"widget": "string", "pattern": [pattern, said]}


def _select(options: Iterable[tuple[str, str]], *, several: bool = False) -> dict[str, Any]:
    listed = [{"label": name[:1].upper() + name[1:], "value": value} for value, name in options]
    return {"widget": "select", **({"multiple": True} if several else {}), "options": listed}


def _from_vocabulary(kind: kinds.FromVocabulary, known: Vocabularies) -> dict[str, Any]:
    rows: Mapping[str, Any] = getattr(known, kind.vocabulary)
    withheld = {row_id for row_id, row in rows.items() if getattr(row, "is_withheld", False)}
    options = [(row_id, str(row.name)) for row_id, row in rows.items() if row_id not in withheld]
    return _select([*options, *([(ALL, CHOICE_NAMES[ALL])] if kind.every else [])], several=kind.several)
