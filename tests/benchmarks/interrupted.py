"""A run that dies with many readings in its journal.

python -m tests.benchmarks.interrupted RUNS THOUSANDS            the process ends at the last point
python -m tests.benchmarks.interrupted FOLDER THOUSANDS go-on    the run in FOLDER goes on and ends
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from labctl.discovery import Bound
from labctl.engine import Resolve, execute
from labctl.evidence import Evidence, Figure
from labctl.indicator import Indicator
from labctl.resume import ResumeRequest, resume
from labctl.run import Run
from tests.killed import die
from tests.labctl.fakelab import FakeLab, OhmRig, observed_duration, request

AT_ONCE = 1000
"""Readings of a point."""


def resolve(thousands: int, *, dying: bool) -> Resolve:
    """A procedure of an hour with `thousands` points of a thousand readings each."""

    async def measure(run: Run, rig: OhmRig) -> Evidence:
        async def point(elapsed: float, before: int | None) -> int:
            if dying and before == thousands:
                die()
            one = await rig.meter.read()
            many = [msgspec.structs.replace(one, t=one.t + 1e-6 * n) for n in range(AT_ONCE)]
            await run.record("hour/resistance", *many)
            return (before or 0) + 1

        hour = run.set_point("duration", "s")
        await run.log("hour", hour, hour / thousands, point, int)
        run.observe(observed_duration(hour))
        return run.evidence({"resistance": Figure(120.0, "ohm", 0.01, 119.9, 120.1)}, how="read")

    def bound(_: Indicator) -> Bound:
        return FakeLab().bound(measure)

    return bound


def main(where: Path, thousands: int, *, going_on: bool) -> None:
    """Run and die, or go on."""
    if going_on:
        (item,) = resume(ResumeRequest(where), resolve(thousands, dying=False)).items
        assert item.error is None and item.verdict.outcome == "PASS"
    else:
        execute(request(where), resolve(thousands, dying=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), going_on=sys.argv[3:] == ["go-on"])
