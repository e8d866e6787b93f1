"""A device that supplies a portable product while the light changes: acquisition."""

from __future__ import annotations

import msgspec

from labctl import clock
from labctl.evidence import Reading
from labctl.run import Run
from procedures.methods.photocharging.profile import Profile
from procedures.methods.photocharging.transients import Swing, swing
from procedures.methods.photovoltaics import light
from procedures.methods.photovoltaics.chuck import restore_chuck
from rigs.photocharging import PhotochargingRig

DEPTH = 4
"""Bursts from one record of the oscilloscope to the next, beside the first of each phase."""

SPAN, LENGTH, RATE = 0.8, 1.2e-3, 1e7
"""Screen in V, record in s and samples in 1/s: room for a step of 0.4 V that lasts 0.1 ms."""

LEVEL = 0.015
"""Volts from the mean at which the oscilloscope triggers."""

PATIENCE = 1.0
"""Seconds after a step in which a record must be complete."""


class Point(msgspec.Struct, frozen=True):
    """The output at `idle`, and at the end of a `burst` with the `current` that flowed, in V and A;
    the `swings` at the steps of the load, where they were recorded; the light that was set and,
    where it was read, `irradiance`, in W/m2."""

    light: float
    idle: Reading
    burst: Reading | None = None
    current: Reading | None = None
    swings: tuple[Swing, ...] = ()
    irradiance: float | None = None


async def supply(run: Run, rig: PhotochargingRig, profile: Profile, celsius: float) -> list[Point]:
    """The whole profile with the chuck at `celsius` in degC; then load off and dark."""
    lit = {
        level: await light.set_light(run, rig, f"light-{level:g}", level)
        for level in profile.levels
    }

    async def look(elapsed: float, before: Point | None) -> Point:
        wanted = profile.light(elapsed)
        turned = before is None or before.light != wanted
        if turned:
            await _turn(rig, lit.get(wanted))
        point = Point(wanted, await _output(run, rig, "idle"))
        if not profile.bursts(elapsed):
            return point
        if not (turned or round(elapsed / profile.every) % DEPTH == 0):
            return await burst(run, rig, profile, point)
        point = await recorded_burst(run, rig, profile, point)
        seen = None if turned else await _irradiance(run, rig, wanted)
        return msgspec.structs.replace(point, irradiance=seen)

    async with run.scope("supply", lambda: _arrange(rig, profile, celsius)):
        points = await run.log("profile", profile.seconds, profile.reading, look, Point)
        await run.step("end", lambda: _end(rig), bool)
    return points


async def burst(run: Run, rig: PhotochargingRig, profile: Profile, point: Point) -> Point:
    """`point` with a burst of the load."""
    await rig.load.sink_current(profile.burst)
    found = await _bursting(run, rig, profile, point)
    await rig.load.sink_current(profile.idle)
    return found


async def recorded_burst(run: Run, rig: PhotochargingRig, profile: Profile, point: Point) -> Point:
    """The same with both steps of the load recorded, as far as there is an output to record."""
    swings: list[Swing] = []
    if seen := _alive(point.idle, profile):
        await _arm(rig, falling=True)
    await rig.load.sink_current(profile.burst)
    if seen:
        swings.append(await _swing(run, rig))
    found = await _bursting(run, rig, profile, point)
    if seen := seen and _alive(found.burst or point.idle, profile):
        await _arm(rig, falling=False)
    await rig.load.sink_current(profile.idle)
    if seen:
        swings.append(await _swing(run, rig))
    return msgspec.structs.replace(found, swings=tuple(swings))


def _alive(output: Reading, profile: Profile) -> bool:
    """Whether there is an output: one that has turned itself off takes no step."""
    return output.value > profile.low / 2.0


async def _bursting(run: Run, rig: PhotochargingRig, profile: Profile, point: Point) -> Point:
    await clock.sleep(profile.width)
    current = (await rig.load.measure()).current
    await run.record("supply/current", current)
    output = await _output(run, rig, "burst")
    return msgspec.structs.replace(point, burst=output, current=current)


async def _irradiance(run: Run, rig: PhotochargingRig, wanted: float) -> float:
    if wanted == 0.0:
        return 0.0
    readings = (await light.recorded_reference(run, rig, "supply", 1)).readings()
    return light.irradiance_of(rig, readings[0]).value


async def _arrange(rig: PhotochargingRig, profile: Profile, celsius: float) -> None:
    """Pack open, chuck settled, the product idling, the oscilloscope set."""
    await rig.source_meter.output(False)
    await light.warm_up(rig, light.Levelling())
    await restore_chuck(rig, celsius)
    scope = rig.oscilloscope
    await scope.set_channel(1, span=SPAN, offset=0.0, coupling="ac", impedance="1M", probe=1.0)
    await scope.set_timebase(LENGTH, delay=LENGTH / 3)
    await scope.set_sample_rate(RATE)
    await rig.load.sink_current(profile.idle)
    await rig.load.input(True)


async def _turn(rig: PhotochargingRig, lit: light.Lit | None) -> None:
    """Light as it was set before, or dark."""
    if lit is not None:
        await rig.lamp.set_irradiance(lit.level)
    await rig.lamp.shutter(lit is not None)


async def _output(run: Run, rig: PhotochargingRig, name: str) -> Reading:
    reading = await rig.output_meter.measure_voltage(voltage_range=10.0)
    await run.record(f"supply/{name}", reading)
    return reading


async def _arm(rig: PhotochargingRig, *, falling: bool) -> None:
    scope = rig.oscilloscope
    if falling:
        await scope.set_trigger(1, level=-LEVEL, slope="falling")
    else:
        await scope.set_trigger(1, level=LEVEL, slope="rising")
    await scope.arm()
    await clock.sleep(LENGTH)


async def _swing(run: Run, rig: PhotochargingRig) -> Swing:
    await rig.oscilloscope.wait(timeout=PATIENCE)
    found = swing(await rig.oscilloscope.waveform(1))
    await run.record("supply/swing", found.low, found.high)
    return found


async def _end(rig: PhotochargingRig) -> bool:
    await rig.load.input(False)
    await rig.lamp.shutter(False)
    return True
