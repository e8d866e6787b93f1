"""Time, size and sign of an answer, from synthetic waveforms whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from procedures.analysis.cycle_power import (
    cycle_power,
    frequency_of,
    sliding_mean,
    smoothed,
    unsmoothed,
    whole_mean,
)
from procedures.analysis.step_answer import Spans, StepAnswer, mean_in, step_answer

Array = NDArray[np.float64]
RATE = 25e3
SPANS = Spans(before=(-0.19, -0.02), settled=(0.6, 0.98))
FULL = 15e3


def envelope(time: Array, delay: float, lag: float, change: float) -> Array:
    """Power in W that goes by `change` at `delay` with a first-order lag, all in s."""
    since = np.maximum(time - delay, 0.0)
    return change * (1.0 - np.exp(-since / lag))


def record(
    delay: float,
    lag: float,
    change: float,
    *,
    frequency: float = 49.5,
    noise: float = 0.0,
    offset: float = 0.0,
    base: float = 0.0,
    seed: int = 3,
) -> tuple[Array, Array, Array]:
    """Time in s, voltage in V and current in A; `frequency` from 0 s on, 50 Hz before."""
    time = np.arange(-0.2, 1.0, 1.0 / RATE)
    angle = 2.0 * np.pi * np.where(time < 0.0, 50.0, frequency) * time + 0.7
    rng = np.random.default_rng(seed)
    power = base + envelope(time, delay, lag, change)
    voltage = 230.0 * np.sqrt(2.0) * np.sin(angle) + offset * 8.0
    current = power / 230.0 * np.sqrt(2.0) * np.sin(angle) + offset
    return (
        time,
        voltage + 3.0 * noise * rng.normal(size=len(time)),
        current + noise * rng.normal(size=len(time)),
    )


def answer(time: Array, voltage: Array, current: Array, frequency: float) -> StepAnswer | None:
    centres, power = cycle_power(time, voltage, current, frequency)
    return step_answer(centres, power, 1.0 / frequency, SPANS, 0.02 * FULL)


def true_time(delay: float, lag: float) -> float:
    return delay + lag * np.log(10.0)


@given(
    delay=st.floats(0.03, 0.2),
    lag=st.floats(0.01, 0.05),
    change=st.sampled_from([-12e3, -3e3, 3e3, 12e3]),
    frequency=st.sampled_from([49.5, 49.9, 50.5]),
)
def test_the_time_of_a_first_order_answer(
    delay: float, lag: float, change: float, frequency: float
) -> None:
    found = answer(*record(delay, lag, change, frequency=frequency), frequency)
    assert found is not None
    # What a fast lag leaves of a parabola over a cycle, and what has not settled by 0.6 s.
    assert found.at == pytest.approx(true_time(delay, lag), abs=0.6e-3)
    assert found.change == pytest.approx(change, rel=4e-3)
    assert np.sign(found.slope) == np.sign(change)


def test_noise_and_offsets_of_the_inputs_move_the_time_as_the_scatter_says() -> None:
    time = true_time(0.08, 0.03)
    quiet = answer(*record(0.08, 0.03, 9e3, offset=0.8, base=900.0), 49.5)
    assert quiet is not None and quiet.at == pytest.approx(time, abs=1e-4)
    off: list[float] = []
    for seed in range(12):
        found = answer(*record(0.08, 0.03, 9e3, noise=1.0, base=900.0, seed=seed), 49.5)
        assert found is not None
        off.append((found.at - time) * abs(found.slope) / found.scatter)
    assert 0.6 < float(np.std(off)) < 1.6 and abs(float(np.mean(off))) < 1.0


def test_without_an_answer_there_is_no_time() -> None:
    assert answer(*record(0.08, 0.03, 0.0, noise=1.0), 49.5) is None
    assert answer(*record(0.08, 0.03, 250.0, noise=0.5), 49.5) is None


def test_an_answer_after_the_record_has_not_settled_and_is_told_by_its_scatter() -> None:
    late = answer(*record(0.7, 0.03, 9e3), 49.5)
    quick = answer(*record(0.1, 0.03, 9e3), 49.5)
    assert late is not None and quick is not None
    assert late.scatter > 0.2 * abs(late.change) > 100.0 * quick.scatter


def test_an_overshoot_counts_where_the_way_is_first_done() -> None:
    time = np.arange(-0.2, 1.0, 1e-3)
    since = np.maximum(time - 0.1, 0.0)
    power = 1e3 * (1.0 - np.exp(-since / 0.05) * np.cos(40.0 * since))
    found = step_answer(time, power, 0.02, SPANS, 100.0)
    assert found is not None
    first = time[np.flatnonzero(power >= 900.0)[0]]
    assert found.at == pytest.approx(first, abs=2e-3)


def test_a_ramp_has_no_second_order_error() -> None:
    time = np.arange(-0.2, 1.0, 1.0 / RATE)
    power = 1e3 * np.clip((time - 0.1) / 0.2, 0.0, 1.0)
    found = step_answer(*smoothed(time, power, 0.02), 0.02, SPANS, 100.0)
    assert found is not None
    assert found.at == pytest.approx(0.28, abs=1e-4)
    assert abs(found.window) < 1e-4


@given(window=st.floats(0.015, 0.025), slope=st.floats(-5.0, 5.0))
def test_a_window_of_any_length_keeps_a_line(window: float, slope: float) -> None:
    time = np.arange(0.0, 0.2, 1e-3)
    centres, mean = sliding_mean(time, 1.0 + slope * time, window)
    assert mean == pytest.approx(1.0 + slope * centres, abs=1e-12)
    assert centres[0] >= 0.5 * window - 1e-12


@given(rate=st.floats(5.0, 60.0))
def test_the_second_order_error_of_the_window_is_taken_out(rate: float) -> None:
    time = np.arange(0.0, 0.4, 1e-4)
    centres, mean = smoothed(time, np.exp(-rate * time), 0.02)
    value, slope, bend = unsmoothed(centres, mean, 0.02, 0.1)
    size = np.exp(-rate * 0.1)
    assert value == pytest.approx(size, rel=max(1e-2 * (rate / 60.0) ** 4, 1e-4))
    assert slope == pytest.approx(-rate * size, rel=0.09 * (0.02 * rate) ** 2 + 1e-3)
    assert bend > 0.0


@given(frequency=st.floats(47.5, 52.0), phase=st.floats(0.0, 6.0))
def test_the_frequency_of_a_noisy_record(frequency: float, phase: float) -> None:
    time = np.arange(0.0, 0.5, 1.0 / RATE)
    noise = np.random.default_rng(1).normal(size=len(time))
    voltage = 3.0 + 325.0 * np.sin(2.0 * np.pi * frequency * time + phase) + 3.0 * noise
    assert frequency_of(time, voltage) == pytest.approx(frequency, abs=5e-3)
    assert whole_mean(time, voltage, frequency) == pytest.approx(3.0, abs=0.3)


def test_records_that_are_too_short_are_refused() -> None:
    time = np.arange(0.0, 0.015, 1e-3)
    with pytest.raises(ValueError, match="window"):
        sliding_mean(time, time, 0.02)
    with pytest.raises(ValueError, match="cycle"):
        whole_mean(time, time, 50.0)
    with pytest.raises(ValueError, match="two cycles"):
        frequency_of(time, np.sin(2.0 * np.pi * 50.0 * time))
    with pytest.raises(ValueError, match="no record"):
        mean_in(time, time, (1.0, 2.0))
    with pytest.raises(ValueError, match="too few"):
        unsmoothed(time, time, 1e-3, 0.01)
