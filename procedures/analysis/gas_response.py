"""Response time of a gas sensor behind its plumbing: a first-order answer to a known course. Pure.

The course of the gas at the sensor, n(t) from 0 to 1, is not a step: pipe and chamber delay and mix
it. A film of time constant tau answers dy/dt = (S(n) - y) / tau with the static curve S of the film
(S(0) = 0, S(1) = 1, S(1/2) as measured; between them a parabola). Fitting tau, and a delay, to y(t)
leaves what belongs to the sensor; t90 of a step at the sensor is the delay + tau ln 10.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

GRID = 0.02
"""s between the points at which courses are computed."""

TO_NINETY = float(np.log(10.0))

SHORTEST, LONGEST = 0.02, 60.0
"""s between which a time constant is looked for."""

LATEST = 2.0
"""s: bounds of a delay to both sides."""


class Course(NamedTuple):
    """Times in s from the command to dose, and what was read by then, as a part of the whole
    answer; both (n,)."""

    time: Array
    share: Array


class Answer(NamedTuple):
    """Time constant `tau` and delay `late` of a film in s; `scatter` of the fit's residuals, as a
    part of the whole answer."""

    tau: float
    late: float
    scatter: float

    @property
    def ninety(self) -> float:
        """s from a step at the sensor to 90 % of the answer."""
        return self.late + TO_NINETY * self.tau


def on_grid(courses: list[Course], end: float) -> Course:
    """The mean of `courses` on a grid up to `end` in s; 0 before the command."""
    time = np.arange(0.0, end, GRID)
    rows = [np.interp(time, one.time, one.share, left=0.0) for one in courses]
    return Course(time, np.mean(rows, axis=0))


def lagged(course: Array, tau: float) -> Array:
    """First-order lag of `tau` s of a course on the grid, straight between its points: exact."""
    from scipy.signal import lfilter  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

    left, steps = float(np.exp(-GRID / tau)), tau / GRID
    ahead = [1.0 - steps + steps * left, steps - left - steps * left]
    return np.asarray(lfilter(ahead, [1.0, -left], course), dtype=np.float64)


def static(share: Array, half: float) -> Array:
    """The film's answer at rest to a `share` of the dose, where half of it gives `half`."""
    return share + 4.0 * (half - 0.5) * share * (1.0 - share)


def answer(film: Course, plumbing: Course, half: float) -> Answer:
    """Time constant and delay of a film from its course and that of the gas on the grid."""
    from scipy.optimize import least_squares  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

    driven = static(plumbing.share, half)

    def off(sought: Array) -> Array:
        course = lagged(driven, float(np.exp(sought[0])))
        return np.interp(film.time - sought[1], plumbing.time, course, left=0.0) - film.share

    found = least_squares(
        off,
        [0.0, 0.0],
        bounds=([np.log(SHORTEST), -LATEST], [np.log(LONGEST), LATEST]),
    )
    log_tau, late = (float(one) for one in found.x)
    scatter = float(np.sqrt(np.mean(np.square(found.fun))))
    return Answer(float(np.exp(log_tau)), late, scatter)
