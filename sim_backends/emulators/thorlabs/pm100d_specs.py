"""Model PM100D data: photodiode input.

Operation manual, "Technical data": six decades from 50 nA to 5 mA, accuracy +-0.2 % of full scale
(5 uA to 5 mA) and +-0.5 % of full scale (50 nA to 500 nA). Noise of a sample is assumed to be
0.005 % of full scale. `SENSe:AVERage`: a sample takes about 3 ms.
"""

from __future__ import annotations

from sim_backends.emulators.accuracy import Spec


def _line(full: float, offset: float) -> Spec:
    return Spec(full, 0.0, offset * full, 5e-5 * full, 1.05)


CURRENT = (
    _line(50e-9, 5e-3),
    _line(500e-9, 5e-3),
    _line(5e-6, 2e-3),
    _line(50e-6, 2e-3),
    _line(500e-6, 2e-3),
    _line(5e-3, 2e-3),
)
SAMPLE_TIME = 3e-3
ZERO_TIME = 2.0
"""Seconds of a zero adjustment, assumed."""

BRIGHTEST_ZERO = 100e-9
"""Photocurrent in A above which zeroing fails, assumed."""

FILTER_NOISE = 0.3
"""Noise with the input's low pass filter, relative to that without, assumed."""

OVERFLOW, NOT_A_NUMBER = 9.9e37, 9.91e37
