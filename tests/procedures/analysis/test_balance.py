"""Power against the balance: through its points, and straight beyond them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.analysis.balance import Balance

X = (-0.04, 0.02, 0.0, -0.02, 0.04)
WATTS = (0.97, 0.995, 1.0, 0.99, 0.985)


def test_it_goes_through_its_points_in_any_order() -> None:
    curve = Balance(X, WATTS)
    assert curve.power(np.array(X)) == pytest.approx(WATTS)
    assert curve.ratio(np.array(X), 0.0) == pytest.approx(WATTS)


@given(st.floats(-0.04, 0.04))
def test_between_its_points_it_makes_no_summit_of_its_own(x: float) -> None:
    assert 0.97 <= float(Balance(X, WATTS).power(np.array(x))) <= 1.0 + 1e-12


def test_beyond_its_points_it_is_straight() -> None:
    curve = Balance((-0.04, 0.0, 0.04), (0.9, 1.0, 1.1))
    assert curve.power(np.array([-0.08, 0.08])) == pytest.approx([0.8, 1.2])
