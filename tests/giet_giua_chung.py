"""Two builds and a number in, what was served after each publication that was killed out, as lines of JSON.

    python giet_giua_chung.py <folder> <how many> <seed>

Each publication is a process of its own. Half of them get SIGKILL after a random part of the time that one takes, half
at a random step (each file opened, linked, renamed, removed …), and then one at each of the steps that follow when the
new release stands beside the old, where the link is switched.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

from ban_dung import judge, make, whole

from chinhsach import folder_target, publishing
from chinhsach.dates import VN

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=VN)
LAST_STEPS = 30
_STEPS = ("open", "os.", "shutil.", "fcntl.")


def publish(build: Path, target: Path, *, is_first: bool = False) -> None:
    """What `chinhsach xuat-ban` does."""
    read = publishing.read_build(build)
    folder_target.publish(read, target, NOW, judge(NOW), is_first=is_first, keep=2)


def in_a_process(
    build: Path, target: Path, *, step: int = 0, after: int = 0, seconds: float | None = None
) -> tuple[bool, int]:
    """Whether a publication was killed, and how many steps it had.

    At `step`, at the step `after` the new release stands beside the old, or after `seconds`.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        count = 0

        def at_each(event: str, told: tuple[object, ...]) -> None:
            nonlocal count, step
            if event.startswith(_STEPS):
                count += 1
                if after and event == "os.rename" and str(told[0]).endswith(".dang-chep"):
                    step = count + after
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(at_each)
        publish(build, target)
        os.write(writer, str(count).encode())
        os._exit(0)
    os.close(writer)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    said = os.read(reader, 20)
    os.close(reader)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "một lần đăng không bị giết mà vẫn hỏng"
    return os.WIFSIGNALED(status), int(said or 0)


def main(folder: Path, count: int, seed: int) -> None:
    """Kill, look, and go on from whatever was left."""
    chance = random.Random(seed)
    builds = [make(folder / name, name, pieces=40) for name in ("mot", "hai")]
    names = {whole(build): build.name for build in builds}
    target = folder / "dich"
    publish(builds[0], target, is_first=True)
    began = time.monotonic()
    _, steps = in_a_process(builds[1], target)
    duration = time.monotonic() - began
    plan = [{"after": step} for step in range(1, LAST_STEPS + 1)]
    at_random = 0
    while plan or at_random < count:
        by_chance = {"step": chance.randint(1, steps)} if at_random % 2 else {"seconds": chance.uniform(0, duration)}
        asked: dict[str, float] = {**(plan.pop() if plan else by_chance)}
        before = names[whole(target / "hien-tai")]
        other = next(build for build in builds if build.name != before)
        by_step = {name: int(asked[name]) for name in ("step", "after") if name in asked}
        killed, _ = in_a_process(other, target, seconds=asked.get("seconds"), **by_step)
        served = names.get(whole(target / "hien-tai"), "")
        at_random += killed and "after" not in asked
        print(json.dumps({**asked, "killed": killed, "before": before, "served": served}))
    last = names[whole(target / "hien-tai")]
    other = next(build for build in builds if build.name != last)
    publish(other, target)
    left = sorted(p.name for p in (target / "ban").iterdir() if p.name.startswith("."))
    print(
        json.dumps(
            {
                "at_random": at_random,
                "end": names[whole(target / "hien-tai")] == other.name,
                "left": left,
                "steps": steps,
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
