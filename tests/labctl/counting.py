"""A procedure whose readings count, so that one too many or too few shows; it may die in one."""

from __future__ import annotations

import msgspec

from labctl import clock
from labctl.engine import Resolve
from labctl.evidence import Evidence, Figure, Reading
from labctl.gaps import Gaps
from labctl.indicator import Indicator
from labctl.procedure import Procedure
from labctl.run import Run
from tests.killed import die
from tests.labctl.fakelab import ADDRESS, SHEET, FakeLab, OhmRig, observed_duration

RESUMING = """
import sys
from pathlib import Path
from tests.labctl import counting
from labctl.resume import ResumeRequest, resume
resume(ResumeRequest(Path(sys.argv[1])), counting.bound(int(sys.argv[2])))
"""
"""Goes on with a run and dies again."""


def bound(after: int, longest: float = 0.0, lab: FakeLab | None = None) -> Resolve:
    """The procedure, whose process dies in its reading number `after`.

    0: it does not; -1: when all steps are done.
    """
    left = [after]

    async def read(rig: OhmRig) -> Reading:
        left[0] -= 1
        if left[0] == 0:
            die()
        reading = await rig.meter.read()
        return msgspec.structs.replace(reading, value=reading.value + 0.001 * rig.meter.count)

    async def count(run: Run, rig: OhmRig) -> Evidence:
        async def one(name: str) -> float:
            reading = await read(rig)
            await run.record(f"{name}/resistance", reading)
            await clock.sleep(1.5)
            return reading.value

        async def point(elapsed: float, before: float | None) -> float:
            return (before or 0.0) + await one("soak")

        async def nested(elapsed: float) -> None:
            await run.step(f"{elapsed:g}", lambda: one("nested"), float)

        async def arrange() -> None:
            await clock.sleep(0.25)
            await rig.meter.read()

        first = await run.step("start", lambda: one("start"), float)
        async with run.scope("warm", arrange):
            hour = run.set_point("duration", "s")
            totals = await run.log("hour", hour, 600.0, point, float)
            await run.soak("more", 20.0, 10.0, nested)
        last = await run.step("end", lambda: one("end"), float)
        cycles = await run.cycles("cycles", 3, lambda index, _: one("cycle"), float)
        run.observe(observed_duration(hour))
        if after < 0:
            die()
        mean = (first + totals[-1] + last + sum(cycles)) / 12
        figure = Figure(mean, "ohm", 0.01, mean - 0.02, mean + 0.02)
        return run.evidence({"resistance": figure}, how="mean of all readings")

    def resolve(indicator: Indicator):
        spec = Procedure(count, (indicator.id,), OhmRig, gaps=Gaps(longest, longest, 30.0))
        return msgspec_bound(lab or FakeLab(), spec)

    return resolve


def msgspec_bound(lab: FakeLab, spec: Procedure):
    from labctl.discovery import Bound
    from labctl.labs import LABCTL_API, Lab

    return Bound(spec, Lab("fake", LABCTL_API, {}, lab.open))


__all__ = ["ADDRESS", "RESUMING", "SHEET", "bound"]
