"""Sites that are really built, each once a session: the project's own, and a made-up one that shows every state."""

from __future__ import annotations

from pathlib import Path

import pytest
from du_an_mau import ADDRESS, NOW, ROOT, build, lay_out
from trang_dung import BuiltSite

OWN_ADDRESS = "https://example.org/"


@pytest.fixture(scope="session")
def trang_that(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of this repository."""
    folder = tmp_path_factory.mktemp("trang-that") / "site"
    done = build(ROOT, folder, address=OWN_ADDRESS)
    assert done.returncode == 0, done.stderr
    return BuiltSite(folder, ROOT, OWN_ADDRESS, NOW)


@pytest.fixture(scope="session")
def du_an_mau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up project."""
    return lay_out(tmp_path_factory.mktemp("du-an-mau"))


@pytest.fixture(scope="session")
def trang_mau(du_an_mau: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The made-up project's site, under a sub-path."""
    folder = tmp_path_factory.mktemp("trang-mau") / "site"
    done = build(du_an_mau, folder)
    assert done.returncode == 0, done.stderr
    return BuiltSite(folder, du_an_mau, ADDRESS, NOW)


@pytest.fixture(scope="session", params=["that", "mau"])
def trang(request: pytest.FixtureRequest) -> BuiltSite:
    """Each of the two sites in turn."""
    site: BuiltSite = request.getfixturevalue(f"trang_{request.param}")
    return site
