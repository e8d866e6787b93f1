"""Coulombic efficiency as the mean over a life, from check blocks: reduction and evidence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from labctl.evidence import Evidence, Observed
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.battery.cell import Cell, cell_on
from procedures.methods.battery.charge_discharge import BUDGET_DRAWS
from procedures.methods.battery.cycle_life import CHECKED, RAISED, Checked, live
from procedures.methods.battery.cycling import Cycles
from procedures.methods.battery.legs import Leg, of_sign
from procedures.methods.battery.reduction import shunt_current, voltage_error
from procedures.methods.endurance.sensitivity import thermal
from procedures.methods.observing import observed_amount, spread
from rigs.battery import BatteryRig

Array = NDArray[np.float64]

MASS, ENERGY = "active_mass", "parasitic_activation_energy"
"""Properties of the sheet: active mass, activation energy of the parasitic reactions."""

SAMPLE = 0.1
"""Seconds between two looks of the cycler at its cell: a cut-off is met up to so much late."""

DEGREE = 3
"""Of the polynomial through the discharges of a block, which last an hour or two."""

AT_EMPTY, AT_EMPTY_HALF = 0.25, 0.25
"""Part of a change of the capacity that only leaves another charge in the empty cell, and half of
its possible width. None of it where charged mass is cut off: what that holds is lost. Half of it
where polarisation grows: it cuts off both ends alike where the curve is as steep at both."""

HOW = N_(
    "Charge of the discharges over that of the charges in blocks of twenty cycles at set counts; "
    "mean over the life by trapezoids. Times by the cycler, currents by one shunt and one range of "
    "its meter, whose gain cancels; zero read with the channel open before each block. Specific "
    "current by the active mass on the sample's sheet, five seconds of rest, 25 degC."
)
WORST = N_("Lowest of the blocks: {worst} %, after {count} cycles.")
LEFT_OUT = (
    N_("difference of the meter's gain between the two polarities"),
    N_("change of the efficiency between two blocks that is no straight line"),
    N_("error of the lower cut-off, which shifts charge from one cycle to the next"),
    N_("length of the rests: loss grows with it"),
    N_("cycles done again after an interruption, by which the cell is older than counted"),
    N_("end-of-life criterion: none is stated, every cycle counts whatever the capacity"),
)


async def efficiency_over_life(
    run: Run, rig: BatteryRig, result: str, specific: float, cycles: int
) -> Evidence:
    """Evidence for `result`: mean coulombic efficiency in % over `cycles` at `specific` current in
    A/kg."""
    cell = cell_on(run, rig)
    checked = await live(run, rig, cell, specific, cycles)
    return await run.reduce(lambda: _evidence(run, result, cell, checked, (specific, cycles)))


def _evidence(
    run: Run, result: str, cell: Cell, checked: Checked, at: tuple[float, int]
) -> Evidence:
    specific, cycles = at
    mc = run.monte_carlo
    run.observe(observed_current(mc, cell, checked))
    run.observe(observed_amount("cycles", float(cycles), "cyc"))

    def figure(one: MonteCarlo) -> Draws:
        return 100.0 * mean_efficiency(one, cell, checked, specific)

    return run.evidence(
        {result: run.figure(result, figure, "%")},
        how=(HOW, _worst(mc.like(2), cell, checked)),
        left_out=LEFT_OUT,
        unstated=cell.unstated(MASS, ENERGY),
        budget=mc.budget(figure, result, BUDGET_DRAWS),
    )


def mean_efficiency(mc: MonteCarlo, cell: Cell, checked: Checked, specific: float) -> Draws:
    """Draws of the mean efficiency 0..1, (draws + 1,), at nominal cut-off, temperature, current."""
    each = [block_efficiency(mc, cell, one, f"block {k}") for k, one in enumerate(checked.blocks)]
    weights = trapezoid_mean(np.array(checked.counts))
    mean = np.tensordot(weights, np.array(each), axes=1)
    raised = block_efficiency(mc, cell, checked.raised, "raised")
    slope = (raised - each[-1]) / RAISED
    mean = mean - slope * voltage_error(mc, checked.raised, cell.upper)[:, 0]
    warmth = thermal(cell.sample.quantity(ENERGY, "eV"), checked.celsius)
    warmer = warmth * cell.kelvin(mc, checked.celsius)[:, 0]
    faster = specific_current(mc, cell, checked)[:, 0] / specific - 1.0
    # What is lost takes place in time: less at a higher current, more in a warmer cell.
    return 1.0 - (1.0 - mean) * (1.0 - warmer) * (1.0 + faster)


def block_efficiency(mc: MonteCarlo, cell: Cell, seen: Cycles, name: str) -> Draws:
    """Draws of discharged over charged charge of a block but its first cycle, (draws + 1,).

    A cut-off is met at the next look of the cycler. What that takes too much out of one cycle goes
    into the next, so that of a block only its first and last discharge matter. Of a capacity that
    changes through the block, as the cell warms or fades, a part leaves another charge in the empty
    cell: that is no loss, and is taken out by the trend of the discharges. Which part is the same
    unknown in every block.
    """
    legs = [leg for leg in seen.legs if leg.cycle > 1]
    up = sum(leg.seconds for leg in of_sign(legs, 1))
    down = sum(leg.seconds for leg in of_sign(legs, -1))
    trend = capacity_trend(legs) / up
    rest = trend * (AT_EMPTY + mc.rectangular("trend", AT_EMPTY_HALF, "share at empty"))
    ratio = shunt_current(mc, cell, seen, -1, name) / shunt_current(mc, cell, seen, 1, name)
    late = SAMPLE / 2.0 / up
    first = mc.rectangular(f"{name}/first cut-off", late, "cycler's sampling")
    last = mc.rectangular(f"{name}/last cut-off", late, "cycler's sampling")
    return (ratio * (down / up) - rest + first - last)[:, 0]


def capacity_trend(legs: list[Leg]) -> float:
    """Change of the discharge from before the first to the last of `legs`, in s, by a cubic."""
    seconds = np.array([leg.seconds for leg in of_sign(legs, -1)])
    if len(seconds) <= DEGREE + 1:
        return 0.0
    number = np.linspace(-1.0, 1.0, len(seconds))
    fit = np.polynomial.polynomial.polyfit(number, seconds, DEGREE)
    before = -1.0 - (number[1] - number[0])
    ends = np.polynomial.polynomial.polyval(np.array([before, 1.0]), fit)
    return float(ends[1] - ends[0])


def trapezoid_mean(counts: Array) -> Array:
    """Weights of values at `counts` (n,) in their mean over the span by the trapezoidal rule."""
    steps = np.diff(counts)
    weights = np.zeros(len(counts))
    weights[:-1] += steps / 2.0
    weights[1:] += steps / 2.0
    return weights / weights.sum()


def specific_current(mc: MonteCarlo, cell: Cell, checked: Checked) -> Draws:
    """Draws of the mean specific current of all blocks in A/kg, (draws + 1, 1)."""
    each = [
        shunt_current(mc, cell, one, sign, f"block {k}")
        for k, one in enumerate(checked.blocks)
        for sign in (1, -1)
    ]
    return np.mean(each, axis=0) / cell.stated(mc, MASS, "kg")


def observed_current(mc: MonteCarlo, cell: Cell, checked: Checked) -> Observed:
    """Specific current as observed in the blocks, in A/kg."""
    draws = specific_current(mc, cell, checked)
    few = mc.like(2)
    mass = float(cell.stated(few, MASS, "kg")[0, 0])
    each = [
        float(shunt_current(few, cell, one, sign, "observed")[0, 0]) / mass
        for one in checked.blocks
        for sign in (1, -1)
    ]
    value = float(draws[0, 0])
    return Observed("specific_current", value, "A/kg", spread(draws[:, 0]), min(each), max(each))


def _worst(few: MonteCarlo, cell: Cell, checked: Checked) -> Text:
    each = [
        float(block_efficiency(few, cell, one, f"block {k}")[0])
        for k, one in enumerate(checked.blocks)
    ]
    worst = min(range(len(each)), key=each.__getitem__)
    count = f"{checked.counts[worst] - CHECKED / 2.0:.0f}"
    return Text(WORST, {"worst": f"{100.0 * each[worst]:.4f}", "count": count})
