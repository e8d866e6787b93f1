"""Data sheet that the DMM6500 and the DAQ6510 share: they have the same meter inside."""

from __future__ import annotations

from labctl.evidence import Accuracy

SHEET = "Keithley SPEC-DMM6500, table DC voltage, 1 year, TCAL +-5 degC"
OTHERS = (
    "remembered of the Keithley DAQ6510 data sheet, 1 year, TCAL +-5 degC, rounded up: not re-read"
)
OVER = 1.2
"""Every range but the highest is used up to 120 % of its name."""


def _volts(full: float, gain: float, of_range: float, digit: float) -> Accuracy:
    """A line of the sheet: fractions of reading and of range, and the display's last digit in V."""
    return Accuracy("voltage", full, "V", gain, of_range * full, SHEET, digit)


def _line(function: str, unit: str, full: float, gain: float, of_range: float) -> Accuracy:
    return Accuracy(function, full, unit, gain, of_range * full, f"{OTHERS}, {function}")


VOLTAGE = (
    _volts(0.1, 30e-6, 35e-6, 100e-9),
    _volts(1.0, 25e-6, 6e-6, 1e-6),
    _volts(10.0, 25e-6, 5e-6, 10e-6),
    _volts(100.0, 40e-6, 6e-6, 100e-6),
    _volts(1000.0, 40e-6, 6e-6, 1e-3),
)
"""Direct voltage. The line for 10 V is also printed in the calibration manual DMM6500-905-01."""

CURRENT = (
    *(_line("current", "A", full, 500e-6, 300e-6) for full in (10e-6, 100e-6, 1e-3, 10e-3, 0.1)),
    *(_line("current", "A", full, 1500e-6, 500e-6) for full in (1.0, 3.0)),
)

OHMS = (10.0, 100.0, 1e3, 10e3, 100e3, 1e6)
RESISTANCE = tuple(
    _line(function, "ohm", full, *error)
    for function in ("resistance", "resistance_4w")
    for full, error in (
        *((full, (150e-6, 100e-6)) for full in OHMS),
        (10e6, (500e-6, 100e-6)),
        (100e6, (2500e-6, 300e-6)),
    )
)
"""2 and 4 wires; with 2 wires the leads are in the reading."""
