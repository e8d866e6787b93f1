"""Area-specific resistance of a membrane electrode by impedance: acquisition and reduction."""

from __future__ import annotations

import msgspec
import numpy as np

from labctl import clock
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.circuit import Circuit, fit
from procedures.methods.electrolysis.electrode import (
    AREA,
    CONTACT,
    OFFSET,
    OHMIC,
    SHARE,
    TAP,
    Electrode,
    electrode_on,
)
from procedures.methods.electrolysis.impedances import Impedances, recorded
from procedures.methods.electrolysis.working import WORKING, at_work, rest
from procedures.methods.electrolysis.zero_bar import BAR, check_cell, zeroed
from rigs.electrolysis import ElectrolysisRig

FREQUENCIES = (1050.0, 800.0, 500.0, 300.0, 200.0, 140.0, 100.0, 70.0, 50.0, 30.0, 20.0, 10.0)
SLOW = (5.0, 2.0, 1.0)
"""Hz; from the top of the meter's range to below the slow arc."""

DENSITY = 1.0
"""A/cm2 under which the spectrum is taken: that of the durability tests of direction 5.2."""

REST = 1800.0
"""Seconds under current before the spectrum: water and gas in the electrodes are in balance."""

ARCS = 2
HOW = N_(
    "Impedance of the cell at work, 1 A/cm2 and 60 degC, 1050 Hz to 1 Hz, four-terminal at the "
    "plates, less what the meter read on a zero bar at the same frequencies. A circuit of an "
    "inductance, a resistance and two depressed arcs is fitted; the resistance, less that of the "
    "plates between the taps, times the active area, taken to 60 degC, is the area-specific "
    "resistance."
)
LEFT_OUT = (
    N_("charge transfer of the cathode, which is too fast for an arc below 1 kHz"),
    N_("difference of temperature between membrane and plate"),
    N_("lateral spread of current and resistance over the area"),
    N_("leads that couple at the zero bar and at the cell other than by an inductance"),
    N_("drift of the meter's offset between zero bar and cell"),
)


class Spectrum(msgspec.Struct, frozen=True):
    """The `impedance` of a cell at work, and temperatures in degC before and after each third."""

    impedance: Impedances
    temperature: tuple[Reading, ...]


async def area_resistance(run: Run, rig: ElectrolysisRig, result: str) -> Evidence:
    """Evidence for `result`: area-specific resistance in ohm cm2 at 60 degC."""
    electrode = electrode_on(run)
    current = DENSITY * electrode.area
    zero = await zeroed(run, rig, (*FREQUENCIES, *SLOW))
    async with run.scope("spectrum", lambda: at_work(rig, WORKING, current)):
        seen = await run.step("sweep", lambda: sweep(run, rig), Spectrum)
    await rest(run, rig, "spectrum")
    circuit = circuit_of(seen.impedance, zero)

    def reduction(mc: MonteCarlo) -> Draws:
        return specific(mc, electrode, seen, zero, circuit)

    return run.evidence(
        {result: run.figure(result, reduction, "ohm*cm**2")},
        how=HOW,
        left_out=LEFT_OUT,
        unstated=electrode.unstated((AREA, TAP, OHMIC), (OFFSET, SHARE, CONTACT, BAR)),
        budget=run.monte_carlo.budget(reduction, result),
    )


async def sweep(run: Run, rig: ElectrolysisRig) -> Spectrum:
    """The spectrum of a cell that is at work."""
    await clock.sleep(REST)
    meter = rig.impedance_meter
    points, heat = [], [await rig.heater.temperature()]
    await meter.integrate("long", 1)
    for number, frequency in enumerate((*FREQUENCIES, *SLOW), 1):
        await meter.set_frequency(frequency)
        points.append(await meter.measure())
        check_cell(points[-1])
        if number % 5 == 0:
            heat.append(await rig.heater.temperature())
    found = await recorded(run, "spectrum", points)
    await run.record("spectrum/temperature", *heat)
    return Spectrum(found, tuple(heat))


def circuit_of(seen: Impedances, zero: Impedances) -> Circuit:
    """The circuit fitted to `seen` less `zero`, each reading weighed by its limit of error."""
    frequency = np.array(seen.frequency)
    return fit(frequency, seen.values() - zero.values(), seen.limits(), ARCS)


def specific(
    mc: MonteCarlo, electrode: Electrode, seen: Spectrum, zero: Impedances, circuit: Circuit
) -> Draws:
    """Area-specific resistance in ohm cm2 at 60 degC, shape (draws + 1, 1).

    Readings of one range share their error by data sheet, of which the difference keeps what grows
    with the reading; readings of two ranges keep all of both. Noise is in the fit's residuals.
    """
    moved = (seen.impedance.moved(mc) - zero.moved(mc)) @ circuit.weights
    scatter = circuit.u * mc.normal("scatter/circuit", "residuals of the fitted circuit")
    whole = circuit.resistance + moved[:, None] + scatter
    whole = whole * (1.0 + electrode.added(mc, SHARE, "dimensionless"))
    own = whole + electrode.added(mc, BAR, "ohm") - electrode.stated(mc, TAP, "ohm")
    kelvin = mc.mean(seen.temperature) + electrode.added(mc, OFFSET, "K") - WORKING
    warmer = 1.0 + electrode.stated(mc, OHMIC, "1/K") * kelvin
    mounted = electrode.added(mc, CONTACT, "ohm*cm**2")
    return own * electrode.areas(mc) / warmer + mounted
