"""Functions there and not there, from made answers: right, absent, wrong sign, size or delay."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Figure
from procedures.methods.grid_support import day, recorded, steps
from procedures.methods.grid_support.arranging import FREQUENCY, VOLTAGE
from procedures.methods.grid_support.clocks import Skew
from procedures.methods.grid_support.course import STEP, Course
from procedures.methods.grid_support.deciding import Mark, both, decided, inside
from procedures.methods.grid_support.dispatch import Dispatched, fits
from procedures.methods.grid_support.events import Event
from procedures.methods.grid_support.frequency import asked_by
from procedures.methods.grid_support.voltage import change_asked
from tests.procedures.methods.grid_support import made

SKEW = Skew(0.0, 0.01)
ASKED = 9e3
"""What the droop asks for at 49.5 Hz."""


def event(answer: float, *, delay: float = 0.06, reactive: float = 0.0) -> Event:
    """A step to 49.5 Hz that is answered by `answer` W."""
    time = -0.17 + STEP * np.arange(1150)
    way = 1.0 - np.exp(-np.maximum(time - delay, 0.0) / 0.03)
    course = Course(-0.17, tuple((answer * way).tolist()), 49.5, 4e-5)
    began = made.series([0.0], "s", None).readings()[0]
    idle, answered = made.seen(750.0), made.seen(750.0 - answer, -reactive)
    return Event(49.5, 230.0, began, course, idle, answered)


def marks(one: Event) -> list[bool | None]:
    run = made.run()
    asked = asked_by(run, FREQUENCY, 15e3)
    kind = steps.Kind("active", "W", 15e3, asked, lambda e: f"{e.frequency:g} Hz")
    found, budget = steps.marks_of(run, made.rig(), kind, [one])
    assert {"bench/frequency_fidelity", "current transformer"} <= {b.source for b in budget}
    return [mark.holds for mark in found]


@pytest.mark.parametrize(
    ("answer", "delay", "expected"),
    [
        (ASKED, 0.06, [True, True]),
        (0.9 * ASKED, 0.5, [True, True]),
        (0.0, 0.06, [False, False]),
        (-ASKED, 0.06, [False, True]),
        (0.5 * ASKED, 0.06, [False, True]),
        (1.5 * ASKED, 0.06, [False, True]),
        (0.8 * ASKED, 0.06, [None, True]),
        (ASKED, 2.0, [True, False]),
    ],
    ids=["right", "slower", "none", "wrong sign", "too small", "too large", "doubt", "too late"],
)
def test_size_sign_and_delay_of_an_answer(
    answer: float, delay: float, expected: list[bool | None]
) -> None:
    assert marks(event(answer, delay=delay)) == expected


def test_what_fails_has_failed_and_doubt_is_not_shown() -> None:
    fine, doubt, wrong = (Mark(holds, "of what", "told") for holds in (True, None, False))
    shown = decided([fine, fine], "marks")
    assert shown.present is not None and shown.present.there and not shown.missing
    failed = decided([doubt, wrong], "marks")
    assert failed.present is not None and not failed.present.there
    assert decided([fine, doubt], "marks") == decided([doubt], "marks")
    assert decided([doubt], "marks").missing == ("of what",)
    assert both(True, None) is None and both(None, False) is False and both() is True
    assert inside(Figure(1.0, "W", 0.1, 0.8, 1.2), 0.9, 2.0) is None
    assert inside(Figure(1.0, "W", 0.1, 0.8, 1.2), 1.3, 2.0) is False


def test_the_voltage_as_read_says_what_is_asked_for() -> None:
    run = made.run()
    found = event(0.0)
    low = Event(
        50.0, 218.5, found.began, found.course, made.seen(750.0), made.seen(750.0, 0, 220.0)
    )
    asked = run.monte_carlo.figure(change_asked(run.monte_carlo, VOLTAGE, 18e3, low), "var")
    assert asked.value == pytest.approx(600.0 * (10.0 - 2.3), rel=0.01)
    assert 50.0 < asked.u < 300.0


def test_the_shape_of_a_real_event_and_who_follows_it() -> None:
    shape = recorded.shape()
    levels = np.array([one.frequency for one in shape])
    assert len(shape) == 40 and levels.min() == pytest.approx(49.74, abs=0.01)
    asked = 20e3 * np.maximum(49.95 - levels, 0.0)
    time = np.arange(0.4, 39.0, 1.2)
    for gain, delay in ((1.0, 0.2), (0.5, 0.2), (0.0, 0.2)):
        index = np.clip(np.floor(time - delay).astype(int), 0, 39)
        answer = gain * np.where(time < delay, 0.0, asked[index])
        assert recorded.follows(time, answer, asked).gain == pytest.approx(gain, abs=0.02)


@pytest.mark.parametrize(("gain", "delay"), [(1.0, 1.0), (0.7, 3.0), (-1.0, 1.0), (0.0, 0.0)])
def test_a_dispatched_signal_is_followed_by_gain_and_delay(gain: float, delay: float) -> None:
    commands = tuple(20.0 * k for k in range(6))
    levels = (3e3, -4e3, 8e3, 1e3, -9e3, 6e3)
    t = np.arange(0.5, 119.0, 2.0)
    place = np.clip(np.searchsorted(commands, t - delay, side="right") - 1, 0, 5)
    drawn = 750.0 - gain * np.array(levels)[place] * (t >= delay)
    readings = made.seen(0.0, count=len(t))
    signal = type(readings)(made.series(drawn / made.RATIO), readings.reactive, readings.voltage)
    found = Dispatched(commands, levels, made.seen(750.0), signal, tuple(t.tolist()), SKEW)
    whole, still = fits(made.rig(), found)
    assert still.gain == pytest.approx(gain, abs=2e-3)
    if gain:
        assert whole.delay == pytest.approx(delay, abs=2.0) and whole.explained > 0.95


def test_a_schedule_levels_the_day_that_it_was_made_for() -> None:
    hours = np.arange(25)
    load = 3e3 + 1.5e3 * np.cos(2.0 * np.pi * (hours - 15.0) / 24.0)
    schedule = day.schedule_of(load.tolist())
    assert len(schedule) == 24 and schedule[0].start == 0.0
    power = np.array([entry.power for entry in schedule])
    assert power.max() > 0.0 > power.min()
    middle = 0.5 * (load[:-1] + load[1:])
    drawn = middle - power
    assert drawn.max() <= load.max() - 0.24 * np.ptp(load)
    assert drawn.min() >= load.min() + 0.28 * np.ptp(load)
