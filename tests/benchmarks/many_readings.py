"""A run with many readings in one channel, recorded a thousand at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from labctl.engine import execute
from labctl.evidence import Evidence, Figure, Reading
from labctl.run import Run
from tests.labctl.fakelab import ADDRESS, SHEET, FakeLab, OhmRig, observed_duration, request

AT_ONCE = 1000


def _nothing(done: int) -> None:
    """Nobody looks."""


def main(runs: str, count: int, look: Callable[[int], None] = _nothing) -> Path:
    """Run it; returns its folder. `look` is called with the readings so far, every tenth."""

    async def measure(run: Run, rig: OhmRig) -> Evidence:
        async def all_of_them() -> int:
            for first in range(0, count, AT_ONCE):
                numbers = range(first, first + AT_ONCE)
                await run.record("soak/resistance", *(_reading(number) for number in numbers))
                if first % (count // 10) == 0:
                    look(first)
            return count

        await run.step("many", all_of_them, int)
        look(count)
        run.observe(observed_duration(3600.0))
        return run.evidence({"resistance": Figure(120.0, "ohm", 0.01, 119.9, 120.1)}, how="read")

    lab = FakeLab()
    return execute(request(Path(runs)), lambda indicator: lab.bound(measure)).path


def _reading(number: int) -> Reading:
    t = 1e-3 * number
    return Reading(120.0 + 1e-6 * number, "ohm", t, 1.77e9 + t, ADDRESS, "SIM-7", SHEET)
