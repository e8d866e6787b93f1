"""The fit gives back the film, whatever the plumbing."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.analysis.gas_response import Course, answer, lagged, on_grid, static

TIME = np.arange(0.0, 15.0, 0.05)


def gas(dead: float, mixing: float) -> Course:
    """What a pipe and a chamber make of a step at 0 s."""
    share = np.where(dead < TIME, 1.0 - np.exp(-(TIME - dead) / mixing), 0.0)
    return Course(TIME, share)


def test_the_lag_of_a_step_is_an_exponential() -> None:
    step = np.ones(500)
    step[0] = 0.0
    found = lagged(step, 1.0)
    assert found[300] == pytest.approx(1.0 - np.exp(-(299.5 * 0.02)), rel=1e-3)


def test_half_of_the_dose_gives_what_it_gave() -> None:
    assert static(np.array([0.0, 0.5, 1.0]), 0.56) == pytest.approx([0.0, 0.56, 1.0])


@pytest.mark.parametrize("tau", [0.3, 1.0, 2.3])
@pytest.mark.parametrize(("dead", "mixing"), [(0.3, 0.2), (1.0, 0.8)])
@pytest.mark.parametrize("bent", [0.5, 0.54])
def test_the_plumbing_is_taken_off(tau: float, dead: float, mixing: float, bent: float) -> None:
    course = on_grid([gas(dead, mixing)], 15.0)
    film = lagged(static(course.share, bent), tau)
    sampled = np.arange(0.03, 14.9, 0.24)
    seen = Course(sampled, np.interp(sampled, course.time, film))
    found = answer(seen, course, bent)
    assert found.tau == pytest.approx(tau, rel=0.02)
    assert found.ninety == pytest.approx(tau * np.log(10.0), abs=0.02)
    assert found.scatter < 2e-3


def test_what_comes_later_than_the_gas_counts_as_late() -> None:
    course = on_grid([gas(0.5, 0.4)], 15.0)
    film = lagged(course.share, 1.0)
    sampled = np.arange(0.5, 14.9, 0.2)
    seen = Course(sampled + 0.3, np.interp(sampled, course.time, film))
    assert answer(seen, course, 0.5).late == pytest.approx(0.3, abs=0.02)


def test_before_the_command_there_is_nothing() -> None:
    late = Course(np.array([1.0, 2.0]), np.array([0.2, 1.0]))
    assert on_grid([late], 3.0).share[:40].max() == 0.0
