"""A run of 1.1-11 that kills its own process: `python -m tests.system.photocharging_dying RUNS N`.

It dies in the midst of the N-th reading of the reference cell or of the pack.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import execute
from labctl.evidence import Reading
from labctl.journal.writer import Journal
from labctl.requests import RunRequest
from tests.killed import die

ITEM = "1.1-11"


def request(runs: Path, item: str = ITEM, dut: str = "nominal") -> RunRequest:
    """The run that is killed, and one that is not."""
    return RunRequest((item,), (load().get(item),), default(), runs, dut=dut, seed=11, draws=400)


def dying(count: int) -> None:
    """The `count`-th channel that is recorded is the last."""
    record, seen = Journal.record, [0]

    async def counted(
        self: Journal, item: int, channel: str, readings: Sequence[Reading], attempt: int | None
    ) -> None:
        seen[0] += 1
        if seen[0] == count:
            die()
        await record(self, item, channel, readings, attempt)

    Journal.record = counted


if __name__ == "__main__":
    dying(int(sys.argv[2]))
    execute(request(Path(sys.argv[1])))
