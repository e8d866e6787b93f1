"""The count of cycles at which a figure has fallen to its end of life, from checks over the life.

Pure. The first check below the line comes too early where checks scatter, so the crossing is read
off a straight line through the checks on both sides of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labctl.errors import Defect
from labctl.uncertainty import Draws

Array = NDArray[np.float64]

BESIDE = 2
"""Checks on each side of the crossing through which the line is laid."""

EARLY = 2
"""First checks of a life, which are left out where scatter is told: fades bend most there."""

LEAST = 8
"""Checks that tell a scatter with three degrees of freedom."""

EFFICIENCY = 18.0 / 35.0
"""Degrees of freedom that a second difference is worth: neighbours share checks."""


class Repeats(NamedTuple):
    """Standard deviation of one check, in the checks' unit, with its degrees of freedom."""

    deviation: float
    freedom: int


@dataclass(frozen=True)
class Near:
    """The checks through which the crossing is read: numbers `first` to `last` - 1."""

    first: int
    last: int


def retained(figures: Draws) -> Draws:
    """Each check over the first one, dimensionless, shape (rows, n) as `figures` has."""
    return figures / figures[:, :1]


def is_over(values: ArrayLike, threshold: float) -> bool:
    """Whether the last `BESIDE` of `values` (retentions, shape (n,)) lie below `threshold`, so
    that the end of life has been passed for certain; both in one unit."""
    seen = np.asarray(values, dtype=np.float64)
    return len(seen) >= 2 * BESIDE and bool(np.all(seen[-BESIDE:] < threshold))


def last_above(counts: ArrayLike, values: ArrayLike, threshold: float) -> float:
    """The last of `counts` (cycles, shape (n,)) whose check in `values` is not below `threshold`;
    both in one unit, and the first check is not below it."""
    alive = np.asarray(values, dtype=np.float64) >= threshold
    return float(np.asarray(counts, dtype=np.float64)[alive][-1])


def near(values: ArrayLike, threshold: float) -> Near:
    """The checks round the crossing of `threshold` by `values` (shape (n,)), in their unit: as many
    before it as after, as far as there are.

    `Defect` where it is not crossed, or with fewer checks than the line needs.
    """
    seen = np.asarray(values, dtype=np.float64)
    index = int(np.count_nonzero(seen >= threshold))
    if len(seen) < 2 * BESIDE or not 1 <= index < len(seen):
        raise Defect(f"{index} of {len(seen)} checks lie above the end of life")
    first = min(max(index - BESIDE, 0), len(seen) - 2 * BESIDE)
    return Near(first, first + 2 * BESIDE)


def crossing(counts: ArrayLike, retention: Draws, threshold: float) -> Draws:
    """Count at which `retention` (shape (rows, n)) falls to `threshold`, shape (rows,).

    `counts` (shape (n,)) ascend, in cycles; row 0 says which checks are beside the crossing.
    """
    where = near(retention[0], threshold)
    part = slice(where.first, where.last)
    over = np.asarray(counts, dtype=np.float64)[part]
    centred = over - over.mean()
    values = retention[:, part]
    slope = values @ (centred / (centred @ centred))
    if not slope[0] < 0.0:
        raise Defect("the checks do not fall where they cross the end of life")
    return over.mean() + (threshold - values.mean(axis=1)) / slope


def repeats(counts: ArrayLike, values: ArrayLike) -> Repeats:
    """Scatter of the checks `values` (shape (n,)) over `counts`, in their unit, without their fade.

    From each check's distance to the straight line between its neighbours (T. Gasser, L. Sroka,
    C. Jennen-Steinmetz, Biometrika 73 (1986) 625). `Defect` with fewer than `LEAST` checks.
    """
    seen, over = np.asarray(values, dtype=np.float64), np.asarray(counts, dtype=np.float64)
    if len(seen) < LEAST:
        raise Defect(f"{len(seen)} checks tell no scatter; at least {LEAST} are needed")
    seen, over = seen[EARLY:], over[EARLY:]
    before = (over[2:] - over[1:-1]) / (over[2:] - over[:-2])
    away = before * seen[:-2] + (1.0 - before) * seen[2:] - seen[1:-1]
    each = away**2 / (1.0 + before**2 + (1.0 - before) ** 2)
    return Repeats(float(np.sqrt(each.mean())), max(int(EFFICIENCY * len(each)), 1))
