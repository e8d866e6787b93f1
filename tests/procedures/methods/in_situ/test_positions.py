"""Registration of a lattice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.methods.in_situ.positions import registered

GRID = np.stack(np.meshgrid(np.arange(8), np.arange(8)), axis=-1).reshape(-1, 2).astype(float)


@given(st.floats(-0.05, 0.05), st.floats(-100.0, 100.0), st.floats(-100.0, 100.0))
def test_turn_and_shift_are_found(turn: float, dx: float, dy: float) -> None:
    cos, sin = np.cos(turn), np.sin(turn)
    places = 25.0 * GRID @ np.array([[cos, sin], [-sin, cos]]) + [dx, dy]
    found = registered(places, GRID, 25.0)
    assert np.abs(found.errors(places, 25.0)).max() < 1e-9
    assert np.array_equal(found.numbers(places, 25.0), GRID)


def test_a_scale_is_no_part_of_it() -> None:
    found = registered(25.1 * GRID, GRID, 25.0)
    errors = found.errors(25.1 * GRID, 25.0)
    assert errors.max() == pytest.approx(0.35, rel=1e-6)
    assert errors.mean() == pytest.approx(0.0, abs=1e-12)
