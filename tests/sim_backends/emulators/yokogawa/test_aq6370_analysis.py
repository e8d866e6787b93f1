from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.emulators.yokogawa.aq6370_analysis import (
    Trace,
    channels,
    peaks,
    side_modes,
    total_power,
    width,
)


def gaussians(*modes: tuple[float, float], floor: float = -80.0) -> Trace:
    """Gaussian modes of 0.1 nm at nm with peaks in dBm, on a floor."""
    x = np.linspace(1549.0, 1553.0, 4001)
    watts = np.full(x.shape, 10 ** (floor / 10))
    for centre, level in modes:
        watts += 10 ** (level / 10) * 0.5 ** ((2 * (x - centre) / 0.1) ** 2)
    return Trace(x * 1e-9, 10 * np.log10(watts), 0.1e-9 * 1.0645)


def test_modes_and_their_distances() -> None:
    trace = gaussians((1550.0, 0.0), (1550.6, -30.0), (1552.0, -20.0))
    assert [round(float(trace.wavelength[i]) * 1e12) for i in peaks(trace.level, 3.0)] == [
        1550000, 1550600, 1552000,
    ]  # fmt: skip
    assert side_modes(trace, 3.0, 0.0, neighbours=False)[5] == pytest.approx(20.0, abs=1e-3)
    assert side_modes(trace, 3.0, 0.0, neighbours=True)[5] == pytest.approx(30.0, abs=1e-3)
    assert side_modes(trace, 3.0, 1e-9, neighbours=False)[2] == pytest.approx(1552e-9)


def test_width_power_and_noise_of_a_known_shape() -> None:
    trace = gaussians((1550.5, 0.0))
    centre, wide, modes = width(trace, 3.0102999566, 3.0)
    assert centre == pytest.approx(1550.5e-9, abs=1e-15) and modes == 1.0
    assert wide == pytest.approx(0.1e-9, rel=1e-3)
    assert total_power(trace, 0.0)[0] == pytest.approx(0.0, abs=0.01)
    (row,) = channels(trace, 20.0, 3.0, 0.4e-9, 0.1e-9)
    assert row[5] == pytest.approx(-80.0 - 10 * np.log10(1.0645), abs=1e-3)


def test_a_lone_or_flat_trace_has_no_side_mode() -> None:
    flat = Trace(np.linspace(1e-6, 1.1e-6, 50), np.full(50, -210.0), 1e-10)
    assert peaks(flat.level, 3.0) == [] and side_modes(flat, 3.0, 0.0, neighbours=False)[5] == 0.0
    assert channels(flat, 20.0, 3.0, 1e-9, 1e-10) == []
    assert width(flat, 3.0, 3.0)[2] == 1.0


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.lists(st.floats(-90.0, 10.0), min_size=3, max_size=60), st.floats(0.5, 20.0))
def test_each_mode_stands_out_by_the_difference(levels: list[float], difference: float) -> None:
    level = np.array(levels)
    found = peaks(level, difference)
    assert found == sorted(set(found))
    for left, right in pairwise(found):
        dip = level[left : right + 1].min()
        assert level[left] - dip > difference and level[right] - dip > difference
