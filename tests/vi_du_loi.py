"""Writes what the guide shows for each code: the message of a golden case, and the line that mends it.

    .venv/bin/python tests/vi_du_loi.py

The guide is made by the package, which knows nothing of tests; so the examples stand in a file of the package,
and a test tells when a golden case says something else.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path

from test_golden import BAD_CASES, ROOT, code_of, problems_of

from chinhsach.rules import RULES
from chinhsach.schema import FIELDS

PLACE = ROOT / "hooks" / "chinhsach" / "outputs" / "vi_du_loi.json"
_LONGEST = 700
_INTERNAL = re.compile("|".join(rf"\b{row.key}\b" for row in FIELDS if not row.public))
"""Keys that reach no public page, the guide's neither (DESIGN §2)."""


def examples(root: Path) -> str:
    """Code → message as printed and the mended line ("" where only a person can mend), as JSON in the order of codes."""
    found: dict[str, dict[str, str]] = {}
    for number, case in enumerate(sorted(BAD_CASES, key=lambda case: (case.name.count("."), case.name))):
        code = code_of(case)
        if code in found:
            continue
        told = next(p for p in problems_of(case, root / str(number)) if p.code == code)
        if _INTERNAL.search(told.as_text()):
            continue
        mended = told.mend.text.strip() if told.mend else ""
        found[code] = {"thong_bao": told.as_text()[:_LONGEST], "dong_dung": mended[:_LONGEST]}
    return json.dumps({code: found[code] for code in RULES if code in found}, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        PLACE.write_text(examples(Path(folder)), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
