"""Data sheet of the Keithley 2400: accuracy, ranges, ratings (SPEC-2400 Rev. H, February 2004)."""

from __future__ import annotations

from drivers.keithley._ratings import Ratings, warmed
from labctl.evidence import Accuracy

SHEET = "Keithley SPEC-2400 Rev. H (February 2004), p. 2, 1 year, 23 degC +-5 degC"


PER_KELVIN = {"voltage": 0.15, "current": 0.10}
"""Part of the limits that is added per K from 0 to 18 degC and from 28 to 50 degC (p. 2)."""


def _line(
    function: str, full: float, unit: str, gain: float, offset: float, digit: float
) -> Accuracy:
    source = f"{SHEET}, {function} measurement"
    line = Accuracy(function, full, unit, gain, offset, source, digit)
    return warmed(line, PER_KELVIN[function])


def _volts(full: float, gain: float, offset: float, digit: float) -> Accuracy:
    return _line("voltage", full, "V", gain, offset, digit)


def _amps(full: float, gain: float, offset: float, digit: float) -> Accuracy:
    return _line("current", full, "A", gain, offset, digit)


ACCURACIES = (
    _volts(0.2, 0.00012, 300e-6, 1e-6),
    _volts(2.0, 0.00012, 300e-6, 10e-6),
    _volts(20.0, 0.00015, 1.5e-3, 100e-6),
    _volts(200.0, 0.00015, 10e-3, 1e-3),
    _amps(1e-6, 0.00029, 300e-12, 10e-12),
    _amps(10e-6, 0.00027, 700e-12, 100e-12),
    _amps(100e-6, 0.00025, 6e-9, 1e-9),
    _amps(1e-3, 0.00027, 60e-9, 10e-9),
    _amps(10e-3, 0.00035, 600e-9, 100e-9),
    _amps(100e-3, 0.00055, 6e-6, 1e-6),
    _amps(1.0, 0.0022, 570e-6, 10e-6),
)
"""Measuring accuracy at 1 power line cycle: % of reading, offset, default resolution."""

RATINGS = Ratings(
    ACCURACIES,
    voltage=210.0,
    current=1.05,
    low_voltage=21.0,
    low_current=0.105,
    least={"voltage": 0.2e-3, "current": 1e-9},
    over=1.05,
)
"""22 W: +-21 V at +-1.05 A, +-210 V at +-105 mA; compliance from 0.1 % of the lowest range."""
