"""Where the office's data lies: `_van-phong/` in the project, or the folder that `CHINHSACH_VAN_PHONG` names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

VARIABLE = "CHINHSACH_VAN_PHONG"
DEFAULT = "_van-phong"
REGISTERS = "so-theo-doi"
PLANS = "ke-hoach"


class Place(NamedTuple):
    """The office's folder, and how messages name it; a folder outside the project is named as it was given."""

    folder: Path
    shown: str

    def path_of(self, file: Path) -> str:
        """A file of the folder as messages name it."""
        return f"{self.shown}/{file.relative_to(self.folder).as_posix()}"

    def register(self, year: int) -> Path:
        """The file of one year's register."""
        return self.folder / REGISTERS / f"{year}.csv"

    def registers(self) -> Iterator[Path]:
        """The registers that are there, by year."""
        return self.years(REGISTERS, ".csv")

    def plans(self) -> Iterator[Path]:
        """The plans that are there, by year."""
        return self.years(PLANS, ".yml")

    def years(self, name: str, suffix: str) -> Iterator[Path]:
        """The files of a folder of the office's that bear a year's name, by year."""
        files = sorted((self.folder / name).glob(f"*{suffix}"))
        return (file for file in files if is_year(file.stem) and file.is_file())


def is_year(text: str) -> bool:
    """Whether a file's stem is a year: «2023»."""
    return len(text) == 4 and text.isascii() and text.isdigit()


def find(root: Path) -> Place:
    """The office's folder of a project; it need not be there."""
    given = os.environ.get(VARIABLE, "").strip() or DEFAULT
    folder = root / given
    if folder.resolve().is_relative_to(root.resolve()):
        return Place(folder, folder.resolve().relative_to(root.resolve()).as_posix())
    return Place(folder, Path(given).as_posix().rstrip("/"))
