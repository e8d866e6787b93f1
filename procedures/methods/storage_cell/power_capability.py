"""The largest rate that a cell holds for a set time above its lower cut-off: reduction."""

from __future__ import annotations

from functools import partial

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.lives import censored
from labctl.words import Text, Words
from procedures.methods.battery.legs import of_sign
from procedures.methods.observing import observed_amount
from procedures.methods.one_figure import one_figure
from procedures.methods.storage_cell import climate
from procedures.methods.storage_cell.capacity import COARSE, rated_cycle
from procedures.methods.storage_cell.cell import RATE, TEMPERATURE, Cell, cell_on
from procedures.methods.storage_cell.driving import Seen
from procedures.methods.storage_cell.pulse import LOWER_START, START, Pulses, apart, pulses
from procedures.methods.storage_cell.reduction import line_error
from rigs.storage_cell import StorageCellRig

MOST = 5.95
"""Largest rate that is tried, as a multiple of the rated capacity per hour."""

WARMING = "pulse_temperature_coefficient"
"""Property of the sheet: relative change of the largest rate per kelvin, in 1/K."""

SAMPLE = 0.1
"""Seconds between two looks of the cycler at its cell."""

CURVED = 0.1
"""Part of the last step of the extrapolation by which the course may leave the straight line."""

HOW = N_(
    "Pulses from half of the capacity at the three-hour rate, after an hour of rest in air of "
    "25 degC, each with a current nearer to that at which the lowest voltage in the set time is "
    "the lower cut-off of the sample's sheet; between pulses the charge is put back. "
    "Largest rate by a line through two pulses that were held, as a multiple of the rated "
    "capacity per hour. State of charge and limit of voltage are our choice: the text states none."
)
HELD = N_("Held in fact: {rate} times the rated capacity per hour; the case warmed by {kelvin} K.")
LEFT_OUT: tuple[Words, ...] = (
    N_("length of the rest before a pulse: an hour, after which the voltage stands within 1 mV"),
)


async def peak_rate(run: Run, rig: StorageCellRig, result: str) -> Evidence:
    """Evidence for `result`: largest discharge rate held for the set duration."""
    cell = cell_on(run)
    seconds = run.set_point("duration", "s")
    await climate.hold(run, rig, "capacity")

    cycle = partial(rated_cycle, run, rig, cell)
    async with run.scope("capacity", lambda: climate.restore(rig)):
        await run.step("first", lambda: cycle("capacity/first", COARSE), Seen)
        full = await run.step("cycle", lambda: cycle("capacity/cycle", 300.0), Seen)
    found = await pulses(run, rig, cell, full, seconds, cell.current(MOST))
    return await _evidence(run, result, cell, found, seconds)


async def _evidence(run: Run, result: str, cell: Cell, found: Pulses, seconds: float) -> Evidence:
    held = [one for one in found.pulses if one.held]
    best = max(held, key=lambda one: one.current, default=found.pulses[-1])
    rate = best.current / cell.current(1.0)
    run.observe(observed_amount("duration", seconds if held else best.seconds, "s"))
    how = (HOW, Text(HELD, {"rate": f"{rate:.3f}", "kelvin": f"{best.warmer:.1f}"}))
    if len(held) < 2 or rate >= 0.999 * MOST:
        lived = censored(rate, "C_rate")
        return run.evidence({result: lived}, how=how, left_out=LEFT_OUT)

    def figure(mc: MonteCarlo) -> Draws:
        return largest(mc, cell, found)

    unstated = cell.unstated(WARMING)
    return await one_figure(
        run, result, "C_rate", figure, how=how, left_out=LEFT_OUT, unstated=unstated
    )


def largest(mc: MonteCarlo, cell: Cell, found: Pulses) -> Draws:
    """Draws of the largest rate in air of 25 degC, (draws + 1,)."""
    first, last = apart([one for one in found.pulses if one.held])
    per_ampere = (first.volts - last.volts) / (last.current - first.current)
    volts = last.volts + line_error(mc, found.rated, found.rated.voltage, last.volts)
    volts = volts + scatter(mc, found)
    # A pulse ends, and a voltage is read, up to a tenth of a second late.
    late = mc.rectangular("time window", SAMPLE / 2.0, "cycler's sampling")[:, 0]
    volts = volts - last.slope * late + _start(mc, cell, found, per_ampere)
    true = -line_error(mc, found.rated, found.rated.current, -last.current) + last.current
    step = (volts - cell.lower) / per_ampere
    bend = mc.rectangular("extrapolation", CURVED, "bend of the course beyond the last pulse")
    reach = true + step * (1.0 + bend[:, 0])
    celsius = cell.air(mc, last.air) - TEMPERATURE
    warmer = 1.0 + (cell.stated(mc, WARMING, "1/K") * celsius)[:, 0]
    return reach / cell.current(1.0) / warmer


def scatter(mc: MonteCarlo, found: Pulses) -> Draws:
    """Draws around 0 in V of the noise of one reading of the voltage, (draws + 1,)."""
    line = found.rated.voltage
    digit = 0.0 if line is None else line.resolution
    return mc.rectangular("repeatability/voltage", digit, "a digit of the cycler")[:, 0]


def _start(mc: MonteCarlo, cell: Cell, found: Pulses, per_ampere: float) -> Draws:
    """Draws around 0 in V of what the starting charge is wrong by, (draws + 1,).

    Where the cycler's voltage is wrong, the charge before was cut off wrong, and half of a capacity
    of both cut-offs was taken from there. Where its zero of current is, what pulses have taken was
    put back wrong.
    """
    low, last = found.lower, apart([one for one in found.pulses if one.held])[1]
    here = low.volts + (low.current - last.current) * per_ampere
    per_share = (last.volts - here) / (START - LOWER_START)
    up, down = of_sign(found.rated.legs, 1)[-1], of_sign(found.rated.legs, -1)[-1]
    error = line_error(mc, found.rated, found.rated.voltage, cell.upper)
    above, below = error * up.slope * up.current, error * down.slope * down.current
    before = found.pulses[: found.pulses.index(last)]
    seconds = sum(one.seconds * (1.0 + one.current / cell.current(RATE)) for one in before)
    zero = line_error(mc, found.rated, found.rated.current, cell.current(RATE))
    more = (1.0 - START) * above + START * below + zero * seconds
    return -per_share * more / (down.seconds * down.current)
