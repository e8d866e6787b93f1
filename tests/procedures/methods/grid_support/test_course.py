"""The course about an event from records of known power, and what is wrong with records."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.errors import InstrumentError
from procedures.analysis.edges_of import rising_edges
from procedures.analysis.reactive import cycle_reactive
from procedures.methods.grid_support.course import course_of
from procedures.methods.grid_support.timing import answer_of, stands
from rigs.scope_channels import CLAMP
from tests.procedures.methods.grid_support.made import Array, waveform

TIME: Array = np.arange(-0.2, 1.0, 4e-5)
EVENT = 1.5e-3
"""Seconds from the trigger's level to the edge of the marker, for a test."""


def channels(
    active: float, reactive: float, delay: float, lost: float = 9.0
) -> tuple[Array, Array, Array]:
    """Voltage, clamp and marker of a site that feeds in `active` W and `reactive` var from `delay`
    s after the event on, with a lag of 30 ms; the grid is lost at `lost` s."""
    angle = 2.0 * np.pi * 49.5 * TIME
    way = 1.0 - np.exp(-np.maximum(TIME - EVENT - delay, 0.0) / 0.03)
    there = (lost > TIME).astype(np.float64)
    peak = np.sqrt(2.0)
    volts = 230.0 * peak * np.sin(angle) * there
    # Over-excited: the current drawn leads, so the reactive power drawn is negative.
    drawn = -(active * way) / 230.0 * peak * np.sin(angle)
    lags = -(reactive * way) / 230.0 * peak * -np.cos(angle)
    marker = np.where((TIME >= EVENT) & (TIME < EVENT + 550e-6), 5.0, 0.0)
    return volts, (drawn + lags) * CLAMP * there, marker


@pytest.mark.parametrize(("active", "reactive"), [(9e3, 0.0), (-6e3, 3e3), (4e3, -5e3)])
def test_both_powers_come_out_with_their_signs(active: float, reactive: float) -> None:
    volts, amps, marker = (waveform(TIME, one) for one in channels(active, reactive, 0.06))
    true = 0.06 + 0.03 * np.log(10.0)
    for what, size in (("active", active), ("reactive", reactive)):
        course = course_of(volts, amps, marker, what)  # pyright: ignore[reportArgumentType]
        assert course.frequency == pytest.approx(49.5, abs=1e-3)
        assert course.array[course.time > 0.5] == pytest.approx(size, abs=0.002 * 9e3)
        answer = answer_of(course, 15e3)
        if not size:
            assert answer is None
            continue
        assert answer is not None and stands(course, answer)
        assert answer.at == pytest.approx(true, abs=1e-3)


@given(active=st.floats(-9e3, 9e3), reactive=st.floats(-9e3, 9e3))
def test_reactive_power_is_told_apart_from_active(active: float, reactive: float) -> None:
    time = TIME[:5000:5]
    angle = 2.0 * np.pi * 50.0 * time
    volts = np.sqrt(2.0) * 230.0 * np.sin(angle)
    amps = np.sqrt(2.0) / 230.0 * (active * np.sin(angle) - reactive * np.cos(angle))
    _, found = cycle_reactive(time, volts, amps, 50.0)
    assert found == pytest.approx(reactive, abs=20.0)


def test_a_grid_that_is_lost_in_the_record_is_an_error() -> None:
    for lost in (0.02, 0.3, 0.5):
        records = [waveform(TIME, one) for one in channels(9e3, 0.0, 0.06, lost)]
        with pytest.raises(InstrumentError, match="lost in mid-event"):
            course_of(records[0], records[1], records[2], "active")


def test_records_that_cannot_be_used_are_named() -> None:
    volts, amps, marker = channels(9e3, 0.0, 0.06)
    flat = waveform(TIME, np.zeros_like(TIME))
    good = (waveform(TIME, volts), waveform(TIME, amps))
    with pytest.raises(InstrumentError, match="no edge"):
        course_of(good[0], good[1], flat, "active")
    clipped = waveform(TIME, amps, clipped=True)
    with pytest.raises(InstrumentError, match="clipped"):
        course_of(good[0], clipped, waveform(TIME, marker), "active")


def test_an_answer_that_still_moves_does_not_stand() -> None:
    volts, amps, marker = (waveform(TIME, one) for one in channels(9e3, 0.0, 0.62))
    course = course_of(volts, amps, marker, "active")
    answer = answer_of(course, 15e3)
    assert answer is not None and not stands(course, answer)


@given(at=st.floats(0.1, 0.9))
def test_edges_lie_between_samples(at: float) -> None:
    time = np.arange(0.0, 1.0, 0.01)
    level = 5.0 * np.clip((time - at) / 0.02 + 0.5, 0.0, 1.0)
    assert rising_edges(time, level) == pytest.approx([at], abs=1e-9)
    assert len(rising_edges(time, np.zeros_like(time))) == 0
    assert len(rising_edges(time, np.full_like(time, 5.0))) == 0
