"""EmStat Pico data: modes, potential windows, current ranges, accuracy.

Ranges and windows: MethodSCRIPT manual, appendix B ("EmStat Pico", current range table and PGStat
modes); the range names stand for larger currents than can be measured, as there. Highest currents
of the high speed ranges are taken in the same proportion. Accuracy: data sheet of the EmStat Pico,
potential 0.2 % (1 mV of offset is assumed), current 0.5 % of reading + 0.1 % of range; noise is
assumed to be 50 ppm of range.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.emulators.accuracy import Spec

MODE_OFF, LOW_SPEED, HIGH_SPEED, MAX_RANGE = 0, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Mode:
    """Lowest and highest potential in V, widest window in V, step of the source in V."""

    low: float
    high: float
    window: float
    resolution: float


MODES = {
    LOW_SPEED: Mode(-1.25, 2.0, 2.2, 537e-6),
    HIGH_SPEED: Mode(-1.7, 2.0, 1.214, 395e-6),
    MAX_RANGE: Mode(-1.7, 2.0, 2.6, 932e-6),
}

LOW_SPEED_RANGES = (
    (0, 60e-9), (1, 1.17e-6), (2, 2.34e-6), (3, 4.68e-6), (4, 9.38e-6), (5, 18.7e-6),
    (6, 37.5e-6), (7, 75e-6), (8, 150e-6), (9, 300e-6), (10, 600e-6), (11, 3e-3),
)  # fmt: skip
HIGH_SPEED_RANGES = (
    (128, 60e-9), (129, 600e-9), (130, 3.7e-6), (131, 7.5e-6), (132, 15e-6), (133, 30e-6),
    (134, 60e-6), (135, 120e-6), (136, 600e-6), (137, 3e-3),
)  # fmt: skip
"""(index in the metadata, highest current in A)."""

POTENTIAL = (Spec(3.0, 2e-3, 1e-3, 20e-6),)
"""Applied and measured potential."""

MEASURED = (
    min(mode.low for mode in MODES.values()) - 0.1,
    max(mode.high for mode in MODES.values()) + 0.1,
)
"""Potentials in V that are measured: those that can be applied and, assumed, 0.1 V more. Status
overload is above 95 % of what the converter takes (other parties' parsers of packages), so a
potential beyond is cut and marked as a current is."""

WARNING, UNDERLOAD = 0.95, 0.02
"""Part of the highest current from which overload is announced, below which it is underload."""

RATES = {LOW_SPEED: 1e3, HIGH_SPEED: 1e3, MAX_RANGE: 1e3}
"""Points a second that a measurement loop keeps up with."""

LOWEST_FREQUENCY, HIGHEST_FREQUENCY = 16e-3, 200e3
LARGEST_AMPLITUDE = 0.429
"""Hz and V of impedance measurements."""


def current_specs(ranges: tuple[tuple[int, float], ...]) -> tuple[Spec, ...]:
    """Accuracy of the current on each of `ranges`."""
    return tuple(Spec(top, 5e-3, 1e-3 * top, 5e-5 * top, 1.0) for _, top in ranges)
