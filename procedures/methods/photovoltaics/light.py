"""Light set by the reference cell (IEC 60904-1, IEC 60904-2): warm-up, level, readings."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from labctl.run import Run
from procedures.methods.frozen import refuse_frozen
from procedures.methods.trace import Trace, trace
from rigs.sunlit import LitRig

DRIFT = 0.005
"""Relative deviation of the irradiance at which light that is kept is levelled again."""

DARK = 0.1
"""Part of the wanted irradiance below which something is wrong rather than off."""

CELL = "the reference cell's voltmeter"

APART = 0.02
"""Relative difference of reference cell and lamp's monitor, beyond the limits of error of the
monitor, at which one of both is wrong: flicker between the two readings, the cell's calibration."""


@dataclass(frozen=True)
class Levelling:
    """How light is set: until the mean of `readings` is within +-`band` (relative) of the target.

    `settle` in s is waited after each change of level, `tries` changes are made at most. `warm_up`
    in s is the longest warm-up waited for.
    """

    band: float = 0.002
    readings: int = 5
    settle: float = 15.0
    tries: int = 8
    warm_up: float = 3600.0


class Lit(msgspec.Struct, frozen=True):
    """Light as it was set: `level` asked of the lamp and `irradiance` found, both in W/m2."""

    level: float
    irradiance: float


async def reference(rig: LitRig, count: int) -> list[Reading]:
    """`count` readings of the reference cell's shunt in V; `InstrumentError` where it is frozen."""
    readings = [await rig.reference_meter.measure_voltage() for _ in range(count)]
    refuse_frozen(readings, CELL)
    return readings


def irradiance_of(rig: LitRig, reading: Reading) -> Reading:
    """The irradiance in W/m2 that a reading of the reference cell in V means."""
    value = reading.value / rig.reference_cell.responsivity.value
    return msgspec.structs.replace(reading, value=value, unit="W/m**2", accuracy=None)


async def recorded_reference(run: Run, rig: LitRig, name: str, count: int) -> Trace:
    """`count` readings of the reference cell in V, journalled as they are and as irradiance.

    Beside them stands what the lamp's monitor sees. `InstrumentError` where both do not agree.
    """
    readings = await reference(rig, count)
    light = [irradiance_of(rig, one) for one in readings]
    monitor = await rig.lamp.monitor()
    await run.record(f"{name}/reference", *readings)
    await run.record(f"{name}/irradiance", *light)
    await run.record(f"{name}/monitor", monitor)
    _refuse_apart(sum(one.value for one in light) / count, monitor, light[0].address)
    return trace(readings)


def _refuse_apart(irradiance: float, monitor: Reading, address: str) -> None:
    """A reference cell that fails slowly looks like a lamp that does; the monitor tells."""
    sheet = monitor.accuracy
    limit = 0.0 if sheet is None else sheet.gain * abs(monitor.value) + sheet.offset
    if abs(irradiance - monitor.value) > limit + APART * abs(monitor.value):
        raise InstrumentError(
            "the reference cell and the lamp's monitor do not agree",
            address=address,
            answer=f"{irradiance:.4g} W/m2 by the cell, {monitor.value:.4g} W/m2 by the monitor",
            remedy="find out which is wrong: check cell, shunt and voltmeter, shutter and lamp",
        )


async def switch_on(run: Run, rig: LitRig, name: str, how: Levelling) -> None:
    """Lamp on and warm; the shutter stays closed. `InstrumentError` where it does not get warm."""

    await run.step(f"{name}/warm-up", lambda: warm_up(rig, how), float)


async def warm_up(rig: LitRig, how: Levelling) -> float:
    """Lamp on, and warm after so many s; `InstrumentError` where it does not get warm."""
    begin = clock.now()
    await rig.lamp.lamp(True)
    while not await rig.lamp.is_warm():
        if clock.now() - begin > how.warm_up:
            raise InstrumentError(
                f"the lamp is not warm after {how.warm_up:g} s",
                address=rig.lamp.address,
                remedy="see at the lamp whether it burns, and give it longer if it does",
            )
        await clock.sleep(30.0)
    return clock.now() - begin


async def restore(rig: LitRig, lit: Lit, how: Levelling | None = None) -> None:
    """Light on the device as it was set, whatever the lamp was: warm, at its level, shutter open.

    It is no step: what arranges a scope calls it.
    """
    rule = how or Levelling()
    await warm_up(rig, rule)
    await rig.lamp.set_irradiance(lit.level)
    await rig.lamp.shutter(True)
    await clock.sleep(rule.settle)


async def set_light(
    run: Run, rig: LitRig, name: str, target: float, how: Levelling | None = None
) -> Lit:
    """Warm lamp, open shutter, and the level at which the reference cell reads `target` in W/m2."""
    rule = how or Levelling()
    await switch_on(run, rig, name, rule)

    async def open_and_level() -> Lit:
        await warm_up(rig, rule)  # it was made safe where the run was interrupted here
        await rig.lamp.set_irradiance(target)
        await rig.lamp.shutter(True)
        await clock.sleep(rule.settle)
        return await level(run, rig, name, Lit(target, await _irradiance(rig, rule)), target, rule)

    return await run.step(f"{name}/light", open_and_level, Lit)


async def level(run: Run, rig: LitRig, name: str, now: Lit, target: float, how: Levelling) -> Lit:
    """Move the lamp's level from `now` until the irradiance is `target` in W/m2, within the band.

    Call it inside a step. `InstrumentError` where it does not come there in `how.tries` changes.
    """
    for _ in range(how.tries):
        if abs(now.irradiance / target - 1.0) <= how.band:
            await recorded_reference(run, rig, name, 1)
            return now
        wanted = _next_level(now, target, rig.lamp.address)
        await rig.lamp.set_irradiance(wanted)
        await clock.sleep(how.settle)
        now = Lit(wanted, await _irradiance(rig, how))
    raise InstrumentError(
        f"the light does not come to {target:g} W/m2 in {how.tries} steps",
        address=rig.lamp.address,
        answer=f"{now.irradiance:.4g} W/m2 at level {now.level:.4g} W/m2",
        remedy="check lamp, shutter and the place of the reference cell",
    )


async def relevelled(
    run: Run, rig: LitRig, name: str, now: Lit, irradiance: float, target: float
) -> Lit:
    """The light after `irradiance` in W/m2 was read: levelled again where it is off by > 0.5 %."""
    if abs(irradiance / target - 1.0) <= DRIFT:
        return now
    return await level(run, rig, name, Lit(now.level, irradiance), target, Levelling())


def _next_level(now: Lit, target: float, address: str) -> float:
    if now.irradiance < DARK * target:
        raise InstrumentError(
            "the reference cell sees no light",
            address=address,
            answer=f"{now.irradiance:.4g} W/m2 at level {now.level:.4g} W/m2",
            remedy="check lamp, shutter and the place of the reference cell",
        )
    return now.level * target / now.irradiance


async def _irradiance(rig: LitRig, how: Levelling) -> float:
    readings = await reference(rig, how.readings)
    mean = sum(reading.value for reading in readings) / len(readings)
    return mean / rig.reference_cell.responsivity.value
