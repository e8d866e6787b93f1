"""Data sheet of the PalmSens EmStat Pico: ranges, accuracy, limits."""

from __future__ import annotations

from drivers.accuracy import range_for
from labctl.evidence import Accuracy

SHEET = (
    "PalmSens EmStat Pico data sheet as in the laboratory's table of instruments, not re-read: "
    "potential 0.2 %, current 0.5 % of reading + 0.1 % of range"
)

LOW_SPEED_RANGES = {
    **{0: 100e-9, 1: 2e-6, 2: 4e-6, 3: 8e-6, 4: 16e-6, 5: 32e-6, 6: 63e-6},
    **{7: 125e-6, 8: 250e-6, 9: 500e-6, 10: 1e-3, 11: 5e-3},
}
HIGH_SPEED_RANGES = {
    **{128: 100e-9, 129: 1e-6, 130: 6e-6, 131: 13e-6, 132: 25e-6, 133: 50e-6},
    **{134: 100e-6, 135: 200e-6, 136: 1e-3, 137: 5e-3},
}
"""Current ranges in A by their number in a package's metadata (PalmSens/MethodSCRIPT_Examples,
palmsens/mscript.py, MSCRIPT_CURRENT_RANGES_EMSTAT_PICO)."""

RANGES = {**LOW_SPEED_RANGES, **HIGH_SPEED_RANGES}
LARGEST_CURRENT = 3e-3
"""What the module can drive, in A; a range holds some 59 % of its name (PSTrace writes 590u for the
range of 1 mA), so the instrument is told a current and chooses the range."""

LOWEST_POTENTIAL = {2: -1.2, 3: -1.7}
HIGHEST_POTENTIAL = 2.0
"""Potentials in V by the mode: low speed (2), high speed (3)."""

FASTEST = {2: 100.0, 3: 500.0}
"""Readings a second by the mode: low speed filters at 100 Hz; the line carries some 500."""

BANDWIDTH = {2: 100.0, 3: 200e3}
"""Largest bandwidth in Hz by the mode."""

HELD_WITHIN = 0.02
"""In V: a potential that is read farther from what is applied is not held."""

LOWEST_FREQUENCY, HIGHEST_FREQUENCY = 0.016, 200e3
LEAST_AMPLITUDE, MOST_AMPLITUDE = 1e-3, 0.25
"""Impedance: frequency in Hz, amplitude in V rms."""

OF_RANGE = 0.001
"""Error of a current, part of its range."""

IMPEDANCE = 0.007
IMPEDANCE_SHEET = f"{SHEET}; impedance has no line of its own: the sum of both"

ACCURACIES = (
    Accuracy("potential", HIGHEST_POTENTIAL, "V", 0.002, 1e-3, SHEET, 537e-6),
    *(
        Accuracy("current", full, "A", 0.005, OF_RANGE * full, SHEET)
        for full in sorted(set(RANGES.values()))
    ),
    Accuracy("impedance", 1e9, "ohm", IMPEDANCE, 0.0, IMPEDANCE_SHEET),
)


def potential_line() -> Accuracy:
    """Accuracy of an applied or measured potential in V."""
    return ACCURACIES[0]


def current_line(full: float) -> Accuracy:
    """Accuracy of a current on the range `full` in A."""
    top = range_for(ACCURACIES, "current", full, 1.0)
    return next(line for line in ACCURACIES if line.function == "current" and line.range == top)


def impedance_line(full: float, amplitude: float, largest: float) -> Accuracy:
    """Accuracy of impedances up to `largest` in ohm, with `amplitude` in V rms on the range `full`.

    The range `full` in A has an error of 0.1 % of itself, which counts the more the smaller the
    current is: dZ = Z x 0.001 full / (amplitude / Z).
    """
    offset = OF_RANGE * full * largest**2 / amplitude
    return Accuracy("impedance", largest, "ohm", IMPEDANCE, offset, IMPEDANCE_SHEET)
