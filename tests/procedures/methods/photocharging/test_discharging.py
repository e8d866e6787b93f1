from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.methods.photocharging.discharging import weights_until


def test_a_straight_fall_is_integrated_to_its_crossing() -> None:
    time = np.array([0.0, 100.0, 200.0, 300.0])
    voltage = 10.0 - 0.01 * time
    assert weights_until(time, voltage, 7.5) @ voltage == pytest.approx(250.0 * (10.0 + 7.5) / 2.0)
    assert weights_until(time, voltage, 7.5).sum() == pytest.approx(250.0)


def test_what_comes_after_the_crossing_does_not_count() -> None:
    time = np.array([0.0, 10.0, 20.0, 30.0, 40.0])
    voltage = np.array([5.0, 4.0, 2.0, 9.0, 1.0])
    by = weights_until(time, voltage, 3.0)
    assert by[3:].tolist() == [0.0, 0.0] and by.sum() == pytest.approx(15.0)


@pytest.mark.parametrize("voltage", [[5.0, 4.0, 3.5], [2.0, 1.0, 0.5]])
def test_without_a_crossing_there_is_no_end(voltage: list[float]) -> None:
    with pytest.raises(ValueError, match="does not fall to 3 V"):
        weights_until(np.arange(3.0), np.array(voltage), 3.0)


@settings(max_examples=50, derandomize=True)
@given(st.lists(st.floats(0.1, 50.0), min_size=2, max_size=20), st.floats(0.05, 0.95))
def test_the_weights_are_the_time_to_the_crossing(steps: list[float], where: float) -> None:
    time = np.concatenate([[0.0], np.cumsum(steps)])
    voltage = 10.0 - time / time[-1]
    by = weights_until(time, voltage, 10.0 - where)
    assert by.sum() == pytest.approx(where * time[-1])
    assert by @ voltage == pytest.approx(where * time[-1] * (10.0 - where / 2.0))
