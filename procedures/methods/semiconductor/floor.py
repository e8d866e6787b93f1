"""Whether a leakage current was measured: checks on readings near zero. Pure.

A meter that shows nothing below some current, or stands still, makes any ratio as large as one
likes. Three things tell it from a good one: its noise, a floor that differs from that of lifted
probes by more than it can err, and the slope of the curve that leads down to it. No barrier lets a
current fall by more than a decade in kT/q ln 10 (59 mV at 25 degC; S. Sze, K. Ng, Physics of
Semiconductor Devices, 3rd ed., section 6.2.4).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BOLTZMANN_OVER_CHARGE = 8.617333e-5
"""V/K (CODATA 2018)."""

SLACK = 0.25
"""Decades by which a step may fall faster than the limit: noise, ranges and a wafer that is warmer
than its chuck."""

SAME = 0.3
"""Part of the readings that may be equal before the meter counts as clipped or frozen."""


def stands_still(readings: Sequence[float]) -> bool:
    """Whether more than `SAME` of `readings` (three or more, in one unit) are one and the same."""
    _, counts = np.unique(np.asarray(readings), return_counts=True)
    return int(counts.max()) > max(1.0, SAME * len(readings))


def steepest(voltage: Array, current: Array, temperature: float, noise: float) -> float:
    """Decades by which the steepest step of a curve exceeds what barriers allow at `temperature` in
    degC; negative where none does.

    `voltage` in V and `current` in A, shape (n,), towards lower currents. What is below `noise` in
    A counts as so much.
    """
    limit = BOLTZMANN_OVER_CHARGE * (temperature + 273.15) * float(np.log(10.0))
    sizes = np.log10(np.maximum(np.abs(current), noise))
    fell = sizes[:-1] - sizes[1:]
    allowed = np.abs(np.diff(voltage)) / limit
    return float(np.max(fell - allowed))
