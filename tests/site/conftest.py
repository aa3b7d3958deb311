"""Sites that are really built, each once a session: the project's own, and a made-up one that shows every state."""

from __future__ import annotations

from pathlib import Path

import pytest
from du_an_mau import ADDRESS, NOW, ROOT, build, lay_out
from lam_mot_lan import made_once
from trang_dung import BuiltSite

OWN_ADDRESS = "https://example.org/"


@pytest.fixture(scope="session")
def trang_that(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of this repository."""

    def make(folder: Path) -> None:
        done = build(ROOT, folder, address=OWN_ADDRESS)
        assert done.returncode == 0, done.stderr

    return BuiltSite(made_once(tmp_path_factory, "trang-that", make), ROOT, OWN_ADDRESS, NOW)


@pytest.fixture(scope="session")
def du_an_mau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up project."""
    return made_once(tmp_path_factory, "du-an-mau", lay_out)


@pytest.fixture(scope="session")
def trang_mau(du_an_mau: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The made-up project's site, under a sub-path."""

    def make(folder: Path) -> None:
        done = build(du_an_mau, folder)
        assert done.returncode == 0, done.stderr

    return BuiltSite(made_once(tmp_path_factory, "trang-mau", make), du_an_mau, ADDRESS, NOW)


@pytest.fixture(scope="session", params=["that", "mau"])
def trang(request: pytest.FixtureRequest) -> BuiltSite:
    """Each of the two sites in turn."""
    site: BuiltSite = request.getfixturevalue(f"trang_{request.param}")
    return site
