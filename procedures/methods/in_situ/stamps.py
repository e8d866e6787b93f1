"""Time stamps of events by the frames of a detector, against a flashing reference. Pure.

The light of the frames round a flash tells when it came: what is missing of full frames before
their end is the time that it was off. Each frame stands for a whole period: an event in the dead
time after an exposure is stamped at its end, on average half of it too late.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BEFORE, AFTER = 2, 4
"""Whole frames before and after the expected one whose light is summed up."""


def edge_time(time: Array, voltage: Array) -> float:
    """When a rising `voltage` passes half its height, in the unit of `time`; both shape (n,)."""
    low, high = np.percentile(voltage, [2.0, 98.0])
    half = 0.5 * (low + high)
    index = int(np.argmax(voltage >= half))
    before, after = voltage[index - 1], voltage[index]
    part = float((half - before) / (after - before))
    return float(time[index - 1] + part * (time[index] - time[index - 1]))


def stamp_errors(brightness: Array, frame: float, period: float, delay: float) -> Array:
    """Stamped less true times in s of all flashes of a series, shape (events,).

    `brightness` of frames `frame` s apart from the trigger on, shape (n,); flashes come on in the
    middle of each `period` s, `delay` s late.
    """
    share = _shares(brightness)
    events = int(len(share) * frame / period) - 1
    expected = (np.arange(events) + 0.5) * period + delay
    middle = np.floor(expected / frame).astype(int)
    keep = (middle >= BEFORE) & (middle + AFTER < len(share))
    expected, middle = expected[keep], middle[keep]
    window = middle[:, None] + np.arange(-BEFORE, AFTER)
    light = share[window].sum(axis=1)
    return (middle + AFTER) * frame - light * frame - expected


def _shares(brightness: Array) -> Array:
    """Light of each frame over that of a full one, by the mean of dark and of full frames.

    Frames beside a change are no measure of either: the flash came or went in one of them.
    """
    on = brightness >= np.mean((brightness.min(), brightness.max()))
    inner = np.zeros(len(on), dtype=np.bool_)
    inner[1:-1] = (on[1:-1] == on[:-2]) & (on[1:-1] == on[2:])
    dark = float(np.mean(brightness[inner & ~on]))
    full = float(np.mean(brightness[inner & on]))
    return (brightness - dark) / (full - dark)
