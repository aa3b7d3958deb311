"""The ground that the site stands on can be changed: the same site by ProperDocs, and by no generator at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from du_an_mau import ADDRESS, NOW, ROOT, environment, lay_out, run, tree

pytestmark = pytest.mark.dung_trang

ALONE = ROOT / "tests" / "khong_trinh_dung.py"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up project, with every kind of page."""
    return lay_out(tmp_path_factory.mktemp("nen-mong"))


@pytest.fixture(scope="module")
def by_mkdocs(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every file as MkDocs gives it today."""
    site = tmp_path_factory.mktemp("mkdocs") / "site"
    done = run(("mkdocs", "build", "--strict", "-d", str(site)), project, environment(NOW, ADDRESS))
    assert done.returncode == 0, done.stderr
    return tree(site)


def assert_equal(made: dict[str, bytes], today: dict[str, bytes]) -> None:
    assert sorted(made.keys() ^ today.keys()) == []
    assert [path for path in sorted(today) if made[path] != today[path]] == []
    assert len(today) > 300


def test_properdocs_builds_the_same_site_from_the_same_repository(
    project: Path, by_mkdocs: dict[str, bytes], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    done = run(("properdocs", "build", "--strict", "-d", str(site)), project, environment(NOW, ADDRESS))
    assert done.returncode == 0, done.stderr
    assert_equal(tree(site), by_mkdocs)


def test_properdocs_stops_at_an_error_with_the_same_message(project: Path, tmp_path: Path) -> None:
    broken = tmp_path / "hong"
    lay_out(broken)
    entry = broken / "policies" / "van-phong-so" / "2026" / "vi-du-thuong.md"
    entry.write_text(entry.read_text("utf-8").replace("ngay_ban_hanh: 2026-10-01", "ngay_ban_hanh: 30/2/2026"), "utf-8")
    said = []
    for generator in ("mkdocs", "properdocs"):
        done = run((generator, "build", "-d", str(tmp_path / generator)), broken, environment(NOW, ADDRESS))
        assert done.returncode == 1
        assert not (tmp_path / generator).exists()
        said.append(done.stderr[done.stderr.index("policies/") :])
    assert said[0] == said[1]
    assert "lỗi[ngay-khong-co-that]" in said[0]


def test_the_package_writes_the_same_site_without_any_generator(
    project: Path, by_mkdocs: dict[str, bytes], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    script = (
        "import runpy, sys\n"
        "for name in ('mkdocs', 'material', 'properdocs', 'zensical'): sys.modules[name] = None\n"
        f"sys.argv = ['khong_trinh_dung', {str(project)!r}, {str(site)!r}]\n"
        f"runpy.run_path({str(ALONE)!r}, run_name='__main__')\n"
    )
    env = {**os.environ, **environment(NOW, ADDRESS)}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert_equal(tree(site), by_mkdocs)


def test_a_change_of_generator_stays_cheap() -> None:
    assert len(ALONE.read_text(encoding="utf-8").splitlines()) < 60
