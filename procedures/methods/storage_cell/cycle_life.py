"""Cycles to the end of life of a storage cell: reduction and evidence."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from labctl.evidence import Evidence, Observed
from labctl.gaps import Gaps
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.lives import censored
from labctl.uncertainty.shapes import student
from labctl.words import Text, Words
from procedures.analysis.end_of_life import crossing, last_above, near, repeats, retained
from procedures.methods.battery.legs import of_sign
from procedures.methods.endurance.sensitivity import BOLTZMANN
from procedures.methods.observing import observed_amount, observed_log, spread
from procedures.methods.one_figure import one_figure
from procedures.methods.storage_cell.cell import TEMPERATURE, Cell, cell_on
from procedures.methods.storage_cell.life import Check, Lived, Terms, live, retentions, shown
from procedures.methods.storage_cell.reduction import given, true_current
from rigs.storage_cell import StorageCellRig

Array = NDArray[np.float64]

ENERGY, RATE, DEPTH = "ageing_activation_energy", "life_rate_exponent", "life_depth_exponent"
"""Properties of the sheet: in eV, and powers of rate and depth with which a life changes."""

KELVIN = TEMPERATURE + 273.15

GAPS = Gaps(longest=7 * 24 * 3600.0, total=30 * 24 * 3600.0)
"""A part that is interrupted is done again. A cell that waits grows older by the calendar: our
choice, a week at once and a month in all, some percent of a life of years."""

HOW = N_(
    "Constant-current cycles between the cut-offs of the sample's sheet in air of 25 degC, each "
    "discharge timed to the set depth of the present capacity, ten minutes of rest; after each "
    "part a full cycle at the same rates tells the capacity; the first of these is the first "
    "cycle. The count at the end of life is read off a line through the four checks beside it, and "
    "corrected to the temperature, rate and depth that are asked for."
)
CHECKED = N_("{checks} checks, the last after {count} cycles with {kept} % of the first capacity.")
LEFT_OUT: tuple[Words, ...] = (
    N_("extrapolation and early stop: none, the cell was cycled beyond its end of life"),
    N_("cycles done again after an interruption, by which the cell is older than counted"),
    N_("calendar ageing while a finished part waits to be seen, up to two cycles in each"),
    N_("spread from cell to cell: one cell was cycled"),
)
ALIVE: tuple[Words, ...] = (
    N_("extrapolation: none, the cell was still alive when the cycling was ended"),
)


async def cycle_life(run: Run, rig: StorageCellRig, result: str) -> Evidence:
    """Evidence for `result`: cycles at the set rates and depth until the set retention."""
    terms = Terms(
        run.set_point("charge_c_rate", "C_rate"),
        run.set_point("discharge_c_rate", "C_rate"),
        run.set_point("depth_of_discharge", "dimensionless"),
        run.set_point("retention", "dimensionless"),
    )
    cell = cell_on(run)
    lived = await live(run, rig, cell, terms)
    for observed in await run.reduce(lambda: conditions(run, cell, lived, terms)):
        run.observe(observed)
    return await _evidence(run, result, cell, lived, terms)


async def _evidence(run: Run, result: str, cell: Cell, lived: Lived, terms: Terms) -> Evidence:
    last, kept = lived.checks[-1].count, retentions(lived.checks)
    values = {"checks": str(len(kept)), "count": str(last), "kept": f"{100 * kept[-1]:.2f}"}
    how = (HOW, Text(CHECKED, values))
    if not lived.over:
        alive = last_above([one.count for one in lived.checks], kept, terms.left)
        return run.evidence({result: censored(alive, "cyc")}, how=how, left_out=ALIVE)

    def figure(one: MonteCarlo) -> Draws:
        return cycles_to_end(one, cell, lived.checks, terms)

    unstated = cell.unstated(ENERGY, RATE, DEPTH)
    return await one_figure(
        run, result, "cyc", figure, how=how, left_out=LEFT_OUT, unstated=unstated
    )


def cycles_to_end(mc: MonteCarlo, cell: Cell, checks: list[Check], terms: Terms) -> Draws:
    """Draws of the count of cycles at the end of life, (draws + 1,), at the set conditions."""
    counts = np.array([float(one.count) for one in checks])
    each = np.stack([given(mc, cell, one.seen).charge for one in checks], axis=1)
    kept = retained(_repeated(mc, counts, each, terms.left))
    found = crossing(counts, kept, terms.left)
    # Beside the crossing a straight line stands for a curve: the chord differs by as much.
    line = abs(float(found[0]) - _chord(counts, kept[0], terms.left))
    found = found + mc.rectangular("end of life/interpolation", line, "four checks, or two")[:, 0]
    lived = [one for one in checks if one.count <= found[0] or one is checks[1]]
    return found * _slower(mc, cell, checks) * _as_asked(mc, cell, lived, terms)


def _repeated(mc: MonteCarlo, counts: Array, each: Draws, left: float) -> Draws:
    """Capacities with the scatter of a check on the first one and on those beside the end."""
    told = repeats(counts, each[0])
    beside = near(each[0] / each[0, 0], left)
    out = each.copy()
    for number in (0, *range(beside.first, beside.last)):
        name = f"repeatability/check {number}"
        out[:, number] += mc.certified(name, told.deviation, student(told.freedom), "scatter")[:, 0]
    return out


def _chord(counts: Array, kept: Array, left: float) -> float:
    """Count at which the line between the two checks beside the end of life crosses it."""
    after = near(kept, left).first + 2
    share = (kept[after - 1] - left) / (kept[after - 1] - kept[after])
    return float(counts[after - 1] + share * (counts[after] - counts[after - 1]))


def _slower(mc: MonteCarlo, cell: Cell, checks: list[Check]) -> Draws:
    """Draws of how many times longer the life is in air of 25 degC round the cell, (draws + 1,)."""
    first = checks[0].celsius
    celsius = cell.air(mc, first) - float(first.array.mean())
    for one in checks[1:]:
        celsius = celsius + float(one.celsius.array.mean()) / (len(checks) - 1)
    inverse = 1.0 / KELVIN - 1.0 / (celsius + 273.15)
    return np.exp(cell.stated(mc, ENERGY, "eV") / BOLTZMANN * inverse)[:, 0]


def _as_asked(mc: MonteCarlo, cell: Cell, lived: list[Check], terms: Terms) -> Draws:
    """Draws of how many times longer the life is at the set rate and depth, (draws + 1,)."""
    rate = discharge_rate(mc, cell, lived) / terms.discharge
    deep = depth_of(lived) / terms.depth
    by_rate = cell.stated(mc, RATE, "dimensionless")[:, 0]
    by_depth = cell.stated(mc, DEPTH, "dimensionless")[:, 0]
    return rate**-by_rate * deep**-by_depth


def discharge_rate(mc: MonteCarlo, cell: Cell, checks: list[Check], sign: int = -1) -> Draws:
    """Draws of the rate of discharges (-1) or charges (1), as a multiple of the rated capacity per
    hour, (draws + 1,)."""
    seen = checks[0].seen
    return true_current(mc, seen, of_sign(seen.legs, sign)[-1]) / cell.current(1.0)


def depth_of(checks: list[Check]) -> float:
    """Mean depth of the discharges of a life, 0..1, full ones of checks included."""
    out = held = 0.0
    for before, after in pairwise(checks):
        cycles = after.count - before.count - 1
        capacity = (shown(before) + shown(after)) / 2.0
        current = of_sign(after.seen.legs, -1)[-1].current
        out += cycles * after.seconds * current + capacity
        held += (cycles + 1) * capacity
    return out / held if held else 1.0


def conditions(run: Run, cell: Cell, lived: Lived, terms: Terms) -> list[Observed]:
    """Rates, depth, temperature of the air and retention as they were."""
    mc, checks = run.monte_carlo, lived.checks
    readings = [one for check in checks for one in check.celsius.readings()]
    times = [run.exposed(one.t) for one in readings]
    values = np.array([one.value for one in readings])
    u = spread(cell.air(mc, checks[0].celsius)[:, 0])
    kept = terms.left if lived.over else float(retentions(checks)[-1])
    rates = {
        "charge_c_rate": discharge_rate(mc, cell, checks, 1),
        "discharge_c_rate": discharge_rate(mc, cell, checks),
    }
    return [
        *(observed_amount(n, float(d[0]), "C_rate", spread(d)) for n, d in rates.items()),
        observed_amount("depth_of_discharge", 100.0 * depth_of(checks), "%"),
        observed_log("temperature", "degC", times, values, u, run.band("temperature", "degC")),
        observed_amount("retention", 100.0 * kept, "%"),
    ]
