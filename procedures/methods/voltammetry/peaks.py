"""Stripping peaks in a voltammogram: shape, position, size. Pure functions on arrays.

On a ramp a plated film is stripped with the current exp(1 + z - exp(z)), z = (E - Ep) / w, w = R T
/ (alpha n F) (Bard and Faulkner, 2nd ed., section 14.3.3). Peaks lie on a straight line that is
left of the background when a blank was taken off.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

NARROWEST, WIDEST = 0.008, 0.045
"""Widths w in V that a fit may come to."""

STEPS = 12
"""Gauss-Newton steps of a fit."""

_MOVE = 1e-4


class Peak(NamedTuple):
    """A peak's `position` and `width` in V."""

    position: float
    width: float


def shape(potential: Array, peak: Peak) -> Array:
    """A peak of height 1 at potentials in V, shape (n,)."""
    z = np.clip((potential - peak.position) / peak.width, -60.0, 4.0)
    return np.exp(1.0 + z - np.exp(z))


def design(potential: Array, peaks: Sequence[Peak]) -> Array:
    """Columns of a linear fit: every peak, an offset and a slope, shape (n, peaks + 2)."""
    centre = potential - potential.mean()
    return np.column_stack([*(shape(potential, peak) for peak in peaks), centre * 0 + 1, centre])


class Heights(NamedTuple):
    """Heights of peaks in the unit of the current, shape (k,), with standard deviations by the
    scatter about the fit, and what is left, shape (n,)."""

    value: Array
    u: Array
    rest: Array


def heights(potential: Array, current: Array, peaks: Sequence[Peak]) -> Heights:
    """Heights of `peaks` in `current` (A) by least squares, all at once: overlap is deconvolved.

    `potential` in V; both of shape (n,).
    """
    columns = design(potential, peaks)
    found, *_ = np.linalg.lstsq(columns, current, rcond=None)
    rest = current - columns @ found
    freedom = max(len(current) - columns.shape[1], 1)
    inverse = np.linalg.pinv(columns.T @ columns)
    spread = np.sqrt(np.diag(inverse) * float(rest @ rest) / freedom)
    count = len(peaks)
    return Heights(_real(found[:count]), _real(spread[:count]), _real(rest))


def fitted(potential: Array, current: Array, guesses: Sequence[Peak], reach: float) -> list[Peak]:
    """Positions and widths of the peaks near `guesses` by least squares.

    Positions move by `reach` in V from their guesses at most. Heights are solved at each step
    (variable projection; G. Golub and V. Pereyra, SIAM J. Numer. Anal. 10 (1973) 413).
    """
    start = np.array([value for guess in guesses for value in guess])
    low, high = _bounds(guesses, reach)
    now = _real(np.clip(start, low, high))
    damping = 1e-3
    rest = _rest(potential, current, now)
    for _ in range(STEPS):
        slopes = np.column_stack([
            (_rest(potential, current, now + step) - rest) / _MOVE for step in _moves(len(now))
        ])
        normal = slopes.T @ slopes
        normal += damping * np.diag(np.diag(normal) + 1e-30)
        wanted = _real(np.clip(now - np.linalg.solve(normal, slopes.T @ rest), low, high))
        after = _rest(potential, current, wanted)
        if after @ after < rest @ rest:
            now, rest, damping = wanted, after, damping * 0.3
        else:
            damping *= 10.0
    return [Peak(float(now[n]), float(now[n + 1])) for n in range(0, len(now), 2)]


def _real(values: ArrayLike) -> Array:
    return np.asarray(values, dtype=np.float64)


def _moves(count: int) -> Array:
    return np.eye(count) * _MOVE


def _bounds(guesses: Sequence[Peak], reach: float) -> tuple[Array, Array]:
    low = [end for one in guesses for end in (one.position - reach, NARROWEST)]
    high = [end for one in guesses for end in (one.position + reach, WIDEST)]
    return np.array(low), np.array(high)


def _rest(potential: Array, current: Array, values: Array) -> Array:
    columns = design(potential, [Peak(values[n], values[n + 1]) for n in range(0, len(values), 2)])
    q, _ = np.linalg.qr(columns)
    return current - q @ (q.T @ current)


def highest(potential: Array, current: Array, expected: float, window: float) -> Peak:
    """The guess of a peak: the highest current within `window` in V of `expected`."""
    inside = np.flatnonzero(np.abs(potential - expected) <= window)
    at = inside[int(np.argmax(current[inside]))]
    return Peak(float(potential[at]), 0.022)
