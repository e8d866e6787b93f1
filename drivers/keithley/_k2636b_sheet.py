"""Data sheet of the Keithley 2636B: accuracy, ranges, ratings."""

from __future__ import annotations

import math

from drivers.accuracy import range_for
from drivers.limits import BenchLimits, refuse_outside, refuse_power
from labctl.evidence import Accuracy

SHEET = (
    "Keithley Series 2600B data sheet, 2634B, 2635B, 2636B, 1 year, 23 degC +-5 degC: remembered, "
    "not re-read"
)

OVER = 1.01
"""Every source range is used up to 101 % of its name (2600BS-901-01 Rev. F, p. 2-44)."""

MAX_VOLTAGE, MAX_CURRENT = 202.0, 1.515
LOW_VOLTAGE, LOW_CURRENT = 20.2, 0.101
"""Beyond 20.2 V only up to 0.101 A."""

LEAST_LIMIT = {"voltage": 0.02, "current": 100e-12}
MOST_LIMIT = {"voltage": 200.0, "current": 1.5}
"""Compliance from 20 mV to 200 V and from 100 pA to 1.5 A (2600BS-901-01 Rev. F, p. 9-244)."""

SOURCE_LEAST_CURRENT = 1e-9
"""The range of 100 pA measures only (2600BS-901-01 Rev. F, p. 2-44)."""

UNITS = {"voltage": "V", "current": "A"}


def _volts(full: float, gain: float, offset: float, digit: float) -> Accuracy:
    return Accuracy("voltage", full, "V", gain, offset, f"{SHEET}, voltage, measure", digit)


def _amps(full: float, gain: float, offset: float, digit: float) -> Accuracy:
    return Accuracy("current", full, "A", gain, offset, f"{SHEET}, current, measure", digit)


ACCURACIES = (
    _volts(0.2, 0.00015, 225e-6, 100e-9),
    _volts(2.0, 0.0002, 350e-6, 1e-6),
    _volts(20.0, 0.00015, 5e-3, 10e-6),
    _volts(200.0, 0.00015, 50e-3, 100e-6),
    _amps(100e-12, 0.0015, 120e-15, 100e-18),
    _amps(1e-9, 0.0015, 240e-15, 1e-15),
    _amps(10e-9, 0.0015, 3e-12, 10e-15),
    _amps(100e-9, 0.0006, 40e-12, 100e-15),
    _amps(1e-6, 0.00025, 400e-12, 1e-12),
    _amps(10e-6, 0.00025, 1.5e-9, 10e-12),
    _amps(100e-6, 0.0002, 25e-9, 100e-12),
    _amps(1e-3, 0.0002, 200e-9, 1e-9),
    _amps(10e-3, 0.0002, 2.5e-6, 10e-9),
    _amps(100e-3, 0.0002, 20e-6, 100e-9),
    _amps(1.0, 0.0003, 1.5e-3, 1e-6),
    _amps(1.5, 0.0005, 3.5e-3, 1e-6),
)
"""Measuring accuracy at 1 power line cycle: % of reading, offset, resolution."""


def source_range(function: str, value: float) -> float:
    """The smallest source range of `function` that holds `value`, in V or A."""
    full = range_for(ACCURACIES, function, value, OVER)
    return max(full, SOURCE_LEAST_CURRENT) if function == "current" else full


def measured_range(function: str, value: float) -> float:
    """The smallest measuring range of `function` that holds `value`, in V or A."""
    return range_for(ACCURACIES, function, value, OVER)


def refuse(
    limits: BenchLimits, voltage: float, current: float, *, address: str, command: str
) -> None:
    """`LimitRefused` beyond the bench's limits, the ratings or the power envelope (V, A, W)."""
    volts = min(MAX_VOLTAGE, limits.get("voltage", math.inf))
    amps = min(MAX_CURRENT, limits.get("current", math.inf))
    if abs(voltage) > LOW_VOLTAGE:
        amps = min(amps, LOW_CURRENT)
    refuse_outside("voltage", voltage, -volts, volts, "V", address=address, command=command)
    refuse_outside("current", current, -amps, amps, "A", address=address, command=command)
    refuse_power(limits, voltage, current, address=address, command=command)


def refuse_compliance(function: str, compliance: float, *, address: str, command: str) -> None:
    """`LimitRefused` for a compliance of `function` that cannot be set (V or A)."""
    refuse_outside(
        "compliance",
        compliance,
        LEAST_LIMIT[function],
        MOST_LIMIT[function],
        UNITS[function],
        address=address,
        command=command,
    )
