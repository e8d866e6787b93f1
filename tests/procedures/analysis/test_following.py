"""Delay and gain of a power that follows a command, and what a droop asks for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.analysis.droop import droop_answer
from procedures.analysis.following import following, held_command

CHANGES = np.arange(0.0, 300.0, 20.0)
LEVELS = 1e3 * np.array([3, -2, 5, 0, -6, 4, 7, -3, 1, -5, 6, -1, 2, -4, 0], dtype=np.float64)
TIME = np.arange(0.5, 300.0, 2.0)
DELAYS = np.arange(0.0, 40.0, 0.5)


@given(
    delay=st.floats(0.0, 15.0), gain=st.sampled_from([-1.0, 0.4, 0.9, 1.0, 1.6]),
    offset=st.floats(-500.0, 500.0),
)  # fmt: skip
def test_delay_gain_and_offset_are_found(delay: float, gain: float, offset: float) -> None:
    noise = np.random.default_rng(5).normal(0.0, 20.0, len(TIME))
    answer = offset + gain * held_command(TIME - delay, CHANGES, LEVELS) + noise
    found = following(TIME, answer, CHANGES, LEVELS, DELAYS)
    assert found.delay == pytest.approx(delay, abs=2.0)
    assert found.gain == pytest.approx(gain, abs=3e-3)
    assert found.offset == pytest.approx(offset, abs=10.0)
    assert found.rest < 40.0 and found.explained > 0.98
    assert found.weights @ answer == pytest.approx(found.gain)


def test_noise_alone_follows_nothing() -> None:
    noise = np.random.default_rng(5).normal(0.0, 100.0, len(TIME))
    found = following(TIME, noise, CHANGES, LEVELS, DELAYS)
    assert abs(found.gain) < 0.02 and found.explained < 0.1
    still = following(TIME, np.zeros(len(TIME)), CHANGES, LEVELS, DELAYS)
    assert still.gain == 0.0 and still.explained == 0.0 and still.delay == 0.0


def test_a_command_that_stands_tells_no_gain() -> None:
    with pytest.raises(ValueError, match="does not change"):
        following(TIME, TIME, np.array([0.0]), np.array([1e3]), DELAYS)
    with pytest.raises(ValueError, match="points"):
        following(TIME[:2], TIME[:2], CHANGES, LEVELS, DELAYS)


@given(deviation=st.floats(-2.0, 2.0))
def test_a_droop_is_odd_limited_and_silent_in_its_dead_band(deviation: float) -> None:
    asked = droop_answer(np.array([deviation, -deviation]), 10e3, 0.05, 6e3)
    assert asked[0] == -asked[1] and abs(asked[0]) <= 6e3
    assert (asked[0] == 0.0) == (abs(deviation) <= 0.05)
    assert asked[0] * deviation <= 0.0


def test_a_droop_begins_at_the_end_of_its_dead_band() -> None:
    asked = droop_answer(np.array([-0.5, -0.05, 0.15]), 10e3, 0.05, 9e9)
    assert asked == pytest.approx([4500.0, 0.0, -1000.0])
