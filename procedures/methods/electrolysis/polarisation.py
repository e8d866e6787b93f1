"""Polarisation curve of a membrane electrode: acquisition and reduction."""

from __future__ import annotations

import msgspec
import numpy as np

from labctl import clock
from labctl.evidence import Evidence, Observed
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods.electrolysis.electrode import (
    AREA,
    CONTACT,
    OFFSET,
    REPEATABILITY,
    TAP,
    VOLTAGE,
    Electrode,
    electrode_on,
)
from procedures.methods.electrolysis.reading import look
from procedures.methods.electrolysis.working import STEADY, at_work, drive, rest
from procedures.methods.observing import observed_log, spread
from procedures.methods.settling import settled
from procedures.methods.trace import Trace, trace
from rigs.electrolysis import ElectrolysisRig

SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.95, 1.0, 1.05)
"""Steps of the curve as parts of the set current density, upwards."""

NEAR = 3
"""The last steps, between which the voltage at the set density is interpolated."""

HOLD = 300.0
"""Seconds at a current, once the temperature has settled, before it is read."""

READINGS, EVERY = 5, 10.0
HOW = N_(
    "Current stepped upwards, each step held until the cell's temperature had settled and five "
    "minutes more; then five readings, 10 s apart, of the voltage at sense taps beside the "
    "membrane electrode. The voltage of the plates between the taps is taken off, the set "
    "temperature reached by the electrode's temperature coefficient, and the voltage at the set "
    "current density interpolated between the three steps round it."
)
LEFT_OUT = (
    N_("difference of temperature between membrane and plate"),
    N_("lateral spread of current over the area"),
    N_("the slow part of bubbles, which builds up in days"),
)


class Step(msgspec.Struct, frozen=True):
    """Readings at one current: voltage in V at the taps, current in A, temperature in degC."""

    voltage: Trace
    current: Trace
    temperature: Trace


async def voltage_at(
    run: Run, rig: ElectrolysisRig, result: str, *, density: float, celsius: float
) -> Evidence:
    """Evidence for `result`: cell voltage in V at `density` in A/cm2 and `celsius` in degC."""
    electrode = electrode_on(run)
    currents = [share * density * electrode.area for share in SHARES]
    async with run.scope("curve", lambda: at_work(rig, celsius, currents[0])):
        steps = [
            await run.step(f"step-{number}", lambda i=current: step(run, rig, i, celsius), Step)
            for number, current in enumerate(currents)
        ]
    await rest(run, rig, "curve")
    near = steps[-NEAR:]
    mc = run.monte_carlo
    run.observe(_density(mc, electrode, steps[SHARES.index(1.0)]))
    run.observe(_temperature(mc, electrode, steps[SHARES.index(1.0)]))

    def reduction(one: MonteCarlo) -> Draws:
        return interpolated(one, electrode, near, density, celsius)

    return run.evidence(
        {result: run.figure(result, reduction, "V")},
        how=HOW,
        left_out=LEFT_OUT,
        unstated=electrode.unstated((AREA, TAP, VOLTAGE), (OFFSET, REPEATABILITY, CONTACT)),
        budget=mc.budget(reduction, result),
    )


async def step(run: Run, rig: ElectrolysisRig, current: float, celsius: float) -> Step:
    """Readings at `current` in A and `celsius` in degC, both settled."""
    await drive(rig, current)
    await settled(rig.heater.temperature, celsius, STEADY, "the cell")
    await clock.sleep(HOLD)
    begin = clock.now()
    for _ in range(READINGS):
        await look(run, rig, "curve")
        await clock.sleep(EVERY)
    read = [await run.readings(f"curve/{name}") for name in ("voltage", "current", "temperature")]
    return Step(*(trace([one for one in channel if one.t >= begin]) for channel in read))


def interpolated(
    mc: MonteCarlo, electrode: Electrode, steps: list[Step], density: float, celsius: float
) -> Draws:
    """Voltage in V at `density` in A/cm2 and `celsius` in degC, shape (draws + 1, 1): on the
    straight line through `steps`."""
    currents = [mc.mean(one.current.readings()) for one in steps]
    pairs = zip(steps, currents, strict=True)
    voltages = [_own(mc, electrode, one, amps, celsius) for one, amps in pairs]
    amps, volts = np.hstack(currents), np.hstack(voltages)
    x = amps / electrode.areas(mc)
    slope, _ = np.polynomial.polynomial.polyfit(x[0], volts[0], 1)[::-1]
    mean = volts.mean(axis=1, keepdims=True) + slope * (density - x.mean(axis=1, keepdims=True))
    moving = max(_moving(one) for one in steps)
    settling = mc.rectangular("settling", moving, "change within the readings of a step")
    mounted = density * electrode.added(mc, CONTACT, "ohm*cm**2")
    return mean + settling + mounted + electrode.added(mc, REPEATABILITY, "V")


def _own(mc: MonteCarlo, electrode: Electrode, one: Step, amps: Draws, celsius: float) -> Draws:
    """Voltage in V of the membrane electrode itself at `celsius`, from the taps' at `amps` A."""
    taps = mc.mean(one.voltage.readings())
    plates = amps * electrode.stated(mc, TAP, "ohm")
    kelvin = mc.mean(one.temperature.readings()) + electrode.added(mc, OFFSET, "K") - celsius
    return taps - plates - electrode.stated(mc, VOLTAGE, "V/K") * kelvin


def _moving(one: Step) -> float:
    """Half the change in V between the first and the last two readings of a step."""
    values = one.voltage.array
    return 0.5 * abs(float(values[-2:].mean() - values[:2].mean()))


def _density(mc: MonteCarlo, electrode: Electrode, one: Step) -> Observed:
    draws = mc.mean(one.current.readings()) / electrode.areas(mc)
    log = one.current.array / electrode.area
    return observed_log("current_density", "A/cm**2", one.current.t, log, spread(draws))


def _temperature(mc: MonteCarlo, electrode: Electrode, one: Step) -> Observed:
    draws = mc.mean(one.temperature.readings()) + electrode.added(mc, OFFSET, "K")
    log = one.temperature.array
    return observed_log("temperature", "degC", one.temperature.t, log, spread(draws))
