"""A number of random histories in, how many releases they had and what any mirror showed that was not the truth out.

    python -m tests.bench.lich_su --so 200 [--lan 12] [--hat 0] [--that 3]

`--that`: so many more, of four releases each, are built by MkDocs too, and the feeds and data files compared.

Exit 1 where there was a difference; the first ones are told. The same seed makes the same histories.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

from lich_su import RELEASES, Step, histories, replay, replay_for_real
from mirror_sim import OVERWRITE_BY_GUID

TOLD = 10


def main(arguments: list[str]) -> int:
    """Live through the histories and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--so", type=int, default=200, help="số lịch sử")
    parser.add_argument("--lan", type=int, default=RELEASES, help="số lần phát hành trong mỗi lịch sử")
    parser.add_argument("--hat", type=int, default=0, help="hạt ngẫu nhiên")
    parser.add_argument("--that", type=int, default=0, help="số lịch sử dựng bằng MkDocs")
    wanted = parser.parse_args(arguments)
    counted: Counter[str] = Counter()
    told: list[str] = []

    def settled(count: int) -> settings:
        checks = list(HealthCheck)
        return settings(
            max_examples=max(1, count),
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=checks,
        )

    @seed(wanted.hat + 1)
    @settled(wanted.that)
    @given(histories(4))
    def build_for_real(plan: list[Step]) -> None:
        releases, wrong = replay_for_real(plan)
        counted.update(that=releases, khac=len(wrong))
        told.extend(wrong[:3])

    @seed(wanted.hat)
    @settled(wanted.so)
    @given(histories(wanted.lan))
    def live_through(plan: list[Step]) -> None:
        releases, wrong = replay(plan)
        counted.update(lich_su=1, phat_hanh=releases, viec=sum(len(step.actions) for step in plan), khac=len(wrong))
        told.extend(f"lịch sử {counted['lich_su']}, {len(wrong)} chỗ, trước hết {line}" for line in wrong[:1])
        if counted["lich_su"] % 20 == 0:
            print(f"{counted['lich_su']} …", file=sys.stderr, flush=True)

    if wanted.that:
        build_for_real()
        print(f"{counted['that']} lần phát hành dựng bằng MkDocs: {counted['khac']} tệp khác")
    began = time.monotonic()
    if wanted.so:
        live_through()
    print("| lịch sử | lần phát hành | việc | cách sao chép | chỗ khác sự thật | giây |")
    print("|---|---|---|---|---|---|")
    policies = ", ".join(OVERWRITE_BY_GUID)
    seconds = time.monotonic() - began
    print(
        f"| {counted['lich_su']} | {counted['phat_hanh']} | {counted['viec']} | {policies} | {counted['khac']} | {seconds:.0f} |"
    )
    print(*told[:TOLD], sep="\n")
    return 1 if counted["khac"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
