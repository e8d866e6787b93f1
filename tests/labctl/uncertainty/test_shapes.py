"""Each unit shape has the standard deviation that JCGM 101 states, and stays in its limits."""

from __future__ import annotations

import math

import numpy as np
import pytest

from labctl.errors import Defect
from labctl.uncertainty import MonteCarlo
from labctl.uncertainty.intervals import shortest, symmetric
from labctl.uncertainty.shapes import (
    NORMAL,
    RECTANGULAR,
    TRIANGULAR,
    U_SHAPED,
    Shape,
    student,
    trapezoid,
)

SHAPES = {
    "normal": NORMAL,
    "rectangular": RECTANGULAR,
    "triangular": TRIANGULAR,
    "U": U_SHAPED,
    "trapezoid": trapezoid(0.5),
    "t": student(6),
}


@pytest.mark.parametrize("name", SHAPES)
def test_standard_deviation(name: str) -> None:
    shape: Shape = SHAPES[name]
    drawn = shape.draw(np.random.default_rng(1), 200_000)
    assert drawn.std() == pytest.approx(shape.deviation, rel=0.02)
    assert drawn.mean() == pytest.approx(0.0, abs=0.02)
    if name not in ("normal", "t"):
        assert np.abs(drawn).max() <= 1.0


def test_trapezoid_is_a_rectangle_at_one_end_and_a_triangle_at_the_other() -> None:
    assert trapezoid(1.0).u == pytest.approx(RECTANGULAR.u)
    assert trapezoid(0.0).u == pytest.approx(TRIANGULAR.u)
    with pytest.raises(Defect):
        trapezoid(1.1)


def test_t_of_few_readings_has_no_standard_deviation() -> None:
    assert math.isinf(student(2).deviation)
    assert student(2).u == 1.0
    with pytest.raises(Defect):
        student(0)


def test_repeated_readings_are_a_scaled_t() -> None:
    """JCGM 101, 6.4.9.4: u = s / sqrt(n) sqrt((n - 1) / (n - 3))."""
    mc = MonteCarlo(200_000, seed=2)
    values = [1.0, 1.2, 0.9, 1.1, 0.8, 1.0, 1.3]
    figure = mc.figure(mc.repeated("readings", values), "V")
    s = float(np.std(values, ddof=1))
    assert figure.value == pytest.approx(np.mean(values))
    assert figure.u == pytest.approx(s / math.sqrt(7) * math.sqrt(6 / 4), rel=0.03)
    assert figure.expanded == pytest.approx(2.4469 * s / math.sqrt(7), rel=0.02)
    with pytest.raises(Defect, match="at least 2"):
        mc.repeated("one", [1.0])


def test_intervals_of_a_skewed_distribution() -> None:
    draws = np.random.default_rng(3).exponential(size=200_000)
    assert symmetric(draws) == pytest.approx((-math.log(0.975), -math.log(0.025)), rel=0.03)
    lo, hi = shortest(draws)
    assert lo == pytest.approx(0.0, abs=0.01)
    assert hi == pytest.approx(-math.log(0.05), rel=0.02)
    assert shortest(np.array([1.0, 2.0])) == (1.0, 2.0)
