"""The scatter of a slope is that of the readings, whatever steps the known loads have made."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from labctl.errors import Defect
from labctl.uncertainty.memory import slope_of
from labctl.uncertainty.shapes import quantile
from procedures.analysis.repeatability import Course, Repeatability

Array = NDArray[np.float64]

NOISE = 0.5e-3
SERIES = 1000


def state(rng: np.random.Generator) -> tuple[Course, Array]:
    """What a cell of no noise shows at 35 irregular starts: a drift while it works, and steps."""
    times = 150.0 + np.cumsum(rng.uniform(18.0, 30.0, 35))
    stops = np.cumsum(rng.integers(0, 4, 35)).astype(float)
    work = np.cumsum(rng.uniform(2.0, 20.0, 35))
    return Course(times, np.column_stack([stops, work])), 20e-6 * work + 0.6e-3 * stops


def noise(course: Course, rng: np.random.Generator, memory: float, white: float) -> Array:
    """Noise whose memory falls to 1/e in `memory` h, and noise of each reading; shape (n,)."""
    times = course.times
    apart = np.abs(times[:, None] - times)
    slow = np.exp(-apart / memory) if memory else np.eye(len(times))
    root = np.linalg.cholesky(NOISE**2 * (slow + white**2 * np.eye(len(times))))
    return root @ rng.standard_normal(len(times))


def covered(shortest: float, longest: float, white: float) -> float:
    """Share of the 95 % intervals that hold the slope of the course without noise, of series with
    any memory from `shortest` to `longest` in h."""
    rng = np.random.default_rng(1)
    courses, volts = zip(*(state(rng) for _ in range(3)), strict=True)
    known = Repeatability(courses)
    held: list[bool] = []
    for _ in range(SERIES):
        memory = shortest * (longest / shortest) ** rng.uniform() if shortest else 0.0
        many = [noise(course, rng, memory, white) for course in courses]
        found = known.slopes([y + each for y, each in zip(volts, many, strict=True)])
        for course, y, (value, scatter) in zip(courses, volts, found, strict=True):
            reach = quantile(0.975, scatter.freedom) * scatter.u
            held.append(abs(value - float(course.weights() @ y)) <= reach)
    return float(np.mean(held))


@pytest.mark.parametrize("white", [0.0, 0.5])
def test_intervals_of_slopes_cover_with_memory_and_steps(white: float) -> None:
    """Memories from a quarter of a day to a quarter of the series, none more likely."""
    assert 0.93 <= covered(6.0, 200.0, white) <= 0.97


@pytest.mark.parametrize("memory", [0.0, 24.0])
def test_intervals_are_none_too_short_where_memory_is(memory: float) -> None:
    """Readings a day apart do not tell that there is none: the interval is a little wide."""
    assert 0.95 <= covered(memory, memory, 0.0) <= 0.99


def once(seed: int) -> tuple[Course, Array]:
    """A course and its voltages with noise of 24 h memory."""
    rng = np.random.default_rng(seed)
    course, volts = state(rng)
    return course, volts + noise(course, rng, 24.0, 0.0)


def test_steps_that_the_loads_explain_are_no_scatter() -> None:
    courses, volts = zip(*(once(seed) for seed in range(3)), strict=True)
    stepped = [y + 5e-3 * one.loads[:, 0] for one, y in zip(courses, volts, strict=True)]
    known = Repeatability(courses)
    both = zip(known.slopes(volts), known.slopes(stepped), strict=True)
    for course, y, ((_, before), (value, after)) in zip(courses, stepped, both, strict=True):
        plain, about_the_line = slope_of(course.times, y)
        assert value == pytest.approx(plain, rel=1e-9)
        assert after.u == pytest.approx(before.u, rel=1e-6)
        assert about_the_line.u > 3.0 * after.u


def test_what_the_loads_do_not_explain_is_scatter() -> None:
    courses, volts = zip(*(once(seed) for seed in range(3)), strict=True)
    blind = [Course(one.times, one.loads[:, :0]) for one in courses]
    found = (Repeatability(some).slopes(volts) for some in (courses, blind))
    for (_, told), (_, untold) in zip(*found, strict=True):
        assert untold.u > 1.2 * told.u


def test_loads_that_others_make_up_change_nothing() -> None:
    course, volts = once(4)
    doubled = np.hstack([course.loads, 3.0 * course.loads, np.zeros((35, 1))])
    [(_, plain)] = Repeatability([course]).slopes([volts])
    [(_, twice)] = Repeatability([Course(course.times, doubled)]).slopes([volts])
    assert twice.u == pytest.approx(plain.u, rel=1e-6)
    assert twice.freedom == pytest.approx(plain.freedom, rel=1e-6)


def test_few_readings_tell_no_repeatability() -> None:
    with pytest.raises(Defect):
        Repeatability([Course(np.arange(9.0), np.zeros((9, 0)))])
