"""Examples of GUM-S1 (JCGM 101:2008, 9.2 to 9.4), to the digits that it prints.

A Monte Carlo reproduces a printed figure within half a unit of its last digit and the numerical
tolerance that its own draws were stopped at (JCGM 101, 7.9.2 and 8.1). Where a closed form exists,
it stands beside the printed figure.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import ncx2

from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.intervals import shortest
from labctl.uncertainty.propagation import Adapted, adaptive
from labctl.uncertainty.shapes import NORMAL, RECTANGULAR, Shape
from labctl.uncertainty.vectors import covariance_of


def near(found: float, printed: float, last: float, tolerance: float) -> bool:
    """Whether `found` is the figure `printed` to its `last` digit, within Monte Carlo error.

    The tolerance is two standard deviations of a result (7.9.4 j); three are allowed, since many
    results are compared.
    """
    return abs(found - printed) <= last / 2 + 1.5 * tolerance


def additive(scales: tuple[float, ...], shape: Shape, digits: int = 3) -> Adapted:
    """X1 + X2 + X3 + X4 of one shape and these scales."""

    def model(mc: MonteCarlo) -> Draws:
        return np.sum([mc.certified(f"X{i}", s, shape) for i, s in enumerate(scales)], axis=0)

    return adaptive(model, MonteCarlo(seed=11), digits=digits)


def test_9_2_2_normal() -> None:
    """Table 2: y 0.00, u 2.00, 95 % interval [-3.92, 3.92]."""
    found = additive((1.0,) * 4, NORMAL)
    assert near(found.y, 0.0, 0.01, found.tolerance)
    assert near(found.u, 2.00, 0.01, found.tolerance)
    assert near(found.lo, -3.92, 0.01, found.tolerance)
    assert near(found.hi, 3.92, 0.01, found.tolerance)


def test_9_2_3_rectangular() -> None:
    """Table 3: u 2.00, 95 % interval [-3.88, 3.88]; the exact end is
    2 sqrt(3) (2 - (3/5)^(1/4)) (9.2.3.3 and annex E)."""
    exact = 2.0 * math.sqrt(3.0) * (2.0 - 0.6**0.25)
    assert round(exact, 2) == 3.88
    found = additive((math.sqrt(3.0),) * 4, RECTANGULAR)
    assert near(found.u, 2.00, 0.01, found.tolerance)
    assert near(found.lo, -3.88, 0.01, found.tolerance)
    assert near(found.hi, 3.88, 0.01, found.tolerance)


def test_9_2_4_one_rectangle_ten_times_as_wide() -> None:
    """Table 4: u 10.1, Monte Carlo interval [-17.0, 17.0] where first-order GUM has +-19.9."""
    scales = (math.sqrt(3.0),) * 3 + (10.0 * math.sqrt(3.0),)
    found = additive(scales, RECTANGULAR)
    assert near(found.u, 10.1, 0.1, found.tolerance)
    assert near(found.lo, -17.0, 0.1, found.tolerance)
    assert near(found.hi, 17.0, 0.1, found.tolerance)

    def model(mc: MonteCarlo) -> Draws:
        return np.sum([mc.rectangular(f"X{i}", s) for i, s in enumerate(scales)], axis=0)

    first = MonteCarlo().first_order(model)
    assert round(first.u, 2) == 10.15
    assert first.expanded == pytest.approx(19.9, abs=0.05)


def mass(mc: MonteCarlo) -> Draws:
    """Deviation of mass from 100 g in mg, equation 31, with the inputs of table 5."""
    reference = 100_000.0 + 0.050 * mc.normal("reference")
    added = 1.234 + 0.020 * mc.normal("added")
    air = 1.20 + mc.rectangular("air", 0.10)
    weight = 8_000.0 + mc.rectangular("weight", 1_000.0)
    standard = 8_000.0 + mc.rectangular("standard", 50.0)
    buoyancy = 1.0 + (air - 1.2) * (1.0 / weight - 1.0 / standard)
    return (reference + added) * buoyancy - 100_000.0


def test_9_3_mass_calibration() -> None:
    """Table 6: first-order GUM 1.2340(539) mg; Monte Carlo y 1.2341 mg, u 0.0754 mg, shortest 95 %
    interval [1.0834, 1.3825] mg, with two digits of u asked for (9.3.2.3)."""
    first = MonteCarlo().first_order(mass)
    assert (round(first.value, 4), round(first.u, 4)) == (1.2340, 0.0539)
    found = adaptive(mass, MonteCarlo(seed=12), digits=2, interval=shortest)
    assert near(found.y, 1.2341, 1e-4, found.tolerance)
    assert near(found.u, 0.0754, 1e-4, found.tolerance)
    assert near(found.lo, 1.0834, 1e-4, found.tolerance)
    assert near(found.hi, 1.3825, 1e-4, found.tolerance)


def loss(x1: float, r: float) -> Adapted:
    """Comparison loss x1^2 + x2^2 in 1e-6, x2 = 0, both with u = 0.005 and correlation r."""
    covariance = covariance_of([0.005, 0.005], [[1.0, r], [r, 1.0]])

    def model(mc: MonteCarlo) -> Draws:
        return 1e6 * np.sum(mc.correlated("reflection", [x1, 0.0], covariance) ** 2, axis=1)

    return adaptive(model, MonteCarlo(seed=13), digits=2, interval=shortest)


LOSS = [
    (0.000, 0.0, 50, 50, (0, 150)),
    (0.010, 0.0, 150, 112, (0, 367)),
    (0.050, 0.0, 2551, 502, (1590, 3543)),
    (0.000, 0.9, 50, 67, (0, 185)),
    (0.010, 0.9, 150, 121, (13, 398)),
    (0.050, 0.9, 2551, 505, (1628, 3555)),
]
"""Tables 7 and 8 (9.4.2 and 9.4.3): x1, r, mean, u and shortest 95 % interval in 1e-6."""


@pytest.mark.parametrize(("x1", "r", "mean", "u", "interval"), LOSS)
def test_9_4_comparison_loss(
    x1: float, r: float, mean: int, u: int, interval: tuple[int, int]
) -> None:
    """Tables 7 and 8: Monte Carlo of the comparison loss of a microwave power meter.

    The printed figures are themselves of a million draws, so that a unit of the last is allowed;
    the exact mean and u are x1^2 + 2 u^2 and 2 u sqrt(x1^2 + u^2 (1 + r^2)).
    """
    found = loss(x1, r)
    exact = 1e6 * (x1**2 + 2 * 0.005**2), 1e6 * 0.01 * math.hypot(x1, 0.005 * math.hypot(1, r))
    assert near(found.y, exact[0], 0.0, found.tolerance)
    assert near(found.u, exact[1], 0.0, found.tolerance)
    assert near(exact[0], mean, 2, 0.0)
    assert near(exact[1], u, 2, 0.0)
    for end, printed in zip((found.lo, found.hi), interval, strict=True):
        assert near(end, printed, 2, found.tolerance)


@pytest.mark.parametrize(("x1", "r", "mean", "u", "interval"), LOSS[:3])
def test_9_4_2_printed_intervals_against_the_noncentral_chi_square(
    x1: float, r: float, mean: int, u: int, interval: tuple[int, int]
) -> None:
    """Table 7's intervals are those of 25e-6 times a non-central chi square of 2 degrees.

    The width of a shortest interval is well determined, its place is not: ends that lie 6e-6 beside
    the best ones give the same width.
    """
    law = ncx2(2, max((x1 / 0.005) ** 2, 1e-12))

    begins = np.linspace(0.0, 0.05, 2_001)[:-1]
    lower, upper = 25 * law.ppf(begins), 25 * law.ppf(begins + 0.95)
    best = int(np.argmin(upper - lower))
    assert near(float(upper[best] - lower[best]), interval[1] - interval[0], 6, 0.0)
    assert near(float(lower[best]), interval[0], 12, 0.0)
    assert near(float(upper[best]), interval[1], 12, 0.0)


def test_9_4_first_order_fails_where_the_model_is_flat() -> None:
    """9.4.2.2: at x1 = 0 first-order GUM gives u = 0; the check beside the Monte Carlo says so."""

    def model(mc: MonteCarlo) -> Draws:
        return (0.005 * mc.normal("x1")) ** 2 + (0.005 * mc.normal("x2")) ** 2

    mc = MonteCarlo(seed=14)
    first = mc.first_order(model)
    assert first.u == 0.0
    assert first.differs(mc.figure(model(mc), "dimensionless"))
