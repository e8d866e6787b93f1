from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.models.signal import pulse, sine, still


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.floats(-0.95, 0.95), st.floats(0.0, 100.0), st.booleans(), st.floats(1.0, 1e5))
def test_a_crossing_is_the_first_one_there_is(
    level: float, after: float, rising: bool, hertz: float
) -> None:
    signal = sine(1.0, hertz)
    t = signal.crossing(level, rising, after)
    assert t is not None and after - 1e-9 <= t <= after + 1.001 / hertz + 1e-9
    assert signal.voltage(np.array([t]))[0] == pytest.approx(level, abs=1e-3)
    step = 1e-4 / hertz
    slope = signal.voltage(np.array([t + step]))[0] - signal.voltage(np.array([t - step]))[0]
    assert (slope > 0.0) == rising


def test_levels_that_are_never_passed() -> None:
    assert sine(1.0, 50.0).crossing(1.1, True, 0.0) is None
    assert still(0.5).crossing(0.5, True, 0.0) is None


def test_pulses() -> None:
    signal = pulse(0.0, 3.0, 1e3, 0.25, 10e-6)
    t = ((np.arange(100_000) + 0.5) * 1e-8).astype(np.float64)
    volts = signal.voltage(t)
    assert volts.max() == 3.0 and volts.min() == 0.0
    assert np.mean(volts) == pytest.approx(0.75, rel=1e-3) == signal.mean()
    up, down = signal.crossing(1.5, True, 0.0), signal.crossing(1.5, False, 0.0)
    assert up == pytest.approx(0.25e-3, abs=1e-8) and down == pytest.approx(0.5e-3, abs=1e-8)


def test_the_mean_of_a_sine_is_its_offset() -> None:
    assert sine(2.0, 50.0, 0.7).mean() == pytest.approx(0.7)
    assert still(0.2).mean() == pytest.approx(0.2)
