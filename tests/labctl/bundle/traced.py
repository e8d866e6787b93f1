"""A procedure whose step returns its readings, as procedures of direction 1.1 do."""

from __future__ import annotations

import msgspec

from labctl.discovery import Bound
from labctl.evidence import Evidence, Figure, Observed
from labctl.indicator import Indicator
from labctl.run import Run
from tests.labctl.fakelab import FakeLab, OhmRig


class Trace(msgspec.Struct, frozen=True):
    unit: str
    address: str
    serial: str
    values: tuple[float, ...]
    t: tuple[float, ...]
    utc: tuple[float, ...]


async def traced(run: Run, rig: OhmRig) -> Evidence:
    """Ten readings of a falling resistance, and their mean."""

    async def burst() -> Trace:
        readings = []
        for _ in range(10):
            rig.meter.truth -= 0.01
            readings.append(await rig.meter.read())
        await run.record("burst/resistance", *readings)
        first = readings[0]
        return Trace(
            first.unit,
            first.address,
            first.serial,
            tuple(r.value for r in readings),
            tuple(r.t for r in readings),
            tuple(r.utc for r in readings),
        )

    found = await run.step("burst", burst, Trace)
    run.observe(Observed("duration", 1.0, "h", low=1.0, high=1.0))
    mean = sum(found.values) / len(found.values)
    figure = Figure(mean, "ohm", 0.01, mean - 0.02, mean + 0.02)
    return run.evidence({"resistance": figure}, how="mean of ten readings")


def resolve(indicator: Indicator) -> Bound:
    return FakeLab().bound(traced)
