"""Ratings and data sheet of a Sequoia grid simulator: its model tells kV*A, `SQ0090`.

Limits of error in parts of the full scale of a phase (Sequoia data sheet, output and measurements;
its figures are remembered, the tables of the user manual M447352-01 were not to be had).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from labctl.evidence import Accuracy

SHEET = "California Instruments Sequoia data sheet, measurements (remembered)"
RANGES = (166.0, 333.0)
"""Output ranges in V rms to neutral (programming manual, p. 160)."""

LOWEST_FREQUENCY, HIGHEST_FREQUENCY = 16.0, 905.0
"""Hz; the user manual aligns up to 905 Hz (p. 276), the lower end is remembered."""

FULL_POWER_VOLTAGE = 240.0
"""V rms at which a phase gives its rated power at its rated current (remembered)."""

VOLTAGE, CURRENT, POWER = 0.1e-2, 0.2e-2, 0.3e-2
"""Limits of error of what is measured, parts of full scale."""

_MODEL = re.compile(r"SQ(\d{4})\S*", re.ASCII)


class Rating(NamedTuple):
    """Of one phase: `current` in A in the upper range, `power` in W."""

    current: float
    power: float


def rating_of(model: str) -> Rating | None:
    """The rating that the `model` of *IDN? names ("SQ0090", three phases of 30 kV*A); None for
    another family."""
    found = _MODEL.fullmatch(model.strip().upper())
    if found is None or int(found[1]) == 0:
        return None
    power = int(found[1]) * 1e3 / 3.0
    return Rating(power / FULL_POWER_VOLTAGE, power)


class Lines(NamedTuple):
    """The sheet's lines of what one phase measures."""

    voltage: Accuracy
    current: Accuracy
    power: Accuracy
    reactive_power: Accuracy
    frequency: Accuracy


def lines(rating: Rating) -> Lines:
    """The lines of a simulator of `rating`, in V, A, W, var and Hz."""
    current, power = rating
    return Lines(
        Accuracy("voltage", RANGES[-1], "V", 0.0, VOLTAGE * RANGES[-1], SHEET, 0.01),
        Accuracy("current", current, "A", 0.0, CURRENT * current, SHEET, 0.01),
        Accuracy("power", power, "W", 0.0, POWER * power, SHEET, 10.0),
        Accuracy("reactive_power", power, "var", 0.0, POWER * power, SHEET, 10.0),
        Accuracy("frequency", HIGHEST_FREQUENCY, "Hz", 1e-4, 0.01, SHEET, 0.01),
    )
