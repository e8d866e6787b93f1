"""Continuous illumination between two readings at standard test conditions (ISOS-L)."""

from __future__ import annotations

import msgspec

from labctl import clock
from labctl.evidence import Evidence
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.iec60891 import STC_IRRADIANCE, STC_TEMPERATURE
from procedures.methods.endurance.dose import Dose
from procedures.methods.endurance.exposing import expose
from procedures.methods.endurance.log import Log, log_of
from procedures.methods.frozen import Fresh
from procedures.methods.photovoltaics import light
from procedures.methods.photovoltaics.before_after import BeforeAfter, loss_percent
from procedures.methods.photovoltaics.chuck import held_at, hold
from procedures.methods.photovoltaics.device import Device, device_on
from procedures.methods.photovoltaics.illuminated import illuminated
from procedures.methods.photovoltaics.iv_reduction import HOW, Power
from procedures.methods.photovoltaics.standard_conditions import (
    LEFT_OUT,
    LOSS,
    budget,
    curves_at_stc,
    hysteresis_note,
)
from procedures.methods.trace import Trace
from rigs.photovoltaic import PhotovoltaicRig

EVERY = 600.0
"""Seconds between two readings of light and temperature."""

GAPS = Gaps(longest=4 * 3600.0, total=24 * 3600.0)
"""Hours in the dark that do no more than the nights between days of an outdoor test; what the
device recovers in them is part of the result. Our choice: ISOS-L asks for light without break and
names no longest interruption."""

SOAK_HOW = N_(
    "Illuminated without break at 1000 W/m2, device at 25 degC, at open circuit; the light was "
    "levelled by the reference cell whenever it left +-0.5 %."
)
SOAK_LEFT_OUT = (N_("the reference cell's ageing during the exposure"),)


async def loss_by_light(run: Run, rig: PhotovoltaicRig, result: str, seconds: float) -> Evidence:
    """Evidence for `result`: relative loss of efficiency in % by `seconds` of illumination in s."""
    before = await curves_at_stc(run, rig, "before")
    device = device_on(run, rig)
    log, chuck = await soak(run, rig, device, seconds)
    after = await curves_at_stc(run, rig, "after")
    device_after = device.later(log.seconds)
    curves = BeforeAfter(before, after, device, device_after)
    dose = Dose(device, log, chuck, STC_IRRADIANCE, STC_TEMPERATURE)
    return await run.reduce(lambda: _evidence(run, result, curves, dose))


def _evidence(run: Run, result: str, curves: BeforeAfter, dose: Dose) -> Evidence:
    mc = run.monte_carlo
    for observed in dose.observed(mc, run.band):
        run.observe(observed)
    powers = curves.powers(mc)

    def reduction(one: MonteCarlo, found: tuple[Power, Power]) -> Draws:
        return loss_percent(found) * dose.factor(one)

    return run.evidence(
        {result: mc.figure(reduction(mc, powers), "%")},
        how=(HOW, SOAK_HOW, LOSS, hysteresis_note(powers)),
        left_out=(*LEFT_OUT, *SOAK_LEFT_OUT, *curves.device_after.left_out()),
        budget=budget(mc, lambda one: reduction(one, curves.powers(one)), result),
    )


class Point(msgspec.Struct, frozen=True):
    """One reading of the exposure at run time `t` in s: irradiance in W/m2, chuck in degC, and the
    light as it was set then."""

    t: float
    irradiance: float
    chuck: float
    lit: light.Lit


async def soak(run: Run, rig: PhotovoltaicRig, device: Device, seconds: float) -> tuple[Log, Trace]:
    """The exposure: light on for `seconds` in s, read and levelled each 10 min, then dark.

    Columns of the log: `irradiance` in W/m2, `chuck` in degC. With it the chuck's readings as it
    settled.
    """
    celsius = device.chuck_for(STC_TEMPERATURE, STC_IRRADIANCE)
    lit = await light.set_light(run, rig, "soak", STC_IRRADIANCE)
    settled = await hold(run, rig, "soak", celsius)
    cell = Fresh(light.CELL)

    async def look(elapsed: float, before: Point | None) -> Point:
        seen = (await light.recorded_reference(run, rig, "soak", 1)).readings()[0]
        cell.look(seen)
        irradiance = light.irradiance_of(rig, seen).value
        now = lit if before is None else before.lit
        now = await light.relevelled(run, rig, "soak", now, irradiance, STC_IRRADIANCE)
        temperature = await rig.chuck.temperature()
        await run.record("soak/temperature", temperature)
        run.look_at("irradiance", irradiance, "W/m**2")
        run.look_at("temperature", temperature.value - celsius + STC_TEMPERATURE, "degC")
        await held_at(rig, celsius, temperature)
        return Point(seen.t, irradiance, temperature.value, now)

    def held(points: list[Point]) -> float:
        log = _log(run, points, clock.now())
        return Dose(device, log, settled, STC_IRRADIANCE, STC_TEMPERATURE).seconds_held(run.band)

    async with run.scope("soak", lambda: illuminated(rig, lit, celsius)):
        points = await expose(run, "exposure", seconds, EVERY, look, Point, held, until=0.85)

    async def close() -> float:
        end = clock.now()
        await rig.lamp.shutter(False)
        return end

    end = await run.step("soak/end", close, float)
    return _log(run, points, end), settled


def _log(run: Run, points: list[Point], end: float) -> Log:
    """The log of the exposure, in times with the interruptions taken out."""
    rows = [(run.exposed(point.t), point.irradiance, point.chuck) for point in points]
    return log_of(rows[0][0], run.exposed(end), rows, "irradiance", "chuck")
