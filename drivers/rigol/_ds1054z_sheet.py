"""Data sheet of the Rigol DS1054Z: scales, memory, limits of error (DS1000Z data sheet).

DC gain +-3 % of full scale from 10 mV/div on and +-4 % below, full scale being 8 divisions; offset
+-(0.1 div + 2 mV + 1 % of the offset set); time base +-25 ppm. The sheet could not be looked up:
these figures are remembered.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from labctl.evidence import Accuracy

SHEET = "Rigol DS1000Z data sheet, vertical and horizontal system (remembered)"

DIVISIONS_DOWN, DIVISIONS_ACROSS, LEVELS = 8, 12, 25
"""Divisions of the screen, and levels of the converter a division."""

BANDWIDTHS = {20e6: "20M", 50e6: "OFF"}
"""Limit in Hz: how it is set; off is the bandwidth of the instrument."""

PROBES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Ratios that can be set (:CHANnel<n>:PROBe)."""

MOST_INPUT = 300.0
"""Volts at the input, 1 Mohm."""

CHANNELS = (1, 2, 3, 4)
DEPTHS = {
    1: (12e3, 120e3, 1.2e6, 12e6),
    2: (6e3, 60e3, 600e3, 6e6),
    3: (3e3, 30e3, 300e3, 3e6),
    4: (3e3, 30e3, 300e3, 3e6),
}
"""Points of memory by the number of channels that are on (:ACQuire:MDEPth)."""

FASTEST = {1: 1e9, 2: 500e6, 3: 250e6, 4: 250e6}
"""Samples a second by the number of channels that are on."""


def steps(low: float, high: float) -> tuple[float, ...]:
    """1, 2, 5, 10, ... from `low` to `high`, each in the unit of both."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    every = (
        float(f"{mantissa}e{power}") for power in range(first, last + 1) for mantissa in (1, 2, 5)
    )
    return tuple(one for one in every if low <= one * (1 + 1e-9) and one <= high * (1 + 1e-9))


SCALES = steps(1e-3, 10.0)
"""Volts a division at ratio 1."""

TIMES = steps(5e-9, 50.0)
"""Seconds a division."""


def holding(values: Iterable[float], wanted: float) -> float:
    """The smallest of rising `values` that is not below `wanted`; the last where none is."""
    *_, last = chosen = list(values)
    return next((one for one in chosen if one * (1 + 1e-9) >= wanted), last)


def line(scale: float, probe: float, offset: float = 0.0) -> Accuracy:
    """Of `scale` in V a division at the tip of a probe of ratio `probe`, `offset` in V there."""
    bare = scale / probe
    gain = 0.03 if bare >= 10e-3 * (1 - 1e-9) else 0.04
    full = DIVISIONS_DOWN * bare
    error = gain * full + 0.1 * bare + 2e-3 + 0.01 * abs(offset) / probe
    return Accuracy("voltage", full * probe, "V", 0.0, error * probe, SHEET, scale / LEVELS)


TIME_BASE = Accuracy("time", DIVISIONS_ACROSS * TIMES[-1], "s", 25e-6, 0.0, SHEET)
ACCURACIES = (*(line(scale, 1.0) for scale in SCALES), TIME_BASE)
"""Voltages at ratio 1 and offset 0 V; a waveform has the line of its own probe and offset."""
