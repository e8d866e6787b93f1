"""Lags against an ordinary differential equation solved by small steps, and straight pieces."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.models.first_order import area, follow, straight

_any = st.floats(-100.0, 100.0)


@settings(max_examples=50, derandomize=True)
@given(_any, _any, _any, st.floats(0.01, 10.0), st.floats(0.0, 20.0))
def test_two_steps_are_one(y0: float, x0: float, slope: float, tau: float, s: float) -> None:
    """Following for s is following for a third of it and then for the rest; so is the area."""
    part = s / 3.0
    middle = float(follow(y0, x0, slope, tau, part))
    further = follow(middle, x0 + slope * part, slope, tau, s - part)
    assert np.isclose(further, follow(y0, x0, slope, tau, s), atol=1e-8)
    both = area(y0, x0, slope, tau, part) + area(middle, x0 + slope * part, slope, tau, s - part)
    assert np.isclose(both, area(y0, x0, slope, tau, s), rtol=1e-9, atol=1e-7)


def test_the_output_solves_the_equation() -> None:
    """tau y' = x - y at some times, y' by a difference; the area is the integral of y."""
    s = np.linspace(0.0, 3.0, 30001)
    y = follow(5.0, -2.0, 3.0, 0.7, s)
    change = np.gradient(y, s)[1:-1]
    assert np.allclose(0.7 * change, (-2.0 + 3.0 * s - y)[1:-1], atol=1e-4)
    assert y[0] == 5.0
    assert np.isclose(np.trapezoid(y, s), area(5.0, -2.0, 3.0, 0.7, 3.0), atol=1e-6)


def test_straight_pieces_follow_a_bend_and_cost_nothing_on_a_line() -> None:
    """A dead band's edge is found to a fraction of a millisecond; a line has no knot within."""
    assert straight(lambda t: 3.0 * t, 0.0, 8.0, 1e-6) == [0.0, 8.0]
    times = straight(lambda t: max(t - 0.0137, 0.0) * 1e5, 0.0, 0.06, 0.5)
    assert min(abs(t - 0.0137) for t in times) < 2e-4
    values = [max(t - 0.0137, 0.0) * 1e5 for t in times]
    fine = np.linspace(0.0, 0.06, 1000)
    assert np.max(np.abs(np.interp(fine, times, values) - np.maximum(fine - 0.0137, 0) * 1e5)) < 5.0
