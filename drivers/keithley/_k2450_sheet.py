"""Data sheet of the Keithley 2450: accuracy, ranges, ratings (SPEC-2450 Rev. A, July 2013)."""

from __future__ import annotations

from drivers.keithley._ratings import Ratings, warmed
from labctl.evidence import Accuracy

SHEET = "Keithley SPEC-2450 Rev. A (July 2013), p. 2, 1 year, 23 degC +-5 degC"

PER_KELVIN = 0.15
"""Part of the limits that is added per K from 0 to 18 degC and from 28 to 50 degC (p. 2)."""


def _line(
    function: str, full: float, unit: str, gain: float, offset: float, digit: float, noise: float
) -> Accuracy:
    source = f"{SHEET}, {function}, measure"
    return warmed(Accuracy(function, full, unit, gain, offset, source, digit, noise), PER_KELVIN)


def _volts(full: float, gain: float, offset: float, digit: float, noise: float) -> Accuracy:
    return _line("voltage", full, "V", gain, offset, digit, noise)


def _amps(full: float, gain: float, offset: float, digit: float, noise: float) -> Accuracy:
    return _line("current", full, "A", gain, offset, digit, noise)


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

RATINGS = Ratings(
    ACCURACIES,
    voltage=210.0,
    current=1.05,
    low_voltage=21.0,
    low_current=0.105,
    least={"voltage": 0.02, "current": 1e-9},
    over=1.05,
)
"""200 V / 100 mA, 20 V / 1 A."""
