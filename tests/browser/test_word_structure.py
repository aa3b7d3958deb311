"""Each Word file, opened in Chromium beside LibreOffice's own rendering, shows the same words, headings and tables."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser
from word_files import CASES

from chinhsach.imported import Sheet
from chinhsach.markdown import render
from chinhsach.word_in.read import read

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.can_libreoffice]

OLD_FONTS = ("bao-cao-tcvn3", "thong-bao-vni")
"""LibreOffice shows what the bytes say, not what the font drew: only the form can be compared."""
ACCEPTED = {"thong-bao-nfd-dau-sua", "nhieu-thu-trong-ruot"}
"""Files with changes that nobody accepted yet: LibreOffice's text has the deleted words too."""
DIFFERENT = {
    "- Qua trang của Sở.": "• Qua trang của Sở.",
    "- Gạch đầu dòng": "◦ Gạch đầu dòng",
    "+ Dấu cộng": "▪ Dấu cộng",
    "Điều 3. Hiệu lực": "Điều 1. Hiệu lực",
    "1.1. Căn cứ": "I.1. Căn cứ",
    "1.1.1. Căn cứ pháp lý": "I.1.1. Căn cứ pháp lý",
    "1.1.2. Căn cứ thực tế": "I.1.2. Căn cứ thực tế",
    "2.1. Mục tiêu": "II.1. Mục tiêu",
    "Chú ý: ví dụ trong hộp mới": "",
}
"""What LibreOffice 7.4 shows otherwise than Word: its text has bullets of its own, knows neither `w:lvlRestart` nor
`w:isLgl`, and leaves out a box that has no old form. ECMA-376-1 §17.9.10, §17.9.4."""
NAMES = [case.name for case in CASES if case.name not in ACCEPTED]

_SEEN = """() => {
  const words = (node) => node.innerText.replace(/\\s+/g, ' ').trim();
  const tables = [...document.querySelectorAll('table')]
    .map((table) => [...table.querySelectorAll('td, th')].filter((cell) => !cell.querySelector('table')).map(words));
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(words);
  return {tables, headings, all: words(document.body)};
}"""


class Pair(NamedTuple):
    """What a browser sees of one document: ours, LibreOffice's, and LibreOffice's plain text with list labels."""

    ours: dict[str, Any]
    theirs: dict[str, Any]
    text: str


def convert(form: str, folder: Path, paths: list[Path]) -> None:
    command = ["soffice", f"-env:UserInstallation={(folder / 'ho-so').as_uri()}", "--headless", "--convert-to", form]
    done = subprocess.run(
        [*command, "--outdir", str(folder / "ra"), *map(str, paths)], capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def pairs(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pair]:
    folder = tmp_path_factory.mktemp("hai-ben")
    paths = [case.make(folder) for case in CASES if case.name not in ACCEPTED]
    convert("html:HTML (StarWriter)", folder, paths)
    convert("txt:Text (encoded):UTF8", folder, paths)
    page = browser.new_page()
    found = {}
    for path in paths:
        sheet: Sheet = read(path)
        page.set_content(render(sheet.body, 1).html)
        ours = page.evaluate(_SEEN)
        page.goto((folder / "ra" / f"{path.stem}.html").as_uri())
        theirs = page.evaluate(_SEEN)
        text = (folder / "ra" / f"{path.stem}.txt").read_text(encoding="utf-8-sig")
        found[path.stem] = Pair(ours, theirs, " ".join(text.split()))
    page.close()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_table_has_the_same_cells_in_the_same_order(pairs: dict[str, Pair], name: str) -> None:
    pair = pairs[name]
    theirs = [[cell for cell in table if cell] for table in pair.theirs["tables"]]
    ours = [[cell for cell in table if cell] for table in pair.ours["tables"]]
    if name in OLD_FONTS:
        return
    assert [table for table in ours if table not in theirs] == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OLD_FONTS])
def test_every_line_with_its_label_stands_in_libreoffices_text_in_the_same_order(
    pairs: dict[str, Pair], name: str
) -> None:
    at = 0
    for line in next(case.printed for case in CASES if case.name == name):
        line = DIFFERENT.get(line, line)
        found = pairs[name].text.find(line, at)
        assert found >= 0, f"«{line}» không có, hoặc đứng trước chỗ của nó, trong bản của LibreOffice"
        at = found + len(line)


def test_headings_of_the_documents_outline_are_headings_on_both_sides(pairs: dict[str, Pair]) -> None:
    pair = pairs["de-an-tieu-de-theo-kieu"]
    ours = [heading.split(" ", 1)[1] for heading in pair.ours["headings"]]
    assert len(ours) == len(pair.theirs["headings"]) == 6
    assert all(theirs.endswith(own.split()[-1]) for own, theirs in zip(ours, pair.theirs["headings"], strict=True))
