"""Model DMM6500 data.

Accuracy: 1 year, TCAL +-5 degC, % of reading + % of range. Resistance is from the data sheet's
page 9 and the 10 V range from the calibration manual DMM6500-905-01 Rev. A, page 2-4; the other
voltage ranges are those commonly quoted from the data sheet and need a check against a printed one.
Noise by integration time follows the data sheet's column for 2-wire resistance; at 1 power line
cycle 0.4 ppm of range is assumed.
"""

from __future__ import annotations

from sim_backends.emulators.accuracy import Spec


def _line(full: float, reading: float, part: float, noise: float, overrange: float = 1.2) -> Spec:
    return Spec(full, reading * 1e-2, part * 1e-2 * full, noise, overrange)


VOLTAGE = (
    _line(0.1, 0.0030, 0.0035, 0.2e-6),
    _line(1.0, 0.0025, 0.0006, 0.5e-6),
    _line(10.0, 0.0025, 0.0005, 4e-6),
    _line(100.0, 0.0040, 0.0006, 40e-6),
    _line(1000.0, 0.0040, 0.0006, 400e-6, 1.01),
)

RESISTANCE = (
    _line(1.0, 0.0085, 0.0200, 10e-6),
    _line(10.0, 0.0085, 0.0020, 20e-6),
    _line(100.0, 0.0085, 0.0020, 100e-6),
    _line(1e3, 0.0075, 0.0006, 0.4e-3),
    _line(1e4, 0.0075, 0.0006, 4e-3),
    _line(1e5, 0.0075, 0.0010, 40e-3),
    _line(1e6, 0.0100, 0.0006, 0.4),
    _line(1e7, 0.0400, 0.0010, 10.0),
    _line(1e8, 0.2000, 0.0030, 1000.0),
)

TEST_CURRENT = (10e-3, 10e-3, 1e-3, 1e-3, 100e-6, 10e-6, 10e-6, 0.7e-6, 0.7e-6)
"""Test current in A by resistance range."""

NOISE_BY_NPLC = ((0.0005, 160.0), (0.01, 18.0), (0.1, 4.0), (1.0, 1.0), (10.0, 0.35), (15.0, 0.3))

READING_OVERHEAD = 100e-6
"""Seconds of a reading beyond its integration."""
