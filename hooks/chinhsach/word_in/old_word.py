"""A .doc of Word 97–2003 in, a .docx out, by LibreOffice where the machine has it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..apart import BROKEN, MAX_BYTES, TOO_LARGE
from ..imported import CannotRead
from .archive import MACROS

_OLE = b"\xd0\xcf\x11\xe0"
_MACRO_STORE = "_VBA_PROJECT".encode("utf-16-le")
_SECONDS = 60
_MEMORY = 2_000_000_000
COMMANDS = ("soffice", "libreoffice")

NO_OFFICE = (
    "tệp .doc là dạng cũ, máy này không có LibreOffice để đổi. Hãy mở bằng Word, chọn «Lưu thành», loại «Tài liệu Word "
    "(.docx)» rồi gọi lại lệnh với tệp mới"
)


def to_docx(path: Path, folder: Path) -> Path:
    """The document as .docx in `folder`. Raises CannotRead: no LibreOffice, macros, or a file that it cannot open."""
    if path.stat().st_size > MAX_BYTES:
        raise CannotRead(TOO_LARGE)
    data = path.read_bytes()
    if not data.startswith((_OLE, b"{\\rtf")):
        raise CannotRead(BROKEN)
    if _MACRO_STORE in data:
        raise CannotRead(MACROS)
    program = next((found for name in COMMANDS if (found := shutil.which(name))), None)
    if program is None:
        raise CannotRead(NO_OFFICE)
    copy = folder / "van-ban.doc"
    copy.write_bytes(data)
    command = [program, f"-env:UserInstallation={(folder / 'ho-so').as_uri()}", "--headless", "--convert-to",
               "docx:MS Word 2007 XML", "--outdir", str(folder), str(copy)]  # fmt: skip
    _run(command)
    made = folder / "van-ban.docx"
    if not made.is_file():
        raise CannotRead(BROKEN)
    return made


def _run(command: list[str]) -> None:
    quiet = subprocess.DEVNULL
    limit = None if sys.platform == "win32" else _limit
    with subprocess.Popen(  # noqa: S603 - LibreOffice, found in PATH, on a copy that we named
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, preexec_fn=limit
    ) as office:
        try:
            office.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            if sys.platform == "win32":
                office.kill()
            else:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(office.pid, 9)


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
