"""Data sheet of the Yokogawa WT310E: ranges and limits of error (user's manual IM WT310E-02EN).

12 months, 23 degC +-5 degC, crest factor 3, sine wave, line filter off: % of reading + % of range,
by the frequency. Active power by 7.3.2 (p. 7-7) with the influence of the power factor (p. 7-8);
apparent power takes the errors of voltage and current; frequency by 7.4.2, harmonics by 7.4.5. The
page of voltage and current was not to be had: its figures are remembered.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from labctl.evidence import Accuracy

SHEET = "Yokogawa IM WT310E-02EN, 12 months, 23 degC +-5 degC"
AMPLITUDE = f"{SHEET}, voltage and current: remembered, the page was not to be had"
POWER = f"{SHEET}, 7.3.2 (p. 7-7, p. 7-8)"

VOLTAGES = (15.0, 30.0, 60.0, 150.0, 300.0, 600.0)
CURRENTS = (5e-3, 10e-3, 20e-3, 50e-3, 100e-3, 200e-3, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Ranges in V and A at crest factor 3."""

INTERVALS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Update intervals in s."""

MOST_ORDERS = 50
POWER_FACTOR = 0.1e-2
"""Error of power at power factor 0, a fraction of the apparent power, 45 Hz to 66 Hz."""

INTEGRATION, TIMER = 0.1e-2, 0.02e-2
"""Added to the fraction of the reading of integrated values; error of the timer (remembered)."""


class Limit(NamedTuple):
    """Fractions of the reading and of the range."""

    reading: float
    range: float


def of_amplitude(frequency: float | None) -> Limit:
    """Of voltage and current at `frequency` in Hz, None for direct current."""
    if frequency is None:
        return Limit(0.1e-2, 0.2e-2)
    kilo = frequency / 1e3
    if 45.0 <= frequency <= 66.0:
        return Limit(0.1e-2, 0.05e-2)
    if kilo <= 1.0:
        return Limit(0.1e-2, 0.2e-2)
    if kilo <= 10.0:
        return Limit(max(0.07 * kilo, 0.1) * 1e-2, 0.3e-2)
    return Limit((0.5 + 0.04 * max(kilo - 10.0, 0.0)) * 1e-2, 0.5e-2)


def of_power(frequency: float | None) -> Limit:
    """Of active power at power factor 1."""
    if frequency is None:
        return Limit(0.1e-2, 0.2e-2)
    kilo = frequency / 1e3
    if frequency < 45.0:
        return Limit(0.3e-2, 0.2e-2)
    if frequency <= 66.0:
        return Limit(0.1e-2, 0.05e-2)
    if kilo <= 1.0:
        return Limit(0.2e-2, 0.2e-2)
    if kilo <= 10.0:
        return Limit((0.1 + 0.067 * (kilo - 1.0)) * 1e-2, 0.3e-2)
    return Limit((0.5 + 0.09 * (kilo - 10.0)) * 1e-2, 0.5e-2)


def of_harmonic(frequency: float) -> Limit:
    """Of the rms voltage or current of an order at its own `frequency` in Hz."""
    for end, reading, full in (
        (440.0, 0.15e-2, 0.35e-2),
        (1e3, 0.20e-2, 0.35e-2),
        (2.5e3, 0.80e-2, 0.45e-2),
    ):
        if frequency <= end:
            return Limit(reading, full)
    return Limit(3.05e-2, 0.45e-2)


class Ranges(NamedTuple):
    """Ranges in V and A that a reading was made on."""

    voltage: float
    current: float

    @property
    def power(self) -> float:
        """Range of power in W."""
        return self.voltage * self.current


def amplitude_line(function: str, full: float, unit: str, frequency: float | None) -> Accuracy:
    """The line of voltage or current on the range `full` in `unit`."""
    limit = of_amplitude(frequency)
    return Accuracy(function, full, unit, limit.reading, limit.range * full, AMPLITUDE)


def power_line(ranges: Ranges, frequency: float | None, reactive: float) -> Accuracy:
    """The line of active power where `reactive` in var flows."""
    limit = of_power(frequency)
    influence = 0.0 if frequency is None else _influence(frequency)
    offset = limit.range * ranges.power + influence * abs(reactive)
    return Accuracy("power", ranges.power, "W", limit.reading, offset, POWER)


def apparent_line(ranges: Ranges, frequency: float | None) -> Accuracy:
    """The line of apparent power: the errors of voltage and current together."""
    limit = of_amplitude(frequency)
    offset = 2.0 * limit.range * ranges.power
    return Accuracy("apparent_power", ranges.power, "V*A", 2 * limit.reading, offset, AMPLITUDE)


def reactive_line(ranges: Ranges, frequency: float | None, factor: float) -> Accuracy:
    """The line of reactive power at the power factor `factor`."""
    limit = of_amplitude(frequency)
    square = min(factor**2, 1.0)
    angle = math.sqrt(1.0004 - square) - math.sqrt(1.0 - square)
    offset = (4.0 * limit.range + angle + 2 * limit.reading) * ranges.power
    return Accuracy("reactive_power", ranges.power, "var", 0.0, offset, AMPLITUDE)


def harmonic_line(function: str, full: float, unit: str, frequency: float) -> Accuracy:
    """The line of one order of voltage or current."""
    limit = of_harmonic(frequency)
    source = f"{SHEET}, section 7.4.5"
    name, limits = f"{function}_harmonic", (limit.reading, limit.range * full)
    return Accuracy(name, full, unit, *limits, source)


def integrated_line(function: str, unit: str, limit: Limit, full: float, hours: float) -> Accuracy:
    """The line of what was summed up over `hours` on a range `full`, in its unit by the hour."""
    gain = limit.reading + INTEGRATION + TIMER
    return Accuracy(function, full, unit, gain, limit.range * full * hours, AMPLITUDE)


def _influence(frequency: float) -> float:
    """Of power factor 0, a fraction of the apparent power."""
    if frequency <= 66.0:
        return POWER_FACTOR
    return POWER_FACTOR + 0.15e-2 * frequency / 1e3


FREQUENCY = Accuracy("frequency", 100e3, "Hz", 0.06e-2, 0.0, f"{SHEET}, 7.4.2 (p. 7-10)")
DURATION = Accuracy("duration", 3.6e7, "s", TIMER, 1.0, f"{SHEET}, timer (remembered)", 1.0)
MAINS = 50.0

ACCURACIES = (
    *(amplitude_line("voltage", full, "V", MAINS) for full in VOLTAGES),
    *(amplitude_line("current", full, "A", MAINS) for full in CURRENTS),
    *(
        power_line(Ranges(full, 1.0), MAINS, 0.0)
        for full in sorted({round(u * i, 9) for u in VOLTAGES for i in CURRENTS})
    ),
    FREQUENCY,
    DURATION,
)
"""At 45 Hz to 66 Hz and power factor 1; a reading has the line of its own frequency and ranges."""
