"""Response times out of records that are written down: delay and lag of the power are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.roles.arrays import ReadingArray
from labctl.errors import InstrumentError
from procedures.analysis.step_answer import step_answer
from procedures.methods.hybrid_storage.record import (
    Record,
    course_of,
    cycle_of,
    thinned,
)
from procedures.methods.hybrid_storage.response import SPANS
from procedures.methods.step_record import BEFORE, LENGTH
from rigs.scope_channels import CLAMP

POWER = 250e3


def record(
    delay: float, lag: float, phase: float, noise: float = 0.0, marked: bool = True
) -> Record:
    """Phase 1 of a station that goes from 0 W to `POWER` with `delay` and `lag` in s."""
    time = np.arange(15_000) / 12_500.0 - BEFORE
    rng = np.random.default_rng(1)
    late = np.maximum(time - delay, 0.0)
    power = -POWER / 3.0 * (1.0 - np.exp(-late / lag))
    angle = 2.0 * np.pi * 50.0 * time + phase
    volts = np.sqrt(2.0) * 230.0 * np.sin(angle)
    amps = np.sqrt(2.0) * power / 230.0 * (np.sin(angle) + 0.02 * np.sin(5.0 * angle))
    shown = amps * CLAMP + 0.02 + noise * rng.standard_normal(len(time))
    marker = np.where((time >= 0.0) & (time < 0.05), 5.0, 0.0) * marked
    axis = ReadingArray(time, "s", 0.0, 0.0, "test://scope", "SIM")
    return Record(axis, volts + 1.5, shown, marker)


@settings(max_examples=25)
@given(st.floats(0.002, 0.03), st.floats(0.02, 0.08), st.floats(0.0, 6.28))
def test_the_time_is_that_of_delay_and_lag(delay: float, lag: float, phase: float) -> None:
    seen = record(delay, lag, phase)
    found = step_answer(*course_of(seen), cycle_of(seen), SPANS, 0.2 * POWER)
    assert found is not None
    assert found.change == pytest.approx(POWER, rel=5e-3)
    # To a sample of the record and what the lag has left when the power counts as settled.
    assert found.at == pytest.approx(delay + np.log(10.0) * lag, abs=4e-4)


def test_noise_of_the_oscilloscope_moves_the_time_by_less_than_a_millisecond() -> None:
    seen = record(0.01, 0.03, 1.0, noise=0.03)
    found = step_answer(*course_of(seen), cycle_of(seen), SPANS, 0.2 * POWER)
    assert found is not None
    assert found.at == pytest.approx(0.01 + np.log(10.0) * 0.03, abs=1e-3)


def test_a_station_that_stays_at_rest_has_no_time() -> None:
    seen = record(5.0, 0.03, 1.0)
    assert step_answer(*course_of(seen), cycle_of(seen), SPANS, 0.2 * POWER) is None


def test_a_record_without_the_marker_is_refused() -> None:
    with pytest.raises(InstrumentError, match="marker is not in the record"):
        course_of(record(0.01, 0.03, 1.0, marked=False))


def test_the_course_is_kept_in_a_few_points() -> None:
    seen = record(0.01, 0.03, 1.0)
    _, course = course_of(seen)
    kept = thinned(seen.time, course)
    assert 50 <= len(kept) <= 70
    assert kept[-1].value == pytest.approx(POWER, rel=0.01)
    assert seen.time.values[-1] - seen.time.values[0] == pytest.approx(LENGTH, abs=1e-3)
