"""Model 2450 data: ranges, accuracy, noise, delays.

Source: Keithley SPEC-2450 Rev. A / July 2013, "Voltage specifications", "Current specifications"
(23 degC +-5 degC, 1 year), overrange 105 %; source delays: reference manual 2450-901-01 Rev. B,
page 2-111. The data sheet states the noise of the source below 10 Hz but none for measuring:
1 ppm of range at 1 power line cycle is assumed, which is the display's resolution times two.
"""

from __future__ import annotations

from sim_backends.emulators.accuracy import Spec

VOLTAGE_SOURCE = (
    Spec(0.02, 1.0e-3, 200e-6, 1e-6),
    Spec(0.2, 1.5e-4, 200e-6, 1e-6),
    Spec(2.0, 2.0e-4, 300e-6, 10e-6),
    Spec(20.0, 1.5e-4, 2.4e-3, 100e-6),
    Spec(200.0, 1.5e-4, 24e-3, 1e-3),
)

VOLTAGE_MEASURE = (
    Spec(0.02, 1.0e-3, 150e-6, 0.1e-6),
    Spec(0.2, 1.2e-4, 200e-6, 0.2e-6),
    Spec(2.0, 1.2e-4, 300e-6, 2e-6),
    Spec(20.0, 1.5e-4, 1e-3, 20e-6),
    Spec(200.0, 1.5e-4, 10e-3, 200e-6),
)

CURRENT_SOURCE = (
    Spec(10e-9, 1.0e-3, 100e-12, 500e-15),
    Spec(100e-9, 6.0e-4, 150e-12, 500e-15),
    Spec(1e-6, 2.5e-4, 400e-12, 5e-12),
    Spec(10e-6, 2.5e-4, 1.5e-9, 40e-12),
    Spec(100e-6, 2.0e-4, 15e-9, 400e-12),
    Spec(1e-3, 2.0e-4, 150e-9, 5e-9),
    Spec(10e-3, 2.0e-4, 1.5e-6, 40e-9),
    Spec(100e-3, 2.5e-4, 15e-6, 100e-9),
    Spec(1.0, 6.7e-4, 900e-6, 3e-6),
)

CURRENT_MEASURE = (
    Spec(10e-9, 1.0e-3, 50e-12, 50e-15),
    Spec(100e-9, 6.0e-4, 100e-12, 100e-15),
    Spec(1e-6, 2.5e-4, 300e-12, 1e-12),
    Spec(10e-6, 2.5e-4, 700e-12, 10e-12),
    Spec(100e-6, 2.0e-4, 6e-9, 100e-12),
    Spec(1e-3, 2.0e-4, 60e-9, 1e-9),
    Spec(10e-3, 2.0e-4, 600e-9, 10e-9),
    Spec(100e-3, 2.5e-4, 6e-6, 100e-9),
    Spec(1.0, 3.0e-4, 500e-6, 1e-6),
)

NOISE_BY_NPLC = ((0.01, 50.0), (0.1, 10.0), (1.0, 1.0), (10.0, 0.4))
"""Noise of a reading relative to 1 power line cycle: 4.5, 5.5 and 6.5 digits of resolution."""

SOURCE_DELAY = (50e-3, 50e-3, 3e-3, 2e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3)
"""Source autodelay in s by current range, 10 nA to 1 A; sourcing 1 A takes 2 ms."""

LIMIT_ERROR = 3e-3
"""V-limit and I-limit accuracy: 0.3 % of setting are added."""

SETTLING = 30e-6
"""Time constant in s of the output: within 0.1 % in 200 us."""

READING_OVERHEAD = 200e-6
"""Seconds of a reading beyond its integration."""

HIGH_VOLTAGE, HIGH_VOLTAGE_CURRENT = 21.0, 0.105
"""Above 21 V no more than 105 mA (20 W)."""

LEAST_LIMIT = {"VOLTage": 1e-9, "CURRent": 2e-3}
"""Smallest limit by source function: 10 % of the lowest range, in A and V."""

STATUS_READBACK, STATUS_LIMITED, STATUS_SENSE, STATUS_OUTPUT = 8, 32, 64, 128
"""Bits of a reading's source status (buffer.STAT_...): manual 2450-901-01 Rev. B, page 8-29."""
