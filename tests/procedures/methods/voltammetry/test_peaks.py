from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.methods.voltammetry.peaks import Peak, fitted, heights, highest, shape

POTENTIAL = np.arange(-0.3, 0.4, 0.01)
FIRST, SECOND = Peak(0.0, 0.026), Peak(0.11, 0.018)


def curve(a: float, b: float) -> np.ndarray:
    line = 1e-8 * POTENTIAL + 2e-9
    return a * shape(POTENTIAL, FIRST) + b * shape(POTENTIAL, SECOND) + line


def test_a_peak_has_its_height_at_its_position() -> None:
    fine = np.linspace(-0.3, 0.3, 6001)
    drawn = shape(fine, FIRST)
    assert drawn.max() == pytest.approx(1.0)
    assert fine[int(np.argmax(drawn))] == pytest.approx(0.0, abs=1e-4)
    # Full width at half height of exp(1 + z - exp(z)): 2.446 w.
    assert np.ptp(fine[drawn >= 0.5]) == pytest.approx(2.446 * 0.026, rel=0.01)


@settings(max_examples=50, derandomize=True)
@given(st.floats(0.0, 10.0), st.floats(0.0, 10.0))
def test_overlapping_peaks_are_told_apart(a: float, b: float) -> None:
    found = heights(POTENTIAL, curve(a, b), [FIRST, SECOND])
    assert found.value == pytest.approx([a, b], abs=1e-9)


def test_positions_and_widths_are_found_near_guesses() -> None:
    noise = 0.005 * np.random.default_rng(1).standard_normal(len(POTENTIAL))
    guesses = [Peak(-0.03, 0.022), Peak(0.13, 0.022)]
    found = fitted(POTENTIAL, curve(1.0, 0.8) + noise, guesses, 0.06)
    for one, true in zip(found, (FIRST, SECOND), strict=True):
        assert one == pytest.approx(true, abs=2e-3)


def test_a_position_does_not_leave_its_window() -> None:
    [found] = fitted(POTENTIAL, curve(1.0, 0.0), [Peak(0.2, 0.022)], 0.03)
    assert abs(found.position - 0.2) <= 0.03


def test_the_guess_is_the_highest_in_the_window() -> None:
    assert highest(POTENTIAL, curve(5.0, 1.0), 0.11, 0.05).position == pytest.approx(
        0.11, abs=0.011
    )


def test_heights_state_their_scatter() -> None:
    rng = np.random.default_rng(2)
    rows = [
        heights(POTENTIAL, curve(1.0, 1.0) + 0.01 * rng.standard_normal(len(POTENTIAL)), [FIRST])
        for _ in range(200)
    ]
    alone = [
        heights(POTENTIAL, curve(1.0, 0.0) + 0.01 * rng.standard_normal(len(POTENTIAL)), [FIRST])
        for _ in range(200)
    ]
    stated = float(np.mean([one.u[0] for one in alone]))
    assert np.std([one.value[0] for one in alone]) == pytest.approx(stated, rel=0.2)
    assert np.mean([one.u[0] for one in rows]) > 3 * stated
