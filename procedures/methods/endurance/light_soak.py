"""Continuous illumination between two readings at standard test conditions (ISOS-L)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from labctl import clock
from labctl.evidence import Evidence
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.iec60891 import STC_IRRADIANCE, STC_TEMPERATURE
from procedures.methods.endurance.dose import ACTIVATION_ENERGY, Dose
from procedures.methods.endurance.exposing import expose, interval
from procedures.methods.endurance.growth import growth_percent
from procedures.methods.endurance.log import Log, log_of
from procedures.methods.frozen import Fresh
from procedures.methods.photovoltaics import light
from procedures.methods.photovoltaics.before_after import BeforeAfter, loss_percent
from procedures.methods.photovoltaics.chuck import held_at, hold
from procedures.methods.photovoltaics.device import Device, device_on
from procedures.methods.photovoltaics.illuminated import illuminated
from procedures.methods.photovoltaics.iv_reduction import HOW, sweep_power
from procedures.methods.photovoltaics.iv_sweep import Pair, SweepSettings, take_pair
from procedures.methods.photovoltaics.standard_conditions import (
    LEFT_OUT,
    LOSS,
    budget,
    curves_at_stc,
    hysteresis_note,
)
from procedures.methods.trace import Trace
from rigs.photovoltaic import PhotovoltaicRig

BETWEEN = 0.1
"""Part of the exposure from one pair of curves on the way to the next."""

ONE = SweepSettings(pairs=1)
"""How a curve is taken on the way."""

SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)
"""When, as parts of the exposure: its end is read after it."""

GAPS = Gaps(longest=4 * 3600.0, total=24 * 3600.0)
"""Hours in the dark that do no more than the nights between days of an outdoor test; what the
device recovers in them is part of the result. Our choice: ISOS-L asks for light without break and
names no longest interruption."""

SOAK_HOW = N_(
    "Illuminated without break at 1000 W/m2, device at 25 degC, at open circuit; the light was "
    "levelled by the reference cell whenever it left +-0.5 %. A pair of curves at each tenth "
    "of the second half: a line through their powers tells how much the loss still grows with the "
    "dose, and so what the uncertainty of light and temperature is worth."
)
SOAK_LEFT_OUT = (
    N_("the reference cell's ageing during the exposure"),
    N_("bend of the loss within the second half of the exposure"),
)


async def loss_by_light(run: Run, rig: PhotovoltaicRig, result: str, seconds: float) -> Evidence:
    """Evidence for `result`: relative loss of efficiency in % by `seconds` of illumination in s."""
    before = await curves_at_stc(run, rig, "before")
    device = device_on(run, rig)
    soaked = await soak(run, rig, device, seconds)
    after = await curves_at_stc(run, rig, "after")
    device_after = device.later(soaked.log.seconds)
    curves = BeforeAfter(before, after, device, device_after)
    dose = Dose(device, soaked.log, soaked.chuck, STC_IRRADIANCE, STC_TEMPERATURE)
    return await run.reduce(lambda: _evidence(run, result, curves, dose, soaked.curves))


def _evidence(
    run: Run, result: str, curves: BeforeAfter, dose: Dose, between: Sequence[Curve]
) -> Evidence:
    mc = run.monte_carlo
    for observed in dose.observed(mc, run.band):
        run.observe(observed)
    powers = curves.powers(mc.like(2))
    growth = _growth(mc, dose, between, float(powers[0].draws[0]))

    def reduction(one: MonteCarlo) -> Draws:
        return loss_percent(curves.powers(one)) + growth * dose.unknown(one)

    return run.evidence(
        {result: run.figure(result, reduction, "%")},
        how=(HOW, SOAK_HOW, LOSS, hysteresis_note(powers)),
        left_out=(*LEFT_OUT, *SOAK_LEFT_OUT),
        unstated=curves.device_after.unstated(ACTIVATION_ENERGY),
        budget=budget(mc, reduction, result),
    )


def _growth(mc: MonteCarlo, dose: Dose, between: Sequence[Curve], start: float) -> float:
    """Growth of the loss at the end by the curves taken on the way, in % per unit of ln(dose)."""
    read = mc.like(2)
    share = [(curve.t - dose.log.begin) / dose.log.seconds for curve in between]
    power = [
        float(np.mean([sweep_power(read, dose.device, one)[0] for one in curve.pair.sweeps]))
        for curve in between
    ]
    return growth_percent(np.array(share), np.array(power), start)


class Point(msgspec.Struct, frozen=True):
    """One reading of the exposure at run time `t` in s: irradiance in W/m2, chuck in degC, the
    light as it was set then, and the pair of curves that was taken, if one was."""

    t: float
    irradiance: float
    chuck: float
    lit: light.Lit
    pair: Pair | None = None


class Curve(NamedTuple):
    """A `pair` of curves taken at the time `t` of the log in s."""

    t: float
    pair: Pair


class Soaked(NamedTuple):
    """The exposure: a `log` with columns `irradiance` in W/m2 and `chuck` in degC, the readings of
    the `chuck` as it settled, and the `curves` taken on the way."""

    log: Log
    chuck: Trace
    curves: list[Curve]


async def soak(run: Run, rig: PhotovoltaicRig, device: Device, seconds: float) -> Soaked:
    """Light on for `seconds` in s, read and levelled each `interval(seconds)`, then dark.

    From its half on a pair of curves is taken at each tenth of the exposure but the last.
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
        pair = await take_pair(run, rig, "soak", ONE) if curve_due(elapsed, seconds) else None
        return Point(seen.t, irradiance, temperature.value, now, pair)

    def held(points: list[Point]) -> float:
        log = _log(run, points, clock.now())
        return Dose(device, log, settled, STC_IRRADIANCE, STC_TEMPERATURE).seconds_held(run.band)

    async with run.scope("soak", lambda: illuminated(rig, lit, celsius)):
        points = await expose(
            run, "exposure", seconds, interval(seconds), look, Point, held, until=0.85
        )

    async def close() -> float:
        end = clock.now()
        await rig.lamp.shutter(False)
        return end

    end = await run.step("soak/end", close, float)
    curves = [Curve(run.exposed(one.t), one.pair) for one in points if one.pair is not None]
    return Soaked(_log(run, points, end), settled, curves)


def curve_due(elapsed: float, seconds: float) -> bool:
    """Whether a pair of curves belongs to the point at `elapsed` s of an exposure of `seconds`."""
    early = 1e-9 * seconds
    return any(0.0 <= elapsed - share * seconds + early < interval(seconds) for share in SHARES)


def _log(run: Run, points: list[Point], end: float) -> Log:
    """The log of the exposure, in times with the interruptions taken out."""
    rows = [(run.exposed(point.t), point.irradiance, point.chuck) for point in points]
    return log_of(rows[0][0], run.exposed(end), rows, "irradiance", "chuck")
