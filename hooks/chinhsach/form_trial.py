"""A project's folder in, the form at `/quan-tri/` running on this machine out; nothing leaves it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from . import vendored

HOST = "127.0.0.1"
_LOCKED = Path("trien-khai/quan-tri")
_SERVER = "node_modules/decap-server/dist/index.js"
_KEPT = ".cache/quan-tri/may-chu"


class CannotTry(Exception):
    """The trial cannot be made here; the message says why and what to do."""


def run(root: Path, page_port: int, server_port: int, say: Callable[[str], object]) -> None:
    """Serve the site with the form, and the local git behind it, until it is interrupted. Raises CannotTry."""
    if _git(root, "rev-parse", "--is-inside-work-tree") != "true":
        raise CannotTry("thư mục dự án không phải một kho git; biểu mẫu lưu tin vào nhánh git")
    if _git(root, "status", "--porcelain"):
        raise CannotTry("còn thay đổi chưa lưu vào git; biểu mẫu chuyển nhánh khi lưu, nên hãy lưu (git commit) trước")
    try:
        vendored.provide(root)
        server = _install_server(root)
    except vendored.NotVendored as fault:
        raise CannotTry(str(fault)) from None
    branch = _git(root, "branch", "--show-current") or "main"
    environment = {
        **os.environ,
        "CHINHSACH_QUAN_TRI": f"thu:{server_port}:{branch}",
        "CHINHSACH_DIA_CHI": f"http://{HOST}:{page_port}/",
        "NO_MKDOCS_2_WARNING": "1",
    }
    behind = {"MODE": "git", "GIT_REPO_DIRECTORY": str(root), "BIND_HOST": HOST, "PORT": str(server_port)}
    commands = (
        (["node", str(server)], {**os.environ, **behind, "LOG_LEVEL": "error"}),
        ([sys.executable, "-m", "mkdocs", "serve", "--no-livereload", "-a", f"{HOST}:{page_port}"], environment),
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whatever ends this ends both servers
    running = [subprocess.Popen(words, cwd=root, env=env, stdin=subprocess.DEVNULL) for words, env in commands]  # noqa: S603 - ours
    say(
        f"Mở http://{HOST}:{page_port}/quan-tri/ rồi bấm «Đăng nhập». Tin đã lưu nằm ở nhánh git cms/<đơn vị>/…, "
        "chưa vào nhánh chính. Dừng: Ctrl+C."
    )
    try:
        while all(one.poll() is None for one in running):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(timeout=20)
    raise CannotTry(
        f"máy chủ dừng giữa chừng; cổng {page_port} hoặc {server_port} có thể đang có chương trình khác dùng"
    )


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - git, with words of ours alone
            ["git", *words],  # noqa: S607 - the git that the clerk calls, from PATH
            cwd=root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError:
        raise CannotTry("không tìm thấy lệnh git: hãy cài git") from None
    return done.stdout.strip()


def _install_server(root: Path) -> Path:
    """The local back end with exactly what package-lock.json names, kept out of git. Raises NotVendored."""
    lock = root / _LOCKED / "package-lock.json"
    folder = root / _KEPT
    kept = folder / "package-lock.json"
    if not ((folder / _SERVER).is_file() and kept.read_bytes() == lock.read_bytes()):
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(root / _LOCKED / name, folder / name)
        try:
            vendored.npm(folder, "ci", "--no-audit", "--no-fund", "--prefer-offline")
        except vendored.NotVendored:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return folder / _SERVER
