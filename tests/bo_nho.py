"""Files in, what is said of each and how much memory that took out: read by a small process of its own.

A process counts as its own what its parent held when it began (getrusage(2), ru_maxrss), so that no figure of a test
worker's children is theirs; `VmHWM` (proc(5)) begins anew with each program.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

_MEASURE = """
import json, re, resource, sys
from pathlib import Path
from chinhsach.imported import CannotRead
from chinhsach.readers import reader_for

for path in map(Path, sys.argv[1:]):
    try:
        reader_for(path).read(path)
        said = ""
    except CannotRead as refused:
        said = str(refused)
    own = int(re.search("VmHWM:\\s*([0-9]+)", Path("/proc/self/status").read_text())[1])
    print(json.dumps([said, 1024 * max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)]))
"""


def refused_with(paths: Iterable[Path]) -> list[tuple[str, int]]:
    """The words for each file ("" where it was read), and the most bytes that any process had taken by then."""
    given = [str(path) for path in paths]
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *given], capture_output=True, text=True, timeout=10 * len(given), check=True
    )
    return [(said, size) for said, size in map(json.loads, done.stdout.splitlines())]
