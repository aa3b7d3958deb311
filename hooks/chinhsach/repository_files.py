"""Vocabularies and the table of keys in, the files of the repository that derive from them out: owners and templates.

GitHub takes a change to a file as approved when any one of the owners on the last fitting line agrees; GitLab wants one
owner of each section. So each has a file of its own (docs/adr/022).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from . import scaffold, serving
from .kinds import Choice, Field, Flag, FromVocabulary, Kind
from .schema import CHOICE_NAMES, FIELDS
from .vocabulary import Unit, Vocabularies

KEEPERS = "nguoi-giu-kho"
GITHUB_OWNERS = ".github/CODEOWNERS"
GITLAB_OWNERS = ".gitlab/CODEOWNERS"
PLACEHOLDER = "to-chuc"
_ORGANISATION = re.compile(r"^# Tổ chức: (\S+)$", re.M)
_MADE = "# Máy làm ra từ policies/_danh-muc/don-vi.yml bằng lệnh chinhsach tep-kho; không sửa tay."
_WARNING = "Chỉ gửi văn bản được công khai. Không gửi dữ liệu cá nhân, tài liệu mật: ai cũng đọc được."
_ASKED = (
    "tieu_de", "tom_tat", "loai", "so_ky_hieu", "co_quan_ban_hanh", "ngay_ban_hanh", "ngay_hieu_luc", "trich_yeu",
    "linh_vuc", "doi_tuong", "ngay_dang", "nguon", "lien_he",
)  # fmt: skip


def organisation(root: Path) -> str:
    """The organisation on the forge whose teams own folders, as the owners' file names it; a placeholder at first."""
    try:
        found = _ORGANISATION.search((root / GITHUB_OWNERS).read_text("utf-8"))
    except OSError:
        return PLACEHOLDER
    return found.group(1) if found else PLACEHOLDER


def is_organisation(name: str) -> bool:
    """Whether a forge can have an organisation, or a path of groups, of this name."""
    return bool(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*", name))


def request_template(root: Path) -> str:
    """GitHub's template for requests, which people write; GitLab's is a copy."""
    return _text(root / ".github/pull_request_template.md") or ""


def server_configuration(root: Path) -> str:
    """The server's configuration as it stands; empty where the repository has none."""
    return _text(root / serving.NGINX_FILE) or ""


def files(known: Vocabularies, teams: str, request: str, nginx: str = "") -> dict[str, str]:
    """Each derived file's path from the root and its text.

    `teams`: the organisation on the forge; `request`: the text of GitHub's template for requests, which people write;
    `nginx`: that of the server's configuration, of which two parts are derived.
    """
    units = [unit for unit in known.enabled_units() if not unit.is_office]
    watching = office(known)
    return {
        GITHUB_OWNERS: github_owners(units, watching, teams),
        GITLAB_OWNERS: gitlab_owners(units, watching, teams),
        ".github/ISSUE_TEMPLATE/gui-tin.yml": issue_form(known),
        ".github/ISSUE_TEMPLATE/config.yml": "blank_issues_enabled: true\n",
        ".gitlab/issue_templates/gui-tin.md": issue_text(),
        ".gitlab/merge_request_templates/Default.md": request,
        "policies/_mau/tin-moi.md": scaffold.blank_entry(),
        "trien-khai/_headers": serving.headers_file(),
        **({serving.NGINX_FILE: serving.nginx(nginx)} if nginx else {}),
    }


def office(known: Vocabularies) -> str:
    """The unit that looks after the site; the keepers of the repository where don-vi.yml names none."""
    return next((unit.id for unit in known.enabled_units() if unit.is_office), KEEPERS)


def stale(root: Path, wanted: Mapping[str, str]) -> list[str]:
    """The paths whose text on disk is not the wanted one."""
    return [path for path, text in wanted.items() if _text(root / path) != text]


def write(root: Path, wanted: Mapping[str, str]) -> list[str]:
    """Write what is stale; the result is its paths."""
    changed = stale(root, wanted)
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(wanted[path], encoding="utf-8")
    return changed


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except OSError:
        return None


def _head(teams: str) -> Iterator[str]:
    yield _MADE
    yield f"# Tổ chức: {teams}"
    if teams == PLACEHOLDER:
        yield "# PHẢI SỬA TRƯỚC KHI DÙNG: «to-chuc» là tên giữ chỗ. Chạy: chinhsach tep-kho --to-chuc <tên tổ chức>"
    yield "# Chỉ có tác dụng khi nhánh chính được bảo vệ: docs/huong-dan/xet-duyet/index.md nói bật những gì."


def github_owners(units: list[Unit], office: str, teams: str) -> str:
    """`CODEOWNERS` for GitHub: one owner a line, because any one of several would do.

    A unit's folder is owned by the office; that the unit agrees too is a rule of the protected branch.
    """
    lines = [
        *_head(teams),
        "# Dòng SAU thắng dòng trước. Mỗi dòng MỘT nhóm: hai nhóm trên một dòng thì một nhóm đồng ý là đủ.",
        "# Thư mục đơn vị do Văn phòng Sở duyệt ở đây; chữ đồng ý của chính đơn vị do quy tắc nhánh đòi.",
        "",
        *_shared(units, office, teams),
    ]
    return "\n".join(lines) + "\n"


def gitlab_owners(units: list[Unit], office: str, teams: str) -> str:
    """`CODEOWNERS` for GitLab: a section for each side, and each fitting section must agree."""
    lines = [
        *_head(teams),
        "# Mỗi mục [ ] là một chữ đồng ý riêng; tệp nằm trong mấy mục thì cần đủ chừng ấy (GitLab Premium).",
        "# Trong một mục, dòng SAU thắng dòng trước.",
        "",
        "[Văn phòng Sở hoặc người giữ kho]",
        *_shared(units, office, teams),
    ]
    for unit in units:
        lines += ["", f"[{unit.name}]", f"/policies/{unit.id}/ @{teams}/{unit.id}"]
    return "\n".join(lines) + "\n"


def _shared(units: list[Unit], office: str, teams: str) -> Iterator[str]:
    """Who watches over what: everything is the keepers', entries are the office's."""
    yield f"* @{teams}/{KEEPERS}"
    own = () if office == KEEPERS else (office,)
    for folder in (*(unit.id for unit in units), *own, "_cho-phan-loai"):
        yield f"/policies/{folder}/ @{teams}/{office}"


def issue_form(known: Vocabularies) -> str:
    """GitHub's issue form for one who sends news without git: a question for each key that nearly every entry needs."""
    units = ", ".join(_scalar(unit.name) for unit in known.enabled_units())
    lines = [
        "# Máy làm ra từ bảng khóa và danh mục bằng lệnh chinhsach tep-kho; không sửa tay.",
        "name: Gửi tin",
        "description: Gửi một tin để Văn phòng Sở đăng, khi không dùng được biểu mẫu hay tệp Word",
        'title: "Tin: "',
        "labels: [gui-tin]",
        "body:",
        "  - type: markdown",
        "    attributes:",
        f"      value: {_scalar(_WARNING)}",
        "  - type: dropdown",
        "    id: don_vi",
        "    attributes:",
        "      label: Đơn vị gửi",
        f"      options: [{units}]",
        "    validations:",
        "      required: true",
    ]
    for row in _asked():
        lines += _question(row, known)
    lines += [
        "  - type: textarea",
        "    id: bai",
        "    attributes:",
        "      label: Phần bài và tệp",
        "      description: Lời cho người đọc; kéo tệp của văn bản vào ô này.",
    ]
    return "\n".join(lines) + "\n"


def _asked() -> list[Field]:
    return [row for row in FIELDS if row.key in _ASKED]


def _question(row: Field, known: Vocabularies) -> Iterator[str]:
    options = list(_options(row.kind, known))
    yield f"  - type: {'dropdown' if options else 'input'}"
    yield f"    id: {row.key}"
    yield "    attributes:"
    yield f"      label: {_scalar(row.label)}"
    yield f"      description: {_scalar(_said(row))}"
    if options:
        if isinstance(row.kind, FromVocabulary) and row.kind.several:
            yield "      multiple: true"
        yield "      options:"
        yield from (f"        - {_scalar(option)}" for option in options)
    elif row.example:
        yield f"      placeholder: {_scalar(row.example)}"
    yield "    validations:"
    yield f"      required: {'true' if row.required else 'false'}"


def _options(kind: Kind, known: Vocabularies) -> Iterator[str]:
    if isinstance(kind, FromVocabulary):
        rows = getattr(known, kind.vocabulary)
        yield from dict.fromkeys(row.name for row in rows.values() if not getattr(row, "is_withheld", False))
    elif isinstance(kind, Choice):
        yield from (CHOICE_NAMES[word] for word in kind.words)
    elif isinstance(kind, Flag):
        yield from (CHOICE_NAMES["co"], CHOICE_NAMES["khong"])


def issue_text() -> str:
    """The same questions where the forge has no forms: a line for each key, to be filled in after the colon."""
    lines = [
        "<!-- Máy làm ra từ bảng khóa bằng lệnh chinhsach tep-kho; không sửa tay. -->",
        _WARNING,
        "",
        "- **Đơn vị gửi**: ",
    ]
    lines += [f"- **{row.label}** ({_said(row)}{_needed(row)}): " for row in _asked()]
    return "\n".join([*lines, "", "## Phần bài", "", "Lời cho người đọc; kéo tệp của văn bản vào đây.", ""])


def _said(row: Field) -> str:
    return row.hint + (f" ({row.demanded})" if row.demanded else "")


def _needed(row: Field) -> str:
    return ", bắt buộc" if row.required else ""


def _scalar(text: str) -> str:
    """A text as YAML takes it in one line."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
