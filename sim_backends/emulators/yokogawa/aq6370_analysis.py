"""Analyses of a trace: peaks, side modes, width, power, channels. Pure functions of arrays.

Wavelengths in m, levels in dBm, both of shape (n,). What each answers, in this order, is told by
other parties' drivers of the model; the definitions are the user's manual's, remembered.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Trace:
    """One sweep: `bandwidth` is the filter's equivalent noise bandwidth in m."""

    wavelength: Array
    level: Array
    bandwidth: float

    def peak(self) -> int:
        """Index of the highest point."""
        return int(np.argmax(self.level))

    def at(self, index: int) -> tuple[float, float]:
        """Wavelength in m and level in dBm of a point."""
        return float(self.wavelength[index]), float(self.level[index])


def peaks(level: Array, difference: float) -> list[int]:
    """Indices of the modes: maxima that rise by `difference` in dB above both neighbouring dips."""
    found: list[int] = []
    top = bottom = 0
    rising = True
    for index, value in enumerate(level.tolist()):
        if value > level[top]:
            top = index
        if value < level[bottom]:
            bottom = index
        if rising and value < level[top] - difference:
            found.append(top)
            rising, bottom = False, index
        elif not rising and value > level[bottom] + difference:
            rising, top = True, index
    return found


def side_modes(trace: Trace, difference: float, mask: float, neighbours: bool) -> list[float]:
    """SMSR: peak, highest side mode (or the higher of the two `neighbours`), and what is between.

    `mask` in m on each side of the peak is left out.
    """
    main = trace.peak()
    away = abs(trace.wavelength - trace.wavelength[main])
    others = [i for i in peaks(trace.level, difference) if i != main and away[i] > mask]
    if neighbours:
        left, right = [i for i in others if i < main], [i for i in others if i > main]
        others = left[-1:] + right[:1]
    side = max(others, key=lambda i: trace.level[i], default=main)
    (x1, y1), (x2, y2) = trace.at(main), trace.at(side)
    return [x1, y1, x2, y2, x2 - x1, y1 - y2]


def width(trace: Trace, threshold: float, difference: float) -> list[float]:
    """Centre, width and number of modes at `threshold` in dB below the peak (K = 1)."""
    level = float(trace.level[trace.peak()]) - threshold
    left, right = _crossings(trace, level)
    modes = [i for i in peaks(trace.level, difference) if trace.level[i] >= level]
    return [0.5 * (left + right), right - left, float(max(len(modes), 1))]


def total_power(trace: Trace, offset: float) -> list[float]:
    """Power in dBm under the trace, with `offset` in dB."""
    watts = 1e-3 * 10.0 ** (trace.level / 10.0)
    step = np.gradient(trace.wavelength) if len(watts) > 1 else np.array([trace.bandwidth])
    total = float(np.sum(watts * step)) / trace.bandwidth
    return [_dbm(total) + offset]


def laser(trace: Trace, difference: float) -> list[float]:
    """DFB laser: width at 20 dB, peak, offset and suppression of the highest side mode."""
    modes = side_modes(trace, difference, 0.0, neighbours=False)
    return [width(trace, 20.0, difference)[1], modes[0], modes[1], modes[4], modes[5]]


def channels(
    trace: Trace, threshold: float, difference: float, area: float, bandwidth: float
) -> list[list[float]]:
    """WDM: number, centre, level, offsets to the first, noise in `bandwidth` and SNR of each.

    The noise is the mean of the levels at `area` in m to both sides of a channel.
    """
    top = float(np.max(trace.level))
    rows: list[list[float]] = []
    for mode in peaks(trace.level, difference):
        x, y = trace.at(mode)
        if y < top - threshold:
            continue
        sides = np.interp([x - area, x + area], trace.wavelength, trace.level)
        noise = float(np.mean(sides)) + 10.0 * math.log10(bandwidth / trace.bandwidth)
        first = rows[0] if rows else [0.0, x, y]
        rows.append([len(rows) + 1.0, x, y, x - first[1], y - first[2], noise, y - noise])
    return rows


def _crossings(trace: Trace, level: float) -> tuple[float, float]:
    """Wavelengths at which the trace goes through `level` next to its peak."""
    main, x, y = trace.peak(), trace.wavelength, trace.level
    left = right = main
    while left > 0 and y[left] >= level:
        left -= 1
    while right < len(y) - 1 and y[right] >= level:
        right += 1
    return _between(x, y, left, left + 1, level), _between(x, y, right, right - 1, level)


def _between(x: Array, y: Array, low: int, high: int, level: float) -> float:
    if not 0 <= high < len(y) or y[low] >= level or y[high] == y[low]:
        return float(x[low])
    return float(x[low] + (x[high] - x[low]) * (level - y[low]) / (y[high] - y[low]))


def _dbm(watts: float) -> float:
    return 10.0 * math.log10(watts / 1e-3) if watts > 0.0 else -210.0
