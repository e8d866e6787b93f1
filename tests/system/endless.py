"""A run that goes on until it is killed.

    python -m tests.system.endless RUNS [POINTS [BYTES]] [real]

Point after point is a step with readings, whose values count on from 0. With POINTS it ends by
itself after as many, and prints the kind and the remedy of the error where it ended with one. With
BYTES no file can grow beyond as many, as on a disk that is full. In real time a point takes 10 ms.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from labctl.engine import Resolve, execute
from labctl.errors import LabError
from labctl.evidence import Evidence, Figure
from labctl.indicator import Indicator
from labctl.run import Run
from tests.labctl.fakelab import FakeLab, OhmRig, observed_duration, request

AT_ONCE = 200
"""Readings of a point."""

MOST = 20_000
"""Points of a run that nobody kills: a test that was killed itself leaves no process for long."""


def resolve(points: int | None) -> Resolve:
    """A procedure of so many points, None for more than anybody waits for."""

    async def measure(run: Run, rig: OhmRig) -> Evidence:
        async def point(first: int) -> int:
            one = await rig.meter.read()
            values = range(first, first + AT_ONCE)
            await run.record("r", *(msgspec.structs.replace(one, value=float(v)) for v in values))
            return first

        for index in range(MOST if points is None else points):
            await run.step(f"point-{index}", lambda first=AT_ONCE * index: point(first), int)
        run.observe(observed_duration(3600.0))
        return run.evidence({"resistance": Figure(120.0, "ohm", 0.01, 119.9, 120.1)}, how="read")

    lab = FakeLab()

    def bound(_: Indicator):
        return lab.bound(measure)

    return bound


def main(runs: Path, points: int | None, *, virtual: bool = True) -> int:
    """Run; the exit code of the error, as the command line has it."""
    try:
        execute(request(runs, virtual=virtual), resolve(points))
    except LabError as error:
        print(f"{error.kind}: {error.message}; remedy: {error.remedy}", flush=True)
        return error.exit_code
    return 0


def limit(size: int) -> None:
    """Let no file of this process grow beyond `size` bytes."""
    assert sys.platform != "win32"
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[2:] if text != "real"]
    if numbers[1:]:
        limit(numbers[1])
    in_time = "real" not in sys.argv
    sys.exit(main(Path(sys.argv[1]), numbers[0] if numbers else None, virtual=in_time))
