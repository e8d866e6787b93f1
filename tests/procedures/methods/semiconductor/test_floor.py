from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.semiconductor.floor import SLACK, stands_still, steepest

GATE = np.linspace(3.0, 0.0, 61)
LIMIT = 0.05916


def falling(swing: float, floor: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A current of 1 mA at 3 V that falls by a decade in `swing` V, over `floor` A."""
    return 1e-3 * 10.0 ** (-(3.0 - GATE) / swing) + floor


def test_noise_is_alive_and_a_clipped_zero_is_not() -> None:
    rng = np.random.default_rng(1)
    noise = rng.normal(0.0, 3e-14, 16)
    assert not stands_still(noise.tolist())
    assert stands_still(np.maximum(noise, 0.0).tolist())
    assert stands_still([1e-13] * 8)
    assert not stands_still([1e-13, 2e-13, 3e-13])


@pytest.mark.parametrize("swing", [0.07, 0.12, 0.3])
def test_a_true_curve_is_nowhere_steeper_than_a_barrier_allows(swing: float) -> None:
    assert steepest(GATE, falling(swing, 1e-10), 25.0, 1e-12) < SLACK


@pytest.mark.parametrize("dead", [1e-9, 1e-7, 1e-5])
def test_a_meter_that_shows_nothing_below_some_current_is_found(dead: float) -> None:
    true = falling(0.1, 5e-10)
    seen = np.where(np.abs(true) < dead, 0.0, true)
    assert steepest(GATE, seen, 25.0, 1e-12) > 1.0


def test_the_limit_is_kt_over_q() -> None:
    slope = steepest(GATE, falling(LIMIT / 2.0, 0.0), 25.0, 1e-40)
    step = float(GATE[0] - GATE[1])
    assert slope == pytest.approx(step / LIMIT, rel=1e-3)
