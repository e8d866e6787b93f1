"""A pack charged by light alone, with the readings of the light and of the temperature."""

from __future__ import annotations

import msgspec

from labctl import clock
from labctl.evidence import Reading
from labctl.run import Run
from procedures.methods.frozen import Fresh
from procedures.methods.photovoltaics import light
from procedures.methods.photovoltaics.chuck import held_at, restore_chuck
from procedures.methods.trace import Trace, trace
from rigs.photocharging import PhotochargingRig

EVERY = 120.0
"""Seconds between two readings of the light."""


class Charge(msgspec.Struct, frozen=True):
    """Readings of the reference cell in V and of the chuck in degC while the shutter was open, from
    run time `begin` to `end` in s."""

    reference: Trace
    temperature: Trace
    begin: float
    end: float


class Point(msgspec.Struct, frozen=True):
    """Run times in s of both readings, their values in V and degC, and the light as it was set."""

    t: tuple[float, float]
    values: tuple[float, float]
    lit: light.Lit


async def charge(
    run: Run,
    rig: PhotochargingRig,
    lit: light.Lit,
    irradiance: float,
    celsius: float,
    seconds: float,
) -> Charge:
    """`seconds` s of `irradiance` in W/m2 with the chuck at `celsius` in degC, then dark."""
    cell = Fresh(light.CELL)

    async def look(elapsed: float, before: Point | None) -> Point:
        now = lit if before is None else before.lit
        reference = (await light.recorded_reference(run, rig, "charge", 1)).readings()[0]
        cell.look(reference)
        seen = light.irradiance_of(rig, reference).value
        chuck = await rig.chuck.temperature()
        await run.record("charge/temperature", chuck)
        await held_at(rig, celsius, chuck)
        now = await light.relevelled(run, rig, "charge", now, seen, irradiance)
        return Point((reference.t, chuck.t), (reference.value, chuck.value), now)

    async def dark() -> float:
        await rig.lamp.shutter(False)
        return clock.now()

    async with run.scope("charging", lambda: _arrange(rig, lit, celsius)):
        begin = await run.step("begin", _now, float)
        points = await run.log("light", seconds, EVERY, look, Point, until=0.6)
        end = await run.step("end", dark, float)
    reference = await _read(run, "charge/reference", [p.t[0] for p in points])
    chuck = await _read(run, "charge/temperature", [p.t[1] for p in points])
    return Charge(trace(reference), trace(chuck), begin, end)


async def _arrange(rig: PhotochargingRig, lit: light.Lit, celsius: float) -> None:
    """Pack open, lamp warm and at its level, chuck settled; the shutter opens last, since light is
    counted from then on."""
    await rig.source_meter.output(False)
    await light.warm_up(rig, light.Levelling())
    await rig.lamp.set_irradiance(lit.level)
    await restore_chuck(rig, celsius)
    await rig.lamp.shutter(True)


async def _now() -> float:
    return clock.now()


async def _read(run: Run, channel: str, times: list[float]) -> list[Reading]:
    by_time = {reading.t: reading for reading in await run.readings(channel)}
    return [by_time[t] for t in times]
