"""An instrument that is read while the gas over the array changes: before, during, at the end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec
import numpy as np

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.run import Run
from procedures.analysis.gas_response import Course
from procedures.methods.gas_sensing.blending import dosed
from rigs.gas_sensing import GasSensingRig

Read = Callable[[], Awaitable[Reading]]

AT_REST = 10
"""Readings whose mean is taken before the dose and at the end of it."""

SAMPLED, EVERY = 15.0, 0.2
"""s for which the course is read, and s between two readings."""

END, RECOVERY = 40.0, 60.0
"""s of dosing until its end is read, and of purging after it."""


class Followed(msgspec.Struct, frozen=True):
    """Readings of one dose: means `before` and at its `end`, with the standard deviation of a
    single one (`scatter`), all in the unit of what is read; times in s from the command, and
    `values` by then. `command` and `reading` are how long these take in s: when within them the
    valve moved and the value was taken is not known."""

    before: float
    end: float
    scatter: float
    time: tuple[float, ...]
    values: tuple[float, ...]
    command: float
    reading: float

    @property
    def course(self) -> Course:
        """What was read as a part of the whole answer."""
        shares = (np.array(self.values) - self.before) / (self.end - self.before)
        return Course(np.array(self.time), shares)


async def followed(
    run: Run, rig: GasSensingRig, name: str, read: Read, flow: float, every: float = EVERY
) -> Followed:
    """A dose of `flow` in m3/s that is followed by `read`, `every` s anew, and purged away; a step
    of the run.

    `InstrumentError` where the answer does not stand out of its scatter.
    """

    async def once() -> Followed:
        before = [await read() for _ in range(AT_REST)]
        told = await dosed(rig, flow)
        middle, took = (told[0] + told[1]) / 2.0, told[1] - told[0]
        readings: list[Reading] = []
        times: list[float] = []
        longest = 0.0
        while clock.now() - middle < SAMPLED:
            asked = clock.now()
            readings.append(await read())
            longest = max(longest, clock.now() - asked)
            times.append((asked + clock.now()) / 2.0 - middle)
            await clock.sleep(every)
        await clock.sleep(max(END - (clock.now() - middle), 0.0))
        end = [await read() for _ in range(AT_REST)]
        await dosed(rig, 0.0)
        await clock.sleep(RECOVERY)
        await run.record(name, *before, *readings, *end)
        return _followed(before, readings, end, times, (took, longest))

    return await run.step(name, once, Followed)


async def level(run: Run, rig: GasSensingRig, name: str, read: Read, flow: float) -> float:
    """The mean at the end of a dose of `flow` in m3/s less that before it; a step of the run."""

    async def once() -> float:
        before = [await read() for _ in range(AT_REST)]
        await dosed(rig, flow)
        await clock.sleep(END)
        end = [await read() for _ in range(AT_REST)]
        await dosed(rig, 0.0)
        await clock.sleep(RECOVERY)
        await run.record(name, *before, *end)
        return _mean(end) - _mean(before)

    return await run.step(name, once, float)


def _followed(
    before: list[Reading],
    readings: list[Reading],
    end: list[Reading],
    times: list[float],
    took: tuple[float, float],
) -> Followed:
    rest = [np.array([one.value for one in part]) for part in (before, end)]
    scatter = float(np.sqrt(np.mean([part.var(ddof=1) for part in rest])))
    change = float(rest[1].mean() - rest[0].mean())
    if abs(change) < SEEN * scatter:
        raise InstrumentError(
            "nothing answers to the dose",
            address=readings[0].address,
            answer=f"{change:.3g} {readings[0].unit}, with a scatter of {scatter:.3g}",
            remedy="look at the cylinder's valve and at the array's contacts",
        )
    return Followed(
        float(rest[0].mean()),
        float(rest[1].mean()),
        scatter,
        tuple(times),
        tuple(one.value for one in readings),
        *took,
    )


SEEN = 10.0
"""So many standard deviations of a reading must an answer be."""


def _mean(readings: list[Reading]) -> float:
    return sum(one.value for one in readings) / len(readings)
