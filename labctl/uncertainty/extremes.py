"""Worst and range of several items without the bias of their noise.

The largest of ten equal items reads 1.5 u above them, their range 3.1 u. The true values are
therefore drawn from what the readings say of them together: items of one lot, normal around one
mean with a spread that is itself unknown (A. Gelman et al., Bayesian Data Analysis, 3rd ed., 5.4,
flat prior on the spread). Where the readings scatter no more than their noise, the items come
out alike; where an item stands out by many u, it keeps its reading.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from labctl.errors import Defect
from labctl.uncertainty.montecarlo import MonteCarlo
from labctl.uncertainty.shapes import RECTANGULAR, Draws

GRID = 2_000
"""Values of the spread that its distribution is computed at."""


def true_values(mc: MonteCarlo, name: str, values: ArrayLike, u: float) -> Draws:
    """Draws of the items' true values, shape (draws + 1, n), in the unit of `values` (shape (n,)).

    `u` is the standard uncertainty of each by errors that are independent between items; what is
    common to all is the caller's to add. `name` tells the lot from others. At least 3 items.
    Row 0 has the spread that the true values have, the readings' variance less u^2, not that of
    their best estimates (T. Louis, J. Am. Stat. Assoc. 79 (1984) 393), so that its worst and its
    range are estimates of theirs. For items that are equal the draws keep a third of the bias.
    """
    read = np.asarray(values, dtype=np.float64)
    if len(read) < 3:
        raise Defect(f"{len(read)} items tell no spread; at least 3 are needed")
    if u <= 0.0:
        return np.repeat(read[None, :], mc.draws + 1, axis=0)
    place = (1.0 + mc.column(f"{name}/spread", RECTANGULAR, "spread of the lot")) / 2
    spread = _spread(read, u, place)[:, None]
    kept = spread**2 / (spread**2 + u**2)
    around = np.sqrt((u**2 + spread**2) / len(read))
    middle = read.mean() + around * mc.normal(f"{name}/mean", "mean of the lot")
    noise = mc.block(f"{name}/items", "items", len(read), "noise of each item")
    out = middle + kept * (read - middle) + np.sqrt(kept) * u * noise
    seen = float(read.var(ddof=1))
    out[0] = read.mean() + math.sqrt(max(seen - u**2, 0.0) / max(seen, u**2)) * (read - read.mean())
    return out


def _spread(read: Draws, u: float, place: Draws) -> Draws:
    """Standard deviation of the lot's true values at the quantiles `place`, by its posterior."""
    n = len(read)
    squares = float(np.sum((read - read.mean()) ** 2))
    most = 4.0 * (math.sqrt(squares / (n - 1)) + u) * math.sqrt((n + 2) / max(n - 2, 1))
    tau: Draws = np.linspace(0.0, most, GRID)
    total = u**2 + tau**2
    log = -(n - 1) / 2 * np.log(total) - squares / (2 * total)
    cumulated = np.cumsum(np.exp(log - log.max()))
    return np.interp(place, cumulated / cumulated[-1], tau)


def worst(true: Draws, largest: bool = True) -> Draws:
    """The largest (or smallest) item in each draw of `true`, shape (draws + 1,), in its unit."""
    return true.max(axis=1) if largest else true.min(axis=1)


def spread_of(true: Draws) -> Draws:
    """Largest less smallest item in each draw of `true`, shape (draws + 1,), in its unit."""
    return true.max(axis=1) - true.min(axis=1)


def largest_magnitude(true: Draws) -> Draws:
    """The signed item farthest from 0 in row 0 of `true`, shape (draws + 1,), in its unit.

    Magnitudes are judged from the signed figure against +-limit: the size of noise around 0 is
    never 0.
    """
    return true[:, int(np.argmax(np.abs(true[0])))]
