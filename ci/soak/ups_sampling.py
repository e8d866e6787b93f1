"""Sampling many units at one rate in one process, and how late it was."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labctl import clock

FIRST, COUNT = 128, 24
"""Registers of a sample: charge, voltages, currents, load, frequency (990-9840A)."""

Read = Callable[[], Awaitable[Sequence[int]]]


@dataclass(frozen=True)
class Sampled:
    """Samples whose answers came `took` s after each was due, asked for `late` s after; `skipped`
    were never asked for, since the one before was not answered when they were due. A deadline is
    missed where the answer is not there when the unit's next sample is due, `period` s on."""

    period: float
    late: NDArray[np.float64]
    took: NDArray[np.float64]
    skipped: int

    @property
    def wanted(self) -> int:
        """How many samples were to be taken."""
        return len(self.took) + self.skipped

    @property
    def missed(self) -> int:
        """How many deadlines were missed."""
        return int((self.took > self.period).sum()) + self.skipped


async def sample(reads: Sequence[Read], rate: float, seconds: float) -> Sampled:
    """Each of `reads` at `rate` in Hz for `seconds`, one after the other within a period."""
    began, per = clock.now() + 0.2, int(rate * seconds)
    rows: list[tuple[float, float]] = []
    skipped = await asyncio.gather(
        *(
            _one(read, began + index / len(reads) / rate, per, 1.0 / rate, rows)
            for index, read in enumerate(reads)
        )
    )
    table = np.array(rows).reshape(-1, 2)
    return Sampled(1.0 / rate, table[:, 0], table[:, 1], sum(skipped))


async def _one(
    read: Read, began: float, count: int, period: float, rows: list[tuple[float, float]]
) -> int:
    """Sample one unit `count` times; how many times were passed over."""
    skipped = number = 0
    while number < count:
        due = began + number * period
        await clock.sleep_until(due)
        asked = clock.now()
        if len(await read()) != COUNT:
            raise ValueError("an answer of another length")
        done = clock.now()
        rows.append((asked - due, done - due))
        passed = min(int((done - due) / period), count - 1 - number)
        skipped += passed
        number += 1 + passed
    return skipped


@contextmanager
def served(units: int, processes: int) -> Iterator[list[int]]:
    """TCP ports of `units` emulated UPS in `processes` other processes, inside the block."""
    shares = [units // processes + (index < units % processes) for index in range(processes)]
    with ExitStack() as stack:
        running = [stack.enter_context(_server(share)) for share in shares]
        yield [port for ports in running for port in ports]


@contextmanager
def _server(count: int) -> Iterator[list[int]]:
    with subprocess.Popen(
        [sys.executable, "-m", "ci.soak.ups_server", str(count)],
        stdout=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()
