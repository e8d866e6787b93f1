"""Data sheet of an iseg NHR: limits of error over one year, by the nominals of its mode."""

from __future__ import annotations

from labctl.evidence import Accuracy

SHEET = "iseg NHR data sheet, 1 year (remembered): 0.01 % of the value + 0.02 % of the nominal"

GAIN, OFFSET = 1e-4, 2e-4
"""Limit of error as parts of the value and of the nominal."""

NOISE = 5e-6
"""Standard deviation of one reading as a part of the nominal (assumed)."""

RESOLUTION = 1e-6
"""Step of a reading as a part of the nominal (remembered)."""


def lines(volts: float, amps: float) -> tuple[Accuracy, Accuracy]:
    """The lines of voltage and current of a module of `volts` in V and `amps` in A."""
    voltage, current = (
        Accuracy(
            *(name, nominal, unit, GAIN, OFFSET * nominal, SHEET),
            resolution=RESOLUTION * nominal,
            noise=NOISE * nominal,
        )
        for name, nominal, unit in (("voltage", volts, "V"), ("current", amps, "A"))
    )
    return voltage, current
