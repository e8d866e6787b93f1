"""Model 2636B data: ranges, accuracy, noise, limits, times.

Source: Keithley data sheet of Series 2600B (SPEC-2636B), "Voltage specifications" and "Current
specifications", 23 degC +-5 degC, 1 year, % of reading + offset. The figures stand here as they are
commonly quoted and need a check against a printed sheet. Noise of a measurement is assumed to be
2 ppm of range at 1 power line cycle, and 30 fA at the least; delays by current range are assumed.
Source ranges take 101 %, measuring ranges 102 % of their nominal value (manual 2600BS-901-01,
"Ranges").
"""

from __future__ import annotations

from sim_backends.emulators.accuracy import Spec

_SOURCE_TOP, _MEASURE_TOP = 1.01, 1.02


def _source(full: float, percent: float, offset: float) -> Spec:
    return Spec(full, percent * 1e-2, offset, 2e-6 * full, _SOURCE_TOP)


def _measure(full: float, percent: float, offset: float) -> Spec:
    return Spec(full, percent * 1e-2, offset, max(2e-6 * full, 30e-15 * (full < 1e-6)),
                _MEASURE_TOP)  # fmt: skip


VOLTAGE_SOURCE = (
    _source(0.2, 0.02, 375e-6),
    _source(2.0, 0.02, 600e-6),
    _source(20.0, 0.02, 5e-3),
    _source(200.0, 0.02, 50e-3),
)
VOLTAGE_MEASURE = (
    _measure(0.2, 0.015, 225e-6),
    _measure(2.0, 0.02, 350e-6),
    _measure(20.0, 0.015, 5e-3),
    _measure(200.0, 0.015, 50e-3),
)
CURRENT_SOURCE = (
    _source(1e-9, 0.15, 2e-12),
    _source(10e-9, 0.15, 5e-12),
    _source(100e-9, 0.06, 50e-12),
    _source(1e-6, 0.03, 700e-12),
    _source(10e-6, 0.03, 5e-9),
    _source(100e-6, 0.03, 60e-9),
    _source(1e-3, 0.03, 300e-9),
    _source(10e-3, 0.03, 6e-6),
    _source(100e-3, 0.03, 30e-6),
    _source(1.0, 0.05, 1.8e-3),
    _source(1.5, 0.06, 4e-3),
)
CURRENT_MEASURE = (
    _measure(100e-12, 0.15, 120e-15),
    _measure(1e-9, 0.15, 240e-15),
    _measure(10e-9, 0.15, 3e-12),
    _measure(100e-9, 0.06, 40e-12),
    _measure(1e-6, 0.025, 400e-12),
    _measure(10e-6, 0.025, 1.5e-9),
    _measure(100e-6, 0.02, 25e-9),
    _measure(1e-3, 0.02, 200e-9),
    _measure(10e-3, 0.02, 2.5e-6),
    _measure(100e-3, 0.02, 20e-6),
    _measure(1.0, 0.03, 1.5e-3),
    _measure(1.5, 0.05, 3.5e-3),
)

NOISE_BY_NPLC = ((0.001, 60.0), (0.01, 20.0), (0.1, 5.0), (1.0, 1.0), (10.0, 0.4), (25.0, 0.3))
"""Noise of a reading relative to 1 power line cycle."""

LIMIT_ERROR = {"v": 1e-3, "i": 1e-3}
"""Relative error of a limit, assumed; source accuracy adds to it."""

SETTLING = 50e-6
"""Time constant in s of the output."""

READING_OVERHEAD = 300e-6
"""Seconds of a reading beyond its integration."""

AUTO_DELAY = (
    (1e-9, 30e-3), (10e-9, 10e-3), (100e-9, 3e-3), (1e-6, 1e-3), (100e-6, 0.3e-3),
)  # fmt: skip
"""Measure delay in s of `DELAY_AUTO` up to a current range in A; none above."""

MOST = {"v": 200.0, "i": 1.5}
LEAST_LIMIT = {"v": 20e-3, "i": 10e-12}
HIGH_VOLTAGE, HIGH_VOLTAGE_CURRENT = 20.0, 0.1
"""Above 20 V no more than 100 mA."""

OVERFLOW = 9.91e37
LINE_FREQUENCY = 50.0
