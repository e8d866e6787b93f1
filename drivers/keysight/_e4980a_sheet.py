"""Data sheet of the Keysight E4980A: limits of error of an impedance (5989-4435EN, p. 10-14).

Relative accuracy in % of |Z| is [Ab + Zs / |Z| x 100 + Yo x |Z| x 100] x Kt (equation 8), with the
basic accuracy Ab by tables 12 and 13, the short offset Zs by tables 16 and 17, the open offset Yo
by tables 19 and 20, for 23 degC +-5 degC (Kt = 1), cables of 0 m, open and short correction done.
Resistance and reactance each share the limit of |Z|. The calibration accuracy that makes it
absolute is read from the sheet for direct current only (0.03 %, p. 23) and taken for impedance too.
"""

from __future__ import annotations

import math

from labctl.evidence import Accuracy

SHEET = "Agilent E4980A data sheet 5989-4435EN, equation 8 with tables 12-20, 23 degC +-5 degC"

LEVELS = (0.05, 0.3, 1.0, 10.0, 20.0)
"""Upper ends in V rms of the columns of tables 12 and 13."""

BASIC_SHORT = (
    (125.0, (0.60, 0.60, 0.30, 0.30, 0.30)),
    (1e6, (0.20, 0.20, 0.10, 0.15, 0.15)),
    (2e6, (0.40, 0.40, 0.20, 0.30, 0.30)),
)
BASIC_LONG = (
    (100.0, (0.25, 0.25, 0.10, 0.15, 0.15)),
    (1e6, (0.10, 0.10, 0.05, 0.10, 0.15)),
    (2e6, (0.20, 0.20, 0.10, 0.20, 0.30)),
)
"""(upper end in Hz, Ab in % a column)."""

LOW_LEVEL = {True: 0.05, False: 0.03}
"""Level in V rms that the first column's Ab is divided by, of aperture SHORT and of the others."""

LOW_IMPEDANCE = 1.08
"""Ohm up to which table 17 holds."""

CALIBRATION = 0.03e-2
"""Calibration accuracy as a fraction of |Z|."""

DECADES = tuple(10.0**power for power in range(-1, 8))
"""Upper ends in ohm of the spans of |Z| that have a line of accuracy each."""


def basic(frequency: float, level: float, *, short: bool) -> float:
    """Ab as a fraction at `frequency` in Hz and `level` in V rms."""
    table = BASIC_SHORT if short else BASIC_LONG
    row = next((row for end, row in table if frequency <= end), table[-1][1])
    column = next((at for at, end in enumerate(LEVELS) if level <= end), len(LEVELS) - 1)
    weak = LOW_LEVEL[short] / level if column == 0 else 1.0
    return row[column] / 100.0 * max(weak, 1.0)


def short_offset(size: float, frequency: float, level: float, *, short: bool) -> float:
    """Zs in ohm for a device of `size` in ohm."""
    low = size <= LOW_IMPEDANCE
    ohms = (1e-3 if short else 0.2e-3) if low else (2.5e-3 if short else 0.6e-3)
    weak = 1.0 + (1.0 if low else 0.4) / level
    return ohms * weak * (1.0 + math.sqrt(1000.0 / frequency))


def open_offset(frequency: float, level: float, *, short: bool) -> float:
    """Yo in S."""
    factor = 4.0 if short else 1.0
    weak = 1.0 + (0.1 if level <= 2.0 else 2.0) / level
    if frequency <= 100e3:
        return 0.5e-9 * factor * weak * (1.0 + math.sqrt(100.0 / frequency))
    return (5e-9 if frequency <= 1e6 else 10e-9) * factor * weak


def limit(size: float, frequency: float, level: float, *, short: bool) -> float:
    """Limit of error in ohm of resistance and reactance of a device of `size` = |Z| in ohm.

    At `frequency` in Hz and `level` in V rms; `short` for the aperture SHORT.
    """
    return (
        (basic(frequency, level, short=short) + CALIBRATION) * size
        + short_offset(size, frequency, level, short=short)
        + open_offset(frequency, level, short=short) * size**2
    )


def line(function: str, size: float, frequency: float, level: float, *, short: bool) -> Accuracy:
    """The line of a reading: its span of |Z| in ohm, and its limit of error as an offset."""
    span = next((end for end in DECADES if size <= end), DECADES[-1])
    offset = limit(size, frequency, level, short=short)
    return Accuracy(function, span, "ohm", 0.0, offset, SHEET)


ACCURACIES = tuple(
    line(function, span, 1e3, 1.0, short=False)
    for function in ("resistance", "reactance")
    for span in DECADES
)
"""At the end of each span, 1 kHz, 1 V rms, aperture MED or LONG; a reading has its own line."""
