"""What a release is installed from: exact versions with hashes, of no index by name, and all that pyproject.toml asks."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import khoa_thu_vien
import pytest
from khoa_thu_vien import BUILDING, LOCKS, TESTED
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PYTHONS = ("3.11.4", "3.11.9", "3.12.8", "3.13.2", "3.14.0")
SYSTEMS = (("linux", "Linux", "posix"), ("win32", "Windows", "nt"), ("darwin", "Darwin", "posix"))


def locked(name: str) -> list[tuple[Requirement, list[str]]]:
    """Each locked library with its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(Requirement(line.split(" --hash")[0]), re.findall(r"--hash=(\S+)", line)) for line in lines]


def wanted(extras: tuple[str, ...]) -> list[Requirement]:
    """All that the project asks for by itself, with these extras and what builds it."""
    optional = PROJECT["project"]["optional-dependencies"]
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    queue = list(extras)
    for extra in queue:  # an extra may ask for another one: chinhsach[nhap]
        for line in optional[extra]:
            found = Requirement(line)
            if found.name == "chinhsach":
                queue += sorted(found.extras)
            else:
                asked.append(line)
    return [Requirement(line) for line in asked]


@pytest.mark.parametrize("name", LOCKS)
def test_each_library_has_one_version_and_its_hashes(name: str) -> None:
    found = locked(name)
    assert len(found) > 30
    for requirement, hashes in found:
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert requirement.url is None
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index_and_no_machine(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted|file:|/tmp|/home|/opt|/root", text)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS, ids=lambda names: names[0])
@pytest.mark.parametrize(("name", "extras"), LOCKS.items())
def test_the_lock_has_what_pyproject_asks_for(
    name: str, extras: tuple[str, ...], system: tuple[str, str, str], python: str
) -> None:
    platform, system_name, kind = system
    here = {
        "python_full_version": python, "python_version": ".".join(python.split(".")[:2]), "sys_platform": platform,
        "platform_system": system_name, "os_name": kind, "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }  # fmt: skip
    versions: dict[str, list[str]] = {}
    for requirement, _ in locked(name):
        if requirement.marker is None or requirement.marker.evaluate(here):
            pinned = str(requirement.specifier).removeprefix("==")
            versions.setdefault(canonicalize_name(requirement.name), []).append(pinned)
    assert {library: found for library, found in versions.items() if len(found) != 1} == {}
    missing = [
        str(asked)
        for asked in wanted(extras)
        if not any(
            asked.specifier.contains(v, prereleases=True) for v in versions.get(canonicalize_name(asked.name), [])
        )
    ]
    assert missing == [], "chạy: python tests/khoa_thu_vien.py khoa"


def test_what_builds_the_site_is_what_was_tested() -> None:
    building, tested = (
        {(r.name, str(r.specifier), *hashes) for r, hashes in locked(name)} for name in (BUILDING, TESTED)
    )
    assert sorted(building - tested) == []


def test_the_list_of_components_is_the_lock_and_comes_out_the_same_twice(tmp_path: Path) -> None:
    for number in (1, 2):
        khoa_thu_vien.list_components(ROOT, tmp_path / f"{number}.json")
    sbom = json.loads((tmp_path / "1.json").read_bytes())
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()
    assert sbom["bomFormat"] == "CycloneDX"
    assert sbom["metadata"]["component"]["name"] == "chinhsach"
    listed = {
        (canonicalize_name(part["name"]), part["version"]): sorted(
            f"sha256:{h['content']}" for reference in part["externalReferences"] for h in reference["hashes"]
        )
        for part in sbom["components"]
    }
    assert listed == {
        (canonicalize_name(r.name), str(r.specifier).removeprefix("==")): sorted(hashes)
        for r, hashes in locked(BUILDING)
    }
