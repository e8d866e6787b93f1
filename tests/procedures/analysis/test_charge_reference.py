"""Counting between full and empty, of stores whose charge is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.analysis.charge_reference import counted, farthest, largest


@given(st.floats(1.0, 1e6), st.lists(st.floats(0.0, 1.0), min_size=1, max_size=20))
def test_a_gain_of_the_counter_has_no_part_in_the_reference(
    capacity: float, taken: list[float]
) -> None:
    gains = np.array([1.0, 0.97, 1.2])[:, None]
    passed = gains * capacity * np.array(taken)[None, :]
    found = counted(passed, gains[:, 0] * capacity)
    assert found == pytest.approx(np.tile(100.0 * (1.0 - np.array(taken)), (3, 1)), abs=1e-9)


@given(st.floats(-5.0, 5.0).filter(lambda x: abs(x) > 0.2), st.integers(0, 9))
def test_the_largest_error_is_found_on_either_side(error: float, where: int) -> None:
    errors = 0.1 * np.cos(np.arange(10.0))
    errors[where] = error
    found = farthest(errors)
    assert found.index == where and found.side == np.sign(error)
    rows = np.stack([errors, errors + 0.05])
    assert largest(rows) == pytest.approx([abs(error), abs(error) + 0.05 * np.sign(error)])


def test_draws_of_an_error_near_nothing_may_lie_below_it() -> None:
    rows = np.array([[0.01, 0.0], [-0.02, 0.0], [0.03, 0.0]])
    assert largest(rows) == pytest.approx([0.01, -0.02, 0.03])
