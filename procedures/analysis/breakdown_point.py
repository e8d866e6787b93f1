"""Breakdown voltage from a ramp of the drain: where the current reaches its criterion. Pure.

The drain-source breakdown voltage is the drain voltage at a specified drain current, the gate being
held off (IEC 60747-8, drain-source breakdown voltage). Between the last point below the criterion
and the first at or above it the current is taken as exponential.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def crossing(current: Sequence[float], criterion: float) -> int | None:
    """Index of the first of `current` in A at or above `criterion`; None where none is."""
    return next((n for n, amps in enumerate(current) if amps >= criterion), None)


def between(volts: Array, amps: Array, criterion: Array | float) -> Array:
    """Voltage in V at `criterion` in A, by the chord of the current's logarithm.

    `volts` and `amps` have shape (..., 2), the points below and above; the result (...).
    """
    size = np.log(np.maximum(amps, 1e-30))
    share = (np.log(criterion) - size[..., 0]) / (size[..., 1] - size[..., 0])
    return volts[..., 0] + share * (volts[..., 1] - volts[..., 0])


def chord_error(volts: Sequence[float], amps: Sequence[float], criterion: float) -> float:
    """V by which a parabola of voltage over the current's logarithm through the last three points
    lies off the chord of the last two at `criterion` in A; 0 where three do not tell."""
    if len(volts) < 3 or min(amps[-3:]) <= 0.0 or len(set(amps[-3:])) < 3:
        return 0.0
    size = np.log(np.asarray(amps[-3:]))
    curve = np.polyfit(size - size[-1], np.asarray(volts[-3:]), 2)
    by_curve = float(np.polyval(curve, np.log(criterion) - size[-1]))
    by_chord = between(np.asarray(volts[-2:]), np.asarray(amps[-2:]), criterion)
    return abs(by_curve - float(by_chord))


def slope(volts: Sequence[float], amps: Sequence[float]) -> float:
    """V in which the current grows e-fold between the last two points."""
    return (volts[-1] - volts[-2]) / float(np.log(amps[-1] / amps[-2]))


def next_step(amps: float, criterion: float) -> float:
    """V of the next step at a current of `amps` in A: wide where it leaks, narrow at the criterion.

    A current that grows e-fold in 11 V or more does not pass from one width's part into the
    criterion in one step.
    """
    part = amps / criterion
    if part < 1e-4:
        return 100.0
    return 20.0 if part < 1e-2 else 5.0


def carrier(shares: dict[str, float]) -> str:
    """Which terminal carries most of a current, by its `shares` in A."""
    return max(shares, key=lambda name: shares[name])
