"""When the active part of an alternating current has done a share of its way after a step. Pure.

Within a window about a moment the current is its active part, which changes there as a parabola,
times the sine of the voltage, plus a constant reactive part: least squares over the samples of the
window. Unlike a mean of v i over a cycle that needs no whole cycle, leaves no swing at twice the
frequency where the power changes, and follows a bend of the course: an answer with a first-order
lag of 4 ms is told within 0.4 ms whatever the phase, which means over cycles tell 2 ms late;
the bend at the end of a ramp within the window moves it by as much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

WINDOW = 0.35
"""Half of the window in cycles: wide enough to tell active from reactive, narrower than the answer
of a converter."""

OTHERS = (0.25, 0.5)
"""A narrower and a wider one, which tell how much the time hangs on the window."""

POINTS = 20
"""Points of the course in a cycle between which a crossing is a straight line."""


@dataclass(frozen=True)
class Crossing:
    """Seconds `at` which the level was first passed; windows of other widths differ from it by
    `doubt` s at the most."""

    at: float
    doubt: float


@dataclass(frozen=True)
class Current:
    """Samples of a current in A at `time` in s, both shape (n,), evenly spaced; the voltage is
    the sine of 2 pi `frequency` (Hz) t + `phase` (rad)."""

    time: Array
    amperes: Array
    frequency: float
    phase: float

    @property
    def cycle(self) -> float:
        """Seconds of a cycle."""
        return 1.0 / self.frequency


def phase_of(time: Array, voltage: Array, frequency: float) -> float:
    """Phase in rad at 0 s of the sine of `frequency` in Hz in `voltage` (n,), by least squares."""
    angle = 2.0 * np.pi * frequency * time
    basis = np.column_stack((np.sin(angle), np.cos(angle), np.ones_like(time)))
    sine, cosine, _ = np.linalg.lstsq(basis, voltage, rcond=None)[0]
    return float(np.arctan2(cosine, sine))


def active_amplitude(current: Current, at: float, half: float, order: int = 2) -> float:
    """Amplitude in A of the active part at `at`, by a polynomial of `order` within `half` s of it.

    `ValueError` where the samples do not reach so far.
    """
    time = current.time
    if at - half < time[0] or at + half > time[-1]:
        raise ValueError(f"no record {half:g} s about {at:g} s")
    first, last = np.searchsorted(time, (at - half, at + half))
    part = slice(int(first), int(last))
    angle = 2.0 * np.pi * current.frequency * time[part] + current.phase
    powers = np.vander((time[part] - at) / half, order + 1, increasing=True)
    basis = np.column_stack((powers * np.sin(angle)[:, None], np.cos(angle)))
    return float(np.linalg.lstsq(basis, current.amperes[part], rcond=None)[0][0])


def mean_amplitude(current: Current, span: tuple[float, float]) -> float:
    """Amplitude in A of the active part that is steady over `span` in s."""
    middle, half = 0.5 * (span[0] + span[1]), 0.5 * (span[1] - span[0])
    return active_amplitude(current, middle, half, order=0)


def crossing(current: Current, levels: tuple[float, float], share: float, near: float) -> Crossing:
    """When the active part has first done `share` of its way between the two `levels` in A, within
    a cycle of `near` in s. `ValueError` where it does not."""
    first, *others = (
        _first(current, levels, share, near, part * current.cycle) for part in (WINDOW, *OTHERS)
    )
    return Crossing(first, max(abs(one - first) for one in others))


def _first(
    current: Current, levels: tuple[float, float], share: float, near: float, half: float
) -> float:
    before, after = levels
    grid = near + current.cycle * np.arange(-POINTS, POINTS + 1) / POINTS
    course = np.array([active_amplitude(current, float(at), half) for at in grid])
    done = (course - before) / (after - before)
    passed = np.flatnonzero((done[:-1] < share) & (done[1:] >= share))
    if len(passed) == 0:
        raise ValueError(f"{share:g} of the way is not passed within a cycle of {near:g} s")
    n = int(passed[0])
    part = (share - done[n]) / (done[n + 1] - done[n])
    return float(grid[n] + part * (grid[n + 1] - grid[n]))
