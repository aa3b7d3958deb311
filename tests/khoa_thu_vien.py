"""Locks the libraries of a release with hashes, and lists them as a CycloneDX SBOM.

`python tests/khoa_thu_vien.py khoa [--moi]` rewrites `requirements/*.txt` (`--moi`: with the newest versions that
pyproject.toml allows); `… sbom <file>` writes the SBOM of what builds the site. Needs the extra `phat-hanh`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTED, BUILDING = "requirements/kiem-thu.txt", "requirements/dung-trang.txt"
LOCKS = {TESTED: ("test",), BUILDING: ()}
"""Each lock, and the extras that it holds beside what builds the site. What builds is what was tested."""
HEAD = (
    "# Máy làm ra bằng lệnh: python tests/khoa_thu_vien.py khoa. Không sửa tay; cách dùng ở requirements/README.md.\n"
)
FORM = (
    "--universal", "--python-version=3.11", "--generate-hashes", "--no-config", "--quiet",
    "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header",
)  # fmt: skip


def lock(root: Path, *, newest: bool) -> None:
    """Rewrite the locks: for every system and Python that pyproject.toml allows, with no word of an index."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    builders = "\n".join(project["build-system"]["requires"])  # a release is installed without build isolation
    for name, extras in LOCKS.items():
        wanted = [f"--extra={extra}" for extra in extras] + ["--upgrade"] * newest
        if name != TESTED:
            wanted.append(f"--constraint={TESTED}")
        command = ["uv", "pip", "compile", "pyproject.toml", "-", *FORM, *wanted, f"--output-file={name}"]
        subprocess.run(command, cwd=root, input=builders, text=True, check=True, stdout=subprocess.DEVNULL)
        target = root / name
        target.write_text(HEAD + target.read_text(encoding="utf-8").removeprefix(HEAD), encoding="utf-8")


def list_components(root: Path, target: Path) -> None:
    """Write the SBOM of what builds the site: the same lock gives the same bytes."""
    command = [
        sys.executable, "-m", "cyclonedx_py", "requirements", BUILDING,
        "--pyproject=pyproject.toml", "--mc-type=application", "--output-reproducible", "--of=JSON", "--validate",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=True)
    sbom = json.loads(done.stdout)
    target.write_text(json.dumps(sbom, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """One of the two works, as it was asked for."""
    parser = argparse.ArgumentParser(description="Khóa thư viện của bản phát hành; lập bảng kê thành phần (SBOM).")
    works = parser.add_subparsers(dest="viec", required=True)
    works.add_parser("khoa").add_argument("--moi", action="store_true", help="lấy phiên bản mới nhất được phép")
    works.add_parser("sbom").add_argument("dich", type=Path, help="tệp sẽ ghi, ví dụ sbom.cdx.json")
    called = parser.parse_args()
    if called.viec == "khoa":
        lock(ROOT, newest=called.moi)
    else:
        list_components(ROOT, called.dich)


if __name__ == "__main__":
    main()
