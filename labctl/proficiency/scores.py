"""Where a true value stands in the distribution that a run drew of it. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from labctl.evidence import Figure

_NORMAL = NormalDist()


def z_of_draws(draws: ArrayLike, true: float) -> float:
    """Phi^-1 of the share of `draws` (shape (n,), without the undisturbed value) below `true`.

    Half a draw from the ends where all draws are on one side, so that it stays finite.
    """
    column = np.asarray(draws, dtype=np.float64)
    below = float(np.count_nonzero(column < true)) + 0.5 * float(np.count_nonzero(column == true))
    n = len(column)
    return _NORMAL.inv_cdf(min(max(below, 0.5), n - 0.5) / n)


def z_of_interval(figure: Figure, true: float) -> float:
    """The same of a figure that came without draws: normal, each half by its end of the interval.

    A figure without uncertainty is infinitely far from a value that is not its own.
    """
    side = figure.high - figure.value if true > figure.value else figure.value - figure.low
    if side <= 0.0:
        return 0.0 if true == figure.value else float(np.copysign(np.inf, true - figure.value))
    return _NORMAL.inv_cdf(0.975) * (true - figure.value) / side


def z_of_count(events: int, trials: int, rate: float, share: float) -> float:
    """z of a true `rate` (0..1) of which `events` in `trials` independent trials were counted.

    Phi^-1 of P(K > events) + `share` P(K = events), K binomial: with `share` drawn uniform in 0..1
    a randomised probability integral transform (P. Dunn and G. Smyth, J. Comput. Graph. Stat. 5
    (1996) 236), so that z is standard normal where the count is honest, however few its steps. As
    with draws it is positive where the true value lies above what was counted. Infinite where such
    a count cannot be.
    """
    from scipy import special  # pyright: ignore[reportMissingTypeStubs]

    left = trials - events
    ways = math.lgamma(trials + 1) - math.lgamma(events + 1) - math.lgamma(left + 1)
    chance = ways + float(special.xlogy(events, rate)) + float(special.xlog1py(left, -rate))
    here = math.exp(min(chance, 0.0))
    more = float(special.betainc(events + 1, left, rate)) if left else 0.0
    fewer = float(special.betainc(left + 1, events, 1.0 - rate)) if events else 0.0
    above, below = more + share * here, fewer + (1.0 - share) * here
    return _quantile(above) if above < below else -_quantile(below)


def rms(z: Sequence[float]) -> float:
    """Root mean square of `z`, dimensionless; not a number of none."""
    return float(np.sqrt(np.mean(np.square(z)))) if z else float("nan")


def mean(z: Sequence[float]) -> float:
    """Mean of `z`, dimensionless; not a number of none."""
    return float(np.mean(z)) if z else float("nan")


def _quantile(share: float) -> float:
    return _NORMAL.inv_cdf(share) if share > 0.0 else -math.inf
