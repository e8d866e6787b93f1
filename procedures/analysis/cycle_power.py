"""Power of an alternating current over sliding cycles, from samples of voltage and current. Pure.

The mean of v i over a whole cycle is the active power (IEEE Std 1459-2010, 3.1.1.3); within the
cycle the product swings at twice the frequency. Where the power changes the swing does not cancel
over a cycle: the rest depends on the phase and moves a crossing by up to a twelfth of a cycle. So
the mean over a cycle is followed by one over half a cycle, a second zero at twice the frequency.
Means that are centred on their time have no delay for a power that changes linearly; their
second-order error is taken out by `unsmoothed`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

CYCLES = (1.0, 0.5)
"""Windows of the two means, in cycles."""

PARAMETERS = 3
"""Of a parabola."""

MOMENT = sum(window**2 for window in CYCLES) / 24.0
"""Half the variance of both windows, in cycles squared: the mean of a course is the course plus
this times its second derivative (Taylor; a window w has the variance w^2 / 12)."""


def spacing(time: Array) -> float:
    """Spacing of the even series `time` (n,), two samples or more, in its unit."""
    return float(time[-1] - time[0]) / (len(time) - 1)


def sliding_mean(time: Array, values: Array, window: float) -> tuple[Array, Array]:
    """Centres in the unit of `time`, and means of `values` over `window` there, both shape (m,).

    `time` (n,) is even and ascending; a window need not be a whole number of samples: its ends are
    interpolated. Centres are the samples half a window or more from both ends. `ValueError` where
    the series is shorter than the window.
    """
    step = spacing(time)
    half = 0.5 * window / step
    first = int(np.ceil(half))
    if len(time) < 2 * first + 1:
        raise ValueError(f"a window of {window:g} in a series of {float(time[-1] - time[0]):g}")
    areas = 0.5 * (values[1:] + values[:-1])
    integral = np.concatenate(([0.0], np.cumsum(areas)))
    index = np.arange(first, len(time) - first, dtype=np.float64)
    upper, lower = (_integral_at(integral, values, index + side * half) for side in (1.0, -1.0))
    return time[first : len(time) - first], (upper - lower) / (2.0 * half)


def _integral_at(integral: Array, values: Array, place: Array) -> Array:
    """The integral of the straight lines between samples up to `place`, in samples."""
    whole = np.minimum(place.astype(np.int64), len(values) - 2)
    part = place - whole
    slope = values[whole + 1] - values[whole]
    return integral[whole] + part * values[whole] + 0.5 * part**2 * slope


def cycle_power(
    time: Array, voltage: Array, current: Array, frequency: float
) -> tuple[Array, Array]:
    """Centres in s and active power in W over cycles of `frequency` in Hz, both shape (m,).

    `voltage` in V and `current` in A have shape (n,). Their means over whole cycles are taken out
    first: they are offsets of the inputs, whose product with the other swings at the frequency.
    """
    volts = voltage - whole_mean(time, voltage, frequency)
    amperes = current - whole_mean(time, current, frequency)
    return smoothed(time, volts * amperes, 1.0 / frequency)


def smoothed(time: Array, values: Array, cycle: float) -> tuple[Array, Array]:
    """Centres and means of `values` over the windows of `CYCLES`, `cycle` in the unit of `time`."""
    for window in CYCLES:
        time, values = sliding_mean(time, values, window * cycle)
    return time, values


def whole_mean(time: Array, values: Array, frequency: float) -> float:
    """Mean of `values` over the most whole cycles of `frequency` in Hz that fit, in their unit."""
    step = spacing(time)
    cycles = int((time[-1] - time[0]) * frequency)
    if cycles < 1:
        raise ValueError(f"less than a cycle of {frequency:g} Hz")
    return float(np.mean(values[: round(cycles / frequency / step)]))


def frequency_of(time: Array, voltage: Array) -> float:
    """Frequency in Hz by the rising zero crossings of `voltage` (n,) at `time` in s.

    A crossing is the straight line through the samples that rise from -30 % to 30 % of the peak, so
    that noise makes no second one. `ValueError` with fewer than two.
    """
    level = voltage - np.mean(voltage)
    band = 0.3 * float(np.max(np.abs(level)))
    state = np.where(level > band, 1, np.where(level < -band, -1, 0))
    known = np.flatnonzero(state)
    up = np.flatnonzero((state[known[:-1]] < 0) & (state[known[1:]] > 0))
    if len(up) < 2:
        raise ValueError("fewer than two cycles in the record")
    ends = (slice(known[index], known[index + 1] + 1) for index in (up[0], up[-1]))
    first, last = (_zero(time[edge], level[edge]) for edge in ends)
    return (len(up) - 1) / (last - first)


def _zero(time: Array, level: Array) -> float:
    """Where the least-squares line through a rising edge passes 0, in the unit of `time`."""
    centred = time - time.mean()
    slope = float(centred @ level) / float(centred @ centred)
    return float(time.mean()) - float(level.mean()) / slope


def unsmoothed(time: Array, smooth: Array, cycle: float, at: float) -> tuple[float, float, float]:
    """Value, slope and second derivative at `at` of the course that was `smoothed` over `cycle`.

    They are those of the least-squares parabola through the samples within half a cycle of `at`.
    `ValueError` where there are too few.
    """
    near = np.abs(time - at) <= CYCLES[1] * cycle
    if int(np.count_nonzero(near)) < 2 * PARAMETERS:
        raise ValueError("too few samples in a cycle")
    # In cycles from `at`: powers of seconds would be ill conditioned.
    bend, slope, value = np.polyfit((time[near] - at) / cycle, smooth[near], 2)
    return float(value - 2.0 * MOMENT * bend), float(slope / cycle), float(2.0 * bend / cycle**2)


def unsmoothed_course(time: Array, smooth: Array, cycle: float) -> tuple[Array, Array]:
    """Times, and the value that `unsmoothed` gives there, of the whole even series, shape (m,).

    It is noisier than `smooth`: what is taken out is a second derivative.
    """
    step = spacing(time)
    half = max(int(0.5 * cycle / step), 2)
    place = step * np.arange(-half, half + 1) / cycle
    powers: Array = np.vander(place, 3).astype(np.float64)
    bend, _, value = np.linalg.pinv(powers)
    weights: Array = np.asarray(value - 2.0 * MOMENT * bend, dtype=np.float64)
    course: Array = np.convolve(smooth, weights[::-1], mode="valid").astype(np.float64)
    return time[half : len(time) - half], course
