"""Distributions of errors as unit shapes around 0, to be scaled by their caller (JCGM 101, 6.4).

A shape is the standardised distribution of JCGM 101's table 1: rectangular, triangular, U-shaped
and trapezoidal shapes lie within -1..1, the normal has standard deviation 1, and the t is that of
n repeated readings, to be scaled by s / sqrt(n).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labctl.errors import Defect

Draws = NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """A unit distribution: `draw(rng, n)` gives n values, dimensionless.

    `u` is the standard uncertainty that first-order GUM takes (JCGM 100, 4.2 and 4.3), `deviation`
    the standard deviation of the distribution itself (infinite for a t of 2 degrees of freedom or
    less), `freedom` the degrees of freedom of `u`.
    """

    draw: Callable[[np.random.Generator, int], Draws]
    u: float
    deviation: float
    freedom: float = math.inf


def _normal(rng: np.random.Generator, n: int) -> Draws:
    return rng.standard_normal(n)


def _rectangular(rng: np.random.Generator, n: int) -> Draws:
    return rng.uniform(-1.0, 1.0, n)


def _triangular(rng: np.random.Generator, n: int) -> Draws:
    return rng.uniform(0.0, 1.0, n) - rng.uniform(0.0, 1.0, n)


def _u_shaped(rng: np.random.Generator, n: int) -> Draws:
    return np.sin(rng.uniform(-math.pi, math.pi, n))


def _limited(draw: Callable[[np.random.Generator, int], Draws], u: float) -> Shape:
    return Shape(draw, u, u)


NORMAL = _limited(_normal, 1.0)
"""Standard normal (JCGM 101, 6.4.7)."""

RECTANGULAR = _limited(_rectangular, 1.0 / math.sqrt(3.0))
"""Rectangular within -1..1 (6.4.2)."""

TRIANGULAR = _limited(_triangular, 1.0 / math.sqrt(6.0))
"""Triangular within -1..1 (6.4.5)."""

U_SHAPED = _limited(_u_shaped, 1.0 / math.sqrt(2.0))
"""Arc sine within -1..1, what a sinusoidal cycle of unknown phase gives (6.4.6)."""


NAMED = {
    "normal": NORMAL,
    "rectangular": RECTANGULAR,
    "triangular": TRIANGULAR,
    "u-shaped": U_SHAPED,
}
"""By the names that files use."""


def trapezoid(beta: float) -> Shape:
    """Symmetric trapezoid within -1..1 whose top is `beta` (0..1) of its base (6.4.4)."""
    if not 0.0 <= beta <= 1.0:
        raise Defect(f"a trapezoid's top is 0 to 1 of its base, not {beta:g}")
    wide, narrow = (1.0 + beta) / 2, (1.0 - beta) / 2

    def draw(rng: np.random.Generator, n: int) -> Draws:
        return wide * rng.uniform(-1.0, 1.0, n) + narrow * rng.uniform(-1.0, 1.0, n)

    return _limited(draw, math.sqrt((1.0 + beta**2) / 6.0))


def student(freedom: float) -> Shape:
    """Student's t with `freedom` degrees of freedom, above 0 (6.4.9)."""
    if not freedom > 0:
        raise Defect(f"t needs degrees of freedom, not {freedom:g}")

    def draw(rng: np.random.Generator, n: int) -> Draws:
        return rng.standard_t(freedom, n)

    spread = math.sqrt(freedom / (freedom - 2.0)) if freedom > 2.0 else math.inf
    return Shape(draw, 1.0, spread, freedom)


def shape_of(distribution: str, freedom: float = 0.0) -> Shape:
    """The shape that a certificate or a bench file names; `freedom` is that of a `t`."""
    if distribution == "t":
        return student(freedom)
    return NAMED[distribution]


def quantile(share: float, freedom: float) -> float:
    """Value that a t of `freedom` degrees of freedom stays below with probability `share`.

    Dimensionless; infinite degrees of freedom make it that of the normal distribution.
    """
    from scipy import special  # pyright: ignore[reportMissingTypeStubs]

    if math.isinf(freedom):
        return float(special.ndtri(share))
    return float(special.stdtrit(freedom, share))  # pyright: ignore[reportUnknownMemberType]
