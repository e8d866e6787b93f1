"""When an answer has done its way, from synthetic currents whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from procedures.analysis.step_crossing import (
    Current,
    active_amplitude,
    crossing,
    mean_amplitude,
    phase_of,
)

Array = NDArray[np.float64]
TIME = np.arange(-0.2, 1.0, 4e-5)
DELAY, SHARE, SIZE = 0.07, 0.9, 20.0
BEFORE, SETTLED = (-0.15, -0.03), (0.7, 0.95)


def lagging(lag: float) -> tuple[Array, float]:
    """The share done at `TIME`, and when it is 90 %, both for a first-order lag in s."""
    done = 1.0 - np.exp(-np.maximum(TIME - DELAY, 0.0) / lag)
    return done, DELAY + lag * float(np.log(10.0))


def ramping(seconds: float) -> tuple[Array, float]:
    return np.clip((TIME - DELAY) / seconds, 0.0, 1.0), DELAY + SHARE * seconds


def current(done: Array, phase: float, noise: float = 0.0, reactive: float = 3.0) -> Current:
    """A current of 50 Hz that goes from 5 A by `SIZE`, with a steady reactive part."""
    angle = 2.0 * np.pi * 50.0 * TIME + phase
    amperes = (5.0 + SIZE * done) * np.sin(angle) + reactive * np.cos(angle)
    spread = noise * np.random.default_rng(4).normal(size=len(TIME))
    return Current(TIME, amperes + spread, 50.0, phase)


def told(seen: Current) -> tuple[float, float]:
    """When 90 % were done, and its doubt, both in s."""
    before, settled = mean_amplitude(seen, BEFORE), mean_amplitude(seen, SETTLED)
    found = crossing(seen, (before, settled), SHARE, DELAY + 0.02)
    return found.at, found.doubt


@pytest.mark.parametrize(
    ("answer", "within"),
    [
        (lagging(0.004), 4e-4),
        (lagging(0.006), 1.2e-4),
        (lagging(0.010), 5e-5),
        (lagging(0.014), 3e-5),
    ],
)
def test_the_time_of_a_known_answer(answer: tuple[Array, float], within: float) -> None:
    done, true = answer
    found = np.array([told(current(done, phase)) for phase in np.arange(0.0, 6.2, 0.7)])
    errors, doubts = found[:, 0] - true, found[:, 1]
    assert np.abs(errors).max() < within
    assert np.sqrt(np.mean(errors**2)) < np.sqrt(np.mean(doubts**2))


def test_the_bend_at_the_end_of_a_ramp_is_told_within_a_fiftieth_of_a_cycle() -> None:
    """All windows hold that bend, so that it is more than their doubt tells."""
    done, true = ramping(0.030)
    found = [told(current(done, phase))[0] for phase in np.arange(0.0, 6.2, 0.7)]
    assert np.abs(np.array(found) - true).max() < 4e-4


def test_noise_moves_it_by_its_share_of_the_slope() -> None:
    done, true = lagging(0.014)
    at, doubt = told(current(done, 1.0, noise=0.005 * SIZE))
    assert at == pytest.approx(true, abs=4e-4)
    assert doubt < 1e-3


def test_a_falling_answer_is_told_alike() -> None:
    done, true = lagging(0.014)
    assert told(current(1.0 - done, 1.0))[0] == pytest.approx(true, abs=3e-5)


def test_the_active_part_is_told_from_the_reactive_one() -> None:
    seen = current(np.zeros_like(TIME), 0.4, reactive=9.0)
    assert active_amplitude(seen, 0.3, 0.007) == pytest.approx(5.0, rel=1e-9)
    assert mean_amplitude(seen, SETTLED) == pytest.approx(5.0, rel=1e-9)


def test_the_phase_is_that_of_the_voltage() -> None:
    voltage = 325.0 * np.sin(2.0 * np.pi * 50.0 * TIME + 0.9) + 4.0
    assert phase_of(TIME, voltage, 50.0) == pytest.approx(0.9, abs=1e-9)


def test_what_is_not_there_is_no_time() -> None:
    done, _ = lagging(0.014)
    seen = current(done, 0.0)
    with pytest.raises(ValueError, match=r"not passed within a cycle of 0\.3 s"):
        crossing(seen, (5.0, 25.0), SHARE, 0.3)
    with pytest.raises(ValueError, match="no record"):
        active_amplitude(seen, -0.199, 0.01)
