"""README's second command: a bare Python in, the whole test suite's result out.

Makes `.venv` beside the project, installs what the tests need, finds a browser and the programs of `PROGRAMS` or
installs them, and runs pytest with the arguments given. It ends with pytest's closing line and exit code.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "chinhsach-da-cai.txt"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-core", "fonts-liberation")
PIP = ("--quiet", "--disable-pip-version-check", "--no-compile")
"""Python compiles what it imports; pip would compile everything."""
MISSING = (
    "không tìm thấy Chromium: cài gói chromium của hệ điều hành, "
    "hoặc chạy «.venv/bin/python -m playwright install chromium», hoặc đặt biến CHROMIUM=<đường dẫn>"
)


class Program(NamedTuple):
    """A program of the system that some tests need: Debian's package, its command, and the mark of those tests."""

    package: str
    command: str
    mark: str

    @property
    def missing(self) -> str:
        """What to do where it is not there."""
        return f"không tìm thấy lệnh {self.command}: cài gói {self.package} của hệ điều hành"


PROGRAMS = (
    Program("nginx", "nginx", "can_nginx"),
    Program("newsboat", "newsboat", "can_newsboat"),
    Program("sfeed", "sfeed", "can_sfeed"),
    Program("rss2email", "r2e", "can_rss2email"),
    Program("pango1.0-tools", "pango-list", "can_pango"),
    Program("npm", "npm", "can_node"),  # brings Debian's nodejs along
    Program("libreoffice-writer-nogui", "soffice", "can_libreoffice"),
    Program("libc-bin", "iconv", "can_iconv"),
    Program("rclone", "rclone", "can_rclone"),
    Program("minisign", "minisign", "can_minisign"),
)
NO_SERVICES = Path("/usr/sbin/policy-rc.d")


class CannotRun(Exception):
    """What is missing and what to do, in one sentence for the person at the keyboard."""


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command that asks nothing; what it says is kept for the case that it fails."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


MOST_WORKERS = 4
"""More would each build the same sites and open a browser of their own. One more than cores, for all wait at times."""


def say(text: str) -> None:
    """A line for people; pytest has the standard output to itself."""
    print(f"chay.py: {text}", file=sys.stderr, flush=True)


def end_of(done: subprocess.CompletedProcess[str]) -> str:
    """The last lines that a command said: where it says what went wrong."""
    return "\n".join(done.stdout.strip().splitlines()[-8:])


def can_install_packages() -> bool:
    """Whether the system's packages are ours to install: root on Debian or one of its children."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None and os.geteuid() == 0


def install_packages(*names: str) -> bool:
    """Install packages of the system; False, with what apt said, where that fails."""
    say(f"cài gói hệ điều hành: {' '.join(names)}")
    with no_services():
        for command in (("update",), ("install", "-y", "--no-install-recommends", *names)):
            done = run("apt-get", "-qq", *command, DEBIAN_FRONTEND="noninteractive")
            if done.returncode:
                say(f"apt-get {command[0]} không thành công:\n{end_of(done)}")
                return False
    return True


@contextmanager
def no_services() -> Iterator[None]:
    """Debian starts a server as soon as it is installed, unless this file says no; the tests start their own."""
    is_ours = not NO_SERVICES.exists()
    if is_ours:
        NO_SERVICES.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
        NO_SERVICES.chmod(0o755)
    try:
        yield
    finally:
        if is_ours:
            NO_SERVICES.unlink()


def find_program(command: str) -> str | None:
    """The path of a command, also where only root has its folder in PATH; None where it is not installed."""
    return shutil.which(command) or shutil.which(command, path="/usr/local/sbin:/usr/sbin:/sbin")


def provide_programs() -> None:
    """Install the programs that are missing, where that is ours to do; say which ones stay missing."""
    wanted = [program.package for program in PROGRAMS if find_program(program.command) is None]
    if wanted and can_install_packages() and not install_packages(*wanted) and len(wanted) > 1:
        for package in wanted:  # one that this system does not have must not keep out the others
            install_packages(package)
    for program in PROGRAMS:
        if find_program(program.command) is None:
            say(program.missing)


def make_environment() -> None:
    """Make `.venv` unless it stands already, and install the project with what its tests need."""
    if PYTHON.exists() and run(PYTHON, "-m", "pip", "--version").returncode:
        shutil.rmtree(VENV)  # left behind by a run that was stopped
    if not PYTHON.exists():
        # Debian and Ubuntu cut ensurepip out of their Python.
        if importlib.util.find_spec("ensurepip") is None and can_install_packages():
            install_packages("python3-venv")
            importlib.invalidate_caches()
        if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
            raise CannotRun(
                f"{sys.executable} thiếu venv hoặc ensurepip: trên Debian, Ubuntu hãy cài gói python3-venv; "
                "nơi khác hãy dùng Python của python.org"
            )
        made = run(sys.executable, "-m", "venv", "--clear", VENV)
        if made.returncode:
            raise CannotRun(f"không tạo được {VENV}:\n{end_of(made)}")
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return
    say("cài thư viện vào .venv")
    installed = run(PYTHON, "-m", "pip", "install", *PIP, "-e", ".[test]")
    if installed.returncode:
        raise CannotRun(f"pip không cài được thư viện (có mạng không?):\n{end_of(installed)}")
    STAMP.write_text(wanted, encoding="utf-8")


def starts(path: str | Path) -> bool:
    """Whether this is a browser and not, say, Ubuntu's script that asks for a snap."""
    try:
        asked = subprocess.run(
            [str(path), "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0 and "chrom" in asked.stdout.lower()


def find_browser(python: str | Path = sys.executable) -> str | None:
    """The browser for the tests: `CHROMIUM`, the system's, or the one that playwright keeps; None where there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not starts(named):
            raise CannotRun(f"biến CHROMIUM trỏ tới «{named}», không chạy được như một trình duyệt")
        return named
    for name in NAMES:
        path = shutil.which(name)
        if path and starts(path):
            return path
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    asked = run(python, "-c", ask)
    kept = asked.stdout.strip().splitlines()
    return kept[-1] if asked.returncode == 0 and kept and starts(kept[-1]) else None


def provide_browser() -> str | None:
    """Find a browser, or install one: with the system's packages as root on Debian, otherwise with playwright."""
    found = find_browser(PYTHON)
    if found is None and can_install_packages() and install_packages(*PACKAGES):
        found = find_browser(PYTHON)
    if found is None:
        say("tải Chromium bằng playwright")
        needed = ["--with-deps"] if can_install_packages() else []
        done = run(PYTHON, "-m", "playwright", "install", *needed, "chromium")
        found = find_browser(PYTHON)
        if found is None and done.returncode:
            say(f"playwright không tải được Chromium:\n{end_of(done)}")
    return found


def main(arguments: list[str]) -> int:
    """Prepare everything and run pytest. Tests whose browser or program is missing say so; with CI=true they fail."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the Python that starts this script is not ours to choose
        say(f"cần Python 3.11 trở lên, đây là {sys.version.split()[0]}")
        return 1
    try:
        make_environment()
        browser = provide_browser()
        provide_programs()
    except CannotRun as error:
        say(str(error))
        return 1
    environment = dict(os.environ)
    if browser is None:
        say(MISSING)
    else:
        environment["CHROMIUM"] = browser
    side_by_side = [
        "-n",
        str(min(MOST_WORKERS, (os.cpu_count() or 1) + 1)),
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",
    ]
    command = [str(PYTHON), "-m", "pytest", *side_by_side, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
