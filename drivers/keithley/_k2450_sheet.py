"""Data sheet of the Keithley 2450: accuracy, ranges, ratings (SPEC-2450 Rev. A, July 2013)."""

from __future__ import annotations

import math

from drivers.accuracy import range_for
from drivers.limits import BenchLimits, refuse_outside
from labctl.evidence import Accuracy

SHEET = "Keithley SPEC-2450 Rev. A (July 2013), 1 year, 23 degC +-5 degC"

OVER = 1.05
"""Every range is used up to 105 % of its name."""

MAX_VOLTAGE, MAX_CURRENT = 210.0, 1.05
LOW_VOLTAGE, LOW_CURRENT = 21.0, 0.105
"""Beyond 21 V only up to 0.105 A (200 V / 100 mA, 20 V / 1 A)."""

LEAST_LIMIT = {"voltage": 0.02, "current": 1e-9}
"""Smallest compliance in V and A."""


def _volts(full: float, gain: float, offset: float, digit: float, noise: float) -> Accuracy:
    return Accuracy("voltage", full, "V", gain, offset, f"{SHEET}, voltage, measure", digit, noise)


def _amps(full: float, gain: float, offset: float, digit: float, noise: float) -> Accuracy:
    return Accuracy("current", full, "A", gain, offset, f"{SHEET}, current, measure", digit, noise)


ACCURACIES = (
    _volts(0.02, 0.001, 150e-6, 10e-9, 1e-6),
    _volts(0.2, 0.00012, 200e-6, 100e-9, 1e-6),
    _volts(2.0, 0.00012, 300e-6, 1e-6, 10e-6),
    _volts(20.0, 0.00015, 1e-3, 10e-6, 100e-6),
    _volts(200.0, 0.00015, 10e-3, 100e-6, 1e-3),
    _amps(10e-9, 0.001, 50e-12, 10e-15, 500e-15),
    _amps(100e-9, 0.0006, 100e-12, 100e-15, 500e-15),
    _amps(1e-6, 0.00025, 300e-12, 1e-12, 5e-12),
    _amps(10e-6, 0.00025, 700e-12, 10e-12, 40e-12),
    _amps(100e-6, 0.0002, 6e-9, 100e-12, 400e-12),
    _amps(1e-3, 0.0002, 60e-9, 1e-9, 5e-9),
    _amps(10e-3, 0.0002, 600e-9, 10e-9, 40e-9),
    _amps(100e-3, 0.00025, 6e-6, 100e-9, 100e-9),
    _amps(1.0, 0.0003, 500e-6, 1e-6, 3e-6),
)
"""Measuring accuracy at 1 power line cycle: % of reading, offset, resolution.

The sheet states no measuring noise; the source noise of the same range (< 10 Hz, RMS), which is in
every reading, stands for it.
"""


def full_scale(function: str, value: float) -> float:
    """The smallest range of `function` that holds `value`, in V or A."""
    return range_for(ACCURACIES, function, value, OVER)


def refuse(
    limits: BenchLimits, voltage: float, current: float, *, address: str, command: str
) -> None:
    """`LimitRefused` beyond the bench's limits, the ratings or the power envelope (V, A)."""
    volts = min(MAX_VOLTAGE, limits.get("voltage", math.inf))
    amps = min(MAX_CURRENT, limits.get("current", math.inf))
    if abs(voltage) > LOW_VOLTAGE:
        amps = min(amps, LOW_CURRENT)
    refuse_outside("voltage", voltage, -volts, volts, "V", address=address, command=command)
    refuse_outside("current", current, -amps, amps, "A", address=address, command=command)


def refuse_compliance(function: str, compliance: float, *, address: str, command: str) -> None:
    """`LimitRefused` for a compliance of `function` that is too small to be set (V or A)."""
    least = LEAST_LIMIT[function]
    most = {"voltage": MAX_VOLTAGE, "current": MAX_CURRENT}[function]
    unit = {"voltage": "V", "current": "A"}[function]
    refuse_outside("compliance", compliance, least, most, unit, address=address, command=command)
