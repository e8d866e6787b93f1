"""When a procedure is rejected: bounds by the number of draws (METROLOGY.md). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from statistics import NormalDist

_NORMAL = NormalDist()

FALSE_ALARM = 0.001
"""Share of honest procedures that each test rejects, about."""

EDGE = 0.05
"""By how many u the true figure of an edge device is on the wrong side of the limit."""

NOMINAL = 0.05
"""Share of true values outside a 95 % interval that is honest."""

POOLED = (0.94, 0.97)
"""What share of all true values of continuous figures their intervals hold, over procedures."""


@dataclass(frozen=True)
class Bounds:
    """At most so many `misses`, rms of z from `low` to `high`, |mean z| at most `bias`."""

    misses: int
    low: float
    high: float
    bias: float


BOUNDS = {
    50: Bounds(8, 0.68, 1.34, 0.47),
    100: Bounds(13, 0.77, 1.24, 0.33),
    200: Bounds(21, 0.84, 1.17, 0.23),
}
EDGES = {50: 6, 100: 8, 200: 13}
"""Most of so many edge devices on the wrong side that may pass."""


def bounds(draws: int) -> Bounds:
    """The bounds for so many `draws`: of the table, else by the same rule."""
    return BOUNDS.get(draws) or by_rule(draws)


def edge_bound(devices: int) -> int:
    """How many of so many edge `devices` may be found on the side where they are not."""
    known = EDGES.get(devices)
    if known is not None or devices == 0:
        return known or 0
    return _most(devices, _NORMAL.cdf(_NORMAL.inv_cdf(NOMINAL / 2) - EDGE))


def by_rule(draws: int) -> Bounds:
    """The bounds of z that is normal: by chi-square, its mean, and the binomial of its misses."""
    low, high = (_chi_square(p, draws) for p in (FALSE_ALARM / 2, 1 - FALSE_ALARM / 2))
    bias = _NORMAL.inv_cdf(1 - FALSE_ALARM / 2)
    return Bounds(
        _most(draws, NOMINAL), (low / draws) ** 0.5, (high / draws) ** 0.5, bias / draws**0.5
    )


def _chi_square(share: float, freedom: int) -> float:
    """Quantile of chi-square (Wilson and Hilferty, PNAS 17 (1931) 684)."""
    part = 2.0 / (9.0 * freedom)
    return freedom * max(1.0 - part + _NORMAL.inv_cdf(share) * part**0.5, 0.0) ** 3


def _most(trials: int, share: float) -> int:
    """The least count that all but `FALSE_ALARM` / 2 of honest procedures do not exceed."""
    below = 0.0
    for count in range(trials + 1):
        below += comb(trials, count) * share**count * (1.0 - share) ** (trials - count)
        if below >= 1.0 - FALSE_ALARM / 2:
            return count
    return trials
