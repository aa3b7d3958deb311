"""An entry is only words: it runs nothing, reads nothing outside its folder, and changes its own outputs alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from du_an_mau import ADDRESS, NOW, ROOT, environment, lay_out, pdf, run, tree
from hostile_cases import CASES, OUTSIDE, SECRET
from lxml import etree

ID = "vi-du-pha-zqx"
FOLDER = "policies/phong-dkkd/2026"
TARGET = "vi-du-thuong"
ENTRY = r"""---
tieu_de: "</title><script>alert(1)</script>{{ config.extra }}{% import 'tin.html' as x %}\u0001<!--khung:noi-dung-->"
tom_tat: "Ví dụ: tin cố phá trang <img src=x onerror=alert(1)> {{ ''.__class__.__mro__ }} {% include '/etc/passwd' %} ]]>."
loai: thong-bao
so_ky_hieu: 998/TB-STC
co_quan_ban_hanh: Sở Tài chính tỉnh Lạng Sơn
ngay_ban_hanh: 2/11/2026
trich_yeu: "Ví dụ ../../../etc/passwd %2e%2e/ ${jndi:ldap://a} `id` $(id) ; rm -rf / =cmd|'/c calc'!A1"
linh_vuc: [xuc-tien-dau-tu]
doi_tuong: [nha-dau-tu]
ngay_dang: 3/11/2026
nguon: "https://example.org/%7B%7B7*7%7D%7D?a=b&c=d"
tep: [{ten: "{{ self }} ../a", tep: pha.pdf, loai: khac}]
QUAN_HE---

## Điểm chính {{ 7*7 }}

!!python/object/apply:os.system [id] {% raw %} <!--khung:dau-trang--> ${{ secrets.A }} `__import__('os')`

[^1]: {{ cycler.__init__.__globals__.os.popen('id').read() }}
"""
RELATION = f"quan_he: [{{loai: bai-bo, den: {TARGET}, pham_vi: toan-bo, ngay: 5/11/2026}}]\n"


@dataclass(frozen=True)
class Built:
    """A site, and what Python told of its building."""

    files: dict[str, bytes]
    heard: dict[str, list[str]]
    project: Path
    site: Path


def build_all(folders: list[tuple[Path, Path]], *flags: str) -> list[Built]:
    """Build projects one after another in a process that listens to itself."""
    paths = [str(path) for pair in folders for path in pair]
    path = os.pathsep.join(str(ROOT / "tests" / below) for below in ("", "site"))
    env = environment(NOW, ADDRESS, PYTHONPATH=path, TZ="UTC")
    done = run(("co_lap", *flags, *paths), ROOT, env)
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return [Built(tree(site), heard, project, site) for heard, (project, site) in zip(said, folders, strict=True)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The made-up site twice without the hostile entry (the first warms caches up), with it, and with its relation."""
    base = tmp_path_factory.mktemp("co-lap")
    made = {name: lay_out(base / name) for name in ("am", "khong", "co", "quan-he")}
    for name, more in (("co", ""), ("quan-he", RELATION)):
        (made[name] / FOLDER / ID).mkdir(parents=True)
        (made[name] / FOLDER / f"{ID}.md").write_text(ENTRY.replace("QUAN_HE", more), encoding="utf-8")
        (made[name] / FOLDER / ID / "pha.pdf").write_bytes(pdf("{{ 7*7 }}"))
    folders = [(project, base / f"site-{name}") for name, project in made.items()]
    return dict(zip(made, build_all(folders), strict=True))


def changed(one: Built, other: Built) -> set[str]:
    """The paths that only one of two sites has or that differ."""
    return {path for path in one.files.keys() | other.files.keys() if one.files.get(path) != other.files.get(path)}


OWN = (
    rf"chinh-sach/{ID}/(index\.html|tep/pha\.pdf)", rf"du-lieu/chinh-sach/{ID}\.json",
    # the lists that name it or count it, and the pages that follow on them
    r"(index|chinh-sach/(trang-\d+/)?index|van-ban/index|thay-doi/index)\.html",
    r"(don-vi|linh-vuc|loai|doi-tuong|co-quan|nam|thong-tin-cong-khai)/index\.html",
    r"(don-vi/phong-dkkd|linh-vuc/xuc-tien-dau-tu|loai/thong-bao|doi-tuong/nha-dau-tu"
    r"|co-quan/so-tai-chinh-lang-son|co-quan/so-tai-chinh|nam/2026)/(trang-\d+/)?index\.html",
    # feeds: the main ones, its unit's, its field's, its month's
    r"((don-vi/phong-dkkd|linh-vuc/xuc-tien-dau-tu)/)?(rss|atom)\.xml", r"feed\.json", r"rss-hien-thi\.xml",
    r"luu-tru/2026-11(\.atom)?\.xml", r"luu-tru/index\.html", r"rss/index\.html",
    r"nhung/(moi-nhat\.(html|json)|phong-dkkd\.html)",
    # what lists everything
    r"du-lieu/(index\.html|chinh-sach\.(json|csv)|so-cong-khai\.json|tep\.json)", r"sitemap\.xml", r"tim-kiem/.+", r"kiem-tra-tin/du-lieu/.+",
)  # fmt: skip
BY_RELATION = (rf"chinh-sach/{TARGET}/index\.html", rf"du-lieu/chinh-sach/{TARGET}\.json", r"hieu-luc/.*index\.html")


def beyond(paths: set[str], allowed: tuple[str, ...]) -> list[str]:
    return sorted(path for path in paths if not any(re.fullmatch(pattern, path) for pattern in allowed))


def neighbours(before: Built, after: Built) -> tuple[str, ...]:
    """The entries before and after in time: of their pages the link to the next one changes, and no other line."""
    paths = [path for path in beyond(changed(before, after), OWN) if path.startswith("chinh-sach/")]
    for path in paths:
        lines = [one.files[path].decode().splitlines() for one in (before, after)]
        differing = [pair for pair in zip(*lines, strict=True) if pair[0] != pair[1]]
        assert len(differing) == 1
        assert all(re.search(r' rel="(prev|next)">', line) for line in differing[0]), path
    assert len(paths) <= 2
    return tuple(re.escape(path) for path in paths)


def test_a_hostile_entry_stands_on_the_site_as_words(built: dict[str, Built]) -> None:
    page = built["co"].files[f"chinh-sach/{ID}/index.html"].decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ config.extra }}" in page
    assert not re.search(r"<script>alert|<img src=x|uid=\d|root:x:0", page)
    assert "\x01" not in page


def test_an_entry_changes_its_own_outputs_alone(built: dict[str, Built]) -> None:
    assert changed(built["am"], built["khong"]) == set(), "two builds of one project differ"
    found = changed(built["khong"], built["co"])
    assert beyond(found, (*OWN, *neighbours(built["khong"], built["co"]))) == []
    assert f"chinh-sach/{ID}/index.html" in found
    assert "don-vi/phong-dkkd/rss.xml" in found


def test_a_relation_changes_the_entry_that_it_names_and_no_other(built: dict[str, Built]) -> None:
    found = changed(built["co"], built["quan-he"])
    assert f"chinh-sach/{TARGET}/index.html" in found
    pages = {path for path in found if path.startswith(("chinh-sach/vi-du", "du-lieu/chinh-sach/"))}
    assert beyond(pages, (*OWN, *BY_RELATION)) == []


def test_in_lists_of_everything_the_others_stand_as_before(built: dict[str, Built]) -> None:
    for path, key in (("du-lieu/chinh-sach.json", "ma"), ("du-lieu/so-cong-khai.json", "ma")):
        before, after = (json.loads(built[name].files[path])["entries"] for name in ("khong", "co"))
        assert [entry for entry in after if entry[key] != ID] == before
    before, after = (json.loads(built[name].files["feed.json"])["items"] for name in ("khong", "co"))
    assert [item for item in after if ID not in item["url"]] == before
    items = [
        [etree.tostring(item) for item in etree.fromstring(built[name].files["rss.xml"]).iter("item")]
        for name in ("khong", "co")
    ]
    assert len(set(items[1]) - set(items[0])) == 1
    assert set(items[0]) <= set(items[1])
    files = [json.loads(built[name].files["du-lieu/tep.json"])["tep"] for name in ("khong", "co")]
    listed = {path for path, _ in set(files[0].items()) ^ set(files[1].items())}
    assert listed == changed(built["khong"], built["co"]) - {"du-lieu/tep.json"}


def relative(found: Built, kind: str) -> set[str]:
    """What was opened, by the path below its project, its site, or the whole machine."""
    names = set()
    for path in found.heard[kind]:
        below = path.removeprefix(os.path.realpath(found.site)).removeprefix(os.path.realpath(found.project))
        names.add(re.sub(r"\.\d+\.tmp$|[0-9a-f]{10,}", "#", below))
    return names


@pytest.mark.parametrize("name", ["co", "quan-he"])
def test_an_entry_opens_its_own_files_and_runs_nothing(built: dict[str, Built], name: str) -> None:
    before, after = built["khong"], built[name]
    assert before.heard["doc"], "nothing was heard"
    assert relative(after, "doc") - relative(before, "doc") == {f"/{FOLDER}/{ID}.md", f"/{FOLDER}/{ID}/pha.pdf"}
    assert before.heard["chay"] == after.heard["chay"] == []
    for kind in ("ma", "goi"):
        assert relative(after, kind) <= relative(before, kind) | relative(built["am"], kind)


def test_a_build_writes_into_its_site_and_its_own_cache_alone(built: dict[str, Built]) -> None:
    for one in built.values():
        inside = (os.devnull, os.path.realpath(one.site), os.path.realpath(one.project / ".cache"))
        assert [path for path in one.heard["ghi"] if not path.startswith(inside)] == []
        assert one.heard["ghi"]


def test_these_tests_would_hear_a_program_a_file_and_a_connection(tmp_path: Path) -> None:
    script = (
        "import co_lap, sys, subprocess, socket\n"
        "co_lap.heard.update({k: set() for k in ('doc', 'ghi', 'chay', 'ma', 'goi')})\n"
        "sys.addaudithook(co_lap.listen)\n"
        "subprocess.run(['true']); socket.socket().close(); open('/etc/hostname').close(); eval('1+1')\n"
        f"open({str(tmp_path / 'a')!r}, 'w').close()\n"
        "print([len(co_lap.heard[k]) > 0 for k in ('doc', 'ghi', 'chay', 'ma')])\n"
    )
    (tmp_path / "thu.py").write_text(script, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *(str(ROOT / "tests" / below) for below in ("", "site"))])
    done = run(("thu",), tmp_path, environment(NOW, ADDRESS, PYTHONPATH=path))
    assert done.stdout.strip() == "[True, True, True, True]", done.stderr


def test_no_broken_entry_opens_or_runs_anything_either(tmp_path: Path) -> None:
    folders = [(lay_out(tmp_path / "am"), tmp_path / "site-am")]
    for number, group in enumerate(dict.fromkeys(case.group for case in CASES)):
        project = tmp_path / str(number)
        shutil.copytree(ROOT / "policies" / "_danh-muc", project / "policies" / "_danh-muc")
        shutil.copytree(ROOT / "docs" / "templates", project / "docs" / "templates")
        (project / OUTSIDE).write_text(SECRET, encoding="utf-8")
        for case in (case for case in CASES if case.group == group):
            case.tree.lay(project)
        folders.append((project, tmp_path / f"site-{number}"))
    # Beside a good entry, its folder is a link that leads out.
    (tmp_path / "ngoai").mkdir()
    (tmp_path / "ngoai" / "ban-ky.pdf").write_bytes(pdf(SECRET))
    project = lay_out(tmp_path / "loi-tat")
    (project / FOLDER / "vi-du-da-go.md").with_suffix("").rename(tmp_path / "giu")
    (project / FOLDER / "vi-du-da-go").symlink_to(tmp_path / "ngoai")
    folders.append((project, tmp_path / "site-loi-tat"))

    machine = tuple({os.path.realpath(p) for p in (sys.prefix, sys.base_prefix, ROOT, "/usr/share/zoneinfo")})
    _, *built = build_all(folders, "--ca-hong")  # the first loads what all need
    for one in built:
        inside = (*machine, os.path.realpath(one.project) + os.sep, os.path.realpath(one.site))
        assert [path for path in one.heard["doc"] if not path.startswith(inside)] == []
        assert [path for path in one.heard["doc"] if path.endswith(OUTSIDE)] == []
        assert one.heard["chay"] == []
        assert not any(SECRET.encode() in content for content in one.files.values())
