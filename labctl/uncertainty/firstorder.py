"""First-order GUM beside the Monte Carlo (JCGM 100, 5 and G.4), by central differences.

It moves one error at a time by its standard uncertainty, with the same keys, so that a common error
moves everything that shares it. Where it disagrees with the Monte Carlo the figure is not linear
in its errors, or one of the two is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from labctl.errors import Defect
from labctl.evidence import Figure
from labctl.uncertainty.errors import Axis, Errors, Probe, Steps
from labctl.uncertainty.shapes import Draws, quantile

STEPS = 500
"""Errors that are moved in one run of the reduction: each takes two rows of draws."""

MOST = 20_000
"""Errors that are moved at all."""

TELLING = 0.05
"""Relative difference from the Monte Carlo's u above which it is told."""


class TooMany(Defect):
    """A figure depends on more errors than can be moved in turn."""


@dataclass(frozen=True)
class FirstOrder:
    """First-order result in the figure's unit.

    `u` is the combined standard uncertainty (JCGM 100, 5.1.2) and `freedom` its effective degrees
    of freedom (G.4.1). `deviation` is the same sum with the standard deviations of the
    distributions, which a Monte Carlo draws from: they are larger for a t. `shares` holds the share
    of each source in `u`, largest first.
    """

    value: float
    u: float
    freedom: float
    deviation: float
    shares: tuple[tuple[str, float], ...]

    @property
    def expanded(self) -> float:
        """Expanded uncertainty U = t(freedom) u for 95 %, in the figure's unit; degrees of freedom
        are not rounded (JCGM 100, G.4.1 note 1)."""
        return quantile(0.975, self.freedom) * self.u

    def difference(self, figure: Figure) -> float:
        """Relative difference of the figure's u from this; of U where a t has no deviation."""
        ours, theirs = self.deviation, figure.u
        if not math.isfinite(ours):
            ours, theirs = self.expanded, figure.expanded
        if ours == theirs:
            return 0.0
        return math.inf if ours == 0.0 else theirs / ours - 1.0

    def differs(self, figure: Figure) -> bool:
        """Whether the Monte Carlo's figure differs by so much that a report says it."""
        return abs(self.difference(figure)) > TELLING


def first_order(reduce: Callable[[Errors], Draws]) -> FirstOrder:
    """First-order result of `reduce(errors)`, which computes rows of a figure from errors."""
    probe = Probe()
    value = float(np.asarray(reduce(probe)).reshape(-1)[0])
    axes = list(probe.axes.values())
    moved = _responses(reduce, axes)
    ends = np.cumsum([axis.n for axis in axes], dtype=np.intp)
    each = np.split(moved, ends[:-1]) if axes else []
    u = [float(np.linalg.norm(part)) for part in each]
    return _combined(value, axes, u)


def _responses(reduce: Callable[[Errors], Draws], axes: Sequence[Axis]) -> Draws:
    """Change of the figure for one standard uncertainty of each error, shape (errors,)."""
    total = sum(axis.n for axis in axes)
    if total > MOST:
        raise TooMany(
            f"the figure depends on {total} errors, more than {MOST} can be moved in turn",
            remedy="reduce the series first, with MonteCarlo.mean or windows",
        )
    out = np.zeros(total)
    for first in range(0, total, STEPS):
        last = min(first + STEPS, total)
        rows = np.asarray(reduce(Steps(axes, first, last))).reshape(-1)
        out[first:last] = (rows[1::2] - rows[2::2]) / 2
    return out


def _combined(value: float, axes: Sequence[Axis], u: Sequence[float]) -> FirstOrder:
    total = math.hypot(*u)
    spread = math.hypot(
        *(
            part * axis.shape.deviation / axis.shape.u if part else 0.0
            for axis, part in zip(axes, u, strict=True)
        )
    )
    weight = math.fsum(part**4 / axis.shape.freedom for axis, part in zip(axes, u, strict=True))
    shares: dict[str, float] = {}
    for axis, part in zip(axes, u, strict=True):
        shares[axis.source] = math.hypot(shares.get(axis.source, 0.0), part)
    ordered = sorted(shares.items(), key=lambda share: -share[1])
    freedom = total**4 / weight if weight > 0 else math.inf
    return FirstOrder(value, total, freedom, spread, tuple(ordered))
