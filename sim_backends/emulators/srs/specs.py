"""Data of an RGA200: ranges, sensitivity, noise and times.

Nominal sensitivity 1e-4 A/Torr of nitrogen at 1 mA and the highest pressure of the filament,
1e-4 Torr: manual, page 6-35, and the maker's open library srsinst.rga 0.3 (SP 0.1 mA/Torr).
Sensitivity 5 %, electrometer offset, noise, the gain law of the multiplier and all times but those
of the line are assumed; 2.5 s/u at NF 0 to 20 ms/u at NF 7 in 10 steps is remembered.
"""

from __future__ import annotations

from sim_backends.emulators.accuracy import Spec

TORR = 133.322368
"""Pa."""

BAUD = 28800
BYTE_TIME = 10 / BAUD
WORD_TIME = 4 * BYTE_TIME

UNIT = 1e-16
"""A for one count of an ion current."""

SENSITIVITY = 1e-4 / TORR
"""A/Pa of nitrogen at an emission of 1 mA, Faraday cup."""

TOTAL_PART = 0.5
"""Total pressure sensitivity relative to the partial one."""

ACCURACY = Spec(range=2e-7, gain=0.05, offset=2e-14)
"""Ion current in A; the offset is what zeroing takes away."""

SHIFT = 0.05
"""Limit in u of the error of the mass scale."""

NOISE = 4e-15
"""Standard deviation in A of a point at NF 0; it grows with the square root of the speed."""

HIGHEST_PRESSURE = 1e-4 * TORR
"""Pa above which the filament is switched off."""

EMISSION_ERROR = 0.02
"""Limit in mA of the difference between asked and true emission (page 6-35)."""

MULTIPLIER_EXPONENT = 9.0
"""The gain goes with this power of the voltage about the stored pair (assumed)."""

DWELL = tuple(0.25 / 2**speed for speed in range(8))
"""Seconds a point, by NF."""

LATENCY = 5e-3
FILAMENT_TIME, FILAMENT_CHECK, MULTIPLIER_TIME, BIAS_TIME = 3.0, 1.0, 2.0, 0.2
ZERO_TIME, CALIBRATION_TIME, CHECK_TIME, SETTLING = 0.5, 5.0, 0.3, 0.05
"""Seconds that commands take."""

BLOCK = 0.02
"""Seconds of a scan that are handed on at once."""


def noise(speed: int) -> float:
    """Standard deviation in A of one point at this NF."""
    return NOISE * 2.0 ** (speed / 2.0)
