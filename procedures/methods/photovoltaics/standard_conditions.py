"""A device measured at standard test conditions: acquisition, conditions, evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from labctl.evidence import Contribution, Evidence, Observed
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.analysis import iv
from procedures.analysis.iec60891 import STC_IRRADIANCE, STC_TEMPERATURE
from procedures.methods.observing import BandOf, observed_log, spread
from procedures.methods.photovoltaics.chuck import hold
from procedures.methods.photovoltaics.device import Device, device_on
from procedures.methods.photovoltaics.illuminated import illuminated
from procedures.methods.photovoltaics.iv_reduction import HOW, Power, stc_power
from procedures.methods.photovoltaics.iv_sweep import Pair, SweepSettings, sweep_pairs
from procedures.methods.photovoltaics.light import set_light
from rigs.photovoltaic import PhotovoltaicRig

BUDGET_DRAWS = 300
"""Draws for a budget line: enough for two digits."""

LEFT_OUT = (
    N_("angle and divergence of the light"),
    N_("instability of the light within one sweep"),
)
PER_AREA = N_("Divided by the area on the sample's sheet.")
PER_AREA_AND_LIGHT = N_("Divided by the area on the sample's sheet and by 1000 W/m2.")
LOSS = N_("Loss = (before - after) / before.")
HYSTERESIS = N_("Hysteresis index {index}.")


async def curves_at_stc(
    run: Run, rig: PhotovoltaicRig, name: str, how: SweepSettings | None = None
) -> list[Pair]:
    """Pairs of curves at 1000 W/m2 with the device at 25 degC; the shutter is closed afterwards."""
    chuck = device_on(run, rig).chuck_for(STC_TEMPERATURE, STC_IRRADIANCE)
    lit = await set_light(run, rig, name, STC_IRRADIANCE)
    await hold(run, rig, name, chuck)
    async with run.scope(name, lambda: illuminated(rig, lit, chuck)):
        pairs = await sweep_pairs(run, rig, name, how)
    await run.step(f"{name}/dark", lambda: _dark(rig), bool)
    return pairs


async def _dark(rig: PhotovoltaicRig) -> bool:
    await rig.lamp.shutter(False)
    return True


async def power_per_area(
    run: Run, rig: PhotovoltaicRig, result: str, *, per_light: bool
) -> Evidence:
    """Evidence for `result`: power at standard test conditions by area in W/m2, or, `per_light`,
    by area and irradiance in % (efficiency)."""
    pairs = await curves_at_stc(run, rig, "iv")
    run.progress(0.9, "reduction")
    device = device_on(run, rig)
    return await run.reduce(lambda: _evidence(run, device, pairs, result, per_light=per_light))


def _evidence(
    run: Run, device: Device, pairs: Sequence[Pair], result: str, *, per_light: bool
) -> Evidence:
    unit = "%" if per_light else "W/m**2"

    def by_area(mc: MonteCarlo, power: Power) -> Draws:
        area = device.stated(mc, "area", "m**2")[:, 0]
        return iv.efficiency(power.draws, STC_IRRADIANCE / 100 if per_light else 1.0, area)

    def reduction(one: MonteCarlo) -> Draws:
        return by_area(one, stc_power(one, device, pairs, "iv"))

    mc = run.monte_carlo
    for observed in observed_conditions(mc, device, pairs, run.band):
        run.observe(observed)
    note = hysteresis_note([stc_power(mc.like(2), device, pairs, "iv")])
    return run.evidence(
        {result: run.figure(result, reduction, unit)},
        how=(HOW, PER_AREA_AND_LIGHT if per_light else PER_AREA, note),
        left_out=LEFT_OUT,
        unstated=device.unstated(),
        budget=budget(mc, reduction, result),
    )


def budget(
    mc: MonteCarlo, reduction: Callable[[MonteCarlo], Draws], figure: str
) -> tuple[Contribution, ...]:
    """Lines of the uncertainty budget of `figure`, in its unit."""
    return mc.budget(reduction, figure, BUDGET_DRAWS)


def observed_conditions(
    mc: MonteCarlo, device: Device, pairs: Sequence[Pair], band: BandOf
) -> list[Observed]:
    """Irradiance in W/m2 and device temperature in degC during the sweeps."""
    sweeps = [sweep for pair in pairs for sweep in (pair.reverse, pair.forward)]
    light = [device.irradiance(mc, mc.mean(s.reference.readings())) for s in sweeps]
    heat = [
        device.temperature(mc, mc.mean(s.temperature.readings()), e)
        for s, e in zip(sweeps, light, strict=True)
    ]
    time = [s.voltage.t[0] for s in sweeps]

    def seen(quantity: str, unit: str, draws: Sequence[Draws]) -> Observed:
        u = spread(np.mean(draws, axis=0))
        return observed_log(quantity, unit, time, _row(draws), u, band(quantity, unit))

    return [seen("irradiance", "W/m**2", light), seen("temperature", "degC", heat)]


def _row(draws: Sequence[Draws]) -> Draws:
    return np.array([column[0, 0] for column in draws])


def hysteresis_note(powers: Sequence[Power]) -> Text:
    """The hysteresis index of each reading, in words."""
    told = ", ".join(f"{100 * power.hysteresis:.2f} %" for power in powers)
    return Text(HYSTERESIS, {"index": told})
