"""Model 2400 data: ranges, accuracy, delays, status bits.

Remembered from the data sheet of Series 2400 (23 degC +-5 degC, 1 year; overrange 105 %) and, for
auto delays and bits 0 to 16 of the status word, from user's manual 2400S-900-01; bits 17 to 23: the
same, page 18-51. The data sheet gives no noise of a reading: 2 ppm of range at 1 power line cycle
is assumed.
"""

from __future__ import annotations

from sim_backends.emulators.accuracy import Spec
from sim_backends.emulators.keithley.k2450_output import StageData


def _lines(*lines: tuple[float, float, float]) -> tuple[Spec, ...]:
    return tuple(Spec(top, gain, offset, 2e-6 * top) for top, gain, offset in lines)


VOLTAGE_MEASURE = _lines(
    (0.2, 1.2e-4, 300e-6), (2.0, 1.2e-4, 300e-6), (20.0, 1.5e-4, 1.5e-3), (200.0, 1.5e-4, 10e-3)
)
CURRENT_MEASURE = _lines(
    (1e-6, 2.9e-4, 300e-12), (10e-6, 2.7e-4, 700e-12), (100e-6, 2.5e-4, 6e-9),
    (1e-3, 2.7e-4, 60e-9), (10e-3, 3.5e-4, 600e-9), (100e-3, 5.5e-4, 6e-6), (1.0, 2.2e-3, 570e-6),
)  # fmt: skip
STAGE = StageData(
    _lines((0.2, 2e-4, 600e-6), (2.0, 2e-4, 600e-6), (20.0, 2e-4, 2.4e-3), (200.0, 2e-4, 24e-3)),
    _lines(
        (1e-6, 3.5e-4, 600e-12), (10e-6, 3.3e-4, 2e-9), (100e-6, 3.1e-4, 20e-9),
        (1e-3, 3.4e-4, 200e-9), (10e-3, 4.5e-4, 2e-6), (100e-3, 6.6e-4, 20e-6),
        (1.0, 2.7e-3, 900e-6),
    ),
    1e-3,
    100e-6,
)  # fmt: skip

RESISTANCES = (20.0, 200.0, 2e3, 2e4, 2e5, 2e6, 2e7, 2e8)
"""Ohm ranges."""

AUTO_DELAY = (3e-3, 2e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3)
"""Source delay in s by current range, 1 uA to 1 A."""

READING_OVERHEAD = 1.8e-3
"""Seconds of a reading beyond its integration."""

OFLO, FILTER, FRONT, COMPLIANCE = 1, 2, 4, 8
V_MEAS, I_MEAS, OHM_MEAS, V_SOURCE, I_SOURCE = 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15
RANGE_COMPLIANCE, REMOTE_SENSE = 1 << 16, 1 << 22

READING_AVAILABLE, OVERFLOWED, BUFFER_AVAILABLE, BUFFER_FULL = 1 << 6, 1 << 7, 1 << 8, 1 << 9
IN_COMPLIANCE = 1 << 14
"""Bits of the measurement event register (page 15-14)."""

LEAST_COMPLIANCE = 1e-3
"""Smallest compliance as a share of the measuring range."""
