"""Model E4980A data (with option 001): settings, measuring time, accuracy.

Data sheet of the E4980A, remembered: 20 Hz to 2 MHz, 0 V to 20 V, 0 A to 100 mA, bias to +-40 V and
+-100 mA with option 001; basic accuracy 0.05 % with MED and LONG, 0.1 % with SHORT; measuring times
by frequency below; output impedance 100 Ohm. Residuals before correction, and noise, are assumed.
"""

from __future__ import annotations

import math

from sim_backends.emulators.scpi.values import Numeric

FREQUENCY = Numeric(20.0, 2e6, 1e3, "HZ")
VOLTAGE = Numeric(0.0, 20.0, 1.0, "V")
CURRENT = Numeric(0.0, 0.1, 1e-2, "A")
BIAS_VOLTAGE = Numeric(-40.0, 40.0, 0.0, "V")
BIAS_CURRENT = Numeric(-0.1, 0.1, 0.0, "A")

RANGES = (0.1, 1.0, 10.0, 100.0, 300.0, 1e3, 3e3, 10e3, 30e3, 100e3)
"""Impedance ranges in Ohm."""

OVERLOAD = 0.27
"""Share of a fixed range below which an impedance overloads it, assumed."""

SOURCE_RESISTANCE = 100.0
HIGHEST_VOLTAGE = 20.0
"""Ohm of the signal source, and V that it has for the automatic level control."""

GAIN = {"SHORt": 1e-3, "MEDium": 5e-4, "LONG": 5e-4}
NOISE = {"SHORt": 2e-4, "MEDium": 5e-5, "LONG": 2e-5}
"""Relative limits of error, and standard deviation of one measurement, by aperture."""

STRAY_CAPACITANCE, LEAD_INDUCTANCE, LEAD_RESISTANCE = 0.5e-12, 20e-9, 10e-3
"""F, H and Ohm: at most, of the residuals that open and short correction take away."""

CORRECTION_TIME = 20.0
"""Seconds of an open or short correction at all points, assumed."""

OPEN_LEAST, SHORT_MOST = 1e3, 20.0
"""Ohm: what counts as open and as short for a correction, assumed."""

CORRECTION_POINTS = tuple(20.0 * 10.0 ** (5.0 * index / 50.0) for index in range(51))
"""Frequencies in Hz of a correction, 20 Hz to 2 MHz; between them it is interpolated."""

_TIMES = {
    "SHORt": (330e-3, 100e-3, 20e-3, 7.7e-3, 5.7e-3, 5.6e-3),
    "MEDium": (380e-3, 180e-3, 110e-3, 92e-3, 89e-3, 88e-3),
    "LONG": (480e-3, 300e-3, 240e-3, 230e-3, 220e-3, 220e-3),
}
_AT = (20.0, 100.0, 1e3, 10e3, 100e3, 1e6)


def measuring_time(aperture: str, frequency: float) -> float:
    """Seconds of one measurement at `frequency` in Hz, log-linear between the sheet's points."""
    times = _TIMES[aperture]
    for (f0, t0), (f1, t1) in zip(
        zip(_AT, times, strict=True), zip(_AT[1:], times[1:], strict=True), strict=False
    ):
        if frequency <= f1:
            part = math.log(max(frequency, f0) / f0) / math.log(f1 / f0)
            return t0 * (t1 / t0) ** part
    return times[-1]
