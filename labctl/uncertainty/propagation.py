"""Many draws in blocks of bounded memory, and as many as the result's digits need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from labctl.errors import Defect
from labctl.uncertainty.errors import block_seed
from labctl.uncertainty.intervals import symmetric
from labctl.uncertainty.montecarlo import DRAWS, MonteCarlo, Reduction
from labctl.uncertainty.shapes import Draws

FINE = 200_000
"""Draws where a limit lies near an end of the interval (METROLOGY.md)."""


def propagate(reduction: Reduction, draws: int, mc: MonteCarlo) -> Draws:
    """`draws` draws of the figure that `reduction` computes, shape (draws + 1,).

    They are made in blocks of as many as `mc` has, each with a seed of its own derived from that
    of `mc`; the first block is `mc`'s own draws. Row 0 is the undisturbed value.
    """
    blocks: list[Draws] = []
    for index in range(-(-draws // mc.draws)):
        column = _block(reduction, mc, index)
        blocks.append(column if index == 0 else column[1:])
    return np.concatenate(blocks)[: draws + 1]


@dataclass(frozen=True)
class Adapted:
    """What the adaptive procedure came to, in the figure's unit.

    `y` is the mean of the draws, `u` their standard deviation, [`lo`, `hi`] the 95 % interval,
    `tolerance` the numerical tolerance that all four are stable within, `draws` their number.
    """

    y: float
    u: float
    lo: float
    hi: float
    tolerance: float
    draws: int


def adaptive(
    reduction: Reduction,
    mc: MonteCarlo | None = None,
    *,
    digits: int = 2,
    interval: Callable[[Draws], tuple[float, float]] = symmetric,
    most: int = 20_000_000,
) -> Adapted:
    """Draw blocks until `digits` significant digits of u are stable (JCGM 101, 7.9.4).

    `reduction(mc)` computes draws of the figure, in its unit. `Defect` where `most` draws do not
    suffice.
    """
    mc = MonteCarlo(DRAWS) if mc is None else mc
    columns: list[Draws] = []
    rows: list[tuple[float, float, float, float]] = []
    while len(columns) * mc.draws < most:
        columns.append(_block(reduction, mc, len(columns))[1:])
        rows.append(_summary(columns[-1], interval))
        if len(rows) < 2:
            continue
        found = np.array(rows)
        tolerance = numerical_tolerance(float(np.sqrt(np.mean(found[:, 1] ** 2))), digits)
        error = found.std(axis=0, ddof=1) / np.sqrt(len(rows))
        if bool(np.all(2.0 * error < tolerance)):
            whole = np.concatenate(columns)
            return Adapted(*_summary(whole, interval), tolerance, len(whole))
    raise Defect(f"{most} draws do not settle {digits} digits of u")


def numerical_tolerance(u: float, digits: int) -> float:
    """Half a unit of the last of `digits` significant digits of `u` (JCGM 101, 7.9.2)."""
    if u <= 0.0:
        return 0.0
    mantissa = f"{u:.{digits - 1}e}"
    return 0.5 * 10.0 ** (int(mantissa.split("e")[1]) - digits + 1)


def _block(reduction: Reduction, mc: MonteCarlo, index: int) -> Draws:
    other = mc.like(seed=block_seed(mc.seed, index))
    return np.asarray(reduction(other), dtype=np.float64).reshape(mc.draws + 1)


def _summary(
    column: Draws, interval: Callable[[Draws], tuple[float, float]]
) -> tuple[float, float, float, float]:
    lo, hi = interval(column)
    return float(column.mean()), float(column.std(ddof=1)), lo, hi
