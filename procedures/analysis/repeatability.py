"""How well readings of one state repeat, told from readings between which the state has changed.

A slope that is defined as that of the least-squares line through the readings is uncertain by the
errors of the readings alone, not by what the line leaves of the true course. Scatter about the
line has both. Where the loads that change the state are known, what they explain is taken out
first, and the covariance of what is left is found by restricted likelihood, which knows what the
regressors took of it (H. Patterson, R. Thompson, Biometrika 58 (1971) 545; D. Harville, Biometrika
61 (1974) 383, who has it as a posterior with flat priors of the coefficients). The errors have
noise of single readings and a part whose memory falls exponentially with the time between them.
Memory and share have a grid with a flat prior in the logarithm of the memory. What the loads do not
explain stays in the errors. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labctl.errors import Defect
from labctl.uncertainty.memory import Scatter

Array = NDArray[np.float64]

MEMORIES = 8
"""Memories in the grid: from a quarter of the time between readings, which none can tell from no
memory, to a quarter of the series, beyond which no series tells it from its trend."""

SHARES = (0.25, 0.5, 0.75, 1.0)
"""Shares of the variance that have the memory."""

LEAST = 8
"""Degrees of freedom that tell a covariance."""


@dataclass(frozen=True)
class Course:
    """Readings of one run at `times`, shape (n,), and what the state has gone through by then:
    `loads`, shape (n, k), each in a unit of its own."""

    times: Array
    loads: Array

    def basis(self) -> Array:
        """Orthonormal columns of constant, time and loads, without those that others make up."""
        plain = np.column_stack([np.ones(len(self.times)), self.times, self.loads])
        plain = plain / np.maximum(np.abs(plain).max(axis=0), 1e-300)
        left, sizes, _ = np.linalg.svd(plain, full_matrices=False)
        return left[:, sizes > 1e-9 * sizes[0]]

    def weights(self) -> Array:
        """Weights of the readings for the slope of the least-squares line, shape (n,)."""
        centred = self.times - self.times.mean()
        return centred / float(centred @ centred)


class Repeatability:
    """What readings along `courses` tell of their errors, whose covariance is one for all.

    `Defect` where there are too few of them to tell it.
    """

    def __init__(self, courses: Sequence[Course]) -> None:
        self._by = [one.weights() for one in courses]
        bases = [one.basis() for one in courses]
        self._freedom = sum(len(basis) - basis.shape[1] for basis in bases)
        if self._freedom < LEAST:
            raise Defect(
                f"{self._freedom} degrees of freedom tell no repeatability; {LEAST} are needed"
            )
        grid = _grid(courses)
        self._views = [
            [_view(course, basis, *at) for at in grid]
            for course, basis in zip(courses, bases, strict=True)
        ]

    def slopes(self, values: Sequence[Array]) -> list[tuple[float, Scatter]]:
        """Least-squares slope of the `values` along each course, in their unit per unit of time,
        and its scatter by the errors of the readings."""
        squares = np.sum([_squares(v, y) for v, y in zip(self._views, values, strict=True)], axis=0)
        logarithms = np.sum([[one.logarithm for one in views] for views in self._views], axis=0)
        # The restricted likelihood with the variance of the errors integrated out.
        likely = -0.5 * (logarithms + self._freedom * np.log(np.maximum(squares, 1e-300)))
        weight = np.exp(likely - likely.max())
        weight = weight / weight.sum()
        found: list[tuple[float, Scatter]] = []
        for by, views, y in zip(self._by, self._views, values, strict=True):
            variance = squares / self._freedom * np.array([one.shape for one in views])
            found.append((float(by @ y), _mixture(weight, variance, self._freedom, len(values))))
        return found


@dataclass(frozen=True)
class _View:
    """A course by one covariance of unit variance: `metric`, shape (n, n), of the squares that are
    left; the `logarithm` of the determinants; `shape`, the variance of the slope."""

    metric: Array
    logarithm: float
    shape: float


def _grid(courses: Sequence[Course]) -> list[tuple[float, float]]:
    """Memories and shares."""
    apart = float(np.median(np.concatenate([np.diff(one.times) for one in courses])))
    longest = max(float(np.ptp(one.times)) for one in courses)
    memories = np.geomspace(apart / 4.0, max(longest / 4.0, apart), MEMORIES)
    return [(float(memory), share) for memory in memories for share in SHARES]


def _view(course: Course, basis: Array, memory: float, share: float) -> _View:
    distance = np.abs(course.times[:, None] - course.times[None, :])
    covariance = share * np.exp(-distance / memory) + (1.0 - share) * (distance == 0.0)
    root = np.linalg.cholesky(covariance)
    whitened = np.linalg.solve(root, np.eye(len(basis)))
    q, r = np.linalg.qr(whitened @ basis)
    left = whitened - q @ (q.T @ whitened)
    logarithm = 2.0 * float(np.log(np.diag(root)).sum() + np.log(np.abs(np.diag(r))).sum())
    by = course.weights()
    return _View(left.T @ left, logarithm, float(by @ covariance @ by))


def _squares(views: Sequence[_View], values: Array) -> Array:
    """Weighted squares of what is left of `values` by each of the `views`."""
    off = values - values.mean()
    return np.array([float(off @ one.metric @ off) for one in views])


def _mixture(weight: Array, variance: Array, freedom: int, courses: int) -> Scatter:
    """Scatter by t distributions of `freedom` with the squared scales `variance`, mixed by
    `weight`: the t that has the mixture's second and fourth moment."""
    mean = float(weight @ variance)
    if mean == 0.0:
        return Scatter(0.0, math.inf, freedom / courses)
    second = mean * freedom / (freedom - 2.0)
    tails = float(weight @ variance**2) / mean**2 * (freedom - 2.0) / (freedom - 4.0)
    shape = (4.0 * tails - 2.0) / (tails - 1.0)
    return Scatter(math.sqrt(second * (shape - 2.0) / shape), shape, freedom / courses)
