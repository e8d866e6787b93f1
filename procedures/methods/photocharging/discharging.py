"""A discharge at constant current to a voltage, with the readings that its energy is made of."""

from __future__ import annotations

from itertools import count

import msgspec
import numpy as np
from numpy.typing import NDArray

from labctl import clock
from labctl.errors import InstrumentError
from labctl.run import Run
from procedures.methods.trace import Trace, trace
from rigs.photocharging import PhotochargingRig

EVERY, NEAR = 120.0, 20.0
"""Seconds between two readings, and where the end is near."""

MARGIN = 0.3
"""Volts above the end from which on it is near."""

LEG = 15
"""Readings of one committed part."""

COMPLIANCE = 1.5
"""Times the first voltage: what the pack may rise to while it is discharged, which it does not."""

LONGEST = 24 * 3600.0
"""Seconds after which a discharge is given up."""

Array = NDArray[np.float64]


class Leg(msgspec.Struct, frozen=True):
    """A part of a discharge: voltages in V, currents in A (negative), and whether it has ended."""

    voltage: Trace
    current: Trace
    ended: bool


class Discharge(msgspec.Struct, frozen=True):
    """The legs of a discharge, one after the other."""

    legs: tuple[Leg, ...]

    @property
    def end(self) -> float:
        """The last voltage read, in V."""
        return self.legs[-1].voltage.values[-1]


async def discharge(
    run: Run, rig: PhotochargingRig, name: str, amperes: float, volts: float
) -> Discharge:
    """`amperes` out of the pack until a reading is at `volts` or below it; then the pack is open.

    `InstrumentError` where it does not come there in a day.
    """
    legs: list[Leg] = []

    async def go_on() -> Leg:
        return await _leg(run, rig, name, volts)

    async with run.scope(name, lambda: _flowing(rig, amperes)):
        for number in count():
            leg = await run.step(f"leg-{number}", go_on, Leg)
            legs.append(leg)
            if leg.ended:
                return Discharge(tuple(legs))
            if leg.voltage.t[-1] - legs[0].voltage.t[0] > LONGEST:
                break
    raise InstrumentError(
        f"the pack is not at {volts:g} V after {LONGEST:g} s of discharge",
        address=rig.source_meter.address,
        answer=f"{legs[-1].voltage.values[-1]:g} V",
        remedy="check the pack, its sheet and the leads",
    )


async def _flowing(rig: PhotochargingRig, amperes: float) -> None:
    """The current flows out of the pack, in the dark; done twice it does no harm."""
    meter = rig.source_meter
    await rig.lamp.shutter(False)
    await meter.wires(4)
    await meter.source_current(0.0, compliance=20.0)
    await meter.output(True)
    volts = (await meter.measure()).voltage.value
    await meter.source_current(-amperes, compliance=max(COMPLIANCE * volts, 1.0))


async def _leg(run: Run, rig: PhotochargingRig, name: str, volts: float) -> Leg:
    points = [await rig.source_meter.measure()]
    while len(points) < LEG and points[-1].voltage.value > volts:
        near = points[-1].voltage.value < volts + MARGIN
        await clock.sleep(NEAR if near else EVERY)
        points.append(await rig.source_meter.measure())
    ended = points[-1].voltage.value <= volts
    if ended:
        await rig.source_meter.output(False)
    voltage, current = [p.voltage for p in points], [p.current for p in points]
    await run.record(f"{name}/voltage", *voltage)
    await run.record(f"{name}/current", *current)
    return Leg(trace(voltage), trace(current), ended)


def weights_until(time: Array, voltage: Array, level: float) -> Array:
    """Weights in s of the readings whose sum is the integral of `voltage` over `time` (s, shape
    (n,)) to where it is at `level` (V), on the straight line between the last two readings.

    `ValueError` where it does not come there.
    """
    last = int(np.argmax(voltage <= level))
    if voltage[last] > level or last == 0:
        raise ValueError(f"the voltage does not fall to {level:g} V")
    out = np.zeros_like(time)
    steps = np.diff(time[:last])
    out[: last - 1] += steps / 2.0
    out[1:last] += steps / 2.0
    share = (voltage[last - 1] - level) / (voltage[last - 1] - voltage[last])
    tail = share * (time[last] - time[last - 1])
    out[last - 1] += tail * (1.0 - share / 2.0)
    out[last] += tail * share / 2.0
    return out
