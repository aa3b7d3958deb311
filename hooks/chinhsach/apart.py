"""A foreign file and the name of its reader in, the sheet out: parsed in a process of its own, with little memory."""

from __future__ import annotations

import contextlib
import importlib
import os
import subprocess
import sys
from pathlib import Path

from .imported import CannotRead, Sheet, sheet_from_json

MAX_BYTES = 25_000_000
MEMORY_BYTES = 500_000_000
SECONDS = 8
_REFUSED = 3

TOO_LARGE = (
    "tệp nặng quá 25 MB nên không đọc. Hãy mở tệp, nén hình ảnh cho nhẹ (trong Word: chọn hình, thẻ «Định dạng hình», "
    "«Nén ảnh»), lưu lại rồi thử lại"
)
TOO_HEAVY = (
    "tệp đòi quá nhiều bộ nhớ hoặc thời gian khi đọc nên máy dừng lại. Hãy mở tệp bằng Word, chép phần chữ sang một "
    "tệp Word mới, lưu thành .docx rồi thử lại"
)
BROKEN = (
    "tệp hỏng hoặc không đúng loại như đuôi tên tệp nói. Hãy mở tệp bằng Word; nếu mở được thì lưu thành tệp .docx "
    "mới rồi thử lại, nếu không thì xin lại tệp từ nơi gửi"
)


def read_apart(reader: str, path: Path) -> Sheet:
    """The sheet that `reader` (`module:function`, a path in, a `Sheet` out) makes of a file.

    The reader runs in a child process with at most 500 MB of memory and 8 s, so that no file can stop this one.
    Raises CannotRead, with what the reader refused, or where it broke or met a limit.
    """
    if path.stat().st_size > MAX_BYTES:
        raise CannotRead(TOO_LARGE)
    command = [sys.executable, "-m", "chinhsach.apart", reader, str(path.absolute())]
    folder = str(Path(__file__).resolve().parents[1])
    search = os.pathsep.join([folder, *filter(None, [os.environ.get("PYTHONPATH")])])
    child = subprocess.Popen(  # noqa: S603 - our own module, on a file named by the caller
        command,
        env={**os.environ, "PYTHONPATH": search, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        out, _ = child.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise CannotRead(TOO_HEAVY) from None
    finally:
        _end(child)
    said = out.decode("utf-8", "replace")
    if child.returncode == _REFUSED:
        raise CannotRead(said)
    if child.returncode:
        raise CannotRead(BROKEN if child.returncode == 1 else TOO_HEAVY)
    return sheet_from_json(said)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Stop the child and what it started."""
    if child.poll() is None:
        if sys.platform == "win32":
            child.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, 9)
        child.wait()


def limit_this_process() -> None:
    """Hold this process and what it starts to the limits; where the system has none, the parent's clock holds alone."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(reader: str, path: str) -> int:
    """The child: 0 with a sheet on stdout, 3 with a refusal, 1 for a broken file, 2 where memory ran out."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # stdout is a pipe here
    limit_this_process()
    module, _, function = reader.partition(":")
    try:
        sheet: Sheet = getattr(importlib.import_module(module), function)(Path(path))
        print(sheet.as_json())
    except CannotRead as refused:
        print(refused, end="")
        return _REFUSED
    except (MemoryError, RecursionError):
        return 2
    except Exception:  # whatever a foreign file makes a parser raise, the clerk is told that the file is broken
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
