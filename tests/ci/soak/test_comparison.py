"""Statistics of measured beside true values, against numbers worked out by hand."""

from __future__ import annotations

import pytest

from ci.soak.comparison import Comparison, line_through, summary


def compared(true: float, measured: float, u: float = 1.0) -> Comparison:
    return Comparison(1, true, measured, u, measured - 2 * u, measured + 2 * u, "PASS")


def test_an_exact_line_is_found_with_the_uncertainty_of_its_points() -> None:
    line = line_through([compared(x, 3.0 + 2.0 * x, 0.1) for x in (-1.0, 0.0, 1.0)])
    assert (line.slope, line.intercept) == (pytest.approx(2.0), pytest.approx(3.0))
    assert line.u_slope == pytest.approx(0.1 / 2**0.5)
    assert line.u_intercept == pytest.approx(0.1 / 3**0.5)


def test_a_point_with_a_large_uncertainty_weighs_little() -> None:
    points = [compared(0.0, 0.0, 0.1), compared(1.0, 1.0, 0.1), compared(2.0, 9.0, 100.0)]
    assert line_through(points).slope == pytest.approx(1.0, abs=1e-4)


def test_z_is_true_less_measured_over_u() -> None:
    found = summary([compared(1.0, 2.0, 0.5), compared(1.0, 1.0), compared(4.0, 1.0)])
    assert found.count == 3
    assert found.mean_z == pytest.approx((-2 + 0 + 3) / 3)
    assert found.rms_z == pytest.approx(((4 + 0 + 9) / 3) ** 0.5)
    assert found.misses == 1
